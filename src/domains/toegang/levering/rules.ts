import { addDays, type Datum, gaps, LAATSTE_DAG, type Periode } from '../../../platform/dates.ts'

/** A StartProduct or StopProduct as the 305 or 307 brings it. */
export interface Melding {
  soort: 'start' | 'stop'
  toewijzingNummer?: number
  product?: { categorie: string; code?: string }
  begindatum: Datum
  einddatum?: Datum
  redenBeeindiging?: string
  statusAanlevering: string
}

/** Of StatusAanlevering: that what was delivered before is taken back. */
export const VERWIJDEREN = '3'

export const isEerste = (melding: Melding) => melding.statusAanlevering !== VERWIJDEREN

/** Same logical key (regels-per-element: ToewijzingNummer, Product, Begindatum; a stop adds reason and end). */
export function sameKey(a: Melding, b: Melding): boolean {
  return (
    a.soort === b.soort &&
    a.begindatum === b.begindatum &&
    a.einddatum === b.einddatum &&
    a.redenBeeindiging === b.redenBeeindiging &&
    a.product?.categorie === b.product?.categorie &&
    a.product?.code === b.product?.code
  )
}

/** What still stands: a deletion takes away the last delivery with its key. */
export function currentMeldingen<M extends Melding>(eerder: readonly M[]): M[] {
  const out: M[] = []
  for (const melding of eerder) {
    if (isEerste(melding)) out.push(melding)
    else {
      const index = out.findLastIndex(staand => sameKey(staand, melding))
      if (index >= 0) out.splice(index, 1)
    }
  }
  return out
}

/**
 * The days after a stop on which no help is given: up to a new start, or for good. `eerder`: all that was reported, in the order of
 * receipt. A temporary stop (reason 20) is one as well; of more stops of one start the last day counts. Before the first start there
 * are none: that help did not begin yet takes nothing off what was allocated. Grondslag: sturing § 2.1 (in zorg: started, and no stop
 * before that day).
 */
export function gestopteDagen(eerder: readonly Melding[]): Periode[] {
  const staand = currentMeldingen(eerder)
  const leveringen = [...Map.groupBy(staand, ({ begindatum }) => begindatum)].map(([begin, meldingen]) => ({
    begin,
    eind: meldingen.flatMap(({ einddatum }) => einddatum ?? []).reduce<Datum | null>(latest, null),
  }))
  const eerste = leveringen.flatMap(({ eind }) => eind ?? []).reduce<Datum>(earliest, LAATSTE_DAG)
  return eerste >= LAATSTE_DAG ? [] : gaps({ begin: addDays(eerste, 1), eind: null }, leveringen)
}

const latest = (a: Datum | null, b: Datum): Datum => (a !== null && a > b ? a : b)
const earliest = (a: Datum, b: Datum): Datum => (a < b ? a : b)
