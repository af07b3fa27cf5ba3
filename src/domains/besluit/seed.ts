import type demonstratie from '../../../regio/leidschendam-voorburg/demonstratie.json'
import { addDays, formatDatumKort } from '../../platform/dates.ts'
import { getDoorloop, saveDeel } from '../doorloop/index.ts'
import type { Toneel } from '../dossiers/index.ts'
import type { Voorwaarde } from '../werkvormen/rules.ts'
import { adopt, layBefore, recordBesluit } from './blad/actions.ts'

type Doorloop = (typeof demonstratie.dossiers)[number]['doorlopen'][number]

/** Preconditions met, laid before, and what college and raad said. */
export async function seedBesluit(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  const dag = 'besluitDagenGeleden' in d ? (d.besluitDagenGeleden ?? 0) : 0
  const ctx = toneel.speel('beleidsadviseur', dag + 40)
  await ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    for (const { code } of doorloop.methode.kwadranten.flatMap(k => k.randvoorwaarden))
      await saveDeel(tx, ctx, doorloop, {
        onderdeel: 'voorwaarde',
        sleutel: code,
        naam: 'deze randvoorwaarde',
        versie: 0,
        inhoud: {
          stand: 'voldaan',
          bewijs: 'Beleidsnota',
          motivering: '',
          eigenaar: null,
        } satisfies Voorwaarde,
      })
  })
  const versie = async () => (await ctx.read(db => getDoorloop(db, doorloopId))).versie
  const stap = async () => ({ toelichting: '', naar: '', versie: await versie() })
  await layBefore(ctx, doorloopId, await stap())
  for (const [i, b] of d.besluiten.entries())
    for (const [n, gemeente] of toneel.gemeenten.entries()) {
      // Amended in one municipality: the others took it as it lay there.
      const besluit = n > 0 && b.orgaan === 'raad' ? { ...b, uitkomst: 'vastgesteld', toelichting: '' } : b
      const geleden = dag - i * 20 - n
      await recordBesluit(toneel.speel('beleidsadviseur', geleden), doorloopId, {
        orgaan: [besluit.orgaan],
        uitkomst: [besluit.uitkomst],
        toelichting: [besluit.toelichting],
        kenmerk: [n === 0 ? b.kenmerk : ''],
        gemeente: [gemeente],
        datum: [formatDatumKort(addDays(toneel.vandaag, -geleden))],
      })
    }
  await adopt(toneel.speel('beleidsadviseur', dag - 30), doorloopId, await stap())
}
