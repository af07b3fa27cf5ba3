import { addMonths, type Datum, firstOfMonth, lastOfMonth } from '../../../platform/dates.ts'
import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Bericht, Bericht323, Bericht325, Klasse, Prestatie } from '../model/bericht.ts'
import { isDagtekening } from './datums.ts'
import { type Berichtcheck, type Inhoudsregel, inhoudsregel } from './inhoudsregel.ts'

/** Rules on declaratie (323) and its answer (325). */

/** Before this day nothing can be claimed with release 3 of the standard (CS100). */
const EERSTE_DECLARATIEDATUM: Datum = '2021-01-01'

type Declaratieclient = Klasse<'Client323'>

/** Every prestatie of a 323, with the numbers (from 1) of its client and itself. */
function bezoek(bericht: Bericht, wat: (prestatie: Prestatie, client: number, nummer: number) => void): void {
  const { clienten } = (bericht as Bericht323).declaratie
  for (let c = 0; c < clienten.length; c += 1) {
    const prestaties = clienten[c]?.prestaties ?? []
    for (let p = 0; p < prestaties.length; p += 1) {
      const prestatie = prestaties[p]
      if (prestatie !== undefined) wat(prestatie, c + 1, p + 1)
    }
  }
}

function padVan(client: number, nummer: number): string {
  return `/Bericht/Declaratie/Clienten/Client[${client}]/Prestaties/Prestatie[${nummer}]`
}

/** Debit adds, credit takes off; eurocents. */
function metTeken(bedrag: Eurocent, debetCredit: string): Eurocent {
  return debetCredit === 'C' ? -bedrag : bedrag
}

function som(clienten: readonly Declaratieclient[]): Eurocent {
  let totaal = 0
  for (const { prestaties } of clienten) {
    for (const { ingediendBedrag } of prestaties) {
      totaal += metTeken(ingediendBedrag.bedrag, ingediendBedrag.debetCredit)
    }
  }
  return totaal
}

const totaal = (bedrag: Klasse<'CDT_TotaalBedragMetDC'>) => metTeken(bedrag.totaalBedrag, bedrag.debetCredit)

const checkTotaal: Berichtcheck = ({ bericht }, meld) => {
  const { declaratie } = bericht as Bericht323
  const regels = som(declaratie.clienten)
  const opgegeven = totaal(declaratie.totaalIngediendBedrag)
  if (regels === opgegeven) return
  meld(
    '/Bericht/Declaratie/TotaalIngediendBedrag',
    `Er staat ${formatEuro(opgegeven)}; de regels zijn samen ${formatEuro(regels)}.`,
  )
}

/** TR342: a rejected declaratie grants nothing; otherwise the returned lines explain the difference. */
const checkAntwoord: Berichtcheck = ({ bericht }, meld) => {
  const { declaratieAntwoord: antwoord } = bericht as Bericht325
  if (antwoord === undefined) return
  const ingediend = totaal(antwoord.totaalIngediendBedrag)
  const toegekend = totaal(antwoord.totaalToegekendBedrag)
  const afgekeurd = antwoord.retourCodes.some(code => code !== '0200' && code !== '8001')
  if (afgekeurd) {
    if (toegekend !== 0) {
      meld(
        '/Bericht/DeclaratieAntwoord/TotaalToegekendBedrag',
        'Bij een afgekeurde declaratie is het toegekende bedrag 0.',
      )
    }
    return
  }
  const regels = som(antwoord.clienten ?? [])
  if (regels === ingediend - toegekend) return
  meld(
    '/Bericht/DeclaratieAntwoord',
    `Het verschil tussen ingediend en toegekend is ${formatEuro(ingediend - toegekend)}; de afgewezen regels zijn samen ${formatEuro(regels)}.`,
  )
}

const checkVorigUniek: Berichtcheck = ({ bericht }, meld) => {
  const gezien = new Set<string>()
  bezoek(bericht, ({ productReferentie }, client, nummer) => {
    const vorig = productReferentie.vorigReferentieNummer
    if (vorig === undefined) return
    if (gezien.has(vorig)) meld(`${padVan(client, nummer)}/ProductReferentie/VorigReferentieNummer`)
    gezien.add(vorig)
  })
}

const checkVorigElders: Berichtcheck = ({ bericht }, meld) => {
  const vorige = new Set<string>()
  bezoek(bericht, ({ productReferentie: { vorigReferentieNummer: vorig } }) => {
    if (vorig !== undefined) vorige.add(vorig)
  })
  if (vorige.size === 0) return
  const ookHier = new Set<string>()
  bezoek(bericht, ({ productReferentie: { referentieNummer } }) => {
    if (vorige.has(referentieNummer)) ookHier.add(referentieNummer)
  })
  bezoek(bericht, ({ productReferentie: { vorigReferentieNummer: vorig } }, client, nummer) => {
    if (vorig !== undefined && ookHier.has(vorig)) {
      meld(`${padVan(client, nummer)}/ProductReferentie/VorigReferentieNummer`)
    }
  })
}

const leveringVan = ({ toewijzingNummer, productCategorie, productCode, productPeriode }: Prestatie) =>
  `${toewijzingNummer} ${productCategorie} ${productPeriode.begindatum} ${productPeriode.einddatum} ${productCode}`

/** Most toewijzingen have one line, so keys are only made from the second line on. */
const checkDebetEenmaal: Berichtcheck = ({ bericht }, meld) => {
  const eersten = new Map<number, Prestatie>()
  const gezien = new Set<string>()
  bezoek(bericht, (prestatie, client, nummer) => {
    if (prestatie.ingediendBedrag.debetCredit !== 'D') return
    const eerste = eersten.get(prestatie.toewijzingNummer)
    if (eerste === undefined) {
      eersten.set(prestatie.toewijzingNummer, prestatie)
      return
    }
    const levering = leveringVan(prestatie)
    if (gezien.add(leveringVan(eerste)).has(levering)) meld(padVan(client, nummer))
    gezien.add(levering)
  })
}

const checkVerjaard: Berichtcheck = ({ bericht }, meld) => {
  const { declaratieDagtekening } = (bericht as Bericht323).declaratie
  if (!isDagtekening(declaratieDagtekening)) return
  const grens = addMonths(declaratieDagtekening, -5 * 12)
  bezoek(bericht, ({ productPeriode }, client, nummer) => {
    if (productPeriode.einddatum < grens) meld(`${padVan(client, nummer)}/ProductPeriode/Einddatum`)
  })
}

function isHeleMaand({ begindatum, einddatum }: Klasse<'CDT_GeslotenPeriode'>): boolean {
  return begindatum === firstOfMonth(begindatum) && einddatum === lastOfMonth(begindatum)
}

export const DECLARATIEREGELS: readonly Inhoudsregel[] = [
  inhoudsregel({
    code: 'CD060',
    titel: 'Het vorige referentienummer hoort alleen bij een creditregel',
    watTeDoen: 'Vul bij een creditregel het referentienummer van de debetregel in, en laat het anders weg.',
    berichten: [323, 325],
    delen: {
      Prestatie: ({ productReferentie, ingediendBedrag }) =>
        (ingediendBedrag.debetCredit === 'C') === (productReferentie.vorigReferentieNummer !== undefined)
          ? undefined
          : 'ProductReferentie/VorigReferentieNummer',
    },
  }),
  inhoudsregel({
    code: 'CD087',
    titel: 'Het tarief past niet bij de eenheid',
    watTeDoen: 'Laat het tarief weg bij euro’s (83) en vul het in bij elke andere eenheid.',
    berichten: [323],
    delen: {
      Prestatie: ({ eenheid, productTarief }) =>
        (eenheid === '83') === (productTarief === undefined) ? undefined : 'ProductTarief',
    },
  }),
  inhoudsregel({
    code: 'CS100',
    titel: 'De periode ligt voor de eerste dag die met deze standaard gedeclareerd mag worden',
    watTeDoen: 'Dien deze periode buiten dit bericht in.',
    berichten: [323],
    delen: {
      Declaratie: ({ declaratiePeriode: { begindatum, einddatum } }, { opties }) => {
        const eerste = opties.eersteDeclaratieDatum ?? EERSTE_DECLARATIEDATUM
        return begindatum < eerste || einddatum < eerste ? 'DeclaratiePeriode' : undefined
      },
      Prestatie: ({ productPeriode: { begindatum, einddatum } }, { opties }) => {
        const eerste = opties.eersteDeclaratieDatum ?? EERSTE_DECLARATIEDATUM
        return begindatum < eerste || einddatum < eerste ? 'ProductPeriode' : undefined
      },
    },
  }),
  inhoudsregel({
    code: 'CS325',
    titel: 'Een bedrag van 0 staat er als credit',
    watTeDoen: 'Zet bij een bedrag van 0 debet (D).',
    berichten: [323, 325],
    delen: {
      CDT_BedragMetDC: ({ bedrag, debetCredit }) =>
        bedrag === 0 && debetCredit !== 'D' ? 'DebetCredit' : undefined,
      CDT_TotaalBedragMetDC: ({ totaalBedrag, debetCredit }) =>
        totaalBedrag === 0 && debetCredit !== 'D' ? 'DebetCredit' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CS337',
    titel: 'De productperiode loopt over meer dan één maand',
    watTeDoen: 'Splits de regel per kalendermaand.',
    berichten: [323],
    delen: {
      Prestatie: ({ productPeriode: { begindatum, einddatum } }) =>
        begindatum.slice(0, -3) === einddatum.slice(0, -3) ? undefined : 'ProductPeriode/Einddatum',
    },
  }),
  inhoudsregel({
    code: 'CS339',
    titel: 'Bij euro’s is het bedrag niet gelijk aan het volume',
    watTeDoen: 'Vul bij eenheid 83 het volume in eurocenten in, gelijk aan het ingediende bedrag.',
    berichten: [323],
    delen: {
      Prestatie: ({ eenheid, geleverdVolume, ingediendBedrag }) =>
        eenheid === '83' && ingediendBedrag.bedrag !== geleverdVolume ? 'IngediendBedrag' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CS340',
    titel: 'De declaratieperiode is niet precies één kalendermaand',
    watTeDoen: 'Vul de eerste en de laatste dag van dezelfde maand in.',
    berichten: [323],
    delen: {
      Declaratie: ({ declaratiePeriode }) =>
        isHeleMaand(declaratiePeriode) ? undefined : 'DeclaratiePeriode',
    },
  }),
  inhoudsregel({
    code: 'TR315',
    titel: 'Dezelfde debetregel wordt in dit bericht twee keer gecrediteerd',
    watTeDoen: 'Crediteer elke debetregel één keer.',
    berichten: [323],
    geheel: checkVorigUniek,
  }),
  inhoudsregel({
    code: 'TR316',
    titel: 'Een regel uit dit bericht wordt in hetzelfde bericht gecrediteerd',
    watTeDoen: 'Laat beide regels weg, of crediteer de regel in een later bericht.',
    berichten: [323],
    geheel: checkVorigElders,
  }),
  inhoudsregel({
    code: 'TR335',
    titel: 'De productperiode eindigt meer dan vijf jaar voor de dagtekening van de declaratie',
    watTeDoen: 'Een prestatie van zo lang geleden kan niet meer worden gedeclareerd; laat de regel weg.',
    berichten: [323],
    geheel: checkVerjaard,
  }),
  inhoudsregel({
    code: 'TR342',
    titel: 'De bedragen van het antwoord kloppen niet met de afgewezen regels',
    watTeDoen: 'Neem precies de afgewezen regels op en bereken het toegekende bedrag opnieuw.',
    berichten: [325],
    geheel: checkAntwoord,
  }),
  inhoudsregel({
    code: 'TR358',
    titel: 'Het totaalbedrag is niet de som van de regels',
    watTeDoen: 'Tel de debetregels op en trek de creditregels af.',
    berichten: [323],
    geheel: checkTotaal,
  }),
  inhoudsregel({
    code: 'TR416',
    titel: 'Er zijn twee debetregels voor dezelfde toewijzing, hetzelfde product en dezelfde periode',
    watTeDoen: 'Voeg de regels samen tot één regel per periode.',
    berichten: [323],
    geheel: checkDebetEenmaal,
  }),
]
