import type { Fout } from '../../../platform/problem.ts'
import {
  formatDatumInvoer,
  parseBedragInvoer,
  parseDatumInvoer,
  parseGetalInvoer,
} from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { type Eenheid, indicatorVan } from '../../sturing/index.ts'
import { leegIsNull } from '../bereik/getal.ts'
import { type Bereik, deelgebiedWaarde, readDeelgebied } from '../bereik/rules.ts'
import { type Doel, liesUnder, listMeetgebreken, RICHTINGEN, SOORTEN, waaromNietOnder } from './rules.ts'
import type { Doelgegevens } from './store.ts'

/** The form of one goal, as typed. */
export interface Invoer {
  gemeente: string
  boom: string
  ouder: string
  soort: string
  tekst: string
  toelichting: string
  bron: string
  volgorde: string
  indicator: string
  over: string
  richting: string
  streefwaarde: string
  streefOp: string
  ontbreekt: string
  koppelingen: readonly string[]
}

export interface Omstandigheden {
  bereik: Bereik
  /** All goals the asker may see. */
  doelen: readonly Doel[]
  /** The goal that is changed; null for a new one. */
  doel: Doel | null
  /** Whose the goal is. */
  gemeente: string | null
}

/** What was typed as a goal, or every fault at once. */
export function readDoel(
  invoer: Invoer,
  stand: Omstandigheden,
): { gegevens: Doelgegevens; koppelingen: number[] } | { fouten: Fout[] } {
  const { bereik, doelen, doel, gemeente } = stand
  const fouten: Fout[] = [
    ...checkTekst({ pad: 'tekst', naam: 'het doel', waarde: invoer.tekst, max: 500 }),
    ...checkTekst({
      pad: 'toelichting',
      naam: 'de toelichting',
      waarde: invoer.toelichting,
      verplicht: false,
    }),
    ...checkTekst({ pad: 'bron', naam: 'de bron', waarde: invoer.bron, verplicht: false, max: 500 }),
    ...checkTekst({ pad: 'ontbreekt', naam: 'wat er ontbreekt', waarde: invoer.ontbreekt, verplicht: false }),
  ]
  const soort = SOORTEN.find(s => s === invoer.soort)
  if (soort === undefined) fouten.push({ pad: 'soort', melding: 'Kies wat voor doel dit is.' })
  const ouder = doelen.find(d => String(d.doelId) === invoer.ouder) ?? null
  const boom = doel?.boom ?? ouder?.boom ?? invoer.boom.trim()
  if (boom === '') fouten.push({ pad: 'boom', melding: 'Geef de boom een naam.' })
  else fouten.push(...checkTekst({ pad: 'boom', naam: 'de naam van de boom', waarde: boom, max: 100 }))
  fouten.push(...checkPlek(invoer, ouder, boom, soort, stand))
  const volgorde = parseGetalInvoer(invoer.volgorde)
  if (volgorde === undefined || volgorde < 1 || volgorde > 9999)
    fouten.push({ pad: 'volgorde', melding: 'Vul bij plek een getal in vanaf 1.' })
  const meting = readMeting(invoer, bereik, soort)
  fouten.push(...meting.fouten)
  const regionaal = new Set(doelen.filter(d => d.gemeente === null).map(d => d.doelId))
  const koppelingen = gemeente === null ? [] : invoer.koppelingen.map(Number).filter(id => regionaal.has(id))
  if (fouten.length > 0 || soort === undefined || volgorde === undefined) return { fouten }
  return {
    gegevens: {
      gemeente,
      boom,
      ouderId: ouder?.doelId ?? null,
      soort,
      tekst: invoer.tekst.trim(),
      toelichting: leegIsNull(invoer.toelichting),
      bron: leegIsNull(invoer.bron),
      volgorde,
      ...meting.gegevens,
    },
    koppelingen,
  }
}

function checkPlek(
  invoer: Invoer,
  ouder: Doel | null,
  boom: string,
  soort: Doel['soort'] | undefined,
  { doelen, doel, gemeente }: Omstandigheden,
): Fout[] {
  const fout = (melding: string): Fout[] => [{ pad: 'ouder', melding }]
  if (invoer.ouder !== '' && ouder === null) return fout('Kies waar dit doel onder hangt.')
  if (ouder !== null && (ouder.gemeente !== gemeente || ouder.boom !== boom))
    return fout('Kies een plek in dezelfde boom.')
  if (ouder !== null && ouder.beeindigdOp !== null) return fout('Kies een plek onder een doel dat nog loopt.')
  if (ouder !== null && doel !== null && liesUnder(doelen, ouder.doelId, doel.doelId))
    return fout('Een doel kan niet onder zichzelf hangen.')
  if (soort === undefined) return []
  const onder = waaromNietOnder(soort, ouder)
  if (onder !== '') return fout(onder)
  const kinderen = doelen.filter(d => doel !== null && d.ouderId === doel.doelId && d.beeindigdOp === null)
  const past = kinderen.every(kind => waaromNietOnder(kind.soort, { soort }) === '')
  return past ? [] : [{ pad: 'soort', melding: 'Wat eronder hangt, past niet onder deze soort.' }]
}

type Meting = Pick<
  Doelgegevens,
  'indicator' | 'wet' | 'segmentId' | 'richting' | 'streefwaarde' | 'streefOp' | 'ontbreekt'
>

const GEBREK = {
  richting: 'Kies welke kant op beter is.',
  ontbreekt: 'Kies wat wordt gemeten, of schrijf op welke gegevens nog ontbreken.',
}

function readMeting(
  invoer: Invoer,
  bereik: Bereik,
  soort: Doel['soort'] | undefined,
): { gegevens: Meting; fouten: Fout[] } {
  const fouten: Fout[] = []
  const deel = readDeelgebied(bereik, invoer.over)
  if (deel === undefined) fouten.push({ pad: 'over', melding: 'Kies waar dit over gaat.' })
  const leeg = {
    indicator: null,
    wet: deel?.wet ?? null,
    segmentId: deel?.segmentId ?? null,
    richting: null,
    streefwaarde: null,
    streefOp: null,
    ontbreekt: null,
  }
  if (soort !== 'indicator') return { gegevens: leeg, fouten }
  const ontbreekt = leegIsNull(invoer.ontbreekt)
  const richting = RICHTINGEN.find(r => r === invoer.richting) ?? null
  const gekozen = leegIsNull(invoer.indicator)
  for (const pad of listMeetgebreken({ soort, indicator: gekozen, richting, ontbreekt }))
    fouten.push({ pad, melding: GEBREK[pad] })
  if (gekozen === null) return { gegevens: { ...leeg, ontbreekt }, fouten }
  const indicator = indicatorVan(gekozen)
  if (indicator === undefined) fouten.push({ pad: 'indicator', melding: 'Kies een indicator uit de lijst.' })
  const streef = invoer.streefwaarde.trim()
  const streefwaarde = streef === '' || !indicator ? null : parseStreef(streef, indicator.eenheid)
  if (streefwaarde === undefined)
    fouten.push({ pad: 'streefwaarde', melding: 'Vul de streefwaarde in als getal, zoals 1.250 of 42,5.' })
  const streefOp = invoer.streefOp.trim() === '' ? null : parseDatumInvoer(invoer.streefOp)
  if (streefOp === undefined)
    fouten.push({ pad: 'streefOp', melding: 'Vul een bestaande datum in, zoals 31-12-2027.' })
  return {
    gegevens: {
      ...leeg,
      indicator: indicator?.code ?? null,
      richting,
      streefwaarde: streefwaarde ?? null,
      streefOp: streefOp ?? null,
      ontbreekt,
    },
    fouten,
  }
}

/** Euros, a whole number or a percentage as typed, into the whole units that are stored. */
export function parseStreef(tekst: string, eenheid: Eenheid): number | undefined {
  const getal = eenheid === 'personen' ? parseGetalInvoer(tekst) : parseBedragInvoer(tekst.replace('%', ''))
  return getal === undefined || getal < 0 ? undefined : getal
}

/** A stored goal as the form shows it. */
export function toInvoer(doel: Doel, koppelingen: readonly number[]): Invoer {
  const eenheid = indicatorVan(doel.indicator)?.eenheid
  return {
    gemeente: doel.gemeente ?? 'regio',
    boom: doel.boom,
    ouder: doel.ouderId === null ? '' : String(doel.ouderId),
    soort: doel.soort,
    tekst: doel.tekst,
    toelichting: doel.toelichting ?? '',
    bron: doel.bron ?? '',
    volgorde: String(doel.volgorde),
    indicator: doel.indicator ?? '',
    over: deelgebiedWaarde(doel),
    richting: doel.richting ?? '',
    streefwaarde: doel.streefwaarde === null ? '' : toStreef(doel.streefwaarde, eenheid),
    streefOp: doel.streefOp === null ? '' : formatDatumInvoer(doel.streefOp),
    ontbreekt: doel.ontbreekt ?? '',
    koppelingen: koppelingen.map(String),
  }
}

function toStreef(waarde: number, eenheid: Eenheid | undefined): string {
  if (eenheid === 'personen') return String(waarde)
  return (waarde / 100).toLocaleString('nl-NL', { maximumFractionDigits: 2 })
}
