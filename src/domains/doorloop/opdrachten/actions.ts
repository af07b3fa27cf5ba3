import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import { type Doel, updateRow } from '../../../platform/db/rij.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Gegevens, type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import { askFor } from '../../../platform/vrijetekst.ts'
import { GROND, listKeuzes } from '../../dossiers/index.ts'
import { OPDRACHTSTAPPEN } from './rules.ts'
import { getOpdracht, insertStap, lockOpdracht, type Opdracht, TABEL } from './store.ts'
import { STAP } from './velden.ts'

/** Who can take on the work of a dossier of this municipality (null: the region). */
async function listEigenaren(db: Db, gemeente: string | null) {
  const collegas = await listCollegas(db, 'beleid.bijdragen', gemeente)
  return collegas.map(({ gebruikerId, naam }) => ({ waarde: String(gebruikerId), naam }))
}

/** What can be chosen for an opdracht that is given. */
export async function readKeuzes(db: Db, gemeente: string | null) {
  return { eigenaar: await listEigenaren(db, gemeente), segment: (await listKeuzes(db)).segmenten }
}

/** What can be chosen for the next step: to stay as it is too, but not with who works here no more. */
export async function readStapkeuzes(db: Db, { staat, gemeente }: Opdracht) {
  const staten: readonly string[] = [staat, ...OPDRACHTSTAPPEN[staat].naar]
  return {
    staat: (STAP.staat.opties ?? []).filter(({ waarde }) => staten.includes(waarde)),
    eigenaar: await listEigenaren(db, gemeente),
  }
}

/** Work that ends says what came of it, or why it lapsed. */
function checkResultaat({ staat, resultaat }: Partial<Gegevens<typeof STAP>>) {
  if (resultaat !== null || (staat !== 'klaar' && staat !== 'vervallen')) return []
  const noem = staat === 'klaar' ? 'wat ervan is gekomen' : 'waarom de opdracht vervalt'
  return [{ pad: 'resultaat', melding: askFor(noem) }]
}

/** Moves an opdracht: taken up, done, dropped, given to another. Throws 400, 404 or `Botsing`. */
export async function moveOpdracht(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    await lockOpdracht(tx, doel.id)
    const nu = await getOpdracht(tx, doel.id)
    // Before any fault: that a step cannot be taken any more may come from what a colleague did.
    if (nu.versie !== doel.versie)
      throw await collisionOf(tx, ctx, 'deze opdracht', nu, ['beleid.opdracht_stap', { opdrachtId: doel.id }])
    const { toelichting, ...stap } = readGegevens('De opdracht is niet gewijzigd', STAP, invoer, {
      keuzes: await readStapkeuzes(tx, nu),
      ook: checkResultaat,
    })
    await updateRow(tx, TABEL, doel, { ...stap, resultaat: stap.resultaat ?? '' })
    await insertStap(tx, nu, { staat: stap.staat, toelichting }, gebruikerIdOf(ctx.wie), ctx.nu)
    await audit(tx, ctx, 'opdracht.bijgewerkt', GROND, { opdracht: doel.id })
  })
}
