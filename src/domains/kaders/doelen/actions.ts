import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import type { Datum } from '../../../platform/dates.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import { type Doel, insertRow, type Rij, updateRow } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { endColumns } from '../../../platform/velden/einde.ts'
import {
  type Gegevens,
  type Invoer,
  type Leesregels,
  readGegevens,
} from '../../../platform/velden/formulier.ts'
import { type Indicatoren, indicatorVan, readIndicatoren } from '../../sturing/index.ts'
import {
  deelgebiedOpties,
  deelgebiedWaarde,
  GROND,
  gemeenteOpties,
  mayWrite,
  REGIO,
  readDeelgebied,
  readEigenaar,
  segmentenVan,
} from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import {
  buildBomen,
  keepsChildren,
  liesUnder,
  listMeetgebreken,
  platteBoom,
  waaromNietHier,
  waaromNietOnder,
} from './rules.ts'
import { type Doelrij, listDoelen, listKoppelingen, lockBomen, replaceKoppelingen } from './store.ts'
import { DOEL, EINDE, NIEUW } from './velden.ts'

export const TABEL = 'kaders.doel'

type Doelgegevens = Gegevens<typeof DOEL>

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
/** The goals as they are, without their figures. */
type Stand = Pick<GeladenDoelen, 'bereik' | 'doelen' | 'koppelingen'>

/** What can be chosen for a goal: `doel` is the one that is changed, null for a new one. */
export function keuzesVan({ bereik, doelen, koppelingen }: Stand, doel: Doelrij | null) {
  // What is linked can still be chosen, also when it ended: saving must not break a link in silence.
  const gekoppeld = koppelingen.filter(k => k.doelId === doel?.doelId).map(k => k.regionaalId)
  const regionaal = doelen.filter(
    d => d.gemeente === null && (d.beeindigdOp === null || gekoppeld.includes(d.doelId)),
  )
  return {
    gemeente: gemeenteOpties(bereik, true),
    ouder: doel === null ? [] : listPlekken(doelen, doel),
    over: deelgebiedOpties(bereik),
    koppelingen: buildBomen(regionaal)
      .flatMap(boom => platteBoom(boom.wortels))
      .map(({ doel: d }) => d)
      .filter(d => d.soort === 'doel' || d.soort === 'resultaat' || gekoppeld.includes(d.doelId))
      .map(toOptie),
  }
}

const toOptie = ({ doelId, tekst }: Doelrij) => ({ waarde: String(doelId), naam: tekst })

/** Everywhere in its own tree that the goal can hang: not under itself. */
function listPlekken(doelen: readonly Doelrij[], { doelId, gemeente, boom }: Doelrij) {
  const eigen = doelen.filter(d => d.gemeente === gemeente && d.boom === boom && d.beeindigdOp === null)
  return buildBomen(eigen)
    .flatMap(b => platteBoom(b.wortels))
    .filter(
      ({ doel }) => !liesUnder(doelen, doel.doelId, doelId) && waaromNietOnder('indicator', doel) === '',
    )
    .map(({ doel, diepte }) => ({ ...toOptie(doel), naam: `${'– '.repeat(diepte - 1)}${doel.tekst}` }))
}

/** The goal that another is added under; null for a tree of its own. Throws 400 where the asker may add nothing. */
export function findOuder({ bereik, doelen }: Stand, id: string | undefined): Doelrij | null {
  const ouder = doelen.find(d => String(d.doelId) === id) ?? null
  if (ouder !== null && !mayWrite(bereik, ouder.gemeente))
    throw invalid('Hier kunt u niets toevoegen', [
      { pad: 'ouder', melding: 'Dit doel is van de regio. U kunt het overnemen in een eigen doel.' },
    ])
  return ouder
}

/** A goal as its form has it. */
export function toGegevens({ koppelingen }: Stand, doel: Doelrij) {
  const { ouderId, streefwaarde, doelId } = doel
  return {
    ...doel,
    ouder: ouderId === null ? null : String(ouderId),
    over: deelgebiedWaarde(doel),
    streefwaarde: streefwaarde === null ? null : streefwaarde / perEenheid(doel.indicator),
    koppelingen: koppelingen.filter(k => k.doelId === doelId).map(k => String(k.regionaalId)),
  }
}

/** The same as it is kept: what is read from no indicator has no target. */
function toRij({ bereik }: Stand, gegevens: Doelgegevens): Rij {
  const { ouder, over, koppelingen: _, streefwaarde, richting, streefOp, ...rest } = gegevens
  const meting = {
    richting,
    streefOp,
    streefwaarde: streefwaarde && Math.round(streefwaarde * perEenheid(rest.indicator)),
  }
  return {
    ...rest,
    ...readDeelgebied(bereik, over),
    ouderId: ouder === null ? null : Number(ouder),
    ...(rest.indicator === null ? { richting: null, streefOp: null, streefwaarde: null } : meting),
  }
}

/** People type euros and percents, of which the hundredths are kept; persons are whole. */
const perEenheid = (indicator: string | null) => (indicatorVan(indicator)?.eenheid === 'personen' ? 1 : 100)

/** Adds a goal, under another or at the top of a tree. Throws 400 with every fault. Answers the id. */
export async function addDoel(ctx: Ctx, invoer: Invoer): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const stand = await lockStand(tx)
    const ouder = findOuder(stand, invoer.ouder?.[0])
    const boom = ouder && { gemeente: [ouder.gemeente ?? REGIO], boom: [ouder.boom] }
    const gegevens = readGegevens(
      'Het doel is niet opgeslagen',
      NIEUW,
      { ...invoer, ...boom },
      rulesFor(stand, null, ouder),
    )
    const gemeente = readEigenaar(stand.bereik, gegevens.gemeente) ?? null
    const rij = { ...toRij(stand, gegevens), gemeente, gemaaktDoor: door, gewijzigdDoor: door }
    const id = await insertRow(tx, TABEL, rij)
    if (gemeente !== null) await replaceKoppelingen(tx, id, gegevens.koppelingen, door)
    await audit(tx, ctx, 'doel.toegevoegd', GROND, { doel: id })
    return id
  })
}

/** Changes a goal or hangs it elsewhere in its tree. Throws 400 with every fault, 404, or `Botsing`. */
export async function changeDoel(ctx: Ctx, sleutel: Doel, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    const stand = await lockStand(tx)
    const oud = await findOwn(tx, ctx, stand, sleutel)
    const regels = rulesFor(stand, oud, null)
    const gegevens = readGegevens('Het doel is niet opgeslagen', DOEL, invoer, regels)
    await change(tx, ctx, sleutel, 'doel.gewijzigd', toRij(stand, gegevens))
    if (oud.gemeente !== null)
      await replaceKoppelingen(tx, sleutel.id, gegevens.koppelingen, gebruikerIdOf(ctx.wie))
  })
}

/** Ends a goal that has nothing running under it, with the reason. Throws 400, 404 or `Botsing`. */
export async function endDoel(ctx: Ctx, sleutel: Doel, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    const stand = await lockStand(tx)
    await findOwn(tx, ctx, stand, sleutel)
    const onder = stand.doelen.some(d => d.ouderId === sleutel.id && d.beeindigdOp === null)
    const eerst = { pad: 'reden', melding: 'Beëindig of verplaats eerst de doelen die hieronder hangen.' }
    const { reden } = readGegevens('Dit kan nog niet', EINDE, invoer, { ook: () => (onder ? [eerst] : []) })
    await change(tx, ctx, sleutel, 'doel.beeindigd', endColumns(reden, gebruikerIdOf(ctx.wie)))
  })
}

/** Takes the end of a goal back; where it hung must still be running. Throws 400, 404 or `Botsing`. */
export async function restoreDoel(ctx: Ctx, sleutel: Doel): Promise<void> {
  await ctx.write(async tx => {
    const stand = await lockStand(tx)
    const { ouderId } = await findOwn(tx, ctx, stand, sleutel)
    if (stand.doelen.some(d => d.doelId === ouderId && d.beeindigdOp !== null))
      throw invalid('Dit kan nog niet', [{ pad: 'reden', melding: 'Herstel eerst het doel erboven.' }])
    await change(tx, ctx, sleutel, 'doel.hersteld', endColumns(null, null))
  })
}

/** The goals as they are, with nobody else changing a tree until the transaction ends. */
async function lockStand(tx: Tx): Promise<Stand> {
  await lockBomen(tx)
  const [bereik, doelen] = [await readBereik(tx), await listDoelen(tx)]
  return { bereik, doelen, koppelingen: await listKoppelingen(tx) }
}

/** Theirs to change, as they opened it: whoever was slower hears that first, since faults may come from what the other did. */
async function findOwn(tx: Tx, ctx: Ctx, stand: Stand, { id, versie }: Doel): Promise<Doelrij> {
  const doel = stand.doelen.find(d => d.doelId === id)
  if (!doel || !mayWrite(stand.bereik, doel.gemeente)) throw notFound('Doel')
  if (doel.versie !== versie)
    throw await collisionOf(tx, ctx, 'dit doel', toGegevens(stand, doel), [TABEL, { doelId: id }])
  return doel
}

async function change(tx: Tx, ctx: Ctx, sleutel: Doel, actie: string, rij: Rij): Promise<void> {
  const door = { gewijzigdDoor: gebruikerIdOf(ctx.wie), gewijzigdOp: ctx.nu }
  if (!(await updateRow(tx, TABEL, sleutel, { ...rij, ...door }))) throw notFound('Doel')
  await audit(tx, ctx, actie, GROND, { doel: sleutel.id })
}

/** What can be chosen, and the faults that the fields alone do not see. A new goal (`doel` null) hangs under `bij`. */
function rulesFor(stand: Stand, doel: Doelrij | null, bij: Doelrij | null): Leesregels<typeof DOEL> {
  const plek = doel ?? { doelId: null, gemeente: bij?.gemeente ?? null, boom: bij?.boom ?? '' }
  return {
    // Of every goal there is it can be said why this one does not fit under it.
    keuzes: { ...keuzesVan(stand, doel), ouder: stand.doelen.map(toOptie) },
    ook: gegevens => {
      const { soort, ouder } = gegevens
      const onder = stand.doelen.find(d => String(d.doelId) === ouder) ?? null
      const waarom = ouder === undefined ? '' : waaromNietHier(plek, onder, soort, stand.doelen)
      return [
        ...(waarom === '' ? [] : [{ pad: doel === null ? 'soort' : 'ouder', melding: waarom }]),
        ...(doel === null || soort === undefined || keepsChildren(soort, doel.doelId, stand.doelen)
          ? []
          : [{ pad: 'soort', melding: 'Wat eronder hangt, past niet onder deze soort.' }]),
        ...checkMeting(gegevens),
      ]
    },
  }
}

const GEBREK = {
  richting: 'Kies welke kant op beter is.',
  ontbreekt: 'Kies wat wordt gemeten, of schrijf op welke gegevens nog ontbreken.',
}

function checkMeting({
  soort,
  indicator,
  richting = null,
  ontbreekt = '',
  streefwaarde,
}: Partial<Doelgegevens>): Fout[] {
  if (soort === undefined || indicator === undefined) return []
  const gebreken = listMeetgebreken({ soort, indicator, richting, ontbreekt })
  const heel = perEenheid(indicator) !== 1 || Number.isInteger(streefwaarde ?? 0)
  return [
    ...gebreken.map(pad => ({ pad, melding: GEBREK[pad] })),
    ...(heel ? [] : [{ pad: 'streefwaarde', melding: 'Vul een heel aantal personen in.' }]),
  ]
}
