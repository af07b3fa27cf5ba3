import { type RawBuilder, sql } from 'kysely'
import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Letopvraag } from '../../../platform/register/letop.ts'
import type { Raakvraag } from '../../../platform/register/raakt.ts'
import { type Register, rowsAsTable } from '../../../platform/register/register.ts'
import { countRaakt } from './tellen.ts'

/** What was claimed in the year and the segment of a ceiling, with what hangs under it: it is held against another amount from now on. */
export const findPlafondraakt: Raakvraag = (db, rijen) =>
  countClaimed(db, sql`(select r.*, null::integer as aanbieder_id from ${rijen})`)

/** The same of the ceiling of one provider. */
export const findAanbiederplafondraakt: Raakvraag = (db, rijen) =>
  countClaimed(
    db,
    sql`(select r.*, a.aanbieder_id from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder)`,
  )

async function countClaimed(db: Parameters<Raakvraag>[0], plafonds: RawBuilder<unknown>) {
  const raakt = await countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, r.gemeente, r.aanbieder_id as aanbieder, null as wet, null as code, onder.segment_id as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{}'::datemultirange as dagen,
        datemultirange(daterange(make_date(r.jaar::integer, 1, 1), make_date(r.jaar::integer + 1, 1, 1))) as weg
      from ${plafonds} r
      join contracten.segment s on s.code = r.segment join contracten.segmentketen onder on onder.boven_id = s.segment_id`,
    // The same amount stands beside the ceiling in the figures, for whoever may see those.
    { metBedrag: true },
  )
  // It is a measure of what was claimed: that stays true whatever the measure.
  return raakt.map(({ verbod: _, ...rest }) => rest)
}

/** Ceilings, new or changed, that are below what was approved of them already; `geraakt`: what that is. */
export const findOverschreden =
  ({ velden }: Pick<Register, 'velden'>, geraakt: Raakvraag): Letopvraag =>
  async (db, wijzigingen) => {
    const plafonds = wijzigingen.map(({ sleutel, nieuw }) => ({
      ...nieuw,
      sleutel,
      gaat: false,
      sinds: null,
    }))
    const rijen = rowsAsTable(velden, plafonds, { sleutel: 'text', gaat: 'boolean', sinds: 'timestamptz' })
    const goedgekeurd = new Map<string, Eurocent>()
    for (const { sleutel, bedrag = 0 } of await geraakt(db, rijen))
      goedgekeurd.set(sleutel, (goedgekeurd.get(sleutel) ?? 0) + bedrag)
    return wijzigingen.flatMap(({ sleutel, nieuw }) => {
      const { bedrag, jaar } = nieuw as unknown as { bedrag: Eurocent; jaar: number }
      const al = goedgekeurd.get(sleutel) ?? 0
      if (al <= bedrag) return []
      const melding = `Over ${jaar} is al ${formatEuro(al)} goedgekeurd: dat is meer dan dit plafond.`
      const soort = 'Er is al meer goedgekeurd dan dit plafond.'
      return [{ sleutel, veld: 'bedrag', melding, soort, verwacht: `een bedrag vanaf ${formatEuro(al)}` }]
    })
  }
