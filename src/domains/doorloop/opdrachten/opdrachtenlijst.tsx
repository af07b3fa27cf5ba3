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

export const STAATTOON: Readonly<Record<Opdrachtstaat, BadgeToon>> = {
  open: 'waarschuwing',
  opgepakt: 'info',
  klaar: 'succes',
  vervallen: 'neutraal',
}

/** The columns of every list of opdrachten. */
export const KOLOMMEN: readonly Kolom<Opdracht>[] = [
  {
    kop: 'Opdracht',
    rijkop: true,
    sorteer: 'wat',
    cel: o => <Link href={`/opdrachten/${o.opdrachtId}`}>{o.wat}</Link>,
  },
  { kop: 'Voor', cel: o => BESTEMMINGEN[o.bestemming].naam },
  { kop: 'Eigenaar', sorteer: 'eigenaar', cel: o => o.eigenaar },
  {
    kop: 'Uiterlijk',
    sorteer: 'uiterlijk',
    heel: true,
    cel: o => (o.uiterlijk === null ? <Onbekend /> : formatDatumKort(o.uiterlijk)),
  },
  {
    kop: 'Stand',
    heel: true,
    cel: o => <Badge toon={STAATTOON[o.staat]}>{OPDRACHTSTAPPEN[o.staat].naam}</Badge>,
  },
]

/** A short list of opdrachten inside another page. */
export function Opdrachtenlijst({ opdrachten, leeg }: { opdrachten: readonly Opdracht[]; leeg: string }) {
  return (
    <Tabel
      bijschrift="Opdrachten"
      bijschriftVerborgen
      rijen={opdrachten}
      sleutel={o => String(o.opdrachtId)}
      leeg={<Alinea>{leeg}</Alinea>}
      kolommen={KOLOMMEN.map(({ sorteer, ...kolom }) => kolom)}
    />
  )
}
