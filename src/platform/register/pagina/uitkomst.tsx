import {
  Badge,
  Beschrijvingslijst,
  formatGetal,
  formatMoment,
  Inklap,
  Kop,
  Lijst,
  Link,
  Melding,
  Tabel,
} from '../../ui/index.ts'
import { hasChanges, type Invoer, type Staat, type Uitkomst, type Voorbeeld } from '../invoer/invoer.ts'
import type { LetOp } from '../letop.ts'
import { sayRaakt } from '../raakt.ts'
import { groupFouten } from './fouten.ts'

const STAAT: Readonly<Record<Staat, { naam: string; toon: 'info' | 'succes' | 'neutraal' }>> = {
  beproefd: { naam: 'nog niet verwerkt', toon: 'info' },
  verwerkt: { naam: 'verwerkt', toon: 'succes' },
  teruggenomen: { naam: 'teruggenomen', toon: 'neutraal' },
}

export function Staatbadge({ invoer: { staat, uitkomst } }: { invoer: Invoer }) {
  if (staat === 'beproefd' && uitkomst.aantalFouten > 0) return <Badge toon="fout">met fouten</Badge>
  if (staat === 'beproefd' && !hasChanges(uitkomst)) return <Badge toon="neutraal">verandert niets</Badge>
  return <Badge toon={STAAT[staat].toon}>{STAAT[staat].naam}</Badge>
}

/** How many faults, in one sentence: 'Er zijn 3 fouten.' */
export const faultsOf = (aantal: number) =>
  `Er ${aantal === 1 ? 'is 1 fout' : `zijn ${formatGetal(aantal)} fouten`}.`

/** What this file did or would do, in one sentence. */
export function sentenceOf({ staat, uitkomst: u }: Pick<Invoer, 'staat' | 'uitkomst'>): string {
  if (staat === 'beproefd' && u.aantalFouten > 0)
    return `${faultsOf(u.aantalFouten)} Verbeter het bestand en kies het opnieuw; er is niets veranderd.`
  const delen = [
    [u.nieuw, 'nieuw'],
    [u.gewijzigd, 'gewijzigd'],
    [u.afgesloten, 'afgesloten omdat iets anders begint'],
  ] as const
  const wat = delen.filter(([n]) => n > 0).map(([n, naam]) => `${formatGetal(n)} ${naam}`)
  const soorten = (u.perSoort ?? []).map(({ soort, aantal }) => `${formatGetal(aantal)} ${soort}`)
  const gelijk =
    u.gelijk === 0 ? '' : ` ${formatGetal(u.gelijk)} ${u.gelijk === 1 ? 'staat' : 'staan'} er al zo.`
  const zin = wat.length === 0 ? 'Dit bestand verandert niets.' : `${STAATZIN[staat]}: ${wat.join(', ')}.`
  const nieuw = soorten.length < 2 ? '' : ` Nieuw: ${soorten.join(', ')}.`
  return `${zin}${nieuw}${gelijk}${sayDubbel(u)}`
}

const sayDubbel = ({ dubbel = 0 }: Uitkomst) =>
  dubbel === 0
    ? ''
    : ` ${dubbel === 1 ? '1 rij staat' : `${formatGetal(dubbel)} rijen staan`} er dubbel in; die ${dubbel === 1 ? 'telt' : 'tellen'} één keer.`

const VERANDERING: Readonly<Record<Staat, string>> = {
  beproefd: 'Wat er verandert',
  verwerkt: 'Wat er is veranderd',
  teruggenomen: 'Wat er was veranderd',
}

const STAATZIN: Readonly<Record<Staat, string>> = {
  beproefd: 'Dit zou het doen',
  verwerkt: 'Dit is gedaan',
  teruggenomen: 'Dit was gedaan en is teruggenomen',
}

/** What a file would do or did: what is wrong with it, what changes, and who chose it when. */
export function Uitkomstblad({ invoer, pad }: { invoer: Invoer; pad: string }) {
  const { uitkomst: u } = invoer
  return (
    <>
      <Uitkomstdelen invoer={invoer} />
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
          ...(invoer.teruggenomenOp === null
            ? []
            : [
                {
                  naam: 'Teruggenomen',
                  waarde: `${formatMoment(invoer.teruggenomenOp)}, ${invoer.teruggenomenDoor ?? 'de beheerder van de server'}`,
                },
              ]),
        ]}
      />
    </>
  )
}

/** Columns that nobody reads: what stands in them is lost, so it is said above the button that does it. */
export function Ongelezen({ invoer: { uitkomst, bestandsnaam } }: { invoer: Invoer }) {
  const { onbekend } = uitkomst
  if (onbekend.length === 0) return null
  return (
    <Melding
      soort="waarschuwing"
      kop={`Let op: ${onbekend.length === 1 ? 'een kolom wordt' : `${formatGetal(onbekend.length)} kolommen worden`} niet gelezen`}
    >
      <p>{`In ${bestandsnaam} staat ${onbekend.map(kop => `‘${kop}’`).join(', ')}. Zo heet hier geen kolom, dus wat erin staat komt er niet in. Hoort het er wel in? Geef de kolom de naam uit het lege bestand.`}</p>
    </Melding>
  )
}

interface Delen {
  invoer: Invoer
  /** Beside other files: without headings, and with so many changes at most, folded. */
  kort?: number
}

/** What is wrong with a file, or what it changes. */
export function Uitkomstdelen({ invoer, kort }: Delen) {
  const { uitkomst: u, bestandsnaam: naam } = invoer
  const gedaan = invoer.staat !== 'beproefd'
  const kop = VERANDERING[invoer.staat]
  const wijzigingen =
    u.aantalFouten > 0 || u.voorbeelden.length === 0 ? null : (
      <Wijzigingen naam={naam} uitkomst={u} kop={kop} voorbeelden={u.voorbeelden.slice(0, kort)} />
    )
  const heel = kort === undefined
  return (
    <>
      {u.overgeslagen === undefined || u.overgeslagen.aantal === 0 ? null : (
        <Overgeslagen overgeslagen={u.overgeslagen} gedaan={gedaan} />
      )}
      {u.raakt === undefined || u.aantalFouten > 0 ? null : <Geraakt raakt={u.raakt} staat={invoer.staat} />}
      {u.letOp === undefined ? null : (
        <Letop naam={naam} letOp={u.letOp} heel={heel && u.aantalFouten === 0} />
      )}
      {u.aantalFouten > 0 && heel ? <Kop niveau={2}>Fouten</Kop> : null}
      {u.aantalFouten === 0 ? null : <Fouten naam={naam} uitkomst={u} />}
      {wijzigingen !== null && heel ? <Kop niveau={2}>{kop}</Kop> : null}
      {wijzigingen === null || heel ? wijzigingen : <Inklap kop={kop}>{wijzigingen}</Inklap>}
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

interface Raakdeel {
  raakt: NonNullable<Uitkomst['raakt']>
  staat: Staat
}

/** What leans on the rows that change: how much of each kind. */
function Geraakt({ raakt: { rijen, soorten }, staat }: Raakdeel) {
  const tijd = staat === 'beproefd' ? 'raakt' : 'raakte'
  return (
    <Melding
      soort={staat === 'beproefd' ? 'waarschuwing' : 'info'}
      kop={`Dit ${tijd} wat op ${rowsOf(rijen)} rekent`}
    >
      <Lijst items={soorten.map(sayRaakt)} />
    </Melding>
  )
}

const rowsOf = (aantal: number) => (aantal === 1 ? 'één rij' : `${formatGetal(aantal)} rijen`)

/** What is worth a look in the rows of a file: how often each, and in which rows; folded beside faults, which come first. */
function Letop({
  naam,
  letOp: { rijen, soorten, eerste },
  heel,
}: {
  naam: string
  letOp: LetOp
  heel: boolean
}) {
  const alle = soorten.reduce((som, { aantal }) => som + aantal, 0)
  const tabel = (
    <>
      {alle > eerste.length ? <p>Hieronder staan de eerste {formatGetal(eerste.length)}.</p> : null}
      <Tabel
        bijschrift={`Let op in ${naam}`}
        rijen={eerste}
        sleutel={(_, i) => String(i)}
        kolommen={[
          { kop: 'Rij', rijkop: true, uitlijning: 'rechts', cel: f => f.nummer ?? '' },
          { kop: 'Kolom', cel: f => f.kolom },
          { kop: 'Wat er staat', cel: f => f.waarde || 'niets' },
          { kop: 'Let op', cel: f => f.melding },
          { kop: 'Wat te verwachten is', cel: f => f.verwacht },
        ]}
      />
    </>
  )
  return (
    <>
      <Melding soort="waarschuwing" kop={`Let op bij ${rowsOf(rijen)}`}>
        <p>Dit houdt niets tegen. Kijk of het klopt.</p>
        <Lijst items={soorten.map(({ melding, aantal }) => `${formatGetal(aantal)} keer: ${melding}`)} />
      </Melding>
      {heel ? tabel : <Inklap kop="Bij welke rijen">{tabel}</Inklap>}
    </>
  )
}

interface Deel {
  naam: string
  uitkomst: Uitkomst
}

function Fouten({ naam, uitkomst: u }: Deel) {
  return (
    <>
      {u.aantalFouten > u.fouten.length ? (
        <p>Hieronder staan de eerste {formatGetal(u.fouten.length)}.</p>
      ) : null}
      <Tabel
        bijschrift={`Fouten in ${naam}`}
        rijen={groupFouten(u.fouten)}
        sleutel={(_, i) => String(i)}
        kolommen={[
          { kop: 'Rij', rijkop: true, uitlijning: 'rechts', cel: f => f.rijen },
          { kop: 'Kolom', cel: f => f.kolom },
          { kop: 'Wat er staat', cel: f => f.waarde },
          { kop: 'Wat er mis is', cel: f => f.melding },
          { kop: 'Wat er hoort', cel: f => f.verwacht },
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

function Wijzigingen({
  naam,
  uitkomst: u,
  kop,
  voorbeelden,
}: Deel & { kop: string; voorbeelden: readonly Voorbeeld[] }) {
  // A row that ends because another begins stands on the line of that one.
  const regels = voorbeelden.reduce((som, { volgtOp }) => som + (volgtOp?.eindigt ? 2 : 1), 0)
  const alle = u.nieuw + u.gewijzigd + u.afgesloten
  return (
    <>
      {u.samengevat === undefined ? null : <p>{u.samengevat}</p>}
      {alle > regels ? <p>Hieronder staan de eerste {formatGetal(voorbeelden.length)}.</p> : null}
      <Tabel
        bijschrift={`${kop} met ${naam}`}
        rijen={voorbeelden}
        sleutel={v => v.sleutel}
        kolommen={[
          { kop: 'Wat', rijkop: true, cel: v => v.wat ?? v.sleutel.replaceAll('~', ', ') },
          { kop: 'Hoe', cel: v => howOf(v) },
          {
            kop: 'Verschil',
            cel: v =>
              v.velden.map(veld => <div key={veld.kop}>{differenceOf(veld, v.volgtOp !== undefined)}</div>),
          },
          ...(voorbeelden.some(v => v.raakt !== undefined)
            ? [{ kop: 'Raakt', cel: (v: Voorbeeld) => v.raakt ?? 'niets' }]
            : []),
        ]}
      />
    </>
  )
}

/** 'Nieuw, volgt op 01-01-2025 t/m 31-12-2025'. */
function howOf({ soort, volgtOp }: Voorbeeld): string {
  if (volgtOp === undefined) return SOORT[soort]
  return `${SOORT[soort]}, volgt op ${volgtOp.wanneer}${volgtOp.eindigt ? ' (eindigt daardoor)' : ''}`
}

/** What follows another changes nothing of that: it only was something else. */
function differenceOf({ kop, oud, nieuw, verschil }: Voorbeeld['velden'][number], volgt: boolean): string {
  if (oud === null) return `${kop}: ${nieuw}`
  const hoeveel = verschil === undefined ? '' : ` (${verschil})`
  return volgt
    ? `${kop}: ${nieuw ?? 'leeg'}, was ${oud}${hoeveel}`
    : `${kop}: ${oud} → ${nieuw ?? 'leeg'}${hoeveel}`
}
