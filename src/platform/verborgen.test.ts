import { expect, test } from 'vitest'
import { email, kenmerk, notitie, regels, tekst } from './velden/soorten.ts'
import { findVerborgen, looksLike } from './verborgen.ts'

test.each([
  ['Zorg\u202egroz', 'een teken dat de leesrichting omdraait in, na ‘Zorg’'],
  ['Ambu\u200blant', 'een teken dat u niet ziet in, na ‘Ambu’'],
  ['\ufeffA\u2060B', 'na ‘A’'],
  ['A\u00adB', 'een teken dat u niet ziet'],
  ['A\x07B', 'een teken dat u niet ziet'],
  ['A\0B', 'een teken dat u niet ziet'],
  ['A\nB', 'een nieuwe regel in, na ‘A’'],
  ['A\u2028B', 'een nieuwe regel'],
  ['A\tB', 'een tab'],
  ['A\u200dB', 'een teken dat u niet ziet'],
  ['A\u2800B', 'een teken dat u niet ziet'],
])('what nobody sees is said with its place: %j', (waarde, melding) => {
  expect(findVerborgen(waarde)).toContain(melding)
})

test.each(['Zorg & Co', 'Gééł', ' A ', 'A\n', '👩‍👩‍👧 gezin', '👍🏽', 'A\u00a0B', ''])(
  'and of %j there is nothing',
  waarde => {
    expect(findVerborgen(waarde)).toBeUndefined()
  },
)

test('a long text has lines and tabs, and nothing else that is not seen', () => {
  expect(findVerborgen('A\r\n\tB', { lang: true })).toBeUndefined()
  expect(findVerborgen('A\nB\u202e', { lang: true })).toContain('na ‘AB’')
})

const VELDEN = {
  tekst: tekst({ label: 'T', noem: 'de tekst' }),
  notitie: notitie({ label: 'T', noem: 'de tekst' }),
  lang: tekst({ label: 'T', noem: 'de tekst', regels: 4 }),
  regels: regels({ label: 'T', noem: 'de tekst' }),
  kenmerk: kenmerk({ label: 'T', noem: 'de code', max: 40 }),
  email: email({ label: 'T' }),
}
test.each(Object.entries(VELDEN))('every field of text refuses it: %s', (naam, veld) => {
  const gelezen = veld.read([naam === 'email' ? 'a\u202eb@voorbeeld.nl' : 'A\u202eB'], 'x', [])
  expect(gelezen).toEqual({ meldingen: [expect.stringContaining('de leesrichting')] })
})

test('and a line on its own in a text of one line', () => {
  expect(VELDEN.tekst.read(['A\nB'], 'x', [])).toMatchObject({
    meldingen: [expect.stringContaining('nieuwe regel')],
  })
  expect(VELDEN.lang.read(['A\nB'], 'x', [])).toEqual({ waarde: 'A\nB' })
})

test.each([
  ['capitals', '45a04', '45A04'],
  ['accents and spaces', 'am bé', 'AMBE'],
  ['width', '４５Ａ', '45a'],
  ['what nobody sees', 'a\u200bb', 'ab'],
  ['a cell of braille without dots', 'a\u2800b', 'ab'],
  ['a dash that does not break', 'C\u20111', 'C-1'],
  ['a dash as long as an n', 'C\u20131', 'C-1'],
  ['a minus', 'C\u22121', 'C-1'],
  ['a quote', 'O\u2019N', "O'N"],
  ['a stroke', 'A\u20442', 'A/2'],
])('two codes are one to people where they differ in %s', (_, een, ander) => {
  expect(looksLike(een)).toBe(looksLike(ander))
})

test('a code has no letters that look like ours', () => {
  expect(VELDEN.kenmerk.read(['45А04'], 'x', [])).toEqual({
    meldingen: [expect.stringContaining('Vul de code in')],
  })
  expect(VELDEN.kenmerk.read(['45A04-é/2'], 'x', [])).toEqual({ waarde: '45A04-é/2' })
})

test.each([
  ['digits of another script', 'A\u0661'],
  ['a drawn line', 'A\u25001'],
  ['a cell of braille without dots', 'A\u2800B'],
  ['the sign for a letter that was lost', 'A\ufffdB'],
  ['a sign of somebody’s own', 'A\ue000B'],
  ['another way to draw the sign before it', 'A\ufe0fB'],
  ['what joins letters', 'A\u034fB'],
])('nor %s', (_, waarde) => {
  expect(VELDEN.kenmerk.read([waarde], 'x', [])).toEqual({ meldingen: [expect.any(String)] })
})
