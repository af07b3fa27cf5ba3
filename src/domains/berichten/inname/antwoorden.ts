import { randomUUID } from 'node:crypto'
import { dateInNederland } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { unpackFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { writeBericht } from '../../istandaard/index.ts'
import type { Sleutel } from '../herkansing/store.ts'
import type { Beoordeeld } from '../post/gelezen.ts'
import { type Inname, type Post, toRij, unreachable } from '../post/gelezen.ts'
import {
  type Bekend,
  type BerichtRij,
  insertBerichten,
  insertGebeurtenissen,
  mapAntwoorden,
  mapBestanden,
  mapOordelen,
  newIdentificaties,
} from '../post/store.ts'
import { eersteNiveau } from '../uitleg/uitleg.ts'
import { planWegschrijven } from '../wegschrijven/actions.ts'

/** Writes and records the answers; they wait to be fetched. */
export async function answer(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  oordelen: ReadonlyMap<string, Beoordeeld>,
): Promise<Map<string, NonNullable<Inname['antwoord']>>> {
  const teDoen = posten.flatMap(post => {
    const maak = oordelen.get(post.berichtId)?.antwoord
    return maak ? [{ post, maak }] : []
  })
  const nummers = await newIdentificaties(tx, teDoen.length)
  const dagtekening = dateInNederland(ctx.nu)
  const uit = await Promise.all(
    teDoen.map(async ({ post, maak }, i) => {
      const kenmerk = { identificatie: nummers[i] ?? unreachable(), dagtekening }
      const inhoud = maak(kenmerk)
      const xml = writeBericht(inhoud)
      const bytes = Buffer.from(xml)
      const rij: BerichtRij = {
        ...(await toRij(ctx, {
          ...post,
          inhoud,
          bytes,
          berichtId: randomUUID(),
          vingerafdruk: ctx.kluis.vingerafdruk(bytes),
          ontvangenOp: ctx.nu,
        })),
        richting: 'uit',
        geldt: true,
        identificatie: kenmerk.identificatie,
        dagtekening,
        staat: 'klaar',
        antwoordOp: post.berichtId,
        verwerktOp: ctx.nu,
      }
      return { post, rij, xml }
    }),
  )
  await insertBerichten(
    tx,
    uit.map(u => u.rij),
  )
  await insertGebeurtenissen(
    tx,
    uit.map(({ rij }) => ({ ...rij, soort: 'gemaakt', door: ctx.wie.id, op: ctx.nu })),
  )
  await planWegschrijven(
    tx,
    ctx,
    uit.map(({ rij }) => rij),
  )
  return new Map(
    uit.map(({ post, rij, xml }) => [post.berichtId, { berichtId: rij.berichtId, soort: rij.soort, xml }]),
  )
}

/**
 * How messages ended that were recorded here and judged by another: the same bytes that came a moment later, or the catch-up,
 * were sooner. Whoever brought them first gets the answer of the first.
 */
export async function findUitkomsten(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
): Promise<Map<string, Inname>> {
  const antwoorden = await findAntwoorden(tx, ctx, posten)
  const oordelen = await mapOordelen(tx, posten)
  return new Map(
    posten.map(({ gemeente, berichtId, inhoud }) => {
      const { staat, bevindingen } = oordelen.get(berichtId) ?? unreachable()
      const antwoord = antwoorden.get(berichtId)
      const niveau = eersteNiveau(bevindingen)
      return [
        berichtId,
        {
          uitkomst: staat,
          soort: inhoud.bericht,
          gemeente,
          berichtId,
          niveau,
          bevindingen,
          ...(antwoord && { antwoord }),
        },
      ]
    }),
  )
}

export type Antwoorden = Map<string, NonNullable<Inname['antwoord']>>

/** Answers given before, to give again on the same bytes. */
export async function findAntwoorden(tx: Tx, ctx: Ctx, bekend: readonly Sleutel[]): Promise<Antwoorden> {
  const antwoorden = await mapAntwoorden(tx, bekend)
  const gemeenteOf = new Map(bekend.map(b => [b.berichtId, b.gemeente]))
  const bestanden = await mapBestanden(
    tx,
    [...antwoorden].map(([op, { berichtId }]) => ({ gemeente: gemeenteOf.get(op) ?? '', berichtId })),
  )
  const out: Antwoorden = new Map()
  for (const [op, { berichtId, soort }] of antwoorden) {
    const bestand = bestanden.get(berichtId)
    if (bestand)
      out.set(op, { berichtId, soort, xml: (await unpackFile(ctx.kluis, bestand)).toString('utf8') })
  }
  return out
}

export function alOntvangen(bekend: Bekend, soort: string, antwoorden: Antwoorden): Inname {
  const antwoord = antwoorden.get(bekend.berichtId)
  return {
    uitkomst: 'al-ontvangen',
    soort,
    gemeente: bekend.gemeente,
    berichtId: bekend.berichtId,
    niveau: null,
    bevindingen: [],
    ...(antwoord && { antwoord }),
  }
}
