import type { FastifyReply, FastifyRequest } from 'fastify'
import { MAX_BESTANDEN } from '../../../platform/http/grenzen.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readUploads } from '../../../platform/http/upload.ts'
import { markGelezen } from '../../../platform/http/vraag.ts'
import { type Fout, Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Bestandveld,
  Formulier,
  Inklap,
  Kaart,
  Knop,
  KnopLink,
  Knoppen,
  Lijst,
} from '../../../platform/ui/index.ts'
import type { Inname } from '../inname/actions.ts'
import { plaatsNaam } from '../uitleg/uitleg.ts'
import { soortNaam } from '../verkeer/rules.ts'
import { deliverFiles, deurReden, type Uitslag } from './actions.ts'
import { listUitkomsten, parseKenmerken, toKenmerk } from './uitkomst.ts'
import { GeenUitkomst, Uitkomsten } from './uitkomsten.tsx'

const PAD = '/berichten/aanleveren'
const CONFIG = { recht: 'berichten.aanleveren' } as const
const KRUIMELS = [{ naam: 'Berichtenverkeer', href: '/berichten' }]
/** How soon the page looks again whether a job has finished, in seconds. */
const VERVERS = 3

/** Delivering messages by hand, and what came of it. */
export function registerAanleverPages(app: App): void {
  app.get(PAD, { config: CONFIG, schema: { hide: true } }, (request, reply) => sendForm(request, reply, []))

  app.post(
    PAD,
    {
      config: { ...CONFIG, upload: true },
      bodyLimit: MAX_BESTANDEN.bytes,
      schema: { hide: true },
      errorHandler: (error, request, reply) => {
        if (error instanceof Problem && error.status === 413)
          return sendForm(request, reply, [{ pad: 'bestanden', melding: TE_GROOT_TEKST }], 413)
        throw error
      },
    },
    async (request, reply) => {
      const bestanden = readUploads(request, 'bestanden')
      if (bestanden.length === 0)
        return sendForm(request, reply, [{ pad: 'bestanden', melding: 'Kies minstens één bestand.' }], 400)
      const uitslagen = await deliverFiles(request.ctx, bestanden)
      const geweigerd = uitslagen.filter(isGeweigerd)
      if (geweigerd.length > 0) return sendGeweigerd(request, reply, uitslagen)
      const query = uitslagen.flatMap(u => ('inname' in u ? [`bericht=${toKenmerk(u.inname)}`] : []))
      return reply.redirect(`${PAD}/uitkomst?${query.join('&')}`, 303)
    },
  )

  app.get(`${PAD}/uitkomst`, { config: CONFIG, schema: { hide: true } }, async (request, reply) => {
    markGelezen(request, 'bericht')
    const kenmerken = parseKenmerken((request.query as { bericht?: unknown }).bericht)
    const uitkomsten = await listUitkomsten(request.ctx, kenmerken)
    const bezig = uitkomsten.filter(u => u.bezig).length
    return sendPagina(request, reply, {
      titel: 'Uitkomst van uw aanlevering',
      inleiding:
        bezig > 0
          ? `${bezig === 1 ? 'Eén bericht wordt' : `${bezig} berichten worden`} nog beoordeeld. Deze pagina ververst zichzelf.`
          : undefined,
      kruimels: KRUIMELS,
      ...(bezig > 0 ? { ververs: VERVERS } : {}),
      children: (
        <>
          {uitkomsten.length === 0 ? <GeenUitkomst /> : <Uitkomsten uitkomsten={uitkomsten} />}
          <Verder />
        </>
      ),
    })
  })
}

const TE_GROOT_TEKST =
  'Een bestand mag hoogstens 25 MB zijn, en alle bestanden samen 100 MB. Splits de declaratie en lever de delen los aan.'

function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  fouten: readonly Fout[],
  status = 200,
): FastifyReply {
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Bericht aanleveren',
      inleiding: 'Lever een bericht van iWmo of iJw aan. U ziet meteen wat ermee gebeurt.',
      kruimels: KRUIMELS,
      children: (
        <>
          <Formulier actie={PAD} csrf={csrf} bestanden fouten={fouten}>
            <Bestandveld
              naam="bestanden"
              label="Bestanden"
              hulp="Een of meer XML-bestanden, elk hoogstens 25 MB"
              accept=".xml,application/xml,text/xml"
              meer
              fouten={fouten}
            />
            <Knop>Lever aan</Knop>
          </Formulier>
          <Alinea maat="klein">
            {
              'Twee keer hetzelfde bestand aanleveren kan geen kwaad: u krijgt dan dezelfde uitkomst nog een keer. '
            }
            Een groot bestand wordt eerst ontvangen en daarna beoordeeld.
          </Alinea>
        </>
      ),
    }),
    status,
  )
}

function isGeweigerd(uitslag: Uitslag): boolean {
  return 'reden' in uitslag || uitslag.inname.uitkomst === 'geweigerd-aan-de-deur'
}

/** Files that were not taken in leave no trace, so this answer is the only place that says why. */
async function sendGeweigerd(
  request: FastifyRequest,
  reply: FastifyReply,
  uitslagen: readonly Uitslag[],
): Promise<FastifyReply> {
  const geweigerd = uitslagen.filter(isGeweigerd)
  const innames = uitslagen.flatMap(u => (!isGeweigerd(u) && 'inname' in u ? [u.inname] : []))
  const goed = await listUitkomsten(request.ctx, parseKenmerken(innames.map(toKenmerk)))
  const inleiding =
    goed.length === 0
      ? 'Er is niets aangenomen. Los de fouten op en lever opnieuw aan.'
      : `${geweigerd.length} van ${uitslagen.length} bestanden ${geweigerd.length === 1 ? 'is' : 'zijn'} niet aangenomen. De andere wel.`
  return sendPagina(
    request,
    reply,
    {
      titel:
        geweigerd.length === 1
          ? 'Eén bestand is niet aangenomen'
          : `${geweigerd.length} bestanden zijn niet aangenomen`,
      inleiding,
      kruimels: [...KRUIMELS, { naam: 'Bericht aanleveren', href: PAD }],
      children: (
        <>
          {geweigerd.map(uitslag => (
            <Geweigerd key={uitslag.naam} uitslag={uitslag} />
          ))}
          <Uitkomsten uitkomsten={goed} />
          <Verder />
        </>
      ),
    },
    400,
  )
}

function Geweigerd({ uitslag }: { uitslag: Uitslag }) {
  return (
    <Kaart kop={uitslag.naam} naast={<Badge toon="fout">Niet aangenomen</Badge>}>
      {'reden' in uitslag ? <Alinea>{uitslag.reden}</Alinea> : <Deurbevindingen inname={uitslag.inname} />}
    </Kaart>
  )
}

function Deurbevindingen({ inname: { soort, niveau, bevindingen } }: { inname: Inname }) {
  const items = bevindingen.map(b => `${plaatsNaam(b.pad)}: ${b.melding}`)
  const wat = soort === null ? 'Dit bestand' : `Dit bericht (${soortNaam(soort).toLowerCase()}, ${soort})`
  return (
    <>
      <Alinea>{`${wat} is niet bewaard. ${deurReden(niveau)}`}</Alinea>
      {items.length <= 10 ? (
        <Lijst items={items} />
      ) : (
        <>
          <Lijst items={items.slice(0, 10)} />
          <Inklap kop={`Nog ${items.length - 10} bevindingen`}>
            <Lijst items={items.slice(10)} />
          </Inklap>
        </>
      )}
    </>
  )
}

function Verder() {
  return (
    <Knoppen>
      <KnopLink soort="hoofd" href={PAD}>
        Nog een bericht aanleveren
      </KnopLink>
      <KnopLink href="/berichten">Naar het berichtenverkeer</KnopLink>
    </Knoppen>
  )
}
