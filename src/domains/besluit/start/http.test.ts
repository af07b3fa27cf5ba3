import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { laadWegwijzer, maakDoorloop, maakDossier } from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let bea: Inlog
let consulent: Inlog
let dossier: number
let doorloop: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  const methodeId = await laadWegwijzer(omgeving)
  bea = await login('beleidsadviseur')
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Vervoer', looptAf: '2026-03-01' })
  doorloop = await maakDoorloop(db, dossier, methodeId, bea.gebruikerId)
})

const start = async (wie: Inlog) => (await app.inject({ url: '/', headers: wie.headers })).body

describe('de startpagina', () => {
  it('zegt dat beleid ook al verlopen kan zijn', async () => {
    const ander = await maakDossier(db, bea.gebruikerId, { naam: 'Verlopen', looptAf: '2026-03-01' })
    expect(await start(bea)).toContain(
      'Van 1 dossier is het beleid verlopen of loopt het bijna af, zonder dat eraan wordt gewerkt.',
    )
    await db.owner.query(`update beleid.dossier set gesloten_op = '2026-03-02' where dossier_id = $1`, [
      ander,
    ])
  })

  it('telt alle opdrachten, ook als de lijst er minder toont', async () => {
    const { rows } = await db.owner.query<{ id: number }>(
      `insert into beleid.conclusie (doorloop_id, dossier_id, kwadrant, richting, tekst, raakt)
       values ($1, $2, 'partners', 'opzetten', 'Conclusie', 'niets') returning conclusie_id as id`,
      [doorloop, dossier],
    )
    await db.owner.query(
      `insert into beleid.opdracht (conclusie_id, dossier_id, bestemming, wat, eigenaar)
       select $1, $2, 'beleid', 'Opdracht ' || n, $3 from generate_series(1, 12) n`,
      [rows[0]?.id, dossier, bea.gebruikerId],
    )
    const body = await start(bea)
    expect(body).toContain('Er staan 12 opdrachten uit beleid op uw naam.')
    expect(body.match(/>Opdracht \d+</g)).toHaveLength(10)
  })

  it('toont wie bijdroeg wat ermee is gedaan, met het begin van een lang verhaal', async () => {
    const lang = `Aan de keukentafel ${'horen wij hetzelfde '.repeat(40)}tot slot.`
    await db.owner.query(
      `insert into beleid.bijdrage (doorloop_id, dossier_id, vraag, soort, tekst, door, uitkomst, reactie, afgedaan_op)
       values ($1, $2, 'p2', 'dilemma', $3, $4, 'meegewogen', 'Er komt een sociale kaart.', '2026-03-10')`,
      [doorloop, dossier, lang, consulent.gebruikerId],
    )
    const body = await start(consulent)
    expect(body).toContain('Wat er met uw bijdragen is gedaan')
    expect(body).toContain('Er komt een sociale kaart.')
    expect(body).toMatch(
      new RegExp(`/beleid/doorlopen/${doorloop}/vragen/p2#bijdragen"[^>]*>Aan de keukentafel [^<]+…<`),
    )
    expect(body).not.toContain('tot slot.')
  })
})
