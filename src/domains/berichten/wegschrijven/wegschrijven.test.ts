import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { makeTaken } from '../../../app/taken.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { Problem } from '../../../platform/problem.ts'
import { receiveBerichten } from '../inname/actions.ts'

tellInOrder()

const db = await testDatabase()
const map = mkdtempSync(join(tmpdir(), 'samenhang-uit-'))
afterAll(() => rmSync(map, { recursive: true, force: true }))
const zonder = testOmgeving(db)
const omgeving = { ...zonder, uitmap: join(map, 'uit') }
await laadTestregio(zonder)

interface Taak {
  task_identifier: string
  payload: { berichten: { gemeente: string; berichtId: string }[] }
}
const taken = async () =>
  (
    await db.owner.query<Taak>(
      `select t.identifier as task_identifier, j.payload
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'berichten_wegschrijven'`,
    )
  ).rows

describe('de uitmap', () => {
  it('krijgt geen taak als er geen map is', async () => {
    await lever(zonder, toewijzingsbericht({ identificatie: 'T0', nummer: 1 }))
    expect(await taken()).toEqual([])
  })

  it('krijgt elk antwoord, heel en onder zijn eigen naam, ook als de taak twee keer loopt', async () => {
    const [inname] = await lever(omgeving, startbericht({ identificatie: 'S1', nummer: 1 }))
    const [taak] = await taken()
    expect(taak?.payload.berichten).toEqual([{ gemeente: '9101', berichtId: inname?.antwoord?.berichtId }])
    const voer = makeTaken(omgeving).berichten_wegschrijven
    for (let keer = 0; keer < 2; keer += 1) await voer?.(taak?.payload ?? { berichten: [] })
    const namen = readdirSync(omgeving.uitmap)
    expect(namen).toEqual([expect.stringMatching(/^JW306_98000001_9101_S\d{11}\.xml$/)])
    expect(readFileSync(join(omgeving.uitmap, namen[0] ?? ''), 'utf8')).toBe(inname?.antwoord?.xml)
  })

  it('krijgt niets van een aanlevering die niet doorging', async () => {
    const voor = (await taken()).length
    const vreemde = { ...systeem('test', ['9102']) }
    const ctx = makeCtx(omgeving, vreemde)
    const bytes = toBytes(startbericht({ identificatie: 'S2', nummer: 1 }))
    await expect(receiveBerichten(ctx, [{ bytes, ontvangenOp: ctx.nu }])).rejects.toThrow(Problem)
    expect((await taken()).length).toBe(voor)
  })

  it('doet niets met een oude taak als de map niet meer is ingesteld', async () => {
    const [taak] = await taken()
    await makeTaken(zonder).berichten_wegschrijven?.(taak?.payload ?? { berichten: [] })
    expect(readdirSync(omgeving.uitmap)).toHaveLength(1)
  })
})
