import { sql } from 'kysely'
import type { Db } from '../../db/tables.ts'
import { formatMoment, Link, Tabel } from '../../ui/index.ts'
import type { Keuzes, Velden } from '../../velden/formulier.ts'
import type { Rijgegevens } from '../register.ts'
import { sayDifferences } from '../voorbeelden.ts'

/** One change to a row: what stood there, and what stands there since. */
export interface Historie {
  wijzigingId: number
  oud: Rijgegevens | null
  nieuw: Rijgegevens | null
  op: Date
  door: string | null
  /** The file that brought it, if one did. */
  invoerId: number | null
  /** The change that it undid, if it did. */
  ongedaan: number | null
}

/** Every change to one row, newest first. */
export async function listWijzigingen(db: Db, register: string, sleutel: string): Promise<Historie[]> {
  const { rows } = await sql<Historie>`
    select w.wijziging_id as "wijzigingId", w.oud, w.nieuw, w.op, coalesce(g.naam, token.door) as door, w.invoer_id as "invoerId",
      w.ongedaan
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

/** What it was, in words; of an undoing what was undone. */
function Verschil({
  velden,
  keuzes,
  wijziging: { oud, nieuw, ongedaan },
}: {
  velden: Velden
  keuzes: Keuzes
  wijziging: Pick<Historie, 'oud' | 'nieuw' | 'ongedaan'>
}) {
  if (nieuw === null) return ongedaan === null ? 'Verwijderd' : 'Ongedaan gemaakt: het toevoegen'
  if (oud === null) return ongedaan === null ? 'Toegevoegd' : 'Ongedaan gemaakt: het verwijderen'
  const regels = sayDifferences(velden, keuzes, { oud, nieuw }).map(({ kop, oud: was, nieuw: nu }) => (
    <div key={kop}>
      {kop}: {was ?? 'leeg'} → {nu ?? 'leeg'}
    </div>
  ))
  return ongedaan === null ? (
    regels
  ) : (
    <>
      Ongedaan gemaakt:
      {regels}
    </>
  )
}
