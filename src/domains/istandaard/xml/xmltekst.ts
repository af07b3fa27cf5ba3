import { isUtf8 } from 'node:buffer'

/** The text level of XML: characters, references, names, namespaces and attributes. Used by `xml.ts` only. */

/** The input is no well-formed XML, or uses what we refuse. */
export class XmlFout extends Error {}

/** A qualified name as written (`raw`) and as meant. */
export interface Naam {
  readonly raw: string
  readonly uri: string
  readonly local: string
}

export interface Attribuut {
  readonly uri: string
  readonly local: string
  readonly waarde: string
}

/** The namespaces in force at one place. */
export interface Ruimte {
  readonly boven: Ruimte | undefined
  readonly prefixen: ReadonlyMap<string, string>
  readonly namen: Map<string, Naam>
}

const WIT = ' \\t\\r\\n'
const NAAMBEGIN =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const NCNAAM = `[${NAAMBEGIN}][${NAAMBEGIN}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`
const PREFIX = new RegExp(`^${NCNAAM}$`, 'u')
const QNAAM = new RegExp(`^(?:(${NCNAAM}):)?(${NCNAAM})$`, 'u')
const ATTRIBUUT = new RegExp(`[${WIT}]+([^${WIT}=<>/"']+)[${WIT}]*=[${WIT}]*(?:"([^"<]*)"|'([^'<]*)')`, 'y')
const DECLARATIE = new RegExp(
  `^<\\?xml[${WIT}]+version[${WIT}]*=[${WIT}]*(["'])1\\.[0-9]*\\1` +
    `(?:[${WIT}]+encoding[${WIT}]*=[${WIT}]*(["'])([A-Za-z][A-Za-z0-9._-]*)\\2)?` +
    `(?:[${WIT}]+standalone[${WIT}]*=[${WIT}]*(["'])(?:yes|no)\\4)?[${WIT}]*\\?>$`,
)
const NAAM = `[:${NAAMBEGIN}][:${NAAMBEGIN}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`
const INSTRUCTIE = new RegExp(`^<\\?(${NAAM})(?:[${WIT}][^]*)?\\?>$`, 'u')
const VERWIJZING = /&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9a-fA-F]+));|&/g
const ENTITEITEN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** A lawful message has a handful per tag; each costs memory and time. */
const MEESTE_ATTRIBUTEN = 100
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'

export type Paar = readonly [raw: string, waarde: string]

/** The namespaces that every document starts with. */
export function eersteRuimte(): Ruimte {
  return { boven: undefined, prefixen: new Map([['xml', XML_NAMESPACE]]), namen: new Map() }
}

/** The namespaces inside an element with these attributes: those around it, when it declares none. */
export function ruimteVoor(paren: readonly Paar[], boven: Ruimte): Ruimte {
  const eigen = new Map<string, string>()
  for (const [raw, waarde] of paren) {
    if (raw === 'xmlns') eigen.set('', waarde)
    else if (raw.startsWith('xmlns:')) {
      const prefix = raw.slice(6)
      const magNiet =
        prefix === 'xmlns' || (prefix === 'xml') !== (waarde === XML_NAMESPACE) || waarde === XMLNS_NAMESPACE
      if (waarde === '' || magNiet || !PREFIX.test(prefix))
        throw new XmlFout('een namespace is verkeerd opgegeven')
      eigen.set(prefix, waarde)
    }
  }
  return eigen.size === 0 ? boven : { boven, prefixen: eigen, namen: new Map() }
}

/** Refuses a wrong instruction, and a declaration that is wrong, not in front or of another encoding. */
export function checkInstructie(tekst: string, vooraan: boolean): void {
  if (vooraan && /^<\?xml[ \t\r\n]/.test(tekst)) {
    const delen = DECLARATIE.exec(tekst)
    if (delen === null) throw new XmlFout('de eerste regel is geen geldige XML-declaratie')
    if (delen[3] !== undefined && !/^utf-?8$/i.test(delen[3])) throw new XmlFout('de codering is niet UTF-8')
    return
  }
  const doel = INSTRUCTIE.exec(tekst)?.[1]
  if (doel === undefined || doel.toLowerCase() === 'xml')
    throw new XmlFout('er staat een verkeerde XML-instructie in')
}

/** Where the text starts: after the byte order mark. Refuses other encodings than UTF-8. */
export function begin([a, b, c]: Uint8Array): number {
  if ((a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe) || a === 0 || b === 0) {
    throw new XmlFout('het bestand is geen UTF-8')
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0
}

/** True for the bytes that XML calls white space. */
export function isWit(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13
}

/** The text of a range of bytes; refuses what is no UTF-8 and characters that XML has not. */
export function decodeText(bytes: Buffer, van: number, tot: number): string {
  const deel = bytes.subarray(van, tot)
  if (!isUtf8(deel)) throw new XmlFout('het bestand is geen UTF-8')
  const tekst = deel.toString('utf8')
  if (/[^\t\n\r\u0020-\uFFFD]/.test(tekst)) throw new XmlFout('er staat een teken in dat niet in XML mag')
  return tekst
}

/** Line ends as XML sees them. */
export function regeleinden(tekst: string): string {
  return tekst.includes('\r') ? tekst.replace(/\r\n?/g, '\n') : tekst
}

/** Character data: line ends and references resolved. */
export function readTekst(tekst: string): string {
  if (tekst.includes(']]>')) throw new XmlFout('er staat ]]> in de tekst')
  return verwijzingen(regeleinden(tekst))
}

function verwijzingen(tekst: string): string {
  if (!tekst.includes('&')) return tekst
  return tekst.replace(VERWIJZING, (heel, naam?: string, decimaal?: string, hex?: string) => {
    if (naam !== undefined) return ENTITEITEN[naam] ?? heel
    if (decimaal === undefined && hex === undefined)
      throw new XmlFout('er staat een onbekende verwijzing (&…;) in')
    const punt = decimaal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimaal, 10)
    const mag =
      punt === 9 ||
      punt === 10 ||
      punt === 13 ||
      (punt >= 32 && punt <= 0xd7ff) ||
      (punt >= 0xe000 && punt <= 0xfffd)
    if (!mag && !(punt >= 0x10000 && punt <= 0x10ffff))
      throw new XmlFout('er staat een teken in dat niet in XML mag')
    return String.fromCodePoint(punt)
  })
}

/** The attributes of a tag as written, in order; each only once. */
export function readAttributen(tekst: string, van: number): Paar[] {
  const paren: Paar[] = []
  let p = van
  for (;;) {
    ATTRIBUUT.lastIndex = p
    const deel = ATTRIBUUT.exec(tekst)
    if (deel === null) break
    const waarde = regeleinden(deel[2] ?? deel[3] ?? '').replace(/[\t\n]/g, ' ')
    paren.push([deel[1] ?? '', verwijzingen(waarde)])
    if (paren.length > MEESTE_ATTRIBUTEN)
      throw new XmlFout(`een onderdeel heeft meer dan ${MEESTE_ATTRIBUTEN} attributen`)
    p = ATTRIBUUT.lastIndex
  }
  if (/[^ \t\r\n]/.test(tekst.slice(p))) throw new XmlFout('een attribuut is verkeerd geschreven')
  if (new Set(paren.map(([raw]) => raw)).size < paren.length)
    throw new XmlFout('een attribuut staat er twee keer')
  return paren
}

/** The attributes that are no namespace declarations, with their namespaces. */
export function attributen(paren: readonly Paar[], ruimte: Ruimte): Attribuut[] {
  const uit: Attribuut[] = []
  const gezien = new Set<string>()
  for (const [raw, waarde] of paren) {
    if (raw === 'xmlns' || raw.startsWith('xmlns:')) continue
    const { uri, local } = parseXml(raw, raw.includes(':') ? ruimte : GEEN_RUIMTE)
    const sleutel = `${local} ${uri}`
    if (gezien.has(sleutel)) throw new XmlFout('een attribuut staat er twee keer')
    gezien.add(sleutel)
    uit.push({ uri, local, waarde })
  }
  return uit
}

const GEEN_RUIMTE: Ruimte = { boven: undefined, prefixen: new Map(), namen: new Map() }

/** A written name with its namespace. */
export function parseXml(raw: string, ruimte: Ruimte): Naam {
  const delen = QNAAM.exec(raw)
  if (delen === null) throw new XmlFout('een naam is verkeerd geschreven')
  const prefix = delen[1] ?? ''
  const uri = searchTekst(ruimte, prefix)
  if (uri === '' && prefix !== '') throw new XmlFout('een prefix heeft geen namespace')
  return { raw, uri, local: delen[2] ?? '' }
}

/** The namespace of a prefix ('' for none), '' when there is none. */
export function searchTekst(ruimte: Ruimte, prefix: string): string {
  for (let r: Ruimte | undefined = ruimte; r !== undefined; r = r.boven) {
    const uri = r.prefixen.get(prefix)
    if (uri !== undefined) return uri
  }
  return ''
}
