import { expect } from 'vitest'
import type { Inname } from '../../src/domains/berichten/index.ts'
import { type Bericht, checkBytes } from '../../src/domains/istandaard/index.ts'
import { testDatabase } from './database.ts'
import { laadTestregio, lever, testOmgeving } from './regio.ts'

/** A database with the test region, and what tests of the intake do and ask: deliver, read the answer, count. */
export async function testIntake() {
  const db = await testDatabase()
  const omgeving = testOmgeving(db)
  /** Ids of the providers by AGB-code. */
  const aanbieders = await laadTestregio(omgeving)

  async function one(bericht: Bericht): Promise<Inname> {
    const [uitkomst] = await lever(omgeving, bericht)
    if (!uitkomst) throw new Error('no outcome')
    return uitkomst
  }

  async function count(table: string, where = 'true'): Promise<number> {
    const { rows } = await db.owner.query(`select count(*)::int as n from ${table} where ${where}`)
    return rows[0].n
  }

  /** The monthly figures, all together. */
  async function figures(): Promise<{ bedrag: number; regels: number; toegewezen: number }> {
    const { rows } = await db.owner.query(
      `select coalesce(sum(bedrag), 0)::int8 as bedrag, coalesce(sum(regels), 0)::int8 as regels,
         coalesce(sum(toegewezen), 0)::int8 as toegewezen from sturing.maandcijfer`,
    )
    return { bedrag: +rows[0].bedrag, regels: +rows[0].regels, toegewezen: +rows[0].toegewezen }
  }

  return { db, omgeving, aanbieders, one, count, figures }
}

/** The answer, read back as any receiver would: it must be a valid message itself. */
export function answerOf(inname: Inname): Record<string, never> & { header: { retourCodes?: string[] } } {
  const { inhoud, niveau, bevindingen } = checkBytes(Buffer.from(inname.antwoord?.xml ?? ''))
  expect(bevindingen).toEqual([])
  expect(niveau).toBeNull()
  return inhoud as never
}
