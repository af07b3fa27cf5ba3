/**
 * Where an offer stands: `x` from curatief (0) to preventief (10), `y` from afhankelijk (0) to zelfredzaam (10), and how
 * far the municipality goes (code of the method, '' when not chosen).
 */
export interface Plek {
  x: number
  y: number
  rol: string
}

/** An offer on the map, now and wanted; null when it is not placed. */
export interface Verschuiving {
  nu: Plek | null
  wens: Plek | null
}

export const LEEG: Verschuiving = { nu: null, wens: null }
export const MAX = 10
export const SOORTEN = ['nu', 'wens'] as const
export type Soort = (typeof SOORTEN)[number]
export const SOORTNAAM: Readonly<Record<Soort, string>> = { nu: 'Nu', wens: 'Gewenst' }

/** A place as it stands in the fields of the form. */
export interface Plekinvoer {
  x: string
  y: string
  rol: string
}

export type Gelezen = { plek: Plek | null } | { fout: string; veld: 'x' | 'y' | 'rol' }

/** Reads a place: both numbers or none, whole from 0 to 10; the role may be chosen later. */
export function readPlek({ x, y, rol }: Plekinvoer, rollen: readonly string[]): Gelezen {
  const [schoonX, schoonY] = [x.trim(), y.trim()]
  if (rol !== '' && !rollen.includes(rol)) return { veld: 'rol', fout: 'kies een rol uit de lijst' }
  if (schoonX === '' && schoonY === '')
    return rol === '' ? { plek: null } : { veld: 'x', fout: 'vul bij de rol ook de plek in' }
  const [getalX, getalY] = [readGetal(schoonX), readGetal(schoonY)]
  const fout = `vul een heel getal in van 0 tot en met ${MAX}`
  if (getalX === undefined) return { veld: 'x', fout }
  if (getalY === undefined) return { veld: 'y', fout }
  return { plek: { x: getalX, y: getalY, rol } }
}

function readGetal(tekst: string): number | undefined {
  const getal = /^\d{1,2}$/.test(tekst) ? Number(tekst) : Number.NaN
  return getal <= MAX ? getal : undefined
}

/** A place in words. */
export function describePlek({ x, y }: { x: number; y: number }): string {
  return `${x} van ${MAX} naar preventief, ${y} van ${MAX} naar zelfredzaam`
}

/** The movement in words, without a judgement: to the right is not always better (passend voor licht bij jeugd). */
export function describeBeweging({ nu, wens }: Verschuiving): string {
  if (nu === null && wens === null) return 'Nog niet geplaatst'
  if (wens === null) return 'Nog geen gewenste plek'
  if (nu === null) return 'Nieuw op de kaart'
  const delen = [
    steps(wens.x - nu.x, 'naar preventief', 'naar curatief'),
    steps(wens.y - nu.y, 'naar zelfredzaam', 'naar afhankelijk'),
  ].filter(deel => deel !== '')
  return delen.length === 0 ? 'Blijft waar het is' : delen.join(' en ')
}

function steps(verschil: number, op: string, af: string): string {
  const aantal = Math.abs(verschil)
  return aantal === 0 ? '' : `${aantal} ${aantal === 1 ? 'stap' : 'stappen'} ${verschil > 0 ? op : af}`
}

/** One step with an arrow key, within the map; undefined for any other key. */
export function move(
  { x, y }: { x: number; y: number },
  toets: string,
): { x: number; y: number } | undefined {
  const stap: Record<string, [number, number]> = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  }
  const gevonden = stap[toets]
  return gevonden && { x: clamp(x + gevonden[0]), y: clamp(y + gevonden[1]) }
}

function clamp(getal: number): number {
  return Math.min(MAX, Math.max(0, Math.round(getal)))
}
