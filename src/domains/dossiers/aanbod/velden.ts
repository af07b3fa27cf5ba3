import type { Exportkolom } from '../../../platform/http/export.ts'
import type { Fout } from '../../../platform/problem.ts'
import { exportColumns, type Gegevens } from '../../../platform/velden/formulier.ts'
import { bedrag, getal, keuze, keuzes, notitie, tekst } from '../../../platform/velden/soorten.ts'
import { AARD, BEWIJS, INSTRUMENT, TOEGANG } from './rules.ts'

const toOpties = <W extends string>(namen: Readonly<Record<W, string>>) =>
  (Object.entries(namen) as [W, string][]).map(([waarde, naam]) => ({ waarde, naam }))

/** What is written of an offer: the form, what somebody else left, the files and the demonstration follow. */
export const AANBOD = {
  naam: tekst({ label: 'Naam', noem: 'de naam', max: 120 }),
  aard: keuze({ label: 'Aard', kies: 'Kies preventief of curatief.', opties: toOpties(AARD) }),
  toegang: keuze({ label: 'Toegang', kies: 'Kies hoe iemand erin komt.', opties: toOpties(TOEGANG) }),
  instrument: keuze({
    label: 'Hoe regelt de gemeente dit?',
    kop: 'Instrument',
    kies: 'Kies hoe de gemeente dit regelt.',
    opties: toOpties(INSTRUMENT),
  }),
  doelgroep: notitie({
    label: 'Voor wie',
    noem: 'de doelgroep',
    hulp: 'Een groep, bijvoorbeeld: ouderen met een klein netwerk',
    max: 200,
  }),
  partners: notitie({
    label: 'Partners',
    noem: 'de partners',
    hulp: 'Wie biedt dit aan?',
    max: 2000,
    regels: 2,
  }),
  // More than live in the Netherlands, or than all municipalities spend, is a slip of the keyboard.
  gebruikers: getal({
    label: 'Gebruikers',
    leeg: 'Vul een heel getal in van hoogstens 20.000.000, zoals 1.250.',
    hulp: 'Hoeveel inwoners per jaar?',
    max: 20_000_000,
    verplicht: false,
  }),
  kosten: bedrag({
    label: 'Kosten per jaar',
    kop: 'Kosten',
    leeg: 'Vul een bedrag in van hoogstens 100 miljard, zoals 125.000 of 1.234,56.',
    max: 100_000_000_000_00,
    verplicht: false,
  }),
  jaar: getal({
    label: 'Over welk jaar gaan de kosten?',
    kop: 'Jaar',
    leeg: 'Vul een jaar in, zoals 2026.',
    min: 2000,
    max: 2100,
    aaneen: true,
    verplicht: false,
    verplichtBij: 'kosten',
  }),
  bewijs: keuze({
    label: 'Wat is er bekend over de werking?',
    kop: 'Werking',
    kies: 'Kies wat er bekend is over de werking.',
    opties: toOpties(BEWIJS),
  }),
  bron: notitie({
    label: 'Bron',
    noem: 'de bron',
    hulp: 'Waar komen de cijfers vandaan?',
    verplichtBij: 'gebruikers of kosten',
    max: 1000,
    regels: 2,
  }),
}

export type Aanbodgegevens = Gegevens<typeof AANBOD>

/** A figure says where it comes from, and costs of which year they are. */
export function checkCijfers({
  gebruikers = null,
  kosten = null,
  jaar,
  bron,
}: Partial<Aanbodgegevens>): Fout[] {
  const zonderJaar = kosten !== null && jaar === null
  const zonderBron = (gebruikers !== null || kosten !== null) && bron === ''
  return [
    ...(zonderJaar ? [{ pad: 'jaar', melding: 'Vul in over welk jaar de kosten gaan.' }] : []),
    ...(zonderBron ? [{ pad: 'bron', melding: 'Vul in waar de cijfers vandaan komen.' }] : []),
  ]
}

/** Which proposals are taken over, by their segments. */
export const VOORSTELLEN = {
  segment: keuzes({ label: 'Neem over', kies: 'Kies uit de voorstellen.', verplicht: false }),
}

const { naam, ...INHOUD } = AANBOD

/** An offer in a file. */
export const BESTAND: readonly Exportkolom<Aanbodgegevens>[] = [
  { kop: 'Aanbod', waarde: rij => rij.naam },
  ...exportColumns(INHOUD),
]
