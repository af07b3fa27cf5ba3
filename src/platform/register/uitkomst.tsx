import {
  Beschrijvingslijst,
  formatGetal,
  formatMoment,
  Kop,
  Lijst,
  Link,
  Melding,
  Tabel,
} from '../ui/index.ts'
import type { Invoer, Uitkomst, Voorbeeld } from './invoer.ts'

/** What a file would do or did: what is wrong with it, what changes, and who chose it when. */
export function Uitkomstblad({ invoer, pad }: { invoer: Invoer; pad: string }) {
  const { uitkomst: u } = invoer
  const gedaan = invoer.staat !== 'beproefd'
  return (
    <>
      {u.onbekend.length === 0 ? null : (
        <Melding soort="waarschuwing" kop="Deze kolommen worden niet gelezen">
          {u.onbekend.join(', ')}
        </Melding>
      )}
      {u.overgeslagen === undefined || u.overgeslagen.aantal === 0 ? null : (
        <Overgeslagen overgeslagen={u.overgeslagen} gedaan={gedaan} />
      )}
      {u.aantalFouten === 0 ? null : <Fouten uitkomst={u} />}
      {u.aantalFouten > 0 || u.voorbeelden.length === 0 ? null : <Wijzigingen uitkomst={u} gedaan={gedaan} />}
      <Beschrijvingslijst
        items={[
          {
            naam: 'Bestand',
            waarde: <Link href={`${pad}/${invoer.invoerId}/bestand`}>{invoer.bestandsnaam}</Link>,
          },
          { naam: 'Rijen', waarde: formatGetal(u.rijen) },
          {
            naam: 'Gekozen',
            waarde: `${formatMoment(invoer.op)}, ${invoer.door ?? 'de beheerder van de server'}`,
          },
          ...(invoer.verwerktOp === null
            ? []
            : [
                {
                  naam: 'Verwerkt',
                  waarde: `${formatMoment(invoer.verwerktOp)}, ${invoer.verwerktDoor ?? 'de beheerder van de server'}`,
                },
              ]),
        ]}
      />
    </>
  )
}

interface Overslag {
  overgeslagen: { aantal: number; redenen: string[] }
  gedaan: boolean
}

function Overgeslagen({ overgeslagen: { aantal, redenen }, gedaan }: Overslag) {
  const [een, meer] = gedaan ? ['is', 'zijn'] : ['wordt', 'worden']
  return (
    <Melding soort="waarschuwing" kop={`${formatGetal(aantal)} ${aantal === 1 ? een : meer} overgeslagen`}>
      <Lijst items={redenen} />
      {aantal > redenen.length ? <p>En nog {formatGetal(aantal - redenen.length)}.</p> : null}
    </Melding>
  )
}

function Fouten({ uitkomst: u }: { uitkomst: Uitkomst }) {
  return (
    <>
      <Kop niveau={2}>Fouten</Kop>
      {u.aantalFouten > u.fouten.length ? (
        <p>Hieronder staan de eerste {formatGetal(u.fouten.length)}.</p>
      ) : null}
      <Tabel
        bijschrift="Fouten in het bestand"
        bijschriftVerborgen
        rijen={u.fouten}
        sleutel={(_, i) => String(i)}
        kolommen={[
          { kop: 'Rij', rijkop: true, uitlijning: 'rechts', cel: f => f.nummer ?? 'kop' },
          { kop: 'Kolom', cel: f => ('kolom' in f ? f.kolom : '') },
          { kop: 'Wat er staat', cel: f => ('waarde' in f ? f.waarde || 'niets' : '') },
          { kop: 'Wat er mis is', cel: f => f.melding },
          { kop: 'Wat er hoort', cel: f => ('verwacht' in f ? f.verwacht : '') },
        ]}
      />
    </>
  )
}

const SOORT: Readonly<Record<Voorbeeld['soort'], string>> = {
  nieuw: 'Nieuw',
  gewijzigd: 'Gewijzigd',
  afgesloten: 'Afgesloten',
}

function Wijzigingen({ uitkomst: u, gedaan }: { uitkomst: Uitkomst; gedaan: boolean }) {
  const kop = gedaan ? 'Wat er is veranderd' : 'Wat er verandert'
  const alle = u.nieuw + u.gewijzigd + u.afgesloten
  return (
    <>
      <Kop niveau={2}>{kop}</Kop>
      {alle > u.voorbeelden.length ? (
        <p>Hieronder staan de eerste {formatGetal(u.voorbeelden.length)}.</p>
      ) : null}
      <Tabel
        bijschrift={kop}
        bijschriftVerborgen
        rijen={u.voorbeelden}
        sleutel={v => v.sleutel}
        kolommen={[
          { kop: 'Wat', rijkop: true, cel: v => v.sleutel.replaceAll('~', ', ') },
          { kop: 'Hoe', cel: v => SOORT[v.soort] },
          {
            kop: 'Verschil',
            cel: v =>
              v.velden.map(({ kop, oud, nieuw }) => <div key={kop}>{differenceOf(kop, oud, nieuw)}</div>),
          },
        ]}
      />
    </>
  )
}

const differenceOf = (kop: string, oud: string | null, nieuw: string | null) =>
  oud === null ? `${kop}: ${nieuw}` : `${kop}: ${oud} → ${nieuw ?? 'leeg'}`
