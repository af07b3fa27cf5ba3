/** The face of the werkvormen to besluit: how the preconditions stand. */
export { listVoorwaarden, mapVoorwaarden } from './voorwaarden/store.ts'
