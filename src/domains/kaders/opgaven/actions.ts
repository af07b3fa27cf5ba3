import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import type { Datum } from '../../../platform/dates.ts'
import { changeRow, findLaatste } from '../../../platform/db/laatste.ts'
import { countRows, type Filter, findRow, listRows } from '../../../platform/db/lijst.ts'
import { type Doel, insertRow, type Rij, updateRow } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, notFound, Problem } from '../../../platform/problem.ts'
import { type Gegevens, type Invoer, readGegevens, tryGegevens } from '../../../platform/velden/formulier.ts'
import { type Indicatorwaarde, readIndicatoren, readMaandreeks, vensterOp } from '../../sturing/index.ts'
import { type Bereik, GROND, gemeenteOpties, mayWrite, readEigenaar, segmentOpties } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { checkVoortgang, STAPPEN, type Stap } from './rules.ts'
import {
  insertStaat,
  insertVoortgang,
  listActies,
  listStaatswissels,
  listVoortgang,
  OPGAVEN,
  type Opgave,
  replaceSegmenten,
} from './store.ts'
import { ACTIE, NIEUW, OPGAVE, STAP, VOORTGANG } from './velden.ts'

export const TABEL = 'kaders.opgave'
export const ACTIES = 'kaders.opgave_actie'

/** Which care an assignment is about: its segments, else its law, else everything (null). */
export function segmentenVanOpgave(bereik: Bereik, opgave: Opgave): readonly number[] | null {
  if (opgave.segmenten.length > 0) return opgave.segmenten.map(Number)
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
  const opgaven = await listRows(db, OPGAVEN, filter, { kolom: 'thema', richting: 'op' }, deel)
  const totaal = await countRows(db, OPGAVEN, filter)
  return { bereik, opgaven, totaal, ...(await readWaarden(db, kijker, bereik, opgaven)) }
}

export type Bord = Awaited<ReturnType<typeof loadBord>>

/** Everything on the page of one assignment. Throws 404. */
export async function loadOpgave(ctx: Ctx, id: number) {
  return ctx.read(async db => {
    const opgave = await findRow(db, OPGAVEN, id)
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
export async function readCollegas(db: Db, gemeente: string | null, nu: string | null) {
  const collegas = await listCollegas(db, 'beleid.bijdragen', gemeente, nu === null ? null : Number(nu))
  return collegas.map(({ gebruikerId, naam }) => ({ waarde: String(gebruikerId), naam }))
}

/** What can be chosen for an assignment; `oud` null for a new one, of `gemeente`. */
export async function readKeuzes(db: Db, bereik: Bereik, oud: Opgave | null, gemeente: string | null) {
  return {
    gemeente: gemeenteOpties(bereik, true),
    trekker: await readCollegas(db, oud ? oud.gemeente : gemeente, oud?.trekker ?? null),
    segmenten: segmentOpties(bereik),
  }
}

const TITEL = 'De opgave is niet opgeslagen'

/** Who chose an indicator says which way is better. */
function checkRichting({ indicator, richting }: Partial<Gegevens<typeof OPGAVE>>): Fout[] {
  return indicator && richting === null ? [{ pad: 'richting', melding: 'Kies welke kant op beter is.' }] : []
}

/** Without an indicator no way is better. */
function toRij({ segmenten: _, ...rij }: Gegevens<typeof OPGAVE>) {
  return { ...rij, richting: rij.indicator === null ? null : rij.richting }
}

/** Adds an assignment. Throws 400 with every fault. Answers the id. */
export async function addOpgave(ctx: Ctx, invoer: Invoer): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const bereik = await readBereik(tx)
    // Whose it is says who can take it on; of nobody's it is not saved.
    const { gemeente: van = '' } = tryGegevens({ gemeente: NIEUW.gemeente }, invoer, {
      keuzes: { gemeente: gemeenteOpties(bereik, true) },
    }).gegevens
    const gemeente = readEigenaar(bereik, van) ?? null
    const keuzes = await readKeuzes(tx, bereik, null, gemeente)
    const gegevens = readGegevens(TITEL, NIEUW, invoer, { keuzes, ook: checkRichting })
    const rij = { ...toRij(gegevens), gemeente, gemaaktDoor: door, gewijzigdDoor: door }
    const id = await insertRow(tx, TABEL, rij)
    await replaceSegmenten(tx, id, gegevens.segmenten)
    await insertStaat(tx, id, { staat: 'voorgenomen', reden: null }, door)
    await audit(tx, ctx, 'opgave.toegevoegd', GROND, { opgave: id })
    return id
  })
}

/** Throws 400 with every fault, 404, or `Botsing`. */
export async function changeOpgave(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    const bereik = await readBereik(tx)
    const oud = await findOwn(tx, bereik, doel.id)
    const keuzes = await readKeuzes(tx, bereik, oud, null)
    const gegevens = readGegevens(TITEL, OPGAVE, invoer, { keuzes, ook: checkRichting })
    const door = { gewijzigdDoor: gebruikerIdOf(ctx.wie), gewijzigdOp: ctx.nu }
    await change(tx, ctx, doel, 'opgave.gewijzigd', { ...toRij(gegevens), ...door })
    await replaceSegmenten(tx, doel.id, gegevens.segmenten)
  })
}

/** Takes a step in the life of an assignment. Throws 400 without a needed reason, 404, or `Botsing`. */
export async function stepOpgave(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  const { stap, reden } = readGegevens('De opgave is niet veranderd', STAP, invoer, {
    ook: ({ stap, reden }) =>
      stap !== undefined && STAPPEN[stap].redenNodig && reden === null
        ? [{ pad: 'reden', melding: 'Vul de reden in.' }]
        : [],
  })
  const { van, naar }: Stap = STAPPEN[stap]
  await ctx.write(async tx => {
    const oud = await findOwn(tx, await readBereik(tx), doel.id)
    if (!van.includes(oud.staat))
      throw new Botsing('de staat van deze opgave', oud, await lastOf(tx, ctx, doel.id))
    await change(tx, ctx, doel, `opgave.${naar}`, { staat: naar })
    await insertStaat(tx, doel.id, { staat: naar, reden }, gebruikerIdOf(ctx.wie))
  })
}

/** Adds progress: anyone who works on the policy may tell what happened. Throws 400 or 404. */
export async function addVoortgang(ctx: Ctx, { id }: Pick<Doel, 'id'>, invoer: Invoer): Promise<void> {
  const gegevens = readGegevens('De voortgang is niet opgeslagen', VOORTGANG, invoer, {
    ook: gegevens => checkVoortgang(gegevens, ctx.vandaag),
  })
  await ctx.write(async tx => {
    if (!(await findRow(tx, OPGAVEN, id))) throw notFound('Opgave')
    if (await insertVoortgang(tx, id, gegevens, gebruikerIdOf(ctx.wie)))
      await audit(tx, ctx, 'opgave.voortgang', GROND, { opgave: id })
  })
}

/** Adds an action (`doel` null) or changes one. Throws 400 with every fault, 404, or `Botsing`. */
export async function saveActie(
  ctx: Ctx,
  opgaveId: number,
  doel: Doel | null,
  invoer: Invoer,
): Promise<void> {
  const door = gebruikerIdOf(ctx.wie)
  await ctx.write(async tx => {
    const opgave = await findRow(tx, OPGAVEN, opgaveId)
    if (!opgave) throw notFound('Opgave')
    const oud = await findActie(tx, opgaveId, doel)
    const gegevens = readGegevens('De actie is niet opgeslagen', ACTIE, invoer, {
      keuzes: { eigenaar: await readCollegas(tx, opgave.gemeente, oud?.eigenaar ?? null) },
    })
    const rij = { ...gegevens, gewijzigdDoor: door }
    if (doel === null) {
      const actie = await insertRow(tx, ACTIES, { opgaveId, ...rij, door })
      return audit(tx, ctx, 'opgave.actie-toegevoegd', GROND, { opgave: opgaveId, actie })
    }
    const nieuw = { ...rij, gewijzigdOp: ctx.nu }
    await changeRow(tx, ctx, { tabel: ACTIES, deze: 'deze actie' }, doel, nieuw, () =>
      findActie(tx, opgaveId, doel),
    )
    await audit(tx, ctx, 'opgave.actie-gewijzigd', GROND, { opgave: opgaveId, actie: doel.id })
  })
}

/** The action under this assignment; null for a new one. Throws 404. */
async function findActie(tx: Tx, opgaveId: number, doel: Doel | null) {
  if (doel === null) return null
  const actie = (await listActies(tx, opgaveId)).find(a => a.actieId === doel.id)
  if (!actie) throw notFound('Actie')
  return actie
}

async function findOwn(tx: Tx, bereik: Bereik, id: number): Promise<Opgave> {
  const opgave = await findRow(tx, OPGAVEN, id)
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
  findLaatste(tx, ctx, [TABEL, { opgaveId }], ['kaders.opgave_staat', { opgaveId }])

async function change(tx: Tx, ctx: Ctx, doel: Doel, actie: string, rij: Rij): Promise<void> {
  if (!(await updateRow(tx, TABEL, doel, rij))) {
    const nu = await findRow(tx, OPGAVEN, doel.id)
    throw nu ? new Botsing('deze opgave', nu, await lastOf(tx, ctx, doel.id)) : notFound('Opgave')
  }
  await audit(tx, ctx, actie, GROND, { opgave: doel.id })
}
