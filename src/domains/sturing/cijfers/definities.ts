/** A figure as it is explained everywhere: beside the figure itself and on the page with all sources. */
export interface Definitie {
  /** Anchor on /bronnen; also the name in the API. */
  id: string
  naam: string
  definitie: string
  formule: string
  bron: string
  /** What one must not conclude from it. */
  valkuilen: readonly string[]
}

const VERTRAGING =
  'Aanbieders declareren later dan zij zorg geven. De laatste drie maanden zijn nog niet compleet; van een maand die net compleet heet, is ongeveer 9 op de 10 euro binnen. Een stijging kan dus iets groter zijn dan hier staat.'
const GOEDGEKEURD = 'Goedgekeurde declaratieregels (berichten 323 en 325), geteld in maandcijfers'

export const DEFINITIES = {
  besteed: {
    id: 'besteed',
    naam: 'Besteed',
    definitie:
      'Goedgekeurde declaraties voor zorg die in dit jaar is gegeven. De maand waarin de zorg is gegeven telt, niet de maand van betaling.',
    formule: 'som van goedgekeurde regels − som van creditregels',
    bron: GOEDGEKEURD,
    valkuilen: [VERTRAGING],
  },
  verandering: {
    id: 'verandering',
    naam: 'Verandering ten opzichte van vorig jaar',
    definitie:
      'Hetzelfde cijfer over dezelfde maanden van dit jaar en vorig jaar. Alleen complete maanden doen mee.',
    formule: '(dit jaar − vorig jaar) ÷ vorig jaar',
    bron: GOEDGEKEURD,
    valkuilen: [
      VERTRAGING,
      'Een hoger bedrag kan komen door meer cliënten, zwaardere zorg of een hogere prijs.',
      'Minder dan 10% verschil kan van indexering en late declaraties komen: zo’n verschil krijgt geen oordeel.',
    ],
  },
  plafond: {
    id: 'plafond',
    naam: 'Plafond',
    definitie:
      'Het bedrag dat een gemeente voor een segment en een jaar heeft vastgesteld. Wijzigt het, dan telt het laatste besluit. Het plafond van een segment geldt ook voor alle segmenten die eronder vallen; hebben die zelf ook een plafond, dan telt in een som alleen het bovenste.',
    formule: 'som van de laatst vastgestelde plafonds in de selectie, elk deel van het budget één keer',
    bron: 'Budgetplafonds per gemeente, segment en jaar',
    valkuilen: [
      'Waar geen plafond is vastgesteld, tellen de uitgaven niet mee in hoeveel van het plafond is benut.',
    ],
  },
  doorgerekend: {
    id: 'doorgerekend',
    naam: 'Doorgerekend tot het eind van het jaar',
    definitie:
      'Wat het jaar kost als de overige maanden zich tot de complete maanden verhouden zoals vorig jaar. Dit is een rekensom, geen voorspelling.',
    formule: 'besteed in complete maanden × (vorig jaar heel ÷ vorig jaar dezelfde maanden)',
    bron: GOEDGEKEURD,
    valkuilen: [
      VERTRAGING,
      'De som weet niets van wachtlijsten, nieuwe toewijzingen, prijzen of afspraken die later ingaan.',
    ],
  },
  nogTeDeclareren: {
    id: 'nogTeDeclareren',
    naam: 'Toegewezen, nog niet gedeclareerd',
    definitie:
      'De waarde van wat voor dit jaar is toegewezen, min wat daarvan al is gedeclareerd en goedgekeurd. Elke maand telt tegen het tarief van de eerste dag ervan, zoals de declaratie over die maand; is er geen tarief meer afgesproken, dan telt het laatste daarvoor. Een toewijzing zonder einddatum telt het hele jaar. Is de hulp gestopt, ook tijdelijk, dan telt zij tot en met de dag van de stop, en weer vanaf een nieuwe start.',
    formule: 'toegewezen volume × tarief van die maand, tot de stop − besteed',
    bron: 'Toewijzingen (bericht 301), gemelde starts en stops (305, 307), contracttarieven en goedgekeurde declaraties, geteld in maandcijfers',
    valkuilen: [
      'Niet alles wat is toegewezen wordt gebruikt. Van complete maanden komt er waarschijnlijk weinig meer bij.',
      'Een toewijzing zonder omvang heeft geen waarde; dan kan er meer zijn gedeclareerd dan toegewezen.',
      'Meldt een aanbieder geen stop, dan telt de toewijzing tot haar einddatum.',
      'Van een totaal of budget telt na een stop alleen het deel van de looptijd tot de stop. Was het eerder op, dan is er meer gedeclareerd dan toegewezen.',
    ],
  },
  clienten: {
    id: 'clienten',
    naam: 'Unieke cliënten',
    definitie:
      'Personen met ten minste één goedgekeurde regel in de periode. Wie zorg van meer segmenten, aanbieders of gemeenten krijgt, telt één keer.',
    formule: 'aantal verschillende personen',
    bron: 'Goedgekeurde declaratieregels, per persoon onder een versleutelde sleutel geteld',
    valkuilen: [
      'Een verschil met vorig jaar dat ook toeval kan zijn (tot 2 × de wortel uit beide aantallen samen), heet ongeveer even veel.',
      'Aantallen van segmenten, gemeenten of aanbieders mag u niet optellen: dan telt een persoon dubbel.',
      'Eén tot en met vier personen staat er als ‘minder dan 5’ voor wie geen cliëntgegevens mag zien.',
    ],
  },
  kostenPerClient: {
    id: 'kostenPerClient',
    naam: 'Kosten per cliënt',
    definitie:
      'Wat er in de periode per unieke cliënt is besteed. Een gemiddelde: enkele dure trajecten tellen zwaar.',
    formule: 'besteed ÷ unieke cliënten',
    bron: GOEDGEKEURD,
    valkuilen: [
      'Midden in het jaar zijn zowel het bedrag als het aantal cliënten nog te laag.',
      'Bij minder dan 5 cliënten tonen we geen gemiddelde aan wie geen cliëntgegevens mag zien.',
    ],
  },
  concentratie: {
    id: 'concentratie',
    naam: 'Concentratie van aanbieders',
    definitie:
      'Hoe sterk de zorg bij enkele aanbieders ligt. C5: aandeel van de vijf grootste in euro’s. C90: het kleinste aantal aanbieders dat samen 90 procent van de cliënten helpt. HHI: van 0 (veel kleine) tot 10.000 (één).',
    formule: 'C5 = som van de 5 grootste aandelen; HHI = som van (100 × aandeel)²',
    bron: GOEDGEKEURD,
    valkuilen: [
      'Onderaannemers zijn niet zichtbaar, en aanbieders van één concern tellen apart.',
      'Een cliënt bij twee aanbieders telt voor C90 bij allebei.',
    ],
  },
  marktaandeel: {
    id: 'marktaandeel',
    naam: 'Marktaandeel van een aanbieder',
    definitie:
      'Welk deel van de uitgaven aan een segment naar deze aanbieder gaat. Getoond wordt het segment met het grootste aandeel.',
    formule: 'besteed bij de aanbieder ÷ besteed bij alle aanbieders, zelfde segment en periode',
    bron: GOEDGEKEURD,
    valkuilen: ['Onderaannemers zijn niet zichtbaar. Een klein segment geeft snel een groot aandeel.'],
  },
  verwijzersEuro: {
    id: 'verwijzersEuro',
    naam: 'Verwijzers: aandeel in euro’s',
    definitie: 'Welk deel van de uitgaven hoort bij toewijzingen van deze verwijzer.',
    formule: 'besteed op toewijzingen van de verwijzer ÷ besteed',
    bron: `${GOEDGEKEURD}; verwijzer uit de registratie van de gemeente`,
    valkuilen: [
      'Dit is iets anders dan het aandeel in toewijzingen: een verwijzer met weinig maar zware verwijzingen telt hier zwaar. Zet de twee nooit naast elkaar in één grafiek.',
    ],
  },
  verwijzersToewijzingen: {
    id: 'verwijzersToewijzingen',
    naam: 'Verwijzers: aandeel in toewijzingen',
    definitie: 'Welk deel van de toewijzingen die in dit jaar ingaan, komt van deze verwijzer.',
    formule: 'nieuwe toewijzingen van de verwijzer ÷ alle nieuwe toewijzingen',
    bron: 'Toewijzingen (bericht 301), elk één keer geteld; verwijzer uit de registratie van de gemeente',
    valkuilen: [
      'Dit is iets anders dan het aandeel in euro’s. Zet de twee nooit naast elkaar in één grafiek.',
      'Een toewijzing die verlengt wat er al was, telt ook als nieuwe toewijzing.',
    ],
  },
  afkeur: {
    id: 'afkeur',
    naam: 'Redenen van afkeur',
    definitie: 'Waarom declaratieregels zijn afgekeurd. Een regel met twee fouten telt bij beide redenen.',
    formule: 'aantal bevindingen per retourcode; het bedrag telt alleen bij de eerste fout van een regel',
    bron: 'Bevindingen bij declaraties (bericht 325), geteld in maandcijfers',
    valkuilen: [
      'Een afgekeurde regel komt vaak verbeterd terug: het bedrag is niet bespaard.',
      'Afkeur is niet per segment bekend, want bij een onbekende toewijzing ontbreekt het segment.',
    ],
  },
} as const satisfies Record<string, Definitie>

export type DefinitieId = keyof typeof DEFINITIES
