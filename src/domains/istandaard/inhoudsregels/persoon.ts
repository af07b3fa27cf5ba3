import { addMonths } from '../../../platform/dates.ts'
import type { Klasse } from '../model/bericht.ts'
import { isDagtekening } from './datums.ts'
import { type Inhoudsregel, inhoudsregel, type Omgeving } from './inhoudsregel.ts'

/** Rules on a person: bsn, date of birth and name. */

const MET_GEBOORTEDATUM = [301, 305, 307] as const

/**
 * True when a bsn of nine digits passes the elfproef: weights 9 down to 2, and -1 for the last.
 * Grondslag: iWmo/iJw 3.2 CS002.
 */
export function isElfproef(bsn: string): boolean {
  let som = 0
  for (let i = 0; i < 9; i += 1) som += (bsn.charCodeAt(i) - 48) * (i === 8 ? -1 : 9 - i)
  return som % 11 === 0
}

const checkBsn = ({ bsn }: { bsn: string }) => (isElfproef(bsn) ? undefined : 'Bsn')

type Geboortedatum = Klasse<'CDT_Geboortedatum'>

function checkOuderdom({ datum, datumGebruik }: Geboortedatum, { dagtekening }: Omgeving) {
  const onbekend = datumGebruik === '3' && datum === '1900-01-01'
  const teOud = () => datum < addMonths(dagtekening, -120 * 12)
  return !onbekend && isDagtekening(dagtekening) && teOud() ? 'Datum' : undefined
}

function checkDatumGebruik({ datum, datumGebruik }: Geboortedatum) {
  const past =
    datumGebruik === '3'
      ? datum === '1900-01-01'
      : datumGebruik === '2'
        ? datum.endsWith('-01-01')
        : datumGebruik === '1'
          ? datum.endsWith('-01')
          : true
  return past ? undefined : 'DatumGebruik'
}

function checkNaamGebruik({ partnernaam, naamGebruik }: Klasse<'CDT_VolledigeNaam'>) {
  const mag = partnernaam === undefined ? ['1', '6'] : ['1', '2', '3', '4']
  return mag.includes(naamGebruik) ? undefined : 'NaamGebruik'
}

export const PERSOONSREGELS: readonly Inhoudsregel[] = [
  inhoudsregel({
    code: 'CS002',
    titel: 'Het bsn voldoet niet aan de elfproef',
    watTeDoen: 'Controleer het bsn bij de bron en vul het juiste in.',
    berichten: [301, 305, 307, 323, 325],
    delen: { Client301: checkBsn, Client305: checkBsn, Client307: checkBsn, Client323: checkBsn },
  }),
  inhoudsregel({
    code: 'TR002',
    titel: 'De geboortedatum ligt meer dan 120 jaar voor de dagtekening',
    watTeDoen:
      'Vul de juiste datum in, of geef met datumgebruik 3 en 1 januari 1900 aan dat de datum onbekend is.',
    berichten: MET_GEBOORTEDATUM,
    delen: { CDT_Geboortedatum: checkOuderdom },
  }),
  inhoudsregel({
    code: 'CS139',
    titel: 'De geboortedatum past niet bij het datumgebruik',
    watTeDoen:
      'Vul voor een onbekende dag de eerste van de maand in, voor een onbekende maand 1 januari en voor een onbekende datum 1 januari 1900.',
    berichten: MET_GEBOORTEDATUM,
    delen: { CDT_Geboortedatum: checkDatumGebruik },
  }),
  inhoudsregel({
    code: 'CS050',
    titel: 'Het naamgebruik past niet bij de naam',
    watTeDoen: 'Kies met een partnernaam 1, 2, 3 of 4; zonder partnernaam 1, of 6 voor een organisatie.',
    berichten: [301],
    delen: { CDT_VolledigeNaam: checkNaamGebruik },
  }),
  inhoudsregel({
    code: 'CS318',
    titel: 'De cliënt staat er als organisatie in',
    watTeDoen: 'Kies voor de cliënt een naamgebruik van een persoon.',
    berichten: [301],
    delen: { Client301: ({ naam }) => (naam.naamGebruik === '6' ? 'Naam/NaamGebruik' : undefined) },
  }),
]
