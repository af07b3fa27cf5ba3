/** The rules of a dossier that others need, without a database. */
export { naamMetStand } from './aanbod/rules.ts'
export { STAAT, type Staat, type Wet } from './register/rules.ts'
