import type { Klasse } from '../model/bericht.ts'
import { SLEUTELS } from '../model/structuur.ts'
import { type Inhoudsregel, inhoudsregel, type Omgeving } from './inhoudsregel.ts'

/** Rules that come back in many messages: dates up to the dagtekening, and nothing twice. */

type Periode = Klasse<'CDT_GeslotenPeriode'>

const begintLater = ({ begindatum }: Periode, { dagtekening }: Omgeving, pad: string) =>
  begindatum > dagtekening ? `${pad}/Begindatum` : undefined

const eindigtVerkeerd = ({ begindatum, einddatum }: Periode, { dagtekening }: Omgeving, pad: string) =>
  einddatum < begindatum || einddatum > dagtekening ? `${pad}/Einddatum` : undefined

/** What identifies an item among its brothers: the key elements of its class, absent ones counted as empty. */
function sleutelVan(item: unknown, velden: readonly string[]): string {
  const waarden = item as Readonly<Record<string, unknown>>
  let sleutel = ''
  for (const veld of velden) {
    const waarde = waarden[veld]
    const deel =
      typeof waarde === 'object' && waarde !== null ? Object.values(waarde).join('\u0000') : (waarde ?? '')
    sleutel += `${deel}\u0001`
  }
  return sleutel
}

const SLEUTELVELDEN: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>(SLEUTELS).map(
    ([klasse, elementen]) =>
      [klasse, elementen.map(element => element.charAt(0).toLowerCase() + element.slice(1))] as const,
  ),
)

/** Numbers (from 1) of the items that repeat an earlier one of the same list; `klasse` names their class. */
export function listDubbele(klasse: string, items: readonly unknown[]): number[] {
  const velden = SLEUTELVELDEN.get(klasse)
  if (velden === undefined || items.length < 2) return []
  const gezien = new Set<string>()
  const dubbel: number[] = []
  for (let i = 0; i < items.length; i += 1) {
    const sleutel = sleutelVan(items[i], velden)
    if (gezien.size === gezien.add(sleutel).size) dubbel.push(i + 1)
  }
  return dubbel
}

/** TR101 looks at every list of the message; the walk in `toetsen.ts` feeds it. */
export const DUBBEL = inhoudsregel({
  code: 'TR101',
  titel: 'Dit onderdeel staat er twee keer in',
  watTeDoen: 'Laat het dubbele onderdeel weg of geef het een eigen kenmerk.',
  berichten: [301, 305, 307, 323, 325],
})

export const ALGEMENE_REGELS: readonly Inhoudsregel[] = [
  DUBBEL,
  inhoudsregel({
    code: 'TR134',
    titel: 'De datum ligt na de dagtekening van het bericht',
    watTeDoen: 'Vul een datum in op of voor de dagtekening.',
    berichten: [301, 305, 307, 323, 325],
    delen: {
      CDT_Geboortedatum: ({ datum }, { dagtekening }) => (datum > dagtekening ? 'Datum' : undefined),
      ToegewezenProduct: ({ toewijzingsdatum }, { dagtekening }) =>
        toewijzingsdatum > dagtekening ? 'Toewijzingsdatum' : undefined,
      StartProduct: ({ begindatum }, { dagtekening }) =>
        begindatum > dagtekening ? 'Begindatum' : undefined,
      StopProduct: ({ einddatum }, { dagtekening }) => (einddatum > dagtekening ? 'Einddatum' : undefined),
      Declaratie: ({ declaratiePeriode }, omgeving) =>
        begintLater(declaratiePeriode, omgeving, 'DeclaratiePeriode'),
      Prestatie: ({ productPeriode }, omgeving) => begintLater(productPeriode, omgeving, 'ProductPeriode'),
    },
  }),
  inhoudsregel({
    code: 'TR137',
    titel: 'De einddatum ligt voor de begindatum of na de dagtekening van het bericht',
    watTeDoen: 'Declareer een periode pas als die voorbij is, met een einddatum op of na de begindatum.',
    berichten: [323, 325],
    delen: {
      Declaratie: ({ declaratiePeriode }, omgeving) =>
        eindigtVerkeerd(declaratiePeriode, omgeving, 'DeclaratiePeriode'),
      Prestatie: ({ productPeriode }, omgeving) =>
        eindigtVerkeerd(productPeriode, omgeving, 'ProductPeriode'),
    },
  }),
]
