import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { GROND, getLijst } from '../gegevens/actions.ts'
import {
  type Advies,
  type Besluit,
  isTegenAdvies,
  listBlokkades,
  listOpen,
  maySet,
  STAPPEN,
  type Stap,
} from './rules.ts'
import {
  type Bewaard,
  findWeging,
  insertWeging,
  markHerzien,
  standVan,
  type Tekst,
  type Weging,
  writeWeging,
} from './store.ts'

export async function getWeging(db: Db, wegingId: number): Promise<Weging> {
  const weging = await findWeging(db, wegingId)
  if (!weging) throw notFound('Weging')
  return weging
}

/** Begins a weighing; answers its id. */
export async function makeWeging(ctx: Ctx, tekst: Tekst): Promise<number> {
  return ctx.write(async tx => {
    const door = demandMens(ctx)
    await demandRegionaal(tx, tekst.gemeente)
    const id = await insertWeging(tx, tekst, { stap: 'maak', toelichting: '', door, op: ctx.nu }, null)
    await audit(tx, ctx, 'weging.opgesteld', GROND, { weging: id })
    return id
  })
}

/** Changes the text of a draft. Throws `Botsing` with how the other left it, also as the form has it (`toGegevens`). */
export async function editWeging(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  anders: (weging: Weging) => Partial<Tekst>,
  toGegevens: (weging: Weging) => object,
): Promise<void> {
  await zet(ctx, wegingId, versie, 'wijzig', '', weging => anders(weging), toGegevens)
}

/** A step without a text of its own, other than perhaps the reason. */
export async function takeStap(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  stap: 'leg-voor' | 'haal-terug' | 'pas-aan' | 'trek-in' | 'herstel' | 'beeindig',
  reden = '',
): Promise<void> {
  const toelichting = reden.trim()
  const fouten = checkTekst({
    pad: 'reden',
    naam: 'de reden',
    waarde: toelichting,
    verplicht: STAPPEN[stap].reden,
    max: 2000,
  })
  if (fouten.length > 0) throw invalid('De stap is niet gezet', fouten)
  await zet(ctx, wegingId, versie, stap, toelichting, weging => {
    if (stap === 'leg-voor') {
      const open = listOpen(weging, weging.lijst)
      if (open.length > 0)
        throw new Problem(409, 'weging-niet-af', 'Deze weging is nog niet af', open.join(' '))
    }
    if (stap === 'pas-aan') return ZONDER_ADVIES
    if (stap === 'trek-in' || stap === 'beeindig') return { ingetrokkenOp: ctx.nu }
    return stap === 'herstel' ? { ...ZONDER_ADVIES, ingetrokkenOp: null } : {}
  })
}

/** What was advised stays in the history; a changed text needs a new advice. */
const ZONDER_ADVIES = { advies: null, adviesTekst: null, adviesDoor: null, adviesOp: null }

/** The advice of the privacy officer. Throws 400 without a text, 409 for who wrote it. */
export async function giveAdvies(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  invoer: { advies: Advies | null; tekst: string },
): Promise<void> {
  const fouten = checkTekst({ pad: 'tekst', naam: 'het advies', waarde: invoer.tekst, max: 10_000 })
  const { advies } = invoer
  if (advies === null) fouten.unshift({ pad: 'advies', melding: 'Kies wat u adviseert.' })
  if (fouten.length > 0 || advies === null) throw invalid('Het advies is niet opgeslagen', fouten)
  await zet(ctx, wegingId, versie, 'adviseer', advies, () => ({
    advies,
    adviesTekst: invoer.tekst.trim(),
    adviesDoor: gebruikerIdOf(ctx.wie),
    adviesOp: ctx.nu,
  }))
}

export interface Besluitinvoer {
  besluit: Besluit | null
  voorwaarden: string
  motivering: string
}

/**
 * The decision. Without a ground in force it can only be a refusal; against the advice it must say why. What was decided
 * before gives way. Throws 400 with every fault, 409 for who wrote or advised.
 */
export async function decideWeging(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  invoer: Besluitinvoer,
): Promise<void> {
  await zet(ctx, wegingId, versie, 'besluit', invoer.besluit ?? '', weging => {
    const { besluit } = invoer
    const fouten = checkBesluit(invoer, weging, ctx.vandaag)
    if (fouten.length > 0 || besluit === null) throw invalid('Het besluit is niet opgeslagen', fouten)
    return {
      besluit,
      voorwaarden: besluit === 'voorwaarden' ? invoer.voorwaarden.trim() : '',
      motivering: invoer.motivering.trim(),
      besluitDoor: gebruikerIdOf(ctx.wie),
      besluitOp: ctx.nu,
    }
  })
}

function checkBesluit(invoer: Besluitinvoer, weging: Weging, vandaag: string): Fout[] {
  const { besluit, voorwaarden, motivering } = invoer
  const tegen = besluit !== null && weging.advies !== null && isTegenAdvies(weging.advies, besluit)
  const fouten: Fout[] = []
  if (besluit === null) fouten.push({ pad: 'besluit', melding: 'Kies een besluit.' })
  else if (besluit !== 'niet-toegestaan') {
    const datum = weging.geldigVanaf > vandaag ? weging.geldigVanaf : vandaag
    for (const melding of listBlokkades(weging.inhoud, weging.lijst, datum))
      fouten.push({ pad: 'besluit', melding: `Toestaan kan niet. ${melding}` })
  }
  fouten.push(
    ...checkTekst({
      pad: 'voorwaarden',
      naam: 'de voorwaarden',
      waarde: voorwaarden,
      verplicht: besluit === 'voorwaarden',
      max: 5000,
    }),
    ...checkTekst({
      pad: 'motivering',
      naam: tegen ? 'de motivering: het besluit wijkt af van het advies' : 'de motivering',
      waarde: motivering,
      verplicht: tegen,
      max: 5000,
    }),
  )
  return fouten
}

/** Begins the next version with the text of this one; this one stays valid until the new one is decided. */
export async function reviseWeging(ctx: Ctx, wegingId: number): Promise<number> {
  return ctx.write(async tx => {
    const door = demandMens(ctx)
    const weging = await getWeging(tx, wegingId)
    await demandRegionaal(tx, weging.gemeente)
    demandStap('herzie', weging, door)
    const { lijstId } = await getLijst(tx)
    const vandaag = ctx.vandaag > weging.geldigVanaf ? ctx.vandaag : weging.geldigVanaf
    const geldigTot = weging.geldigTot !== null && weging.geldigTot < vandaag ? null : weging.geldigTot
    const tekst = { ...weging, lijstId, geldigVanaf: vandaag, geldigTot }
    const id = await insertWeging(tx, tekst, { stap: 'herzie', toelichting: '', door, op: ctx.nu }, weging)
    await audit(tx, ctx, 'weging.herzien', GROND, { weging: id, van: wegingId })
    return id
  })
}

/** One step of one weighing: load, may it, change, keep, audit. */
async function zet(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  stap: Stap,
  toelichting: string,
  anders: (weging: Weging) => Partial<Bewaard>,
  toGegevens: (weging: Weging) => object = () => ({}),
): Promise<void> {
  const collision = async (tx: Tx, nu: Weging) =>
    new Botsing(
      'deze weging',
      { ...nu, ...toGegevens(nu) },
      await findLaatste(tx, ctx, ['uitwisseling.weging_stap', { wegingId }]),
    )
  await ctx.write(async tx => {
    const door = demandMens(ctx)
    const weging = await getWeging(tx, wegingId)
    await demandRegionaal(tx, weging.gemeente)
    if (weging.versie !== versie) throw await collision(tx, weging)
    demandStap(stap, weging, door)
    const nieuw: Bewaard = { ...weging, ...anders(weging), staat: STAPPEN[stap].naar }
    if (stap === 'wijzig') nieuw.opstellers = [...new Set([...weging.opstellers, door])]
    if (!(await writeWeging(tx, wegingId, versie, nieuw, { stap, toelichting, door, op: ctx.nu })))
      throw await collision(tx, await getWeging(tx, wegingId))
    if (stap === 'besluit') await markHerzien(tx, weging.stam, wegingId)
    await audit(tx, ctx, `weging.${stap}`, GROND, { weging: wegingId })
  })
}

function demandMens(ctx: Ctx): number {
  const door = gebruikerIdOf(ctx.wie)
  if (door === null) throw new Problem(409, 'alleen-een-mens', 'Alleen een mens kan dit doen')
  return door
}

function demandStap(stap: Stap, weging: Weging, door: number): void {
  const mag = maySet(stap, standVan(weging), door)
  if (!mag.ok) throw new Problem(409, 'stap-kan-niet', 'Deze stap kan nu niet', mag.reden)
}
