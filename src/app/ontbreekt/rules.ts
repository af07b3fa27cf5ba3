import { addDays, type Datum } from '../../platform/dates.ts'

/** Where all that is missing is listed. */
export const ONTBREEKT_PAD = '/inrichten/ontbreekt'

/** Where they are a file to be filled in. */
export const invulPad = (register: string) => `${ONTBREEKT_PAD}/${register}`

/** Where is said that something is missing on purpose, and where that is taken back; `over`: what it is about. */
export const besluitPad = (over: string) => `${ONTBREEKT_PAD}/${over}/besluit`
export const terugPad = (over: string) => `${ONTBREEKT_PAD}/${over}/terug`

/** What can be missing in what was agreed, as `list_ontbreekt` and `list_zonder_plafond` of contracten and `list_ontbreekt` of toegang call it, in the order of the work. */
export const SOORT = {
  'toewijzing-zonder-contract': {
    naam: 'Toewijzing zonder contract',
    waarom:
      'de aanbieder heeft vandaag geen contract met de gemeente voor deze hulp: een declaratie wordt afgekeurd',
  },
  'toewijzing-zonder-tarief': {
    naam: 'Toewijzing zonder tarief',
    waarom: 'er is een contract, en vandaag geen tarief voor het product: een declaratie wordt afgekeurd',
  },
  'product-zonder-tarief': {
    naam: 'Product zonder tarief',
    waarom:
      'het kan vandaag of binnen zes maanden worden toegewezen, en geen contract heeft er dan een tarief voor',
  },
  'tarief-buiten-catalogus': {
    naam: 'Tarief buiten de catalogus',
    waarom: 'het tarief geldt in een tijd waarin het product niet in de catalogus staat',
  },
  'contract-zonder-tarief': {
    naam: 'Contract zonder tarief',
    waarom: 'het contract loopt of begint binnen zes maanden, en er geldt dan geen enkel tarief in',
  },
  'segment-zonder-tarief': {
    naam: 'Segment van een contract zonder tarief',
    waarom:
      'het staat vandaag of binnen zes maanden in het contract, en er geldt dan geen tarief in voor iets uit dit segment; wat in euro’s wordt betaald, heeft er geen nodig',
  },
  'tarieven-eindigen': {
    naam: 'Tarieven eindigen zonder opvolger',
    waarom:
      'binnen zes maanden eindigen ze, of krijgt het product een andere eenheid; het contract gaat door, en er volgt geen tarief voor hetzelfde product',
  },
  'contract-eindigt': {
    naam: 'Afspraak eindigt zonder opvolger',
    waarom:
      'een contract eindigt binnen zes maanden, en een gemeente of segment erin gaat daarna niet door met deze aanbieder; wat een volgende versie van het contract weglaat, is besloten en staat hier niet',
  },
  'contract-zonder-segment': {
    naam: 'Contract zonder segment',
    waarom: 'er staat niet bij voor welke hulp het is',
  },
  'contract-zonder-gemeente': {
    naam: 'Contract zonder gemeente',
    waarom: 'er staat niet bij voor welke gemeente het is',
  },
  'segment-zonder-contract': {
    naam: 'Segment zonder contract',
    waarom: 'de gemeente heeft er vandaag met geen enkele aanbieder een contract voor',
  },
  'segment-zonder-plafond': {
    naam: 'Segment zonder plafond',
    waarom:
      'er zijn contracten voor, dit jaar of in het jaar dat binnen zes maanden begint, en de gemeente heeft daarvoor geen plafond, terwijl zij er voor andere hulp of een jaar eerder wel een had: wat eraan wordt besteed, telt bij geen plafond mee',
  },
} as const
export type Soort = keyof typeof SOORT
export const SOORTEN = Object.keys(SOORT) as Soort[]

/** What says which thing it is, by natural keys. Of a contract and its provider null for who may not see contracts. */
export interface Onderwerp {
  soort: Soort
  contract: string | null
  agb: string | null
  wet: 'jw' | 'wmo' | null
  product: string | null
  segmentcode: string | null
  gemeenten: string[] | null
  /** First day of the price, or of the version of the contract, that it is about. */
  begin: Datum | null
  /** The first of the days on which it is missing that follow each other, up to today or from a day on; today when nothing says since when. */
  vanaf: Datum
  /** The version of a contract of the same provider in which it can be put: its number and first day; of prices the contract alone. */
  herstel: string | null
  herstelBegin: Datum | null
  /** Of that version all segments, or municipalities, with those that lack in it; null of what lacks none. */
  erbij?: { segmenten: string[] | null; gemeenten: string[] | null } | null
  /** Of a product as the catalogue last has it, its first and last day; and the last day of the price that it is about. */
  catalogus?: { begin: Datum; eind: Datum | null } | null
  tariefEind?: Datum | null
}

/** What one does about it, and where; `of`: what else would mend it. */
export interface Stap {
  doe: string
  href: string
  of?: Stap
}

const rowOf = (register: string, ...sleutel: readonly (string | null)[]) =>
  `/inrichten/${register}/rij/${encodeURIComponent(sleutel.join('~'))}`
const formOf = (register: string, ...sleutel: readonly (string | null)[]) =>
  `${rowOf(register, ...sleutel)}/wijzig`

/** The same with these days filled in; none for what goes on. */
const daysOf = (form: string, begin: Datum, eind: Datum | null) =>
  `${form}?${new URLSearchParams({ geldigheidBegin: begin, geldigheidEind: eind ?? '' })}`

type Bekend = Readonly<Record<string, string | readonly string[] | null>>

/** What is known of fields, as an address says it; empty when nothing is. */
function asQuery(bekend: Bekend): string {
  const vraag = new URLSearchParams(
    Object.entries(bekend).flatMap(([naam, waarde]) =>
      [waarde ?? []].flat().map(een => [naam, een] as [string, string]),
    ),
  )
  return vraag.size === 0 ? '' : `?${vraag}`
}

/** The form of a new row with what is known of it: `readIngevuld` fills it in. */
const newOf = (register: string, bekend: Bekend) => `/inrichten/${register}/nieuw${asQuery(bekend)}`

const addTarief = ({ contract, herstel, wet, product, vanaf }: Onderwerp): Stap => ({
  doe: 'Voeg een tarief toe',
  href: newOf('tarieven', { contract: herstel ?? contract, wet, product, geldigheidBegin: vanaf }),
})

/**
 * In a contract of the provider that is there, else in a new one. Where nothing says since when it is missing, who puts it in says that:
 * a first day of today would leave the days before it without.
 */
function addContract(onderwerp: Onderwerp, vandaag: Datum): Stap {
  const { agb, segmentcode, gemeenten, vanaf, herstel, herstelBegin, erbij } = onderwerp
  if (herstel !== null) {
    const { segmenten = null, gemeenten: plaatsen = null } = erbij ?? {}
    const wat = [plaatsen && 'de gemeente', segmenten && 'het segment'].filter(Boolean).join(' en ')
    return {
      doe: `Zet ${wat || 'de gemeente of het segment'} in het contract`,
      href: `${formOf('contracten', herstel, herstelBegin)}${asQuery({ segmenten, gemeenten: plaatsen })}`,
    }
  }
  return {
    doe: 'Voeg een contract toe',
    href: newOf('contracten', {
      aanbieder: agb,
      segmenten: segmentcode,
      gemeenten,
      geldigheidBegin: vanaf === vandaag ? null : vanaf,
    }),
  }
}

/**
 * A price on days on which the catalogue does not have its product: what goes on too long ends where the product does, or the product goes on
 * with it. What begins before its product is no matter of a last day.
 */
function fitCatalogus({
  contract,
  wet,
  product,
  begin,
  vanaf,
  catalogus,
  tariefEind = null,
}: Onderwerp): Stap {
  const rij = ['tarieven', contract, wet, product, begin] as const
  const verwijder = { doe: 'Kort het in of verwijder het', href: rowOf(...rij) }
  if (begin === null || catalogus == null || catalogus.eind === null || catalogus.eind >= vanaf)
    return verwijder
  const langer = {
    doe: 'Laat het product doorlopen',
    href: daysOf(formOf('producten', wet, product, catalogus.begin), catalogus.begin, tariefEind),
  }
  if (vanaf <= begin) return { ...langer, of: { ...verwijder, doe: 'Verwijder het tarief' } }
  const korter = { doe: 'Kort het tarief in', href: daysOf(formOf(...rij), begin, addDays(vanaf, -1)) }
  return { ...korter, of: langer }
}

/** Where it is mended, for who may. */
export function mendOf(onderwerp: Onderwerp, vandaag: Datum): Stap {
  const { soort, contract, product, begin, herstel, gemeenten, segmentcode, vanaf } = onderwerp
  switch (soort) {
    case 'toewijzing-zonder-contract':
    case 'segment-zonder-contract':
      return addContract(onderwerp, vandaag)
    case 'toewijzing-zonder-tarief':
    case 'product-zonder-tarief':
    case 'contract-zonder-tarief':
    case 'segment-zonder-tarief':
      return addTarief(onderwerp)
    case 'tarief-buiten-catalogus':
      return fitCatalogus(onderwerp)
    case 'tarieven-eindigen':
      if (product !== null) return addTarief(onderwerp)
      return {
        doe: herstel === null ? 'Bekijk de tarieven van het contract' : 'Bekijk de tarieven van de opvolger',
        href: `/inrichten/tarieven?${new URLSearchParams({ contract: herstel ?? contract ?? '' })}`,
      }
    case 'contract-eindigt':
      return herstel === null
        ? { doe: 'Verleng het contract', href: formOf('contracten', contract, begin) }
        : addContract(onderwerp, vandaag)
    case 'segment-zonder-plafond':
      return {
        doe: 'Voeg een plafond toe',
        href: newOf('plafonds', {
          gemeente: gemeenten?.[0] ?? null,
          segment: segmentcode,
          jaar: vanaf.slice(0, 4),
        }),
      }
    case 'contract-zonder-segment':
    case 'contract-zonder-gemeente':
      return { doe: 'Wijzig het contract', href: formOf('contracten', contract, begin) }
  }
}

/** '1 ding ontbreekt nog', '7 dingen ontbreken nog' */
export const sayOntbreekt = (aantal: number) =>
  aantal === 1 ? '1 ding ontbreekt nog' : `${aantal.toLocaleString('nl-NL')} dingen ontbreken nog`

/** A product of which the price ends: its code, and its name then and from the day after, where that is another. */
export interface Eindproduct {
  code: string
  naam: string
  straks: string | null
}

/** 'Pleegzorg', 'Pleegzorg, daarna Gezinshuis' */
export const sayNaam = ({ naam, straks }: Eindproduct) =>
  straks === null ? naam : `${naam}, daarna ${straks}`

/** The first so many by name, the others counted: the list behind the link has them all. */
const NOEM = 3

/** 'Pleegzorg (44A07), Traject (45A01), Regulier (45A04) en 1 ander product' */
export function sayProducten(producten: readonly Eindproduct[]): string {
  const over = producten.length - NOEM
  const genoemd = producten
    .slice(0, NOEM)
    .map(een => `${sayNaam(een)} (${een.code})`)
    .join(', ')
  if (over <= 0) return genoemd
  return `${genoemd} en ${over === 1 ? '1 ander product' : `${over.toLocaleString('nl-NL')} andere producten`}`
}
