import type { Exportkolom } from '../../../platform/http/export.ts'
import { enumerate, inSentence } from '../../../platform/tekst.ts'
import { Alinea, type Kolom, Kop, Link, Onbekend, Tabel } from '../../../platform/ui/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import { Tabeldownload } from '../werkvorm/pagina.tsx'
import type { PerAanbod } from '../werkvorm/peraanbod.tsx'
import { describeWeging, placeInstrument, STAPPEN, type Weging } from './rules.ts'

const RIJ = 42
const KOP = 34
const BEGIN = 16
const BREED = 400

const xVan = (stap: number) => BEGIN + ((stap - 1) / (STAPPEN - 1)) * (BREED - 2 * BEGIN)

/** The scores of an offer on a line from the first instrument to the last; its name says the same in words. */
export function Mixbeeld({ mix, scores }: { mix: Methode['instrumentmix']; scores: Weging['scores'] }) {
  const aantal = mix.instrumenten.length
  return (
    <figure className="sam-mix">
      <svg
        role="img"
        aria-label={describeWeging(mix, scores)}
        viewBox={`0 0 ${BREED} ${KOP + mix.criteria.length * RIJ}`}
      >
        {mix.instrumenten.map(({ code, naam }, i) => (
          <text
            key={code}
            className="sam-vet"
            x={xVan(placeInstrument(i, aantal)) + (i === 0 ? -BEGIN : i === aantal - 1 ? BEGIN : 0)}
            y={16}
            textAnchor={i === 0 ? 'start' : i === aantal - 1 ? 'end' : 'middle'}
          >
            {naam}
          </text>
        ))}
        {mix.criteria.map(({ code, naam }, i) => {
          const y = KOP + i * RIJ + 26
          const score = scores[code]
          return (
            <g key={code}>
              <text x={0} y={y - 12}>
                {score === undefined ? `${naam} (nog open)` : naam}
              </text>
              <path className="sam-mix-lijn" d={`M${xVan(1)} ${y}H${xVan(STAPPEN)}`} />
              {Array.from({ length: STAPPEN }, (_, s) => xVan(s + 1)).map(x => (
                <path key={x} className="sam-mix-lijn" d={`M${x} ${y - 4}v8`} />
              ))}
              {score === undefined ? null : <circle className="sam-mix-punt" cx={xVan(score)} cy={y} r={8} />}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

/** All offers with their scores and the mix that was chosen. */
export function Mixoverzicht({ stand, actie, van }: PerAanbod<Weging>) {
  const mix = stand.doorloop.methode.instrumentmix
  const kolommen: Kolom<Aanbod>[] = [
    { kop: 'Aanbod', rijkop: true, cel: a => <Link href={`${actie}?aanbod=${a.aanbodId}`}>{a.naam}</Link> },
    ...mix.criteria.map(({ code, naam }) => ({
      kop: naam,
      uitlijning: 'rechts' as const,
      cel: (a: Aanbod) => van(a.aanbodId)?.inhoud.scores[code] ?? <Onbekend />,
    })),
    { kop: 'Gekozen mix', cel: a => mixnaam(mix, van(a.aanbodId)?.inhoud.mix ?? []) ?? <Onbekend /> },
  ]
  return (
    <>
      <Kop niveau={2}>Alle aanbod</Kop>
      <div className="sam-smalle-koppen">
        <Tabel
          bijschrift="Score per criterium en gekozen mix van ieder aanbod"
          kolommen={kolommen}
          rijen={stand.aanbod}
          sleutel={a => String(a.aanbodId)}
        />
      </div>
      <Alinea maat="klein">
        1 staat links op de schaal, {STAPPEN} rechts. De scores zijn met de hand gegeven en worden niet
        opgeteld.
      </Alinea>
      <Tabeldownload naam="de weging van alle aanbod" actie={actie} />
    </>
  )
}

export function exportColumns({ stand, van }: PerAanbod<Weging>): Exportkolom<Aanbod>[] {
  const mix = stand.doorloop.methode.instrumentmix
  const inhoud = (a: Aanbod) => van(a.aanbodId)?.inhoud
  return [
    { kop: 'Aanbod', waarde: a => a.naam },
    ...mix.criteria.flatMap(({ code, naam }): Exportkolom<Aanbod>[] => [
      { kop: naam, soort: 'getal', waarde: a => inhoud(a)?.scores[code] ?? null },
      { kop: `Uitleg bij ${inSentence(naam)}`, waarde: a => inhoud(a)?.uitleg[code] ?? null },
    ]),
    { kop: 'Gekozen mix', waarde: a => mixnaam(mix, inhoud(a)?.mix ?? []) ?? null },
    { kop: 'Motivering', waarde: a => inhoud(a)?.motivering ?? null },
  ]
}

export function mixnaam(mix: Methode['instrumentmix'], codes: readonly string[]): string | undefined {
  return enumerate(mix.instrumenten.filter(i => codes.includes(i.code)).map(i => i.naam)) || undefined
}

/** How the instruments differ, where the method says so. */
export function Vergelijking({ methode }: { methode: Methode }) {
  const { instrumentvergelijking: tabel } = methode
  if (tabel === undefined) return null
  return (
    <>
      <Kop niveau={2}>De instrumenten vergeleken</Kop>
      {tabel.les === undefined ? null : <Alinea>{tabel.les}</Alinea>}
      <Tabel
        bijschrift={`Verschillen tussen ${enumerate(tabel.instrumenten)}`}
        rijen={tabel.rijen}
        sleutel={rij => rij.kenmerk}
        kolommen={[
          { kop: 'Kenmerk', rijkop: true, cel: rij => rij.kenmerk },
          ...tabel.instrumenten.map((kop, i) => ({
            kop,
            cel: (rij: { waarden: string[] }) => rij.waarden[i],
          })),
        ]}
      />
      <Alinea maat="klein">Bron: {tabel.bron}.</Alinea>
    </>
  )
}
