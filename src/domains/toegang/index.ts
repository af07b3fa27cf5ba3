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
  horizonOf,
  isVerwijderd,
  OVERNAME_REGELS as TOEWIJZING_OVERNAME,
  TOEWIJZING_REGELS,
  type ToegewezenProduct,
  type Versie,
  waardePerMaand,
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
export { MELDING_REGELS, type Melding, OVERNAME_REGELS as MELDING_OVERNAME } from './volgen/rules.ts'
