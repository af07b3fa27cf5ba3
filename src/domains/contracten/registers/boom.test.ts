import { expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')
const NIEUW = '/inrichten/segmenten/nieuw'
const segment = (code: string, wet: string, ouder: string) => ({
  ...{ code, wet, ouder, naam: `Deel ${code}`, omschrijving: 'Hulp', bron: '003', volgorde: '9' },
})

test('a segment hangs under one of its own law, and keeps that while others hang under it', async () => {
  const { rows } = await db.owner.query<{ code: string }>(
    `select code from contracten.segment where wet = 'jw' limit 1`,
  )
  const ouder = rows[0]?.code ?? ''
  const anders = await postFormulier(app, NIEUW, NIEUW, segment('w1', 'wmo', ouder), manager)
  expect([anders.statusCode, anders.body]).toEqual([
    400,
    expect.stringContaining('valt onder een andere wet'),
  ])
  expect((await postFormulier(app, NIEUW, NIEUW, segment('top', 'wmo', ''), manager)).statusCode).toBe(303)
  expect((await postFormulier(app, NIEUW, NIEUW, segment('w1', 'wmo', 'top'), manager)).statusCode).toBe(303)

  const pad = '/inrichten/segmenten/rij/top/wijzig'
  const { body } = await app.inject({ url: pad, headers: manager.headers })
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  const { code: _, ...velden } = segment('top', 'jw', '')
  const naar = await (await openFormulier(app, pad, manager))(pad, { ...velden, versie })
  expect([naar.statusCode, naar.body]).toEqual([400, expect.stringContaining('Hieronder valt ‘Deel w1’')])
})
