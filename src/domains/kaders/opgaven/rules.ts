import type { Datum } from '../../../platform/dates.ts'

export const HEFBOMEN = ['inkoop', 'subsidie', 'toegang', 'samenwerking', 'regelgeving', 'anders'] as const
export type Hefboom = (typeof HEFBOMEN)[number]

export const HEFBOOMNAAM: Readonly<Record<Hefboom, string>> = {
  inkoop: 'Inkoop',
  subsidie: 'Subsidie',
  toegang: 'Toegang',
  samenwerking: 'Samenwerking',
  regelgeving: 'Regelgeving',
  anders: 'Anders',
}

export const STATEN = ['voorgenomen', 'loopt', 'bereikt', 'gestopt'] as const
export type Staat = (typeof STATEN)[number]

export const ACTIESTATEN = ['open', 'klaar', 'vervallen'] as const
export type Actiestaat = (typeof ACTIESTATEN)[number]

export const ACTIENAAM: Readonly<Record<Actiestaat, string>> = {
  open: 'Open',
  klaar: 'Klaar',
  vervallen: 'Vervallen',
}

export interface Stap {
  naam: string
  van: readonly Staat[]
  naar: Staat
  /** Without a reason nobody understands later why it was dropped. */
  redenNodig: boolean
}

/** The life of a change assignment: the page shows exactly the steps that this table allows. */
export const STAPPEN = {
  begin: { naam: 'Begin met deze opgave', van: ['voorgenomen'], naar: 'loopt', redenNodig: false },
  bereik: { naam: 'De opgave is bereikt', van: ['loopt'], naar: 'bereikt', redenNodig: false },
  stop: { naam: 'Stop met deze opgave', van: ['voorgenomen', 'loopt'], naar: 'gestopt', redenNodig: true },
  heropen: { naam: 'Pak de opgave weer op', van: ['bereikt', 'gestopt'], naar: 'loopt', redenNodig: false },
} as const satisfies Record<string, Stap>
export type Stapnaam = keyof typeof STAPPEN
export const STAPNAMEN = Object.keys(STAPPEN) as Stapnaam[]

/** The steps that are open from a state. */
export function stappenVan(staat: Staat): (Stap & { stap: Stapnaam })[] {
  return STAPNAMEN.map(stap => ({ stap, ...(STAPPEN[stap] as Stap) })).filter(({ van }) =>
    van.includes(staat),
  )
}

export interface Actie {
  klaarOp: Datum | null
  staat: Actiestaat
}

/** How far the actions are: what is done, what is still to do, and what should have been done before `vandaag`. */
export function countActies(acties: readonly Actie[], vandaag: Datum) {
  const open = acties.filter(actie => actie.staat === 'open')
  return {
    klaar: acties.filter(actie => actie.staat === 'klaar').length,
    open: open.length,
    teLaat: open.filter(actie => actie.klaarOp !== null && actie.klaarOp < vandaag).length,
  }
}

/** What is told of a day, as far as it was filled in well. */
interface Verteld {
  datum?: Datum
  getal?: number | null
  eenheid?: string | null
}

/** What progress must say: of a day that has been, and a number only with what it is a number of. */
export function checkVoortgang({ datum, getal, eenheid }: Verteld, vandaag: Datum) {
  const fouten: { pad: string; melding: string }[] = []
  if (datum !== undefined && datum > vandaag)
    fouten.push({ pad: 'datum', melding: 'Voortgang gaat over wat geweest is: vul vandaag of eerder in.' })
  if (getal !== undefined && eenheid !== undefined && (getal === null) !== (eenheid === null))
    fouten.push({ pad: 'eenheid', melding: 'Vul bij een getal in waarvan het is, of laat beide leeg.' })
  return fouten
}

/** Under each theme its assignments, themes and assignments in the order given. */
export function perThema<T extends { thema: string }>(opgaven: readonly T[]): [string, T[]][] {
  const themas = new Map<string, T[]>()
  for (const opgave of opgaven) themas.set(opgave.thema, [...(themas.get(opgave.thema) ?? []), opgave])
  return [...themas]
}
