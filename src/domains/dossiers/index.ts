/** The face of dossiers to other domains: the record, its inventory, and what the page of one can be completed with. */

export { type Aanbod, listAanbodVanDoorloop, listAanbodVanDossier } from './aanbod/store.ts'
export type { Aanvulling } from './dossier/aanvulling.ts'
export { GROND } from './grond.ts'
export { getDossier, isBezig } from './register/actions.ts'
export {
  countDringend,
  type Dossier,
  findDossier,
  listKeuzes,
  lockDossier,
  searchDossiers,
} from './register/store.ts'
export type { Toneel } from './toneel.ts'
