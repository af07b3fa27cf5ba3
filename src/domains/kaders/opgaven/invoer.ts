import type { Datum } from '../../../platform/dates.ts'
import type { Fout } from '../../../platform/problem.ts'
import { parseDatumInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { leegIsNull, parseGetal } from '../bereik/getal.ts'
import type { Bereik } from '../bereik/rules.ts'
import { ACTIESTATEN, HEFBOMEN } from './rules.ts'
import type { Actiegegevens, Actierij, Opgave, Opgavegegevens, Voortganginvoer } from './store.ts'

/** The form of one assignment, as typed. */
export interface Invoer {
  gemeente: string
  thema: string
  titel: string
  doelgroep: string
  van: string
  naar: string
  metInkoop: string
  metAnders: string
  hefbomen: readonly string[]
  trekker: string
  indicator: string
  wet: string
  richting: string
  onderbouwing: string
  volgendeStap: string
  bron: string
  segmenten: readonly string[]
}

/** Ids of the people who can take something on. */
type Collegas = readonly { gebruikerId: number }[]

/** What was typed as an assignment, or every fault at once. */
export function readOpgave(
  invoer: Invoer,
  gemeente: string | null,
  bekend: { bereik: Bereik; collegas: Collegas },
): { gegevens: Opgavegegevens } | { fouten: Fout[] } {
  const tekst = (pad: keyof Invoer & string, naam: string, verplicht = true, max = 4000): Fout[] =>
    checkTekst({ pad, naam, waarde: String(invoer[pad]), verplicht, max })
  const fouten: Fout[] = [
    ...tekst('thema', 'het thema', true, 100),
    ...tekst('titel', 'de titel', true, 200),
    ...tekst('doelgroep', 'de doelgroep', true, 1000),
    ...tekst('van', 'de stand van nu'),
    ...tekst('naar', 'waar u naartoe wilt'),
    ...tekst('metInkoop', 'wat inkoop kan bereiken', false),
    ...tekst('metAnders', 'wat iets anders vraagt', false),
    ...tekst('onderbouwing', 'de onderbouwing', false),
    ...tekst('volgendeStap', 'de volgende stap', false, 1000),
    ...tekst('bron', 'de bron', false, 500),
  ]
  const hefbomen = HEFBOMEN.filter(h => invoer.hefbomen.includes(h))
  if (hefbomen.length === 0) fouten.push({ pad: 'hefbomen', melding: 'Kies minstens één hefboom.' })
  const trekker = readPersoon(invoer.trekker, bekend.collegas)
  if (trekker === undefined) fouten.push({ pad: 'trekker', melding: 'Kies een collega uit de lijst.' })
  const indicator = invoer.indicator === '' ? null : indicatorVan(invoer.indicator)
  if (indicator === undefined) fouten.push({ pad: 'indicator', melding: 'Kies een indicator uit de lijst.' })
  const richting = invoer.richting === 'hoger' || invoer.richting === 'lager' ? invoer.richting : null
  if (indicator && richting === null)
    fouten.push({ pad: 'richting', melding: 'Kies welke kant op beter is.' })
  const wet = invoer.wet === 'jw' || invoer.wet === 'wmo' ? invoer.wet : null
  if (fouten.length > 0 || trekker === undefined) return { fouten }
  return {
    gegevens: {
      gemeente,
      thema: invoer.thema.trim(),
      titel: invoer.titel.trim(),
      doelgroep: invoer.doelgroep.trim(),
      van: invoer.van.trim(),
      naar: invoer.naar.trim(),
      metInkoop: leegIsNull(invoer.metInkoop),
      metAnders: leegIsNull(invoer.metAnders),
      hefbomen,
      trekker,
      indicator: indicator?.code ?? null,
      wet,
      richting: indicator ? richting : null,
      onderbouwing: leegIsNull(invoer.onderbouwing),
      volgendeStap: leegIsNull(invoer.volgendeStap),
      bron: leegIsNull(invoer.bron),
      segmenten: bekend.bereik.segmenten
        .map(s => s.segmentId)
        .filter(id => invoer.segmenten.includes(String(id))),
    },
  }
}

/** A stored assignment as the form shows it. */
export function toInvoer(o: Opgave): Invoer {
  return {
    gemeente: o.gemeente ?? 'regio',
    thema: o.thema,
    titel: o.titel,
    doelgroep: o.doelgroep,
    van: o.van,
    naar: o.naar,
    metInkoop: o.metInkoop ?? '',
    metAnders: o.metAnders ?? '',
    hefbomen: o.hefbomen,
    trekker: o.trekker === null ? '' : String(o.trekker),
    indicator: o.indicator ?? '',
    wet: o.wet ?? '',
    richting: o.richting ?? '',
    onderbouwing: o.onderbouwing ?? '',
    volgendeStap: o.volgendeStap ?? '',
    bron: o.bron ?? '',
    segmenten: o.segmenten.map(String),
  }
}

/** The form of one action, as typed. */
export interface Actieinvoer {
  hefboom: string
  tekst: string
  eigenaar: string
  klaarOp: string
  staat: string
}

/** What was typed as an action, or every fault at once. */
export function readActie(
  invoer: Actieinvoer,
  collegas: Collegas,
): { gegevens: Actiegegevens } | { fouten: Fout[] } {
  const fouten = checkTekst({ pad: 'tekst', naam: 'de actie', waarde: invoer.tekst, max: 1000 })
  const hefboom = HEFBOMEN.find(h => h === invoer.hefboom)
  if (hefboom === undefined) fouten.push({ pad: 'hefboom', melding: 'Kies een hefboom.' })
  const eigenaar = readPersoon(invoer.eigenaar, collegas)
  if (eigenaar === undefined) fouten.push({ pad: 'eigenaar', melding: 'Kies een collega uit de lijst.' })
  const klaarOp = invoer.klaarOp.trim() === '' ? null : parseDatumInvoer(invoer.klaarOp)
  if (klaarOp === undefined)
    fouten.push({ pad: 'klaarOp', melding: 'Vul een bestaande datum in, zoals 31-12-2027.' })
  const staat = ACTIESTATEN.find(s => s === invoer.staat)
  if (staat === undefined) fouten.push({ pad: 'staat', melding: 'Kies hoe het met de actie staat.' })
  if (fouten.length > 0 || !hefboom || eigenaar === undefined || klaarOp === undefined || !staat)
    return { fouten }
  return { gegevens: { hefboom, tekst: invoer.tekst.trim(), eigenaar, klaarOp, staat } }
}

/** A stored action as the form shows it. */
export function toActieinvoer(actie: Actierij): Actieinvoer {
  return {
    hefboom: actie.hefboom,
    tekst: actie.tekst,
    eigenaar: actie.eigenaar === null ? '' : String(actie.eigenaar),
    klaarOp: actie.klaarOp ?? '',
    staat: actie.staat,
  }
}

/** What was typed as progress, or every fault at once. A number without a unit says nothing, and the other way round. */
export function readVoortgang(
  invoer: Readonly<Record<string, string | undefined>>,
  vandaag: Datum,
): { gegevens: Voortganginvoer } | { fouten: Fout[] } {
  const { datum = '', verhaal = '', getal = '', eenheid = '' } = invoer
  const fouten = [
    ...checkTekst({ pad: 'verhaal', naam: 'het verhaal', waarde: verhaal, max: 4000 }),
    ...checkTekst({ pad: 'eenheid', naam: 'de eenheid', waarde: eenheid, verplicht: false, max: 100 }),
  ]
  const dag = parseDatumInvoer(datum)
  if (dag === undefined)
    fouten.push({ pad: 'datum', melding: 'Vul een bestaande datum in, zoals 31-12-2026.' })
  else if (dag > vandaag)
    fouten.push({ pad: 'datum', melding: 'Voortgang gaat over wat geweest is: vul vandaag of eerder in.' })
  const waarde = getal.trim() === '' ? null : parseGetal(getal)
  if (waarde === undefined) fouten.push({ pad: 'getal', melding: 'Vul een getal in, zoals 1.250 of 42,5.' })
  if ((waarde === null) !== (eenheid.trim() === ''))
    fouten.push({ pad: 'eenheid', melding: 'Vul bij een getal in waarvan het is, of laat beide leeg.' })
  if (fouten.length > 0 || dag === undefined || waarde === undefined) return { fouten }
  return { gegevens: { datum: dag, verhaal: verhaal.trim(), getal: waarde, eenheid: leegIsNull(eenheid) } }
}

function readPersoon(waarde: string, collegas: Collegas): number | null | undefined {
  return waarde === '' ? null : collegas.find(c => String(c.gebruikerId) === waarde)?.gebruikerId
}
