import type { Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
  Datumveld,
  Formulier,
  Getalveld,
  Inklap,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { Metingvelden } from '../bereik/meting.tsx'
import { type Bereik, deelgebiedOpties, gemeenteOpties, naamVanDeelgebied } from '../bereik/rules.ts'
import { SOORTNAAM, streefzin } from './boom.tsx'
import type { Invoer } from './invoer.ts'
import { buildBomen, liesUnder, platteBoom, SOORTEN, waaromNietOnder } from './rules.ts'
import type { Doelrij } from './store.ts'

export interface DoelformulierProps {
  csrf: string
  actie: string
  invoer: Invoer
  versie: number
  bereik: Bereik
  doelen: readonly Doelrij[]
  doel: Doelrij | null
  ouder: Doelrij | null
  /** Goals of the region that are linked now. */
  gekoppeld: readonly number[]
  problem?: Problem
}

/** The form of one goal: what it says, where it hangs, and how it is measured. */
export function Doelformulier(props: DoelformulierProps) {
  const { csrf, actie, invoer, versie, bereik, doelen, doel, ouder, problem } = props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  const gemeente = doel?.gemeente ?? ouder?.gemeente
  // What is linked stays on the form, also when it ended: saving must not break a link in silence.
  const gekoppeld = (d: Doelrij) => invoer.koppelingen.includes(String(d.doelId))
  const regionaal = buildBomen(
    doelen.filter(d => d.gemeente === null && (d.beeindigdOp === null || gekoppeld(d))),
  )
    .flatMap(boom => platteBoom(boom.wortels))
    .filter(({ doel: d }) => d.soort === 'doel' || d.soort === 'resultaat' || gekoppeld(d))
  const soorten = SOORTEN.filter(
    soort => doel !== null || waaromNietOnder(soort, ouder) === '' || soort === invoer.soort,
  )
  return (
    <>
      <Botsingmelding problem={problem} toon={(nu: Doelrij) => opHetFormulier(nu, props)} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        {doel === null && ouder === null ? (
          <>
            <Keuzelijst
              {...veld('gemeente')}
              label="Van wie is deze boom?"
              leeg="Kies"
              opties={gemeenteOpties(bereik, true)}
            />
            <Tekstveld
              {...veld('boom')}
              label="Naam van de boom"
              hulp="Bijvoorbeeld: Visie sociaal domein 2026"
              maxlengte={100}
            />
          </>
        ) : (
          <input type="hidden" name="gemeente" value={invoer.gemeente} />
        )}
        <Keuzerondjes
          {...veld('soort')}
          label="Wat is het?"
          opties={soorten.map(waarde => ({ waarde, naam: SOORTNAAM[waarde] }))}
        />
        <Tekstveld {...veld('tekst')} label="Tekst" regels={2} maxlengte={500} />
        <Tekstveld {...veld('toelichting')} label="Toelichting" regels={3} verplicht={false} />
        <Tekstveld
          {...veld('bron')}
          label="Bron"
          hulp="Het besluit of document waar dit in staat, met de paragraaf"
          verplicht={false}
          maxlengte={500}
        />
        {doel === null ? (
          <input type="hidden" name="ouder" value={invoer.ouder} />
        ) : (
          <Keuzelijst
            {...veld('ouder')}
            label="Hangt onder"
            hulp="Kies iets anders om het doel, met alles eronder, te verplaatsen"
            leeg="Bovenaan de boom"
            verplicht={false}
            opties={plekken(doelen, doel)}
          />
        )}
        <Getalveld {...veld('volgorde')} label="Plek in de rij" hulp="1 staat bovenaan" />
        {(gemeente === null && doel !== null) || (ouder !== null && ouder.gemeente === null) ? null : (
          <Inklap
            kop="Aan welke doelen van de regio draagt dit bij?"
            open={invoer.koppelingen.length > 0 && regionaal.length <= 20}
          >
            <Vinkjes
              naam="koppelingen"
              label="Doelen van de regio"
              hulp="Alleen voor een doel van een gemeente"
              verplicht={false}
              waarden={invoer.koppelingen}
              opties={regionaal.map(({ doel: d }) => ({ waarde: String(d.doelId), naam: d.tekst }))}
              fouten={fouten}
            />
          </Inklap>
        )}
        <Meetvelden invoer={invoer} bereik={bereik} fouten={fouten} />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={doel !== null ? `/doelen/${doel.doelId}` : '/doelen'}>
            Terug zonder opslaan
          </KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

function Meetvelden({
  invoer,
  bereik,
  fouten,
}: Pick<DoelformulierProps, 'invoer' | 'bereik'> & { fouten: Problem['fouten'] }) {
  const veld = bindInvoer(invoer, fouten)
  return (
    <Inklap
      kop="Waarover gaat het, en hoe wordt het gemeten? (indicator en inzet)"
      open={invoer.soort === 'indicator' || invoer.soort === 'inzet'}
    >
      <Keuzelijst {...veld('over')} label="Gaat over" opties={deelgebiedOpties(bereik)} />
      <Metingvelden label="Wat wordt gemeten?" leeg="Nog niet te meten" veld={veld} />
      <Getalveld
        {...veld('streefwaarde')}
        label="Streefwaarde"
        hulp="In euro’s, personen of procenten, zoals de indicator zelf; laat leeg als er geen is"
        decimalen
        verplicht={false}
      />
      <Datumveld {...veld('streefOp')} label="Te bereiken op" verplicht={false} />
      <Tekstveld
        {...veld('ontbreekt')}
        label="Welke gegevens ontbreken nog?"
        hulp="Voor wat nog niet te meten is"
        regels={2}
        verplicht={false}
      />
    </Inklap>
  )
}

/** Everywhere in its own tree that the goal can hang: not under itself. */
function plekken(doelen: readonly Doelrij[], doel: Doelrij) {
  const boom = doelen.filter(
    d => d.gemeente === doel.gemeente && d.boom === doel.boom && d.beeindigdOp === null,
  )
  return buildBomen(boom)
    .flatMap(b => platteBoom(b.wortels))
    .filter(
      ({ doel: d }) => !liesUnder(doelen, d.doelId, doel.doelId) && waaromNietOnder('indicator', d) === '',
    )
    .map(({ doel: d, diepte }) => ({
      waarde: String(d.doelId),
      naam: `${'– '.repeat(diepte - 1)}${d.tekst}`,
    }))
}

/** A goal as the form says it. */
function opHetFormulier(nu: Doelrij, { bereik, doelen, gekoppeld }: DoelformulierProps) {
  const tekstVan = (id: number | null) => doelen.find(d => d.doelId === id)?.tekst
  return [
    { naam: 'Soort', waarde: SOORTNAAM[nu.soort] },
    { naam: 'Tekst', waarde: nu.tekst },
    { naam: 'Toelichting', waarde: nu.toelichting },
    { naam: 'Bron', waarde: nu.bron },
    { naam: 'Hangt onder', waarde: tekstVan(nu.ouderId) ?? 'Bovenaan de boom' },
    { naam: 'Plek in de rij', waarde: String(nu.volgorde) },
    ...(nu.gemeente === null
      ? []
      : [{ naam: 'Doelen van de regio', waarde: gekoppeld.map(tekstVan).join('; ') }]),
    { naam: 'Gaat over', waarde: naamVanDeelgebied(bereik, nu) },
    ...(nu.indicator === null
      ? []
      : [
          { naam: 'Wat wordt gemeten', waarde: indicatorVan(nu.indicator)?.naam },
          { naam: 'Streven', waarde: streefzin(nu) },
        ]),
    ...(nu.ontbreekt === null ? [] : [{ naam: 'Ontbreekt', waarde: nu.ontbreekt }]),
  ]
}
