import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { notFound, type Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  Formulier,
  Inklap,
  Knop,
  Knoppen,
  type Kolom,
  Kop,
  Link,
  Matrix,
  Onbekend,
  Raster,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Aanbod } from '../aanbod/store.ts'
import { doorloopPad, laatstDoor } from '../doorloop/kader.tsx'
import { type Deel, listDelen } from '../doorloop/store.ts'
import {
  Aanbodkeuze,
  attempt,
  chosenAanbod,
  formVersion,
  GeenAanbod,
  LEZEN,
  mayEdit,
  NogNiet,
  SCHRIJVEN,
  sendHulpmiddel,
  VolgendAanbod,
} from '../hulpmiddel/pagina.tsx'
import { getStand, type Stand } from '../hulpmiddel/stand.ts'
import type { Methode } from '../methode/rules.ts'
import { type Keuze, ONDERDEEL, saveCirkel } from './actions.ts'
import { Cirkelbeeld } from './beeld.tsx'
import { type Cirkel, describeCirkel, NIET, readRingen } from './rules.ts'

const PAD = '/beleid/doorlopen/:id/cirkel'
const LEEG: Cirkel = { ringen: {} }

/** Circle of self-reliance: for whom an offer is meant, in policy. Never about one resident. */
export function registerCirkel(app: App): void {
  app.get(PAD, LEZEN, (request, reply) => show(request, reply))

  app.post(PAD, SCHRIJVEN, (request, reply) => {
    const id = readId(request, 'Doorloop')
    const velden = readVelden(request)
    const aanbodId = numberOrNull(velden.aanbod)
    if (aanbodId === null) throw notFound('Aanbod')
    const versie = readVersie(request)
    const keuze: Keuze = domein => velden[`domein-${domein}`]
    return attempt(
      reply,
      () => saveCirkel(request.ctx, id, { aanbodId, versie }, keuze),
      `/beleid/doorlopen/${id}/cirkel?aanbod=${aanbodId}&bewaard=ja`,
      problem => show(request, reply, { problem, keuze }),
    )
  })
}

interface Poging {
  problem: Problem
  keuze: Keuze
}

async function show(request: FastifyRequest, reply: FastifyReply, poging?: Poging): Promise<FastifyReply> {
  const id = readId(request, 'Doorloop')
  const { stand, delen } = await request.ctx.read(async db => ({
    stand: await getStand(db, id, 'cirkel'),
    delen: await listDelen<Cirkel>(db, id, ONDERDEEL),
  }))
  const { doorloop, aanbod } = stand
  const vorm = doorloop.methode.cirkel
  const vanAanbod = (aanbodId: number) => delen.find(deel => deel.aanbodId === aanbodId)
  const gekozen = chosenAanbod(request, stand, aanbodId => vanAanbod(aanbodId) !== undefined)
  const actie = `${doorloopPad(doorloop)}/cirkel`
  return sendHulpmiddel(request, reply, {
    doorloop,
    huidig: '/cirkel',
    titel: 'Cirkel van zelfredzaamheid',
    inleiding: vorm.uitleg,
    problem: poging?.problem,
    children: csrf =>
      gekozen === undefined ? (
        <GeenAanbod doorloop={doorloop} />
      ) : (
        <>
          <NogNiet stand={stand} />
          <Aanbodkeuze
            actie={actie}
            aanbod={aanbod}
            gekozen={gekozen}
            ingevuld={aanbodId => vanAanbod(aanbodId) !== undefined}
          />
          <Kop niveau={2}>{gekozen.naam}</Kop>
          <EenAanbod
            {...{ request, stand, csrf, actie, gekozen }}
            deel={vanAanbod(gekozen.aanbodId)}
            ingevuld={aanbodId => vanAanbod(aanbodId) !== undefined}
            poging={poging}
          />
          <Kop niveau={2}>Alle aanbod</Kop>
          <Overzicht actie={actie} vorm={vorm} aanbod={aanbod} vanAanbod={vanAanbod} />
          <AlleenBeleid />
        </>
      ),
  })
}

function EenAanbod({
  request,
  stand,
  csrf,
  actie,
  gekozen,
  deel,
  ingevuld,
  poging,
}: {
  request: FastifyRequest
  stand: Stand
  csrf: string
  actie: string
  gekozen: Aanbod
  deel: Deel<Cirkel> | undefined
  ingevuld: (aanbodId: number) => boolean
  poging: Poging | undefined
}) {
  const vorm = stand.doorloop.methode.cirkel
  const cirkel = poging === undefined ? (deel?.inhoud ?? LEEG) : readRingen(vorm, poging.keuze)
  const mag = mayEdit(request, stand)
  return (
    <>
      {deel === undefined && poging === undefined ? (
        <Alinea maat="groot">Voor dit aanbod is nog niet gekozen.</Alinea>
      ) : (
        <Alinea maat="groot">{describeCirkel(vorm, cirkel)}</Alinea>
      )}
      <Raster>
        <div>
          <Cirkelbeeld vorm={vorm} cirkel={cirkel} />
          <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
        </div>
        {mag ? (
          <div>
            <Botsingmelding
              problem={poging?.problem}
              toon={(nu: Deel<Cirkel>) => [
                { naam: 'Bewaard door', waarde: nu.door },
                { naam: 'Wat er nu staat', waarde: describeCirkel(vorm, nu.inhoud) },
              ]}
            />
            <Cirkelformulier
              {...{ vorm, csrf, actie, gekozen }}
              keuze={
                poging?.keuze ??
                (domein => (deel === undefined ? NIET : (deel.inhoud.ringen[domein] ?? NIET)))
              }
              versie={formVersion(request, poging?.problem, deel)}
              problem={poging?.problem}
              verder={
                deel === undefined ? null : (
                  <VolgendAanbod actie={actie} aanbod={stand.aanbod} gekozen={gekozen} ingevuld={ingevuld} />
                )
              }
            />
          </div>
        ) : (
          <Keuzen vorm={vorm} cirkel={cirkel} />
        )}
      </Raster>
    </>
  )
}

function Cirkelformulier({
  vorm,
  csrf,
  actie,
  gekozen,
  keuze,
  versie,
  problem,
  verder,
}: {
  vorm: Methode['cirkel']
  csrf: string
  actie: string
  gekozen: Aanbod
  keuze: Keuze
  versie: number
  problem: Problem | undefined
  verder: React.ReactNode
}) {
  const fouten = problem?.fouten ?? []
  return (
    <Formulier actie={actie} csrf={csrf} fouten={fouten}>
      <input type="hidden" name="versie" value={versie} />
      <input type="hidden" name="aanbod" value={gekozen.aanbodId} />
      <Matrix
        bijschrift={`Voor wie is ${gekozen.naam}? Kies per levensdomein een ring`}
        hoek="Levensdomein"
        soort="een"
        rijen={vorm.domeinen.map(({ code, naam }) => ({ naam: `domein-${code}`, kop: naam }))}
        kolommen={[
          { waarde: NIET, kop: 'Niet van belang' },
          ...vorm.ringen.map(({ code, naam, uitleg }) => ({
            waarde: code,
            kop: naam,
            ...(uitleg === undefined ? {} : { uitleg }),
          })),
        ]}
        gekozen={(rij, kolom) => keuze(rij.slice('domein-'.length)) === kolom}
        fouten={fouten}
      />
      <Knoppen>
        <Knop>Bewaar de cirkel</Knop>
        {verder}
      </Knoppen>
    </Formulier>
  )
}

/** The choices without a form, for who may not change them. */
function Keuzen({ vorm, cirkel }: { vorm: Methode['cirkel']; cirkel: Cirkel }) {
  const ring = (code: string) => vorm.ringen.find(r => r.code === cirkel.ringen[code])?.naam
  return (
    <Tabel
      bijschrift="Gekozen ring per levensdomein"
      rijen={vorm.domeinen}
      sleutel={domein => domein.code}
      kolommen={[
        { kop: 'Levensdomein', rijkop: true, cel: domein => domein.naam },
        { kop: 'Tot en met', cel: domein => ring(domein.code) ?? 'Niet van belang' },
      ]}
    />
  )
}

function Overzicht({
  actie,
  vorm,
  aanbod,
  vanAanbod,
}: {
  actie: string
  vorm: Methode['cirkel']
  aanbod: readonly Aanbod[]
  vanAanbod: (aanbodId: number) => Deel<Cirkel> | undefined
}) {
  const kolommen: Kolom<Aanbod>[] = [
    {
      kop: 'Aanbod',
      rijkop: true,
      cel: a => <Link href={`${actie}?aanbod=${a.aanbodId}`}>{a.naam}</Link>,
    },
    ...vorm.domeinen.map(domein => ({
      kop: domein.naam,
      cel: (a: Aanbod) => {
        const deel = vanAanbod(a.aanbodId)
        if (deel === undefined) return <Onbekend />
        return vorm.ringen.find(ring => ring.code === deel.inhoud.ringen[domein.code])?.naam ?? 'Niet'
      },
    })),
  ]
  return (
    <>
      <div className="sam-smalle-koppen">
        <Tabel
          bijschrift="Tot en met welke ring ieder aanbod is bedoeld, per levensdomein"
          bijschriftVerborgen
          kolommen={kolommen}
          rijen={aanbod}
          sleutel={a => String(a.aanbodId)}
        />
      </div>
      <Alinea maat="klein">
        ‘Niet’: dit domein is niet van belang. Een streepje: voor dit aanbod is nog niet gekozen.
      </Alinea>
    </>
  )
}

function AlleenBeleid() {
  return (
    <Inklap kop="Waarom gaat de cirkel nooit over één inwoner?">
      <Alinea>
        De cirkel helpt kiezen voor welke groepen een aanbod is bedoeld. Van een inwoner alle levensdomeinen
        vastleggen mag niet zomaar: de Autoriteit Persoonsgegevens vond in 2018 dat Nijmegen en Zaanstad met
        de volledige zelfredzaamheidsmatrix bij Wmo en jeugd meer vastlegden dan nodig was. Daarom is hier
        geen plek om een inwoner in te vullen. In een gesprek komen alleen de domeinen aan bod die voor de
        hulpvraag nodig zijn.
      </Alinea>
      <Alinea maat="klein">
        Bron: Autoriteit Persoonsgegevens, onderzoeken naar Nijmegen en Zaanstad (2018); AVG art. 5 lid 1
        onder c, minimale gegevensverwerking.
      </Alinea>
    </Inklap>
  )
}
