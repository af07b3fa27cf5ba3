/** In what a product is delivered, as it is chosen; the code of the standard (WJ756). `ook`: as the standard calls it. */
export const EENHEDEN = [
  { waarde: '01', naam: 'Minuut' },
  { waarde: '04', naam: 'Uur' },
  { waarde: '14', naam: 'Etmaal' },
  { waarde: '16', naam: 'Dagdeel', ook: ['Dagdeel (4 uur)'] },
  { waarde: '82', naam: 'Stuks (output)' },
  { waarde: '83', naam: 'Euro’s' },
  { waarde: '84', naam: 'Stuks (inspanning)' },
] as const

const EENHEID: Readonly<Record<string, string>> = {
  '01': 'minuut',
  '04': 'uur',
  '14': 'etmaal',
  '16': 'dagdeel',
  '82': 'stuk',
  '83': 'euro',
  '84': 'stuk',
}

/** 'uur' for '04': what a price is per. */
export function eenheidNaam(eenheid: string): string {
  return EENHEID[eenheid] ?? eenheid
}

/** What two units are called beside each other: as people say them, and where those are the same with what the standard tells them apart by. */
export function namesBeside(een: string, ander: string): [string, string] {
  const [a, b] = [eenheidNaam(een), eenheidNaam(ander)]
  return a === b ? [`${a}${kindOf(een)}`, `${b}${kindOf(ander)}`] : [a, b]
}

const kindOf = (eenheid: string) =>
  / \(.*\)$/.exec(EENHEDEN.find(({ waarde }) => waarde === eenheid)?.naam ?? '')?.[0] ?? ''
