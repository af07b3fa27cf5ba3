import { datum, keuzes, notitie, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { WETTEN } from './rules.ts'

/** Of the whole region, where a municipality could stand. */
export const REGIO = 'regio'

/** What is written of a dossier: the form, what somebody else left, and the demonstration follow. */
export const DOSSIER = {
  naam: tekst({
    label: 'Naam',
    noem: 'de naam',
    hulp: 'Bijvoorbeeld: Huishoudelijke ondersteuning',
    max: 120,
  }),
  thema: tekst({
    label: 'Thema',
    noem: 'het thema',
    hulp: 'Dossiers met hetzelfde thema staan bij elkaar. Bijvoorbeeld: Langer zelfstandig thuis',
    max: 120,
  }),
  wetten: keuzes({ label: 'Wet', kies: 'Kies minstens één wet.', opties: WETTEN }),
  gemeente: verwijzing({
    label: 'Van wie is dit beleid?',
    kop: 'Van',
    kies: 'Kies van wie dit beleid is.',
    hulp: 'Beleid van de regio ziet iedereen in de regio. Beleid van een gemeente ziet alleen wie voor die gemeente werkt.',
  }),
  eigenaar: verwijzing({ label: 'Eigenaar', kies: 'Kies wie het dossier beheert.' }),
  looptAf: datum({
    label: 'Het beleid loopt af op',
    kop: 'Loopt af',
    leeg: 'Vul in wanneer het beleid afloopt.',
    verplicht: false,
  }),
  segmenten: keuzes<string>({
    label: 'Segmenten van de inkoop',
    kop: 'Segmenten',
    kies: 'Kies uit de segmenten die er zijn.',
    hulp: 'Hieruit haalt de inventarisatie gebruikers, kosten en aanbieders.',
    verplicht: false,
  }),
  toelichting: notitie({
    label: 'Toelichting',
    noem: 'de toelichting',
    hulp: 'Waar gaat dit dossier over? Noem geen inwoners.',
    max: 4000,
    regels: 4,
  }),
}
