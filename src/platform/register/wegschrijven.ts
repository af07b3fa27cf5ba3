import { sql } from 'kysely'
import { codeOf } from '../db/codes.ts'
import { listWhere } from '../db/lijst.ts'
import { attempt } from '../db/savepoint.ts'
import type { Tx } from '../db/tables.ts'
import { Problem } from '../problem.ts'
import { formNames, veldenVan } from '../velden/formulier.ts'
import { findLookalikes, hasTypedKey } from './gelijkenis.ts'
import type { Wijziging } from './plan.ts'
import { keyOf, type Register, type Rijgegevens, rowsAsTable } from './register.ts'

type Rijwijziging = Wijziging<Rijgegevens>

/**
 * 400: rows that pass every rule of ours and that the database refuses, because of what else stands in it: what hangs on a row, or what
 * came in meanwhile. In words, of the field it is most likely about.
 */
export class Rijweigering extends Problem {
  readonly rijen: readonly Geweigerd[]

  constructor(rijen: readonly Geweigerd[], cause: unknown) {
    super(
      400,
      'ongeldige-invoer',
      'Dit is niet opgeslagen',
      undefined,
      rijen.map(({ pad, melding }) => ({ pad, melding })),
    )
    this.rijen = rijen
    this.cause = cause
  }
}

/** `nummer` is where the row stands in its file, null where it is not known which it is. */
interface Geweigerd {
  nummer: number | null
  pad: string
  melding: string
}

type Stap = 'remove' | 'update' | 'insert'

/** First what goes and what becomes shorter, then what comes: periods of one key never overlap in between. */
const STAPPEN: readonly Stap[] = ['remove', 'update', 'insert']

function stepOf({ oud, nieuw }: Rijwijziging): Stap {
  if (nieuw === null) return 'remove'
  return oud === null ? 'insert' : 'update'
}

/** Writes changes to the rows of a register. Throws `Rijweigering` of those that the database refuses, and then wrote nothing more. */
export async function writeRows(
  tx: Tx,
  register: Register,
  wijzigingen: readonly Rijwijziging[],
): Promise<void> {
  await demandOwnKeys(tx, register, wijzigingen)
  for (const stap of STAPPEN) {
    const deze = wijzigingen.filter(w => stepOf(w) === stap)
    if (deze.length === 0) continue
    const write = (rijen: readonly Rijwijziging[]) =>
      register[stap](
        tx,
        rowsAsTable(
          register.velden,
          rijen.map(({ oud, nieuw }) => nieuw ?? oud ?? {}),
        ),
      )
    const gedaan = await attempt(tx, () => write(deze))
    if (!gedaan.gelukt) throw await toRefusal(tx, register, { stap, fout: gedaan.fout, deze, write })
  }
  await checkDeferred(tx, register)
}

/** What may only be looked at when all rows are written, in the same words; which row it was is then not known. */
async function checkDeferred(tx: Tx, { velden }: Register): Promise<void> {
  const gedaan = await attempt(tx, () => sql`set constraints all immediate`.execute(tx))
  if (gedaan.gelukt) return
  const melding = wordsOf(codeOf(gedaan.fout), 'update')
  if (melding === undefined) throw gedaan.fout
  throw new Rijweigering([{ nummer: null, pad: periodeveld(velden), melding }], gedaan.fout)
}

/** Throws `Rijweigering` of new rows whose key looks like that of another: whoever saves one row sees no other. */
async function demandOwnKeys(
  tx: Tx,
  register: Register,
  wijzigingen: readonly Rijwijziging[],
): Promise<void> {
  const nieuw = wijzigingen.flatMap(({ oud, nieuw: gegevens, nummer }) =>
    oud === null && gegevens !== null ? [{ nummer: nummer ?? 0, gegevens }] : [],
  )
  if (nieuw.length === 0 || !hasTypedKey(register)) return
  const weg = new Set(wijzigingen.filter(w => w.nieuw === null).map(({ sleutel }) => sleutel))
  const blijft = (await listWhere(tx, register.bron)).filter(rij => !weg.has(keyOf(register, rij)))
  const fouten = findLookalikes(register, blijft, nieuw)
  if (fouten.length > 0) throw new Rijweigering(fouten, undefined)
}

interface Mislukt {
  stap: Stap
  fout: unknown
  deze: readonly Rijwijziging[]
  write: (rijen: readonly Rijwijziging[]) => Promise<void>
}

/** In words what was refused, and of which rows; what says nothing about a row stays what it is. */
async function toRefusal(
  tx: Tx,
  { velden }: Register,
  { stap, fout, deze, write }: Mislukt,
): Promise<unknown> {
  const melding = wordsOf(codeOf(fout), stap)
  if (melding === undefined) return fout
  const pad = periodeveld(velden)
  const rijen = await listRefused(tx, { deze, fout, write })
  const geweigerd = rijen.flatMap(({ rij: { nummer }, fout: eigen }) => {
    const gezegd = wordsOf(codeOf(eigen), stap)
    return gezegd === undefined ? [] : [{ nummer, pad, melding: gezegd }]
  })
  return new Rijweigering(geweigerd.length > 0 ? geweigerd : [{ nummer: null, pad, melding }], fout)
}

/** The first day of a period, as a form names it. */
function periodeveld(velden: Register['velden']): string {
  const periode = veldenVan(velden).find(([, { soort }]) => soort === 'periode')
  return periode === undefined ? '' : (formNames(...periode)[0] ?? '')
}

/** So many are told at once: each costs a few tries. */
const HOOGSTENS = 100

/**
 * The rows that are refused by themselves, each with why: of what is refused together each half is tried, so that a long file costs a few
 * tries. Where only two rows together are refused it is the first that could not be written after those before it.
 */
async function listRefused(
  tx: Tx,
  { deze, fout, write }: Pick<Mislukt, 'deze' | 'fout' | 'write'>,
  hoogstens = HOOGSTENS,
): Promise<{ rij: Rijwijziging; fout: unknown }[]> {
  const [enige] = deze
  if (enige === undefined || hoogstens <= 0) return []
  if (deze.length === 1) return [{ rij: enige, fout }]
  const midden = Math.ceil(deze.length / 2)
  const uit: { rij: Rijwijziging; fout: unknown }[] = []
  for (const helft of [deze.slice(0, midden), deze.slice(midden)]) {
    const gedaan = await attempt(tx, () => write(helft), { undo: () => true })
    if (gedaan.gelukt) continue
    uit.push(...(await listRefused(tx, { deze: helft, fout: gedaan.fout, write }, hoogstens - uit.length)))
  }
  return uit.length > 0 ? uit : [{ rij: (await findRefused(tx, deze, write)) ?? enige, fout }]
}

/** The first row without which those before it could be written: halving, so that a long file costs a few tries. */
async function findRefused(
  tx: Tx,
  deze: readonly Rijwijziging[],
  write: Mislukt['write'],
): Promise<Rijwijziging | undefined> {
  let goed = 0
  let fout = deze.length
  while (fout - goed > 1) {
    const midden = Math.floor((goed + fout) / 2)
    const gedaan = await attempt(tx, () => write(deze.slice(0, midden)), { undo: () => true })
    if (gedaan.gelukt) goed = midden
    else fout = midden
  }
  return deze[fout - 1]
}

/** By the code of PostgreSQL (SQLSTATE, class 23: what stands beside it; class 22: what no column can hold). */
function wordsOf(code: string, stap: Stap): string | undefined {
  switch (code) {
    case '23001':
    case '23503':
      return stap === 'insert'
        ? 'Iets waarnaar dit verwijst, is er niet of geldt dan niet. Voer dat eerst in.'
        : 'Er hangt iets aan dat hier niet meer bij past. Wijzig dat eerst.'
    case '23P01':
      return 'In deze periode geldt al iets anders.'
    case '23505':
      return 'Er is al iets met hetzelfde nummer of dezelfde naam, en dat mag maar één keer.'
    case '23514':
    case '22003':
    case '22021':
      return 'Een waarde in deze rij kan hier niet worden bewaard. Kijk getallen, dagen en vreemde tekens na.'
    default:
      return undefined
  }
}
