import { veldId } from './adres.ts'
import type { VeldProps } from './velden.tsx'

export interface SchaalProps extends VeldProps {
  /** What stands at the two ends. */
  links: string
  rechts: string
  /** Number of steps from left to right. */
  stappen: number
  /** The chosen step as text; '' for none. */
  waarde: string
}

/** A choice between two ends, with the choice to leave it open. Every step is named by its number and the end it is at. */
export function Schaal({ naam, label, hulp, links, rechts, stappen, waarde, fouten = [] }: SchaalProps) {
  const id = veldId(naam)
  const melding = fouten
    .filter(fout => veldId(fout.pad) === id)
    .map(fout => fout.melding)
    .join(' ')
  const beschrijving = [hulp === undefined ? '' : `${id}-hulp`, melding === '' ? '' : `${id}-fout`]
    .filter(deel => deel !== '')
    .join(' ')
  return (
    <fieldset className="sam-schaal" {...(beschrijving === '' ? {} : { 'aria-describedby': beschrijving })}>
      <legend>{label}</legend>
      {hulp === undefined ? null : (
        <p className="sam-hulp" id={`${id}-hulp`}>
          {hulp}
        </p>
      )}
      {melding === '' ? null : (
        <p className="sam-schaal-fout" id={`${id}-fout`}>
          {melding}
        </p>
      )}
      <div className="sam-schaal-rij">
        <span aria-hidden="true">{links}</span>
        <div className="sam-schaal-stappen">
          {Array.from({ length: stappen }, (_, i) => String(i + 1)).map((stap, i) => (
            <label key={stap}>
              <input
                id={i === 0 ? id : `${id}-${stap}`}
                type="radio"
                name={naam}
                value={stap}
                defaultChecked={waarde === stap}
              />
              <span>
                {stap}
                <span className="ams-visually-hidden">
                  {i === 0 ? `: ${links}` : i === stappen - 1 ? `: ${rechts}` : ''}
                </span>
              </span>
            </label>
          ))}
        </div>
        <span aria-hidden="true">{rechts}</span>
        <label className="sam-schaal-open">
          <input type="radio" name={naam} value="" defaultChecked={waarde === ''} />
          <span>Nog open</span>
        </label>
      </div>
    </fieldset>
  )
}
