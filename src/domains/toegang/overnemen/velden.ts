import type { Datum } from '../../../platform/dates.ts'
import type { Fout } from '../../../platform/problem.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import {
  bedrag,
  bsn,
  cijfercode,
  datum,
  getal,
  jaNee,
  kenmerk,
  keuze,
  periode,
  tekst,
  verwijzing,
} from '../../../platform/velden/soorten.ts'
import { WETTEN } from '../../contracten/index.ts'
import { CODELIJSTEN } from '../../istandaard/index.ts'

const opties = (lijst: Readonly<Record<string, string>>) =>
  Object.entries(lijst).map(([waarde, naam]) => ({ waarde, naam }))

/** By the names of the standard, and as the register of products calls them. */
const EENHEDEN = opties(CODELIJSTEN.WJ756).map(eenheid =>
  eenheid.waarde === '16' ? { ...eenheid, ook: ['Dagdeel'] } : eenheid,
)

/**
 * One state of a toewijzing that was decided elsewhere, with whom it is for, how delivery began and ended, and who referred. A
 * later state of the same toewijzing is a row of its own.
 */
export const TOEWIJZING = {
  gemeente: verwijzing({
    label: 'Van welke gemeente?',
    kop: 'Gemeente',
    kies: 'Kies een gemeente die u mag zien.',
    cijfers: 4,
  }),
  wet: keuze({
    label: 'Onder welke wet?',
    kop: 'Wet',
    kies: 'Kies Jeugdwet of Wmo.',
    opties: WETTEN,
  }),
  nummer: getal({
    label: 'Wat is het toewijzingnummer?',
    kop: 'Toewijzingnummer',
    leeg: 'Vul het toewijzingnummer in: een getal van hoogstens 9 cijfers.',
    max: 999_999_999,
    aaneen: true,
  }),
  toegewezenOp: datum({
    label: 'Wanneer is dit besloten?',
    kop: 'Toewijzingsdatum',
    leeg: 'Vul de dag in waarop dit is besloten, zoals 31-01-2026.',
  }),
  bsn: bsn({ label: 'Wat is het burgerservicenummer?', kop: 'BSN' }),
  naam: tekst({ label: 'Hoe heet de inwoner?', kop: 'Naam', noem: 'de naam', max: 200 }),
  geboortedatum: datum({
    label: 'Wat is de geboortedatum?',
    kop: 'Geboortedatum',
    leeg: 'Vul een geboortedatum in, zoals 31-01-2012.',
  }),
  geslacht: keuze({
    label: 'Wat is het geslacht?',
    kop: 'Geslacht',
    kies: 'Kies onbekend, man of vrouw.',
    opties: [
      { waarde: '0', naam: 'Onbekend' },
      { waarde: '1', naam: 'Man' },
      { waarde: '2', naam: 'Vrouw' },
    ],
  }),
  aanbieder: verwijzing({
    label: 'Welke aanbieder levert?',
    kop: 'Aanbieder',
    leeg: 'Vul de AGB-code van de aanbieder in.',
    kies: 'Deze aanbieder staat er nog niet in. De contractmanager neemt hem op, onder Inrichten.',
    cijfers: 8,
  }),
  categorie: cijfercode({
    label: 'Wat is de productcategorie?',
    kop: 'Productcategorie',
    hulp: 'Leeg bij een generieke toewijzing',
    noem: 'de productcategorie',
    cijfers: 2,
    verplicht: false,
  }),
  product: kenmerk({
    label: 'Wat is de productcode?',
    kop: 'Productcode',
    hulp: 'Leeg bij een aspecifieke of generieke toewijzing',
    noem: 'de productcode',
    max: 5,
    verplicht: false,
    breedte: 'kort',
  }),
  geldig: periode({
    label: 'Wanneer is de toewijzing geldig?',
    kop: 'Geldig',
    leeg: 'Vul de ingangsdatum in, zoals 31-01-2026.',
  }),
  volume: getal({
    label: 'Hoeveel is toegewezen?',
    kop: 'Volume',
    hulp: 'In de eenheid hiernaast; bij euro’s in eurocenten',
    leeg: 'Vul een heel getal in; bij euro’s een aantal eurocenten.',
    max: 99_999_999,
    verplicht: false,
  }),
  eenheid: keuze({
    label: 'In welke eenheid?',
    kop: 'Eenheid',
    kies: 'Kies een eenheid van de standaard.',
    opties: EENHEDEN,
    verplicht: false,
  }),
  frequentie: keuze({
    label: 'Hoe vaak?',
    kop: 'Frequentie',
    kies: 'Kies een frequentie van de standaard.',
    opties: opties(CODELIJSTEN.WMO757),
    verplicht: false,
  }),
  budget: bedrag({
    label: 'Of welk budget voor de hele looptijd?',
    kop: 'Budget',
    leeg: 'Vul een bedrag in, zoals 1.250.',
    verplicht: false,
  }),
  begin: datum({
    label: 'Wanneer begon de levering?',
    kop: 'Levering begonnen',
    leeg: 'Vul een dag in die bestaat.',
    verplicht: false,
  }),
  gestopt: datum({
    label: 'Wanneer stopte de levering?',
    kop: 'Levering gestopt',
    leeg: 'Vul een dag in die bestaat.',
    verplicht: false,
  }),
  redenStop: cijfercode({
    label: 'Waarom stopte de levering?',
    kop: 'Reden van de stop',
    hulp: 'De code uit de standaard: JZ588 voor de Jeugdwet, WMO588 voor de Wmo',
    noem: 'de reden',
    cijfers: 2,
    verplicht: false,
  }),
  verwijzer: keuze({
    label: 'Wie heeft verwezen?',
    kop: 'Verwijzer',
    kies: 'Kies een verwijzer van de standaard.',
    opties: opties(CODELIJSTEN.COD327),
    verplicht: false,
  }),
  verwezenOp: datum({
    label: 'Wanneer is verwezen?',
    kop: 'Verwezen op',
    leeg: 'Vul een dag in die bestaat.',
    verplicht: false,
  }),
  probleemcluster: tekst({
    label: 'Waarvoor?',
    kop: 'Probleemcluster',
    noem: 'het probleemcluster',
    max: 40,
    verplicht: false,
  }),
  herhaald: jaNee({
    label: 'Is het een herhaald beroep?',
    kop: 'Herhaald beroep',
    kies: 'Kies ja of nee.',
    verplicht: false,
  }),
}
export type Rij = Gegevens<typeof TOEWIJZING>

const { gemeente, wet, nummer, verwijzer, verwezenOp, probleemcluster, herhaald } = TOEWIJZING

/** Who referred a resident, for the toewijzing that follows from it. */
export const VERWIJZING = {
  gemeente,
  wet,
  nummer,
  verwijzer: keuze({
    label: verwijzer.label,
    kop: verwijzer.kop,
    kies: 'Kies een verwijzer van de standaard.',
    opties: opties(CODELIJSTEN.COD327),
  }),
  verwezenOp: datum({
    label: verwezenOp.label,
    kop: verwezenOp.kop,
    leeg: 'Vul de dag in waarop is verwezen.',
  }),
  probleemcluster,
  herhaald,
}
export type Verwijzing = Gegevens<typeof VERWIJZING>

/** A state of one toewijzing, by which rows are told apart. */
export const SLEUTEL = { velden: TOEWIJZING, sleutel: ['gemeente', 'wet', 'nummer', 'toegewezenOp'] } as const

/** Before this day there was no Jeugdwet and no Wmo 2015, and so no toewijzing under them. */
const EERSTE_DAG: Datum = '2015-01-01'

/** What goes over more than one field. Ground: iJw/iWmo 3.2 CD077 and CD078 (omvang or budget), TR382 (a stop has a start). */
export function checkRij(rij: Partial<Rij>): Fout[] {
  const fouten: Fout[] = []
  const eis = (goed: boolean, pad: string, melding: string) => {
    if (!goed) fouten.push({ pad, melding })
  }
  const { geldig, volume, eenheid, frequentie, budget, begin, gestopt, redenStop, verwijzer, verwezenOp } =
    rij
  const omvang = [volume, eenheid, frequentie].filter(deel => deel != null).length
  // Of a cell that cannot be read that is said already, and not that it is empty.
  const gelezen = (...delen: unknown[]) => delen.every(deel => deel !== undefined)
  eis(
    omvang === 0 || omvang === 3 || !gelezen(volume, eenheid, frequentie),
    'volume',
    'Vul volume, eenheid en frequentie alle drie in, of geen van drie.',
  )
  eis(omvang === 0 || budget == null, 'budget', 'Vul een omvang of een budget in, niet allebei.')
  eis(
    rij.product == null || rij.categorie !== null,
    'categorie',
    'Vul bij een productcode ook de categorie in.',
  )
  eis(
    geldig === undefined || geldig.begin >= EERSTE_DAG,
    'geldigBegin',
    'Kies een ingangsdatum op of na 1 januari 2015: eerder was er geen Jeugdwet of Wmo 2015.',
  )
  eis(gestopt == null || begin !== null, 'begin', 'Vul bij een stop ook in wanneer de levering begon.')
  eis(
    (gestopt == null) === (redenStop == null) || !gelezen(gestopt, redenStop),
    'redenStop',
    'Vul bij een stop de dag en de reden in.',
  )
  const redenen: object = CODELIJSTEN[rij.wet === 'jw' ? 'JZ588' : 'WMO588']
  eis(
    redenStop == null || redenStop in redenen,
    'redenStop',
    'Vul een reden in die de standaard voor deze wet kent.',
  )
  eis(
    begin == null || gestopt == null || gestopt >= begin,
    'gestopt',
    'Kies een stop die niet vóór het begin ligt.',
  )
  eis(
    (verwijzer == null) === (verwezenOp == null) || !gelezen(verwijzer, verwezenOp),
    'verwezenOp',
    'Vul bij een verwijzer ook de dag van de verwijzing in.',
  )
  return fouten
}
