import { sql } from 'kysely'
import { formatDatumKort, type Periode } from '../../../platform/dates.ts'
import { gelijkEis, searchEis } from '../../../platform/db/lijst.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Fout } from '../../../platform/problem.ts'
import type { Letopvraag } from '../../../platform/register/letop.ts'
import { defineRegister, type Rijregel, readRange } from '../../../platform/register/register.ts'
import {
  bedrag,
  datum,
  getal,
  kenmerk,
  keuze,
  keuzes,
  periode,
  verwijzing,
} from '../../../platform/velden/soorten.ts'
import { judgeStap, sayStappen, stepOf } from '../afspraken/sprong.ts'
import { WETTEN } from '../afspraken/wet.ts'
import { listAanbieders, listContracten, listGemeenten, listProductcodes, listSegmenten } from './keuzes.ts'
import {
  atOnce,
  CONTRACTSEGMENTEN,
  findTariefeinden,
  listDubbeleContracten,
  listDubbeleTarieven,
  PRODUCTSEGMENTEN,
} from './prijzen.ts'
import { findAchterblijvers, findContractbuitenstaanders } from './raakt.ts'

const RECHTEN = { lezen: 'contracten.lezen', schrijven: 'contracten.beheren' } as const
const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'

const CONTRACT = {
  nummer: kenmerk({
    label: 'Wat is het contractnummer?',
    kop: 'Nummer',
    noem: 'het contractnummer',
    max: 50,
    breedte: 'half',
  }),
  aanbieder: verwijzing({
    label: 'Met welke aanbieder?',
    kop: 'Aanbieder',
    kies: 'Kies een aanbieder.',
    cijfers: 8,
  }),
  geldigheid: periode({ label: 'Wanneer loopt het?', kop: 'Loopt', leeg: 'Vul de eerste dag in.' }),
  segmenten: keuzes({ label: 'Voor welke segmenten?', kop: 'Segmenten', kies: 'Kies minstens één segment.' }),
  gemeenten: keuzes({
    label: 'Voor welke gemeenten?',
    kop: 'Gemeenten',
    kies: 'Kies minstens één gemeente.',
    cijfers: 4,
  }),
}

/** A contract stays with whom it was made: prices and payments hang on it. */
async function sameProvider(db: Db): Promise<Rijregel<typeof CONTRACT>> {
  const { rows } = await sql<{ nummer: string; agb: string }>`
    select c.nummer, a.agb from contracten.contract c join aanbieders.aanbieder a using (aanbieder_id)`.execute(
    db,
  )
  const agbVan = new Map(rows.map(rij => [rij.nummer, rij.agb]))
  return ({ nummer = '', aanbieder }) => {
    const agb = agbVan.get(nummer)
    if (agb === undefined || aanbieder === undefined || aanbieder === agb) return []
    return [
      { pad: 'aanbieder', melding: 'Een contract blijft van dezelfde aanbieder. Maak een nieuw contract.' },
    ]
  }
}

type Rijen = Parameters<typeof CONTRACTEN.insert>[1]

async function insertDelen(tx: Tx, rijen: Rijen): Promise<void> {
  await sql`
    insert into contracten.contract_segment (contract_id, aanbieder_id, segment_id)
    select c.contract_id, c.aanbieder_id, s.segment_id
    from ${rijen} join contracten.contract c on c.nummer = r.nummer
    join contracten.segment s on s.code = any (r.segmenten)`.execute(tx)
  await sql`
    insert into contracten.contract_gemeente (contract_id, aanbieder_id, gemeente)
    select c.contract_id, c.aanbieder_id, g.gemeente
    from ${rijen} join contracten.contract c on c.nummer = r.nummer
    cross join unnest(r.gemeenten) as g (gemeente)`.execute(tx)
}

async function removeDelen(tx: Tx, rijen: Rijen): Promise<void> {
  await sql`
    delete from contracten.contract_segment d using ${rijen} join contracten.contract c on c.nummer = r.nummer
    where d.contract_id = c.contract_id`.execute(tx)
  await sql`
    delete from contracten.contract_gemeente d using ${rijen} join contracten.contract c on c.nummer = r.nummer
    where d.contract_id = c.contract_id`.execute(tx)
}

const TARIEF = {
  contract: verwijzing({ label: 'In welk contract?', kop: 'Contract', kies: 'Kies een contract.' }),
  wet: keuze({ label: 'Onder welke wet?', kop: 'Wet', kies: 'Kies een wet.', opties: WETTEN }),
  product: verwijzing({ label: 'Voor welk product?', kop: 'Product', kies: 'Kies een product.' }),
  geldigheid: periode({ label: 'Wanneer geldt het?', kop: 'Geldig', leeg: 'Vul de eerste dag in.' }),
  tarief: bedrag({
    label: 'Wat is het tarief?',
    kop: 'Tarief',
    hulp: 'Per eenheid van het product',
    leeg: 'Vul een tarief in, zoals 93,15.',
    min: 1,
    max: 2_000_000_000,
  }),
}

/** What is paid for a product in a contract, and when. */
export const TARIEVEN = defineRegister({
  naam: 'tarieven',
  een: 'tarief',
  deze: 'dit tarief',
  velden: TARIEF,
  sleutel: ['contract', 'wet', 'product'],
  periode: 'geldigheid',
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Tarieven',
    inleiding: 'Wat een product in een contract kost, en wanneer.',
    toont: ['contract', 'product', 'wet', 'geldigheid', 'tarief'],
    orde: { kolom: 'contract', richting: 'op' },
    filters: ['contract', 'wet'],
  },
  keuzes: async db => ({ contract: await listContracten(db), product: await listProductcodes(db) }),
  regels: insideContract,
  letOp: async (_db, wijzigingen) =>
    wijzigingen.flatMap(wijziging => {
      const stap = stepOf(wijziging)
      const opmerking = stap && judgeStap(stap)
      return opmerking === undefined ? [] : [{ sleutel: wijziging.sleutel, veld: 'tarief', ...opmerking }]
    }),
  samengevat: wijzigingen => sayStappen(wijzigingen.flatMap(wijziging => stepOf(wijziging) ?? [])),
  strijdig: listDubbeleTarieven,
  bron: {
    kolommen: sql`c.nummer as contract, t.wet, t.code as product, ${readRange(sql`t.geldigheid`)} as geldigheid, t.tarief`,
    van: sql`contracten.tarief t join contracten.contract c using (contract_id)
      join aanbieders.aanbieder a on a.aanbieder_id = t.aanbieder_id`,
    sleutel: sql`concat_ws('~', c.nummer, t.wet, t.code, lower(t.geldigheid))`,
    volgorde: {
      contract: sql`c.nummer`,
      product: sql`t.code`,
      begin: sql`lower(t.geldigheid)`,
      tarief: sql`t.tarief`,
    },
    eisen: {
      zoek: searchEis(sql`c.nummer`, sql`t.code`, sql`a.naam`),
      wet: gelijkEis(sql`t.wet`),
      contract: gelijkEis(sql`c.nummer`),
    },
  },
  async insert(tx, rijen) {
    await sql`
      insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
      select c.contract_id, c.aanbieder_id, r.wet, r.product, r.geldigheid, r.tarief
      from ${rijen} join contracten.contract c on c.nummer = r.contract`.execute(tx)
  },
  async update(tx, rijen) {
    await atOnce(tx, () =>
      sql`
      update contracten.tarief t set geldigheid = r.geldigheid, tarief = r.tarief
      from ${rijen} join contracten.contract c on c.nummer = r.contract
      where t.contract_id = c.contract_id and (t.wet, t.code) = (r.wet, r.product)
        and lower(t.geldigheid) = lower(r.geldigheid)`.execute(tx),
    )
  },
  async remove(tx, rijen) {
    await atOnce(tx, () =>
      sql`
      delete from contracten.tarief t using ${rijen} join contracten.contract c on c.nummer = r.contract
      where t.contract_id = c.contract_id and (t.wet, t.code) = (r.wet, r.product)
        and lower(t.geldigheid) = lower(r.geldigheid)`.execute(tx),
    )
  },
})

/** A price lies within its contract, and is for a product that the catalogue knows under that law, in a segment of the contract. */
async function insideContract(db: Db): Promise<Rijregel<typeof TARIEF>> {
  const contracten = await sql<{ nummer: string; geldigheid: Periode; segmenten: number[] }>`
    select nummer, ${readRange(sql`geldigheid`)} as geldigheid, ${CONTRACTSEGMENTEN} as segmenten
    from contracten.contract c`.execute(db)
  const producten = await sql<{ sleutel: string; segmenten: number[] }>`
    select wet || '~' || code as sleutel, ${PRODUCTSEGMENTEN} as segmenten from contracten.productcode p`.execute(
    db,
  )
  const perNummer = new Map(contracten.rows.map(rij => [rij.nummer, rij]))
  const perProduct = new Map(producten.rows.map(rij => [rij.sleutel, rij.segmenten]))
  return ({ contract, wet, product, geldigheid }) => {
    const heel = contract === undefined ? undefined : perNummer.get(contract)
    const fouten = heel && geldigheid ? checkWithin(geldigheid, heel.geldigheid) : []
    if (!wet || !product) return fouten
    const segmenten = perProduct.get(`${wet}~${product}`)
    if (segmenten === undefined) fouten.push({ pad: 'product', melding: 'Kies een product van deze wet.' })
    else if (heel && !segmenten.some(segment => heel.segmenten.includes(segment)))
      fouten.push({
        pad: 'product',
        melding: 'Dit product hoort bij een segment dat niet in het contract staat.',
      })
    return fouten
  }
}

function checkWithin(deel: Periode, heel: Periode): Fout[] {
  const loopt = `Het contract loopt van ${formatDatumKort(heel.begin)}${heel.eind === null ? ', zonder einde' : ` tot en met ${formatDatumKort(heel.eind)}`}.`
  const fouten: Fout[] = []
  if (deel.begin < heel.begin || (heel.eind !== null && deel.begin > heel.eind))
    fouten.push({ pad: 'geldigheidBegin', melding: `${loopt} Kies een eerste dag daarin.` })
  else if (heel.eind !== null && (deel.eind === null || deel.eind > heel.eind))
    fouten.push({
      pad: 'geldigheidEind',
      melding: `${loopt} Vul hier die laatste dag in, of een eerdere.`,
    })
  return fouten
}

/** What a contract leaves out it leaves out of all its days: nobody may think that it goes on for those that passed. */
const findWeggelaten: Letopvraag = async (_db, wijzigingen) =>
  wijzigingen.flatMap(({ sleutel, oud, nieuw }) =>
    (['segmenten', 'gemeenten'] as const).flatMap(veld => {
      const blijft = new Set(nieuw?.[veld] as string[] | undefined)
      const weg = ((oud?.[veld] ?? []) as string[]).filter(code => !blijft.has(code))
      if (weg.length === 0) return []
      const melding = `Wat u weglaat bij ${CONTRACT[veld].kop.toLowerCase()} (${weg.join(', ')}), vervalt voor alle dagen van het contract, ook die al voorbij zijn.`
      const verwacht = 'Eindigt het op een dag? Beëindig dan dit contract en maak een nieuw voor wat doorgaat'
      return [{ sleutel, veld, melding, verwacht }]
    }),
  )

/** With whom, for what and for whom was agreed. */
export const CONTRACTEN = defineRegister({
  naam: 'contracten',
  een: 'contract',
  deze: 'dit contract',
  velden: CONTRACT,
  sleutel: ['nummer'],
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Contracten inrichten',
    inleiding:
      'Met welke aanbieder is afgesproken dat hij hulp levert, waarvoor, voor welke gemeenten en hoelang.',
    toont: ['nummer', 'aanbieder', 'geldigheid', 'segmenten', 'gemeenten'],
    orde: { kolom: 'nummer', richting: 'op' },
    filters: ['aanbieder'],
  },
  keuzes: async db => ({
    aanbieder: await listAanbieders(db),
    segmenten: await listSegmenten(db),
    gemeenten: await listGemeenten(db),
  }),
  regels: sameProvider,
  vast: ['aanbieder'],
  raakt: [findAchterblijvers, findContractbuitenstaanders],
  meegaand: {
    register: TARIEVEN,
    naam: ['tarief dat dan ook eindigt', 'tarieven die dan ook eindigen'],
    vervalt: ['tarief dat dan vervalt', 'tarieven die dan vervallen'],
    terug: ['tarief dat weer doorloopt', 'tarieven die weer doorlopen'],
    find: findTariefeinden,
  },
  strijdig: listDubbeleContracten,
  letOp: findWeggelaten,
  bron: {
    kolommen: sql`c.nummer, a.agb as aanbieder, ${readRange(sql`c.geldigheid`)} as geldigheid,
      array(select s.code from contracten.contract_segment cs join contracten.segment s using (segment_id)
        where cs.contract_id = c.contract_id order by s.volgorde, s.code) as segmenten,
      array(select g.code from contracten.contract_gemeente cg join contracten.gemeente g on g.code = cg.gemeente
        where cg.contract_id = c.contract_id order by g.naam) as gemeenten`,
    van: sql`contracten.contract c join aanbieders.aanbieder a using (aanbieder_id)`,
    sleutel: sql`c.nummer`,
    volgorde: { nummer: sql`c.nummer`, aanbieder: sql`a.naam`, begin: sql`lower(c.geldigheid)` },
    eisen: { zoek: searchEis(sql`c.nummer`, sql`a.naam`, sql`a.agb`), aanbieder: gelijkEis(sql`a.agb`) },
  },
  async insert(tx, rijen) {
    await sql`
      insert into contracten.contract (nummer, aanbieder_id, geldigheid)
      select r.nummer, a.aanbieder_id, r.geldigheid
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder`.execute(tx)
    await insertDelen(tx, rijen)
  },
  async update(tx, rijen) {
    await sql`
      update contracten.contract c set geldigheid = r.geldigheid from ${rijen}
      where c.nummer = r.nummer and c.geldigheid <> r.geldigheid`.execute(tx)
    await removeDelen(tx, rijen)
    await insertDelen(tx, rijen)
  },
  async remove(tx, rijen) {
    await removeDelen(tx, rijen)
    await sql`delete from contracten.contract c using ${rijen} where c.nummer = r.nummer`.execute(tx)
  },
})

/** A ceiling: of what, when decided. */
export const PLAFOND = {
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

/** What may be spent in a segment: by municipality and year. A new decision is a new version, and the one before stays. */
export const PLAFONDS = defineRegister({
  naam: 'plafonds',
  een: 'plafond',
  deze: 'dit plafond',
  velden: PLAFOND,
  sleutel: ['segment', 'gemeente', 'jaar'],
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
  insert: insertPlafonds,
  update: insertPlafonds,
  async remove(tx, rijen) {
    await sql`
      delete from contracten.budgetplafond b using ${rijen} join contracten.segment s on s.code = r.segment
      where (b.gemeente, b.segment_id, b.jaar) = (r.gemeente, s.segment_id, r.jaar)`.execute(tx)
  },
})

async function insertPlafonds(tx: Tx, rijen: Rijen): Promise<void> {
  await sql`
    insert into contracten.budgetplafond (gemeente, segment_id, jaar, versie, bedrag, vastgesteld_op)
    select r.gemeente, s.segment_id, r.jaar, coalesce(max(b.versie), 0) + 1, r.bedrag, r.vastgesteld_op
    from ${rijen} join contracten.segment s on s.code = r.segment
    left join contracten.budgetplafond b on (b.gemeente, b.segment_id, b.jaar) = (r.gemeente, s.segment_id, r.jaar)
    group by r.gemeente, s.segment_id, r.jaar, r.bedrag, r.vastgesteld_op`.execute(tx)
}
