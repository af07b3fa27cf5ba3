import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toewijzing } from '../../../../test/support/inhoudsregels.ts'
import { describeMetStandaard, listVoorbeelden } from '../../../../test/support/istandaarden.ts'
import { checkBytes } from './controleer.ts'
import { writeBericht } from './schrijven.ts'

const MATEN = [1, 2, 3, 4, 5, 7, 64]
const BERICHT = writeBericht(toewijzing())

/** The same verdict for every size of the parts; answers it. */
function oordeelOver(xml: string | Uint8Array) {
  const bytes = Buffer.from(xml as string)
  const heel = checkBytes(bytes)
  for (const maat of MATEN) expect(checkBytes(bytes, {}, maat), `parts of ${maat}`).toEqual(heel)
  return heel
}

describe('hoe de bytes ook worden geknipt, het oordeel is hetzelfde', () => {
  it.each([
    ['niets ervoor', '', null],
    ['een byte order mark', '\ufeff', null],
    ['een tweede byte order mark', '\ufeff\ufeff', 1],
    ['een regeleinde voor de declaratie', '\n', 1],
    ['een regeleinde en een byte order mark', '\n\ufeff', 1],
    ['een byte order mark en een spatie', '\ufeff ', 1],
    ['veel spaties', ' '.repeat(300), 1],
    ['een opmerking', '<!-- kort -->', 1],
  ])('%s', (_, ervoor, niveau) => expect(oordeelOver(`${ervoor}${BERICHT}`).niveau).toBe(niveau))

  it.each([
    ['zonder declaratie', BERICHT.replace(/<\?xml.*\?>\r\n/, ''), null],
    ['zonder declaratie, met een opmerking', `<!-- x -->${BERICHT.replace(/<\?xml.*\?>\r\n/, '')}`, null],
    ['met een byte order mark aan het eind', `${BERICHT}\ufeff`, 1],
    ['afgebroken', BERICHT.slice(0, -20), 1],
    ['leeg', '', 1],
    ['alleen een byte order mark', '\ufeff', 1],
  ])('%s', (_, xml, niveau) => expect(oordeelOver(xml).niveau).toBe(niveau))

  it('ook binnen een teken van meer bytes, een verwijzing en een CDATA', () =>
    oordeelOver(BERICHT.replace('Test', '<![CDATA[é]]]]><![CDATA[>]]>&amp;&#x1F600;ü')))
})

describeMetStandaard('de voorbeeldberichten, geknipt', map => {
  it.each(listVoorbeelden(map))('$naam', ({ bytes }) => {
    oordeelOver(bytes)
  })
})

describeMetStandaard('het geval dat misging', map => {
  it('een regeleinde voor de declaratie wordt geweigerd', () => {
    const bestand = join(map, '../gevallen/berichten/10-regel-voor-xml-declaratie.xml')
    expect(oordeelOver(readFileSync(bestand))).toMatchObject({ niveau: 1 })
  })
})

describe('namespaces en attributen', () => {
  const met = (attribuut: string) => BERICHT.replace(/<(\w+):Client>/, `<$1:Client ${attribuut}>`)

  it.each(['xmlns:1a="urn:z"', 'xmlns:="urn:z"', 'xmlns:a:b="urn:z"', 'xmlns:-a="urn:z"'])(
    'een prefix is een naam: %s niet',
    attribuut => {
      const { niveau, bevindingen } = checkBytes(Buffer.from(met(attribuut)))
      expect(niveau).toBe(1)
      expect(bevindingen.map(b => b.melding).join()).toContain('namespace is verkeerd opgegeven')
    },
  )

  it('een gewone declaratie die niemand gebruikt mag', () =>
    expect(checkBytes(Buffer.from(met('xmlns:a.b-c="urn:z"'))).niveau).toBe(null))

  it.each([
    ['attributen', (i: number) => `a${i}="1"`],
    ['namespaces', (i: number) => `xmlns:a${i}="urn:${i}"`],
  ])('een miljoen %s op één onderdeel worden na de honderdste niet meer gelezen', (_, maak) => {
    const { bevindingen } = checkBytes(
      Buffer.from(met(Array.from({ length: 1_000_000 }, (_, i) => maak(i)).join(' '))),
    )
    expect(bevindingen.map(b => b.melding)).toEqual([
      'Dit is geen goede XML: een onderdeel heeft meer dan 100 attributen. Maak het bestand opnieuw.',
    ])
  })
})
