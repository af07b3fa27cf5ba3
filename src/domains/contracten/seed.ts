import { addDays, type Datum } from '../../platform/dates.ts'
import { insertBulk } from '../../platform/db/bulk.ts'
import { clientOf } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tables.ts'
import type { Eurocent } from '../../platform/money.ts'

export interface SeedRegio {
  gemeenten: readonly {
    code: string
    naam: string
    inwoners: readonly { jaar: number; leeftijd: string; aantal: number }[]
  }[]
  segmenten: readonly { code: string; wet: string; naam: string; definitie: string; bron: string }[]
  producten: readonly {
    code: string
    wet: string
    categorie: string
    naam: string
    segment: string
    eenheid: string
    variant: 'inspanningsgericht' | 'outputgericht'
    zwaarte: number
  }[]
  contracten: readonly {
    nummer: string
    agb: string
    segmenten: readonly string[]
    gemeenten: readonly string[]
    ingang: Datum
    einde: Datum | null
  }[]
  tarieven: readonly {
    contract: string
    wet: string
    product: string
    ingang: Datum
    einde: Datum
    tarief: Eurocent | null
  }[]
  plafonds: readonly { segment: string; gemeente: string; jaar: number; bedrag: Eurocent }[]
  eersteJaar: number
}

/** Municipalities first: everything a user may see hangs on them. */
export async function seedGemeenten(tx: Tx, regio: SeedRegio): Promise<void> {
  await insertBulk(
    tx,
    'contracten.gemeente',
    { code: 'text', naam: 'text' },
    regio.gemeenten.map(g => [g.code, g.naam]),
  )
}

/** Inhabitants, segments, catalogue, contracts, tarieven and ceilings of a demonstration region. */
export async function seedContracten(tx: Tx, regio: SeedRegio): Promise<void> {
  await insertBulk(
    tx,
    'contracten.inwonertal',
    { gemeente: 'text', jaar: 'integer', leeftijd: 'text', aantal: 'integer' },
    regio.gemeenten.flatMap(g => g.inwoners.map(i => [g.code, i.jaar, i.leeftijd, i.aantal])),
  )
  await insertBulk(
    tx,
    'contracten.segment',
    { code: 'text', wet: 'text', naam: 'text', omschrijving: 'text', bron: 'text', volgorde: 'integer' },
    regio.segmenten.map((s, i) => [s.code, s.wet, s.naam, s.definitie, s.bron, i + 1]),
  )
  const segmenten = await ids(tx, 'select code as sleutel, segment_id as id from contracten.segment')
  await insertBulk(
    tx,
    'contracten.productcode',
    { wet: 'text', code: 'text' },
    regio.producten.map(p => [p.wet, p.code]),
  )
  await insertBulk(
    tx,
    'contracten.product',
    {
      wet: 'text',
      code: 'text',
      categorie: 'text',
      naam: 'text',
      eenheid: 'text',
      variant: 'text',
      segment_id: 'integer',
      zwaarte: 'integer',
      geldigheid: 'daterange',
    },
    regio.producten.map(p => [
      p.wet,
      p.code,
      p.categorie,
      p.naam,
      p.eenheid,
      p.variant === 'outputgericht' ? 'output' : 'inspanning',
      segmenten.get(p.segment) ?? null,
      p.zwaarte * 100,
      range(`${regio.eersteJaar}-01-01`, null),
    ]),
  )
  const aanbieders = await ids(tx, 'select agb as sleutel, aanbieder_id as id from aanbieders.aanbieder')
  await insertBulk(
    tx,
    'contracten.contract',
    { aanbieder_id: 'integer', nummer: 'text', geldigheid: 'daterange' },
    regio.contracten.map(c => [aanbieders.get(c.agb) ?? null, c.nummer, range(c.ingang, c.einde)]),
  )
  const contracten = await ids(tx, 'select nummer as sleutel, contract_id as id from contracten.contract')
  const bij = (c: SeedRegio['contracten'][number]) => [
    contracten.get(c.nummer) ?? null,
    aanbieders.get(c.agb) ?? null,
  ]
  await insertBulk(
    tx,
    'contracten.contract_segment',
    { contract_id: 'integer', aanbieder_id: 'integer', segment_id: 'integer' },
    regio.contracten.flatMap(c => c.segmenten.map(s => [...bij(c), segmenten.get(s) ?? null])),
  )
  await insertBulk(
    tx,
    'contracten.contract_gemeente',
    { contract_id: 'integer', aanbieder_id: 'integer', gemeente: 'text' },
    regio.contracten.flatMap(c => c.gemeenten.map(g => [...bij(c), g])),
  )
  const agbVan = new Map(regio.contracten.map(c => [c.nummer, c.agb]))
  await insertBulk(
    tx,
    'contracten.tarief',
    {
      contract_id: 'integer',
      aanbieder_id: 'integer',
      wet: 'text',
      code: 'text',
      geldigheid: 'daterange',
      tarief: 'integer',
    },
    regio.tarieven
      .filter(t => t.tarief !== null)
      .map(t => [
        contracten.get(t.contract) ?? null,
        aanbieders.get(agbVan.get(t.contract) ?? '') ?? null,
        t.wet,
        t.product,
        range(t.ingang, t.einde),
        t.tarief,
      ]),
  )
  await insertBulk(
    tx,
    'contracten.budgetplafond',
    { gemeente: 'text', segment_id: 'integer', jaar: 'integer', bedrag: 'bigint', vastgesteld_op: 'date' },
    regio.plafonds.map(p => [
      p.gemeente,
      segmenten.get(p.segment) ?? null,
      p.jaar,
      p.bedrag,
      `${p.jaar - 1}-11-10`,
    ]),
  )
}

/** Both days inclusive, as PostgreSQL writes a daterange. */
function range(begin: Datum, einde: Datum | null): string {
  return `[${begin},${einde === null ? '' : addDays(einde, 1)})`
}

async function ids(tx: Tx, sql: string): Promise<Map<string, number>> {
  const { rows } = await clientOf(tx).query<{ sleutel: string; id: number }>(sql)
  return new Map(rows.map(row => [row.sleutel, row.id]))
}
