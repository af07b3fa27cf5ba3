import { Type } from 'typebox'
import { API, LINK, orNull } from '../../../platform/http/api.ts'
import { DOMEINNAAM, RICHTINGNAAM, STAAT } from './rules.ts'
import type { Berichtregel } from './store.ts'

const oneOf = (namen: Readonly<Record<string, unknown>>, description: string) =>
  Type.String({ enum: Object.keys(namen), description })

/** A message in the API: what a list and a single answer have in common. */
export const BERICHT = Type.Object(
  {
    gemeente: Type.String({ description: 'CBS-code van de gemeente' }),
    id: Type.String({ format: 'uuid' }),
    richting: oneOf(RICHTINGNAAM, 'in: hier ontvangen; uit: hier gemaakt'),
    soort: Type.String({ description: 'Soort bericht, bijvoorbeeld JW323' }),
    domein: oneOf(DOMEINNAAM, 'Jeugdwet of Wmo'),
    afzender: Type.String({ description: 'Afzender in de kop van het bericht: gemeentecode of AGB-code' }),
    ontvanger: Type.String({ description: 'Ontvanger in de kop van het bericht' }),
    aanbieder: orNull(Type.Object({ agb: Type.String(), naam: Type.String() })),
    identificatie: Type.String(),
    dagtekening: orNull(Type.String({ format: 'date' })),
    staat: oneOf(STAAT, 'Hoe het ervoor staat'),
    reden: orNull(
      Type.String({
        description:
          'Waarom het niet kan worden beoordeeld: tijd, proces, of fout: met de soort fout. Anders null.',
      }),
    ),
    aantalRegels: Type.Integer({ description: 'Beoordeelde regels of producten' }),
    aantalBevindingen: Type.Integer(),
    ontvangenOp: Type.String({ format: 'date-time' }),
    antwoordVoor: orNull(Type.String({ format: 'date', description: 'Laatste dag voor het antwoord' })),
    verwerktOp: orNull(Type.String({ format: 'date-time' })),
    _links: Type.Object({
      self: LINK,
      bestand: LINK,
      antwoord: Type.Optional(LINK),
      antwoordOp: Type.Optional(LINK),
    }),
  },
  { title: 'Bericht' },
)

/** Full address of a message in the API. */
export function berichtHref(adres: string, gemeente: string, berichtId: string): string {
  return `${adres}${API}/berichten/${gemeente}/${berichtId}`
}

/** A row as the API writes it. */
export function toBericht(adres: string, rij: Berichtregel) {
  const { gemeente, berichtId, agb, aanbieder } = rij
  const self = berichtHref(adres, gemeente, berichtId)
  return {
    gemeente,
    id: berichtId,
    richting: rij.richting,
    soort: rij.soort,
    domein: rij.domein,
    afzender: rij.afzender,
    ontvanger: rij.ontvanger,
    aanbieder: agb === null ? null : { agb, naam: aanbieder ?? '' },
    identificatie: rij.identificatie,
    dagtekening: rij.dagtekening,
    staat: rij.staat,
    reden: rij.reden,
    aantalRegels: rij.regels,
    aantalBevindingen: rij.bevindingen,
    ontvangenOp: rij.ontvangenOp.toISOString(),
    antwoordVoor: rij.antwoordVoor,
    verwerktOp: rij.verwerktOp?.toISOString() ?? null,
    _links: { self: { href: self }, bestand: { href: `${self}/bestand` } },
  }
}
