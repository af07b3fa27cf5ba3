import type { ReactNode } from 'react'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Dossier } from '../register/store.ts'

/** What the page of a dossier has read already. */
export interface Dossierpagina {
  dossier: Dossier
  /** The asker may change this dossier. */
  eigen: boolean
  /** What was done just before, as its code in the address; empty when nothing was. */
  melding: string
}

/**
 * What another domain knows of a dossier: a part of its page. With a form in it, it answers what draws the part with the
 * token of that form.
 */
export type Aanvulling = (
  db: Db,
  ctx: Ctx,
  dossierId: number,
  pagina: Dossierpagina,
) => Promise<ReactNode | ((csrf: string) => ReactNode)>
