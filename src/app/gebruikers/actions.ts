import { mapAanbiedersByAgb } from '../../domains/aanbieders/index.ts'
import { audit, type Onderwerp } from '../../platform/audit.ts'
import { gebruikerIdOf, isLaatsteBeheerder, lockGebruikers } from '../../platform/auth/gebruikers.ts'
import { findLaatste } from '../../platform/db/laatste.ts'
import { findRow } from '../../platform/db/lijst.ts'
import type { Db, Tx } from '../../platform/db/tables.ts'
import { type Ctx, makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'
import { Botsing, invalid, notFound, Problem } from '../../platform/problem.ts'
import { type Invoer, readGegevens } from '../../platform/velden/formulier.ts'
import {
  findAgb,
  GEBRUIKERS,
  type Gebruiker,
  hasEmail,
  insertGebruiker,
  listGeldigeTokens,
  listGemeenten,
  updateGebruiker,
} from './store.ts'
import { checkBereik, GEBRUIKER, type Gegevens, toGebruiker } from './velden.ts'
import {
  changesLoginOnly,
  decideVierOgen,
  explainWijze,
  givesRights,
  type VierOgen,
  type Wijze,
} from './vierogen.ts'
import {
  closeVoorstel,
  findAnderen,
  findVoorstel,
  insertVoorstel,
  lapseVoorstellen,
  type Voorstel,
} from './voorstellen.ts'

export type Uitkomst = { gebruikerId: number } | { voorstelId: number }

/** Which user, at which version; null for a new one. */
type Doel = { id: number; versie: number } | null

const GROND = 'Beheer van de toepassing'

/**
 * Adds a user (`doel` null) or changes one, if it is still at `versie`. What takes rights away takes effect at once; new rights
 * wait for a second beheerder when there is one. Sessions and tokens of who sees other data from now on end with the change:
 * the database holds that. Throws 400 with every fault, 404, or `Botsing`.
 */
export async function saveGebruiker(
  omgeving: Omgeving,
  ctx: Ctx,
  doel: Doel,
  invoer: Invoer,
): Promise<Uitkomst> {
  const gegevens = await check(omgeving, ctx, invoer, doel?.id ?? null)
  // Before the transaction: who waits there for the lock holds a connection, and looking up a provider takes another.
  const gezien = doel === null ? null : await loadGebruiker(omgeving, ctx, doel.id)
  return ctx.write(async tx => {
    await lockGebruikers(tx)
    const oud = doel === null ? null : await getAt(tx, ctx, doel, gezien)
    if (oud) refuseSelf(ctx, oud, gegevens)
    if (!givesRights(oud, gegevens)) return apply(tx, ctx, oud, gegevens, { vierOgen: 'niet-nodig' })
    const ik = gebruikerIdOf(ctx.wie) ?? 0
    const wijze = await findWijze(ctx, tx)
    if (typeof wijze === 'object') throw aloneTooSoon(wijze)
    if (wijze !== 'vraag-bevestiging') return apply(tx, ctx, oud, gegevens, { vierOgen: wijze })
    const alleenLogin = changesLoginOnly(oud, gegevens)
    const voorstelId = await insertVoorstel(tx, doel, { gegevens, alleenLogin, door: ik })
    await audit(tx, ctx, 'gebruiker.voorgesteld', GROND, { voorstel: voorstelId, ...verschil(oud, gegevens) })
    return { voorstelId }
  })
}

/** How new rights that this person gives now take effect: what the page says and what happens is the same. */
export async function findWijze(ctx: Ctx, db: Db): Promise<Wijze> {
  return decideVierOgen(ctx.wie.id, await findAnderen(db, gebruikerIdOf(ctx.wie) ?? 0), ctx.nu)
}

/**
 * The second beheerder confirms: only now the rights are there. Not for who asked, nor for who gets them; another way to log in
 * may be confirmed by whose it is. Throws 404 when it does not wait any more, 403, or 409 when it can no longer be done; then it
 * lapses.
 */
export async function confirmVoorstel(ctx: Ctx, voorstelId: number): Promise<void> {
  const ik = gebruikerIdOf(ctx.wie) ?? 0
  const vervallen = await ctx.write(async tx => {
    await lockGebruikers(tx)
    const voorstel = await findVoorstel(tx, voorstelId, true)
    if (!voorstel) throw notFound('Voorstel')
    const { gebruikerId, gegevens, door } = voorstel
    if (!mayConfirm(voorstel, ik))
      throw new Problem(
        403,
        'vier-ogen',
        'Een andere beheerder moet dit bevestigen',
        'Wie nieuwe rechten vraagt of krijgt, bevestigt ze niet zelf.',
      )
    const oud = gebruikerId === null ? null : ((await findRow(tx, GEBRUIKERS, gebruikerId)) ?? null)
    const reden = await findLapse(tx, voorstel, oud)
    await closeVoorstel(tx, voorstelId, reden === undefined ? 'bevestigd' : 'vervallen', ik)
    if (reden === undefined)
      await apply(tx, ctx, oud, gegevens, { vierOgen: 'bevestigd', voorstel: voorstelId, gevraagdDoor: door })
    return reden
  })
  if (vervallen)
    throw new Problem(
      409,
      'intussen-gewijzigd',
      vervallen,
      'De vraag is vervallen. Open de gebruiker en vraag opnieuw wat nog nodig is.',
    )
}

/** Who asked never confirms; whom it is about only how they log in themselves. */
export function mayConfirm({ door, gebruikerId, alleenLogin }: Voorstel, ik: number | null): boolean {
  return ik !== null && door !== ik && (gebruikerId !== ik || alleenLogin)
}

/** Why what waits can no longer be done as it was asked; undefined when it can. */
async function findLapse(
  tx: Tx,
  { gebruikerId, versie, gegevens }: Voorstel,
  oud: Gebruiker | null,
): Promise<string | undefined> {
  if (gebruikerId !== null && oud?.versie !== versie) return 'Deze gebruiker is intussen gewijzigd'
  if (await hasEmail(tx, gegevens.email, gebruikerId))
    return 'Er is intussen al een gebruiker met dit e-mailadres'
  return undefined
}

/** Nothing comes of it: a second beheerder says no, or who asked takes it back. Throws 404. */
export async function rejectVoorstel(ctx: Ctx, voorstelId: number): Promise<void> {
  await ctx.write(async tx => {
    const voorstel = await findVoorstel(tx, voorstelId, true)
    if (!voorstel) throw notFound('Voorstel')
    await closeVoorstel(tx, voorstelId, 'afgewezen', gebruikerIdOf(ctx.wie) ?? 0)
    await audit(tx, ctx, 'gebruiker.afgewezen', GROND, {
      voorstel: voorstelId,
      gevraagdDoor: voorstel.door,
      ...(voorstel.gebruikerId !== null && { gebruiker: voorstel.gebruikerId }),
    })
  })
}

/** The user as it is, if it is still at the version that was opened. */
async function getAt(
  tx: Tx,
  ctx: Ctx,
  { id, versie }: NonNullable<Doel>,
  gezien: Getoond | null,
): Promise<Gebruiker> {
  const nu = await findRow(tx, GEBRUIKERS, id)
  if (!nu) throw notFound('Gebruiker')
  if (nu.versie !== versie) {
    const agb = gezien?.voorAanbieder === nu.voorAanbieder ? gezien.agb : null
    throw new Botsing('deze gebruiker', { ...nu, agb }, await lastOf(tx, ctx, id))
  }
  return nu
}

/** A user with the AGB code of the provider, as the form has it. */
type Getoond = Gebruiker & { agb: string | null }

/** Throws 404. */
export async function loadGebruiker(omgeving: Omgeving, ctx: Ctx, id: number): Promise<Getoond> {
  const { g, gemeenten } = await ctx.read(async db => ({
    g: await findRow(db, GEBRUIKERS, id),
    gemeenten: await listGemeenten(db),
  }))
  if (!g) throw notFound('Gebruiker')
  const { voorAanbieder } = g
  if (voorAanbieder === null) return { ...g, agb: null }
  const agb = await seeAanbieders(omgeving, ctx, gemeenten).read(db => findAgb(db, voorAanbieder))
  return { ...g, agb: agb ?? null }
}

/** An administrator sees no provider; looking up one AGB code is done by the system. */
const seeAanbieders = (omgeving: Omgeving, ctx: Ctx, gemeenten: readonly { waarde: string }[]) =>
  makeCtx(
    omgeving,
    systeem(
      'gebruikers',
      gemeenten.map(g => g.waarde),
    ),
    ctx.verzoekId,
  )

const lastOf = (tx: Tx, ctx: Ctx, gebruikerId: number) =>
  findLaatste(tx, ctx, ['platform.gebruiker', { gebruikerId }])

function refuseSelf(ctx: Ctx, oud: Gebruiker, gegevens: Gegevens): void {
  if (`gebruiker:${oud.gebruikerId}` !== ctx.wie.id || (gegevens.actief && gegevens.rol === oud.rol)) return
  throw invalid('Dit kunt u niet bij uzelf doen', [
    {
      pad: gegevens.actief ? 'rol' : 'actief',
      melding: 'U kunt uzelf niet uitzetten of een andere rol geven. Vraag een andere beheerder.',
    },
  ])
}

/** Makes it so, and writes down what it was, what it is now, and who looked at it. */
async function apply(
  tx: Tx,
  ctx: Ctx,
  oud: Gebruiker | null,
  gegevens: Gegevens,
  waarom: { vierOgen: VierOgen; voorstel?: number; gevraagdDoor?: number },
): Promise<Uitkomst> {
  if (oud === null) {
    const gebruikerId = await insertGebruiker(tx, gegevens, gebruikerIdOf(ctx.wie) ?? null)
    await audit(tx, ctx, 'gebruiker.toegevoegd', GROND, {
      ...verschil(null, gegevens),
      gebruiker: gebruikerId,
      ...waarom,
    })
    return { gebruikerId }
  }
  const { gebruikerId, versie } = oud
  if ((!gegevens.actief || gegevens.rol !== 'beheerder') && (await isLaatsteBeheerder(tx, gebruikerId)))
    throw new Problem(
      409,
      'laatste-beheerder',
      'Dit is de laatste beheerder',
      'Daarna kan niemand meer toegang geven. Maak eerst een andere beheerder.',
    )
  const tokens = await listGeldigeTokens(tx, gebruikerId)
  if (
    !(await updateGebruiker(tx, { id: gebruikerId, versie }, gegevens, {
      door: gebruikerIdOf(ctx.wie),
      op: ctx.nu,
    }))
  ) {
    const nu = await findRow(tx, GEBRUIKERS, gebruikerId)
    throw nu ? new Botsing('deze gebruiker', nu, await lastOf(tx, ctx, gebruikerId)) : notFound('Gebruiker')
  }
  await lapseVoorstellen(tx, gebruikerId)
  const nog = await listGeldigeTokens(tx, gebruikerId)
  const tokensBeeindigd = tokens.filter(token => !nog.includes(token))
  await audit(tx, ctx, gegevens.actief ? 'gebruiker.gewijzigd' : 'gebruiker.uitgezet', GROND, {
    ...verschil(oud, gegevens),
    ...waarom,
    ...(tokensBeeindigd.length > 0 && { tokensBeeindigd }),
  })
  return { gebruikerId }
}

/** Old and new of what decides what somebody sees, in codes and numbers: never a name or an address. */
function verschil(oud: Gebruiker | null, nieuw: Gegevens): Onderwerp {
  const delen: Onderwerp = oud === null ? {} : { gebruiker: oud.gebruikerId }
  const zet = (naam: string, was: Onderwerp[string] | null | undefined, is: Onderwerp[string] | null) => {
    if (String(was ?? '') === String(is ?? '')) return
    if (was !== null && was !== undefined) delen[`${naam}Oud`] = was
    if (is !== null) delen[`${naam}Nieuw`] = is
  }
  zet('rol', oud?.rol, nieuw.rol)
  zet('gemeenten', oud?.gemeenten, nieuw.gemeenten)
  zet('aanbieder', oud?.voorAanbieder, nieuw.voorAanbieder)
  zet('inloggen', oud === null ? undefined : jaNee(oud.actief), jaNee(nieuw.actief))
  if (oud !== null && oud.email.toLowerCase() !== nieuw.email.toLowerCase()) delen.email = 'gewijzigd'
  if (nieuw.loskoppelen) delen.account = 'losgekoppeld'
  return delen
}

const jaNee = (waarde: boolean) => (waarde ? 'ja' : 'nee')

function aloneTooSoon(wijze: Wijze): Problem {
  return invalid('Nieuwe rechten geven kan nu niet', [{ pad: 'rol', melding: explainWijze(wijze).tekst }])
}

async function check(omgeving: Omgeving, ctx: Ctx, invoer: Invoer, id: number | null): Promise<Gegevens> {
  const [email = '', agb = ''] = [invoer.email, invoer.agb].map(getypt => getypt?.[0]?.trim())
  const { gemeenten, bezet } = await ctx.read(async db => ({
    gemeenten: await listGemeenten(db),
    bezet: await hasEmail(db, email, id),
  }))
  const aanbieder =
    agb === ''
      ? undefined
      : (await seeAanbieders(omgeving, ctx, gemeenten).read(db => mapAanbiedersByAgb(db, [agb]))).get(agb)
  const dubbel = bezet ? [{ pad: 'email', melding: 'Er is al een gebruiker met dit e-mailadres.' }] : []
  const gegevens = readGegevens('De gebruiker is niet opgeslagen', GEBRUIKER, invoer, {
    keuzes: { gemeenten },
    ook: g => [...checkBereik(g, aanbieder), ...dubbel],
  })
  return toGebruiker(gegevens, aanbieder)
}
