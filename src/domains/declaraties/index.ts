/** The face of declaraties to other domains: judging and recording what was claimed. */
export { type BeoordeeldeRegel, beoordeelDeclaraties, type Declaratieoordeel } from './controle/actions.ts'
export { CLIENT_ONBEKEND, DECLARATIE_REGELS } from './controle/declaratieregels.ts'
export type { Declaratiebericht } from './controle/feiten.ts'
export { PRESTATIE_REGELS } from './controle/prestatieregels.ts'
export type { Prestatie, RegelBevinding } from './controle/rules.ts'
export { heeftGoedgekeurdeRegels } from './controle/store.ts'
export { toonGedeclareerd } from './inzien/gedeclareerd.tsx'
