import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { contract, versie } from '../../../../test/support/ontbreekt.ts'
import { GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { mapOvergenomenTarieven } from './prijzen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
// VROEG is for one municipality; OP was for both, and from 2028 on for the other alone.
await db.owner.query(`
  ${contract('VROEG', '[2027-01-01,2027-07-01)', "'J-AMB'", `'${GEMEENTE_A}'`)}
  ${contract('OP', '[2027-07-01,2028-01-01)', "'J-AMB'", `'${GEMEENTE_A}', '${GEMEENTE_B}'`)}
  ${versie('OP', '[2028-01-01,)', "'J-AMB'", `'${GEMEENTE_B}'`)}
  insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
  select contract_id, aanbieder_id, 'jw', '45A04', '[2027-01-01,2027-07-01)', 9000 from contracten.contract where nummer = 'VROEG'`)
await db.owner.query("delete from contracten.tarief where lower(geldigheid) < '2027-01-01'")

test.each([
  ['2027-07-01', ['VROEG']],
  ['2028-01-01', []],
])(
  'a price from %s takes over from where its contract is for the same municipality that day',
  async (begin, van) => {
    const ctx = makeCtx(omgeving, systeem('test', [GEMEENTE_A, GEMEENTE_B]))
    const prijs = {
      sleutel: 'x',
      contract: 'OP',
      wet: 'jw',
      product: '45A04',
      geldigheid: { begin, eind: null },
    }
    const over = await ctx.read(tx => mapOvergenomenTarieven(tx, [prijs]))
    expect([...over.values()].map(({ gegevens }) => gegevens.contract)).toEqual(van)
  },
)
