import type { ReactNode } from 'react'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Kop, Link, Tabel } from '../../../platform/ui/index.ts'
import { STAND, VOOR } from './opdrachtenlijst.tsx'
import { listVanSegment } from './store.ts'

/** Which conclusions made us do something with this segment: a part of its page in sturing (cap 10). */
export async function showHerkomst(db: Db, ctx: Ctx, segmentId: number): Promise<ReactNode> {
  if (!ctx.wie.rechten.has('beleid.lezen')) return null
  const opdrachten = await listVanSegment(db, segmentId, ctx.wie.rechten.has('beleid.bijdragen'))
  if (opdrachten.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Welk beleid ligt hieronder?</Kop>
      <Tabel
        bijschrift="Conclusies van de Wegwijzer over dit segment"
        rijen={opdrachten}
        sleutel={o => String(o.opdrachtId)}
        kolommen={[
          {
            kop: 'Conclusie',
            rijkop: true,
            cel: o => (o.geschrapt ? `${o.conclusie} (later geschrapt)` : o.conclusie),
          },
          { kop: 'Dossier', cel: o => <Link href={`/beleid/dossiers/${o.dossierId}`}>{o.dossier}</Link> },
          { kop: 'Daarom', cel: o => <Link href={`/opdrachten/${o.opdrachtId}`}>{o.wat}</Link> },
          VOOR,
          STAND,
        ]}
      />
    </>
  )
}
