import { countRows } from '../../platform/db/lijst.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { listBundels } from '../../platform/register/bundel.ts'
import { registerPaginas } from '../../platform/register/paginas.tsx'
import { bladPad } from '../../platform/register/register.ts'
import { Badge, capital, formatGetal, KnopLink, Link, Tabel } from '../../platform/ui/index.ts'
import { soortenVan } from './bestanden.ts'
import { Bestandenkeuze, registerBestanden, type Toon } from './bundel.tsx'
import { fillersOf, INRICHTINGEN, type Inrichting } from './registers.ts'

/** A register and how much stands in it; null when that is for somebody else to see. */
interface Stand extends Inrichting {
  aantal: number | null
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
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Inrichten',
      inleiding:
        volgende === undefined
          ? isUnsure(standen)
            ? 'Wat u zelf invoert, staat er. Of de rest er staat, ziet wie het invoert.'
            : 'Alles wat nodig is om te werken, staat er.'
          : `Nog in te richten: ${volgende.register.naam}. Dat is nodig om ${volgende.nodigOm}.`,
      kruimels: [{ naam: 'Start', href: '/' }],
      acties:
        volgende !== undefined && mayFill(ctx, volgende) ? (
          <KnopLink href={`${bladPad(volgende.register)}/invoeren`} soort="hoofd">
            {`Voer ${volgende.register.naam} in`}
          </KnopLink>
        ) : null,
      children: (
        <>
          <Standtabel standen={standen} />
          <Bestandenkeuze csrf={csrf} fouten={fouten} eerder={eerder} />
        </>
      ),
    }),
    status,
  )
}

/** How much stands in each register that this person may see. */
export async function loadStand(ctx: Ctx): Promise<Stand[]> {
  return ctx.read(async db => {
    const standen: Stand[] = []
    for (const inrichting of INRICHTINGEN) {
      const { bron, rechten } = inrichting.register
      const aantal = ctx.wie.rechten.has(rechten.lezen) ? await countRows(db, bron, {}) : null
      standen.push({ ...inrichting, aantal })
    }
    return standen
  })
}

/** What is missing for work that cannot go on without it, in the order in which it is put in. */
export async function listMissing(ctx: Ctx): Promise<readonly Inrichting[]> {
  return (await loadStand(ctx)).filter(isMissing)
}

/** Something necessary is not for this person to see, and nothing that names it, and so comes after it, is there. */
const isUnsure = (standen: readonly Stand[]) =>
  standen.findLastIndex(({ aantal, nodigOm }) => aantal === null && nodigOm !== undefined) >
  standen.findLastIndex(({ aantal }) => aantal !== null && aantal > 0)

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
            return stand.aantal === null ? naam : <Link href={bladPad(stand.register)}>{naam}</Link>
          },
        },
        {
          kop: 'Aantal',
          uitlijning: 'rechts',
          cel: ({ aantal }) => (aantal === null ? 'niet te zien' : formatGetal(aantal)),
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
        { kop: 'Door', cel: ({ register }) => fillersOf(register.rechten.schrijven) },
      ]}
    />
  )
}
