/** The face of toegang to other domains: residents, toewijzingen, starts and stops. */
export { type Client, clientSleutel, findNaam, mapClienten } from './clienten/store.ts'
export type { Aanvulling } from './inzien/detail.tsx'
export { bekendOp, describeOmvang, describeVolume } from './inzien/rules.ts'
export {
  countToewijzingen,
  GEEN_FILTER,
  listByNummer,
  listToewijzingen,
  type Toewijzingsregel,
} from './inzien/store.ts'
export type { Melding } from './levering/rules.ts'
export { TOEWIJZINGEN } from './overnemen/actions.ts'
export { VERWIJZINGEN } from './overnemen/verwijzingen.ts'
export {
  type HasGoedgekeurdeRegels,
  receiveToewijzingen,
  type Toewijzingsbericht,
  type Toewijzingsoordeel,
} from './toewijzen/actions.ts'
export { type NietVerwerkt, withdrawToewijzingen } from './toewijzen/intrekken.ts'
export {
  OVERNAME_REGELS as TOEWIJZING_OVERNAME,
  TOEWIJZING_REGELS,
  type ToegewezenProduct,
} from './toewijzen/rules.ts'
export {
  holdIntake,
  isVerzonden,
  lockPartijen,
  mapToewijzingen,
  markBeantwoord,
  type Toewijzing,
  toewijzingSleutel,
} from './toewijzen/store.ts'
export { type Meldingsbericht, type Meldingsoordeel, receiveMeldingen } from './volgen/actions.ts'
export { MELDING_REGELS, OVERNAME_REGELS as MELDING_OVERNAME } from './volgen/rules.ts'
export { readToegewezen } from './waarde/actions.ts'
export { followContracten, followProducten, followTarieven } from './waarde/afspraken.ts'
export { isVerwijderd } from './waarde/rules.ts'
