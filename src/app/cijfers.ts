import {
  addToegewezen,
  compareTelling,
  countFeiten,
  replaceCijfers,
  startTelling,
  type ToegewezenBoeking,
  type Vergelijking,
} from '../domains/sturing/index.ts'
import { horizonOf, type Versie, waardePerMaand } from '../domains/toegang/index.ts'
import { type Datum, dateInNederland } from '../platform/dates.ts'
import { clientOf, type Database } from '../platform/db/database.ts'
import type { Tx } from '../platform/db/tables.ts'
import { systeem } from '../platform/http/ctx.ts'

/** Toewijzingen per round: enough to make a bulk insert pay. */
const PER_KEER = 5000

/**
 * Counts all figures anew from the facts, in one transaction, and answers where the tables differed. With `vervang`
 * the tables then hold the new count; without it nothing is written.
 */
export async function rebuildCijfers(database: Database, vervang: boolean): Promise<Vergelijking[]> {
  const { rows } = await database.pool.query<{ code: string }>('select code from contracten.gemeente')
  const { scope } = systeem(
    'cijfers',
    rows.map(r => r.code),
  )
  return database.write(
    scope,
    async tx => {
      await startTelling(tx, vervang)
      await countFeiten(tx)
      for await (const boekingen of readToegewezen(tx)) await addToegewezen(tx, boekingen)
      const vergelijking = await compareTelling(tx)
      if (vervang && vergelijking.some(v => v.verschillen > 0)) await replaceCijfers(tx)
      return vergelijking
    },
    { momentopname: !vervang },
  )
}

interface Rij {
  gemeente: string
  aanbieder_id: number
  segment_id: number
  ingang: Datum
  eind: Datum | null
  reden_wijziging: string | null
  volume: number | null
  eenheid: string | null
  frequentie: string | null
  budget: number | null
  tarief: number | null
  vastgelegd_op: Date
}

/** The value of the current state of every toewijzing, read with a cursor so that memory stays small. */
async function* readToegewezen(tx: Tx): AsyncGenerator<ToegewezenBoeking[]> {
  const client = clientOf(tx)
  await client.query(`
    declare toewijzingen no scroll cursor for
    select v.gemeente, t.aanbieder_id, v.segment_id, v.ingang, v.eind, v.reden_wijziging, v.volume, v.eenheid,
           v.frequentie, v.budget, v.tarief, v.vastgelegd_op
    from toegang.toewijzing t
    join toegang.toewijzing_versie v
      on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie
    where v.segment_id is not null and t.geldt`)
  for (;;) {
    const { rows } = await client.query<Rij>(`fetch ${PER_KEER} from toewijzingen`)
    if (rows.length === 0) break
    yield rows.flatMap(rij =>
      waardePerMaand(toVersie(rij), horizonOf(dateInNederland(rij.vastgelegd_op))).map(
        ({ maand, waarde }) => ({
          gemeente: rij.gemeente,
          maand,
          segmentId: rij.segment_id,
          aanbiederId: rij.aanbieder_id,
          toegewezen: waarde,
        }),
      ),
    )
  }
  await client.query('close toewijzingen')
}

/** As far as the value depends on it. */
function toVersie(rij: Rij): Versie {
  return {
    toegewezenOp: '',
    categorie: null,
    code: null,
    productId: null,
    tariefVanaf: null,
    segmentId: rij.segment_id,
    ingang: rij.ingang,
    eind: rij.eind,
    redenWijziging: rij.reden_wijziging,
    volume: rij.volume,
    eenheid: rij.eenheid,
    frequentie: rij.frequentie,
    budget: rij.budget,
    tarief: rij.tarief,
  }
}
