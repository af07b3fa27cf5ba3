import { type RawBuilder, sql } from 'kysely'
import { type Datum, formatDatumKort } from '../../../platform/dates.ts'
import { gelijkEis, searchEis } from '../../../platform/db/lijst.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import { type Letopvraag, type Opmerking, together } from '../../../platform/register/letop.ts'
import { defineRegister } from '../../../platform/register/register.ts'
import { bedrag, datum, getal, verwijzing } from '../../../platform/velden/soorten.ts'
import { judgePlafondstap } from '../afspraken/sprong.ts'
import { listAanbieders, listGemeenten, listSegmenten } from './keuzes.ts'

const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'

/** A ceiling: of what, when decided. */
const PLAFOND = {
  segment: verwijzing({ label: 'Voor welk segment?', kop: 'Segment', kies: 'Kies een segment.' }),
  gemeente: verwijzing({
    label: 'Van welke gemeente?',
    kop: 'Gemeente',
    kies: 'Kies een gemeente.',
    cijfers: 4,
  }),
  jaar: getal({
    label: 'Voor welk jaar?',
    kop: 'Jaar',
    leeg: 'Vul een jaar in.',
    min: 2015,
    max: 2100,
    aaneen: true,
  }),
  bedrag: bedrag({ label: 'Hoeveel mag het zijn?', kop: 'Bedrag', leeg: 'Vul een bedrag in.' }),
  vastgesteldOp: datum({
    label: 'Wanneer is het vastgesteld?',
    kop: 'Vastgesteld op',
    leeg: 'Vul de dag van het besluit in.',
  }),
}

/** A new ceiling and those of the same municipality and year above or below it. */
interface Verwant {
  sleutel: string
  /** Of ceilings below it: how many, and what they come to together. */
  aantal: number
  som: Eurocent
  /** Name of a segment above it that has one. */
  boven: string | null
}

/** New ceilings above or below another: in whatever counts them together only the upper one does. */
const findVerwante: Letopvraag = async (db, wijzigingen) => {
  const nieuw = wijzigingen.flatMap(w => (w.oud === null ? [{ ...w.nieuw, sleutel: w.sleutel }] : []))
  const { rows } = await sql<Verwant>`
    with plafond as (
      select distinct on (segment_id, gemeente, jaar) segment_id, gemeente, jaar, bedrag from contracten.budgetplafond
      order by segment_id, gemeente, jaar, versie desc
    )
    select r.sleutel, count(*) filter (where k.boven_id = z.segment_id)::integer as aantal,
      coalesce(sum(p.bedrag) filter (where k.boven_id = z.segment_id), 0)::bigint as som,
      min(e.naam) filter (where k.boven_id = e.segment_id) as boven
    from jsonb_to_recordset(${JSON.stringify(nieuw)}::jsonb) as r (sleutel text, segment text, gemeente text, jaar integer)
    join contracten.segment z on z.code = r.segment
    join plafond p on (p.gemeente, p.jaar) = (r.gemeente, r.jaar) and p.segment_id <> z.segment_id
    join contracten.segment e on e.segment_id = p.segment_id
    join contracten.segmentketen k
      on (k.boven_id, k.segment_id) in ((z.segment_id, e.segment_id), (e.segment_id, z.segment_id))
    group by r.sleutel`.execute(db)
  return rows.flatMap(rij =>
    sayVerwante(rij).map(gezegd => ({ sleutel: rij.sleutel, veld: 'bedrag', ...gezegd })),
  )
}

/** What is decided on a day that is still to come is not decided yet. */
const findToekomst: Letopvraag = async (_db, wijzigingen, { vandaag }) =>
  wijzigingen.flatMap(({ sleutel, nieuw }) => {
    const op = nieuw?.vastgesteldOp as Datum
    if (op <= vandaag) return []
    const melding = `Vastgesteld op ${formatDatumKort(op)}: die dag moet nog komen.`
    const soort = 'De dag van het besluit moet nog komen.'
    return [{ sleutel, veld: 'vastgesteldOp', melding, soort, verwacht: 'de dag van een genomen besluit' }]
  })

/** Ceilings that differ much from that of the year before; `vorig`: of rows `r` with their `sleutel`, what that was. */
const findSprong =
  (vorig: (rijen: RawBuilder<unknown>) => RawBuilder<{ sleutel: string; was: Eurocent }>): Letopvraag =>
  async (db, wijzigingen) => {
    const plafonds = wijzigingen.map(({ sleutel, nieuw }) => ({ ...nieuw, sleutel }))
    const rijen = sql`jsonb_to_recordset(${JSON.stringify(plafonds)}::jsonb)
      as r (sleutel text, aanbieder text, segment text, gemeente text, jaar integer)`
    const { rows } = await vorig(rijen).execute(db)
    const was = new Map(rows.map(rij => [rij.sleutel, rij.was]))
    return wijzigingen.flatMap(({ sleutel, nieuw }) => {
      const { bedrag: wordt, jaar } = nieuw as unknown as { bedrag: Eurocent; jaar: number }
      const gezegd = judgePlafondstap({ was: was.get(sleutel) ?? 0, wordt }, jaar)
      return gezegd === undefined ? [] : [{ sleutel, veld: 'bedrag', ...gezegd }]
    })
  }

const findBudgetsprong = findSprong(
  rijen => sql`
    select distinct on (r.sleutel) r.sleutel, b.bedrag as was
    from ${rijen} join contracten.segment s on s.code = r.segment
    join contracten.budgetplafond b on (b.gemeente, b.segment_id, b.jaar) = (r.gemeente, s.segment_id, r.jaar - 1)
    order by r.sleutel, b.versie desc`,
)

const findAanbiedersprong = findSprong(
  rijen => sql`
    select distinct on (r.sleutel) r.sleutel, p.bedrag as was
    from ${rijen} join contracten.segment s on s.code = r.segment join aanbieders.aanbieder a on a.agb = r.aanbieder
    join contracten.aanbiederplafond p
      on (p.aanbieder_id, p.segment_id, p.gemeente, p.jaar) = (a.aanbieder_id, s.segment_id, r.gemeente, r.jaar - 1)
    order by r.sleutel, p.versie desc`,
)

function sayVerwante({ aantal, som, boven }: Verwant): Omit<Opmerking, 'veld'>[] {
  const uit: Omit<Opmerking, 'veld'>[] = []
  if (aantal > 0) {
    const wat = aantal === 1 ? 'valt 1 plafond, van' : `vallen ${aantal} plafonds, samen`
    const melding = `Onder dit segment ${wat} ${formatEuro(som)}. Voor het geheel telt voortaan dit bedrag, en dat niet meer.`
    const soort = 'Onder dit segment vallen al plafonds. Voor het geheel telt voortaan dit bedrag.'
    uit.push({ melding, verwacht: 'een bedrag voor alles wat eronder valt', soort })
  }
  if (boven !== null) {
    const melding = `Het segment hierboven, ‘${boven}’, heeft ook een plafond. Voor het geheel telt dat, en dit niet.`
    uit.push({ melding, verwacht: 'een plafond dat alleen voor dit deel geldt' })
  }
  return uit
}

/** The days of a year. */
const inYear = (jaar: RawBuilder<unknown>) =>
  sql`daterange(make_date(${jaar}, 1, 1), make_date(${jaar} + 1, 1, 1))`

/** What may be spent in a segment: by municipality and year. A new decision is a new version, and the one before stays. */
export const PLAFONDS = defineRegister({
  naam: 'plafonds',
  een: 'plafond',
  deze: 'dit plafond',
  velden: PLAFOND,
  sleutel: ['segment', 'gemeente', 'jaar'],
  dagen: inYear(sql`b.jaar`),
  rechten: { lezen: 'cijfers.lezen', schrijven: 'contracten.beheren' },
  grond: GROND,
  blad: {
    titel: 'Budgetplafonds',
    inleiding: 'Wat er in een segment mag worden uitgegeven, per gemeente en jaar.',
    toont: ['segment', 'gemeente', 'jaar', 'bedrag', 'vastgesteldOp'],
    orde: { kolom: 'jaar', richting: 'af' },
    filters: ['segment', 'gemeente'],
  },
  keuzes: async db => ({ segment: await listSegmenten(db), gemeente: await listGemeenten(db) }),
  letOp: together(findToekomst, findBudgetsprong, findVerwante),
  bron: {
    kolommen: sql`s.code as segment, b.gemeente, b.jaar, b.bedrag, b.vastgesteld_op as "vastgesteldOp"`,
    van: sql`(select distinct on (gemeente, segment_id, jaar) * from contracten.budgetplafond
      order by gemeente, segment_id, jaar, versie desc) b join contracten.segment s using (segment_id)`,
    sleutel: sql`concat_ws('~', s.code, b.gemeente, b.jaar)`,
    volgorde: {
      segment: sql`s.volgorde`,
      gemeente: sql`b.gemeente`,
      jaar: sql`b.jaar`,
      bedrag: sql`b.bedrag`,
    },
    eisen: { segment: gelijkEis(sql`s.code`), gemeente: gelijkEis(sql`b.gemeente`) },
  },
  insert: insertBudgetplafonds,
  update: insertBudgetplafonds,
  async remove(tx, rijen) {
    await sql`
      delete from contracten.budgetplafond b using ${rijen} join contracten.segment s on s.code = r.segment
      where (b.gemeente, b.segment_id, b.jaar) = (r.gemeente, s.segment_id, r.jaar)`.execute(tx)
  },
})

async function insertBudgetplafonds(tx: Tx, rijen: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into contracten.budgetplafond (gemeente, segment_id, jaar, versie, bedrag, vastgesteld_op)
    select r.gemeente, s.segment_id, r.jaar, coalesce(max(b.versie), 0) + 1, r.bedrag, r.vastgesteld_op
    from ${rijen} join contracten.segment s on s.code = r.segment
    left join contracten.budgetplafond b on (b.gemeente, b.segment_id, b.jaar) = (r.gemeente, s.segment_id, r.jaar)
    group by r.gemeente, s.segment_id, r.jaar, r.bedrag, r.vastgesteld_op`.execute(tx)
}

/**
 * What one provider may claim in a segment, by municipality and year. A measure, no rule of intake: a claim above it is judged as any
 * other. A new decision is a new version, and the one before stays.
 */
export const AANBIEDERPLAFONDS = defineRegister({
  naam: 'aanbiederplafonds',
  een: 'aanbiederplafond',
  deze: 'dit aanbiederplafond',
  velden: {
    aanbieder: verwijzing({
      label: 'Voor welke aanbieder?',
      kop: 'Aanbieder',
      kies: 'Kies een aanbieder.',
      cijfers: 8,
    }),
    ...PLAFOND,
  },
  sleutel: ['aanbieder', 'segment', 'gemeente', 'jaar'],
  dagen: inYear(sql`p.jaar`),
  rechten: { lezen: 'contracten.lezen', schrijven: 'contracten.beheren' },
  grond: GROND,
  blad: {
    titel: 'Plafonds per aanbieder',
    inleiding:
      'Wat één aanbieder in een segment mag declareren, per gemeente en jaar. Ook daarboven houdt een inwoner recht op hulp.',
    toont: ['aanbieder', 'segment', 'gemeente', 'jaar', 'bedrag', 'vastgesteldOp'],
    orde: { kolom: 'jaar', richting: 'af' },
    filters: ['aanbieder', 'segment', 'gemeente'],
  },
  keuzes: async db => ({
    aanbieder: await listAanbieders(db),
    segment: await listSegmenten(db),
    gemeente: await listGemeenten(db),
  }),
  letOp: together(findToekomst, findAanbiedersprong),
  bron: {
    kolommen: sql`a.agb as aanbieder, s.code as segment, p.gemeente, p.jaar, p.bedrag, p.vastgesteld_op as "vastgesteldOp"`,
    van: sql`(select distinct on (aanbieder_id, segment_id, gemeente, jaar) * from contracten.aanbiederplafond
      order by aanbieder_id, segment_id, gemeente, jaar, versie desc) p
      join aanbieders.aanbieder a using (aanbieder_id) join contracten.segment s using (segment_id)`,
    sleutel: sql`concat_ws('~', a.agb, s.code, p.gemeente, p.jaar)`,
    volgorde: {
      aanbieder: sql`a.naam`,
      segment: sql`s.volgorde`,
      gemeente: sql`p.gemeente`,
      jaar: sql`p.jaar`,
      bedrag: sql`p.bedrag`,
    },
    eisen: {
      zoek: searchEis(sql`a.naam`, sql`a.agb`),
      aanbieder: gelijkEis(sql`a.agb`),
      segment: gelijkEis(sql`s.code`),
      gemeente: gelijkEis(sql`p.gemeente`),
    },
  },
  insert: insertAanbiederplafonds,
  update: insertAanbiederplafonds,
  async remove(tx, rijen) {
    await sql`
      delete from contracten.aanbiederplafond p using ${rijen}
      join aanbieders.aanbieder a on a.agb = r.aanbieder join contracten.segment s on s.code = r.segment
      where (p.aanbieder_id, p.segment_id, p.gemeente, p.jaar) = (a.aanbieder_id, s.segment_id, r.gemeente, r.jaar)`.execute(
      tx,
    )
  },
})

async function insertAanbiederplafonds(tx: Tx, rijen: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into contracten.aanbiederplafond (aanbieder_id, segment_id, gemeente, jaar, versie, bedrag, vastgesteld_op)
    select a.aanbieder_id, s.segment_id, r.gemeente, r.jaar, coalesce(max(p.versie), 0) + 1, r.bedrag, r.vastgesteld_op
    from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder join contracten.segment s on s.code = r.segment
    left join contracten.aanbiederplafond p
      on (p.aanbieder_id, p.segment_id, p.gemeente, p.jaar) = (a.aanbieder_id, s.segment_id, r.gemeente, r.jaar)
    group by a.aanbieder_id, s.segment_id, r.gemeente, r.jaar, r.bedrag, r.vastgesteld_op`.execute(tx)
}
