import { formatDatumKort } from '../../../platform/dates.ts'
import {
  Alinea,
  Badge,
  type BadgeToon,
  type Kolom,
  Link,
  Onbekend,
  Tabel,
} from '../../../platform/ui/index.ts'
import { BESTEMMINGEN, OPDRACHTSTAPPEN, type Opdrachtstaat } from './rules.ts'
import type { Opdracht } from './store.ts'

const STAATTOON: Readonly<Record<Opdrachtstaat, BadgeToon>> = {
  open: 'waarschuwing',
  opgepakt: 'info',
  klaar: 'succes',
  vervallen: 'neutraal',
}

/** For which part of the product it is, and how it stands: wherever opdrachten are listed. */
export const VOOR: Kolom<Opdracht> = { kop: 'Voor', cel: o => BESTEMMINGEN[o.bestemming].naam }
export const STAND: Kolom<Opdracht> = { kop: 'Stand', heel: true, cel: o => <Standbadge opdracht={o} /> }

export function Standbadge({ opdracht: { staat } }: { opdracht: Pick<Opdracht, 'staat'> }) {
  return <Badge toon={STAATTOON[staat]}>{OPDRACHTSTAPPEN[staat].naam}</Badge>
}

/** The columns of every list of opdrachten. */
export const KOLOMMEN: readonly Kolom<Opdracht>[] = [
  {
    kop: 'Opdracht',
    rijkop: true,
    sorteer: 'wat',
    cel: o => <Link href={`/opdrachten/${o.opdrachtId}`}>{o.wat}</Link>,
  },
  VOOR,
  { kop: 'Eigenaar', sorteer: 'eigenaar', cel: o => o.eigenaarNaam },
  {
    kop: 'Uiterlijk',
    sorteer: 'uiterlijk',
    heel: true,
    cel: o => (o.uiterlijk === null ? <Onbekend /> : formatDatumKort(o.uiterlijk)),
  },
  STAND,
]

/** A short list of opdrachten inside another page. */
export function Opdrachtenlijst({ opdrachten, leeg }: { opdrachten: readonly Opdracht[]; leeg: string }) {
  return (
    <Tabel
      bijschrift="Opdrachten"
      rijen={opdrachten}
      sleutel={o => String(o.opdrachtId)}
      leeg={<Alinea>{leeg}</Alinea>}
      kolommen={KOLOMMEN.map(({ sorteer, ...kolom }) => kolom)}
    />
  )
}
