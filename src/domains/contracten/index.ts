/** The face of contracten to other domains: what was agreed, with whom, for which price. */
export { type Prijs, type Prijslijst, prijsOp } from './afspraken/rules.ts'
export {
  type Afspraak,
  type AfspraakVraag,
  afspraakSleutel,
  mapAfspraken,
  mapPrijslijsten,
  mapSegmentenByCategorie,
  type Product,
  prijslijstSleutel,
  type Variant,
} from './afspraken/store.ts'
export { type Domein, WETNAAM, WETTEN } from './afspraken/wet.ts'
export { listContractenByNummer, listProducten } from './inzien/store.ts'
export { PRODUCTEN, SEGMENTEN } from './registers/catalogus.ts'
export { GEMEENTEN, INWONERTALLEN } from './registers/gemeenten.ts'
export { CONTRACTEN, TARIEVEN } from './registers/overeenkomsten.ts'
export { AANBIEDERPLAFONDS, PLAFONDS } from './registers/plafonds.ts'
export { findAanbiederafspraken } from './registers/raakt.ts'
