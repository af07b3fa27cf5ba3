import { type Datum, firstOfMonth, maandenVan } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { type Indicatorvraag, type Indicatorwaarde, isCompleet, measure, vensterOp } from './rules.ts'
import { type Deel, findBijgewerkt, listMaandbedragen, listOptellingen } from './store.ts'

/** Only these divide by persons or are them: counting is most of the work. */
const TELT_CLIENTEN: ReadonlySet<string> = new Set(['clienten', 'kosten-per-client'])

export interface Indicatoren {
  /** In the order of the questions. */
  waarden: Indicatorwaarde[]
  bijgewerkt: Date | null
}

/**
 * Answers many indicators at once, over the last twelve complete months and the twelve before: two queries, however many
 * questions there are. Only what the asker may see counts; who sees no figures gets no values.
 */
export async function readIndicatoren(
  db: Db,
  vragen: readonly Indicatorvraag[],
  vandaag: Datum,
): Promise<Indicatoren> {
  if (vragen.length === 0) return { waarden: [], bijgewerkt: null }
  const sleutelVan = (v: Indicatorvraag) => JSON.stringify([v.gemeente, v.segmenten])
  const delen = new Map<string, Deel>()
  for (const vraag of vragen) {
    const { gemeente, segmenten } = vraag
    const metClienten =
      TELT_CLIENTEN.has(vraag.indicator) || (delen.get(sleutelVan(vraag))?.metClienten ?? false)
    delen.set(sleutelVan(vraag), { gemeente, segmenten, metClienten })
  }
  const sleutels = [...delen.keys()]
  const periode = vensterOp(vandaag)
  const [nu = [], vorig = []] = await listOptellingen(
    db,
    [...delen.values()],
    [periode, vensterOp(vandaag, 1)],
  )
  const waarden = vragen.map(vraag => {
    const plek = sleutels.indexOf(sleutelVan(vraag))
    const antwoord = (optellingen: typeof nu) => {
      const optelling = optellingen[plek]
      return optelling === undefined
        ? { reden: 'Er zijn geen cijfers.' }
        : measure(vraag.indicator, optelling)
    }
    const dit = antwoord(nu)
    const toen = antwoord(vorig)
    return {
      waarde: 'waarde' in dit ? dit.waarde : null,
      vorig: 'waarde' in toen ? toen.waarde : null,
      reden: 'reden' in dit ? dit.reden : null,
      periode,
    }
  })
  return { waarden, bijgewerkt: await findBijgewerkt(db) }
}

export interface Reeksvraag {
  /** Null: all segments. */
  segmenten: readonly number[] | null
  /** Null: all municipalities that the asker may see. */
  gemeente: string | null
  /** Any day in the first and in the last month. */
  vanaf: Datum
  tot: Datum
}

export interface Reeksmaand {
  /** First day of the month. */
  maand: Datum
  /** Eurocents approved for care in this month; 0 where nothing was. */
  bedrag: Eurocent
  /** False while declarations of this month are still to come. */
  compleet: boolean
}

/** Spend per month, every month of the period once, and whether that month is complete on `vandaag`. */
export async function readMaandreeks(db: Db, vraag: Reeksvraag, vandaag: Datum): Promise<Reeksmaand[]> {
  const [reeks = []] = await readMaandreeksen(db, [vraag], vandaag)
  return reeks
}

/** The same for many questions, in their order: one query, however many there are. */
export async function readMaandreeksen(
  db: Db,
  vragen: readonly Reeksvraag[],
  vandaag: Datum,
): Promise<Reeksmaand[][]> {
  if (vragen.length === 0) return []
  const hele = vragen.map(v => ({ ...v, vanaf: firstOfMonth(v.vanaf), tot: firstOfMonth(v.tot) }))
  const gevonden = new Map(
    (await listMaandbedragen(db, hele)).map(({ nr, maand, bedrag }) => [`${nr} ${maand}`, bedrag]),
  )
  return hele.map(({ vanaf, tot }, nr) =>
    [...maandenVan(vanaf, tot)].map(maand => ({
      maand,
      bedrag: gevonden.get(`${nr} ${maand}`) ?? 0,
      compleet: isCompleet(maand, vandaag),
    })),
  )
}
