import demonstratie from '../../../regio/leidschendam-voorburg/demonstratie.json' with { type: 'json' }
import wegwijzer from '../../../regio/leidschendam-voorburg/wegwijzer.json' with { type: 'json' }
import { seedBesluit } from '../../domains/besluit/seed.ts'
import { loadMethode, seedDoorloop, seedUitkomst } from '../../domains/doorloop/seed.ts'
import type { Toneel } from '../../domains/dossiers/index.ts'
import { hasDossiers, seedDossier } from '../../domains/dossiers/seed.ts'
import { seedScenario } from '../../domains/scenarios/seed.ts'
import { seedWerkvormen } from '../../domains/werkvormen/seed.ts'
import { ROL, type Rol } from '../../platform/auth/rollen.ts'
import { addDays, dateInNederland } from '../../platform/dates.ts'
import { makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'

/**
 * The policy of a demonstration region: one dossier decided after the example of 004, one half-way with dilemmas, one that
 * runs out. Everything passes through the same actions as a page, by the person who would do it and on that day. Doing it
 * again changes nothing.
 */
export async function seedBeleid(omgeving: Omgeving): Promise<void> {
  const toneel = await openToneel(omgeving)
  const ctx = toneel.speel('beleidsadviseur', 500)
  await loadMethode(ctx, JSON.stringify(wegwijzer))
  if (await hasDossiers(toneel.speel('beleidsadviseur', 0))) return
  for (const d of demonstratie.dossiers) {
    const dossierId = await seedDossier(toneel, d)
    for (const doorloop of d.doorlopen) {
      const id = await seedDoorloop(toneel, dossierId, doorloop)
      const later = toneel.speel('beleidsadviseur', Math.max(1, doorloop.dagenGeleden - 30))
      await seedWerkvormen(later, id, doorloop)
      await seedUitkomst(toneel, id, doorloop)
      if (doorloop.staat === 'vastgesteld') await seedBesluit(toneel, id, doorloop)
    }
    if ('scenario' in d) await seedScenario(toneel.speel('beleidsadviseur', 0), dossierId)
  }
}

async function openToneel(omgeving: Omgeving): Promise<Toneel> {
  const { pool } = omgeving.database
  const rijen = await pool.query<{ code: string }>('select code from contracten.gemeente order by code')
  const mensen = await pool.query<{ rol: string; id: number; naam: string }>(
    'select rol, gebruiker_id as id, naam from platform.gebruiker where demonstratie',
  )
  const perRol = new Map(mensen.rows.map(rij => [rij.rol, rij]))
  const gemeenten = rijen.rows.map(rij => rij.code)
  const vandaag = dateInNederland(omgeving.klok())
  return {
    vandaag,
    gemeenten,
    idVan: rol => String(perRol.get(rol)?.id ?? ''),
    speel(rol, dagenGeleden) {
      const wie = perRol.get(rol)
      if (!wie) throw new Error(`the demonstration has nobody in the role ${rol}`)
      const moment = new Date(`${addDays(vandaag, -dagenGeleden)}T12:00:00+01:00`)
      return makeCtx(
        { ...omgeving, klok: () => (dagenGeleden === 0 ? omgeving.klok() : moment) },
        {
          ...systeem('regio', gemeenten),
          id: `gebruiker:${wie.id}`,
          naam: wie.naam,
          rol: rol as Rol,
          rechten: new Set(ROL[rol as Rol].rechten),
        },
      )
    },
    async segmentcodes() {
      const { rows } = await pool.query<{ id: string; code: string }>(
        'select segment_id::text as id, code from contracten.segment',
      )
      return new Map(rows.map(rij => [rij.id, rij.code]))
    },
  }
}
