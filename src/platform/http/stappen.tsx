import type { FastifyReply, FastifyRequest } from 'fastify'
import { invalid } from '../problem.ts'
import {
  Actie,
  Badge,
  type BadgeToon,
  Formulier,
  formatMoment,
  Knop,
  KnopLink,
  Knoppen,
  Link,
  LosseLink,
  Melding,
  withQuery,
} from '../ui/index.ts'
import {
  formNames,
  type Invoer,
  type Keuzes,
  marksOf,
  toInvoer,
  veldenVan,
  WAS,
} from '../velden/formulier.ts'
import { faultsOf, fieldsOf, type Groep, type Groepstaat, stateOf } from '../velden/groepen.ts'
import { Conceptscript, type Geweigerd, Invulvelden } from '../velden/invulformulier.tsx'
import { CONCEPT, type Concept, STAND } from './concept.ts'
import { readFilters } from './filter.ts'
import type { Formulierblad } from './formpagina.tsx'
import { readGedaan } from './gedaan.ts'
import { sendPagina } from './pagina.tsx'

/** Which part of a form is asked; in the address and in what is sent. */
export const STAP = 'stap'
/** All fields on one page. */
export const ALLES = 'alles'
/** Says that what is sent is what the list of parts was shown with. */
export const TAKEN = '_taken'

/** The address of a form, whichever part of it is shown: what it is about may stand in its query. */
export const addressOf = (request: FastifyRequest) => withQuery(request.url, { [STAP]: undefined })

/** A form in parts, and what stands in it now. */
interface Delen<V extends object> {
  velden: V
  groepen: readonly Groep<V>[]
  blad: Formulierblad<V>
  concept: Concept | undefined
  /** Which state of the draft this is. */
  stand: number
  invoer: Invoer
}

/** Which part the address asks for; undefined for the list of them. */
export function readStap(request: FastifyRequest, groepen: readonly { naam: string }[]): string | undefined {
  return readFilters(request).keuze(STAP, [ALLES, ...groepen.map(({ naam }) => naam)]) ?? undefined
}

const WOORD: Readonly<Record<Groepstaat, { tekst: string; toon: BadgeToon }>> = {
  klaar: { tekst: 'Ingevuld', toon: 'succes' },
  open: { tekst: 'Nog invullen', toon: 'info' },
  leeg: { tekst: 'Mag leeg blijven', toon: 'neutraal' },
}

/** Of which showing of the record a form goes on: the draft its own, else what is kept now. */
function begunAt<V extends object>({ velden, blad: { nu, keuzes = {} }, concept }: Delen<V>) {
  return {
    versie: concept?.versie ?? nu?.versie,
    was: concept?.was ?? marksOf(velden, toInvoer(velden, nu ?? null), keuzes),
  }
}

/** Which state of the draft a page was shown with: of two windows the second to write is told. */
export function Standveld({ stand }: { stand: number }) {
  return <input type="hidden" name={STAND} value={stand} />
}

function Begonnen<V extends object>({ delen }: { delen: Delen<V> }) {
  const { versie, was } = begunAt(delen)
  return (
    <>
      {versie === undefined ? null : <input type="hidden" name="versie" value={versie} />}
      <input type="hidden" name={WAS} value={was} />
      <Standveld stand={delen.stand} />
      {delen.blad.boven}
    </>
  )
}

/** The parts of a form with how far each is, and saving all of it. */
export function sendTaken<V extends object>(request: FastifyRequest, reply: FastifyReply, delen: Delen<V>) {
  const { velden, groepen, blad, concept, stand, invoer } = delen
  const { titel, inleiding, kruimels, terug, keuzes = {}, knop = 'Opslaan' } = blad
  const adres = addressOf(request)
  const staten = groepen.map(groep => ({ ...groep, staat: stateOf(velden, groep, invoer, keuzes) }))
  const open = staten.filter(({ staat }) => staat === 'open').length
  const overtaken = readGedaan(request).melding === OVERTAKEN
  return sendPagina(request, reply, csrf => ({
    titel,
    inleiding,
    kruimels,
    children: (
      <>
        {overtaken ? (
          <Melding soort="fout" kop="Er is niets opgeslagen">
            {concept === undefined ? ELDERS_OPGESLAGEN : ELDERS_VERANDERD}
          </Melding>
        ) : null}
        {concept === undefined ? null : (
          <Melding soort="info" kop={sayConcept(concept)}>
            {NIET_OPGESLAGEN}
          </Melding>
        )}
        <ol className="sam-taken" aria-label="Onderdelen">
          {staten.map(({ naam, kop, staat }) => (
            <li key={naam}>
              <Link href={withQuery(adres, { [STAP]: naam })}>{kop}</Link>
              <Badge toon={WOORD[staat].toon}>{WOORD[staat].tekst}</Badge>
            </li>
          ))}
        </ol>
        <p>
          {open === 0
            ? 'Alles wat nodig is, is ingevuld.'
            : open === 1
              ? 'Nog 1 onderdeel te gaan.'
              : `Nog ${open} onderdelen te gaan.`}
        </p>
        <Formulier actie={adres} csrf={csrf}>
          <Begonnen delen={delen} />
          <input type="hidden" name={TAKEN} value="1" />
          <Ingevuld velden={velden} invoer={invoer} />
          <Knoppen>
            <Knop>{knop}</Knop>
            <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
          </Knoppen>
        </Formulier>
        <LosseLink href={withQuery(adres, { [STAP]: ALLES })}>Vul alles op één pagina in</LosseLink>
        {concept === undefined ? null : <Weggooien adres={adres} csrf={csrf} stand={stand} />}
      </>
    ),
  }))
}

/** In the address of the list of parts, where saving it was refused: another window was first. */
export const OVERTAKEN = 'overtaken'
const ELDERS_OPGESLAGEN = 'U hebt dit in een ander venster al opgeslagen. Kijk eerst of het er staat.'
const ELDERS_VERANDERD =
  'In een ander venster is hieraan iets veranderd. Zo staat het er nu: kijk de onderdelen na, en sla het dan op.'

/** What is said above a form that was left. */
export const sayConcept = ({ op }: Concept) => `Dit is uw concept van ${formatMoment(op)}`
export const NIET_OPGESLAGEN = 'Het is nog niet opgeslagen. Alleen u ziet het.'

/** Forgets the draft, as the page shows it. */
export function Weggooien({ adres, csrf, stand }: { adres: string; csrf: string; stand: number }) {
  return (
    <Actie actie={adres} csrf={csrf} velden={{ [CONCEPT]: 'weg', [STAND]: String(stand) }} soort="tweede">
      Gooi het concept weg
    </Actie>
  )
}

/** What was filled in on other pages goes along with what is saved. */
function Ingevuld({ velden, invoer }: { velden: object; invoer: Invoer }) {
  return veldenVan(velden).flatMap(([naam, veld]) => {
    const namen = formNames(naam, veld)
    return (invoer[naam] ?? []).map((waarde, i) => {
      const onder = namen[veld.delen === undefined ? 0 : i] ?? naam
      return <input key={`${onder} ${waarde}`} type="hidden" name={onder} value={waarde} />
    })
  })
}

/** One part, as a form of its own. */
export function sendStap<V extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  delen: Delen<V> & { stap: string; geweigerd?: Geweigerd },
) {
  const { velden, groepen, blad, invoer, stap, geweigerd } = delen
  const { titel, kruimels, keuzes = {}, koppen = {} } = blad
  const adres = addressOf(request)
  const nr = groepen.findIndex(({ naam }) => naam === stap)
  const groep = groepen[nr]
  if (groep === undefined) throw new Error(`this form has no part ${stap}`)
  const fouten = geweigerd?.problem.fouten ?? []
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: groep.kop,
      inleiding: `${titel}: onderdeel ${nr + 1} van ${groepen.length}`,
      kruimels: [...kruimels, { naam: titel, href: adres }],
      children: (
        <Formulier actie={adres} csrf={csrf} fouten={fouten}>
          <Begonnen delen={delen} />
          <input type="hidden" name={STAP} value={stap} />
          <Invulvelden
            velden={fieldsOf(velden, groep)}
            invoer={invoer}
            fouten={fouten}
            keuzes={keuzes}
            // The heading of the part is that of the page.
            koppen={{ ...koppen, [groep.velden[0] ?? '']: null }}
          />
          <Knoppen>
            <Knop>Bewaar en ga verder</Knop>
            <Knop soort="tweede" naam={CONCEPT} waarde="bewaar">
              Bewaar als concept
            </Knop>
            <KnopLink href={adres}>Naar alle onderdelen</KnopLink>
          </Knoppen>
          <Conceptscript />
        </Formulier>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/**
 * Puts what was typed in one part with the rest. Answers all of it and which part is next, undefined after the last. Throws 400
 * with every fault of this part.
 */
export function takeStap<V extends object>({
  velden,
  groepen,
  keuzes,
  stap,
  eerder,
  getypt,
}: {
  velden: V
  groepen: readonly Groep<V>[]
  keuzes: Keuzes
  stap: string
  eerder: Invoer
  getypt: Invoer
}): { invoer: Invoer; naar: string | undefined } {
  const { nr, groep, invoer } = mergeStap({ groepen, stap, eerder, getypt })
  const fouten = faultsOf(velden, groep, invoer, keuzes)
  if (fouten.length > 0) throw invalid('Dit onderdeel is nog niet bewaard', fouten)
  return { invoer, naar: groepen[nr + 1]?.naam }
}

/** What was typed in one part, with the rest. Throws 400 for a part that is not there. */
export function mergeStap<V extends object>({
  groepen,
  stap,
  eerder,
  getypt,
}: {
  groepen: readonly Groep<V>[]
  stap: string
  eerder: Invoer
  getypt: Invoer
}) {
  const nr = groepen.findIndex(({ naam }) => naam === stap)
  const groep = groepen[nr]
  if (groep === undefined) throw invalid('Dit onderdeel is er niet', [])
  const namen: readonly string[] = groep.velden
  const eigen = Object.entries(getypt).filter(([naam]) => namen.includes(naam))
  return { nr, groep, invoer: { ...eerder, ...Object.fromEntries(eigen) } }
}
