import { dateInNederland, formatDatumKort, formatMaand } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import { type Filtervelden, SLEUTEL } from '../../../platform/http/lijstfilters.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formatEuro } from '../../../platform/money.ts'
import { Badge, formatGetal, KnopLink, type Kolom, LegeStaat, Link } from '../../../platform/ui/index.ts'
import { WETNAAM, WETTEN } from '../../contracten/index.ts'
import { declaratiePad } from '../adres.ts'
import { DECLARATIES, type Declaratieregel, type Lijstregel, listKeuzes, type Som } from './store.ts'
import { UITKOMST, type Uitkomst, uitkomstVan } from './uitkomst.ts'

const UITKOMSTEN = Object.keys(UITKOMST) as Uitkomst[]

/** The list of declaraties that someone may see, and the same list as a file. */
export function registerDeclaratiesPages(app: App): void {
  lijst(app, '/declaraties', {
    recht: 'declaraties.lezen',
    inwoners: ['toewijzing'],
    naam: 'declaraties',
    bron: DECLARATIES,
    orde: { kolom: 'ontvangen', richting: 'af' },
    feiten: async (db, { ctx }) => ({
      ...(await listKeuzes(db, ctx.wie.scope)),
      isAanbieder: ctx.wie.scope.aanbieder !== null,
    }),
    filters: filtersVan,
    sleutel: rij => `${rij.gemeente}.${rij.declaratieId}`,
    kolommen: ({ gemeenten, isAanbieder }) => columns(gemeenten.length > 1, isAanbieder),
    bestand: () => EXPORT,
    blad: ({ ctx: { wie } }, { som, filter }) => ({
      titel: 'Declaraties',
      inleiding: intro(som, filter),
      acties: wie.rechten.has('samenloop.lezen') ? (
        <KnopLink href="/declaraties/samenloop">Dubbel gedeclareerd</KnopLink>
      ) : undefined,
      leeg: (
        <LegeStaat
          kop="Er zijn nog geen declaraties"
          stap={
            wie.rechten.has('berichten.aanleveren') ? (
              <KnopLink href="/berichten/aanleveren">Lever een declaratie aan</KnopLink>
            ) : undefined
          }
        >
          Een declaratie komt hier te staan zodra het declaratiebericht (323) is verwerkt.
        </LegeStaat>
      ),
    }),
  })
}

/** How the list is filtered; a choice of one is none. */
function filtersVan({
  gemeenten,
  aanbieders,
  isAanbieder,
}: Awaited<ReturnType<typeof listKeuzes>> & { isAanbieder: boolean }): Filtervelden {
  return {
    zoek: {
      soort: 'zoek',
      hulp: isAanbieder ? 'Declaratienummer' : 'Declaratienummer, AGB-code of naam van de aanbieder',
    },
    uitkomst: {
      soort: 'keuze',
      label: 'Uitkomst',
      opties: UITKOMSTEN.map(waarde => ({ waarde, naam: UITKOMST[waarde].naam })),
    },
    maand: { soort: 'maand', label: 'Maand' },
    wet: { soort: 'keuze', label: 'Wet', opties: WETTEN },
    gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten, verborgen: gemeenten.length < 2 },
    aanbieder: { soort: 'keuze', label: 'Aanbieder', opties: aanbieders, verborgen: isAanbieder },
    toewijzing: { soort: 'vast', vorm: SLEUTEL, zeg: () => 'Met regels op één toewijzing' },
    regel: { soort: 'vast', vorm: /^[A-Z]{2}\d{3}$/, zeg: regel => `Met regels geweigerd op ${regel}` },
    sinds: { soort: 'datum', label: 'Ontvangen sinds' },
  }
}

function intro(
  { totaal: aantal, ingediend, toegekend }: Som,
  { toewijzing, regel, sinds }: Record<string, string>,
): string {
  const wat = `${formatGetal(aantal)} ${aantal === 1 ? 'declaratie' : 'declaraties'}`
  const waarop = toewijzing
    ? ' met regels op deze toewijzing'
    : regel
      ? ` met regels geweigerd op ${regel}`
      : ''
  const vanaf = sinds ? `, ontvangen sinds ${formatDatumKort(sinds)}` : ''
  return `${wat}${waarop}${vanaf}: ${formatEuro(ingediend)} ingediend, waarvan ${formatEuro(toegekend)} toegekend.`
}

/** How a declaratie ended, as a badge. */
export function Uitkomstbadge({ rij }: { rij: Pick<Declaratieregel, 'geldt' | 'regels' | 'afgekeurd'> }) {
  const { naam, toon } = UITKOMST[uitkomstVan(rij)]
  return <Badge toon={toon}>{naam}</Badge>
}

function columns(metGemeente: boolean, isAanbieder: boolean): Kolom<Lijstregel>[] {
  const alle: (Kolom<Lijstregel> & { weg?: boolean })[] = [
    {
      kop: 'Declaratie',
      rijkop: true,
      heel: true,
      sorteer: 'nummer',
      cel: rij => (
        <>
          <Link href={declaratiePad(rij)} label={`Declaratie ${rij.nummer}`}>
            {rij.nummer}
          </Link>
          <br />
          <small>{WETNAAM[rij.domein]}</small>
        </>
      ),
    },
    { kop: 'Aanbieder', sorteer: 'aanbieder', weg: isAanbieder, cel: rij => rij.aanbieder },
    { kop: 'Gemeente', sorteer: 'gemeente', weg: !metGemeente, cel: rij => rij.gemeenteNaam },
    { kop: 'Maand', sorteer: 'maand', heel: true, cel: rij => formatMaand(rij.maand) },
    {
      kop: 'Ontvangen',
      sorteer: 'ontvangen',
      heel: true,
      cel: rij => formatDatumKort(dateInNederland(rij.ontvangenOp)),
    },
    { kop: 'Regels', uitlijning: 'rechts', cel: rij => formatGetal(rij.regels) },
    {
      kop: 'Afgekeurd',
      sorteer: 'afgekeurd',
      uitlijning: 'rechts',
      cel: rij => formatGetal(rij.afgekeurd),
    },
    {
      kop: 'Ingediend',
      sorteer: 'ingediend',
      uitlijning: 'rechts',
      heel: true,
      cel: rij => formatEuro(rij.ingediend),
    },
    {
      kop: 'Toegekend',
      sorteer: 'toegekend',
      uitlijning: 'rechts',
      heel: true,
      cel: rij => formatEuro(rij.toegekend),
    },
    { kop: 'Uitkomst', heel: true, cel: rij => <Uitkomstbadge rij={rij} /> },
  ]
  return alle.filter(kolom => kolom.weg !== true).map(({ weg, ...kolom }) => kolom)
}

/** What of a declaratie is open, and what of it is paid, waits or is not paid: nothing stands in two columns. */
const openOf = ({ betaling, betaald, wacht, niet }: Lijstregel) =>
  betaling === null ? null : betaling - betaald - wacht - niet

const EXPORT: readonly Exportkolom<Lijstregel>[] = [
  { kop: 'Declaratienummer', waarde: rij => rij.nummer },
  { kop: 'Wet', waarde: rij => WETNAAM[rij.domein] },
  { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
  { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Maand', soort: 'datum', waarde: rij => rij.maand },
  { kop: 'Dagtekening', soort: 'datum', waarde: rij => rij.dagtekening },
  { kop: 'Regels', soort: 'getal', waarde: rij => rij.regels },
  { kop: 'Regels afgekeurd', soort: 'getal', waarde: rij => rij.afgekeurd },
  { kop: 'Ingediend', soort: 'bedrag', waarde: rij => rij.ingediend },
  { kop: 'Toegekend', soort: 'bedrag', waarde: rij => rij.toegekend },
  { kop: 'Uitkomst', waarde: rij => UITKOMST[uitkomstVan(rij)].naam },
  { kop: 'Te betalen', soort: 'bedrag', waarde: openOf },
  { kop: 'Wacht op beoordeling', soort: 'bedrag', waarde: rij => rij.wacht },
  { kop: 'Wordt niet betaald', soort: 'bedrag', waarde: rij => rij.niet },
  { kop: 'Betaald', soort: 'bedrag', waarde: rij => (rij.betaling === null ? null : rij.betaald) },
  {
    kop: 'Betaald in een eerder systeem',
    soort: 'bedrag',
    waarde: rij => (rij.overgenomen ? rij.toegekend : null),
  },
  // What is not paid falls due on no day.
  {
    kop: 'Vervalt op',
    soort: 'datum',
    waarde: rij => (rij.niet !== 0 && openOf(rij) === 0 && rij.wacht === 0 ? null : rij.vervaltOp),
  },
  { kop: 'Betaald op', soort: 'datum', waarde: rij => rij.betaaldOp },
]
