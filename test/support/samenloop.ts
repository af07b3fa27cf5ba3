import { beforeAll, expect } from 'vitest'
import { listSamenloop } from '../../src/domains/declaraties/samenloop/store.ts'
import { NOBODY } from '../../src/platform/db/database.ts'
import { type Inlog, testApp } from './app.ts'
import { testDatabase } from './database.ts'
import { postFormulier } from './formulier.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  type Regelbouw,
  testOmgeving,
  toewijzingsbericht,
} from './regio.ts'

/** A region in which clients claim at two municipalities, on a clock that goes a minute further with each step. */
export async function testSamenloop() {
  const db = await testDatabase()
  const nu = { op: new Date('2026-03-16T12:00:00+01:00') }
  const omgeving = { ...testOmgeving(db), klok: () => nu.op }
  const { app, login } = await testApp(db, omgeving)
  const wie = {} as { vanA: Inlog; vanB: Inlog; aanbieder: Inlog }
  const later = () => {
    nu.op = new Date(nu.op.getTime() + 60_000)
  }

  beforeAll(async () => {
    const aanbieders = await laadTestregio(omgeving)
    wie.aanbieder = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
    wie.vanA = await login('controller', { gemeenten: [GEMEENTE_A] })
    wie.vanB = await login('controller', { gemeenten: [GEMEENTE_B] })
  })

  /** Client `client` with one toewijzing (of the same number) at both municipalities. */
  async function child(client: number, einddatumA = '2026-12-31'): Promise<void> {
    for (const [gemeente, einddatum] of [
      [GEMEENTE_A, einddatumA],
      [GEMEENTE_B, '2026-12-31'],
    ] as const)
      await lever(
        omgeving,
        toewijzingsbericht({
          identificatie: `T${client}`,
          nummer: client,
          client,
          gemeente,
          product: { einddatum },
        }),
      )
  }

  /** A 323 over February; a minute after the one before. Answers how it was judged. */
  async function send(gemeente: string, naam: string, regels: readonly Regelbouw[]) {
    later()
    const [inname] = await lever(
      omgeving,
      declaratiebericht({ identificatie: naam, nummer: naam, gemeente, regels: [...regels] }),
    )
    return inname
  }

  /** The same, in which nothing may be wrong. */
  async function claim(gemeente: string, naam: string, ...regels: Regelbouw[]): Promise<void> {
    const inname = await send(gemeente, naam, regels)
    expect([inname?.uitkomst, inname?.bevindingen]).toEqual(['verwerkt', []])
  }

  async function seen(...gemeentenClient: string[]): Promise<[string, string, string][]> {
    const rijen = await db.database.read(
      { ...NOBODY, gemeentenClient, gemeentenCijfers: GEMEENTEN },
      listSamenloop,
    )
    return rijen.map(r => [r.gemeente, r.referentie, r.stand])
  }

  async function keyOf(gemeente: string, referentie: string) {
    const { rows } = await db.owner.query(
      `select gemeente, declaratie_id as "declaratieId", regel from declaraties.prestatie
       where gemeente = $1 and referentie = $2`,
      [gemeente, referentie],
    )
    return rows[0] as { gemeente: string; declaratieId: number; regel: number }
  }

  async function formOf(gemeente: string, referentie: string): Promise<string> {
    const { declaratieId, regel } = await keyOf(gemeente, referentie)
    return `/declaraties/${gemeente}/${declaratieId}/regels/${regel}/oordeel`
  }

  /** What a form carries of how it was opened: after which judgement, and with which lines. */
  const openedIn = (html: string) => ({
    versie: /name="versie" value="(\d+)"/.exec(html)?.[1] ?? '',
    gezien: /name="gezien" value="(\w+)"/.exec(html)?.[1] ?? '',
  })
  const open = async (pad: string, door: Inlog) =>
    openedIn((await app.inject({ url: pad, headers: door.headers })).body)

  /** Opens the form and posts it, as one does who is alone; `geopend`: as it was opened earlier. */
  async function judge(
    gemeente: string,
    referentie: string,
    oordeel: string,
    door: Inlog,
    reden = 'Nagevraagd.',
    geopend?: ReturnType<typeof openedIn>,
  ) {
    later()
    const pad = await formOf(gemeente, referentie)
    return postFormulier(app, pad, '/', { oordeel, reden, ...(geopend ?? (await open(pad, door))) }, door)
  }

  async function payment(gemeente: string, nummer: string) {
    const { rows } = await db.owner.query(
      `select b.betaling_id as id, b.bedrag::int, b.regel, b.betaald_op::text as op from declaraties.betaling b
       join declaraties.declaratie d using (gemeente, declaratie_id)
       where gemeente = $1 and nummer = $2 order by b.regel nulls first`,
      [gemeente, nummer],
    )
    return rows
  }

  async function pay(gemeente: string, nummer: string, door: Inlog, welke = 0) {
    const betaling = `${gemeente}.${(await payment(gemeente, nummer))[welke]?.id}`
    return postFormulier(app, '/betalingen/vastleggen', '/', { betaling, datum: '16-03-2026' }, door)
  }

  return {
    db,
    omgeving,
    app,
    login,
    wie,
    later,
    child,
    send,
    claim,
    seen,
    keyOf,
    formOf,
    open,
    openedIn,
    judge,
    payment,
    pay,
  }
}

/** One line of a 323: client and toewijzing have the same number. */
export function regel(client: number, referentie: string, deel: Partial<Regelbouw> = {}): Regelbouw {
  return { nummer: client, client, referentie, ...deel }
}
