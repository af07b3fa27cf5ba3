import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { projectRoot } from '../../../platform/config.ts'
import { formatPeriode } from '../../../platform/dates.ts'
import { demandFilters } from '../../../platform/http/filter.ts'
import { post } from '../../../platform/http/formulierpost.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readText } from '../../../platform/http/upload.ts'
import {
  Alinea,
  Badge,
  formatMoment,
  KnopLink,
  Kop,
  LegeStaat,
  Lijst,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import { readGegevens } from '../../../platform/velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { bestand } from '../../../platform/velden/soorten.ts'
import { loadGegevenslijst } from './actions.ts'
import { AARD, type Gegevenslijst, naamVan } from './lijst.ts'
import { findLijst } from './store.ts'

const PAD = '/uitwisselingen/gegevens'
/** What a region without a list can begin with. */
const STARTLIJST = join(projectRoot(), 'regio/leidschendam-voorburg/gegevens.json')
const LIJST = {
  bestand: bestand({
    label: 'Lijst',
    hulp: 'Een JSON-bestand zoals u hierboven kunt downloaden',
    kies: 'Kies het bestand met de lijst.',
    soorten: ['.json'],
    // The list we begin with is a hundredth of it.
    max: 512 * 1024,
  }),
}
const schema = { hide: true }

/** The vocabulary of the weighings: to read for everyone, to replace for the privacy officer. */
export function registerGegevens(app: App): void {
  const lezen = { recht: 'uitwisseling.lezen' } as const
  const laden = { recht: 'uitwisseling.adviseren' } as const

  app.get(PAD, { config: lezen, schema }, (request, reply) => show(request, reply))

  app.get(`${PAD}/export`, { config: lezen, schema }, async (request, reply) => {
    demandFilters(request)
    const lijst = await request.ctx.read(findLijst)
    const json =
      lijst === undefined
        ? await readFile(STARTLIJST, 'utf8')
        : `${JSON.stringify(lijst.inhoud, undefined, 2)}\n`
    return reply
      .header('content-disposition', 'attachment; filename="gegevens.json"')
      .type('application/json; charset=utf-8')
      .send(json)
  })

  post(
    app,
    PAD,
    { ...laden, naam: 'lijst', velden: LIJST },
    async ({ request, invoer }) => {
      readGegevens('De lijst is niet geladen', LIJST, invoer)
      const nieuw = await loadGegevenslijst(request.ctx, readText(request, 'bestand'))
      return `${PAD}?geladen=${nieuw ? 'ja' : 'gelijk'}`
    },
    show,
  )
}

async function show(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { ctx } = request
  const { lijst, regionaal } = await ctx.read(async db => ({
    lijst: await findLijst(db),
    regionaal: await isRegionaal(db),
  }))
  const { geladen } = readGedaan(request)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Gegevens en gronden',
      inleiding: 'Met deze lijst wordt gewogen. Een weging houdt de lijst waarmee zij is begonnen.',
      kruimels: [{ naam: 'Gegevensuitwisseling', href: '/uitwisselingen' }],
      acties: (
        <KnopLink href={`${PAD}/export`}>
          {lijst === undefined ? 'Download de startlijst' : 'Download deze lijst'}
        </KnopLink>
      ),
      ...(geladen === undefined
        ? {}
        : {
            melding: {
              soort: 'succes',
              tekst: geladen === 'ja' ? 'De lijst is geladen' : 'Deze lijst was er al',
            },
          }),
      children: (
        <>
          {lijst === undefined ? (
            <LegeStaat kop="Er is nog geen lijst">
              Download de startlijst, laat hem nalopen en laad hem hieronder.
            </LegeStaat>
          ) : (
            <>
              <Melding soort="info">{lijst.inhoud.noot}</Melding>
              <Alinea maat="klein">
                Geladen door {lijst.door ?? 'het systeem'} op {formatMoment(lijst.op)}.
              </Alinea>
              <Lijsten lijst={lijst.inhoud} />
            </>
          )}
          {regionaal && ctx.wie.rechten.has('uitwisseling.adviseren') ? (
            <>
              <Kop niveau={2}>Een andere lijst laden</Kop>
              <Invulformulier
                naam="lijst"
                velden={LIJST}
                actie={PAD}
                csrf={csrf}
                knop="Laad de lijst"
                geweigerd={geweigerd}
              />
            </>
          ) : null}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

function Lijsten({ lijst }: { lijst: Gegevenslijst }) {
  return (
    <>
      <Kop niveau={2}>Gegevens</Kop>
      <Tabel
        bijschrift="Gegevens"
        rijen={lijst.gegevens}
        sleutel={g => g.code}
        kolommen={[
          { kop: 'Gegeven', rijkop: true, cel: g => g.naam },
          { kop: 'Aard', cel: g => AARD[g.aard] },
          { kop: 'Code', heel: true, cel: g => g.code },
        ]}
      />
      <Kop niveau={2}>Gronden</Kop>
      <Tabel
        bijschrift="Gronden"
        rijen={lijst.gronden}
        sleutel={g => g.code}
        kolommen={[
          { kop: 'Grond', rijkop: true, cel: g => g.artikel },
          { kop: 'Waarvoor', cel: g => g.uitleg },
          { kop: 'Domeinen', cel: g => g.domeinen.map(d => naamVan(lijst.domeinen, d)).join(', ') },
          {
            kop: 'Geldt',
            heel: true,
            cel: g =>
              g.vanaf === null ? (
                <Badge toon="waarschuwing">niet in werking</Badge>
              ) : (
                formatPeriode({ begin: g.vanaf, eind: g.tot ?? null })
              ),
          },
        ]}
      />
      <Kop niveau={2}>Doelen</Kop>
      <Lijst items={lijst.doelen.map(d => `${d.naam} (${d.code})`)} />
      <Kop niveau={2}>Vragen voor de DPIA</Kop>
      <Lijst items={lijst.dpia.map(v => `${v.tekst}${v.doorslag === true ? ' (één ja is genoeg)' : ''}`)} />
    </>
  )
}
