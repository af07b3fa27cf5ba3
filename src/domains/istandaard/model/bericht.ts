import type { DATATYPEN } from './datatypen.ts'
import type {
  ANTWOORDEN,
  Berichtnummer,
  Domein,
  HEADER_ANTWOORD,
  HEADER_RETOUR,
  HEENBERICHTEN,
  Heennummer,
  KLASSEN,
  RETOURBERICHTEN,
  RETOURCODES,
  Retournummer,
  SAMENGESTELD,
} from './structuur.ts'

/**
 * The TypeScript types of the messages, inferred from the model: a message that the model does not know
 * cannot be written in code. Keys are the element names without capital; wrappers are arrays; amounts are
 * eurocents.
 */

/** 'Relatie[]? jw' → item 'Relatie', many, optional. */
type Kaal<V> = V extends `${infer Rest} ${Domein}` ? Rest : V
type Basis<V> =
  Kaal<V> extends `${infer Naam}[]?`
    ? Naam
    : Kaal<V> extends `${infer Naam}[]`
      ? Naam
      : Kaal<V> extends `${infer Naam}?`
        ? Naam
        : Kaal<V>
type Optioneel<V> = Kaal<V> extends `${string}?` ? true : false
type Veel<V> = Kaal<V> extends `${string}[]` | `${string}[]?` ? true : false

type Enkel<Naam, Retour extends boolean> = Naam extends keyof typeof DATATYPEN
  ? (typeof DATATYPEN)[Naam]['soort'] extends 'geheel'
    ? number
    : string
  : Naam extends keyof typeof SAMENGESTELD
    ? Velden<(typeof SAMENGESTELD)[Naam], false>
    : Naam extends keyof typeof KLASSEN
      ? Velden<(typeof KLASSEN)[Naam], Retour> &
          (Retour extends true ? Velden<typeof RETOURCODES, false> : unknown)
      : never

type Waarde<V, Retour extends boolean> =
  Veel<V> extends true ? Enkel<Basis<V>, Retour>[] : Enkel<Basis<V>, Retour>

type Velden<F, Retour extends boolean> = {
  [K in keyof F & string as Optioneel<F[K]> extends true ? never : Uncapitalize<K>]: Waarde<F[K], Retour>
} & {
  [K in keyof F & string as Optioneel<F[K]> extends true ? Uncapitalize<K> : never]?: Waarde<F[K], Retour>
}

/** An object of a class or composite type, as it stands in a heenbericht (and, with `true`, in a retour). */
export type Klasse<Naam, Retour extends boolean = false> = Enkel<Naam, Retour>

interface Kop {
  berichtCode: string
  berichtVersie: number
  berichtSubversie: number
  /** Gemeentecode (4) or AGB-code (8), by direction of the message. */
  afzender: string
  ontvanger: string
  berichtIdentificatie: Klasse<'CDT_BerichtIdentificatie'>
  xsdVersie: Klasse<'CDT_XsdVersie'>
}

type Naamgeving<N extends Berichtnummer> = { bericht: `${'WMO' | 'JW'}${N}`; domein: Domein }
type Heen<N extends Heennummer> = Naamgeving<N> & { header: Kop } & Velden<
    (typeof HEENBERICHTEN)[N]['romp'],
    false
  >
type Retour<N extends Retournummer> = Naamgeving<N> & {
  header: Kop & Velden<typeof HEADER_RETOUR, false>
} & Partial<Velden<(typeof HEENBERICHTEN)[(typeof RETOURBERICHTEN)[N]['heen']]['romp'], true>>
type Antwoordbericht<N extends keyof typeof ANTWOORDEN> = Naamgeving<N> & {
  header: Kop & Velden<typeof HEADER_ANTWOORD, false>
} & Velden<(typeof ANTWOORDEN)[N]['romp'], true>

/** The message with this number. */
export type BerichtMet<N extends Berichtnummer> = N extends Heennummer
  ? Heen<N>
  : N extends Retournummer
    ? Retour<N>
    : N extends keyof typeof ANTWOORDEN
      ? Antwoordbericht<N>
      : never

export type Bericht301 = BerichtMet<301>
export type Retour302 = BerichtMet<302>
export type Bericht305 = BerichtMet<305>
export type Retour306 = BerichtMet<306>
export type Bericht307 = BerichtMet<307>
export type Retour308 = BerichtMet<308>
export type Bericht315 = BerichtMet<315>
export type Retour316 = BerichtMet<316>
export type Bericht317 = BerichtMet<317>
export type Retour318 = BerichtMet<318>
export type Bericht319 = BerichtMet<319>
export type Retour320 = BerichtMet<320>
export type Bericht323 = BerichtMet<323>
export type Bericht325 = BerichtMet<325>

/** Any message; discriminated by `bericht`. */
export type Bericht = { [N in Berichtnummer]: BerichtMet<N> }[Berichtnummer]
export type Berichtnaam = Bericht['bericht']

export type ToegewezenProduct = Klasse<'ToegewezenProduct'>
export type StartProduct = Klasse<'StartProduct'>
export type StopProduct = Klasse<'StopProduct'>
export type Prestatie = Klasse<'Prestatie'>
export type Omvang = Klasse<'CDT_Omvang'>
export type Relatie = Klasse<'Relatie'>
export type Contact = Klasse<'Contact'>
