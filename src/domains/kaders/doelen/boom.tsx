import { formatDatum } from '../../../platform/dates.ts'
import { Badge, Link } from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { formatVorig, formatWaarde, Indicatoruitleg } from '../bereik/meting.tsx'
import { naamVanDeelgebied, naamVanGemeente } from '../bereik/rules.ts'
import type { GeladenDoelen } from './actions.ts'
import { type Knoop, SOORTNAAM, type Stand, standVan } from './rules.ts'
import type { Doelrij } from './store.ts'

export const BEWEGING: Readonly<
  Record<Stand['beweging'], { naam: string; toon: 'succes' | 'fout' | 'neutraal' }>
> = {
  goed: { naam: 'Gaat de goede kant op', toon: 'succes' },
  verkeerd: { naam: 'Gaat de verkeerde kant op', toon: 'fout' },
  gelijk: { naam: 'Blijft gelijk', toon: 'neutraal' },
  onbekend: { naam: 'Beweging onbekend', toon: 'neutraal' },
}

interface Delen {
  geladen: GeladenDoelen
  /** Only links to what is on the page or may be opened. */
  magCijfers: boolean
}

/** A tree as nested lists; what hangs under a goal folds. */
export function Boomlijst({ knopen, delen }: { knopen: readonly Knoop<Doelrij>[]; delen: Delen }) {
  return (
    <ul className="sam-boom">
      {knopen.map(({ doel, kinderen }) => (
        <li key={doel.doelId} id={`doel-${doel.doelId}`}>
          {kinderen.length === 0 ? (
            <>
              <p className="sam-boom-kop">
                <Doelkop doel={doel} />
              </p>
              <Doelinhoud doel={doel} delen={delen} />
            </>
          ) : (
            <details open>
              <summary className="sam-boom-kop">
                <Doelkop doel={doel} />
              </summary>
              <Doelinhoud doel={doel} delen={delen} />
              <Boomlijst knopen={kinderen} delen={delen} />
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

function Doelkop({ doel }: { doel: Doelrij }) {
  return (
    <>
      <span className="sam-boom-soort">{SOORTNAAM[doel.soort]}</span> {doel.tekst}{' '}
      {doel.beeindigdOp === null ? null : <Badge>beëindigd</Badge>}
    </>
  )
}

function Doelinhoud({ doel, delen }: { doel: Doelrij; delen: Delen }) {
  return (
    <div className="sam-boom-inhoud">
      {doel.soort === 'indicator' ? <Meting doel={doel} delen={delen} /> : null}
      {doel.soort === 'inzet' ? <p>Via: {naamVanDeelgebied(delen.geladen.bereik, doel)}</p> : null}
      <Koppelingen doel={doel} geladen={delen.geladen} />
      <p className="sam-boom-noot">
        <Link
          href={`/doelen/${doel.doelId}`}
          label={`Bekijk ${SOORTNAAM[doel.soort].toLowerCase()}: ${doel.tekst}`}
        >
          Bekijk
        </Link>
        {doel.bron === null ? null : <span> · Bron: {doel.bron}</span>}
      </p>
    </div>
  )
}

/** The value of a leaf, its target and whether it moves the right way; or which data is missing. */
export function Meting({ doel, delen }: { doel: Doelrij; delen: Delen }) {
  const { geladen, magCijfers } = delen
  const indicator = indicatorVan(doel.indicator)
  if (indicator === undefined)
    return <p>Nog niet te meten. {doel.ontbreekt === null ? '' : `Daarvoor ontbreekt: ${doel.ontbreekt}`}</p>
  const waarde = geladen.waarden.get(doel.doelId)
  const over = naamVanDeelgebied(geladen.bereik, doel)
  const stand = standVan(doel, waarde ?? { waarde: null, vorig: null })
  return (
    <>
      <p>
        {indicator.naam}, {over.charAt(0).toLowerCase() + over.slice(1)}:{' '}
        {waarde?.waarde == null ? (
          (waarde?.reden ?? (magCijfers ? 'geen cijfer' : 'uw rol ziet hier geen cijfers'))
        ) : (
          <>
            <strong>{formatWaarde(waarde.waarde, indicator.eenheid)}</strong>;{' '}
            {formatVorig(waarde.waarde, waarde.vorig, indicator.eenheid)}
          </>
        )}
      </p>
      <p>
        {streefzin(doel)}{' '}
        {waarde?.waarde == null ? null : (
          <>
            <Badge toon={BEWEGING[stand.beweging].toon}>{BEWEGING[stand.beweging].naam}</Badge>{' '}
            {stand.gehaald === null ? null : (
              <Badge toon={stand.gehaald ? 'succes' : 'waarschuwing'}>
                {stand.gehaald ? 'Streefwaarde gehaald' : 'Nog niet gehaald'}
              </Badge>
            )}
          </>
        )}
      </p>
      <Indicatoruitleg
        indicator={indicator}
        over={doel.tekst}
        waarde={waarde}
        bijgewerkt={geladen.bijgewerkt}
      />
    </>
  )
}

/** 'Streven: hoogstens € 9,5 mln op 31 december 2027.' */
export function streefzin(doel: Doelrij): string {
  const indicator = indicatorVan(doel.indicator)
  const beter = doel.richting === 'hoger' ? 'Hoger is beter' : 'Lager is beter'
  if (indicator === undefined || doel.streefwaarde === null) return `${beter}; er is geen streefwaarde.`
  const grens = doel.richting === 'hoger' ? 'minstens' : 'hoogstens'
  const wanneer = doel.streefOp === null ? '' : ` op ${formatDatum(doel.streefOp)}`
  return `Streven: ${grens} ${formatWaarde(doel.streefwaarde, indicator.eenheid)}${wanneer}.`
}

/** Of a local goal: what it takes over of the region. Of a goal of the region: who takes it over. */
export function Koppelingen({ doel, geladen }: { doel: Doelrij; geladen: GeladenDoelen }) {
  const { doelen, koppelingen, bereik } = geladen
  const lokaal = doel.gemeente !== null
  const ids = lokaal
    ? koppelingen.filter(k => k.doelId === doel.doelId).map(k => k.regionaalId)
    : koppelingen.filter(k => k.regionaalId === doel.doelId).map(k => k.doelId)
  const gekoppeld = doelen.filter(d => ids.includes(d.doelId) && d.beeindigdOp === null)
  if (gekoppeld.length === 0)
    return !lokaal && doel.soort === 'doel' && doel.beeindigdOp === null ? (
      <p className="sam-boom-noot">Nog door geen gemeente overgenomen die u ziet.</p>
    ) : null
  return (
    <p className="sam-boom-noot">
      {lokaal ? 'Draagt bij aan regionaal doel: ' : 'Overgenomen door: '}
      {gekoppeld.map((d, i) => (
        <span key={d.doelId}>
          {i === 0 ? '' : '; '}
          <Link href={`/doelen/${d.doelId}`}>
            {lokaal ? d.tekst : `${naamVanGemeente(bereik, d.gemeente)}: ${d.tekst}`}
          </Link>
        </span>
      ))}
    </p>
  )
}
