import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Recht } from '../auth/rollen.ts'
import { type Datum, formatDatumKort } from '../dates.ts'
import { countRows, type Filter, type Lijstbron, listRows, type Orde } from '../db/lijst.ts'
import type { Db } from '../db/tables.ts'
import {
  Datumveld,
  Filterkeuze,
  Filterzoek,
  type Kolom,
  Lijstdeel,
  type Optie,
  type PaginaProps,
} from '../ui/index.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from './export.ts'
import { type Filterlezer, readFilters } from './filter.ts'
import { sendPagina } from './pagina.tsx'
import type { App } from './server.ts'
import type { Vraag } from './vraag.ts'

/** A filter as it is asked. */
export type Filterveld =
  | { soort: 'zoek'; hulp: string }
  /** A day; `standaard` is what the list shows without asking. */
  | { soort: 'datum'; label: string; standaard: Datum }
  | {
      soort: 'keuze'
      label: string
      /** What the empty choice says: 'Alle', or what a list shows without asking. */
      leeg?: string
      opties: readonly Optie[]
    }

/** What stands around a list. */
export type Lijstblad = Pick<PaginaProps, 'titel' | 'inleiding' | 'acties' | 'kruimels' | 'melding'> & {
  /** Said when there is nothing at all, also without a filter. */
  leeg: ReactNode
  boven?: ReactNode
  onder?: ReactNode
}

/** A register: what is listed, how it is filtered, shown and exported. `Feiten`: what the page needs besides the rows. */
export interface Lijst<Rij extends object, Feiten> {
  recht: Recht
  /** What is listed, in the plural: 'interventies'. */
  naam: string
  bron: Lijstbron<Rij>
  orde: Orde
  feiten: (db: Db, request: FastifyRequest) => Promise<Feiten>
  /** By their names in the address and in `bron.eisen`. */
  filters: (feiten: Feiten, request: FastifyRequest) => Readonly<Record<string, Filterveld>>
  sleutel: (rij: Rij) => string
  kolommen: (feiten: Feiten, vraag: Vraag) => readonly Kolom<Rij>[]
  /** What the file is called; else what is listed, and the day. */
  bestandsnaam?: (request: FastifyRequest) => string
  /** The rows of the file that one row becomes, such as one for each part of it; else itself. */
  bestandsrijen?: (rij: Rij) => readonly Rij[]
  /** The columns of the file; left out of what goes into none. */
  bestand?: (feiten: Feiten) => readonly Exportkolom<Rij>[]
  blad: (request: FastifyRequest, wat: { totaal: number; feiten: Feiten }) => Lijstblad
}

const PER_PAGINA = 50

/** The list with its filters, order and pages at `pad`, and the same rows as a file at `pad`/export. */
export function lijst<Rij extends object, Feiten>(app: App, pad: string, l: Lijst<Rij, Feiten>): void {
  const opties = { config: { recht: l.recht }, schema: { hide: true } }
  const ordeVan = (lees: Filterlezer) => lees.sortering(Object.keys(l.bron.volgorde), l.orde)

  app.get(pad, opties, async (request, reply) => {
    const lees = readFilters(request)
    const { vraag } = lees
    const orde = ordeVan(lees)
    const pagina = lees.pagina()
    const { rijen, totaal, feiten, velden } = await request.ctx.read(async db => {
      const feiten = await l.feiten(db, request)
      const velden = l.filters(feiten, request)
      const filter = readFilter(velden, lees)
      return {
        feiten,
        velden,
        totaal: await countRows(db, l.bron, filter),
        rijen: await listRows(db, l.bron, filter, orde, {
          aantal: PER_PAGINA,
          vanaf: (pagina - 1) * PER_PAGINA,
        }),
      }
    })
    const { leeg, boven, onder, ...blad } = l.blad(request, { totaal, feiten })
    return sendPagina(request, reply, {
      ...blad,
      children: (
        <>
          {boven}
          <Lijstdeel
            adres={request.url}
            naam={l.naam}
            filters={Object.keys(velden)}
            actief={activeFilters(velden, lees)}
            velden={Object.entries(velden).map(([naam, veld]) => (
              <Filtervraag key={naam} naam={naam} veld={veld} waarde={vraag[naam]} />
            ))}
            kolommen={l.kolommen(feiten, vraag)}
            rijen={rijen}
            sleutel={l.sleutel}
            sortering={orde}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={totaal}
            {...(l.bestand === undefined ? {} : { exportPad: `${pad}/export` })}
            leeg={leeg}
          />
          {onder}
        </>
      ),
    })
  })

  const { bestand } = l
  if (bestand === undefined) return
  app.get(`${pad}/export`, opties, async (request, reply) => {
    const lees = readFilters(request)
    const { rijen, feiten } = await request.ctx.read(async db => {
      const feiten = await l.feiten(db, request)
      const filter = readFilter(l.filters(feiten, request), lees)
      return {
        feiten,
        rijen: await listRows(db, l.bron, filter, ordeVan(lees), { aantal: MAX_EXPORT, vanaf: 0 }),
      }
    })
    const bestandsnaam = l.bestandsnaam?.(request) ?? `${l.naam.replaceAll(' ', '-')}-${request.ctx.vandaag}`
    const alle = l.bestandsrijen === undefined ? rijen : rijen.flatMap(l.bestandsrijen)
    return sendExport(reply, bestandsnaam, bestand(feiten), alle)
  })
}

/** What is looked for: of a choice only what can be chosen, so that nothing that does not exist filters. */
function readFilter(velden: Readonly<Record<string, Filterveld>>, lees: Filterlezer): Filter {
  return Object.fromEntries(
    Object.entries(velden).map(([naam, veld]) => {
      if (veld.soort === 'zoek') return [naam, lees.vraag[naam] ?? '']
      if (veld.soort === 'datum') return [naam, lees.dag(naam) ?? veld.standaard]
      const keuzes = veld.opties.map(optie => optie.waarde)
      return [naam, lees.keuze(naam, keuzes) ?? '']
    }),
  )
}

/** Every filter that is used, in words. */
function activeFilters(velden: Readonly<Record<string, Filterveld>>, lees: Filterlezer) {
  const filter = readFilter(velden, lees)
  return Object.entries(velden).flatMap(([naam, veld]) => {
    const waarde = filter[naam]?.trim() ?? ''
    if (waarde === '' || (veld.soort === 'datum' && waarde === veld.standaard)) return []
    if (veld.soort === 'datum') return [{ naam, tekst: `${veld.label} ${formatDatumKort(waarde)}` }]
    const tekst =
      veld.soort === 'zoek'
        ? `Zoekt naar ‘${waarde}’`
        : `${veld.label}: ${veld.opties.find(optie => optie.waarde === waarde)?.naam ?? waarde}`
    return [{ naam, tekst }]
  })
}

function Filtervraag({ naam, veld, waarde }: { naam: string; veld: Filterveld; waarde: string | undefined }) {
  if (veld.soort === 'zoek') return <Filterzoek waarde={waarde} hulp={veld.hulp} />
  if (veld.soort === 'datum')
    return <Datumveld naam={naam} label={veld.label} waarde={waarde ?? ''} verplicht={false} />
  const { label, opties, leeg = 'Alle' } = veld
  return <Filterkeuze naam={naam} label={label} waarde={waarde} opties={opties} leeg={leeg} />
}
