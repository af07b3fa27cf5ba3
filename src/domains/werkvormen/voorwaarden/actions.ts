import { listCollegas } from '../../../platform/auth/gebruikers.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound } from '../../../platform/problem.ts'
import { type Gegevens, type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import type { Doorloop } from '../../doorloop/index.ts'
import { saveStuk } from '../werkvorm/stand.ts'
import { listRandvoorwaarden, type Voorwaarde } from './rules.ts'
import { listVoorwaarden, ONDERDEEL, type Voorwaardedeel } from './store.ts'
import { VOORWAARDE } from './velden.ts'

/** Who can look after a precondition, and who does now: also who works here no more. */
export async function readKeuzes(db: Db, { gemeente }: Doorloop, deel: Voorwaardedeel | undefined) {
  const collegas = await listCollegas(db, 'beleid.bijdragen', gemeente)
  const eigenaar = collegas.map(({ gebruikerId, naam }) => ({ waarde: String(gebruikerId), naam }))
  const oud = deel?.inhoud.eigenaar ?? null
  if (oud !== null && !eigenaar.some(({ waarde }) => waarde === String(oud)))
    eigenaar.push({
      waarde: String(oud),
      naam: `${deel?.eigenaarNaam ?? 'Iemand'} (werkt hier niet meer)`,
    })
  return { eigenaar }
}

/** A precondition as its form has it. */
export const toGegevens = ({ eigenaar, ...rest }: Voorwaarde): Gegevens<typeof VOORWAARDE> => ({
  ...rest,
  eigenaar: eigenaar === null ? null : String(eigenaar),
})

/** Saves how a precondition stands. Throws as `saveStuk`. */
export async function saveVoorwaarde(
  ctx: Ctx,
  doorloopId: number,
  { code, versie }: { code: string; versie: number },
  invoer: Invoer,
): Promise<void> {
  await saveStuk(ctx, doorloopId, null, async ({ doorloop }, db) => {
    if (!listRandvoorwaarden(doorloop.methode).some(r => r.code === code)) throw notFound('Randvoorwaarde')
    const deel = (await listVoorwaarden(db, doorloopId)).find(({ sleutel }) => sleutel === code)
    const { stand, bewijs, motivering, eigenaar } = readGegevens(
      'De randvoorwaarde is niet bewaard',
      VOORWAARDE,
      invoer,
      { keuzes: await readKeuzes(db, doorloop, deel), ook: checkVoorwaarde },
    )
    const inhoud: Voorwaarde = {
      stand,
      bewijs: bewijs ?? '',
      motivering: motivering ?? '',
      eigenaar: eigenaar === null ? null : Number(eigenaar),
    }
    const naam = 'deze randvoorwaarde'
    return [{ onderdeel: ONDERDEEL, sleutel: code, inhoud, versie, naam, lees: toGegevens }]
  })
}

/** What is met shows it; what is not, and is passed over, says why and who sees to it. */
function checkVoorwaarde({ stand, bewijs, motivering, eigenaar }: Partial<Gegevens<typeof VOORWAARDE>>) {
  return [
    { pad: 'bewijs', melding: 'Vul het bewijs in.', mist: stand === 'voldaan' && bewijs === null },
    {
      pad: 'motivering',
      melding: 'Vul de motivering in.',
      mist: stand === 'gemotiveerd' && motivering === null,
    },
    {
      pad: 'eigenaar',
      melding: 'Kies wie zorgt dat hieraan later wordt voldaan.',
      mist: stand === 'gemotiveerd' && eigenaar === null,
    },
  ].filter(({ mist }) => mist)
}
