import { ROL, ROLLEN } from '../../../platform/auth/rollen.ts'
import type { Fout } from '../../../platform/problem.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import type { Groep } from '../../../platform/velden/groepen.ts'
import { datum, getal, keuze, tekst, verwijzing, vinkje } from '../../../platform/velden/soorten.ts'
import type { Veld } from '../../../platform/velden/veld.ts'
import { AARD, GEEN_GROND, type Gegevenslijst, toOpties } from '../gegevens/lijst.ts'
import {
  ALTERNATIEVEN,
  ANTWOORD,
  ANTWOORDEN,
  type Inhoud,
  isGevoelig,
  type Stroom,
} from '../register/rules.ts'
import type { Tekst, Weging } from '../register/store.ts'

const LANG = 5000

const alternatief = (code: keyof typeof ALTERNATIEVEN, noem: string) =>
  tekst({
    label: ALTERNATIEVEN[code],
    noem,
    hulp: 'Is dit genoeg? Waarom wel of niet?',
    max: LANG,
    regels: 2,
  })

/** The head of a weighing: name, purpose, people, alternatives, period. Only who works for the whole region may leave open for whom. */
export const hoofdvelden = (lijst: Gegevenslijst, regionaal: boolean) => ({
  activiteit: tekst({
    label: 'Activiteit',
    noem: 'de activiteit',
    hulp: 'Waarbij wordt uitgewisseld? Bijvoorbeeld: casusoverleg bij gezinnen met meer problemen',
    max: 200,
  }),
  doel: keuze({ label: 'Doel', kies: 'Kies het doel.', opties: toOpties(lijst.doelen) }),
  doelTekst: tekst({
    label: 'Het doel, scherp omschreven',
    noem: 'de omschrijving van het doel',
    hulp: 'Wat is er bereikt als dit lukt? Hoe scherper, hoe minder gegevens er nodig zijn.',
    max: LANG,
    regels: 3,
  }),
  betrokkenen: tekst({
    label: 'Om wie gaat het?',
    kop: 'Betrokkenen',
    noem: 'om wie het gaat',
    hulp: 'Een groep, nooit een persoon. Bijvoorbeeld: gezinnen die hulp krijgen van jeugd en Wmo',
    max: 1000,
    regels: 2,
  }),
  gemeente: verwijzing<boolean>({
    label: 'Geldt voor',
    kies: 'Kies een gemeente waarvoor u werkt.',
    verplicht: !regionaal,
    geen: 'De hele regio',
  }),
  dossier: verwijzing({
    label: 'Beleidsdossier',
    kies: 'Kies een dossier uit de lijst.',
    verplicht: false,
    geen: 'Geen',
  }),
  anoniem: alternatief('anoniem', 'waarom anoniem bespreken wel of niet genoeg is'),
  minst: alternatief('minst', 'waarom minder gegevens wel of niet genoeg zijn'),
  zelf: alternatief('zelf', 'waarom de inwoner het wel of niet zelf kan brengen'),
  toestemming: vinkje({
    label: 'De inwoner wordt om toestemming gevraagd',
    kop: 'Toestemming wordt gevraagd',
  }),
  beveiliging: tekst({
    label: 'Beveiliging',
    noem: 'de beveiliging',
    hulp: 'Hoe gaan de gegevens over, wie kan erbij, en hoe ziet u dat terug?',
    max: 2000,
    regels: 2,
  }),
  doorgifte: tekst({
    label: 'Doorgifte buiten de Europese Economische Ruimte',
    kop: 'Doorgifte buiten de EER',
    noem: 'de doorgifte',
    hulp: 'Leeg: er gaat niets buiten de EER',
    max: 1000,
    verplicht: false,
  }),
  geldigVanaf: datum({ label: 'Eerste dag', leeg: 'Vul de eerste dag in, zoals 01-01-2027.' }),
  geldigTot: datum({
    label: 'Laatste dag',
    hulp: 'Na deze dag mag het niet meer, tot er een herziening is. Bijvoorbeeld 31-12-2028',
    leeg: 'Vul de laatste dag in, zoals 31-12-2028, of laat het leeg.',
    verplicht: false,
  }),
})
export type Hoofdvelden = ReturnType<typeof hoofdvelden>
type Hoofd = Gegevens<Hoofdvelden>

export const HOOFDDELEN: readonly Groep<Hoofdvelden>[] = [
  { naam: 'doel', kop: 'Waarbij en waarvoor?', velden: ['activiteit', 'doel', 'doelTekst'] },
  { naam: 'betrokkenen', kop: 'Om wie gaat het?', velden: ['betrokkenen', 'gemeente', 'dossier'] },
  { naam: 'alternatieven', kop: 'Kan het zonder?', velden: ['anoniem', 'minst', 'zelf'] },
  { naam: 'zorgvuldig', kop: 'Zorgvuldig', velden: ['toestemming', 'beveiliging', 'doorgifte'] },
  { naam: 'periode', kop: 'Hoe lang geldt het?', velden: ['geldigVanaf', 'geldigTot'] },
]

export function checkPeriode({ geldigVanaf, geldigTot }: Partial<Hoofd>): Fout[] {
  const om = geldigVanaf !== undefined && geldigTot != null && geldigTot < geldigVanaf
  return om ? [{ pad: 'geldigTot', melding: 'De laatste dag ligt voor de eerste dag.' }] : []
}

/** A weighing as the form of its head has it. */
export function toHoofd({ inhoud, dossierId, ...w }: Weging): Hoofd {
  return {
    ...w,
    ...inhoud,
    ...inhoud.alternatieven,
    dossier: dossierId === null ? null : String(dossierId),
    doorgifte: inhoud.doorgifte || null,
  }
}

/** The same as it is kept, without its flows and its DPIA. */
export function fromHoofd(hoofd: Hoofd): Omit<Tekst, 'lijstId' | 'inhoud'> & {
  inhoud: Omit<Inhoud, 'stromen' | 'dpia' | 'dpiaVerwijzing'>
} {
  const { activiteit, doel, gemeente, dossier, geldigVanaf, geldigTot, ...rest } = hoofd
  const { anoniem, minst, zelf, doorgifte, ...inhoud } = rest
  return {
    activiteit,
    doel,
    gemeente,
    dossierId: dossier === null ? null : Number(dossier),
    geldigVanaf,
    geldigTot,
    inhoud: {
      ...inhoud,
      alternatieven: { anoniem, minst, zelf },
      doorgifte: doorgifte ?? '',
    },
  }
}

export const MAX_BEWAARMAANDEN = 240

/** One flow: from whom, to whom, on what ground, which data and why. A data element is part of it when it says why it is needed. */
export const stroomvelden = (lijst: Gegevenslijst) => ({
  vanDomein: keuze({
    label: 'Uit welk domein komen de gegevens?',
    kies: 'Kies uit welk domein de gegevens komen.',
    opties: toOpties(lijst.domeinen),
  }),
  vanRol: tekst({
    label: 'Wie geeft ze?',
    noem: 'wie de gegevens geeft',
    hulp: 'Een functie of team, nooit een naam',
    max: 200,
  }),
  naarRol: keuze({
    label: 'Welke rol in dit systeem krijgt ze te zien?',
    kies: 'Kies een rol uit de lijst.',
    geen: 'Geen: de ontvanger werkt niet in dit systeem',
    verplicht: false,
    opties: ROLLEN.map(waarde => ({ waarde, naam: ROL[waarde].naam })),
  }),
  naarOrganisatie: tekst({
    label: 'Bij welke organisatie of welk team?',
    noem: 'bij welke organisatie of welk team de ontvanger hoort',
    max: 200,
  }),
  grond: keuze({
    label: 'Op welke wettelijke grond?',
    hulp: 'Zonder grond kan de weging alleen eindigen met: niet toegestaan.',
    kies: 'Kies de grond, of dat er geen is gevonden.',
    opties: [
      ...lijst.gronden.map(({ code, artikel, vanaf }) => ({
        waarde: code,
        naam: vanaf === null ? `${artikel} (niet in werking)` : artikel,
      })),
      { waarde: GEEN_GROND, naam: 'Geen grondslag gevonden' },
    ],
  }),
  grondToelichting: tekst({
    label: 'Waarom past deze grond?',
    noem: 'de toelichting op de grond',
    hulp: 'Bij bijzondere gegevens, strafrechtelijke gegevens of het BSN: noem ook de uitzondering waarop u zich beroept.',
    max: LANG,
    regels: 3,
    verplicht: false,
    verplichtBij: 'gevoelige gegevens, en als er geen grond is',
  }),
  ...waaromvelden(lijst),
  bewaarMaanden: getal({
    label: 'Hoe lang bewaart de ontvanger ze?',
    leeg: `Vul het aantal maanden in, van 0 tot en met ${MAX_BEWAARMAANDEN}. 0 is: niet bewaren.`,
    max: MAX_BEWAARMAANDEN,
    eenheid: 'maanden',
  }),
  bewaargrond: tekst({
    label: 'Waarom zo lang?',
    noem: 'waarom de gegevens zo lang worden bewaard',
    max: 1000,
    regels: 2,
  }),
})
type Stroomgegevens = Gegevens<ReturnType<typeof stroomvelden>>

/** Takes a flow out of the draft. */
export const WEGHALEN = {
  weg: vinkje({
    label: 'Haal deze stroom uit het concept',
    hulp: 'In het verloop blijft staan wat er stond.',
  }),
}

/** Of every data element there is why it is needed; most stay empty. */
function waaromvelden({ gegevens }: Gegevenslijst): Record<`waarom-${string}`, Veld<string | null>> {
  return Object.fromEntries(
    gegevens.map(({ code, naam, aard }) => [
      `waarom-${code}`,
      tekst({
        label: naam,
        noem: `waarom dit nodig is: ${naam}`,
        max: 1000,
        verplicht: false,
        ...(aard === 'gewoon' ? {} : { hulp: `Dit gegeven is ${AARD[aard]}.` }),
      }),
    ]),
  )
}

/** Which data elements say why they are needed. */
function neededOf(stroom: object, { gegevens }: Gegevenslijst): Stroom['gegevens'] {
  const waarden = stroom as Readonly<Record<string, unknown>>
  return gegevens.flatMap(({ code }) => {
    const waarom = waarden[`waarom-${code}`]
    return typeof waarom === 'string' ? [{ code, waarom }] : []
  })
}

/** What a flow must say beyond its fields: which data, and more about its ground where the law asks that. */
export function checkStroom(stroom: Partial<Stroomgegevens>, lijst: Gegevenslijst): Fout[] {
  const gegevens = neededOf(stroom, lijst)
  const fouten: Fout[] = []
  const gevoelig = isGevoelig({ gegevens }, lijst)
  if (stroom.grondToelichting === null && gevoelig)
    fouten.push({
      pad: 'grondToelichting',
      melding: 'Schrijf op op welke uitzondering u zich beroept: er zijn gevoelige gegevens bij.',
    })
  else if (stroom.grondToelichting === null && stroom.grond === GEEN_GROND)
    fouten.push({ pad: 'grondToelichting', melding: 'Vul de toelichting op de grond in.' })
  if (gegevens.length === 0)
    fouten.push({
      pad: `waarom-${lijst.gegevens[0]?.code}`,
      melding: 'Schrijf bij minstens één gegeven waarom het nodig is.',
    })
  return fouten
}

/** A flow as its form has it. */
export function toStroomvelden({ gegevens, sleutel, ...stroom }: Stroom) {
  return {
    ...stroom,
    naarRol: ROLLEN.find(rol => rol === stroom.naarRol) ?? null,
    grondToelichting: stroom.grondToelichting || null,
    ...Object.fromEntries(gegevens.map(({ code, waarom }) => [`waarom-${code}`, waarom])),
  }
}

/** The same as it is kept. */
export function fromStroom(stroom: Stroomgegevens, lijst: Gegevenslijst, sleutel: string): Stroom {
  const { vanDomein, vanRol, naarRol, naarOrganisatie, grond, grondToelichting } = stroom
  const { bewaarMaanden, bewaargrond } = stroom
  return {
    sleutel,
    vanDomein,
    vanRol,
    naarRol: naarRol ?? '',
    naarOrganisatie,
    grond,
    grondToelichting: grondToelichting ?? '',
    gegevens: neededOf(stroom, lijst),
    bewaarMaanden,
    bewaargrond,
  }
}

/** The short list that says whether a DPIA is needed; a question may stay open until advice is asked. */
export function dpiavelden({ dpia }: Gegevenslijst): Record<string, Veld<string | null>> {
  const vragen = dpia.flatMap(({ code, tekst: vraag, doorslag }, i) => [
    [
      `dpia-${code}`,
      keuze({
        label: `${i + 1}. ${vraag}`,
        kop: vraag,
        kies: 'Kies een antwoord.',
        geen: 'Nog niet beantwoord',
        verplicht: false,
        opties: ANTWOORDEN.map(waarde => ({ waarde, naam: ANTWOORD[waarde] })),
        ...(doorslag === true ? { hulp: 'Bij deze vraag is één ja genoeg voor een DPIA.' } : {}),
      }),
    ],
    [
      `noot-${code}`,
      tekst({ label: `Toelichting bij vraag ${i + 1}`, noem: 'de toelichting', max: 1000, verplicht: false }),
    ],
  ])
  return {
    ...Object.fromEntries(vragen),
    dpiaVerwijzing: tekst({
      label: 'Waar staat de DPIA?',
      noem: 'waar de DPIA te vinden is',
      hulp: 'Zaaknummer of vindplaats. Is een DPIA nodig, dan kan er zonder niets worden toegestaan.',
      max: 500,
      verplicht: false,
    }),
  }
}
type Dpiagegevens = Record<string, string | null>

/** The answers as their form has them. */
export function toDpia({ inhoud: { dpia, dpiaVerwijzing }, lijst }: Weging): Dpiagegevens {
  const antwoorden = lijst.dpia.flatMap(({ code }) => [
    [`dpia-${code}`, dpia[code]?.antwoord ?? null],
    [`noot-${code}`, dpia[code]?.noot || null],
  ])
  return { ...Object.fromEntries(antwoorden), dpiaVerwijzing: dpiaVerwijzing || null }
}

/** The same as they are kept. */
export function fromDpia(
  gegevens: Dpiagegevens,
  { dpia }: Gegevenslijst,
): Pick<Inhoud, 'dpia' | 'dpiaVerwijzing'> {
  const antwoorden = dpia.flatMap(({ code }) => {
    const antwoord = ANTWOORDEN.find(a => a === gegevens[`dpia-${code}`])
    return antwoord === undefined ? [] : [[code, { antwoord, noot: gegevens[`noot-${code}`] ?? '' }] as const]
  })
  return { dpia: Object.fromEntries(antwoorden), dpiaVerwijzing: gegevens.dpiaVerwijzing ?? '' }
}
