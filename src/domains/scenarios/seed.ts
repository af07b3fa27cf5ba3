import type { Ctx } from '../../platform/http/ctx.ts'
import { inSentence } from '../../platform/tekst.ts'
import { toInvoer } from '../../platform/velden/formulier.ts'
import { findDossier } from '../dossiers/index.ts'
import { addScenario, readVoorjaar } from './scenario/actions.ts'
import { findDossiermethode, listScenarios } from './scenario/store.ts'
import { SCENARIO } from './scenario/velden.ts'

/**
 * A scenario for a dossier of the demonstration, on the pattern that first goes up and then down. Does nothing when the
 * dossier has one already, or when there is no method or spend to begin with.
 */
export async function seedScenario(ctx: Ctx, dossierId: number): Promise<void> {
  const jaar = +ctx.vandaag.slice(0, 4)
  const { dossier, methode, aantal, beginjaar, basis } = await ctx.read(async db => {
    const kop = await findDossier(db, dossierId)
    const keuze = { segmenten: kop?.segmenten ?? [], gemeente: kop?.gemeente ?? null }
    // In the first months of a year last year is not complete: then one year earlier.
    const besteed = (beginjaar: number) => readVoorjaar(ctx, db, { ...keuze, beginjaar })
    const beginjaar = (await besteed(jaar)) === null ? jaar - 1 : jaar
    return {
      dossier: kop,
      methode: (await findDossiermethode(db, dossierId))?.inhoud,
      aantal: (await listScenarios(db, dossierId)).length,
      beginjaar,
      basis: (await besteed(beginjaar)) ?? 0,
    }
  })
  const patroon = methode?.patronen.find(p => p.verloop.some(v => v < 0)) ?? methode?.patronen[0]
  if (dossier === undefined || patroon === undefined || basis <= 0 || aantal > 0) return
  await addScenario(
    ctx,
    dossierId,
    toInvoer(SCENARIO, {
      naam: `${patroon.naam}: ${inSentence(dossier.naam)}`,
      groepKeuze: patroon.groepen.at(-1) ?? null,
      groep: patroon.groepen.length === 0 ? 'Inwoners van dit dossier' : null,
      patroon: patroon.code,
      segmenten: dossier.segmenten.map(String),
      gemeente: dossier.gemeente,
      beginjaar,
      kort: 'Tijdelijk extra budget voor begeleiding die mensen sterker maakt.',
      middellang: 'Wat minder aan geïndiceerde hulp nodig is, gaat naar de sociale basis.',
      lang: 'Minder nieuwe aanvragen voor langdurige hulp.',
      aannames: 'De prijs per uur stijgt niet meer dan de index. Er is genoeg personeel voor de extra inzet.',
      clienten: 40,
      maandenNu: 12,
      maandenStraks: 10,
      kostenMaand: 750_00,
    }),
  )
}
