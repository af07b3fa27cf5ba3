import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound } from '../../../platform/problem.ts'
import { countVerstreken } from '../cijfers/rules.ts'
import {
  type Aanbieder,
  countClienten,
  countClientenPerAanbieder,
  findAanbieder,
  listAanbieders,
  listAfkeur,
  listCellen,
  listPlafonds,
  listVerwijzers,
  readStam,
  type Stam,
} from '../cijfers/store.ts'
import { readFilter, segmentenOf, toSelectie, type Vraag } from './filter.ts'
import { type Beeld, listMarkten, makeBeeld } from './rules.ts'

export interface Geladen {
  beeld: Beeld
  stam: Stam
  aanbieder: Aanbieder | null
}

/**
 * Reads all figures of one page in one transaction, from the monthly figures alone. A segment, municipality or
 * provider in the path that does not exist, or that the asker may not see, is a 404.
 */
export async function loadBeeld(ctx: Ctx, vraag: Vraag, vast: Vraag = {}): Promise<Geladen> {
  return ctx.read(async db => {
    const stam = await readStam(db)
    const filter = readFilter({ ...vraag, ...vast }, stam, ctx.vandaag)
    if (vast.segment !== undefined && filter.segment === null) throw notFound('Segment')
    if (vast.gemeente !== undefined && filter.gemeente === null) throw notFound('Gemeente')
    const aanbieder = vast.aanbieder === undefined ? undefined : await findAanbieder(db, vast.aanbieder)
    if (vast.aanbieder !== undefined && aanbieder === undefined) throw notFound('Aanbieder')

    const selectie = toSelectie(filter, stam, ctx.vandaag)
    const segmenten = segmentenOf(filter, stam)
    const perAanbieder = filter.aanbieder === null
    const cellen = await listCellen(db, selectie)
    const plafonds = perAanbieder ? await listPlafonds(db, selectie) : []
    const aanbieders = perAanbieder ? await listAanbieders(db, selectie) : []
    const clienten = await countClienten(db, selectie)
    const markten = []
    for (const markt of perAanbieder ? listMarkten(segmenten) : [])
      markten.push({ ...markt, clienten: await countClientenPerAanbieder(db, selectie, markt.segmenten) })
    // Referrers are a question of youth care; under the Wmo the municipality itself is nearly always the referrer.
    const verwezen = filter.wet === null ? segmenten.filter(s => s.wet === 'jw') : segmenten
    const verwijzers = perAanbieder
      ? await listVerwijzers(
          db,
          selectie,
          verwezen.map(s => s.segmentId),
        )
      : []
    const afkeur = filter.segment ? [] : await listAfkeur(db, selectie)
    const beeld = makeBeeld(
      { cellen, plafonds, aanbieders, clienten, markten, verwijzers, afkeur },
      {
        filter,
        stam,
        compleet: selectie.compleet,
        verstreken: countVerstreken(filter.jaar, ctx.vandaag),
        gemeentenClient: ctx.wie.scope.gemeentenClient,
      },
    )
    return { beeld, stam, aanbieder: aanbieder ?? null }
  })
}
