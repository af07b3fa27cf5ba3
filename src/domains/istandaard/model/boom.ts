import { DATATYPEN, type Datatype } from './datatypen.ts'
import {
  ANTWOORDEN,
  type Berichtnummer,
  type Domein,
  HEADER_ANTWOORD,
  HEADER_RETOUR,
  HEENBERICHTEN,
  KLASSEN,
  RETOURBERICHTEN,
  RETOURCODES,
  SAMENGESTELD,
} from './structuur.ts'
import { type Waardelezer, waardelezer } from './waarden.ts'

/** One element at one place in one message: what reader, writer, rules and pages walk over. */
export interface Knoop {
  /** Number within the message, from 0: readers keep what they remember per element in an array. */
  readonly nr: number
  readonly element: string
  /** Key in the JSON of the parent. */
  readonly sleutel: string
  readonly uri: string
  readonly verplicht: boolean
  /** True for the items of a wrapper: one or more times. */
  readonly herhaald: boolean
  /** True for an element that only wraps items; in JSON it is the array itself. */
  readonly wikkel: boolean
  /** Name of simple type, composite type or class in the model. */
  readonly type: string
  /** Name of the schema's own type (for xsi:type); undefined where the schema has none. */
  readonly xsdType: string | undefined
  readonly kinderen: readonly Knoop[]
  /** Reads the value; undefined for an element with elements. */
  readonly lees: Waardelezer | undefined
  /** Highest value of a plain whole number, so that a reader may read the digits itself; else undefined. */
  readonly hoogste: number | undefined
}

/** A message with its tree. */
export interface Berichtmodel {
  readonly nummer: Berichtnummer
  readonly domein: Domein
  /** 'JW323' */
  readonly naam: string
  readonly titel: string
  /** Namespace of the message and its usual prefix; idem of the base schema. */
  readonly uri: string
  readonly prefix: string
  readonly basisUri: string
  readonly basisPrefix: string
  readonly wortel: Knoop
}

type Vormen = Readonly<Record<string, string>>
interface Plan {
  readonly titel: string
  readonly code: Readonly<Record<Domein, string>>
  readonly header: Vormen
  readonly romp: Vormen
  /** Every class carries RetourCodes. */
  readonly retour: boolean
}

const VASTE_HEADER = {
  BerichtCode: 'LDT_BerichtCode',
  BerichtVersie: 'LDT_BerichtVersie',
  BerichtSubversie: 'LDT_BerichtSubversie',
}
const VERZENDING = { BerichtIdentificatie: 'CDT_BerichtIdentificatie', XsdVersie: 'CDT_XsdVersie' }

function header(richting: Vormen, extra: Vormen = {}): Vormen {
  return { ...VASTE_HEADER, ...richting, ...VERZENDING, ...extra }
}

/** A retour follows from its heenbericht: header copied and extended, body optional, RetourCodes on classes. */
function retour(nummer: keyof typeof RETOURBERICHTEN): Plan {
  const { heen, code } = RETOURBERICHTEN[nummer]
  const { titel, richting, romp } = HEENBERICHTEN[heen]
  const optioneel = Object.fromEntries(
    Object.entries<string>(romp).map(([element, vorm]) => [element, `${vorm}?`]),
  )
  return {
    titel: `${titel} retour`,
    code,
    header: header(richting, HEADER_RETOUR),
    romp: optioneel,
    retour: true,
  }
}

function plan(nummer: Berichtnummer): Plan {
  if (nummer in RETOURBERICHTEN) return retour(nummer as keyof typeof RETOURBERICHTEN)
  if (nummer in ANTWOORDEN) {
    const bericht = ANTWOORDEN[nummer as keyof typeof ANTWOORDEN]
    return { ...bericht, header: header(bericht.richting, HEADER_ANTWOORD), retour: true }
  }
  const bericht = HEENBERICHTEN[nummer as keyof typeof HEENBERICHTEN]
  return { ...bericht, header: header(bericht.richting), retour: false }
}

export const BERICHTNUMMERS: readonly Berichtnummer[] = [HEENBERICHTEN, RETOURBERICHTEN, ANTWOORDEN].flatMap(
  deel => Object.keys(deel).map(nummer => Number(nummer) as Berichtnummer),
)

const modellen = new Map<string, Berichtmodel>()

/** The model of a message under a law, built once. */
export function berichtmodel(nummer: Berichtnummer, domein: Domein): Berichtmodel {
  const naam = `${domein.toUpperCase()}${nummer}`
  let model = modellen.get(naam)
  if (model === undefined) {
    model = bouw(nummer, domein, naam)
    modellen.set(naam, model)
  }
  return model
}

/** The model with this name ('WMO301'), or undefined. */
export function modelMetNaam(naam: string): Berichtmodel | undefined {
  const deel = /^(WMO|JW)(3[0-9]{2})$/.exec(naam)
  const nummer = BERICHTNUMMERS.find(n => String(n) === deel?.[2])
  return nummer === undefined ? undefined : berichtmodel(nummer, deel?.[1] === 'WMO' ? 'wmo' : 'jw')
}

/** The model whose message namespace this is, or undefined. */
export function modelVanNamespace(uri: string): Berichtmodel | undefined {
  const deel = /^http:\/\/www\.istandaarden\.nl\/(i(?:wmo|jw))\/3_2\/((?:wmo|jw)3[0-9]{2})\/schema$/.exec(uri)
  const model = modelMetNaam(deel?.[2]?.toUpperCase() ?? '')
  return model?.basisPrefix === deel?.[1] ? model : undefined
}

function bouw(nummer: Berichtnummer, domein: Domein, naam: string): Berichtmodel {
  const { titel, code, header: kop, romp, retour: metCodes } = plan(nummer)
  const prefix = naam.toLowerCase()
  const basisPrefix = `i${domein}`
  const uri = `http://www.istandaarden.nl/${basisPrefix}/3_2/${prefix}/schema`
  const basisUri = `http://www.istandaarden.nl/${basisPrefix}/3_2/basisschema/schema`

  let geteld = 0

  const kinderen = (vormen: Vormen, ruimte: string): Knoop[] =>
    Object.entries(vormen).flatMap(([element, vorm]) => {
      const [kaal = '', alleen] = vorm.split(' ')
      if (alleen !== undefined && alleen !== domein) return []
      const [, type = '', veel, optioneel] = /^(\w+)(\[\])?(\?)?$/.exec(kaal) ?? []
      const verplicht = optioneel === undefined
      if (veel === undefined) return [knoop(element, type, ruimte, verplicht, false)]
      const item = knoop(type.replace(/^LDT_|[0-9]+$/g, ''), type, ruimte, true, true)
      return [
        { ...groep(element, ruimte, verplicht, [item]), wikkel: true, type: `${type}[]`, xsdType: element },
      ]
    })

  const groep = (element: string, ruimte: string, verplicht: boolean, deel: readonly Knoop[]) => ({
    nr: geteld++,
    element,
    sleutel: uncapitalize(element),
    uri: ruimte,
    verplicht,
    herhaald: false,
    wikkel: false,
    kinderen: deel,
    lees: undefined,
    hoogste: undefined,
  })

  const knoop = (
    element: string,
    type: string,
    ruimte: string,
    verplicht: boolean,
    herhaald: boolean,
  ): Knoop => {
    if (type in DATATYPEN) {
      const datatype: Datatype = DATATYPEN[type as keyof typeof DATATYPEN]
      const lees = waardelezer(datatype, domein, code[domein])
      const naamloos = ['DeclaratieNummer', 'LDT_BerichtCode', 'LDT_BerichtVersie', 'LDT_BerichtSubversie']
      const xsdType = naamloos.includes(type) ? undefined : type
      const hoogste = datatype.soort === 'geheel' && datatype.vast === undefined ? datatype.max : undefined
      return { ...groep(element, ruimte, verplicht, []), herhaald, type, xsdType, lees, hoogste }
    }
    if (type in SAMENGESTELD) {
      const delen = kinderen(SAMENGESTELD[type as keyof typeof SAMENGESTELD], basisUri)
      return { ...groep(element, ruimte, verplicht, delen), herhaald, type, xsdType: type }
    }
    const vormen: Vormen = { ...KLASSEN[type as keyof typeof KLASSEN], ...(metCodes ? RETOURCODES : {}) }
    return { ...groep(element, ruimte, verplicht, kinderen(vormen, uri)), herhaald, type, xsdType: element }
  }

  const wortel: Knoop = {
    ...groep('Bericht', uri, true, [
      { ...groep('Header', uri, true, kinderen(kop, uri)), type: 'Header', xsdType: 'Header' },
      ...kinderen(romp, uri),
    ]),
    type: 'Bericht',
    xsdType: 'Root',
  }
  return { nummer, domein, naam, titel, uri, prefix, basisUri, basisPrefix, wortel }
}

function uncapitalize(element: string): string {
  return element.charAt(0).toLowerCase() + element.slice(1)
}
