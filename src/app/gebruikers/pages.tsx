import type { FastifyReply, FastifyRequest } from 'fastify'
import { ROL, ROLLEN } from '../../platform/auth/rollen.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { readFilters } from '../../platform/http/filter.ts'
import { readGedaan } from '../../platform/http/gedaan.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import {
  formVersie,
  likePattern,
  pick,
  readAlle,
  readId,
  readVelden,
  readVersie,
} from '../../platform/http/vraag.ts'
import { isCorrectable, notFound, type Problem } from '../../platform/problem.ts'
import {
  Badge,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
} from '../../platform/ui/index.ts'
import { findWijze, saveGebruiker } from './actions.ts'
import { Gebruikersformulier, LEEG, Wijzemelding } from './formulier.tsx'
import type { Invoer } from './invoer.ts'
import {
  countGebruikers,
  findAgb,
  findGebruiker,
  type Gebruiker,
  listGebruikers,
  listGemeenten,
  SORTEERBAAR,
} from './store.ts'
import { registerVoorstellen, Wachtend } from './voorstel.tsx'
import { listVoorstellen } from './voorstellen.ts'

const PER_PAGINA = 50
const FILTERS = ['zoek', 'rol', 'staat']
const STANDAARD = { kolom: 'naam', richting: 'op' } as const
const MELDINGEN: Readonly<Record<string, string>> = {
  ja: 'De gebruiker is opgeslagen',
  gevraagd: 'De nieuwe rechten wachten op een andere beheerder. Tot dan blijft alles zoals het was.',
  bevestigd: 'De nieuwe rechten zijn bevestigd en gelden nu',
  afgewezen: 'De nieuwe rechten gaan niet door',
}
const ROLKEUZES = ROLLEN.map(waarde => ({ waarde, naam: ROL[waarde].naam }))

/** Users for the administrator: list, add, change, switch off. */
export function registerGebruikers(app: App): void {
  const config = { recht: 'gebruikers.beheren' } as const
  const schema = { hide: true }
  registerVoorstellen(app)

  app.get('/beheer/gebruikers', { config, schema }, async (request, reply) => {
    const lees = readFilters(request)
    const { vraag } = lees
    const melding = pick(MELDINGEN, readGedaan(request).opgeslagen)
    const staat = lees.keuze('staat', ['aan', 'uit'])
    const filter = {
      zoek: likePattern(vraag.zoek),
      rol: lees.keuze('rol', ROLLEN),
      actief: staat === null ? null : staat === 'aan',
    }
    const sortering = lees.sortering(SORTEERBAAR, STANDAARD)
    const pagina = lees.pagina()
    const { rijen, totaal, voorstellen, wijze } = await request.ctx.read(async db => ({
      rijen: await listGebruikers(db, filter, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countGebruikers(db, filter),
      voorstellen: await listVoorstellen(db),
      wijze: await findWijze(request.ctx, db),
    }))
    return sendPagina(request, reply, {
      titel: 'Gebruikers',
      inleiding: `${totaal === 1 ? '1 gebruiker' : `${formatGetal(totaal)} gebruikers`}. Een rol bepaalt wat iemand mag zien en doen.`,
      acties: (
        <>
          <KnopLink href="/beheer/rollen">Wie had welke rol</KnopLink>
          <KnopLink href="/beheer/gebruikers/nieuw" soort="hoofd">
            Gebruiker toevoegen
          </KnopLink>
        </>
      ),
      ...(melding !== undefined && { melding: { soort: 'succes' as const, tekst: melding } }),
      children: (
        <>
          <Wijzemelding wijze={wijze} />
          <Wachtend voorstellen={voorstellen} />
          <Lijstdeel
            adres={request.url}
            naam="gebruikers"
            filters={FILTERS}
            velden={
              <>
                <Filterzoek waarde={vraag.zoek} hulp="Naam, e-mailadres of organisatie" />
                <Filterkeuze naam="rol" label="Rol" waarde={vraag.rol} opties={ROLKEUZES} />
                <Filterkeuze
                  naam="staat"
                  label="Inloggen"
                  waarde={vraag.staat}
                  opties={[
                    { waarde: 'aan', naam: 'Kan inloggen' },
                    { waarde: 'uit', naam: 'Uitgezet' },
                  ]}
                />
              </>
            }
            kolommen={COLUMNS}
            rijen={rijen}
            sleutel={rij => String(rij.gebruikerId)}
            sortering={sortering}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={totaal}
            leeg={<LegeStaat kop="Er zijn nog geen gebruikers" />}
          />
        </>
      ),
    })
  })

  app.get('/beheer/gebruikers/nieuw', { config, schema }, (request, reply) =>
    showForm(request, reply, { doel: null, invoer: LEEG }),
  )

  app.post('/beheer/gebruikers/nieuw', { config, schema }, (request, reply) =>
    save(app, request, reply, null),
  )

  app.get('/beheer/gebruikers/:id', { config, schema }, async (request, reply) => {
    const doel = await request.ctx.read(db => findGebruiker(db, readId(request, 'Gebruiker')))
    if (!doel) throw notFound('Gebruiker')
    return showForm(request, reply, { doel, invoer: await toInvoer(app, request, doel) })
  })

  app.post('/beheer/gebruikers/:id', { config, schema }, (request, reply) =>
    save(app, request, reply, readId(request, 'Gebruiker')),
  )
}

async function save(app: App, request: FastifyRequest, reply: FastifyReply, id: number | null) {
  const velden = readVelden(request)
  const invoer: Invoer = {
    naam: velden.naam ?? '',
    email: velden.email ?? '',
    organisatie: velden.organisatie ?? '',
    rol: velden.rol ?? '',
    gemeenten: readAlle(request.body, 'gemeenten'),
    agb: velden.agb ?? '',
    actief: velden.actief === 'ja',
    loskoppelen: velden.loskoppelen === 'ja',
  }
  const doel = id === null ? null : { id, versie: readVersie(request) }
  try {
    const uitkomst = await saveGebruiker(app.omgeving, request.ctx, doel, invoer)
    const hoe = 'voorstelId' in uitkomst ? 'gevraagd' : 'ja'
    const verder = id === null && velden.nog === 'ja' ? '/beheer/gebruikers/nieuw' : '/beheer/gebruikers'
    return reply.redirect(`${verder}?opgeslagen=${hoe}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    const huidig = id === null ? undefined : await request.ctx.read(db => findGebruiker(db, id))
    return showForm(request, reply, { doel: huidig ?? null, invoer, problem })
  }
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  stand: { doel: Gebruiker | null; invoer: Invoer; problem?: Problem },
) {
  const { doel, invoer, problem } = stand
  const { gemeenten, wijze } = await request.ctx.read(async db => ({
    gemeenten: await listGemeenten(db),
    wijze: await findWijze(request.ctx, db),
  }))
  const versie = formVersie(request, doel, problem)
  const melding = pick(MELDINGEN, readGedaan(request).opgeslagen)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: doel === null ? 'Gebruiker toevoegen' : doel.naam,
      inleiding:
        doel === null
          ? 'De gebruiker logt in met het e-mailadres van de eigen organisatie.'
          : `${ROL[doel.rol].naam} bij ${doel.organisatie}${doel.sessies > 0 ? ', nu ingelogd' : ''}.`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Gebruikers', href: '/beheer/gebruikers' },
      ],
      ...(melding !== undefined && { melding: { soort: 'succes' as const, tekst: melding } }),
      children: (
        <Gebruikersformulier
          csrf={csrf}
          actie={doel === null ? '/beheer/gebruikers/nieuw' : `/beheer/gebruikers/${doel.gebruikerId}`}
          invoer={invoer}
          nieuw={doel === null}
          versie={versie}
          gemeenten={gemeenten}
          rollen={ROLKEUZES}
          demonstratie={doel?.demonstratie === true}
          gekoppeld={doel?.gekoppeld === true}
          wijze={wijze}
          {...(problem === undefined ? {} : { problem })}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}

async function toInvoer(app: App, request: FastifyRequest, g: Gebruiker): Promise<Invoer> {
  const { voorAanbieder } = g
  const gemeenten = (await request.ctx.read(listGemeenten)).map(rij => rij.waarde)
  const opzoeken = makeCtx(app.omgeving, systeem('gebruikers', gemeenten), request.ctx.verzoekId)
  const agb = voorAanbieder === null ? undefined : await opzoeken.read(db => findAgb(db, voorAanbieder))
  const { naam, email, organisatie, rol, actief } = g
  return { naam, email, organisatie, rol, gemeenten: g.gemeenten, agb: agb ?? '', actief, loskoppelen: false }
}

const COLUMNS: readonly Kolom<Gebruiker>[] = [
  {
    kop: 'Naam',
    rijkop: true,
    sorteer: 'naam',
    cel: g => (
      <>
        <Link href={`/beheer/gebruikers/${g.gebruikerId}`} label={`${g.naam}, ${g.email}`}>
          {g.naam}
        </Link>{' '}
        {g.demonstratie ? <Badge toon="accent">demonstratie</Badge> : null}
      </>
    ),
  },
  { kop: 'E-mail', sorteer: 'email', cel: g => g.email },
  { kop: 'Organisatie', sorteer: 'organisatie', cel: g => g.organisatie },
  { kop: 'Rol', sorteer: 'rol', cel: g => ROL[g.rol].naam },
  {
    kop: 'Inloggen',
    heel: true,
    cel: g => (g.actief ? <Badge toon="succes">Kan inloggen</Badge> : <Badge>Uitgezet</Badge>),
  },
]
