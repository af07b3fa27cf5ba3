import { beforeEach, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { registerdeuren } from '../../../../test/support/registerdeuren.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { mapAfspraken } from '../../contracten/index.ts'

/** A contract that covers something else from a day on: what was judged stands, what comes is judged by what holds on its day. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const { read, bring, change, undo, remove } = registerdeuren(app, await login('contractmanager'))
const [partij, ander] = [0, 1].map(n => ({ agb: AGB_A, client: n, nummer: 11 + n })) as [Partij, Partij]
interface Partij {
  agb: typeof AGB_A
  client: number
  nummer: number
}
const claim = async (referentie: string, maand: string, partij: Partij) => {
  const regels = [{ ...partij, referentie, maand }]
  const bericht = declaratiebericht({ ...partij, identificatie: referentie, nummer: referentie, regels })
  return (await lever(omgeving, bericht))[0]
}
for (const bericht of [partij, ander].flatMap(p => [
  toewijzingsbericht({ ...p, identificatie: `T${p.nummer}` }),
  startbericht({ ...p, identificatie: `S${p.nummer}` }),
]))
  expect((await lever(omgeving, bericht))[0]?.uitkomst).toBe('verwerkt')
expect((await claim('JAN', '2026-01-01', partij))?.uitkomst).toBe('verwerkt')

const EERSTE = 'TEST-1~2025-01-01'
const NU = {
  geldigheidBegin: '01-01-2025',
  geldigheidEind: '31-12-2026',
  segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
  gemeenten: [GEMEENTE_A, GEMEENTE_B],
}
const CONTRACT = 'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n'
const TARIEVEN = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'

const list = async (vraag: string) =>
  (await db.owner.query<{ rij: string }>(vraag)).rows.map(({ rij }) => rij)
const listVersies = (nummer = 'TEST-1') =>
  list(`
    select concat_ws(' ', v.geldigheid,
      (select string_agg(code, ',' order by code) from contracten.contract_segment d join contracten.segment using (segment_id)
        where (d.contract_id, d.begin) = (v.contract_id, v.begin)),
      (select string_agg(gemeente, ',' order by gemeente) from contracten.contract_gemeente d
        where (d.contract_id, d.begin) = (v.contract_id, v.begin))) as rij
    from contracten.contractversie v join contracten.contract using (contract_id) where nummer = '${nummer}' order by v.begin`)
const listTarieven = (nummer = 'TEST-1') =>
  list(`
    select t.code || ' ' || t.geldigheid as rij from contracten.tarief t join contracten.contract using (contract_id)
    where nummer = '${nummer}' order by t.code, t.geldigheid`)
const HEEL = 'J-AMB,J-VER,W-BEG 9101,9102'
const STOND = [`[2025-01-01,2027-01-01) ${HEEL}`]
const tarievenTot = (tot: string, codes: readonly string[]) =>
  ['02A16', '44A07', '45A01', '45A04'].map(
    code => `${code} [2025-01-01,${codes.includes(code) ? tot : '2027-01-01'})`,
  )

// Each test begins with what was agreed.
beforeEach(async () => {
  await db.owner.query(`
    begin; set constraints all deferred;
    delete from contracten.tarief t using contracten.contract c where c.contract_id = t.contract_id and c.nummer not like 'TEST-_';
    delete from contracten.contractversie v using contracten.contract c where c.contract_id = v.contract_id
      and (c.nummer not like 'TEST-_' or v.begin > '2025-01-01');
    delete from contracten.contract where nummer not like 'TEST-_';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    commit`)
  expect([await listVersies(), await listTarieven()]).toEqual([STOND, tarievenTot('', [])])
})

test('a municipality leaves from a day: claims for before it stand and come, those for after it are refused', async () => {
  const eruit = { ...NU, geldigheidBegin: '01-02-2026', gemeenten: [GEMEENTE_B] }
  const vraag = await change('contracten', EERSTE, eruit)
  // What becomes of them, from when, and which municipality it is.
  expect([vraag.status, vraag.tekst]).toEqual([
    400,
    expect.stringContaining(
      'toewijzingen die geen contract of tarief meer hebben minder dan 5 01-02-2026, Aarveld',
    ),
  ])
  expect(await listVersies()).toEqual(STOND)
  expect((await vraag.go()).status).toBe(303)
  expect(await listVersies()).toEqual([
    `[2025-01-01,2026-02-01) ${HEEL}`,
    '[2026-02-01,2027-01-01) J-AMB,J-VER,W-BEG 9102',
  ])
  // Its prices hold for who stays.
  expect(await listTarieven()).toEqual(tarievenTot('', []))

  expect((await claim('JAN2', '2026-01-01', ander))?.uitkomst).toBe('verwerkt')
  const feb = await claim('FEB', '2026-02-01', partij)
  expect([feb?.uitkomst, feb?.bevindingen.map(({ regel }) => regel)]).toEqual(['afgekeurd', ['OP302']])

  const [id] = await list("select contract_id::text as rij from contracten.contract where nummer = 'TEST-1'")
  const blad = await read(`/contracten/${id}`)
  expect(blad).toContain('Wat wanneer geldt')
  expect(blad).toContain('Eraf: Aarveld.')
  // Its facts are those of today.
  expect(blad).toMatch(/Gemeenten Beekdal /)
})

test('what approved lines rely on stays: the day from which it can is said', async () => {
  const { status, tekst } = await change('contracten', EERSTE, {
    ...NU,
    geldigheidBegin: '01-01-2026',
    gemeenten: [GEMEENTE_B],
  })
  expect([status, tekst]).toEqual([400, expect.stringContaining('al declaratieregels goedgekeurd')])
  expect(await listVersies()).toEqual(STOND)
})

test('a segment leaves from a day: its prices end with it and are counted first; undone they come back', async () => {
  const vraag = await change('contracten', EERSTE, {
    ...NU,
    geldigheidBegin: '01-07-2026',
    segmenten: ['J-AMB', 'W-BEG'],
  })
  expect(vraag.tekst).toContain('tarief dat dan ook eindigt 1')
  expect((await vraag.go()).status).toBe(303)
  expect(await listTarieven()).toEqual(tarievenTot('2026-07-01', ['44A07']))
  expect((await (await undo('contracten', 'TEST-1~2026-07-01')).go()).status).toBe(303)
  expect([await listVersies(), await listTarieven()]).toEqual([STOND, tarievenTot('', [])])
})

test('a version that ends earlier ends all prices; one that only splits it ends none', async () => {
  const deel = await change('contracten', EERSTE, { ...NU, geldigheidBegin: '01-07-2026' })
  expect((await deel.go()).status).toBe(303)
  expect([await listVersies(), await listTarieven()]).toEqual([
    [`[2025-01-01,2026-07-01) ${HEEL}`, `[2026-07-01,2027-01-01) ${HEEL}`],
    tarievenTot('', []),
  ])
  const einde = await change('contracten', 'TEST-1~2026-07-01', {
    ...NU,
    geldigheidBegin: '01-07-2026',
    geldigheidEind: '30-09-2026',
  })
  expect(einde.tekst).toContain('tarieven die dan ook eindigen 4')
  expect((await einde.go()).status).toBe(303)
  expect(await listTarieven()).toEqual(tarievenTot('2026-10-01', ['02A16', '44A07', '45A01', '45A04']))
})

test('a version that goes ends the contract before it, with its prices; the only one does not go before they do', async () => {
  const split = async (contract: string) => {
    const nieuw = { ...NU, geldigheidBegin: '01-07-2026' }
    await (await change('contracten', `${contract}~2025-01-01`, nieuw)).go()
    return remove('contracten', `${contract}~2026-07-01`)
  }
  // Its end is asked as any: toewijzingen lean on it.
  const vast = await split('TEST-1')
  // The contract itself ends: no municipality leaves it.
  expect([vast.gevraagd, vast.tekst]).toEqual([
    true,
    expect.stringMatching(
      /toewijzingen die geen contract of tarief meer hebben minder dan 5 01-07-2026 (?!, )/,
    ),
  ])
  expect((await vast.go()).status).toBe(303)
  expect(await listVersies()).toEqual([`[2025-01-01,2026-07-01) ${HEEL}`])

  const los = await split('TEST-2')
  expect(los.tekst).toContain('tarieven die dan ook eindigen 4')
  expect((await los.go()).status).toBe(303)
  const codes = ['02A16', '44A07', '45A01', '45A04']
  expect(await listTarieven('TEST-2')).toEqual(tarievenTot('2026-07-01', codes))
  const laatste = await (await remove('contracten', 'TEST-2~2025-01-01')).go()
  expect([laatste.status, laatste.tekst]).toEqual([409, expect.stringContaining('Er is al iets op gebouwd')])
})

test('of a version that changes, what is left out is left out from its own first day, and that is said', async () => {
  await (await change('contracten', EERSTE, { ...NU, geldigheidBegin: '01-07-2026' })).go()
  const vraag = await change('contracten', 'TEST-1~2026-07-01', {
    ...NU,
    geldigheidBegin: '01-07-2026',
    gemeenten: [GEMEENTE_A],
  })
  expect(vraag.tekst).toContain('vervalt voor alle dagen vanaf 01-07-2026')
  expect((await vraag.go()).status).toBe(303)
  // What the other versions cover stays.
  expect(await listVersies()).toEqual([
    `[2025-01-01,2026-07-01) ${HEEL}`,
    '[2026-07-01,2027-01-01) J-AMB,J-VER,W-BEG 9101',
  ])
})

const twee = (nummer: string, tweede: string, aanbieder: string = AGB_B) =>
  `${CONTRACT}${nummer};${AGB_B};01-01-2025;31-12-2025;J-AMB;${GEMEENTE_A}\n` +
  `${nummer};${aanbieder};${tweede};31-12-2026;J-AMB,J-VER;${GEMEENTE_A},${GEMEENTE_B}\n`

test('a file brings a contract in versions; the same again changes nothing, and taken back it is gone', async () => {
  const eerst = await bring('contracten', twee('PROEF', '01-01-2026'))
  expect(eerst.tekst).toContain('Dit zou het doen: 2 nieuw.')
  expect((await eerst.go()).status).toBe(303)
  expect(await listVersies('PROEF')).toEqual([
    '[2025-01-01,2026-01-01) J-AMB 9101',
    '[2026-01-01,2027-01-01) J-AMB,J-VER 9101,9102',
  ])
  expect((await bring('contracten', twee('PROEF', '01-01-2026'))).tekst).toContain('2 staan er al zo.')
  expect((await eerst.back()).status).toBe(303)
  expect(await listVersies('PROEF')).toEqual([])
  expect(await list("select nummer as rij from contracten.contract where nummer = 'PROEF'")).toEqual([])
})

test.each<[string, string, RegExp]>([
  [
    'a day between its versions',
    twee('PROEF', '02-01-2026'),
    /eindigt op 31-12-2025, en het volgende begint pas op 02-01-2026\. Laat het volgende de dag erna beginnen/,
  ],
  ['another provider in the second', twee('PROEF', '01-01-2026', AGB_A), /blijft van dezelfde aanbieder/],
  ['versions on the same days', twee('PROEF', '01-12-2025'), /valt samen met die van rij 2/],
])('a file with %s is refused', async (_, inhoud, reden) => {
  expect((await bring('contracten', inhoud)).tekst).toMatch(reden)
})

test('a price lies on days on which its segment is in the contract', async () => {
  await (await bring('contracten', twee('PROEF', '01-01-2026'))).go()
  const from = async (begin: string) =>
    (await bring('tarieven', `${TARIEVEN}PROEF;jw;44A07;${begin};31-12-2026;95,00\n`)).tekst
  expect(await from('01-06-2025')).toContain(
    'Het segment van dit product staat niet in het contract van 01-06-2025 tot en met 31-12-2025.',
  )
  expect(await from('31-12-2025')).toContain('van 31-12-2025 tot en met 31-12-2025')
})

test('two prices for the same are only double on days on which both contracts are for the municipality', async () => {
  // TEST-2 is for this municipality until July; the other has its price until then.
  await (await change('contracten', 'TEST-2~2025-01-01', { ...NU, gemeenten: [GEMEENTE_A] })).go()
  const erbij = await change('contracten', 'TEST-2~2025-01-01', { ...NU, geldigheidBegin: '01-07-2026' })
  expect((await erbij.go()).status).toBe(303)
  await (
    await bring('contracten', `${CONTRACT}PROEF;${AGB_B};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_B}\n`)
  ).go()
  const until = async (eind: string) =>
    (await bring('tarieven', `${TARIEVEN}PROEF;jw;45A04;01-01-2025;${eind};95,00\n`)).tekst
  expect(await until('01-07-2026')).toMatch(
    /in Beekdal geldt vanaf 01-07-2026 al een tarief .* in contract TEST-2/,
  )
  expect(await until('30-06-2026')).toContain('Dit zou het doen: 1 nieuw.')
})

test('a version that gets another first day stays before the one that follows it', async () => {
  await (await change('contracten', EERSTE, { ...NU, geldigheidBegin: '01-07-2026' })).go()
  const over = await change('contracten', EERSTE, { ...NU, geldigheidBegin: '01-09-2026' })
  expect([over.status, over.tekst]).toEqual([
    400,
    expect.stringContaining('Vanaf 01-07-2026 geldt al iets anders. Open dat en wijzig het daar.'),
  ])
  const ertussen = { ...NU, geldigheidBegin: '01-05-2026', geldigheidEind: '30-06-2026' }
  expect((await (await change('contracten', EERSTE, ertussen)).go()).status).toBe(303)
  expect(await listVersies()).toHaveLength(3)
})

test('a contract with a later version ends with it on its own page, which each door says', async () => {
  const later = { ...NU, geldigheidBegin: '01-07-2026', segmenten: ['J-AMB', 'W-BEG'] }
  expect((await (await change('contracten', EERSTE, later)).go()).status).toBe(303)
  const blad = await read(`/inrichten/contracten/rij/${EERSTE}/wijzig`)
  expect(blad).toMatch(
    /Hierna komt wat apart staat: vanaf 01-07-2026 ?\. Moet dit contract eerder eindigen\?/,
  )
  expect(await read('/inrichten/contracten/rij/TEST-1~2026-07-01/wijzig')).toMatch(
    /Ervoor geldt wat er vanaf 01-01-2025 staat\. Moet dit contract al vóór 01-07-2026 eindigen\?/,
  )
  const hoe =
    /Moet dit contract op 31-03-2026 eindigen\? Wijzig dat dan op zijn bladzijde: wat er vanaf 01-07-2026 staat, vervalt dan mee/
  const korter = { ...NU, geldigheidEind: '31-03-2026' }
  const rij = `${CONTRACT}TEST-1;${AGB_A};01-01-2025;31-03-2026;J-AMB, J-VER, W-BEG;${GEMEENTE_A}, ${GEMEENTE_B}\n`
  expect((await bring('contracten', rij)).tekst).toMatch(hoe)
  // A first day in the version that runs, from the later one: what stands in its way is said with what to do.
  const ervoor = { ...later, geldigheidBegin: '01-04-2026' }
  expect((await change('contracten', 'TEST-1~2026-07-01', ervoor)).tekst).toContain(
    'Kies een laatste dag vóór die dag, of verwijder eerst wat er vanaf die dag staat.',
  )
  expect((await (await change('contracten', EERSTE, korter)).go()).status).toBe(303)
  expect(await listVersies()).toEqual([`[2025-01-01,2026-04-01) ${HEEL}`])
})

test('what joins or leaves a version and not the next one that stood there is said before it is saved', async () => {
  const later = { ...NU, geldigheidBegin: '01-07-2026', segmenten: ['J-AMB'], gemeenten: [GEMEENTE_B] }
  expect((await (await change('contracten', EERSTE, later)).go()).status).toBe(303)
  const smal = { ...NU, geldigheidEind: '30-06-2026', segmenten: ['J-AMB', 'W-BEG'] }
  const zonder = { ...smal, geldigheidBegin: '01-04-2026', gemeenten: [GEMEENTE_B] }
  // What leaves was decided.
  const weg = await change('contracten', EERSTE, zonder)
  expect(weg.tekst).not.toContain('daar eindigt het dan weer')
  expect((await weg.go()).status).toBe(303)
  const erbij = await change('contracten', 'TEST-1~2026-04-01', {
    ...zonder,
    segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
    gemeenten: [GEMEENTE_A, GEMEENTE_B],
  })
  const zeg = (naam: string) =>
    `De versie vanaf 01-07-2026 heeft ${naam} niet: daar eindigt het dan weer. Voeg het ook daar toe.`
  for (const naam of ['Aarveld', 'Jeugdhulp met verblijf']) expect(erbij.tekst).toContain(zeg(naam))
  // Nor does what leaves stay away where the next one has it.
  const eruit = await change('contracten', 'TEST-1~2026-04-01', { ...zonder, gemeenten: [GEMEENTE_A] })
  expect(eruit.tekst).toContain(
    'De versie vanaf 01-07-2026 heeft Beekdal wel: daar begint het dan weer. Haal het ook daar weg.',
  )
  expect(erbij.tekst).not.toContain('daar begint het dan weer')
  // What the next one has is no matter, nor what joins the last.
  expect(erbij.tekst).not.toContain(zeg('Ambulante jeugdhulp'))
  const laatste = await change('contracten', 'TEST-1~2026-07-01', {
    ...later,
    gemeenten: [GEMEENTE_A, GEMEENTE_B],
  })
  expect(laatste.tekst).not.toContain('daar eindigt het dan weer')
  // By file a next version that comes with it was decided too; one that stands was not.
  const rij = (nummer: string, van: string, tot: string, gemeenten: string) =>
    `${nummer};${AGB_A};${van};${tot};J-AMB;${gemeenten}\n`
  const samen = await bring(
    'contracten',
    CONTRACT +
      rij('PROEF', '01-01-2025', '31-12-2025', GEMEENTE_B) +
      rij('PROEF', '01-01-2026', '31-03-2026', `${GEMEENTE_A}, ${GEMEENTE_B}`) +
      rij('PROEF', '01-04-2026', '31-12-2026', GEMEENTE_B),
  )
  expect(samen.tekst).not.toContain('daar eindigt het dan weer')
})

test('the one in the middle does not go: what is left would not follow each other', async () => {
  const rij = (van: string, tot: string) => `PROEF;${AGB_B};${van};${tot};J-AMB;${GEMEENTE_A}\n`
  const drie =
    rij('01-01-2025', '30-06-2025') + rij('01-07-2025', '31-12-2025') + rij('01-01-2026', '31-12-2026')
  expect((await (await bring('contracten', CONTRACT + drie)).go()).status).toBe(303)
  const weg = await (await remove('contracten', 'PROEF~2025-07-01')).go()
  expect([weg.status, weg.tekst]).toEqual([409, expect.stringContaining('Dit sluit niet aan')])
  expect(await listVersies('PROEF')).toHaveLength(3)
  expect((await (await remove('contracten', 'PROEF~2026-01-01')).go()).status).toBe(303)
})

test('a contract that names the whole covers its parts: claims, and what leans on it', async () => {
  await db.owner.query(`
    insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values ('J-HEEL', 'jw', 'Heel', 'x', 'x', 9);
    update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-HEEL') where code = 'J-AMB'`)
  const heel = { ...NU, segmenten: ['J-HEEL', 'J-VER', 'W-BEG'] }
  expect((await (await change('contracten', EERSTE, heel)).go()).status).toBe(303)
  const weg = await change('contracten', EERSTE, { ...heel, gemeenten: [GEMEENTE_B] })
  expect([weg.status, weg.tekst]).toEqual([400, expect.stringContaining('al declaratieregels goedgekeurd')])
  // Without a price of its own the segment decides whether there is a contract.
  const vraag = {
    gemeente: GEMEENTE_A,
    aanbiederId: Number(
      (await list(`select aanbieder_id as rij from aanbieders.aanbieder where agb = '${AGB_A}'`))[0],
    ),
    domein: 'jw' as const,
    code: '45A04',
    op: '2026-03-01',
  }
  await db.owner.query(`update contracten.tarief t set geldigheid = '[2025-01-01,2026-02-01)' from contracten.contract c
    where c.contract_id = t.contract_id and nummer = 'TEST-1' and code = '45A04'`)
  const ctx = makeCtx(omgeving, systeem('proef', [GEMEENTE_A, GEMEENTE_B]))
  const [afspraak] = (await ctx.read(tx => mapAfspraken(tx, [vraag]))).values()
  expect(afspraak).toMatchObject({ tarief: null, gecontracteerd: true })
  expect((await (await change('contracten', EERSTE, NU)).go()).status).toBe(303)
  await db.owner.query(`
    update contracten.segment set ouder_id = null; delete from contracten.segment where code = 'J-HEEL'`)
})

test('what is counted changes with the month: no two counts tell the last day of one resident', async () => {
  const counts = async (dag: string) =>
    /toewijzingen die geen .*?(minder dan 5|\d+ of meer)/.exec(
      (await change('contracten', EERSTE, { ...NU, geldigheidBegin: dag, gemeenten: [GEMEENTE_B] })).tekst,
    )?.[1]
  const end = (eind: string) => db.owner.query(`update toegang.toewijzing_versie set eind = '${eind}'`)
  await end('2026-07-11')
  const counted = []
  for (const dag of ['30-06-2026', '11-07-2026', '12-07-2026', '31-07-2026', '01-08-2026'])
    counted.push(await counts(dag))
  await end('2026-12-31')
  expect(counted).toEqual(['minder dan 5', 'minder dan 5', 'minder dan 5', 'minder dan 5', undefined])
})
