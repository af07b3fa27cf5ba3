/** The face of the standard: iWmo and iJw 3.2 as data, and everything that follows from it. No tables, no database. */
export type { Opties } from './inhoudsregels/inhoudsregel.ts'
export { INHOUDSREGELS, isInhoudBeoordeeld, listInhoudsregels } from './inhoudsregels/toetsen.ts'
export type {
  Bericht,
  Bericht301,
  Bericht305,
  Bericht307,
  Bericht315,
  Bericht317,
  Bericht319,
  Bericht323,
  Bericht325,
  BerichtMet,
  Berichtnaam,
  Contact,
  Klasse,
  Omvang,
  Prestatie,
  Relatie,
  Retour302,
  Retour306,
  Retour308,
  StartProduct,
  StopProduct,
  ToegewezenProduct,
} from './model/bericht.ts'
export { BERICHTNUMMERS, berichtmodel, type Knoop, modelMetNaam } from './model/boom.ts'
export { CODELIJSTEN, type Codelijst } from './model/codelijsten.ts'
export { codelijst, codeNaam, elementNaam } from './model/naam.ts'
export { type Bevinding, bevinding, type Controleniveau, type Regel } from './model/regel.ts'
export type { Berichtnummer, Domein } from './model/structuur.ts'
export { type Controle, checkBericht, checkBytes } from './xml/controleer.ts'
export { Schrijffout, writeBericht } from './xml/schrijven.ts'
