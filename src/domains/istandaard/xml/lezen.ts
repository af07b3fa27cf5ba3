import type { Bericht } from '../model/bericht.ts'
import { type Berichtmodel, type Knoop, modelVanNamespace } from '../model/boom.ts'
import type { Bevinding } from '../model/regel.ts'
import { Waardefout } from '../model/waarden.ts'
import { type Ontvanger, XmlLezer } from './xml.ts'
import { type Attribuut, type Naam, type Ruimte, searchTekst, XmlFout } from './xmltekst.ts'

/** Faults shown at most; a message with more says so in a last one. */
export const MEESTE_BEVINDINGEN = 100

/** What reading gives; `inhoud` only when the structure is right (no `bevindingen`). */
export interface Gelezen {
  model: Berichtmodel | undefined
  bevindingen: Bevinding[]
  inhoud?: Bericht
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const LANGSTE_GEHEUGEN = 32

/** An element with elements that is open. Places are used again at the same depth, so reading makes no waste. */
interface Plek {
  knoop: Knoop
  /** Number among its repeated brothers, from 1; 0 when it is not repeated. */
  nummer: number
  inhoud: Record<string, unknown> | unknown[]
  /** First child that may come next, and how many came of that one when it is repeated. */
  volgende: number
  aantal: number
}

/** The last text of an element and its value: codes, dates and tariffs come again and again. */
interface Geheugen {
  readonly bytes: Uint8Array
  lengte: number
  waarde: unknown
}

/** Reading on is useless; why has been reported. */
class Gestopt extends Error {}

/** Reads a message as it comes in: structure checked against the model (level 1), content as JSON. */
export class Berichtlezer implements Ontvanger {
  private readonly xml = new XmlLezer(this)
  private readonly plekken: Plek[] = []
  private diepte = 0
  /** The open element with a simple value, its number among repeated brothers, and what it holds so far. */
  private blad: Knoop | undefined
  private bladNummer = 0
  private tekstdelen = ''
  private waarde: unknown
  /** Per element of the model: its last text, and the name under which it came (a name is one object). */
  private readonly geheugens: Geheugen[] = []
  private readonly namen: Naam[] = []
  private readonly gelezen: Gelezen = { model: undefined, bevindingen: [] }
  private wortel: Record<string, unknown> | undefined
  /** Depth inside an element that does not belong there. */
  private overslaan = 0
  private klaar = false

  /** Takes the next bytes; after a fault that makes reading on useless they are ignored. */
  schrijf(deel: Uint8Array): void {
    this.probeer(() => this.xml.schrijf(deel))
  }

  einde(): Gelezen {
    this.probeer(() => this.xml.einde())
    const { gelezen, wortel } = this
    const { model, bevindingen } = gelezen
    if (bevindingen.length === 0 && model !== undefined && wortel !== undefined) {
      // The tree of the model was followed element by element: what was built has the type that follows from it.
      gelezen.inhoud = { bericht: model.naam, domein: model.domein, ...wortel } as unknown as Bericht
    }
    return gelezen
  }

  private probeer(stap: () => void): void {
    if (this.klaar) return
    try {
      stap()
    } catch (fout) {
      this.klaar = true
      if (fout instanceof XmlFout) {
        this.voegToe('XSD', this.pad(), `Dit is geen goede XML: ${fout.message}. Maak het bestand opnieuw.`)
      } else if (!(fout instanceof Gestopt)) throw fout
    }
  }

  open(naam: Naam, attributen: readonly Attribuut[], ruimte: Ruimte): void {
    if (this.overslaan > 0) {
      this.overslaan += 1
      return
    }
    const knoop = this.diepte === 0 ? this.begin(naam) : this.plaats(naam)
    if (knoop === undefined) this.overslaan = 1
    else if (attributen.length > 0) this.checkAttributen(knoop, attributen, ruimte)
  }

  plat(bytes: Buffer, van: number, tot: number): void {
    if (this.overslaan > 0) return
    const { blad } = this
    if (blad?.lees === undefined) {
      this.tekst(bytes.toString('latin1', van, tot))
      return
    }
    if (blad.hoogste !== undefined) {
      const getal = leesCijfers(bytes, van, tot)
      if (getal >= 0 && getal <= blad.hoogste) {
        this.waarde = getal
        return
      }
    }
    let geheugen = this.geheugens[blad.nr]
    if (geheugen === undefined) {
      geheugen = { bytes: new Uint8Array(LANGSTE_GEHEUGEN), lengte: -1, waarde: undefined }
      this.geheugens[blad.nr] = geheugen
    }
    const lengte = tot - van
    if (geheugen.lengte !== lengte || !zelfde(geheugen.bytes, bytes, van, lengte)) {
      const waarde = blad.lees(bytes.toString('latin1', van, tot))
      if (waarde instanceof Waardefout || lengte > LANGSTE_GEHEUGEN) {
        this.waarde = waarde
        return
      }
      for (let i = 0; i < lengte; i += 1) geheugen.bytes[i] = bytes[van + i] ?? 0
      geheugen.lengte = lengte
      geheugen.waarde = waarde
    }
    this.waarde = geheugen.waarde
  }

  tekst(deel: string): void {
    if (/[^ \t\n\r]/.test(deel) || this.blad !== undefined) this.cdata(deel)
  }

  /** Between elements not even white space may stand in a CDATA section: it counts as text. */
  cdata(deel: string): void {
    if (this.overslaan > 0) return
    if (this.blad !== undefined) this.tekstdelen += deel
    else this.meld('XSD', this.pad(), 'Hier staat tekst tussen de onderdelen. Haal die weg.')
  }

  sluit(): void {
    if (this.overslaan > 0) {
      this.overslaan -= 1
      return
    }
    const plek = this.plekken[this.diepte - 1]
    if (plek === undefined) return
    const { blad } = this
    if (blad?.lees !== undefined) {
      const waarde = this.waarde ?? blad.lees(this.tekstdelen)
      if (waarde instanceof Waardefout)
        this.meld(waarde.regel, this.pad(), `De waarde klopt niet. Verwacht: ${waarde.eis}.`)
      bewaar(plek.inhoud, blad.sleutel, waarde)
      this.blad = undefined
      return
    }
    this.checkOntbrekend(plek, plek.knoop.kinderen.length)
    this.diepte -= 1
  }

  private begin(naam: Naam): Knoop {
    const model = modelVanNamespace(naam.uri)
    if (model === undefined || naam.local !== 'Bericht') {
      this.meld(
        'XSD',
        `/${naam.local}`,
        'Dit is geen bericht van iWmo 3.2 of iJw 3.2. Lever een bericht aan van 301 tot en met 325.',
      )
      throw new Gestopt()
    }
    this.gelezen.model = model
    this.wortel = {}
    this.daal(model.wortel, 0, this.wortel)
    return model.wortel
  }

  /** Finds the child that `naam` is; undefined when it does not belong here. */
  private plaats(naam: Naam): Knoop | undefined {
    const ouder = this.plekken[this.diepte - 1]
    if (ouder === undefined || this.blad !== undefined) {
      this.meld('XSD', this.pad(), 'Hier hoort een waarde, geen onderdeel.')
      return undefined
    }
    const { kinderen } = ouder.knoop
    for (let i = ouder.volgende; i < kinderen.length; i += 1) {
      const knoop = kinderen[i]
      if (knoop === undefined) break
      if (this.namen[knoop.nr] !== naam) {
        if (knoop.element !== naam.local || knoop.uri !== naam.uri) continue
        this.namen[knoop.nr] = naam
      }
      if (i !== ouder.volgende) {
        this.checkOntbrekend(ouder, i)
        ouder.aantal = 0
      }
      let nummer = 0
      if (knoop.herhaald) {
        ouder.volgende = i
        ouder.aantal += 1
        nummer = ouder.aantal
      } else ouder.volgende = i + 1
      if (knoop.lees === undefined) {
        const inhoud = knoop.wikkel ? [] : {}
        bewaar(ouder.inhoud, knoop.sleutel, inhoud)
        this.daal(knoop, nummer, inhoud)
      } else {
        this.blad = knoop
        this.bladNummer = nummer
        this.tekstdelen = ''
        this.waarde = undefined
      }
      return knoop
    }
    const pad = `${this.pad()}/${naam.local}`
    if (kinderen.some(knoop => knoop.element === naam.local && knoop.uri === naam.uri)) {
      this.meld(
        'XSD',
        pad,
        'Dit onderdeel staat op de verkeerde plaats of te vaak. Zet de onderdelen in de volgorde van de standaard.',
      )
    } else this.meld('XSD', pad, 'Dit onderdeel hoort hier niet. Haal het weg of zet het op zijn plaats.')
    return undefined
  }

  private daal(knoop: Knoop, nummer: number, inhoud: Plek['inhoud']): void {
    const plek = this.plekken[this.diepte]
    this.diepte += 1
    if (plek === undefined) {
      this.plekken.push({ knoop, nummer, inhoud, volgende: 0, aantal: 0 })
      return
    }
    plek.knoop = knoop
    plek.nummer = nummer
    plek.inhoud = inhoud
    plek.volgende = 0
    plek.aantal = 0
  }

  /** Required children between where we are and child `tot`. */
  private checkOntbrekend(plek: Plek, tot: number): void {
    const { kinderen } = plek.knoop
    for (let i = plek.volgende; i < tot; i += 1) {
      const kind = kinderen[i]
      if (kind?.verplicht !== true || (i === plek.volgende && plek.aantal > 0)) continue
      this.meld('XSD', `${this.pad()}/${kind.element}`, 'Dit verplichte onderdeel ontbreekt. Vul het in.')
    }
  }

  private checkAttributen(knoop: Knoop, attributen: readonly Attribuut[], ruimte: Ruimte): void {
    for (const { uri, local, waarde } of attributen) {
      const isXsi = uri === XSI
      if (isXsi && (local === 'schemaLocation' || local === 'noNamespaceSchemaLocation')) continue
      if (isXsi && local === 'type' && this.isEigenType(knoop, waarde, ruimte)) continue
      this.meld('XSD', `${this.pad()}/@${local}`, 'Dit attribuut hoort hier niet. Haal het weg.')
    }
  }

  /** xsi:type may only repeat the type that the schema gives already. */
  private isEigenType(knoop: Knoop, waarde: string, ruimte: Ruimte): boolean {
    const delen = waarde.trim().split(':')
    const naam = delen.pop()
    const { model } = this.gelezen
    const eigen = knoop.type.includes('_') && !knoop.wikkel ? model?.basisUri : model?.uri
    return delen.length <= 1 && naam === knoop.xsdType && searchTekst(ruimte, delen[0] ?? '') === eigen
  }

  private meld(regel: string, pad: string, melding: string): void {
    if (this.gelezen.bevindingen.length === MEESTE_BEVINDINGEN) {
      const meer = `Er zijn meer dan ${MEESTE_BEVINDINGEN} fouten. Alleen de eerste staan hier; de rest is niet bekeken.`
      this.voegToe('XSD', '/', meer)
      throw new Gestopt()
    }
    this.voegToe(regel, pad, melding)
  }

  private voegToe(regel: string, pad: string, melding: string): void {
    this.gelezen.bevindingen.push({ regel, retourcode: null, pad, melding })
  }

  private pad(): string {
    const delen = this.plekken.slice(0, this.diepte).map(({ knoop, nummer }) => stap(knoop, nummer))
    if (this.blad !== undefined) delen.push(stap(this.blad, this.bladNummer))
    return delen.join('') || '/'
  }
}

function stap(knoop: Knoop, nummer: number): string {
  return `/${knoop.element}${nummer > 0 ? `[${nummer}]` : ''}`
}

function bewaar(inhoud: Plek['inhoud'], sleutel: string, waarde: unknown): void {
  if (Array.isArray(inhoud)) inhoud.push(waarde)
  else inhoud[sleutel] = waarde
}

function zelfde(a: Uint8Array, b: Uint8Array, bVan: number, lengte: number): boolean {
  for (let i = 0; i < lengte; i += 1) if (a[i] !== b[bVan + i]) return false
  return true
}

/** The number that up to 15 digits make, -1 for anything else. */
function leesCijfers(bytes: Buffer, van: number, tot: number): number {
  if (tot - van > 15) return -1
  let getal = 0
  for (let i = van; i < tot; i += 1) {
    const cijfer = (bytes[i] ?? 0) - 48
    if (cijfer < 0 || cijfer > 9) return -1
    getal = getal * 10 + cijfer
  }
  return getal
}
