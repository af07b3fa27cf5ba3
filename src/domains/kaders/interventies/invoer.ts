import type { Fout } from '../../../platform/problem.ts'
import { parseBedragInvoer, parseGetalInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { leegIsNull, parseGetal } from '../bereik/getal.ts'
import { BEWIJZEN } from './rules.ts'
import type { Interventie, Interventiegegevens, Resultaatgegevens } from './store.ts'

/** The form of one intervention, as typed. */
export interface Invoer {
  gemeente: string
  naam: string
  omschrijving: string
  bewijs: string
  bewijsToelichting: string
  register: string
  doelgroep: string
  inzetbaarDoor: string
  licentiekosten: string
  licentieToelichting: string
  bron: string
}

/** What was typed as an intervention, or every fault at once. */
export function readInterventie(
  invoer: Invoer,
  gemeente: string | null,
): { gegevens: Interventiegegevens } | { fouten: Fout[] } {
  const tekst = (pad: keyof Invoer, naam: string, verplicht = true, max = 4000): Fout[] =>
    checkTekst({ pad, naam, waarde: invoer[pad], verplicht, max })
  const fouten = [
    ...tekst('naam', 'de naam', true, 200),
    ...tekst('omschrijving', 'de omschrijving'),
    ...tekst('bewijsToelichting', 'de toelichting op het bewijs', false),
    ...tekst('register', 'het register', false, 200),
    ...tekst('doelgroep', 'de doelgroep', true, 1000),
    ...tekst('inzetbaarDoor', 'wie het kan inzetten', true, 1000),
    ...tekst('licentieToelichting', 'de toelichting op de kosten', false, 1000),
    ...tekst('bron', 'de bron', false, 500),
  ]
  const bewijs = BEWIJZEN.find(b => b === invoer.bewijs)
  if (bewijs === undefined) fouten.push({ pad: 'bewijs', melding: 'Kies hoe sterk het bewijs is.' })
  const kosten = invoer.licentiekosten.trim()
  const licentiekosten = kosten === '' ? null : parseBedragInvoer(kosten)
  if (licentiekosten === undefined || (licentiekosten !== null && licentiekosten < 0))
    fouten.push({
      pad: 'licentiekosten',
      melding: 'Vul de kosten in als bedrag, zoals 1.250 of 99,50; 0 als er geen kosten zijn.',
    })
  if (fouten.length > 0 || bewijs === undefined) return { fouten }
  return {
    gegevens: {
      gemeente,
      naam: invoer.naam.trim(),
      omschrijving: invoer.omschrijving.trim(),
      bewijs,
      bewijsToelichting: leegIsNull(invoer.bewijsToelichting),
      register: leegIsNull(invoer.register),
      doelgroep: invoer.doelgroep.trim(),
      inzetbaarDoor: invoer.inzetbaarDoor.trim(),
      licentiekosten: licentiekosten ?? null,
      licentieToelichting: leegIsNull(invoer.licentieToelichting),
      bron: leegIsNull(invoer.bron),
    },
  }
}

/** A stored intervention as the form shows it. */
export function toInvoer(i: Interventie): Invoer {
  return {
    gemeente: i.gemeente ?? 'regio',
    naam: i.naam,
    omschrijving: i.omschrijving,
    bewijs: i.bewijs,
    bewijsToelichting: i.bewijsToelichting ?? '',
    register: i.register ?? '',
    doelgroep: i.doelgroep,
    inzetbaarDoor: i.inzetbaarDoor,
    licentiekosten:
      i.licentiekosten === null
        ? ''
        : (i.licentiekosten / 100).toLocaleString('nl-NL', { maximumFractionDigits: 2 }),
    licentieToelichting: i.licentieToelichting ?? '',
    bron: i.bron ?? '',
  }
}

const MEESTE_MENSEN = 20_000_000

/** What was typed as a local result, or every fault at once. */
export function readResultaat(
  invoer: Readonly<Record<string, string | undefined>>,
): { gegevens: Resultaatgegevens } | { fouten: Fout[] } {
  const { maat = '', waarde = '', eenheid = '', n = '', periode = '', bron = '' } = invoer
  const fouten = [
    ...checkTekst({ pad: 'maat', naam: 'wat er is gemeten', waarde: maat, max: 500 }),
    ...checkTekst({ pad: 'eenheid', naam: 'de eenheid', waarde: eenheid, max: 100 }),
    ...checkTekst({ pad: 'periode', naam: 'de periode', waarde: periode, max: 100 }),
    ...checkTekst({ pad: 'bron', naam: 'de bron', waarde: bron, max: 500 }),
  ]
  const getal = parseGetal(waarde)
  if (getal === undefined) fouten.push({ pad: 'waarde', melding: 'Vul een getal in, zoals 1.250 of 42,5.' })
  const aantal = n.trim() === '' ? null : parseGetalInvoer(n)
  if (aantal === undefined || (aantal !== null && (aantal < 0 || aantal > MEESTE_MENSEN)))
    fouten.push({ pad: 'n', melding: 'Vul een heel aantal mensen in tot 20.000.000, of laat dit leeg.' })
  if (fouten.length > 0 || getal === undefined || aantal === undefined) return { fouten }
  return {
    gegevens: {
      maat: maat.trim(),
      waarde: getal,
      eenheid: eenheid.trim(),
      n: aantal,
      periode: periode.trim(),
      bron: bron.trim(),
    },
  }
}
