import { listCollegas } from '../../../platform/auth/gebruikers.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { saveStuk } from '../werkvorm/stand.ts'
import { listRandvoorwaarden, STANDEN, type Voorwaarde } from './rules.ts'
import { listVoorwaarden, ONDERDEEL } from './store.ts'

export interface Voorwaardeinvoer {
  stand: string
  bewijs: string
  motivering: string
  eigenaar: string
}

/** Longest text of a precondition. */
export const MEEST = 4000

/** Saves how a precondition stands. Throws as `saveStuk`. */
export async function saveVoorwaarde(
  ctx: Ctx,
  doorloopId: number,
  { code, versie }: { code: string; versie: number },
  invoer: Voorwaardeinvoer,
): Promise<void> {
  await saveStuk(ctx, doorloopId, null, async ({ doorloop }, db) => {
    if (!listRandvoorwaarden(doorloop.methode).some(r => r.code === code)) throw notFound('Randvoorwaarde')
    const collegas = await listCollegas(db, 'beleid.bijdragen', doorloop.gemeente)
    const oud = (await listVoorwaarden(db, doorloopId)).find(deel => deel.sleutel === code)?.inhoud.eigenaar
    const eigenaren = [...collegas.map(c => c.gebruikerId), ...(oud == null ? [] : [oud])]
    const inhoud = check(invoer, eigenaren)
    return [{ onderdeel: ONDERDEEL, sleutel: code, inhoud, versie, naam: 'deze randvoorwaarde' }]
  })
}

function check({ stand, bewijs, motivering, eigenaar }: Voorwaardeinvoer, eigenaren: readonly number[]) {
  const gekozen = STANDEN.find(s => s === stand)
  const wie = eigenaar === '' ? null : eigenaren.find(id => String(id) === eigenaar)
  const fouten: Fout[] = []
  if (gekozen === undefined)
    fouten.push({ pad: 'stand', melding: 'Kies hoe het met deze randvoorwaarde staat.' })
  fouten.push(
    ...checkTekst({
      pad: 'bewijs',
      naam: 'het bewijs',
      waarde: bewijs,
      verplicht: gekozen === 'voldaan',
      max: MEEST,
    }),
    ...checkTekst({
      pad: 'motivering',
      naam: 'de motivering',
      waarde: motivering,
      verplicht: gekozen === 'gemotiveerd',
      max: MEEST,
    }),
  )
  if (wie === undefined) fouten.push({ pad: 'eigenaar', melding: 'Kies een eigenaar uit de lijst.' })
  else if (wie === null && gekozen === 'gemotiveerd')
    fouten.push({ pad: 'eigenaar', melding: 'Kies wie zorgt dat hieraan later wordt voldaan.' })
  if (fouten.length > 0 || gekozen === undefined) throw invalid('De randvoorwaarde is niet bewaard', fouten)
  const inhoud: Voorwaarde = {
    stand: gekozen,
    bewijs: bewijs.trim(),
    motivering: motivering.trim(),
    eigenaar: wie ?? null,
  }
  return inhoud
}
