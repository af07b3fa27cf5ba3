import { audit } from '../../../platform/audit.ts'
import { type Collega, gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import type { Datum } from '../../../platform/dates.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { type Indicatorwaarde, readIndicatoren, readMaandreeks, vensterOp } from '../../sturing/index.ts'
import { type Bereik, mayWrite, readEigenaar } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { type Actieinvoer, type Invoer, readActie, readOpgave, readVoortgang } from './invoer.ts'
import { STAPPEN, type Stap, type Stapnaam } from './rules.ts'
import {
  countOpgaven,
  type Filter,
  findOpgave,
  insertActie,
  insertOpgave,
  insertVoortgang,
  listActies,
  listOpgaven,
  listStaatswissels,
  listVoortgang,
  type Opgave,
  updateActie,
  updateOpgave,
  updateStaat,
} from './store.ts'

const GROND = 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'

/** Which care an assignment is about: its segments, else its law, else everything (null). */
export function segmentenVanOpgave(bereik: Bereik, opgave: Opgave): readonly number[] | null {
  if (opgave.segmenten.length > 0) return opgave.segmenten
  if (opgave.wet === null) return null
  return bereik.segmenten.filter(s => s.wet === opgave.wet).map(s => s.segmentId)
}

/** All that a value depends on besides what one may see: whether one may see figures, and the day. */
interface Kijker {
  magCijfers: boolean
  vandaag: Datum
}

const kijkerOf = ({ wie, vandaag }: Ctx): Kijker => ({
  magCijfers: wie.rechten.has('cijfers.lezen'),
  vandaag,
})

async function readWaarden(db: Db, kijker: Kijker, bereik: Bereik, opgaven: readonly Opgave[]) {
  const gemeten = opgaven.filter(o => o.indicator !== null)
  if (!kijker.magCijfers) return { waarden: new Map<number, Indicatorwaarde>(), bijgewerkt: null }
  const { waarden, bijgewerkt } = await readIndicatoren(
    db,
    gemeten.map(o => ({
      indicator: o.indicator ?? '',
      segmenten: segmentenVanOpgave(bereik, o),
      gemeente: o.gemeente,
    })),
    kijker.vandaag,
  )
  const perOpgave = new Map<number, Indicatorwaarde>()
  for (const [i, opgave] of gemeten.entries()) {
    const waarde = waarden[i]
    if (waarde) perOpgave.set(opgave.opgaveId, waarde)
  }
  return { waarden: perOpgave, bijgewerkt }
}

/** One page of the board, with the value of each indicator. */
export async function loadBord(ctx: Ctx, filter: Filter, deel: { aantal: number; vanaf: number }) {
  return ctx.readTogether(readBord, { kijker: kijkerOf(ctx), filter, deel })
}

async function readBord(
  db: Db,
  { kijker, filter, deel }: { kijker: Kijker; filter: Filter; deel: { aantal: number; vanaf: number } },
) {
  const bereik = await readBereik(db)
  const opgaven = await listOpgaven(db, filter, deel)
  const totaal = await countOpgaven(db, filter)
  return { bereik, opgaven, totaal, ...(await readWaarden(db, kijker, bereik, opgaven)) }
}

export type Bord = Awaited<ReturnType<typeof loadBord>>

/** Everything on the page of one assignment. Throws 404. */
export async function loadOpgave(ctx: Ctx, id: number) {
  return ctx.read(async db => {
    const opgave = await findOpgave(db, id)
    if (!opgave) throw notFound('Opgave')
    const bereik = await readBereik(db)
    const { tot } = vensterOp(ctx.vandaag)
    const reeks = ctx.wie.rechten.has('cijfers.lezen')
      ? await readMaandreeks(
          db,
          {
            segmenten: segmentenVanOpgave(bereik, opgave),
            gemeente: opgave.gemeente,
            vanaf: vensterOp(ctx.vandaag, 1).vanaf,
            tot,
          },
          ctx.vandaag,
        )
      : []
    return {
      opgave,
      bereik,
      reeks,
      acties: await listActies(db, id),
      voortgang: await listVoortgang(db, id),
      wissels: await listStaatswissels(db, id),
      ...(await readWaarden(db, kijkerOf(ctx), bereik, [opgave])),
    }
  })
}

export type GeladenOpgave = Awaited<ReturnType<typeof loadOpgave>>

/** Who can take on an assignment or action of this municipality (null: the region), and who has it now. */
export async function loadCollegas(ctx: Ctx, gemeente: string | null, nu: number | null): Promise<Collega[]> {
  return ctx.read(db => listCollegas(db, 'beleid.bijdragen', gemeente, nu))
}

/** Adds an assignment (`doel` null) or changes one. Throws 400 with every fault, 404, or `Botsing`. Answers the id. */
export async function saveOpgave(
  ctx: Ctx,
  doel: { id: number; versie: number } | null,
  invoer: Invoer,
): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const bereik = await readBereik(tx)
    const oud = doel === null ? null : await findOwn(tx, bereik, doel.id)
    const gemeente = oud ? oud.gemeente : readEigenaar(bereik, invoer.gemeente)
    const collegas = await listCollegas(tx, 'beleid.bijdragen', gemeente ?? null, oud?.trekker)
    const gelezen = readOpgave(invoer, gemeente ?? null, { bereik, collegas })
    const wie = gemeente === undefined ? [{ pad: 'gemeente', melding: 'Kies voor wie deze opgave is.' }] : []
    const fouten = [...wie, ...('fouten' in gelezen ? gelezen.fouten : [])]
    if (fouten.length > 0 || 'fouten' in gelezen) throw invalid('De opgave is niet opgeslagen', fouten)
    if (doel === null) {
      const id = (await insertOpgave(tx, gelezen.gegevens, door)) ?? 0
      await audit(tx, ctx, 'opgave.toegevoegd', GROND, { opgave: id })
      return id
    }
    if (!(await updateOpgave(tx, doel, gelezen.gegevens, door))) await collide(tx, ctx, doel.id)
    await audit(tx, ctx, 'opgave.gewijzigd', GROND, { opgave: doel.id })
    return doel.id
  })
}

/** Takes a step in the life of an assignment. Throws 400 without a needed reason, 404, or 409. */
export async function stepOpgave(
  ctx: Ctx,
  doel: { id: number; versie: number },
  stap: Stapnaam,
  reden: string,
): Promise<void> {
  const { van, naar, redenNodig }: Stap = STAPPEN[stap]
  const fouten = checkTekst({
    pad: 'reden',
    naam: 'de reden',
    waarde: reden,
    verplicht: redenNodig,
    max: 1000,
  })
  if (fouten.length > 0) throw invalid('De opgave is niet veranderd', fouten)
  await ctx.write(async tx => {
    const oud = await findOwn(tx, await readBereik(tx), doel.id)
    if (!van.includes(oud.staat))
      throw new Botsing('de staat van deze opgave', oud, await lastOf(tx, ctx, doel.id))
    const gelukt = await updateStaat(tx, doel, naar, reden.trim() || null, gebruikerIdOf(ctx.wie))
    if (!gelukt) await collide(tx, ctx, doel.id)
    await audit(tx, ctx, `opgave.${naar}`, GROND, { opgave: doel.id })
  })
}

/** Adds progress: anyone who works on the policy may tell what happened. Throws 400 or 404. */
export async function addVoortgang(
  ctx: Ctx,
  id: number,
  velden: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const gelezen = readVoortgang(velden, ctx.vandaag)
  if ('fouten' in gelezen) throw invalid('De voortgang is niet opgeslagen', gelezen.fouten)
  await ctx.write(async tx => {
    if (!(await findOpgave(tx, id))) throw notFound('Opgave')
    if (await insertVoortgang(tx, id, gelezen.gegevens, gebruikerIdOf(ctx.wie)))
      await audit(tx, ctx, 'opgave.voortgang', GROND, { opgave: id })
  })
}

/** Adds an action (`actie` null) or changes one. Throws 400 with every fault, 404, or `Botsing`. */
export async function saveActie(
  ctx: Ctx,
  opgaveId: number,
  actie: { id: number; versie: number } | null,
  invoer: Actieinvoer,
): Promise<void> {
  const door = gebruikerIdOf(ctx.wie)
  await ctx.write(async tx => {
    const opgave = await findOpgave(tx, opgaveId)
    if (!opgave) throw notFound('Opgave')
    const oud = (await listActies(tx, opgaveId)).find(a => a.actieId === actie?.id)
    const collegas = await listCollegas(tx, 'beleid.bijdragen', opgave.gemeente, oud?.eigenaar)
    const gelezen = readActie(invoer, collegas)
    if ('fouten' in gelezen) throw invalid('De actie is niet opgeslagen', gelezen.fouten)
    if (actie === null) {
      const id = await insertActie(tx, opgaveId, gelezen.gegevens, door)
      await audit(tx, ctx, 'opgave.actie-toegevoegd', GROND, { opgave: opgaveId, actie: id })
      return
    }
    if (!(await updateActie(tx, { opgave: opgaveId, ...actie }, gelezen.gegevens, door))) {
      const nu = (await listActies(tx, opgaveId)).find(a => a.actieId === actie.id)
      throw nu
        ? new Botsing(
            'deze actie',
            nu,
            await findLaatste(tx, ctx, ['kaders.opgave_actie', { actieId: actie.id }]),
          )
        : notFound('Actie')
    }
    await audit(tx, ctx, 'opgave.actie-gewijzigd', GROND, { opgave: opgaveId, actie: actie.id })
  })
}

async function findOwn(tx: Tx, bereik: Bereik, id: number): Promise<Opgave> {
  const opgave = await findOpgave(tx, id)
  if (!opgave) throw notFound('Opgave')
  if (!mayWrite(bereik, opgave.gemeente))
    throw new Problem(
      403,
      'niet-toegestaan',
      'Deze opgave is van de regio',
      'Alleen wie voor de hele regio werkt, mag haar wijzigen.',
    )
  return opgave
}

/** The text of an opgave keeps who changed it, its state is a history. */
const lastOf = (tx: Tx, ctx: Ctx, opgaveId: number) =>
  findLaatste(tx, ctx, ['kaders.opgave', { opgaveId }], ['kaders.opgave_staat', { opgaveId }])

async function collide(tx: Tx, ctx: Ctx, id: number): Promise<never> {
  const nu = await findOpgave(tx, id)
  throw nu ? new Botsing('deze opgave', nu, await lastOf(tx, ctx, id)) : notFound('Opgave')
}
