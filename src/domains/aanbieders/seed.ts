import { insertBulk } from '../../platform/db/bulk.ts'
import type { Tx } from '../../platform/db/tables.ts'

export interface SeedAanbieder {
  agb: string
  kvk: string
  naam: string
  locaties: readonly { postcode: string; plaats: string }[]
}

/** The providers of a demonstration region; all marked as test data. */
export async function seedAanbieders(tx: Tx, aanbieders: readonly SeedAanbieder[]): Promise<void> {
  await insertBulk(
    tx,
    'aanbieders.aanbieder',
    { agb: 'text', kvk: 'text', naam: 'text', testdata: 'boolean' },
    aanbieders.map(a => [a.agb, a.kvk, a.naam, true]),
  )
  const { rows } = await tx.executeQuery<{ agb: string; aanbieder_id: number }>(
    tx.selectFrom('aanbieders.aanbieder').select(['agb', 'aanbieder_id']).compile(),
  )
  const ids = new Map(rows.map(row => [row.agb, row.aanbieder_id]))
  await insertBulk(
    tx,
    'aanbieders.locatie',
    { aanbieder_id: 'integer', volgnummer: 'integer', naam: 'text', postcode: 'text', plaats: 'text' },
    aanbieders.flatMap(a =>
      a.locaties.map((locatie, i) => [
        ids.get(a.agb) ?? null,
        i + 1,
        `Locatie ${locatie.plaats}`,
        locatie.postcode,
        locatie.plaats,
      ]),
    ),
  )
}
