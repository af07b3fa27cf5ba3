import type { FastifyRequest } from 'fastify'
import { type Recht, ROL } from '../../platform/auth/rollen.ts'
import { formatDatum } from '../../platform/dates.ts'
import { type Exportkolom, sendExport } from '../../platform/http/export.ts'
import { readFilters } from '../../platform/http/filter.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { readVraag } from '../../platform/http/vraag.ts'
import { type Fout, invalid } from '../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Datumveld,
  Downloadlinks,
  Filterbalk,
  formatMoment,
  type Kolom,
  LegeStaat,
  parseDatumInvoer,
  Tabel,
} from '../../platform/ui/index.ts'
import { listRollenOp, type Rolperiode } from './store.ts'

/** Who had which role on a day, for the beheerder who gives them and for the privacy officer who looks back. */
export function registerRollen(app: App): void {
  registerOnder(app, '/beheer/rollen', 'gebruikers.beheren', {
    naam: 'Gebruikers',
    href: '/beheer/gebruikers',
  })
  registerOnder(app, '/audit/rollen', 'audit.lezen', { naam: 'Inzagelogboek', href: '/audit' })
}

function registerOnder(app: App, pad: string, recht: Recht, onder: { naam: string; href: string }): void {
  const opties = { config: { recht }, schema: { hide: true } }

  app.get(pad, opties, async (request, reply) => {
    const { dag, typed, fouten } = readDag(request)
    const rijen = await request.ctx.read(db => listRollenOp(db, dag))
    const bestand = (formaat: string) => `${pad}/export?dag=${dag}&formaat=${formaat}`
    return sendPagina(
      request,
      reply,
      {
        titel: 'Wie had welke rol',
        inleiding: `Op ${formatDatum(dag)}. Wie die dag van rol wisselde, staat er vaker in.`,
        kruimels: [{ naam: 'Start', href: '/' }, onder],
        children: (
          <>
            <Filterbalk adres={request.url} namen={['dag']} naam="rollen">
              <Datumveld naam="dag" label="Dag" waarde={typed} fouten={fouten} />
            </Filterbalk>
            {rijen.length === 0 ? (
              <LegeStaat kop="Op deze dag had nog niemand een rol" />
            ) : (
              <>
                <Downloadlinks naam="rollen" csv={bestand('csv')} xlsx={bestand('xlsx')} />
                <Tabel
                  bijschrift="Rollen op deze dag"
                  rijen={rijen}
                  sleutel={rij => String(rij.standId)}
                  kolommen={COLUMNS}
                />
              </>
            )}
            <Alinea maat="klein">
              Wie een rol gaf en wie bevestigde, staat in het inzagelogboek. Van voor het bijhouden begon, is
              alleen bekend wat er toen stond.
            </Alinea>
          </>
        ),
      },
      fouten.length > 0 ? 400 : 200,
    )
  })

  app.get(`${pad}/export`, opties, async (request, reply) => {
    const { dag, fouten } = readDag(request)
    if (fouten.length > 0) throw invalid('Over deze dag is er geen lijst', fouten)
    const rijen = await request.ctx.read(db => listRollenOp(db, dag))
    return sendExport(reply, `rollen-${dag}`, EXPORT, rijen)
  })
}

/** The day that was asked, as a date of the export or as it was typed; today for none, for what is no day and for one to come. */
function readDag(request: FastifyRequest) {
  readFilters(request).alleen(['dag', 'formaat'])
  const typed = readVraag(request).dag?.trim() ?? ''
  const gelezen = parseDatumInvoer(typed)
  const { vandaag } = request.ctx
  const melding =
    typed === '' || (gelezen !== undefined && gelezen <= vandaag)
      ? undefined
      : gelezen === undefined
        ? 'Vul een bestaande datum in, zoals 31-01-2026.'
        : 'Deze dag moet nog komen. Kies vandaag of een eerdere dag.'
  const fouten: Fout[] = melding === undefined ? [] : [{ pad: 'dag', melding }]
  return { dag: melding === undefined ? (gelezen ?? vandaag) : vandaag, typed: typed || vandaag, fouten }
}

const COLUMNS: readonly Kolom<Rolperiode>[] = [
  { kop: 'Naam', rijkop: true, cel: rij => rij.naam },
  { kop: 'Rol', cel: rij => ROL[rij.rol].naam },
  { kop: 'Organisatie', cel: rij => rij.organisatie },
  { kop: 'Gemeenten', cel: rij => rij.gemeentenamen.join(', ') },
  { kop: 'Vanaf', heel: true, cel: rij => formatMoment(rij.vanaf) },
  { kop: 'Tot', heel: true, cel: rij => (rij.tot === null ? 'Nu nog' : formatMoment(rij.tot)) },
  {
    kop: 'Inloggen',
    heel: true,
    cel: rij => (rij.actief ? <Badge toon="succes">Kon inloggen</Badge> : <Badge>Uitgezet</Badge>),
  },
]

const EXPORT: readonly Exportkolom<Rolperiode>[] = [
  { kop: 'Gebruiker', soort: 'getal', waarde: rij => rij.gebruikerId },
  { kop: 'Naam', waarde: rij => rij.naam },
  { kop: 'Rol', waarde: rij => ROL[rij.rol].naam },
  { kop: 'Organisatie', waarde: rij => rij.organisatie },
  { kop: 'Gemeenten', waarde: rij => rij.gemeenten.join(' ') },
  { kop: 'Kon inloggen', waarde: rij => (rij.actief ? 'ja' : 'nee') },
  { kop: 'Vanaf', waarde: rij => formatMoment(rij.vanaf) },
  { kop: 'Tot', waarde: rij => (rij.tot === null ? '' : formatMoment(rij.tot)) },
  { kop: 'Namen van gemeenten', waarde: rij => rij.gemeentenamen.join(', ') },
]
