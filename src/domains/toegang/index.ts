/** The face of toegang to other domains: residents, toewijzingen, starts and stops. */
export { type Client, clientSleutel, mapClienten } from './clienten/store.ts'
export {
  type HeeftGoedgekeurdeRegels,
  neemToewijzingenOver,
  type Toewijzingsbericht,
  type Toewijzingsoordeel,
} from './toewijzen/actions.ts'
export { isVerwijderd, type ToegewezenProduct, type Versie } from './toewijzen/rules.ts'
export { mapToewijzingen, type Toewijzing, toewijzingSleutel } from './toewijzen/store.ts'
export { type Meldingsbericht, type Meldingsoordeel, neemMeldingenOver } from './volgen/actions.ts'
export type { Melding } from './volgen/rules.ts'
