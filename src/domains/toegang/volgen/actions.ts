import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  type Afspraak,
  type AfspraakVraag,
  afspraakSleutel,
  type Domein,
  mapAfspraken,
} from '../../contracten/index.ts'
import type { Bevinding } from '../../istandaard/index.ts'
import { type Client, clientSleutel, mapClienten } from '../clienten/store.ts'
import type { Melding } from '../levering/rules.ts'
import { mapMeldingen } from '../levering/store.ts'
import type { Herkomst } from '../toewijzen/actions.ts'
import {
  isVerzonden,
  mapToewijzingen,
  markBeantwoord,
  type Toewijzing,
  toewijzingSleutel,
} from '../toewijzen/store.ts'
import { rememberToegewezen } from '../waarde/actions.ts'
import { checkMelding, compareMoment, MELDING_REGELS, type MeldingRegel, orderInBericht } from './rules.ts'
import { insertMeldingen, type NieuweMelding } from './store.ts'

/** One 305 or 307: the starts or stops of one resident at one aanbieder. */
export type Meldingsbericht = Herkomst & {
  gemeente: string
  domein: Domein
  aanbiederId: number
  ontvangenOp: Date
  bsn: string
  meldingen: readonly Melding[]
}

export interface Meldingsoordeel {
  /** Per melding, in the order of the message. All empty: recorded. One filled: nothing is recorded (IV028). */
  meldingen: readonly (readonly Bevinding[])[]
}

/**
 * Judges and records a batch of 305s and 307s in the caller's transaction. Facts are gathered once. The order in the
 * delivery has no meaning (OP080): messages are judged in the order in which the care happened, and one that was
 * refused is looked at again when another message changed what is known of the same toewijzing. Inside one message a
 * deletion counts before a new delivery (IV008). Of equal messages the first of `berichten` counts. A stop ends what is
 * committed, so that is booked as well.
 */
export async function receiveMeldingen(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly Meldingsbericht[],
  regels: readonly MeldingRegel[] = MELDING_REGELS,
): Promise<Meldingsoordeel[]> {
  const stand = await gather(tx, ctx, berichten)
  await markBeantwoord(tx, berichten, stand.toewijzingen.values())
  const oordelen = new Map<Meldingsbericht, Meldingsoordeel>()
  let open = [...berichten].sort(compareBerichten)
  while (open.length > 0) {
    const veranderd = new Set<string>()
    const geweigerd: { bericht: Meldingsbericht; sleutels: readonly string[] }[] = []
    for (const bericht of open) {
      ctx.bewaak()
      const gewogen = judge(bericht, stand, regels)
      oordelen.set(bericht, { meldingen: gewogen.bevindingen })
      if (gewogen.bevindingen.some(lijst => lijst.length > 0))
        geweigerd.push({ bericht, sleutels: [...gewogen.tijdens.keys()] })
      else for (const sleutel of accept(gewogen, stand)) veranderd.add(sleutel)
    }
    open = geweigerd.flatMap(({ bericht, sleutels }) =>
      sleutels.some(s => veranderd.has(s)) ? [bericht] : [],
    )
  }
  const book = await rememberToegewezen(tx, stand.nieuw)
  await insertMeldingen(tx, stand.nieuw)
  await book()
  return berichten.flatMap(bericht => oordelen.get(bericht) ?? [])
}

function compareBerichten(a: Meldingsbericht, b: Meldingsbericht): number {
  const [eersteA, eersteB] = [a, b].map(({ meldingen }) => [...meldingen].sort(compareMoment)[0])
  return eersteA && eersteB ? compareMoment(eersteA, eersteB) : 0
}

interface Stand {
  clienten: Map<string, Client>
  toewijzingen: Map<string, Toewijzing>
  afspraken: Map<string, Afspraak>
  eerder: Map<string, Melding[]>
  nieuw: NieuweMelding[]
}

async function gather(tx: Tx, ctx: Ctx, berichten: readonly Meldingsbericht[]): Promise<Stand> {
  const alle = berichten.flatMap(bericht => bericht.meldingen.map(melding => ({ bericht, melding })))
  const toewijzingen = await mapToewijzingen(
    tx,
    alle.flatMap(({ bericht, melding: { toewijzingNummer: nummer } }) =>
      nummer === undefined ? [] : [{ ...bericht, nummer }],
    ),
  )
  const afspraken = await mapAfspraken(
    tx,
    alle.flatMap(({ bericht, melding }) => {
      const vraag = afspraakVraag(bericht, melding, toewijzingen)
      return vraag ? [vraag] : []
    }),
  )
  return {
    clienten: await mapClienten(tx, ctx.kluis, berichten),
    toewijzingen,
    afspraken,
    eerder: await mapMeldingen(tx, [...toewijzingen.values()]),
    nieuw: [],
  }
}

function findToewijzing(
  bericht: Meldingsbericht,
  { toewijzingNummer: nummer }: Melding,
  toewijzingen: Map<string, Toewijzing>,
): Toewijzing | undefined {
  return nummer === undefined ? undefined : toewijzingen.get(toewijzingSleutel({ ...bericht, nummer }))
}

/** The catalogue of the day on which the toewijzing began: a running one keeps its code when the catalogue changes. */
function afspraakVraag(
  bericht: Meldingsbericht,
  melding: Melding,
  toewijzingen: Map<string, Toewijzing>,
): AfspraakVraag | undefined {
  const code = melding.product?.code
  if (code === undefined) return undefined
  const op = findToewijzing(bericht, melding, toewijzingen)?.actueel.ingang ?? melding.begindatum
  return { ...bericht, code, op }
}

interface Gewogen {
  bevindingen: Bevinding[][]
  /** What the message adds per toewijzing (`gemeente|id`), in the order in which it counts. */
  tijdens: Map<string, Melding[]>
  rijen: NieuweMelding[]
}

function judge(bericht: Meldingsbericht, stand: Stand, regels: readonly MeldingRegel[]): Gewogen {
  const client = stand.clienten.get(clientSleutel(bericht))
  const gewogen: Gewogen = { bevindingen: bericht.meldingen.map(() => []), tijdens: new Map(), rijen: [] }
  for (const i of orderInBericht(bericht.meldingen)) {
    const melding = bericht.meldingen[i]
    if (!melding) continue
    const found = findToewijzing(bericht, melding, stand.toewijzingen)
    const eigen =
      found && client && found.clientId === client.clientId && found.aanbiederId === bericht.aanbiederId
    const toewijzing = eigen ? found : undefined
    const sleutel = toewijzing ? `${toewijzing.gemeente}|${toewijzing.toewijzingId}` : ''
    const vraag = afspraakVraag(bericht, melding, stand.toewijzingen)
    const tijdens = gewogen.tijdens.get(sleutel) ?? []
    gewogen.bevindingen[i] = checkMelding(
      melding,
      {
        toewijzing: toewijzing && { ...toewijzing.actueel, verwijderd: !isVerzonden(toewijzing) },
        catalogusCategorie: vraag && stand.afspraken.get(afspraakSleutel(vraag))?.categorie,
        eerder: [...(stand.eerder.get(sleutel) ?? []), ...tijdens],
        samen: bericht.meldingen.filter(m => m.toewijzingNummer === melding.toewijzingNummer),
      },
      padVan(melding, i),
      regels,
    )
    if (!toewijzing || !client) continue
    gewogen.tijdens.set(sleutel, [...tijdens, melding])
    gewogen.rijen.push({
      ...bericht,
      clientId: client.clientId,
      toewijzingId: toewijzing.toewijzingId,
      melding,
    })
  }
  return gewogen
}

function padVan({ soort }: Melding, i: number): string {
  const klasse = soort === 'start' ? 'Start' : 'Stop'
  return `/Bericht/Client/${klasse}Producten/${klasse}Product[${i + 1}]`
}

/** Makes a message count for those behind it; answers which toewijzingen it touched. */
function accept({ tijdens, rijen }: Gewogen, stand: Stand): Iterable<string> {
  stand.nieuw.push(...rijen)
  for (const [sleutel, bij] of tijdens) stand.eerder.get(sleutel)?.push(...bij)
  return tijdens.keys()
}
