import { Kop, LosseLink } from '../../../platform/ui/index.ts'
import type { Aanvulling } from '../../dossiers/index.ts'
import { loadScenarios } from './actions.ts'
import { Scenariodeel } from './oordeel.tsx'

/** The scenarios of a dossier: a part of its page. */
export const toonScenarios: Aanvulling = async (db, ctx, dossierId) => {
  const scenarios = await loadScenarios(ctx, db, dossierId)
  return (
    <>
      <Kop niveau={2}>Scenario’s</Kop>
      <Scenariodeel scenarios={scenarios} />
      <LosseLink href={`/beleid/dossiers/${dossierId}/scenarios`}>Naar de scenario’s</LosseLink>
    </>
  )
}
