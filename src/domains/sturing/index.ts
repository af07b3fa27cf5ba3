/** The face of sturing to the domains whose facts it counts: they book in the transaction of the fact. */
export {
  type AfkeurBoeking,
  boekAfkeur,
  boekPrestaties,
  boekToegewezen,
  boekVerwijzingen,
  type PrestatieBoeking,
  type ToegewezenBoeking,
  type VerwijzingBoeking,
} from './boeken/store.ts'
