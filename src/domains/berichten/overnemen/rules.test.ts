import { describe, expect, test } from 'vitest'
import { declaratie, start, toewijzing } from '../../../../test/support/inhoudsregels.ts'
import type { Bericht325 } from '../../istandaard/index.ts'
import { buildDeclaratieAntwoord, buildRetour, type Declaratieuitkomst } from '../inname/antwoord.ts'
import { eldersOf, heenOf, isAntwoord, isRefusal, isTakenOver } from './rules.ts'

const KENMERK = { identificatie: 'ANTW1', dagtekening: '2025-05-09' }
const HEEN = declaratie()
const answer = (uitkomst: Declaratieuitkomst) => buildDeclaratieAntwoord(HEEN, KENMERK, uitkomst)
const regels = HEEN.declaratie.clienten.flatMap((client, c) =>
  client.prestaties.map((prestatie, nummer) => ({ client: c, nummer, prestatie })),
)
const som = (goed: (i: number) => boolean) =>
  regels
    .filter((_, i) => goed(i))
    .reduce(
      (s, { prestatie: { ingediendBedrag: b } }) => s + (b.debetCredit === 'D' ? b.bedrag : -b.bedrag),
      0,
    )
const judged = (goed: (i: number) => boolean, heel: string[] = []) =>
  answer({
    oordeel: {
      berichtId: '',
      bevindingen: heel.map(retourcode => ({ regel: '', retourcode, melding: '', feiten: [] })),
      clientenOnbekend: new Set(),
      ingediend: som(() => true),
      toegekend: heel.length > 0 ? 0 : som(goed),
      regels: regels.map((regel, i) => ({
        ...regel,
        goedgekeurd: goed(i),
        bevindingen: goed(i) ? [] : [{ regel: '', retourcode: '9341', melding: '', feiten: [] }],
      })),
    },
  } as unknown as Declaratieuitkomst)
const codes = (antwoord: Bericht325) => {
  const elders = eldersOf(HEEN, antwoord)
  return (
    elders && {
      heel: elders.heel.map(r => r.retourcode),
      regels: [...elders.regels].map(([referentie, redenen]) => [
        referentie,
        ...redenen.map(r => r.retourcode),
      ]),
    }
  )
}

describe('what a 325 says of its 323', () => {
  const eerste = regels[0]?.prestatie.productReferentie.referentieNummer
  test.each([
    ['all granted', judged(() => true), { heel: [], regels: [] }],
    ['one line refused', judged(i => i !== 0), { heel: [], regels: [[eerste, '9341']] }],
    ['refused whole', judged(() => false, ['9333']), { heel: ['9333'], regels: [] }],
    ['refused by its header', answer({ kop: ['9056'] }), { heel: ['9056'], regels: [] }],
    ['not processed', answer({ technisch: true }), { heel: ['0001'], regels: [] }],
  ])('%s', (_, antwoord, verwacht) => expect(codes(antwoord)).toEqual(verwacht))

  test('nothing, when it does not add up or says nothing', () => {
    const anders = structuredClone(judged(() => true))
    if (anders.declaratieAntwoord) anders.declaratieAntwoord.totaalToegekendBedrag.totaalBedrag += 1
    expect(eldersOf(HEEN, anders)).toBeUndefined()
    expect(eldersOf(HEEN, answer({ kop: ['0200'] }))).toBeUndefined()
  })
})

test('an answer names the message that it answers', () => {
  const heen = [toewijzing(), start(), HEEN]
  const terug = [
    buildRetour(toewijzing(), KENMERK, {}),
    buildRetour(start(), KENMERK, {}),
    judged(() => true),
  ]
  expect(terug.map(heenOf)).toEqual(heen.map(heenOf))
  expect(new Set(heen.map(heenOf)).size).toBe(3)
})

test.each([
  [{}, false],
  [{ producten: [['9332']] }, true],
  [{ kop: ['9056'] }, true],
  [{ technisch: true }, true],
])('a retour on %j refused: %s', (oordeel, geweigerd) =>
  expect(isRefusal(buildRetour(toewijzing(), KENMERK, oordeel))).toBe(geweigerd),
)

test('four kinds are taken over, and their answers are read with them', () => {
  const alle = [301, 302, 305, 306, 307, 308, 315, 316, 317, 318, 319, 320, 323, 325]
  expect(alle.filter(n => isTakenOver(`JW${n}`))).toEqual([301, 305, 307, 323])
  expect(alle.filter(n => isAntwoord(`JW${n}`))).toEqual([302, 306, 308, 325])
})
