import { type Static, Type } from 'typebox'

/**
 * The form of a method: what a region writes in `regio/<region>/wegwijzer.json`. Nothing of it is fixed in code: a region
 * may have other quadrants, questions, life domains, groups or knobs.
 */

const tekst = Type.String({ minLength: 1, maxLength: 4000 })
const code = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,39}$' })
const benoemd = Type.Object(
  { code, naam: tekst, uitleg: Type.Optional(tekst) },
  { additionalProperties: false },
)

/** Tools that a question can point at; each is a page of a run. */
export const WERKVORMEN = [
  'cirkel',
  'risico',
  'verschuiving',
  'knoppen',
  'instrumenten',
  'uitwisseling',
] as const

const VRAAG = Type.Object(
  {
    code,
    tekst,
    hulp: Type.Optional(tekst),
    /** The worked example, in the region's own summary. */
    voorbeeld: Type.Optional(tekst),
    hulpmiddel: Type.Optional(Type.Enum(WERKVORMEN)),
  },
  { additionalProperties: false },
)

const KWADRANT = Type.Object(
  {
    code,
    naam: tekst,
    inleiding: tekst,
    /** The HOE opens when every question of the WAT is answered or deliberately left open. */
    fase: Type.Union([Type.Literal('wat'), Type.Literal('hoe')]),
    vragen: Type.Array(VRAAG, { minItems: 1, maxItems: 20 }),
    randvoorwaarden: Type.Array(Type.Object({ code, tekst }, { additionalProperties: false })),
  },
  { additionalProperties: false },
)

const WET = Type.Union([Type.Literal('jw'), Type.Literal('wmo'), Type.Literal('pw')])
const RAAKT = Type.Union([Type.Literal('niets'), Type.Literal('nieuw'), Type.Literal('bestaand')])
const RISICO = Type.Union([Type.Literal('laag'), Type.Literal('hoger'), Type.Literal('uitgesloten')])

const JURIDISCH = Type.Object(
  {
    code,
    als: Type.Object(
      { raakt: Type.Optional(RAAKT), kenmerk: Type.Optional(code), wet: Type.Optional(WET) },
      { additionalProperties: false, minProperties: 1 },
    ),
    risico: RISICO,
    uitleg: tekst,
    bron: tekst,
    /** Day on which the source said so. */
    datum: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  },
  { additionalProperties: false },
)

const PATROON = Type.Object(
  {
    code,
    naam: tekst,
    uitleg: tekst,
    groepen: Type.Array(tekst),
    bron: tekst,
    /** Cost per year against the year before the start, in tenths of a percent: first value is the first year. */
    verloop: Type.Array(Type.Integer({ minimum: -1000, maximum: 5000 }), { minItems: 1, maxItems: 10 }),
    /** Half the width of the band around the line, in tenths of a percent of it. */
    marge: Type.Integer({ minimum: 0, maximum: 1000 }),
  },
  { additionalProperties: false },
)

export const METHODE = Type.Object(
  {
    code,
    naam: tekst,
    bron: tekst,
    voorbeeld: Type.Optional(Type.Object({ naam: tekst, bron: tekst }, { additionalProperties: false })),
    kwadranten: Type.Array(KWADRANT, { minItems: 2, maxItems: 8 }),
    cirkel: Type.Object(
      {
        uitleg: tekst,
        /** In the order that says where more support may be expected. */
        domeinen: Type.Array(benoemd, { minItems: 3, maxItems: 16 }),
        /** From low to high self-reliance. */
        ringen: Type.Array(benoemd, { minItems: 2, maxItems: 5 }),
      },
      { additionalProperties: false },
    ),
    risicomatrix: Type.Object(
      {
        uitleg: tekst,
        /** Always shown: a high risk is not the same as being vulnerable. */
        noot: tekst,
        groepen: Type.Array(benoemd, { minItems: 1, maxItems: 30 }),
        factoren: Type.Array(benoemd, { minItems: 1, maxItems: 12 }),
      },
      { additionalProperties: false },
    ),
    verschuiving: Type.Object(
      {
        uitleg: tekst,
        /** Shown for a dossier of the Jeugdwet: passend goes before licht. */
        jeugdnoot: tekst,
        /** How far the municipality goes, from most to least. */
        rollen: Type.Array(benoemd, { minItems: 2, maxItems: 8 }),
      },
      { additionalProperties: false },
    ),
    knoppen: Type.Array(
      Type.Object(
        {
          code,
          naam: tekst,
          levertOp: Type.Array(tekst, { minItems: 1 }),
          gevolgen: Type.Array(
            Type.Object(
              { actor: tekst, punten: Type.Array(tekst, { minItems: 1 }) },
              { additionalProperties: false },
            ),
            { minItems: 1 },
          ),
        },
        { additionalProperties: false },
      ),
      { maxItems: 12 },
    ),
    instrumentmix: Type.Object(
      {
        uitleg: tekst,
        criteria: Type.Array(
          Type.Object(
            { code, naam: tekst, vraag: tekst, links: tekst, rechts: tekst },
            { additionalProperties: false },
          ),
          { minItems: 1, maxItems: 15 },
        ),
        /** In the order of the scales: the first belongs to what stands left, the last to what stands right. */
        instrumenten: Type.Array(benoemd, { minItems: 2, maxItems: 6 }),
      },
      { additionalProperties: false },
    ),
    /** How the instruments differ by law and in practice; each row has a value for every instrument. */
    instrumentvergelijking: Type.Optional(
      Type.Object(
        {
          bron: tekst,
          instrumenten: Type.Array(tekst, { minItems: 2, maxItems: 6 }),
          rijen: Type.Array(
            Type.Object(
              { kenmerk: tekst, waarden: Type.Array(tekst, { minItems: 2, maxItems: 6 }) },
              { additionalProperties: false },
            ),
            { minItems: 1, maxItems: 20 },
          ),
          les: Type.Optional(tekst),
        },
        { additionalProperties: false },
      ),
    ),
    kenmerken: Type.Array(benoemd),
    juridisch: Type.Array(JURIDISCH),
    patronen: Type.Array(PATROON),
    financiering: Type.Array(
      Type.Object({ termijn: tekst, route: tekst, bron: tekst }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)

export type Methode = Static<typeof METHODE>
export type Kwadrant = Methode['kwadranten'][number]
export type Vraag = Kwadrant['vragen'][number]
export type Werkvorm = (typeof WERKVORMEN)[number]
export type Raakt = Static<typeof RAAKT>
export type Risico = Static<typeof RISICO>
export type JuridischeRegel = Static<typeof JURIDISCH>
export type Patroon = Static<typeof PATROON>
