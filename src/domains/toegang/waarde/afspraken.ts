import { type Kolommen, queryKeys } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { seeingAllHere } from '../../../platform/db/zicht.ts'
import { rememberToegewezen } from './actions.ts'
import type { ToewijzingSleutel } from './store.ts'

/*
 * A price, a contract or a product that changes in a register changes what toewijzingen are worth. Who keeps registers sees no
 * residents: the system looks which toewijzingen those are and what they come to, and nothing of it is told.
 */

type Rijen = readonly Readonly<Record<string, unknown>>[]

/** A question for the toewijzingen that hang on rows of a register. */
interface Hangt {
  /** Which of its fields it takes. */
  kolommen: Kolommen
  /** The providers or products (wet and code) that those rows are about. */
  welke: string
  /** Which running toewijzingen (t, in state v) can be of one; then which are. */
  eerst: string
  dan: string
}

/** First those of the providers or of the codes, so that a long price list is not held against each of them. */
const vraagVan = ({
  welke,
  eerst,
  dan,
}: Omit<Hangt, 'kolommen'>) => `, welke as materialized (${welke}), lopend as materialized (
    select t.gemeente, t.toewijzing_id, t.aanbieder_id, t.domein, v.code
    from toegang.toewijzing t
    join toegang.toewijzing_versie v
      on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie
    where t.geldt and ${eerst}
  )
  select distinct l.gemeente, l.toewijzing_id from lopend l join welke w on ${dan}`

const follow =
  ({ kolommen, ...hangt }: Hangt) =>
  async (tx: Tx, rijen: Rijen): Promise<() => Promise<void>> =>
    seeingAllHere(tx, async () => {
      const namen = Object.keys(kolommen)
      const sleutels = new Map(
        rijen.map(rij => {
          const sleutel = namen.map(naam => String(rij[naam] ?? ''))
          return [sleutel.join('~'), sleutel]
        }),
      )
      const geraakt = await queryKeys<{ gemeente: string; toewijzing_id: number }>(
        tx,
        kolommen,
        [...sleutels.values()],
        vraagVan(hangt),
      )
      const book = await rememberToegewezen(
        tx,
        geraakt.map(
          ({ gemeente, toewijzing_id }): ToewijzingSleutel => ({ gemeente, toewijzingId: toewijzing_id }),
        ),
      )
      return () => seeingAllHere(tx, () => book())
    })

const VAN_AANBIEDER = 't.aanbieder_id in (select aanbieder_id from welke)'

/** What is worth more or less when prices change. */
export const followTarieven = follow({
  kolommen: { contract: 'text', wet: 'text', product: 'text' },
  welke: `select distinct c.aanbieder_id, r.wet, r.product as code
    from vraag r join contracten.contract c on c.nummer = r.contract`,
  eerst: VAN_AANBIEDER,
  dan: '(w.aanbieder_id, w.wet, w.code) = (l.aanbieder_id, l.domein, l.code)',
})

/** The same of contracts: for whom and how long their prices hold. */
export const followContracten = follow({
  kolommen: { aanbieder: 'text' },
  welke: 'select a.aanbieder_id from vraag r join aanbieders.aanbieder a on a.agb = r.aanbieder',
  eerst: VAN_AANBIEDER,
  dan: 'w.aanbieder_id = l.aanbieder_id',
})

/** The same of the catalogue: in what a product is priced, and until when it stands in it. */
export const followProducten = follow({
  kolommen: { wet: 'text', code: 'text' },
  welke: 'select r.wet, r.code from vraag r',
  eerst: 'v.code in (select code from welke)',
  dan: '(w.wet, w.code) = (l.domein, l.code)',
})
