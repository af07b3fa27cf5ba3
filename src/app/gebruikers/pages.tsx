import type { FastifyRequest } from 'fastify'
import { ROL } from '../../platform/auth/rollen.ts'
import type { Db } from '../../platform/db/tables.ts'
import { formPagina } from '../../platform/http/formpagina.tsx'
import { tellGedaan } from '../../platform/http/gedaan.ts'
import { lijst } from '../../platform/http/lijst.tsx'
import type { App } from '../../platform/http/server.ts'
import { readId, readVelden } from '../../platform/http/vraag.ts'
import { readIngevuld } from '../../platform/register/pagina/ingevuld.ts'
import { Badge, formatGetal, Knop, KnopLink, type Kolom, LegeStaat, Link } from '../../platform/ui/index.ts'
import { findWijze, loadGebruiker, saveGebruiker, type Uitkomst } from './actions.ts'
import { GEBRUIKERS, type Gebruiker, listGemeenten } from './store.ts'
import { GEBRUIKER } from './velden.ts'
import { Vooraf, Wijzemelding } from './vooraf.tsx'
import { registerVoorstellen, Wachtend } from './voorstel.tsx'
import { listVoorstellen } from './voorstellen.ts'

const PAD = '/beheer/gebruikers'
const RECHT = 'gebruikers.beheren'
const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Gebruikers', href: PAD },
]
const MELDINGEN: Readonly<Record<string, string>> = {
  ja: 'De gebruiker is opgeslagen',
  gevraagd: 'De nieuwe rechten wachten op een andere beheerder. Tot dan blijft alles zoals het was.',
  bevestigd: 'De nieuwe rechten zijn bevestigd en gelden nu',
  afgewezen: 'De nieuwe rechten gaan niet door',
}

const gedaan = (uitkomst: Uitkomst) => `opgeslagen=${'voorstelId' in uitkomst ? 'gevraagd' : 'ja'}`

/** Users for the administrator: list, add, change, switch off. */
export function registerGebruikers(app: App): void {
  registerVoorstellen(app)
  registerLijst(app)
  registerFormulieren(app)
}

function registerLijst(app: App): void {
  lijst(app, PAD, {
    recht: RECHT,
    inwoners: null,
    naam: 'gebruikers',
    bron: GEBRUIKERS,
    orde: { kolom: 'naam', richting: 'op' },
    feiten: async (db, { ctx }) => ({
      voorstellen: await listVoorstellen(db),
      wijze: await findWijze(ctx, db),
    }),
    filters: () => ({
      zoek: { soort: 'zoek', hulp: 'Naam, e-mailadres of organisatie' },
      rol: { soort: 'keuze', label: 'Rol', opties: GEBRUIKER.rol.opties ?? [] },
      staat: {
        soort: 'keuze',
        label: 'Inloggen',
        opties: [
          { waarde: 'aan', naam: 'Kan inloggen' },
          { waarde: 'uit', naam: 'Uitgezet' },
        ],
      },
    }),
    sleutel: rij => String(rij.gebruikerId),
    kolommen: () => COLUMNS,
    blad: (request, { totaal, feiten: { voorstellen, wijze } }) => ({
      titel: 'Gebruikers',
      inleiding: `${totaal === 1 ? '1 gebruiker' : `${formatGetal(totaal)} gebruikers`}. Een rol bepaalt wat iemand mag zien en doen.`,
      acties: (
        <>
          <KnopLink href="/beheer/rollen">Wie had welke rol</KnopLink>
          <KnopLink href={`${PAD}/nieuw`} soort="hoofd">
            Gebruiker toevoegen
          </KnopLink>
        </>
      ),
      ...tellGedaan(request, MELDINGEN, 'opgeslagen'),
      boven: (
        <>
          <Wijzemelding wijze={wijze} />
          <Wachtend voorstellen={voorstellen} />
        </>
      ),
      leeg: <LegeStaat kop="Er zijn nog geen gebruikers" />,
    }),
  })
}

function registerFormulieren(app: App): void {
  const { loskoppelen, ...gewoon } = GEBRUIKER
  const readRest = async (db: Db, request: FastifyRequest) => ({
    gemeenten: await listGemeenten(db),
    wijze: await findWijze(request.ctx, db),
  })
  formPagina(
    app,
    `${PAD}/nieuw`,
    { recht: RECHT, velden: GEBRUIKER },
    async request => {
      const { gemeenten, wijze } = await request.ctx.read(db => readRest(db, request))
      return {
        titel: 'Gebruiker toevoegen',
        inleiding: 'De gebruiker logt in met het e-mailadres van de eigen organisatie.',
        kruimels: KRUIMELS,
        terug: PAD,
        ...tellGedaan(request, MELDINGEN, 'opgeslagen'),
        velden: gewoon,
        nu: { actief: true, ...readIngevuld(request, { rol: GEBRUIKER.rol }) },
        keuzes: { gemeenten },
        boven: <Vooraf wijze={wijze} demonstratie={false} zonderGemeenten={gemeenten.length === 0} />,
        knoppen: (
          <Knop soort="tweede" naam="nog" waarde="ja">
            Opslaan en nog iemand toevoegen
          </Knop>
        ),
      }
    },
    async ({ request, invoer }) => {
      const uitkomst = await saveGebruiker(app.omgeving, request.ctx, null, invoer)
      return `${PAD}${readVelden(request).nog === 'ja' ? '/nieuw' : ''}?${gedaan(uitkomst)}`
    },
  )
  formPagina(
    app,
    `${PAD}/:id`,
    { recht: RECHT, velden: GEBRUIKER },
    async request => {
      const g = await loadGebruiker(app.omgeving, request.ctx, readId(request, 'Gebruiker'))
      const { gemeenten, wijze } = await request.ctx.read(db => readRest(db, request))
      return {
        titel: g.naam,
        inleiding: `${ROL[g.rol].naam} bij ${g.organisatie}${g.sessies > 0 ? ', nu ingelogd' : ''}.`,
        kruimels: KRUIMELS,
        terug: PAD,
        ...tellGedaan(request, MELDINGEN, 'opgeslagen'),
        velden: g.gekoppeld ? GEBRUIKER : gewoon,
        nu: g,
        keuzes: { gemeenten },
        boven: (
          <Vooraf wijze={wijze} demonstratie={g.demonstratie} zonderGemeenten={gemeenten.length === 0} />
        ),
      }
    },
    async ({ request, invoer, versie }) => {
      const doel = { id: readId(request, 'Gebruiker'), versie }
      return `${PAD}?${gedaan(await saveGebruiker(app.omgeving, request.ctx, doel, invoer))}`
    },
  )
}

const COLUMNS: readonly Kolom<Gebruiker>[] = [
  {
    kop: 'Naam',
    rijkop: true,
    sorteer: 'naam',
    cel: g => (
      <>
        <Link href={`${PAD}/${g.gebruikerId}`} label={`${g.naam}, ${g.email}`}>
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
