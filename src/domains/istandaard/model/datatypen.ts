import type { Codelijst } from './codelijsten.ts'

/**
 * The simple types of iWmo and iJw 3.2 as data. `tekst` keeps white space, the other kinds collapse it, as
 * the schema says. Where the two laws have their own code list, `lijst` names both.
 */
export type Datatype =
  | { readonly soort: 'tekst'; readonly max: number; readonly patroon?: Patroon }
  | {
      readonly soort: 'code'
      readonly lijst: Codelijst | { readonly wmo: Codelijst; readonly jw: Codelijst }
    }
  | { readonly soort: 'geheel'; readonly max: number; readonly vast?: number }
  | { readonly soort: 'datum' }
  | { readonly soort: 'tijd' }
  | { readonly soort: 'berichtCode' }

/** Patterns of the schema in JavaScript; white space is what XML calls white space, a dot never a line end. */
export const PATRONEN = {
  gevuld: {
    vorm: /^[^\n\r]*[^ \t\n\r][^\n\r]*$/,
    regel: 'RS033',
    eis: 'iets anders dan spaties, op één regel',
  },
  nietLeeg: { vorm: /[^ \t\n\r]/, regel: 'RS031', eis: 'iets anders dan spaties' },
  cijfers: { vorm: /^[0-9]*$/, regel: 'RS046', eis: 'alleen cijfers' },
  cijfers4: { vorm: /^[0-9]{4}$/, regel: 'RS035', eis: 'precies 4 cijfers' },
  cijfers8: { vorm: /^[0-9]{8}$/, regel: 'RS036', eis: 'precies 8 cijfers' },
  cijfers9: { vorm: /^[0-9]{9}$/, regel: 'RS037', eis: 'precies 9 cijfers' },
  letters: { vorm: /^[a-zA-ZÀ-ỳ]+$/, regel: 'RS045', eis: 'alleen letters, zonder punten of spaties' },
  lettersCijfers: { vorm: /^[a-zA-Z0-9]+$/, regel: 'CS319', eis: 'alleen letters en cijfers' },
  versie: {
    vorm: /^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$/,
    regel: 'RS048',
    eis: 'een versienummer van drie getallen met punten ertussen, zoals 1.0.0',
  },
} as const

export type Patroon = keyof typeof PATRONEN

const gevuld = <const Max extends number>(max: Max) => ({ soort: 'tekst', max, patroon: 'gevuld' }) as const
const geheel = <const Max extends number>(max: Max) => ({ soort: 'geheel', max }) as const
const code = <const Lijst extends Codelijst>(lijst: Lijst) => ({ soort: 'code', lijst }) as const

export const DATATYPEN = {
  LDT_AanduidingWoonadres: code('NUM061'),
  LDT_AdresSoort: code('COD757'),
  LDT_AgbCode: { soort: 'tekst', max: 8, patroon: 'cijfers8' },
  LDT_Bedrag: geheel(99_999_999),
  LDT_BerichtCode: { soort: 'berichtCode' },
  LDT_BerichtSubversie: { soort: 'geheel', max: 99, vast: 2 },
  LDT_BerichtVersie: { soort: 'geheel', max: 99, vast: 3 },
  LDT_Budget: geheel(99_999_999),
  LDT_BurgerServicenummer: { soort: 'tekst', max: 9, patroon: 'cijfers9' },
  LDT_Commentaar: { soort: 'tekst', max: Number.POSITIVE_INFINITY, patroon: 'nietLeeg' },
  LDT_Communicatievorm: code('COD747'),
  LDT_Datum: { soort: 'datum' },
  LDT_DatumGebruik: code('COD170'),
  LDT_DebetCredit: code('COD043'),
  LDT_Eenheid: code('WJ756'),
  LDT_Emailadres: gevuld(80),
  LDT_Frequentie: code('WMO757'),
  LDT_Gemeente: { soort: 'tekst', max: 4, patroon: 'cijfers4' },
  LDT_Geslacht: code('COD046'),
  LDT_Huisletter: gevuld(1),
  LDT_Huisnummer: geheel(99_999),
  LDT_HuisnummerToevoeging: gevuld(4),
  LDT_IdentificatieBericht: gevuld(12),
  LDT_IdentificatieDeclaratie: { soort: 'tekst', max: 12 },
  LDT_JaNee: code('COD260'),
  LDT_JuridischeStatus: code('WJ232'),
  LDT_LandCode: code('COD032'),
  LDT_Landnummer: gevuld(4),
  LDT_Naam: gevuld(200),
  LDT_NaamGebruik: code('COD700'),
  LDT_NaamVerwijzer: gevuld(64),
  LDT_Nummer: geheel(999_999_999),
  LDT_Organisatienaam: gevuld(35),
  LDT_Persoonsid: gevuld(20),
  LDT_Plaatsnaam: gevuld(80),
  LDT_Postcode: gevuld(8),
  LDT_ProductCategorie: { soort: 'code', lijst: { wmo: 'WMO020', jw: 'JZ020' } },
  LDT_ProductCode: gevuld(5),
  LDT_RedenAfwijzingVerzoek: code('WJ759'),
  LDT_RedenBeeindiging: { soort: 'code', lijst: { wmo: 'WMO588', jw: 'JZ588' } },
  LDT_RedenVerzoek: code('WJ758'),
  LDT_RedenWijziging: code('WJ002'),
  LDT_Referentie: gevuld(36),
  LDT_ReferentieNummer: { soort: 'tekst', max: 20 },
  LDT_RelatieVolgorde: geheel(99),
  LDT_RetourCode: code('WJ001'),
  LDT_SoortRelatie: code('COD472'),
  LDT_StatusAanlevering: code('COD467'),
  LDT_Straatnaam: gevuld(24),
  LDT_Taal: gevuld(25),
  LDT_Telefoonnummer: { soort: 'tekst', max: 15, patroon: 'cijfers' },
  LDT_Tijd: { soort: 'tijd' },
  LDT_TotaalBedrag: geheel(999_999_999_999),
  LDT_TypeVerwijzer: code('COD327'),
  LDT_Versie: { soort: 'tekst', max: Number.POSITIVE_INFINITY, patroon: 'versie' },
  LDT_VerzoekAntwoord: code('WJ760'),
  LDT_Volume: geheel(99_999_999),
  LDT_Voorletters: { soort: 'tekst', max: 6, patroon: 'letters' },
  LDT_Voorvoegsel: gevuld(10),
  LDT_WettelijkeVertegenwoordiging: code('WJ003'),
  /** The number of a declaratie in the 323 itself; its answer does not repeat the pattern. */
  DeclaratieNummer: { soort: 'tekst', max: 12, patroon: 'lettersCijfers' },
} as const satisfies Record<string, Datatype>

export type DatatypeNaam = keyof typeof DATATYPEN

/** The rule that names a maximum length (RS008–RS028) or a maximum value (RS002–RS040). */
export const REGEL_MAX_LENGTE: Readonly<Record<number, string>> = {
  1: 'RS008',
  2: 'RS009',
  3: 'RS010',
  4: 'RS011',
  5: 'RS012',
  6: 'RS013',
  8: 'RS014',
  9: 'RS015',
  10: 'RS016',
  12: 'RS017',
  15: 'RS018',
  20: 'RS019',
  24: 'RS020',
  25: 'RS021',
  35: 'RS023',
  36: 'RS024',
  64: 'RS025',
  80: 'RS026',
  200: 'RS028',
}
export const REGEL_MAX_WAARDE: Readonly<Record<number, string>> = {
  99: 'RS002',
  9999: 'RS003',
  99999: 'RS004',
  99999999: 'RS005',
  999999999: 'RS006',
  999999999999: 'RS040',
}
