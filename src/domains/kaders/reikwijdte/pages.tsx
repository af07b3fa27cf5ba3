import type { FastifyRequest } from 'fastify'
import { formatDatum, formatDatumKort } from '../../../platform/dates.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, numberOrNull, oneOf, readVraag } from '../../../platform/http/vraag.ts'
import {
  Datumveld,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
  parseDatumInvoer,
  parsePagina,
  parseSortering,
} from '../../../platform/ui/index.ts'
import { type Bereik, gemeenteOpties, naamVanGemeente, REGIO } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { Oordeelbadge, oordeelnaam, showReikwijdte, WETNAAM } from './blad.tsx'
import { OORDELEN, WETTEN } from './rules.ts'
import { countReikwijdte, type Filter, listReikwijdte, type Reikwijdte, SORTEERBAAR } from './store.ts'

const PER_PAGINA = 50
const STANDAARD = { kolom: 'wet', richting: 'op' } as const
const FILTERS = ['zoek', 'wet', 'oordeel', 'segment', 'gemeente', 'op']

/** The protocol as it holds on a day, the same as a file, and the page of one subject. */
export function registerReikwijdte(app: App): void {
  const config = { recht: 'beleid.lezen' } as const
  const schema = { hide: true }

  app.get('/reikwijdte', { config, schema }, async (request, reply) => {
    const { vraag, filter, sortering } = readFilter(request)
    const pagina = parsePagina(vraag.pagina)
    const { rijen, totaal, bereik } = await request.ctx.read(async db => ({
      rijen: await listReikwijdte(db, filter, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countReikwijdte(db, filter),
      bereik: await readBereik(db),
    }))
    const mag = request.ctx.wie.rechten.has('beleid.schrijven')
    return sendPagina(request, reply, {
      titel: 'Reikwijdte',
      inleiding: `Wat koopt de gemeente wel en niet in, en wat is gebruikelijke hulp? ${totaal === 1 ? '1 onderwerp geldt' : `${formatGetal(totaal)} onderwerpen gelden`} op ${formatDatum(filter.op)}.`,
      acties: mag ? (
        <KnopLink href="/reikwijdte/nieuw" soort="hoofd">
          Onderwerp toevoegen
        </KnopLink>
      ) : null,
      children: (
        <Lijstdeel
          adres={request.url}
          naam="onderwerpen"
          filters={FILTERS}
          velden={
            <>
              <Filterzoek waarde={vraag.zoek} hulp="Onderwerp, tekst of voorbeeld" />
              <Filterkeuze
                naam="wet"
                label="Wet"
                waarde={vraag.wet}
                opties={WETTEN.map(waarde => ({ waarde, naam: WETNAAM[waarde] }))}
              />
              <Filterkeuze
                naam="oordeel"
                label="Oordeel"
                waarde={vraag.oordeel}
                opties={OORDELEN.map(waarde => ({ waarde, naam: oordeelnaam(waarde) }))}
              />
              <Filterkeuze
                naam="segment"
                label="Segment"
                waarde={vraag.segment}
                opties={bereik.segmenten.map(s => ({ waarde: String(s.segmentId), naam: s.naam }))}
              />
              <Filterkeuze
                naam="gemeente"
                label="Van wie"
                waarde={vraag.gemeente}
                opties={gemeenteOpties(bereik, false)}
              />
              <Datumveld naam="op" label="Geldt op" verplicht={false} waarde={vraag.op ?? ''} />
            </>
          }
          kolommen={columns(bereik, vraag.op)}
          rijen={rijen}
          sleutel={rij => String(rij.reikwijdteId)}
          sortering={sortering}
          pagina={pagina}
          perPagina={PER_PAGINA}
          totaal={totaal}
          exportPad="/reikwijdte/export"
          leeg={
            <LegeStaat
              kop="Er is nog niet vastgelegd wat de gemeente wel en niet inkoopt"
              stap={
                mag ? <KnopLink href="/reikwijdte/nieuw">Leg het eerste onderwerp vast</KnopLink> : undefined
              }
            >
              Begin met wat bij de toegang het vaakst wordt gevraagd.
            </LegeStaat>
          }
        />
      ),
    })
  })

  app.get('/reikwijdte/export', { config, schema }, async (request, reply) => {
    const { vraag, filter, sortering } = readFilter(request)
    const { rijen, bereik } = await request.ctx.read(async db => ({
      rijen: await listReikwijdte(db, filter, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
      bereik: await readBereik(db),
    }))
    const formaat = vraag.formaat === 'xlsx' ? 'xlsx' : 'csv'
    return sendExport(reply, formaat, `reikwijdte-${filter.op}`, exportColumns(bereik), rijen)
  })

  app.get('/reikwijdte/:id', { config, schema }, (request, reply) => showReikwijdte(request, reply))
}

function readFilter(request: FastifyRequest) {
  const vraag = readVraag(request)
  const gemeente = vraag.gemeente ?? ''
  const filter: Filter = {
    op: parseDatumInvoer(vraag.op ?? '') ?? request.ctx.vandaag,
    zoek: likePattern(vraag.zoek),
    wet: oneOf(vraag.wet, WETTEN),
    oordeel: oneOf(vraag.oordeel, OORDELEN),
    segment: numberOrNull(vraag.segment),
    gemeente: gemeente === REGIO ? '' : /^\d{4}$/.test(gemeente) ? gemeente : null,
  }
  return { vraag, filter, sortering: parseSortering(vraag.sorteer, SORTEERBAAR, STANDAARD) }
}

function segmentnamen(rij: Reikwijdte, bereik: Bereik): string {
  return bereik.segmenten
    .filter(s => rij.segmenten.includes(s.segmentId))
    .map(s => s.naam)
    .join(', ')
}

function columns(bereik: Bereik, op: string | undefined): Kolom<Reikwijdte>[] {
  const dag = (op ?? '') === '' ? '' : `?op=${encodeURIComponent(op ?? '')}`
  return [
    {
      kop: 'Onderwerp',
      rijkop: true,
      sorteer: 'onderwerp',
      cel: r => <Link href={`/reikwijdte/${r.reikwijdteId}${dag}`}>{r.onderwerp}</Link>,
    },
    { kop: 'Wet', sorteer: 'wet', cel: r => WETNAAM[r.wet] },
    { kop: 'Oordeel', heel: true, sorteer: 'oordeel', cel: r => <Oordeelbadge oordeel={r.oordeel} /> },
    { kop: 'Wel', cel: r => r.wel ?? '–' },
    { kop: 'Niet', cel: r => r.niet ?? '–' },
    { kop: 'Van', cel: r => naamVanGemeente(bereik, r.gemeente) },
    { kop: 'Geldt vanaf', heel: true, sorteer: 'begin', cel: r => formatDatumKort(r.begin) },
  ]
}

function exportColumns(bereik: Bereik): Exportkolom<Reikwijdte>[] {
  return [
    { kop: 'Van', waarde: r => naamVanGemeente(bereik, r.gemeente) },
    { kop: 'Wet', waarde: r => WETNAAM[r.wet] },
    { kop: 'Onderwerp', waarde: r => r.onderwerp },
    { kop: 'Oordeel', waarde: r => oordeelnaam(r.oordeel) },
    { kop: 'Wel', waarde: r => r.wel },
    { kop: 'Voorbeelden van wel', waarde: r => r.voorbeeldenWel.join('; ') },
    { kop: 'Niet', waarde: r => r.niet },
    { kop: 'Voorbeelden van niet', waarde: r => r.voorbeeldenNiet.join('; ') },
    { kop: 'Eerst in het gewone leven', waarde: r => r.normaliseren },
    { kop: 'Grond', waarde: r => r.grond },
    { kop: 'Segmenten', waarde: r => segmentnamen(r, bereik) },
    { kop: 'Geldt vanaf', soort: 'datum', waarde: r => r.begin },
    { kop: 'Geldt tot en met', soort: 'datum', waarde: r => r.eind },
  ]
}
