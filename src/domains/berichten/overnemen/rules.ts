import { type Bericht, type Bericht323, type Bericht325, codeNaam } from '../../istandaard/index.ts'
import { GOED, HEEN_VAN, nummerVan } from '../post/rules.ts'

/** The kinds that say something of toewijzingen, care and money; the others are left out. */
const OVER: readonly number[] = [301, 305, 307, 323]

/** Whether messages of this kind ('JW301') are taken over. */
export const isTakenOver = (soort: string) => OVER.includes(nummerVan(soort))

/** Whether this kind answers one that is taken over: it says whether that stood. */
export const isAntwoord = (soort: string) => OVER.includes(HEEN_VAN[nummerVan(soort)] ?? 0)

/** Which message this is, or, of an answer, which message it answers: law, kind, both parties and identificatie. */
export function heenOf({ bericht, domein, header }: Bericht): string {
  const { afzender, ontvanger } = header
  // A retour repeats the parties of its message; a 325 is sent back by who received the 323.
  const [van, aan, kenmerk] =
    'declaratieIdentificatie' in header
      ? [ontvanger, afzender, header.declaratieIdentificatie]
      : [afzender, ontvanger, header.berichtIdentificatie]
  const nummer = nummerVan(bericht)
  return [domein, HEEN_VAN[nummer] ?? nummer, van, aan, kenmerk.identificatie].join('|')
}

/** True when this 302, 306 or 308 refused what it answers: then that counts as never sent (IV028, OP286). */
export function isRefusal(antwoord: Bericht): boolean {
  const { header } = antwoord
  const codes = 'retourCodes' in header ? (header.retourCodes ?? []) : []
  return 'client' in antwoord || codes.some(code => !GOED.includes(code))
}

interface Reden {
  regel: string
  retourcode: string
  melding: string
  feiten: []
}

/** How a declaratie was answered: refused whole, or why lines were refused, by their reference. */
export interface Elders {
  heel: readonly Reden[]
  regels: ReadonlyMap<string, readonly Reden[]>
}

/**
 * What a 325 says of its 323: refused are the lines that come back with a code of their own or of their client; the others were granted
 * (IV087, TR342). Undefined when what was granted does not add up to what the 325 says: then one of both is not what was sent.
 */
export function eldersOf(heen: Bericht323, antwoord: Bericht325): Elders | undefined {
  const { domein, header, declaratieAntwoord } = antwoord
  const fouten = (codes: readonly string[] = []) =>
    codes
      .filter(code => !GOED.includes(code))
      .map(
        (retourcode): Reden => ({
          regel: retourcode,
          retourcode,
          melding: `${codeNaam(domein, 'RetourCode', retourcode)}. Zo antwoordde het eerdere systeem.`,
          feiten: [],
        }),
      )
  const regels = new Map<string, Reden[]>()
  for (const client of declaratieAntwoord?.clienten ?? [])
    for (const { productReferentie, retourCodes } of client.prestaties) {
      const eigen = fouten(retourCodes)
      regels.set(productReferentie.referentieNummer, eigen.length > 0 ? eigen : fouten(client.retourCodes))
    }
  const heel = [
    ...fouten(header.retourCodes),
    ...(regels.size > 0 ? [] : fouten(declaratieAntwoord?.retourCodes)),
  ]
  if (heel.length > 0) return { heel, regels: new Map() }
  if (declaratieAntwoord === undefined) return undefined
  const { totaalBedrag, debetCredit } = declaratieAntwoord.totaalToegekendBedrag
  const gezegd = debetCredit === 'C' ? -totaalBedrag : totaalBedrag
  return granted(heen, regels) === gezegd ? { heel, regels } : undefined
}

/** Eurocents of the lines of this declaratie that were not refused. */
function granted({ declaratie }: Bericht323, geweigerd: ReadonlyMap<string, readonly Reden[]>): number {
  return declaratie.clienten
    .flatMap(client => client.prestaties)
    .filter(
      ({ productReferentie: { referentieNummer } }) => (geweigerd.get(referentieNummer) ?? []).length === 0,
    )
    .reduce(
      (som, { ingediendBedrag: { bedrag, debetCredit } }) => som + (debetCredit === 'D' ? bedrag : -bedrag),
      0,
    )
}
