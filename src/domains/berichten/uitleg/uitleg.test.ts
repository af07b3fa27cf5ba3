import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeMetStandaard } from '../../../../test/support/istandaarden.ts'
import { eersteNiveau, listRegels, plaatsNaam, regelUitleg } from './uitleg.ts'

describe('regelUitleg', () => {
  it('kent elke regel die een bevinding kan geven, met titel, grond en advies', () => {
    expect(listRegels().length).toBeGreaterThan(80)
    for (const { code, titel, grond, watTeDoen } of listRegels()) {
      expect(titel, code).toMatch(/^[A-Z].*[^.]$/)
      expect(grond, code).toContain('3.2')
      expect(watTeDoen, code).toMatch(/\.$/)
    }
  })

  it.each(['XSD', 'CS002', 'TR056', 'TR332', 'TR019', 'TR333', 'TR304', 'TR321', 'TR378', 'OP254'])(
    'kent %s',
    code => expect(regelUitleg(code)?.code).toBe(code),
  )

  it('verzint niets bij een onbekende code', () => expect(regelUitleg('TR000')).toBeUndefined())
})

const NIVEAU: Readonly<Record<string, number>> = {
  'bericht inhoud (xslt)': 2,
  berichtoverstijgend: 3,
  'externe bron': 4,
}

describeMetStandaard('het niveau van een regel', map => {
  it('is dat van de kolom Controleniveau, voor elke regel van de standaard die er een heeft', () => {
    const tekst = readFileSync(join(map, 'regels-ijw-3.2.csv'), 'utf8')
    const kolom = new Map(
      [
        ...tekst.matchAll(
          /,((?:TR|CS|CD)\d+),"?\1[\s\S]*?,(bericht inhoud \(xslt\)|berichtoverstijgend|externe bron),/g,
        ),
      ].map(([, code = '', niveau = '']) => [code, NIVEAU[niveau]]),
    )
    const anders = listRegels().filter(({ code, niveau }) => kolom.has(code) && kolom.get(code) !== niveau)
    expect(anders.map(({ code, niveau }) => `${code}: ${niveau}, kolom ${kolom.get(code)}`)).toEqual([])
    expect(kolom.size).toBeGreaterThan(80)
  })

  it.each([
    [['TR381'], 4],
    [['TR332', 'TR381'], 3],
    [['TR134', 'TR381'], 2],
    [[], null],
  ])('%j wordt gevonden op %s', (codes, niveau) =>
    expect(eersteNiveau(codes.map(regel => ({ regel })))).toBe(niveau),
  )
})

describe('plaatsNaam', () => {
  it.each([
    ['/Bericht/Header', 'Kop van het bericht'],
    ['/Bericht/Declaratie/Clienten/Client[3]/Prestaties/Prestatie[2]', 'Declaratie, cliënt 3, prestatie 2'],
    [
      '/Bericht/Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang',
      'Cliënt, toegewezen product 1, omvang',
    ],
    ['/Bericht/@versie', 'Versie'],
    ['/', 'Het hele bericht'],
    ['/Bericht', 'Het hele bericht'],
  ])('%s is %s', (pad, naam) => expect(plaatsNaam(pad)).toBe(naam))
})
