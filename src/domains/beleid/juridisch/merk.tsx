import { formatDatum } from '../../../platform/dates.ts'
import { Badge } from '../../../platform/ui/index.ts'
import type { JuridischeRegel } from '../methode/rules.ts'
import { RISICO } from './namen.ts'

/** The worst legal risk of a choice, with every reason, its source and date one click away. */
export function Juridischmerk({ merken, over }: { merken: readonly JuridischeRegel[]; over: string }) {
  const [ergste] = merken
  if (ergste === undefined) return null
  return (
    <details className="sam-waarom">
      <summary>
        <Badge toon={RISICO[ergste.risico].toon}>{RISICO[ergste.risico].naam}</Badge> Waarom?
        <span className="ams-visually-hidden"> ({over})</span>
      </summary>
      <ul className="sam-inklap-inhoud">
        {merken.map(merk => (
          <li key={merk.code}>
            {merk.uitleg}{' '}
            <small>
              Bron: {merk.bron}, {formatDatum(merk.datum)}.
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}
