import type { FastifyRequest } from 'fastify'
import { readFilters } from '../../../platform/http/filter.ts'
import { Filterbalk, Keuzelijst, withQuery } from '../../../platform/ui/index.ts'
import type { Stam } from '../cijfers/feiten.ts'
import { type Filter, listJaren, listKeuzes, type Vraag } from '../cijfers/filter.ts'
import type { Beeld } from './rules.ts'

interface Keuze {
  filter: Filter
  stam: Stam
}

/** What the address asks and cannot be chosen is named: on the page, and by a refusal to machines (`demandKeuzes`). */
export function checkVraag(request: FastifyRequest, stam: Stam): void {
  const lees = readFilters(request)
  for (const [naam, keuzes] of Object.entries(listKeuzes(stam, request.ctx.vandaag))) lees.keuze(naam, keuzes)
}

export function Jaarkeuze({ filter, stam, vandaag }: Keuze & { vandaag: string }) {
  return (
    <Keuzelijst
      naam="jaar"
      label="Jaar"
      waarde={String(filter.jaar)}
      opties={listJaren(stam, vandaag).map(jaar => ({ waarde: String(jaar), naam: String(jaar) }))}
    />
  )
}

/** Law, segment and municipality, as far as the path has not fixed them. */
export function Selectiekeuzes({ filter, stam, vast = {} }: Keuze & { vast?: Vraag }) {
  return (
    <>
      {vast.segment === undefined ? (
        <>
          <Keuzelijst
            naam="wet"
            label="Wet"
            verplicht={false}
            leeg="Beide wetten"
            waarde={filter.segment ? '' : (filter.wet ?? '')}
            opties={[
              { waarde: 'jw', naam: 'Jeugdwet' },
              { waarde: 'wmo', naam: 'Wmo' },
            ]}
          />
          <Keuzelijst
            naam="segment"
            label="Segment"
            verplicht={false}
            leeg="Alle segmenten"
            waarde={filter.segment?.code ?? ''}
            opties={stam.segmenten.map(s => ({ waarde: s.code, naam: s.naam }))}
          />
        </>
      ) : null}
      {vast.gemeente === undefined ? (
        <Keuzelijst
          naam="gemeente"
          label="Gemeente"
          verplicht={false}
          leeg="Hele regio"
          waarde={filter.gemeente?.code ?? ''}
          opties={stam.gemeenten.map(g => ({ waarde: g.code, naam: g.naam }))}
        />
      ) : null}
    </>
  )
}

/** The filter of a page; what the path itself fixes cannot be chosen. */
export function Filters({
  beeld: { filter },
  stam,
  adres,
  vast,
  vandaag,
}: DeelProps & { stam: Stam; vast: Vraag; vandaag: string }) {
  const namen = [
    'jaar',
    ...(vast.segment === undefined ? ['wet', 'segment'] : []),
    ...(vast.gemeente === undefined ? ['gemeente'] : []),
  ]
  return (
    <Filterbalk adres={adres} namen={namen} naam="cijfers" knop="Toon">
      <Jaarkeuze filter={filter} stam={stam} vandaag={vandaag} />
      <Selectiekeuzes filter={filter} stam={stam} vast={vast} />
    </Filterbalk>
  )
}

/** What each part of a page of figures is given. */
export interface DeelProps {
  beeld: Beeld
  /** Path and query of this page. */
  adres: string
}

/** A link that keeps the year one is looking at. */
export function metJaar(pad: string, beeld: Beeld): string {
  return withQuery(pad, { jaar: String(beeld.filter.jaar) })
}

/** A link to a part of what one is looking at: it opens the same amount, so it keeps all that its path does not say itself. */
export function metSelectie(pad: string, beeld: Beeld): string {
  const { wet, segment, gemeente } = beeld.filter
  const opSegment = /^\/cijfers\/segmenten\/|[?&]segment=/.test(pad)
  const opGemeente = /^\/cijfers\/gemeenten\/|[?&]gemeente=/.test(pad)
  return withQuery(metJaar(pad, beeld), {
    ...(opSegment ? {} : { wet: segment === null ? (wet ?? undefined) : undefined, segment: segment?.code }),
    ...(opGemeente ? {} : { gemeente: gemeente?.code }),
  })
}
