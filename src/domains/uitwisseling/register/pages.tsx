import { type Datum, formatDatumKort } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  Badge,
  formatGetal,
  KnopLink,
  Knoppen,
  type Kolom,
  LegeStaat,
  Link,
} from '../../../platform/ui/index.ts'
import { AARD, naamVan, toOpties } from '../gegevens/lijst.ts'
import { findLijst } from '../gegevens/store.ts'
import { BESLUIT, judgeDpia, type Staat, type Stroom } from './rules.ts'
import { listKeuzes, REGIO, WEGINGEN, type Weging } from './store.ts'
import { BESLUITBADGE, grondNaam, isVerlopen, ontvanger, STAAT, VERLOPEN } from './teksten.ts'

const STATEN = Object.keys(STAAT) as Staat[]

/** The register of weighings, and the overview for the register of processing. */
export function registerRegister(app: App): void {
  lijst(app, '/uitwisselingen', {
    recht: 'uitwisseling.lezen',
    inwoners: null,
    naam: 'wegingen',
    bron: WEGINGEN,
    orde: { kolom: 'gewijzigd', richting: 'af' },
    feiten: async (db, request) => ({
      keuzes: await listKeuzes(db, readFilters(request).getal('dossier')),
      lijst: await findLijst(db),
      vandaag: request.ctx.vandaag,
    }),
    filters: ({ keuzes, lijst }) => ({
      zoek: { soort: 'zoek', hulp: 'Activiteit, doel of dossier' },
      staat: {
        soort: 'keuze',
        label: 'Stand',
        leeg: 'Niet vervangen',
        opties: STATEN.map(waarde => ({ waarde, naam: STAAT[waarde].naam })),
      },
      domein: {
        soort: 'keuze',
        label: 'Gegevens uit',
        opties: toOpties(lijst?.inhoud.domeinen ?? []),
      },
      gemeente: {
        soort: 'keuze',
        label: 'Geldt voor',
        opties: [{ waarde: REGIO, naam: 'De hele regio' }, ...keuzes.gemeenten],
      },
      dossier: { soort: 'keuze', label: 'Beleidsdossier', opties: keuzes.dossiers },
    }),
    sleutel: w => String(w.wegingId),
    kolommen: ({ vandaag }) => columns(vandaag),
    bestandsnaam: ({ ctx }) => `verwerkingsregister-${ctx.vandaag}`,
    bestandsrijen: w =>
      w.inhoud.stromen.length === 0 ? [w] : w.inhoud.stromen.map(stroom => ({ ...w, stroom })),
    bestand: () => EXPORT,
    blad: ({ ctx }, { totaal, feiten }) => {
      const mag = ctx.wie.rechten.has('uitwisseling.opstellen') && feiten.lijst !== undefined
      const nieuw = mag ? (
        <KnopLink href="/uitwisselingen/nieuw" soort="hoofd">
          Nieuwe weging
        </KnopLink>
      ) : undefined
      return {
        titel: 'Gegevensuitwisseling',
        inleiding: `${totaal === 1 ? '1 weging' : `${formatGetal(totaal)} wegingen`}: welke gegevens wie voor welk doel mag zien. Wat hier niet staat, mag niet.`,
        acties: (
          <Knoppen>
            {nieuw}
            <KnopLink href="/uitwisselingen/vraag">Mag dit?</KnopLink>
            <KnopLink href="/uitwisselingen/gegevens">Gegevens en gronden</KnopLink>
          </Knoppen>
        ),
        leeg:
          feiten.lijst === undefined ? (
            <LegeStaat
              kop="Er is nog geen lijst met gegevens en gronden"
              stap={<KnopLink href="/uitwisselingen/gegevens">Naar gegevens en gronden</KnopLink>}
            >
              De privacy officer laadt de lijst. Daarna kan de eerste weging worden gemaakt.
            </LegeStaat>
          ) : (
            <LegeStaat kop="Er is nog niets gewogen" stap={nieuw}>
              Zonder weging mag er niets worden uitgewisseld. Een beleidsadviseur maakt de eerste.
            </LegeStaat>
          ),
      }
    },
  })
}

const uniek = (teksten: readonly string[]) => [...new Set(teksten)].join(', ')

const columns = (vandaag: Datum): Kolom<Weging>[] => [
  {
    kop: 'Activiteit',
    rijkop: true,
    sorteer: 'activiteit',
    cel: w => <Link href={`/uitwisselingen/${w.wegingId}`}>{w.activiteit}</Link>,
  },
  { kop: 'Doel', sorteer: 'doel', cel: w => naamVan(w.lijst.doelen, w.doel) },
  { kop: 'Van', cel: w => uniek(w.inhoud.stromen.map(s => naamVan(w.lijst.domeinen, s.vanDomein))) },
  { kop: 'Naar', cel: w => uniek(w.inhoud.stromen.map(ontvanger)) },
  { kop: 'Geldt voor', cel: w => w.gemeenteNaam ?? 'Regio' },
  {
    kop: 'Stand',
    sorteer: 'staat',
    heel: true,
    cel: w =>
      w.staat === 'besloten' && isVerlopen(w, vandaag) ? (
        <Badge toon={VERLOPEN.toon}>{VERLOPEN.naam}</Badge>
      ) : w.staat === 'besloten' && w.besluit !== null ? (
        <Badge toon={BESLUITBADGE[w.besluit].toon}>{BESLUITBADGE[w.besluit].naam}</Badge>
      ) : (
        <Badge toon={STAAT[w.staat].toon}>{STAAT[w.staat].naam}</Badge>
      ),
  },
  {
    kop: 'Tot en met',
    sorteer: 'geldig',
    heel: true,
    cel: w => (w.geldigTot === null ? 'geen einde' : formatDatumKort(w.geldigTot)),
  },
]

/** A weighing, in the file once for each flow. */
type Wegingrij = Weging & { stroom?: Stroom }

function dpia({ lijst, inhoud }: Weging): string {
  const { nodig, open } = judgeDpia(lijst, inhoud.dpia)
  return nodig ? 'Nodig' : open > 0 ? 'Nog niet te zeggen' : 'Niet nodig'
}

/** One row per flow, with what AVG art. 30 asks of a register. */
const EXPORT: readonly Exportkolom<Wegingrij>[] = [
  { kop: 'Verwerking', waarde: w => w.activiteit },
  { kop: 'Versie', soort: 'getal', waarde: w => w.nummer },
  { kop: 'Verwerkingsverantwoordelijke', waarde: w => w.gemeenteNaam ?? 'Elke gemeente van de regio' },
  { kop: 'Doel', waarde: w => `${naamVan(w.lijst.doelen, w.doel)}: ${w.inhoud.doelTekst}` },
  { kop: 'Categorieën betrokkenen', waarde: w => w.inhoud.betrokkenen },
  {
    kop: 'Categorieën persoonsgegevens',
    waarde: ({ stroom, ...w }) =>
      (stroom?.gegevens ?? [])
        .map(({ code }) => {
          const gegeven = w.lijst.gegevens.find(g => g.code === code)
          return `${gegeven?.naam ?? code} (${AARD[gegeven?.aard ?? 'gewoon']})`
        })
        .join('; '),
  },
  {
    kop: 'Verstrekker',
    waarde: ({ stroom, ...w }) =>
      stroom === undefined ? '' : `${naamVan(w.lijst.domeinen, stroom.vanDomein)}: ${stroom.vanRol}`,
  },
  {
    kop: 'Categorieën ontvangers',
    waarde: ({ stroom }) => (stroom === undefined ? '' : ontvanger(stroom)),
  },
  {
    kop: 'Grondslag',
    waarde: ({ stroom, ...w }) => (stroom === undefined ? '' : grondNaam(w.lijst, stroom.grond)),
  },
  {
    kop: 'Doorgifte buiten de EER',
    waarde: w => (w.inhoud.doorgifte === '' ? 'Geen' : w.inhoud.doorgifte),
  },
  { kop: 'Bewaartermijn (maanden)', soort: 'getal', waarde: ({ stroom }) => stroom?.bewaarMaanden ?? null },
  { kop: 'Grond voor de bewaartermijn', waarde: ({ stroom }) => stroom?.bewaargrond ?? '' },
  { kop: 'Beveiliging', waarde: w => w.inhoud.beveiliging },
  {
    kop: 'DPIA',
    waarde: w => `${dpia(w)}${w.inhoud.dpiaVerwijzing === '' ? '' : `: ${w.inhoud.dpiaVerwijzing}`}`,
  },
  { kop: 'Stand', waarde: w => STAAT[w.staat].naam },
  { kop: 'Besluit', waarde: w => (w.besluit === null ? '' : BESLUIT[w.besluit]) },
  { kop: 'Voorwaarden', waarde: w => w.voorwaarden ?? '' },
  { kop: 'Eerste dag', soort: 'datum', waarde: w => w.geldigVanaf },
  { kop: 'Laatste dag', soort: 'datum', waarde: w => w.geldigTot },
]
