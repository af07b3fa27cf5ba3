import type { FastifyReply, FastifyRequest } from 'fastify'
import { MAX_BESTANDEN } from '../../platform/http/grenzen.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { readUploads } from '../../platform/http/upload.ts'
import { goOnAfter } from '../../platform/http/voortgang.tsx'
import { readId } from '../../platform/http/vraag.ts'
import { type Fout, Problem } from '../../platform/problem.ts'
import { type Bundelregel, bundelPad } from '../../platform/register/bladen/bundel.ts'
import { hasChanges } from '../../platform/register/invoer/invoer.ts'
import {
  faultsOf,
  Ongelezen,
  Staatbadge,
  sentenceOf,
  Uitkomstdelen,
} from '../../platform/register/pagina/uitkomst.tsx'
import {
  Actie,
  Alinea,
  Badge,
  Bestandveld,
  capital,
  Formulier,
  formatGetal,
  formatMoment,
  Inklap,
  Knop,
  KnopLink,
  Kop,
  Lijst,
  Link,
  Melding,
  Tabel,
} from '../../platform/ui/index.ts'
import { type Bestandenstand, GRENZEN, loadBestanden, processBestanden, tryBestanden } from './bestanden.ts'

/** Shows the page that the form stands on. */
export type Toon = (
  request: FastifyRequest,
  reply: FastifyReply,
  fouten?: readonly Fout[],
  status?: number,
) => Promise<FastifyReply>

const PAD = '/inrichten'
const CONFIG = { recht: 'inrichten' } as const
/** So many changes of each file are shown; the page of the file has the others. */
const TOON = 10

/** Choosing several files at once: what they would do together, and doing it. */
export function registerBestanden(app: App, toon: Toon): void {
  app.post(
    PAD,
    {
      config: { ...CONFIG, upload: true },
      bodyLimit: MAX_BESTANDEN.bytes,
      schema: { hide: true },
      errorHandler: (error, request, reply) => {
        if (error instanceof Problem && error.status === 413)
          return toon(request, reply, [{ pad: 'bestanden', melding: `Dit is te groot. ${GRENZEN}` }], 413)
        if (error instanceof Problem && error.type === 'te-veel-bestanden')
          return toon(request, reply, error.fouten, 400)
        throw error
      },
    },
    async (request, reply) => {
      try {
        const bestanden = readUploads(request, 'bestanden')
        return await goOnAfter(request, reply, { wat: 'uw bestanden', terug: PAD }, async ctx =>
          bundelPad(await tryBestanden(ctx, bestanden)),
        )
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.status !== 400) throw problem
        return toon(request, reply, problem.fouten, 400)
      }
    },
  )
  const idOf = (request: FastifyRequest) => readId(request, 'Bestanden')
  const show = async (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => {
    const stand = await loadBestanden(request.ctx, idOf(request))
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: `${stand.aantal === 1 ? '1 bestand' : `${formatGetal(stand.aantal)} bestanden`} samen`,
        inleiding: summaryOf(stand),
        kruimels: [
          { naam: 'Start', href: '/' },
          { naam: 'Inrichten', href: PAD },
        ],
        children: (
          <>
            {problem === undefined ? null : (
              <Melding soort="fout" kop={problem.titel}>
                {problem.detail}
              </Melding>
            )}
            {stand.bestanden.map(bestand => (
              <Ongelezen key={bestand.invoerId} invoer={bestand} />
            ))}
            <NietGelezen namen={stand.nietGelezen} />
            <Stap stand={stand} csrf={csrf} />
            <Bestanden stand={stand} />
          </>
        ),
      }),
      problem?.status ?? 200,
    )
  }
  app.get(bundelPad(':id'), { config: CONFIG, schema: { hide: true } }, (request, reply) =>
    show(request, reply),
  )
  app.post(
    `${bundelPad(':id')}/verwerk`,
    { config: { ...CONFIG, toontWeer: true }, schema: { hide: true } },
    async (request, reply) => {
      try {
        const bundelId = idOf(request)
        const naar = bundelPad(bundelId)
        return await goOnAfter(request, reply, { wat: 'uw bestanden', terug: naar }, async ctx => {
          await processBestanden(ctx, bundelId)
          return naar
        })
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.status !== 409) throw problem
        return show(request, reply, problem)
      }
    },
  )
}

interface Keuze {
  csrf: string
  fouten: readonly Fout[]
  eerder: readonly Bundelregel[]
}

/** The form, and below it what was chosen before. */
export function Bestandenkeuze({ csrf, fouten, eerder }: Keuze) {
  return (
    <>
      <Kop niveau={2}>Meer bestanden in één keer</Kop>
      <Formulier actie={PAD} csrf={csrf} bestanden fouten={fouten}>
        <Bestandveld
          naam="bestanden"
          label="Bestanden"
          hulp={`XLSX of CSV, of één ZIP daarvan. Elk heet naar wat erin staat, zoals aanbieders.xlsx of tarieven.csv. ${GRENZEN}`}
          accept=".xlsx,.csv,.zip,text/csv,application/zip"
          meer
          fouten={fouten}
        />
        <Knop soort="tweede">Bekijk wat ze doen</Knop>
      </Formulier>
      <Alinea maat="klein">
        U ziet eerst wat er zou veranderen. Een leeg bestand staat bij elk onderdeel onder ‘Voer een bestand
        in’.
      </Alinea>
      {eerder.length === 0 ? null : (
        <Inklap kop="Eerder samen gekozen">
          <Tabel
            bijschrift="Eerder samen gekozen"
            rijen={eerder}
            sleutel={b => String(b.bundelId)}
            kolommen={[
              {
                kop: 'Wanneer',
                rijkop: true,
                cel: b => <Link href={bundelPad(b.bundelId)}>{formatMoment(b.op)}</Link>,
              },
              { kop: 'Wie', cel: b => b.door ?? '–' },
              { kop: 'Wat', cel: b => b.registers.join(', ') },
              {
                kop: 'Staat',
                cel: b =>
                  b.staten.includes('beproefd') ? (
                    <Badge>niet doorgevoerd</Badge>
                  ) : b.staten.includes('verwerkt') ? (
                    <Badge toon="succes">doorgevoerd</Badge>
                  ) : (
                    <Badge>teruggenomen</Badge>
                  ),
              },
            ]}
          />
        </Inklap>
      )}
    </>
  )
}

const isTried = ({ bestanden }: Bestandenstand) => bestanden.some(({ staat }) => staat === 'beproefd')
const countFaults = ({ bestanden }: Bestandenstand) =>
  bestanden.reduce((som, { uitkomst }) => som + uitkomst.aantalFouten, 0)
const changes = ({ bestanden }: Bestandenstand) => bestanden.some(({ uitkomst }) => hasChanges(uitkomst))

/** What these files would do, or did, in one sentence. */
function summaryOf(stand: Bestandenstand): string {
  const fouten = countFaults(stand)
  if (fouten > 0)
    return `${faultsOf(fouten)} Er is niets veranderd. Verbeter de bestanden en kies ze opnieuw, alle samen.`
  if (!changes(stand)) return 'Deze bestanden veranderen niets: alles staat er al zo.'
  if (stand.bestanden.every(({ staat }) => staat === 'teruggenomen'))
    return 'Dit was gedaan en is teruggenomen.'
  return isTried(stand)
    ? 'Er is nog niets veranderd. Hieronder staat wat elk bestand zou doen, in de volgorde waarin dat gebeurt.'
    : 'Dit is gedaan. Terugnemen kan per bestand, zolang er niets op is gebouwd; begin met het laatste.'
}

/** Said above the button: what is not read would be missed only after it was pressed. */
const NietGelezen = ({ namen }: { namen: readonly string[] }) =>
  namen.length === 0 ? null : (
    <Melding soort="waarschuwing" kop="Deze bestanden worden niet herkend en niet gelezen">
      <Lijst items={namen} />
      <p>Een bestand heet naar wat erin staat, zoals aanbieders.xlsx of tarieven.csv.</p>
    </Melding>
  )

function Stap({ stand, csrf }: { stand: Bestandenstand; csrf: string }) {
  if (!isTried(stand)) return <KnopLink href={PAD}>Terug naar Inrichten</KnopLink>
  if (countFaults(stand) > 0 || !changes(stand)) return <KnopLink href={PAD}>Kies andere bestanden</KnopLink>
  return (
    <>
      <Alinea>Alles gaat door, of niets.</Alinea>
      <Actie actie={`${bundelPad(stand.bundelId)}/verwerk`} csrf={csrf}>
        Voer alles door
      </Actie>
    </>
  )
}

function Bestanden({ stand }: { stand: Bestandenstand }) {
  const { bestanden } = stand
  const eersteFout = bestanden.find(({ uitkomst }) => uitkomst.aantalFouten > 0)
  return (
    <>
      <Tabel
        bijschrift="De bestanden"
        rijen={bestanden}
        sleutel={b => String(b.invoerId)}
        kolommen={[
          {
            kop: 'Bestand',
            rijkop: true,
            cel: b => <Link href={`${b.pad}/${b.invoerId}`}>{b.bestandsnaam}</Link>,
          },
          { kop: 'Staat', cel: b => <Staatbadge invoer={b} /> },
          { kop: 'Rijen', uitlijning: 'rechts', cel: b => formatGetal(b.uitkomst.rijen) },
          { kop: 'Nieuw', uitlijning: 'rechts', cel: b => formatGetal(b.uitkomst.nieuw) },
          { kop: 'Gewijzigd', uitlijning: 'rechts', cel: b => formatGetal(b.uitkomst.gewijzigd) },
          { kop: 'Afgesloten', uitlijning: 'rechts', cel: b => formatGetal(b.uitkomst.afgesloten) },
          { kop: 'Gelijk', uitlijning: 'rechts', cel: b => formatGetal(b.uitkomst.gelijk) },
          { kop: 'Fouten', uitlijning: 'rechts', cel: b => formatGetal(b.uitkomst.aantalFouten) },
        ]}
      />
      {bestanden.map(bestand => (
        <section key={bestand.invoerId} aria-label={bestand.bestandsnaam}>
          <Kop niveau={2}>{capital(bestand.soort.naam)}</Kop>
          <p>{sentenceOf(bestand)}</p>
          {eersteFout !== undefined &&
          bestand.uitkomst.aantalFouten > 0 &&
          bestand.invoerId !== eersteFout.invoerId ? (
            <p>{`Verbeter eerst ${eersteFout.bestandsnaam}: fouten hier kunnen daarvan komen.`}</p>
          ) : null}
          <Uitkomstdelen invoer={bestand} kort={TOON} />
        </section>
      ))}
    </>
  )
}
