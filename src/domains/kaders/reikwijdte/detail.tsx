import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatDatum, formatPeriode } from '../../../platform/dates.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { readId } from '../../../platform/http/vraag.ts'
import {
  Alinea,
  Badge,
  type BadgeToon,
  Beschrijvingslijst,
  Datumveld,
  Filterbalk,
  formatMoment,
  Inklap,
  KnopLink,
  Kop,
  Lijst,
  Melding,
} from '../../../platform/ui/index.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { mayWrite, naamVanGemeente } from '../bereik/rules.ts'
import { loadReikwijdte } from './actions.ts'
import { OORDEELNAAM, type Oordeel, type Versie, versieOp, volgendeNa, WETNAAM } from './rules.ts'
import type { Onderwerp, Versierij } from './store.ts'
import { EINDE } from './velden.ts'

const TOON: Readonly<Record<Oordeel, BadgeToon>> = { wel: 'succes', soms: 'info', niet: 'neutraal' }

export function Oordeelbadge({ oordeel }: { oordeel: Oordeel }) {
  return <Badge toon={TOON[oordeel]}>{OORDEELNAAM[oordeel]}</Badge>
}

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'De wijziging is opgeslagen',
  einde: 'Het onderwerp is beëindigd',
}

/** The page of one subject, as it holds on a day; `geweigerd` is what was typed to end it and why that could not be. */
export async function showReikwijdte(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { wie, vandaag } = request.ctx
  const lees = readFilters(request)
  const { vraag } = lees
  const dag = lees.dag('op') ?? vandaag
  const { onderwerp, versies, bereik } = await loadReikwijdte(request.ctx, readId(request, 'Onderwerp'))
  const pad = `/reikwijdte/${onderwerp.reikwijdteId}`
  const mag = wie.rechten.has('beleid.schrijven') && mayWrite(bereik, onderwerp.gemeente)
  const geldt = versieOp(versies, dag)
  const straks = volgendeNa(versies, dag)
  const segmenten = bereik.segmenten.filter(s => onderwerp.segmenten.includes(String(s.segmentId)))
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: onderwerp.onderwerp,
      inleiding: `${WETNAAM[onderwerp.wet]}, ${onderwerp.gemeente === null ? 'hele regio' : naamVanGemeente(bereik, onderwerp.gemeente)}. ${geldt === undefined ? `Op ${formatDatum(dag)} geldt hierover niets.` : `Dit geldt op ${formatDatum(dag)}.`}`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Reikwijdte', href: '/reikwijdte' },
      ],
      acties: mag ? (
        <KnopLink href={`${pad}/wijzig`} soort="hoofd">
          Wijzig vanaf een datum
        </KnopLink>
      ) : null,
      ...tellGedaan(request, MELDING),
      children: (
        <>
          <Filterbalk adres={request.url} namen={['op', 'melding']} naam="dag" knop="Toon">
            <Datumveld naam="op" label="Wat gold op" verplicht={false} waarde={vraag.op ?? ''} />
          </Filterbalk>
          {straks === undefined ? null : (
            <Melding soort="info" kop={`Dit verandert op ${formatDatum(straks.begin)}`}>
              Dan geldt: {OORDEELNAAM[straks.oordeel].toLowerCase()}. Hieronder staan alle versies.
            </Melding>
          )}
          {geldt === undefined ? null : <Versieblad versie={geldt} />}
          <Beschrijvingslijst
            items={[{ naam: 'Segmenten', waarde: segmenten.map(s => s.naam).join(', ') }]}
          />
          <Kop niveau={2}>Alle versies</Kop>
          {versies.map(versie => (
            <Inklap
              key={versie.begin}
              kop={`${formatPeriode(versie)}: ${OORDEELNAAM[versie.oordeel].toLowerCase()}`}
            >
              <Versieblad versie={versie} />
              <Alinea maat="klein">{vastgelegd(versie)}</Alinea>
            </Inklap>
          ))}
          {mag && versies.some(v => v.eind === null) ? (
            <Einde onderwerp={onderwerp} pad={pad} csrf={csrf} geweigerd={geweigerd} />
          ) : null}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

function vastgelegd({ op, door }: Versierij): string {
  return `Vastgelegd op ${formatMoment(op)}, ${door ?? 'bij het laden van de gegevens'}.`
}

/** What holds, with examples at both sides. */
export function Versieblad({ versie }: { versie: Versie }) {
  return (
    <Beschrijvingslijst
      items={[
        { naam: 'Oordeel', waarde: <Oordeelbadge oordeel={versie.oordeel} /> },
        { naam: 'Geldt', waarde: formatPeriode(versie) },
        ...(versie.wel === null ? [] : [{ naam: 'Wat we wel inkopen', waarde: versie.wel }]),
        ...(versie.voorbeeldenWel.length === 0
          ? []
          : [{ naam: 'Voorbeelden van wel', waarde: <Lijst items={versie.voorbeeldenWel} /> }]),
        ...(versie.niet === null ? [] : [{ naam: 'Wat we niet inkopen', waarde: versie.niet }]),
        ...(versie.voorbeeldenNiet.length === 0
          ? []
          : [{ naam: 'Voorbeelden van niet', waarde: <Lijst items={versie.voorbeeldenNiet} /> }]),
        ...(versie.normaliseren === null
          ? []
          : [{ naam: 'Eerst in het gewone leven', waarde: versie.normaliseren }]),
        { naam: 'Grond', waarde: versie.grond },
      ]}
    />
  )
}

function Einde(props: { onderwerp: Onderwerp; pad: string; csrf: string; geweigerd: Geweigerd | undefined }) {
  const { onderwerp, pad, csrf, geweigerd } = props
  return (
    <Inklap kop="Beëindig dit onderwerp" open={geweigerd !== undefined}>
      <Alinea>
        Vanaf die dag zegt het protocol hier niets meer over. Wat tot dan gold, blijft te zien. Met een nieuwe
        versie komt het onderwerp weer terug.
      </Alinea>
      <Invulformulier
        naam="einde"
        velden={EINDE}
        nu={{ versie: onderwerp.versie }}
        actie={`${pad}/einde`}
        csrf={csrf}
        knop="Beëindig"
        geweigerd={geweigerd}
        toon={(nu: Onderwerp) => [{ naam: 'Onderwerp', waarde: nu.onderwerp }]}
      />
    </Inklap>
  )
}
