import type { Methode } from '../../doorloop/rules.ts'
import { type Cirkel, depthOf, describeCirkel, listVakken, placeLabel, wrap } from './rules.ts'

const STRAAL = 104
/** From how many domains on the names no longer fit around the circle: then numbers, with the list beside it. */
const MEEST_NAMEN = 12
const TEKENS = 14
const REGEL = 14

/** The circle as it is filled in; its name says the same in words. */
export function Cirkelbeeld({ vorm, cirkel }: { vorm: Methode['cirkel']; cirkel: Cirkel }) {
  const aantal = vorm.domeinen.length
  return (
    <figure className="sam-cirkel">
      <svg
        role="img"
        aria-label={`Cirkel van zelfredzaamheid. ${describeCirkel(vorm, cirkel)}`}
        viewBox="-200 -165 400 330"
      >
        {listVakken(aantal, vorm.ringen.length, STRAAL).map(vak => {
          const { code } = vorm.domeinen[vak.domein] ?? { code: '' }
          const gevuld = vak.ring < depthOf(vorm, cirkel, code)
          return (
            <path
              key={`${vak.domein}.${vak.ring}`}
              d={vak.pad}
              className={gevuld ? 'sam-vak sam-vak-gevuld' : 'sam-vak'}
            />
          )
        })}
        {vorm.domeinen.map(({ code, naam }, i) => {
          const { x, y, anker } = placeLabel(i, aantal, STRAAL + 10)
          const regels = aantal > MEEST_NAMEN ? [String(i + 1)] : wrap(naam, TEKENS)
          const boven = y < 0 ? (regels.length - 1) * REGEL : 0
          const midden = anker === 'middle' ? boven : ((regels.length - 1) * REGEL) / 2
          return (
            <text
              key={code}
              textAnchor={anker}
              className={depthOf(vorm, cirkel, code) > 0 ? 'sam-vet' : undefined}
            >
              {regels.map((regel, r) => (
                <tspan key={regel} x={x} y={y + 5 - midden + r * REGEL}>
                  {regel}
                </tspan>
              ))}
            </text>
          )
        })}
      </svg>
      <figcaption>
        Van binnen naar buiten:{' '}
        {vorm.ringen
          .map(({ naam, uitleg }) => (uitleg === undefined ? naam : `${naam} (${uitleg.toLowerCase()})`))
          .join(', ')}
        . Gevuld is: voor deze mensen.
        {aantal > MEEST_NAMEN
          ? ` De nummers zijn: ${vorm.domeinen.map(({ naam }, i) => `${i + 1} ${naam}`).join(', ')}.`
          : ''}
      </figcaption>
    </figure>
  )
}
