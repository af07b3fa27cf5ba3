import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { WEGWIJZER } from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { listRows } from '../../../platform/db/lijst.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { loadGegevenslijst } from '../gegevens/actions.ts'
import { mayExchange as decide, type Uitwisselvraag } from '../register/rules.ts'
import { listWeegbaar, toWeegbaar, WEGINGEN } from '../register/store.ts'
import { mayExchange } from './actions.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))

const LIJNEN = 90
const DOELEN = ['overgang-18', 'veiligheid', 'toeleiding']
const stroom = (gegeven: string) => ({
  vanDomein: 'jeugd',
  vanRol: 'Consulent jeugd',
  naarRol: 'consulent',
  naarOrganisatie: 'Team Wmo',
  grond: 'jw-7-4-0',
  grondToelichting: '',
  gegevens: [{ code: gegeven, waarom: 'Nodig' }],
  bewaarMaanden: 3,
  bewaargrond: 'Kort',
})

/** Lines of two versions: the first decided, the second a draft for another purpose; of the region and of A, never of B. */
beforeAll(async () => {
  await laadTestregio(omgeving)
  await loadGegevenslijst(ctx, readFileSync(WEGWIJZER.replace('wegwijzer', 'gegevens'), 'utf8'))
  const { rows: mensen } = await db.owner.query(`
    insert into platform.gebruiker (naam, email, organisatie, rol)
    select 'Mens ' || i, i || '@weging.example', 'Test', 'beleidsadviseur' from generate_series(1, 3) i
    returning gebruiker_id`)
  const [opsteller, adviseur, beslisser] = mensen.map(m => m.gebruiker_id)
  const inhoud = (gegeven: string) => JSON.stringify({ stromen: [stroom(gegeven)], dpia: {} })
  for (let i = 0; i < LIJNEN; i += 1) {
    const gemeente = i % 3 === 0 ? GEMEENTE_A : null
    const doel = i % 15 === 0 ? DOELEN[(i / 15) % 3] : 'beleid'
    const { rows } = await db.owner.query(
      `insert into uitwisseling.weging (gemeente, lijst_id, activiteit, doel, inhoud, geldig_vanaf, staat, opstellers,
         advies, advies_door, advies_op, besluit, besluit_door, besluit_op, voorwaarden)
       select $1, max(lijst_id), 'Lijn ' || $2, $3, $4, '2026-01-01', 'besloten', array[$5::integer], 'positief', $6,
         '2026-01-01', $8, $7, '2026-01-01', '' from uitwisseling.gegevenslijst returning weging_id`,
      [
        gemeente,
        String(i),
        doel,
        inhoud(i % 2 === 0 ? 'soort-hulp' : 'periode'),
        opsteller,
        adviseur,
        beslisser,
        i % 60 === 0 ? 'niet-toegestaan' : 'toegestaan',
      ],
    )
    await db.owner.query(
      `insert into uitwisseling.weging (stam, nummer, gemeente, lijst_id, activiteit, doel, inhoud, geldig_vanaf, opstellers)
       select $1, 2, $2, max(lijst_id), 'Lijn ' || $3, $4, $5, '2026-01-01', array[$6::integer]
       from uitwisseling.gegevenslijst`,
      [rows[0].weging_id, gemeente, String(i), DOELEN[i % 2], inhoud('periode'), opsteller],
    )
  }
}, 600_000)

it('geeft hetzelfde antwoord als de regel over alle wegingen, van veel minder wegingen', async () => {
  const vragen: Uitwisselvraag[] = ['overgang-18', 'veiligheid', 'toeleiding', 'beleid', 'opsporen'].flatMap(
    doel =>
      ['soort-hulp', 'periode', 'bsn'].flatMap(gegeven =>
        [GEMEENTE_A, GEMEENTE_B, null].flatMap(gemeente =>
          ['2025-12-31', '2026-06-01'].map(datum => ({ rol: 'consulent', gegeven, doel, datum, gemeente })),
        ),
      ),
  )
  await ctx.read(async lees => {
    const alle = await listRows(
      lees,
      WEGINGEN,
      {},
      { kolom: 'activiteit', richting: 'op' },
      { aantal: 10_000, vanaf: 0 },
    )
    expect(alle).toHaveLength(2 * LIJNEN)
    expect((await listWeegbaar(lees, { doel: 'toeleiding', gemeente: null })).length).toBeLessThan(
      LIJNEN / 10,
    )
    const gezien = new Set<string>()
    for (const vraag of vragen) {
      const verwacht = decide(alle.map(toWeegbaar), vraag)
      const antwoord = await mayExchange(lees, vraag)
      expect([antwoord.ok, antwoord.ok ? '' : antwoord.reden], JSON.stringify(vraag)).toEqual([
        verwacht.ok,
        verwacht.ok ? '' : verwacht.reden,
      ])
      expect(antwoord.bron?.wegingId).toBe(antwoord.weging?.wegingId)
      gezien.add(antwoord.ok ? 'ja' : antwoord.reden)
    }
    expect([...gezien].sort()).toEqual(
      ['ander-doel', 'geweigerd', 'gegeven-niet-gewogen', 'ja', 'niet-besloten'].sort(),
    )
  })
})

it('zegt dat er iets voor een ander is gewogen, of nog niets', async () => {
  const vanA = makeCtx(omgeving, systeem('test', [GEMEENTE_A]))
  const vraag = { rol: 'consulent', gegeven: 'bsn', doel: 'opsporen', datum: '2026-06-01', gemeente: null }
  await db.owner.query('delete from uitwisseling.weging where gemeente is null')
  expect(await vanA.read(lees => mayExchange(lees, vraag))).toMatchObject({ reden: 'andere-gemeente' })
  const vanB = makeCtx(omgeving, systeem('test', [GEMEENTE_B]))
  expect(await vanB.read(lees => mayExchange(lees, vraag))).toMatchObject({
    reden: 'geen-weging',
    bron: null,
  })
})
