import type { Tx } from '../../../platform/db/tables.ts'
import { bookToegewezen, type ToegewezenBoeking } from '../../sturing/index.ts'
import { waardePerMaand } from './rules.ts'
import { type Gewaardeerd, listGewaardeerd, readGewaardeerd, type ToewijzingSleutel } from './store.ts'

/** Toewijzingen per round: enough to make a bulk query pay. */
const PER_KEER = 5000

/** What toewijzingen come to in the figures, per month. */
export function boekingenVan(gewaardeerd: readonly Gewaardeerd[], teken: 1 | -1 = 1): ToegewezenBoeking[] {
  return gewaardeerd.flatMap(({ gemeente, aanbiederId, omvang, horizon, ...omstandigheden }) =>
    waardePerMaand(omvang, horizon, omstandigheden).map(({ maand, waarde }) => ({
      gemeente,
      maand,
      segmentId: omvang.segmentId ?? 0,
      aanbiederId,
      toegewezen: teken * waarde,
    })),
  )
}

/** The value of every toewijzing, from the facts alone, in rounds: for counting all anew. */
export async function* readToegewezen(tx: Tx): AsyncGenerator<ToegewezenBoeking[]> {
  for await (const gewaardeerd of readGewaardeerd(tx, PER_KEER)) yield boekingenVan(gewaardeerd)
}

/**
 * Remembers what these toewijzingen count for, before anything changes by which they are valued: their states, starts and stops, or
 * what was agreed. Answers what books the difference once that is done; `erbij`: those that were not there yet.
 */
export async function rememberToegewezen(
  tx: Tx,
  sleutels: readonly ToewijzingSleutel[],
): Promise<(erbij?: readonly ToewijzingSleutel[]) => Promise<void>> {
  const saldo = new Saldo()
  await addAll(tx, saldo, sleutels, -1)
  return async (erbij = []) => {
    await addAll(tx, saldo, [...sleutels, ...erbij], 1)
    await bookToegewezen(tx, saldo.boekingen())
  }
}

async function addAll(
  tx: Tx,
  saldo: Saldo,
  sleutels: readonly ToewijzingSleutel[],
  teken: 1 | -1,
): Promise<void> {
  const uniek = [...new Map(sleutels.map(s => [`${s.gemeente}|${s.toewijzingId}`, s])).values()]
  for (let i = 0; i < uniek.length; i += PER_KEER)
    saldo.add(boekingenVan(await listGewaardeerd(tx, uniek.slice(i, i + PER_KEER)), teken))
}

/** Adds up per figure, so that however many toewijzingen take no more room than the figures they count in. */
class Saldo {
  readonly #perCijfer = new Map<string, ToegewezenBoeking>()

  add(boekingen: readonly ToegewezenBoeking[]): void {
    for (const boeking of boekingen) {
      const { gemeente, maand, segmentId, aanbiederId, toegewezen } = boeking
      const sleutel = `${gemeente}|${maand}|${segmentId}|${aanbiederId}`
      const eerder = this.#perCijfer.get(sleutel)
      this.#perCijfer.set(sleutel, { ...boeking, toegewezen: (eerder?.toegewezen ?? 0) + toegewezen })
    }
  }

  /** What becomes another; what stays what it was is not touched. */
  boekingen(): ToegewezenBoeking[] {
    return [...this.#perCijfer.values()].filter(({ toegewezen }) => toegewezen !== 0)
  }
}
