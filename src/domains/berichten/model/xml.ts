import { isUtf8 } from 'node:buffer'

/**
 * A strict, streaming reader for the XML of messages: UTF-8, namespaces, no DOCTYPE and no entities beyond
 * the five of XML itself, so nothing can expand or be fetched. What it accepts is what libxml2 accepts
 * within those limits; a fuzz test holds the two together.
 *
 * Messages repeat themselves: the markup between two values (`</a:X>⏎⇥<a:Y>`) is nearly always one that came
 * before in the same place. The reader remembers each such stretch of bytes with the tags in it and only
 * compares bytes when it comes again. Nothing about the meaning is remembered, so every tag is still checked.
 */

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

/** Gets what is read, in order. */
export interface Ontvanger {
  /** `ruimte` knows the prefixes at this place. */
  open(naam: Naam, attributen: readonly Attribuut[], ruimte: Ruimte): void
  /** Text, in one or more parts. White space between elements is left out. */
  tekst(deel: string): void
  /** The text of a CDATA section. */
  cdata(deel: string): void
  /** The whole text of an element: ASCII without references in `bytes[van, tot)`; its end tag comes next. */
  plat(bytes: Buffer, van: number, tot: number): void
  sluit(): void
}

/** The input is no well-formed XML, or uses what we refuse. */
export class XmlFout extends Error {}

const LT = 60
const GT = 62
const SLASH = 47
const SPATIE = 32
const WIT = ' \\t\\r\\n'
const NAAMBEGIN =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const NCNAAM = `[${NAAMBEGIN}][${NAAMBEGIN}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`
const QNAAM = new RegExp(`^(?:(${NCNAAM}):)?(${NCNAAM})$`, 'u')
const ATTRIBUUT = new RegExp(`[${WIT}]+([^${WIT}=<>/"']+)[${WIT}]*=[${WIT}]*(?:"([^"<]*)"|'([^'<]*)')`, 'y')
const DECLARATIE = new RegExp(
  `^<\\?xml[${WIT}]+version[${WIT}]*=[${WIT}]*(["'])1\\.[0-9]*\\1` +
    `(?:[${WIT}]+encoding[${WIT}]*=[${WIT}]*(["'])([A-Za-z][A-Za-z0-9._-]*)\\2)?` +
    `(?:[${WIT}]+standalone[${WIT}]*=[${WIT}]*(["'])(?:yes|no)\\4)?[${WIT}]*\\?>$`,
)
const INSTRUCTIE = new RegExp(`^<\\?((?::|${NCNAAM})+)(?:[${WIT}][^]*)?\\?>$`, 'u')
const VERWIJZING = /&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9a-fA-F]+));|&/g
const ENTITEITEN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'

/** Per byte of text: 0 plain, 1 needs decoding or a closer look, 2 not allowed, 3 start of markup. */
const SOORT = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === LT
    ? 3
    : byte === 38 || byte === 93 || byte === 13 || byte > 126
      ? 1
      : byte >= SPATIE || byte === 9 || byte === 10
        ? 0
        : 2,
)

/** The namespaces in force at one place. */
export interface Ruimte {
  readonly boven: Ruimte | undefined
  readonly prefixen: ReadonlyMap<string, string>
  readonly namen: Map<string, Naam>
}

interface Stap {
  readonly soort: 'open' | 'sluit' | 'tekst'
  readonly naam: Naam
  readonly tekst: string
}

/** A stretch of markup seen before, and what has followed it. */
interface Stuk {
  readonly bytes: Buffer
  readonly beeld: DataView
  readonly stappen: readonly Stap[]
  readonly ruimte: Ruimte
  readonly vervolg: Stuk[]
}

const GEEN_NAAM: Naam = { raw: '', uri: '', local: '' }
const GEEN_ATTRIBUTEN: readonly Attribuut[] = []
const MEESTE_STUKKEN = 512
const MEESTE_VERVOLGEN = 4
const LANGSTE_STUK = 2048

export class XmlLezer {
  private readonly ontvanger: Ontvanger
  private readonly namen: Naam[] = []
  private readonly ruimten: Ruimte[] = []
  private ruimte: Ruimte = { boven: undefined, prefixen: new Map([['xml', XML_NAMESPACE]]), namen: new Map() }
  private rest: Buffer = Buffer.alloc(0)
  private wacht: Uint8Array[] = []
  private wachtLengte = 0
  private begonnen = false
  private wortelGezien = false
  private laatste: 'open' | 'sluit' | 'anders' = 'anders'

  private readonly stukken = new Map<string, Stuk>()
  private readonly nul: Stuk
  private vorige: Stuk
  private opname: { van: number; stappen: Stap[] } | undefined

  constructor(ontvanger: Ontvanger) {
    this.ontvanger = ontvanger
    this.nul = stuk(Buffer.alloc(0), [], this.ruimte)
    this.vorige = this.nul
  }

  /** Takes the next bytes; they may be cut anywhere. Throws an `XmlFout`. */
  schrijf(deel: Uint8Array): void {
    this.wacht.push(deel)
    this.wachtLengte += deel.length
    // A token longer than a part waits until the input has doubled, so that it is not read over and over.
    if (this.wachtLengte < this.rest.length) return
    this.verwerk(false)
  }

  /** No more bytes. Throws an `XmlFout` when the document is not complete. */
  einde(): void {
    this.verwerk(true)
    if (!this.rest.every(isWit) || this.namen.length > 0 || !this.wortelGezien)
      throw new XmlFout('het bestand is niet compleet')
  }

  private verwerk(einde: boolean): void {
    const [eerste] = this.wacht
    const bytes =
      this.rest.length === 0 && this.wacht.length === 1 && eerste !== undefined
        ? Buffer.from(eerste.buffer, eerste.byteOffset, eerste.length)
        : Buffer.concat([this.rest, ...this.wacht])
    this.wacht = []
    this.wachtLengte = 0
    let p = 0
    if (!this.begonnen) {
      if (bytes.length < 4 && !einde) {
        this.rest = Buffer.from(bytes)
        return
      }
      p = this.begin(bytes)
    }
    p = this.lees(bytes, p)
    this.rest = Buffer.from(bytes.subarray(p))
    if (this.opname !== undefined) this.opname.van = -1
  }

  /** Skips the byte order mark, refuses other encodings than UTF-8. */
  private begin(bytes: Buffer): number {
    const [a, b, c] = bytes
    if ((a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe) || a === 0 || b === 0) {
      throw new XmlFout('het bestand is geen UTF-8')
    }
    return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0
  }

  /** Reads tokens from `p`; answers where the first incomplete one starts. */
  private lees(bytes: Buffer, start: number): number {
    const n = bytes.length
    const beeld = new DataView(bytes.buffer, bytes.byteOffset, n)
    let p = start
    while (p < n) {
      if (bytes[p] === LT) {
        if (this.opname === undefined) {
          const bekend = this.herken(beeld, p, n)
          if (bekend !== undefined) {
            this.herhaal(bekend)
            p += bekend.bytes.length
            continue
          }
          this.opname = { van: p, stappen: [] }
        }
        const q = this.token(bytes, p)
        if (q < 0) return p
        p = q
        continue
      }
      let q = p
      while (q < n && isWit(bytes[q])) q += 1
      if (q === n) return p
      if (bytes[q] === LT) {
        if (q + 1 === n) return p
        this.witruimte(bytes, p, q)
        p = q
        continue
      }
      let soort = 0
      let gemerkt = 0
      while (q < n) {
        soort = SOORT[bytes[q] ?? 0] ?? 0
        if (soort !== 0) {
          if (soort !== 1) break
          gemerkt = 1
        }
        q += 1
      }
      if (soort === 2) throw new XmlFout('er staat een teken in dat niet in XML mag')
      if (q === n || (q + 1 === n && bytes[q] === LT)) return p
      this.legOpname(bytes, p)
      this.waarde(bytes, p, q, gemerkt === 1)
      p = q
    }
    return p
  }

  private waarde(bytes: Buffer, van: number, tot: number, gemerkt: boolean): void {
    if (this.namen.length === 0) throw new XmlFout('er staat tekst buiten het bericht')
    if (!gemerkt && this.laatste === 'open' && bytes[tot + 1] === SLASH) this.ontvanger.plat(bytes, van, tot)
    else this.ontvanger.tekst(leesTekst(decodeer(bytes, van, tot)))
    this.laatste = 'anders'
  }

  /** White space counts only where it can be (part of) a value: not after an end tag, not before a start tag. */
  private witruimte(bytes: Buffer, van: number, tot: number): void {
    const volgt = bytes[tot + 1]
    if (this.namen.length === 0 || this.laatste === 'sluit') return
    if (volgt !== SLASH && volgt !== 33 && volgt !== 63) return
    const tekst = regeleinden(bytes.toString('latin1', van, tot))
    this.opname?.stappen.push({ soort: 'tekst', naam: GEEN_NAAM, tekst })
    this.ontvanger.tekst(tekst)
    this.laatste = 'anders'
  }

  /** The stretch of markup at `p`, if it is one that followed the previous one before. */
  private herken(beeld: DataView, p: number, n: number): Stuk | undefined {
    for (const kandidaat of this.vorige.vervolg) {
      const lengte = kandidaat.bytes.length
      // One byte more: the stretch ends where a value starts, which must be there.
      if (p + lengte >= n || kandidaat.ruimte !== this.ruimte) continue
      if (
        gelijk(kandidaat.beeld, beeld, p, lengte) &&
        beeld.getUint8(p + lengte) !== LT &&
        !isWit(beeld.getUint8(p + lengte))
      ) {
        return kandidaat
      }
    }
    return undefined
  }

  private herhaal(bekend: Stuk): void {
    const stappen = bekend.stappen
    for (let i = 0; i < stappen.length; i += 1) {
      const stap = stappen[i]
      if (stap === undefined) break
      if (stap.soort === 'open') this.open(stap.naam, GEEN_ATTRIBUTEN, this.ruimte)
      else if (stap.soort === 'sluit') this.sluit(stap.naam.raw)
      else this.ontvanger.tekst(stap.tekst)
    }
    this.laatste = stappen[stappen.length - 1]?.soort === 'open' ? 'open' : 'sluit'
    this.vorige = bekend
  }

  /** The recorded stretch ends here: a value starts at `tot`. */
  private legOpname(bytes: Buffer, tot: number): void {
    const opname = this.opname
    this.opname = undefined
    if (opname === undefined) return
    if (opname.van < 0 || tot - opname.van > LANGSTE_STUK) {
      this.vorige = this.nul
      return
    }
    const sleutel = bytes.toString('latin1', opname.van, tot)
    let gevonden = this.stukken.get(sleutel)
    if (gevonden?.ruimte !== this.ruimte) {
      gevonden = stuk(Buffer.from(bytes.subarray(opname.van, tot)), opname.stappen, this.ruimte)
      if (this.stukken.size >= MEESTE_STUKKEN) this.stukken.clear()
      this.stukken.set(sleutel, gevonden)
    }
    const { vervolg } = this.vorige
    if (!vervolg.includes(gevonden)) {
      vervolg.unshift(gevonden)
      if (vervolg.length > MEESTE_VERVOLGEN) vervolg.pop()
    }
    this.vorige = gevonden
  }

  private staak(): void {
    if (this.opname !== undefined) this.opname.van = -1
  }

  /** Reads one tag, comment, CDATA section or instruction; answers where it ends, -1 when it is not all there. */
  private token(bytes: Buffer, p: number): number {
    const n = bytes.length
    if (p + 1 === n) return -1
    const soort = bytes[p + 1]
    if (soort === SLASH) {
      const eind = bytes.indexOf(GT, p)
      if (eind < 0) return -1
      const raw = decodeer(bytes, p + 2, eind).replace(/[ \t\r\n]+$/, '')
      const naam = this.sluit(raw)
      this.opname?.stappen.push({ soort: 'sluit', naam, tekst: '' })
      this.laatste = 'sluit'
      return eind + 1
    }
    if (soort === 33 || soort === 63) {
      this.staak()
      const eind = soort === 33 ? this.uitroep(bytes, p) : this.instructie(bytes, p)
      if (eind >= 0) this.begonnen = true
      return eind
    }
    const eind = tagEinde(bytes, p)
    if (eind < 0) return -1
    this.begonnen = true
    this.starttag(decodeer(bytes, p + 1, eind))
    return eind + 1
  }

  private uitroep(bytes: Buffer, p: number): number {
    if (bytes.length - p < 9 && bytes.indexOf(GT, p) < 0) return -1
    if (bytes.toString('latin1', p, p + 4) === '<!--') {
      const streepjes = bytes.indexOf('--', p + 4, 'latin1')
      if (streepjes < 0 || streepjes + 2 >= bytes.length) return -1
      if (bytes[streepjes + 2] !== GT) throw new XmlFout('er staan twee streepjes in een opmerking')
      decodeer(bytes, p, streepjes)
      this.laatste = 'anders'
      return streepjes + 3
    }
    if (bytes.toString('latin1', p, p + 9) === '<![CDATA[' && this.namen.length > 0) {
      const eind = bytes.indexOf(']]>', p, 'latin1')
      if (eind < 0) return -1
      this.ontvanger.cdata(regeleinden(decodeer(bytes, p + 9, eind)))
      this.laatste = 'anders'
      return eind + 3
    }
    throw new XmlFout('er staat een DOCTYPE of iets anders in dat in een bericht niet mag')
  }

  private instructie(bytes: Buffer, p: number): number {
    const eind = bytes.indexOf('?>', p, 'latin1')
    if (eind < 0) return -1
    const tekst = decodeer(bytes, p, eind + 2)
    if (/^<\?xml[ \t\r\n]/.test(tekst) && !this.begonnen && (p === 0 || p === 3)) {
      const delen = DECLARATIE.exec(tekst)
      if (delen === null) throw new XmlFout('de eerste regel is geen geldige XML-declaratie')
      if (delen[3] !== undefined && delen[3].toLowerCase() !== 'utf-8')
        throw new XmlFout('de codering is niet UTF-8')
    } else {
      const doel = INSTRUCTIE.exec(tekst)?.[1]
      if (doel === undefined || doel.toLowerCase() === 'xml')
        throw new XmlFout('er staat een verkeerde XML-instructie in')
    }
    this.laatste = 'anders'
    return eind + 2
  }

  private starttag(tekst: string): void {
    const leeg = tekst.endsWith('/')
    const kaal = leeg ? tekst.slice(0, -1) : tekst
    const naamEinde = kaal.search(/[ \t\r\n]/)
    const raw = naamEinde < 0 ? kaal : kaal.slice(0, naamEinde)
    const paren = naamEinde < 0 ? [] : leesAttributen(kaal, naamEinde)
    const ruimte = this.nieuweRuimte(paren)
    const naam = this.naam(raw, ruimte)
    if (paren.length > 0) this.staak()
    this.open(naam, paren.length === 0 ? GEEN_ATTRIBUTEN : attributen(paren, ruimte), ruimte)
    this.opname?.stappen.push({ soort: 'open', naam, tekst: '' })
    this.laatste = 'open'
    if (leeg) {
      this.sluit(raw)
      this.opname?.stappen.push({ soort: 'sluit', naam, tekst: '' })
      this.laatste = 'sluit'
    }
  }

  private nieuweRuimte(paren: readonly (readonly [string, string])[]): Ruimte {
    const eigen = new Map<string, string>()
    for (const [raw, waarde] of paren) {
      if (raw === 'xmlns') eigen.set('', waarde)
      else if (raw.startsWith('xmlns:')) {
        const prefix = raw.slice(6)
        const magNiet =
          prefix === 'xmlns' ||
          (prefix === 'xml') !== (waarde === XML_NAMESPACE) ||
          waarde === XMLNS_NAMESPACE
        if (waarde === '' || magNiet) throw new XmlFout('een namespace is verkeerd opgegeven')
        eigen.set(prefix, waarde)
      }
    }
    return eigen.size === 0 ? this.ruimte : { boven: this.ruimte, prefixen: eigen, namen: new Map() }
  }

  private naam(raw: string, ruimte: Ruimte): Naam {
    let naam = ruimte.namen.get(raw)
    if (naam === undefined) {
      naam = ontleed(raw, ruimte)
      ruimte.namen.set(raw, naam)
    }
    return naam
  }

  private open(naam: Naam, attributen: readonly Attribuut[], ruimte: Ruimte): void {
    if (this.namen.length === 0) {
      if (this.wortelGezien) throw new XmlFout('er staat meer dan één bericht in het bestand')
      this.wortelGezien = true
    }
    this.namen.push(naam)
    this.ruimten.push(this.ruimte)
    this.ruimte = ruimte
    this.ontvanger.open(naam, attributen, ruimte)
  }

  private sluit(raw: string): Naam {
    const naam = this.namen.pop()
    const ruimte = this.ruimten.pop()
    if (naam === undefined || ruimte === undefined || naam.raw !== raw) {
      throw new XmlFout('een eindtag hoort niet bij de laatste begintag')
    }
    this.ruimte = ruimte
    this.ontvanger.sluit()
    return naam
  }
}

function stuk(bytes: Buffer, stappen: readonly Stap[], ruimte: Ruimte): Stuk {
  const eigen = Buffer.from(bytes)
  return {
    bytes: eigen,
    beeld: new DataView(eigen.buffer, eigen.byteOffset, eigen.length),
    stappen,
    ruimte,
    vervolg: [],
  }
}

/** Four bytes at a time; this comparison carries the speed of the reader. */
function gelijk(a: DataView, b: DataView, bVan: number, lengte: number): boolean {
  let i = 0
  for (; i + 4 <= lengte; i += 4) if (a.getInt32(i) !== b.getInt32(bVan + i)) return false
  for (; i < lengte; i += 1) if (a.getInt8(i) !== b.getInt8(bVan + i)) return false
  return true
}

function isWit(byte: number | undefined): boolean {
  return byte === SPATIE || byte === 9 || byte === 10 || byte === 13
}

function tagEinde(bytes: Buffer, p: number): number {
  let aanhaling = 0
  for (let i = p + 1; i < bytes.length; i += 1) {
    const byte = bytes[i]
    if (aanhaling !== 0) {
      if (byte === aanhaling) aanhaling = 0
    } else if (byte === 34 || byte === 39) aanhaling = byte
    else if (byte === GT) return i
    else if (byte === LT) throw new XmlFout('er staat een < binnen een tag')
  }
  return -1
}

function decodeer(bytes: Buffer, van: number, tot: number): string {
  const deel = bytes.subarray(van, tot)
  if (!isUtf8(deel)) throw new XmlFout('het bestand is geen UTF-8')
  const tekst = deel.toString('utf8')
  if (/[^\t\n\r\u0020-\uFFFD]/.test(tekst)) throw new XmlFout('er staat een teken in dat niet in XML mag')
  return tekst
}

function regeleinden(tekst: string): string {
  return tekst.includes('\r') ? tekst.replace(/\r\n?/g, '\n') : tekst
}

function leesTekst(tekst: string): string {
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

function leesAttributen(tekst: string, van: number): (readonly [string, string])[] {
  const paren: (readonly [string, string])[] = []
  let p = van
  for (;;) {
    ATTRIBUUT.lastIndex = p
    const deel = ATTRIBUUT.exec(tekst)
    if (deel === null) break
    const waarde = regeleinden(deel[2] ?? deel[3] ?? '').replace(/[\t\n]/g, ' ')
    paren.push([deel[1] ?? '', verwijzingen(waarde)])
    p = ATTRIBUUT.lastIndex
  }
  if (/[^ \t\r\n]/.test(tekst.slice(p))) throw new XmlFout('een attribuut is verkeerd geschreven')
  if (new Set(paren.map(([raw]) => raw)).size < paren.length)
    throw new XmlFout('een attribuut staat er twee keer')
  return paren
}

function attributen(paren: readonly (readonly [string, string])[], ruimte: Ruimte): Attribuut[] {
  const uit: Attribuut[] = []
  for (const [raw, waarde] of paren) {
    if (raw === 'xmlns' || raw.startsWith('xmlns:')) continue
    const { uri, local } = raw.includes(':') ? ontleed(raw, ruimte) : ontleed(raw, GEEN_RUIMTE)
    if (uit.some(ander => ander.uri === uri && ander.local === local))
      throw new XmlFout('een attribuut staat er twee keer')
    uit.push({ uri, local, waarde })
  }
  return uit
}

const GEEN_RUIMTE: Ruimte = { boven: undefined, prefixen: new Map(), namen: new Map() }

function ontleed(raw: string, ruimte: Ruimte): Naam {
  const delen = QNAAM.exec(raw)
  if (delen === null) throw new XmlFout('een naam is verkeerd geschreven')
  const prefix = delen[1] ?? ''
  const uri = zoek(ruimte, prefix)
  if (uri === '' && prefix !== '') throw new XmlFout('een prefix heeft geen namespace')
  return { raw, uri, local: delen[2] ?? '' }
}

/** The namespace of a prefix ('' for none), '' when there is none. */
export function zoek(ruimte: Ruimte, prefix: string): string {
  for (let r: Ruimte | undefined = ruimte; r !== undefined; r = r.boven) {
    const uri = r.prefixen.get(prefix)
    if (uri !== undefined) return uri
  }
  return ''
}
