import { formatDatum } from '../../../platform/dates.ts'
import {
  Alinea,
  Badge,
  formatMoment,
  KnopLink,
  Kop,
  Link,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import { Beletsels } from '../../doorloop/index.ts'
import type { Beletsel } from '../../doorloop/rules.ts'
import { BESLUITEN, ORGANEN } from './rules.ts'
import type { Besluit, Bewaardblad } from './store.ts'

/** What has to happen before the run can be laid before college and raad. */
export function Blokkades({
  blokkades,
  pad,
  mag,
}: {
  blokkades: readonly Beletsel[]
  pad: string
  mag: boolean
}) {
  if (blokkades.length === 0)
    return (
      <Melding soort="succes" kop="De doorloop kan worden voorgelegd">
        {mag ? <KnopLink href={`${pad}/stap/leg-voor`}>Leg voor aan college en raad</KnopLink> : null}
      </Melding>
    )
  return <Beletsels kop="De doorloop kan nog niet worden voorgelegd" beletsels={blokkades} pad={pad} />
}

/** What was decided, and the sheets that lay before. */
export function Besluiten({
  besluiten,
  bladen,
  pad,
}: {
  besluiten: readonly Besluit[]
  bladen: readonly Bewaardblad[]
  pad: string
}) {
  return (
    <>
      <Kop niveau={2}>Besluiten</Kop>
      <Tabel
        bijschrift="Besluiten van college en raad"
        rijen={besluiten}
        sleutel={b => String(b.besluitId)}
        leeg={<Alinea>Er is nog geen besluit.</Alinea>}
        kolommen={[
          {
            kop: 'Wie',
            rijkop: true,
            cel: b => `${ORGANEN[b.orgaan]}${b.gemeenteNaam === null ? '' : ` ${b.gemeenteNaam}`}`,
          },
          { kop: 'Datum', heel: true, cel: b => formatDatum(b.datum) },
          {
            kop: 'Besluit',
            cel: b => (
              <Badge toon={b.uitkomst.startsWith('vastgesteld') ? 'succes' : 'waarschuwing'}>
                {BESLUITEN[b.uitkomst]}
              </Badge>
            ),
          },
          { kop: 'Over', cel: b => <Link href={`${pad}/blad?blad=${b.blad}`}>Blad {b.blad}</Link> },
          { kop: 'Kenmerk', cel: b => b.kenmerk },
          { kop: 'Toelichting', cel: b => b.toelichting },
        ]}
      />
      {bladen.length === 0 ? null : (
        <Alinea maat="klein">
          Voorgelegd:{' '}
          {bladen.map((b, i) => (
            <span key={b.nummer}>
              {i === 0 ? '' : ', '}
              <Link href={`${pad}/blad?blad=${b.nummer}`}>blad {b.nummer}</Link> op {formatMoment(b.op)}
              {b.door === null ? '' : ` door ${b.door}`}
            </span>
          ))}
          .
        </Alinea>
      )}
    </>
  )
}
