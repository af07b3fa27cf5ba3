import type { Datum } from '../../../platform/dates.ts'
import type { Bericht, Klasse } from '../model/bericht.ts'
import { BERICHTNUMMERS } from '../model/boom.ts'
import { type Inhoudsregel, inhoudsregel } from './inhoudsregel.ts'

/**
 * What a date can mean. The schema takes any year, also −1 and 5,874,898; no calendar, database or budget does. The
 * standard bounds few of them, so these rules are our own, and their codes say so: SH. Each is wider than any lawful use.
 */
interface Grens {
  readonly van: Datum
  readonly tot: Datum
}

/** Messages under these laws are written since 2015. */
const GESCHREVEN: Grens = { van: '2015-01-01', tot: '2099-12-31' }
const GEBOREN: Grens = { van: '1900-01-01', tot: '2099-12-31' }
/** Help that began under the earlier Wmo may still run. */
const HULP: Grens = { van: '2000-01-01', tot: '2099-12-31' }
/** 9999-12-31 is sent for 'no end', and understood so. */
const EINDE: Grens = { van: '2000-01-01', tot: '9999-12-31' }
const WONEN: Grens = { van: '1900-01-01', tot: '9999-12-31' }

/** As texts: a year of more or fewer than four digits has another length. */
const buiten = ({ van, tot }: Grens, datum: Datum | undefined): boolean =>
  datum !== undefined && (datum.length !== 10 || datum < van || datum > tot)

/** False for a dagtekening that SH001 refuses: no other date can be reckoned from it. */
export const isDagtekening = (datum: Datum): boolean => !buiten(GESCHREVEN, datum)

const tussen = ({ van, tot }: Grens) => `${van.slice(0, 4)} en ${tot.slice(0, 4)}`

/** The name of the first date that lies outside; undefined when none does. */
function eersteBuiten(grens: Grens, datums: Readonly<Record<string, Datum | undefined>>): string | undefined {
  for (const naam in datums) if (buiten(grens, datums[naam])) return naam
  return undefined
}

type Gesloten = Klasse<'CDT_GeslotenPeriode'>
type Open = Klasse<'CDT_OpenPeriode'>

/** Every message has its header; that of a retour has a second date. */
function checkRetour(bericht: Bericht): string | undefined {
  const { header } = bericht
  return 'dagtekeningRetour' in header && buiten(GESCHREVEN, header.dagtekeningRetour)
    ? '/Bericht/Header/DagtekeningRetour'
    : undefined
}

const grens = (opgave: Parameters<typeof inhoudsregel>[0]): Inhoudsregel => ({
  ...inhoudsregel(opgave),
  grond: 'Samenhang: de betekenis van het element in iWmo/iJw 3.2; het schema begrenst geen jaar',
})

export const DATUMREGELS: readonly Inhoudsregel[] = [
  grens({
    code: 'SH001',
    titel: `De dag waarop dit is opgemaakt ligt niet tussen ${tussen(GESCHREVEN)}`,
    watTeDoen: 'Vul de dag in waarop het bericht, de toewijzing of de declaratie is opgemaakt.',
    berichten: BERICHTNUMMERS,
    delen: {
      CDT_BerichtIdentificatie: ({ dagtekening }) =>
        buiten(GESCHREVEN, dagtekening) ? 'Dagtekening' : undefined,
      ToegewezenProduct: ({ toewijzingsdatum }) =>
        buiten(GESCHREVEN, toewijzingsdatum) ? 'Toewijzingsdatum' : undefined,
      Declaratie: ({ declaratieDagtekening }) =>
        buiten(GESCHREVEN, declaratieDagtekening) ? 'DeclaratieDagtekening' : undefined,
    },
    geheel: ({ bericht }, meld) => {
      const pad = checkRetour(bericht)
      if (pad !== undefined) meld(pad)
    },
  }),
  grens({
    code: 'SH002',
    titel: `De geboortedatum ligt niet tussen ${tussen(GEBOREN)}`,
    watTeDoen: 'Vul de geboortedatum uit de Basisregistratie Personen in, of 1900-01-01 als die onbekend is.',
    berichten: BERICHTNUMMERS,
    delen: { CDT_Geboortedatum: ({ datum }) => (buiten(GEBOREN, datum) ? 'Datum' : undefined) },
  }),
  grens({
    code: 'SH003',
    titel: `De dag waarop de hulp begint of de periode waarover die gaat ligt niet tussen ${tussen(HULP)}`,
    watTeDoen: 'Vul de dag in waarop de hulp echt begint, of de maand waarin zij is gegeven.',
    berichten: BERICHTNUMMERS,
    delen: {
      ToegewezenProduct: ({ ingangsdatum }) => (buiten(HULP, ingangsdatum) ? 'Ingangsdatum' : undefined),
      StartProduct: ({ toewijzingIngangsdatum, begindatum }) =>
        eersteBuiten(HULP, { ToewijzingIngangsdatum: toewijzingIngangsdatum, Begindatum: begindatum }),
      StopProduct: ({ toewijzingIngangsdatum, begindatum }) =>
        eersteBuiten(HULP, { ToewijzingIngangsdatum: toewijzingIngangsdatum, Begindatum: begindatum }),
      AangevraagdProduct: ({ beschikkingIngangsdatum, toewijzingIngangsdatum }) =>
        eersteBuiten(HULP, {
          BeschikkingIngangsdatum: beschikkingIngangsdatum,
          ToewijzingIngangsdatum: toewijzingIngangsdatum,
        }),
      TeWijzigenProduct: ({ gewensteIngangsdatum }) =>
        buiten(HULP, gewensteIngangsdatum) ? 'GewensteIngangsdatum' : undefined,
      NieuwProduct: ({ gewensteIngangsdatum }) =>
        buiten(HULP, gewensteIngangsdatum) ? 'GewensteIngangsdatum' : undefined,
      CDT_GeslotenPeriode: ({ begindatum, einddatum }: Gesloten) =>
        buiten(HULP, begindatum) ? 'Begindatum' : buiten(HULP, einddatum) ? 'Einddatum' : undefined,
    },
  }),
  grens({
    code: 'SH004',
    titel: `De dag waarop de hulp eindigt ligt niet tussen ${tussen(EINDE)}`,
    watTeDoen:
      'Vul de laatste dag van de hulp in; laat de einddatum weg, of vul 9999-12-31 in, als er geen einde is.',
    berichten: BERICHTNUMMERS,
    delen: {
      ToegewezenProduct: ({ einddatum }) => (buiten(EINDE, einddatum) ? 'Einddatum' : undefined),
      StopProduct: ({ einddatum }) => (buiten(EINDE, einddatum) ? 'Einddatum' : undefined),
      AangevraagdProduct: ({ toewijzingEinddatum }) =>
        buiten(EINDE, toewijzingEinddatum) ? 'ToewijzingEinddatum' : undefined,
      TeWijzigenProduct: ({ einddatum }) => (buiten(EINDE, einddatum) ? 'Einddatum' : undefined),
      NieuwProduct: ({ einddatum }) => (buiten(EINDE, einddatum) ? 'Einddatum' : undefined),
    },
  }),
  grens({
    code: 'SH005',
    titel: `De periode waarin dit adres geldt ligt niet tussen ${tussen(WONEN)}`,
    watTeDoen: 'Vul in vanaf en tot wanneer dit adres geldt, of laat de periode weg.',
    berichten: BERICHTNUMMERS,
    delen: {
      CDT_OpenPeriode: ({ begindatum, einddatum }: Open) =>
        eersteBuiten(WONEN, { Begindatum: begindatum, Einddatum: einddatum }),
    },
  }),
]

/** True for a rule of ours, that stands beside those of the standard. */
export const isEigenRegel = ({ code }: { code: string }) => code.startsWith('SH')
