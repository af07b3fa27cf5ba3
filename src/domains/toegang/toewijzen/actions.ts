import { type Datum, firstOfMonth } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  type Afspraak,
  afspraakSleutel,
  type Domein,
  mapAfspraken,
  mapSegmentenByCategorie,
} from '../../contracten/index.ts'
import type { Bevinding } from '../../istandaard/index.ts'
import { bookVerwijzingen, type VerwijzingBoeking } from '../../sturing/index.ts'
import { type Gegevensboek, openGegevens } from '../clienten/gegevens.ts'
import { clientSleutel, insertClienten, mapClienten, type NieuweClient } from '../clienten/store.ts'
import { rememberToegewezen } from '../waarde/actions.ts'
import type { ToewijzingSleutel } from '../waarde/store.ts'
import {
  checkToewijzing,
  isHerhaling,
  latestOfDay,
  staysBeside,
  TOEWIJZING_REGELS,
  type ToegewezenProduct,
  type ToewijzingRegel,
  toVersie,
  type Versie,
} from './rules.ts'
import {
  insertToewijzingen,
  insertVersies,
  mapToestanden,
  mapToewijzingen,
  markBeantwoord,
  type NieuweVersie,
  type Toestand,
  type Toewijzing,
  toewijzingSleutel,
  VERWIJZER_ONBEKEND,
} from './store.ts'

/** Where it was said: in a message, or on a row of a file with which a region took over what ran elsewhere. */
export type Herkomst =
  | { berichtId: string; invoerId?: undefined }
  | { berichtId?: undefined; invoerId: number }

/** One 301: all that one municipality allocates to one resident at one aanbieder. */
export type Toewijzingsbericht = Herkomst & {
  gemeente: string
  domein: Domein
  aanbiederId: number
  ontvangenOp: Date
  dagtekening: Datum
  /** Of the message; with the dagtekening it says which of two messages is the later one. */
  identificatie: string
  client: {
    bsn: string
    naam: string
    geboortedatum: Datum
    geslacht: string
    producten: readonly ToegewezenProduct[]
  }
}

export interface Toewijzingsoordeel {
  /** Per product, in the order of the message. All empty: recorded. One filled: nothing of the message is recorded. */
  producten: readonly (readonly Bevinding[])[]
  /** How many states were not known yet. */
  nieuw: number
}

/** Which toewijzingen carry approved lines that were not credited; declaraties knows, toegang may not ask it. */
export type HasGoedgekeurdeRegels = (
  tx: Tx,
  toewijzingen: readonly { gemeente: string; toewijzingId: number }[],
) => Promise<Set<string>>

/**
 * Judges and records a batch of 301s, in order, in the caller's transaction. Facts are gathered once for the batch;
 * what an accepted message changes counts for the ones behind it. A message with one fault is refused whole (IV028).
 * Which state of a toewijzing is the current one follows from Toewijzingsdatum and -tijd alone, and what is known of a
 * resident from the dagtekening: in which order messages come in has no meaning (OP080, IV013). A row of a file is held against what stands
 * of its decision: who brings it in says how that is now.
 * `regels`: by which they are judged.
 */
export async function receiveToewijzingen(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly Toewijzingsbericht[],
  hasGoedgekeurdeRegels: HasGoedgekeurdeRegels,
  regels: readonly ToewijzingRegel[] = TOEWIJZING_REGELS,
): Promise<Toewijzingsoordeel[]> {
  const feiten = await gather(tx, ctx, berichten, hasGoedgekeurdeRegels)
  await markBeantwoord(tx, berichten, feiten.toewijzingen.values())
  const oordelen = berichten.map(bericht => {
    ctx.bewaak()
    return judge(bericht, feiten, regels)
  })
  await record(tx, ctx, feiten)
  return oordelen
}

interface Stand {
  clienten: Map<string, { clientId: number | undefined }>
  nieuweClienten: Map<string, NieuweClient>
  toewijzingen: Map<string, Toewijzing>
  /** Per client what is known of the person now, and what the batch says of it. */
  gegevens: Gegevensboek
  /** Every state per toewijzing, those of the batch included. */
  toestanden: Map<string, Toestand[]>
  afspraken: Map<string, Afspraak>
  segmenten: Map<string, number>
  goedgekeurd: Set<string>
  /** What is to be stored; ids of new clients and toewijzingen are still unknown. */
  nieuw: { sleutel: string; bericht: Toewijzingsbericht; product: ToegewezenProduct }[]
  versies: {
    sleutel: string
    bericht: Toewijzingsbericht
    versie: Versie
    nummer: number
    actueel: boolean
    /** The first state of its toewijzing that stands. */
    eerste: boolean
  }[]
}

async function gather(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly Toewijzingsbericht[],
  hasGoedgekeurdeRegels: HasGoedgekeurdeRegels,
): Promise<Stand> {
  const producten = berichten.flatMap(bericht =>
    bericht.client.producten.map(product => ({ bericht, product })),
  )
  const clienten = await mapClienten(
    tx,
    ctx.kluis,
    berichten.map(b => ({ gemeente: b.gemeente, bsn: b.client.bsn })),
  )
  const toewijzingen = await mapToewijzingen(
    tx,
    producten.map(({ bericht, product }) => ({ ...bericht, nummer: product.toewijzingNummer })),
  )
  const toestanden = await mapToestanden(tx, [...toewijzingen.values()])
  const afspraken = await mapAfspraken(
    tx,
    producten.flatMap(({ bericht, product }) => {
      const code = product.product?.code
      return code === undefined ? [] : [{ ...bericht, code, op: product.ingangsdatum }]
    }),
  )
  const weg = producten.flatMap(({ bericht, product }) => {
    const bestaand = toewijzingen.get(toewijzingSleutel({ ...bericht, nummer: product.toewijzingNummer }))
    return product.redenWijziging === '13' && bestaand ? [bestaand] : []
  })
  return {
    clienten,
    nieuweClienten: new Map(),
    toewijzingen,
    gegevens: await openGegevens(tx, ctx.kluis, berichten),
    toestanden: new Map(
      [...toewijzingen].map(([sleutel, t]) => [
        sleutel,
        toestanden.get(`${t.gemeente}|${t.toewijzingId}`) ?? [],
      ]),
    ),
    afspraken,
    segmenten: await mapSegmentenByCategorie(tx),
    goedgekeurd: weg.length === 0 ? new Set() : await hasGoedgekeurdeRegels(tx, weg),
    nieuw: [],
    versies: [],
  }
}

/** What the batch itself brings has no id yet; new residents get −2, −3, … so that two of them differ. */
const NOG_GEEN_ID = -1

function judge(
  bericht: Toewijzingsbericht,
  stand: Stand,
  regels: readonly ToewijzingRegel[],
): Toewijzingsoordeel {
  const sleutel = clientSleutel({ gemeente: bericht.gemeente, bsn: bericht.client.bsn })
  const client = stand.clienten.get(sleutel)
  const producten = bericht.client.producten.map((product, i) => {
    const bestaand = stand.toewijzingen.get(
      toewijzingSleutel({ ...bericht, nummer: product.toewijzingNummer }),
    )
    return checkToewijzing(
      product,
      {
        bestaand: bestaand && {
          clientId: bestaand.clientId,
          aanbiederId: bestaand.aanbiederId,
          actueel: bestaand.actueel,
          geldt: bestaand.geldt,
          hasGoedgekeurdeRegels: stand.goedgekeurd.has(`${bestaand.gemeente}|${bestaand.toewijzingId}`),
        },
        clientId: client?.clientId,
        aanbiederId: bericht.aanbiederId,
        catalogusCategorie: findAfspraak(bericht, product, stand)?.categorie,
        verzoekBekend: undefined,
      },
      `/Bericht/Client/ToegewezenProducten/ToegewezenProduct[${i + 1}]`,
      regels,
    )
  })
  const eerder = stand.versies.length
  if (producten.every(bevindingen => bevindingen.length === 0)) accept(bericht, sleutel, stand)
  return { producten, nieuw: stand.versies.length - eerder }
}

function findAfspraak(
  bericht: Toewijzingsbericht,
  product: ToegewezenProduct,
  stand: Stand,
): Afspraak | undefined {
  const code = product.product?.code
  return code === undefined
    ? undefined
    : stand.afspraken.get(afspraakSleutel({ ...bericht, code, op: product.ingangsdatum }))
}

function accept(bericht: Toewijzingsbericht, sleutelClient: string, stand: Stand): void {
  const vanaf = bericht.client.producten.map(p => p.ingangsdatum).sort()[0] ?? ''
  const isNieuw = !stand.clienten.has(sleutelClient)
  if (isNieuw) {
    const { gemeente, invoerId, client } = bericht
    stand.nieuweClienten.set(sleutelClient, { gemeente, vanaf, invoerId, ...client })
    stand.clienten.set(sleutelClient, { clientId: NOG_GEEN_ID - stand.nieuweClienten.size })
  }
  // Who is known already is known better than an older system does.
  if (isNieuw || bericht.invoerId === undefined) stand.gegevens.note(bericht)
  const clientId = stand.clienten.get(sleutelClient)?.clientId ?? NOG_GEEN_ID
  for (const product of bericht.client.producten) {
    const sleutel = toewijzingSleutel({ ...bericht, nummer: product.toewijzingNummer })
    const afspraak = findAfspraak(bericht, product, stand)
    const segmentId =
      afspraak?.segmentId ??
      stand.segmenten.get(`${bericht.domein}|${product.product?.categorie ?? ''}`) ??
      null
    const versie = toVersie(product, segmentId, afspraak)
    const bestaand = stand.toewijzingen.get(sleutel)
    const toestanden = stand.toestanden.get(sleutel) ?? []
    const blijft =
      bericht.invoerId === undefined
        ? toestanden.some(t => t.geldt && isHerhaling(t.versie, versie))
        : staysBeside(latestOfDay(toestanden, versie.toegewezenOp), versie)
    if (blijft) continue
    const geldend = bestaand?.geldt ? bestaand : undefined
    const actueel = geldend === undefined || versie.toegewezenOp >= geldend.actueel.toegewezenOp
    const nummer = (toestanden.at(-1)?.nummer ?? 0) + 1
    stand.toestanden.set(sleutel, [
      ...toestanden,
      {
        nummer,
        berichtId: bericht.berichtId ?? null,
        invoerId: bericht.invoerId ?? null,
        versie,
        geldt: true,
      },
    ])
    if (!bestaand) stand.nieuw.push({ sleutel, bericht, product })
    stand.versies.push({
      sleutel,
      bericht,
      versie,
      nummer,
      actueel,
      eerste: !toestanden.some(t => t.geldt),
    })
    stand.toewijzingen.set(sleutel, {
      ...bericht,
      nummer: product.toewijzingNummer,
      toewijzingId: bestaand?.toewijzingId ?? NOG_GEEN_ID,
      clientId,
      verwijzer: bestaand?.verwijzer ?? '',
      geldt: true,
      actueel: actueel ? versie : (bestaand?.actueel ?? versie),
    })
  }
}

async function record(tx: Tx, ctx: Ctx, stand: Stand): Promise<void> {
  await insertClienten(tx, ctx.kluis, [...stand.nieuweClienten.values()])
  await stand.gegevens.save(tx, ctx.kluis, ctx.nu)
  const clienten = await mapClienten(
    tx,
    ctx.kluis,
    stand.nieuw.map(({ bericht }) => ({ gemeente: bericht.gemeente, bsn: bericht.client.bsn })),
  )
  const ids = await insertToewijzingen(
    tx,
    stand.nieuw.flatMap(({ bericht, product }) => {
      const client = clienten.get(clientSleutel({ gemeente: bericht.gemeente, bsn: bericht.client.bsn }))
      return client ? [{ ...bericht, nummer: product.toewijzingNummer, clientId: client.clientId }] : []
    }),
  )
  const book = await rememberToegewezen(tx, changedOf(stand))
  const idOf = (sleutel: string) =>
    ids.get(sleutel)?.toewijzingId ?? stand.toewijzingen.get(sleutel)?.toewijzingId ?? NOG_GEEN_ID
  await insertVersies(
    tx,
    stand.versies.map(
      ({ sleutel, bericht, versie, nummer, actueel }): NieuweVersie => ({
        gemeente: bericht.gemeente,
        toewijzingId: idOf(sleutel),
        versienummer: nummer,
        aanbiederId: bericht.aanbiederId,
        berichtId: bericht.berichtId,
        invoerId: bericht.invoerId,
        ontvangenOp: bericht.ontvangenOp,
        vastgelegdOp: ctx.nu,
        versie,
        wordtActueel: actueel,
      }),
    ),
  )
  await book(
    stand.nieuw.map(({ sleutel, bericht }) => ({ gemeente: bericht.gemeente, toewijzingId: idOf(sleutel) })),
  )
  await bookVerwijzingen(
    tx,
    stand.versies.flatMap(({ sleutel, bericht, eerste, versie }) => {
      const verwijzer = (ids.get(sleutel) ?? stand.toewijzingen.get(sleutel))?.verwijzer ?? VERWIJZER_ONBEKEND
      return verwijzing({ gemeente: bericht.gemeente, verwijzer }, eerste ? versie : undefined, 1)
    }),
  )
}

/** The toewijzingen that were there already and get another current state. */
function changedOf({ versies, toewijzingen }: Stand): ToewijzingSleutel[] {
  return versies.flatMap(({ sleutel, actueel }) => {
    const toewijzing = toewijzingen.get(sleutel)
    return actueel && toewijzing && toewijzing.toewijzingId !== NOG_GEEN_ID ? [toewijzing] : []
  })
}

/** A toewijzing counts once for its referrer: in the month and segment of its first state that stands. */
export function verwijzing(
  { gemeente, verwijzer }: { gemeente: string; verwijzer: string },
  eerste: Versie | undefined,
  aantal: 1 | -1,
): VerwijzingBoeking[] {
  if (!eerste || eerste.segmentId === null) return []
  return [{ gemeente, maand: firstOfMonth(eerste.ingang), segmentId: eerste.segmentId, verwijzer, aantal }]
}
