import { Type } from 'typebox'
import { type Datum, formatDatumKort, isDatum, LAATSTE_DAG, type Periode } from '../dates.ts'
import { parseDatumInvoer } from '../ui/invoer.ts'
import { type Basis, makeVeld, type OfNull, orFault, type Veld } from './veld.ts'

/** The first and last day that a form takes: what lies outside is a typing error, and no clock can hold it. */
const EERSTE_DAG: Datum = '1900-01-01'
const DAG = Type.Refine(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), dag => isDag(dag as string))
const isDag = (dag: string) => isDatum(dag) && dag >= EERSTE_DAG && dag < LAATSTE_DAG

function readDag(tekst: string): Datum | undefined {
  const dag = parseDatumInvoer(tekst)
  return dag !== undefined && isDag(dag) ? dag : undefined
}

/** Something stands there, and it is no day. */
const GEEN_DAG = 'Vul een bestaande datum in, zoals 31-01-2026.'

/** A day. */
export function datum<V extends boolean = true>(v: Basis<V> & { leeg: string }): Veld<OfNull<Datum, V>> {
  return makeVeld<Datum, V>(v, {
    soort: 'datum',
    leeg: v.leeg,
    vorm: 'datum, zoals 31-01-2026',
    lees: waarde => orFault(readDag(waarde), GEEN_DAG),
    schrijf: formatDatumKort,
    zeg: formatDatumKort,
    schema: DAG,
  })
}

/** From one day up to and including another; without a last day it goes on, unless `eindVerplicht`. */
export function periode(v: Basis<true> & { leeg: string; eindVerplicht?: boolean }): Veld<Periode> {
  const { eindVerplicht = false } = v
  return {
    ...v,
    soort: 'periode',
    kop: v.kop ?? v.label,
    verplicht: true,
    vorm: eindVerplicht ? 'twee datums' : 'twee datums; de tweede leeg als het doorloopt',
    delen: [
      { achter: 'Begin', label: 'Eerste dag' },
      { achter: 'Eind', label: eindVerplicht ? 'Laatste dag' : 'Laatste dag (leeg als het doorloopt)' },
    ],
    read([van = '', tot = '']) {
      const begin = readDag(van)
      const eind = tot.trim() === '' ? null : readDag(tot)
      const fouten = [
        { deel: 0, melding: begin === undefined ? (van.trim() === '' ? v.leeg : GEEN_DAG) : '' },
        { deel: 1, melding: eind === undefined ? GEEN_DAG : '' },
        { deel: 1, melding: eind === null && eindVerplicht ? 'Vul een laatste dag in.' : '' },
        {
          deel: 1,
          melding: begin && eind && eind < begin ? 'Kies een laatste dag die niet vóór de eerste ligt.' : '',
        },
      ].filter(({ melding }) => melding !== '')
      return begin === undefined || eind === undefined || fouten.length > 0
        ? { meldingen: fouten.map(f => f.melding), delen: fouten.map(f => f.deel) }
        : { waarde: { begin, eind } }
    },
    type: ({ begin, eind }) => [formatDatumKort(begin), eind === null ? '' : formatDatumKort(eind)],
    zeg: ({ begin, eind }) =>
      eind === null
        ? `vanaf ${formatDatumKort(begin)}`
        : `${formatDatumKort(begin)} tot en met ${formatDatumKort(eind)}`,
    schema: Type.Refine(
      Type.Object({ begin: DAG, eind: eindVerplicht ? DAG : Type.Union([DAG, Type.Null()]) }),
      p => {
        const { begin, eind } = p as Periode
        return eind === null || eind >= begin
      },
    ),
  }
}
