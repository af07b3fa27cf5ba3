import type { FastifyRequest } from 'fastify'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, oneOf, readVraag } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  Inklap,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijst,
  Lijstdeel,
  Link,
  parsePagina,
  parseSortering,
} from '../../../platform/ui/index.ts'
import { formatDecimaal } from '../bereik/getal.ts'
import { Bewijsbadge } from './bewijs.tsx'
import { showInterventie } from './blad.tsx'
import { BEWIJS, BEWIJZEN } from './rules.ts'
import {
  countInterventies,
  type Filter,
  type Interventie,
  listInterventies,
  listRegisters,
  SORTEERBAAR,
} from './store.ts'

const PER_PAGINA = 50
const STANDAARD = { kolom: 'bewijs', richting: 'op' } as const
const FILTERS = ['zoek', 'bewijs', 'register', 'staat']
/** The register of interventions, the same as a file, and the page of one. */
export function registerInterventies(app: App): void {
  const config = { recht: 'beleid.lezen' } as const
  const schema = { hide: true }

  app.get('/interventies', { config, schema }, async (request, reply) => {
    const { vraag, filter, sortering } = readFilter(request)
    const pagina = parsePagina(vraag.pagina)
    const { rijen, totaal, registers } = await request.ctx.read(async db => ({
      rijen: await listInterventies(db, filter, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countInterventies(db, filter),
      registers: await listRegisters(db),
    }))
    const mag = request.ctx.wie.rechten.has('beleid.schrijven')
    return sendPagina(request, reply, {
      titel: 'Interventies',
      inleiding: `${totaal === 1 ? '1 aanpak' : `${formatGetal(totaal)} aanpakken`}: wat werkt er volgens onderzoek of praktijk, voor wie, wie kan het inzetten, en wat is er gemeten?`,
      acties: mag ? (
        <KnopLink href="/interventies/nieuw" soort="hoofd">
          Interventie toevoegen
        </KnopLink>
      ) : null,
      children: (
        <>
          <Lijstdeel
            adres={request.url}
            naam="interventies"
            filters={FILTERS}
            velden={
              <>
                <Filterzoek waarde={vraag.zoek} hulp="Naam, omschrijving, doelgroep of wie het inzet" />
                <Filterkeuze
                  naam="bewijs"
                  label="Bewijs"
                  waarde={vraag.bewijs}
                  opties={BEWIJZEN.map(waarde => ({ waarde, naam: BEWIJS[waarde].naam }))}
                />
                <Filterkeuze
                  naam="register"
                  label="Register"
                  waarde={vraag.register}
                  opties={registers.map(naam => ({ waarde: naam, naam }))}
                />
                <Filterkeuze
                  naam="staat"
                  label="Staat"
                  waarde={vraag.staat}
                  leeg="In gebruik"
                  opties={[{ waarde: 'alle', naam: 'Ook uit gebruik' }]}
                />
              </>
            }
            kolommen={COLUMNS}
            rijen={rijen}
            sleutel={rij => String(rij.interventieId)}
            sortering={sortering}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={totaal}
            exportPad="/interventies/export"
            leeg={
              <LegeStaat
                kop="Er staan nog geen interventies in het register"
                stap={mag ? <KnopLink href="/interventies/nieuw">Voeg de eerste toe</KnopLink> : undefined}
              >
                Begin met een aanpak die al wordt gebruikt, en schrijf op hoe sterk het bewijs is.
              </LegeStaat>
            }
          />
          <Inklap kop="Wat betekent de sterkte van het bewijs?">
            <Lijst
              items={BEWIJZEN.map(b => (
                <span key={b}>
                  <strong>{BEWIJS[b].naam}.</strong> {BEWIJS[b].uitleg}
                </span>
              ))}
            />
            <Alinea maat="klein">De indeling volgt in grote lijnen die van Movisie en het NJi.</Alinea>
          </Inklap>
        </>
      ),
    })
  })

  app.get('/interventies/export', { config, schema }, async (request, reply) => {
    const { vraag, filter, sortering } = readFilter(request)
    const rijen = await request.ctx.read(db =>
      listInterventies(db, filter, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    const formaat = vraag.formaat === 'xlsx' ? 'xlsx' : 'csv'
    return sendExport(reply, formaat, `interventies-${request.ctx.vandaag}`, EXPORT, rijen)
  })

  app.get('/interventies/:id', { config, schema }, (request, reply) => showInterventie(request, reply))
}

function readFilter(request: FastifyRequest) {
  const vraag = readVraag(request)
  const filter: Filter = {
    zoek: likePattern(vraag.zoek),
    bewijs: oneOf(vraag.bewijs, BEWIJZEN),
    register: (vraag.register ?? '') === '' ? null : (vraag.register ?? null),
    beeindigd: vraag.staat === 'alle',
  }
  return { vraag, filter, sortering: parseSortering(vraag.sorteer, SORTEERBAAR, STANDAARD) }
}

const COLUMNS: readonly Kolom<Interventie>[] = [
  {
    kop: 'Interventie',
    rijkop: true,
    sorteer: 'naam',
    cel: i => (
      <>
        <Link href={`/interventies/${i.interventieId}`}>{i.naam}</Link>{' '}
        {i.beeindigdOp === null ? null : <Badge>uit gebruik</Badge>}
        {i.register === null ? null : (
          <>
            <br />
            <small>{i.register}</small>
          </>
        )}
      </>
    ),
  },
  { kop: 'Bewijs', heel: true, sorteer: 'bewijs', cel: i => <Bewijsbadge bewijs={i.bewijs} /> },
  { kop: 'Voor wie', cel: i => i.doelgroep },
  { kop: 'In te zetten door', cel: i => i.inzetbaarDoor },
  {
    kop: 'Licentie',
    uitlijning: 'rechts',
    sorteer: 'licentiekosten',
    cel: i =>
      i.licentiekosten === null
        ? 'niet bekend'
        : i.licentiekosten === 0
          ? 'geen'
          : formatEuro(i.licentiekosten),
  },
  {
    kop: 'Laatste resultaat',
    sorteer: 'resultaten',
    cel: i =>
      i.laatste === null ? (
        'nog niet gemeten'
      ) : (
        <>
          {formatDecimaal(i.laatste.waarde)} {i.laatste.eenheid}
          <br />
          <small>{i.laatste.periode}</small>
        </>
      ),
  },
]

const EXPORT: readonly Exportkolom<Interventie>[] = [
  { kop: 'Interventie', waarde: i => i.naam },
  { kop: 'Omschrijving', waarde: i => i.omschrijving },
  { kop: 'Bewijs', waarde: i => BEWIJS[i.bewijs].naam },
  { kop: 'Toelichting op het bewijs', waarde: i => i.bewijsToelichting },
  { kop: 'Register', waarde: i => i.register },
  { kop: 'Voor wie', waarde: i => i.doelgroep },
  { kop: 'In te zetten door', waarde: i => i.inzetbaarDoor },
  { kop: 'Licentie', soort: 'bedrag', waarde: i => i.licentiekosten },
  { kop: 'Toelichting op de kosten', waarde: i => i.licentieToelichting },
  { kop: 'Resultaten', soort: 'getal', waarde: i => i.resultaten },
  { kop: 'Bron', waarde: i => i.bron },
  { kop: 'Uit gebruik om', waarde: i => i.beeindigdReden },
]
