import { audit } from '../../../platform/audit.ts'
import { attempt } from '../../../platform/db/savepoint.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  GEEN_UITKOMST,
  type Invoersoort,
  markOf,
  TOON_WIJZIGINGEN,
  type Uitkomst,
} from '../../../platform/register/invoer/invoer.ts'
import { isStrijd } from '../../declaraties/index.ts'
import type { Bericht, Bericht323, Bericht325, Bevinding } from '../../istandaard/index.ts'
import { holdIntake } from '../../toegang/index.ts'
import { GROND } from '../grond.ts'
import { handleApart } from '../herkansing/afzonderen.ts'
import { judgeByDomein } from '../inname/oordelen.ts'
import { admit } from '../inname/toelaten.ts'
import { recordOnce } from '../post/eenmaal.ts'
import { type Post, toRij } from '../post/gelezen.ts'
import { kenmerkVan } from '../post/rules.ts'
import {
  identificatieSleutel,
  insertBerichten,
  insertGebeurtenissen,
  mapByIdentificatie,
  updateOordelen,
} from '../post/store.ts'
import { soortNaam } from '../verkeer/rules.ts'
import { type Elders, eldersOf, heenOf, isAntwoord, isRefusal, isTakenOver } from './rules.ts'
import { type Gestapeld, readStapel } from './stapel.ts'

/**
 * Old messages as they were sent, with the answers they got. They count as they were answered then: no rule of today judges them, nobody
 * gets an answer, and what was granted was paid elsewhere. One that does not fit is left out and stops no other; the same ones again
 * change nothing. What messages said stays: it cannot be taken back.
 */
export const BERICHTEN: Invoersoort<Gestapeld[]> = {
  naam: 'berichten',
  recht: 'berichten.overnemen',
  inwoners: true,
  lees: readStapel,
  doe: takeOver,
}

/** So many reasons are kept to be shown; the count is of all. */
const TOON_REDENEN = 100

type MetNaam<T> = T & { naam: string }
/** A message on its way, and how its declaratie was answered. */
type Oud = MetNaam<Post> & { elders?: Elders }
interface Overslag {
  naam: string
  reden: string
}

async function takeOver(tx: Tx, ctx: Ctx, stapel: readonly Gestapeld[]): Promise<Uitkomst> {
  const { heen, overslag } = pair(stapel, ctx.wie.scope.gemeentenClient)
  await holdIntake(tx)
  const [{ bekend, geweigerd }, { genomen, afgevallen, dubbel }] = await recordOnce(
    tx,
    () => enter(tx, ctx, heen),
    ({ posten }) => recordFitting(tx, ctx, posten),
  )
  if (genomen.length > 0)
    await audit(tx, ctx, 'berichten.overgenomen', GROND, {
      berichten: genomen.map(({ berichtId }) => berichtId),
    })
  const weg = [...overslag, ...geweigerd, ...afgevallen]
  return {
    ...GEEN_UITKOMST,
    rijen: stapel.length,
    nieuw: genomen.length,
    gelijk: bekend + dubbel,
    overgeslagen: {
      aantal: weg.length,
      redenen: weg.slice(0, TOON_REDENEN).map(({ naam, reden }) => `${naam}: ${reden}`),
    },
    perSoort: countPerSoort(genomen.map(({ inhoud }) => inhoud.bericht)),
    teken: markOf(genomen.map(({ naam }) => naam)),
    voorbeelden: genomen.slice(0, TOON_WIJZIGINGEN).map(({ inhoud, naam, gemeente, agb }) => ({
      sleutel: `${inhoud.bericht}~${inhoud.header.berichtIdentificatie.identificatie}`,
      soort: 'nieuw',
      velden: [
        { kop: 'Bestand', oud: null, nieuw: naam },
        { kop: 'Gemeente', oud: null, nieuw: gemeente },
        { kop: 'Aanbieder', oud: null, nieuw: agb },
      ],
    })),
  }
}

/** Of each kind how many, in the order in which they follow each other: first what is assigned, then what is reported and claimed. */
function countPerSoort(soorten: readonly string[]): NonNullable<Uitkomst['perSoort']> {
  return [...Map.groupBy(soorten, soort => soort.slice(-3))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([nummer, zelfde]) => ({
      soort: `${soortNaam(nummer).toLowerCase()} (${nummer})`,
      aantal: zelfde.length,
    }))
}

type Leesbaar = Gestapeld & { inhoud: Bericht; elders?: Elders }

/** Brings messages and their answers together; what was refused then, or cannot be read now, is left out. */
function pair(stapel: readonly Gestapeld[], gemeenten: readonly string[]) {
  const overslag: Overslag[] = []
  const leesbaar = stapel.flatMap((g): Leesbaar[] => {
    const { inhoud, niveau, bevindingen } = g.controle
    if (inhoud !== undefined && niveau !== 2) return [{ ...g, inhoud }]
    overslag.push({ naam: g.naam, reden: bevindingen[0]?.melding ?? 'Dit bericht kan niet worden gelezen.' })
    return []
  })
  const antwoorden = Map.groupBy(
    leesbaar.filter(({ inhoud }) => isAntwoord(inhoud.bericht)),
    ({ inhoud }) => heenOf(inhoud),
  )
  const heen: Leesbaar[] = []
  for (const g of leesbaar) {
    if (isAntwoord(g.inhoud.bericht)) continue
    const gepast = gemeenten.includes(g.gemeente)
      ? matchAntwoord(g, antwoorden.get(heenOf(g.inhoud)) ?? [])
      : 'Dit bericht is niet van een gemeente die u mag zien.'
    if (typeof gepast === 'string') overslag.push({ naam: g.naam, reden: gepast })
    else heen.push(gepast)
  }
  return { heen, overslag }
}

/** The message with how its declaratie was answered, or why it is left out. */
function matchAntwoord(g: Leesbaar, antwoorden: readonly Leesbaar[]): Leesbaar | string {
  const { inhoud } = g
  const [antwoord, ...meer] = antwoorden
  if (!isTakenOver(inhoud.bericht)) return 'Dit soort bericht wordt niet overgenomen.'
  if (meer.some(({ bytes }) => Buffer.compare(bytes, antwoord?.bytes ?? bytes) !== 0))
    return 'Er zijn twee verschillende antwoorden op dit bericht. Doe alleen het juiste erbij.'
  if (!('declaratie' in inhoud))
    return antwoord !== undefined && isRefusal(antwoord.inhoud) ? 'Dit bericht is destijds geweigerd.' : g
  if (antwoord === undefined) return 'Het antwoord (325) zit er niet bij.'
  const elders = eldersOf(inhoud as Bericht323, antwoord.inhoud as Bericht325)
  return elders === undefined
    ? 'Het toegekende bedrag in het antwoord (325) past niet bij de regels.'
    : { ...g, elders }
}

/** Which of them are between parties that are known, and new. */
async function enter(tx: Tx, ctx: Ctx, heen: readonly Leesbaar[]) {
  const deur = await admit(
    tx,
    ctx,
    heen.map(g => ({ ...g, ontvangenOp: ctx.nu })),
  )
  const vraagVan = (g: Leesbaar) => ({ gemeente: g.gemeente, ...kenmerkVan(g.inhoud) })
  const bezet = new Set((await mapByIdentificatie(tx, heen.map(vraagVan))).keys())
  const posten: Oud[] = []
  const geweigerd: Overslag[] = []
  let bekend = 0
  for (const [i, g] of heen.entries()) {
    const d = deur[i]
    const sleutel = identificatieSleutel(vraagVan(g))
    if (d === undefined) continue
    if ('bekend' in d) bekend += 1
    else if ('weigering' in d)
      geweigerd.push({ naam: g.naam, reden: d.weigering.bevindingen[0]?.melding ?? '' })
    else if (bezet.has(sleutel))
      geweigerd.push({ naam: g.naam, reden: 'Er is al een ander bericht met deze identificatie.' })
    else {
      bezet.add(sleutel)
      posten.push({ ...d, naam: g.naam, ...(g.elders && { elders: g.elders }) })
    }
  }
  return { posten, bekend, geweigerd }
}

/** Records those that fit what is known; the others leave nothing behind, so that they can come again when it is mended. */
async function recordFitting(tx: Tx, ctx: Ctx, posten: readonly Oud[]) {
  const afgevallen: Overslag[] = []
  let over = posten
  let dubbel = 0
  for (;;) {
    const poging = await attempt(tx, () => record(tx, ctx, over), { undo: redenen => redenen.size > 0 })
    if (!poging.gelukt) throw poging.fout
    const redenen = poging.waarde
    if (redenen.size === 0) return { genomen: over, afgevallen, dubbel }
    for (const { berichtId, naam } of over) {
      const reden = redenen.get(berichtId)
      if (reden === AL_BEKEND) dubbel += 1
      else if (reden !== undefined) afgevallen.push({ naam, reden })
    }
    over = over.filter(({ berichtId }) => !redenen.has(berichtId))
  }
}

/** Answers why messages do not fit, by their id; none: all of it stands. */
async function record(tx: Tx, ctx: Ctx, posten: readonly Oud[]): Promise<Map<string, string>> {
  const rijen = await Promise.all(posten.map(post => toRij(ctx, post)))
  await insertBerichten(
    tx,
    rijen.map(rij => ({ ...rij, staat: 'overgenomen', geldt: true, antwoordVoor: null, verwerktOp: ctx.nu })),
  )
  const elders = new Map(
    posten.flatMap(({ berichtId, elders: e }) => (e === undefined ? [] : [[berichtId, e]])),
  )
  const oordelen = await handleApart<Oud, { regels: number; reden: string | undefined }>(tx, posten, {
    handle: async groep =>
      new Map(
        [...(await judgeByDomein(tx, ctx, groep, elders))].map(([id, { regels, bevindingen }]) => [
          id,
          { regels, reden: reasonOf(bevindingen.filter(b => !elders.has(id) || isStrijd(b))) },
        ]),
      ),
    giveUp: async () => ({
      regels: 0,
      reden: 'Dit bericht kan niet worden geboekt. Meld het bij de beheerder.',
    }),
  })
  await updateOordelen(
    tx,
    posten.map(({ gemeente, berichtId }) => ({
      gemeente,
      berichtId,
      staat: 'overgenomen',
      geldt: true,
      regels: oordelen.get(berichtId)?.regels ?? 0,
      bevindingen: 0,
      verwerktOp: ctx.nu,
    })),
  )
  await insertGebeurtenissen(
    tx,
    posten.map(({ gemeente, berichtId, aanbiederId }) => ({
      gemeente,
      berichtId,
      aanbiederId,
      soort: 'overgenomen',
      door: ctx.wie.id,
      op: ctx.nu,
    })),
  )
  return new Map(
    [...oordelen].flatMap(([id, { reden }]) => (reden === undefined ? [] : [[id, reden] as const])),
  )
}

/** Of a start or stop that was taken over in another way before. */
const AL_BEKEND = 'al bekend'
const reasonOf = (bevindingen: readonly Bevinding[]): string | undefined =>
  bevindingen.length > 0 && bevindingen.every(({ regel }) => regel === 'TR074')
    ? AL_BEKEND
    : bevindingen[0]?.melding
