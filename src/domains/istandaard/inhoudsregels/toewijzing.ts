import type { Datum } from '../../../platform/dates.ts'
import type { Bericht301, ToegewezenProduct } from '../model/bericht.ts'
import { type Inhoudsregel, inhoudsregel, type Omgeving } from './inhoudsregel.ts'

/** Rules on the toegewezen producten of a 301. */

const berichten = [301] as const

/** The rules on omvang were tightened for toewijzingen that run on after 2020. */
function looptNa2020({ einddatum }: ToegewezenProduct): boolean {
  return einddatum === undefined || einddatum > '2020-12-31'
}

/** Deleted toewijzingen are no longer current: 13, and formerly 01, with end on the first day. */
function isVerwijderd({ redenWijziging, ingangsdatum, einddatum }: ToegewezenProduct): boolean {
  return einddatum === ingangsdatum && (redenWijziging === '13' || redenWijziging === '01')
}

/** Several aids of one kind may run side by side under the Wmo. */
const WMO_MAG_OVERLAPPEN = ['11', '12', '13', '14']

/**
 * TR302: a product may come more than once only when the periods do not overlap. Without code the whole
 * category counts, without category everything. One pass in order of ingangsdatum: per way of looking at a
 * product the latest end so far says enough.
 */
function checkStapeling({ bericht, domein }: Omgeving, meld: (pad: string) => void): void {
  const { client } = bericht as Bericht301
  const laatsteEind = new Map<string, Datum>()
  const raakt = (sleutel: string, begin: Datum) => (laatsteEind.get(sleutel) ?? '') >= begin
  const onthoud = (sleutel: string, eind: Datum) => {
    if ((laatsteEind.get(sleutel) ?? '') < eind) laatsteEind.set(sleutel, eind)
  }
  const opVolgorde = client.toegewezenProducten
    .map((product, i) => ({ ...product, nummer: i + 1 }))
    .filter(product => !isVerwijderd(product))
    .sort((a, b) =>
      a.ingangsdatum < b.ingangsdatum ? -1 : a.ingangsdatum > b.ingangsdatum ? 1 : a.nummer - b.nummer,
    )
  for (const { product, ingangsdatum, einddatum = '9999-12-31', nummer } of opVolgorde) {
    const categorie = product?.categorie
    const code = product?.code
    const vrij = domein === 'wmo' && categorie !== undefined && WMO_MAG_OVERLAPPEN.includes(categorie)
    const botst =
      categorie === undefined
        ? raakt('alles', ingangsdatum)
        : raakt('generiek', ingangsdatum) ||
          (!vrij &&
            (code === undefined
              ? raakt(`categorie ${categorie}`, ingangsdatum)
              : raakt(`aspecifiek ${categorie}`, ingangsdatum) ||
                raakt(`code ${categorie} ${code}`, ingangsdatum)))
    if (botst) meld(`/Bericht/Client/ToegewezenProducten/ToegewezenProduct[${nummer}]`)
    onthoud('alles', einddatum)
    if (categorie === undefined) onthoud('generiek', einddatum)
    else {
      onthoud(`categorie ${categorie}`, einddatum)
      onthoud(code === undefined ? `aspecifiek ${categorie}` : `code ${categorie} ${code}`, einddatum)
    }
  }
}

export const TOEWIJZINGSREGELS: readonly Inhoudsregel[] = [
  inhoudsregel({
    code: 'CD041',
    titel: 'Bij een productcode ontbreekt de omvang',
    watTeDoen: 'Vul volume, eenheid en frequentie in.',
    berichten,
    delen: {
      ToegewezenProduct: ({ product, omvang }) =>
        product?.code !== undefined && omvang === undefined ? 'Omvang' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CD075',
    titel: 'Bij een budget ontbreekt de einddatum',
    watTeDoen: 'Vul de einddatum in.',
    berichten,
    delen: {
      ToegewezenProduct: ({ budget, einddatum }) =>
        budget !== undefined && einddatum === undefined ? 'Einddatum' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CD076',
    titel: 'Bij een omvang per week ontbreekt de einddatum',
    watTeDoen: 'Vul de einddatum in.',
    berichten,
    delen: {
      ToegewezenProduct: ({ omvang, einddatum }) =>
        omvang?.frequentie === '2' && einddatum === undefined ? 'Einddatum' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CD077',
    titel: 'Er is een omvang naast een budget',
    watTeDoen: 'Laat de omvang weg als er een budget is.',
    berichten,
    delen: {
      ToegewezenProduct: ({ budget, omvang }) =>
        budget !== undefined && omvang !== undefined ? 'Omvang' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CD078',
    titel: 'Er is een budget naast een omvang',
    watTeDoen: 'Laat het budget weg als er een omvang is.',
    berichten,
    delen: {
      ToegewezenProduct: ({ budget, omvang }) =>
        budget !== undefined && omvang !== undefined ? 'Budget' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CD079',
    titel: 'Er is geen product en geen budget',
    watTeDoen: 'Vul het product in, of een budget als de toewijzing generiek is.',
    berichten,
    delen: {
      ToegewezenProduct: ({ budget, product }) =>
        budget === undefined && product === undefined ? 'Product' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CD080',
    titel: 'Er is een omvang zonder productcode',
    watTeDoen: 'Laat de omvang weg of vul de productcode in.',
    berichten,
    delen: {
      ToegewezenProduct: product =>
        product.product?.code === undefined && product.omvang !== undefined && looptNa2020(product)
          ? 'Omvang'
          : undefined,
    },
  }),
  inhoudsregel({
    code: 'CS003',
    titel: 'De einddatum ligt voor de begindatum',
    watTeDoen: 'Vul een einddatum in op of na de eerste dag van de periode.',
    berichten,
    delen: {
      ToegewezenProduct: ({ ingangsdatum, einddatum }) =>
        einddatum !== undefined && einddatum < ingangsdatum ? 'Einddatum' : undefined,
      CDT_OpenPeriode: ({ begindatum, einddatum }) =>
        begindatum !== undefined && einddatum !== undefined && einddatum < begindatum
          ? 'Einddatum'
          : undefined,
    },
  }),
  inhoudsregel({
    code: 'CS335',
    titel: 'Een verwijderde toewijzing eindigt niet op de ingangsdatum',
    watTeDoen: 'Maak bij reden 13 de einddatum gelijk aan de ingangsdatum, of kies een andere reden.',
    berichten,
    delen: {
      ToegewezenProduct: ({ redenWijziging, ingangsdatum, einddatum }) =>
        redenWijziging === '13' && einddatum !== ingangsdatum ? 'RedenWijziging' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CS336',
    titel: 'Reden 01 (administratieve correctie) is vervallen',
    watTeDoen: 'Kies 14 voor een administratieve correctie of 13 voor verwijderen.',
    berichten,
    delen: {
      ToegewezenProduct: ({ redenWijziging }) => (redenWijziging === '01' ? 'RedenWijziging' : undefined),
    },
  }),
  inhoudsregel({
    code: 'CS338',
    titel: 'Deze eenheid mag niet per dag worden toegewezen',
    watTeDoen: 'Kies bij etmaal, dagdeel, euro’s en stuks (inspanning) frequentie 2, 4 of 6.',
    berichten,
    delen: {
      ToegewezenProduct: product =>
        product.omvang !== undefined &&
        ['14', '16', '83', '84'].includes(product.omvang.eenheid) &&
        !['2', '4', '6'].includes(product.omvang.frequentie) &&
        looptNa2020(product)
          ? 'Omvang/Frequentie'
          : undefined,
    },
  }),
  inhoudsregel({
    code: 'TR302',
    titel: 'Hetzelfde product is twee keer toegewezen in dezelfde tijd',
    watTeDoen: 'Laat de perioden op elkaar aansluiten of voeg de toewijzingen samen.',
    berichten,
    geheel: checkStapeling,
  }),
]
