import type { FastifyReply, FastifyRequest } from 'fastify'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, pick, readAlle, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Downloadlinks,
  formatGetal,
  Inklap,
  KnopLink,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  type Sortering,
  Tabel,
} from '../../../platform/ui/index.ts'
import { type Dossier, findDossier } from '../register/store.ts'
import { acceptVoorstellen, listVoorstellen, removeAanbod, saveAanbod } from './actions.ts'
import { Aanbodformulier } from './formulier.tsx'
import { type Aanbodinvoer, LEEG, toInvoer, VELDEN } from './invoer.ts'
import { AARD, BEWIJS, INSTRUMENT, TOEGANG } from './rules.ts'
import { type Aanbod, findAanbod, listAanbodVanDossier } from './store.ts'
import { Opvallendheden, Totaalcijfers, Voorstellen } from './totaalcijfers.tsx'

const STANDAARD = { kolom: 'aard', richting: 'af' } as const
const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'Het aanbod is opgeslagen',
  vervallen: 'Het aanbod is uit de inventarisatie gehaald',
  hersteld: 'Het aanbod staat weer in de inventarisatie',
  overgenomen: 'Het voorstel is overgenomen. Vul aan wat het systeem niet weet.',
  niets: 'Er was niets gekozen dat nog niet in de inventarisatie stond',
}

/** The inventory of a dossier: what is offered today, by whom, for how many and at what cost (cap 2). */
export function registerAanbodPages(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
  const schrijven = { config: { recht: 'beleid.schrijven' }, schema: { hide: true } } as const

  app.get('/beleid/dossiers/:id/aanbod', lezen, async (request, reply) => {
    const { ctx } = request
    const dossier = await getDossier(request)
    const jaar = Number(ctx.vandaag.slice(0, 4)) - 1
    const schrijft = ctx.wie.rechten.has('beleid.schrijven')
    const { alles, voorstellen, eigen } = await ctx.read(async db => ({
      alles: await listAanbodVanDossier(db, dossier.dossierId, true),
      voorstellen: schrijft ? await listVoorstellen(db, dossier, jaar) : [],
      eigen: dossier.gemeente !== null || (await isRegionaal(db)),
    }))
    const aanbod = alles.filter(rij => rij.vervallenOp === null)
    const vervallen = alles.filter(rij => rij.vervallenOp !== null)
    const sortering = readFilters(request).sortering(Object.keys(VERGELIJK), STANDAARD)
    const pad = dossierPad(dossier)
    const tekst = pick(MELDINGEN, readGedaan(request).melding)
    return sendPagina(request, reply, csrf => ({
      titel: `Huidig aanbod: ${dossier.naam}`,
      inleiding: 'Wat bieden we nu? Alleen wat hier staat, gaat door de Wegwijzer.',
      kruimels: kruimels(dossier),
      ...(tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }),
      ...(schrijft
        ? {
            acties: (
              <KnopLink href={`${pad}/aanbod/nieuw`} soort="hoofd">
                Aanbod toevoegen
              </KnopLink>
            ),
          }
        : {}),
      children: (
        <>
          {aanbod.length === 0 ? (
            <LegeStaat kop="Er staat nog geen aanbod in de inventarisatie">
              {dossier.segmenten.length > 0
                ? 'Begin met wat het systeem weet, hieronder. Voeg daarna toe wat het niet kan weten: subsidies, vrijwilligers en eigen diensten.'
                : 'Koppel eerst segmenten aan het dossier, dan vult het systeem in wat het weet. Of voeg zelf aanbod toe.'}
            </LegeStaat>
          ) : (
            <>
              <Totaalcijfers aanbod={aanbod} />
              <Opvallendheden aanbod={aanbod} />
              <Downloadlinks
                naam="aanbod"
                csv={`${pad}/aanbod/export?formaat=csv`}
                xlsx={`${pad}/aanbod/export?formaat=xlsx`}
              />
              <Tabel
                bijschrift="Huidig aanbod"
                bijschriftVerborgen
                adres={request.url}
                sortering={sortering}
                rijen={sorteer(aanbod, sortering)}
                sleutel={rij => String(rij.aanbodId)}
                kolommen={columns(pad, schrijft)}
                onder={rij => (rij.bron === '' ? undefined : <small>Bron: {rij.bron}</small>)}
              />
            </>
          )}
          {schrijft ? (
            <Voorstellen
              voorstellen={voorstellen}
              jaar={jaar}
              actie={`${pad}/aanbod/voorstellen`}
              csrf={csrf}
              wijzig={eigen ? `${pad}/wijzig` : undefined}
            />
          ) : null}
          {vervallen.length === 0 ? null : (
            <Inklap kop={`Uit de inventarisatie gehaald (${vervallen.length})`}>
              <Tabel
                bijschrift="Vervallen aanbod"
                bijschriftVerborgen
                rijen={vervallen}
                sleutel={rij => String(rij.aanbodId)}
                kolommen={[
                  { kop: 'Aanbod', rijkop: true, cel: rij => rij.naam },
                  { kop: 'Aard', cel: rij => AARD[rij.aard] },
                  {
                    kop: 'Terugzetten',
                    cel: rij =>
                      schrijft ? (
                        <Actie
                          actie={`${pad}/aanbod/${rij.aanbodId}/vervalt`}
                          csrf={csrf}
                          velden={{ weg: 'nee' }}
                          soort="tweede"
                          label={`Zet ${rij.naam} terug`}
                        >
                          Zet terug
                        </Actie>
                      ) : null,
                  },
                ]}
              />
            </Inklap>
          )}
        </>
      ),
    }))
  })

  app.get('/beleid/dossiers/:id/aanbod/export', lezen, async (request, reply) => {
    const dossier = await getDossier(request)
    const rijen = await request.ctx.read(db => listAanbodVanDossier(db, dossier.dossierId))
    return sendExport(reply, `aanbod-${dossier.dossierId}-${request.ctx.vandaag}`, EXPORT, rijen)
  })

  app.post('/beleid/dossiers/:id/aanbod/voorstellen', schrijven, async (request, reply) => {
    const dossier = await getDossier(request)
    const jaar = Number(request.ctx.vandaag.slice(0, 4)) - 1
    const gekozen = readAlle(request.body, 'segment').map(Number)
    const aantal = await acceptVoorstellen(request.ctx, dossier.dossierId, jaar, gekozen)
    const melding = aantal === 0 ? 'niets' : 'overgenomen'
    return reply.redirect(`${dossierPad(dossier)}/aanbod?melding=${melding}`, 303)
  })

  app.get('/beleid/dossiers/:id/aanbod/nieuw', schrijven, (request, reply) =>
    showForm(request, reply, { doel: null, invoer: LEEG }),
  )
  app.post('/beleid/dossiers/:id/aanbod/nieuw', schrijven, (request, reply) => save(request, reply, null))
  app.get('/beleid/dossiers/:id/aanbod/:aanbod', schrijven, async (request, reply) => {
    const doel = await getAanbod(request)
    return showForm(request, reply, { doel, invoer: toInvoer(doel) })
  })
  app.post('/beleid/dossiers/:id/aanbod/:aanbod', schrijven, async (request, reply) =>
    save(request, reply, await getAanbod(request)),
  )
  app.post('/beleid/dossiers/:id/aanbod/:aanbod/vervalt', schrijven, async (request, reply) => {
    const { dossierId, aanbodId } = await getAanbod(request)
    const weg = readVelden(request).weg !== 'nee'
    await removeAanbod(request.ctx, dossierId, aanbodId, weg)
    return reply.redirect(
      `/beleid/dossiers/${dossierId}/aanbod?melding=${weg ? 'vervallen' : 'hersteld'}`,
      303,
    )
  })
}

const dossierPad = (dossier: Pick<Dossier, 'dossierId'>) => `/beleid/dossiers/${dossier.dossierId}`

const kruimels = (dossier: Dossier) => [
  { naam: 'Beleidsdossiers', href: '/beleid' },
  { naam: dossier.naam, href: dossierPad(dossier) },
]

async function getDossier(request: FastifyRequest): Promise<Dossier> {
  const dossier = await request.ctx.read(db => findDossier(db, readId(request, 'Dossier')))
  if (!dossier) throw notFound('Dossier')
  return dossier
}

async function getAanbod(request: FastifyRequest): Promise<Aanbod> {
  const { aanbod = '' } = request.params as { aanbod?: string }
  if (!/^[1-9]\d{0,8}$/.test(aanbod)) throw notFound('Aanbod')
  const gevonden = await request.ctx.read(db => findAanbod(db, readId(request, 'Dossier'), Number(aanbod)))
  if (!gevonden) throw notFound('Aanbod')
  return gevonden
}

async function save(request: FastifyRequest, reply: FastifyReply, doel: Aanbod | null) {
  const velden = readVelden(request)
  const invoer = Object.fromEntries(VELDEN.map(naam => [naam, velden[naam] ?? ''])) as Aanbodinvoer
  const dossierId = readId(request, 'Dossier')
  try {
    const versie = readVersie(request)
    await saveAanbod(request.ctx, dossierId, doel && { aanbodId: doel.aanbodId, versie }, invoer)
    return reply.redirect(`/beleid/dossiers/${dossierId}/aanbod?melding=opgeslagen`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showForm(request, reply, { doel, invoer, problem })
  }
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  stand: { doel: Aanbod | null; invoer: Aanbodinvoer; problem?: Problem },
) {
  const { doel, invoer, problem } = stand
  const dossier = await getDossier(request)
  const versie = formVersie(request, doel, problem)
  const pad = `${dossierPad(dossier)}/aanbod`
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: doel === null ? 'Aanbod toevoegen' : `Aanbod wijzigen: ${doel.naam}`,
      kruimels: [...kruimels(dossier), { naam: 'Huidig aanbod', href: pad }],
      children: (
        <>
          <Aanbodformulier
            csrf={csrf}
            actie={doel === null ? `${pad}/nieuw` : `${pad}/${doel.aanbodId}`}
            terug={pad}
            invoer={invoer}
            versie={versie}
            {...(problem === undefined ? {} : { problem })}
          />
          {doel === null ? null : (
            <>
              <Kop niveau={2}>Bestaat dit aanbod niet meer?</Kop>
              <Alinea>
                Haal het uit de inventarisatie. Doorlopen waarin het is gebruikt, houden het. U kunt het later
                terugzetten.
              </Alinea>
              <Actie actie={`${pad}/${doel.aanbodId}/vervalt`} csrf={csrf} soort="gevaar">
                Haal uit de inventarisatie
              </Actie>
            </>
          )}
        </>
      ),
    }),
    problem?.status ?? 200,
  )
}

const VERGELIJK: Readonly<Record<string, (a: Aanbod, b: Aanbod) => number>> = {
  naam: (a, b) => a.naam.localeCompare(b.naam, 'nl'),
  aard: (a, b) => a.aard.localeCompare(b.aard),
  gebruikers: (a, b) => (a.gebruikers ?? -1) - (b.gebruikers ?? -1),
  kosten: (a, b) => (a.kosten ?? -1) - (b.kosten ?? -1),
}

function sorteer(aanbod: readonly Aanbod[], { kolom, richting }: Sortering): Aanbod[] {
  const vergelijk = VERGELIJK[kolom] ?? VERGELIJK.aard
  const teken = richting === 'op' ? 1 : -1
  // The rows come by name, and stay so where the column makes no difference.
  return aanbod.toSorted((a, b) => teken * (vergelijk?.(a, b) ?? 0))
}

function columns(pad: string, schrijft: boolean): Kolom<Aanbod>[] {
  return [
    {
      kop: 'Aanbod',
      rijkop: true,
      sorteer: 'naam',
      cel: rij => (schrijft ? <Link href={`${pad}/aanbod/${rij.aanbodId}`}>{rij.naam}</Link> : rij.naam),
    },
    { kop: 'Aard', sorteer: 'aard', cel: rij => AARD[rij.aard] },
    {
      kop: 'Hoe',
      cel: rij => (
        <>
          {TOEGANG[rij.toegang]}
          <br />
          <small>{INSTRUMENT[rij.instrument]}</small>
        </>
      ),
    },
    { kop: 'Voor wie', cel: rij => rij.doelgroep },
    { kop: 'Partners', cel: rij => rij.partners },
    {
      kop: 'Gebruikers',
      sorteer: 'gebruikers',
      uitlijning: 'rechts',
      cel: rij => (rij.gebruikers === null ? '–' : formatGetal(rij.gebruikers)),
    },
    {
      kop: 'Kosten',
      sorteer: 'kosten',
      uitlijning: 'rechts',
      heel: true,
      cel: rij =>
        rij.kosten === null ? (
          '–'
        ) : (
          <>
            {formatEuro(rij.kosten)}
            <br />
            <small>in {rij.jaar}</small>
          </>
        ),
    },
    { kop: 'Werkt het?', cel: rij => BEWIJS[rij.bewijs] },
  ]
}

const EXPORT: readonly Exportkolom<Aanbod>[] = [
  { kop: 'Aanbod', waarde: rij => rij.naam },
  { kop: 'Aard', waarde: rij => AARD[rij.aard] },
  { kop: 'Toegang', waarde: rij => TOEGANG[rij.toegang] },
  { kop: 'Instrument', waarde: rij => INSTRUMENT[rij.instrument] },
  { kop: 'Voor wie', waarde: rij => rij.doelgroep },
  { kop: 'Partners', waarde: rij => rij.partners },
  { kop: 'Gebruikers', soort: 'getal', waarde: rij => rij.gebruikers },
  { kop: 'Kosten', soort: 'bedrag', waarde: rij => rij.kosten },
  { kop: 'Jaar', soort: 'getal', waarde: rij => rij.jaar },
  { kop: 'Werking', waarde: rij => BEWIJS[rij.bewijs] },
  { kop: 'Segment', waarde: rij => rij.segment },
  { kop: 'Bron', waarde: rij => rij.bron },
]
