import { expect, test } from 'vitest'
import type { Gemeld } from '../levering/store.ts'
import { toVersie, type Versie } from '../toewijzen/rules.ts'
import { toProduct } from './rules.ts'
import type { Rij } from './velden.ts'
import { compareRijen, type Staand } from './verschil.ts'

const RIJ: Rij = {
  gemeente: '9101',
  wet: 'jw',
  nummer: 1,
  toegewezenOp: '2025-12-15',
  bsn: '999900006',
  naam: 'Sem',
  geboortedatum: '2012-04-05',
  geslacht: '1',
  aanbieder: '98000001',
  categorie: '45',
  product: '45A04',
  geldig: { begin: '2026-01-01', eind: '2026-12-31' },
  volume: 20,
  eenheid: '04',
  frequentie: '4',
  budget: null,
  begin: '2026-01-05',
  gestopt: null,
  redenStop: null,
  verwijzer: null,
  verwezenOp: null,
  probleemcluster: null,
  herhaald: null,
}
const KORT: Partial<Rij> = { geldig: { begin: '2026-01-01', eind: '2026-06-30' } }
const LATER = '2026-02-10'

interface Stond extends Partial<Versie> {
  rij?: Partial<Rij>
  /** Said by a message. */
  bericht?: boolean
  geldt?: boolean
}
const staand = (staten: readonly Stond[], meldingen: readonly Gemeld[] = []): Staand => {
  const toestanden = staten.map(({ rij, bericht = false, geldt = true, ...versie }, i) => ({
    nummer: i + 1,
    berichtId: bericht ? 'b' : null,
    invoerId: bericht ? null : 1,
    versie: { ...toVersie(toProduct({ ...RIJ, ...rij }), null, undefined), ...versie },
    geldt,
  }))
  const actueel = toestanden.filter(t => t.geldt).at(-1) ?? toestanden.at(-1)
  if (actueel === undefined) throw new Error('a toewijzing has a state')
  return { toewijzing: { actueel: actueel.versie, geldt: actueel.geldt }, toestanden, meldingen }
}
const START: Gemeld = {
  soort: 'start',
  begindatum: '2026-01-05',
  statusAanlevering: '1',
  invoerId: 1,
  beantwoord: false,
}
const STOP: Gemeld = { ...START, soort: 'stop', einddatum: '2026-02-15', redenBeeindiging: '31' }
const compare = (rijen: readonly Partial<Rij>[], stand: Staand) =>
  compareRijen(
    rijen.map((anders, i) => ({
      nummer: i + 2,
      rij: { ...RIJ, ...anders },
      sleutel: String(i),
      toewijzing: 't',
      persoon: 'p',
    })),
    new Map([['t', stand]]),
    {},
  )

test('where nothing stands there is nothing to differ from', () => {
  expect(
    compareRijen(
      [{ nummer: 2, rij: RIJ, sleutel: 's', toewijzing: 'ander', persoon: 'p' }],
      new Map([['t', staand([{}])]]),
      {},
    ),
  ).toMatchObject([{ oud: null, blijft: [] }])
})

test.each<[string, Partial<Rij>, Stond[], unknown]>([
  ['the only state', {}, [{}], RIJ.geldig],
  ['the last of two of one decision, not the first', {}, [{}, { rij: KORT }], KORT.geldig],
  ['not one that came back as not processed', {}, [{}, { rij: KORT, geldt: false }], RIJ.geldig],
  ['for a new decision what holds now', { toegewezenOp: LATER }, [{}, { rij: KORT }], KORT.geldig],
  ['for an old decision its own state', {}, [{}, { rij: { ...KORT, toegewezenOp: LATER } }], RIJ.geldig],
  [
    'nothing for an old decision that nobody told of',
    { toegewezenOp: '2025-12-14' },
    [{}, { rij: KORT }],
    null,
  ],
])('a row is held against %s', (_, rij, staten, geldig) =>
  expect(compare([rij], staand(staten))[0]?.oud?.geldig).toEqual(geldig),
)

const later = (rij: Partial<Rij> = {}) => ({ rij: { toegewezenOp: LATER, ...rij } })
const OUDER = 'Dit is een oudere stand: daarna is anders besloten'
const UIT_BERICHT = 'Over dit besluit staat hier iets anders uit een bericht'
test.each<[string, Partial<Rij>[], Stond[], [nummer: number, melding: string, verwacht: string][]]>([
  ['the same', [{}], [{}], []],
  ['another of a file', [{}], [{}, { rij: KORT }], []],
  [
    'decided otherwise since',
    [{}],
    [{}, later(KORT)],
    [[2, OUDER, 'Toewijzingsdatum 10-02-2026, Geldig 01-01-2026 tot en met 30-06-2026']],
  ],
  ['decided since, and the same', [{}], [{}, later()], []],
  [
    'decided otherwise since, as the file says too',
    [{}, { toegewezenOp: LATER, ...KORT }],
    [{}, later(KORT)],
    [],
  ],
  [
    'of two rows the last',
    [{ toegewezenOp: '2025-12-20', volume: 5 }, {}],
    [{}, later(KORT)],
    [[2, OUDER, 'Toewijzingsdatum 10-02-2026, Geldig 01-01-2026 tot en met 30-06-2026, Volume 20']],
  ],
  [
    'otherwise in a message, whatever its hour',
    [{}],
    [{ toegewezenOp: '2025-12-15T12:00:00', volume: 5, bericht: true }],
    [[2, UIT_BERICHT, 'Volume 5']],
  ],
  ['the same in a message', [{}], [{ toegewezenOp: '2025-12-15T12:00:00', bericht: true }], []],
  [
    'deleted by a message',
    [{}],
    [{ redenWijziging: '13', bericht: true }],
    [[2, UIT_BERICHT, 'verwijderd, besloten op 15-12-2025']],
  ],
])('what stands beside a row: %s', (_, rijen, staten, verwacht) =>
  expect(
    compare(rijen, staand(staten))
      .flatMap(({ blijft }) => blijft)
      .map(b => [b.nummer, b.melding, b.verwacht]),
  ).toEqual(
    verwacht.map(([nummer, melding, staat]) => [
      nummer,
      expect.stringContaining(melding),
      `wat er nu staat: ${staat}`,
    ]),
  ),
)

const GESTOPT = 'Volgens deze rij loopt de levering, maar hier is zij gestopt.'
const HERVAT = 'Dit is een oudere stand: deze levering is daarna gestopt en weer begonnen.'
const rijStop = { gestopt: '2026-02-15', redenStop: '31' } as const
test.each<[string, Partial<Rij>[], Gemeld[], weg: Gemeld[][], blijft: string[]]>([
  ['no stop', [{}], [START], [[]], []],
  ['a stop of a file goes', [{}], [START, STOP], [[STOP]], []],
  ['what was taken away before is none', [{}], [START, STOP, { ...STOP, statusAanlevering: '3' }], [[]], []],
  ['not for a row that says nothing of a delivery', [{ begin: null }], [START, STOP], [[]], []],
  ['not for a row that says it too', [rijStop], [START, STOP], [[]], []],
  [
    'not when another row of it says so',
    [{}, { ...rijStop, toegewezenOp: LATER }],
    [START, STOP],
    [[], []],
    [],
  ],
  ['once, by the last row', [{}, { toegewezenOp: LATER }], [START, STOP], [[], [STOP]], []],
  ['of another beginning it stays', [{ begin: '2026-03-01' }], [START, STOP], [[]], []],
  ['a stop of a message stays', [{}], [START, { ...STOP, invoerId: null }], [[]], [GESTOPT]],
  ['one by which was judged stays', [{}], [START, { ...STOP, beantwoord: true }], [[]], [GESTOPT]],
  [
    'one after which care began again stays',
    [{}],
    [START, STOP, { ...START, begindatum: '2026-03-01' }],
    [[]],
    [HERVAT],
  ],
])('a stop and a row that says it runs: %s', (_, rijen, meldingen, weg, blijft) => {
  const vergeleken = compare(rijen, staand([{}], meldingen))
  expect(vergeleken.map(v => v.weg)).toEqual(weg)
  expect(vergeleken.flatMap(v => v.blijft.map(b => b.melding))).toEqual(
    blijft.map(zin => expect.stringContaining(zin)),
  )
})
