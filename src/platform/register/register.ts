import { type RawBuilder, sql } from 'kysely'
import type { Grond } from '../audit.ts'
import type { Recht } from '../auth/rollen.ts'
import { type Datum, formatDatumKort, type Periode } from '../dates.ts'
import type { Lijstbron } from '../db/lijst.ts'
import { snake } from '../db/rij.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Fout } from '../problem.ts'
import { formatGetal } from '../ui/invoer.ts'
import { type Gegevens, type Keuzes, type Velden, veldenVan } from '../velden/formulier.ts'
import type { Veld } from '../velden/veld.ts'
import type { Letopvraag } from './letop.ts'
import type { Maatwissel, Opgevolgd, Wijziging } from './plan.ts'
import type { Komtvraag, Raak, Raakvraag } from './raakt.ts'

/**
 * A record that is said once: its form, list, page, file, import and message all follow from it. A row is known by its natural
 * key and names others by theirs, so that every door says the same: `segment: 'ambulant'`, never a number of our own.
 */
export interface Registeropgave<V extends Velden> {
  /** What is in it, in the plural: in addresses, in the log and as the name of its file: 'segmenten'. */
  naam: string
  /** Of one, without an article: 'segment'. */
  een: string
  /** Of one: 'dit segment'. */
  deze: string
  velden: V
  /** The fields that say which row is meant, in the order in which an address names them. */
  sleutel: readonly (keyof V & string)[]
  /**
   * The field that says when a row counts; its first day is part of the key. Rows of one key follow each other: one that has no
   * last day ends the day before the next begins, and a change begins a row instead of overwriting one.
   */
  periode?: keyof V & string
  /** The days on which a row counts, in SQL (a daterange): its list can then be narrowed to one day. Said by each that has a `periode`. */
  dagen?: RawBuilder<unknown>
  /** Rows of one key follow on each other: of days in between nobody could say whether it goes on. */
  aaneen?: true
  /** The field that names another row of this register, under which this one hangs: together they are a tree. */
  ouder?: keyof V & string
  rechten: { lezen: Recht; schrijven: Recht }
  /** The ground that the log names. */
  grond: Grond
  /** What its list shows. */
  blad: Registerblad<V>
  /** All that stands in it, each field under its own name; its key is `keyOf` in SQL. */
  bron: Lijstbron<Registerrij>
  /** The choices of the fields that name another row: its key, and how it is called. */
  keuzes?: (db: Db) => Promise<Keuzes>
  /** What goes over more than one field, or over other registers: what that needs is read once, for however many rows. */
  regels?: (db: Db) => Promise<Rijregel<V>>
  /** Each gets the rows as a table that can be selected from, its columns the fields in snake_case. */
  insert: (tx: Tx, rijen: RawBuilder<unknown>) => Promise<void>
  update: (tx: Tx, rijen: RawBuilder<unknown>) => Promise<void>
  remove: (tx: Tx, rijen: RawBuilder<unknown>) => Promise<void>
  /** What leans on its rows: shown before a change is saved, and what may refuse it. */
  raakt?: readonly Raakvraag[]
  /** What leans on rows that stay, where one that comes or becomes longer takes their place: as `raakt`. */
  verdringt?: readonly Komtvraag[]
  /** What its rows begin to be for: shown with what leans on them, and refuses nothing. */
  komt?: readonly Komtvraag[]
  /** Of rows that come and follow none of their own key: the row of another key that each takes over from, where there is one. */
  neemtOver?: (db: Db, rijen: readonly Sleutelrij[]) => Promise<ReadonlyMap<string, Opgevolgd<Rijgegevens>>>
  /** Of rows beside those that they follow, which fields are in another measure than there; undefined where all can be compared. */
  maat?: (
    db: Db,
    stappen: readonly { van: Rijgegevens; naar: Rijgegevens }[],
  ) => Promise<readonly (Maatwissel | undefined)[]>
  /** What is worth a look in rows that come or change: shown before they are saved, and refuses nothing. */
  letOp?: Letopvraag
  /** What a file does to its rows together, in a sentence above the changes; empty where there is nothing to say. */
  samengevat?: (wijzigingen: readonly Wijziging<Rijgegevens>[]) => string
  /**
   * Waits for who is judging by its rows, and keeps who comes from doing so until the transaction ends: what they leave must be seen by
   * `raakt`, and what they judge by must still stand. Taken before rows that stand change.
   */
  houdStil?: (tx: Tx) => Promise<void>
  /**
   * What is counted by its rows and must follow them, in the same transaction. Asked before the first row is written, with the rows as
   * they stood and as they become; what it answers is done once they are written. Who judges by them is then held up (`houdStil`), also
   * where rows only come.
   */
  volgt?: (tx: Tx, rijen: readonly Rijgegevens[]) => Promise<() => Promise<void>>
  /**
   * What is true by more than its own rows and has to stay so: looked at before anything is written, and asked once it is. Answers what may
   * not happen, of the row that brings it about.
   */
  bewaakt?: (
    tx: Tx,
    wijzigingen: readonly Wijziging<Rijgegevens>[],
  ) => Promise<() => Promise<Pick<Raak, 'sleutel' | 'verbod'>[]>>
  /** What ends with its rows. */
  meegaand?: Meegaand
  /** Why rows cannot stand as they do now beside others that stand. */
  strijdig?: (db: Db, rijen: readonly Sleutelrij[]) => Promise<Strijdig[]>
  /** Fields that are asked of a new row only, though they do not say which row it is. */
  vast?: readonly (keyof V & string)[]
}

/** Rows of another register that cannot outlive those of this one: they end before them, each with a history of its own. */
export interface Meegaand {
  register: Register
  /** Of one and of more: ['tarief dat dan ook eindigt', 'tarieven die dan ook eindigen']. */
  naam: readonly [string, string]
  /** The same of those of which nothing is left: ['tarief dat dan vervalt', 'tarieven die dan vervallen']. */
  vervalt: readonly [string, string]
  /** The same once that is undone: ['tarief dat weer doorloopt', 'tarieven die weer doorlopen']. */
  terug: readonly [string, string]
  /** Each with the key of the change that it ends with; `blijft`: what is left of its time. Asked before the first row is written. */
  find: (
    db: Db,
    wijzigingen: readonly Wijziging<Rijgegevens>[],
  ) => Promise<{ vanwege: string; rij: Rijgegevens; blijft: Periode | null }[]>
}

/** A row with its key. */
export type Sleutelrij = Rijgegevens & { sleutel: string }

export interface Strijdig {
  sleutel: string
  reden: string
}

/** The list of a register. */
export interface Registerblad<V extends Velden> {
  titel: string
  inleiding: string
  /** The fields that it shows; the first leads to the row. */
  toont: readonly (keyof V & string)[]
  orde: { kolom: string; richting: 'op' | 'af' }
  /** Fields that it can be narrowed by; each has a condition in `bron.eisen`. */
  filters?: readonly (keyof V & string)[]
  /** Where a row is a part of what the register is called after: which, and how rows are called; a contract is its versions. */
  deelVan?: { kolom: RawBuilder<unknown>; naam: readonly [string, string] }
}

/** A register as its doors know it: which fields it has is only known when it runs. */
export type Register = Registeropgave<Velden>

/** What the fields of a row hold. */
export type Rijgegevens = Gegevens<Velden>

/** A row as it is read: its fields, and the last change to it. */
export type Registerrij = Rijgegevens & { versie: number }

/** '353 contracten', '359 versies van 353 contracten': how many rows, of how many things where that is another number. */
export function sayRijen(
  { naam, een, blad }: Pick<Register, 'naam' | 'een' | 'blad'>,
  rijen: number,
  aantal = rijen,
): string {
  const dingen = `${formatGetal(aantal)} ${aantal === 1 ? een : naam}`
  if (blad.deelVan === undefined || rijen === aantal) return dingen
  return `${formatGetal(rijen)} ${blad.deelVan.naam[rijen === 1 ? 0 : 1]} van ${dingen}`
}

/** Where the list of a register stands. */
export const bladPad = ({ naam }: Pick<Register, 'naam'>) => `/inrichten/${naam}`

/**
 * A register, of which each row is read with the number of its last change: by it we see that somebody else was first. What is
 * said of it is held against its own fields here; from here on every door treats all registers alike.
 */
export function defineRegister<V extends Velden>(opgave: Registeropgave<V>): Register {
  // Its rule reads only what was read by its own fields.
  const register = opgave as unknown as Register
  const { bron, naam, dagen, periode } = register
  if (periode !== undefined && dagen === undefined)
    throw new Error(`${naam} does not say on which days a row counts`)
  // By its whole name: no register calls one of its tables so.
  const versie = sql`coalesce((select max(wijziging.wijziging_id) from platform.wijziging
    where wijziging.register = ${naam} and wijziging.sleutel = ${bron.sleutel}), 0) as versie`
  const eisen = dagen === undefined ? bron.eisen : { ...bron.eisen, [GELDT_OP]: dagEis(dagen) }
  return { ...register, bron: { ...bron, kolommen: sql`${bron.kolommen}, ${versie}`, eisen } }
}

/** The filter of a list on what counts on a day. */
export const GELDT_OP = 'geldtOp'
const dagEis = (dagen: RawBuilder<unknown>) => (dag: string) =>
  dag === '' ? null : sql`${dagen} @> ${dag}::date`

/** Asked of every row that is new or changed, also when some of its fields are wrong: then without those. */
export type Rijregel<V extends Velden = Velden> = (gegevens: Partial<Gegevens<V>>) => readonly Fout[]

/** Only what says which row is meant. */
export interface Sleutelregels {
  velden: object
  sleutel: readonly string[]
  periode?: string | undefined
  ouder?: string | undefined
}

/** Whose row it is: its key without the day on which it begins. */
export function stemOf({ sleutel }: Pick<Sleutelregels, 'sleutel'>, gegevens: object): string {
  const waarden = gegevens as Record<string, unknown>
  return sleutel.map(naam => String(waarden[naam] ?? '')).join('~')
}

/** The key of a row as one text: 'jw~45A04~2026-01-01'. */
export function keyOf(register: Sleutelregels, gegevens: object): string {
  const periode = periodeOf(register, gegevens)
  return periode === undefined ? stemOf(register, gegevens) : `${stemOf(register, gegevens)}~${periode.begin}`
}

/** The key of a row as people read it: 'Jeugdwet, 45A04'. */
export function sayKey(
  { velden, sleutel }: Pick<Sleutelregels, 'velden' | 'sleutel'>,
  gegevens: object,
  keuzes: Keuzes,
): string {
  const waarden = gegevens as Record<string, unknown>
  return veldenVan(velden)
    .filter(([naam]) => sleutel.includes(naam))
    .map(([naam, { zeg }]) => zeg(waarden[naam], keuzes[naam]))
    .join(', ')
}

/** The same with the day from which it counts: 'Jeugdwet, 45A04, vanaf 01-01-2026'. */
export function sayWhich(register: Sleutelregels, gegevens: object, keuzes: Keuzes = {}): string {
  const begin = periodeOf(register, gegevens)?.begin
  return `${sayKey(register, gegevens, keuzes)}${begin === undefined ? '' : `, vanaf ${formatDatumKort(begin)}`}`
}

/** A row as every sentence names it: 'product Jeugdwet, 45A04, vanaf 01-01-2026'. */
export const sayRow = (register: Sleutelregels & { een: string }, gegevens: object, keuzes: Keuzes = {}) =>
  `${register.een} ${sayWhich(register, gegevens, keuzes)}`

/** When this row counts; undefined when its register knows no time, or when it was not filled in well. */
export function periodeOf(
  { periode }: Pick<Sleutelregels, 'periode'>,
  gegevens: object,
): Periode | undefined {
  if (periode === undefined) return undefined
  return ((gegevens as Record<string, unknown>)[periode] as Periode | null | undefined) ?? undefined
}

/** The same row with another last day. */
export function endsOn<G extends object>(
  { periode }: Pick<Sleutelregels, 'periode'>,
  gegevens: G,
  eind: Datum | null,
): G {
  if (periode === undefined) return gegevens
  return { ...gegevens, [periode]: { ...periodeOf({ periode }, gegevens), eind } }
}

/** What a column of rows that go into SQL is, by the kind of its field. */
const KOLOM: Readonly<Record<Veld<unknown>['soort'], string>> = {
  tekst: 'text',
  keuze: 'text',
  keuzes: 'text[]',
  'ja-nee': 'boolean',
  bedrag: 'bigint',
  getal: 'bigint',
  decimaal: 'numeric',
  datum: 'date',
  periode: 'daterange',
  verwijzing: 'text',
  bestand: 'text[]',
}

/**
 * Rows as a table that can be selected from: `from ${rowsAsTable(…)} r`. A list of texts is `text[]`, a period `daterange`. `ook`: what
 * they hold beside their fields, by name, each with its type.
 */
export function rowsAsTable(
  velden: object,
  rijen: readonly object[],
  ook: Readonly<Record<string, string>> = {},
): RawBuilder<unknown> {
  const kolommen = veldenVan(velden).map(
    ([naam, veld]) => sql`${sql.ref(snake(naam))} ${sql.raw(veld.leegWaarde ? 'text[]' : KOLOM[veld.soort])}`,
  )
  for (const [naam, soort] of Object.entries(ook)) kolommen.push(sql`${sql.ref(naam)} ${sql.raw(soort)}`)
  const extra = (rij: object) => Object.keys(ook).map(naam => [naam, (rij as Record<string, unknown>)[naam]])
  const json = JSON.stringify(
    rijen.map(rij => ({ ...toColumns(velden, rij), ...Object.fromEntries(extra(rij)) })),
  )
  return sql`jsonb_to_recordset(${json}::jsonb) as r (${sql.join(kolommen)})`
}

function toColumns(velden: object, rij: object): Record<string, unknown> {
  const waarden = rij as Record<string, unknown>
  return Object.fromEntries(
    veldenVan(velden).map(([naam, { soort }]) => {
      const waarde = waarden[naam] ?? null
      return [snake(naam), soort === 'periode' && waarde !== null ? asRange(waarde as Periode) : waarde]
    }),
  )
}

/** As PostgreSQL writes a range of days, both inclusive. */
export const asRange = ({ begin, eind }: Periode) => `[${begin},${eind ?? ''}]`

/** A daterange as a field of a period reads it. */
export function readRange(kolom: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_build_object('begin', lower(${kolom}), 'eind', upper(${kolom}) - 1)`
}
