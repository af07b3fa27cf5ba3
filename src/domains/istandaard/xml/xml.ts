import {
  type Attribuut,
  attributen,
  begin,
  checkInstructie,
  decodeText,
  eersteRuimte,
  isWit,
  type Naam,
  parseXml,
  type Ruimte,
  readAttributen,
  readTekst,
  regeleinden,
  ruimteVoor,
  XmlFout,
} from './xmltekst.ts'

/**
 * A strict, streaming reader for the XML of messages: UTF-8, namespaces, no DOCTYPE and no entities beyond
 * the five of XML itself, so nothing can expand or be fetched. What it accepts is what libxml2 accepts
 * within those limits; a fuzz test holds the two together.
 *
 * Messages repeat themselves: the markup between two values (`</a:X>⏎⇥<a:Y>`) is nearly always one that came
 * before in the same place. The reader remembers each such stretch of bytes with the tags in it and only
 * compares bytes when it comes again. Nothing about the meaning is remembered, so every tag is still checked.
 */

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

const LT = 60
const GT = 62
const SLASH = 47
const SPATIE = 32
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
/** As deep as libxml2 goes. */
const DIEPSTE = 256
const MEESTE_STUKKEN = 512
const MEESTE_VERVOLGEN = 4
const LANGSTE_STUK = 2048

export class XmlLezer {
  private readonly ontvanger: Ontvanger
  private readonly namen: Naam[] = []
  private readonly ruimten: Ruimte[] = []
  private ruimte: Ruimte = eersteRuimte()
  /** Bytes not read yet stand in `werk[0, gevuld)`; reading goes on when there are `drempel` of them. */
  private werk: Buffer = Buffer.alloc(0)
  private gevuld = 0
  private drempel = 4
  /** Whether the byte order mark has been looked for: once, in the first bytes. */
  private geopend = false
  /** Whether the declaration may still come: only as the very first, however the bytes were cut. */
  private vooraan = true
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

  /** Takes the next bytes, which may be cut anywhere, and keeps nothing of the array. Throws an `XmlFout`. */
  schrijf(deel: Uint8Array): void {
    if (this.werk.length < this.gevuld + deel.length) {
      const groter = Buffer.allocUnsafeSlow(2 * (this.gevuld + deel.length))
      groter.set(this.werk.subarray(0, this.gevuld))
      this.werk = groter
    }
    this.werk.set(deel, this.gevuld)
    this.gevuld += deel.length
    if (this.gevuld >= this.drempel) this.verwerk()
  }

  /** No more bytes. Throws an `XmlFout` when the document is not complete. */
  einde(): void {
    this.verwerk()
    if (!this.werk.subarray(0, this.gevuld).every(isWit) || this.namen.length > 0 || !this.wortelGezien)
      throw new XmlFout('het bestand is niet compleet')
  }

  private verwerk(): void {
    const bytes = this.werk.subarray(0, this.gevuld)
    const start = this.geopend ? 0 : begin(bytes)
    this.geopend = true
    const gelezen = this.lees(bytes, start)
    bytes.copyWithin(0, gelezen)
    this.gevuld -= gelezen
    // A token longer than a part waits until the input has doubled, so that it is not read over and over.
    this.drempel = Math.max(4, 2 * this.gevuld)
    this.staak()
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
        this.vooraan = false
        p = q
        continue
      }
      let q = p
      while (q < n && isWit(bytes[q])) q += 1
      if (q === n) return p
      if (bytes[q] === LT) {
        if (q + 1 === n) return p
        this.witruimte(bytes, p, q)
        this.vooraan = false
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
    else this.ontvanger.tekst(readTekst(decodeText(bytes, van, tot)))
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
      const raw = decodeText(bytes, p + 2, eind).replace(/[ \t\r\n]+$/, '')
      const naam = this.sluit(raw)
      this.opname?.stappen.push({ soort: 'sluit', naam, tekst: '' })
      this.laatste = 'sluit'
      return eind + 1
    }
    if (soort === 33 || soort === 63) {
      this.staak()
      return soort === 33 ? this.uitroep(bytes, p) : this.instructie(bytes, p)
    }
    const eind = tagEinde(bytes, p)
    if (eind < 0) return -1
    this.starttag(decodeText(bytes, p + 1, eind))
    return eind + 1
  }

  private uitroep(bytes: Buffer, p: number): number {
    if (bytes.length - p < 9 && bytes.indexOf(GT, p) < 0) return -1
    if (bytes.toString('latin1', p, p + 4) === '<!--') {
      const streepjes = bytes.indexOf('--', p + 4, 'latin1')
      if (streepjes < 0 || streepjes + 2 >= bytes.length) return -1
      if (bytes[streepjes + 2] !== GT) throw new XmlFout('er staan twee streepjes in een opmerking')
      decodeText(bytes, p, streepjes)
      this.laatste = 'anders'
      return streepjes + 3
    }
    if (bytes.toString('latin1', p, p + 9) === '<![CDATA[' && this.namen.length > 0) {
      const eind = bytes.indexOf(']]>', p, 'latin1')
      if (eind < 0) return -1
      this.ontvanger.cdata(regeleinden(decodeText(bytes, p + 9, eind)))
      this.laatste = 'anders'
      return eind + 3
    }
    throw new XmlFout('er staat een DOCTYPE of iets anders in dat in een bericht niet mag')
  }

  private instructie(bytes: Buffer, p: number): number {
    const eind = bytes.indexOf('?>', p, 'latin1')
    if (eind < 0) return -1
    const tekst = decodeText(bytes, p, eind + 2)
    checkInstructie(tekst, this.vooraan)
    this.laatste = 'anders'
    return eind + 2
  }

  private starttag(tekst: string): void {
    const leeg = tekst.endsWith('/')
    const kaal = leeg ? tekst.slice(0, -1) : tekst
    const naamEinde = kaal.search(/[ \t\r\n]/)
    const raw = naamEinde < 0 ? kaal : kaal.slice(0, naamEinde)
    const paren = naamEinde < 0 ? [] : readAttributen(kaal, naamEinde)
    const ruimte = ruimteVoor(paren, this.ruimte)
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

  private naam(raw: string, ruimte: Ruimte): Naam {
    let naam = ruimte.namen.get(raw)
    if (naam === undefined) {
      naam = parseXml(raw, ruimte)
      ruimte.namen.set(raw, naam)
    }
    return naam
  }

  private open(naam: Naam, attributen: readonly Attribuut[], ruimte: Ruimte): void {
    if (this.namen.length === 0) {
      if (this.wortelGezien) throw new XmlFout('er staat meer dan één bericht in het bestand')
      this.wortelGezien = true
    }
    if (this.namen.length === DIEPSTE) throw new XmlFout('de onderdelen zitten te diep in elkaar')
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
