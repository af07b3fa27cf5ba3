import {
  antwoord,
  describeRegels,
  eerste,
  fout,
  type Geval,
  goed,
} from '../../../../test/support/inhoudsregels.ts'
import type { Bericht325 } from '../model/bericht.ts'
import { listInhoudsregels } from './toetsen.ts'

const periode = (begindatum: string, einddatum: string) => ({ begindatum, einddatum })
const A = '/Bericht/DeclaratieAntwoord'
const A1 = `${A}/Clienten/Client[1]/Prestaties/Prestatie[1]`
type Antwoord = NonNullable<Bericht325['declaratieAntwoord']>
const romp = (b: Bericht325): Antwoord =>
  eerste(b.declaratieAntwoord === undefined ? [] : [b.declaratieAntwoord])
const afgewezen = (b: Bericht325) => eerste(eerste(romp(b).clienten ?? []).prestaties)
const zonderRegels = (b: Bericht325, ingediend: number, toegekend: number, code: string) => {
  const { clienten: _, ...rest } = romp(b)
  b.declaratieAntwoord = {
    ...rest,
    totaalIngediendBedrag: { totaalBedrag: ingediend, debetCredit: 'D' },
    totaalToegekendBedrag: { totaalBedrag: toegekend, debetCredit: 'D' },
    retourCodes: [code],
  }
}

const GEVALLEN_325: readonly Geval<Bericht325>[] = [
  goed('CD060', 'debet zonder vorig nummer', () => {}),
  fout(
    'CD060',
    'debet met vorig nummer',
    b => {
      afgewezen(b).productReferentie.vorigReferentieNummer = 'R9'
    },
    `${A1}/ProductReferentie/VorigReferentieNummer`,
  ),
  goed('CS002', 'bsn dat de elfproef haalt', () => {}),
  fout(
    'CS002',
    'bsn met een verkeerd cijfer',
    b => {
      eerste(romp(b).clienten ?? []).bsn = '123456789'
    },
    `${A}/Clienten/Client[1]/Bsn`,
  ),
  goed('CS325', 'niets toegekend als debet', b => {
    romp(b).totaalToegekendBedrag.totaalBedrag = 0
  }),
  fout(
    'CS325',
    'niets toegekend als credit',
    b => {
      romp(b).totaalToegekendBedrag = { totaalBedrag: 0, debetCredit: 'C' }
    },
    `${A}/TotaalToegekendBedrag/DebetCredit`,
  ),
  goed('TR101', 'elke regel één keer', () => {}),
  fout(
    'TR101',
    'twee keer dezelfde regel',
    b => {
      eerste(romp(b).clienten ?? []).prestaties.push(afgewezen(b))
    },
    `${A}/Clienten/Client[1]/Prestaties/Prestatie[2]`,
  ),
  goed('TR134', 'begonnen op de dagtekening', b => {
    afgewezen(b).productPeriode = periode('2025-05-06', '2025-05-06')
  }),
  fout(
    'TR134',
    'begonnen na de dagtekening',
    b => {
      afgewezen(b).productPeriode = periode('2025-05-07', '2025-05-31')
    },
    `${A1}/ProductPeriode/Begindatum`,
  ),
  goed('TR137', 'geëindigd op de dagtekening', b => {
    afgewezen(b).productPeriode = periode('2025-05-01', '2025-05-06')
  }),
  fout(
    'TR137',
    'geëindigd na de dagtekening',
    b => {
      afgewezen(b).productPeriode = periode('2025-05-01', '2025-05-07')
    },
    `${A1}/ProductPeriode/Einddatum`,
  ),
  goed('TR342', 'het verschil is de som van de afgewezen regels', () => {}),
  goed('TR342', 'alles toegekend zonder regels', b => zonderRegels(b, 8000, 8000, '8001')),
  goed('TR342', 'hele declaratie afgekeurd, niets toegekend', b => zonderRegels(b, 8000, 0, '9333')),
  fout(
    'TR342',
    'hele declaratie afgekeurd, toch toegekend',
    b => zonderRegels(b, 8000, 100, '9333'),
    `${A}/TotaalToegekendBedrag`,
  ),
  fout(
    'TR342',
    'een cent te veel toegekend',
    b => {
      romp(b).totaalToegekendBedrag.totaalBedrag = 3001
    },
    A,
  ),
]

describeRegels('regels van de 325', antwoord, GEVALLEN_325, listInhoudsregels(325))
