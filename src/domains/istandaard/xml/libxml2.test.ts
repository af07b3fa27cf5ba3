import fc from 'fast-check'
import { expect, it } from 'vitest'
import { berichtVan, MODELLEN } from '../../../../test/support/berichten.ts'
import { describeMetXmllint, schemaVan, xmllint } from '../../../../test/support/istandaarden.ts'
import { checkBytes } from './controleer.ts'
import { writeBericht } from './schrijven.ts'

/**
 * Our verdict on structure equals that of libxml2 with the schemas, on messages spoiled in every way we could
 * think of. What we refuse on purpose (DOCTYPE,
 * other encodings than UTF-8, namespaces declared wrongly) is not among the spoilings.
 */

const WAARDEN = [
  '',
  ' ',
  '  x',
  'x ',
  'a\nb',
  'a&#13;b',
  '&#32;',
  '&#x41;',
  '&amp;',
  '&lt;',
  '&#0;',
  '&#xFFFE;',
  '&foo;',
  '&',
  ']]>',
  '€',
  '😀',
  '😀😀😀😀😀😀',
  'é',
  '\u0085',
  '\u2028',
  'x'.repeat(13),
  'x'.repeat(201),
  '0',
  '00',
  '-0',
  '+5',
  '-5',
  '5.0',
  '1e3',
  ' 7 ',
  '\n12\n',
  '0000000000000000000000000000003',
  '999999999',
  '1000000000',
  '99999999999999999999999999',
  '3',
  ' 3 ',
  '03',
  '+3',
  '2',
  'D',
  'd',
  ' D',
  '45',
  '01',
  '9',
  '04',
  '39',
  '2024-02-29',
  '2023-02-29',
  ' 2024-01-01 ',
  '2024-1-1',
  '0000-01-01',
  '0001-01-01',
  '-2024-01-01',
  '12024-01-01',
  '012024-01-01',
  '2024-13-01',
  '2024-00-10',
  '2024-01-00',
  '2024-01-01Z',
  '2024-01-01+01:00',
  '2024-01-01-05:00',
  '2024-01-01+25:00',
  '1900-02-29',
  '2000-02-29',
  '13:59:41',
  '24:00:00',
  '24:00:01',
  '24:00:00.0',
  '23:59:60',
  '1:00:00',
  '13:59:41.',
  '13:59:41.123456',
  '13:59:41Z',
  '13:59:41+01:00',
  ' 13:59:41 ',
  '1.0.0',
  '01.0.0',
  '1.0',
  'NL',
  'nl',
  '<!-- c -->',
  '1<!-- c -->2',
  '<![CDATA[ ]]>',
  '<![CDATA[45]]>',
  '<?pi x?>',
  '<?xml x?>',
  '<x/>',
  '123456782',
  '12345678\n9',
  '0384',
  '65656055',
  '\u00a0',
  '\u007f',
  '\u0001',
  '\ufffe',
  'Ỳ',
  'ỳ',
  'ȃ',
  '×',
]
const ATTRIBUTEN = [
  ' x="1"',
  ' xml:lang="nl"',
  ' xml:space="preserve"',
  ' xmlns:z="urn:z"',
  ' xmlns="urn:z"',
  ' xmlns:a.b-c="urn:z"',
  ' xmlns:z="urn:z" z:a="1"',
  ' z:a="1"',
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false"',
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"',
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:foo="1"',
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="niets.xsd"',
  ' a="1" a="2"',
  ' a=1',
  ' a',
  ' ',
  '\n',
  '\t\r\n',
  '/',
  ' /',
  ' a="<"',
  " a='&lt;'",
  ' a="&"',
]
const TUSSEN = [
  ' ',
  '\t',
  'x',
  '&#32;',
  '&#x20;',
  '<![CDATA[ ]]>',
  '<![CDATA[x]]>',
  '<![CDATA[]]>',
  '<!-- -- -->',
  '<!---->',
  '<?p?>',
  '\u00a0',
  '<a/>',
  '</a>',
  '<',
  '>',
  '&amp;',
]

type Bederf = (xml: string, kies: (onder: number) => number) => string

const bladeren = (xml: string) => [...xml.matchAll(/>([^<\r\n]*)<\//g)]
const tags = (xml: string) => [...xml.matchAll(/<[a-z0-9]+:\w+/g)]

function vervang(xml: string, van: number, lengte: number, door: string): string {
  return xml.slice(0, van) + door + xml.slice(van + lengte)
}

const BEDERF: readonly Bederf[] = [
  (xml, kies) => {
    const blad = bladeren(xml)
    const gekozen = blad[kies(blad.length)]
    return gekozen === undefined
      ? xml
      : vervang(xml, gekozen.index + 1, gekozen[1]?.length ?? 0, WAARDEN[kies(WAARDEN.length)] ?? '')
  },
  (xml, kies) => {
    const alle = tags(xml)
    const tag = alle[kies(alle.length)]
    return tag === undefined
      ? xml
      : vervang(xml, tag.index + tag[0].length, 0, ATTRIBUTEN[kies(ATTRIBUTEN.length)] ?? '')
  },
  (xml, kies) => {
    const plekken = [...xml.matchAll(/>\r\n/g)]
    const plek = plekken[kies(plekken.length)]
    return plek === undefined ? xml : vervang(xml, plek.index + 1, 0, TUSSEN[kies(TUSSEN.length)] ?? '')
  },
  (xml, kies) => regels(xml, rij => rij.toSpliced(kies(rij.length), 1)),
  (xml, kies) =>
    regels(xml, rij => {
      const i = kies(rij.length)
      return rij.toSpliced(i, 0, rij[i] ?? '')
    }),
  (xml, kies) =>
    regels(xml, rij => {
      const [a, b] = [kies(rij.length), kies(rij.length)]
      return rij.with(a, rij[b] ?? '').with(b, rij[a] ?? '')
    }),
  (xml, kies) =>
    regels(xml, rij => {
      const i = kies(rij.length - 1)
      return rij.with(i, rij[i + 1] ?? '').with(i + 1, rij[i] ?? '')
    }),
  (xml, kies) => vervang(xml, kies(xml.length), 1, ''),
  (xml, kies) => vervang(xml, kies(xml.length), 0, [...' <>&;"\'/=:!?-]x0\t\u00e9\u0001'][kies(19)] ?? ''),
  (xml, kies) => vervang(xml, kies(xml.length), 1, [...' <>&;"\'/=:!?-]x0\t\u00e9\u0001'][kies(19)] ?? ''),
  xml => `\ufeff${xml}`,
  xml => xml.replace(/<\?xml.*\?>\r\n/, ''),
  xml => ` ${xml}`,
  xml => `\n${xml}`,
  xml => `\ufeff\ufeff${xml}`,
  xml => `${xml}<!-- slot --> <?p x?>\n`,
  xml => `${xml}x`,
  xml => xml.replace('encoding="UTF-8"', 'encoding=\'utf-8\' standalone="yes"'),
  xml => xml.replaceAll('\r\n', '').replaceAll('\t', ''),
  xml => xml.replaceAll(/(<\/?)(?:jw|wmo)3\d\d:/g, '$1').replace(/xmlns:(?:jw|wmo)3\d\d/, 'xmlns'),
  xml => xml.replaceAll(/(<\/?)i(?:jw|wmo):/g, '$1bb:').replace(/xmlns:i(?:jw|wmo)/, 'xmlns:bb'),
  xml =>
    xml.replaceAll(
      />([^<>\r\n]+)<\//g,
      (_, waarde: string) => `><![CDATA[${waarde.includes('&') ? 'x' : waarde}]]></`,
    ),
  (xml, kies) => {
    const alle = [...xml.matchAll(/<([a-z0-9]+):(\w+)>/g)]
    const tag = alle[kies(alle.length)]
    const types = [
      'Header',
      'Client',
      'LDT_Datum',
      'CDT_XsdVersie',
      'LDT_Nummer',
      'LDT_AgbCode',
      'CDT_Product',
      'LDT_Geslacht',
      'Root',
    ]
    const type = kies(2) === 0 ? tag?.[2] : types[kies(types.length)]
    const prefix = [tag?.[1], /xmlns:(i\w+)=/.exec(xml)?.[1]][kies(2)]
    const attribuut = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${prefix}:${type}"`
    return tag === undefined ? xml : vervang(xml, tag.index + tag[0].length - 1, 0, attribuut)
  },
]

function regels(xml: string, wat: (rij: string[]) => string[]): string {
  const [kop = '', ...rij] = xml.split('\r\n')
  return rij.length < 2 ? xml : [kop, ...wat(rij)].join('\r\n')
}

const AANTAL = Number(process.env.FUZZ ?? 60)

describeMetXmllint('hetzelfde oordeel als libxml2', map => {
  it.each(MODELLEN)('over bedorven berichten $naam', model => {
    const bedorven = fc.sample(
      fc
        .tuple(
          berichtVan(model),
          fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 }),
          fc.integer({ min: 1, max: 2 }),
        )
        .map(([bericht, keuzen, keren]) => {
          let xml = writeBericht(bericht)
          let i = 0
          const kies = (onder: number) => (keuzen[i++ % keuzen.length] ?? 0) % Math.max(1, onder)
          for (let keer = 0; keer < keren; keer += 1) xml = BEDERF[kies(BEDERF.length)]?.(xml, kies) ?? xml
          return xml
        }),
      { numRuns: AANTAL, seed: Number(process.env.FUZZ_SEED ?? 3202) },
    )
    const oordelen = xmllint(schemaVan(map, model.naam), bedorven)
    const anders = bedorven.flatMap((xml, i) => {
      const { niveau, bevindingen } = checkBytes(Buffer.from(xml))
      return (niveau !== 1) === oordelen[i]
        ? []
        : [{ libxml2: oordelen[i], wij: bevindingen.slice(0, 3), xml }]
    })
    expect(anders).toEqual([])
    expect(new Set(oordelen).size).toBe(2)
  })
})
