import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exportkolom } from '../../../platform/http/export.ts'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readVelden } from '../../../platform/http/vraag.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  Eiland,
  Formulier,
  Knop,
  Knoppen,
  Kop,
  Lijst,
  Melding,
  Onbekend,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { type Deel, type Doorloop, doorloopPad } from '../../doorloop/index.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import {
  GeenAanbod,
  loadDelen,
  mayEdit,
  NogNiet,
  registerWerkvorm,
  sendWerkvorm,
  Tabeldownload,
} from '../werkvorm/pagina.tsx'
import type { Stand } from '../werkvorm/stand.ts'
import { listBotsend } from '../werkvorm/stukken.ts'
import { type Aanbodinvoer, ONDERDEEL, saveVerschuiving } from './actions.ts'
import Kaart, { type Kaartgegevens } from './kaart.island.tsx'
import {
  describeBeweging,
  describePlek,
  LEEG,
  type Plek,
  type Plekinvoer,
  SOORTEN,
  SOORTNAAM,
  type Soort,
  type Verschuiving,
} from './rules.ts'

/** The map from curatief to preventief: where every offer stands now and should stand. */
export function registerVerschuiving(app: App): void {
  registerWerkvorm(app, {
    naam: 'verschuiving',
    toon: show,
    async bewaar({ request }, id) {
      await saveVerschuiving(request.ctx, id, aanbodId => readInvoer(request, aanbodId))
      return {}
    },
    async bestand(request) {
      const { stand, van } = await load(request)
      const { doorloop, aanbod } = stand
      return { doorloop, naam: 'verschuiving', kolommen: exportColumns(doorloop, van), rijen: aanbod }
    },
  })
}

/** What the form says of an offer; undefined when it was not on the form. */
function readInvoer(request: FastifyRequest, aanbodId: number): Aanbodinvoer | undefined {
  const velden = readVelden(request)
  const versie = velden[`versie-${aanbodId}`]
  if (versie === undefined) return undefined
  const plek = (soort: Soort): Plekinvoer => ({
    x: velden[`${soort}-x-${aanbodId}`] ?? '',
    y: velden[`${soort}-y-${aanbodId}`] ?? '',
    rol: velden[`${soort}-rol-${aanbodId}`] ?? '',
  })
  return { versie: numberOrNull(versie) ?? 0, nu: plek('nu'), wens: plek('wens') }
}

function toPlekinvoer(plek: Plek | null): Plekinvoer {
  return plek === null ? { x: '', y: '', rol: '' } : { x: String(plek.x), y: String(plek.y), rol: plek.rol }
}

async function load(request: FastifyRequest): Promise<{ stand: Stand; van: Van }> {
  const { stand, delen } = await loadDelen<Verschuiving>(request, 'verschuiving', ONDERDEEL)
  return { stand, van: aanbodId => delen.find(deel => deel.aanbodId === aanbodId) }
}

function exportColumns(doorloop: Doorloop, van: Van): Exportkolom<Aanbod>[] {
  const inhoud = (a: Aanbod) => van(a.aanbodId)?.inhoud ?? LEEG
  return [
    { kop: 'Aanbod', waarde: a => a.naam },
    ...SOORTEN.flatMap((soort): Exportkolom<Aanbod>[] => {
      const wanneer = SOORTNAAM[soort].toLowerCase()
      return [
        { kop: `Preventief ${wanneer}`, soort: 'getal', waarde: a => inhoud(a)[soort]?.x ?? null },
        { kop: `Zelfredzaam ${wanneer}`, soort: 'getal', waarde: a => inhoud(a)[soort]?.y ?? null },
        { kop: `Rol ${wanneer}`, waarde: a => rolnaam(doorloop, inhoud(a)[soort]) ?? null },
      ]
    }),
    { kop: 'Beweging', waarde: a => describeBeweging(inhoud(a)) },
  ]
}

async function show(request: FastifyRequest, reply: FastifyReply, { problem }: Partial<Geweigerd> = {}) {
  const { stand, van } = await load(request)
  const { doorloop, aanbod } = stand
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/verschuiving',
    titel: 'Van curatief naar preventief',
    inleiding: doorloop.methode.verschuiving.uitleg,
    problem,
    children: csrf => (
      <>
        {doorloop.wetten.includes('jw') ? (
          <Melding soort="waarschuwing" kop="Jeugd: passend gaat voor licht">
            {doorloop.methode.verschuiving.jeugdnoot} Een pijl naar rechts betekent hier dus niet dat het
            beter wordt.
          </Melding>
        ) : null}
        {aanbod.length === 0 ? (
          <GeenAanbod doorloop={doorloop} />
        ) : (
          <>
            <NogNiet stand={stand} />
            <Alinea maat="groot">{summarize(aanbod, van)}</Alinea>
            <Kaartdeel {...{ request, stand, csrf, problem, van }} />
            <Kop niveau={2}>Dezelfde kaart als tabel</Kop>
            <Kaarttabel doorloop={doorloop} aanbod={aanbod} van={van} />
            <Tabeldownload naam="de kaart" actie={`${doorloopPad(doorloop)}/verschuiving`} />
            <Kop niveau={2}>Hoe ver gaat de gemeente?</Kop>
            <Alinea>De rollen, van de meeste naar de minste bemoeienis:</Alinea>
            <Lijst
              genummerd
              items={doorloop.methode.verschuiving.rollen.map(({ naam, uitleg }) =>
                uitleg === undefined ? naam : `${naam}: ${uitleg.toLowerCase()}`,
              )}
            />
          </>
        )}
      </>
    ),
  })
}

type Van = (aanbodId: number) => Deel<Verschuiving> | undefined

/** What the map says in a sentence, without calling a direction better. */
function summarize(aanbod: readonly Aanbod[], van: Van): string {
  const paren = aanbod.flatMap(({ aanbodId }) => {
    const { nu, wens } = van(aanbodId)?.inhoud ?? LEEG
    return nu === null || wens === null ? [] : [{ nu, wens }]
  })
  if (paren.length === 0) return 'Er is nog geen aanbod met een plek nu en een gewenste plek.'
  const rechts = paren.filter(({ nu, wens }) => wens.x > nu.x).length
  const links = paren.filter(({ nu, wens }) => wens.x < nu.x).length
  const wie =
    aanbod.length === 1
      ? 'Het aanbod heeft'
      : `Van de ${aanbod.length} soorten aanbod ${paren.length === 1 ? 'heeft er 1' : `hebben er ${paren.length}`}`
  return `${wie} een plek nu en een gewenste plek: ${rechts} naar preventief, ${links} naar curatief, ${paren.length - rechts - links} op dezelfde hoogte.`
}

function Kaartdeel({
  request,
  stand,
  csrf,
  problem,
  van,
}: {
  request: FastifyRequest
  stand: Stand
  csrf: string
  problem: Problem | undefined
  van: Van
}) {
  const { doorloop, aanbod } = stand
  const getypt = (aanbodId: number) => (problem === undefined ? undefined : readInvoer(request, aanbodId))
  const gegevens: Kaartgegevens = {
    mag: mayEdit(request, stand),
    rollen: doorloop.methode.verschuiving.rollen.map(({ code, naam }) => ({ code, naam })),
    fouten: Object.fromEntries((problem?.fouten ?? []).map(({ pad, melding }) => [pad, melding])),
    aanbod: aanbod.map(({ aanbodId, naam }) => {
      const { nu, wens } = van(aanbodId)?.inhoud ?? LEEG
      const invoer = getypt(aanbodId)
      return {
        id: aanbodId,
        naam,
        nu: invoer?.nu ?? toPlekinvoer(nu),
        wens: invoer?.wens ?? toPlekinvoer(wens),
      }
    }),
  }
  if (!gegevens.mag) return <Kaart {...gegevens} />
  const botsend = listBotsend<Verschuiving>(problem)
  const botsing = (aanbodId: number) => botsend.find(deel => deel.sleutel === String(aanbodId))
  // Only what collided follows the other: the rest stays untouched at the version at which it was opened.
  const versie = (aanbodId: number) =>
    botsing(aanbodId)?.versie ?? getypt(aanbodId)?.versie ?? van(aanbodId)?.versie ?? 0
  return (
    <>
      <Botsingmelding
        problem={problem}
        toon={() =>
          aanbod.flatMap(({ aanbodId, naam }) => {
            const deel = botsing(aanbodId)
            if (deel === undefined) return []
            return SOORTEN.map(soort => ({
              naam: `${naam}, ${SOORTNAAM[soort].toLowerCase()} (door ${deel.door ?? 'het systeem'})`,
              waarde: describeHele(doorloop, deel.inhoud[soort]),
            }))
          })
        }
      />
      <Formulier actie={`${doorloopPad(doorloop)}/verschuiving`} csrf={csrf} fouten={problem?.fouten ?? []}>
        {aanbod.map(({ aanbodId }) => (
          <input key={aanbodId} type="hidden" name={`versie-${aanbodId}`} value={versie(aanbodId)} />
        ))}
        <Eiland naam="kaart" component={Kaart} gegevens={gegevens} />
        <Knoppen>
          <Knop>Bewaar de kaart</Knop>
        </Knoppen>
      </Formulier>
    </>
  )
}

function rolnaam(doorloop: Doorloop, plek: Plek | null): string | undefined {
  return doorloop.methode.verschuiving.rollen.find(rol => rol.code === plek?.rol)?.naam
}

function describeHele(doorloop: Doorloop, plek: Plek | null): string {
  if (plek === null) return 'Niet geplaatst'
  const rol = rolnaam(doorloop, plek)
  return rol === undefined ? describePlek(plek) : `${describePlek(plek)}; rol: ${rol.toLowerCase()}`
}

function Kaarttabel({ doorloop, aanbod, van }: { doorloop: Doorloop; aanbod: readonly Aanbod[]; van: Van }) {
  const rijen = aanbod.map((een, i) => ({ ...een, nummer: i + 1, ...(van(een.aanbodId)?.inhoud ?? LEEG) }))
  const plek = (waar: Plek | null) => (waar === null ? <Onbekend /> : describePlek(waar))
  return (
    <Tabel
      bijschrift="Plek en rol van ieder aanbod, nu en gewenst"
      rijen={rijen}
      sleutel={rij => String(rij.aanbodId)}
      kolommen={[
        { kop: 'Nr.', heel: true, cel: rij => rij.nummer },
        { kop: 'Aanbod', rijkop: true, cel: rij => rij.naam },
        { kop: 'Nu', cel: rij => plek(rij.nu) },
        { kop: 'Gewenst', cel: rij => plek(rij.wens) },
        { kop: 'Beweging', cel: rij => describeBeweging(rij) },
        { kop: 'Rol nu', cel: rij => rolnaam(doorloop, rij.nu) ?? <Onbekend /> },
        { kop: 'Rol gewenst', cel: rij => rolnaam(doorloop, rij.wens) ?? <Onbekend /> },
      ]}
    />
  )
}
