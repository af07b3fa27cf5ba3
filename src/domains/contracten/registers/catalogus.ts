import { sql } from 'kysely'
import { formatDatumKort, type Periode } from '../../../platform/dates.ts'
import { gelijkEis, searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Letopvraag } from '../../../platform/register/letop.ts'
import {
  defineRegister,
  type Rijregel,
  readRange,
  type Sleutelrij,
  type Strijdig,
} from '../../../platform/register/register.ts'
import {
  cijfercode,
  getal,
  kenmerk,
  keuze,
  periode,
  tekst,
  verwijzing,
} from '../../../platform/velden/soorten.ts'
import { EENHEDEN, namesBeside } from '../afspraken/eenheid.ts'
import { WETTEN } from '../afspraken/wet.ts'
import { listSegmenten } from './keuzes.ts'
import {
  findProductbuitenstaanders,
  findProducttarieven,
  findSegmentbuitenstaanders,
  findSegmentinhoud,
} from './raakt.ts'

const RECHTEN = { lezen: 'contracten.lezen', schrijven: 'contracten.beheren' } as const
const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'

const SEGMENT = {
  code: kenmerk({
    label: 'Welke code krijgt het segment?',
    kop: 'Code',
    hulp: 'Een kort woord, zoals ambulant. Het staat in adressen en bestanden.',
    noem: 'de code',
    max: 40,
    breedte: 'half',
  }),
  wet: keuze({ label: 'Onder welke wet valt het?', kop: 'Wet', kies: 'Kies een wet.', opties: WETTEN }),
  naam: tekst({ label: 'Hoe heet het segment?', kop: 'Naam', noem: 'de naam', max: 200 }),
  omschrijving: tekst({
    label: 'Welke hulp hoort erin?',
    kop: 'Omschrijving',
    noem: 'de omschrijving',
    max: 4000,
    regels: 4,
  }),
  bron: tekst({
    label: 'Waar is dat vastgelegd?',
    kop: 'Bron',
    hulp: 'Het beleidsstuk of besluit, met de paragraaf',
    noem: 'de bron',
    max: 500,
  }),
  ouder: verwijzing({
    label: 'Onder welk segment valt het?',
    kop: 'Onder',
    hulp: 'Leeg als het bovenaan staat',
    kies: 'Kies een segment dat bestaat.',
    verplicht: false,
  }),
  volgorde: getal({
    label: 'De hoeveelste in lijsten?',
    kop: 'Volgorde',
    leeg: 'Vul een getal in.',
    max: 9999,
  }),
}

/** Where a segment hangs is not said per day: what was counted in years that passed moves along. */
const findVerhangen: Letopvraag = async (_db, wijzigingen) =>
  wijzigingen.flatMap(({ sleutel, oud, nieuw }) =>
    oud === null || oud.ouder === nieuw?.ouder
      ? []
      : [
          {
            sleutel,
            veld: 'ouder',
            melding:
              'De cijfers en plafonds van dit segment tellen meteen op de nieuwe plaats mee, ook van jaren die voorbij zijn.',
            verwacht: 'Moet het pas vanaf een dag? Maak dan een nieuw segment, met producten vanaf die dag',
          },
        ],
  )

/** The parts in which care is bought, as a tree. */
export const SEGMENTEN = defineRegister({
  naam: 'segmenten',
  een: 'segment',
  deze: 'dit segment',
  velden: SEGMENT,
  sleutel: ['code'],
  ouder: 'ouder',
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Segmenten',
    inleiding: 'De delen waarin hulp wordt ingekocht. Een segment kan onder een ander vallen.',
    toont: ['naam', 'code', 'wet', 'ouder', 'volgorde'],
    orde: { kolom: 'volgorde', richting: 'op' },
    filters: ['wet'],
  },
  keuzes: async db => ({ ouder: await listSegmenten(db) }),
  raakt: [findSegmentinhoud, findSegmentbuitenstaanders],
  strijdig: listAndereWet,
  letOp: findVerhangen,
  bron: {
    kolommen: sql`s.code, s.wet, s.naam, s.omschrijving, s.bron, o.code as ouder, s.volgorde`,
    van: sql`contracten.segment s left join contracten.segment o on o.segment_id = s.ouder_id`,
    sleutel: sql`s.code`,
    volgorde: { volgorde: sql`s.volgorde`, code: sql`s.code`, naam: sql`s.naam` },
    eisen: { zoek: searchEis(sql`s.code`, sql`s.naam`, sql`s.omschrijving`), wet: gelijkEis(sql`s.wet`) },
  },
  async insert(tx, rijen) {
    await sql`
      insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde)
      select r.code, r.wet, r.naam, r.omschrijving, r.bron, r.volgorde from ${rijen}`.execute(tx)
    await hang(tx, rijen)
  },
  async update(tx, rijen) {
    await sql`
      update contracten.segment s set wet = r.wet, naam = r.naam, omschrijving = r.omschrijving, bron = r.bron,
        volgorde = r.volgorde from ${rijen} where s.code = r.code`.execute(tx)
    await hang(tx, rijen)
  },
  async remove(tx, rijen) {
    await sql`delete from contracten.segment s using ${rijen} where s.code = r.code`.execute(tx)
  },
})

/** Hangs segments where they say: apart, since one file can bring a segment and the one it hangs under. */
async function hang(tx: Db, rijen: Parameters<typeof SEGMENTEN.insert>[1]): Promise<void> {
  await sql`
    update contracten.segment s set ouder_id = o.segment_id
    from ${rijen} left join contracten.segment o on o.code = r.ouder where s.code = r.code`.execute(tx)
}

/** A segment hangs under one of its own law: what is counted of the whole is what is spent under that law. */
async function listAndereWet(db: Db, segmenten: readonly Sleutelrij[]): Promise<Strijdig[]> {
  const codes = segmenten.map(({ sleutel }) => sleutel)
  const { rows } = await sql<{ code: string; naam: string; onder: string; ouder: string }>`
    select s.code, s.naam, o.code as onder, o.naam as ouder
    from contracten.segment s join contracten.segment o on o.segment_id = s.ouder_id
    where s.wet <> o.wet and (s.code = any (${codes}) or o.code = any (${codes})) order by s.code`.execute(db)
  return rows.map(({ code, naam, onder, ouder }) =>
    codes.includes(code)
      ? {
          sleutel: code,
          reden: `‘${ouder}’ valt onder een andere wet. Kies een segment van dezelfde wet, of laat het leeg.`,
        }
      : {
          sleutel: onder,
          reden: `Hieronder valt ‘${naam}’, van de wet die er nu staat. Geef dat eerst een andere plaats.`,
        },
  )
}

const PRODUCT = {
  wet: keuze({ label: 'Onder welke wet valt het?', kop: 'Wet', kies: 'Kies een wet.', opties: WETTEN }),
  code: kenmerk({
    label: 'Wat is de productcode?',
    kop: 'Code',
    hulp: 'Zoals in het berichtenverkeer: 45A04',
    noem: 'de productcode',
    max: 5,
    breedte: 'kort',
  }),
  geldigheid: periode({
    label: 'Wanneer staat het zo in de catalogus?',
    kop: 'Geldig',
    leeg: 'Vul de eerste dag in.',
  }),
  categorie: cijfercode({
    label: 'Wat is de productcategorie?',
    kop: 'Categorie',
    noem: 'de productcategorie',
    cijfers: 2,
  }),
  naam: tekst({ label: 'Hoe heet het product?', kop: 'Naam', noem: 'de naam', max: 200 }),
  segment: verwijzing({ label: 'In welk segment hoort het?', kop: 'Segment', kies: 'Kies een segment.' }),
  eenheid: keuze({
    label: 'Waarin wordt het geleverd?',
    kop: 'Eenheid',
    kies: 'Kies een eenheid.',
    opties: EENHEDEN,
  }),
  variant: keuze({
    label: 'Waarop wordt bekostigd?',
    kop: 'Bekostiging',
    kies: 'Kies een vorm van bekostiging.',
    opties: [
      { waarde: 'inspanning', naam: 'Inspanning' },
      { waarde: 'output', naam: 'Output' },
      { waarde: 'taak', naam: 'Taak' },
    ],
  }),
  zwaarte: getal({
    label: 'Hoe zwaar is de hulp?',
    kop: 'Zwaarte',
    hulp: '100 is gewoon. Hoe hoger, hoe zwaarder.',
    leeg: 'Vul een getal van 1 tot en met 10.000 in.',
    min: 1,
    max: 10_000,
  }),
}

/** A product that is counted otherwise: its prices keep the unit of their first day, and an hour does not cost what a minute does. */
const findEenheidswissel: Letopvraag = async (_db, wijzigingen) =>
  wijzigingen.flatMap(({ sleutel, oud, nieuw, volgtOp }) => {
    const stond = (oud ?? volgtOp?.gegevens)?.eenheid as string | undefined
    if (nieuw === null || stond === undefined || stond === nieuw.eenheid) return []
    const [was, wordt] = namesBeside(stond, nieuw.eenheid as string)
    const dag = formatDatumKort((nieuw.geldigheid as Periode).begin)
    // Of a row that changes in its place another may go before, in a unit of its own.
    const eerder = oud === null ? `, en wat eerder begon, blijft per ${was} voor wat al is toegewezen` : ''
    const melding = `De eenheid wordt ${wordt}, en was ${was}. Een tarief geldt per eenheid van zijn eerste dag: wat op of na ${dag} begint, is dan per ${wordt}${eerder}. Leg voor wat dan begint nieuwe tarieven vast.`
    const soort = 'Een product krijgt een andere eenheid: daarvoor zijn andere tarieven nodig.'
    return [{ sleutel, veld: 'eenheid', melding, soort, verwacht: `Een tarief per ${wordt} vanaf ${dag}` }]
  })

/** The catalogue: what can be toegewezen, and when. */
export const PRODUCTEN = defineRegister({
  naam: 'producten',
  een: 'product',
  deze: 'dit product',
  velden: PRODUCT,
  sleutel: ['wet', 'code'],
  periode: 'geldigheid',
  dagen: sql`p.geldigheid`,
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Producten',
    inleiding: 'De catalogus: wat kan worden toegewezen, en wanneer.',
    toont: ['code', 'naam', 'wet', 'segment', 'eenheid', 'geldigheid'],
    orde: { kolom: 'code', richting: 'op' },
    filters: ['wet', 'segment'],
  },
  keuzes: async db => ({ segment: await listSegmenten(db) }),
  regels: sameLaw,
  raakt: [findProducttarieven, findProductbuitenstaanders],
  letOp: findEenheidswissel,
  bron: {
    kolommen: sql`p.wet, p.code, ${readRange(sql`p.geldigheid`)} as geldigheid, p.categorie, p.naam, s.code as segment,
      p.eenheid, p.variant, p.zwaarte`,
    van: sql`contracten.product p join contracten.segment s using (segment_id)`,
    sleutel: sql`concat_ws('~', p.wet, p.code, lower(p.geldigheid))`,
    volgorde: {
      code: sql`p.code`,
      naam: sql`p.naam`,
      segment: sql`s.volgorde`,
      begin: sql`lower(p.geldigheid)`,
    },
    eisen: {
      zoek: searchEis(sql`p.code`, sql`p.naam`),
      wet: gelijkEis(sql`p.wet`),
      segment: gelijkEis(sql`s.code`),
    },
  },
  async insert(tx, rijen) {
    await sql`
      insert into contracten.productcode (wet, code) select distinct r.wet, r.code from ${rijen}
      on conflict do nothing`.execute(tx)
    await sql`
      insert into contracten.product (wet, code, geldigheid, categorie, naam, segment_id, eenheid, variant, zwaarte)
      select r.wet, r.code, r.geldigheid, r.categorie, r.naam, s.segment_id, r.eenheid, r.variant, r.zwaarte
      from ${rijen} join contracten.segment s on s.code = r.segment`.execute(tx)
  },
  async update(tx, rijen) {
    await sql`
      update contracten.product p set geldigheid = r.geldigheid, categorie = r.categorie, naam = r.naam,
        segment_id = s.segment_id, eenheid = r.eenheid, variant = r.variant, zwaarte = r.zwaarte
      from ${rijen} join contracten.segment s on s.code = r.segment
      where (p.wet, p.code) = (r.wet, r.code) and lower(p.geldigheid) = lower(r.geldigheid)`.execute(tx)
  },
  async remove(tx, rijen) {
    await sql`
      delete from contracten.product p using ${rijen}
      where (p.wet, p.code) = (r.wet, r.code) and lower(p.geldigheid) = lower(r.geldigheid)`.execute(tx)
    await sql`
      delete from contracten.productcode c using ${rijen} where (c.wet, c.code) = (r.wet, r.code)
        and not exists (select from contracten.product p where (p.wet, p.code) = (c.wet, c.code))`.execute(tx)
  },
})

/** A product lies in a segment of its own law: a segment is bought, and its ceiling kept, under one law. */
async function sameLaw(db: Db): Promise<Rijregel<typeof PRODUCT>> {
  const { rows } = await sql<{ code: string; wet: string }>`
    select code, wet from contracten.segment`.execute(db)
  const wetVan = new Map(rows.map(rij => [rij.code, rij.wet]))
  return ({ segment, wet }) =>
    segment !== undefined && wet !== undefined && wetVan.get(segment) !== wet
      ? [{ pad: 'segment', melding: 'Kies een segment van dezelfde wet.' }]
      : []
}
