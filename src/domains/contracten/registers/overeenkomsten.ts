import { sql } from 'kysely'
import { formatDatumKort, gaps, intersection, type Periode } from '../../../platform/dates.ts'
import { gelijkEis, searchEis } from '../../../platform/db/lijst.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Fout } from '../../../platform/problem.ts'
import { type Letopvraag, together } from '../../../platform/register/letop.ts'
import { defineRegister, type Rijregel, readRange } from '../../../platform/register/register.ts'
import { bedrag, kenmerk, keuze, keuzes, periode, verwijzing } from '../../../platform/velden/soorten.ts'
import { sayStappen, stepOf } from '../afspraken/sprong.ts'
import { WETTEN } from '../afspraken/wet.ts'
import { listAanbieders, listContracten, listGemeenten, listProductcodes, listSegmenten } from './keuzes.ts'
import { findTariefsprong, findTijdelijk, findUitCatalogus, findZonderTarief } from './letop.ts'
import {
  atOnce,
  findTariefeinden,
  listDubbeleContracten,
  listDubbeleTarieven,
  mapEenheidwissels,
  mapOvergenomenTarieven,
  PRODUCTSEGMENTEN,
  SEGMENTDAGEN,
  type Segmentdagen,
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
  geldigheid: periode({ label: 'Wanneer geldt het zo?', kop: 'Loopt', leeg: 'Vul de eerste dag in.' }),
  segmenten: keuzes({ label: 'Voor welke segmenten?', kop: 'Segmenten', kies: 'Kies minstens één segment.' }),
  gemeenten: keuzes({
    label: 'Voor welke gemeenten?',
    kop: 'Gemeenten',
    kies: 'Kies minstens één gemeente.',
    cijfers: 4,
  }),
}

/** A contract stays with whom it was made, also in the versions of one file: prices and payments hang on it. */
async function sameProvider(db: Db): Promise<Rijregel<typeof CONTRACT>> {
  const { rows } = await sql<{ nummer: string; agb: string }>`
    select c.nummer, a.agb from contracten.contract c join aanbieders.aanbieder a using (aanbieder_id)`.execute(
    db,
  )
  const agbVan = new Map(rows.map(rij => [rij.nummer, rij.agb]))
  return ({ nummer, aanbieder }) => {
    if (nummer === undefined || aanbieder === undefined) return []
    const agb = agbVan.get(nummer) ?? aanbieder
    agbVan.set(nummer, agb)
    if (aanbieder === agb) return []
    return [
      { pad: 'aanbieder', melding: 'Een contract blijft van dezelfde aanbieder. Maak een nieuw contract.' },
    ]
  }
}

type Rijen = Parameters<typeof CONTRACTEN.insert>[1]

/** Where one version ends and the next begins, a price is within both once the next is there: that is looked at when all is written. */
const PRIJS_STRAKS = sql`set constraints contracten.tarief_binnen_contract deferred`

async function insertDelen(tx: Tx, rijen: Rijen): Promise<void> {
  await sql`
    insert into contracten.contract_segment (contract_id, aanbieder_id, begin, segment_id)
    select c.contract_id, c.aanbieder_id, lower(r.geldigheid), s.segment_id
    from ${rijen} join contracten.contract c on c.nummer = r.nummer
    join contracten.segment s on s.code = any (r.segmenten)`.execute(tx)
  await sql`
    insert into contracten.contract_gemeente (contract_id, aanbieder_id, begin, gemeente)
    select c.contract_id, c.aanbieder_id, lower(r.geldigheid), g.gemeente
    from ${rijen} join contracten.contract c on c.nummer = r.nummer
    cross join unnest(r.gemeenten) as g (gemeente)`.execute(tx)
}

async function removeDelen(tx: Tx, rijen: Rijen): Promise<void> {
  for (const deel of ['contract_segment', 'contract_gemeente'])
    await sql`
      delete from ${sql.table(`contracten.${deel}`)} d using ${rijen} join contracten.contract c on c.nummer = r.nummer
      where (d.contract_id, d.begin) = (c.contract_id, lower(r.geldigheid))`.execute(tx)
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
  dagen: sql`t.geldigheid`,
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
  letOp: together(findTariefsprong, findUitCatalogus),
  // Of a price that only gets other days nothing is said.
  samengevat: wijzigingen =>
    sayStappen(
      wijzigingen.flatMap(wijziging =>
        wijziging.oud?.tarief === wijziging.nieuw?.tarief ? [] : (stepOf(wijziging) ?? []),
      ),
    ),
  neemtOver: mapOvergenomenTarieven,
  maat: mapEenheidwissels,
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
  const contracten = await sql<{ nummer: string; geldigheid: Periode; segmenten: Segmentdagen[] }>`
    select c.nummer, ${readRange(sql`range_merge(range_agg(v.geldigheid))`)} as geldigheid, ${SEGMENTDAGEN} as segmenten
    from contracten.contract c join contracten.contractversie v using (contract_id) group by c.contract_id`.execute(
    db,
  )
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
    else if (heel)
      fouten.push(
        ...checkSegment(
          // Days outside the contract are said already.
          geldigheid && intersection(geldigheid, heel.geldigheid),
          heel.segmenten.filter(({ segment }) => segmenten.includes(segment)),
        ),
      )
    return fouten
  }
}

/** A price is for what its contract covers, on each of its days within it. `dagen`: when that holds a segment of the product. */
function checkSegment(prijs: Periode | undefined, dagen: readonly Segmentdagen[]): Fout[] {
  if (dagen.length === 0)
    return [{ pad: 'product', melding: 'Dit product hoort bij een segment dat niet in het contract staat.' }]
  const [zonder] = prijs === undefined ? [] : gaps(prijs, dagen)
  if (prijs === undefined || zonder === undefined) return []
  const melding = `Het segment van dit product staat niet in het contract ${sayDagen(zonder)}. Kies andere dagen, of zet het er eerst in.`
  return [{ pad: zonder.begin === prijs.begin ? 'geldigheidBegin' : 'geldigheidEind', melding }]
}

const sayDagen = ({ begin, eind }: Periode) =>
  eind === null
    ? `vanaf ${formatDatumKort(begin)}`
    : `van ${formatDatumKort(begin)} tot en met ${formatDatumKort(eind)}`

function checkWithin(deel: Periode, heel: Periode): Fout[] {
  const loopt = `Het contract loopt van ${formatDatumKort(heel.begin)}${heel.eind === null ? ', zonder einde' : ` tot en met ${formatDatumKort(heel.eind)}`}.`
  const fouten: Fout[] = []
  const erna = heel.eind !== null && deel.begin > heel.eind
  if (deel.begin < heel.begin || erna)
    fouten.push({ pad: 'geldigheidBegin', melding: `${loopt} Kies een eerste dag daarin.` })
  // What begins after it ends after it too.
  if (!erna && heel.eind !== null && (deel.eind === null || deel.eind > heel.eind))
    fouten.push({
      pad: 'geldigheidEind',
      melding: `${loopt} Vul hier die laatste dag in, of een eerdere.`,
    })
  return fouten
}

/** What a version leaves out it leaves out of all its days: nobody may think that it goes on for those that passed. */
const findWeggelaten: Letopvraag = async (db, wijzigingen) => {
  const namen = { segmenten: await listSegmenten(db), gemeenten: await listGemeenten(db) }
  return wijzigingen.flatMap(({ sleutel, oud, nieuw }) =>
    (['segmenten', 'gemeenten'] as const).flatMap(veld => {
      const blijft = new Set(nieuw?.[veld] as string[] | undefined)
      const weg = ((oud?.[veld] ?? []) as string[]).filter(code => !blijft.has(code))
      if (weg.length === 0) return []
      const melding = `Wat u weglaat bij ${CONTRACT[veld].kop.toLowerCase()} (${CONTRACT[veld].zeg(weg, namen[veld])}), vervalt voor alle dagen vanaf ${formatDatumKort((oud as { geldigheid: Periode }).geldigheid.begin)}, ook voor wat toen al liep.`
      const verwacht = 'Geldt het pas vanaf een dag? Vul die dag dan in als eerste dag'
      return [{ sleutel, veld, melding, verwacht }]
    }),
  )
}

/**
 * With whom, for what and for whom was agreed, and when. A contract is its versions: what changes from a day on begins one, under the
 * same number.
 */
export const CONTRACTEN = defineRegister({
  naam: 'contracten',
  een: 'contract',
  deze: 'dit contract',
  velden: CONTRACT,
  sleutel: ['nummer'],
  periode: 'geldigheid',
  dagen: sql`v.geldigheid`,
  aaneen: true,
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Contracten inrichten',
    inleiding:
      'Met welke aanbieder is afgesproken dat hij hulp levert, waarvoor, voor welke gemeenten en hoelang.',
    toont: ['nummer', 'aanbieder', 'geldigheid', 'segmenten', 'gemeenten'],
    orde: { kolom: 'nummer', richting: 'op' },
    filters: ['aanbieder'],
    deelVan: { kolom: sql`c.contract_id`, naam: ['versie', 'versies'] },
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
  letOp: together(findWeggelaten, findZonderTarief, findTijdelijk),
  bron: {
    kolommen: sql`c.nummer, a.agb as aanbieder, ${readRange(sql`v.geldigheid`)} as geldigheid,
      array(select s.code from contracten.contract_segment cs join contracten.segment s using (segment_id)
        where (cs.contract_id, cs.begin) = (v.contract_id, v.begin) order by s.volgorde, s.code) as segmenten,
      array(select g.code from contracten.contract_gemeente cg join contracten.gemeente g on g.code = cg.gemeente
        where (cg.contract_id, cg.begin) = (v.contract_id, v.begin) order by g.naam) as gemeenten`,
    van: sql`contracten.contractversie v join contracten.contract c using (contract_id)
      join aanbieders.aanbieder a on a.aanbieder_id = c.aanbieder_id`,
    sleutel: sql`concat_ws('~', c.nummer, v.begin)`,
    volgorde: { nummer: sql`c.nummer`, aanbieder: sql`a.naam`, begin: sql`v.begin` },
    eisen: { zoek: searchEis(sql`c.nummer`, sql`a.naam`, sql`a.agb`), aanbieder: gelijkEis(sql`a.agb`) },
  },
  async insert(tx, rijen) {
    await sql`
      insert into contracten.contract (nummer, aanbieder_id)
      select distinct r.nummer, a.aanbieder_id
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder
      where not exists (select from contracten.contract c where c.nummer = r.nummer)`.execute(tx)
    await sql`
      insert into contracten.contractversie (contract_id, aanbieder_id, geldigheid)
      select c.contract_id, c.aanbieder_id, r.geldigheid
      from ${rijen} join contracten.contract c on c.nummer = r.nummer`.execute(tx)
    await insertDelen(tx, rijen)
  },
  async update(tx, rijen) {
    await PRIJS_STRAKS.execute(tx)
    await sql`
      update contracten.contractversie v set geldigheid = r.geldigheid
      from ${rijen} join contracten.contract c on c.nummer = r.nummer
      where (v.contract_id, v.begin) = (c.contract_id, lower(r.geldigheid))`.execute(tx)
    await removeDelen(tx, rijen)
    await insertDelen(tx, rijen)
  },
  async remove(tx, rijen) {
    await PRIJS_STRAKS.execute(tx)
    await sql`
      delete from contracten.contractversie v using ${rijen} join contracten.contract c on c.nummer = r.nummer
      where (v.contract_id, v.begin) = (c.contract_id, lower(r.geldigheid))`.execute(tx)
    await sql`
      delete from contracten.contract c using ${rijen} where c.nummer = r.nummer
        and not exists (select from contracten.contractversie v where v.contract_id = c.contract_id)`.execute(
      tx,
    )
  },
})
