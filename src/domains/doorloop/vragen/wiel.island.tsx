import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { layoutWiel, moveFocus } from './rules.ts'

/** The question wheel. On the server it is a drawing of links; in the browser it also follows what others do. */

export type Stand = 'leeg' | 'concept' | 'beantwoord' | 'open-gelaten'

export interface Wielvraag {
  code: string
  nummer: number
  tekst: string
  href: string
  stand: Stand
  /** False while the HOE waits for the WAT, or everything for the inventory. */
  open: boolean
  /** Contributions that wait for an answer. */
  bijdragen: number
}

export interface Wielgegevens {
  kwadranten: { code: string; naam: string; vragen: Wielvraag[] }[]
  /** Where the state of all questions can be asked again. */
  standUrl: string
}

export const STANDEN: Readonly<Record<Stand, { naam: string; teken: string }>> = {
  leeg: { naam: 'nog leeg', teken: '' },
  concept: { naam: 'concept', teken: '…' },
  beantwoord: { naam: 'beantwoord', teken: '✓' },
  'open-gelaten': { naam: 'bewust opengelaten', teken: '–' },
}

const VERVERS_MS = 15_000

export default function Wiel({ kwadranten: begin, standUrl }: Wielgegevens) {
  const [kwadranten, setKwadranten] = useState(begin)
  const [huidig, setHuidig] = useState<number | undefined>(undefined)
  const [wakker, setWakker] = useState(false)
  const links = useRef<({ focus(): void } | null)[]>([])
  const vragen = kwadranten.flatMap(k => k.vragen)
  const volgende = vragen.findIndex(v => v.stand === 'leeg' || v.stand === 'concept')
  const getoond = vragen[huidig ?? Math.max(0, volgende)]
  const af = vragen.filter(v => v.stand === 'beantwoord' || v.stand === 'open-gelaten').length

  useEffect(() => {
    setWakker(true)
    const klok = setInterval(async () => {
      if (document.hidden) return
      const antwoord = await fetch(standUrl, { headers: { accept: 'application/json' } }).catch(
        () => undefined,
      )
      if (antwoord?.ok) setKwadranten(((await antwoord.json()) as Wielgegevens).kwadranten)
    }, VERVERS_MS)
    return () => clearInterval(klok)
  }, [standUrl])

  const onKey = (event: KeyboardEvent, index: number) => {
    const naar = moveFocus(index, event.key, vragen.length)
    if (naar === undefined) return
    event.preventDefault()
    setHuidig(naar)
    links.current[naar]?.focus()
  }

  let teller = -1
  return (
    <nav className="sam-wiel" aria-label={`Vragenwiel: ${af} van ${vragen.length} vragen af`}>
      <svg viewBox="0 0 440 440">
        <title>Vragenwiel</title>
        {layoutWiel(kwadranten.map(k => k.vragen.length)).map((vak, k) => {
          const kwadrant = kwadranten[k]
          if (kwadrant === undefined) return null
          return (
            <g key={kwadrant.code}>
              <path id={`wiel-boog-${k}`} d={vak.boog} className="sam-wiel-boog" />
              <text className="sam-wiel-naam">
                <textPath href={`#wiel-boog-${k}`} startOffset="50%">
                  {kwadrant.naam}
                </textPath>
              </text>
              {kwadrant.vragen.map((vraag, v) => {
                teller += 1
                const index = teller
                const plek = vak.vakken[v]
                if (plek === undefined) return null
                const tab = !wakker || index === (huidig ?? Math.max(0, volgende)) ? 0 : -1
                return (
                  <a
                    key={vraag.code}
                    href={vraag.href}
                    tabIndex={tab}
                    ref={element => {
                      links.current[index] = element
                    }}
                    className={`sam-wiel-vraag sam-wiel-${vraag.stand}${vraag.open ? '' : ' sam-wiel-dicht'}`}
                    aria-label={omschrijf(vraag, kwadrant.naam)}
                    onFocus={() => setHuidig(index)}
                    onMouseEnter={() => setHuidig(index)}
                    onKeyDown={event => onKey(event, index)}
                  >
                    <path d={plek.pad} />
                    <text x={plek.nummer.x} y={plek.nummer.y + 6}>
                      {vraag.nummer}
                    </text>
                    <text x={plek.teken.x} y={plek.teken.y + 5} className="sam-wiel-teken">
                      {STANDEN[vraag.stand].teken}
                    </text>
                  </a>
                )
              })}
            </g>
          )
        })}
        <text x="220" y="216" className="sam-wiel-getal">
          {af}
        </text>
        <text x="220" y="242" className="sam-wiel-onder">
          {`van ${vragen.length} af`}
        </text>
      </svg>
      {getoond === undefined ? null : (
        <p className="sam-wiel-tekst">
          <strong>{`Vraag ${getoond.nummer}`}</strong>{' '}
          <a className="ams-link" href={getoond.href} tabIndex={wakker ? -1 : 0}>
            {getoond.tekst}
          </a>
          <small>{onderregel(getoond)}</small>
        </p>
      )}
    </nav>
  )
}

function omschrijf(vraag: Wielvraag, kwadrant: string): string {
  return `Vraag ${vraag.nummer}, ${kwadrant}: ${vraag.tekst} (${onderregel(vraag)})`
}

function onderregel({ stand, open, bijdragen }: Wielvraag): string {
  const delen = [STANDEN[stand].naam]
  if (!open) delen.push('nog niet aan de beurt')
  if (bijdragen > 0) delen.push(bijdragen === 1 ? '1 bijdrage wacht' : `${bijdragen} bijdragen wachten`)
  return delen.join(', ')
}
