import type { DatatypeNaam } from './datatypen.ts'

/**
 * The 14 messages of iWmo and iJw 3.2 as data; reading, writing, validation and the TypeScript types follow
 * from it. A class lists its elements in order, each with its form:
 *
 *   'X'      element of simple type, composite type or class X, exactly once
 *   'X?'     at most once
 *   'X[]'    wrapper around one or more elements; X names the item, which is called as its class is
 *   '… jw'   only in the messages of that law
 *
 * Elements of a composite type (CDT_) live in the namespace of the base schema, all others in that of the
 * message.
 */
export type Domein = 'wmo' | 'jw'

export const SAMENGESTELD = {
  CDT_Achternaam: { Achternaam: 'LDT_Naam', Voorvoegsel: 'LDT_Voorvoegsel?' },
  CDT_Adres: {
    Huis: 'CDT_Huis?',
    Postcode: 'LDT_Postcode?',
    Straatnaam: 'LDT_Straatnaam?',
    Plaatsnaam: 'LDT_Plaatsnaam?',
    LandCode: 'LDT_LandCode?',
  },
  CDT_BedragMetDC: { Bedrag: 'LDT_Bedrag', DebetCredit: 'LDT_DebetCredit' },
  CDT_BerichtIdentificatie: { Identificatie: 'LDT_IdentificatieBericht', Dagtekening: 'LDT_Datum' },
  CDT_Communicatie: { Vorm: 'LDT_Communicatievorm', Taal: 'LDT_Taal?' },
  CDT_Geboortedatum: { Datum: 'LDT_Datum', DatumGebruik: 'LDT_DatumGebruik?' },
  CDT_GeslotenPeriode: { Begindatum: 'LDT_Datum', Einddatum: 'LDT_Datum' },
  CDT_Huis: {
    Huisnummer: 'LDT_Huisnummer',
    Huisletter: 'LDT_Huisletter?',
    HuisnummerToevoeging: 'LDT_HuisnummerToevoeging?',
    AanduidingWoonadres: 'LDT_AanduidingWoonadres?',
  },
  CDT_Omvang: { Volume: 'LDT_Volume', Eenheid: 'LDT_Eenheid', Frequentie: 'LDT_Frequentie' },
  CDT_OpenPeriode: { Begindatum: 'LDT_Datum?', Einddatum: 'LDT_Datum?' },
  CDT_Product: { Categorie: 'LDT_ProductCategorie', Code: 'LDT_ProductCode?' },
  CDT_Referentie: {
    ReferentieNummer: 'LDT_ReferentieNummer',
    VorigReferentieNummer: 'LDT_ReferentieNummer?',
  },
  CDT_Telefoon: { Telefoonnummer: 'LDT_Telefoonnummer', Landnummer: 'LDT_Landnummer' },
  CDT_Telefoonnummers: { Telefoon01: 'CDT_Telefoon', Telefoon02: 'CDT_Telefoon?' },
  CDT_TotaalBedragMetDC: { TotaalBedrag: 'LDT_TotaalBedrag', DebetCredit: 'LDT_DebetCredit' },
  CDT_VerkorteNaam: {
    Geslachtsnaam: 'CDT_Achternaam',
    Voornamen: 'LDT_Naam?',
    Voorletters: 'LDT_Voorletters?',
  },
  CDT_Verwijzer: { Type: 'LDT_TypeVerwijzer', Naam: 'LDT_NaamVerwijzer?', ZorgverlenerCode: 'LDT_AgbCode?' },
  CDT_VolledigeNaam: {
    Geslachtsnaam: 'CDT_Achternaam',
    Partnernaam: 'CDT_Achternaam?',
    Voornamen: 'LDT_Naam?',
    Voorletters: 'LDT_Voorletters?',
    NaamGebruik: 'LDT_NaamGebruik',
  },
  CDT_XsdVersie: { BasisschemaXsdVersie: 'LDT_Versie', BerichtXsdVersie: 'LDT_Versie' },
} as const

/** The classes of the messages; a class that differs between messages has the number in its name. */
export const KLASSEN = {
  Client301: {
    Bsn: 'LDT_BurgerServicenummer',
    Geboortedatum: 'CDT_Geboortedatum',
    Geslacht: 'LDT_Geslacht',
    Naam: 'CDT_VolledigeNaam',
    Communicatie: 'CDT_Communicatie?',
    JuridischeStatus: 'LDT_JuridischeStatus?',
    WettelijkeVertegenwoordiging: 'LDT_WettelijkeVertegenwoordiging?',
    Commentaar: 'LDT_Commentaar?',
    Relaties: 'Relatie[]?',
    Contactgegevens: 'Contact[]',
    ToegewezenProducten: 'ToegewezenProduct[]',
  },
  Relatie: {
    Nummer: 'LDT_Persoonsid',
    Volgorde: 'LDT_RelatieVolgorde?',
    Soort: 'LDT_SoortRelatie',
    Geboortedatum: 'CDT_Geboortedatum?',
    Geslacht: 'LDT_Geslacht?',
    Naam: 'CDT_VolledigeNaam',
    Contact: 'Contact',
  },
  Contact: {
    Soort: 'LDT_AdresSoort',
    Adres: 'CDT_Adres?',
    Organisatie: 'LDT_Organisatienaam?',
    Telefoon: 'CDT_Telefoonnummers?',
    Emailadres: 'LDT_Emailadres?',
    Periode: 'CDT_OpenPeriode?',
  },
  ToegewezenProduct: {
    ToewijzingNummer: 'LDT_Nummer',
    ReferentieAanbieder: 'LDT_Referentie?',
    Product: 'CDT_Product?',
    Toewijzingsdatum: 'LDT_Datum',
    Toewijzingstijd: 'LDT_Tijd',
    Ingangsdatum: 'LDT_Datum',
    Einddatum: 'LDT_Datum?',
    RedenWijziging: 'LDT_RedenWijziging?',
    Omvang: 'CDT_Omvang?',
    Budget: 'LDT_Budget?',
    Commentaar: 'LDT_Commentaar?',
  },
  Client305: {
    Bsn: 'LDT_BurgerServicenummer',
    Geboortedatum: 'CDT_Geboortedatum',
    Geslacht: 'LDT_Geslacht',
    Naam: 'CDT_VerkorteNaam',
    StartProducten: 'StartProduct[]',
  },
  StartProduct: {
    ToewijzingNummer: 'LDT_Nummer?',
    Product: 'CDT_Product?',
    ToewijzingIngangsdatum: 'LDT_Datum?',
    Begindatum: 'LDT_Datum',
    StatusAanlevering: 'LDT_StatusAanlevering',
  },
  Client307: {
    Bsn: 'LDT_BurgerServicenummer',
    Geboortedatum: 'CDT_Geboortedatum',
    Geslacht: 'LDT_Geslacht',
    Naam: 'CDT_VerkorteNaam',
    StopProducten: 'StopProduct[]',
  },
  StopProduct: {
    ToewijzingNummer: 'LDT_Nummer?',
    Product: 'CDT_Product?',
    ToewijzingIngangsdatum: 'LDT_Datum?',
    Begindatum: 'LDT_Datum',
    RedenBeeindiging: 'LDT_RedenBeeindiging',
    Einddatum: 'LDT_Datum',
    StatusAanlevering: 'LDT_StatusAanlevering',
  },
  Client315: {
    Bsn: 'LDT_BurgerServicenummer',
    Geboortedatum: 'CDT_Geboortedatum',
    Geslacht: 'LDT_Geslacht',
    Naam: 'CDT_VerkorteNaam',
    GezagsdragerBekend: 'LDT_JaNee? jw',
    Commentaar: 'LDT_Commentaar?',
    AangevraagdeProducten: 'AangevraagdProduct[]',
  },
  AangevraagdProduct: {
    ReferentieAanbieder: 'LDT_Referentie',
    BeschikkingNummer: 'LDT_Nummer?',
    Product: 'CDT_Product?',
    BeschikkingIngangsdatum: 'LDT_Datum?',
    ToewijzingIngangsdatum: 'LDT_Datum',
    ToewijzingEinddatum: 'LDT_Datum?',
    Omvang: 'CDT_Omvang?',
    Budget: 'LDT_Budget?',
    Verwijzer: 'CDT_Verwijzer',
    Raamcontract: 'LDT_JaNee?',
    Commentaar: 'LDT_Commentaar?',
  },
  Client317: { Bsn: 'LDT_BurgerServicenummer', Verzoek: 'Verzoek' },
  Verzoek: {
    ReferentieAanbieder: 'LDT_Referentie',
    RedenVerzoek: 'LDT_RedenVerzoek',
    OngewijzigdeProducten: 'OngewijzigdProduct[]?',
    TeWijzigenProducten: 'TeWijzigenProduct[]?',
    NieuweProducten: 'NieuwProduct[]?',
  },
  OngewijzigdProduct: { ToewijzingNummer: 'LDT_Nummer' },
  TeWijzigenProduct: {
    ToewijzingNummer: 'LDT_Nummer',
    GewensteIngangsdatum: 'LDT_Datum',
    Einddatum: 'LDT_Datum?',
    Omvang: 'CDT_Omvang?',
    Budget: 'LDT_Budget?',
  },
  NieuwProduct: {
    Product: 'CDT_Product?',
    GewensteIngangsdatum: 'LDT_Datum',
    Einddatum: 'LDT_Datum?',
    Omvang: 'CDT_Omvang?',
    Budget: 'LDT_Budget?',
  },
  Antwoord: {
    ReferentieAanbieder: 'LDT_Referentie',
    VerzoekAntwoord: 'LDT_VerzoekAntwoord',
    RedenAfwijzingVerzoek: 'LDT_RedenAfwijzingVerzoek?',
    Woonplaatsbeginsel: 'Woonplaatsbeginsel? jw',
  },
  Woonplaatsbeginsel: { Gemeente: 'LDT_Gemeente' },
  Declaratie: {
    DeclaratieNummer: 'DeclaratieNummer',
    DeclaratiePeriode: 'CDT_GeslotenPeriode',
    DeclaratieDagtekening: 'LDT_Datum',
    TotaalIngediendBedrag: 'CDT_TotaalBedragMetDC',
    Clienten: 'Client323[]',
  },
  DeclaratieAntwoord: {
    DeclaratieNummer: 'LDT_IdentificatieDeclaratie',
    TotaalIngediendBedrag: 'CDT_TotaalBedragMetDC',
    TotaalToegekendBedrag: 'CDT_TotaalBedragMetDC',
    Clienten: 'Client323[]?',
  },
  Client323: { Bsn: 'LDT_BurgerServicenummer', Prestaties: 'Prestatie[]' },
  Prestatie: {
    ProductReferentie: 'CDT_Referentie',
    ToewijzingNummer: 'LDT_Nummer',
    ProductCategorie: 'LDT_ProductCategorie',
    ProductCode: 'LDT_ProductCode',
    ProductPeriode: 'CDT_GeslotenPeriode',
    GeleverdVolume: 'LDT_Volume',
    Eenheid: 'LDT_Eenheid',
    ProductTarief: 'LDT_Bedrag?',
    IngediendBedrag: 'CDT_BedragMetDC',
  },
} as const

const AAN_AANBIEDER = { Afzender: 'LDT_Gemeente', Ontvanger: 'LDT_AgbCode' } as const
const AAN_GEMEENTE = { Afzender: 'LDT_AgbCode', Ontvanger: 'LDT_Gemeente' } as const

/** What a retour adds to the copied header of its heenbericht (IV028), and the 325 to its own. */
export const HEADER_RETOUR = {
  IdentificatieRetour: 'LDT_IdentificatieBericht',
  DagtekeningRetour: 'LDT_Datum',
  XsltVersie: 'LDT_Versie?',
  XsdVersieRetour: 'CDT_XsdVersie',
  RetourCodes: 'LDT_RetourCode[]?',
} as const
export const HEADER_ANTWOORD = {
  DeclaratieIdentificatie: 'CDT_BerichtIdentificatie',
  XsltVersie: 'LDT_Versie?',
  XsdVersieDeclaratie: 'CDT_XsdVersie',
  RetourCodes: 'LDT_RetourCode[]',
} as const

/** The element every class gets in a retour and in the 325. */
export const RETOURCODES = { RetourCodes: 'LDT_RetourCode[]' } as const

/**
 * Per message: the code per law (BerichtCode), sender and receiver, the elements after the header, and
 * whether its classes carry RetourCodes. A retour names its heenbericht; the rest follows from it.
 */
export const HEENBERICHTEN = {
  301: {
    titel: 'Toewijzing',
    code: { wmo: '414', jw: '436' },
    richting: AAN_AANBIEDER,
    romp: { Client: 'Client301' },
  },
  305: {
    titel: 'Start',
    code: { wmo: '418', jw: '438' },
    richting: AAN_GEMEENTE,
    romp: { Client: 'Client305' },
  },
  307: {
    titel: 'Stop',
    code: { wmo: '420', jw: '440' },
    richting: AAN_GEMEENTE,
    romp: { Client: 'Client307' },
  },
  315: {
    titel: 'Verzoek om toewijzing',
    code: { wmo: '444', jw: '446' },
    richting: AAN_GEMEENTE,
    romp: { Client: 'Client315' },
  },
  317: {
    titel: 'Verzoek om wijziging',
    code: { wmo: '480', jw: '486' },
    richting: AAN_GEMEENTE,
    romp: { Client: 'Client317' },
  },
  319: {
    titel: 'Antwoord op verzoek',
    code: { wmo: '482', jw: '488' },
    richting: AAN_AANBIEDER,
    romp: { Antwoord: 'Antwoord' },
  },
  323: {
    titel: 'Declaratie',
    code: { wmo: '484', jw: '490' },
    richting: AAN_GEMEENTE,
    romp: { Declaratie: 'Declaratie' },
  },
} as const

export const ANTWOORDEN = {
  325: {
    titel: 'Declaratie-antwoord',
    code: { wmo: '485', jw: '491' },
    richting: AAN_AANBIEDER,
    romp: { DeclaratieAntwoord: 'DeclaratieAntwoord?' },
  },
} as const

export const RETOURBERICHTEN = {
  302: { heen: 301, code: { wmo: '415', jw: '437' } },
  306: { heen: 305, code: { wmo: '419', jw: '439' } },
  308: { heen: 307, code: { wmo: '421', jw: '441' } },
  316: { heen: 315, code: { wmo: '445', jw: '447' } },
  318: { heen: 317, code: { wmo: '481', jw: '487' } },
  320: { heen: 319, code: { wmo: '483', jw: '489' } },
} as const

export type Heennummer = keyof typeof HEENBERICHTEN
export type Retournummer = keyof typeof RETOURBERICHTEN
export type Berichtnummer = Heennummer | Retournummer | keyof typeof ANTWOORDEN

/** The elements that together identify an object of a class within its parent (RR, sleutelelementen). */
export const SLEUTELS = {
  Relatie: ['Nummer'],
  Contact: ['Soort'],
  ToegewezenProduct: ['ToewijzingNummer'],
  StartProduct: ['ToewijzingNummer', 'Product', 'Begindatum'],
  StopProduct: ['ToewijzingNummer', 'Product', 'Begindatum', 'RedenBeeindiging', 'Einddatum'],
  AangevraagdProduct: ['ReferentieAanbieder'],
  Verzoek: ['ReferentieAanbieder'],
  OngewijzigdProduct: ['ToewijzingNummer'],
  TeWijzigenProduct: ['ToewijzingNummer'],
  NieuwProduct: ['Product', 'GewensteIngangsdatum'],
  Antwoord: ['ReferentieAanbieder', 'VerzoekAntwoord'],
  Woonplaatsbeginsel: ['Gemeente'],
  Client301: ['Bsn'],
  Client305: ['Bsn'],
  Client307: ['Bsn'],
  Client315: ['Bsn'],
  Client317: ['Bsn'],
  Client323: ['Bsn'],
  Declaratie: ['DeclaratieNummer'],
  DeclaratieAntwoord: ['DeclaratieNummer'],
  Prestatie: ['ProductReferentie'],
} as const satisfies { readonly [K in keyof typeof KLASSEN]?: readonly (keyof (typeof KLASSEN)[K])[] }

/** Simple types, composite types and classes by name, as a form in a class may name them. */
export type Typenaam = DatatypeNaam | keyof typeof SAMENGESTELD | keyof typeof KLASSEN
