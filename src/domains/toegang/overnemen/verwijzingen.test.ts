import { expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'
import { rebuildCijfers } from '../../../app/cijfers.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })

const PAD = '/toewijzingen/verwijzingen'
const refer = async (nummer: number, verwijzer = 'Huisarts') => {
  const inhoud = `Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op\n${GEMEENTE_A};jw;${nummer};${verwijzer};01-12-2025`
  const { headers } = await postBestand(app, PAD, { naam: 'v.csv', inhoud }, backoffice)
  const adres = String(headers.location)
  await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)
  return (await app.inject({ url: adres, headers: backoffice.headers })).body
}
const figures = async () =>
  (
    await db.owner.query<{ verwijzer: string; toewijzingen: number; bedrag: number }>(
      `select verwijzer, sum(toewijzingen)::integer as toewijzingen, sum(bedrag)::integer as bedrag
       from sturing.verwijzercijfer group by 1`,
    )
  ).rows
/** What the figures of who referred became more, those without a change left out. */
async function change(doe: () => Promise<unknown>) {
  const voor = new Map((await figures()).map(rij => [rij.verwijzer, rij]))
  await doe()
  return Object.fromEntries(
    (await figures()).flatMap(({ verwijzer, toewijzingen, bedrag }) => {
      const was = voor.get(verwijzer) ?? { toewijzingen: 0, bedrag: 0 }
      const meer = [toewijzingen - was.toewijzingen, bedrag - was.bedrag]
      return meer.some(n => n !== 0) ? [[verwijzer, meer]] : []
    }),
  )
}
const staat = async (nummer: number) =>
  (await db.owner.query('select verwijzer from toegang.toewijzing where nummer = $1', [nummer])).rows[0]
    ?.verwijzer

/** What happens around a toewijzing, in the order in which a test says. */
const stappen = (nummer: number) => {
  const partij = { client: nummer, nummer }
  return {
    verwijzing: () => refer(nummer),
    toewijzing: () => lever(omgeving, toewijzingsbericht({ ...partij, identificatie: `T${nummer}` })),
    declaratie: async () => {
      await lever(omgeving, startbericht({ ...partij, identificatie: `S${nummer}` }))
      const regels = [{ ...partij, referentie: `R${nummer}`, volume: 10 }]
      await lever(omgeving, declaratiebericht({ identificatie: `D${nummer}`, nummer: `D${nummer}`, regels }))
    },
  }
}

test.each([
  { nummer: 1, orde: ['verwijzing', 'toewijzing', 'declaratie'] },
  { nummer: 2, orde: ['toewijzing', 'verwijzing', 'declaratie'] },
  { nummer: 3, orde: ['toewijzing', 'declaratie', 'verwijzing'] },
] as const)('a referral counts in any order: $orde', async ({ nummer, orde }) => {
  const doe = stappen(nummer)
  const erbij = await change(async () => {
    for (const stap of orde) await doe[stap]()
  })
  // Ten hours at € 90,00, and nothing under nobody.
  expect([await staat(nummer), erbij]).toEqual(['02', { '02': [1, 90_000] }])
  const verschillen = await rebuildCijfers(db.database, false)
  expect(verschillen.filter(v => v.verschillen > 0)).toEqual([])
})

test('the same referral again changes nothing, and another than the first is refused', async () => {
  await stappen(4).toewijzing()
  await refer(4)
  expect(await change(() => refer(4))).toEqual({})
  expect(await refer(4, 'Gemeente')).toContain('staat al een andere verwijzer')
  expect(await staat(4)).toBe('02')
})

/** What the trial of a file says. */
const tryOut = async (...rijen: string[]) => {
  const inhoud = ['Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op', ...rijen].join('\n')
  const { headers } = await postBestand(app, PAD, { naam: 'v.csv', inhoud }, backoffice)
  const { body } = await app.inject({ url: String(headers.location), headers: backoffice.headers })
  return text(body)
}

test('a trial shows what changes, and why it cannot be taken back', async () => {
  await stappen(5).toewijzing()
  const proef = await tryOut(`${GEMEENTE_A};jw;5;Huisarts;01-12-2025`)
  expect(proef).toMatch(
    /Wat er verandert .*Aarveld, Jeugdwet, 5 Nieuw Verwijzer: Huisarts Verwezen op: 01-12-2025/,
  )
  expect(proef).toMatch(
    /Dit kan straks niet worden teruggenomen\. Wie heeft verwezen, .* niet meer vervangen/,
  )
  expect(proef).not.toContain('Let op')
})

test('a trial says which toewijzing is not there, and which day is still to come', async () => {
  await stappen(6).toewijzing()
  const proef = await tryOut(
    `${GEMEENTE_A};jw;6;Huisarts;17-03-2090`,
    `${GEMEENTE_A};jw;7;Huisarts;01-12-2025`,
    `${GEMEENTE_A};wmo;6;Huisarts;01-12-2025`,
  )
  expect(proef).toContain('Let op bij 3 rijen')
  expect(proef).toContain('2 keer: Deze toewijzing is er (nog) niet.')
  expect(proef).toContain('2 Verwezen op 17-03-2090 Deze dag ligt in de toekomst.')
  expect(proef).toContain('3 Toewijzingnummer 7 Deze toewijzing is er (nog) niet.')
  expect(proef).toContain('Dit zou het doen: 3 nieuw.')
})
