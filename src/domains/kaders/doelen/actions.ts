import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import type { Datum } from '../../../platform/dates.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { type Indicatoren, readIndicatoren } from '../../sturing/index.ts'
import { mayWrite, readEigenaar, segmentenVan } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { type Invoer, readDoel } from './invoer.ts'
import {
  type Doelrij,
  endDoel,
  findDoel,
  insertDoel,
  listDoelen,
  listKoppelingen,
  lockBomen,
  replaceKoppelingen,
  updateDoel,
} from './store.ts'

const GROND = 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'

/** All goals with their links and, for who may see figures, the values at the leaves by goal. */
export async function loadDoelen(ctx: Ctx) {
  return ctx.readTogether(readDoelen, {
    magCijfers: ctx.wie.rechten.has('cijfers.lezen'),
    vandaag: ctx.vandaag,
  })
}

async function readDoelen(db: Db, { magCijfers, vandaag }: { magCijfers: boolean; vandaag: Datum }) {
  const bereik = await readBereik(db)
  const doelen = await listDoelen(db)
  const koppelingen = await listKoppelingen(db)
  const gemeten = doelen.filter(d => d.indicator !== null && d.beeindigdOp === null)
  const vragen = gemeten.map(d => ({
    indicator: d.indicator ?? '',
    segmenten: segmentenVan(bereik, d),
    gemeente: d.gemeente,
  }))
  const geen: Indicatoren = { waarden: [], bijgewerkt: null }
  const cijfers = magCijfers ? await readIndicatoren(db, vragen, vandaag) : geen
  const waarden = new Map(
    gemeten.flatMap((doel, i) => {
      const waarde = cijfers.waarden[i]
      return waarde === undefined ? [] : [[doel.doelId, waarde] as const]
    }),
  )
  return { bereik, doelen, koppelingen, waarden, bijgewerkt: cijfers.bijgewerkt }
}

export type GeladenDoelen = Awaited<ReturnType<typeof loadDoelen>>

/**
 * Adds a goal (`doel` null) or changes one that is still at `versie`: its text, its place and what it is measured by.
 * Throws 400 with every fault, 404, or `Botsing`. Answers the id.
 */
export async function saveDoel(
  ctx: Ctx,
  doel: { id: number; versie: number } | null,
  invoer: Invoer,
): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    await lockBomen(tx)
    const bereik = await readBereik(tx)
    const doelen = await listDoelen(tx)
    const oud = doel === null ? null : doelen.find(d => d.doelId === doel.id)
    if (oud === undefined) throw notFound('Doel')
    const gemeente = oud ? oud.gemeente : readEigenaar(bereik, invoer.gemeente)
    if (gemeente === undefined)
      throw invalid('Het doel is niet opgeslagen', [
        { pad: 'gemeente', melding: 'Kies voor wie dit doel is.' },
      ])
    if (!mayWrite(bereik, gemeente)) throw notFound('Doel')
    const gelezen = readDoel(invoer, { bereik, doelen, doel: oud, gemeente })
    if ('fouten' in gelezen) throw invalid('Het doel is niet opgeslagen', gelezen.fouten)
    const { gegevens, koppelingen } = gelezen
    if (doel === null) {
      const id = await insertDoel(tx, gegevens, door)
      await replaceKoppelingen(tx, id, koppelingen, door)
      await audit(tx, ctx, 'doel.toegevoegd', GROND, { doel: id })
      return id
    }
    if (!(await updateDoel(tx, doel, gegevens, door))) await collide(tx, ctx, doel.id)
    await replaceKoppelingen(tx, doel.id, koppelingen, door)
    await audit(tx, ctx, 'doel.gewijzigd', GROND, { doel: doel.id })
    return doel.id
  })
}

/** Ends a goal that has nothing running under it, with the reason. Throws 400, 404 or `Botsing`. */
export async function stopDoel(ctx: Ctx, doel: { id: number; versie: number }, reden: string): Promise<void> {
  await setEinde(ctx, doel, reden.trim(), 'doel.beeindigd', (doelen): Fout[] => [
    ...checkTekst({ pad: 'reden', naam: 'de reden', waarde: reden, max: 1000 }),
    ...(doelen.some(d => d.ouderId === doel.id && d.beeindigdOp === null)
      ? [{ pad: 'reden', melding: 'Beëindig of verplaats eerst de doelen die hieronder hangen.' }]
      : []),
  ])
}

/** Takes the end of a goal back; where it hung must still be running. */
export async function restoreDoel(ctx: Ctx, doel: { id: number; versie: number }): Promise<void> {
  await setEinde(ctx, doel, null, 'doel.hersteld', (doelen): Fout[] => {
    const ouder = doelen.find(d => d.doelId === doelen.find(x => x.doelId === doel.id)?.ouderId)
    return ouder !== undefined && ouder.beeindigdOp !== null
      ? [{ pad: 'reden', melding: 'Herstel eerst het doel erboven.' }]
      : []
  })
}

async function setEinde(
  ctx: Ctx,
  doel: { id: number; versie: number },
  reden: string | null,
  actie: string,
  check: (doelen: readonly Doelrij[]) => Fout[],
): Promise<void> {
  await ctx.write(async tx => {
    await lockBomen(tx)
    const doelen = await listDoelen(tx)
    const oud = doelen.find(d => d.doelId === doel.id)
    if (!oud || !mayWrite(await readBereik(tx), oud.gemeente)) throw notFound('Doel')
    const fouten = check(doelen)
    if (fouten.length > 0) throw invalid('Dit kan nog niet', fouten)
    if (!(await endDoel(tx, doel, reden, gebruikerIdOf(ctx.wie)))) await collide(tx, ctx, doel.id)
    await audit(tx, ctx, actie, GROND, { doel: doel.id })
  })
}

async function collide(tx: Tx, ctx: Ctx, id: number): Promise<never> {
  const nu = await findDoel(tx, id)
  throw nu
    ? new Botsing('dit doel', nu, await findLaatste(tx, ctx, ['kaders.doel', { doelId: id }]))
    : notFound('Doel')
}
