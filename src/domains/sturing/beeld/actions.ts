import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound } from '../../../platform/problem.ts'
import type { Aanbieder, Selectie, Stam } from '../cijfers/feiten.ts'
import { type Filter, readFilter, segmentenOf, toSelectie, type Vraag } from '../cijfers/filter.ts'
import { countVerstreken, makeBoom } from '../cijfers/rules.ts'
import {
  countClienten,
  countClientenVorig,
  findAanbieder,
  listAanbieders,
  listAfkeur,
  listCellen,
  listPlafonds,
  listVerwijzers,
  mapSegmenttotalen,
  readStam,
} from '../cijfers/store.ts'
import { type Beeld, listMarkten, makeBeeld } from './rules.ts'

export interface Geladen {
  beeld: Beeld
  stam: Stam
  aanbieder: Aanbieder | null
}

/**
 * Reads all figures of one page, from the monthly figures alone. A segment, municipality or provider in the path that
 * does not exist, or that the asker may not see, is a 404. Euros and persons are read at the same time, each in its own
 * transaction: counting distinct persons takes about as long as all the rest (bench:regio). Who asks for the same figures
 * while they wait for a connection gets them together.
 */
export async function loadBeeld(ctx: Ctx, vraag: Vraag, vast: Vraag = {}): Promise<Geladen> {
  const { stam, aanbieder } = await ctx.readTogether(readVooraf, vast.aanbieder)
  const filter = readFilter({ ...vraag, ...vast }, stam, ctx.vandaag)
  if (vast.segment !== undefined && filter.segment === null) throw notFound('Segment')
  if (vast.gemeente !== undefined && filter.gemeente === null) throw notFound('Gemeente')
  if (vast.aanbieder !== undefined && aanbieder === undefined) throw notFound('Aanbieder')

  const selectie = toSelectie(filter, stam, ctx.vandaag)
  const segmenten = segmentenOf(filter, stam)
  const markten = listMarkten(segmenten)
  const takken = makeBoom(segmenten).takken.flatMap(({ segment: { segmentId }, metOnder }) =>
    metOnder.size > 1 ? [{ segmentId, metOnder: [...metOnder] }] : [],
  )
  const [euros, clienten] = await Promise.all([
    ctx.readTogether(readEuros, { selectie, filter, stam }),
    ctx.readTogether(readClienten, { selectie, takken, markten: markten.map(markt => markt.segmenten) }),
  ])
  const beeld = makeBeeld(
    { ...euros, clienten, markten },
    {
      filter,
      stam,
      segmenten,
      compleet: selectie.compleet,
      verstreken: countVerstreken(filter.jaar, ctx.vandaag),
      gemeentenClient: ctx.wie.scope.gemeentenClient,
    },
  )
  return { beeld, stam, aanbieder: aanbieder ?? null }
}

async function readVooraf(db: Db, aanbieder: Vraag['aanbieder']) {
  return {
    stam: await readStam(db),
    aanbieder: aanbieder === undefined ? undefined : await findAanbieder(db, aanbieder),
  }
}

async function readClienten(
  db: Db,
  {
    selectie,
    markten,
    takken,
  }: {
    selectie: Selectie
    markten: Parameters<typeof countClienten>[2]
    takken: Parameters<typeof countClienten>[3]
  },
) {
  return countClienten(db, selectie, markten, takken)
}

async function readEuros(
  db: Db,
  { selectie, filter, stam }: { selectie: Selectie; filter: Filter; stam: Stam },
) {
  const heleMarkt = filter.aanbieder === null
  const segmenten = segmentenOf(filter, stam)
  // Referrers are a question of youth care; under the Wmo the municipality itself is nearly always the referrer.
  const verwezen = filter.wet === null ? segmenten.filter(s => s.wet === 'jw') : segmenten
  return {
    cellen: await listCellen(db, selectie),
    clientenVorig: await countClientenVorig(db, selectie),
    plafonds: heleMarkt ? await listPlafonds(db, selectie) : [],
    segmenttotalen: heleMarkt ? new Map<number, number>() : await mapSegmenttotalen(db, selectie),
    aanbieders: heleMarkt ? await listAanbieders(db, selectie) : [],
    verwijzers: heleMarkt
      ? await listVerwijzers(
          db,
          selectie,
          verwezen.map(s => s.segmentId),
        )
      : [],
    afkeur: filter.segment ? [] : await listAfkeur(db, selectie),
  }
}
