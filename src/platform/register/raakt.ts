import { isDeepStrictEqual } from 'node:util'
import { type RawBuilder, sql } from 'kysely'
import type { Recht } from '../auth/rollen.ts'
import { type Datum, formatDatumKort } from '../dates.ts'
import type { Db } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { formatEuro } from '../money.ts'
import { Problem } from '../problem.ts'
import { formatGetal } from '../ui/invoer.ts'
import { formNames, veldenVan } from '../velden/formulier.ts'
import type { Wijziging } from './plan.ts'
import { type Register, type Rijgegevens, rowsAsTable, sayRow } from './register.ts'

/** What leans on one row of a register that changes or goes: how much of one kind. */
export interface Raak {
  sleutel: string
  /** Of one and of more: ['toewijzing', 'toewijzingen']. */
  naam: readonly [string, string]
  aantal: number
  /** What they come to together, in eurocents, where they are about money. */
  bedrag?: number
  /** The first day on which that is so; of more the first of them. */
  vanaf?: Datum
  /** Where, of those that are about one place. */
  waar?: readonly string[]
  /** They are of residents, whom nobody sees who keeps a register: then they are counted in steps, `countInSteps`. */
  inwoners?: true
  /** Where they are listed, for who may see that. */
  lijst?: { href: string; recht: Recht }
  /** Why the row may not become so because of them, and how it can be done. */
  verbod?: string
}

/**
 * What leans on rows, read once they are written. `rijen`: as they stood, each field in snake_case, with `sleutel` and `gaat`: it is
 * taken out; `sinds`: by taking back what was done then. Where the database refused to write them, they still stand. `mee`: rows that ended with
 * them, as they stood, where there are any; nobody asks what leans on those apart, so that it counts once.
 */
export type Raakvraag = (db: Db, rijen: RawBuilder<unknown>, mee?: RawBuilder<unknown>) => Promise<Raak[]>

/**
 * What rows begin to be for that was there already, read once they are written: `rijen` as they stand now, `stond` as those that changed or
 * went stood before, both as for a `Raakvraag`.
 */
export type Komtvraag = (db: Db, rijen: RawBuilder<unknown>, stond: RawBuilder<unknown>) => Promise<Raak[]>

type Rijwijziging = Wijziging<Rijgegevens>

/** What a question over the rows of a `Raakvraag` answers: so many for a row. */
export async function askRaakt<T extends Pick<Raak, 'sleutel' | 'aantal'>>(
  db: Db,
  vraag: RawBuilder<unknown>,
): Promise<T[]> {
  return (await sql<T>`${vraag}`.execute(db)).rows
}

/**
 * All that leans on the rows that change or go, and on those that stay but have to give way to one that comes: nothing leans on what comes
 * itself.
 */
export async function findRaakt(
  db: Db,
  register: Pick<Register, 'velden' | 'raakt' | 'verdringt' | 'meegaand'>,
  wijzigingen: readonly Rijwijziging[],
  bij: { sinds?: Date | null; mee?: readonly Rijwijziging[] } = {},
): Promise<Raak[]> {
  const verdrongen = await askKomt(db, register.velden, register.verdringt, wijzigingen, bij)
  return [...(await findGeraakt(db, register, wijzigingen, bij)), ...verdrongen]
}

async function findGeraakt(
  db: Db,
  { velden, raakt = [], meegaand }: Pick<Register, 'velden' | 'raakt' | 'meegaand'>,
  wijzigingen: readonly Rijwijziging[],
  { sinds = null, mee = [] }: { sinds?: Date | null; mee?: readonly Rijwijziging[] },
): Promise<Raak[]> {
  const geraakt = wijzigingen.flatMap(({ sleutel, oud, nieuw }) =>
    oud === null ? [] : [{ ...oud, sleutel, gaat: nieuw === null, sinds }],
  )
  if (geraakt.length === 0) return []
  const rijen = rowsAsTable(velden, geraakt, { sleutel: 'text', gaat: 'boolean', sinds: 'timestamptz' })
  const stond = mee.flatMap(({ oud }): object[] => (oud === null ? [] : [oud]))
  const eindigt = meegaand && stond.length > 0 ? [rowsAsTable(meegaand.register.velden, stond)] : []
  const uit: Raak[] = []
  for (const vraag of raakt) uit.push(...(await vraag(db, rijen, ...eindigt)))
  return uit.filter(({ aantal }) => aantal > 0)
}

/** All that rows begin to be for, of those that come or change. */
export const findKomt = (
  db: Db,
  { velden, komt }: Pick<Register, 'velden' | 'komt'>,
  wijzigingen: readonly Rijwijziging[],
): Promise<Raak[]> => askKomt(db, velden, komt, wijzigingen)

async function askKomt(
  db: Db,
  velden: Register['velden'],
  vragen: readonly Komtvraag[] | undefined,
  wijzigingen: readonly Rijwijziging[],
  { sinds = null }: { sinds?: Date | null } = {},
): Promise<Raak[]> {
  const table = (deel: 'oud' | 'nieuw') =>
    rowsAsTable(
      velden,
      wijzigingen.flatMap(w =>
        w[deel] === null ? [] : [{ ...w[deel], sleutel: w.sleutel, gaat: false, sinds }],
      ),
      { sleutel: 'text', gaat: 'boolean', sinds: 'timestamptz' },
    )
  if (vragen === undefined || wijzigingen.every(({ nieuw }) => nieuw === null)) return []
  const uit: Raak[] = []
  for (const vraag of vragen) uit.push(...(await vraag(db, table('nieuw'), table('oud'))))
  return uit.filter(({ aantal }) => aantal > 0)
}

/** What is touched of one kind, over so many rows. */
export type Raaksom = Omit<Raak, 'sleutel' | 'verbod'> & { rijen: number }

/**
 * Of all rows together, in the order in which the kinds are named first; a list is named where all are in it. Of residents the steps
 * are added, not the numbers: one toewijzing that stands at five rows would else be told apart from none.
 */
export function sumRaakt(raakt: readonly Raak[]): Raaksom[] {
  // What leaves with a municipality is apart from what stays in one: its name would else be read as the place of all.
  const perSoort = Map.groupBy(raakt, ({ naam: [, meer], waar = [] }) =>
    JSON.stringify([meer, waar.length > 0]),
  )
  return [...perSoort.values()].map(soort => {
    const [{ naam, lijst, inwoners }] = soort as [Raak, ...Raak[]]
    const som = {
      naam,
      rijen: soort.length,
      aantal: soort.reduce((n, { aantal }) => n + (inwoners ? stepOf(aantal) : aantal), 0),
      ...(inwoners && { inwoners }),
    }
    const dagen = soort.flatMap(({ vanaf }) => vanaf ?? []).sort()
    const waar = [...new Set(soort.flatMap(r => r.waar ?? []))].sort()
    const bedrag = soort.reduce((n, r) => n + (r.bedrag ?? 0), 0)
    return {
      ...som,
      ...(soort.some(r => r.bedrag !== undefined) ? { bedrag } : {}),
      ...(dagen[0] === undefined ? {} : { vanaf: dagen[0] }),
      ...(waar.length === 0 ? {} : { waar }),
      ...(lijst !== undefined && soort.every(r => r.lijst?.href === lijst.href) ? { lijst } : {}),
    }
  })
}

/** So many are 'minder dan 5', '5 of meer', '10 of meer': never so exact that two answers tell of one resident. */
export const countInSteps = (aantal: number) =>
  aantal < STAP ? `minder dan ${STAP}` : `${formatGetal(stepOf(aantal))} of meer`
const STAP = 5
const stepOf = (aantal: number) => aantal - (aantal % STAP)

/** All steps of these together. */
export const countSteps = (raakt: readonly Pick<Raak, 'aantal'>[]) =>
  raakt.reduce((n, { aantal }) => n + stepOf(aantal), 0)

/**
 * So many in each part of what is counted (a municipality, a segment), together: the steps of the parts, like those of rows. Who may choose
 * the parts would else learn each of them from their sums.
 */
export const sumInSteps = (aantallen: readonly number[]) =>
  sayAantal({
    aantal: aantallen.reduce((n, aantal) => n + stepOf(aantal), 0),
    inwoners: true,
    rijen: aantallen.filter(aantal => aantal > 0).length,
  })

/** How many: '2', 'minder dan 5', 'per rij of gemeente minder dan 5'. */
export function sayAantal({
  aantal,
  inwoners,
  rijen,
}: Pick<Raaksom, 'aantal' | 'inwoners' | 'rijen'>): string {
  if (!inwoners) return formatGetal(aantal)
  return `${rijen > 1 && aantal < STAP ? 'per rij of gemeente ' : ''}${countInSteps(aantal)}`
}

/** '01-07-2026, Zeist' */
export const sayVanaf = ({ vanaf, waar = [] }: Pick<Raaksom, 'vanaf' | 'waar'>): string =>
  [vanaf && formatDatumKort(vanaf), ...waar].filter(Boolean).join(', ')

/** '2 betalingen die nog openstaan, samen € 180,00', 'minder dan 5 toewijzingen', '5 of meer toewijzingen (vanaf 01-07-2026, Zeist)' */
export function sayRaakt(som: Raaksom): string {
  const { aantal, bedrag } = som
  const wanneer = sayVanaf(som)
  const wat = `${sayAantal(som)} ${nameOf(som)}${wanneer === '' ? '' : ` (vanaf ${wanneer})`}`
  return bedrag === undefined ? wat : `${wat}${aantal === 1 ? ',' : ', samen'} ${formatEuro(bedrag)}`
}

/** Its name, of one or of more. */
export const nameOf = ({ naam: [een, meer], aantal, inwoners }: Raaksom) =>
  aantal === 1 && !inwoners ? een : meer

/** What may not happen because of what leans on it. The first change that may not: of a form as a fault of the field that it is about. */
export class Raakverbod extends Problem {
  /** All of why not, by the key of the row. */
  readonly redenen: ReadonlyMap<string, readonly string[]>
  /** The first of them, as a sentence names it. */
  readonly wie: string

  constructor(
    register: Register,
    wijzigingen: readonly Rijwijziging[],
    raakt: readonly Pick<Raak, 'sleutel' | 'verbod'>[],
  ) {
    // More kinds may be refused for one reason: it is said once.
    const perRij = new Map<string, Set<string>>()
    for (const { sleutel, verbod } of raakt)
      if (verbod !== undefined) perRij.set(sleutel, (perRij.get(sleutel) ?? new Set()).add(verbod))
    const redenen = new Map([...perRij].map(([sleutel, eigen]) => [sleutel, [...eigen]]))
    const eerste = wijzigingen.find(({ sleutel }) => redenen.has(sleutel))
    const hier = redenen.get(eerste?.sleutel ?? '') ?? []
    const rij = eerste?.nieuw ?? eerste?.oud ?? null
    const wie = rij === null ? '' : sayRow(register, rij)
    // 'rekenen 2 toewijzingen', or a sentence of its own.
    const say = (reden: string) => (/^[a-z]/.test(reden) ? `Op ${wie} ${reden}` : reden)
    if (eerste?.nieuw === null) super(409, 'in-gebruik', 'Dit wordt nog gebruikt', hier.map(say).join(' '))
    else {
      const pad = fieldOf(register, eerste)
      super(
        400,
        'ongeldige-invoer',
        'Dit is niet opgeslagen',
        undefined,
        hier.map(melding => ({ pad, melding })),
      )
    }
    this.redenen = redenen
    this.wie = wie
  }
}

/**
 * The first field of the form that says something else now; of days that part of it. A row that became shorter did so by its days, and what
 * comes beside what stands does so from its first.
 */
function fieldOf({ velden, periode }: Register, wijziging: Rijwijziging | undefined): string {
  const { oud, nieuw } = wijziging ?? {}
  if (oud === null && periode !== undefined) return `${periode}Begin`
  const anders = veldenVan(velden).find(([naam]) => !isDeepStrictEqual(oud?.[naam], nieuw?.[naam]))
  if (anders === undefined) return ''
  const [naam, veld] = anders
  const type = (rij: Rijgegevens | null | undefined) =>
    rij == null || rij[naam] == null ? [] : veld.type(rij[naam])
  const [stond, staat] = [type(oud), type(nieuw)]
  const namen = formNames(naam, veld)
  return namen[namen.findIndex((_, deel) => stond[deel] !== staat[deel])] ?? namen[0] ?? ''
}

/** 400 until who changes it has seen what it touches: `gezien` is then sent along. Nothing was changed. */
export class Raaktiets extends Problem {
  readonly raakt: readonly Raaksom[]
  readonly gezien: string
  /** What is worth a look in the row itself. */
  readonly letOp: readonly string[]

  constructor(raakt: readonly Raak[], gezien: string, letOp: readonly string[] = []) {
    const som = sumRaakt(raakt)
    const zinnen = [...letOp, ...(som.length === 0 ? [] : [`Dit raakt ${som.map(sayRaakt).join('; ')}.`])]
    super(
      400,
      'raakt-iets',
      som.length === 0 ? 'Kijk eerst of dit klopt' : 'Kijk eerst wat dit raakt',
      `${zinnen.join(' ')} Er is nog niets veranderd.`,
    )
    this.raakt = som
    this.gezien = gezien
    this.letOp = letOp
  }
}

/**
 * What says of one change of one row that somebody saw what it touches: of another change, or when it touches more, it is another. Keyed:
 * whoever is told 'minder dan 5' could else try which number it is of. Of no more than was told: who asks again and again would else see
 * that there was one more.
 */
export const signOf = (
  { kluis }: Pick<Ctx, 'kluis'>,
  { naam }: Pick<Register, 'naam'>,
  wijziging: object,
  raakt: readonly Raak[],
) => {
  const verteld = raakt.map(raak => ({ ...raak, aantal: sayAantal({ ...raak, rijen: 1 }) }))
  return kluis
    .vingerafdruk(Buffer.from(JSON.stringify(['raakt', naam, wijziging, verteld])))
    .toString('base64url')
}
