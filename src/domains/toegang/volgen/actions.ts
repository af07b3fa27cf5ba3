import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { afspraakSleutel, type Domein, mapAfspraken } from '../../contracten/index.ts'
import type { Bevinding } from '../../istandaard/index.ts'
import { clientSleutel, mapClienten } from '../clienten/store.ts'
import { mapToewijzingen, toewijzingSleutel } from '../toewijzen/store.ts'
import { checkMelding, type Melding } from './rules.ts'
import { insertMeldingen, mapMeldingen, type NieuweMelding } from './store.ts'

/** One 305 or 307: the starts or stops of one resident at one aanbieder. */
export interface Meldingsbericht {
  berichtId: string
  gemeente: string
  domein: Domein
  aanbiederId: number
  ontvangenOp: Date
  bsn: string
  meldingen: readonly Melding[]
}

export interface Meldingsoordeel {
  berichtId: string
  /** Per melding, in the order of the message. All empty: recorded. One filled: nothing is recorded (IV028). */
  meldingen: readonly (readonly Bevinding[])[]
}

/**
 * Judges and records a batch of 305s and 307s, in order, in the caller's transaction. Facts are gathered once; what an
 * accepted message adds counts for the ones behind it. Inside one message a deletion counts before a new delivery (IV008).
 */
export async function neemMeldingenOver(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly Meldingsbericht[],
): Promise<Meldingsoordeel[]> {
  const alle = berichten.flatMap(bericht => bericht.meldingen.map(melding => ({ bericht, melding })))
  const clienten = await mapClienten(tx, ctx.kluis, berichten)
  const toewijzingen = await mapToewijzingen(
    tx,
    alle.flatMap(({ bericht, melding: { toewijzingNummer: nummer } }) =>
      nummer === undefined ? [] : [{ ...bericht, nummer }],
    ),
  )
  const afspraken = await mapAfspraken(
    tx,
    alle.flatMap(({ bericht, melding }) =>
      melding.product?.code === undefined
        ? []
        : [{ ...bericht, code: melding.product.code, op: melding.begindatum }],
    ),
  )
  const eerder = await mapMeldingen(tx, [...toewijzingen.values()])
  const nieuw: NieuweMelding[] = []

  const judge = (bericht: Meldingsbericht): Meldingsoordeel => {
    const client = clienten.get(clientSleutel(bericht))
    const tijdens = new Map<string, Melding[]>()
    const rijen: NieuweMelding[] = []
    const meldingen = bericht.meldingen.map((melding, i) => {
      const nummer = melding.toewijzingNummer
      const found =
        nummer === undefined ? undefined : toewijzingen.get(toewijzingSleutel({ ...bericht, nummer }))
      const toewijzing =
        found && client && found.clientId === client.clientId && found.aanbiederId === bericht.aanbiederId
          ? found
          : undefined
      const sleutel = toewijzing ? `${toewijzing.gemeente}|${toewijzing.toewijzingId}` : ''
      const code = melding.product?.code
      const soort = melding.soort === 'start' ? 'StartProduct' : 'StopProduct'
      const bevindingen = checkMelding(
        melding,
        {
          toewijzing: toewijzing?.actueel,
          catalogusCategorie:
            code === undefined
              ? undefined
              : afspraken.get(afspraakSleutel({ ...bericht, code, op: melding.begindatum }))?.categorie,
          eerder: [...(eerder.get(sleutel) ?? []), ...(tijdens.get(sleutel) ?? [])],
        },
        `/Bericht/Client/${soort.replace(/Product$/, 'Producten')}/${soort}[${i + 1}]`,
      )
      if (toewijzing && client) {
        tijdens.set(sleutel, [...(tijdens.get(sleutel) ?? []), melding])
        rijen.push({ ...bericht, clientId: client.clientId, toewijzingId: toewijzing.toewijzingId, melding })
      }
      return bevindingen
    })
    if (meldingen.every(bevindingen => bevindingen.length === 0)) {
      nieuw.push(...rijen)
      for (const [sleutel, bij] of tijdens) eerder.get(sleutel)?.push(...bij)
    }
    return { berichtId: bericht.berichtId, meldingen }
  }

  const oordelen = berichten.map(judge)
  await insertMeldingen(tx, nieuw)
  return oordelen
}
