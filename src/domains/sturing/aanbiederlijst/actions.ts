import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Stam } from '../cijfers/feiten.ts'
import { type Filter, readFilter, toSelectie, type Vraag } from '../cijfers/filter.ts'
import { type Aantal, growth, maySeeSmall, showAantal } from '../cijfers/rules.ts'
import { readStam } from '../cijfers/store.ts'
import { type AanbiederRij, type Lijstvraag, listAanbiederRijen } from './store.ts'

export interface AanbiederRegel extends Omit<AanbiederRij, 'clienten'> {
  nogTeDeclareren: number
  verandering: number | null
  clienten: Aantal
}

export interface Aanbiederlijst {
  filter: Filter
  stam: Stam
  compleet: number
  regels: AanbiederRegel[]
  totaal: number
}

/** One page of the list of providers; small counts hidden as on every page. */
export async function loadAanbieders(
  ctx: Ctx,
  vraag: Vraag,
  lijst: Omit<Lijstvraag, 'ookZonder'>,
): Promise<Aanbiederlijst> {
  return ctx.read(async db => {
    const stam = await readStam(db)
    const filter = readFilter(vraag, stam, ctx.vandaag)
    const selectie = toSelectie(filter, stam, ctx.vandaag)
    const ookZonder = selectie.segmenten === null && selectie.gemeente === null
    const { rijen, totaal } = await listAanbiederRijen(db, selectie, { ...lijst, ookZonder })
    const magKlein = maySeeSmall(
      ctx.wie.scope.gemeentenClient,
      filter.gemeente ? [filter.gemeente.code] : stam.gemeenten.map(g => g.code),
    )
    return {
      filter,
      stam,
      compleet: selectie.compleet,
      totaal,
      regels: rijen.map(rij => ({
        ...rij,
        nogTeDeclareren: rij.toegewezen - rij.besteed,
        verandering: selectie.compleet === 0 ? null : growth(rij.compleet, rij.vorigCompleet),
        clienten: showAantal(rij.clienten, magKlein),
      })),
    }
  })
}
