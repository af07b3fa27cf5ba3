import { Pareto, Staafdiagram } from '../../../platform/charts/index.ts'
import { formatHeleEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Downloadlinks,
  formatGetal,
  formatPercentage,
  type Kolom,
  Kop,
  Link,
  Raster,
  Tabel,
  Uitleg,
  withQuery,
} from '../../../platform/ui/index.ts'
import type { Deel } from './export.ts'
import { Oordeel } from './kern.tsx'
import { type DeelProps, metSelectie } from './keuzes.tsx'
import type { AanbiederStand, Beeld, Markt, Stand, Verwijzer } from './rules.ts'
import { exceptionsFirst, plafondstandOf } from './standen.ts'
import {
  afkeurReden,
  formatAantal,
  formatBenut,
  formatDuizend,
  formatEuros,
  formatOfStreep,
  formatVerandering,
  uitlegVan,
} from './teksten.ts'

/** CSV and XLSX of one table, with the same filter. */
export function Bestand({ adres, deel, naam }: { adres: string; deel: Deel; naam: string }) {
  const link = (als: string) => withQuery(adres, { deel, als })
  return <Downloadlinks naam={naam} csv={link('csv')} xlsx={link('xlsx')} />
}

function standKolommen(kop: string, beeld: Beeld): Kolom<Stand>[] {
  const plafonds = beeld.totaal.plafond !== null
  const { totaal } = beeld
  return [
    { kop, rijkop: true, cel: s => <Naam stand={s} beeld={beeld} />, totaal: 'Totaal' },
    {
      kop: 'Besteed',
      uitlijning: 'rechts',
      cel: s => formatDuizend(s.besteed),
      totaal: formatDuizend(totaal.besteed),
    },
    ...(plafonds
      ? ([
          {
            kop: 'Plafond',
            uitlijning: 'rechts',
            cel: s => formatOfStreep(s.plafond, formatDuizend),
            totaal: formatOfStreep(totaal.plafond, formatDuizend),
          },
          {
            kop: 'Benut',
            uitlijning: 'rechts',
            cel: formatBenut,
            totaal: formatBenut(totaal),
          },
        ] satisfies Kolom<Stand>[])
      : []),
    {
      kop: 'Doorgerekend',
      uitlijning: 'rechts',
      cel: s => formatOfStreep(s.doorgerekend, formatDuizend),
      totaal: formatOfStreep(totaal.doorgerekend, formatDuizend),
    },
    {
      kop: 'Verandering',
      uitlijning: 'rechts',
      cel: s => formatVerandering(s.verandering),
      totaal: formatVerandering(totaal.verandering),
    },
    {
      kop: 'Toegewezen, open',
      uitlijning: 'rechts',
      cel: s => formatDuizend(s.nogTeDeclareren),
      totaal: formatDuizend(totaal.nogTeDeclareren),
    },
    {
      kop: 'Cliënten',
      uitlijning: 'rechts',
      heel: true,
      cel: s => formatAantal(s.clienten),
      totaal: formatAantal(totaal.clienten),
    },
    {
      kop: 'Euro per cliënt',
      uitlijning: 'rechts',
      cel: s => formatOfStreep(s.kostenPerClient, formatEuros),
      totaal: formatOfStreep(totaal.kostenPerClient, formatEuros),
    },
  ]
}

/** Under the segment that it hangs under, with what it takes in, and what stands out of it. */
function Naam({ stand, beeld }: { stand: Stand; beeld: Beeld }) {
  const { pad, naam, niveau, toelichting } = stand
  return (
    <div className={niveau === 0 ? undefined : `sam-tak sam-tak-${Math.min(niveau, 3)}`}>
      <Link href={metSelectie(pad, beeld)}>{naam}</Link> <Oordeel stand={plafondstandOf(stand)} />
      {toelichting === undefined ? null : <Alinea maat="klein">{toelichting}</Alinea>}
    </div>
  )
}

/** Segments or municipalities with all their figures, and the total of the selection recomputed. */
export function Standen({
  beeld,
  adres,
  kop,
  deel,
  rijen,
}: DeelProps & { kop: 'Segment' | 'Gemeente'; deel: 'segmenten' | 'gemeenten'; rijen: readonly Stand[] }) {
  const titel = `Per ${kop.toLowerCase()}`
  return (
    <section aria-label={titel}>
      <Kop niveau={2}>{titel}</Kop>
      <Tabel
        bijschrift={`${titel} in ${beeld.filter.jaar}, bedragen × € 1.000`}
        bijschriftZichtbaar
        kolommen={standKolommen(kop, beeld)}
        rijen={exceptionsFirst(rijen)}
        sleutel={s => s.sleutel}
      />
      <Alinea maat="klein">
        Een persoon met zorg in meer rijen telt in het totaal één keer: de cliënten van de rijen tellen samen
        dus op tot meer.
      </Alinea>
      <Uitleg over={`${titel}: doorgerekend`} {...uitlegVan('doorgerekend', beeld.bijgewerkt)} />
      <Bestand adres={adres} deel={deel} naam={`cijfers ${titel.toLowerCase()}`} />
    </section>
  )
}

/** Concentration per market: one curve each, and the measures in a table. */
export function Concentraties({ beeld, adres }: DeelProps) {
  const curven = beeld.markten.slice(0, 2)
  return (
    <section aria-label="Concentratie van aanbieders">
      <Kop niveau={2}>Concentratie van aanbieders</Kop>
      <Tabel
        bijschrift={`Concentratie per markt, ${beeld.filter.jaar}`}
        kolommen={[
          { kop: 'Markt', rijkop: true, cel: (m: Markt) => m.naam },
          { kop: 'Aanbieders met omzet', uitlijning: 'rechts', cel: m => formatGetal(m.aanbieders) },
          { kop: 'Grootste aanbieder', cel: m => m.grootsteNaam },
          { kop: 'Aandeel grootste', uitlijning: 'rechts', cel: m => formatPercentage(m.grootste) },
          { kop: 'Vijf grootste (C5)', uitlijning: 'rechts', cel: m => formatPercentage(m.c5) },
          { kop: 'Helpen samen 90% (C90)', uitlijning: 'rechts', cel: m => formatGetal(m.c90) },
          { kop: 'HHI', uitlijning: 'rechts', cel: m => formatGetal(m.hhi) },
        ]}
        rijen={beeld.markten}
        sleutel={m => m.naam}
        leeg={<Alinea>Er zijn in deze selectie nog geen aanbieders met omzet.</Alinea>}
      />
      <Uitleg over="concentratie van aanbieders" {...uitlegVan('concentratie', beeld.bijgewerkt)} />
      <Bestand adres={adres} deel="concentratie" naam="concentratie van aanbieders" />
      <Raster>
        {curven.map(markt => (
          <Pareto
            key={markt.naam}
            titel={`${markt.naam}: van grote naar kleine aanbieders`}
            lezing={`De vijf grootste van ${formatGetal(markt.aanbieders)} aanbieders ontvangen ${formatPercentage(markt.c5)} van het geld.`}
            eenheid={['aanbieder', 'aanbieders']}
            format={formatHeleEuro}
            aandelen={markt.aandelen}
            csv={withQuery(adres, { deel: 'aanbieders', als: 'csv' })}
          />
        ))}
      </Raster>
    </section>
  )
}

/** The largest providers of the selection. */
export function GrootsteAanbieders({ beeld, adres }: DeelProps) {
  const top = beeld.aanbieders.slice(0, 10)
  return (
    <section aria-label="Grootste aanbieders">
      <Kop niveau={2}>Grootste aanbieders</Kop>
      <Tabel
        bijschrift={`De ${formatGetal(top.length)} grootste van ${formatGetal(beeld.aanbieders.length)} aanbieders met omzet`}
        bijschriftZichtbaar
        kolommen={[
          {
            kop: 'Aanbieder',
            rijkop: true,
            cel: (a: AanbiederStand) => (
              <Link href={metSelectie(`/cijfers/aanbieders/${a.aanbiederId}`, beeld)}>{a.naam}</Link>
            ),
          },
          { kop: 'Besteed', uitlijning: 'rechts', cel: a => formatHeleEuro(a.besteed) },
          { kop: 'Aandeel', uitlijning: 'rechts', cel: a => formatPercentage(a.deel) },
          { kop: 'Verandering', uitlijning: 'rechts', cel: a => formatVerandering(a.verandering) },
        ]}
        rijen={top}
        sleutel={a => String(a.aanbiederId)}
        leeg={<Alinea>Er zijn in deze selectie nog geen aanbieders met omzet.</Alinea>}
      />
      <Bestand adres={adres} deel="aanbieders" naam="aanbieders" />
    </section>
  )
}

/** Two figures that look alike and are not: euros and toewijzingen, each its own chart (sturing § 1.7, trap 1). */
export function Verwijzers({ beeld, adres }: DeelProps) {
  const euro = sorted(beeld.verwijzers, v => v.deelEuro)
  const toewijzingen = sorted(beeld.verwijzers, v => v.deelToewijzingen)
  const wat = beeld.filter.wet === 'wmo' ? 'Wmo' : 'jeugdhulp'
  return (
    <section aria-label="Verwijzers">
      <Kop niveau={2}>{`Verwijzers: ${wat}`}</Kop>
      <Alinea>
        Dit zijn twee verschillende cijfers. Een verwijzer met weinig maar zware verwijzingen is groot in
        euro’s en klein in toewijzingen.
      </Alinea>
      <Raster>
        <div>
          <Staafdiagram
            titel="Aandeel in de euro’s"
            lezing={lezing(euro[0], v => v.deelEuro, 'van de uitgaven')}
            koppen={['Verwijzer', 'Aandeel in euro’s']}
            format={formatPercentage}
            staven={euro.map(v => ({ naam: v.naam, waarde: v.deelEuro }))}
            csv={withQuery(adres, { deel: 'verwijzers-euro', als: 'csv' })}
          />
          <Uitleg
            over="verwijzers, aandeel in de euro’s"
            {...uitlegVan('verwijzersEuro', beeld.bijgewerkt)}
          />
        </div>
        <div>
          <Staafdiagram
            titel="Aandeel in de toewijzingen"
            lezing={lezing(
              toewijzingen[0],
              v => v.deelToewijzingen,
              'van de toewijzingen die dit jaar ingaan',
            )}
            koppen={['Verwijzer', 'Aandeel in toewijzingen']}
            format={formatPercentage}
            staven={toewijzingen.map(v => ({ naam: v.naam, waarde: v.deelToewijzingen }))}
            csv={withQuery(adres, { deel: 'verwijzers-toewijzingen', als: 'csv' })}
          />
          <Uitleg
            over="verwijzers, aandeel in de toewijzingen"
            {...uitlegVan('verwijzersToewijzingen', beeld.bijgewerkt)}
          />
        </div>
      </Raster>
    </section>
  )
}

function sorted(verwijzers: readonly Verwijzer[], deel: (v: Verwijzer) => number): Verwijzer[] {
  return verwijzers.filter(v => deel(v) > 0).sort((a, b) => deel(b) - deel(a))
}

function lezing(eerste: Verwijzer | undefined, deel: (v: Verwijzer) => number, waarvan: string): string {
  return eerste === undefined
    ? 'Er zijn nog geen cijfers over verwijzers.'
    : `${eerste.naam}: ${formatPercentage(deel(eerste))} ${waarvan}.`
}

/** Why lines were rejected, most frequent first. */
export function Afkeur({ beeld, adres }: DeelProps) {
  if (beeld.filter.segment) return null
  const top = beeld.afkeur.slice(0, 8)
  return (
    <section aria-label="Redenen van afkeur">
      <Kop niveau={2}>Redenen van afkeur</Kop>
      <Tabel
        bijschrift={`Meest voorkomende redenen van afkeur, ${beeld.filter.jaar}`}
        kolommen={[
          { kop: 'Reden', rijkop: true, cel: a => afkeurReden(a.retourcode) },
          { kop: 'Regels', uitlijning: 'rechts', cel: a => formatGetal(a.regels) },
          { kop: 'Bedrag', uitlijning: 'rechts', cel: a => formatHeleEuro(a.bedrag) },
        ]}
        rijen={top}
        sleutel={a => a.retourcode}
        leeg={<Alinea>Er is in deze selectie geen regel afgekeurd.</Alinea>}
      />
      <Uitleg over="redenen van afkeur" {...uitlegVan('afkeur', beeld.bijgewerkt)} />
      <Bestand adres={adres} deel="afkeur" naam="redenen van afkeur" />
    </section>
  )
}
