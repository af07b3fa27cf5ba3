import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { testApp } from '../../test/support/app.ts'
import { samenhang } from '../../test/support/cli.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testOmgeving } from '../../test/support/regio.ts'
import { tellInOrder } from '../../test/support/verhaal.ts'
import { audit } from '../platform/audit.ts'
import { NOBODY } from '../platform/db/database.ts'
import { makeCtx, systeem } from '../platform/http/ctx.ts'
import { checkAudit } from '../platform/zegel.ts'
import { findDatabaseId, highest, makeZegelgeheugen } from '../platform/zegelgeheugen.ts'
import { findStand, formatStand, parseStand } from '../platform/zegelstand.ts'
import { makeVerslag, makeVerzegelen } from './verzegelen.ts'

tellInOrder()

const map = await mkdtemp(join(tmpdir(), 'samenhang-zegel-'))
afterAll(() => rm(map, { recursive: true, force: true }))
const db = await testDatabase()
const id = await findDatabaseId(db.owner)
const basis = testOmgeving(db)
const ctx = makeCtx(basis, systeem('proef', []))

const note = (nummer: number) =>
  ctx.write(tx => audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer }))
const stand = () => db.database.read(NOBODY, findStand)

/** A process with a data folder of its own (or one that it shares, by name), and what it wrote to its log. */
function proces(naam: string) {
  const data = join(map, naam)
  const zegelgeheugen = makeZegelgeheugen(data, db.url, id)
  const log: string[] = []
  const omgeving = { ...basis, zegelgeheugen }
  const verzegel = makeVerzegelen(omgeving, (niveau, tekst) => log.push(`${niveau} ${tekst}`))
  return { data, omgeving, zegelgeheugen, log, verzegel }
}

/** What an owner who is not to be trusted does: forget the last seals, change what they covered. */
async function rewriteHistory(): Promise<void> {
  await db.owner.query(`
    alter table platform.zegel disable trigger user;
    delete from platform.zegel where zegel_id = (select max(zegel_id) from platform.zegel);
    alter table platform.zegel enable trigger user;
    update platform.gebeurtenis set wie = 'iemand-anders'
    where gebeurtenis_id = (select max(gebeurtenis_id) from platform.gebeurtenis)`)
}

test('the last seal is kept in the folder and in the log, once', async () => {
  const een = proces('een')
  await note(1)
  await een.verzegel()
  await een.verzegel()
  const nu = await stand()
  expect(nu?.nummer).toBe(1)
  expect(await een.zegelgeheugen.read()).toEqual([nu])
  expect(een.log).toEqual([`info audit: zegel ${formatStand(nu ?? { nummer: 0, hash: '' })}`])
  const [bestand = '', adres = '', ...meer] = (await readdir(een.data)).sort()
  expect([parseStand(await readFile(join(een.data, bestand), 'utf8')), meer]).toEqual([nu, []])
  expect(await readFile(join(een.data, adres), 'utf8')).toBe(`${id}\n`)
})

test.each(['warn', 'fatal', 'debug'])('the line of the seal is in a log of level %s', level => {
  const log: string[] = []
  const stream = { write: (regel: string) => log.push(regel) }
  makeVerslag(Fastify({ logger: { level, stream } }).log)('info', 'audit: zegel 1:ab')
  expect(log).toEqual([expect.stringContaining('audit: zegel 1:ab')])
})

test('several processes on one database: one that knows less goes on, and learns', async () => {
  const [een, twee, gedeeld] = [proces('een'), proces('twee'), proces('een')]
  await twee.verzegel()
  await note(2)
  await een.verzegel()
  await note(3)
  await twee.verzegel()
  await gedeeld.verzegel()
  for (const { log, zegelgeheugen } of [een, twee, gedeeld]) {
    expect(log.filter(regel => !regel.startsWith('info'))).toEqual([])
    expect(highest(await zegelgeheugen.read())).toBeGreaterThan(1)
  }
  expect(await db.database.read(NOBODY, tx => checkAudit(tx, db))).toMatchObject({
    goed: true,
    zegels: 3,
  })
})

test('a folder that cannot be written to holds nothing up', async () => {
  await writeFile(join(map, 'dicht'), '')
  const dicht = proces('dicht')
  await note(4)
  await dicht.verzegel()
  await dicht.verzegel()
  expect((await stand())?.nummer).toBe(4)
  expect(dicht.log.map(regel => regel.split(' ')[0])).toEqual(['info', 'warn'])
})

describe('the owner removes the last seal and changes what it covered', () => {
  const een = proces('een')

  test('it is not sealed over: in the log, on the page of the administrator and in the check', async () => {
    await een.verzegel()
    const was = await een.zegelgeheugen.read()
    await rewriteHistory()
    const nu = await stand()
    await een.verzegel()
    expect(await stand()).toEqual(nu)
    expect(een.log.at(-1)).toMatch(/^error audit: Zegel 4 .* is er niet meer/)
    expect(await een.zegelgeheugen.read()).toEqual(was)

    const { app, login } = await testApp(db, een.omgeving)
    const beheerder = await login('beheerder')
    const { body } = await app.inject({ url: '/', headers: beheerder.headers })
    expect(body).toContain('Het inzagelogboek wordt niet meer verzegeld')
    const privacy = await login('privacy-officer')
    const controle = await app.inject({ url: '/audit/controle', headers: privacy.headers })
    expect(controle.body).toContain('Het logboek is aangetast')
  })

  test('also when the same number was sealed anew by a process that knew nothing', async () => {
    await proces('nieuw').verzegel()
    expect((await stand())?.nummer).toBe(4)
    await een.verzegel()
    expect(een.log.at(-1)).toContain('of is een ander')
    // The chain itself fits: only what was kept elsewhere tells.
    expect(await db.database.read(NOBODY, tx => checkAudit(tx, db))).toMatchObject({ goed: true })
    const oordeel = await db.database.read(NOBODY, tx => checkAudit(tx, een.omgeving))
    expect(oordeel).toMatchObject({ goed: false, teruggezet: 4, bekend: 4 })
  })

  test('the page and both commands say the same of it', async () => {
    const { app, login } = await testApp(db, een.omgeving)
    const { body } = await app.inject({
      url: '/audit/controle',
      headers: (await login('privacy-officer')).headers,
    })
    expect(body).toContain('Het logboek is aangetast')
    expect(body).toContain('Zegel 4 van het inzagelogboek is er niet meer')
    for (const opdracht of ['audit', 'reservekopie']) {
      const { status, regels } = await samenhang(db, [opdracht, 'controleer'], { SAMENHANG_DATA: een.data })
      const { logboek = regels[0] } = regels[0] ?? {}
      expect([opdracht, status, logboek]).toEqual([
        opdracht,
        1,
        expect.objectContaining({ goed: false, teruggezet: 4 }),
      ])
    }
  })

  test('a file that is damaged stops the sealing too', async () => {
    const kapot = proces('kapot')
    await kapot.verzegel()
    const [bestand = ''] = (await readdir(kapot.data)).sort()
    await chmod(join(kapot.data, bestand), 0o644)
    await writeFile(join(kapot.data, bestand), 'onzin')
    await kapot.verzegel()
    expect(kapot.log.at(-1)).toMatch(/^error audit: Het bestand .* is beschadigd/)
    const oordeel = await db.database.read(NOBODY, tx => checkAudit(tx, kapot.omgeving))
    expect(oordeel).toMatchObject({ goed: false, onleesbaar: expect.stringContaining('is beschadigd') })
  })
})

describe('samenhang audit', () => {
  const cli = (naam: string, ...argumenten: string[]) =>
    samenhang(db, ['audit', ...argumenten], { SAMENHANG_DATA: join(map, naam) })

  test('controleer looks at what the machine knows, and at what was kept elsewhere', async () => {
    expect((await cli('een', 'controleer')).regels[0]).toMatchObject({ goed: false, teruggezet: 4 })
    const { regels, status } = await cli('leeg', 'controleer')
    const laatste = String(regels[0]?.laatste)
    expect([status, parseStand(laatste)]).toEqual([0, await stand()])
    expect((await cli('leeg', 'controleer', '--laatste', laatste)).status).toBe(0)
    const ander = laatste.replace(/.$/, teken => (teken === '0' ? '1' : '0'))
    for (const weg of [ander, laatste.replace(/^\d+/, '99')])
      expect((await cli('leeg', 'controleer', '--laatste', weg)).status).toBe(1)
    for (const fout of [['--laatste'], ['--anders', laatste], ['--laatste', laatste, 'x']])
      expect((await cli('leeg', 'controleer', ...fout)).status).toBe(2)
  })

  test('a value that cannot be is named with what is expected, not with the whole help', async () => {
    for (const argumenten of [
      ['controleer', '--laatste', 'onzin'],
      ['controleer', '--laatste', '3:ab'],
      ['aanvaard', 'Reden_Fout'],
    ]) {
      const { status, stderr } = await cli('een', ...argumenten)
      expect([status, stderr.trim().split('\n').length]).toEqual([2, 1])
      expect(stderr).toContain(argumenten[0] === 'aanvaard' ? 'REDEN is een kort kenmerk' : 'NUMMER:HASH')
    }
  })

  test('a folder that knows nothing says so: it is then perhaps another than that of the service', async () => {
    for (const argumenten of [['controleer'], ['aanvaard', 'een-reden']]) {
      const { stderr, regels } = await cli('leeg', ...argumenten)
      expect(stderr).toContain(`De gegevensmap ${join(map, 'leeg')} kent geen zegel`)
      expect(regels[0]).toMatchObject({ bekend: null })
    }
    expect((await cli('een', 'controleer')).stderr).toContain(`${join(map, 'een')} kent zegel 4.`)
  })

  test('aanvaard goes on with the log as it is, for a reason, and says so in it', async () => {
    for (const fout of ['', 'Twee woorden', 'a'.repeat(61), 'bsn-999990019', '-x'])
      expect((await cli('een', 'aanvaard', fout)).status).toBe(2)
    const { status, regels } = await cli('een', 'aanvaard', 'reservekopie-2026-03-16')
    expect([status, regels[0]]).toEqual([0, { aanvaard: true, bekend: 4, nu: 4 }])
    const { rows } = await db.owner.query(
      "select wie, onderwerp from platform.gebeurtenis where actie = 'audit.stand-aanvaard'",
    )
    expect(rows).toEqual([
      { wie: 'systeem:cli', onderwerp: { bekend: 4, nu: 4, reden: 'reservekopie-2026-03-16' } },
    ])
    const een = proces('een')
    await een.verzegel()
    expect((await stand())?.nummer).toBe(5)
    expect(een.log.map(regel => regel.split(' ')[0])).toEqual(['info'])
    const nogEens = await cli('een', 'aanvaard', 'nog-eens')
    expect(nogEens.regels[0]).toEqual({ aanvaard: false, bekend: 5 })
    expect(nogEens.stderr).toContain('Er is niets te aanvaarden')
  })
})
