import type { Datum } from '../../../platform/dates.ts'
import { type Bevinding, bevinding, type Regel } from '../../istandaard/index.ts'
import { currentMeldingen, isEerste, type Melding, sameKey } from '../levering/rules.ts'

export interface Feiten {
  /** The toewijzing with this number of this client at this aanbieder; undefined when there is none. */
  toewijzing: { categorie: string | null; code: string | null; verwijderd: boolean } | undefined
  catalogusCategorie: string | undefined
  /** What was received before for this toewijzing, in the order of receipt. */
  eerder: readonly Melding[]
  /** What the same message says about the same toewijzing, this one included. */
  samen: readonly Melding[]
}

const TIJDELIJK = '20'
/**
 * The order in which the classes of one message count, whatever their order in the file: deletions first (IV008), and
 * of new ones a start before the stop that ends it. Answers their places in `meldingen`.
 */
export function orderInBericht(meldingen: readonly Melding[]): number[] {
  const rang = (melding: Melding) => (isEerste(melding) ? 1 : 0)
  return meldingen
    .map((_, i) => i)
    .sort((i, j) => {
      const [a, b] = [meldingen[i], meldingen[j]]
      return a && b ? rang(a) - rang(b) || compareMoment(a, b) || i - j : 0
    })
}

/**
 * In the order in which it happened: a start on its Begindatum, a stop on its Einddatum. On one day a stop of what ran
 * already comes before a new start, and that before its own stop.
 */
export function compareMoment(a: Melding, b: Melding): number {
  return compareText(moment(a), moment(b))
}

function moment({ soort, begindatum, einddatum = '' }: Melding): string {
  if (soort === 'start') return `${begindatum}|1`
  return `${einddatum}|${begindatum < einddatum ? 0 : 2}|${begindatum}`
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const starts = (meldingen: readonly Melding[]) => meldingen.filter(m => m.soort === 'start')
const stopsOf = (meldingen: readonly Melding[], begindatum: Datum) =>
  meldingen.filter(m => m.soort === 'stop' && m.begindatum === begindatum)

export interface MeldingRegel extends Regel {
  breekt(melding: Melding, staand: readonly Melding[], feiten: Feiten): boolean
}

/** Levels 3 and 4 for a start or stop. Grondslag: iJw/iWmo 3.2, rule numbers per row. */
export const MELDING_REGELS: readonly MeldingRegel[] = [
  {
    code: 'TR019',
    titel: 'Deze melding hoort niet bij een toewijzing',
    grond: 'iJw/iWmo 3.2 TR019, IV075',
    niveau: 3,
    retourcode: '9019',
    watTeDoen: 'Neem nummer en product over uit de toewijzing van deze cliënt.',
    breekt: (melding, _, { toewijzing }) =>
      toewijzing === undefined ||
      // A deleted toewijzing counts as not sent; what was reported on it before can still be taken back.
      (toewijzing.verwijderd && isEerste(melding)) ||
      (melding.product?.categorie ?? null) !== toewijzing.categorie ||
      (melding.product?.code ?? null) !== toewijzing.code,
  },
  {
    code: 'TR063',
    titel: 'Er is niets om te verwijderen: deze melding is niet eerder ontvangen',
    grond: 'iJw/iWmo 3.2 TR063',
    niveau: 3,
    retourcode: '9063',
    watTeDoen: 'Herhaal bij verwijderen precies de gegevens van de eerdere melding.',
    breekt: (melding, staand) => !isEerste(melding) && !staand.some(m => sameKey(m, melding)),
  },
  {
    code: 'TR071',
    titel: 'Deze start kan niet worden verwijderd: er is al een stop bij gemeld',
    grond: 'iJw/iWmo 3.2 TR071',
    niveau: 3,
    retourcode: '9071',
    watTeDoen: 'Verwijder eerst de stop en daarna de start.',
    breekt: (melding, staand) =>
      melding.soort === 'start' && !isEerste(melding) && stopsOf(staand, melding.begindatum).length > 0,
  },
  {
    code: 'TR074',
    titel: 'Deze melding is al eerder ontvangen',
    grond: 'iJw/iWmo 3.2 TR074',
    niveau: 3,
    retourcode: '9074',
    watTeDoen: 'Stuur dezelfde melding maar één keer; verwijder de eerdere als er iets aan verandert.',
    breekt: (melding, staand) => isEerste(melding) && staand.some(m => sameKey(m, melding)),
  },
  {
    code: 'TR326',
    titel: 'Er loopt al een start op deze toewijzing',
    grond: 'iJw/iWmo 3.2 TR326, OP289',
    niveau: 3,
    retourcode: '9326',
    watTeDoen: 'Meld eerst de stop van de lopende levering.',
    breekt: (melding, staand) =>
      melding.soort === 'start' &&
      isEerste(melding) &&
      starts(staand).some(
        start => stopsOf(staand, start.begindatum).length === 0 && !sameKey(start, melding),
      ),
  },
  {
    code: 'OP289',
    titel: 'Deze stop kan niet worden verwijderd: daarna is een nieuwe start gemeld',
    grond: 'iJw/iWmo 3.2 OP289, TR326',
    niveau: 3,
    retourcode: '9326',
    watTeDoen: 'Verwijder eerst de nieuwe start, of zet in hetzelfde bericht de juiste stop in de plaats.',
    breekt: (melding, staand, { samen }) =>
      melding.soort === 'stop' &&
      !isEerste(melding) &&
      stopsOf(staand, melding.begindatum).every(stop => sameKey(stop, melding)) &&
      stopsOf(samen.filter(isEerste), melding.begindatum).length === 0 &&
      starts(staand).some(start => start.begindatum > melding.begindatum),
  },
  {
    code: 'TR382',
    titel: 'Bij deze stop hoort geen start met dezelfde begindatum',
    grond: 'iJw/iWmo 3.2 TR382',
    niveau: 3,
    retourcode: '9069',
    watTeDoen: 'Neem begindatum, nummer en product over uit de gemelde start.',
    breekt: (melding, staand) =>
      melding.soort === 'stop' &&
      isEerste(melding) &&
      !starts(staand).some(s => s.begindatum === melding.begindatum),
  },
  {
    code: 'TR413',
    titel: 'De levering is al tijdelijk gestopt',
    grond: 'iJw/iWmo 3.2 TR413',
    niveau: 3,
    retourcode: '9413',
    watTeDoen: 'Meld na een tijdelijke stop een definitieve stop of een nieuwe start.',
    breekt: (melding, staand) =>
      isNewStop(melding) &&
      melding.redenBeeindiging === TIJDELIJK &&
      stopsOf(staand, melding.begindatum).some(m => m.redenBeeindiging === TIJDELIJK && !sameKey(m, melding)),
  },
  {
    code: 'TR414',
    titel: 'De einddatum ligt voor die van de eerdere stop',
    grond: 'iJw/iWmo 3.2 TR414',
    niveau: 3,
    retourcode: '9414',
    watTeDoen: 'Gebruik een einddatum op of na die van de eerdere stop.',
    breekt: (melding, staand) =>
      isNewStop(melding) &&
      stopsOf(staand, melding.begindatum).some(m => (m.einddatum ?? '') > (melding.einddatum ?? '')),
  },
  {
    code: 'TR415',
    titel: 'De levering is al definitief gestopt',
    grond: 'iJw/iWmo 3.2 TR415',
    niveau: 3,
    retourcode: '9415',
    watTeDoen: 'Verwijder eerst de eerdere stop als die niet klopt.',
    breekt: (melding, staand) =>
      isNewStop(melding) &&
      stopsOf(staand, melding.begindatum).some(m => m.redenBeeindiging !== TIJDELIJK && !sameKey(m, melding)),
  },
  {
    code: 'TR381',
    titel: 'De productcode past niet bij de productcategorie',
    grond: 'iJw/iWmo 3.2 TR381, productcatalogus van de regio',
    niveau: 4,
    retourcode: 'S329',
    watTeDoen: 'Gebruik een code die in de productcatalogus bij deze categorie staat.',
    breekt: (melding, _, { catalogusCategorie }) =>
      melding.product?.code !== undefined && catalogusCategorie !== melding.product.categorie,
  },
]

function isNewStop(melding: Melding): boolean {
  return melding.soort === 'stop' && isEerste(melding)
}

/** Of a delivery that a sheet brings: all but the catalogue of today, since a sheet says one beginning and one end. */
export const BLAD_REGELS = MELDING_REGELS.filter(({ code }) => code !== 'TR381')

/** Of what was reported before it came here: only that it belongs to a toewijzing, and that it was not taken over already. */
export const OVERNAME_REGELS = MELDING_REGELS.filter(({ code }) => code === 'TR019' || code === 'TR074')

/** Every reason to refuse this start or stop; empty means it can be recorded. */
export function checkMelding(
  melding: Melding,
  feiten: Feiten,
  pad: string,
  regels: readonly MeldingRegel[] = MELDING_REGELS,
): Bevinding[] {
  const staand = currentMeldingen(feiten.eerder)
  return regels.filter(regel => regel.breekt(melding, staand, feiten)).map(regel => bevinding(regel, pad))
}
