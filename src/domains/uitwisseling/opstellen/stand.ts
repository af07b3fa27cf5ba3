import { formatPeriode } from '../../../platform/dates.ts'
import type { Eigenschap } from '../../../platform/ui/index.ts'
import { naamVan } from '../gegevens/lijst.ts'
import { ALTERNATIEVEN } from '../register/rules.ts'
import type { Weging } from '../register/store.ts'
import { ANTWOORD } from '../register/woorden.ts'

/** All that the forms of a draft hold: whichever was refused, what the other changed is in it. */
export const watErNuStaat = ({ inhoud, lijst, ...nu }: Weging): Eigenschap[] => [
  { naam: 'Activiteit', waarde: nu.activiteit },
  { naam: 'Doel', waarde: `${naamVan(lijst.doelen, nu.doel)}: ${inhoud.doelTekst}` },
  { naam: 'Betrokkenen', waarde: inhoud.betrokkenen },
  { naam: 'Geldt voor', waarde: nu.gemeenteNaam ?? 'De hele regio' },
  { naam: 'Beleidsdossier', waarde: nu.dossier },
  ...(['anoniem', 'minst', 'zelf'] as const).map(code => ({
    naam: ALTERNATIEVEN[code],
    waarde: inhoud.alternatieven[code],
  })),
  { naam: 'Toestemming wordt gevraagd', waarde: inhoud.toestemming ? 'Ja' : 'Nee' },
  { naam: 'Beveiliging', waarde: inhoud.beveiliging },
  { naam: 'Doorgifte buiten de EER', waarde: inhoud.doorgifte },
  { naam: 'Periode', waarde: formatPeriode({ begin: nu.geldigVanaf, eind: nu.geldigTot }) },
  ...inhoud.stromen.map((stroom, i) => ({
    naam: `Stroom ${i + 1}`,
    waarde: `${naamVan(lijst.domeinen, stroom.vanDomein)} naar ${stroom.naarOrganisatie}: ${stroom.gegevens
      .map(g => `${naamVan(lijst.gegevens, g.code)} (${g.waarom})`)
      .join(', ')}`,
  })),
  ...lijst.dpia.flatMap(({ code, tekst }) => {
    const gegeven = inhoud.dpia[code]
    return gegeven === undefined
      ? []
      : [{ naam: tekst, waarde: `${ANTWOORD[gegeven.antwoord]}. ${gegeven.noot}`.trim() }]
  }),
  { naam: 'Waar staat de DPIA?', waarde: inhoud.dpiaVerwijzing },
]
