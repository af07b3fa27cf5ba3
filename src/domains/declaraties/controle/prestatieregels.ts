import { type Datum, firstOfMonth, formatDatumKort, lastOfMonth } from '../../../platform/dates.ts'
import { divideRounded, type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Regel } from '../../istandaard/index.ts'
import { inKleinsteEenheid, isPassendeEenheid, maxVoorLooptijd, maxVoorPeriode } from './omvang.ts'
import type { EerdereRegel, Feiten, Prestatie, Vergelijking } from './rules.ts'

type Antwoord = readonly Vergelijking[] | undefined

interface PrestatieRegel extends Regel {
  /** For debits, credits or both: a credit is only tested as a credit (IV085, IV091). */
  geldtVoor: 'debet' | 'credit' | 'beide'
  /** The facts that break the rule; undefined when it holds or cannot be judged. */
  breekt(prestatie: Prestatie, feiten: Feiten): Antwoord
}

const EUROS = '83'
const MINUUT = '01'
const vergelijk = (wat: string, gedeclareerd: unknown, afgesproken: unknown): Vergelijking[] => [
  { wat, gedeclareerd: String(gedeclareerd), afgesproken: String(afgesproken) },
]

const vergelijkDatum = (wat: string, gedeclareerd: Datum, afgesproken: Datum) =>
  vergelijk(wat, formatDatumKort(gedeclareerd), formatDatumKort(afgesproken))

/** Levels 3 and 4 for a Prestatie. Grondslag: iJw/iWmo 3.2, rule numbers per row. */
export const PRESTATIE_REGELS: readonly PrestatieRegel[] = [
  {
    code: 'TR338',
    titel: 'Er is geen toewijzing met dit nummer voor deze cliënt',
    grond: 'iJw/iWmo 3.2 TR338',
    niveau: 3,
    retourcode: '9338',
    watTeDoen: 'Controleer het toewijzingnummer en dien de regel opnieuw in.',
    geldtVoor: 'beide',
    breekt: (p, { toewijzing }) =>
      toewijzing ? undefined : vergelijk('Toewijzing', p.toewijzingNummer, 'niet gevonden'),
  },
  {
    code: 'TR384',
    titel: 'De toewijzing is verwijderd',
    grond: 'iJw/iWmo 3.2 TR384',
    niveau: 3,
    retourcode: '9384',
    watTeDoen: 'Vraag de gemeente om een nieuwe toewijzing als er wel hulp is geleverd.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) =>
      toewijzing?.verwijderd ? vergelijk('Toewijzing', p.toewijzingNummer, 'verwijderd') : undefined,
  },
  {
    code: 'TR339',
    titel: 'De productcategorie is anders dan toegewezen',
    grond: 'iJw/iWmo 3.2 TR339',
    niveau: 3,
    retourcode: '9339',
    watTeDoen: 'Neem de categorie uit de toewijzing over.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) =>
      toewijzing?.categorie != null && toewijzing.categorie !== p.categorie
        ? vergelijk('Productcategorie', p.categorie, toewijzing.categorie)
        : undefined,
  },
  {
    code: 'TR340',
    titel: 'De productcode is anders dan toegewezen',
    grond: 'iJw/iWmo 3.2 TR340',
    niveau: 3,
    retourcode: '9340',
    watTeDoen: 'Neem de code uit de toewijzing over.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) =>
      toewijzing?.code != null && toewijzing.code !== p.code
        ? vergelijk('Productcode', p.code, toewijzing.code)
        : undefined,
  },
  {
    code: 'TR381',
    titel: 'De productcode past niet bij de productcategorie',
    grond: 'iJw/iWmo 3.2 TR381, productcatalogus van de regio',
    niveau: 4,
    retourcode: 'S329',
    watTeDoen: 'Gebruik een code die in die maand in de productcatalogus bij deze categorie staat.',
    geldtVoor: 'debet',
    breekt: (p, { product }) =>
      product?.categorie === p.categorie
        ? undefined
        : vergelijk(
            `Categorie van ${p.code}`,
            p.categorie,
            product?.categorie ?? 'code staat niet in de catalogus',
          ),
  },
  {
    code: 'TR341',
    titel: 'De eenheid past niet bij de toewijzing',
    grond: 'iJw/iWmo 3.2 TR341, OP302',
    niveau: 3,
    retourcode: '9341',
    watTeDoen: 'Declareer in de toegewezen eenheid; op uren mogen ook minuten.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing, product }) => {
      const afgesproken = toewijzing?.omvang?.eenheid ?? product?.eenheid
      if (toewijzing === undefined || afgesproken === undefined || isPassendeEenheid(p.eenheid, afgesproken))
        return undefined
      return vergelijk('Eenheid', eenheidNaam(p.eenheid), eenheidNaam(afgesproken))
    },
  },
  {
    code: 'TR307',
    titel: 'De periode begint voor de toewijzing',
    grond: 'iJw/iWmo 3.2 TR307',
    niveau: 3,
    retourcode: '9307',
    watTeDoen: 'Declareer vanaf de ingangsdatum van de toewijzing.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) =>
      toewijzing && p.begin < toewijzing.ingang
        ? vergelijkDatum('Begindatum', p.begin, toewijzing.ingang)
        : undefined,
  },
  {
    code: 'TR308',
    titel: 'De periode eindigt na de toewijzing',
    grond: 'iJw/iWmo 3.2 TR308',
    niveau: 3,
    retourcode: '9308',
    watTeDoen: 'Declareer tot en met de einddatum van de toewijzing.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) =>
      toewijzing?.eind != null && p.eind > toewijzing.eind
        ? vergelijkDatum('Einddatum', p.eind, toewijzing.eind)
        : undefined,
  },
  {
    code: 'TR387',
    titel: 'De periode begint niet op de eerste dag van de maand',
    grond: 'iJw/iWmo 3.2 TR387, IV089',
    niveau: 3,
    retourcode: '9387',
    watTeDoen:
      'Begin op de eerste dag van de maand, of op de ingangsdatum als de toewijzing in die maand begint.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) => {
      const eerste = firstOfMonth(p.begin)
      if (toewijzing === undefined || p.begin === eerste || p.begin === toewijzing.ingang) return undefined
      return vergelijkDatum('Begindatum', p.begin, toewijzing.ingang > eerste ? toewijzing.ingang : eerste)
    },
  },
  {
    code: 'TR388',
    titel: 'De periode eindigt niet op de laatste dag van de maand',
    grond: 'iJw/iWmo 3.2 TR388, IV089',
    niveau: 3,
    retourcode: '9388',
    watTeDoen:
      'Eindig op de laatste dag van de maand, of op de einddatum als de toewijzing in die maand eindigt.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) => {
      const laatste = lastOfMonth(p.begin)
      if (toewijzing === undefined || p.eind === laatste || p.eind === toewijzing.eind) return undefined
      return vergelijkDatum(
        'Einddatum',
        p.eind,
        toewijzing.eind !== null && toewijzing.eind < laatste ? toewijzing.eind : laatste,
      )
    },
  },
  {
    code: 'TR319',
    titel: 'De periode ligt na de declaratieperiode',
    grond: 'iJw/iWmo 3.2 TR319',
    niveau: 3,
    retourcode: '9319',
    watTeDoen: 'Neem de regel op in de declaratie van die maand of een latere.',
    geldtVoor: 'beide',
    breekt: (p, { periodeEind }) =>
      p.eind > periodeEind ? vergelijkDatum('Einddatum', p.eind, periodeEind) : undefined,
  },
  {
    code: 'TR314',
    titel: 'Dit referentienummer is al eerder gebruikt',
    grond: 'iJw/iWmo 3.2 TR314, OP283',
    niveau: 3,
    retourcode: '8021',
    watTeDoen: 'Geef elke regel een nieuw referentienummer, ook als u een afgekeurde regel opnieuw indient.',
    geldtVoor: 'beide',
    breekt: (p, { referentieBekend }) =>
      referentieBekend ? vergelijk('Referentienummer', p.referentie, 'nog niet gebruikt') : undefined,
  },
  {
    code: 'TR389',
    titel: 'Voor dit product en deze periode is al een regel goedgekeurd',
    grond: 'iJw/iWmo 3.2 TR389',
    niveau: 3,
    retourcode: '9389',
    watTeDoen: 'Crediteer eerst de eerdere regel en dien daarna de juiste in.',
    geldtVoor: 'debet',
    breekt: (_p, { openDebet }) =>
      openDebet ? vergelijk('Regels voor deze maand', 'nog een', 'één, al goedgekeurd') : undefined,
  },
  {
    code: 'TR323',
    titel: 'Deze creditregel hoort niet bij een goedgekeurde regel',
    grond: 'iJw/iWmo 3.2 TR323, IV091',
    niveau: 3,
    retourcode: '8017',
    watTeDoen:
      'Een creditregel herhaalt alle gegevens van de goedgekeurde regel en noemt haar referentienummer.',
    geldtVoor: 'credit',
    breekt: (p, { origineel }) => creditMismatch(p, origineel),
  },
  {
    code: 'TR390',
    titel: 'Deze regel is al gecrediteerd',
    grond: 'iJw/iWmo 3.2 TR390, OP360',
    niveau: 3,
    retourcode: '9390',
    watTeDoen: 'Een regel kan maar één keer worden gecrediteerd.',
    geldtVoor: 'credit',
    breekt: (p, { origineelGecrediteerd }) =>
      origineelGecrediteerd ? vergelijk('Eerdere regel', p.vorigeReferentie, 'al gecrediteerd') : undefined,
  },
  {
    code: 'TR321',
    titel: 'Er is meer gedeclareerd dan in deze periode mag',
    grond: 'iJw/iWmo 3.2 TR321, IV077, IV078',
    niveau: 3,
    retourcode: '9321',
    watTeDoen: 'Declareer hoogstens de toegewezen omvang, of vraag de gemeente om een hogere.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing }) => {
      if (!toewijzing?.omvang || !isPassendeEenheid(p.eenheid, toewijzing.omvang.eenheid)) return undefined
      const max = maxVoorPeriode(toewijzing.omvang, p.begin, p.eind)
      const te_veel =
        inKleinsteEenheid(p.volume, p.eenheid) > inKleinsteEenheid(max, toewijzing.omvang.eenheid)
      return te_veel
        ? vergelijk(
            'Volume in de periode',
            volume(p.volume, p.eenheid),
            volume(max, toewijzing.omvang.eenheid),
          )
        : undefined
    },
  },
  {
    code: 'TR322',
    titel: 'Over de hele looptijd is meer gedeclareerd dan toegewezen',
    grond: 'iJw/iWmo 3.2 TR322, IV077',
    niveau: 3,
    retourcode: '9322',
    watTeDoen: 'Controleer wat al is gedeclareerd, of vraag de gemeente om een hogere omvang.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing, geleverd }) => {
      if (!toewijzing?.omvang || !isPassendeEenheid(p.eenheid, toewijzing.omvang.eenheid)) return undefined
      const max = maxVoorLooptijd(toewijzing.omvang)
      if (max === undefined) return undefined
      const klein = inKleinsteEenheid(max, toewijzing.omvang.eenheid)
      const samen = geleverd + inKleinsteEenheid(p.volume, p.eenheid)
      const eenheid = toewijzing.omvang.eenheid === '04' ? MINUUT : toewijzing.omvang.eenheid
      return samen > klein
        ? vergelijk('Volume over de looptijd', volume(samen, eenheid), volume(klein, eenheid))
        : undefined
    },
  },
  {
    code: 'TR369',
    titel: 'Het budget van de toewijzing is op',
    grond: 'iJw/iWmo 3.2 TR369',
    niveau: 3,
    retourcode: '9369',
    watTeDoen: 'Declareer hoogstens wat over is, of vraag de gemeente om een hoger budget.',
    geldtVoor: 'debet',
    breekt: (p, { toewijzing, gedeclareerd }) =>
      toewijzing?.budget != null && gedeclareerd + p.bedrag > toewijzing.budget
        ? vergelijk(
            'Bedrag over de looptijd',
            formatEuro(gedeclareerd + p.bedrag),
            formatEuro(toewijzing.budget),
          )
        : undefined,
  },
  {
    code: 'OP302',
    titel: 'De aanbieder heeft voor dit product in deze periode geen contract',
    grond: 'iJw/iWmo 3.2 OP302, TR418',
    niveau: 4,
    retourcode: '0611',
    watTeDoen: 'Declareer alleen wat is gecontracteerd, of vraag de contractmanager wat is afgesproken.',
    geldtVoor: 'debet',
    breekt: (p, { product }) =>
      product === undefined || product.gecontracteerd
        ? undefined
        : vergelijk('Contract', p.code, 'niet in een contract van deze aanbieder met deze gemeente'),
  },
  {
    code: 'TR418',
    titel: 'Het tarief is anders dan in het contract',
    grond: 'iJw/iWmo 3.2 TR418, OP262, OP263',
    niveau: 3,
    retourcode: '0611',
    watTeDoen: 'Gebruik het tarief dat in die maand gold, of vraag de contractmanager wat is afgesproken.',
    geldtVoor: 'debet',
    breekt: (p, { product }) => {
      if (p.eenheid === EUROS || !product?.gecontracteerd) return undefined
      if (product.tarief === null) return vergelijk('Tarief', euro(p.tarief), 'geen tarief in het contract')
      // As `declaraties.tel_raakt` compares it, which keeps the price from changing under an approved line.
      const afgesproken = p.eenheid === MINUUT ? product.minuutTarief : product.tarief
      return p.tarief === afgesproken ? undefined : vergelijk('Tarief', euro(p.tarief), euro(afgesproken))
    },
  },
  {
    code: 'TR346',
    titel: 'Het bedrag is niet het volume maal het tarief',
    grond: 'iJw/iWmo 3.2 TR346, IV081',
    niveau: 4,
    retourcode: '9346',
    watTeDoen: 'Reken het bedrag opnieuw uit; minuten gaan tegen het uurtarief, pas aan het eind afgerond.',
    geldtVoor: 'debet',
    breekt: (p, { product }) => {
      if (p.eenheid === EUROS) return undefined
      const uurtarief = product && isPerUur(p, product) ? product.tarief : null
      const verwacht = expectedBedrag(p, uurtarief)
      return verwacht === p.bedrag
        ? undefined
        : vergelijk('Bedrag', formatEuro(p.bedrag), formatEuro(verwacht))
    },
  },
]

/** Minutes claimed on a product whose tarief is agreed per hour. */
function isPerUur(prestatie: Prestatie, product: { eenheid: string }): boolean {
  return prestatie.eenheid === MINUUT && product.eenheid === '04'
}

/**
 * IV081: minutes at an hourly tarief (`uurtarief`, else null) are rounded once, at the end; otherwise
 * volume × ProductTarief.
 */
export function expectedBedrag(prestatie: Prestatie, uurtarief: Eurocent | null): Eurocent {
  if (uurtarief !== null) return divideRounded(uurtarief * prestatie.volume, 60)
  return prestatie.volume * (prestatie.tarief ?? 0)
}

function creditMismatch(credit: Prestatie, origineel: EerdereRegel | undefined): Antwoord {
  if (!origineel?.goedgekeurd || !origineel.debet)
    return vergelijk('Eerdere regel', credit.vorigeReferentie, 'geen goedgekeurde regel met dit nummer')
  const paren: readonly [string, unknown, unknown][] = [
    ['Toewijzing', credit.toewijzingNummer, origineel.toewijzingNummer],
    ['Productcategorie', credit.categorie, origineel.categorie],
    ['Productcode', credit.code, origineel.code],
    ['Begindatum', formatDatumKort(credit.begin), formatDatumKort(origineel.begin)],
    ['Einddatum', formatDatumKort(credit.eind), formatDatumKort(origineel.eind)],
    ['Volume', credit.volume, origineel.volume],
    ['Eenheid', eenheidNaam(credit.eenheid), eenheidNaam(origineel.eenheid)],
    ['Tarief', euro(credit.tarief), euro(origineel.tarief)],
    ['Bedrag', formatEuro(credit.bedrag), formatEuro(origineel.bedrag)],
  ]
  const anders = paren.filter(([, a, b]) => a !== b)
  return anders.length === 0 ? undefined : anders.flatMap(([wat, a, b]) => vergelijk(wat, a, b))
}

function euro(bedrag: Eurocent | null): string {
  return bedrag === null ? 'geen' : formatEuro(bedrag)
}

const EENHEID: Readonly<Record<string, string>> = {
  '01': 'minuten',
  '04': 'uur',
  '14': 'etmalen',
  '16': 'dagdelen',
  '82': 'stuks',
  '83': 'euro’s',
  '84': 'stuks',
}

function eenheidNaam(eenheid: string): string {
  return EENHEID[eenheid] ?? eenheid
}

function volume(aantal: number, eenheid: string): string {
  return eenheid === EUROS ? formatEuro(aantal) : `${aantal.toLocaleString('nl-NL')} ${eenheidNaam(eenheid)}`
}
