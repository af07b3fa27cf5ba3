import { randomUUID } from 'node:crypto'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Problem } from '../../../platform/problem.ts'
import { mapAanbiedersByAgb } from '../../aanbieders/index.ts'
import { type Bevinding, bevinding, type Controleniveau } from '../../istandaard/index.ts'
import type { Gelezen, Inname, Post } from '../post/gelezen.ts'
import { AANBIEDER_ONBEKEND, GEMEENTE_ONBEKEND } from '../post/rules.ts'
import { type Bekend, listGemeenten, mapByVingerafdruk } from '../post/store.ts'

const KOP = '/Bericht/Header'

export type Deur = Post | { bekend: Bekend; soort: string } | { weigering: Inname }

/** Who may come in: a readable message, between parties we know, delivered by one of them, not seen before. */
export async function admit(tx: Tx, ctx: Ctx, gelezen: readonly Gelezen[]): Promise<Deur[]> {
  const gemeenten = await listGemeenten(
    tx,
    gelezen.map(g => g.gemeente),
  )
  const aanbieders = await mapAanbiedersByAgb(
    tx,
    gelezen.map(g => g.agb),
  )
  const afdrukken = gelezen.map(g => ctx.kluis.vingerafdrukken(g.bytes))
  const bekend = await mapByVingerafdruk(
    tx,
    gelezen.flatMap((g, i) =>
      g.gemeente === ''
        ? []
        : (afdrukken[i] ?? []).map(vingerafdruk => ({ gemeente: g.gemeente, vingerafdruk })),
    ),
  )
  return gelezen.map((g, i): Deur => {
    const { inhoud } = g.controle
    if (!inhoud) return { weigering: atTheDoor(g, g.controle.bevindingen, 1) }
    const aanbiederId = aanbieders.get(g.agb)
    if (!gemeenten.has(g.gemeente)) return { weigering: atTheDoor(g, [bevinding(GEMEENTE_ONBEKEND, KOP)], 4) }
    if (aanbiederId === undefined)
      return { weigering: atTheDoor(g, [{ ...bevinding(AANBIEDER_ONBEKEND, KOP), retourcode: null }], 4) }
    checkBezorger(ctx, g.gemeente, aanbiederId, inhoud.header.afzender === g.agb)
    const vingerafdruk = ctx.kluis.vingerafdruk(g.bytes)
    const sleutelVan = (afdruk: Buffer) => `${g.gemeente}|${afdruk.toString('hex')}`
    const eerder = (afdrukken[i] ?? []).map(afdruk => bekend.get(sleutelVan(afdruk))).find(Boolean)
    if (eerder) return { bekend: eerder, soort: inhoud.bericht }
    const berichtId = randomUUID()
    bekend.set(sleutelVan(vingerafdruk), {
      gemeente: g.gemeente,
      berichtId,
      staat: 'ontvangen',
      wacht: false,
    })
    return { ...g, inhoud, berichtId, aanbiederId, vingerafdruk }
  })
}

function atTheDoor(g: Gelezen, bevindingen: readonly Bevinding[], niveau: Controleniveau): Inname {
  return { uitkomst: 'geweigerd-aan-de-deur', soort: g.controle.bericht, niveau, bevindingen }
}

/** A municipality delivers what concerns its own residents, a provider only what it sends itself. */
function checkBezorger(ctx: Ctx, gemeente: string, aanbiederId: number, isAfzender: boolean): void {
  const { scope } = ctx.wie
  if (scope.gemeentenClient.includes(gemeente)) return
  if (scope.aanbieder === aanbiederId && isAfzender) return
  throw new Problem(
    403,
    'niet-uw-bericht',
    'Dit bericht mag u niet aanleveren',
    'U kunt alleen berichten aanleveren van of voor uw eigen organisatie.',
  )
}
