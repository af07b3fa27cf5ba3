import { addDays, type Datum, firstOfMonth } from '../../../platform/dates.ts'
import { insertBulk, type Waarde } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { type AfkeurBoeking, bookAfkeur, bookPrestaties, type PrestatieBoeking } from '../../sturing/index.ts'
import { CLIENT_ONBEKEND, checkDeclaratie, checkElders } from './declaratieregels.ts'
import { type Declaratiebericht, type Elders, gather, type Regelcontext, type Stand } from './feiten.ts'
import { checkPrestatie, type Prestatie, type RegelBevinding } from './rules.ts'
import {
  BEVINDING_KOLOMMEN,
  indienerSleutel,
  insertBetalingen,
  insertDeclaraties,
  insertOverlap,
  type NieuweDeclaratie,
  PRESTATIE_KOLOMMEN,
} from './store.ts'
import { orderDeclaraties } from './volgorde.ts'

/** SAP-I 2.5.2: approved lines are paid within 30 days after the Dagtekening of the 323. */
const BETAALTERMIJN_DAGEN = 30

/** After so many lines judging looks whether it takes too long. */
const REGELS_PER_BLIK = 500

export interface BeoordeeldeRegel {
  /** Place in the message: index of the client and of its prestatie. */
  client: number
  nummer: number
  prestatie: Prestatie
  bevindingen: readonly RegelBevinding[]
  goedgekeurd: boolean
}

export interface Declaratieoordeel {
  berichtId: string
  /** Filled: the declaratie is refused whole and no line was judged. */
  bevindingen: readonly RegelBevinding[]
  /** Clients (by index) that the municipality does not know; their lines are not assessed (0233). */
  clientenOnbekend: ReadonlySet<number>
  regels: readonly BeoordeeldeRegel[]
  ingediend: Eurocent
  toegekend: Eurocent
}

type Gewogen = Declaratieoordeel & { bericht: Declaratiebericht; contexten: readonly Regelcontext[] }

/**
 * Judges and records a batch of 323s in the caller's transaction: facts for the whole batch with a few queries, judging
 * pure, storing in bulk, monthly figures with it. Credits are judged before debits (OP366), and what is approved counts
 * for the lines behind it. The order in the delivery has no meaning (OP080), see `orderDeclaraties`.
 */
export async function judgeDeclaraties(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly Declaratiebericht[],
): Promise<Declaratieoordeel[]> {
  const stand = await gather(tx, ctx, berichten)
  const oordelen = orderDeclaraties(berichten).map(bericht => judge(bericht, stand, ctx))
  await record(tx, ctx, oordelen)
  const perBericht = new Map(oordelen.map(oordeel => [oordeel.berichtId, oordeel]))
  return berichten.flatMap(({ berichtId }) => perBericht.get(berichtId) ?? [])
}

function judge(bericht: Declaratiebericht, stand: Stand, ctx: Ctx): Gewogen {
  ctx.bewaak()
  const ingediend = sum(bericht.clienten.flatMap(client => client.prestaties))
  const eerder = stand.declaraties.get(indienerSleutel(bericht))
  const alle = bericht.clienten.flatMap((client, c) =>
    client.prestaties.map((prestatie, nummer) => ({ client: c, nummer, prestatie })),
  )
  const feiten = {
    nummer: bericht.nummer,
    maand: bericht.maand,
    nummerBekend: eerder?.bekend.has(bericht.nummer) ?? false,
    laatsteMaand: eerder?.laatsteMaand,
  }
  const bevindingen = bericht.elders
    ? checkElders(bericht.elders.heel, feiten, findStrijd(bericht, bericht.elders, stand))
    : checkDeclaratie(feiten)
  const basis = { berichtId: bericht.berichtId, bericht, ingediend, bevindingen }
  if (bevindingen.length > 0) {
    const regels = alle.map(regel => ({ ...regel, bevindingen: [], goedgekeurd: false }))
    return { ...basis, regels, contexten: alle.map(() => ({})), clientenOnbekend: new Set(), toegekend: 0 }
  }
  stand.noteDeclaratie(bericht)
  const clientenOnbekend = new Set(
    bericht.clienten.flatMap((client, c) => (stand.findClient(bericht, client.bsn) ? [] : [c])),
  )

  const regels = new Array<BeoordeeldeRegel>(alle.length)
  const contexten = new Array<Regelcontext>(alle.length)
  for (const debet of [false, true])
    for (const [i, regel] of alle.entries()) {
      if (regel.prestatie.debet !== debet) continue
      if (i % REGELS_PER_BLIK === 0) ctx.bewaak()
      const bsn = bericht.clienten[regel.client]?.bsn ?? ''
      const context = stand.contextOf(bericht, bsn, regel.prestatie)
      const onbekend = clientenOnbekend.has(regel.client)
      const fouten = onbekend ? [] : checkRegel(bericht, regel.prestatie, context, stand)
      const goedgekeurd = !onbekend && fouten.length === 0
      contexten[i] = stand.noteRegel(bericht, regel.prestatie, context, goedgekeurd)
      regels[i] = { ...regel, bevindingen: fouten, goedgekeurd }
    }
  const toegekend = sum(regels.filter(regel => regel.goedgekeurd).map(regel => regel.prestatie))
  return { ...basis, regels, contexten, clientenOnbekend, toegekend }
}

/** The first reason why an old declaratie cannot be kept; what its own lines are to each other is seen too. */
function findStrijd(bericht: Declaratiebericht, { regels }: Elders, stand: Stand) {
  const toegekend = bericht.clienten.flatMap(({ bsn, prestaties }) =>
    prestaties
      .filter(({ referentie }) => (regels.get(referentie) ?? []).length === 0)
      .map(prestatie => ({ bsn, prestatie })),
  )
  const samen = toegekend.map(({ prestatie }) => prestatie)
  for (const { bsn, prestatie } of toegekend) {
    const strijd = stand.conflictOf(bericht, prestatie, stand.contextOf(bericht, bsn, prestatie), samen)
    if (strijd !== undefined) return strijd
  }
  return undefined
}

function checkRegel(
  bericht: Declaratiebericht,
  prestatie: Prestatie,
  context: Regelcontext,
  stand: Stand,
): readonly RegelBevinding[] {
  if (bericht.elders !== undefined) return bericht.elders.regels.get(prestatie.referentie) ?? []
  return checkPrestatie(prestatie, stand.feitenVoor(bericht, prestatie, context))
}

function sum(prestaties: readonly Prestatie[]): Eurocent {
  return prestaties.reduce((total, p) => total + (p.debet ? p.bedrag : -p.bedrag), 0)
}

async function record(tx: Tx, ctx: Ctx, oordelen: readonly Gewogen[]): Promise<void> {
  const ids = await insertDeclaraties(
    tx,
    oordelen.map(oordeel => toDeclaratie(oordeel, ctx.nu)),
  )
  const regels: Waarde[][] = []
  const bevindingen: Waarde[][] = []
  const boekingen: PrestatieBoeking[] = []
  const afkeur: AfkeurBoeking[] = []
  const overlap: { gemeente: string; declaratieId: number; regel: number }[] = []
  const betalingen = oordelen.flatMap(({ bericht, toegekend }) =>
    toegekend === 0 || bericht.elders !== undefined
      ? []
      : [
          {
            ...bericht,
            declaratieId: ids.get(bericht.berichtId) ?? 0,
            bedrag: toegekend,
            vervaltOp: vervaltOp(bericht),
          },
        ],
  )
  for (const { bericht, regels: beoordeeld, contexten, clientenOnbekend } of oordelen) {
    const declaratieId = ids.get(bericht.berichtId) ?? 0
    for (const [i, regel] of beoordeeld.entries()) {
      const context = contexten[i] ?? {}
      regels.push(toPrestatieRij(bericht, declaratieId, i + 1, regel, context, ctx.nu))
      const fouten = clientenOnbekend.has(regel.client) ? [ONBEKEND] : regel.bevindingen
      for (const [volgnummer, fout] of fouten.entries()) {
        bevindingen.push([
          bericht.gemeente,
          declaratieId,
          i + 1,
          volgnummer + 1,
          bericht.aanbiederId,
          fout.regel,
          fout.retourcode,
          fout.melding,
          JSON.stringify(fout.feiten),
        ])
        afkeur.push(toAfkeur(bericht, regel.prestatie, fout.retourcode, volgnummer === 0))
      }
      if (context.overlapt && bericht.elders === undefined)
        overlap.push({ gemeente: bericht.gemeente, declaratieId, regel: i + 1 })
      if (regel.goedgekeurd) boekingen.push(...toBoeking(bericht, regel.prestatie, context))
    }
  }
  await insertBulk(tx, 'declaraties.prestatie', PRESTATIE_KOLOMMEN, regels)
  await insertOverlap(tx, overlap)
  await insertBulk(tx, 'declaraties.bevinding', BEVINDING_KOLOMMEN, bevindingen)
  await insertBetalingen(tx, betalingen)
  await bookPrestaties(tx, boekingen)
  await bookAfkeur(tx, afkeur)
}

const ONBEKEND: RegelBevinding = {
  regel: CLIENT_ONBEKEND.code,
  retourcode: CLIENT_ONBEKEND.retourcode,
  melding: `${CLIENT_ONBEKEND.titel}. ${CLIENT_ONBEKEND.watTeDoen}`,
  feiten: [{ wat: 'BSN', gedeclareerd: 'zie het bericht', afgesproken: 'niet bekend bij deze gemeente' }],
}

function vervaltOp(bericht: Declaratiebericht): Datum {
  return addDays(bericht.dagtekening, BETAALTERMIJN_DAGEN)
}

function toDeclaratie(oordeel: Gewogen, nu: Date): NieuweDeclaratie {
  const { bericht, regels } = oordeel
  return {
    ...bericht,
    ingediend: oordeel.ingediend,
    toegekend: oordeel.toegekend,
    regels: regels.length,
    regelsAfgekeurd: regels.filter(regel => !regel.goedgekeurd).length,
    geldt: oordeel.bevindingen.length === 0,
    overgenomen: bericht.elders !== undefined,
    beslotenOp: nu,
  }
}

function toPrestatieRij(
  bericht: Declaratiebericht,
  declaratieId: number,
  nummer: number,
  { prestatie: p, goedgekeurd }: BeoordeeldeRegel,
  context: Regelcontext,
  nu: Date,
): Waarde[] {
  return [
    bericht.gemeente,
    declaratieId,
    nummer,
    bericht.aanbiederId,
    bericht.domein,
    context.client?.clientId ?? null,
    context.toewijzing?.toewijzingId ?? null,
    p.toewijzingNummer,
    context.afspraak?.segmentId ?? context.toewijzing?.actueel.segmentId ?? null,
    context.afspraak?.productId ?? null,
    p.categorie,
    p.code,
    p.begin,
    p.eind,
    p.volume,
    p.eenheid,
    p.tarief,
    p.bedrag,
    p.debet,
    p.referentie,
    p.vorigeReferentie,
    context.houdtReferentie ?? false,
    goedgekeurd,
    context.keten ?? 0,
    bericht.ontvangenOp,
    nu,
  ]
}

/** A line with several faults counts once in euros, at its first fault. */
function toAfkeur(
  bericht: Declaratiebericht,
  prestatie: Prestatie,
  retourcode: string,
  eerste: boolean,
): AfkeurBoeking {
  return {
    ...bericht,
    maand: firstOfMonth(prestatie.begin),
    retourcode,
    bedrag: eerste ? prestatie.bedrag : 0,
  }
}

function toBoeking(bericht: Declaratiebericht, p: Prestatie, context: Regelcontext): PrestatieBoeking[] {
  const segmentId = context.afspraak?.segmentId ?? context.toewijzing?.actueel.segmentId
  if (segmentId == null || !context.client || !context.toewijzing) return []
  return [
    {
      ...bericht,
      maand: firstOfMonth(p.begin),
      segmentId,
      persoon: context.client.persoon,
      verwijzer: context.toewijzing.verwijzer,
      bedrag: p.debet ? p.bedrag : -p.bedrag,
      regels: p.debet ? 1 : -1,
    },
  ]
}
