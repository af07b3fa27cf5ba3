import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Controleniveau } from '../../istandaard/index.ts'
import { BERICHT_BRON, BERICHT_KOLOMMEN, type Berichtregel } from '../verkeer/store.ts'

export interface Berichtkaart extends Berichtregel {
  antwoordOp: string | null
  grootte: number
}

/** One message as far as the asker may see it. */
export async function findBericht(
  db: Db,
  gemeente: string,
  berichtId: string,
): Promise<Berichtkaart | undefined> {
  const { rows } = await sql<Berichtkaart>`
    select ${BERICHT_KOLOMMEN}, b.antwoord_op as "antwoordOp", f.grootte
    from ${BERICHT_BRON} join berichten.bestand f using (gemeente, bericht_id)
    where b.gemeente = ${gemeente} and b.bericht_id = ${berichtId}`.execute(db)
  return rows[0]
}

/** The file of a message, packed. */
export async function findBestand(db: Db, gemeente: string, berichtId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ inhoud: Buffer }>`
    select inhoud from berichten.bestand where gemeente = ${gemeente} and bericht_id = ${berichtId}`.execute(
    db,
  )
  return rows[0]?.inhoud
}

export interface BewaardeBevinding {
  niveau: Controleniveau
  regel: string
  retourcode: string | null
  pad: string
  melding: string
}

/** What was found in a message, in the order of finding. */
export async function listBevindingen(
  db: Db,
  gemeente: string,
  berichtId: string,
): Promise<BewaardeBevinding[]> {
  const { rows } = await sql<BewaardeBevinding>`
    select niveau, regel, retourcode, pad, melding from berichten.bevinding
    where gemeente = ${gemeente} and bericht_id = ${berichtId} order by volgnummer`.execute(db)
  return rows
}

export interface BewaardeGebeurtenis {
  soort: string
  op: Date
  door: string
  /** Organisation of the person or token that did it; null for the system. */
  organisatie: string | null
}

/** What happened to a message, oldest first. Names of persons stay out: the other party reads this too. */
export async function listGebeurtenissen(
  db: Db,
  gemeente: string,
  berichtId: string,
): Promise<BewaardeGebeurtenis[]> {
  const { rows } = await sql<BewaardeGebeurtenis>`
    select e.soort, e.op, e.door, g.organisatie
    from berichten.gebeurtenis e
    left join platform.token t on e.door = 'token:' || t.token_id
    left join platform.gebruiker g on g.gebruiker_id = t.gebruiker_id or e.door = 'gebruiker:' || g.gebruiker_id
    where e.gemeente = ${gemeente} and e.bericht_id = ${berichtId} order by e.volgnummer`.execute(db)
  return rows
}

export interface Verwant {
  berichtId: string
  soort: string
  identificatie: string
  ontvangenOp: Date
}

const VERWANT = sql`bericht_id as "berichtId", soort, identificatie, ontvangen_op as "ontvangenOp"`

/** The answer that was given on a message. */
export async function findAntwoord(
  db: Db,
  gemeente: string,
  berichtId: string,
): Promise<Verwant | undefined> {
  const { rows } = await sql<Verwant>`
    select ${VERWANT} from berichten.bericht
    where gemeente = ${gemeente} and antwoord_op = ${berichtId}`.execute(db)
  return rows[0]
}

/** The message with this id, as one end of a link. */
export async function findVerwant(db: Db, gemeente: string, berichtId: string): Promise<Verwant | undefined> {
  const { rows } = await sql<Verwant>`
    select ${VERWANT} from berichten.bericht where gemeente = ${gemeente} and bericht_id = ${berichtId}`.execute(
    db,
  )
  return rows[0]
}

export interface Geboekt {
  declaratieId: number
  nummer: string
  maand: Datum
  dagtekening: Datum
  ingediend: Eurocent
  toegekend: Eurocent
  regels: number
  regelsAfgekeurd: number
}

/** What a 323 was booked as; undefined when it was refused before its lines were judged. */
export async function findGeboekt(db: Db, gemeente: string, berichtId: string): Promise<Geboekt | undefined> {
  const { rows } = await sql<Geboekt>`
    select declaratie_id as "declaratieId", nummer, maand, dagtekening, ingediend, toegekend, regels,
      regels_afgekeurd as "regelsAfgekeurd"
    from declaraties.declaratie where gemeente = ${gemeente} and bericht_id = ${berichtId}`.execute(db)
  return rows[0]
}

export interface Toegewezen {
  toewijzingId: number
  nummer: number
}

/** The toewijzingen with these numbers, as far as the asker may see them. */
export async function listToewijzingen(
  db: Db,
  gemeente: string,
  domein: string,
  nummers: readonly number[],
): Promise<Toegewezen[]> {
  if (nummers.length === 0) return []
  const { rows } = await sql<Toegewezen>`
    select toewijzing_id as "toewijzingId", nummer from toegang.toewijzing
    where gemeente = ${gemeente} and domein = ${domein} and nummer = any(${[...nummers]}::bigint[])
    order by nummer`.execute(db)
  return rows
}

/** Marks an outgoing message as fetched; false when it was already. */
export async function markOpgehaald(tx: Tx, gemeente: string, berichtId: string): Promise<boolean> {
  const { rows } = await sql`
    update berichten.bericht set staat = 'opgehaald'
    where gemeente = ${gemeente} and bericht_id = ${berichtId} and richting = 'uit' and staat = 'klaar'
    returning bericht_id`.execute(tx)
  return rows.length === 1
}
