import { sql } from 'kysely'
import { GEMEENTEN, INWONERTALLEN } from '../../domains/contracten/index.ts'
import { ROL, type Rol } from '../../platform/auth/rollen.ts'
import { countRows } from '../../platform/db/lijst.ts'
import type { Db } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { listBundels } from '../../platform/register/bladen/bundel.ts'
import { registerPaginas } from '../../platform/register/pagina/paginas.tsx'
import { bladPad, type Register } from '../../platform/register/register.ts'
import {
  Badge,
  capital,
  formatGetal,
  KnopLink,
  Kop,
  Link,
  Melding,
  Tabel,
  withQuery,
} from '../../platform/ui/index.ts'
import { countGebruikers } from '../gebruikers/store.ts'
import { ONTBREEKT_PAD, sayOntbreekt } from '../ontbreekt/rules.ts'
import { countOntbreekt } from '../ontbreekt/store.ts'
import { soortenVan } from './bestanden.ts'
import { Bestandenkeuze, registerBestanden, type Toon } from './bundel.tsx'
import { fillersOf, INRICHTINGEN, type Inrichting, sayFillers } from './registers.ts'

/** A register and how much stands in it; its rows may be for somebody else to see. */
interface Stand extends Inrichting {
  /** Null where nobody counted it for who may not read it. */
  aantal: number | null
  /** How many rows the list of it has. */
  rijen: number | null
  leesbaar: boolean
  /** Of what comes anew every year: how much there should be for this one, and how much there is. */
  ditJaar?: { jaar: number; er: number; verwacht: number }
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
  const standen = await ctx.read(db => listStand(ctx, db))
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
async function listStand(ctx: Ctx, db: Db): Promise<Stand[]> {
  const jaar = Number(ctx.vandaag.slice(0, 4))
  const { rows } = await sql<{ register: string; aantal: number; rijen: number }>`
    select register, aantal, rijen from contracten.tel_inrichting()`.execute(db)
  const { rows: inwoners } = await sql<{ er: number | null }>`
    select contracten.tel_inwonertallen(${jaar}) as er`.execute(db)
  const perRegister = new Map(rows.map(rij => [rij.register, rij]))
  const leeftijden = INWONERTALLEN.velden.leeftijd?.opties?.length ?? 0
  const verwacht = (perRegister.get(GEMEENTEN.naam)?.aantal ?? 0) * leeftijden
  const standen: Stand[] = []
  for (const inrichting of INRICHTINGEN) {
    const { register } = inrichting
    const leesbaar = ctx.wie.rechten.has(register.rechten.lezen)
    const geteld = perRegister.get(register.naam) ?? (leesbaar ? await countOwn(db, register) : null)
    standen.push({
      ...inrichting,
      aantal: geteld?.aantal ?? null,
      rijen: geteld?.rijen ?? null,
      leesbaar,
      ...(register === INWONERTALLEN && { ditJaar: { jaar, er: inwoners[0]?.er ?? 0, verwacht } }),
    })
  }
  return standen
}

/** Of a register that `tel_inrichting` does not count: what who asks may read. */
async function countOwn(db: Db, { bron }: Register): Promise<{ aantal: number; rijen: number }> {
  const aantal = await countRows(db, bron, {})
  return { aantal, rijen: aantal }
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
        <Link href={newUser(fillersOf(recht)[0])}>Nog niemand heeft die rol: voeg een gebruiker toe</Link>
      ) : null}
    </Melding>
  )
}

/** The form of a new user, with the role that is meant. */
const newUser = (rol: Rol | undefined) => withQuery('/beheer/gebruikers/nieuw', { rol })

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
            cel: ({ rol }) => (
              <Link
                href={bezet.get(rol) ? `/beheer/gebruikers?rol=${rol}` : newUser(rol)}
                {...(bezet.get(rol) ? {} : { label: `${ROL[rol].naam}: voeg een gebruiker toe` })}
              >
                {ROL[rol].naam}
              </Link>
            ),
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
export async function listMissing(ctx: Ctx, db?: Db): Promise<readonly Inrichting[]> {
  const standen = db === undefined ? await ctx.read(db => listStand(ctx, db)) : await listStand(ctx, db)
  return standen.filter(isMissing)
}

const isMissing = ({ aantal, nodigOm }: Stand) => aantal === 0 && nodigOm !== undefined
const mayFill = (ctx: Ctx, { register }: Inrichting) => ctx.wie.rechten.has(register.rechten.schrijven)

function staatOf(stand: Stand) {
  const { aantal, ditJaar } = stand
  if (isMissing(stand)) return <Badge toon="waarschuwing">ontbreekt</Badge>
  if (aantal === null) return '–'
  if (aantal === 0) return <Badge>mag later</Badge>
  if (ditJaar === undefined || ditJaar.er >= ditJaar.verwacht) return null
  return <Badge>{`${ditJaar.jaar}: ${formatGetal(ditJaar.er)} van ${formatGetal(ditJaar.verwacht)}`}</Badge>
}

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
          cel: ({ register, aantal, rijen }) => (
            <>
              {aantal === null ? '–' : formatGetal(aantal)}
              {rijen === null || rijen === aantal ? null : (
                <>
                  <br />
                  <small>{`${formatGetal(rijen)} ${register.blad.deelVan?.naam[1]}`}</small>
                </>
              )}
            </>
          ),
        },
        {
          kop: 'Staat',
          heel: true,
          cel: staatOf,
        },
        { kop: 'Nodig om', cel: ({ nodigOm }) => nodigOm ?? 'cijfers en lijsten vollediger te maken' },
        { kop: 'Door', cel: ({ register }) => sayFillers(register.rechten.schrijven) },
      ]}
    />
  )
}
