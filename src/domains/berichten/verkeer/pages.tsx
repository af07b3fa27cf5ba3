import { formatDatumKort } from '../../../platform/dates.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  Alinea,
  Badge,
  formatGetal,
  formatMoment,
  KnopLink,
  type Kolom,
  LegeStaat,
  Link,
  Onbekend,
  type Optie,
} from '../../../platform/ui/index.ts'
import { OVERNEMEN_PAD } from '../adres.ts'
import { redenZin } from '../herkansing/rules.ts'
import {
  DOMEINNAAM,
  isTeLaat,
  ONBEANTWOORD,
  RICHTINGNAAM,
  SOORTNAAM,
  STAAT,
  soortNaam,
  TE_LAAT,
  termijnTekst,
} from './rules.ts'
import { BERICHTEN, type Berichtregel, listKeuzegemeenten, MEESTE_GETELD } from './store.ts'

/** The list of all messages that someone may see, and the same list as a file. */
export function registerVerkeerPages(app: App): void {
  lijst(app, '/berichten', {
    recht: 'berichten.lezen',
    inwoners: [],
    naam: 'berichten',
    bron: BERICHTEN,
    orde: { kolom: 'ontvangen', richting: 'af' },
    feiten: (db, { ctx }) => listKeuzegemeenten(db, ctx.wie.scope),
    filters: gemeenten => ({
      zoek: { soort: 'zoek', label: 'Nummer of aanbieder' },
      richting: { soort: 'keuze', label: 'Richting', opties: names(RICHTINGNAAM) },
      soort: { soort: 'keuze', label: 'Soort', opties: SOORTEN },
      domein: { soort: 'keuze', label: 'Wet', opties: names(DOMEINNAAM) },
      staat: { soort: 'keuze', label: 'Staat', opties: STATEN },
      gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten, verborgen: gemeenten.length < 2 },
      van: { soort: 'datum', label: 'Ontvangen vanaf' },
      tot: { soort: 'datum', label: 'Ontvangen tot en met', nietVoor: 'van' },
    }),
    sleutel: rij => rij.berichtId,
    kolommen: (gemeenten, { ctx }) => columns(ctx, gemeenten.length > 1),
    bestand: () => EXPORT,
    blad: ({ ctx: { wie } }, { som }) => {
      const mag = wie.rechten.has('berichten.aanleveren')
      return {
        titel: 'Berichtenverkeer',
        inleiding: wachtTekst(som),
        acties: mag ? (
          <>
            <KnopLink soort="hoofd" href="/berichten/aanleveren">
              Bericht aanleveren
            </KnopLink>
            {wie.rechten.has('berichten.overnemen') ? (
              <KnopLink href={OVERNEMEN_PAD}>Oude berichten overnemen</KnopLink>
            ) : null}
          </>
        ) : undefined,
        leeg: <Leeg mag={mag} />,
        onder:
          som.totaal === MEESTE_GETELD ? (
            <Alinea>
              Er zijn er meer dan {formatGetal(MEESTE_GETELD)}. Maak de lijst kleiner met een filter.
            </Alinea>
          ) : null,
      }
    },
  })
}

function wachtTekst({ wachtend, teLaat }: { wachtend: number; teLaat: number }): string {
  if (wachtend === 0) return 'Er wacht geen bericht op antwoord.'
  const wacht =
    wachtend === 1
      ? 'Er wacht 1 bericht op antwoord'
      : `Er wachten ${formatGetal(wachtend)} berichten op antwoord`
  return teLaat === 0
    ? `${wacht}, en niets is te laat.`
    : `${wacht}. Daarvan ${teLaat === 1 ? 'is er 1' : `zijn er ${formatGetal(teLaat)}`} te laat.`
}

function Leeg({ mag }: { mag: boolean }) {
  return (
    <LegeStaat
      kop="Er zijn nog geen berichten"
      stap={mag ? <KnopLink href="/berichten/aanleveren">Lever het eerste bericht aan</KnopLink> : undefined}
    >
      Berichten van iWmo en iJw komen hier te staan zodra ze zijn ontvangen.
    </LegeStaat>
  )
}

const names = (namen: Readonly<Record<string, string>>): Optie[] =>
  Object.entries(namen).map(([waarde, naam]) => ({ waarde, naam }))

const SOORTEN = Object.entries(SOORTNAAM).map(([waarde, naam]) => ({ waarde, naam: `${naam} (${waarde})` }))
const STATEN = [
  { waarde: ONBEANTWOORD, naam: 'Nog geen antwoord' },
  { waarde: TE_LAAT, naam: 'Antwoord te laat' },
  ...Object.entries(STAAT).map(([waarde, { naam }]) => ({ waarde, naam })),
]

/** Address of the page of one message. */
export function berichtPad({ gemeente, berichtId }: { gemeente: string; berichtId: string }): string {
  return `/berichten/${gemeente}/${berichtId}`
}

/** The state as people read it; late answers stand out. */
export function Staatbadge({ staat }: { staat: Berichtregel['staat'] }) {
  return <Badge toon={STAAT[staat].toon}>{STAAT[staat].naam}</Badge>
}

function columns({ vandaag }: Ctx, metGemeente: boolean): Kolom<Berichtregel>[] {
  const gemeente: Kolom<Berichtregel> = {
    kop: 'Gemeente',
    sorteer: 'gemeente',
    cel: rij => rij.gemeenteNaam,
  }
  return [
    {
      kop: 'Bericht',
      rijkop: true,
      heel: true,
      sorteer: 'soort',
      cel: rij => (
        <>
          <Link href={berichtPad(rij)} label={`${soortNaam(rij.soort)} ${rij.identificatie}`}>
            {soortNaam(rij.soort)}
          </Link>
          <br />
          <small>
            {rij.soort} · {rij.identificatie}
          </small>
        </>
      ),
    },
    { kop: 'Staat', sorteer: 'staat', heel: true, cel: rij => <Staatbadge staat={rij.staat} /> },
    {
      kop: 'Aanbieder',
      sorteer: 'aanbieder',
      cel: rij => (
        <>
          {rij.aanbieder ?? <Onbekend />}
          <br />
          <small>{rij.agb}</small>
        </>
      ),
    },
    ...(metGemeente ? [gemeente] : []),
    { kop: 'Richting', cel: rij => RICHTINGNAAM[rij.richting] ?? rij.richting },
    { kop: 'Datum', sorteer: 'ontvangen', heel: true, cel: rij => <Moment rij={rij} /> },
    { kop: 'Antwoord', sorteer: 'termijn', heel: true, cel: rij => <Termijn rij={rij} vandaag={vandaag} /> },
    {
      kop: 'Bevindingen',
      sorteer: 'bevindingen',
      uitlijning: 'rechts',
      cel: rij => (rij.bevindingen === 0 ? '0' : formatGetal(rij.bevindingen)),
    },
  ]
}

/** When it came; of one that was taken over, of which day it is. */
function Moment({ rij: { staat, dagtekening, ontvangenOp } }: { rij: Berichtregel }) {
  if (staat !== 'overgenomen' || dagtekening === null) return formatMoment(ontvangenOp)
  return (
    <>
      {formatDatumKort(dagtekening)}
      <br />
      <small>overgenomen {formatMoment(ontvangenOp)}</small>
    </>
  )
}

function Termijn({ rij, vandaag }: { rij: Berichtregel; vandaag: string }) {
  const tekst = termijnTekst(rij, vandaag)
  if (tekst === undefined) return rij.antwoordVoor === null ? 'Niet nodig' : 'Gegeven'
  return isTeLaat(rij.staat, rij.antwoordVoor, vandaag) ? <Badge toon="fout">{tekst}</Badge> : tekst
}

const EXPORT: readonly Exportkolom<Berichtregel>[] = [
  { kop: 'Soort', waarde: rij => rij.soort },
  { kop: 'Omschrijving', waarde: rij => soortNaam(rij.soort) },
  { kop: 'Richting', waarde: rij => RICHTINGNAAM[rij.richting] ?? rij.richting },
  { kop: 'Wet', waarde: rij => DOMEINNAAM[rij.domein] ?? rij.domein },
  { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
  { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Identificatie', waarde: rij => rij.identificatie },
  { kop: 'Dagtekening', soort: 'datum', waarde: rij => rij.dagtekening },
  { kop: 'Ontvangen', waarde: rij => formatMoment(rij.ontvangenOp) },
  { kop: 'Staat', waarde: rij => STAAT[rij.staat].naam },
  { kop: 'Reden', waarde: rij => rij.reden && redenZin(rij.reden) },
  { kop: 'Antwoord uiterlijk', soort: 'datum', waarde: rij => rij.antwoordVoor },
  { kop: 'Regels', soort: 'getal', waarde: rij => rij.regels },
  { kop: 'Bevindingen', soort: 'getal', waarde: rij => rij.bevindingen },
]
