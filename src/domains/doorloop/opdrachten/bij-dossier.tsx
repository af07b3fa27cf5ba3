import { Kop } from '../../../platform/ui/index.ts'
import type { Aanvulling } from '../../dossiers/index.ts'
import { Opdrachtenlijst } from './opdrachtenlijst.tsx'
import { listVanDossier } from './store.ts'

/** What came of a dossier: a part of its page. */
export const toonOpdrachten: Aanvulling = async (db, ctx, dossierId) => {
  const opdrachten = await listVanDossier(db, dossierId, ctx.wie.rechten.has('beleid.bijdragen'))
  return (
    <>
      <Kop niveau={2}>Wat ervan kwam</Kop>
      <Opdrachtenlijst opdrachten={opdrachten} leeg="Uit dit dossier is nog geen opdracht gekomen." />
    </>
  )
}
