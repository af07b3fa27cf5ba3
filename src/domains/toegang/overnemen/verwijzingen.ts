import { audit } from '../../../platform/audit.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Blad, readBlad } from '../../../platform/register/bladbestand.ts'
import { GEEN_UITKOMST, type Invoersoort, type Uitkomst } from '../../../platform/register/invoer.ts'
import { readRijenSaid } from '../../../platform/register/kolommen.ts'
import type { Rijfout } from '../../../platform/register/plan.ts'
import { moveVerwijzingen } from '../../sturing/index.ts'
import { holdIntake, toewijzingSleutel } from '../toewijzen/store.ts'
import { GROND, withFaults } from './actions.ts'
import { insertVerwijzingen, loadKeuzes, loadStaat, writeVerwijzers } from './store.ts'
import { VERWIJZING } from './velden.ts'

/**
 * Who referred, which a 301 does not say: before its toewijzing comes or after. Where nobody was known it is written on the toewijzing,
 * and what counted under nobody counts under who referred. The same file again changes nothing.
 */
export const VERWIJZINGEN: Invoersoort = {
  naam: 'verwijzingen',
  recht: 'toewijzingen.overnemen',
  velden: VERWIJZING,
  inwoners: true,
  lees: readBlad,
  doe: recordVerwijzingen,
}

const SLEUTEL = { velden: VERWIJZING, sleutel: ['gemeente', 'wet', 'nummer'] } as const

async function recordVerwijzingen(tx: Tx, ctx: Ctx, blad: Blad, invoerId: number): Promise<Uitkomst> {
  const { keuzes } = await loadKeuzes(tx, ctx.wie.scope.gemeentenClient)
  const { rijen, fouten, onbekend } = await readRijenSaid(ctx, SLEUTEL, blad, {
    keuzes,
    regel: () => [],
    bestaand: [],
  })
  await holdIntake(tx)
  const gegevens = rijen.map(rij => rij.gegevens)
  const { verwijzers: bekend } = await loadStaat(tx, gegevens)
  const gezien = new Map(bekend)
  const botst = rijen.flatMap(({ nummer, gegevens: rij }): Rijfout[] => {
    const sleutel = toewijzingSleutel({ ...rij, domein: rij.wet })
    const stond = gezien.get(sleutel)
    gezien.set(sleutel, stond ?? rij.verwijzer)
    const anders = stond !== undefined && stond !== null && stond !== rij.verwijzer
    return anders ? [{ nummer, melding: 'Bij dit toewijzingnummer staat al een andere verwijzer.' }] : []
  })
  const basis = { ...GEEN_UITKOMST, rijen: blad.rijen.length, onbekend }
  if (fouten.length + botst.length > 0) return withFaults(basis, [...fouten, ...botst])
  const nieuw = new Map(
    gegevens
      .filter(rij => (bekend.get(toewijzingSleutel({ ...rij, domein: rij.wet })) ?? null) === null)
      .map(rij => [toewijzingSleutel({ ...rij, domein: rij.wet }), rij]),
  )
  await insertVerwijzingen(tx, [...nieuw.values()], invoerId)
  await moveVerwijzingen(tx, await writeVerwijzers(tx, [...nieuw.values()]))
  if (nieuw.size > 0)
    await audit(tx, ctx, 'verwijzingen.vastgelegd', GROND, { invoer: invoerId, aantal: nieuw.size })
  return { ...basis, nieuw: nieuw.size, gelijk: rijen.length - nieuw.size }
}
