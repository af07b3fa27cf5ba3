import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Staat } from '../../dossiers/rules.ts'

export interface EigenDoorloop {
  doorloopId: number
  dossier: string
  staat: Staat
  af: number
  /** Contributions that nobody has answered. */
  wachtend: number
}

/** Runs that this person leads and that are not finished. */
export async function listEigenDoorlopen(db: Db, gebruikerId: number): Promise<EigenDoorloop[]> {
  const { rows } = await sql<EigenDoorloop>`
    select l.doorloop_id as "doorloopId", d.naam as dossier, l.staat,
           (select count(*) from beleid.deel a where a.doorloop_id = l.doorloop_id and a.onderdeel = 'antwoord'
              and a.inhoud ->> 'staat' in ('beantwoord', 'open-gelaten')) as af,
           (select count(*) from beleid.bijdrage b where b.doorloop_id = l.doorloop_id and b.uitkomst is null) as wachtend
    from beleid.doorloop l join beleid.dossier d using (dossier_id)
    where l.trekker = ${gebruikerId} and l.staat in ('loopt', 'gepauzeerd', 'voorgelegd') order by d.naam`.execute(
    db,
  )
  return rows
}

export interface Bestuursstuk {
  doorloopId: number
  dossier: string
  van: string | null
  staat: Staat
  /** When it was laid before. */
  op: Date
  besluitOp: Datum | null
}

/** What lies before college and raad, and what was decided last. */
export async function listBestuursstukken(db: Db): Promise<Bestuursstuk[]> {
  const { rows } = await sql<Bestuursstuk>`
    select l.doorloop_id as "doorloopId", d.naam as dossier, gm.naam as van, l.staat, max(b.op) as op,
           (select max(s.datum) from beleid.besluit s where s.doorloop_id = l.doorloop_id) as "besluitOp"
    from beleid.doorloop l join beleid.dossier d using (dossier_id) join beleid.blad b using (doorloop_id)
    left join contracten.gemeente gm on gm.code = d.gemeente
    where l.staat in ('voorgelegd', 'vastgesteld')
    group by l.doorloop_id, d.naam, gm.naam, l.staat
    order by l.staat desc, max(b.op) desc limit 10`.execute(db)
  return rows
}

export interface Spelregel {
  opdrachtId: number
  dossier: string
  wat: string
  resultaat: string
}

/** Rules of play that policy gave to the toegang, newest first. */
export async function listSpelregels(db: Db): Promise<Spelregel[]> {
  const { rows } = await sql<Spelregel>`
    select o.opdracht_id as "opdrachtId", d.naam as dossier, o.wat, o.resultaat
    from beleid.opdracht o join beleid.dossier d using (dossier_id)
    where o.bestemming = 'toegang' and o.staat = 'klaar' order by o.opdracht_id desc limit 10`.execute(db)
  return rows
}
