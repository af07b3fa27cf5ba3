import type { FastifyRequest } from 'fastify'
import { type Datum, formatDatumKort } from '../../../platform/dates.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern } from '../../../platform/http/vraag.ts'
import {
  Badge,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  KnopLink,
  Knoppen,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
} from '../../../platform/ui/index.ts'
import { AARD, naamVan } from '../gegevens/lijst.ts'
import { findLijst } from '../gegevens/store.ts'
import { judgeDpia, type Staat, type Stroom } from './rules.ts'
import { countWegingen, type Filter, listKeuzes, listWegingen, SORTEERBAAR, type Weging } from './store.ts'
import { BESLUIT, grondNaam, isVerlopen, ontvanger, STAAT, VERLOPEN } from './woorden.ts'

const PER_PAGINA = 50
const STANDAARD = { kolom: 'gewijzigd', richting: 'af' } as const
const FILTERS = ['zoek', 'staat', 'domein', 'gemeente', 'dossier']
const STATEN = Object.keys(STAAT) as Staat[]

/** The register of weighings, and the overview for the register of processing. */
export function registerRegister(app: App): void {
  const config = { recht: 'uitwisseling.lezen' } as const
  const schema = { hide: true }

  app.get('/uitwisselingen', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { vraag, filter, sortering } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const deel = { aantal: PER_PAGINA, vanaf: (pagina - 1) * PER_PAGINA }
    const { rijen, totaal, keuzes, lijst } = await ctx.read(async db => ({
      rijen: await listWegingen(db, filter, sortering, deel),
      totaal: await countWegingen(db, filter),
      keuzes: await listKeuzes(db),
      lijst: await findLijst(db),
    }))
    const mag = ctx.wie.rechten.has('uitwisseling.opstellen') && lijst !== undefined
    const nieuw = (
      <KnopLink href="/uitwisselingen/nieuw" soort="hoofd">
        Nieuwe weging
      </KnopLink>
    )
    return sendPagina(request, reply, {
      titel: 'Gegevensuitwisseling',
      inleiding: `${totaal === 1 ? '1 weging' : `${formatGetal(totaal)} wegingen`}: welke gegevens wie voor welk doel mag zien. Wat hier niet staat, mag niet.`,
      acties: (
        <Knoppen>
          {mag ? nieuw : null}
          <KnopLink href="/uitwisselingen/vraag">Mag dit?</KnopLink>
          <KnopLink href="/uitwisselingen/gegevens">Gegevens en gronden</KnopLink>
        </Knoppen>
      ),
      children: (
        <Lijstdeel
          adres={request.url}
          naam="wegingen"
          filters={FILTERS}
          velden={
            <>
              <Filterzoek waarde={vraag.zoek} hulp="Activiteit, doel of dossier" />
              <Filterkeuze
                naam="staat"
                label="Stand"
                leeg="Niet vervangen"
                waarde={vraag.staat}
                opties={STATEN.map(waarde => ({ waarde, naam: STAAT[waarde].naam }))}
              />
              <Filterkeuze
                naam="domein"
                label="Gegevens uit"
                waarde={vraag.domein}
                opties={(lijst?.inhoud.domeinen ?? []).map(d => ({ waarde: d.code, naam: d.naam }))}
              />
              <Filterkeuze
                naam="gemeente"
                label="Geldt voor"
                waarde={vraag.gemeente}
                opties={[{ waarde: 'regio', naam: 'De hele regio' }, ...keuzes.gemeenten]}
              />
            </>
          }
          kolommen={columns(ctx.vandaag)}
          rijen={rijen}
          sleutel={w => String(w.wegingId)}
          sortering={sortering}
          pagina={pagina}
          perPagina={PER_PAGINA}
          totaal={totaal}
          exportPad="/uitwisselingen/export"
          leeg={
            lijst === undefined ? (
              <LegeStaat
                kop="Er is nog geen lijst met gegevens en gronden"
                stap={<KnopLink href="/uitwisselingen/gegevens">Naar gegevens en gronden</KnopLink>}
              >
                De privacy officer laadt de lijst. Daarna kan de eerste weging worden gemaakt.
              </LegeStaat>
            ) : (
              <LegeStaat kop="Er is nog niets gewogen" {...(mag ? { stap: nieuw } : {})}>
                Zonder weging mag er niets worden uitgewisseld. Een beleidsadviseur maakt de eerste.
              </LegeStaat>
            )
          }
        />
      ),
    })
  })

  app.get('/uitwisselingen/export', { config, schema }, async (request, reply) => {
    const { filter, sortering } = readSelectie(request)
    const wegingen = await request.ctx.read(db =>
      listWegingen(db, filter, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    const rijen = wegingen.flatMap<Exportrij>(w =>
      w.inhoud.stromen.length === 0
        ? [{ w, stroom: undefined }]
        : w.inhoud.stromen.map(stroom => ({ w, stroom })),
    )
    return sendExport(reply, `verwerkingsregister-${request.ctx.vandaag}`, EXPORT, rijen)
  })
}

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const filter: Filter = {
    zoek: likePattern(vraag.zoek),
    staat: lees.keuze('staat', STATEN),
    domein: lees.code('domein', /^[a-z0-9-]{1,40}$/),
    gemeente: lees.code('gemeente', /^(\d{4}|regio)$/),
    dossier: lees.getal('dossier'),
  }
  return { vraag, filter, sortering: lees.sortering(SORTEERBAAR, STANDAARD) }
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
        <Badge toon={BESLUIT[w.besluit].toon}>{BESLUIT[w.besluit].kort}</Badge>
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

interface Exportrij {
  w: Weging
  stroom: Stroom | undefined
}

function dpia({ lijst, inhoud }: Weging): string {
  const { nodig, open } = judgeDpia(lijst, inhoud.dpia)
  return nodig ? 'Nodig' : open > 0 ? 'Nog niet te zeggen' : 'Niet nodig'
}

/** One row per flow, with what AVG art. 30 asks of a register. */
const EXPORT: readonly Exportkolom<Exportrij>[] = [
  { kop: 'Verwerking', waarde: ({ w }) => w.activiteit },
  { kop: 'Versie', soort: 'getal', waarde: ({ w }) => w.nummer },
  { kop: 'Verwerkingsverantwoordelijke', waarde: ({ w }) => w.gemeenteNaam ?? 'Elke gemeente van de regio' },
  { kop: 'Doel', waarde: ({ w }) => `${naamVan(w.lijst.doelen, w.doel)}: ${w.inhoud.doelTekst}` },
  { kop: 'Categorieën betrokkenen', waarde: ({ w }) => w.inhoud.betrokkenen },
  {
    kop: 'Categorieën persoonsgegevens',
    waarde: ({ w, stroom }) =>
      (stroom?.gegevens ?? [])
        .map(({ code }) => {
          const gegeven = w.lijst.gegevens.find(g => g.code === code)
          return `${gegeven?.naam ?? code} (${AARD[gegeven?.aard ?? 'gewoon']})`
        })
        .join('; '),
  },
  {
    kop: 'Verstrekker',
    waarde: ({ w, stroom }) =>
      stroom === undefined ? '' : `${naamVan(w.lijst.domeinen, stroom.vanDomein)}: ${stroom.vanRol}`,
  },
  {
    kop: 'Categorieën ontvangers',
    waarde: ({ stroom }) => (stroom === undefined ? '' : ontvanger(stroom)),
  },
  {
    kop: 'Grondslag',
    waarde: ({ w, stroom }) => (stroom === undefined ? '' : grondNaam(w.lijst, stroom.grond)),
  },
  {
    kop: 'Doorgifte buiten de EER',
    waarde: ({ w }) => (w.inhoud.doorgifte === '' ? 'Geen' : w.inhoud.doorgifte),
  },
  { kop: 'Bewaartermijn (maanden)', soort: 'getal', waarde: ({ stroom }) => stroom?.bewaarMaanden ?? null },
  { kop: 'Grond voor de bewaartermijn', waarde: ({ stroom }) => stroom?.bewaargrond ?? '' },
  { kop: 'Beveiliging', waarde: ({ w }) => w.inhoud.beveiliging },
  {
    kop: 'DPIA',
    waarde: ({ w }) => `${dpia(w)}${w.inhoud.dpiaVerwijzing === '' ? '' : `: ${w.inhoud.dpiaVerwijzing}`}`,
  },
  { kop: 'Stand', waarde: ({ w }) => STAAT[w.staat].naam },
  { kop: 'Besluit', waarde: ({ w }) => (w.besluit === null ? '' : BESLUIT[w.besluit].naam) },
  { kop: 'Voorwaarden', waarde: ({ w }) => w.voorwaarden ?? '' },
  { kop: 'Eerste dag', soort: 'datum', waarde: ({ w }) => w.geldigVanaf },
  { kop: 'Laatste dag', soort: 'datum', waarde: ({ w }) => w.geldigTot },
]
