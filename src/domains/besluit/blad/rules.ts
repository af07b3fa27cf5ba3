import {
  type Bestemming,
  highlight,
  type Methode,
  type Raakt,
  RICHTINGEN,
  type Richting,
  type Risico,
  type Vraagstand,
} from '../../doorloop/rules.ts'
import type { Wet } from '../../dossiers/rules.ts'

/** A conclusion as the sheet says it: complete, so that it can be read years later without anything else. */
export interface Bladconclusie {
  kwadrant: string
  richting: Richting
  tekst: string
  aanbod: string | null
  juridisch: { risico: Risico; uitleg: string; bron: string; datum: string }[]
  opdrachten: { bestemming: Bestemming; wat: string; eigenaar: string; uiterlijk: string | null }[]
}

export interface Bladantwoord {
  code: string
  vraag: string
  stand: Vraagstand
  tekst: string
  reden: string
}

/** "Alle keuzes op een rij": what college and raad get to see. Grondslag: 004 bijlage IV, figuur 10. */
export interface Blad {
  dossier: string
  thema: string
  wetten: Wet[]
  van: string
  doorloop: number
  trekker: string
  methode: string
  /** ISO date on which it was made. */
  datum: string
  kwadranten: { code: string; naam: string; fase: 'wat' | 'hoe'; antwoorden: Bladantwoord[] }[]
  conclusies: Bladconclusie[]
  /** Preconditions that are not met, with the motivation for going on. */
  gemotiveerd: { tekst: string; motivatie: string }[]
  dilemmas: { vraag: string; tekst: string; reactie: string }[]
}

export interface Bladfeiten {
  dossier: string
  thema: string
  wetten: Wet[]
  gemeenteNaam: string | null
  nummer: number
  trekker: string
  methode: Methode
  methodeVersie: number
  vandaag: string
  antwoorden: ReadonlyMap<string, { staat: Vraagstand; tekst: string; reden: string }>
  conclusies: readonly {
    conclusieId: number
    kwadrant: string
    richting: Richting
    tekst: string
    aanbodNaam: string | null
    raakt: Raakt
    kenmerken: readonly string[]
  }[]
  opdrachten: readonly {
    conclusieId: number
    bestemming: Bestemming
    wat: string
    eigenaarNaam: string
    uiterlijk: string | null
    vervallen: boolean
  }[]
  voorwaarden: ReadonlyMap<string, { stand: string; motivatie: string }>
  dilemmas: readonly { vraag: string; tekst: string; reactie: string | null }[]
}

/** Composes the sheet of a run as it stands. */
export function composeBlad(f: Bladfeiten): Blad {
  const { methode } = f
  return {
    dossier: f.dossier,
    thema: f.thema,
    wetten: f.wetten,
    van: f.gemeenteNaam ?? 'De regio',
    doorloop: f.nummer,
    trekker: f.trekker,
    methode: `${methode.naam}, versie ${f.methodeVersie}`,
    datum: f.vandaag,
    kwadranten: methode.kwadranten.map(k => ({
      code: k.code,
      naam: k.naam,
      fase: k.fase,
      antwoorden: k.vragen.map(vraag => {
        const antwoord = f.antwoorden.get(vraag.code)
        return {
          code: vraag.code,
          vraag: vraag.tekst,
          stand: antwoord?.staat ?? 'leeg',
          tekst: antwoord?.tekst ?? '',
          reden: antwoord?.reden ?? '',
        }
      }),
    })),
    conclusies: f.conclusies.map(c => ({
      kwadrant: c.kwadrant,
      richting: c.richting,
      tekst: c.tekst,
      aanbod: c.aanbodNaam,
      juridisch: highlight(
        { raakt: c.raakt, kenmerken: c.kenmerken, wetten: f.wetten },
        methode.juridisch,
      ).map(({ risico, uitleg, bron, datum }) => ({ risico, uitleg, bron, datum })),
      opdrachten: f.opdrachten
        .filter(o => o.conclusieId === c.conclusieId && !o.vervallen)
        .map(({ bestemming, wat, eigenaarNaam: eigenaar, uiterlijk }) => ({
          bestemming,
          wat,
          eigenaar,
          uiterlijk,
        })),
    })),
    gemotiveerd: methode.kwadranten
      .flatMap(k => k.randvoorwaarden)
      .flatMap(r => {
        const stand = f.voorwaarden.get(r.code)
        return stand?.stand === 'gemotiveerd' ? [{ tekst: r.tekst, motivatie: stand.motivatie }] : []
      }),
    dilemmas: f.dilemmas.map(d => ({
      vraag: methode.kwadranten.flatMap(k => k.vragen).find(v => v.code === d.vraag)?.tekst ?? '',
      tekst: d.tekst,
      reactie: d.reactie ?? '',
    })),
  }
}

/** Conclusions by what we are going to do, in the order of the sheet; empty directions stay, so that a gap shows. */
export function perRichting(blad: Blad): { richting: Richting; naam: string; conclusies: Bladconclusie[] }[] {
  return (Object.keys(RICHTINGEN) as Richting[]).map(richting => ({
    richting,
    naam: RICHTINGEN[richting],
    conclusies: blad.conclusies.filter(c => c.richting === richting),
  }))
}

/** The decision in one sentence, for the top of the sheet. */
export function samenvatting(blad: Blad): string {
  const delen = perRichting(blad)
    .filter(deel => deel.conclusies.length > 0)
    .map(deel => `${deel.conclusies.length} × ${deel.naam.toLowerCase()}`)
  return delen.length === 0 ? 'Er zijn nog geen conclusies.' : `${delen.join(', ')}.`
}

export type Orgaan = 'college' | 'raad'
export type Besluituitkomst = 'vastgesteld' | 'vastgesteld-met-wijziging' | 'aangehouden' | 'afgewezen'

export const ORGANEN: Readonly<Record<Orgaan, string>> = { college: 'College', raad: 'Raad' }
export const BESLUITEN: Readonly<Record<Besluituitkomst, string>> = {
  vastgesteld: 'Vastgesteld',
  'vastgesteld-met-wijziging': 'Vastgesteld met wijziging',
  aangehouden: 'Aangehouden',
  afgewezen: 'Afgewezen',
}

/** What is wrong with a decision as far as it was filled in: never in the future, and explained when it is more than a plain yes. */
export function checkBesluit(
  besluit: { datum?: string; uitkomst?: Besluituitkomst; toelichting?: string | null },
  vandaag: string,
) {
  const { datum = '', uitkomst = 'vastgesteld', toelichting } = besluit
  const fouten: { pad: string; melding: string }[] = []
  if (datum > vandaag) fouten.push({ pad: 'datum', melding: 'Een besluit ligt niet in de toekomst.' })
  if (uitkomst !== 'vastgesteld' && toelichting === null)
    fouten.push({ pad: 'toelichting', melding: 'Vul de toelichting in.' })
  return fouten
}

/**
 * The municipalities whose last word is not that the sheet was adopted; empty means that the run may be closed as decided.
 * `besluiten` in the order in which they were taken; `gemeenten` are all whose policy it is: policy of a region needs each.
 */
export function listNietAangenomen<G extends { waarde: string }>(
  besluiten: readonly { gemeente: string | null; uitkomst: Besluituitkomst }[],
  gemeenten: readonly G[],
): G[] {
  return gemeenten.filter(
    ({ waarde }) =>
      besluiten.findLast(b => b.gemeente === waarde)?.uitkomst.startsWith('vastgesteld') !== true,
  )
}
