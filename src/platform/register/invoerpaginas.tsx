import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendExport } from '../http/export.ts'
import { MAX_BESTAND } from '../http/grenzen.ts'
import { sendPagina } from '../http/pagina.tsx'
import type { App } from '../http/server.ts'
import { readUploads } from '../http/upload.ts'
import { readId } from '../http/vraag.ts'
import { type Fout, isCorrectable, Problem } from '../problem.ts'
import {
  Actie,
  Badge,
  Beschrijvingslijst,
  Bestandveld,
  Formulier,
  formatGetal,
  formatMoment,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Link,
  Melding,
  Tabel,
} from '../ui/index.ts'
import {
  addInvoer,
  type Invoer,
  listInvoer,
  loadBestand,
  loadInvoer,
  processInvoer,
  type Staat,
  type Uitkomst,
  undoInvoer,
  type Voorbeeld,
} from './invoer.ts'
import { sheetColumns } from './kolommen.ts'
import type { Register, Registerrij } from './register.ts'

const STAAT: Readonly<Record<Staat, { naam: string; toon: 'info' | 'succes' | 'neutraal' }>> = {
  beproefd: { naam: 'nog niet verwerkt', toon: 'info' },
  verwerkt: { naam: 'verwerkt', toon: 'succes' },
  teruggenomen: { naam: 'teruggenomen', toon: 'neutraal' },
}

interface Blad {
  pad: string
  titel: string
  kruimels: readonly { naam: string; href: string }[]
}

/** Bringing in a file: what it must look like, what it would do, doing it, and taking it back. */
export function registerInvoerPaginas<V extends object, Rij extends Registerrij<V>>(
  app: App,
  register: Register<V, Rij>,
  blad: Blad,
): void {
  const pad = `${blad.pad}/invoeren`
  const config = { recht: register.rechten.schrijven } as const
  const opties = { config, schema: { hide: true } }
  const kruimels = [...blad.kruimels, { naam: blad.titel, href: blad.pad }]
  const idOf = (request: FastifyRequest) => readId(request, 'Bestand')

  const showForm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    fouten: readonly Fout[] = [],
    status = 200,
  ) => {
    const eerder = await request.ctx.read(db => listInvoer(db, register.naam))
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: `${blad.titel} invoeren`,
        inleiding: 'Kies een bestand. U ziet eerst wat het zou veranderen; er gebeurt nog niets.',
        kruimels,
        children: (
          <>
            <Formulier actie={pad} csrf={csrf} bestanden fouten={fouten}>
              <Bestandveld
                naam="bestand"
                label="Bestand"
                hulp="XLSX of CSV, hoogstens 25 MB. De kolommen mogen in elke volgorde staan."
                accept=".xlsx,.csv,text/csv"
                fouten={fouten}
              />
              <Knop>Bekijk wat het doet</Knop>
            </Formulier>
            <Kop niveau={2}>Zo ziet het bestand eruit</Kop>
            <Knoppen>
              <KnopLink href={`${pad}/sjabloon?formaat=xlsx`}>Leeg bestand (XLSX)</KnopLink>
              <KnopLink href={`${blad.pad}/export?formaat=xlsx`}>Wat er nu staat (XLSX)</KnopLink>
            </Knoppen>
            <Kolomuitleg velden={register.velden} />
            <Kop niveau={2}>Eerder ingevoerd</Kop>
            <Eerder invoer={eerder} pad={pad} />
          </>
        ),
      }),
      status,
    )
  }

  const showInvoer = async (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => {
    const invoer = await loadInvoer(request.ctx, register.naam, idOf(request))
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: invoer.bestandsnaam,
        inleiding: sentenceOf(invoer),
        kruimels: [...kruimels, { naam: 'Invoeren', href: pad }],
        children: (
          <>
            {problem === undefined ? null : (
              <Melding soort="fout" kop={problem.titel}>
                {problem.detail}
              </Melding>
            )}
            <Stappen invoer={invoer} pad={pad} csrf={csrf} />
            <Uitkomstblad invoer={invoer} pad={pad} />
          </>
        ),
      }),
      problem?.status ?? 200,
    )
  }

  app.get(pad, opties, (request, reply) => showForm(request, reply))
  app.get(`${pad}/sjabloon`, opties, (request, reply) => sendSjabloon(request, reply, register))
  app.get(`${pad}/:id`, opties, (request, reply) => showInvoer(request, reply))
  app.get(`${pad}/:id/bestand`, opties, async (request, reply) => {
    const { naam, bytes } = await loadBestand(request.ctx, register.naam, idOf(request))
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(naam)}`)
      .type('application/octet-stream')
      .send(bytes)
  })

  app.post(
    pad,
    { config: { ...config, upload: true }, bodyLimit: MAX_BESTAND, schema: { hide: true } },
    async (request, reply) => {
      const [bestand] = readUploads(request, 'bestand')
      if (bestand === undefined)
        return showForm(request, reply, [{ pad: 'bestand', melding: 'Kies een bestand.' }], 400)
      try {
        return reply.redirect(`${pad}/${await addInvoer(request.ctx, register, bestand)}`, 303)
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.type !== 'onleesbaar-bestand') throw problem
        const melding = problem.detail ?? problem.titel
        return showForm(request, reply, [{ pad: 'bestand', melding }], problem.status)
      }
    },
  )
  const step = (naam: string, doe: (request: FastifyRequest) => Promise<unknown>) =>
    app.post(
      `${pad}/:id/${naam}`,
      { config: { ...config, toontWeer: true }, schema: { hide: true } },
      async (request, reply) => {
        try {
          await doe(request)
          return reply.redirect(`${pad}/${idOf(request)}`, 303)
        } catch (problem) {
          if (!isCorrectable(problem)) throw problem
          return showInvoer(request, reply, problem)
        }
      },
    )
  step('verwerk', request => processInvoer(request.ctx, register, idOf(request)))
  step('terug', request => undoInvoer(request.ctx, register, idOf(request)))
}

function sendSjabloon(
  _request: FastifyRequest,
  reply: FastifyReply,
  { velden, naam }: Pick<Register<object>, 'velden' | 'naam'>,
) {
  const kolommen = sheetColumns(velden).map(({ kop }) => ({ kop, waarde: () => null }))
  return sendExport(reply, naam, kolommen, [])
}

function Kolomuitleg({ velden }: { velden: object }) {
  return (
    <Tabel
      bijschrift="Kolommen van het bestand"
      bijschriftVerborgen
      rijen={sheetColumns(velden)}
      sleutel={kolom => kolom.kop}
      kolommen={[
        { kop: 'Kolom', rijkop: true, cel: kolom => kolom.kop },
        { kop: 'Nodig', cel: kolom => (kolom.verplicht ? 'ja' : 'nee') },
        { kop: 'Wat er in hoort', cel: kolom => kolom.uitleg },
      ]}
    />
  )
}

function Eerder({ invoer, pad }: { invoer: readonly Omit<Invoer, 'uitkomst'>[]; pad: string }) {
  return (
    <Tabel
      bijschrift="Eerder ingevoerd"
      bijschriftVerborgen
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
        { kop: 'Staat', cel: i => <Badge toon={STAAT[i.staat].toon}>{STAAT[i.staat].naam}</Badge> },
      ]}
    />
  )
}

/** What this file did or would do, in one sentence. */
function sentenceOf({ staat, uitkomst: u }: Pick<Invoer, 'staat' | 'uitkomst'>): string {
  if (staat === 'beproefd' && u.aantalFouten > 0)
    return `Er ${u.aantalFouten === 1 ? 'is 1 fout' : `zijn ${formatGetal(u.aantalFouten)} fouten`}. Verbeter het bestand en kies het opnieuw; er is niets veranderd.`
  const delen = [
    [u.nieuw, 'nieuw'],
    [u.gewijzigd, 'gewijzigd'],
    [u.afgesloten, 'afgesloten omdat iets anders begint'],
  ] as const
  const wat = delen.filter(([n]) => n > 0).map(([n, naam]) => `${formatGetal(n)} ${naam}`)
  const gelijk =
    u.gelijk === 0 ? '' : ` ${formatGetal(u.gelijk)} ${u.gelijk === 1 ? 'staat' : 'staan'} er al zo.`
  const zin = wat.length === 0 ? 'Dit bestand verandert niets.' : `${STAATZIN[staat]}: ${wat.join(', ')}.`
  return `${zin}${gelijk}`
}

const STAATZIN: Readonly<Record<Staat, string>> = {
  beproefd: 'Dit zou het doen',
  verwerkt: 'Dit is gedaan',
  teruggenomen: 'Dit was gedaan en is teruggenomen',
}

function Stappen({ invoer, pad, csrf }: { invoer: Invoer; pad: string; csrf: string }) {
  const { uitkomst: u, staat, invoerId } = invoer
  const verandert = u.nieuw + u.gewijzigd + u.afgesloten > 0
  if (staat === 'beproefd' && u.aantalFouten === 0 && verandert)
    return (
      <Actie actie={`${pad}/${invoerId}/verwerk`} csrf={csrf} soort="hoofd">
        Voer dit door
      </Actie>
    )
  if (staat === 'verwerkt')
    return (
      <Actie actie={`${pad}/${invoerId}/terug`} csrf={csrf} soort="tweede">
        Neem dit terug
      </Actie>
    )
  return <KnopLink href={pad}>Kies een ander bestand</KnopLink>
}

function Uitkomstblad({ invoer, pad }: { invoer: Invoer; pad: string }) {
  const { uitkomst: u } = invoer
  return (
    <>
      {u.onbekend.length === 0 ? null : (
        <Melding soort="waarschuwing" kop="Deze kolommen worden niet gelezen">
          {u.onbekend.join(', ')}
        </Melding>
      )}
      {u.aantalFouten === 0 ? null : <Fouten uitkomst={u} />}
      {u.aantalFouten > 0 || u.voorbeelden.length === 0 ? null : <Wijzigingen uitkomst={u} />}
      <Beschrijvingslijst
        items={[
          {
            naam: 'Bestand',
            waarde: <Link href={`${pad}/${invoer.invoerId}/bestand`}>{invoer.bestandsnaam}</Link>,
          },
          { naam: 'Rijen', waarde: formatGetal(u.rijen) },
          {
            naam: 'Gekozen',
            waarde: `${formatMoment(invoer.op)}, ${invoer.door ?? 'de beheerder van de server'}`,
          },
          ...(invoer.verwerktOp === null
            ? []
            : [
                {
                  naam: 'Verwerkt',
                  waarde: `${formatMoment(invoer.verwerktOp)}, ${invoer.verwerktDoor ?? 'de beheerder van de server'}`,
                },
              ]),
        ]}
      />
    </>
  )
}

function Fouten({ uitkomst: u }: { uitkomst: Uitkomst }) {
  return (
    <>
      <Kop niveau={2}>Fouten</Kop>
      {u.aantalFouten > u.fouten.length ? (
        <p>Hieronder staan de eerste {formatGetal(u.fouten.length)}.</p>
      ) : null}
      <Tabel
        bijschrift="Fouten in het bestand"
        bijschriftVerborgen
        rijen={u.fouten}
        sleutel={(_, i) => String(i)}
        kolommen={[
          { kop: 'Rij', rijkop: true, uitlijning: 'rechts', cel: f => f.nummer ?? 'kop' },
          { kop: 'Kolom', cel: f => ('kolom' in f ? f.kolom : '') },
          { kop: 'Wat er staat', cel: f => ('waarde' in f ? f.waarde || 'niets' : '') },
          { kop: 'Wat er mis is', cel: f => f.melding },
          { kop: 'Wat er hoort', cel: f => ('verwacht' in f ? f.verwacht : '') },
        ]}
      />
    </>
  )
}

const SOORT: Readonly<Record<Voorbeeld['soort'], string>> = {
  nieuw: 'Nieuw',
  gewijzigd: 'Gewijzigd',
  afgesloten: 'Afgesloten',
}

function Wijzigingen({ uitkomst: u }: { uitkomst: Uitkomst }) {
  const alle = u.nieuw + u.gewijzigd + u.afgesloten
  return (
    <>
      <Kop niveau={2}>Wat er verandert</Kop>
      {alle > u.voorbeelden.length ? (
        <p>Hieronder staan de eerste {formatGetal(u.voorbeelden.length)}.</p>
      ) : null}
      <Tabel
        bijschrift="Wat er verandert"
        bijschriftVerborgen
        rijen={u.voorbeelden}
        sleutel={v => v.sleutel}
        kolommen={[
          { kop: 'Wat', rijkop: true, cel: v => v.sleutel.replaceAll('~', ', ') },
          { kop: 'Hoe', cel: v => SOORT[v.soort] },
          {
            kop: 'Verschil',
            cel: v =>
              v.velden.map(({ kop, oud, nieuw }) => <div key={kop}>{differenceOf(kop, oud, nieuw)}</div>),
          },
        ]}
      />
    </>
  )
}

const differenceOf = (kop: string, oud: string | null, nieuw: string | null) =>
  oud === null ? `${kop}: ${nieuw}` : `${kop}: ${oud} → ${nieuw ?? 'leeg'}`
