import { describe, expect, test } from 'vitest'
import { declaratiebericht } from '../../../../test/support/regio.ts'
import type { Bericht325 } from '../../istandaard/index.ts'
import { buildDeclaratieAntwoord } from '../inname/antwoord.ts'
import { ANTWOORD_REGELS, checkDeclaratieAntwoord } from './rules.ts'

const declaratie = declaratiebericht({
  identificatie: 'D1',
  nummer: 'DN1',
  regels: [
    { nummer: 1, client: 0, referentie: 'R1' },
    { nummer: 2, client: 1, referentie: 'R2' },
  ],
})

const refused = { regel: 'TR418', retourcode: '0611', melding: '', feiten: [] }

/** Our own answer on this declaratie, with the line of the second client refused. */
function antwoord(): Bericht325 {
  return buildDeclaratieAntwoord(
    declaratie,
    { identificatie: 'S1', dagtekening: '2026-03-10' },
    {
      oordeel: {
        berichtId: '',
        bevindingen: [],
        clientenOnbekend: new Set(),
        ingediend: 180_000,
        toegekend: 90_000,
        regels: declaratie.declaratie.clienten.map((_, client) => ({
          client,
          nummer: 0,
          prestatie: {} as never,
          bevindingen: client === 1 ? [refused] : [],
          goedgekeurd: client === 0,
        })),
      },
    },
  )
}

const codes = (a: Bericht325) => checkDeclaratieAntwoord(a, declaratie).map(b => b.regel)

test('what we answer ourselves fits what was sent', () => expect(codes(antwoord())).toEqual([]))

describe('each rule refuses an answer that breaks it', () => {
  const line = (a: Bericht325) => {
    const regel = a.declaratieAntwoord?.clienten?.[0]?.prestaties[0]
    if (!regel) throw new Error('no line')
    return regel
  }
  const VERSIE = { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '9.9.9' }
  const cases: [regel: string, spoil: (a: Bericht325) => void][] = [
    ['TR371', a => Object.assign(a.header, { xsdVersieDeclaratie: VERSIE })],
    ['TR376', a => Object.assign(a.declaratieAntwoord ?? {}, { declaratieNummer: 'DN2' })],
    ['TR304', a => Object.assign(a.declaratieAntwoord?.clienten?.[0] ?? {}, { bsn: '999999990' })],
    ['TR366', a => Object.assign(line(a), { productReferentie: { referentieNummer: 'R9' } })],
    ['TR367', a => Object.assign(line(a), { geleverdVolume: 99 })],
    ['TR367', a => Object.assign(line(a), { ingediendBedrag: { bedrag: 1, debetCredit: 'D' } })],
  ]
  test.each(cases)('%s', (regel, spoil) => {
    const a = structuredClone(antwoord())
    spoil(a)
    expect(codes(a)).toEqual([regel])
  })
  test('no rule is without a case', () =>
    expect(new Set(cases.map(([regel]) => regel))).toEqual(new Set(ANTWOORD_REGELS.map(regel => regel.code))))
})
