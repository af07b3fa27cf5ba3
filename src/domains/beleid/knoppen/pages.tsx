import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exportkolom } from '../../../platform/http/export.ts'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import type { Problem } from '../../../platform/problem.ts'
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
import { doorloopPad, laatstDoor } from '../doorloop/kader.tsx'
import { type Deel, listDelen } from '../doorloop/store.ts'
import {
  attempt,
  GeenAanbod,
  LEZEN,
  mayEdit,
  NogNiet,
  SCHRIJVEN,
  sendHulpmiddel,
  sendTabel,
  Tabeldownload,
} from '../hulpmiddel/pagina.tsx'
import { inSentence } from '../hulpmiddel/rules.ts'
import { getStand } from '../hulpmiddel/stand.ts'
import { Uitgesloten } from '../juridisch/merk.tsx'
import { type Knopinvoer, MEEST, ONDERDEEL, saveKnop } from './actions.ts'
import {
  type Knopkeuze,
  listActoren,
  type Knop as Methodeknop,
  STANDEN,
  STANDNAAM,
  sideBySide,
} from './rules.ts'

const PAD = '/beleid/doorlopen/:id/knoppen'

/** Knobs: what turning one yields, and what it does to partners and residents. */
export function registerKnoppen(app: App): void {
  app.get(PAD, LEZEN, (request, reply) => show(request, reply))

  app.get(`${PAD}/export`, LEZEN, async (request, reply) => {
    const { stand, delen } = await load(request)
    const { knoppen } = stand.doorloop.methode
    return sendTabel(request, reply, stand.doorloop, 'knoppen', exportColumns(knoppen, delen), knoppen)
  })

  app.post(PAD, SCHRIJVEN, (request, reply) => {
    const id = readId(request, 'Doorloop')
    const velden = readVelden(request)
    const doel = { code: velden.knop ?? '', versie: readVersie(request) }
    return attempt(
      reply,
      () => saveKnop(request.ctx, id, doel, readInvoer(request, doel.code)),
      `/beleid/doorlopen/${id}/knoppen?bewaard=ja`,
      problem => show(request, reply, problem),
    )
  })
}

function readInvoer(request: FastifyRequest, code: string): Knopinvoer {
  const velden = readVelden(request)
  return {
    stand: velden[`stand-${code}`] ?? '',
    opmerking: actor => velden[`opmerking-${code}-${actor}`] ?? '',
  }
}

async function load(request: FastifyRequest) {
  const id = readId(request, 'Doorloop')
  return request.ctx.read(async db => ({
    stand: await getStand(db, id, 'knoppen'),
    delen: await listDelen<Knopkeuze>(db, id, ONDERDEEL),
  }))
}

async function show(request: FastifyRequest, reply: FastifyReply, problem?: Problem): Promise<FastifyReply> {
  const { stand, delen } = await load(request)
  const { doorloop, aanbod } = stand
  const actie = `${doorloopPad(doorloop)}/knoppen`
  const { knoppen } = doorloop.methode
  const getypt = problem === undefined ? undefined : readVelden(request).knop
  const mag = mayEdit(request, stand)
  return sendHulpmiddel(request, reply, {
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
        {knoppen.map(knop => {
          const deel = delen.find(d => d.sleutel === knop.code)
          const eigen = knop.code === getypt ? problem : undefined
          const invoer = eigen === undefined ? toInvoer(knop, deel) : readInvoer(request, knop.code)
          return (
            <Kaart
              key={knop.code}
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
              {mag ? (
                <>
                  <Botsingmelding problem={eigen} toon={opDeKaart} />
                  <Knopformulier
                    csrf={csrf}
                    actie={actie}
                    knop={knop}
                    versie={formVersie(request, deel, eigen)}
                    invoer={invoer}
                    problem={eigen}
                  />
                </>
              ) : (
                <Gevolgen knop={knop} opmerking={actor => deel?.inhoud.opmerkingen[actor]} />
              )}
              <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
            </Kaart>
          )
        })}
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

function opDeKaart({ inhoud, door }: Deel<Knopkeuze>) {
  return [
    { naam: 'Bewaard door', waarde: door },
    { naam: 'Keuze', waarde: STANDNAAM[inhoud.stand] },
    ...Object.entries(inhoud.opmerkingen).map(([naam, waarde]) => ({ naam, waarde })),
  ]
}

function toInvoer(knop: Methodeknop, deel: Deel<Knopkeuze> | undefined): Knopinvoer {
  const actoren = listActoren([knop])
  return {
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

function Knopformulier({
  csrf,
  actie,
  knop,
  versie,
  invoer,
  problem,
}: {
  csrf: string
  actie: string
  knop: Methodeknop
  versie: number
  invoer: Knopinvoer
  problem: Problem | undefined
}) {
  const fouten = problem?.fouten ?? []
  return (
    <Formulier actie={actie} csrf={csrf} fouten={fouten}>
      <input type="hidden" name="knop" value={knop.code} />
      <input type="hidden" name="versie" value={versie} />
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
        label="Hoe ver draait u aan deze knop?"
        waarde={invoer.stand}
        opties={STANDEN.map(waarde => ({ waarde, naam: STANDNAAM[waarde] }))}
        fouten={fouten}
      />
      <Knoppen>
        <Knop label={`Bewaar: ${knop.naam}`}>Bewaar</Knop>
      </Knoppen>
    </Formulier>
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
