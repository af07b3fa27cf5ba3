/** So many runs of rows are named; of more it is said how many rows there are besides. */
const TOON = 5

/** Rows by their numbers, those that follow each other together: '3 t/m 52, 60 en 62'. */
export function listRijen(nummers: readonly number[]): string {
  const reeksen: [number, number][] = []
  for (const nummer of [...new Set(nummers)].sort((a, b) => a - b)) {
    const laatste = reeksen.at(-1)
    if (laatste !== undefined && laatste[1] === nummer - 1) laatste[1] = nummer
    else reeksen.push([nummer, nummer])
  }
  const getoond = reeksen.slice(0, TOON).map(sayReeks)
  const rest = reeksen.slice(TOON).reduce((som, [van, tot]) => som + tot - van + 1, 0)
  const delen = rest === 0 ? getoond : [...getoond, `nog ${rest}`]
  return delen.length < 2 ? (delen[0] ?? '') : `${delen.slice(0, -1).join(', ')} en ${delen.at(-1)}`
}

/** The same in a sentence: 'rij 3 t/m 52'. */
export const sayRijen = (nummers: readonly number[]) => `rij ${listRijen(nummers)}`

function sayReeks([van, tot]: [number, number]): string {
  if (van === tot) return String(van)
  return tot === van + 1 ? `${van}, ${tot}` : `${van} t/m ${tot}`
}
