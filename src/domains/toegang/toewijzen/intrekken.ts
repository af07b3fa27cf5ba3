import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { bookVerwijzingen, type VerwijzingBoeking } from '../../sturing/index.ts'
import { rememberToegewezen } from '../waarde/actions.ts'
import { verwijzing } from './actions.ts'
import { latest } from './rules.ts'
import {
  mapToestanden,
  mapToewijzingen,
  type Toestand,
  type Toewijzing,
  type ToewijzingVraag,
} from './store.ts'

/** A 301 that the provider could not process, and the retour that said so. */
export interface NietVerwerkt {
  gemeente: string
  /** The 301. */
  berichtId: string
  /** The 302 with 0001. */
  retourId: string
}

/**
 * Takes back what 301s recorded that came back as not processed: such a message counts as not sent, so the state before
 * it is the current one again, and a corrected 301 may say something else under the same number. Grondslag: iJw/iWmo
 * 3.2 OP286.
 */
export async function withdrawToewijzingen(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly NietVerwerkt[],
): Promise<void> {
  const geraakt = await queryKeys<ToewijzingVraag>(
    tx,
    { gemeente: 'text', bericht_id: 'uuid' },
    berichten.map(b => [b.gemeente, b.berichtId]),
    `select distinct t.gemeente, t.domein, t.nummer from vraag
     join toegang.toewijzing_versie v using (gemeente, bericht_id)
     join toegang.toewijzing t on t.gemeente = v.gemeente and t.toewijzing_id = v.toewijzing_id`,
  )
  const retourVan = new Map(berichten.map(b => [b.berichtId, b.retourId]))
  const book = await rememberToegewezen(tx, [...(await mapToewijzingen(tx, geraakt)).values()])
  const weg = await dropStates(tx, geraakt, ({ berichtId }) => retourVan.has(berichtId ?? ''))
  await book()
  const kolommen = {
    gemeente: 'text',
    toewijzing_id: 'bigint',
    versie: 'integer',
    aanbieder_id: 'integer',
    retour_id: 'uuid',
    op: 'timestamptz',
  }
  await insertBulk(
    tx,
    'toegang.versie_ingetrokken',
    kolommen,
    weg.map(({ toewijzing: t, nummer, berichtId }) => [
      t.gemeente,
      t.toewijzingId,
      nummer,
      t.aanbiederId,
      retourVan.get(berichtId ?? '') ?? '',
      ctx.nu,
    ]),
  )
}

/**
 * Makes these toewijzingen stand, and count for their referrers, as if some of their states had never been there. Answers those states,
 * for the caller to mark or delete; a toewijzing of which none is left does not hold any more. What they are worth the caller books, who
 * knows what else goes.
 */
export async function dropStates(
  tx: Tx,
  nummers: readonly ToewijzingVraag[],
  gaatWeg: (toestand: Toestand) => boolean,
): Promise<(Toestand & { toewijzing: Toewijzing })[]> {
  const toewijzingen = [...(await mapToewijzingen(tx, nummers)).values()]
  const toestanden = await mapToestanden(tx, toewijzingen)
  const weg: (Toestand & { toewijzing: Toewijzing })[] = []
  const verwijzingen: VerwijzingBoeking[] = []
  const stand: (string | number | boolean)[][] = []
  for (const t of toewijzingen) {
    const alle = toestanden.get(`${t.gemeente}|${t.toewijzingId}`) ?? []
    const stond = alle.filter(toestand => toestand.geldt)
    weg.push(...stond.filter(gaatWeg).map(toestand => ({ ...toestand, toewijzing: t })))
    const staat = stond.filter(toestand => !gaatWeg(toestand))
    const over = latest(staat)
    const actueel = over ?? latest(alle)
    if (!actueel) continue
    stand.push([t.gemeente, t.toewijzingId, actueel.nummer, over !== undefined])
    verwijzingen.push(...verwijzing(t, stond[0]?.versie, -1), ...verwijzing(t, staat[0]?.versie, 1))
  }
  await queryKeys(
    tx,
    { gemeente: 'text', toewijzing_id: 'bigint', versie: 'integer', geldt: 'boolean' },
    stand,
    `update toegang.toewijzing t set actuele_versie = v.versie, geldt = v.geldt
     from vraag v where t.gemeente = v.gemeente and t.toewijzing_id = v.toewijzing_id`,
  )
  await bookVerwijzingen(tx, verwijzingen)
  return weg
}
