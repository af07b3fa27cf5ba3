import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { unpackFile } from '../../../platform/files.ts'
import { makeCtx, systeem, type Wie } from '../../../platform/http/ctx.ts'
import { type Bericht, controleerBytes } from '../../istandaard/index.ts'
import { type Inname, neemIn, ontvang, verwerkWachtend } from '../index.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
let aanbieders: Map<string, number>

beforeAll(async () => {
  aanbieders = await laadTestregio(omgeving)
})

const one = async (bericht: Bericht): Promise<Inname> => {
  const [uitkomst] = await lever(omgeving, bericht)
  if (!uitkomst) throw new Error('no outcome')
  return uitkomst
}

/** The answer, read back as any receiver would: it must be a valid message itself. */
function answerOf(inname: Inname): Record<string, never> & { header: { retourCodes?: string[] } } {
  const { inhoud, niveau, bevindingen } = controleerBytes(Buffer.from(inname.antwoord?.xml ?? ''))
  expect(bevindingen).toEqual([])
  expect(niveau).toBeNull()
  return inhoud as never
}

async function count(table: string, where = 'true'): Promise<number> {
  const { rows } = await db.owner.query(`select count(*)::int as n from ${table} where ${where}`)
  return rows[0].n
}

async function figures(): Promise<{ bedrag: number; regels: number; toegewezen: number }> {
  const { rows } = await db.owner.query(
    'select coalesce(sum(bedrag), 0)::int8 as bedrag, coalesce(sum(regels), 0)::int8 as regels, coalesce(sum(toegewezen), 0)::int8 as toegewezen from sturing.maandcijfer',
  )
  return { bedrag: +rows[0].bedrag, regels: +rows[0].regels, toegewezen: +rows[0].toegewezen }
}

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

describe('what is refused', () => {
  test('level 2: header with 0001 only, and the message counts as not sent', async () => {
    const fout = declaratiebericht({
      identificatie: 'D2',
      nummer: 'DN2',
      regels: [
        { nummer: 1, referentie: 'R2' },
        { nummer: 1, referentie: 'R3' },
      ],
    })
    const inname = await one(fout)
    expect(inname).toMatchObject({ uitkomst: 'afgekeurd', niveau: 2 })
    expect(inname.bevindingen.map(b => b.regel)).toContain('TR416')
    const antwoord = answerOf(inname)
    expect(antwoord.header.retourCodes).toEqual(['0001'])
    expect('declaratieAntwoord' in antwoord).toBe(false)
    expect(await count('declaraties.declaratie', "nummer = 'DN2'")).toBe(0)
    const weer = await one(
      declaratiebericht({
        identificatie: 'D2',
        nummer: 'DN2',
        regels: [{ nummer: 2, client: 1, referentie: 'R2' }],
      }),
    )
    expect(weer.uitkomst).toBe('verwerkt')
  })

  test('an identificatie used before: header with 9056 (TR056)', async () => {
    const inname = await one(
      declaratiebericht({
        identificatie: 'D1',
        nummer: 'DN9',
        regels: [{ nummer: 2, client: 1, referentie: 'R9', maand: '2026-01-01' }],
      }),
    )
    expect(answerOf(inname).header.retourCodes).toEqual(['9056'])
    expect(inname.uitkomst).toBe('afgekeurd')
  })

  test('a dagtekening in the future: 8848 (TR135)', async () => {
    const inname = await one(
      toewijzingsbericht({ identificatie: 'T3', nummer: 3, client: 2, dagtekening: '2026-03-17' }),
    )
    expect(answerOf(inname).header.retourCodes).toEqual(['8848'])
    expect(await count('toegang.toewijzing', 'nummer = 3')).toBe(0)
  })

  test('one bad product refuses the whole 301, with every class marked (IV028)', async () => {
    const bericht = toewijzingsbericht({ identificatie: 'T4', nummer: 4, client: 3 })
    const [goed] = bericht.client.toegewezenProducten
    if (!goed) throw new Error('no product')
    bericht.client.toegewezenProducten.push({
      ...goed,
      toewijzingNummer: 1,
      product: { categorie: '44', code: '44A07' },
      omvang: { volume: 1, eenheid: '14', frequentie: '4' },
    })
    const inname = await one(bericht)
    expect(inname).toMatchObject({ uitkomst: 'afgekeurd', niveau: 3 })
    expect(answerOf(inname)).toMatchObject({
      header: { retourCodes: ['0200'] },
      client: {
        retourCodes: ['0200'],
        contactgegevens: [{ retourCodes: ['0200'] }],
        toegewezenProducten: [{ retourCodes: ['0200'] }, { retourCodes: ['9332'] }],
      },
    })
    expect(await count('toegang.toewijzing', 'nummer = 4')).toBe(0)
    expect(await count('toegang.client')).toBe(2)
  })

  test('a 323 of which one line fails is granted for the rest; the answer adds up (TR342)', async () => {
    await one(toewijzingsbericht({ identificatie: 'T5', nummer: 5, client: 4 }))
    const inname = await one(
      declaratiebericht({
        identificatie: 'D5',
        nummer: 'DN5',
        regels: [
          { nummer: 5, client: 4, referentie: 'R51' },
          { nummer: 2, client: 1, referentie: 'R52', maand: '2026-01-01', tarief: 9001 },
        ],
      }),
    )
    expect(inname.uitkomst).toBe('deels-afgekeurd')
    expect(answerOf(inname)).toMatchObject({
      declaratieAntwoord: {
        retourCodes: ['0200'],
        totaalIngediendBedrag: { totaalBedrag: 180_010 },
        totaalToegekendBedrag: { totaalBedrag: 90_000, debetCredit: 'D' },
        clienten: [
          {
            retourCodes: ['0200'],
            prestaties: [{ retourCodes: ['0611'], ingediendBedrag: { bedrag: 90_010 } }],
          },
        ],
      },
    })
  })

  test('an unknown client: 8187 on the client, 0233 on the lines', async () => {
    const inname = await one(
      declaratiebericht({
        identificatie: 'D6',
        nummer: 'DN6',
        regels: [{ nummer: 1, client: 99, referentie: 'R61' }],
      }),
    )
    expect(inname.uitkomst).toBe('afgekeurd')
    expect(answerOf(inname)).toMatchObject({
      declaratieAntwoord: {
        totaalToegekendBedrag: { totaalBedrag: 0, debetCredit: 'D' },
        clienten: [{ retourCodes: ['8187'], prestaties: [{ retourCodes: ['0233'] }] }],
      },
    })
  })

  test('a declaratie number used before: refused whole, header 0200 (TR333)', async () => {
    const inname = await one(
      declaratiebericht({
        identificatie: 'D7',
        nummer: 'DN5',
        regels: [{ nummer: 5, client: 4, referentie: 'R71', maand: '2026-01-01' }],
      }),
    )
    const antwoord = answerOf(inname)
    expect(antwoord).toMatchObject({
      header: { retourCodes: ['0200'] },
      declaratieAntwoord: { retourCodes: ['9333'], totaalToegekendBedrag: { totaalBedrag: 0 } },
    })
    expect(antwoord).not.toHaveProperty('declaratieAntwoord.clienten')
    const weer = await one(
      declaratiebericht({
        identificatie: 'D8',
        nummer: 'DN8',
        regels: [{ nummer: 5, client: 4, referentie: 'R71', maand: '2026-01-01' }],
      }),
    )
    expect(weer.uitkomst).toBe('verwerkt')
  })

  test.each([
    ['no XML at all', Buffer.from('beste gemeente'), 1],
    ['an empty file', Buffer.alloc(0), 1],
    [
      'a municipality elsewhere',
      toBytes(toewijzingsbericht({ identificatie: 'X1', nummer: 9, gemeente: '0363' })),
      4,
    ],
    [
      'a provider we do not know',
      toBytes(toewijzingsbericht({ identificatie: 'X2', nummer: 9, agb: '12345678' })),
      4,
    ],
  ])('at the door: %s is not recorded, and says why', async (_, bytes, niveau) => {
    const before = await count('berichten.bericht')
    const [inname] = await neemIn(makeCtx(omgeving, systeem('test', GEMEENTEN)), [
      { bytes, ontvangenOp: omgeving.klok() },
    ])
    expect(inname).toMatchObject({ uitkomst: 'geweigerd-aan-de-deur', niveau })
    expect(inname?.bevindingen.length).toBeGreaterThan(0)
    expect(await count('berichten.bericht')).toBe(before)
  })
})

describe('credits', () => {
  test('credit and corrected debit in one 323: the figure moves by the difference (OP366)', async () => {
    await one(toewijzingsbericht({ identificatie: 'T20', nummer: 20, client: 10 }))
    await one(
      declaratiebericht({
        identificatie: 'D20',
        nummer: 'DN20',
        regels: [{ nummer: 20, client: 10, referentie: 'R20' }],
      }),
    )
    const before = await figures()
    // The debit stands first in the message: credits are judged first all the same.
    const inname = await one(
      declaratiebericht({
        identificatie: 'D21',
        nummer: 'DN21',
        regels: [
          { nummer: 20, client: 10, referentie: 'R22', volume: 7 },
          { nummer: 20, client: 10, referentie: 'R21', crediteert: 'R20' },
        ],
      }),
    )
    expect(inname.uitkomst).toBe('verwerkt')
    expect((await figures()).bedrag - before.bedrag).toBe(-3 * 9000)
    expect((await figures()).regels - before.regels).toBe(0)
  })

  test('crediting once more is refused (TR390), and a line counts as open again only after its credit (TR389)', async () => {
    const weer = await one(
      declaratiebericht({
        identificatie: 'D22',
        nummer: 'DN22',
        regels: [{ nummer: 20, client: 10, referentie: 'R23', crediteert: 'R20' }],
      }),
    )
    expect(weer.bevindingen.map(b => b.regel)).toEqual(['TR390'])
    const dubbel = await one(
      declaratiebericht({
        identificatie: 'D23',
        nummer: 'DN23',
        regels: [{ nummer: 20, client: 10, referentie: 'R24', volume: 7 }],
      }),
    )
    expect(dubbel.bevindingen.map(b => b.regel)).toEqual(['TR389'])
  })

  test('a person with every line credited is no longer counted', async () => {
    await one(
      declaratiebericht({
        identificatie: 'D24',
        nummer: 'DN24',
        regels: [{ nummer: 20, client: 10, referentie: 'R25', volume: 7, crediteert: 'R22' }],
      }),
    )
    expect(await count('sturing.clientmaand', 'maanden = 0')).toBe(1)
  })
})

describe('changes of a toewijzing', () => {
  test('a shorter end is a new state that takes value away; a repeated one is none', async () => {
    await one(toewijzingsbericht({ identificatie: 'T30', nummer: 30, client: 20 }))
    const before = await figures()
    const korter = { toewijzingsdatum: '2026-01-15', einddatum: '2026-06-30', redenWijziging: '05' }
    await one(
      toewijzingsbericht({
        identificatie: 'T31',
        dagtekening: '2026-03-02',
        nummer: 30,
        client: 20,
        product: korter,
      }),
    )
    expect((await figures()).toegewezen - before.toegewezen).toBe(-6 * 20 * 9000)
    await one(
      toewijzingsbericht({
        identificatie: 'T32',
        dagtekening: '2026-03-02',
        nummer: 30,
        client: 20,
        product: korter,
      }),
    )
    expect(
      await count(
        'toegang.toewijzing_versie v join toegang.toewijzing t using (gemeente, toewijzing_id)',
        't.nummer = 30',
      ),
    ).toBe(2)
  })

  test('an older decision that arrives later is history at once (OP080)', async () => {
    const oud = { toewijzingsdatum: '2026-01-10', einddatum: '2026-09-30', redenWijziging: '05' }
    await one(
      toewijzingsbericht({
        identificatie: 'T33',
        dagtekening: '2026-03-02',
        nummer: 30,
        client: 20,
        product: oud,
      }),
    )
    const { rows } = await db.owner.query(
      `select v.eind::text from toegang.toewijzing t join toegang.toewijzing_versie v
       on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie where t.nummer = 30`,
    )
    expect(rows).toEqual([{ eind: '2026-06-30' }])
    await one(
      toewijzingsbericht({
        identificatie: 'T34',
        dagtekening: '2026-03-02',
        nummer: 30,
        client: 20,
        product: { toewijzingsdatum: '2026-02-01', einddatum: '2026-05-31', redenWijziging: '05' },
      }),
    )
    expect(
      await count(
        'toegang.toewijzing_versie v join toegang.toewijzing t using (gemeente, toewijzing_id)',
        't.nummer = 30',
      ),
    ).toBe(4)
  })

  test('deletion with approved lines is refused (TR385)', async () => {
    const weg = {
      ingangsdatum: '2026-01-01',
      einddatum: '2026-01-01',
      redenWijziging: '13',
      toewijzingsdatum: '2026-03-01',
    }
    const inname = await one(
      toewijzingsbericht({
        identificatie: 'T35',
        dagtekening: '2026-03-02',
        nummer: 5,
        client: 4,
        product: weg,
      }),
    )
    expect(inname.bevindingen.map(b => b.regel)).toEqual(['TR385'])
  })
})

describe('who may deliver', () => {
  const aanbieder = (agb: string): Wie => ({
    ...systeem('aanbieder', []),
    rol: 'aanbieder',
    scope: { ...NOBODY, aanbieder: aanbieders.get(agb) ?? null },
  })
  const backoffice = (gemeente: string): Wie => ({
    ...systeem('backoffice', [gemeente]),
    scope: { ...NOBODY, gemeentenClient: [gemeente], gemeentenCijfers: GEMEENTEN },
  })
  const deliver = (wie: Wie, bericht: Bericht) =>
    neemIn(makeCtx(omgeving, wie), [{ bytes: toBytes(bericht), ontvangenOp: omgeving.klok() }])

  test('a provider its own declaratie, seeing only its own afterwards', async () => {
    const [inname] = await deliver(
      aanbieder(AGB_A),
      declaratiebericht({
        identificatie: 'D40',
        nummer: 'DN40',
        regels: [{ nummer: 30, client: 20, referentie: 'R40' }],
      }),
    )
    expect(inname?.uitkomst).toBe('verwerkt')
  })
  test('a provider not that of another, and not a toewijzing', async () => {
    await expect(
      deliver(
        aanbieder(AGB_B),
        declaratiebericht({
          identificatie: 'D41',
          nummer: 'DN41',
          regels: [{ nummer: 30, client: 20, referentie: 'R41' }],
        }),
      ),
    ).rejects.toMatchObject({ status: 403 })
    await expect(
      deliver(aanbieder(AGB_A), toewijzingsbericht({ identificatie: 'T41', nummer: 41 })),
    ).rejects.toMatchObject({ status: 403 })
  })
  test('a backoffice not for another municipality', async () => {
    await expect(
      deliver(backoffice(GEMEENTE_B), toewijzingsbericht({ identificatie: 'T42', nummer: 42 })),
    ).rejects.toMatchObject({ status: 403 })
    expect(
      (
        await deliver(
          backoffice(GEMEENTE_A),
          toewijzingsbericht({ identificatie: 'T42', nummer: 42, client: 42 }),
        )
      )[0]?.uitkomst,
    ).toBe('verwerkt')
  })
})

describe('answers that come in', () => {
  test('a 302 on a known 301 is taken as accepted, and gets no answer itself', async () => {
    const heen = await one(toewijzingsbericht({ identificatie: 'T50', nummer: 50, client: 50 }))
    const retour = Buffer.from(heen.antwoord?.xml ?? '')
    const [inname] = await neemIn(makeCtx(omgeving, systeem('test', GEMEENTEN)), [
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
      const [inname] = await neemIn(makeCtx(omgeving, systeem('test', GEMEENTEN)), [
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
    const ontvangen = await ontvang(ctx, { bytes, ontvangenOp: omgeving.klok() })
    expect(ontvangen.uitkomst).toBe('ontvangen')
    const { gemeente = '', berichtId = '' } = ontvangen
    expect(await count('graphile_worker._private_jobs')).toBe(1)
    await Promise.all([verwerkWachtend(ctx, gemeente, berichtId), verwerkWachtend(ctx, gemeente, berichtId)])
    await verwerkWachtend(ctx, gemeente, berichtId)
    expect(await count('toegang.toewijzing', 'nummer = 60')).toBe(1)
    expect(await count('berichten.bericht', `antwoord_op = '${berichtId}'`)).toBe(1)
    const { rows } = await db.owner.query('select inhoud from berichten.bestand where bericht_id = $1', [
      berichtId,
    ])
    expect((await unpackFile(db.kluis, rows[0].inhoud)).equals(bytes)).toBe(true)
    expect(rows[0].inhoud.includes(Buffer.from('Testpersoon'))).toBe(false)
  })
})

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
