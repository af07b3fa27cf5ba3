import type { ReactNode } from 'react'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { loadBeeld } from './actions.ts'
import { Kern, TegenPlafond } from './kern.tsx'
import { GrootsteAanbieders } from './overzichten.tsx'

/** What a start page shows of the figures. */
export interface Startcijfers {
  /** What stands out, in one sentence. */
  zin: string
  kern: ReactNode
  plafonds: ReactNode
  aanbieders: ReactNode
}

/** The figures of this year for a start page; of one municipality when the asker works for just one. */
export async function loadStartcijfers(ctx: Ctx): Promise<Startcijfers> {
  const [gemeente, ...meer] = ctx.wie.scope.gemeentenClient
  const eigen = gemeente !== undefined && meer.length === 0 ? { gemeente } : {}
  const { beeld } = await loadBeeld(ctx, {}, eigen)
  const adres = gemeente === undefined || meer.length > 0 ? '/cijfers' : `/cijfers/gemeenten/${gemeente}`
  return {
    zin: beeld.opvallend.zin,
    kern: <Kern beeld={beeld} adres={adres} />,
    plafonds: (
      <TegenPlafond beeld={beeld} adres={adres} rijen={beeld.perSegment} kop="Segment" deel="segmenten" />
    ),
    aanbieders: <GrootsteAanbieders beeld={beeld} adres={adres} />,
  }
}
