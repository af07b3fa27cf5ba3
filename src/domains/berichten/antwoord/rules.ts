import {
  type Bericht323,
  type Bericht325,
  type Bevinding,
  bevinding,
  type Regel,
} from '../../istandaard/index.ts'

type Regel323 = Bericht323['declaratie']['clienten'][number]['prestaties'][number]
type Antwoordregels = NonNullable<NonNullable<Bericht325['declaratieAntwoord']>['clienten']>

interface AntwoordRegel extends Regel {
  /** Where the rule is broken, as paths; empty when it holds. */
  breekt(antwoord: Bericht325, declaratie: Bericht323): readonly string[]
}

const KOP = '/Bericht/Header'
const ROMP = '/Bericht/DeclaratieAntwoord'

/** The heenbericht of an answer must be known; without it nothing else can be checked. */
export const GEEN_HEENBERICHT: Regel = {
  code: 'TR337',
  titel: 'Dit antwoord hoort niet bij een bericht dat hier bekend is',
  grond: 'iJw/iWmo 3.2 TR337, IV028',
  niveau: 3,
  retourcode: '',
  watTeDoen: 'Neem buiten het berichtenverkeer contact op met de afzender.',
}

/** One heenbericht gets exactly one answer (IV028), and an identificatie is used once (TR056). */
export const AL_BEANTWOORD: Regel = {
  code: 'TR056',
  titel: 'Er is al een bericht van deze soort met dezelfde identificatie',
  grond: 'iJw/iWmo 3.2 TR056, IV028',
  niveau: 3,
  retourcode: '9056',
  watTeDoen: 'Geef elk bericht een eigen identificatie, en elk heenbericht één antwoord.',
}

/** Level 3 for a 325: it repeats the 323 it answers. It gets no retour, so these rules have no retourcode of their own. */
export const ANTWOORD_REGELS: readonly AntwoordRegel[] = [
  {
    code: 'TR371',
    titel: 'De versie van de declaratie is niet overgenomen',
    grond: 'iJw/iWmo 3.2 TR371',
    niveau: 3,
    retourcode: '',
    watTeDoen: 'XsdVersieDeclaratie herhaalt XsdVersie van de declaratie.',
    breekt: ({ header }, declaratie) =>
      sameValue(header.xsdVersieDeclaratie, declaratie.header.xsdVersie)
        ? []
        : [`${KOP}/XsdVersieDeclaratie`],
  },
  {
    code: 'TR376',
    titel: 'Het declaratienummer is niet dat van de declaratie',
    grond: 'iJw/iWmo 3.2 TR376',
    niveau: 3,
    retourcode: '',
    watTeDoen: 'Neem het declaratienummer over.',
    breekt: ({ declaratieAntwoord }, { declaratie }) =>
      declaratieAntwoord === undefined || declaratieAntwoord.declaratieNummer === declaratie.declaratieNummer
        ? []
        : [`${ROMP}/DeclaratieNummer`],
  },
  {
    code: 'TR304',
    titel: 'Deze cliënt staat niet in de declaratie',
    grond: 'iJw/iWmo 3.2 TR304',
    niveau: 3,
    retourcode: '8187',
    watTeDoen: 'Geef alleen cliënten uit de declaratie terug.',
    breekt: (antwoord, { declaratie }) => {
      const bekend = new Set(declaratie.clienten.map(client => client.bsn))
      return clientenVan(antwoord).flatMap(({ bsn }, c) => (bekend.has(bsn) ? [] : [clientPad(c)]))
    },
  },
  {
    code: 'TR366',
    titel: 'Deze regel staat niet in de declaratie',
    grond: 'iJw/iWmo 3.2 TR366',
    niveau: 3,
    retourcode: '9366',
    watTeDoen: 'Geef alleen regels uit de declaratie terug, met hun referentienummer.',
    breekt: (antwoord, declaratie) => {
      const bekend = linesOf(declaratie)
      return linesWithPath(antwoord).flatMap(({ regel, pad }) => (bekend.has(referentie(regel)) ? [] : [pad]))
    },
  },
  {
    code: 'TR367',
    titel: 'De regel is anders dan in de declaratie',
    grond: 'iJw/iWmo 3.2 TR367',
    niveau: 3,
    retourcode: '9367',
    watTeDoen: 'Herhaal de regel zoals hij is ingediend.',
    breekt: (antwoord, declaratie) => {
      const bekend = linesOf(declaratie)
      return linesWithPath(antwoord).flatMap(({ regel, pad }) => {
        const { retourCodes: _, ...rest } = regel
        const origineel = bekend.get(referentie(regel))
        return origineel === undefined || sameValue(rest, origineel) ? [] : [pad]
      })
    },
  },
]

/** Every way in which a 325 does not fit the 323 that it answers. */
export function checkDeclaratieAntwoord(antwoord: Bericht325, declaratie: Bericht323): Bevinding[] {
  return ANTWOORD_REGELS.flatMap(regel =>
    regel.breekt(antwoord, declaratie).map(pad => bevinding(regel, pad)),
  )
}

function clientenVan(antwoord: Bericht325): Antwoordregels {
  return antwoord.declaratieAntwoord?.clienten ?? []
}

function clientPad(client: number): string {
  return `${ROMP}/Clienten/Client[${client + 1}]`
}

function linesWithPath(antwoord: Bericht325) {
  return clientenVan(antwoord).flatMap((client, c) =>
    client.prestaties.map((regel, p) => ({ regel, pad: `${clientPad(c)}/Prestaties/Prestatie[${p + 1}]` })),
  )
}

function linesOf({ declaratie }: Bericht323): Map<string, Regel323> {
  const regels = declaratie.clienten.flatMap(client => client.prestaties)
  return new Map(regels.map(regel => [referentie(regel), regel]))
}

function referentie(regel: Regel323): string {
  return regel.productReferentie.referentieNummer
}

/** Equal whatever the order of the keys. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  )
}
