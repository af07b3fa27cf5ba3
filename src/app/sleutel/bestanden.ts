import type pg from 'pg'
import type { Kluis } from '../../platform/crypto.ts'
import { seeingAll } from '../../platform/db/inzicht.ts'
import { inTransaction } from '../../platform/db/transactie.ts'
import { packFile, unpackFile } from '../../platform/files.ts'
import { opens } from '../../platform/sleutel.ts'

const PAGINA = 200

interface Plaats {
  gemeente: string
  berichtId: string
  gedaan: number
}

interface Rij {
  gemeente: string
  bericht_id: string
  inhoud: Buffer
}

const BEGIN: Plaats = { gemeente: '', berichtId: '00000000-0000-0000-0000-000000000000', gedaan: 0 }

/**
 * Encrypts every stored file anew and gives it the fingerprint of the new key, a page per transaction with the place where
 * it is, so that a run that was killed goes on there. What came in meanwhile is under the new key already.
 */
export async function changeBestanden(
  client: pg.ClientBase,
  nr: number,
  kluis: Kluis,
  alleenNieuw: Kluis,
  meld: (gedaan: number, totaal: number) => void,
): Promise<void> {
  const { rows: geteld } = await client.query<{ voortgang: Plaats | null }>(
    'select voortgang from platform.sleutel where sleutel_nr = $1',
    [nr],
  )
  let plaats = geteld[0]?.voortgang ?? BEGIN
  await seeingAll(client, async () => {
    const { rows } = await client.query<{ n: number }>('select count(*)::integer as n from berichten.bestand')
    const totaal = rows[0]?.n ?? 0
    for (;;) {
      const volgende = await inTransaction(client, () => wisselPage(client, nr, kluis, alleenNieuw, plaats))
      if (!volgende) break
      plaats = volgende
      meld(plaats.gedaan, Math.max(totaal, plaats.gedaan))
    }
    await wisselKlein(client, kluis, alleenNieuw)
  })
}

/** Tables with a few rows, the id of a row and what is encrypted in it. */
const KLEIN = [
  { tabel: 'platform.invoer', id: 'invoer_id', kolommen: ['inhoud', 'uitkomst'] },
  { tabel: 'platform.concept', id: 'concept_id', kolommen: ['inhoud'] },
]

/** Encrypts every row of these anew, each in a transaction of its own: what is done already is seen by itself. */
async function wisselKlein(client: pg.ClientBase, kluis: Kluis, alleenNieuw: Kluis): Promise<void> {
  for (const { tabel, id, kolommen } of KLEIN) {
    const { rows } = await client.query<{ id: number }>(`select ${id} as id from ${tabel} order by 1`)
    for (const rij of rows)
      await inTransaction(client, async () => {
        const { rows: nu } = await client.query<Record<string, Buffer | null>>(
          `select ${kolommen.join(', ')} from ${tabel} where ${id} = $1 for update`,
          [rij.id],
        )
        for (const [kolom, bytes] of nu.flatMap(Object.entries<Buffer | null>))
          if (bytes !== null && !opens(alleenNieuw, bytes))
            await client.query(`update ${tabel} set ${kolom} = $2 where ${id} = $1`, [
              rij.id,
              kluis.versleutel(kluis.ontsleutel(bytes)),
            ])
      })
  }
}

async function wisselPage(
  client: pg.ClientBase,
  nr: number,
  kluis: Kluis,
  alleenNieuw: Kluis,
  na: Plaats,
): Promise<Plaats | undefined> {
  const { rows } = await client.query<Rij>(
    `select gemeente, bericht_id, inhoud from berichten.bestand where (gemeente, bericht_id) > ($1, $2::uuid)
     order by gemeente, bericht_id limit ${PAGINA} for update`,
    [na.gemeente, na.berichtId],
  )
  const laatste = rows.at(-1)
  if (!laatste) return undefined
  for (const rij of rows) if (!opens(alleenNieuw, rij.inhoud)) await wisselBestand(client, kluis, rij)
  const plaats = {
    gemeente: laatste.gemeente,
    berichtId: laatste.bericht_id,
    gedaan: na.gedaan + rows.length,
  }
  await client.query('update platform.sleutel set voortgang = $2 where sleutel_nr = $1', [nr, plaats])
  return plaats
}

async function wisselBestand(client: pg.ClientBase, kluis: Kluis, rij: Rij): Promise<void> {
  const bytes = await unpackFile(kluis, rij.inhoud)
  await client.query('update berichten.bestand set inhoud = $3 where gemeente = $1 and bericht_id = $2', [
    rij.gemeente,
    rij.bericht_id,
    await packFile(kluis, bytes),
  ])
  await client.query(
    'update berichten.bericht set vingerafdruk = $3 where gemeente = $1 and bericht_id = $2',
    [rij.gemeente, rij.bericht_id, kluis.vingerafdruk(bytes)],
  )
}
