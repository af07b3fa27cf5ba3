import { type Datum, formatDatumKort } from '../../../platform/dates.ts'
import { Badge, type BadgeToon, Link, Onbekend } from '../../../platform/ui/index.ts'
import { STAAT, type Verkeerslicht, verkeerslicht } from './rules.ts'
import type { Dossier } from './store.ts'

export const LICHT: Readonly<Record<Verkeerslicht, { naam: string; toon: BadgeToon }>> = {
  verlopen: { naam: 'Verlopen', toon: 'fout' },
  rood: { naam: 'Binnen een half jaar', toon: 'fout' },
  oranje: { naam: 'Binnen een jaar', toon: 'waarschuwing' },
  groen: { naam: 'Loopt door', toon: 'succes' },
  onbekend: { naam: 'Geen einddatum', toon: 'neutraal' },
}

/** Date and light of a dossier: the colour only supports the words. */
export function Afloop({ dossier, vandaag }: { dossier: Pick<Dossier, 'looptAf'>; vandaag: Datum }) {
  const { naam, toon } = LICHT[verkeerslicht(dossier.looptAf, vandaag)]
  return (
    <>
      {dossier.looptAf === null ? null : `${formatDatumKort(dossier.looptAf)} `}
      <Badge toon={toon}>{naam}</Badge>
    </>
  )
}

/** Where the last run of a dossier stands, as a link to it. */
export function Laatstedoorloop({
  dossier,
  volgbaar,
}: {
  dossier: Pick<Dossier, 'naam' | 'doorloopId' | 'doorloopNummer' | 'doorloopStaat' | 'vragenAf'>
  /** False for who may not read working papers. */
  volgbaar: boolean
}) {
  const { doorloopId, doorloopNummer, doorloopStaat, vragenAf } = dossier
  if (doorloopId === null || doorloopStaat === null) return <Onbekend />
  const naam = `Doorloop ${doorloopNummer}`
  return (
    <>
      {volgbaar ? (
        <Link href={`/beleid/doorlopen/${doorloopId}`} label={`${naam} van ${dossier.naam}`}>
          {naam}
        </Link>
      ) : (
        naam
      )}{' '}
      <Badge toon={STAAT[doorloopStaat].toon}>{STAAT[doorloopStaat].naam}</Badge>
      {doorloopStaat === 'loopt' ? (
        <>
          <br />
          <small>{vragenAf === 1 ? '1 vraag af' : `${vragenAf} vragen af`}</small>
        </>
      ) : null}
    </>
  )
}
