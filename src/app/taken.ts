import { catchUp, judgeWaiting, writeOut } from '../domains/berichten/index.ts'
import { NOBODY } from '../platform/db/database.ts'
import { forgetConcepten } from '../platform/http/concept.ts'
import { makeCtx, type Omgeving, systeem } from '../platform/http/ctx.ts'
import { forgetVerzendingen } from '../platform/http/eenmaal.ts'
import { forgetGetypt } from '../platform/http/getypt.tsx'
import { forgetVoortgang } from '../platform/http/voortgang.tsx'
import type { Uitvoerders } from '../platform/jobs.ts'
import { makeVerzegelen, type Verslag } from './verzegelen.ts'

/** What the workers of this installation do; `verslag` says what must be kept outside the database. */
export function makeTaken(omgeving: Omgeving, verslag: Verslag = () => undefined): Uitvoerders {
  const verzegel = makeVerzegelen(omgeving, verslag)
  return {
    berichten_verwerk: ({ gemeente, berichtId }) =>
      judgeWaiting(makeCtx(omgeving, systeem('verwerking', [gemeente])), gemeente, berichtId),
    berichten_wegschrijven: ({ berichten }) => writeOut(omgeving, berichten),
    berichten_inhalen: async () => {
      const { rows } = await omgeving.database.pool.query<{ code: string }>(
        'select code from contracten.gemeente',
      )
      await catchUp(
        makeCtx(
          omgeving,
          systeem(
            'inhalen',
            rows.map(row => row.code),
          ),
        ),
      )
    },
    opruimen: () =>
      omgeving.database.write(NOBODY, async tx => {
        await forgetVerzendingen(tx)
        await forgetGetypt(tx)
        await forgetConcepten(tx)
        await forgetVoortgang(tx)
      }),
    audit_verzegel: verzegel,
  }
}
