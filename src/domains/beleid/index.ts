/** The face of beleid to other domains: what a page of a dossier can be completed with. */
export type { Aanvulling } from './dossiers/blad.tsx'
