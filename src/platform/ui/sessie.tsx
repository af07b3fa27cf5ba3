import { findAssets } from './assets.ts'
import { formatMoment } from './invoer.ts'
import { Melding } from './melding.tsx'

/** When the session of who reads the page ends. */
export interface Sessieduur {
  /** The end that nothing puts off. */
  eindigtOp: Date
  /** Now, as the server has it; the clock of the reader may be wrong. */
  nu: Date
  /** Minutes without a question after which it ends sooner. */
  rust: number
}

/** Minutes before the end from which every page says so at its head. */
const KONDIG_AAN = 15

/** Said on every page, in its foot; in the last quarter of an hour also at its head (WCAG 2.2.1). */
export function Sessievoet({ eindigtOp, rust }: Sessieduur) {
  return <p>{`U bent ingelogd tot ${klok(eindigtOp)}, of tot u ${rust} minuten niets doet`}</p>
}

/**
 * The end that nobody can put off, when it is near; and, with script, a warning two minutes before any end, with a button
 * to stay. Without script the text in the foot says when.
 */
export function Sessiemelding({ eindigtOp, nu, rust }: Sessieduur) {
  const over = eindigtOp.getTime() - nu.getTime()
  const { sessie: script } = findAssets()
  return (
    <>
      {over < KONDIG_AAN * 60_000 ? (
        <Melding soort="waarschuwing" kop={`Uw sessie eindigt om ${klok(eindigtOp)}`}>
          Sla op waar u mee bezig bent en log daarna opnieuw in.
        </Melding>
      ) : null}
      {script === undefined ? null : (
        <>
          <div
            className="sam-sessie"
            id="sessie"
            data-over={over}
            data-rust={rust * 60_000}
            role="alert"
            hidden
          >
            <p id="sessie-tekst" />
            <button className="ams-button ams-button--primary" id="sessie-blijf" type="button">
              Blijf ingelogd
            </button>
            <a className="ams-link" id="sessie-inloggen" href="/inloggen" hidden>
              Log opnieuw in
            </a>
          </div>
          <script type="module" src={script} />
        </>
      )}
    </>
  )
}

/** The time of day, since a session ends today. */
const klok = (moment: Date) => formatMoment(moment).split(' ').at(-1) ?? ''
