/** The face of aanbieders to other domains. */

export { mapAanbiedersByAgb, searchAanbieders } from './register/store.ts'
export { AANBIEDERS, LOCATIES } from './registers/aanbieders.ts'
export { listAanbieders } from './registers/keuzes.ts'
