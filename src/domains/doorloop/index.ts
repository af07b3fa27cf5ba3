/** The face of a run: its pieces and who may change them, the frame of its pages, what came of it. What is pure: `rules.ts`. */
export { listConclusies } from './conclusies/store.ts'
export { moveDoorloop, type Stapinvoer } from './doorloop/actions.ts'
export { type Bewaren, demandLopend, getDoorloop, saveDeel } from './doorloop/deel.ts'
export {
  Doorloopkader,
  doorloopKruimels,
  doorloopPad,
  laatstDoor,
  type Onderdeelpad,
} from './doorloop/kader.tsx'
export { Beletsels, type Bijzonder } from './doorloop/stap.tsx'
export {
  type Deel,
  type Doorloop,
  listDeelversies,
  listDelen,
  listDoorlopen,
  lockDoorloop,
  mapStanden,
} from './doorloop/store.ts'
export { Uitgesloten } from './juridisch/merk.tsx'
export { RISICO } from './juridisch/namen.ts'
export { Opdrachtenlijst } from './opdrachten/opdrachtenlijst.tsx'
export { listTeDoen, listVanDoorloop, type Opdracht } from './opdrachten/store.ts'
export { type Antwoord, UITKOMSTEN } from './vragen/actions.ts'
export { countWachtend, listBeantwoord, listBijdragen } from './vragen/store.ts'
