import {
  describeRegels,
  eerste,
  fout,
  type Geval,
  goed,
  start,
  stop,
} from '../../../../test/support/inhoudsregels.ts'
import type { Bericht305, Bericht307 } from '../model/bericht.ts'
import { listInhoudsregels } from './toetsen.ts'

const C = '/Bericht/Client'
const SP = `${C}/StartProducten/StartProduct[1]`
const GEVALLEN_305: readonly Geval<Bericht305>[] = [
  goed('CS002', 'bsn dat de elfproef haalt', () => {}),
  fout(
    'CS002',
    'bsn met een verkeerd cijfer',
    b => {
      b.client.bsn = '123456789'
    },
    `${C}/Bsn`,
  ),
  goed('CS058', 'verwijderen', b => {
    eerste(b.client.startProducten).statusAanlevering = '3'
  }),
  fout(
    'CS058',
    'gewijzigd',
    b => {
      eerste(b.client.startProducten).statusAanlevering = '2'
    },
    `${SP}/StatusAanlevering`,
  ),
  fout(
    'CS058',
    'ongewijzigd',
    b => {
      eerste(b.client.startProducten).statusAanlevering = '9'
    },
    `${SP}/StatusAanlevering`,
  ),
  goed('CS139', 'onbekende maand op 1 januari', b => {
    b.client.geboortedatum = { datum: '2010-01-01', datumGebruik: '2' }
  }),
  fout(
    'CS139',
    'onbekende dag op de tweede',
    b => {
      b.client.geboortedatum = { datum: '2010-05-02', datumGebruik: '1' }
    },
    `${C}/Geboortedatum/DatumGebruik`,
  ),
  goed('TR002', 'precies 120 jaar oud', b => {
    b.client.geboortedatum.datum = '1905-05-06'
  }),
  fout(
    'TR002',
    '1 januari 1900 zonder datumgebruik',
    b => {
      b.client.geboortedatum.datum = '1900-01-01'
    },
    `${C}/Geboortedatum/Datum`,
  ),
  goed('TR101', 'een andere begindatum', b => {
    b.client.startProducten.push({ ...eerste(b.client.startProducten), begindatum: '2025-05-02' })
  }),
  goed('TR101', 'een andere productcode', b => {
    b.client.startProducten.push({ ...eerste(b.client.startProducten), product: { categorie: '45' } })
  }),
  fout(
    'TR101',
    'dezelfde sleutel met een andere status',
    b => {
      b.client.startProducten.push({ ...eerste(b.client.startProducten), statusAanlevering: '3' })
    },
    `${C}/StartProducten/StartProduct[2]`,
  ),
  goed('TR134', 'begonnen op de dagtekening', b => {
    eerste(b.client.startProducten).begindatum = '2025-05-06'
  }),
  fout(
    'TR134',
    'begonnen na de dagtekening',
    b => {
      eerste(b.client.startProducten).begindatum = '2025-05-07'
    },
    `${SP}/Begindatum`,
  ),
]

const ST = `${C}/StopProducten/StopProduct[1]`
const GEVALLEN_307: readonly Geval<Bericht307>[] = [
  goed('CS002', 'bsn dat de elfproef haalt', () => {}),
  fout(
    'CS002',
    'bsn met een verkeerd cijfer',
    b => {
      b.client.bsn = '123456789'
    },
    `${C}/Bsn`,
  ),
  goed('CS058', 'verwijderen', b => {
    eerste(b.client.stopProducten).statusAanlevering = '3'
  }),
  fout(
    'CS058',
    'gewijzigd',
    b => {
      eerste(b.client.stopProducten).statusAanlevering = '2'
    },
    `${ST}/StatusAanlevering`,
  ),
  goed('CS139', 'onbekende dag op de eerste', b => {
    b.client.geboortedatum = { datum: '2010-05-01', datumGebruik: '1' }
  }),
  fout(
    'CS139',
    'onbekende dag op de tweede',
    b => {
      b.client.geboortedatum = { datum: '2010-05-02', datumGebruik: '1' }
    },
    `${C}/Geboortedatum/DatumGebruik`,
  ),
  goed('TR002', 'precies 120 jaar oud', b => {
    b.client.geboortedatum.datum = '1905-05-06'
  }),
  fout(
    'TR002',
    'ouder dan 120 jaar',
    b => {
      b.client.geboortedatum.datum = '1905-05-05'
    },
    `${C}/Geboortedatum/Datum`,
  ),
  goed('TR018', 'gestopt op de begindatum', b => {
    eerste(b.client.stopProducten).einddatum = '2025-05-01'
  }),
  fout(
    'TR018',
    'gestopt voor de begindatum',
    b => {
      eerste(b.client.stopProducten).einddatum = '2025-04-30'
    },
    `${ST}/Einddatum`,
  ),
  goed('TR101', 'een andere reden', b => {
    b.client.stopProducten.push({ ...eerste(b.client.stopProducten), redenBeeindiging: '20' })
  }),
  fout(
    'TR101',
    'dezelfde sleutel',
    b => {
      b.client.stopProducten.push({ ...eerste(b.client.stopProducten), statusAanlevering: '3' })
    },
    `${C}/StopProducten/StopProduct[2]`,
  ),
  goed('TR134', 'gestopt op de dagtekening', b => {
    eerste(b.client.stopProducten).einddatum = '2025-05-06'
  }),
  fout(
    'TR134',
    'gestopt na de dagtekening',
    b => {
      eerste(b.client.stopProducten).einddatum = '2025-05-07'
    },
    `${ST}/Einddatum`,
  ),
]

describeRegels('regels van de 305', start, GEVALLEN_305, listInhoudsregels(305))
describeRegels('regels van de 307', stop, GEVALLEN_307, listInhoudsregels(307))
