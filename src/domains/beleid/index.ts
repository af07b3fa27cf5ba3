/** The face of beleid to other domains: dossiers, and what a page of one can be completed with. */
export type { Aanvulling } from './dossier/pages.tsx'
export { searchDossiers } from './dossiers/store.ts'
