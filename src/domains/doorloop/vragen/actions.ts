import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { GROND } from '../../dossiers/index.ts'
import { demandLopend, holdDoorloop, saveDeel } from '../doorloop/deel.ts'
import { mayAnswer } from '../doorloop/rules.ts'
import { countAanbod, type Doorloop, findDeel, mapStanden } from '../doorloop/store.ts'
import { findVraag, type GeplaatsteVraag } from '../methode/rules.ts'
import { type Bijdragesoort, closeBijdrage, insertBijdrage, type Uitkomst } from './store.ts'

/** An answer as it is kept (onderdeel 'antwoord', sleutel the code of the question). */
export interface Antwoord {
  staat: 'concept' | 'beantwoord' | 'open-gelaten'
  tekst: string
  /** Why the question is deliberately left open. */
  reden: string
  bronnen: string
  openPunten: string
  eigenaarId: number | null
  eigenaar: string | null
}

export interface Antwoordinvoer {
  staat: string
  tekst: string
  reden: string
  bronnen: string
  openPunten: string
  eigenaar: string
  versie: number
}

export const SOORTEN: Readonly<Record<Bijdragesoort, string>> = {
  bijdrage: 'Bijdrage',
  dilemma: 'Dilemma',
  bron: 'Bron',
  opmerking: 'Opmerking',
}
export const UITKOMSTEN: Readonly<Record<Uitkomst, string>> = {
  overgenomen: 'Overgenomen',
  meegewogen: 'Meegewogen',
  'niet-overgenomen': 'Niet overgenomen',
}
const ANTWOORDSTATEN = ['concept', 'beantwoord', 'open-gelaten'] as const

/** The question in this run, or 404. */
export function getVraag(doorloop: Doorloop, code: string): GeplaatsteVraag {
  const vraag = findVraag(doorloop.methode, code)
  if (!vraag) throw notFound('Vraag')
  return vraag
}

/** Whether this question can be answered now, with the reason when not. */
export async function checkOpen(db: Db, doorloop: Doorloop, { kwadrant }: GeplaatsteVraag) {
  const [standen, aanbod] = [
    await mapStanden(db, doorloop.doorloopId),
    await countAanbod(db, doorloop.dossierId),
  ]
  return mayAnswer(doorloop.methode, kwadrant, { standen, aanbod })
}

/** Saves an answer. Throws 400 with every fault, 409 when its turn has not come, `Botsing` when somebody was faster. */
export async function saveAntwoord(
  ctx: Ctx,
  doorloopId: number,
  code: string,
  invoer: Antwoordinvoer,
): Promise<void> {
  await ctx.write(async tx => {
    const doorloop = await holdDoorloop(tx, doorloopId)
    const vraag = getVraag(doorloop, code)
    demandLopend(doorloop)
    const mag = await checkOpen(tx, doorloop, vraag)
    if (!mag.ok)
      throw new Problem(409, 'nog-niet-aan-de-beurt', 'Deze vraag is nog niet aan de beurt', mag.reden)
    const collegas = await listCollegas(tx, 'beleid.bijdragen', doorloop.gemeente)
    const bestaand = await findDeel<Antwoord>(tx, doorloopId, 'antwoord', code)
    const gekozen = collegas.find(c => String(c.gebruikerId) === invoer.eigenaar)
    const eigenaar = gekozen
      ? { eigenaarId: gekozen.gebruikerId, eigenaar: gekozen.naam }
      : keepEigenaar(bestaand?.inhoud, invoer.eigenaar)
    await saveDeel(tx, ctx, doorloop, {
      onderdeel: 'antwoord',
      sleutel: code,
      naam: 'dit antwoord',
      versie: invoer.versie,
      inhoud: {
        ...readAntwoord(invoer),
        ...eigenaar,
      } satisfies Antwoord,
    })
  })
}

/** Who owned the answer keeps it, also when they no longer work here, until somebody else is chosen. */
function keepEigenaar(
  antwoord: Antwoord | undefined,
  gekozen: string,
): Pick<Antwoord, 'eigenaarId' | 'eigenaar'> {
  return antwoord !== undefined && String(antwoord.eigenaarId) === gekozen
    ? { eigenaarId: antwoord.eigenaarId, eigenaar: antwoord.eigenaar }
    : { eigenaarId: null, eigenaar: null }
}

/** What was typed as an answer. Throws 400 with every fault at once. */
export function readAntwoord(invoer: Antwoordinvoer): Omit<Antwoord, 'eigenaar' | 'eigenaarId'> {
  const staat = ANTWOORDSTATEN.find(s => s === invoer.staat)
  const fouten: Fout[] = [
    ...checkTekst({
      pad: 'tekst',
      naam: 'het antwoord',
      waarde: invoer.tekst,
      verplicht: staat === 'beantwoord',
    }),
    ...checkTekst({
      pad: 'reden',
      naam: 'de reden om de vraag open te laten',
      waarde: invoer.reden,
      verplicht: staat === 'open-gelaten',
      max: 2000,
    }),
    ...checkTekst({
      pad: 'bronnen',
      naam: 'de bronnen',
      waarde: invoer.bronnen,
      verplicht: false,
      max: 4000,
    }),
    ...checkTekst({
      pad: 'openPunten',
      naam: 'de open punten',
      waarde: invoer.openPunten,
      verplicht: false,
      max: 4000,
    }),
  ]
  if (staat === undefined) fouten.push({ pad: 'staat', melding: 'Kies hoe ver het antwoord is.' })
  if (staat === undefined || fouten.length > 0) throw invalid('Het antwoord is niet opgeslagen', fouten)
  return {
    staat,
    tekst: invoer.tekst.trim(),
    reden: staat === 'beantwoord' ? '' : invoer.reden.trim(),
    bronnen: invoer.bronnen.trim(),
    openPunten: invoer.openPunten.trim(),
  }
}

/** Adds something to a question: nobody can overwrite it. Also for a question that is not open yet: ideas come early. */
export async function addBijdrage(
  ctx: Ctx,
  doorloopId: number,
  code: string,
  invoer: { soort: string; tekst: string },
): Promise<void> {
  const soort = (Object.keys(SOORTEN) as Bijdragesoort[]).find(s => s === invoer.soort)
  const fouten = checkTekst({ pad: 'bijdrage', naam: 'uw bijdrage', waarde: invoer.tekst, max: 4000 })
  if (soort === undefined) fouten.push({ pad: 'soort', melding: 'Kies wat u toevoegt.' })
  if (soort === undefined || fouten.length > 0) throw invalid('Uw bijdrage is niet opgeslagen', fouten)
  await ctx.write(async tx => {
    const doorloop = await holdDoorloop(tx, doorloopId)
    getVraag(doorloop, code)
    demandLopend(doorloop)
    const bijdrage = await insertBijdrage(tx, {
      doorloopId,
      dossierId: doorloop.dossierId,
      vraag: code,
      soort,
      tekst: invoer.tekst.trim(),
      door: gebruikerIdOf(ctx.wie),
      op: ctx.nu,
    })
    if (bijdrage !== undefined)
      await audit(tx, ctx, 'bijdrage.toegevoegd', GROND, { doorloop: doorloopId, bijdrage })
  })
}

/** Tells the giver what came of a contribution. Throws 400, 404, or 409 when the run stands still or somebody already did. */
export async function answerBijdrage(
  ctx: Ctx,
  doorloopId: number,
  code: string,
  bijdrageId: number,
  invoer: { uitkomst: string; reactie: string },
): Promise<void> {
  const uitkomst = (Object.keys(UITKOMSTEN) as Uitkomst[]).find(u => u === invoer.uitkomst)
  const fouten = checkTekst({
    pad: `reactie-${bijdrageId}`,
    naam: 'de reactie',
    waarde: invoer.reactie,
    verplicht: uitkomst === 'niet-overgenomen',
    max: 2000,
  })
  if (uitkomst === undefined)
    fouten.push({ pad: `uitkomst-${bijdrageId}`, melding: 'Kies wat u met de bijdrage doet.' })
  if (uitkomst === undefined || fouten.length > 0) throw invalid('De reactie is niet opgeslagen', fouten)
  await ctx.write(async tx => {
    const doorloop = await holdDoorloop(tx, doorloopId)
    getVraag(doorloop, code)
    demandLopend(doorloop)
    const gelukt = await closeBijdrage(tx, {
      doorloopId: doorloop.doorloopId,
      vraag: code,
      bijdrageId,
      uitkomst,
      reactie: invoer.reactie.trim(),
      door: gebruikerIdOf(ctx.wie),
      op: ctx.nu,
    })
    if (!gelukt)
      throw new Problem(
        409,
        'al-beantwoord',
        'Op deze bijdrage is al gereageerd',
        'Open de vraag opnieuw om de reactie te lezen.',
      )
    await audit(tx, ctx, 'bijdrage.afgedaan', GROND, { doorloop: doorloopId, bijdrage: bijdrageId })
  })
}
