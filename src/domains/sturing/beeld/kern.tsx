import { Lijndiagram } from '../../../platform/charts/index.ts'
import { formatHeleEuro, formatMiljoen } from '../../../platform/money.ts'
import { formatGetal, formatPercentage, Kengetal, Raster, withQuery } from '../../../platform/ui/index.ts'
import { sum } from '../cijfers/rules.ts'
import type { DeelProps } from './overzichten.tsx'
import { compareMonths, formatAantal, formatOfStreep, MAANDEN, uitlegVan, wijziging } from './teksten.ts'

/** The few figures that say how it stands, each with how it was calculated. */
export function Kern({ beeld }: DeelProps) {
  const { totaal, filter, bijgewerkt } = beeld
  const groei = wijziging(totaal.verandering, beeld, 'op')
  const clientenGroei = wijziging(beeld.clientenGroei, beeld)
  const { doorgerekend } = totaal.binnen
  const ruimte = totaal.plafond === null || doorgerekend === null ? null : totaal.plafond - doorgerekend
  return (
    <Raster kolommen={3}>
      <Kengetal
        label={`Besteed in ${filter.jaar}`}
        waarde={formatMiljoen(totaal.besteed)}
        {...(groei ? { wijziging: groei } : {})}
        {...(totaal.plafond === null || totaal.benutting === null
          ? {}
          : {
              toelichting: `${formatPercentage(totaal.benutting)} van het plafond van ${formatMiljoen(totaal.plafond)}`,
            })}
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
            : ruimte === null
              ? 'Als de rest van het jaar gaat zoals vorig jaar.'
              : `${formatMiljoen(Math.abs(ruimte))} ${ruimte < 0 ? 'boven' : 'onder'} het plafond, als de rest van het jaar gaat zoals vorig jaar`
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
