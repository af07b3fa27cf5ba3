import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatDatum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { demandFilters } from '../../../platform/http/filter.ts'
import { post } from '../../../platform/http/formulierpost.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVraag } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import { KnopLink, Kop, Melding } from '../../../platform/ui/index.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import {
  type Doorloop,
  Doorloopkader,
  doorloopKruimels,
  doorloopPad,
  getDoorloop,
} from '../../doorloop/index.ts'
import { listKeuzes } from '../../dossiers/index.ts'
import { listBlokkades, loadBlad, recordBesluit } from './actions.ts'
import { Besluiten, Blokkades } from './besluiten.tsx'
import { Bladbeeld } from './bladbeeld.tsx'
import { type Blad, samenvatting } from './rules.ts'
import { type Besluit, findVorige, listBesluiten, listBladen } from './store.ts'
import { BESLUIT, VAN_EEN_GEMEENTE } from './velden.ts'

/** The conclusion sheet of a run: as it stands, as it was laid before, as a document, and what was decided (cap 10). */
export function registerBladPages(app: App): void {
  const lezen = { config: { recht: 'beleid.lezen' }, schema: { hide: true } } as const
  const pad = '/beleid/doorlopen/:id/blad'

  app.get(pad, lezen, (request, reply) => show(request, reply))

  app.get(`${pad}/docx`, lezen, async (request, reply) => {
    const { doorloop, gezien, besluiten } = await request.ctx.read(db => load(db, request))
    demandFilters(request)
    // Loaded when asked for: the library is large and few requests need it.
    const { writeDocx } = await import('./docx.ts')
    const bytes = await writeDocx(gezien.blad, gezien.nummer, besluiten)
    return reply
      .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .header(
        'content-disposition',
        `attachment; filename="conclusieblad-${doorloop.dossierId}-${doorloop.nummer}.docx"`,
      )
      .send(bytes)
  })

  post(
    app,
    `${pad}/besluiten`,
    { recht: 'beleid.schrijven', naam: 'besluit', velden: BESLUIT },
    async ({ request, invoer }) => {
      const doorloopId = readId(request, 'Doorloop')
      await recordBesluit(request.ctx, doorloopId, invoer)
      return `${doorloopPad({ doorloopId })}/blad?melding=besluit`
    },
    show,
  )
}

interface Gezien {
  blad: Blad
  /** Number of the kept sheet; null for the sheet as it stands now. */
  nummer: number | null
}

/**
 * Which sheet this user sees: who works on policy the one as it stands (or, once laid before, the one that was); who only
 * reads policy never a draft. Throws 404 when there is nothing to see yet.
 */
async function pick(db: Db, ctx: Ctx, doorloop: Doorloop, gevraagd: string | undefined): Promise<Gezien> {
  const bladen = await listBladen(db, doorloop.doorloopId)
  const werkt = ctx.wie.rechten.has('beleid.bijdragen')
  const concept = werkt && (doorloop.staat === 'loopt' || doorloop.staat === 'gepauzeerd')
  const bewaard = bladen.find(b => String(b.nummer) === gevraagd) ?? (concept ? undefined : bladen[0])
  if (bewaard) return { blad: bewaard.inhoud, nummer: bewaard.nummer }
  if (!werkt) throw notFound('Conclusieblad')
  return { blad: await loadBlad(db, doorloop, ctx.vandaag), nummer: null }
}

async function load(
  db: Db,
  request: FastifyRequest,
): Promise<{ doorloop: Doorloop; gezien: Gezien; besluiten: Besluit[] }> {
  const doorloop = await getDoorloop(db, readId(request, 'Doorloop'))
  return {
    doorloop,
    gezien: await pick(db, request.ctx, doorloop, readVraag(request).blad),
    besluiten: await listBesluiten(db, doorloop.doorloopId),
  }
}

async function show(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { ctx } = request
  const { doorloop, gezien, besluiten, bladen, blokkades, vorige, keuzes } = await ctx.read(async db => {
    const geladen = await load(db, request)
    const { doorloopId, dossierId, nummer, staat } = geladen.doorloop
    return {
      ...geladen,
      bladen: await listBladen(db, doorloopId),
      blokkades: staat === 'loopt' ? await listBlokkades(db, geladen.doorloop) : [],
      vorige: await findVorige(db, dossierId, nummer),
      keuzes: await listKeuzes(db),
    }
  })
  const werkt = ctx.wie.rechten.has('beleid.bijdragen')
  const schrijft = ctx.wie.rechten.has('beleid.schrijven')
  const pad = doorloopPad(doorloop)
  const inhoud = (csrf: string) => (
    <>
      <Geldigheid doorloop={doorloop} nummer={gezien.nummer} nieuwste={bladen[0]?.nummer} />
      {werkt && doorloop.staat === 'loopt' ? (
        <Blokkades
          blokkades={blokkades}
          pad={pad}
          mag={schrijft && (doorloop.gemeente !== null || keuzes.regionaal)}
        />
      ) : null}
      <Bladbeeld blad={gezien.blad} />
      <Besluiten besluiten={besluiten} bladen={bladen} pad={pad} />
      {schrijft && doorloop.staat === 'voorgelegd' ? (
        <>
          <Kop niveau={3}>Leg een besluit vast</Kop>
          <Invulformulier
            naam="besluit"
            velden={doorloop.gemeente === null ? BESLUIT : VAN_EEN_GEMEENTE}
            keuzes={{ gemeente: keuzes.gemeenten }}
            actie={`${pad}/blad/besluiten`}
            csrf={csrf}
            knop="Leg besluit vast"
            geweigerd={geweigerd}
          />
        </>
      ) : null}
    </>
  )
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: `Alle keuzes op een rij: ${doorloop.dossier}`,
      inleiding: `${samenvatting(gezien.blad)} ${gezien.nummer === null ? 'Concept van' : 'Voorgelegd blad van'} ${formatDatum(gezien.blad.datum)}.`,
      kruimels: doorloopKruimels(doorloop, werkt),
      ...tellGedaan(request, { besluit: 'Het besluit is vastgelegd' }),
      acties: (
        <>
          <KnopLink href={`${pad}/blad/docx${gezien.nummer === null ? '' : `?blad=${gezien.nummer}`}`}>
            Download als Word
          </KnopLink>
          {vorige === undefined || !werkt ? null : (
            <KnopLink href={`${pad}/vergelijk`}>Vergelijk met vorige doorloop</KnopLink>
          )}
        </>
      ),
      children: werkt ? (
        <Doorloopkader doorloop={doorloop} huidig="/blad">
          {inhoud(csrf)}
        </Doorloopkader>
      ) : (
        inhoud(csrf)
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/** Says when the sheet on the page is not the one that holds: a draft, an older one, one that was taken back. */
function Geldigheid({
  doorloop: { staat },
  nummer,
  nieuwste,
}: {
  doorloop: Doorloop
  nummer: number | null
  nieuwste: number | undefined
}) {
  if (nummer === null)
    return (
      <Melding soort="info" kop="Dit is een concept">
        Zo ziet het blad er nu uit. College en raad zien het pas als het is voorgelegd.
      </Melding>
    )
  if (staat === 'ingetrokken')
    return (
      <Melding soort="waarschuwing" kop="Deze doorloop is ingetrokken">
        Dit blad is voorgelegd, maar het geldt niet meer.
      </Melding>
    )
  if (staat === 'loopt' || staat === 'gepauzeerd')
    return (
      <Melding soort="waarschuwing" kop="Dit blad is teruggehaald">
        Het wordt gewijzigd en daarna opnieuw voorgelegd.
      </Melding>
    )
  return nummer === nieuwste ? null : (
    <Melding soort="waarschuwing" kop="Er is een nieuwer blad">
      Dit blad is daarna gewijzigd en opnieuw voorgelegd.
    </Melding>
  )
}
