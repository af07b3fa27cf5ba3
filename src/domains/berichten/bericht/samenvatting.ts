import {
  type Datum,
  firstOfMonth,
  formatDatum,
  formatDatumKort,
  formatMaand,
  formatPeriode,
  isDatum,
} from '../../../platform/dates.ts'
import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import {
  type Bericht,
  type Bericht301,
  type Bericht305,
  type Bericht307,
  type Bericht323,
  type Bericht325,
  codeNaam,
  type Domein,
  elementNaam,
  type Knoop,
  modelMetNaam,
  type Omvang,
} from '../../istandaard/index.ts'

/** What a message says, ready to be shown. It holds personal data: whoever reads it is audited. */
export interface Samenvatting {
  zin: string
  client?: { naam: string; bsn: string; geboortedatum?: Datum }
  /** Numbers of the toewijzingen it is about; a declaratie has its own page for that. */
  toewijzingen?: readonly number[]
  feiten: readonly (readonly [naam: string, waarde: string])[]
  lijst?: { kop: string; namen: readonly string[]; rijen: readonly (readonly string[])[]; totaal: number }
}

export interface Partijen {
  gemeente: string
  aanbieder: string
}

/** So many rows of a list are shown; the file has them all. */
const MEESTE_RIJEN = 50

/** In plain Dutch what the message says. `partijen` are the names of the municipality and the provider. */
export function summariseBericht(bericht: Bericht, partijen: Partijen): Samenvatting {
  if (bericht.bericht.endsWith('301')) return toewijzing(bericht as Bericht301, partijen)
  if (bericht.bericht.endsWith('305')) return start(bericht as Bericht305, partijen)
  if (bericht.bericht.endsWith('307')) return stop(bericht as Bericht307, partijen)
  if (bericht.bericht.endsWith('323')) return declaratie(bericht as Bericht323, partijen)
  if (bericht.bericht.endsWith('325')) return declaratieAntwoord(bericht as Bericht325, partijen)
  return overig(bericht, partijen)
}

const telling = (n: number, een: string, meer: string) => (n === 1 ? `1 ${een}` : `${n} ${meer}`)

function lijst<T>(kop: string, namen: readonly string[], items: readonly T[], rij: (item: T) => string[]) {
  return { kop, namen, rijen: items.slice(0, MEESTE_RIJEN).map(rij), totaal: items.length }
}

interface Persoon {
  bsn: string
  geboortedatum: { datum: string }
  naam: {
    geslachtsnaam: { achternaam: string; voorvoegsel?: string }
    voornamen?: string
    voorletters?: string
  }
}

function persoon({ bsn, geboortedatum, naam }: Persoon) {
  const { geslachtsnaam, voornamen, voorletters } = naam
  const delen = [voornamen ?? voorletters, geslachtsnaam.voorvoegsel, geslachtsnaam.achternaam]
  return { bsn, geboortedatum: geboortedatum.datum, naam: delen.filter(Boolean).join(' ') }
}

function product(domein: Domein, p: { categorie: string; code?: string } | undefined): string {
  if (p === undefined) return 'Elk product binnen het budget'
  const categorie = codeNaam(domein, 'ProductCategorie', p.categorie)
  return p.code === undefined ? `${categorie} (${p.categorie})` : `${categorie} (${p.code})`
}

/** '20 × uur per maand', '€ 300,00 per week'. */
function omvangTekst(domein: Domein, omvang: Omvang | undefined): string {
  if (omvang === undefined) return 'Niet vastgelegd'
  const frequentie = codeNaam(domein, 'Frequentie', omvang.frequentie).toLowerCase()
  if (omvang.eenheid === '83') return `${formatEuro(omvang.volume)}, ${frequentie}`
  return `${omvang.volume} × ${codeNaam(domein, 'Eenheid', omvang.eenheid).toLowerCase()}, ${frequentie}`
}

function toewijzing({ domein, client }: Bericht301, { gemeente, aanbieder }: Partijen): Samenvatting {
  const producten = client.toegewezenProducten
  return {
    zin: `Gemeente ${gemeente} wijst ${telling(producten.length, 'product', 'producten')} toe aan ${aanbieder}.`,
    client: persoon(client),
    toewijzingen: producten.map(p => p.toewijzingNummer),
    feiten: [],
    lijst: lijst(
      'Toegewezen producten',
      ['Toewijzing', 'Product', 'Vanaf', 'Tot en met', 'Omvang', 'Budget', 'Reden van wijziging'],
      producten,
      p => [
        String(p.toewijzingNummer),
        product(domein, p.product),
        formatDatumKort(p.ingangsdatum),
        p.einddatum === undefined ? 'Geen einde' : formatDatumKort(p.einddatum),
        omvangTekst(domein, p.omvang),
        p.budget === undefined ? 'Geen' : formatEuro(p.budget),
        p.redenWijziging === undefined ? 'Nieuw' : codeNaam(domein, 'RedenWijziging', p.redenWijziging),
      ],
    ),
  }
}

const nummer = (toewijzing: number | undefined) =>
  toewijzing === undefined ? 'Zonder toewijzing' : String(toewijzing)

function start({ domein, client }: Bericht305, { aanbieder }: Partijen): Samenvatting {
  const weg = client.startProducten.every(p => p.statusAanlevering === '3')
  return {
    zin: weg ? `${aanbieder} trekt een startmelding in.` : `${aanbieder} meldt dat de hulp is gestart.`,
    client: persoon(client),
    toewijzingen: client.startProducten.flatMap(p => p.toewijzingNummer ?? []),
    feiten: [],
    lijst: lijst(
      'Starts',
      ['Toewijzing', 'Product', 'Gestart op', 'Aanlevering'],
      client.startProducten,
      p => [
        nummer(p.toewijzingNummer),
        product(domein, p.product),
        formatDatumKort(p.begindatum),
        codeNaam(domein, 'StatusAanlevering', p.statusAanlevering),
      ],
    ),
  }
}

function stop({ domein, client }: Bericht307, { aanbieder }: Partijen): Samenvatting {
  const weg = client.stopProducten.every(p => p.statusAanlevering === '3')
  return {
    zin: weg ? `${aanbieder} trekt een stopmelding in.` : `${aanbieder} meldt dat de hulp is gestopt.`,
    client: persoon(client),
    toewijzingen: client.stopProducten.flatMap(p => p.toewijzingNummer ?? []),
    feiten: [],
    lijst: lijst(
      'Stops',
      ['Toewijzing', 'Product', 'Gestart op', 'Gestopt op', 'Reden', 'Aanlevering'],
      client.stopProducten,
      p => [
        nummer(p.toewijzingNummer),
        product(domein, p.product),
        formatDatumKort(p.begindatum),
        formatDatumKort(p.einddatum),
        codeNaam(domein, 'RedenBeeindiging', p.redenBeeindiging),
        codeNaam(domein, 'StatusAanlevering', p.statusAanlevering),
      ],
    ),
  }
}

/** What a claim comes to, whether it was read from the file or from what was booked of it. */
export interface Declaratiekern {
  nummer: string
  maand: Datum
  dagtekening: Datum
  /** Eurocents, debits minus credits. */
  ingediend: Eurocent
  regels: number
}

/** The summary of a claim without its lines: also for files that are too large to read for a page. */
export function summariseDeclaratie(kern: Declaratiekern, { gemeente, aanbieder }: Partijen): Samenvatting {
  const bedrag = formatEuro(Math.abs(kern.ingediend))
  const wat = kern.ingediend < 0 ? `verrekent ${bedrag} met` : `declareert ${bedrag} bij`
  return {
    zin: `${aanbieder} ${wat} gemeente ${gemeente} over ${formatMaand(kern.maand)}.`,
    feiten: [
      ['Declaratienummer', kern.nummer],
      ['Dagtekening', formatDatum(kern.dagtekening)],
      ['Ingediend', formatEuro(kern.ingediend)],
      ['Regels', String(kern.regels)],
    ],
  }
}

const signed = (t: { totaalBedrag: number; debetCredit: string }) =>
  t.debetCredit === 'C' ? -t.totaalBedrag : t.totaalBedrag

function declaratie({ declaratie: d }: Bericht323, partijen: Partijen): Samenvatting {
  const kern = {
    nummer: d.declaratieNummer,
    maand: firstOfMonth(d.declaratiePeriode.begindatum),
    dagtekening: d.declaratieDagtekening,
    ingediend: signed(d.totaalIngediendBedrag),
    regels: d.clienten.reduce((n, client) => n + client.prestaties.length, 0),
  }
  const samen = summariseDeclaratie(kern, partijen)
  return { ...samen, feiten: [...samen.feiten, ['Cliënten', String(d.clienten.length)]] }
}

function declaratieAntwoord(
  { domein, header, declaratieAntwoord: a }: Bericht325,
  partijen: Partijen,
): Samenvatting {
  const uitkomst = header.retourCodes.map(code => codeTekst(domein, code)).join('; ')
  const kop: [string, string][] = [
    ['Over declaratiebericht', header.declaratieIdentificatie.identificatie],
    ['Uitkomst van het bericht', uitkomst],
  ]
  if (a === undefined)
    return {
      zin: `Gemeente ${partijen.gemeente} kan de declaratie van ${partijen.aanbieder} niet beoordelen.`,
      feiten: kop,
    }
  const ingediend = signed(a.totaalIngediendBedrag)
  const toegekend = signed(a.totaalToegekendBedrag)
  const regels = (a.clienten ?? []).flatMap(client => client.prestaties)
  const alles = ingediend === toegekend
  return {
    zin: alles
      ? `Gemeente ${partijen.gemeente} keurt de hele declaratie goed: ${formatEuro(toegekend)}.`
      : `Gemeente ${partijen.gemeente} keurt ${formatEuro(toegekend)} goed van ${formatEuro(ingediend)}.`,
    feiten: [
      ['Declaratienummer', a.declaratieNummer],
      ...kop,
      ['Uitkomst van de declaratie', a.retourCodes.map(code => codeTekst(domein, code)).join('; ')],
      ['Ingediend', formatEuro(ingediend)],
      ['Goedgekeurd', formatEuro(toegekend)],
    ],
    ...(regels.length > 0 && {
      lijst: lijst(
        'Afgekeurde regels',
        ['Referentie', 'Toewijzing', 'Product', 'Periode', 'Bedrag', 'Waarom'],
        regels,
        p => [
          p.productReferentie.referentieNummer,
          String(p.toewijzingNummer),
          product(domein, { categorie: p.productCategorie, code: p.productCode }),
          formatPeriode({ begin: p.productPeriode.begindatum, eind: p.productPeriode.einddatum }),
          formatEuro(
            p.ingediendBedrag.debetCredit === 'C' ? -p.ingediendBedrag.bedrag : p.ingediendBedrag.bedrag,
          ),
          p.retourCodes.map(code => codeTekst(domein, code)).join('; '),
        ],
      ),
    }),
  }
}

/** '9321 (Volume is hoger dan toegewezen)'. */
export function codeTekst(domein: Domein, code: string): string {
  const naam = codeNaam(domein, 'RetourCode', code)
  return naam === code ? code : `${naam} (${code})`
}

/** Retours and requests: what is in them by the names of the model. */
function overig(bericht: Bericht, { gemeente, aanbieder }: Partijen): Samenvatting {
  const { domein, header } = bericht
  const model = modelMetNaam(bericht.bericht)
  const codes = ('retourCodes' in header ? header.retourCodes : undefined) ?? []
  const slecht = model === undefined ? [] : listCodes(model.wortel, bericht).filter(c => c !== '0200')
  const isRetour = 'identificatieRetour' in header
  const van = bericht.header.afzender.length === 4 ? aanbieder : `Gemeente ${gemeente}`
  const zin = !isRetour
    ? `${bericht.header.afzender.length === 4 ? `Gemeente ${gemeente}` : aanbieder} stuurt een ${bericht.bericht}.`
    : slecht.length === 0
      ? `${van} heeft het bericht ontvangen en heeft geen opmerkingen.`
      : `${van} neemt het bericht niet over.`
  const kop: [string, string][] = isRetour
    ? [
        ['Over bericht', header.berichtIdentificatie.identificatie],
        ...(codes.length > 0 || slecht.length > 0
          ? ([
              [
                'Uitkomst',
                [...new Set(slecht.length > 0 ? slecht : codes)].map(c => codeTekst(domein, c)).join('; '),
              ],
            ] as [string, string][])
          : []),
      ]
    : []
  const client =
    'client' in bericht && bericht.client !== undefined && 'naam' in bericht.client
      ? bericht.client
      : undefined
  const rijen = model === undefined ? [] : outline(model.wortel, bericht, domein, '')
  return {
    zin,
    feiten: kop,
    ...(client && { client: persoon(client as Persoon) }),
    ...(rijen.length > 0 && {
      lijst: lijst('Wat er in het bericht staat', ['Onderdeel', 'Waarde'], rijen, r => r),
    }),
  }
}

function listCodes(knoop: Knoop, waarde: unknown): string[] {
  if (waarde === undefined) return []
  if (knoop.element === 'RetourCodes') return [...(waarde as readonly string[])]
  if (knoop.wikkel)
    return (waarde as readonly unknown[]).flatMap(item =>
      knoop.kinderen.flatMap(kind => listCodes(kind, item)),
    )
  return knoop.kinderen.flatMap(kind => listCodes(kind, (waarde as Record<string, unknown>)[kind.sleutel]))
}

/** Shown elsewhere on the page, or no more than needed to identify someone: only in the file itself. */
const ELDERS: ReadonlySet<string> = new Set([
  ...['Header', 'RetourCodes', 'Bsn', 'Geboortedatum', 'Geslacht', 'Naam'],
  ...['Relaties', 'Contactgegevens', 'Communicatie'],
])

/** Names and values below an element, without what is shown elsewhere; codes by their meaning. */
function outline(knoop: Knoop, waarde: unknown, domein: Domein, boven: string): string[][] {
  if (waarde === undefined || ELDERS.has(knoop.element)) return []
  if (knoop.wikkel) {
    const items = waarde as readonly unknown[]
    return items.flatMap((item, i) =>
      knoop.kinderen.flatMap(kind =>
        outline(kind, item, domein, items.length > 1 ? `${boven}${i + 1}. ` : boven),
      ),
    )
  }
  if (knoop.lees !== undefined)
    return [[`${boven}${elementNaam(knoop.element)}`, leesbaar(domein, knoop, waarde)]]
  return knoop.kinderen.flatMap(kind =>
    outline(kind, (waarde as Record<string, unknown>)[kind.sleutel], domein, boven),
  )
}

function leesbaar(domein: Domein, knoop: Knoop, waarde: unknown): string {
  const tekst = String(waarde)
  if (/Bedrag|Budget|Tarief/.test(knoop.type) && typeof waarde === 'number') return formatEuro(waarde)
  if (isDatum(tekst)) return formatDatumKort(tekst)
  return codeNaam(domein, knoop.type.replace('LDT_', ''), tekst)
}
