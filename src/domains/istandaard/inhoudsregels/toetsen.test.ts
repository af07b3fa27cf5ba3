import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeMetStandaard } from '../../../../test/support/istandaarden.ts'
import { isEigenRegel } from './datums.ts'
import { isElfproef } from './persoon.ts'
import { INHOUDSREGELS, listInhoudsregels } from './toetsen.ts'

describe('de regels zelf', () => {
  it.each(INHOUDSREGELS.filter(regel => !isEigenRegel(regel)))(
    '$code heeft titel, grond, advies en retourcode',
    r => {
      expect(r).toMatchObject({ niveau: 2, retourcode: '0001', grond: `iWmo/iJw 3.2 ${r.code}` })
      expect(r.titel).toMatch(/^[A-Z].*[^.]$/)
      expect(r.watTeDoen).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('elfproef: gewichten 9 tot en met 2 en -1', () => {
    expect(isElfproef('123456782')).toBe(true)
    expect(isElfproef('123456728')).toBe(false)
  })
})

describeMetStandaard('compleet volgens de kolom Controleniveau', map => {
  const tabel = (bestand: string) => leesCsv(readFileSync(join(map, bestand), 'utf8').replace(/^\ufeff/, ''))
  const inhoud = new Map(
    tabel('regels-ijw-3.2.csv')
      .filter(rij => rij[7] === 'bericht inhoud (xslt)')
      .map(rij => [rij[2] ?? '', rij[6] ?? ''] as const),
  )
  const perElement = tabel('regels-per-element.csv')

  it.each([301, 305, 307, 323, 325] as const)('elke inhoudsregel van de %i is er, en geen andere', nummer => {
    const codes = new Set(
      perElement.filter(rij => rij[0] === `JW${nummer}` && inhoud.has(rij[8] ?? '')).map(rij => rij[8]),
    )
    expect(
      listInhoudsregels(nummer)
        .filter(regel => !isEigenRegel(regel))
        .map(({ code }) => code)
        .sort(),
    ).toEqual([...codes].sort())
  })

  it('retourberichten hebben geen inhoudsregels', () => {
    expect(perElement.filter(rij => rij[0] === 'JW Retour' && inhoud.has(rij[8] ?? ''))).toEqual([])
  })

  it.each(INHOUDSREGELS.filter(regel => !isEigenRegel(regel)))(
    '$code heeft de retourcode van de standaard',
    ({ code, retourcode }) => {
      expect(retourcode).toBe(inhoud.get(code))
    },
  )
})

/** Fields between quotes may hold commas and line ends. */
function leesCsv(tekst: string): string[][] {
  const rijen: string[][] = [[]]
  for (const [, veld = '', einde] of tekst.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g)) {
    rijen.at(-1)?.push(veld.startsWith('"') ? veld.slice(1, -1).replaceAll('""', '"') : veld)
    if (einde?.endsWith('\n')) rijen.push([])
  }
  return rijen
}
