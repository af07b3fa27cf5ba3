import type {
  Bericht301,
  Bericht305,
  Bericht307,
  Bericht323,
  Prestatie,
} from '../../domains/istandaard/index.ts'
import { dateInNederland, timeInNederland } from '../../platform/dates.ts'
import type { Kalender } from '../basis/kalender.ts'
import { type Domein, GEMEENTEN } from '../basis/preset.ts'
import type { Persoon } from '../zorg/personen.ts'
import type { Declaratie } from './declareren.ts'
import type { Regel } from './regel.ts'
import type { Toewijzing, Versie } from './toewijzen.ts'

export type DemoBericht = Bericht301 | Bericht305 | Bericht307 | Bericht323

const BERICHTCODES = {
  jw: { 301: '436', 305: '438', 307: '440', 323: '490' },
  wmo: { 301: '414', 305: '418', 307: '420', 323: '484' },
} as const
type Nummer = 301 | 305 | 307 | 323

/** Names, numbers and addresses the message builders need. */
export interface Adresboek {
  kalender: Kalender
  personen: readonly Persoon[]
  /** AGB code per provider index. */
  agb: readonly string[]
  /** BSNs that belong to nobody. */
  reserve: readonly string[]
}

function header(
  domein: Domein,
  nummer: Nummer,
  afzender: string,
  ontvanger: string,
  identificatie: string,
  dagtekening: string,
) {
  return {
    berichtCode: BERICHTCODES[domein][nummer],
    berichtVersie: 3,
    berichtSubversie: 2,
    afzender,
    ontvanger,
    berichtIdentificatie: { identificatie, dagtekening },
    xsdVersie: { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '1.0.0' },
  }
}

function naamVan<N extends Nummer>(domein: Domein, nummer: N): `${'WMO' | 'JW'}${N}` {
  return domein === 'jw' ? `JW${nummer}` : `WMO${nummer}`
}

/** A toewijzing as one 301 tells it. */
export interface Verteld {
  toewijzing: Toewijzing
  versie: Versie
  /** Changed since the previous 301; otherwise it is repeated without reden (OP087, IV099). */
  gewijzigd: boolean
}

/** 301 with all toewijzingen of one client at one provider. Grondslag: OP087. */
export function bericht301(
  boek: Adresboek,
  verteld: readonly Verteld[],
  identificatie: string,
  dagtekening: string,
): Bericht301 | undefined {
  const traject = verteld[0]?.toewijzing.traject
  const persoon = traject && boek.personen[traject.persoon]
  if (!traject || !persoon) return undefined
  const { domein } = traject
  const adres = {
    huis: { huisnummer: persoon.huisnummer },
    postcode: persoon.postcode,
    straatnaam: persoon.straat,
    plaatsnaam: persoon.plaats,
    landCode: 'NL',
  }
  const telefoon = { telefoon01: { telefoonnummer: persoon.telefoon, landnummer: '0031' } }
  return {
    bericht: naamVan(domein, 301),
    domein,
    header: header(
      domein,
      301,
      gemeente(traject.gemeente),
      boek.agb[traject.aanbieder] ?? '',
      identificatie,
      dagtekening,
    ),
    client: {
      bsn: persoon.bsn,
      geboortedatum: { datum: persoon.geboortedatum },
      geslacht: persoon.geslacht,
      naam: {
        geslachtsnaam: { achternaam: persoon.achternaam },
        voornamen: persoon.voornaam,
        voorletters: persoon.voornaam.slice(0, 1),
        naamGebruik: '1',
      },
      // A youth comes with the parent that decides (OP001).
      ...(domein === 'jw'
        ? {
            relaties: [
              {
                nummer: '1',
                soort: '10',
                naam: {
                  geslachtsnaam: { achternaam: persoon.achternaam },
                  voornamen: 'Ouder',
                  voorletters: 'O',
                  naamGebruik: '1',
                },
                contact: { soort: '01', adres, telefoon },
              },
            ],
          }
        : {}),
      contactgegevens: [{ soort: '01', adres, telefoon }],
      toegewezenProducten: verteld.map(({ toewijzing, versie, gewijzigd }) => {
        const { product } = toewijzing.traject
        return {
          toewijzingNummer: toewijzing.nummer,
          product: { categorie: product.categorie, code: product.code },
          toewijzingsdatum: dateInNederland(new Date(versie.moment)),
          toewijzingstijd: timeInNederland(new Date(versie.moment)),
          ingangsdatum: toewijzing.begin,
          einddatum: versie.eind,
          ...(gewijzigd && versie.reden !== undefined ? { redenWijziging: versie.reden } : {}),
          omvang: {
            volume: toewijzing.volume,
            eenheid: product.eenheid,
            frequentie: String(product.frequentie),
          },
        }
      }),
    },
  }
}

function gemeente(index: number): string {
  return GEMEENTEN[index]?.code ?? ''
}

function kort(persoon: Persoon) {
  return {
    bsn: persoon.bsn,
    geboortedatum: { datum: persoon.geboortedatum },
    geslacht: persoon.geslacht,
    naam: { geslachtsnaam: { achternaam: persoon.achternaam }, voorletters: persoon.voornaam.slice(0, 1) },
  }
}

/** 305 or 307 of one toewijzing; undefined when the provider never sent it. */
export function berichtStartStop(
  boek: Adresboek,
  soort: 305 | 307,
  toewijzing: Toewijzing,
  identificatie: string,
  dagtekening: string,
): Bericht305 | Bericht307 | undefined {
  const { traject, start, stop } = toewijzing
  const persoon = boek.personen[traject.persoon]
  if (!persoon || !start) return undefined
  const { domein, product } = traject
  const kop = header(
    domein,
    soort,
    boek.agb[traject.aanbieder] ?? '',
    gemeente(traject.gemeente),
    identificatie,
    dagtekening,
  )
  const sleutel = {
    toewijzingNummer: toewijzing.nummer,
    product: { categorie: product.categorie, code: product.code },
    toewijzingIngangsdatum: toewijzing.begin,
    begindatum: start.begindatum,
  }
  if (soort === 305) {
    const startProducten = [{ ...sleutel, statusAanlevering: '1' }]
    return {
      bericht: naamVan(domein, 305),
      domein,
      header: kop,
      client: { ...kort(persoon), startProducten },
    }
  }
  if (!stop) return undefined
  const stopProducten = [
    { ...sleutel, redenBeeindiging: stop.reden, einddatum: stop.einddatum, statusAanlevering: '1' },
  ]
  return { bericht: naamVan(domein, 307), domein, header: kop, client: { ...kort(persoon), stopProducten } }
}

function prestatie(regel: Regel): Prestatie {
  const { product } = regel.toewijzing.traject
  return {
    productReferentie: {
      referentieNummer: regel.ref,
      ...(regel.vorige === undefined ? {} : { vorigReferentieNummer: regel.vorige }),
    },
    toewijzingNummer: regel.afwijking?.nummer ?? regel.toewijzing.nummer,
    productCategorie: product.categorie,
    productCode: regel.afwijking?.code ?? product.code,
    productPeriode: { begindatum: regel.begin, einddatum: regel.eind },
    geleverdVolume: regel.volume,
    eenheid: regel.afwijking?.eenheid ?? product.eenheid,
    ...(regel.tarief === null ? {} : { productTarief: regel.tarief }),
    ingediendBedrag: { bedrag: regel.bedrag, debetCredit: regel.credit ? 'C' : 'D' },
  }
}

/** 323: the lines of one provider for one gemeente over one month, grouped by client. */
export function bericht323(boek: Adresboek, declaratie: Declaratie, identificatie: string): Bericht323 {
  const { domein, maand, regels } = declaratie
  const perClient = new Map<string, Prestatie[]>()
  let totaal = 0
  for (const regel of regels) {
    totaal += regel.credit ? -regel.bedrag : regel.bedrag
    const reserve = regel.afwijking?.bsn
    const bsn =
      (reserve === undefined
        ? boek.personen[regel.toewijzing.traject.persoon]?.bsn
        : boek.reserve[reserve]) ?? ''
    const rij = perClient.get(bsn)
    if (rij) rij.push(prestatie(regel))
    else perClient.set(bsn, [prestatie(regel)])
  }
  const begindatum = boek.kalender.begin(maand)
  const dagtekening = declaratie.ontvangen.slice(0, 10)
  const code = gemeente(declaratie.gemeente)
  return {
    bericht: naamVan(domein, 323),
    domein,
    header: header(domein, 323, boek.agb[declaratie.aanbieder] ?? '', code, identificatie, dagtekening),
    declaratie: {
      declaratieNummer: `D${code}${begindatum.slice(2, 4)}${begindatum.slice(5, 7)}`,
      declaratiePeriode: { begindatum, einddatum: boek.kalender.eind(maand) },
      declaratieDagtekening: dagtekening,
      totaalIngediendBedrag: { totaalBedrag: Math.abs(totaal), debetCredit: totaal < 0 ? 'C' : 'D' },
      clienten: [...perClient]
        .sort((a, b) => (a[0] < b[0] ? -1 : 1))
        .map(([bsn, prestaties]) => ({ bsn, prestaties })),
    },
  }
}
