import { expect, test } from 'vitest'
import { machine, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../../test/support/formulier.ts'
import { AGB_A, GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { addDays, dateInNederland, formatDatumKort } from '../../../platform/dates.ts'

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

/** Prices of 45A04 and 45A01 are in J-AMB, that of 44A07 in J-VER, that of 02A16 in W-BEG; both contracts name all three. */
test('a price stays in a segment of its contract, whichever of the three changes', async () => {
  const headers = await machine(db, manager)
  const read = async (pad: string) =>
    (await app.inject({ url: `/api/v1/inrichting/${pad}`, headers })).json().gegevens
  let opgemerkt: unknown
  const put = async (pad: string, anders: object) => {
    const payload = { ...(await read(pad)), ...anders }
    const uit = await app.inject({ method: 'PUT', url: `/api/v1/inrichting/${pad}`, headers, payload })
    const { errors, letOp } = uit.json()
    opgemerkt = letOp
    return [uit.statusCode, uit.statusCode === 200 ? '' : errors[0].detail]
  }
  const [contract, product] = [
    'contracten/TEST-1~2025-01-01',
    `producten/${encodeURIComponent('jw~44A07~2025-01-01')}`,
  ]
  const { segmenten } = await read(contract)

  expect(await put(contract, { segmenten: ['J-AMB', 'W-BEG'] })).toEqual([
    400,
    expect.stringMatching(/product 44A07 geldt hier een tarief/),
  ])
  // A part may go where the whole is named, and then the whole may not.
  await put('segmenten/J-VER', { ouder: 'J-AMB' })
  expect(opgemerkt).toEqual([expect.stringContaining('ook van jaren die voorbij zijn')])
  expect(await put(contract, { segmenten: ['J-AMB', 'W-BEG'] })).toEqual([200, ''])
  expect(opgemerkt).toEqual([
    expect.stringContaining(
      'weglaat bij segmenten (Jeugdhulp met verblijf), vervalt voor alle dagen vanaf 01-01-2025',
    ),
  ])
  expect(await put('segmenten/J-VER', { ouder: null })).toEqual([
    400,
    expect.stringMatching(/Contract TEST-1 heeft een tarief voor product 44A07 hieronder/),
  ])
  expect(await put(contract, { segmenten: ['J-VER', 'W-BEG'] })).toEqual([
    400,
    expect.stringMatching(/product 45A0[14] geldt hier een tarief/),
  ])
  expect(await put(contract, { segmenten })).toEqual([200, ''])
  // More than there was leaves nothing out.
  expect(opgemerkt).toEqual([])
  expect(await put('segmenten/J-VER', { ouder: null })).toEqual([200, ''])

  await app.inject({
    method: 'PUT',
    url: '/api/v1/inrichting/segmenten/J-NEW',
    headers,
    payload: { ...(await read('segmenten/J-VER')), code: 'J-NEW' },
  })
  expect(await put(product, { segment: 'J-NEW' })).toEqual([
    400,
    expect.stringMatching(/Contract TEST-1 heeft er een tarief voor, en noemt geen ander segment/),
  ])
  for (const een of [contract, 'contracten/TEST-2~2025-01-01'])
    expect(await put(een, { segmenten: [...segmenten, 'J-NEW'] })).toEqual([200, ''])
  expect(await put(product, { segment: 'J-NEW' })).toEqual([200, ''])
})

test.each([
  ['plafonds', `J-AMB~${GEMEENTE_A}`, {}],
  ['aanbiederplafonds', `${AGB_A}~J-AMB~${GEMEENTE_A}`, { aanbieder: AGB_A }],
])(
  'of %s it is said that it is no decision yet, or much else than the year before',
  async (naam, sleutel, wie) => {
    const headers = await machine(db, manager)
    const put = async (jaar: number, bedrag: number, vastgesteldOp = '2026-03-01') => {
      const antwoord = await app.inject({
        method: 'PUT',
        url: `/api/v1/inrichting/${naam}/${sleutel}~${jaar}`,
        headers,
        payload: { ...wie, segment: 'J-AMB', gemeente: GEMEENTE_A, jaar, bedrag, vastgesteldOp },
      })
      return antwoord.json().letOp
    }
    const vandaag = dateInNederland(omgeving.klok())
    expect(await put(2031, 100_00, vandaag)).toEqual([])
    expect(await put(2032, 150_00)).toEqual([])
    expect(await put(2033, 1950_00)).toEqual([
      'Dit plafond is 13 keer zo hoog als dat van 2032, €\u00a0150,00.',
    ])
    const morgen = addDays(vandaag, 1)
    expect(await put(2034, 1950_00, morgen)).toEqual([
      `Vastgesteld op ${formatDatumKort(morgen)}: die dag moet nog komen.`,
    ])
  },
)

test('a ceiling above or below others says which of them counts', async () => {
  for (const [code, ouder] of [
    ['jaarboven', ''],
    ['deel1', 'jaarboven'],
    ['deel2', 'jaarboven'],
  ] as const)
    expect((await postFormulier(app, NIEUW, NIEUW, segment(code, 'wmo', ouder), manager)).statusCode).toBe(
      303,
    )
  const headers = await machine(db, manager)
  const put = async (code: string, bedrag: number, gemeente: string = GEMEENTE_A, jaar = 2027) => {
    const antwoord = await app.inject({
      method: 'PUT',
      url: `/api/v1/inrichting/plafonds/${code}~${gemeente}~${jaar}`,
      headers,
      payload: { segment: code, gemeente, jaar, bedrag, vastgesteldOp: '2026-03-01' },
    })
    return antwoord.json().letOp
  }
  expect(await put('deel1', 100_00)).toEqual([])
  expect(await put('deel2', 250_50)).toEqual([])
  // Another municipality, or year, is another total.
  expect(await put('jaarboven', 1, GEMEENTE_B)).toEqual([])
  expect(await put('jaarboven', 1, GEMEENTE_A, 2028)).toEqual([])
  expect(await put('jaarboven', 300_00)).toEqual([
    expect.stringMatching(
      /^Onder dit segment vallen 2 plafonds, samen €.350,50\. Voor het geheel telt voortaan/,
    ),
  ])
  // Said once: what is there already was decided so.
  expect(await put('jaarboven', 400_00)).toEqual([])
  expect(await put('deel1', 100_00, GEMEENTE_A, 2028)).toEqual([
    expect.stringContaining('‘Deel jaarboven’, heeft ook een plafond'),
  ])
})
