import { sql } from 'kysely'
import { ROL, type Rol } from '../../platform/auth/rollen.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { listBundels } from '../../platform/register/bundel.ts'
import { registerPaginas } from '../../platform/register/paginas.tsx'
import { bladPad } from '../../platform/register/register.ts'
import { Badge, capital, formatGetal, KnopLink, Kop, Link, Melding, Tabel } from '../../platform/ui/index.ts'
import { countGebruikers } from '../gebruikers/store.ts'
import { ONTBREEKT_PAD, sayOntbreekt } from '../ontbreekt/rules.ts'
import { countOntbreekt } from '../ontbreekt/store.ts'
import { soortenVan } from './bestanden.ts'
import { Bestandenkeuze, registerBestanden, type Toon } from './bundel.tsx'
import { fillersOf, INRICHTINGEN, type Inrichting, sayFillers } from './registers.ts'

/** A register and how much stands in it; its rows may be for somebody else to see. */
interface Stand extends Inrichting {
  aantal: number
  leesbaar: boolean
}

/** Every register, and above them: what a region put in, what is missing for which work, and the next step. */
export function registerInrichten(app: App): void {
  for (const { register } of INRICHTINGEN) registerPaginas(app, register)
  registerBestanden(app, showInrichten)
  app.get('/inrichten', { config: { recht: 'inrichten' }, schema: { hide: true } }, (request, reply) =>
    showInrichten(request, reply),
  )
}

const showInrichten: Toon = async (request, reply, fouten = [], status = 200) => {
  const { ctx } = request
  const standen = await loadStand(ctx)
  const eerder = await listBundels(ctx, soortenVan(ctx))
  const volgende = standen.find(isMissing)
  // Before there is something of everything it only says the same again, of each row.
  const ontbreekt = volgende === undefined ? await countOntbreekt(ctx) : 0
  const bezet = ctx.wie.rechten.has('gebruikers.beheren') ? await countBezet(ctx) : undefined
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Inrichten',
      inleiding:
        volgende !== undefined
          ? `Nog in te richten: ${volgende.register.naam}. Dat is nodig om ${volgende.nodigOm}.`
          : ontbreekt > 0
            ? `Van alles wat nodig is staat er iets. ${sayOntbreekt(ontbreekt)}.`
            : 'Alle afspraken die nodig zijn om te werken, staan er.',
      kruimels: [{ naam: 'Start', href: '/' }],
      acties:
        volgende !== undefined && mayFill(ctx, volgende) ? (
          <KnopLink href={`${bladPad(volgende.register)}/invoeren`} soort="hoofd">
            {`Voer ${volgende.register.naam} in`}
          </KnopLink>
        ) : ontbreekt > 0 ? (
          <KnopLink href={ONTBREEKT_PAD} soort="hoofd">
            Bekijk wat nog ontbreekt
          </KnopLink>
        ) : null,
      children: (
        <>
          {volgende === undefined || mayFill(ctx, volgende) ? null : (
            <Volgende volgende={volgende} bezet={bezet} />
          )}
          <Standtabel standen={standen} />
          {bezet === undefined ? null : <Bezetting bezet={bezet} />}
          <Bestandenkeuze csrf={csrf} fouten={fouten} eerder={eerder} />
        </>
      ),
    }),
    status,
  )
}

/** How much stands in each register; who may not see its rows sees to it that they come, so how many there are is said. */
export async function loadStand(ctx: Ctx): Promise<Stand[]> {
  return ctx.read(async db => {
    const { rows } = await sql<{ register: string; aantal: number }>`
      select register, aantal from contracten.tel_inrichting()`.execute(db)
    const perRegister = new Map(rows.map(({ register, aantal }) => [register, aantal]))
    return INRICHTINGEN.map(inrichting => ({
      ...inrichting,
      aantal: perRegister.get(inrichting.register.naam) ?? 0,
      leesbaar: ctx.wie.rechten.has(inrichting.register.rechten.lezen),
    }))
  })
}

type Bezet = ReadonlyMap<Rol, number>

/** How many may log in, by role. */
const countBezet = async (ctx: Ctx): Promise<Bezet> =>
  new Map((await ctx.read(countGebruikers)).map(({ rol, actief }) => [rol, actief]))

/** Who does what is next, for who does not do it; and who sees to the users hears when nobody can. */
function Volgende({ volgende: { register }, bezet }: { volgende: Inrichting; bezet: Bezet | undefined }) {
  const recht = register.rechten.schrijven
  const niemand = bezet !== undefined && fillersOf(recht).every(rol => (bezet.get(rol) ?? 0) === 0)
  return (
    <Melding
      soort={niemand ? 'waarschuwing' : 'info'}
      kop={`${capital(register.naam)} voert iemand in met de rol ${sayFillers(recht)}`}
    >
      {niemand ? (
        <Link href="/beheer/gebruikers/nieuw">Nog niemand heeft die rol: voeg een gebruiker toe</Link>
      ) : null}
    </Melding>
  )
}

/** The roles without which the work stops, in the order in which they begin. */
const NODIG: readonly { rol: Rol; om: string }[] = [
  { rol: 'contractmanager', om: 'afspraken met aanbieders in te voeren' },
  {
    rol: 'backoffice',
    om: 'lopende toewijzingen en oude berichten over te nemen, en berichten aan te leveren',
  },
  { rol: 'controller', om: 'betalingen vast te leggen' },
  { rol: 'consulent', om: 'te zien welke hulp een inwoner krijgt' },
  { rol: 'privacy-officer', om: 'na te gaan wie iets heeft ingezien' },
]

function Bezetting({ bezet }: { bezet: Bezet }) {
  return (
    <>
      <Kop niveau={2}>Wie ermee werkt</Kop>
      <Tabel
        bijschrift="Wie ermee werkt"
        rijen={NODIG}
        sleutel={({ rol }) => rol}
        kolommen={[
          {
            kop: 'Rol',
            rijkop: true,
            cel: ({ rol }) => <Link href={`/beheer/gebruikers?rol=${rol}`}>{ROL[rol].naam}</Link>,
          },
          { kop: 'Kan inloggen', uitlijning: 'rechts', cel: ({ rol }) => formatGetal(bezet.get(rol) ?? 0) },
          {
            kop: 'Staat',
            heel: true,
            cel: ({ rol }) => (bezet.get(rol) ? null : <Badge toon="waarschuwing">ontbreekt</Badge>),
          },
          { kop: 'Nodig om', cel: ({ om }) => om },
        ]}
      />
    </>
  )
}

/** What is missing for work that cannot go on without it, in the order in which it is put in. */
export async function listMissing(ctx: Ctx): Promise<readonly Inrichting[]> {
  return (await loadStand(ctx)).filter(isMissing)
}

const isMissing = ({ aantal, nodigOm }: Stand) => aantal === 0 && nodigOm !== undefined
const mayFill = (ctx: Ctx, { register }: Inrichting) => ctx.wie.rechten.has(register.rechten.schrijven)

function Standtabel({ standen }: { standen: readonly Stand[] }) {
  return (
    <Tabel
      bijschrift="Wat er staat"
      rijen={standen}
      sleutel={({ register }) => register.naam}
      kolommen={[
        {
          kop: 'Wat',
          rijkop: true,
          cel: stand => {
            const naam = capital(stand.register.naam)
            return stand.leesbaar ? <Link href={bladPad(stand.register)}>{naam}</Link> : naam
          },
        },
        {
          kop: 'Aantal',
          uitlijning: 'rechts',
          cel: ({ aantal }) => formatGetal(aantal),
        },
        {
          kop: 'Staat',
          heel: true,
          cel: stand =>
            isMissing(stand) ? (
              <Badge toon="waarschuwing">ontbreekt</Badge>
            ) : stand.aantal === 0 ? (
              <Badge>mag later</Badge>
            ) : null,
        },
        { kop: 'Nodig om', cel: ({ nodigOm }) => nodigOm ?? 'cijfers en lijsten vollediger te maken' },
        { kop: 'Door', cel: ({ register }) => sayFillers(register.rechten.schrijven) },
      ]}
    />
  )
}
