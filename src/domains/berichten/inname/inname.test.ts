import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { answerOf, testIntake } from '../../../../test/support/intake.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  lever,
  startbericht,
  stopbericht,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { unpackFile } from '../../../platform/files.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { catchUp, judgeWaiting, receiveBerichten, receiveForLater } from '../index.ts'
import { mapOordelen } from '../post/store.ts'

tellInOrder()

const { db, omgeving, one, count, figures } = await testIntake()

describe('the thread: toewijzing → start → declaratie → figure', () => {
  test('a 301 is accepted with a 302 of a header only, and counts as allocated', async () => {
    const inname = await one(toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
    expect(inname).toMatchObject({ uitkomst: 'verwerkt', soort: 'JW301', niveau: null, bevindingen: [] })
    const retour = answerOf(inname)
    expect(retour.header.retourCodes).toBeUndefined()
    expect('client' in retour).toBe(false)
    expect(retour).toMatchObject({
      bericht: 'JW302',
      header: {
        berichtCode: '437',
        afzender: GEMEENTE_A,
        identificatieRetour: expect.stringMatching(/^S\d{11}$/),
      },
    })
    expect((await figures()).toegewezen).toBe(12 * 20 * 9000)
  })

  test('the resident is stored without a readable BSN', async () => {
    const { rows } = await db.owner.query(
      'select *, encode(bsn_versleuteld, $1) as hex from toegang.client',
      ['hex'],
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows[0])).not.toContain('9999')
    expect(rows[0].testdata).toBe(true)
    expect(await count('toegang.woonplaats')).toBe(1)
    expect(await count('toegang.verantwoordelijkheid')).toBe(1)
  })

  test('start and stop are recorded and answered', async () => {
    expect(await one(startbericht({ identificatie: 'S1', nummer: 1 }))).toMatchObject({
      uitkomst: 'verwerkt',
      antwoord: { soort: 'JW306' },
    })
    expect(await one(stopbericht({ identificatie: 'P1', nummer: 1 }))).toMatchObject({
      uitkomst: 'verwerkt',
      antwoord: { soort: 'JW308' },
    })
    expect(await count('toegang.start_stop')).toBe(2)
  })

  test('a good 323 is fully granted (8001), due in 30 days, and counts in euros and persons', async () => {
    const inname = await one(
      declaratiebericht({ identificatie: 'D1', nummer: 'DN1', regels: [{ nummer: 1, referentie: 'R1' }] }),
    )
    expect(inname).toMatchObject({ uitkomst: 'verwerkt', niveau: null })
    expect(answerOf(inname)).toMatchObject({
      bericht: 'JW325',
      header: {
        afzender: GEMEENTE_A,
        ontvanger: AGB_A,
        retourCodes: ['0200'],
        declaratieIdentificatie: { identificatie: 'D1' },
      },
      declaratieAntwoord: {
        retourCodes: ['8001'],
        totaalToegekendBedrag: { totaalBedrag: 90_000, debetCredit: 'D' },
      },
    })
    expect(await figures()).toMatchObject({ bedrag: 90_000, regels: 1 })
    const { rows } = await db.owner.query('select bedrag, vervalt_op::text from declaraties.betaling')
    expect(rows).toEqual([{ bedrag: '90000', vervalt_op: '2026-04-04' }])
    const geteld = await db.database.read({ ...NOBODY, gemeentenCijfers: GEMEENTEN }, async () =>
      db.owner.query('select sum(maanden)::int as m from sturing.clientmaand'),
    )
    expect(geteld.rows[0].m).toBe(0b10)
  })

  test('the same bytes again book nothing and get the same answer again', async () => {
    const before = await figures()
    const bericht = declaratiebericht({
      identificatie: 'D1',
      nummer: 'DN1',
      regels: [{ nummer: 1, referentie: 'R1' }],
    })
    const weer = await one(bericht)
    expect(weer.uitkomst).toBe('al-ontvangen')
    expect(answerOf(weer)).toMatchObject({ declaratieAntwoord: { retourCodes: ['8001'] } })
    expect(await figures()).toEqual(before)
    expect(await count('declaraties.declaratie')).toBe(1)
  })

  test('twice in one batch counts once', async () => {
    const bericht = toewijzingsbericht({ identificatie: 'T2', nummer: 2, client: 1 })
    const [eerste, tweede] = await lever(omgeving, bericht, bericht)
    expect([eerste?.uitkomst, tweede?.uitkomst]).toEqual(['verwerkt', 'al-ontvangen'])
  })
})

describe('answers that come in', () => {
  test('a 302 on a known 301 is taken as accepted, and gets no answer itself', async () => {
    const heen = await one(toewijzingsbericht({ identificatie: 'T50', nummer: 50, client: 50 }))
    const retour = Buffer.from(heen.antwoord?.xml ?? '')
    const [inname] = await receiveBerichten(makeCtx(omgeving, systeem('test', GEMEENTEN)), [
      { bytes: retour, ontvangenOp: omgeving.klok() },
    ])
    expect(inname).toMatchObject({ uitkomst: 'aanvaard', soort: 'JW302' })
    expect(inname?.antwoord).toBeUndefined()
  })

  test('a 325 that fits its 323 is taken as accepted; one of an unknown 323 is refused', async () => {
    const heen = await one(
      declaratiebericht({
        identificatie: 'D50',
        nummer: 'DN50',
        regels: [{ nummer: 50, client: 50, referentie: 'R50' }],
      }),
    )
    const eigen = heen.antwoord?.xml ?? ''
    // As another municipality's software would have made it: with an identificatie of its own.
    const as = (identificatie: string) => eigen.replace(/S\d{11}/, identificatie)
    const take = async (tekst: string) => {
      const [inname] = await receiveBerichten(makeCtx(omgeving, systeem('test', GEMEENTEN)), [
        { bytes: Buffer.from(tekst), ontvangenOp: omgeving.klok() },
      ])
      return inname
    }
    expect(await take(eigen)).toMatchObject({ uitkomst: 'afgekeurd', bevindingen: [{ regel: 'TR056' }] })
    expect(await take(as('A50'))).toMatchObject({ uitkomst: 'aanvaard', soort: 'JW325', bevindingen: [] })
    expect(await take(as('A50').replace('\n', '\n\n'))).toMatchObject({ bevindingen: [{ regel: 'TR056' }] })
    const ander = await take(as('A51').replaceAll('>D50<', '>D51<'))
    expect(ander).toMatchObject({ uitkomst: 'afgekeurd', niveau: 3, bevindingen: [{ regel: 'TR337' }] })
    const nummer = await take(as('A52').replaceAll('>DN50<', '>DN51<'))
    expect(nummer).toMatchObject({ uitkomst: 'afgekeurd', bevindingen: [{ regel: 'TR376' }] })
  })
})

describe('by job', () => {
  test('a received message waits, is judged once by whoever comes first, and reads as it came', async () => {
    const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
    const bytes = toBytes(toewijzingsbericht({ identificatie: 'T60', nummer: 60, client: 60 }))
    const ontvangen = await receiveForLater(ctx, { bytes, ontvangenOp: omgeving.klok() })
    expect(ontvangen.uitkomst).toBe('ontvangen')
    const { gemeente = '', berichtId = '' } = ontvangen
    expect(await count('graphile_worker._private_jobs')).toBe(1)
    await Promise.all([judgeWaiting(ctx, gemeente, berichtId), judgeWaiting(ctx, gemeente, berichtId)])
    await judgeWaiting(ctx, gemeente, berichtId)
    expect(await count('toegang.toewijzing', 'nummer = 60')).toBe(1)
    expect(await count('berichten.bericht', `antwoord_op = '${berichtId}'`)).toBe(1)
    const { rows } = await db.owner.query('select inhoud from berichten.bestand where bericht_id = $1', [
      berichtId,
    ])
    expect((await unpackFile(db.kluis, rows[0].inhoud)).equals(bytes)).toBe(true)
    expect(rows[0].inhoud.includes(Buffer.from('Testpersoon'))).toBe(false)
  })
})

test.each([
  ['a message that is good', 80, 80, { uitkomst: 'verwerkt', niveau: null }],
  ['one that is refused', 81, 999, { uitkomst: 'afgekeurd', niveau: 3 }],
])(
  '%s, judged by another in between, answers the same to whoever brought it first',
  async (_, nummer, op, verwacht) => {
    const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
    await one(toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer }))
    const bericht = startbericht({ identificatie: `S${nummer}`, nummer: op, client: nummer })
    let keer = 0
    // The first write records; before the second, that would judge, another is sooner.
    const gehaast: typeof ctx = {
      ...ctx,
      namens(gemeenten) {
        const breed = ctx.namens(gemeenten)
        return {
          ...breed,
          async write(fn) {
            keer += 1
            if (keer === 2) await catchUp(ctx)
            return breed.write(fn)
          },
        }
      },
    }
    const [inname] = await receiveBerichten(gehaast, [
      { bytes: toBytes(bericht), ontvangenOp: omgeving.klok() },
    ])
    expect(inname).toMatchObject({ ...verwacht, soort: 'JW305', antwoord: { soort: 'JW306' } })
    expect((inname?.bevindingen.length ?? 0) > 0).toBe(verwacht.niveau !== null)
  },
)

test('two intakes of one provider at once: one open debit, one refusal', async () => {
  await one(toewijzingsbericht({ identificatie: 'T70', nummer: 70, client: 70 }))
  const twee = await Promise.all(
    ['A', 'B'].map(x =>
      one(
        declaratiebericht({
          identificatie: `D70${x}`,
          nummer: `DN70${x}`,
          regels: [{ nummer: 70, client: 70, referentie: `R70${x}` }],
        }),
      ),
    ),
  )
  expect(twee.map(t => t.uitkomst).sort()).toEqual(['afgekeurd', 'verwerkt'])
})

test('how a message ended is told with all its findings, in their order, and of its own municipality', async () => {
  const { berichtId } = await one(toewijzingsbericht({ identificatie: 'T90', nummer: 90, client: 90 }))
  // A message of another municipality may have the same number: every key begins with the municipality.
  await db.owner.query(
    `insert into berichten.bericht
     select (jsonb_populate_record(b, '{"gemeente": "${GEMEENTE_B}", "staat": "afgekeurd"}')).*
     from berichten.bericht b where bericht_id = $1`,
    [berichtId],
  )
  await db.owner.query(
    `insert into berichten.bevinding (gemeente, bericht_id, volgnummer, niveau, regel, retourcode, pad, melding)
     select gemeente, $1, nr, 3, 'R' || nr, null, '/pad/' || nr, gemeente || ' melding ' || nr
     from (values ('${GEMEENTE_A}', 3), ('${GEMEENTE_B}', 1), ('${GEMEENTE_A}', 1), ('${GEMEENTE_A}', 2)) v (gemeente, nr)`,
    [berichtId],
  )
  const van = (gemeente: string) => (nr: number) => ({
    regel: `R${nr}`,
    retourcode: null,
    pad: `/pad/${nr}`,
    melding: `${gemeente} melding ${nr}`,
  })
  for (const [gemeente, staat, nummers] of [
    [GEMEENTE_A, 'verwerkt', [1, 2, 3]],
    [GEMEENTE_B, 'afgekeurd', [1]],
  ] as const) {
    const oordelen = await omgeving.database.read(systeem('test', GEMEENTEN).scope, async tx => {
      // As they were written, and not as an index happens to hold them.
      for (const soort of ['indexscan', 'indexonlyscan'])
        await sql`select set_config(${`enable_${soort}`}, 'off', true)`.execute(tx)
      return mapOordelen(tx, [{ gemeente, berichtId: berichtId ?? '' }])
    })
    expect([...oordelen]).toEqual([[berichtId, { staat, bevindingen: nummers.map(van(gemeente)) }]])
  }
})

test('messages are recorded in the order of their fingerprints, whatever that of the delivery: no two wait in a circle', async () => {
  const nummers = Array.from({ length: 12 }, (_, i) => 900 + i)
  await lever(
    omgeving,
    ...nummers.map(nummer => toewijzingsbericht({ identificatie: `V${nummer}`, nummer, client: nummer })),
  )
  const { rows } = await db.owner.query<{ afdruk: string }>(
    `select encode(vingerafdruk, 'hex') as afdruk from berichten.bericht join berichten.bestand f using (gemeente, bericht_id)
     where identificatie like 'V9%' order by f.ctid`,
  )
  const afdrukken = rows.map(({ afdruk }) => afdruk)
  expect(afdrukken).toHaveLength(nummers.length)
  expect(afdrukken).toEqual(afdrukken.toSorted())
})
