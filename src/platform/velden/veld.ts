import { type TSchema, Type } from 'typebox'
import type { Optie } from '../ui/velden.tsx'
import { isBewaarbaar, ONBEWAARBAAR } from '../vrijetekst.ts'

/** What is read of one field: its value, or everything that is wrong with it in Dutch. */
export type Gelezen<T> =
  | { waarde: T }
  /** `delen`: of which part of the field each is, when that is not the first. */
  | { meldingen: string[]; delen?: number[] }

/** How the form asks it, and in which kind of cell of a file it stands. */
export type Soort =
  | 'tekst'
  | 'keuze'
  | 'keuzes'
  | 'ja-nee'
  | 'bedrag'
  | 'getal'
  | 'decimaal'
  | 'datum'
  | 'periode'
  | 'verwijzing'
  | 'bestand'

/** One field, said once: how it is asked, limited, read, shown, exported and described to machines. */
export interface Veld<T> {
  soort: Soort
  /** Question on the form. */
  label: string
  /** Heading wherever the value is shown, and of its column in a file. */
  kop: string
  hulp?: string | undefined
  verplicht: boolean
  /** Of one that is required only then: at which choice. The rules that go over more than one field see to it. */
  verplichtBij?: string | undefined
  /** Asked only when another field of the form holds one of these; else it is empty. */
  alleenBij?: Voorwaarde | undefined
  /** Of yes or no: one box to tick, where not ticked is no. */
  vink?: true | undefined
  /** Of a choice that may be left open: what it says then, such as 'Nog niemand'. */
  geen?: string | undefined
  /** The longest text that may be typed. */
  max?: number | undefined
  regels?: number | undefined
  breedte?: 'kort' | 'half' | undefined
  invoer?: 'email' | undefined
  /** Who one is or where money goes: no link fills it in, only whoever types it or brings it in a file. */
  gevoelig?: true | undefined
  /** So many digits, with zeros in front: a spreadsheet drops those. */
  cijfers?: number | undefined
  eenheid?: string | undefined
  /** Of a file: the ends of a name that may be sent, what all may hold together in bytes, and whether there may be more than one. */
  bestand?: { soorten: readonly string[]; max: number; meer: boolean } | undefined
  /** Left out when the choices depend on who asks; then `read` gets them. */
  opties?: readonly Optie[] | undefined
  /** Parts that the form asks apart: they stand behind the name of the field. */
  delen?: readonly { achter: string; label: string }[] | undefined
  /** What it holds when it is not asked or left out of a message: null, unless it is a list or a `notitie`. */
  leegWaarde?: readonly never[] | '' | undefined
  /** What is expected, in a few words: for the template of an import. */
  vorm: string
  read(waarden: readonly string[], pad: string, opties: readonly Optie[]): Gelezen<T>
  /** As the form shows it again: a text for each part. */
  type(waarde: T): string[]
  /** As people read it; null for nothing. */
  zeg(waarde: T, opties?: readonly Optie[]): string | null
  /** The same limits for a preset, an import and the API. */
  schema: TSchema
}

export interface Voorwaarde {
  veld: string
  /** '' is a choice that was left open. */
  waarden: readonly string[]
}

/** What every kind of field is given. */
export interface Basis<V extends boolean> {
  label: string
  kop?: string
  hulp?: string
  /** Only `false` is ever written. */
  verplicht?: V
  verplichtBij?: string
  alleenBij?: Voorwaarde
  geen?: string
}
export type OfNull<T, V extends boolean> = V extends false ? T | null : T

/** A kind of field: how one text becomes a value and the other way round. */
interface Soortregels<T>
  extends Partial<
    Pick<Veld<T>, 'max' | 'regels' | 'breedte' | 'invoer' | 'gevoelig' | 'cijfers' | 'eenheid' | 'opties'>
  > {
  soort: Soort
  /** What to say when nothing was filled in. */
  leeg: string
  vorm: string
  lees(tekst: string, pad: string, opties: readonly Optie[]): Gelezen<T>
  schrijf(waarde: T): string
  zeg(waarde: T, opties: readonly Optie[]): string
  schema: TSchema
}

/** A field of one text. Of a field that is asked only sometimes the value can be null, whatever `verplicht` says. */
export function makeVeld<T, V extends boolean>(basis: Basis<V>, soort: Soortregels<T>): Veld<OfNull<T, V>> {
  const { leeg, lees, schrijf, zeg, ...rest } = soort
  const verplicht = basis.verplicht !== false
  const veld: Veld<T | null> = {
    ...rest,
    ...basis,
    kop: basis.kop ?? basis.label,
    verplicht,
    schema: verplicht && !basis.alleenBij ? rest.schema : orNull(rest.schema),
    read([waarde = ''], pad, opties) {
      if (!isBewaarbaar(waarde)) return { meldingen: [ONBEWAARBAAR] }
      if (waarde.trim() !== '') return lees(waarde.trim(), pad, opties)
      return verplicht ? { meldingen: [leeg] } : { waarde: null }
    },
    type: waarde => [waarde === null ? '' : schrijf(waarde)],
    zeg: (waarde, opties = rest.opties ?? []) => (waarde === null ? null : zeg(waarde, opties)),
  }
  return veld as unknown as Veld<OfNull<T, V>>
}

/** What may be left out. */
export function orNull(schema: TSchema): TSchema {
  return Type.Optional(Type.Union([schema, Type.Null()]))
}

/** The value, or the one thing to say when there is none. */
export function orFault<T>(waarde: T | undefined, melding: string): Gelezen<T> {
  return waarde === undefined ? { meldingen: [melding] } : { waarde }
}
