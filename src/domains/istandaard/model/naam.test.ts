import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MODELLEN } from '../../../../test/support/berichten.ts'
import { describeMetStandaard, schemaVan } from '../../../../test/support/istandaarden.ts'
import type { Knoop } from './boom.ts'
import { CODELIJSTEN } from './codelijsten.ts'
import { DATATYPEN, type Datatype } from './datatypen.ts'
import { codelijst, codeNaam, elementNaam } from './naam.ts'

it.each([
  ['jw', 'RedenBeeindiging', '31', 'Levering volgens plan beëindigd'],
  ['wmo', 'RedenBeeindiging', '31', 'Verhuizing naar een andere gemeente'],
  ['wmo', 'ProductCategorie', '02', 'Begeleiding'],
  ['jw', 'LandCode', 'BE', 'België'],
  ['jw', 'RetourCode', '0611', 'Tarief wijkt af van het contract'],
  ['jw', 'Eenheid', '99', '99'],
  ['jw', 'Naam', 'x', 'x'],
] as const)('%s %s %s heet %s', (domein, soort, code, naam) => {
  expect(codeNaam(domein, soort, code)).toBe(naam)
})

it.each([
  ['ToewijzingNummer', 'Toewijzing nummer'],
  ['Bsn', 'Burgerservicenummer'],
  ['TeWijzigenProducten', 'Te wijzigen producten'],
])('%s heet voor een lezer %s', (element, naam) => {
  expect(elementNaam(element)).toBe(naam)
})

describeMetStandaard('het model en de schema’s', map => {
  it.each(['WMO301', 'JW301'])('%s: elke codelijst en elke grens is die van het basisschema', naam => {
    const domein = naam.startsWith('WMO') ? 'wmo' : 'jw'
    const basis = readFileSync(schemaVan(map, naam).replace(/\w+\.xsd$/, 'basisschema.xsd'), 'utf8')
    const typen = [...basis.matchAll(/<xs:simpleType name="(\w+)">([\s\S]*?)<\/xs:simpleType>/g)]
    expect(typen.map(([, type]) => type).sort()).toEqual(
      Object.keys(DATATYPEN)
        .filter(t => t.startsWith('LDT_'))
        .sort(),
    )
    for (const [, type = '', inhoud = ''] of typen) {
      const facetten = (facet: string) =>
        [...inhoud.matchAll(new RegExp(`<xs:${facet} value="([^"]*)"`, 'g'))].map(m => m[1])
      const ons: Datatype = DATATYPEN[type as keyof typeof DATATYPEN]
      const lijst = codelijst(domein, type)
      expect([type, lijst === undefined ? [] : Object.keys(CODELIJSTEN[lijst]).sort()]).toEqual([
        type,
        facetten('enumeration').sort(),
      ])
      if (ons.soort === 'tekst' && type !== 'LDT_Gemeente') {
        expect([type, ons.max]).toEqual([type, Number(facetten('maxLength')[0] ?? Number.POSITIVE_INFINITY)])
      }
      if (ons.soort === 'geheel') expect([type, ons.max]).toEqual([type, Number(facetten('maxInclusive')[0])])
    }
  })

  it.each(MODELLEN)('$naam: elk element staat in het schema, en niet meer of minder', model => {
    const schema = readFileSync(schemaVan(map, model.naam), 'utf8')
    const namen = (knoop: Knoop): string[] =>
      knoop.uri === model.uri ? [knoop.element, ...knoop.kinderen.flatMap(namen)] : []
    const inSchema = [...schema.matchAll(/<xs:element name="(\w+)"/g)].map(([, element = '']) => element)
    expect([...new Set(namen(model.wortel))].sort()).toEqual([...new Set(inSchema)].sort())
  })
})
