import { formatDatum } from '../../../platform/dates.ts'
import { Alinea, Badge, type BadgeToon, Kaart, Link, Raster } from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { formatVorig, formatWaarde } from '../bereik/meting.tsx'
import { naamVanGemeente } from '../bereik/rules.ts'
import { BEWEGING } from '../doelen/boom.tsx'
import { standVan } from '../doelen/rules.ts'
import type { Bord } from './actions.ts'
import { type Actiestaat, countActies, HEFBOOMNAAM, type Staat } from './rules.ts'
import type { Opgave } from './store.ts'

export const STAATNAAM: Readonly<Record<Staat, { naam: string; toon: BadgeToon }>> = {
  voorgenomen: { naam: 'Voorgenomen', toon: 'info' },
  loopt: { naam: 'Loopt', toon: 'accent' },
  bereikt: { naam: 'Bereikt', toon: 'succes' },
  gestopt: { naam: 'Gestopt', toon: 'neutraal' },
}

export const ACTIETOON: Readonly<Record<Actiestaat, BadgeToon>> = {
  open: 'info',
  klaar: 'succes',
  vervallen: 'neutraal',
}

/** The assignments of one theme as cards. */
export function Themakaarten({
  opgaven,
  bord,
  vandaag,
}: {
  opgaven: readonly Opgave[]
  bord: Pick<Bord, 'bereik' | 'waarden'>
  vandaag: string
}) {
  return (
    <Raster>
      {opgaven.map(opgave => (
        <Kaart
          key={opgave.opgaveId}
          kop={opgave.titel}
          niveau={3}
          href={`/opgaven/${opgave.opgaveId}`}
          naast={<Badge toon={STAATNAAM[opgave.staat].toon}>{STAATNAAM[opgave.staat].naam}</Badge>}
        >
          <Alinea>
            <strong>Naar:</strong> {opgave.naar}
          </Alinea>
          <Alinea>
            <strong>Volgende stap:</strong> {opgave.volgendeStap ?? 'nog niet afgesproken'}
          </Alinea>
          <Meetregel opgave={opgave} bord={bord} />
          <Alinea maat="klein">{actiezin(opgave, vandaag)}</Alinea>
          <Alinea maat="klein">
            {naamVanGemeente(bord.bereik, opgave.gemeente)} ·{' '}
            {opgave.hefbomen.map(h => HEFBOOMNAAM[h]).join(', ')} · Trekker:{' '}
            {opgave.trekkerNaam ?? 'nog niemand'}
          </Alinea>
          {opgave.segmenten.length === 0 ? null : (
            <Alinea maat="klein">Segmenten: {segmentnamen(opgave, bord.bereik.segmenten).join(', ')}</Alinea>
          )}
        </Kaart>
      ))}
    </Raster>
  )
}

/** The indicator of an assignment in one line. */
export function Meetregel({ opgave, bord }: { opgave: Opgave; bord: Pick<Bord, 'waarden'> }) {
  const indicator = indicatorVan(opgave.indicator)
  if (indicator === undefined) return <Alinea maat="klein">Er is nog geen indicator gekozen.</Alinea>
  const gemeten = bord.waarden.get(opgave.opgaveId)
  if (gemeten?.waarde == null)
    return (
      <Alinea>
        {indicator.naam}: {gemeten?.reden ?? 'uw rol ziet hier geen cijfers'}
      </Alinea>
    )
  const { beweging } = standVan({ richting: opgave.richting, streefwaarde: null }, gemeten)
  return (
    <Alinea>
      {indicator.naam}: <strong>{formatWaarde(gemeten.waarde, indicator.eenheid)}</strong>;{' '}
      {formatVorig(gemeten.waarde, gemeten.vorig, indicator.eenheid)}{' '}
      <Badge toon={BEWEGING[beweging].toon}>{BEWEGING[beweging].naam}</Badge>
    </Alinea>
  )
}

function actiezin(opgave: Opgave, vandaag: string): string {
  const { klaar, open, teLaat } = countActies(opgave.acties, vandaag)
  const acties =
    klaar + open === 0
      ? 'Nog geen acties.'
      : `${klaar} van ${klaar + open} acties klaar${teLaat === 0 ? '' : `, ${teLaat} over de datum`}.`
  const laatste =
    opgave.laatste === null
      ? 'Nog geen voortgang verteld.'
      : `Laatste voortgang: ${formatDatum(opgave.laatste)}.`
  return `${acties} ${laatste}`
}

/** Names of the segments that an assignment serves, in the order of the region. */
export function segmentnamen(
  opgave: Opgave,
  segmenten: readonly { segmentId: number; naam: string }[],
): string[] {
  return segmenten.filter(s => opgave.segmenten.includes(String(s.segmentId))).map(s => s.naam)
}

/** Links to the figures of those segments. */
export function Segmentlinks({
  opgave,
  segmenten,
  magCijfers,
}: {
  opgave: Opgave
  segmenten: readonly { segmentId: number; naam: string; code: string }[]
  magCijfers: boolean
}) {
  const eigen = segmenten.filter(s => opgave.segmenten.includes(String(s.segmentId)))
  if (!magCijfers) return <>{eigen.map(s => s.naam).join(', ')}</>
  return (
    <>
      {eigen.map((s, i) => (
        <span key={s.code}>
          {i === 0 ? '' : ', '}
          <Link href={`/cijfers/segmenten/${encodeURIComponent(s.code)}`}>{s.naam}</Link>
        </span>
      ))}
    </>
  )
}
