import type { ReactNode } from 'react'
import { formatDatumKort } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  formatPercentage,
  Inklap,
  type Kolom,
  Kop,
  Tabel,
} from '../../../platform/ui/index.ts'
import { groupByJaar, measureBenutting, type Plafondstand, yearToOpen } from './rules.ts'
import { listPlafondstanden } from './store.ts'

/** The ceilings of one provider with what was approved of them: a part of its page, for who may see figures, and for itself. */
export async function showPlafonds(db: Db, ctx: Ctx, aanbiederId: number): Promise<ReactNode> {
  const eigen = ctx.wie.scope.aanbieder !== null
  if (!ctx.wie.rechten.has(eigen ? 'declaraties.lezen' : 'cijfers.lezen')) return null
  const jaren = groupByJaar(await listPlafondstanden(db, aanbiederId))
  if (jaren.length === 0) return null
  const open = yearToOpen(
    jaren.map(([jaar]) => jaar),
    Number(ctx.vandaag.slice(0, 4)),
  )
  return (
    <>
      <Kop niveau={2}>Plafonds</Kop>
      <Alinea>
        Een plafond verandert niets aan de plicht van de gemeente: een inwoner die hulp nodig heeft, krijgt
        die, zo nodig bij een andere aanbieder.
      </Alinea>
      {jaren.map(([jaar, standen]) => (
        <Inklap key={jaar} kop={`Plafonds in ${jaar}${sayOver(standen)}`} open={jaar === open}>
          <Tabel
            bijschrift={`Plafonds in ${jaar}`}
            rijen={standen}
            sleutel={({ segment, gemeente }) => `${segment}|${gemeente}`}
            kolommen={KOLOMMEN}
          />
        </Inklap>
      ))}
      <Alinea maat="klein">
        Goedgekeurd telt alle goedgekeurde regels voor hulp in dat jaar. Er kan nog iets bij komen: wat nog
        niet is gedeclareerd, telt niet mee.
      </Alinea>
    </>
  )
}

const isOver = (stand: Plafondstand) => measureBenutting(stand).ruimte < 0

function sayOver(standen: readonly Plafondstand[]): string {
  const over = standen.filter(isOver).length
  return over === 0 ? '' : `: ${over} van ${standen.length} overschreden`
}

const KOLOMMEN: readonly Kolom<Plafondstand>[] = [
  { kop: 'Segment', rijkop: true, cel: ({ segment }) => segment },
  { kop: 'Gemeente', cel: ({ gemeente }) => gemeente },
  { kop: 'Plafond', uitlijning: 'rechts', cel: ({ bedrag }) => formatEuro(bedrag) },
  { kop: 'Goedgekeurd', uitlijning: 'rechts', cel: ({ besteed }) => formatEuro(besteed) },
  {
    kop: 'Deel',
    uitlijning: 'rechts',
    cel: stand => {
      const { deel } = measureBenutting(stand)
      return deel === null ? '–' : formatPercentage(deel)
    },
  },
  {
    kop: 'Stand',
    cel: stand => {
      const { ruimte } = measureBenutting(stand)
      return ruimte < 0 ? (
        <Badge toon="waarschuwing">{`${formatEuro(-ruimte)} over het plafond`}</Badge>
      ) : (
        `nog ${formatEuro(ruimte)}`
      )
    },
  },
  { kop: 'Vastgesteld op', heel: true, cel: ({ vastgesteldOp }) => formatDatumKort(vastgesteldOp) },
]
