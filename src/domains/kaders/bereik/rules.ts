export interface Segment {
  segmentId: number
  code: string
  naam: string
  wet: 'jw' | 'wmo'
}

/** For whose policy someone works. */
export interface Bereik {
  gemeenten: readonly { code: string; naam: string }[]
  segmenten: readonly Segment[]
  /** Works for every municipality: may write policy of the region. The database holds it as well. */
  regionaal: boolean
}

/** On which ground all of this is read and written. */
export const GROND = 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'

/** Form value for policy of the region, where a municipality has its code. */
export const REGIO = 'regio'

/** Whether someone with this sight may write policy of `gemeente` (null: the region). */
export function mayWrite(bereik: Bereik, gemeente: string | null): boolean {
  return gemeente === null ? bereik.regionaal : bereik.gemeenten.some(g => g.code === gemeente)
}

/** 'Regio', or the name of the municipality. */
export function naamVanGemeente(bereik: Bereik, gemeente: string | null): string {
  if (gemeente === null) return 'Regio'
  return bereik.gemeenten.find(g => g.code === gemeente)?.naam ?? gemeente
}

/** Choices for whose policy it is; `schrijven` leaves out what the asker may not write. */
export function gemeenteOpties(bereik: Bereik, schrijven: boolean): { waarde: string; naam: string }[] {
  const regio = schrijven && !bereik.regionaal ? [] : [{ waarde: REGIO, naam: 'De hele regio' }]
  return [...regio, ...bereik.gemeenten.map(g => ({ waarde: g.code, naam: g.naam }))]
}

/** The segments to choose from. */
export function segmentOpties(bereik: Bereik): { waarde: string; naam: string }[] {
  return bereik.segmenten.map(s => ({ waarde: String(s.segmentId), naam: s.naam }))
}

/** Reads 'regio' (null) or a code; undefined for anything that the asker may not write. */
export function readEigenaar(bereik: Bereik, waarde: string): string | null | undefined {
  const gemeente = waarde === REGIO ? null : waarde
  return mayWrite(bereik, gemeente) ? gemeente : undefined
}

export const RICHTINGEN = ['hoger', 'lager'] as const
/** Which way is better. */
export type Richting = (typeof RICHTINGEN)[number]

/** What a figure or goal is about: everything, one law, or one segment. */
export interface Deelgebied {
  wet: 'jw' | 'wmo' | null
  segmentId: number | null
}

/** 'alles', 'jw', 'wmo' or the id of a segment, as it stands in a form; undefined for what does not exist. */
export function readDeelgebied(bereik: Bereik, waarde: string): Deelgebied | undefined {
  if (waarde === '' || waarde === 'alles') return { wet: null, segmentId: null }
  if (waarde === 'jw' || waarde === 'wmo') return { wet: waarde, segmentId: null }
  const segment = bereik.segmenten.find(s => String(s.segmentId) === waarde)
  return segment && { wet: null, segmentId: segment.segmentId }
}

/** Inverse of `readDeelgebied`. */
export function deelgebiedWaarde({ wet, segmentId }: Deelgebied): string {
  return segmentId !== null ? String(segmentId) : (wet ?? 'alles')
}

/** Choices for `readDeelgebied`. */
export function deelgebiedOpties(bereik: Bereik): { waarde: string; naam: string }[] {
  return [
    { waarde: 'alles', naam: 'Alle jeugdhulp en Wmo' },
    { waarde: 'jw', naam: 'Alle jeugdhulp' },
    { waarde: 'wmo', naam: 'Alle Wmo' },
    ...segmentOpties(bereik),
  ]
}

/** The segments of a part; null for all. */
export function segmentenVan(bereik: Bereik, { wet, segmentId }: Deelgebied): number[] | null {
  if (segmentId !== null) return [segmentId]
  return wet === null ? null : bereik.segmenten.filter(s => s.wet === wet).map(s => s.segmentId)
}

/** 'Alle jeugdhulp' or the name of the segment. */
export function naamVanDeelgebied(bereik: Bereik, deel: Deelgebied): string {
  const waarde = deelgebiedWaarde(deel)
  return deelgebiedOpties(bereik).find(optie => optie.waarde === waarde)?.naam ?? ''
}
