import { sql } from 'kysely'
import type { Db } from '../db/tables.ts'
import { formatMoment, Link, Tabel } from '../ui/index.ts'
import { describe, type Keuzes, type Velden } from '../velden/formulier.ts'
import type { Rijgegevens } from './register.ts'

/** One change to a row: what stood there, and what stands there since. */
export interface Historie {
  wijzigingId: number
  oud: Rijgegevens | null
  nieuw: Rijgegevens | null
  op: Date
  door: string | null
  /** The file that brought it, if one did. */
  invoerId: number | null
}

/** Every change to one row, newest first. */
export async function listWijzigingen(db: Db, register: string, sleutel: string): Promise<Historie[]> {
  const { rows } = await sql<Historie>`
    select w.wijziging_id as "wijzigingId", w.oud, w.nieuw, w.op, coalesce(g.naam, token.door) as door, w.invoer_id as "invoerId"
    from platform.wijziging w left join platform.gebruiker g on g.gebruiker_id = w.door
    -- A program acts for nobody by name: the log of the same moment says with whose token.
    left join lateral (
      select 'token ‘' || t.naam || '’ van ' || eigenaar.naam as door from platform.gebeurtenis e
      join platform.token t on e.wie = 'token:' || t.token_id
      join platform.gebruiker eigenaar using (gebruiker_id)
      where w.door is null and e.op = w.op and e.actie = 'register.gewijzigd' and e.onderwerp ->> 'register' = w.register
      limit 1) token on true
    where w.register = ${register} and w.sleutel = ${sleutel} order by w.wijziging_id desc limit 100`.execute(
    db,
  )
  return rows
}

interface Props {
  velden: Velden
  keuzes: Keuzes
  wijzigingen: readonly Historie[]
  /** Address of the register. */
  pad: string
}

/** Who changed what, and when. */
export function Geschiedenis({ velden, keuzes, wijzigingen, pad }: Props) {
  return (
    <Tabel
      bijschrift="Wat er is gewijzigd"
      rijen={wijzigingen}
      sleutel={w => String(w.wijzigingId)}
      leeg={<p>Er is niets gewijzigd sinds dit hier staat.</p>}
      kolommen={[
        { kop: 'Wanneer', rijkop: true, cel: w => formatMoment(w.op) },
        {
          kop: 'Wie',
          cel: w =>
            w.invoerId === null ? (
              (w.door ?? 'bij het laden')
            ) : (
              <>
                {w.door ?? 'bij het laden'}, met{' '}
                <Link href={`${pad}/invoeren/${w.invoerId}`}>bestand {w.invoerId}</Link>
              </>
            ),
        },
        { kop: 'Wat', cel: w => <Verschil velden={velden} keuzes={keuzes} wijziging={w} /> },
      ]}
    />
  )
}

function Verschil({
  velden,
  keuzes,
  wijziging: { oud, nieuw },
}: {
  velden: Velden
  keuzes: Keuzes
  wijziging: Pick<Historie, 'oud' | 'nieuw'>
}) {
  if (nieuw === null) return 'Verwijderd'
  if (oud === null) return 'Toegevoegd'
  const was = describe(velden, oud, keuzes)
  const regels = describe(velden, nieuw, keuzes)
    .map((nu, i) => ({
      naam: nu.naam,
      nu: nu.waarde,
      was: was.find(w => w.naam === nu.naam)?.waarde ?? was[i]?.waarde,
    }))
    .filter(regel => regel.nu !== regel.was)
  return regels.map(({ naam, nu, was: toen }) => (
    <div key={naam}>
      {naam}: {toen ?? 'leeg'} → {nu ?? 'leeg'}
    </div>
  ))
}
