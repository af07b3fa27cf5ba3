import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exportkolom } from '../../../platform/http/export.ts'
import type { App } from '../../../platform/http/server.ts'
import { readVelden } from '../../../platform/http/vraag.ts'
import {
  Alinea,
  Inklap,
  type Kolom,
  Kop,
  Link,
  Matrix,
  Onbekend,
  Raster,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { type Deel, laatstDoor } from '../../doorloop/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import { mayEdit, sendWerkvorm, Tabeldownload } from '../werkvorm/pagina.tsx'
import {
  Aanbodformulier,
  type Bezig,
  EenVoorEen,
  loadPerAanbod,
  type PerAanbod,
  registerPerAanbod,
} from '../werkvorm/peraanbod.tsx'
import { type Keuze, ONDERDEEL, saveCirkel } from './actions.ts'
import { Cirkelbeeld } from './beeld.tsx'
import { type Cirkel, describeCirkel, NIET, readRingen } from './rules.ts'

const LEEG: Cirkel = { ringen: {} }

/** Circle of self-reliance: for whom an offer is meant, in policy. Never about one resident. */
export function registerCirkel(app: App): void {
  registerPerAanbod(app, {
    naam: 'cirkel',
    toon: show,
    bewaar: (request, id, doel) => saveCirkel(request.ctx, id, doel, readKeuze(request)),
    async bestand(request) {
      const geladen = await load(request)
      const { doorloop, aanbod } = geladen.stand
      return { doorloop, naam: 'cirkel', kolommen: exportColumns(geladen), rijen: aanbod }
    },
  })
}

const load = (request: FastifyRequest) => loadPerAanbod<Cirkel>(request, 'cirkel', ONDERDEEL)

function readKeuze(request: FastifyRequest): Keuze {
  const velden = readVelden(request)
  return domein => velden[`domein-${domein}`]
}

async function show(request: FastifyRequest, reply: FastifyReply, { problem }: Partial<Geweigerd> = {}) {
  const geladen = await load(request)
  const { doorloop } = geladen.stand
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/cirkel',
    titel: 'Cirkel van zelfredzaamheid',
    inleiding: doorloop.methode.cirkel.uitleg,
    problem,
    children: csrf => (
      <EenVoorEen geladen={geladen}>
        {gekozen => (
          <>
            <EenAanbod {...{ request, geladen, csrf, gekozen, problem }} />
            <Kop niveau={2}>Alle aanbod</Kop>
            <Overzicht {...geladen} />
            <AlleenBeleid />
          </>
        )}
      </EenVoorEen>
    ),
  })
}

function EenAanbod(bezig: Bezig<Cirkel>) {
  const { request, geladen, gekozen, problem } = bezig
  const { stand, van } = geladen
  const vorm = stand.doorloop.methode.cirkel
  const deel = van(gekozen.aanbodId)
  const keuze: Keuze =
    problem === undefined ? domein => deel?.inhoud.ringen[domein] ?? NIET : readKeuze(request)
  const cirkel = problem === undefined ? (deel?.inhoud ?? LEEG) : readRingen(vorm, keuze)
  return (
    <>
      {deel === undefined && problem === undefined ? (
        <Alinea maat="groot">Voor dit aanbod is nog niet gekozen.</Alinea>
      ) : (
        <Alinea maat="groot">{describeCirkel(vorm, cirkel)}</Alinea>
      )}
      <Raster>
        <div>
          <Cirkelbeeld vorm={vorm} cirkel={cirkel} />
          <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
        </div>
        {mayEdit(request, stand) ? (
          <div>
            <Aanbodformulier
              {...bezig}
              knop="Bewaar de cirkel"
              toon={nu => [{ naam: 'Wat er nu staat', waarde: describeCirkel(vorm, nu) }]}
            >
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
                fouten={problem?.fouten ?? []}
              />
            </Aanbodformulier>
          </div>
        ) : (
          <Keuzen vorm={vorm} cirkel={cirkel} />
        )}
      </Raster>
    </>
  )
}

/** The choices without a form, for who may not change them. */
function Keuzen({ vorm, cirkel }: { vorm: Methode['cirkel']; cirkel: Cirkel }) {
  const ring = (code: string) => vorm.ringen.find(r => r.code === cirkel.ringen[code])?.naam
  return (
    <Tabel
      bijschrift="Gekozen ring per levensdomein"
      bijschriftZichtbaar
      rijen={vorm.domeinen}
      sleutel={domein => domein.code}
      kolommen={[
        { kop: 'Levensdomein', rijkop: true, cel: domein => domein.naam },
        { kop: 'Tot en met', cel: domein => ring(domein.code) ?? 'Niet van belang' },
      ]}
    />
  )
}

/** Up to which ring an offer is meant in a domain, `niet` when the domain does not count; undefined when nothing is filled in. */
function tot(
  vorm: Methode['cirkel'],
  deel: Deel<Cirkel> | undefined,
  domein: string,
  niet: string,
): string | undefined {
  if (deel === undefined) return undefined
  return vorm.ringen.find(ring => ring.code === deel.inhoud.ringen[domein])?.naam ?? niet
}

function exportColumns({ stand, van }: PerAanbod<Cirkel>): Exportkolom<Aanbod>[] {
  const vorm = stand.doorloop.methode.cirkel
  return [
    { kop: 'Aanbod', waarde: a => a.naam },
    ...vorm.domeinen.map(({ code, naam }) => ({
      kop: naam,
      waarde: (a: Aanbod) => tot(vorm, van(a.aanbodId), code, 'Niet van belang') ?? null,
    })),
    {
      kop: 'Voor wie',
      waarde: a => {
        const deel = van(a.aanbodId)
        return deel === undefined ? null : describeCirkel(vorm, deel.inhoud)
      },
    },
  ]
}

function Overzicht({ stand, actie, van }: PerAanbod<Cirkel>) {
  const vorm = stand.doorloop.methode.cirkel
  const kolommen: Kolom<Aanbod>[] = [
    {
      kop: 'Aanbod',
      rijkop: true,
      cel: a => <Link href={`${actie}?aanbod=${a.aanbodId}`}>{a.naam}</Link>,
    },
    ...vorm.domeinen.map(domein => ({
      kop: domein.naam,
      cel: (a: Aanbod) => tot(vorm, van(a.aanbodId), domein.code, 'Niet') ?? <Onbekend />,
    })),
  ]
  return (
    <>
      <div className="sam-smalle-koppen">
        <Tabel
          bijschrift="Tot en met welke ring ieder aanbod is bedoeld, per levensdomein"
          kolommen={kolommen}
          rijen={stand.aanbod}
          sleutel={a => String(a.aanbodId)}
        />
      </div>
      <Alinea maat="klein">
        ‘Niet’: dit domein is niet van belang. Een streepje: voor dit aanbod is nog niet gekozen.
      </Alinea>
      <Tabeldownload naam="de cirkel van alle aanbod" actie={actie} />
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
