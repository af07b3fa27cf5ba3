/// <reference lib="dom" />
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import {
  describePlek,
  MAX,
  move,
  type Plekinvoer,
  readPlek,
  SOORTEN,
  SOORTNAAM,
  type Soort,
} from './rules.ts'
import {
  arrow,
  draw,
  type Getekend,
  MAAT,
  type Punt,
  placeAt,
  placeLabels,
  STRAAL,
  VLAK,
} from './tekening.ts'

export interface Kaartaanbod {
  id: number
  naam: string
  nu: Plekinvoer
  wens: Plekinvoer
}

export interface Kaartgegevens {
  aanbod: Kaartaanbod[]
  rollen: { code: string; naam: string }[]
  /** False shows the map alone. */
  mag: boolean
  /** Faults by the name of the field. */
  fouten: Record<string, string>
}

/** Where a new dot appears; the arrow keys or a drag bring it to its place. */
const MIDDEN = { x: String(MAX / 2), y: String(MAX / 2) }

/**
 * The map from curatief to preventief with a form of the same places. The server draws both; in the browser the dots can
 * be dragged, or moved with the arrow keys.
 */
export default function Kaart({ aanbod: begin, rollen, mag, fouten }: Kaartgegevens) {
  const [aanbod, setAanbod] = useState(begin)
  const [stand, setStand] = useState('')
  const [wakker, setWakker] = useState(false)
  /** The dot that was just put on the map: it takes the focus, since the button that put it there is gone. */
  const [gezet, setGezet] = useState('')
  useEffect(() => setWakker(true), [])

  const change = (id: number, soort: Soort, nieuw: Partial<Plekinvoer>) =>
    setAanbod(oud => oud.map(een => (een.id === id ? { ...een, [soort]: { ...een[soort], ...nieuw } } : een)))
  const place = (id: number, soort: Soort, plek: { x: number; y: number }) => {
    change(id, soort, { x: String(plek.x), y: String(plek.y) })
    const naam = aanbod.find(een => een.id === id)?.naam ?? ''
    setStand(`${naam}, ${SOORTNAAM[soort].toLowerCase()}: ${describePlek(plek)}`)
  }
  return (
    <div className="sam-kaartdeel">
      <figure className="sam-kaartbeeld">
        <Beeld aanbod={aanbod} gezet={gezet} place={wakker && mag ? place : undefined} />
        <figcaption>
          Gestreept rondje: nu. Dicht rondje: gewenst. De pijl is de beweging; de nummers staan in de lijst.
          {wakker && mag
            ? ' Sleep een rondje, of kies het met de Tab-toets en gebruik de pijltjestoetsen.'
            : ''}
        </figcaption>
        {mag ? (
          <p className="sam-kaartstand" aria-live="polite">
            {stand}
          </p>
        ) : null}
      </figure>
      <ol className="sam-plekken">
        {aanbod.map((een, i) => (
          <li key={een.id}>
            {mag ? (
              <Velden
                {...{ een, rollen, fouten }}
                nummer={i + 1}
                change={change}
                zet={
                  wakker
                    ? (id, soort) => {
                        const vanNu = soort === 'wens' && een.nu.x !== '' ? een.nu : MIDDEN
                        change(id, soort, { x: vanNu.x, y: vanNu.y })
                        setGezet(`${id}.${soort}`)
                      }
                    : undefined
                }
              />
            ) : (
              `${i + 1}. ${een.naam}`
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

type Place = (id: number, soort: Soort, plek: { x: number; y: number }) => void

function Beeld({
  aanbod,
  gezet,
  place,
}: {
  aanbod: readonly Kaartaanbod[]
  gezet: string
  place: Place | undefined
}) {
  const svg = useRef<SVGSVGElement>(null)
  const punten = draw(aanbod.flatMap(listPunten))
  const van = (id: number, soort: Soort) => punten.find(p => p.id === id && p.soort === soort)
  const drag = (event: PointerEvent, punt: Punt) => {
    const kader = svg.current?.getBoundingClientRect()
    if (kader === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const plek = placeAt(
      (event.clientX - kader.left) / kader.width,
      (event.clientY - kader.top) / kader.height,
    )
    if (plek.x !== punt.x || plek.y !== punt.y) place?.(punt.id, punt.soort, plek)
  }
  return (
    <svg
      ref={svg}
      viewBox={`0 0 ${MAAT} ${MAAT}`}
      role={place === undefined ? 'img' : 'group'}
      aria-label={`Kaart van ${aanbod.length} ${aanbod.length === 1 ? 'soort' : 'soorten'} aanbod: van links (curatief) naar rechts (preventief), van onder (afhankelijk) naar boven (zelfredzaam). Dezelfde gegevens staan in de tabel.`}
    >
      <defs>
        <marker
          id="kaart-pijl"
          viewBox="0 0 8 8"
          refX="5"
          refY="4"
          markerWidth="4"
          markerHeight="4"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8Z" />
        </marker>
      </defs>
      <Vlak />
      {aanbod.map(({ id }) => {
        const [nu, wens] = [van(id, 'nu'), van(id, 'wens')]
        const pijl = nu && wens && arrow(nu, wens)
        return pijl === undefined ? null : (
          <path key={id} d={pijl} className="sam-kaartpijl" markerEnd="url(#kaart-pijl)" />
        )
      })}
      {placeLabels(punten, new Map(aanbod.map(({ id, naam }) => [id, naam]))).map(
        ({ id, x, y, anker, tekst }) => (
          <text key={id} className="sam-kaartnaam" x={x} y={y} textAnchor={anker}>
            {tekst}
          </text>
        ),
      )}
      {punten.map(punt => (
        <Rondje
          key={`${punt.id}.${punt.soort}`}
          punt={punt}
          nummer={aanbod.findIndex(een => een.id === punt.id) + 1}
          naam={aanbod.find(een => een.id === punt.id)?.naam ?? ''}
          gezet={gezet === `${punt.id}.${punt.soort}`}
          place={place}
          drag={drag}
        />
      ))}
    </svg>
  )
}

function Vlak() {
  const lijnen = Array.from({ length: MAX - 1 }, (_, i) => (i + 1) / MAX)
  const [breed, hoog] = [VLAK.rechts - VLAK.links, VLAK.onder - VLAK.boven]
  return (
    <g>
      <rect className="sam-kaartvlak" x={VLAK.links} y={VLAK.boven} width={breed} height={hoog} />
      {lijnen.map(deel => (
        <path
          key={deel}
          className="sam-kaartraster"
          d={`M${VLAK.links + deel * breed} ${VLAK.boven}v${hoog}M${VLAK.links} ${VLAK.boven + deel * hoog}h${breed}`}
        />
      ))}
      <text x={VLAK.links} y={VLAK.boven - 10}>
        ↑ zelfredzaam, onafhankelijk
      </text>
      <text x={VLAK.links + 6} y={VLAK.onder - 8}>
        afhankelijk
      </text>
      <text x={VLAK.links} y={VLAK.onder + 20}>
        curatief
      </text>
      <text x={VLAK.rechts} y={VLAK.onder + 20} textAnchor="end">
        preventief →
      </text>
    </g>
  )
}

function Rondje({
  punt,
  nummer,
  naam,
  gezet,
  place,
  drag,
}: {
  punt: Getekend
  nummer: number
  naam: string
  gezet: boolean
  place: Place | undefined
  drag: (event: PointerEvent, punt: Punt) => void
}) {
  const rondje = useRef<SVGGElement>(null)
  useEffect(() => {
    if (gezet) rondje.current?.focus()
  }, [gezet])
  const press = (event: KeyboardEvent) => {
    const plek = move(punt, event.key)
    if (plek === undefined) return
    event.preventDefault()
    place?.(punt.id, punt.soort, plek)
  }
  const bediening =
    place === undefined
      ? {}
      : {
          role: 'button',
          tabIndex: 0,
          'aria-roledescription': 'te verplaatsen punt',
          'aria-label': `${nummer} ${naam}, ${SOORTNAAM[punt.soort].toLowerCase()}: ${describePlek(punt)}`,
          onKeyDown: press,
          onPointerDown: (event: PointerEvent) => event.currentTarget.setPointerCapture(event.pointerId),
          onPointerMove: (event: PointerEvent) => drag(event, punt),
        }
  return (
    <g ref={rondje} className={`sam-kaartpunt sam-kaartpunt-${punt.soort}`} {...bediening}>
      <circle cx={punt.cx} cy={punt.cy} r={STRAAL + 5} />
      <circle cx={punt.cx} cy={punt.cy} r={STRAAL} />
      <text x={punt.cx} y={punt.cy + 4.5}>
        {nummer}
      </text>
    </g>
  )
}

/** The dots of an offer: only those whose fields hold a place. */
function listPunten({ id, ...plekken }: Kaartaanbod): Punt[] {
  return SOORTEN.flatMap(soort => {
    const gelezen = readPlek({ ...plekken[soort], rol: '' }, [])
    return 'plek' in gelezen && gelezen.plek !== null
      ? [{ id, soort, x: gelezen.plek.x, y: gelezen.plek.y }]
      : []
  })
}

function Velden({
  een,
  nummer,
  rollen,
  fouten,
  change,
  zet,
}: {
  een: Kaartaanbod
  nummer: number
  rollen: Kaartgegevens['rollen']
  fouten: Kaartgegevens['fouten']
  change: (id: number, soort: Soort, nieuw: Partial<Plekinvoer>) => void
  zet: ((id: number, soort: Soort) => void) | undefined
}) {
  return (
    <fieldset>
      <legend>
        {nummer}. {een.naam}
      </legend>
      {SOORTEN.map(soort => {
        const plek = een[soort]
        const naam = (veld: string) => `${soort}-${veld}-${een.id}`
        const fout = ['x', 'y', 'rol'].map(veld => fouten[naam(veld)]).filter(tekst => tekst !== undefined)
        const invoer = (veld: 'x' | 'y' | 'rol') => ({
          id: `veld-${naam(veld)}`,
          name: naam(veld),
          value: plek[veld],
          onChange: (event: { target: { value: string } }) =>
            change(een.id, soort, { [veld]: event.target.value }),
          ...(fouten[naam(veld)] === undefined
            ? {}
            : { 'aria-invalid': true, 'aria-describedby': `fout-${naam('plek')}` }),
        })
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset is read twice
          <div key={soort} className="sam-plek" role="group" aria-label={SOORTNAAM[soort]}>
            <p>
              <strong>{SOORTNAAM[soort]}</strong>
              {zet !== undefined && plek.x === '' && plek.y === '' ? (
                <button className="sam-zet" type="button" onClick={() => zet(een.id, soort)}>
                  Zet op de kaart
                  <span className="ams-visually-hidden">
                    : {een.naam}, {SOORTNAAM[soort].toLowerCase()}
                  </span>
                </button>
              ) : null}
            </p>
            <div>
              <label htmlFor={`veld-${naam('x')}`}>Preventief</label>
              <input className="ams-text-input" type="number" min={0} max={MAX} {...invoer('x')} />
            </div>
            <div>
              <label htmlFor={`veld-${naam('y')}`}>Zelfredzaam</label>
              <input className="ams-text-input" type="number" min={0} max={MAX} {...invoer('y')} />
            </div>
            <div className="sam-plek-rol">
              <label htmlFor={`veld-${naam('rol')}`}>Rol van de gemeente</label>
              <select className="ams-select" {...invoer('rol')}>
                <option value="">Kies</option>
                {rollen.map(rol => (
                  <option key={rol.code} value={rol.code}>
                    {rol.naam}
                  </option>
                ))}
              </select>
            </div>
            {fout.length === 0 ? null : (
              <p className="sam-plek-fout" id={`fout-${naam('plek')}`}>
                {fout.join(' ')}
              </p>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
