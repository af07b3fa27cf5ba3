import { type TSchema, Type } from 'typebox'
import { isBsn } from '../crypto.ts'
import { type Datum, formatDatumKort, isDatum, LAATSTE_DAG, type Periode } from '../dates.ts'
import { type Eurocent, formatEuro } from '../money.ts'
import { formatGetal, parseBedragInvoer, parseDatumInvoer, parseGetalInvoer } from '../ui/invoer.ts'
import type { Optie } from '../ui/velden.tsx'
import { checkTekst, MAX_TEKST } from '../vrijetekst.ts'
import { isAgb, isEmail, isIban, isKvk } from './nummers.ts'
import { type Basis, type Gelezen, maak, type OfNull, orFault, type Veld } from './veld.ts'

type Breedte = 'kort' | 'half'

/** Free text about policy, never about one resident. `noem`: how it is called in a sentence, 'de naam'. */
export function tekst<V extends boolean = true>(
  v: Basis<V> & { noem: string; max?: number; regels?: number; breedte?: Breedte },
): Veld<OfNull<string, V>> {
  const { max = MAX_TEKST, noem } = v
  return maak<string, V>(v, {
    soort: 'tekst',
    leeg: `Vul ${noem} in.`,
    vorm: `tekst, hoogstens ${formatGetal(max)} tekens`,
    max,
    regels: v.regels,
    breedte: v.breedte,
    lees: (waarde, pad) => {
      const fouten = checkTekst({ pad, naam: noem, waarde, max })
      return fouten.length > 0 ? { meldingen: fouten.map(f => f.melding) } : { waarde }
    },
    schrijf: waarde => waarde,
    zeg: waarde => waarde,
    // Characters as the form and the column count them, not the blank ones alone.
    schema: Type.String({ minLength: 1, maxLength: max, pattern: '\\S' }),
  })
}

/** Short texts, one on a line: examples, conditions. */
export function regels(v: Basis<boolean> & { noem: string; regels?: number; max?: number }): Veld<string[]> {
  const { noem, max = 4000 } = v
  const lijn = tekst({ label: v.label, noem, max })
  return {
    ...v,
    soort: 'tekst',
    leegWaarde: [],
    kop: v.kop ?? v.label,
    verplicht: v.verplicht !== false,
    vorm: 'een of meer teksten, elk op een eigen regel',
    regels: v.regels ?? 3,
    max: undefined,
    read([waarde = ''], pad) {
      const lijnen = waarde
        .split(/\r?\n/)
        .map(l => l.trim())
        .filter(l => l !== '')
      const meldingen = lijnen.flatMap(l => {
        const gelezen = lijn.read([l], pad, [])
        return 'meldingen' in gelezen ? gelezen.meldingen : []
      })
      if (lijnen.length === 0 && v.verplicht !== false) meldingen.push(`Vul ${noem} in.`)
      return meldingen.length > 0 ? { meldingen: [...new Set(meldingen)] } : { waarde: lijnen }
    },
    type: lijnen => [lijnen.join('\n')],
    zeg: lijnen => (lijnen.length === 0 ? null : lijnen.join('; ')),
    schema: listSchema(v.verplicht !== false, lijn.schema),
  }
}

/** A code of a fixed form. `schoon` takes out what people put in between; `melding` says what is expected. */
function code<V extends boolean>(
  v: Basis<V>,
  regels: {
    vorm: string
    melding: string
    max: number
    patroon: string
    isGoed: (tekst: string) => boolean
    schoon: (tekst: string) => string
    zeg?: (waarde: string) => string
    invoer?: 'email'
    breedte: Breedte
  },
): Veld<OfNull<string, V>> {
  const { vorm, melding, isGoed, schoon, patroon, zeg = waarde => waarde, ...rest } = regels
  return maak<string, V>(v, {
    soort: 'tekst',
    leeg: melding,
    vorm,
    ...rest,
    lees: waarde => {
      const waar = schoon(waarde)
      return orFault(isGoed(waar) ? waar : undefined, melding)
    },
    schrijf: zeg,
    zeg,
    schema: Type.Refine(Type.String({ pattern: patroon }), waarde => isGoed(waarde as string)),
  })
}

const zonderTekens = (waarde: string) => waarde.replaceAll(/[\s.-]/g, '').toUpperCase()

/** The code of a provider in the AGB register. */
export function agb<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: '8 cijfers',
    melding: 'Vul de AGB-code in: 8 cijfers.',
    max: 20,
    patroon: '^\\d{8}$',
    isGoed: isAgb,
    schoon: zonderTekens,
    breedte: 'kort',
  })
}

/** The number of an organisation in the trade register. */
export function kvk<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: '8 cijfers',
    melding: 'Vul het KvK-nummer in: 8 cijfers.',
    max: 20,
    patroon: '^\\d{8}$',
    isGoed: isKvk,
    schoon: zonderTekens,
    breedte: 'kort',
  })
}

/** A bank account; checked by its own digits (mod 97). */
export function iban<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: 'zoals NL91 ABNA 0417 1643 00',
    melding: 'Vul een IBAN in dat klopt, zoals NL91 ABNA 0417 1643 00.',
    max: 50,
    patroon: '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$',
    isGoed: isIban,
    schoon: zonderTekens,
    zeg: waarde => waarde.replaceAll(/(.{4})(?=.)/g, '$1 '),
    breedte: 'half',
  })
}

/** A BSN, for the few records that may hold one; checked by the elfproef. */
export function bsn<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: '9 cijfers',
    melding: 'Vul een burgerservicenummer in dat klopt: 9 cijfers.',
    max: 20,
    patroon: '^\\d{9}$',
    isGoed: isBsn,
    schoon: waarde => zonderTekens(waarde).padStart(9, '0'),
    breedte: 'kort',
  })
}

/** An address of e-mail. */
export function email<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: 'zoals naam@voorbeeld.nl',
    melding: 'Vul een e-mailadres in, zoals naam@voorbeeld.nl.',
    max: 254,
    patroon: '^[^\\s@]+@[^\\s@]+$',
    isGoed: isEmail,
    schoon: waarde => waarde,
    invoer: 'email',
    breedte: 'half',
  })
}

/** A list, each once; one that may be empty may be left out. */
function listSchema<W extends string>(verplicht: boolean, deel: TSchema): TSchema {
  const lijst = Type.Unsafe<W[]>(Type.Array(deel, { uniqueItems: true, minItems: verplicht ? 1 : 0 }))
  return verplicht ? lijst : Type.Optional(lijst)
}

/** What can be chosen: the word that is kept, and how it is said. */
type Woorden<W extends string> = readonly { waarde: W; naam: string }[]

const anyOf = (opties: Woorden<string>) => `^(${opties.map(o => quote(o.waarde)).join('|')})$`
const quote = (waarde: string) => waarde.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const namen = (opties: Woorden<string>) => opties.map(o => o.naam).join(', ')

/** The choice that is meant: by its word, or by its name without accents and capitals, as a file says it. */
export function findOptie<O extends Optie>(opties: readonly O[], getypt: string): O | undefined {
  const gelijk = (a: string, b: string) => NEDERLANDS.compare(a.trim(), b.trim()) === 0
  return opties.find(o => o.waarde === getypt) ?? opties.find(o => gelijk(o.naam, getypt))
}
const NEDERLANDS = new Intl.Collator('nl', { sensitivity: 'base' })

/** One of a few words that the code knows. */
export function keuze<const W extends string, V extends boolean = true>(
  v: Basis<V> & { kies: string; opties: Woorden<W> },
): Veld<OfNull<W, V>> {
  return maak<W, V>(v, {
    soort: 'keuze',
    leeg: v.kies,
    vorm: `een van: ${namen(v.opties)}`,
    opties: v.opties,
    lees: waarde => orFault(findOptie(v.opties, waarde)?.waarde, v.kies),
    schrijf: waarde => waarde,
    zeg: waarde => v.opties.find(o => o.waarde === waarde)?.naam ?? waarde,
    schema: Type.Unsafe<W>(Type.String({ pattern: anyOf(v.opties) })),
  })
}

/** Any number of a few words; at least one unless it may be left empty. Kept in the order of the choices, each once. */
export function keuzes<const W extends string>(
  v: Basis<boolean> & { kies: string; opties?: Woorden<W> },
): Veld<W[]> {
  const verplicht = v.verplicht !== false
  return {
    ...v,
    soort: 'keuzes',
    leegWaarde: [],
    kop: v.kop ?? v.label,
    verplicht,
    vorm: v.opties
      ? `een of meer van: ${namen(v.opties)}, met een komma ertussen`
      : 'een of meer, met een komma ertussen',
    read(waarden, _pad, opties) {
      // A file has them in one cell.
      const getypt = waarden
        .flatMap(w => w.split(','))
        .map(w => w.trim())
        .filter(w => w !== '')
      const onbekend = getypt.filter(w => findOptie(opties, w) === undefined)
      const gekozen = new Set(getypt.map(w => findOptie(opties, w)?.waarde))
      if (onbekend.length > 0 || (gekozen.size === 0 && verplicht && !v.alleenBij))
        return { meldingen: [v.kies] }
      return { waarde: opties.filter(o => gekozen.has(o.waarde)).map(o => o.waarde as W) }
    },
    type: waarden => [...waarden],
    zeg: (waarden, opties = v.opties ?? []) =>
      waarden.length === 0 ? null : waarden.map(w => opties.find(o => o.waarde === w)?.naam ?? w).join(', '),
    schema: listSchema<W>(
      verplicht && !v.alleenBij,
      v.opties ? Type.String({ pattern: anyOf(v.opties) }) : Type.String(),
    ),
  }
}

const JA_NEE = [
  { waarde: 'ja', naam: 'Ja' },
  { waarde: 'nee', naam: 'Nee' },
] as const

/** Yes or no, both said: an empty box would mean no and not known alike. */
export function jaNee<V extends boolean = true>(v: Basis<V> & { kies: string }): Veld<OfNull<boolean, V>> {
  return maak<boolean, V>(v, {
    soort: 'ja-nee',
    leeg: v.kies,
    vorm: 'ja of nee',
    opties: JA_NEE,
    lees: waarde => {
      const gekozen = findOptie(JA_NEE, waarde)
      return orFault(gekozen && gekozen.waarde === 'ja', v.kies)
    },
    schrijf: ja => (ja ? 'ja' : 'nee'),
    zeg: ja => (ja ? 'Ja' : 'Nee'),
    schema: Type.Boolean(),
  })
}

/** The largest amount that one field holds: ten billion euros. */
const MAX_BEDRAG: Eurocent = 1_000_000_000_000

/** Euros as typed, eurocents as kept; from `min` (0 unless said) to `max`. */
export function bedrag<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: Eurocent; max?: Eurocent },
): Veld<OfNull<Eurocent, V>> {
  const { min = 0, max = MAX_BEDRAG } = v
  return maak<Eurocent, V>(v, {
    soort: 'bedrag',
    leeg: v.leeg,
    vorm: 'bedrag in euro’s, zoals 1.250 of 99,50',
    eenheid: '€',
    lees: waarde => orFault(inside(parseBedragInvoer(waarde), min, max), v.leeg),
    schrijf: cent =>
      (cent / 100).toLocaleString('nl-NL', {
        minimumFractionDigits: cent % 100 === 0 ? 0 : 2,
        maximumFractionDigits: 2,
      }),
    zeg: formatEuro,
    schema: Type.Integer({ minimum: min, maximum: max }),
  })
}

/** A whole number from `min` (0 unless said) to `max`. */
export function getal<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: number; max: number; eenheid?: string },
): Veld<OfNull<number, V>> {
  const { min = 0, max } = v
  return maak<number, V>(v, {
    soort: 'getal',
    leeg: v.leeg,
    vorm: `heel getal van ${formatGetal(min)} tot en met ${formatGetal(max)}`,
    eenheid: v.eenheid,
    lees: waarde => orFault(inside(parseGetalInvoer(waarde), min, max), v.leeg),
    schrijf: formatGetal,
    zeg: formatGetal,
    schema: Type.Integer({ minimum: min, maximum: max }),
  })
}

const inside = (n: number | undefined, min: number, max: number) =>
  n !== undefined && n >= min && n <= max ? n : undefined

/** A number with decimals, typed the Dutch way; below and above what twelve digits hold it is refused. */
export function decimaal<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: number; max?: number; decimalen?: number; eenheid?: string },
): Veld<OfNull<number, V>> {
  const { decimalen = 6, max = 999_999_999_999, min = -max } = v
  const vorm = new RegExp(`^-?(\\d{1,3}(\\.\\d{3})+|\\d{1,12})(,\\d{1,${decimalen}})?$`)
  const format = (n: number) => n.toLocaleString('nl-NL', { maximumFractionDigits: decimalen })
  return maak<number, V>(v, {
    soort: 'decimaal',
    leeg: v.leeg,
    vorm: `getal, zoals 1.250 of 42,5`,
    eenheid: v.eenheid,
    lees: waarde => {
      const n = vorm.test(waarde) ? Number(waarde.replaceAll('.', '').replace(',', '.')) : undefined
      return orFault(inside(n, min, max), v.leeg)
    },
    schrijf: format,
    zeg: format,
    schema: Type.Refine(
      Type.Number({ minimum: min, maximum: max }),
      n => Number((n as number).toFixed(decimalen)) === n,
    ),
  })
}

/** A percentage in points, with at most two decimals: 2.5 is '2,5%'. */
export function procent<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: number; max?: number },
): Veld<OfNull<number, V>> {
  const { min = 0, max = 100, ...rest } = v
  const veld = decimaal<V>({ ...rest, min, max, decimalen: 2, eenheid: '%' })
  return {
    ...veld,
    vorm: `percentage van ${formatGetal(min)} tot en met ${formatGetal(max)}, zoals 2,5`,
    read: ([waarde = '', ...meer], pad, opties) =>
      veld.read([waarde.replace(/\s*%$/, ''), ...meer], pad, opties),
    zeg: waarde => {
      const gezegd = veld.zeg(waarde)
      return gezegd === null ? null : `${gezegd}%`
    },
  }
}

/** The first and last day that a form takes: what lies outside is a typing error, and no clock can hold it. */
const EERSTE_DAG: Datum = '1900-01-01'
const DAG = Type.Refine(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), dag => isDag(dag as string))
const isDag = (dag: string) => isDatum(dag) && dag >= EERSTE_DAG && dag < LAATSTE_DAG

function readDag(tekst: string): Datum | undefined {
  const dag = parseDatumInvoer(tekst)
  return dag !== undefined && isDag(dag) ? dag : undefined
}

/** A day. */
export function datum<V extends boolean = true>(v: Basis<V> & { leeg: string }): Veld<OfNull<Datum, V>> {
  return maak<Datum, V>(v, {
    soort: 'datum',
    leeg: v.leeg,
    vorm: 'datum, zoals 31-01-2026',
    lees: waarde => orFault(readDag(waarde), v.leeg),
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
      const meldingen = [
        begin === undefined ? v.leeg : '',
        eind === undefined || (eind === null && eindVerplicht)
          ? 'Vul een laatste dag in die bestaat, zoals 31-12-2026.'
          : '',
        begin !== undefined && eind && eind < begin
          ? 'Kies een laatste dag die niet vóór de eerste ligt.'
          : '',
      ].filter(melding => melding !== '')
      return begin === undefined || eind === undefined || meldingen.length > 0
        ? { meldingen }
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

/** One of the choices that the asker has now: a municipality, a product, a provider. They are given when it is read and shown. */
export function verwijzing<V extends boolean = true>(
  v: Basis<V> & { kies: string },
): Veld<OfNull<string, V>> {
  return maak<string, V>(v, {
    soort: 'verwijzing',
    leeg: v.kies,
    vorm: 'code of naam',
    lees: (waarde, _pad, opties): Gelezen<string> => orFault(findOptie(opties, waarde)?.waarde, v.kies),
    schrijf: waarde => waarde,
    zeg: (waarde, opties) => opties.find(o => o.waarde === waarde)?.naam ?? waarde,
    schema: Type.String({ minLength: 1 }),
  })
}
