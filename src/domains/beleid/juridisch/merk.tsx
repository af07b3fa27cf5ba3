import { formatDatum } from '../../../platform/dates.ts'
import { Badge } from '../../../platform/ui/index.ts'
import type { JuridischeRegel, Risico } from '../methode/rules.ts'

export const RISICO: Readonly<Record<Risico, { naam: string; toon: 'succes' | 'waarschuwing' | 'fout' }>> = {
  laag: { naam: 'Juridisch risico laag', toon: 'succes' },
  hoger: { naam: 'Juridisch risico hoger', toon: 'waarschuwing' },
  uitgesloten: { naam: 'Juridisch uitgesloten', toon: 'fout' },
}

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
