import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { WEGWIJZER } from '../../../../test/support/beleid.ts'
import type { Problem } from '../../../platform/problem.ts'
import { readGegevenslijst } from '../gegevens/actions.ts'
import { checkLijst, type Gegevenslijst } from '../gegevens/lijst.ts'
import {
  type Advies,
  type Besluit,
  isTegenAdvies,
  judgeDpia,
  listBlokkades,
  listGeldend,
  listStappen,
  mayExchange,
  maySet,
  type Reden,
  STAPPEN,
  type Staat,
  type Stap,
  type Stroom,
  type Uitwisselvraag,
  type Weegbaar,
  whyNoGrond,
} from './rules.ts'

const LIJST: Gegevenslijst = readGegevenslijst(
  readFileSync(WEGWIJZER.replace('wegwijzer.json', 'gegevens.json'), 'utf8'),
)

const STROOM: Stroom = {
  sleutel: 's1',
  vanDomein: 'jeugd',
  vanRol: 'Consulent jeugd',
  naarRol: 'consulent',
  naarOrganisatie: 'Team Wmo',
  grond: 'jw-7-4-0',
  grondToelichting: 'Taak van de gemeente',
  gegevens: [{ code: 'naam-adres', waarom: 'Om te bereiken' }],
  bewaarMaanden: 3,
  bewaargrond: 'Kort',
}

const WEGING: Weegbaar = {
  wegingId: 1,
  stam: 1,
  nummer: 1,
  gemeente: null,
  activiteit: 'Overleg',
  doel: 'veiligheid',
  stromen: [STROOM],
  geldigVanaf: '2026-02-01',
  geldigTot: '2027-01-31',
  besluit: { uitkomst: 'voorwaarden', voorwaarden: 'Alleen bij gevaar', op: '2026-01-15' },
  ingetrokkenOp: null,
  heeftGrond: () => true,
}
const VRAAG: Uitwisselvraag = {
  rol: 'consulent',
  gegeven: 'naam-adres',
  doel: 'veiligheid',
  datum: '2026-06-01',
  gemeente: '9101',
}
const met = (anders: Partial<Weegbaar>): Weegbaar => ({ ...WEGING, ...anders })
const vraag = (anders: Partial<Uitwisselvraag>): Uitwisselvraag => ({ ...VRAAG, ...anders })

describe('mag dit worden uitgewisseld?', () => {
  it('zegt ja met de voorwaarden, de grond en de weging', () => {
    expect(mayExchange([WEGING], VRAAG)).toEqual({
      ok: true,
      weging: WEGING,
      voorwaarden: 'Alleen bij gevaar',
      grond: 'jw-7-4-0',
    })
  })

  const weigeringen: [string, Weegbaar[], Partial<Uitwisselvraag>, Reden][] = [
    ['zonder weging', [], {}, 'geen-weging'],
    ['voor een ander doel', [WEGING], { doel: 'opsporen' }, 'ander-doel'],
    ['een gegeven dat er niet in staat', [WEGING], { gegeven: 'schulden' }, 'gegeven-niet-gewogen'],
    ['aan een andere rol', [WEGING], { rol: 'bestuur' }, 'andere-rol'],
    ['voor een andere gemeente', [met({ gemeente: '9102' })], {}, 'andere-gemeente'],
    [
      'voor de regio op een besluit van een gemeente',
      [met({ gemeente: '9101' })],
      { gemeente: null },
      'andere-gemeente',
    ],
    ['zonder besluit', [met({ besluit: null })], {}, 'niet-besloten'],
    [
      'op de dag voor het besluit',
      [met({ geldigVanaf: '2026-01-01' })],
      { datum: '2026-01-14' },
      'niet-besloten',
    ],
    ['op de dag voor de eerste dag', [WEGING], { datum: '2026-01-31' }, 'nog-niet-geldig'],
    ['op de dag na de laatste dag', [WEGING], { datum: '2027-02-01' }, 'verlopen'],
    ['wat is ingetrokken, vanaf die dag', [met({ ingetrokkenOp: '2026-06-01' })], {}, 'ingetrokken'],
    [
      'wat zonder besluit is ingetrokken',
      [met({ besluit: null, ingetrokkenOp: '2026-01-01' })],
      {},
      'ingetrokken',
    ],
    [
      'wat is geweigerd',
      [met({ besluit: { uitkomst: 'niet-toegestaan', voorwaarden: '', op: '2026-01-15' } })],
      {},
      'geweigerd',
    ],
    ['zonder grond die geldt', [met({ heeftGrond: () => false })], {}, 'geen-grond'],
  ]
  test.each(weigeringen)('weigert %s', (_, wegingen, anders, reden) => {
    const antwoord = mayExchange(wegingen, vraag(anders))
    expect(antwoord.ok).toBe(false)
    if (antwoord.ok) return
    expect(antwoord.reden).toBe(reden)
    expect(antwoord.uitleg).toMatch(/^[A-Z].*\.$/)
  })

  test.each([
    ['de eerste dag', '2026-02-01'],
    ['de laatste dag', '2027-01-31'],
  ])('telt %s mee', (_, datum) => {
    expect(mayExchange([WEGING], vraag({ datum })).ok).toBe(true)
  })

  it('geldt zonder einde zolang niemand iets anders besluit', () => {
    expect(mayExchange([met({ geldigTot: null })], vraag({ datum: '2040-01-01' })).ok).toBe(true)
  })

  it('gold nog op de dag voor het intrekken', () => {
    expect(mayExchange([met({ ingetrokkenOp: '2026-06-02' })], VRAAG).ok).toBe(true)
  })

  it('geldt in een gemeente op een besluit van die gemeente', () => {
    expect(mayExchange([met({ gemeente: '9101' })], VRAAG).ok).toBe(true)
  })

  it('laat een weigering die geldt voorgaan op een andere weging die het toestaat', () => {
    const nee = met({
      wegingId: 2,
      stam: 2,
      gemeente: '9101',
      besluit: { uitkomst: 'niet-toegestaan', voorwaarden: '', op: '2026-03-01' },
    })
    expect(mayExchange([WEGING, nee], VRAAG)).toMatchObject({ ok: false, reden: 'geweigerd', weging: nee })
    // The municipality next door is not bound by it.
    expect(mayExchange([WEGING, nee], vraag({ gemeente: '9102' })).ok).toBe(true)
  })

  it('noemt van meer wegingen de reden van wie er het dichtst bij is', () => {
    const ver = met({ wegingId: 2, stam: 2, doel: 'opsporen' })
    const dichtbij = met({ wegingId: 3, stam: 3, geldigTot: '2026-05-31' })
    expect(mayExchange([ver, dichtbij, ver], VRAAG)).toMatchObject({ reden: 'verlopen', weging: dichtbij })
  })

  it('vraagt de grond van de stroom die past, niet van een andere', () => {
    const stromen = [{ ...STROOM, naarRol: 'bestuur' }, STROOM]
    const weging = met({ stromen, heeftGrond: nr => nr === 0 })
    expect(mayExchange([weging], VRAAG)).toMatchObject({ ok: false, reden: 'geen-grond' })
  })
})

describe('een herziening', () => {
  const oud = WEGING
  const nieuw = (anders: Partial<Weegbaar>) => met({ wegingId: 2, nummer: 2, ...anders })

  it('laat de oude versie gelden tot over de nieuwe is besloten', () => {
    expect(mayExchange([oud, nieuw({ besluit: null })], VRAAG)).toMatchObject({ ok: true, weging: oud })
  })

  it('laat de oude versie gelden tot de nieuwe ingaat', () => {
    const later = nieuw({
      geldigVanaf: '2026-07-01',
      besluit: { uitkomst: 'toegestaan', voorwaarden: '', op: '2026-05-01' },
    })
    expect(mayExchange([oud, later], vraag({ datum: '2026-06-30' }))).toMatchObject({ weging: oud, ok: true })
    expect(mayExchange([oud, later], vraag({ datum: '2026-07-01' }))).toMatchObject({
      weging: later,
      ok: true,
    })
  })

  it('die wordt geweigerd, stopt de oude versie meteen', () => {
    const nee = nieuw({
      geldigVanaf: '2026-12-01',
      besluit: { uitkomst: 'niet-toegestaan', voorwaarden: '', op: '2026-06-01' },
    })
    expect(mayExchange([oud, nee], vraag({ datum: '2026-05-31' })).ok).toBe(true)
    expect(mayExchange([oud, nee], VRAAG)).toMatchObject({ ok: false, reden: 'geweigerd' })
  })

  it('waarvan het besluit is ingetrokken, brengt de oude versie niet terug', () => {
    const weg = nieuw({
      besluit: { uitkomst: 'toegestaan', voorwaarden: '', op: '2026-03-01' },
      ingetrokkenOp: '2026-05-01',
    })
    expect(mayExchange([oud, weg], VRAAG)).toMatchObject({ ok: false, reden: 'ingetrokken' })
  })

  it('telt per lijn één versie', () => {
    expect(
      listGeldend([oud, nieuw({ besluit: null }), met({ wegingId: 9, stam: 9 })], '2026-06-01'),
    ).toHaveLength(2)
  })
})

describe('wie mag welke stap zetten', () => {
  const stand = (staat: Staat, besloten = false) => ({
    staat,
    opstellers: [1],
    adviseur: null,
    besloten,
    ingehaald: false,
  })
  const STATEN: Staat[] = ['concept', 'ter-advies', 'geadviseerd', 'besloten', 'herzien', 'ingetrokken']

  test.each(STATEN)('vanuit %s kan precies wat de tabel zegt', staat => {
    const besloten = staat === 'besloten' || staat === 'herzien'
    const alle = new Set(Object.values(STAPPEN).map(s => s.recht))
    const verwacht = (Object.keys(STAPPEN) as Stap[]).filter(
      stap => STAPPEN[stap].van.includes(staat) && !(staat === 'ingetrokken' && stap === 'herzie'),
    )
    expect(listStappen(stand(staat, besloten), 9, alle)).toEqual(verwacht)
  })

  test.each(['adviseer', 'besluit'] as const)('wie opstelde, doet geen %s', stap => {
    const staat = stap === 'adviseer' ? 'ter-advies' : 'geadviseerd'
    expect(maySet(stap, stand(staat), 1)).toMatchObject({ ok: false })
    expect(maySet(stap, stand(staat), 2)).toEqual({ ok: true })
  })

  it('wie adviseerde, beslist niet', () => {
    expect(maySet('besluit', { ...stand('geadviseerd'), adviseur: 3 }, 3)).toMatchObject({ ok: false })
  })

  it('een programma zet geen stap', () => {
    expect(maySet('wijzig', stand('concept'), null)).toMatchObject({ ok: false })
  })

  it('wat nooit is besloten wordt hersteld, wat is besloten wordt herzien', () => {
    expect(maySet('herstel', stand('ingetrokken'), 1).ok).toBe(true)
    expect(maySet('herzie', stand('ingetrokken'), 1).ok).toBe(false)
    expect(maySet('herstel', stand('ingetrokken', true), 1).ok).toBe(false)
    expect(maySet('herzie', stand('ingetrokken', true), 1).ok).toBe(true)
  })

  it('wat is ingehaald door een latere versie wordt niet hersteld en niet herzien', () => {
    const ingehaald = true
    expect(maySet('herstel', { ...stand('ingetrokken'), ingehaald }, 1).ok).toBe(false)
    expect(maySet('herzie', { ...stand('besloten', true), ingehaald }, 1).ok).toBe(false)
  })

  it('toont alleen stappen waar iemand het recht voor heeft', () => {
    expect(listStappen(stand('concept'), 1, new Set())).toEqual([])
  })
})

test.each<[Advies, Besluit, boolean]>([
  ['positief', 'toegestaan', false],
  ['positief', 'voorwaarden', false],
  ['positief', 'niet-toegestaan', true],
  ['voorwaarden', 'toegestaan', true],
  ['voorwaarden', 'voorwaarden', false],
  ['voorwaarden', 'niet-toegestaan', true],
  ['negatief', 'toegestaan', true],
  ['negatief', 'voorwaarden', true],
  ['negatief', 'niet-toegestaan', false],
])('advies %s en besluit %s: wijkt af is %s', (advies, besluit, afwijkend) => {
  expect(isTegenAdvies(advies, besluit)).toBe(afwijkend)
})

describe('de grond', () => {
  test.each([
    ['past', {}, undefined],
    ['is niet gevonden', { grond: 'geen' }, /geen wettelijke grond/],
    ['staat niet in de lijst', { grond: 'weg' }, /niet in de lijst/],
    ['geldt voor een ander domein', { grond: 'pw-67' }, /geldt niet voor het domein Jeugd/],
    ['is nog niet in werking', { grond: 'wams' }, /niet in werking/],
  ])('%s', (_, anders, reden) => {
    const waarom = whyNoGrond({ ...STROOM, ...anders }, LIJST, '2026-06-01')
    if (reden === undefined) expect(waarom).toBeUndefined()
    else expect(waarom).toMatch(reden)
  })

  it('geldt van de eerste tot en met de laatste dag van de wet', () => {
    const lijst = {
      ...LIJST,
      gronden: [
        { ...(LIJST.gronden[0] as Gegevenslijst['gronden'][number]), vanaf: '2026-01-01', tot: '2026-12-31' },
      ],
    }
    const op = (datum: string) => whyNoGrond(STROOM, lijst, datum) === undefined
    expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(op)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('wordt door toestemming niet vervangen', () => {
    const inhoud = {
      doelTekst: '',
      betrokkenen: '',
      alternatieven: { anoniem: '', minst: '', zelf: '' },
      toestemming: true,
      doorgifte: '',
      beveiliging: '',
      stromen: [{ ...STROOM, grond: 'geen' }],
      dpia: {},
      dpiaVerwijzing: '',
    }
    expect(listBlokkades(inhoud, LIJST, '2026-06-01')).toEqual([
      'Stroom 1: er is geen wettelijke grond gevonden.',
    ])
  })
})

describe('is een DPIA nodig', () => {
  const ja = { antwoord: 'ja', noot: '' } as const
  const onbekend = { antwoord: 'onbekend', noot: '' } as const
  const nee = { antwoord: 'nee', noot: '' } as const
  test.each([
    ['bij geen enkel kenmerk niet', {}, false],
    ['bij één kenmerk niet', { gevoelig: ja }, false],
    ['bij twee kenmerken wel', { gevoelig: ja, kwetsbaar: ja }, true],
    ['wat onbekend is telt als ja', { gevoelig: ja, kwetsbaar: onbekend }, true],
    ['bij één doorslaggevend ja wel', { koppelen: ja }, true],
    ['bij een doorslaggevend nee niet', { koppelen: nee, gevoelig: ja }, false],
  ])('%s', (_, dpia, nodig) => {
    expect(judgeDpia(LIJST, dpia).nodig).toBe(nodig)
  })

  it('telt de vragen die open staan', () => {
    const { open, reden } = judgeDpia(LIJST, { gevoelig: ja })
    expect(open).toBe(LIJST.dpia.length - 1)
    expect(reden).toBe(`Nog niet te zeggen: er zijn nog ${open} vragen open.`)
    const alles = Object.fromEntries(LIJST.dpia.map(({ code }) => [code, nee]))
    expect(judgeDpia(LIJST, alles).reden).toContain('Niet nodig: geen enkel kenmerk geldt')
  })
})

describe('de lijst met gegevens en gronden', () => {
  it('noemt een dubbele code en een domein dat er niet is', () => {
    const [eerste] = LIJST.gronden
    const fout = {
      ...LIJST,
      doelen: [...LIJST.doelen, ...LIJST.doelen.slice(0, 1)],
      gronden: eerste === undefined ? [] : [{ ...eerste, domeinen: ['maan'] }],
    }
    expect(checkLijst(fout)).toEqual([
      'doelen: de code veiligheid staat er meer dan één keer.',
      'gronden jw-7-4-0: het domein maan bestaat niet.',
    ])
  })

  it('noemt een dag die niet bestaat, en elke fout in de vorm in het Nederlands', () => {
    const [eerste] = LIJST.gronden
    const dag = { ...LIJST, gronden: [{ ...eerste, vanaf: '2026-02-30' }] } as Gegevenslijst
    expect(checkLijst(dag)).toEqual(['gronden jw-7-4-0: de dag 2026-02-30 bestaat niet.'])
    const { noot: _, ...zonder } = { ...LIJST, gronden: [{ ...eerste, vanaf: 3 }] }
    const lees = (lijst: unknown) => {
      try {
        readGegevenslijst(JSON.stringify(lijst))
        return []
      } catch (fout) {
        return (fout as Problem).fouten.map(f => f.melding)
      }
    }
    expect(lees(zonder)).toEqual([
      '/: hier ontbreekt noot.',
      '/gronden/0/vanaf: dit is een ander soort waarde dan hier hoort.',
    ])
    expect(lees({ ...LIJST, noot: 'Zie 111222333' })).toEqual([
      'Er staat een getal in dat een burgerservicenummer kan zijn.',
    ])
  })

  it.each([
    ['geen JSON', '{', 'geen JSON'],
    ['een andere vorm', '{"naam": 1}', 'niet de juiste vorm'],
  ])('weigert %s', (_, tekst, melding) => {
    expect(() => readGegevenslijst(tekst)).toThrowError()
    try {
      readGegevenslijst(tekst)
    } catch (error) {
      expect((error as { titel: string }).titel).toContain(melding)
    }
  })
})
