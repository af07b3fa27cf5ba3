import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { ConfigFout } from '../../platform/config.ts'
import { VAN_ONS } from '../../platform/db/schemas.ts'
import { inTransaction } from '../../platform/db/transactie.ts'
import type { Deel, Einde, Kop, Stuk } from './bestand.ts'

/**
 * Puts the rows of a backup into a database that was just made by the same migrations and holds nothing else, in one
 * transaction: whole or not at all. Keys to other tables and triggers are off meanwhile and checked again at the end. So are
 * checks that were never held against what was kept (not valid): COPY would hold them against it.
 * `stukken` comes after the head. `keur` looks at the result before it is final, and throws to refuse it.
 */
export async function restoreRows(
  client: pg.Client,
  stukken: AsyncGenerator<Stuk>,
  keur: () => Promise<void>,
): Promise<Einde['rijen']> {
  const rijen = await inTransaction(client, async () => {
    const herstel = await openUp(client)
    let einde: Einde | undefined
    const geladen: Einde['rijen'] = {}
    for (let stuk = await stukken.next(); !stuk.done; ) {
      const { value } = stuk
      if ('deel' in value && 'tabel' in value.deel) {
        const { rijen, volgende } = await copyTabel(client, value.deel, stukken)
        geladen[value.deel.tabel] = rijen
        stuk = volgende
        continue
      }
      if ('deel' in value && !('tabel' in value.deel)) await restoreDeel(client, value.deel)
      if ('einde' in value) einde = value.einde
      stuk = await stukken.next()
    }
    checkRijen(geladen, einde)
    for (const opdracht of herstel) await client.query(opdracht)
    await keur()
    return geladen
  })
  await client.query('analyze')
  return rijen
}

/** Empties and opens all tables; answers the statements that close them again. */
async function openUp(client: pg.Client): Promise<string[]> {
  const { rows: tabellen } = await client.query<{ tabel: string; dwingt: boolean }>(
    `select format('%I.%I', n.nspname, c.relname) as tabel, c.relforcerowsecurity as dwingt
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${VAN_ONS} and c.relkind = 'r'`,
  )
  const { rows: sleutels } = await client.query<{ tabel: string; naam: string; tekst: string }>(
    `select format('%I.%I', n.nspname, c.relname) as tabel, quote_ident(k.conname) as naam,
       pg_get_constraintdef(k.oid) as tekst
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and ${VAN_ONS}`,
  )
  const { rows: toetsen } = await client.query<{ weg: string; terug: string }>(
    `select format('alter %1$s %2$s drop constraint %3$I', soort, waar, conname) as weg,
       format('alter %1$s %2$s add constraint %3$I %4$s', soort, waar, conname, tekst) as terug
     from (select conname, pg_get_constraintdef(k.oid) as tekst, case when contypid = 0 then 'table' else 'domain' end as soort,
         case when contypid = 0 then conrelid::regclass::text else contypid::regtype::text end as waar
       from pg_constraint k join pg_namespace n on n.oid = k.connamespace
       where k.contype = 'c' and not k.convalidated and ${VAN_ONS})`,
  )
  await client.query(`truncate ${tabellen.map(t => t.tabel).join(', ')}`)
  for (const { weg } of toetsen) await client.query(weg)
  for (const { tabel, naam } of sleutels) await client.query(`alter table ${tabel} drop constraint ${naam}`)
  for (const { tabel, dwingt } of tabellen)
    await client.query(
      `alter table ${tabel} disable trigger user${dwingt ? `; alter table ${tabel} no force row level security` : ''}`,
    )
  return [
    ...toetsen.map(({ terug }) => terug),
    ...sleutels.map(({ tabel, naam, tekst }) => `alter table ${tabel} add constraint ${naam} ${tekst}`),
    ...tabellen.map(({ tabel }) => `alter table ${tabel} enable trigger user`),
    ...tabellen.filter(t => t.dwingt).map(({ tabel }) => `alter table ${tabel} force row level security`),
  ]
}

/** Copies the rows that follow; answers how many, and the piece after them. */
async function copyTabel(
  client: pg.Client,
  { tabel, kolommen }: { tabel: string; kolommen: string[] },
  stukken: AsyncGenerator<Stuk>,
): Promise<{ rijen: number; volgende: IteratorResult<Stuk> }> {
  let rijen = 0
  let volgende = await stukken.next()
  async function* regels() {
    let deel = ''
    while (!volgende.done && 'regel' in volgende.value) {
      deel += `${volgende.value.regel}\n`
      rijen += 1
      if (deel.length > 65_536) {
        yield deel
        deel = ''
      }
      volgende = await stukken.next()
    }
    if (deel !== '') yield deel
  }
  await pipeline(
    Readable.from(regels()),
    client.query(copyFrom(`copy ${tabel} (${kolommen.join(', ')}) from stdin`)),
  )
  return { rijen, volgende }
}

async function restoreDeel(client: pg.Client, deel: Exclude<Deel, { tabel: string }>): Promise<void> {
  if ('reeksen' in deel)
    for (const { naam, laatste } of deel.reeksen)
      await client.query('select setval($1::regclass, $2)', [naam, laatste])
  else
    for (const { taak, gegevens, sleutel, op, pogingen } of deel.taken)
      await client.query(
        `select graphile_worker.add_job($1, $2::json, job_key => $3, run_at => $4::timestamptz, max_attempts => $5)`,
        [taak, JSON.stringify(gegevens), sleutel, op, pogingen],
      )
}

function checkRijen(geladen: Einde['rijen'], einde: Einde | undefined): void {
  const anders = Object.entries(einde?.rijen ?? {}).filter(([tabel, rijen]) => geladen[tabel] !== rijen)
  if (einde === undefined || anders.length > 0)
    throw new ConfigFout(
      `De reservekopie is niet heel: ${anders.map(([tabel]) => tabel).join(', ')}. Er is niets teruggezet.`,
    )
}

/** Whether this program knows every migration of the backup, as it was. Throws ConfigFout otherwise. */
export function checkMigraties(kop: Kop, bekend: readonly { naam: string; checksum: string }[]): void {
  const som = new Map(bekend.map(m => [m.naam, m.checksum]))
  const vreemd = kop.migraties.filter(m => som.get(m.naam) !== m.checksum).map(m => m.naam)
  if (vreemd.length > 0)
    throw new ConfigFout(
      `De reservekopie is van een nieuwere of andere versie van het programma (${vreemd.join(', ')}). Werk het programma bij.`,
    )
}
