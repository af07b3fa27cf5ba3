import { verwerkWachtend } from '../domains/berichten/index.ts'
import { sealAudit } from '../platform/audit.ts'
import { NOBODY } from '../platform/db/database.ts'
import { makeCtx, type Omgeving, systeem } from '../platform/http/ctx.ts'
import type { Uitvoerders } from '../platform/jobs.ts'

/** What the workers of this installation do. */
export function maakTaken(omgeving: Omgeving): Uitvoerders {
  return {
    berichten_verwerk: ({ gemeente, berichtId }) =>
      verwerkWachtend(makeCtx(omgeving, systeem('verwerking', [gemeente])), gemeente, berichtId),
    audit_verzegel: async () => {
      await omgeving.database.write(NOBODY, sealAudit)
    },
  }
}
