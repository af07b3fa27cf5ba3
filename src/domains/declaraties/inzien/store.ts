import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Scope } from '../../../platform/db/database.ts'
import { type Lijstlezer, type Lijstvraag, searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { declaratiePad } from '../adres.ts'
import type { Prestatie, Vergelijking } from '../controle/rules.ts'
import { type Aangehouden, sumAangehoudenPerDeclaratie } from '../samenloop/store.ts'
import type { Maandstand, Uitkomst } from './uitkomst.ts'

/** Key of a row of one municipality. */
export interface Sleutel {
  gemeente: string
  id: number
}

export interface Declaratieregel {
  gemeente: string
  gemeenteNaam: string
  declaratieId: number
  berichtId: string
  domein: 'jw' | 'wmo'
  aanbiederId: number
  aanbieder: string
  nummer: string
  maand: Datum
  dagtekening: Datum
  ingediend: number
  toegekend: number
  regels: number
  afgekeurd: number
  geldt: boolean
  /** Answered and paid by an older system. */
  overgenomen: boolean
  ontvangenOp: Date
  beslotenOp: Date
  /** Of the whole and of single lines together; null when there is nothing to pay. */
  betaling: number | null
  /** The part of `betaling` that was paid, and when last. */
  betaald: number
  laatstBetaaldOp: Datum | null
  vervaltOp: Datum | null
  /** When the last part was paid; null as long as something is open. */
  betaaldOp: Datum | null
}

/** As the list has it: what is held back of it stands in the file only, where what is open, paid and waiting is told apart. */
export type Lijstregel = Declaratieregel & Aangehouden

const BRON = sql`declaraties.declaratie d
  join contracten.gemeente g on g.code = d.gemeente
  join aanbieders.aanbieder a on a.aanbieder_id = d.aanbieder_id`
/** All payments of a declaratie: that of the whole and those of single lines. It is paid when all are. */
const MET_BETALING = sql`${BRON}
  left join lateral (
    select sum(b.bedrag)::bigint as bedrag, coalesce(sum(b.bedrag) filter (where b.betaald_op is not null), 0)::bigint as betaald,
           min(b.vervalt_op) as vervalt_op, max(b.betaald_op) as laatst_betaald_op,
           case when bool_and(b.betaald_op is not null) then max(b.betaald_op) end as betaald_op
    from declaraties.betaling b
    where b.gemeente = d.gemeente and b.declaratie_id = d.declaratie_id and b.bedrag <> 0) b on true`

const KOLOMMEN = sql`d.gemeente, g.naam as "gemeenteNaam", d.declaratie_id as "declaratieId",
  d.bericht_id as "berichtId", d.domein, d.aanbieder_id as "aanbiederId", a.naam as aanbieder, d.nummer, d.maand,
  d.dagtekening, d.ingediend, d.toegekend, d.regels, d.regels_afgekeurd as afgekeurd, d.geldt, d.overgenomen,
  d.ontvangen_op as "ontvangenOp", d.besloten_op as "beslotenOp", b.bedrag as betaling, b.betaald,
  b.vervalt_op as "vervaltOp", b.laatst_betaald_op as "laatstBetaaldOp", b.betaald_op as "betaaldOp"`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  ontvangen: sql`d.ontvangen_op`,
  nummer: sql`d.nummer`,
  aanbieder: sql`a.naam`,
  gemeente: sql`g.naam`,
  maand: sql`d.maand`,
  ingediend: sql`d.ingediend`,
  toegekend: sql`d.toegekend`,
  afgekeurd: sql`d.regels_afgekeurd`,
}

const UITKOMST: Readonly<Record<Uitkomst, RawBuilder<unknown>>> = {
  goedgekeurd: sql`d.geldt and d.regels_afgekeurd = 0`,
  deels: sql`d.geldt and d.regels_afgekeurd > 0 and d.regels_afgekeurd < d.regels`,
  afgekeurd: sql`d.geldt and d.regels_afgekeurd = d.regels and d.regels > 0`,
  geweigerd: sql`not d.geldt`,
}

/** Repeats what row-level security demands, in a form that the planner can use an index for. */
export function eigenRijen(scope: Scope, tabel: 'd' | 'b'): RawBuilder<unknown> {
  return scope.aanbieder === null
    ? sql`${sql.ref(tabel)}.gemeente = any(${[...scope.gemeentenClient]}::text[])`
    : sql`${sql.ref(tabel)}.aanbieder_id = ${scope.aanbieder}`
}

const EISEN: Readonly<Record<string, (waarde: string) => RawBuilder<unknown>>> = {
  zoek: zoek => searchEis(sql`d.nummer`, sql`a.naam`, sql`a.agb`)(zoek) ?? sql`true`,
  wet: wet => sql`d.domein = ${wet}`,
  uitkomst: uitkomst => sql`(${UITKOMST[uitkomst as Uitkomst]})`,
  gemeente: gemeente => sql`d.gemeente = ${gemeente}`,
  aanbieder: aanbieder => sql`d.aanbieder_id = ${Number(aanbieder)}`,
  maand: maand => sql`d.maand = ${maand}::date`,
  // Has lines on it. Two halves, each with an index of its own: approved lines and refused ones.
  toewijzing: sleutel => {
    const [gemeente = '', id = ''] = sleutel.split('.')
    return sql`d.gemeente = ${gemeente} and d.declaratie_id = any(array(
      select declaratie_id from declaraties.prestatie
        where gemeente = ${gemeente} and toewijzing_id = ${Number(id)} and goedgekeurd
      union select declaratie_id from declaraties.prestatie
        where gemeente = ${gemeente} and toewijzing_id = ${Number(id)} and not goedgekeurd))`
  },
  // Has at least one line that this rule was the first to refuse: as lines are counted per rule.
  regel: regel => sql`exists (select from declaraties.bevinding f
    where f.gemeente = d.gemeente and f.declaratie_id = d.declaratie_id and f.volgnummer = 1 and f.regelcode = ${regel})`,
  sinds: sinds => sql`d.ontvangen_op >= ${sinds}::date`,
}

function eisVan(naam: string) {
  const eis = EISEN[naam]
  if (eis === undefined) throw new Error(`declaraties are not filtered by ${naam}`)
  return eis
}

function conditions({ filter, scope }: Lijstvraag): RawBuilder<unknown> {
  const gevraagd = Object.entries(filter).flatMap(([naam, waarde]) =>
    waarde === '' ? [] : [eisVan(naam)(waarde)],
  )
  return sql.join([eigenRijen(scope, 'd'), ...gevraagd], sql` and `)
}

export interface Som {
  totaal: number
  ingediend: number
  toegekend: number
}

export const DECLARATIES: Lijstlezer<Lijstregel, Som> = {
  volgorde: Object.keys(VOLGORDE),
  async rijen(db, vraag, deel) {
    const { kolom, richting } = vraag.orde
    const volgorde = sql`${VOLGORDE[kolom]} ${richting === 'op' ? sql`asc` : sql`desc`} nulls last,
      d.ontvangen_op desc, d.gemeente, d.declaratie_id desc`
    // First which rows, then their payments: those of the whole list would be added up to show one page.
    const { rows } = await sql<Declaratieregel>`
      with keuze as materialized (
        select d.gemeente, d.declaratie_id from ${BRON} where ${conditions(vraag)}
        order by ${volgorde} limit ${deel.aantal} offset ${deel.vanaf})
      select ${KOLOMMEN} from ${MET_BETALING}
      where (d.gemeente, d.declaratie_id) in (select gemeente, declaratie_id from keuze)
      order by ${volgorde}`.execute(db)
    const aangehouden = new Map(
      (vraag.bestand ? await sumAangehoudenPerDeclaratie(db) : []).map(a => [declaratiePad(a), a]),
    )
    return rows.map(rij => {
      const { wacht = 0, niet = 0 } = aangehouden.get(declaratiePad(rij)) ?? {}
      return { ...rij, wacht, niet }
    })
  },
  async tel(db, vraag) {
    const { rows } = await sql<Som>`
      select count(*) as totaal, coalesce(sum(d.ingediend), 0)::bigint as ingediend,
             coalesce(sum(d.toegekend), 0)::bigint as toegekend
      from ${BRON} where ${conditions(vraag)}`.execute(db)
    return rows[0] ?? { totaal: 0, ingediend: 0, toegekend: 0 }
  },
}

export interface Keuze {
  waarde: string
  naam: string
}

/** The choices of the filters: own municipalities and the providers one may see. */
export async function listKeuzes(db: Db, scope: Scope): Promise<{ gemeenten: Keuze[]; aanbieders: Keuze[] }> {
  const gemeenten = await sql<Keuze>`
    select code as waarde, naam from contracten.gemeente
    where ${scope.aanbieder !== null} or code = any(${[...scope.gemeentenClient]}::text[]) order by naam`.execute(
    db,
  )
  const aanbieders = await sql<Keuze>`
    select aanbieder_id::text as waarde, naam from aanbieders.aanbieder order by naam`.execute(db)
  return { gemeenten: gemeenten.rows, aanbieders: aanbieders.rows }
}

export async function findDeclaratie(
  db: Db,
  { gemeente, id }: Sleutel,
): Promise<Declaratieregel | undefined> {
  const { rows } = await sql<Declaratieregel>`
    select ${KOLOMMEN} from ${MET_BETALING} where d.gemeente = ${gemeente} and d.declaratie_id = ${id}`.execute(
    db,
  )
  return rows[0]
}

/** Declaraties with exactly this number, in any municipality within the scope. */
export async function listByNummer(db: Db, nummer: string): Promise<Declaratieregel[]> {
  const { rows } = await sql<Declaratieregel>`
    select ${KOLOMMEN} from ${MET_BETALING} where d.nummer = ${nummer} order by d.ontvangen_op desc limit 20`.execute(
    db,
  )
  return rows
}

export interface Groep {
  /** Code of the first rule that refused the lines; null for the approved ones. */
  regelcode: string | null
  retourcode: string | null
  regels: number
  /** Debits minus credits. */
  bedrag: number
}

/** The lines of a declaratie by their first finding; together exactly all its lines and its whole amount. */
export async function listGroepen(db: Db, { gemeente, id }: Sleutel): Promise<Groep[]> {
  const { rows } = await sql<Groep>`
    select f.regelcode, f.retourcode, count(*) as regels,
           coalesce(sum(case when p.debet then p.bedrag else -p.bedrag end), 0)::bigint as bedrag
    from declaraties.prestatie p
    left join declaraties.bevinding f on f.gemeente = p.gemeente and f.declaratie_id = p.declaratie_id
      and f.regel = p.regel and f.volgnummer = 1
    where p.gemeente = ${gemeente} and p.declaratie_id = ${id}
    group by f.regelcode, f.retourcode
    order by f.regelcode is null, count(*) desc, f.regelcode`.execute(db)
  return rows
}

export interface Bevinding {
  regelcode: string
  retourcode: string
  melding: string
  feiten: readonly Vergelijking[]
}

/** A line elsewhere that this one credits, or that credits this one. */
export interface Verwijzing {
  declaratieId: number
  nummer: string
  referentie: string
}

export interface Prestatieregel extends Prestatie {
  regel: number
  toewijzingId: number | null
  product: string | null
  goedgekeurd: boolean
  bevindingen: readonly Bevinding[]
  crediteert: Verwijzing | null
  gecrediteerdDoor: Verwijzing | null
}

const KETEN = (eis: RawBuilder<unknown>) => sql`(
  select jsonb_build_object('declaratieId', q.declaratie_id, 'nummer', e.nummer, 'referentie', q.referentie)
  from declaraties.prestatie q
  join declaraties.declaratie e on e.gemeente = q.gemeente and e.declaratie_id = q.declaratie_id
  where q.gemeente = p.gemeente and ${eis} limit 1)`

/** `groep`: code of the first finding, 'goedgekeurd', or null for all; refused lines come first. */
export async function listPrestaties(
  db: Db,
  { gemeente, id }: Sleutel,
  groep: string | null,
  deel: { aantal: number; vanaf: number },
): Promise<Prestatieregel[]> {
  const eis =
    groep === null
      ? sql`true`
      : groep === 'goedgekeurd'
        ? sql`eerste.regelcode is null`
        : sql`eerste.regelcode = ${groep}`
  const { rows } = await sql<Prestatieregel>`
    with p as materialized (
      select p.* from declaraties.prestatie p
      left join declaraties.bevinding eerste on eerste.gemeente = p.gemeente
        and eerste.declaratie_id = p.declaratie_id and eerste.regel = p.regel and eerste.volgnummer = 1
      where p.gemeente = ${gemeente} and p.declaratie_id = ${id} and ${eis}
      order by eerste.regelcode nulls last, p.regel
      limit ${deel.aantal} offset ${deel.vanaf})
    select p.regel, p.toewijzing_id as "toewijzingId", p.toewijzing_nummer as "toewijzingNummer", r.naam as product,
           p.categorie, p.code, p.begin, p.eind, p.volume, p.eenheid, p.tarief, p.bedrag, p.debet, p.referentie,
           p.vorige_referentie as "vorigeReferentie", p.goedgekeurd,
           coalesce((select jsonb_agg(jsonb_build_object('regelcode', f.regelcode, 'retourcode', f.retourcode,
               'melding', f.melding, 'feiten', f.feiten) order by f.volgnummer)
             from declaraties.bevinding f
             where f.gemeente = p.gemeente and f.declaratie_id = p.declaratie_id and f.regel = p.regel),
             '[]') as bevindingen,
           case when not p.debet then ${KETEN(sql`q.aanbieder_id = p.aanbieder_id and q.domein = p.domein
             and q.referentie = p.vorige_referentie and q.houdt_referentie`)} end as crediteert,
           case when p.debet and p.goedgekeurd then ${KETEN(sql`q.toewijzing_id = p.toewijzing_id
             and q.categorie = p.categorie and q.code = p.code and q.begin = p.begin and not q.debet
             and q.keten = p.keten and q.goedgekeurd`)} end as "gecrediteerdDoor"
    from p left join contracten.product r on r.product_id = p.product_id
    order by (select f.regelcode from declaraties.bevinding f where f.gemeente = p.gemeente
      and f.declaratie_id = p.declaratie_id and f.regel = p.regel and f.volgnummer = 1) nulls last, p.regel`.execute(
    db,
  )
  return rows
}

/**
 * What was claimed on one toewijzing per month of care, net of credits, of the messages received up to and including
 * the day `op`. Volume in minutes where claimed in hours or minutes, else in units; refused lines count only in euros.
 */
export async function listMaandstanden(db: Db, { gemeente, id }: Sleutel, op: Datum): Promise<Maandstand[]> {
  const regels = (goed: boolean) => sql`
    select begin, volume, eenheid, bedrag, debet, goedgekeurd from declaraties.prestatie
    where gemeente = ${gemeente} and toewijzing_id = ${id} and ontvangen_op < ${op}::date + 1
      and ${goed ? sql`goedgekeurd` : sql`not goedgekeurd`}`
  const { rows } = await sql<Maandstand>`
    select date_trunc('month', begin)::date as maand,
           coalesce(sum(case when debet then 1 else -1 end * volume * case when eenheid = '04' then 60 else 1 end)
             filter (where goedgekeurd), 0)::bigint as geleverd,
           coalesce(sum(case when debet then bedrag else -bedrag end) filter (where goedgekeurd), 0)::bigint as goedgekeurd,
           coalesce(sum(case when debet then bedrag else -bedrag end) filter (where not goedgekeurd), 0)::bigint as afgekeurd,
           count(*) as regels
    from (${regels(true)} union all ${regels(false)}) p group by 1 order by 1`.execute(db)
  return rows
}

export interface Afgekeurd {
  regelcode: string
  declaraties: number
  regels: number
  bedrag: number
}

/** Lines refused since a day (inclusive, by receipt), per first rule that refused them; most euros first. */
export async function listAfgekeurd(db: Db, scope: Scope, sinds: Datum): Promise<Afgekeurd[]> {
  const { rows } = await sql<Afgekeurd>`
    select f.regelcode, count(distinct (d.gemeente, d.declaratie_id)) as declaraties, count(*) as regels, sum(p.bedrag)::bigint as bedrag
    from declaraties.declaratie d
    join declaraties.bevinding f on f.gemeente = d.gemeente and f.declaratie_id = d.declaratie_id and f.volgnummer = 1
    join declaraties.prestatie p on p.gemeente = f.gemeente and p.declaratie_id = f.declaratie_id and p.regel = f.regel
    where ${eigenRijen(scope, 'd')} and d.ontvangen_op >= ${sinds}::date and d.regels_afgekeurd > 0
      and not d.overgenomen
    group by f.regelcode order by bedrag desc, f.regelcode`.execute(db)
  return rows
}
