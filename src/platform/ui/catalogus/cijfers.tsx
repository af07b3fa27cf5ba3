import { Gestapeld, Grensdiagram, Lijndiagram, Pareto, Staafdiagram } from '../../charts/index.ts'
import { formatMiljoen } from '../../money.ts'
import { Kaart, Kengetal, Kengetallen, Raster } from '../cijfers.tsx'
import { Badge, Melding, Voortgang } from '../melding.tsx'
import { Alinea, Kop, Lijst, LosseLink } from '../tekst.tsx'

const UITLEG = {
  definitie: 'Som van alle goedgekeurde declaratieregels in dit jaar.',
  formule: 'Σ bedrag van goedgekeurde regels − Σ gecrediteerde regels',
  bron: 'Declaratieberichten van aanbieders',
  bijgewerkt: '22-11-2026 08:15',
}

const MAANDEN = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']
const VORIG = [3.02, 2.98, 3.11, 3.05, 3.14, 3.2, 2.91, 2.88, 3.22, 3.31, 3.28, 3.4].map(m => m * 1e8)
const DIT = [3.21, 3.18, 3.35, 3.29, 3.42, 3.44, 3.12, 3.1, 3.46, 2.9, 1.6, null].map(m =>
  m === null ? null : m * 1e8,
)

/** Messages, badges, figures and charts. */
export function Cijfers() {
  return (
    <>
      <Kop niveau={2}>Kengetallen</Kop>
      <Kengetallen>
        <Kengetal
          label="Besteed in 2026"
          waarde={formatMiljoen(3_812_345_600)}
          wijziging={{ richting: 'op', tekst: '4,1% meer dan vorig jaar', oordeel: 'slecht' }}
          uitleg={UITLEG}
          href="/componenten"
        />
        <Kengetal
          label="Unieke cliënten"
          waarde="4.318"
          wijziging={{ richting: 'af', tekst: '1,2% minder dan vorig jaar' }}
          uitleg={{ ...UITLEG, definitie: 'Cliënten met ten minste één goedgekeurde regel in het jaar.' }}
        />
        <Kengetal
          label="Kosten per cliënt"
          waarde="€ 8.829"
          wijziging={{ richting: 'gelijk', tekst: 'gelijk aan vorig jaar' }}
          toelichting="Oktober en november zijn nog niet compleet."
        />
        <Kengetal
          label="Op tijd beantwoord"
          waarde="98,7%"
          wijziging={{ richting: 'op', tekst: '2,0% meer dan vorig jaar', oordeel: 'goed' }}
        />
      </Kengetallen>
      <Kop niveau={2}>Grafieken</Kop>
      <Raster>
        <Lijndiagram
          titel="Uitgaven per maand"
          lezing="Tot en met september lagen de uitgaven elke maand boven die van vorig jaar."
          labels={MAANDEN}
          kop="Maand"
          lijnen={[
            { naam: '2026', waarden: DIT, voorlopigVanaf: 9 },
            { naam: '2025', waarden: VORIG },
          ]}
          format={formatMiljoen}
          csv="/componenten?als=csv"
        />
        <Staafdiagram
          titel="Besteed per gemeente"
          lezing="Aarveld geeft het meeste uit."
          koppen={['Gemeente', 'Besteed']}
          format={formatMiljoen}
          staven={[
            { naam: 'Aarveld', waarde: 1_420_000_000 },
            { naam: 'Bremerdam', waarde: 845_000_000 },
          ]}
          csv="/componenten?als=csv"
        />
        <Grensdiagram
          titel="Besteed ten opzichte van het plafond"
          lezing="Oosterhage is over het plafond heen, Bremerdam komt erboven uit."
          koppen={['Gemeente', 'Besteed', 'Plafond']}
          format={formatMiljoen}
          staven={[
            {
              naam: 'Oosterhage',
              waarde: 1_108_000_000,
              grens: 1_050_000_000,
              verwacht: 1_300_000_000,
              oordeel: 'over het plafond heen',
            },
            {
              naam: 'Bremerdam',
              waarde: 845_000_000,
              grens: 900_000_000,
              verwacht: 990_000_000,
              oordeel: 'komt boven het plafond uit',
            },
            { naam: 'Aarveld', waarde: 1_420_000_000, grens: 1_600_000_000, verwacht: null },
            {
              naam: 'Sint Odulfskerke aan de Noordervaart',
              href: '/componenten',
              waarde: 310_000_000,
              grens: 420_000_000,
              verwacht: 400_000_000,
            },
          ]}
          csv="/componenten?als=csv"
        />
        <Gestapeld
          titel="Uitgaven per segment"
          lezing="In alle gemeenten gaat het meeste geld naar ambulante hulp."
          kop="Gemeente"
          reeksen={['Ambulant', 'Verblijf', 'Begeleiding', 'Overig']}
          format={formatMiljoen}
          stapels={[
            { naam: 'Aarveld', waarden: [700_000_000, 420_000_000, 200_000_000, 100_000_000] },
            { naam: 'Oosterhage', waarden: [600_000_000, 300_000_000, 158_000_000, 50_000_000] },
            { naam: 'Bremerdam', waarden: [445_000_000, 200_000_000, 200_000_000, 0] },
          ]}
        />
        <Pareto
          titel="Concentratie van aanbieders"
          lezing="Een vijfde van de aanbieders ontvangt vier vijfde van het geld."
          eenheid={['aanbieder', 'aanbieders']}
          format={formatMiljoen}
          aandelen={Array.from({ length: 60 }, (_, i) => ({
            naam: `Aanbieder ${i + 1}`,
            waarde: Math.round(9e8 / (i + 1) ** 1.35),
          }))}
        />
        <Staafdiagram
          titel="Grafiek zonder gegevens"
          lezing="Nog geen verwijzers bekend."
          koppen={['Verwijzer', 'Aantal']}
          format={String}
          staven={[]}
        />
        <Kaart kop="Kaart met een link" href="/componenten" naast={<Badge toon="info">Nieuw</Badge>}>
          <Alinea>Een kaart houdt bij elkaar wat bij één onderwerp hoort.</Alinea>
          <Voortgang label="Berichten ingelezen" klaar={1840} totaal={2600} />
          <Voortgang label="Klaar" klaar={2600} totaal={2600} />
          <LosseLink href="/componenten">Bekijk alle berichten</LosseLink>
        </Kaart>
      </Raster>
      <Kop niveau={2}>Meldingen</Kop>
      <Melding soort="info" kop="De cijfers van november zijn nog niet compleet">
        Aanbieders hebben een maand de tijd om te declareren.
      </Melding>
      <Melding soort="succes" kop="Het contract is opgeslagen" />
      <Melding soort="waarschuwing" kop="Nog 3 werkdagen om te antwoorden">
        12 declaraties wachten op een besluit.
      </Melding>
      <Melding soort="fout">Dit bestand is geen geldig bericht.</Melding>
      <Kop niveau={2}>Labels en tekst</Kop>
      <p className="sam-knoppen">
        <Badge>Concept</Badge>
        <Badge toon="accent">Jeugdwet</Badge>
        <Badge toon="info">In behandeling</Badge>
        <Badge toon="succes">Goedgekeurd</Badge>
        <Badge toon="waarschuwing">Deels afgekeurd</Badge>
        <Badge toon="fout">Afgekeurd</Badge>
      </p>
      <Alinea maat="groot">Een inleidende zin zegt meteen wat er aan de hand is.</Alinea>
      <Alinea>Gewone tekst legt uit wat u ziet en wat u kunt doen.</Alinea>
      <Alinea maat="klein">Kleine tekst is voor een bron of een voetnoot.</Alinea>
      <Lijst items={['Eerste punt', 'Tweede punt']} />
      <Lijst genummerd items={['Eerst dit', 'Dan dat']} />
      <Kop niveau={3}>Kop van niveau 3</Kop>
      <Kop niveau={4}>Kop van niveau 4</Kop>
    </>
  )
}
