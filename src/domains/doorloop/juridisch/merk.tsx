import { type Datum, formatDatum } from '../../../platform/dates.ts'
import { Badge, Melding } from '../../../platform/ui/index.ts'
import type { Wet } from '../../dossiers/rules.ts'
import type { Methode } from '../methode/rules.ts'
import { RISICO } from './namen.ts'
import { listUitgesloten, type Merk } from './rules.ts'

/** The worst legal mark of a choice, with every reason, its source and its date one click away. Nothing without marks. */
export function Juridischmerk({
  merken,
  over,
}: {
  merken: readonly Merk[]
  /** What the choice is, for who hears the page. */
  over: string
}) {
  const [ergste] = merken
  if (ergste === undefined) return null
  const { naam, toon } = RISICO[ergste.risico]
  return (
    <div className="sam-merk-juridisch">
      <Badge toon={toon}>{naam}</Badge>
      <details className="sam-waarom">
        <summary>
          Waarom?<span className="ams-visually-hidden"> {`${naam}: ${over}`}</span>
        </summary>
        <ul className="sam-inklap-inhoud">
          {merken.map(merk => (
            <li key={merk.code}>
              {merken.length > 1 ? <strong>{RISICO[merk.risico].naam}: </strong> : null}
              <Reden merk={merk} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function Reden({ merk: { uitleg, bron, datum } }: { merk: Merk }) {
  return (
    <>
      {uitleg}{' '}
      <span className="sam-bron">
        Bron: {bron}, stand van {formatDatum(datum as Datum)}.
      </span>
    </>
  )
}

/** What the law rules out for these laws whatever is chosen; nothing when there is nothing. */
export function Uitgesloten({ methode, wetten }: { methode: Methode; wetten: readonly Wet[] }) {
  const gevonden = listUitgesloten(methode, wetten)
  return gevonden.length === 0 ? null : (
    <Melding soort="fout" kop="Dit kan juridisch niet">
      <ul>
        {gevonden.map(({ kenmerk, merken }) => (
          <li key={kenmerk}>
            <strong>{kenmerk}.</strong>{' '}
            {merken.map(merk => (
              <Reden key={merk.code} merk={merk} />
            ))}
          </li>
        ))}
      </ul>
    </Melding>
  )
}
