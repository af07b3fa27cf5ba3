import { formatGetal } from '../../../platform/ui/invoer.ts'

/** What hangs on a row: 'rekenen 1 toewijzing en 2 goedgekeurde declaratieregels'. */
export function sayGebruik(toewijzingen: number, regels: number): string {
  const wat = [
    toewijzingen === 0 ? '' : countOf(toewijzingen, 'toewijzing', 'toewijzingen'),
    regels === 0 ? '' : countOf(regels, 'goedgekeurde declaratieregel', 'goedgekeurde declaratieregels'),
  ].filter(Boolean)
  return `${toewijzingen + regels === 1 ? 'rekent' : 'rekenen'} ${wat.join(' en ')}`
}

const countOf = (aantal: number, een: string, meer: string) =>
  `${formatGetal(aantal)} ${aantal === 1 ? een : meer}`
