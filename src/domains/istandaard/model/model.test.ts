import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { berichtVan, MODELLEN } from '../../../../test/support/berichten.ts'
import {
  describeMetStandaard,
  describeMetXmllint,
  listVoorbeelden,
  schemaVan,
  xmllint,
} from '../../../../test/support/istandaarden.ts'
import { checkBytes } from '../xml/controleer.ts'
import { MEESTE_BEVINDINGEN } from '../xml/lezen.ts'
import { Schrijffout, writeBericht } from '../xml/schrijven.ts'

const lees = (xml: string | Uint8Array) => checkBytes(Buffer.from(xml))

/** The two samples that break their own schema: a RetourCode out of place, and 31 June. */
const NIET_GELDIG = ['JW318', 'JW315']

describeMetStandaard('de voorbeeldberichten van de standaard', map => {
  const voorbeelden = listVoorbeelden(map)

  it.each(voorbeelden.filter(({ naam }) => !NIET_GELDIG.includes(naam)))(
    '$naam wordt gelezen, geschreven en zonder verlies weer gelezen',
    ({ naam, bytes }) => {
      const { bericht, inhoud, bevindingen } = lees(bytes)
      expect(bevindingen).toEqual([])
      expect(bericht).toBe(naam)
      expect(inhoud).toBeDefined()
      if (inhoud !== undefined) expect(lees(writeBericht(inhoud)).inhoud).toEqual(inhoud)
    },
  )

  it.each(voorbeelden.filter(({ naam }) => NIET_GELDIG.includes(naam)))(
    '$naam is niet geldig onder zijn schema',
    ({ bytes }) => {
      expect(lees(bytes)).toMatchObject({
        niveau: 1,
        bevindingen: [{ regel: 'XSD', retourcode: null }, ...lees(bytes).bevindingen.slice(1)],
      })
    },
  )

  it('wijst in JW318 het onderdeel aan dat er niet hoort', () => {
    const { bevindingen } = lees(voorbeelden.find(({ naam }) => naam === 'JW318')?.bytes ?? '')
    expect(bevindingen.map(({ pad }) => pad)).toEqual(['/Bericht/Client/Verzoek/RetourCode'])
  })

  it('schrijft een voorbeeld zoals de standaard het schrijft: prefixen, CR/LF, geen BOM', () => {
    const { inhoud } = lees(voorbeelden.find(({ naam }) => naam === 'JW325')?.bytes ?? '')
    const xml = inhoud === undefined ? '' : writeBericht(inhoud)
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\r\n<jw325:Bericht xmlns:ijw=')).toBe(true)
    expect(xml).toContain('\r\n\t\t\t<ijw:Identificatie>')
    expect(xml.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})

describe('een bericht dat uit het model volgt', () => {
  it.each(MODELLEN)(
    '$naam komt gelijk terug na schrijven en lezen, hoe de bytes ook worden geknipt',
    model => {
      fc.assert(
        fc.property(berichtVan(model), fc.integer({ min: 1, max: 200 }), (bericht, knip) => {
          const bytes = Buffer.from(writeBericht(bericht))
          expect(checkBytes(bytes).inhoud).toEqual(bericht)
          expect(checkBytes(bytes, {}, knip).inhoud).toEqual(bericht)
        }),
        { numRuns: 15 },
      )
    },
  )
})

describe('bedorven bytes', () => {
  const model = MODELLEN.find(({ naam }) => naam === 'WMO301') ?? MODELLEN[0]
  it('geven een oordeel en nooit een fout, en hetzelfde oordeel hoe ze ook worden geknipt', () => {
    if (model === undefined) throw new Error('geen model')
    const bederf = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.boolean()), { maxLength: 3 })
    fc.assert(
      fc.property(berichtVan(model), bederf, fc.integer({ min: 1, max: 60 }), (bericht, plekken, knip) => {
        const bytes = [...Buffer.from(writeBericht(bericht))]
        for (const [plek, byte, weg] of plekken) bytes.splice(plek % bytes.length, 1, ...(weg ? [] : [byte]))
        const heel = checkBytes(Buffer.from(bytes))
        expect(checkBytes(Buffer.from(bytes), {}, knip)).toEqual(heel)
      }),
      { numRuns: 400 },
    )
  })
})

describeMetXmllint('de schema’s', map => {
  it.each(MODELLEN)('$naam: alles wat we schrijven is geldig volgens libxml2', model => {
    const berichten = fc.sample(berichtVan(model), { numRuns: 40, seed: 7 })
    const geldig = xmllint(schemaVan(map, model.naam), berichten.map(writeBericht))
    expect(geldig.every(Boolean)).toBe(true)
  })
})

describe('schrijven weigert wat niet in het bericht past', () => {
  const model = MODELLEN.find(({ naam }) => naam === 'JW323')
  const [goed] = model === undefined ? [] : fc.sample(berichtVan(model), { numRuns: 1, seed: 3 })
  it.each([
    ['een onbekend onderdeel', { header: { extra: 1 } }, '/Bericht/Header/extra'],
    ['een ontbrekend onderdeel', { header: { afzender: undefined } }, '/Bericht/Header/Afzender'],
    ['een verkeerde waarde', { header: { afzender: '123' } }, '/Bericht/Header/Afzender'],
    ['tekst in plaats van een getal', { header: { berichtVersie: '3' } }, '/Bericht/Header/BerichtVersie'],
    ['een lege lijst', { declaratie: { clienten: [] } }, '/Bericht/Declaratie/Clienten'],
    [
      'een teken dat niet in XML mag',
      { declaratie: { declaratieNummer: 'a\u0000' } },
      '/Bericht/Declaratie/DeclaratieNummer',
    ],
    ['een onbekende naam', { bericht: 'JW399' }, '/'],
    ['de verkeerde wet', { domein: 'wmo' }, '/'],
  ])('%s', (_, anders, pad) => {
    const stuk = structuredClone(goed) as unknown as Record<string, object>
    for (const [sleutel, waarde] of Object.entries(anders)) {
      stuk[sleutel] = typeof waarde === 'object' ? { ...stuk[sleutel], ...waarde } : (waarde as never)
    }
    expect(() => writeBericht(stuk as never)).toThrow(Schrijffout)
    try {
      writeBericht(stuk as never)
    } catch (fout) {
      expect(fout).toMatchObject({ pad })
    }
  })
})

describe('niveau 1', () => {
  const model = MODELLEN.find(({ naam }) => naam === 'JW323')
  const [goed] = model === undefined ? [] : fc.sample(berichtVan(model), { numRuns: 1, seed: 3 })
  const xml = goed === undefined ? '' : writeBericht(goed)
  const wissel = (van: RegExp, naar: string) => lees(xml.replace(van, naar)).bevindingen
  it.each<[string, RegExp, string, string]>([
    ['RS037', /<jw323:Bsn>\d+</, '<jw323:Bsn>12345678<', 'Clienten/Client[1]/Bsn'],
    ['CS319', /<jw323:DeclaratieNummer>[^<]+</, '<jw323:DeclaratieNummer>A-1<', 'DeclaratieNummer'],
    ['RS017', /<jw323:DeclaratieNummer>[^<]+</, '<jw323:DeclaratieNummer>1234567890123<', 'DeclaratieNummer'],
    ['RS032', /(<jw323:DeclaratieDagtekening>[^<]+)</, '$1Z<', 'DeclaratieDagtekening'],
    ['RS001', /<ijw:TotaalBedrag>\d+</, '<ijw:TotaalBedrag>-1<', 'TotaalIngediendBedrag/TotaalBedrag'],
    [
      'RS040',
      /<ijw:TotaalBedrag>\d+</,
      '<ijw:TotaalBedrag>1000000000000<',
      'TotaalIngediendBedrag/TotaalBedrag',
    ],
    ['XSD', /<ijw:TotaalBedrag>\d+</, '<ijw:TotaalBedrag>1,5<', 'TotaalIngediendBedrag/TotaalBedrag'],
    ['XSD', /<ijw:DebetCredit>.</, '<ijw:DebetCredit>X<', 'TotaalIngediendBedrag/DebetCredit'],
    ['XSD', /<jw323:DeclaratieDagtekening>.*\r\n/, '', 'DeclaratieDagtekening'],
  ])('%s bij %s', (regel, van, naar, pad) => {
    expect(wissel(van, naar)).toMatchObject([{ regel, retourcode: null, pad: `/Bericht/Declaratie/${pad}` }])
  })

  it('RS047, CS025 en CS015 in de header', () => {
    const kop = xml
      .replace('>490<', '>491<')
      .replace('Versie>3<', 'Versie>4<')
      .replace('Subversie>2<', 'Subversie>1<')
    expect(lees(kop).bevindingen.map(({ regel }) => regel)).toEqual(['RS047', 'CS025', 'CS015'])
  })

  it('noemt geen persoonsgegevens in een melding', () => {
    const [bevinding] = wissel(/<jw323:Bsn>\d+</, '<jw323:Bsn>12345678<')
    expect(JSON.stringify(bevinding)).not.toContain('12345678')
  })

  it('toont hooguit honderd bevindingen en zegt dat er meer zijn', () => {
    const { bevindingen } = lees(xml.replace('</jw323:Header>', `${'<jw323:X/>'.repeat(200)}</jw323:Header>`))
    expect(bevindingen).toHaveLength(MEESTE_BEVINDINGEN + 1)
    expect(bevindingen.at(-1)?.melding).toContain('meer dan 100')
  })

  it.each([
    ['een DOCTYPE', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'],
    ['UTF-16', Buffer.from('\ufeff<x/>', 'utf16le')],
    ['bytes die geen UTF-8 zijn', Buffer.from([0x3c, 0x78, 0x3e, 0xc3, 0x28, 0x3c, 0x2f, 0x78, 0x3e])],
    ['een andere codering', '<?xml version="1.0" encoding="ISO-8859-1"?><x/>'],
    ['een onbekende entiteit', '<x>&foo;</x>'],
    ['een leeg bestand', ''],
    ['een half bestand', xml.slice(0, -20)],
    ['twee berichten achter elkaar', xml + xml.slice(xml.indexOf('\n'))],
    ['een ander soort bericht', '<Bericht xmlns="http://www.istandaarden.nl/iwmo/3_2/jw323/schema"/>'],
  ])('weigert %s', (_, invoer) => {
    expect(lees(invoer)).toMatchObject({ niveau: 1 })
  })

  it('leest een bericht met BOM, andere prefixen, commentaar en CDATA', () => {
    const anders = `\ufeff${xml}`
      .replaceAll('jw323:', 'a:')
      .replace('xmlns:a:', 'xmlns:a')
      .replace('xmlns:jw323', 'xmlns:a')
      .replace(/<a:Bsn>(\d{4})(\d{5})</g, '<a:Bsn>$1<!-- x --><![CDATA[$2]]><')
    expect(lees(anders).inhoud).toEqual(goed)
  })
})
