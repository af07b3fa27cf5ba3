import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Ctx } from '../../http/ctx.ts'
import { sendExport } from '../../http/export.ts'
import { demandFilters } from '../../http/filter.ts'
import { MAX_BESTAND } from '../../http/grenzen.ts'
import { sendPagina } from '../../http/pagina.tsx'
import type { App } from '../../http/server.ts'
import { readUploads } from '../../http/upload.ts'
import { goOnAfter } from '../../http/voortgang.tsx'
import { readId } from '../../http/vraag.ts'
import { type Fout, Problem } from '../../problem.ts'
import {
  Actie,
  Alinea,
  Bestandveld,
  Downloadlinks,
  Formulier,
  formatMoment,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Lijst,
  Link,
  Melding,
  Tabel,
} from '../../ui/index.ts'
import { safeName } from '../bladen/bestandsnaam.ts'
import { bundelPad } from '../bladen/bundel.ts'
import { addInvoer, processInvoer, tryUndo, undoInvoer } from '../invoer/doorvoeren.ts'
import {
  hasChanges,
  type Invoer,
  type Invoersoort,
  listInvoer,
  loadBestand,
  loadInvoer,
} from '../invoer/invoer.ts'
import { sheetColumns } from '../invoer/koppen.ts'
import { sayRaakt } from '../raakt.ts'
import { Ongelezen, Staatbadge, sentenceOf, Uitkomstblad } from './uitkomst.tsx'

/** What stands around the pages on which a kind of file comes in. */
export interface Invoerblad {
  /** Address of the form: '/inrichten/segmenten/invoeren'. */
  pad: string
  titel: string
  kruimels: readonly { naam: string; href: string }[]
  /** What may be chosen, for whoever chooses: 'XLSX of CSV, hoogstens 25 MB.' */
  hulp: string
  accept: string
  /** What can be downloaded to begin with, and what stands below the columns. */
  vooraf: ReactNode
}

/** What a sheet may be, and where to begin with one; `nu`: where what stands there now can be downloaded. */
export function sheetPage(pad: string, nu?: string): Pick<Invoerblad, 'pad' | 'hulp' | 'accept' | 'vooraf'> {
  return {
    pad,
    hulp: 'XLSX of CSV, hoogstens 25 MB. Wij lezen het eerste blad, met de koppen op de eerste rij. De kolommen mogen in elke volgorde staan.',
    accept: '.xlsx,.csv,text/csv',
    vooraf: (
      <Knoppen>
        <KnopLink href={`${pad}/sjabloon?formaat=xlsx`}>Leeg bestand (XLSX)</KnopLink>
        <KnopLink href={`${pad}/sjabloon?formaat=csv`}>Leeg bestand (CSV)</KnopLink>
        {nu === undefined ? null : (
          <>
            <KnopLink href={nu}>Wat er nu staat (XLSX)</KnopLink>
            <KnopLink href={nu.replace('formaat=xlsx', 'formaat=csv')}>Wat er nu staat (CSV)</KnopLink>
          </>
        )}
      </Knoppen>
    ),
  }
}

/** Bringing in a file: what it must look like, what it would do, doing it, and taking it back. */
export function registerInvoerPaginas<I>(app: App, soort: Invoersoort<I>, blad: Invoerblad): void {
  const { pad } = blad
  const config = { recht: soort.recht } as const
  const opties = { config, schema: { hide: true } }
  const { kruimels } = blad
  const idOf = (request: FastifyRequest) => readId(request, 'Bestand')

  const showForm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    fouten: readonly Fout[] = [],
    status = 200,
  ) => {
    const eerder = await listInvoer(request.ctx, soort.naam)
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: blad.titel,
        inleiding: 'Kies een bestand. U ziet eerst wat het zou veranderen; er gebeurt nog niets.',
        kruimels,
        children: (
          <>
            <Formulier actie={pad} csrf={csrf} bestanden fouten={fouten}>
              <Bestandveld
                naam="bestand"
                label="Bestand"
                hulp={blad.hulp}
                accept={blad.accept}
                fouten={fouten}
              />
              <Knop>Bekijk wat het doet</Knop>
            </Formulier>
            {soort.velden === undefined ? null : <Kop niveau={2}>Zo ziet het bestand eruit</Kop>}
            {blad.vooraf}
            {soort.velden === undefined ? null : <Kolomuitleg velden={soort.velden} />}
            <Kop niveau={2}>Eerder ingevoerd</Kop>
            <Eerder invoer={eerder} pad={pad} />
          </>
        ),
      }),
      status,
    )
  }

  const showInvoer = async (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => {
    const invoer = await loadInvoer(request.ctx, soort.naam, idOf(request))
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: invoer.bestandsnaam,
        inleiding: sentenceOf(invoer),
        kruimels: [...kruimels, { naam: blad.titel, href: pad }],
        children: (
          <>
            {problem === undefined ? null : (
              <Melding soort="fout" kop={problem.titel} weigering>
                {problem.detail}
              </Melding>
            )}
            <Ongelezen invoer={invoer} />
            <Stappen
              invoer={invoer}
              pad={pad}
              csrf={csrf}
              terug={soort.neemTerug !== undefined && problem?.type !== 'in-gebruik'}
              blijft={soort.blijft}
              verder={kruimels.at(-1)}
            />
            <Uitkomstblad invoer={invoer} pad={pad} />
            {soort.wijzigingen !== undefined && isListed(invoer) ? (
              <Downloadlinks
                naam="alle wijzigingen"
                csv={`${pad}/${invoer.invoerId}/wijzigingen?formaat=csv`}
                xlsx={`${pad}/${invoer.invoerId}/wijzigingen?formaat=xlsx`}
              />
            ) : null}
          </>
        ),
      }),
      problem?.status ?? 200,
    )
  }

  app.get(pad, opties, (request, reply) => showForm(request, reply))
  const { velden } = soort
  if (velden !== undefined)
    app.get(`${pad}/sjabloon`, opties, (request, reply) => sendSjabloon(request, reply, { ...soort, velden }))
  app.get(`${pad}/:id`, opties, (request, reply) => showInvoer(request, reply))
  app.get(`${pad}/:id/bestand`, opties, async (request, reply) => {
    demandFilters(request)
    const { naam, bytes } = await loadBestand(request.ctx, soort.naam, idOf(request))
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(naam)}`)
      .type('application/octet-stream')
      .send(bytes)
  })

  const { wijzigingen } = soort
  if (wijzigingen !== undefined)
    app.get(`${pad}/:id/wijzigingen`, opties, async (request, reply) => {
      const { ctx } = request
      const invoer = await loadInvoer(ctx, soort.naam, idOf(request))
      const { bytes } = await loadBestand(ctx, soort.naam, invoer.invoerId)
      const regels = await wijzigingen.list(ctx, invoer, await soort.lees(bytes, ctx))
      return sendExport(reply, `wijzigingen-${soort.naam}`, wijzigingen.kolommen, regels)
    })

  app.post(
    pad,
    { config: { ...config, upload: true }, bodyLimit: MAX_BESTAND, schema: { hide: true } },
    async (request, reply) => {
      const [bestand] = readUploads(request, 'bestand')
      if (bestand === undefined)
        return showForm(request, reply, [{ pad: 'bestand', melding: 'Kies een bestand.' }], 400)
      try {
        const werk = { wat: safeName(bestand.naam), terug: pad }
        return await goOnAfter(
          request,
          reply,
          werk,
          async ctx => `${pad}/${await addInvoer(ctx, soort, bestand)}`,
        )
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.type !== 'onleesbaar-bestand') throw problem
        const melding = problem.detail ?? problem.titel
        return showForm(request, reply, [{ pad: 'bestand', melding }], problem.status)
      }
    },
  )
  /** Asked first: it undoes what may be a day's work, and stands where the button was that did it. */
  const askBack = async (request: FastifyRequest, reply: FastifyReply) => {
    const invoer = await loadInvoer(request.ctx, soort.naam, idOf(request))
    const naar = `${pad}/${invoer.invoerId}`
    if (invoer.staat !== 'verwerkt') return reply.redirect(naar, 303)
    const { raakt, letOp } = soort.telTerug ? await tryUndo(request.ctx, soort, invoer.invoerId) : NIETS
    const ziet = [...letOp, ...raakt.map(sayRaakt)]
    return sendPagina(request, reply, csrf => ({
      titel: `Neem ${invoer.bestandsnaam} terug`,
      inleiding: `${sentenceOf(invoer)} Dat wordt ongedaan gemaakt. Het bestand zelf blijft bewaard.`,
      kruimels: [...kruimels, { naam: blad.titel, href: pad }, { naam: invoer.bestandsnaam, href: naar }],
      children: (
        <>
          {ziet.length === 0 ? null : (
            <Melding
              soort="waarschuwing"
              kop={raakt.length === 0 ? 'Kijk eerst of dit klopt' : 'Dit raakt wat erop rekent'}
            >
              <Lijst items={ziet} />
            </Melding>
          )}
          <Knoppen>
            <Actie actie={`${naar}/terug`} csrf={csrf} soort="gevaar">
              {ziet.length === 0 ? 'Neem dit terug' : 'Neem dit toch terug'}
            </Actie>
            <KnopLink href={naar}>Laat het staan</KnopLink>
          </Knoppen>
        </>
      ),
    }))
  }
  /** What cannot be done is said on the page of the file. */
  const orSay = (request: FastifyRequest, reply: FastifyReply, bezig: Promise<FastifyReply>) =>
    bezig.catch((problem: unknown) => {
      if (!isForPage(problem)) throw problem
      return showInvoer(request, reply, problem)
    })
  const step = (naam: string, doe: (ctx: Ctx, invoerId: number) => Promise<unknown>) =>
    app.post(
      `${pad}/:id/${naam}`,
      { config: { ...config, toontWeer: true }, schema: { hide: true } },
      async (request, reply) => {
        const invoerId = idOf(request)
        const naar = `${pad}/${invoerId}`
        const werk = goOnAfter(request, reply, { wat: 'uw bestand', terug: naar }, async ctx => {
          await doe(ctx, invoerId)
          return naar
        })
        return orSay(request, reply, werk)
      },
    )
  step('verwerk', (ctx, invoerId) => processInvoer(ctx, soort, invoerId))
  if (soort.neemTerug !== undefined) {
    app.get(`${pad}/:id/terug`, opties, (request, reply) => orSay(request, reply, askBack(request, reply)))
    step('terug', (ctx, invoerId) => undoInvoer(ctx, soort, invoerId))
  }
}

/** Of a kind of which nothing is looked at before it is taken back. */
const NIETS = { raakt: [], letOp: [] }

/** What it does or did can be listed: not what it would do after others that are not done yet, nor what it cannot do. */
const isListed = ({ uitkomst, staat, bundelId }: Invoer) =>
  hasChanges(uitkomst) && uitkomst.aantalFouten === 0 && (staat !== 'beproefd' || bundelId === null)

/** What is said on the page of the file itself, beside what it does now. */
const isForPage = (fout: unknown): fout is Problem =>
  fout instanceof Problem && (fout.status === 400 || fout.status === 409)

function sendSjabloon(
  _request: FastifyRequest,
  reply: FastifyReply,
  { velden, naam }: { velden: object; naam: string },
) {
  const kolommen = sheetColumns(velden)
  const uitleg = kolommen.map(({ kop, verplicht, uitleg }) => [kop, verplicht ? 'ja' : 'nee', uitleg])
  const leeg = kolommen.map(({ kop }) => ({ kop, waarde: () => null }))
  return sendExport(reply, naam, leeg, [], { uitleg: [[...UITLEGKOPPEN], ...uitleg] })
}

const UITLEGKOPPEN = ['Kolom', 'Nodig', 'Wat er in hoort'] as const

function Kolomuitleg({ velden }: { velden: object }) {
  return (
    <Tabel
      bijschrift="Kolommen van het bestand"
      rijen={sheetColumns(velden)}
      sleutel={kolom => kolom.kop}
      kolommen={[
        { kop: UITLEGKOPPEN[0], rijkop: true, cel: kolom => kolom.kop },
        { kop: UITLEGKOPPEN[1], cel: kolom => (kolom.verplicht ? 'ja' : 'nee') },
        { kop: UITLEGKOPPEN[2], cel: kolom => kolom.uitleg },
      ]}
    />
  )
}

function Eerder({ invoer, pad }: { invoer: readonly Invoer[]; pad: string }) {
  return (
    <Tabel
      bijschrift="Eerder ingevoerd"
      rijen={invoer}
      sleutel={i => String(i.invoerId)}
      leeg={<p>Er is nog geen bestand ingevoerd.</p>}
      kolommen={[
        {
          kop: 'Bestand',
          rijkop: true,
          cel: i => <Link href={`${pad}/${i.invoerId}`}>{i.bestandsnaam}</Link>,
        },
        { kop: 'Wanneer', cel: i => formatMoment(i.op) },
        { kop: 'Wie', cel: i => i.door ?? 'de beheerder van de server' },
        { kop: 'Staat', cel: i => <Staatbadge invoer={i} /> },
      ]}
    />
  )
}

interface Stapeigenschappen {
  invoer: Invoer
  pad: string
  csrf: string
  /** What it did can be taken back. */
  terug: boolean
  /** Why it cannot. */
  blijft: string | undefined
  /** Where one goes on when it was done. */
  verder: { naam: string; href: string } | undefined
}

function Stappen({ invoer, pad, csrf, terug, blijft = '', verder }: Stapeigenschappen) {
  const { uitkomst: u, staat, invoerId, bundelId } = invoer
  if (staat === 'beproefd' && bundelId !== null)
    return <KnopLink href={bundelPad(bundelId)}>Bekijk de bestanden samen</KnopLink>
  if (staat === 'beproefd' && u.aantalFouten === 0 && hasChanges(u))
    return (
      <>
        {terug ? null : <Alinea>{`Dit kan straks niet worden teruggenomen. ${blijft}`.trim()}</Alinea>}
        <Actie actie={`${pad}/${invoerId}/verwerk`} csrf={csrf} soort="hoofd">
          Voer dit door
        </Actie>
      </>
    )
  if (staat === 'verwerkt')
    return (
      <Knoppen>
        {verder === undefined ? null : (
          <KnopLink href={verder.href} soort="hoofd">{`Naar ${verder.naam.toLowerCase()}`}</KnopLink>
        )}
        <KnopLink href={pad}>Kies een ander bestand</KnopLink>
        {terug && hasChanges(u) ? (
          <KnopLink href={`${pad}/${invoerId}/terug`}>Neem dit terug</KnopLink>
        ) : null}
      </Knoppen>
    )
  return <KnopLink href={pad}>Kies een ander bestand</KnopLink>
}
