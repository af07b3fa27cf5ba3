import { beforeAll, describe, expect, test } from 'vitest'
import { answerOf, testIntake } from '../../../../test/support/intake.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  lever,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { makeCtx, systeem, type Wie } from '../../../platform/http/ctx.ts'
import type { Bericht } from '../../istandaard/index.ts'
import { receiveBerichten } from '../index.ts'

tellInOrder()

/** What the intake refuses, where, and from whom. */

const { omgeving, aanbieders, one, count } = await testIntake()

/** Two residents with a toewijzing, and a declaratie that came before. */
beforeAll(async () => {
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, client: 1 }),
    declaratiebericht({ identificatie: 'D1', nummer: 'DN1', regels: [{ nummer: 1, referentie: 'R1' }] }),
  )
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
    const [inname] = await receiveBerichten(makeCtx(omgeving, systeem('test', GEMEENTEN)), [
      { bytes, ontvangenOp: omgeving.klok() },
    ])
    expect(inname).toMatchObject({ uitkomst: 'geweigerd-aan-de-deur', niveau })
    expect(inname?.bevindingen.length).toBeGreaterThan(0)
    expect(await count('berichten.bericht')).toBe(before)
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
    receiveBerichten(makeCtx(omgeving, wie), [{ bytes: toBytes(bericht), ontvangenOp: omgeving.klok() }])

  beforeAll(() => lever(omgeving, toewijzingsbericht({ identificatie: 'T30', nummer: 30, client: 20 })))

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
