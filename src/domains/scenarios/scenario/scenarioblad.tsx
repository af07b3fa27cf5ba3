import { Lijndiagram } from '../../../platform/charts/index.ts'
import { formatEuro, formatHeleEuro, formatMiljoen } from '../../../platform/money.ts'
import {
  Alinea,
  Beschrijvingslijst,
  formatGetal,
  formatMoment,
  Kengetal,
  Kengetallen,
  Kop,
  Melding,
  Tabel,
  Tijdlijn,
  Uitleg,
} from '../../../platform/ui/index.ts'
import type { Vergeleken } from './actions.ts'
import { Oordeelmelding } from './oordeel.tsx'
import { type Band, formatPromille, saveBy, scenarioPad, verloopTekst, yearsOf } from './rules.ts'
import type { Scenario, Scenariomethode, Scenariostap } from './store.ts'
import { TERMIJN } from './velden.ts'

export const GEDAAN: Readonly<Record<Scenariostap['stap'], string>> = {
  maak: 'Het scenario is gemaakt',
  wijzig: 'Het scenario is gewijzigd',
  beeindig: 'Het scenario is beëindigd',
  herstel: 'Het scenario is hersteld',
}

/** The page of one scenario: is it on course, what was expected, what it rests on. */
export function Scenarioblad({ v, stappen }: { v: Vergeleken; stappen: readonly Scenariostap[] }) {
  const { scenario: s, verwachting } = v
  const patroon = s.methode.patronen.find(p => p.code === s.patroon)
  return (
    <>
      {s.beeindigdOp === null ? (
        <Oordeelmelding v={v} />
      ) : (
        <Melding soort="info" kop="Dit scenario is beëindigd">
          {stappen.find(stap => stap.stap === 'beeindig')?.toelichting}
        </Melding>
      )}
      <Opgeteld v={v} />
      <PerJaar v={v} />
      <Uitleg
        over={s.naam}
        definitie={`Verwacht is wat deze segmenten in ${s.beginjaar - 1} kostten, met per jaar het percentage van het patroon. De maanden van een jaar zijn samen precies dat jaar; ze zijn verdeeld ${verwachting.gewichten === null ? 'in twaalf gelijke delen' : `zoals de maanden van ${s.beginjaar - 1} liepen`}. Besteed is wat is goedgekeurd, in complete maanden: drie maanden na afloop zijn bijna alle declaraties binnen.`}
        formule="Buiten de marge: opgeteld besteed ligt verder van opgeteld verwacht dan de marge toestaat"
        bron="Maandcijfers van de regio; methode van de Wegwijzer"
        bijgewerkt={formatMoment(s.op)}
      />
      <Kop niveau={2}>Waar dit op rust</Kop>
      <Beschrijvingslijst
        items={[
          { naam: 'Groep', waarde: s.groep },
          {
            naam: 'Patroon',
            waarde:
              patroon === undefined ? s.patroon : `${patroon.naam}. ${patroon.uitleg} (${patroon.bron})`,
          },
          {
            naam: 'Kosten per jaar',
            waarde: `${verloopTekst(verwachting.verloop)}${s.verloop === null ? '' : ' (eigen percentages)'}`,
          },
          {
            naam: 'Marge',
            waarde: `${formatPromille(verwachting.marge)}%${s.marge === null ? '' : ' (eigen marge)'}`,
          },
          { naam: 'Segmenten', waarde: s.segmentNamen.join(', ') },
          { naam: 'Gemeente', waarde: s.gemeenteNaam ?? 'Alle gemeenten' },
          { naam: `Kosten in ${s.beginjaar - 1}`, waarde: basisTekst(s, v.magCijfers) },
          { naam: 'Aannames', waarde: s.aannames },
        ]}
      />
      <Kop niveau={2}>Waar komt het geld vandaan?</Kop>
      <Geldroutes s={s} methode={s.methode} />
      <Korter s={s} />
      <Kop niveau={2}>Verloop</Kop>
      <Tijdlijn
        label="Verloop van dit scenario"
        gebeurtenissen={stappen.map(stap => ({
          op: stap.op.toISOString(),
          moment: formatMoment(stap.op),
          kop: GEDAAN[stap.stap],
          door: stap.door ?? 'het systeem',
          ...(stap.toelichting === '' ? {} : { toelichting: stap.toelichting }),
        }))}
      />
    </>
  )
}

function basisTekst(s: Scenario, magCijfers: boolean): string {
  if (s.basisWerkelijk === s.basis) return `${formatEuro(s.basis)}, zoals besteed`
  const echt = s.basisWerkelijk === null || !magCijfers ? '' : ` Besteed was ${formatEuro(s.basisWerkelijk)}.`
  return `${formatEuro(s.basis)}. ${s.basisReden}${echt}`
}

/** Amounts, with the band around what is expected. */
const inEuro = (v: Vergeleken, banden: readonly Band[]) => ({
  marge: {
    naam: `Marge van ${formatPromille(v.verwachting.marge)}%`,
    onder: banden.map(band => band.onder),
    boven: banden.map(band => band.boven),
  },
  format: formatHeleEuro,
  formatAs: formatMiljoen,
})

/** Counted up per month, up to the end of the year of the last complete month. */
function Opgeteld({ v }: { v: Vergeleken }) {
  const laatste = v.standen.findLast(s => s.werkelijk !== null)
  const totJaar = (laatste?.maand ?? `${v.scenario.beginjaar}`).slice(0, 4)
  const standen = v.standen.filter(s => s.maand.slice(0, 4) <= totJaar)
  return (
    <Lijndiagram
      titel="Opgeteld vanaf het begin"
      lezing={`${v.magCijfers ? 'Wat is besteed tegen wat is verwacht' : 'De verwachting'}, maand voor maand opgeteld.`}
      kop="Maand"
      labels={standen.map(s => maandLabel(s.maand))}
      lijnen={[
        ...(v.magCijfers ? [{ naam: 'Besteed', waarden: standen.map(s => s.werkelijk) }] : []),
        { naam: 'Verwacht', waarden: standen.map(s => s.verwacht) },
      ]}
      {...inEuro(v, standen)}
      csv={`${scenarioPad(v.scenario)}/export?formaat=csv`}
    />
  )
}

const KORT = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']

/** 'jan 26' for '2026-01-01'. */
function maandLabel(maand: string): string {
  return `${KORT[+maand.slice(5, 7) - 1] ?? ''} ${maand.slice(2, 4)}`
}

function PerJaar({ v }: { v: Vergeleken }) {
  const jaren = yearsOf(v.verwachting)
  const besteed = (jaar: number) => {
    const maanden = v.werkelijk.filter(m => m.maand.startsWith(`${jaar}-`))
    const heel = maanden.length === 12 && maanden.every(m => m.compleet)
    return heel ? maanden.reduce((som, m) => som + m.bedrag, 0) : null
  }
  const [eerste] = jaren
  const laatste = jaren.at(-1)
  return (
    <Lijndiagram
      titel="Per jaar"
      lezing={
        eerste === undefined || laatste === undefined
          ? ''
          : `Verwacht: ${formatMiljoen(eerste.verwacht)} in ${eerste.jaar} en ${formatMiljoen(laatste.verwacht)} in ${laatste.jaar}.`
      }
      kop="Jaar"
      labels={jaren.map(j => String(j.jaar))}
      lijnen={[
        { naam: 'Verwacht', waarden: jaren.map(j => j.verwacht) },
        ...(v.magCijfers ? [{ naam: 'Besteed (hele jaren)', waarden: jaren.map(j => besteed(j.jaar)) }] : []),
      ]}
      {...inEuro(v, jaren)}
    />
  )
}

/** What this dossier does per term, beside what the method says. */
function Geldroutes({ s, methode }: { s: Scenario; methode: Scenariomethode }) {
  const rijen = (['kort', 'middellang', 'lang'] as const).map((naam, i) => ({
    termijn: TERMIJN[naam],
    eigen: s[naam],
    route: methode.financiering[i],
  }))
  return (
    <Tabel
      bijschrift="Geld per termijn"
      rijen={rijen}
      sleutel={r => r.termijn}
      kolommen={[
        { kop: 'Termijn', rijkop: true, cel: r => r.termijn },
        { kop: 'In dit scenario', cel: r => (r.eigen === '' ? 'Nog niet ingevuld' : r.eigen) },
        {
          kop: 'Volgens de methode',
          cel: r => (r.route === undefined ? '' : `${r.route.route} (${r.route.bron})`),
        },
      ]}
    />
  )
}

/** The worked example of 001, step by step. */
function Korter({ s }: { s: Scenario }) {
  const { clienten, maandenNu, maandenStraks, kostenMaand } = s
  if (clienten === null || maandenNu === null || maandenStraks === null || kostenMaand === null) return null
  const uit = saveBy({ clienten, maandenNu, maandenStraks, kostenMaand })
  const som = (maanden: number, bedrag: number) =>
    `${formatGetal(clienten)} cliënten × ${formatGetal(maanden)} maanden × ${formatEuro(kostenMaand)} = ${formatEuro(bedrag)}`
  const minder = uit.verschil >= 0
  return (
    <>
      <Kop niveau={2}>Rekenvoorbeeld: korter helpen</Kop>
      <Kengetallen>
        <Kengetal label="Nu" waarde={formatHeleEuro(uit.nu)} toelichting={som(maandenNu, uit.nu)} />
        <Kengetal
          label="Straks"
          waarde={formatHeleEuro(uit.straks)}
          toelichting={som(maandenStraks, uit.straks)}
        />
        <Kengetal
          label={minder ? 'Besparing' : 'Extra kosten'}
          waarde={formatHeleEuro(Math.abs(uit.verschil))}
          toelichting={`${formatPromille(Math.abs(uit.promille))}%, per cliënt ${formatEuro(Math.abs(uit.perClient))}`}
        />
      </Kengetallen>
      <Alinea maat="klein">
        {uit.meerDanTien
          ? 'Dat is meer dan 10% per cliënt, zoals in het voorbeeld van 001 (Achterhoek): korter door op resultaat te sturen.'
          : 'Dat is niet meer dan 10% per cliënt; het voorbeeld van 001 (Achterhoek) komt daar boven.'}{' '}
        De som zegt niets over of korter helpen ook genoeg helpt, en gaat ervan uit dat er geen nieuwe
        cliënten voor in de plaats komen.
      </Alinea>
    </>
  )
}
