import type pg from 'pg'
import type { Kluis } from '../../platform/crypto.ts'
import { seeingAll } from '../../platform/db/inzicht.ts'

const PAGINA = 10_000

interface Rij {
  gemeente: string
  client_id: string
  bsn_versleuteld: Buffer
  persoon: string
}

/**
 * Gives every resident the hash, the ciphertext and the counting number of the new key, in the transaction that is under
 * way; answers how many. `kluis` reads the old key too.
 */
export async function changeClienten(client: pg.ClientBase, kluis: Kluis): Promise<number> {
  return seeingAll(client, () => wisselAlle(client, kluis))
}

async function wisselAlle(client: pg.ClientBase, kluis: Kluis): Promise<number> {
  await client.query(
    `create temporary table wissel (gemeente text, client_id bigint, bsn_hash bytea, bsn_versleuteld bytea,
       persoon_oud bigint, persoon bigint) on commit drop`,
  )
  let aantal = 0
  for (let na = { gemeente: '', client_id: '0' }; ; ) {
    const { rows } = await client.query<Rij>(
      // Qualified: without that, the order would be that of the text that is answered.
      `select c.gemeente, c.client_id::text, c.bsn_versleuteld, c.persoon::text from toegang.client c
       where (c.gemeente, c.client_id) > ($1, $2::bigint) order by c.gemeente, c.client_id limit ${PAGINA}`,
      [na.gemeente, na.client_id],
    )
    await insertPage(client, kluis, rows)
    aantal += rows.length
    const laatste = rows.at(-1)
    if (!laatste || rows.length < PAGINA) break
    na = laatste
  }
  const { rowCount } = await client.query(
    `update toegang.client c set bsn_hash = w.bsn_hash, bsn_versleuteld = w.bsn_versleuteld, persoon = w.persoon
     from wissel w where w.gemeente = c.gemeente and w.client_id = c.client_id`,
  )
  const { rows: alle } = await client.query<{ n: number }>(
    'select count(*)::integer as n from toegang.client',
  )
  if (rowCount !== alle[0]?.n) throw new Error(`${rowCount} of ${alle[0]?.n} residents would change`)
  await client.query(
    `update sturing.clientmaand m set persoon = w.persoon
     from (select distinct persoon_oud, persoon from wissel) w where m.persoon = w.persoon_oud`,
  )
  return aantal
}

async function insertPage(client: pg.ClientBase, kluis: Kluis, rows: readonly Rij[]): Promise<void> {
  const nieuw = rows.map(rij => {
    const bsn = kluis.ontsleutel(rij.bsn_versleuteld)
    const tekst = bsn.toString()
    return { hash: kluis.bsnHash(tekst), versleuteld: kluis.versleutel(bsn), persoon: kluis.persoon(tekst) }
  })
  await client.query(
    `insert into wissel
     select * from unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[], $6::bigint[])`,
    [
      rows.map(rij => rij.gemeente),
      rows.map(rij => rij.client_id),
      nieuw.map(n => n.hash),
      nieuw.map(n => n.versleuteld),
      rows.map(rij => rij.persoon),
      nieuw.map(n => n.persoon),
    ],
  )
}
