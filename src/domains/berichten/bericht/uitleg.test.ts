import { describe, expect, it } from 'vitest'
import { listRegels, plaatsNaam, regelUitleg } from './uitleg.ts'

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
