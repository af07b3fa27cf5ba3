import { describe, expect, test } from 'vitest'
import { testIntake } from '../../../../test/support/intake.ts'
import { declaratiebericht, toewijzingsbericht } from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'

tellInOrder()

/** What came in and is changed afterwards: lines by a credit, toewijzingen by a later one. */

const { db, one, count, figures } = await testIntake()

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
    await one(toewijzingsbericht({ identificatie: 'T5', nummer: 5, client: 4 }))
    const { uitkomst } = await one(
      declaratiebericht({
        identificatie: 'D5',
        nummer: 'DN5',
        regels: [{ nummer: 5, client: 4, referentie: 'R5' }],
      }),
    )
    expect(uitkomst).toBe('verwerkt')
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
