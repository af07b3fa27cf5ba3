/** The face of aanbieders to other domains. */

export type { Aanvulling } from './inzien/pages.tsx'
export { searchAanbieders } from './inzien/store.ts'
export { mapAanbiedersByAgb } from './register/store.ts'
export { AANBIEDERS, LOCATIES } from './registers/aanbieders.ts'
