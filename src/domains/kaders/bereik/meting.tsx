import { formatEuro, formatHeleEuro, formatMiljoen } from '../../../platform/money.ts'
import { formatGetal, formatMoment, formatPercentage, Uitleg } from '../../../platform/ui/index.ts'
import { type Eenheid, formatVenster, type Indicator, type Indicatorwaarde } from '../../sturing/index.ts'

/** A value in the unit of its indicator, as people read it: '€ 10,2 mln', '1.250', '42,5%'. */
export function formatWaarde(waarde: number, eenheid: Eenheid): string {
  if (eenheid === 'personen') return formatGetal(waarde)
  if (eenheid === 'tienduizendsten') return formatPercentage(waarde / 10_000)
  if (Math.abs(waarde) >= 100_000_000) return formatMiljoen(waarde)
  return Math.abs(waarde) >= 1_000_000 ? formatHeleEuro(waarde) : formatEuro(waarde)
}

/** 'een jaar eerder € 9,9 mln (3,1% meer)'; of a share only what it was: a percentage of a percentage misleads. */
export function formatVorig(waarde: number, vorig: number | null, eenheid: Eenheid): string {
  if (vorig === null) return 'geen vergelijking met een jaar eerder mogelijk'
  const toen = `een jaar eerder ${formatWaarde(vorig, eenheid)}`
  const verschil = vorig > 0 ? (waarde - vorig) / vorig : 0
  if (eenheid === 'tienduizendsten' || Math.abs(verschil) < 0.0005) return toen
  return `${toen} (${formatPercentage(Math.abs(verschil))} ${verschil > 0 ? 'meer' : 'minder'})`
}

/** How a value of an indicator was made. */
export function Indicatoruitleg({
  indicator,
  over,
  waarde,
  bijgewerkt,
}: {
  indicator: Indicator
  over: string
  waarde: Indicatorwaarde | undefined
  bijgewerkt: Date | null
}) {
  const periode = waarde === undefined ? '' : ` Periode: ${formatVenster(waarde.periode)}.`
  return (
    <Uitleg
      over={over}
      definitie={`${indicator.definitie}${periode}`}
      formule={indicator.formule}
      bron={indicator.bron}
      bijgewerkt={bijgewerkt === null ? 'nog niet' : formatMoment(bijgewerkt)}
    />
  )
}
