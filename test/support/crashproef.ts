import type pg from 'pg'
import { hashSleutel } from '../../src/platform/auth/koekje.ts'
import type { Omgeving } from '../../src/platform/http/ctx.ts'
import { AGB_A, declaratiebericht, laadTestregio, lever, toBytes, toewijzingsbericht } from './regio.ts'

/**
 * What the tests that kill and restart stand on: a region with many toewijzingen, declaraties whose every line can be
 * approved once, and how often each of them is there.
 */

/** Of the provider, for the API. */
export const TOKEN = 'proef-token-dat-lang-genoeg-is'
const CLIENTEN = 400
/** How many declaraties are disturbed; with one more that is not they have fewer lines than clients and months. */
export const KEREN = 25
/** Lines per declaratie of `part`. */
export const DEEL = 100

/** Loads the region, ten toewijzingen for each of 400 clients, and a token of a provider. */
export async function prepareProef(omgeving: Omgeving, owner: pg.Pool): Promise<void> {
  const aanbieders = await laadTestregio(omgeving)
  const { rows } = await owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol, voor_aanbieder, demonstratie)
     values ('Anna', 'a@test.example', 'A', 'aanbieder', $1, true) returning gebruiker_id`,
    [aanbieders.get(AGB_A)],
  )
  await owner.query(
    `insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op)
     values ($1, 'proef', $2, '{berichten.aanleveren,berichten.lezen}', now() + interval '1 hour')`,
    [hashSleutel(TOKEN), rows[0].gebruiker_id],
  )
  // A demonstration that is already loaded: the process starts at once.
  await owner.query(`insert into platform.instelling (sleutel, waarde) values ('regio-geladen', 'true')`)
  for (let van = 0; van < CLIENTEN; van += 200)
    await lever(
      omgeving,
      ...Array.from({ length: 200 }, (_, i) => {
        const n = van + i
        const bericht = toewijzingsbericht({ identificatie: `T${n}`, nummer: n * 10, client: n })
        const [product] = bericht.client.toegewezenProducten
        if (!product) throw new Error('no product')
        bericht.client.toegewezenProducten = Array.from({ length: 10 }, (_, k) => ({
          ...product,
          toewijzingNummer: n * 10 + k,
          // One product cannot be allocated twice at once (TR302): each number has a month of its own.
          ...month(k),
        }))
        return bericht
      }),
    )
}

const month = (k: number) => {
  const maand = String(k + 1).padStart(2, '0')
  return {
    ingangsdatum: `2025-${maand}-01`,
    einddatum: new Date(Date.UTC(2025, k + 1, 0)).toISOString().slice(0, 10),
  }
}

/** A 323 with `regels` lines, over months that lie behind. */
export function big(nummer: string, regels: number): Buffer {
  return toBytes(
    declaratiebericht({
      identificatie: nummer,
      nummer,
      regels: Array.from({ length: regels }, (_, i) => {
        const k = Math.floor(i / CLIENTEN) % 10
        const client = i % CLIENTEN
        return {
          nummer: client * 10 + k,
          client,
          referentie: `${nummer}R${i}`,
          maand: `2025-${String(k + 1).padStart(2, '0')}-01`,
        }
      }),
    }),
  )
}

/** Declaratie `keer` of `KEREN`, each over other clients and months: every line can be approved once. */
export function part(keer: number): { nummer: string; bytes: Buffer } {
  const nummer = `KILL${keer}`
  const bytes = toBytes(
    declaratiebericht({
      identificatie: nummer,
      nummer,
      regels: Array.from({ length: DEEL }, (_, j) => {
        const plek = keer * DEEL + j
        const client = plek % CLIENTEN
        const k = Math.floor(plek / CLIENTEN)
        return {
          nummer: client * 10 + k,
          client,
          referentie: `${nummer}R${j}`,
          maand: `2025-${String(k + 1).padStart(2, '0')}-01`,
        }
      }),
    }),
  )
  return { nummer, bytes }
}

/** How long one intake takes on this machine now, in milliseconds: the last declaratie, undisturbed. */
export async function measureIntake(url: string): Promise<number> {
  const begin = performance.now()
  await deliver(url, part(KEREN).bytes)
  return performance.now() - begin
}

/** Moments spread over an intake that takes `duur`, a little past its end included. */
export const momentVan = (keer: number, duur: number) => (keer / KEREN) * 1.2 * duur

/** The status of the answer; 0 when there is none. */
export function deliver(url: string, bytes: Buffer): Promise<number> {
  return fetch(`${url}/api/v1/berichten`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/xml' },
    body: new Uint8Array(bytes),
  }).then(
    response => response.status,
    () => 0,
  )
}

/** How often a declaratie and what belongs to it are there. */
export async function state(owner: pg.Pool, nummer: string) {
  const { rows } = await owner.query(
    `select (select count(*)::int from berichten.bericht where identificatie = $1 and richting = 'in') as berichten,
            (select count(*)::int from berichten.bericht a join berichten.bericht b on a.antwoord_op = b.bericht_id where b.identificatie = $1) as antwoorden,
            (select count(*)::int from declaraties.declaratie where nummer = $1) as declaraties,
            (select count(*)::int from declaraties.prestatie where referentie like $1 || 'R%') as prestaties,
            (select count(*)::int from declaraties.prestatie where referentie like $1 || 'R%' and goedgekeurd) as goedgekeurd`,
    [nummer],
  )
  return rows[0]
}

/** Waits until a message has its answer: a job, or what catches up every minute, may have it in hand. */
export async function untilAnswered(owner: pg.Pool, nummer: string): Promise<void> {
  for (let i = 0; i < 900; i += 1) {
    if ((await state(owner, nummer)).antwoorden === 1) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error(`no answer to ${nummer}`)
}
