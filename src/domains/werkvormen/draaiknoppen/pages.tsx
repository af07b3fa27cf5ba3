import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Exportkolom } from '../../../platform/http/export.ts'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readVelden } from '../../../platform/http/vraag.ts'
import type { Fout, Problem } from '../../../platform/problem.ts'
import { inSentence } from '../../../platform/tekst.ts'
import {
  Alinea,
  Badge,
  Botsingmelding,
  Formulier,
  Kaart,
  Keuzerondjes,
  Knop,
  Knoppen,
  Kop,
  LegeStaat,
  Lijst,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { type Deel, doorloopPad, laatstDoor, Uitgesloten } from '../../doorloop/index.ts'
import {
  GeenAanbod,
  loadDelen,
  mayEdit,
  NogNiet,
  registerWerkvorm,
  sendWerkvorm,
  Tabeldownload,
} from '../werkvorm/pagina.tsx'
import { listBotsend } from '../werkvorm/stukken.ts'
import { type Knopinvoer, MEEST, ONDERDEEL, saveKnoppen } from './actions.ts'
import {
  type Knopkeuze,
  listActoren,
  type Knop as Methodeknop,
  STANDEN,
  STANDNAAM,
  sideBySide,
} from './rules.ts'

/** Knobs: what turning one yields, and what it does to partners and residents. */
export function registerKnoppen(app: App): void {
  registerWerkvorm(app, {
    naam: 'knoppen',
    toon: show,
    async bewaar({ request }, id) {
      await saveKnoppen(request.ctx, id, code => readInvoer(request, code))
      return {}
    },
    async bestand(request) {
      const { stand, delen } = await load(request)
      const { doorloop } = stand
      const { knoppen } = doorloop.methode
      return { doorloop, naam: 'knoppen', kolommen: exportColumns(knoppen, delen), rijen: knoppen }
    },
  })
}

const load = (request: FastifyRequest) => loadDelen<Knopkeuze>(request, 'knoppen', ONDERDEEL)

/** What the form says of a knob; undefined when it was not on the form. */
function readInvoer(request: FastifyRequest, code: string): Knopinvoer | undefined {
  const velden = readVelden(request)
  const versie = velden[`versie-${code}`]
  if (versie === undefined) return undefined
  return {
    versie: numberOrNull(versie) ?? 0,
    stand: velden[`stand-${code}`] ?? '',
    opmerking: actor => velden[`opmerking-${code}-${actor}`] ?? '',
  }
}

async function show(request: FastifyRequest, reply: FastifyReply, { problem }: Partial<Geweigerd> = {}) {
  const { stand, delen } = await load(request)
  const { doorloop, aanbod } = stand
  const actie = `${doorloopPad(doorloop)}/knoppen`
  const { knoppen } = doorloop.methode
  const mag = mayEdit(request, stand)
  const van = (knop: Methodeknop) => delen.find(deel => deel.sleutel === knop.code)
  const kaart = (knop: Methodeknop, inhoud: ReactNode) => (
    <Knopkaart key={knop.code} knop={knop} deel={van(knop)}>
      {inhoud}
    </Knopkaart>
  )
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/knoppen',
    titel: 'Knoppen',
    inleiding:
      'Aan welke knoppen wilt u draaien, en wat betekent dat voor iedereen? Elke knop levert iets op en kost iets.',
    problem,
    children: csrf => (
      <>
        {aanbod.length === 0 ? <GeenAanbod doorloop={doorloop} /> : <NogNiet stand={stand} />}
        <Uitgesloten methode={doorloop.methode} wetten={doorloop.wetten} />
        {knoppen.length === 0 ? <LegeStaat kop="Deze methode kent geen knoppen" /> : null}
        {mag && knoppen.length > 0 ? (
          <Knoppenformulier {...{ request, csrf, actie, problem, knoppen, van, kaart }} />
        ) : (
          knoppen.map(knop =>
            kaart(knop, <Gevolgen knop={knop} opmerking={actor => van(knop)?.inhoud.opmerkingen[actor]} />),
          )
        )}
        <NaastElkaar knoppen={knoppen} delen={delen} />
        <Tabeldownload naam="de knoppen" actie={actie} />
      </>
    ),
  })
}

/** A row per knob: how far it is turned, and for each actor what that does and our own remark. */
function exportColumns(
  knoppen: readonly Methodeknop[],
  delen: readonly Deel<Knopkeuze>[],
): Exportkolom<Methodeknop>[] {
  const van = (knop: Methodeknop) => delen.find(deel => deel.sleutel === knop.code)?.inhoud
  return [
    { kop: 'Knop', waarde: knop => knop.naam },
    {
      kop: 'Keuze',
      waarde: knop => {
        const keuze = van(knop)
        return keuze === undefined ? null : STANDNAAM[keuze.stand]
      },
    },
    { kop: 'Levert op', waarde: knop => knop.levertOp.join('; ') },
    ...listActoren(knoppen).flatMap((actor): Exportkolom<Methodeknop>[] => [
      { kop: `Gevolgen voor ${inSentence(actor)}`, waarde: knop => punten(knop, actor).join('; ') || null },
      {
        kop: `Onze opmerking bij ${inSentence(actor)}`,
        waarde: knop => van(knop)?.opmerkingen[actor] ?? null,
      },
    ]),
  ]
}

function toInvoer(knop: Methodeknop, deel: Deel<Knopkeuze> | undefined): Knopinvoer {
  const actoren = listActoren([knop])
  return {
    versie: deel?.versie ?? 0,
    stand: deel?.inhoud.stand ?? '',
    opmerking: i => deel?.inhoud.opmerkingen[actoren[i] ?? ''] ?? '',
  }
}

function punten(knop: Methodeknop, actor: string): string[] {
  return knop.gevolgen.filter(gevolg => gevolg.actor === actor).flatMap(gevolg => gevolg.punten)
}

/** What a knob does to each actor, without a form. */
function Gevolgen({
  knop,
  opmerking,
}: {
  knop: Methodeknop
  opmerking: (actor: string) => string | undefined
}) {
  return (
    <div className="sam-actoren">
      {listActoren([knop]).map(actor => (
        <div key={actor}>
          <Kop niveau={3}>{actor}</Kop>
          <Lijst items={punten(knop, actor)} />
          <Eigen tekst={opmerking(actor)} />
        </div>
      ))}
    </div>
  )
}

function Eigen({ tekst }: { tekst: string | undefined }) {
  return tekst === undefined || tekst === '' ? null : (
    <Alinea>
      <strong>Onze opmerking:</strong> {tekst}
    </Alinea>
  )
}

function Knopkaart({
  knop,
  deel,
  children,
}: {
  knop: Methodeknop
  deel: Deel<Knopkeuze> | undefined
  children: ReactNode
}) {
  return (
    <Kaart
      kop={knop.naam}
      naast={
        deel === undefined ? (
          <Badge>Nog niet gekozen</Badge>
        ) : (
          <Badge toon={deel.inhoud.stand === 'niet' ? 'neutraal' : 'accent'}>
            {STANDNAAM[deel.inhoud.stand]}
          </Badge>
        )
      }
    >
      <Kop niveau={3}>Levert op</Kop>
      <Lijst items={knop.levertOp} />
      {children}
      <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
    </Kaart>
  )
}

/** All knobs on one form, so that saving one loses nothing that was typed at another. */
function Knoppenformulier({
  request,
  csrf,
  actie,
  problem,
  knoppen,
  van,
  kaart,
}: {
  request: FastifyRequest
  csrf: string
  actie: string
  problem: Problem | undefined
  knoppen: readonly Methodeknop[]
  van: (knop: Methodeknop) => Deel<Knopkeuze> | undefined
  kaart: (knop: Methodeknop, inhoud: ReactNode) => ReactNode
}) {
  const fouten = problem?.fouten ?? []
  const botsend = listBotsend<Knopkeuze>(problem)
  const invoerVan = (knop: Methodeknop): Knopinvoer => {
    const getypt = problem === undefined ? undefined : readInvoer(request, knop.code)
    const botsing = botsend.find(deel => deel.sleutel === knop.code)
    // Only what collided follows the other: the rest stays at the version at which it was opened.
    return { ...(getypt ?? toInvoer(knop, van(knop))), ...(botsing && { versie: botsing.versie }) }
  }
  return (
    <>
      <Botsingmelding problem={problem} toon={() => botsend.flatMap(deel => watErNuStaat(knoppen, deel))} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        {knoppen.map(knop =>
          kaart(knop, <Knopvelden knop={knop} invoer={invoerVan(knop)} fouten={fouten} />),
        )}
        <Knoppen>
          <Knop>Bewaar de knoppen</Knop>
        </Knoppen>
      </Formulier>
    </>
  )
}

function watErNuStaat(knoppen: readonly Methodeknop[], { sleutel, inhoud, door }: Deel<Knopkeuze>) {
  const naam = knoppen.find(knop => knop.code === sleutel)?.naam ?? sleutel
  return [
    { naam: `${naam} (door ${door ?? 'het systeem'})`, waarde: STANDNAAM[inhoud.stand] },
    ...Object.entries(inhoud.opmerkingen).map(([actor, waarde]) => ({ naam: `${naam}, ${actor}`, waarde })),
  ]
}

function Knopvelden({
  knop,
  invoer,
  fouten,
}: {
  knop: Methodeknop
  invoer: Knopinvoer
  fouten: readonly Fout[]
}) {
  return (
    <>
      <input type="hidden" name={`versie-${knop.code}`} value={invoer.versie} />
      <div className="sam-actoren">
        {listActoren([knop]).map((actor, i) => (
          <div key={actor}>
            <Kop niveau={3}>{actor}</Kop>
            <Lijst items={punten(knop, actor)} />
            <Tekstveld
              naam={`opmerking-${knop.code}-${i}`}
              label={`Onze opmerking bij ${inSentence(actor)}`}
              regels={2}
              maxlengte={MEEST}
              waarde={invoer.opmerking(i)}
              verplicht={false}
              fouten={fouten}
            />
          </div>
        ))}
      </div>
      <Keuzerondjes
        naam={`stand-${knop.code}`}
        label={`Hoe ver draait u aan ‘${knop.naam}’?`}
        waarde={invoer.stand}
        opties={STANDEN.map(waarde => ({ waarde, naam: STANDNAAM[waarde] }))}
        verplicht={false}
        fouten={fouten}
      />
    </>
  )
}

/** All consequences of the turned knobs together, an actor beside the other. */
function NaastElkaar({
  knoppen,
  delen,
}: {
  knoppen: readonly Methodeknop[]
  delen: readonly Deel<Knopkeuze>[]
}) {
  const keuzes = new Map(delen.map(deel => [deel.sleutel, deel.inhoud]))
  const kolommen = sideBySide(knoppen, keuzes)
  const gedraaid = knoppen.filter(({ code }) => (keuzes.get(code)?.stand ?? 'niet') !== 'niet')
  return (
    <>
      <Kop niveau={2}>Alle gevolgen naast elkaar</Kop>
      {gedraaid.length === 0 ? (
        <Alinea>
          Er is nog aan geen knop gedraaid. Zodra u dat doet, staan hier alle gevolgen per partij.
        </Alinea>
      ) : (
        <>
          <Alinea>
            U draait aan {gedraaid.length} van de {knoppen.length} knoppen. Dit komt er samen op iedereen af.
          </Alinea>
          <div className="sam-actoren">
            {kolommen.map(({ actor, gevolgen }) => (
              <Kaart key={actor} kop={actor} niveau={3}>
                {gevolgen.length === 0 ? <Alinea>Geen gevolgen genoemd.</Alinea> : null}
                {gevolgen.map(gevolg => (
                  <div key={gevolg.knop}>
                    <Kop niveau={4}>
                      {gevolg.knop} ({STANDNAAM[gevolg.stand].toLowerCase()})
                    </Kop>
                    <Lijst items={gevolg.punten} />
                    <Eigen tekst={gevolg.opmerking} />
                  </div>
                ))}
              </Kaart>
            ))}
          </div>
        </>
      )}
    </>
  )
}
