import { audit } from '../../../platform/audit.ts'
import type { Datum } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Blad, readBlad } from '../../../platform/register/bladen/bladbestand.ts'
import {
  GEEN_UITKOMST,
  type Invoersoort,
  markOf,
  TOON_WIJZIGINGEN,
  type Uitkomst,
  type Voorbeeld,
} from '../../../platform/register/invoer/invoer.ts'
import { readRijenSaid } from '../../../platform/register/invoer/kolommen.ts'
import { type Opgemerkt, type Opmerking, toLetOp } from '../../../platform/register/letop.ts'
import type { Gewenst, Rijfout } from '../../../platform/register/plan.ts'
import { keyOf, sayKey } from '../../../platform/register/register.ts'
import { sayDifferences } from '../../../platform/register/voorbeelden.ts'
import type { Keuzes } from '../../../platform/velden/formulier.ts'
import { moveVerwijzingen } from '../../sturing/index.ts'
import { holdIntake, toewijzingSleutel } from '../toewijzen/store.ts'
import { GROND, withFaults } from './actions.ts'
import { insertVerwijzingen, loadKeuzes, loadStaat, writeVerwijzers } from './store.ts'
import { VERWIJZING, type Verwijzing } from './velden.ts'

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
  blijft:
    'Wie heeft verwezen, komt in de toewijzing te staan en telt mee in de cijfers, en wordt daarna niet meer vervangen. Kijk het bestand dus eerst na.',
}

const SLEUTEL = { velden: VERWIJZING, sleutel: ['gemeente', 'wet', 'nummer'] } as const

async function recordVerwijzingen(tx: Tx, ctx: Ctx, blad: Blad, invoerId: number): Promise<Uitkomst> {
  const { keuzes } = await loadKeuzes(tx, ctx.wie.scope.gemeentenClient)
  const { rijen, fouten, onbekend, aangevuld } = await readRijenSaid(ctx, SLEUTEL, blad, {
    keuzes,
    regel: () => [],
    bestaand: [],
  })
  await holdIntake(tx)
  const gegevens = rijen.map(rij => rij.gegevens)
  const { verwijzers: bekend, staat } = await loadStaat(tx, gegevens)
  const gezien = new Map(bekend)
  const botst = rijen.flatMap(({ nummer, gegevens: rij }): Rijfout[] => {
    const sleutel = toewijzingSleutel({ ...rij, domein: rij.wet })
    const stond = gezien.get(sleutel)
    gezien.set(sleutel, stond ?? rij.verwijzer)
    const anders = stond !== undefined && stond !== null && stond !== rij.verwijzer
    return anders ? [{ nummer, melding: 'Bij dit toewijzingnummer staat al een andere verwijzer.' }] : []
  })
  const letOp = toLetOp(
    VERWIJZING,
    rijen.flatMap(rij => checkVerwijzing(rij, staat, ctx.vandaag)),
    aangevuld,
  )
  const basis = { ...GEEN_UITKOMST, rijen: blad.rijen.length, onbekend, ...(letOp && { letOp }) }
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
  return {
    ...basis,
    nieuw: nieuw.size,
    gelijk: rijen.length - nieuw.size,
    teken: markOf([...nieuw.values()]),
    voorbeelden: [...nieuw.values()].slice(0, TOON_WIJZIGINGEN).map(rij => toVoorbeeld(rij, keuzes)),
  }
}

/** What is worth a look: its toewijzing may still come, and a day to come is most often one that was typed wrong. */
function checkVerwijzing(
  { nummer, gegevens }: Gewenst<Verwijzing>,
  staat: ReadonlySet<string>,
  vandaag: Datum,
): Opgemerkt[] {
  const opmerkingen = [
    ...(staat.has(toewijzingSleutel({ ...gegevens, domein: gegevens.wet })) ? [] : [GEEN_TOEWIJZING]),
    ...(gegevens.verwezenOp > vandaag ? [IN_DE_TOEKOMST] : []),
  ]
  return opmerkingen.map(opmerking => ({ nummer, gegevens, ...opmerking }))
}

const GEEN_TOEWIJZING: Opmerking = {
  veld: 'nummer',
  melding: 'Deze toewijzing is er (nog) niet. De verwijzing telt mee zodra zij komt.',
  verwacht: 'het nummer van een toewijzing die er is, of die nog komt',
}
const IN_DE_TOEKOMST: Opmerking = {
  veld: 'verwezenOp',
  melding: 'Deze dag ligt in de toekomst.',
  verwacht: 'vandaag, of een dag daarvoor',
}

const { verwijzer, verwezenOp, probleemcluster, herhaald } = VERWIJZING
const TOON = { verwijzer, verwezenOp, probleemcluster, herhaald }

/** Who referred, and when; the number says for which toewijzing. */
function toVoorbeeld(rij: Verwijzing, keuzes: Keuzes): Voorbeeld {
  const velden = sayDifferences(TOON, keuzes, { oud: null, nieuw: rij })
  return { sleutel: keyOf(SLEUTEL, rij), wat: sayKey(SLEUTEL, rij, keuzes), soort: 'nieuw', velden }
}
