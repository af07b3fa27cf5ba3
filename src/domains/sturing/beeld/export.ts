import type { FastifyReply } from 'fastify'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import type { Beeld, Stand } from './rules.ts'
import { aantalInCel, afkeurReden } from './teksten.ts'

export const DELEN = [
  'segmenten',
  'gemeenten',
  'maanden',
  'aanbieders',
  'concentratie',
  'verwijzers-euro',
  'verwijzers-toewijzingen',
  'afkeur',
] as const
export type Deel = (typeof DELEN)[number]

/** A share as percentage with one decimal, as a number. */
function procent(deel: number | null): number | null {
  return deel === null ? null : Math.round(deel * 1000) / 10
}

function standKolommen(kop: string): Exportkolom<Stand>[] {
  return [
    { kop: 'Code', waarde: s => s.sleutel },
    { kop, waarde: s => s.naam },
    { kop: 'Besteed', soort: 'bedrag', waarde: s => s.besteed },
    { kop: 'Waarvan met plafond', soort: 'bedrag', waarde: s => s.binnen.besteed },
    { kop: 'Plafond', soort: 'bedrag', waarde: s => s.plafond },
    { kop: 'Benut in %', soort: 'getal', waarde: s => procent(s.benutting) },
    { kop: 'Doorgerekend', soort: 'bedrag', waarde: s => s.doorgerekend },
    { kop: 'Besteed in complete maanden', soort: 'bedrag', waarde: s => s.compleet },
    { kop: 'Zelfde maanden vorig jaar', soort: 'bedrag', waarde: s => s.vorigCompleet },
    { kop: 'Verandering in %', soort: 'getal', waarde: s => procent(s.verandering) },
    { kop: 'Toegewezen', soort: 'bedrag', waarde: s => s.toegewezen },
    { kop: 'Toegewezen, nog niet gedeclareerd', soort: 'bedrag', waarde: s => s.nogTeDeclareren },
    { kop: 'Unieke cliënten', soort: 'getal', waarde: s => aantalInCel(s.clienten) },
    { kop: 'Kosten per cliënt', soort: 'bedrag', waarde: s => s.kostenPerClient },
  ]
}

/** Sends one table of a page as a file: the same figures of the same query, hidden where the page hides them. */
export function sendDeel(
  reply: FastifyReply,
  formaat: 'csv' | 'xlsx',
  deel: Deel,
  beeld: Beeld,
): Promise<FastifyReply> {
  const naam = `${deel}-${beeld.filter.jaar}`
  const send = <Rij>(kolommen: readonly Exportkolom<Rij>[], rijen: readonly Rij[]) =>
    sendExport(reply, naam, kolommen, rijen, { formaat })
  switch (deel) {
    case 'segmenten':
      return send(
        [...standKolommen('Segment'), { kop: 'Onder segment', waarde: s => s.ouder ?? '' }],
        beeld.perSegment,
      )
    case 'gemeenten':
      return send(standKolommen('Gemeente'), beeld.perGemeente)
    case 'maanden':
      return send(
        [
          { kop: 'Maand', soort: 'getal', waarde: m => m.maand },
          { kop: `Besteed in ${beeld.filter.jaar}`, soort: 'bedrag', waarde: m => m.dit },
          { kop: `Besteed in ${beeld.filter.jaar - 1}`, soort: 'bedrag', waarde: m => m.vorig },
          {
            kop: 'Compleet',
            waarde: m => (m.dit === null ? '' : m.maand <= beeld.compleet ? 'ja' : 'nog niet'),
          },
        ],
        beeld.maanden,
      )
    case 'aanbieders':
      return send(
        [
          { kop: 'Aanbieder', waarde: a => a.naam },
          { kop: 'Besteed', soort: 'bedrag', waarde: a => a.besteed },
          { kop: 'Aandeel in %', soort: 'getal', waarde: a => procent(a.deel) },
          { kop: 'Verandering in %', soort: 'getal', waarde: a => procent(a.verandering) },
        ],
        beeld.aanbieders,
      )
    case 'concentratie':
      return send(
        [
          { kop: 'Markt', waarde: m => m.naam },
          { kop: 'Aanbieders met omzet', soort: 'getal', waarde: m => m.aanbieders },
          { kop: 'Grootste aanbieder', waarde: m => m.grootsteNaam },
          { kop: 'Aandeel grootste in %', soort: 'getal', waarde: m => procent(m.grootste) },
          { kop: 'C5 in %', soort: 'getal', waarde: m => procent(m.c5) },
          { kop: 'C90 (aanbieders)', soort: 'getal', waarde: m => m.c90 },
          { kop: 'HHI', soort: 'getal', waarde: m => m.hhi },
        ],
        beeld.markten,
      )
    case 'verwijzers-euro':
      return send(
        [
          { kop: 'Verwijzer', waarde: v => v.naam },
          { kop: 'Besteed', soort: 'bedrag', waarde: v => v.bedrag },
          { kop: 'Aandeel in %', soort: 'getal', waarde: v => procent(v.deelEuro) },
        ],
        beeld.verwijzers,
      )
    case 'verwijzers-toewijzingen':
      return send(
        [
          { kop: 'Verwijzer', waarde: v => v.naam },
          { kop: 'Toewijzingen', soort: 'getal', waarde: v => v.toewijzingen },
          { kop: 'Aandeel in %', soort: 'getal', waarde: v => procent(v.deelToewijzingen) },
        ],
        beeld.verwijzers,
      )
    case 'afkeur':
      return send(
        [
          { kop: 'Retourcode', waarde: a => a.retourcode },
          { kop: 'Reden', waarde: a => afkeurReden(a.retourcode) },
          { kop: 'Regels', soort: 'getal', waarde: a => a.regels },
          { kop: 'Bedrag', soort: 'bedrag', waarde: a => a.bedrag },
        ],
        beeld.afkeur,
      )
  }
}
