/** Where all that is missing is listed. */
export const ONTBREEKT_PAD = '/inrichten/ontbreekt'

/** What can be missing in what was agreed, as `contracten.list_ontbreekt` and `toegang.list_ontbreekt` call it, in the order of the work. */
export const SOORT = {
  'toewijzing-zonder-contract': {
    naam: 'Toewijzing zonder contract',
    waarom: 'de aanbieder heeft vandaag geen contract met de gemeente: een declaratie wordt afgekeurd',
  },
  'toewijzing-zonder-tarief': {
    naam: 'Toewijzing zonder tarief',
    waarom: 'de aanbieder heeft vandaag geen tarief voor het product: een declaratie wordt afgekeurd',
  },
  'product-zonder-tarief': {
    naam: 'Product zonder tarief',
    waarom: 'het kan worden toegewezen, en geen contract dat loopt heeft er een tarief voor',
  },
  'tarief-buiten-catalogus': {
    naam: 'Tarief buiten de catalogus',
    waarom: 'het tarief geldt in een tijd waarin het product niet in de catalogus staat',
  },
  'contract-zonder-tarief': {
    naam: 'Contract zonder tarief',
    waarom: 'het contract loopt, en er geldt vandaag geen enkel tarief in',
  },
  'contract-eindigt': {
    naam: 'Contract eindigt zonder opvolger',
    waarom: 'het eindigt binnen zes maanden, en niet overal gaat het segment daarna door met deze aanbieder',
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
} as const
export type Soort = keyof typeof SOORT
export const SOORTEN = Object.keys(SOORT) as Soort[]

/** What says which thing it is. Of a contract and its provider null for who may not see contracts. */
export interface Onderwerp {
  soort: Soort
  contract: string | null
  wet: 'jw' | 'wmo' | null
  product: string | null
  /** First day of the price, or of the version of the contract, that it is about. */
  begin: string | null
}

/** What one does about it, and where. */
export interface Stap {
  doe: string
  href: string
}

const NIEUW_TARIEF: Stap = { doe: 'Voeg een tarief toe', href: '/inrichten/tarieven/nieuw' }
const NIEUW_CONTRACT: Stap = { doe: 'Voeg een contract toe', href: '/inrichten/contracten/nieuw' }
const rowOf = (register: string, ...sleutel: readonly (string | null)[]) =>
  `/inrichten/${register}/rij/${encodeURIComponent(sleutel.join('~'))}`

/** Where it is mended, for who may. */
export function mendOf({ soort, contract, wet, product, begin }: Onderwerp): Stap {
  switch (soort) {
    case 'toewijzing-zonder-contract':
    case 'segment-zonder-contract':
      return NIEUW_CONTRACT
    case 'toewijzing-zonder-tarief':
    case 'product-zonder-tarief':
    case 'contract-zonder-tarief':
      return NIEUW_TARIEF
    case 'tarief-buiten-catalogus':
      return { doe: 'Wijzig het tarief', href: rowOf('tarieven', contract, wet, product, begin) }
    case 'contract-eindigt':
      return { doe: 'Verleng het contract', href: rowOf('contracten', contract, begin) }
    case 'contract-zonder-segment':
    case 'contract-zonder-gemeente':
      return { doe: 'Wijzig het contract', href: rowOf('contracten', contract, begin) }
  }
}

/** '1 ding ontbreekt nog', '7 dingen ontbreken nog' */
export const sayOntbreekt = (aantal: number) =>
  aantal === 1 ? '1 ding ontbreekt nog' : `${aantal.toLocaleString('nl-NL')} dingen ontbreken nog`
