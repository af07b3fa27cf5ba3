import type { Fout } from '../../../platform/problem.ts'
import { parseDatumInvoer, parseGetalInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { GEEN_GROND, type Gegevenslijst, naamVan } from '../gegevens/lijst.ts'
import { type Dpiaantwoord, type Inhoud, isGevoelig, type Stroom } from '../register/rules.ts'

/** A form as it was typed: every field a text. */
export type Velden = Readonly<Record<string, string | undefined>>

/** The head of a weighing as it was typed. */
export interface Hoofd {
  activiteit: string
  doel: string
  gemeente: string | null
  dossierId: number | null
  geldigVanaf: string
  geldigTot: string | null
  inhoud: Omit<Inhoud, 'stromen' | 'dpia' | 'dpiaVerwijzing'>
}

export type Gelezen<T> = { goed: T } | { fouten: Fout[] }

const LANG = 5000
const tekst = (velden: Velden, naam: string) => (velden[naam] ?? '').trim()

interface Bekend {
  lijst: Gegevenslijst
  /** May write weighings of the whole region. */
  regionaal: boolean
  gemeenten: readonly string[]
  dossiers: readonly string[]
}

/** The head of a weighing, or every fault at once. */
export function readHoofd(velden: Velden, { lijst, regionaal, gemeenten, dossiers }: Bekend): Gelezen<Hoofd> {
  const fouten: Fout[] = []
  const eis = (pad: string, naam: string, verplicht = true, max = LANG) =>
    fouten.push(...checkTekst({ pad, naam, waarde: velden[pad] ?? '', verplicht, max }))
  eis('activiteit', 'de activiteit', true, 200)
  const doel = lijst.doelen.find(d => d.code === velden.doel)?.code
  if (doel === undefined) fouten.push({ pad: 'doel', melding: 'Kies het doel.' })
  eis('doelTekst', 'de omschrijving van het doel')
  eis('betrokkenen', 'om wie het gaat', true, 1000)
  const gemeente = tekst(velden, 'gemeente')
  if (gemeente === '' ? !regionaal : !gemeenten.includes(gemeente))
    fouten.push({ pad: 'gemeente', melding: 'Kies een gemeente waarvoor u werkt.' })
  const dossier = tekst(velden, 'dossier')
  if (dossier !== '' && !dossiers.includes(dossier))
    fouten.push({ pad: 'dossier', melding: 'Kies een dossier uit de lijst.' })
  eis('anoniem', 'waarom anoniem bespreken wel of niet genoeg is')
  eis('minst', 'waarom minder gegevens wel of niet genoeg zijn')
  eis('zelf', 'waarom de inwoner het wel of niet zelf kan brengen')
  eis('beveiliging', 'de beveiliging', true, 2000)
  eis('doorgifte', 'de doorgifte', false, 1000)
  const geldigVanaf = parseDatumInvoer(velden.geldigVanaf ?? '')
  const totTekst = tekst(velden, 'geldigTot')
  const geldigTot = totTekst === '' ? null : parseDatumInvoer(totTekst)
  if (geldigVanaf === undefined)
    fouten.push({ pad: 'geldigVanaf', melding: 'Vul de eerste dag in, zoals 01-01-2027.' })
  if (geldigTot === undefined)
    fouten.push({ pad: 'geldigTot', melding: 'Vul de laatste dag in, zoals 31-12-2028, of laat het leeg.' })
  if (geldigVanaf !== undefined && geldigTot != null && geldigTot < geldigVanaf)
    fouten.push({ pad: 'geldigTot', melding: 'De laatste dag ligt voor de eerste dag.' })
  if (doel === undefined || geldigVanaf === undefined || geldigTot === undefined || fouten.length > 0)
    return { fouten }
  return {
    goed: {
      activiteit: tekst(velden, 'activiteit'),
      doel,
      gemeente: gemeente === '' ? null : gemeente,
      dossierId: dossier === '' ? null : Number(dossier),
      geldigVanaf,
      geldigTot,
      inhoud: {
        doelTekst: tekst(velden, 'doelTekst'),
        betrokkenen: tekst(velden, 'betrokkenen'),
        alternatieven: {
          anoniem: tekst(velden, 'anoniem'),
          minst: tekst(velden, 'minst'),
          zelf: tekst(velden, 'zelf'),
        },
        toestemming: velden.toestemming === 'ja',
        doorgifte: tekst(velden, 'doorgifte'),
        beveiliging: tekst(velden, 'beveiliging'),
      },
    },
  }
}

export const MAX_BEWAARMAANDEN = 240

/** One flow, or every fault at once. A data element is part of it when `waarom-code` says why it is needed. */
export function readStroom(
  velden: Velden,
  lijst: Gegevenslijst,
  rollen: readonly string[],
): Gelezen<Omit<Stroom, 'sleutel'>> {
  const fouten: Fout[] = []
  const eis = (pad: string, naam: string, verplicht = true, max = 1000) =>
    fouten.push(...checkTekst({ pad, naam, waarde: velden[pad] ?? '', verplicht, max }))
  if (!lijst.domeinen.some(d => d.code === velden.vanDomein))
    fouten.push({ pad: 'vanDomein', melding: 'Kies uit welk domein de gegevens komen.' })
  eis('vanRol', 'wie de gegevens geeft', true, 200)
  const naarRol = tekst(velden, 'naarRol')
  if (naarRol !== '' && !rollen.includes(naarRol))
    fouten.push({ pad: 'naarRol', melding: 'Kies een rol uit de lijst.' })
  eis('naarOrganisatie', 'bij welke organisatie of welk team de ontvanger hoort', true, 200)
  const grond = tekst(velden, 'grond')
  if (grond !== GEEN_GROND && !lijst.gronden.some(g => g.code === grond))
    fouten.push({ pad: 'grond', melding: 'Kies de grond, of dat er geen is gevonden.' })
  const codes = lijst.gegevens.map(g => g.code).filter(code => tekst(velden, `waarom-${code}`) !== '')
  if (codes.length === 0)
    fouten.push({
      pad: `waarom-${lijst.gegevens[0]?.code}`,
      melding: 'Schrijf bij minstens één gegeven waarom het nodig is.',
    })
  for (const code of codes) eis(`waarom-${code}`, `waarom dit nodig is: ${naamVan(lijst.gegevens, code)}`)
  const gegevens = codes.map(code => ({ code, waarom: tekst(velden, `waarom-${code}`) }))
  eis(
    'grondToelichting',
    isGevoelig({ gegevens }, lijst)
      ? 'op welke uitzondering u zich beroept: er zijn gevoelige gegevens bij'
      : 'de toelichting op de grond',
    grond === GEEN_GROND || isGevoelig({ gegevens }, lijst),
    LANG,
  )
  const bewaarMaanden = parseGetalInvoer(velden.bewaarMaanden ?? '')
  if (bewaarMaanden === undefined || bewaarMaanden < 0 || bewaarMaanden > MAX_BEWAARMAANDEN)
    fouten.push({
      pad: 'bewaarMaanden',
      melding: `Vul het aantal maanden in, van 0 tot en met ${MAX_BEWAARMAANDEN}. 0 is: niet bewaren.`,
    })
  eis('bewaargrond', 'waarom de gegevens zo lang worden bewaard')
  if (bewaarMaanden === undefined || fouten.length > 0) return { fouten }
  return {
    goed: {
      vanDomein: tekst(velden, 'vanDomein'),
      vanRol: tekst(velden, 'vanRol'),
      naarRol,
      naarOrganisatie: tekst(velden, 'naarOrganisatie'),
      grond,
      grondToelichting: tekst(velden, 'grondToelichting'),
      gegevens,
      bewaarMaanden,
      bewaargrond: tekst(velden, 'bewaargrond'),
    },
  }
}

const ANTWOORDEN: readonly Dpiaantwoord[] = ['ja', 'nee', 'onbekend']

/** The answers to the DPIA questions; a question may stay open until advice is asked. */
export function readDpia(
  velden: Velden,
  lijst: Gegevenslijst,
): Gelezen<Pick<Inhoud, 'dpia' | 'dpiaVerwijzing'>> {
  const fouten: Fout[] = []
  const dpia: Record<string, { antwoord: Dpiaantwoord; noot: string }> = {}
  for (const { code } of lijst.dpia) {
    const noot = tekst(velden, `noot-${code}`)
    fouten.push(
      ...checkTekst({
        pad: `noot-${code}`,
        naam: 'de toelichting',
        waarde: noot,
        verplicht: false,
        max: 1000,
      }),
    )
    const antwoord = ANTWOORDEN.find(a => a === velden[`dpia-${code}`])
    if (antwoord !== undefined) dpia[code] = { antwoord, noot }
  }
  const dpiaVerwijzing = tekst(velden, 'dpiaVerwijzing')
  fouten.push(
    ...checkTekst({
      pad: 'dpiaVerwijzing',
      naam: 'waar de DPIA te vinden is',
      waarde: dpiaVerwijzing,
      verplicht: false,
      max: 500,
    }),
  )
  return fouten.length > 0 ? { fouten } : { goed: { dpia, dpiaVerwijzing } }
}
