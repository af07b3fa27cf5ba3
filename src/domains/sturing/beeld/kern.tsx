import { Grensdiagram, Lijndiagram, Staafdiagram } from '../../../platform/charts/index.ts'
import { formatHeleEuro, formatMiljoen } from '../../../platform/money.ts'
import {
  Badge,
  formatGetal,
  formatPercentage,
  Kengetal,
  Raster,
  withQuery,
} from '../../../platform/ui/index.ts'
import { type Plafondstand, sum } from '../cijfers/rules.ts'
import type { Deel } from './export.ts'
import { type DeelProps, metSelectie } from './keuzes.tsx'
import type { Stand } from './rules.ts'
import { exceptionsFirst, plafondstandOf } from './standen.ts'
import {
  compareMonths,
  formatAantal,
  formatOfStreep,
  MAANDEN,
  sayBenutting,
  sayRuimte,
  uitlegVan,
  wijziging,
  wijzigingVanAantal,
} from './teksten.ts'

/** The few figures that say how it stands, each with how it was calculated. */
export function Kern({ beeld }: DeelProps) {
  const { totaal, filter, bijgewerkt } = beeld
  const groei = wijziging(totaal.verandering, beeld, 'op')
  const clientenGroei = wijzigingVanAantal(beeld.clientenGroei, beeld)
  const benutting = sayBenutting(totaal)
  return (
    <Raster kolommen={3}>
      <Kengetal
        label={`Besteed in ${filter.jaar}`}
        waarde={formatMiljoen(totaal.besteed)}
        {...(groei ? { wijziging: groei } : {})}
        {...(benutting === undefined ? {} : { toelichting: benutting })}
        uitleg={uitlegVan('besteed', bijgewerkt)}
      />
      <Kengetal
        label="Doorgerekend tot het eind van het jaar"
        waarde={formatOfStreep(totaal.doorgerekend, formatMiljoen)}
        toelichting={
          totaal.doorgerekend === null
            ? beeld.verstreken === 0
              ? 'Dit jaar moet nog beginnen.'
              : 'Er is geen vorig jaar om mee te rekenen.'
            : sayRuimte(totaal)
        }
        uitleg={uitlegVan('doorgerekend', bijgewerkt)}
      />
      <Kengetal
        label="Toegewezen, nog niet gedeclareerd"
        waarde={formatMiljoen(totaal.nogTeDeclareren)}
        toelichting={
          totaal.nogTeDeclareren < 0
            ? 'Er is meer gedeclareerd dan toegewezen: niet elke toewijzing heeft een omvang.'
            : `Van ${formatMiljoen(totaal.toegewezen)} toegewezen voor ${filter.jaar}; niet alles wordt gebruikt`
        }
        uitleg={uitlegVan('nogTeDeclareren', bijgewerkt)}
      />
      <Kengetal
        label="Unieke cliënten"
        waarde={formatAantal(totaal.clienten)}
        {...(clientenGroei ? { wijziging: clientenGroei } : {})}
        uitleg={uitlegVan('clienten', bijgewerkt)}
      />
      <Kengetal
        label="Kosten per cliënt"
        waarde={formatOfStreep(totaal.kostenPerClient)}
        toelichting={
          totaal.kostenPerClient === null
            ? 'Niet te berekenen of te weinig cliënten om te tonen.'
            : `Gemiddeld in ${filter.jaar} tot nu toe`
        }
        uitleg={uitlegVan('kostenPerClient', bijgewerkt)}
      />
      {beeld.filter.aanbieder === null ? (
        <Kengetal
          label="Aanbieders met omzet"
          waarde={formatGetal(beeld.aanbieders.filter(a => a.besteed > 0).length)}
          href={withQuery('/cijfers/aanbieders', {
            jaar: String(filter.jaar),
            wet: filter.wet ?? undefined,
            segment: filter.segment?.code,
            gemeente: filter.gemeente?.code,
            omzet: 'ja',
          })}
          toelichting={`De vijf grootste ontvangen ${formatPercentage(sum(beeld.aanbieders.slice(0, 5).map(a => a.deel)))} van het geld`}
          uitleg={uitlegVan('concentratie', bijgewerkt)}
        />
      ) : (
        <Kengetal
          label="Grootste marktaandeel"
          waarde={formatOfStreep(beeld.marktaandeel?.deel ?? null, formatPercentage)}
          toelichting={
            beeld.marktaandeel === null
              ? 'Deze aanbieder heeft in de selectie geen omzet.'
              : `Van ${beeld.marktaandeel.segment}; vanaf 20% is de regio van deze aanbieder afhankelijk`
          }
          uitleg={uitlegVan('marktaandeel', bijgewerkt)}
        />
      )}
    </Raster>
  )
}

/** Spend per month against last year; months that are not complete are drawn as such. */
export function PerMaand({ beeld, adres }: DeelProps) {
  const { maanden, filter, compleet } = beeld
  const dit = maanden.map(m => m.dit)
  const vorig = maanden.map(m => m.vorig)
  const meer = maanden.filter(m => m.maand <= compleet && (m.dit ?? 0) > (m.vorig ?? 0)).length
  const lezing =
    sum(dit.map(w => w ?? 0)) === 0
      ? `In ${filter.jaar} is nog niets besteed.`
      : compleet === 0
        ? 'Nog geen maand is compleet; vergelijken met vorig jaar kan nog niet.'
        : vorig.every(w => w === null)
          ? `Er zijn geen cijfers van ${filter.jaar - 1} om mee te vergelijken.`
          : `In ${formatGetal(meer)} van de ${formatGetal(compleet)} complete maanden (${compareMonths(compleet)}) is meer besteed dan in ${filter.jaar - 1}.`
  return (
    <Lijndiagram
      titel="Besteed per maand waarin de zorg is gegeven"
      lezing={lezing}
      labels={MAANDEN}
      kop="Maand"
      lijnen={[
        {
          naam: String(filter.jaar),
          waarden: dit,
          ...(compleet < beeld.verstreken ? { voorlopigVanaf: compleet } : {}),
        },
        ...(vorig.every(w => w === null) ? [] : [{ naam: String(filter.jaar - 1), waarden: vorig }]),
      ]}
      format={formatHeleEuro}
      formatAs={formatMiljoen}
      csv={withQuery(adres, { deel: 'maanden', als: 'csv' })}
    />
  )
}

/** Spend as a share of the ceiling, one bar per row, what is beyond it on top; amounts where nothing has a ceiling. */
export function TegenPlafond({
  beeld,
  adres,
  rijen,
  kop,
  deel,
}: DeelProps & { rijen: readonly Stand[]; kop: 'Segment' | 'Gemeente'; deel: Deel }) {
  const csv = withQuery(adres, { deel, als: 'csv' })
  const naam = (rij: Stand) => ({ naam: rij.naam, href: metSelectie(rij.pad, beeld) })
  const begrensd = rijen.flatMap(rij => (rij.plafond ? [{ ...rij, plafond: rij.plafond }] : []))
  if (begrensd.length === 0)
    return (
      <Staafdiagram
        titel={`Besteed per ${kop.toLowerCase()}`}
        lezing="Er zijn geen plafonds vastgesteld; de balken tonen alleen wat is besteed."
        koppen={[kop, 'Besteed']}
        format={formatMiljoen}
        staven={rijen.map(rij => ({ ...naam(rij), waarde: rij.besteed }))}
        csv={csv}
      />
    )
  return (
    <Grensdiagram
      titel={`Besteed tegen plafond, per ${kop.toLowerCase()}`}
      lezing={readPlafonds(rijen, kop)}
      koppen={[kop, 'Besteed', 'Plafond']}
      format={formatHeleEuro}
      staven={exceptionsFirst(begrensd).map(rij => {
        const oordeel = OORDEEL[plafondstandOf(rij) ?? 'binnen']
        return {
          ...naam(rij),
          waarde: rij.binnen.besteed,
          grens: rij.plafond ?? 0,
          verwacht: expected(rij.binnen),
          ...(rij.binnen.besteed === rij.besteed ? {} : { geheel: rij.besteed }),
          ...(oordeel === undefined ? {} : { oordeel }),
        }
      })}
      csv={csv}
    />
  )
}

/** Where it goes to; null where the sum says no more than what is spent already, as of a year that is over. */
const expected = ({ besteed, doorgerekend }: Stand['binnen']) =>
  doorgerekend !== null && doorgerekend > besteed ? doorgerekend : null

/** What is said of a row that does not stay within its ceiling. */
const OORDEEL: Readonly<Record<Plafondstand, string | undefined>> = {
  over: 'over het plafond heen',
  dreigt: 'komt boven het plafond uit',
  binnen: undefined,
}

function readPlafonds(rijen: readonly Stand[], kop: 'Segment' | 'Gemeente'): string {
  const meer = kop === 'Segment' ? 'segmenten' : 'gemeenten'
  const tel = (stand: Plafondstand) => rijen.filter(rij => plafondstandOf(rij) === stand).length
  const zonder = rijen.filter(rij => rij.plafond === null && rij.besteed !== 0).map(rij => rij.naam)
  const [over, dreigt] = [tel('over'), tel('dreigt')]
  const buiten = [
    ...(over === 0 ? [] : [`${over === 1 ? 'is 1' : `zijn ${over}`} over het plafond heen`]),
    ...(dreigt === 0 ? [] : [`${dreigt === 1 ? 'komt 1' : `komen ${dreigt}`} er doorgerekend boven uit`]),
  ]
  const zinnen = [
    buiten.length === 0
      ? `Alle ${meer} met een plafond blijven erbinnen.`
      : `Van de ${formatGetal(rijen.length)} ${meer} ${buiten.join(' en ')}.`,
    ...(zonder.length === 0 ? [] : [`Zonder plafond: ${zonder.join(', ')}.`]),
  ]
  return zinnen.join(' ')
}

/** The state of a row in its table. */
export function Oordeel({ stand }: { stand: Plafondstand | null }) {
  if (stand !== 'over' && stand !== 'dreigt') return null
  return <Badge toon={stand === 'over' ? 'fout' : 'waarschuwing'}>{KORT[stand]}</Badge>
}

const KORT = { over: 'Over plafond', dreigt: 'Komt erboven' }
