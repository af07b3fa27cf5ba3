import { type TSchema, Type } from 'typebox'
import { formatGetal } from '../ui/invoer.ts'
import type { Optie } from '../ui/velden.tsx'
import { askFor, checkTekst, MAX_TEKST } from '../vrijetekst.ts'
import { findOptie, readNamen, readOptie } from './keuzenamen.ts'
import { type Basis, makeVeld, type OfNull, orFault, type Veld } from './veld.ts'

/** Every kind of field there is. */
export * from './bestanden.ts'
export * from './codes.ts'
export * from './dagen.ts'
export * from './getallen.ts'
export { findOptie } from './keuzenamen.ts'

type Breedte = 'kort' | 'half'

/** Free text about policy, never about one resident. `noem`: how it is called in a sentence, 'de naam', 'wie het kan inzetten'. */
export function tekst<V extends boolean = true>(
  v: Basis<V> & { noem: string; max?: number; regels?: number; breedte?: Breedte },
): Veld<OfNull<string, V>> {
  const { max = MAX_TEKST, noem } = v
  return makeVeld<string, V>(v, {
    soort: 'tekst',
    leeg: askFor(noem),
    vorm: `tekst, hoogstens ${formatGetal(max)} tekens`,
    max,
    regels: v.regels,
    breedte: v.breedte,
    lees: (waarde, pad) => {
      const fouten = checkTekst({ pad, naam: noem, waarde, max, eenRegel: v.regels === undefined })
      return fouten.length > 0 ? { meldingen: fouten.map(f => f.melding) } : { waarde }
    },
    schrijf: waarde => waarde,
    zeg: waarde => waarde,
    // Characters as the form and the column count them, not the blank ones alone.
    schema: Type.String({ minLength: 1, maxLength: max, pattern: '\\S' }),
  })
}

/** The same that may be left out, and then is '', as its column keeps it: of a text that is read without asking whether it is there. */
export function notitie(v: Omit<Parameters<typeof tekst<false>>[0], 'verplicht'>): Veld<string> {
  const veld = tekst({ ...v, verplicht: false })
  return {
    ...veld,
    leegWaarde: '',
    read: (waarden, pad, opties) => {
      const gelezen = veld.read(waarden, pad, opties)
      return 'waarde' in gelezen ? { waarde: gelezen.waarde ?? '' } : gelezen
    },
    zeg: waarde => (waarde === '' ? null : waarde),
    schema: Type.Optional(Type.String({ maxLength: v.max ?? MAX_TEKST })),
  }
}

/** More of one kind in one text, `hoogstens` so many, with a semicolon between: a percentage for each year. */
export function reeks<T, V extends boolean = true>(
  v: Basis<V> & { leeg: string; deel: Veld<T>; hoogstens: number },
): Veld<OfNull<T[], V>> {
  const { deel, hoogstens, leeg } = v
  return makeVeld<T[], V>(v, {
    soort: 'tekst',
    leeg,
    vorm: `hoogstens ${hoogstens} keer, met een puntkomma ertussen: ${deel.vorm}`,
    breedte: 'half',
    lees: (tekst, pad, opties) => {
      const gelezen = tekst.split(';').map(stuk => deel.read([stuk.trim()], pad, opties))
      const waarden = gelezen.flatMap(stuk => ('waarde' in stuk ? [stuk.waarde] : []))
      return orFault(
        waarden.length === gelezen.length && waarden.length <= hoogstens ? waarden : undefined,
        leeg,
      )
    },
    schrijf: waarden => waarden.map(waarde => deel.type(waarde)).join('; '),
    zeg: waarden => waarden.map(waarde => deel.zeg(waarde)).join('; '),
    schema: Type.Array(deel.schema, { minItems: 1, maxItems: hoogstens }),
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
      if (lijnen.length === 0 && v.verplicht !== false) meldingen.push(askFor(noem))
      return meldingen.length > 0 ? { meldingen: [...new Set(meldingen)] } : { waarde: lijnen }
    },
    type: lijnen => [lijnen.join('\n')],
    zeg: lijnen => (lijnen.length === 0 ? null : lijnen.join('; ')),
    schema: listSchema(v.verplicht !== false, lijn.schema),
  }
}

/** A list, each once; one that may be empty may be left out. */
function listSchema<W extends string>(verplicht: boolean, deel: TSchema): TSchema {
  const lijst = Type.Unsafe<W[]>(Type.Array(deel, { uniqueItems: true, minItems: verplicht ? 1 : 0 }))
  return verplicht ? lijst : Type.Optional(lijst)
}

/** What can be chosen: the word that is kept, and how it is said. */
type Woorden<W extends string> = readonly (Optie & { waarde: W })[]

/** The same from a table of names, in its order. */
export function listOpties<W extends string>(namen: Readonly<Record<W, string | { naam: string }>>) {
  const paren = Object.entries(namen) as [W, string | { naam: string }][]
  return paren.map(([waarde, naam]) => ({ waarde, naam: typeof naam === 'string' ? naam : naam.naam }))
}

const anyOf = (opties: Woorden<string>) => `^(${opties.map(o => quote(o.waarde)).join('|')})$`
const quote = (waarde: string) => waarde.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const namen = (opties: Woorden<string>) => opties.map(o => o.naam).join(', ')

/** One of a few words that the code knows; of those that can be chosen now, where that depends on what the form is about. */
export function keuze<const W extends string, V extends boolean = true>(
  v: Basis<V> & { kies: string; opties: Woorden<W> },
): Veld<OfNull<W, V>> {
  return makeVeld<W, V>(v, {
    soort: 'keuze',
    leeg: v.kies,
    vorm: `een van: ${namen(v.opties)}`,
    opties: v.opties,
    lees: (waarde, _pad, opties) => orFault(findOptie(opties, waarde)?.waarde as W | undefined, v.kies),
    schrijf: waarde => waarde,
    zeg: waarde => v.opties.find(o => o.waarde === waarde)?.naam ?? waarde,
    schema: Type.Unsafe<W>(Type.String({ pattern: anyOf(v.opties) })),
  })
}

/** Any number of a few words; at least one unless it may be left empty. Kept in the order of the choices, each once. */
export function keuzes<const W extends string>(
  v: Basis<boolean> & { kies: string; opties?: Woorden<W>; cijfers?: number },
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
      const { gekozen, meldingen } = readNamen(opties, waarden, v.kies)
      if (meldingen.length > 0) return { meldingen }
      if (gekozen.size === 0 && verplicht && !v.alleenBij) return { meldingen: [v.kies] }
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
  return makeVeld<boolean, V>(v, {
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

/** One box to tick, where not ticked is no: what is not so unless somebody says it. */
export function vinkje(v: Omit<Basis<false>, 'verplicht' | 'verplichtBij' | 'geen'>): Veld<boolean> {
  return {
    ...v,
    soort: 'ja-nee',
    vink: true,
    kop: v.kop ?? v.label,
    verplicht: false,
    vorm: 'ja of nee; leeg is nee',
    read([waarde = '']) {
      const gekozen = findOptie(JA_NEE, waarde)
      if (waarde.trim() === '') return { waarde: false }
      return orFault(gekozen && gekozen.waarde === 'ja', 'Kies ja of nee.')
    },
    type: ja => [ja ? 'ja' : ''],
    zeg: ja => (ja ? 'Ja' : 'Nee'),
    schema: Type.Optional(Type.Boolean()),
  }
}

/**
 * One of the choices that the asker has now: a municipality, a product, a provider. They are given when it is read and shown.
 * `cijfers`: its code is so many digits. `leeg`: what to say when nothing was filled in, where `kies` is of one that is not known.
 */
export function verwijzing<V extends boolean = true>(
  v: Basis<V> & { kies: string; leeg?: string; cijfers?: number },
): Veld<OfNull<string, V>> {
  return makeVeld<string, V>(v, {
    soort: 'verwijzing',
    cijfers: v.cijfers,
    leeg: v.leeg ?? v.kies,
    vorm: 'code of naam',
    lees: (waarde, _pad, opties) => readOptie(opties, waarde, v.kies),
    schrijf: waarde => waarde,
    zeg: (waarde, opties) => opties.find(o => o.waarde === waarde)?.naam ?? waarde,
    schema: Type.String({ minLength: 1 }),
  })
}
