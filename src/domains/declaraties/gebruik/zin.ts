import { addDays, type Datum, formatDatumKort, formatMaand, lastOfMonth } from '../../../platform/dates.ts'
import { sumInSteps } from '../../../platform/register/raakt.ts'

/**
 * What leans on days of a row that change (`gaat`: the row goes), as far as it can forbid that: how much in each part of it, which is a
 * municipality, or one segment in it.
 */
export interface Gebruik {
  gaat: boolean
  /** Toewijzingen for which nothing would be left. */
  zonder: readonly number[]
  /** Approved lines that would be untrue. */
  regels: readonly number[]
  /** The last of the days by which those lines were judged. */
  laatste: Datum | null
  /** It is the price of what left the catalogue, that is paid on: no last day of it ends that. */
  uitCatalogus?: boolean
}

/** By the month: the day itself would be that of one resident, whom nobody sees who keeps a register. */
const nextRow = (dag: Datum) =>
  `Laat staan wat toen gold, en kies een eerste dag vanaf ${formatDatumKort(addDays(lastOfMonth(dag), 1))}.`

/** By which day a line is judged, and how it can be done after the last of those, by what kind of row it is. */
const ANDERS = {
  tarief: (dag: Datum) => `Voor een regel telt de prijs van zijn eerste dag. ${nextRow(dag)}`,
  product: (dag: Datum) =>
    `Voor een regel telt de catalogus van de dag waarop zijn toewijzing begon, of van zijn eigen eerste dag als die toewijzing geen code noemt. ${nextRow(dag)}`,
  waarheid: (dag: Datum) =>
    `Zij zouden dan een ander tarief hebben. Betaald is wat op hun eerste dag gold; na het einde van een product in de catalogus is dat het laatste tarief ervoor. ${nextRow(dag)}`,
  contract: (dag: Datum) =>
    `Voor een regel telt het contract van zijn eerste dag. Dat blijft erin. Het contract kan wel eindigen op ${formatDatumKort(lastOfMonth(dag))} of later. Wilt u iets weglaten, kies dan een eerste dag vanaf ${formatDatumKort(addDays(lastOfMonth(dag), 1))}: wat nu geldt, blijft tot die dag staan.`,
}

/**
 * Why the row may not change so; undefined when it may. What was approved stays true: it is for the days after it that something can
 * change. A row goes only when no toewijzing is left without it; one that ends earlier was meant to end.
 */
export function sayVerbod(
  { gaat, zonder, regels, laatste, uitCatalogus = false }: Gebruik,
  hoe: keyof typeof ANDERS,
): string | undefined {
  if (gaat)
    return isNone(zonder) && isNone(regels)
      ? undefined
      : `${sayGebruik(zonder, regels)}. ${uitCatalogus ? NALOOP : 'Wijzig het, of geef het een laatste dag waarna niets er meer op rekent.'}`
  if (isNone(regels) || laatste === null) return undefined
  return `Voor wat hier verandert, zijn al declaratieregels goedgekeurd (${sumInSteps(regels)}), de laatste naar wat gold in ${formatMaand(laatste)}. ${ANDERS[hoe](laatste)} Of laat de aanbieder die regels eerst crediteren.`
}

const NALOOP =
  'Dit product staat niet meer in de catalogus: wat toen al was toegewezen, houdt dit tarief zolang het contract zijn segment voor die gemeente noemt. Moet het stoppen? Haal dat segment of die gemeente dan vanaf een dag uit het contract, of laat de gemeente de toewijzingen beëindigen. Dit tarief blijft staan voor de dagen ervoor.'

const isNone = (aantallen: readonly number[]) => aantallen.every(aantal => aantal === 0)

/** What hangs on a row: 'rekenen minder dan 5 toewijzingen en 10 of meer goedgekeurde declaratieregels'. */
function sayGebruik(toewijzingen: readonly number[], regels: readonly number[]): string {
  const wat = [
    isNone(toewijzingen) ? '' : `${sumInSteps(toewijzingen)} toewijzingen`,
    isNone(regels) ? '' : `${sumInSteps(regels)} goedgekeurde declaratieregels`,
  ].filter(Boolean)
  return `rekenen ${wat.join(' en ')}`
}
