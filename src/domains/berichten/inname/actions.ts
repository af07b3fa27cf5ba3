import { randomUUID } from 'node:crypto'
import { audit } from '../../../platform/audit.ts'
import { addWerkdagen, dateInNederland } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { packFile, unpackFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { berichtenVerwerkt } from '../../../platform/http/metingen.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { Problem } from '../../../platform/problem.ts'
import { mapAanbiedersByAgb } from '../../aanbieders/index.ts'
import type { Bericht } from '../model/bericht.ts'
import { type Controle, controleerBytes } from '../model/controleer.ts'
import type { Bevinding, Controleniveau } from '../model/regel.ts'
import { writeBericht } from '../model/schrijven.ts'
import { buildDeclaratieAntwoord, buildRetour, isBeoordeelbaar, type Kenmerk } from './antwoord.ts'
import { oordeel } from './oordelen.ts'
import { antwoordtermijn, checkKop, HEEN_VAN, nummerVan, partijenVan } from './rules.ts'
import {
  type Bekend,
  type BerichtRij,
  identificatieSleutel,
  insertBerichten,
  insertBevindingen,
  insertGebeurtenissen,
  listGemeenten,
  lockWachtend,
  mapAntwoorden,
  mapBestanden,
  mapByIdentificatie,
  mapByVingerafdruk,
  type NieuweBevinding,
  type NieuweGebeurtenis,
  newIdentificaties,
  type Staat,
  updateOordelen,
} from './store.ts'

const GROND = 'Jeugdwet art. 2.15 en Wmo 2015 art. 2.6.7a: berichtenverkeer'

export interface Levering {
  bytes: Uint8Array
  ontvangenOp: Date
}

export interface Inname {
  /** 'geweigerd-aan-de-deur': not recorded at all; `bevindingen` say why. 'al-ontvangen': these bytes came before. */
  uitkomst: Staat | 'al-ontvangen' | 'geweigerd-aan-de-deur'
  soort: string | null
  gemeente?: string
  berichtId?: string
  /** Level at which it failed; null when it was accepted. */
  niveau: Controleniveau | null
  bevindingen: readonly Bevinding[]
  antwoord?: { berichtId: string; soort: string; xml: string }
}

export interface InnameOpties {
  /** First day that may be claimed (CS100); only a demonstration in its original years needs another. */
  eersteDeclaratieDatum?: string
}

interface Gelezen extends Levering {
  controle: Controle
  gemeente: string
  agb: string
}

/** A message on its way through: recorded under `berichtId`, judged, answered. */
interface Post extends Gelezen {
  inhoud: Bericht
  berichtId: string
  aanbiederId: number
  vingerafdruk: Buffer
}

/**
 * Takes in messages: reads and judges them on all four levels, records them with their files, answers them, and books
 * what they change, all in one transaction. What was not committed was not acknowledged either, so a crash loses and
 * doubles nothing: the same bytes again give the first answer again.
 * Throws Problem 403 when this person may not deliver one of these messages; then nothing is recorded.
 */
export async function neemIn(
  ctx: Ctx,
  leveringen: readonly Levering[],
  opties: InnameOpties = {},
): Promise<Inname[]> {
  const gelezen = leveringen.map(levering => read(levering, opties))
  const gemeenten = [...new Set(gelezen.flatMap(g => (g.gemeente === '' ? [] : [g.gemeente])))]
  const breed = ctx.namens(gemeenten)
  return breed.write(async tx => {
    const deur = await admit(tx, ctx, gelezen)
    const nieuw = deur.flatMap(d => ('berichtId' in d && 'aanbiederId' in d ? [d] : []))
    const verwerkt = await handle(tx, breed, nieuw, insertBerichten)
    const eerder = deur.flatMap(d => ('bekend' in d ? [d.bekend] : []))
    const antwoorden = await findAntwoorden(tx, breed, eerder)
    return deur.map(d => {
      if ('weigering' in d) return d.weigering
      if ('bekend' in d) return alOntvangen(d.bekend, d.soort, antwoorden)
      return verwerkt.get(d.berichtId) ?? unreachable()
    })
  })
}

/**
 * Records a message and leaves the judging to a job: for what takes longer than a request may. Answers as `neemIn`,
 * with `uitkomst` 'ontvangen'.
 */
export async function ontvang(ctx: Ctx, levering: Levering): Promise<Inname> {
  const gelezen = read(levering, {})
  const breed = ctx.namens(gelezen.gemeente === '' ? [] : [gelezen.gemeente])
  return breed.write(async tx => {
    const [deur] = await admit(tx, ctx, [gelezen])
    if (!deur) return unreachable()
    if ('weigering' in deur) return deur.weigering
    if ('bekend' in deur)
      return alOntvangen(deur.bekend, deur.soort, await findAntwoorden(tx, breed, [deur.bekend]))
    await insertBerichten(tx, [{ ...(await toRij(breed, deur)), geldt: false }])
    await insertGebeurtenissen(tx, [gebeurtenis(deur, 'ontvangen', ctx.wie.id, deur.ontvangenOp)])
    await enqueue(
      tx,
      'berichten_verwerk',
      { gemeente: deur.gemeente, berichtId: deur.berichtId },
      deur.berichtId,
    )
    await audit(tx, ctx, 'bericht.ontvangen', GROND, { berichten: [deur.berichtId] })
    return {
      uitkomst: 'ontvangen',
      soort: deur.inhoud.bericht,
      gemeente: deur.gemeente,
      berichtId: deur.berichtId,
      niveau: null,
      bevindingen: [],
    }
  })
}

/** Judges a message that waits; does nothing when another worker has it or had it. */
export async function verwerkWachtend(ctx: Ctx, gemeente: string, berichtId: string): Promise<void> {
  const breed = ctx.namens([gemeente])
  await breed.write(async tx => {
    const wachtend = await lockWachtend(tx, gemeente, berichtId)
    if (!wachtend) return
    const bytes = await unpackFile(ctx.kluis, wachtend.bestand)
    const gelezen = read({ bytes, ontvangenOp: wachtend.ontvangenOp }, {})
    if (!gelezen.controle.inhoud) throw new Error('a stored message no longer reads')
    const post: Post = {
      ...gelezen,
      inhoud: gelezen.controle.inhoud,
      berichtId,
      aanbiederId: wachtend.aanbiederId,
      vingerafdruk: ctx.kluis.vingerafdruk(bytes),
    }
    await handle(tx, breed, [post], async (inner, [rij]) => {
      if (rij) await updateOordelen(inner, [{ ...rij, verwerktOp: rij.verwerktOp ?? ctx.nu }])
    })
  })
}

function read(levering: Levering, opties: InnameOpties): Gelezen {
  const controle = controleerBytes(levering.bytes, opties)
  const partijen = controle.inhoud ? partijenVan(controle.inhoud) : { gemeente: '', agb: '' }
  return { ...levering, controle, ...partijen }
}

type Deur = Post | { bekend: Bekend; soort: string } | { weigering: Inname }

/** Who may come in: a readable message, between parties we know, delivered by one of them, not seen before. */
async function admit(tx: Tx, ctx: Ctx, gelezen: readonly Gelezen[]): Promise<Deur[]> {
  const gemeenten = await listGemeenten(
    tx,
    gelezen.map(g => g.gemeente),
  )
  const aanbieders = await mapAanbiedersByAgb(
    tx,
    gelezen.map(g => g.agb),
  )
  const afdrukken = gelezen.map(g => ctx.kluis.vingerafdruk(g.bytes))
  const bekend = await mapByVingerafdruk(
    tx,
    gelezen.flatMap((g, i) =>
      g.gemeente === '' ? [] : [{ gemeente: g.gemeente, vingerafdruk: afdrukken[i] ?? Buffer.alloc(0) }],
    ),
  )
  return gelezen.map((g, i): Deur => {
    const { inhoud } = g.controle
    if (!inhoud) return { weigering: atTheDoor(g, g.controle.bevindingen, 1) }
    const aanbiederId = aanbieders.get(g.agb)
    if (!gemeenten.has(g.gemeente)) return { weigering: atTheDoor(g, [ONBEKENDE_GEMEENTE], 4) }
    if (aanbiederId === undefined) return { weigering: atTheDoor(g, [ONBEKENDE_AANBIEDER], 4) }
    checkBezorger(ctx, g.gemeente, aanbiederId, inhoud.header.afzender === g.agb)
    const vingerafdruk = afdrukken[i] ?? Buffer.alloc(0)
    const sleutel = `${g.gemeente}|${vingerafdruk.toString('hex')}`
    const eerder = bekend.get(sleutel)
    if (eerder) return { bekend: eerder, soort: inhoud.bericht }
    const berichtId = randomUUID()
    bekend.set(sleutel, { gemeente: g.gemeente, berichtId, staat: 'ontvangen' })
    return { ...g, inhoud, berichtId, aanbiederId, vingerafdruk }
  })
}

const ONBEKENDE_GEMEENTE: Bevinding = {
  regel: 'TR378',
  retourcode: 'S300',
  pad: '/Bericht/Header',
  melding: 'De gemeente in dit bericht hoort niet bij deze regio. Controleer de gemeentecode.',
}

const ONBEKENDE_AANBIEDER: Bevinding = {
  regel: 'OP254',
  retourcode: null,
  pad: '/Bericht/Header',
  melding:
    'De AGB-code in dit bericht is niet bekend. Controleer de code, of laat de aanbieder eerst opnemen in het register.',
}

function atTheDoor(g: Gelezen, bevindingen: readonly Bevinding[], niveau: Controleniveau): Inname {
  return { uitkomst: 'geweigerd-aan-de-deur', soort: g.controle.bericht, niveau, bevindingen }
}

/** A municipality delivers what concerns its own residents, a provider only what it sends itself. */
function checkBezorger(ctx: Ctx, gemeente: string, aanbiederId: number, isAfzender: boolean): void {
  const { scope } = ctx.wie
  if (scope.gemeentenClient.includes(gemeente)) return
  if (scope.aanbieder === aanbiederId && isAfzender) return
  throw new Problem(
    403,
    'niet-uw-bericht',
    'Dit bericht mag u niet aanleveren',
    'U kunt alleen berichten aanleveren van of voor uw eigen organisatie.',
  )
}

type Bewaar = (tx: Tx, berichten: readonly BerichtRij[]) => Promise<void>

interface Beoordeeld {
  staat: Staat
  niveau: Controleniveau | null
  regels: number
  bevindingen: readonly Bevinding[]
  aantalBevindingen: number
  geldt: boolean
  antwoord?: (kenmerk: Kenmerk) => Bericht
}

/** Judges, records, answers. `bewaar` records the incoming messages: new ones are inserted, waiting ones updated. */
async function handle(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  bewaar: Bewaar,
): Promise<Map<string, Inname>> {
  const gewogen = await weighKop(tx, ctx, posten)
  const verder = posten.filter(post => !gewogen.has(post.berichtId))
  // Messages first: what they change refers to them.
  const inhoudelijk = new Map<string, Beoordeeld>(gewogen)
  const rijen = new Map(
    await Promise.all(posten.map(async post => [post.berichtId, await toRij(ctx, post)] as const)),
  )
  const voorlopig = verder.map(post => rijen.get(post.berichtId) ?? unreachable())
  if (bewaar === insertBerichten) await insertBerichten(tx, voorlopig)
  for (const [berichtId, o] of await oordeel(tx, ctx, verder))
    inhoudelijk.set(berichtId, { ...o, niveau: o.aantalBevindingen > 0 ? 3 : null, geldt: true })

  const definitief = posten.map(post => {
    const o = inhoudelijk.get(post.berichtId) ?? unreachable()
    const { staat, geldt, regels, aantalBevindingen } = o
    return {
      ...(rijen.get(post.berichtId) ?? unreachable()),
      staat,
      geldt,
      regels,
      bevindingen: aantalBevindingen,
      verwerktOp: ctx.nu,
    }
  })
  if (bewaar === insertBerichten) {
    await insertBerichten(
      tx,
      definitief.filter(rij => gewogen.has(rij.berichtId)),
    )
    await updateOordelen(
      tx,
      definitief.filter(rij => !gewogen.has(rij.berichtId)),
    )
  } else await bewaar(tx, definitief)

  const antwoorden = await answer(tx, ctx, posten, inhoudelijk)
  await note(tx, ctx, posten, inhoudelijk, bewaar === insertBerichten)
  return new Map(
    posten.map(post => {
      const o = inhoudelijk.get(post.berichtId) ?? unreachable()
      berichtenVerwerkt.inc({ soort: post.inhoud.bericht, uitkomst: o.staat })
      const antwoord = antwoorden.get(post.berichtId)
      return [
        post.berichtId,
        {
          uitkomst: o.staat,
          soort: post.inhoud.bericht,
          gemeente: post.gemeente,
          berichtId: post.berichtId,
          niveau: o.niveau,
          bevindingen: o.bevindingen,
          ...(antwoord && { antwoord }),
        },
      ]
    }),
  )
}

/** Messages that end at level 2, at their header, or that are themselves an answer; the rest goes on to its domain. */
async function weighKop(tx: Tx, ctx: Ctx, posten: readonly Post[]): Promise<Map<string, Beoordeeld>> {
  const vragen = posten.map(post => ({
    gemeente: post.gemeente,
    soort: post.inhoud.bericht,
    afzender: post.inhoud.header.afzender,
    identificatie: post.inhoud.header.berichtIdentificatie.identificatie,
  }))
  const bezet = await mapByIdentificatie(tx, vragen)
  const heen = await findHeenberichten(tx, posten)
  const out = new Map<string, Beoordeeld>()
  for (const [i, post] of posten.entries()) {
    const { inhoud, controle } = post
    const nummer = nummerVan(inhoud.bericht)
    const vraag = vragen[i] ?? unreachable()
    const basis = {
      regels: 0,
      aantalBevindingen: controle.bevindingen.length,
      bevindingen: controle.bevindingen,
    }
    if (controle.niveau === 2) {
      out.set(post.berichtId, {
        ...basis,
        staat: 'afgekeurd',
        niveau: 2,
        geldt: false,
        ...toAnswer(inhoud, { technisch: true }),
      })
      continue
    }
    if (nummer in HEEN_VAN) {
      out.set(post.berichtId, weighAntwoord(post, heen.get(post.berichtId)))
      continue
    }
    const kop = checkKop(inhoud, {
      vandaag: dateInNederland(ctx.nu),
      identificatieBekend: bezet.has(identificatieSleutel(vraag)),
      gemeenteBekend: true,
    })
    if (kop.length > 0) {
      const codes = kop.flatMap(b => (b.retourcode === null ? [] : [b.retourcode]))
      out.set(post.berichtId, {
        regels: 0,
        bevindingen: kop,
        aantalBevindingen: kop.length,
        staat: 'afgekeurd',
        niveau: 3,
        geldt: false,
        ...toAnswer(inhoud, { kop: codes }),
      })
      continue
    }
    bezet.set(identificatieSleutel(vraag), {
      gemeente: post.gemeente,
      berichtId: post.berichtId,
      staat: 'ontvangen',
    })
    // Requests are recorded and kept; judging them is not part of this version.
    if (!isBeoordeelbaar(inhoud))
      out.set(post.berichtId, { ...basis, staat: 'ontvangen', niveau: null, geldt: true })
  }
  return out
}

function toAnswer(
  inhoud: Bericht,
  fout: { technisch: true } | { kop: readonly string[] },
): Pick<Beoordeeld, 'antwoord'> {
  if (!isBeoordeelbaar(inhoud)) return {}
  if ('declaratie' in inhoud) return { antwoord: kenmerk => buildDeclaratieAntwoord(inhoud, kenmerk, fout) }
  return { antwoord: kenmerk => buildRetour(inhoud, kenmerk, fout) }
}

/** The heenbericht each answer in the batch belongs to. */
async function findHeenberichten(tx: Tx, posten: readonly Post[]): Promise<Map<string, Bekend>> {
  const vragen = posten.flatMap(post => {
    const { bericht, header, domein } = post.inhoud
    const heen = HEEN_VAN[nummerVan(bericht)]
    if (heen === undefined) return []
    const isAntwoord = 'declaratieIdentificatie' in header
    const identificatie = (isAntwoord ? header.declaratieIdentificatie : header.berichtIdentificatie)
      .identificatie
    const afzender = isAntwoord ? header.ontvanger : header.afzender
    return [
      {
        berichtId: post.berichtId,
        gemeente: post.gemeente,
        soort: `${domein === 'jw' ? 'JW' : 'WMO'}${heen}`,
        afzender,
        identificatie,
      },
    ]
  })
  const gevonden = await mapByIdentificatie(tx, vragen)
  return new Map(
    vragen.flatMap(vraag => {
      const bekend = gevonden.get(identificatieSleutel(vraag))
      return bekend ? [[vraag.berichtId, bekend] as const] : []
    }),
  )
}

const GEEN_HEEN: Bevinding = {
  regel: 'TR337',
  retourcode: null,
  pad: '/Bericht/Header',
  melding:
    'Dit antwoord hoort niet bij een bericht dat hier bekend is. Neem buiten het berichtenverkeer contact op met de afzender.',
}

/** An answer is not answered itself (IV028); it must belong to a message that we know. */
function weighAntwoord(post: Post, heen: Bekend | undefined): Beoordeeld {
  const bevindingen = heen ? [] : [GEEN_HEEN]
  const { header } = post.inhoud
  const codes = 'retourCodes' in header && header.retourCodes !== undefined ? header.retourCodes : []
  const goed = codes.every(code => code === '0200' || code === '8001')
  const staat = !heen ? 'afgekeurd' : codes.length === 0 || goed ? 'aanvaard' : 'geweigerd'
  return {
    staat,
    niveau: heen ? null : 3,
    regels: 0,
    bevindingen,
    aantalBevindingen: bevindingen.length,
    geldt: heen !== undefined,
  }
}

async function toRij(ctx: Ctx, post: Post): Promise<BerichtRij> {
  const { inhoud, gemeente, berichtId, aanbiederId, vingerafdruk, ontvangenOp, bytes } = post
  const termijn = antwoordtermijn(nummerVan(inhoud.bericht))
  return {
    gemeente,
    berichtId,
    richting: 'in',
    soort: inhoud.bericht,
    domein: inhoud.domein,
    aanbiederId,
    afzender: inhoud.header.afzender,
    ontvanger: inhoud.header.ontvanger,
    identificatie: inhoud.header.berichtIdentificatie.identificatie,
    dagtekening: inhoud.header.berichtIdentificatie.dagtekening,
    geldt: true,
    staat: 'ontvangen',
    antwoordOp: null,
    vingerafdruk,
    regels: 0,
    bevindingen: 0,
    ontvangenOp,
    antwoordVoor: termijn === undefined ? null : addWerkdagen(dateInNederland(ontvangenOp), termijn),
    verwerktOp: null,
    bestand: await packFile(ctx.kluis, bytes),
    grootte: bytes.length,
  }
}

/** Writes and records the answers; they wait to be fetched. */
async function answer(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  oordelen: ReadonlyMap<string, Beoordeeld>,
): Promise<Map<string, NonNullable<Inname['antwoord']>>> {
  const teDoen = posten.flatMap(post => {
    const maak = oordelen.get(post.berichtId)?.antwoord
    return maak ? [{ post, maak }] : []
  })
  const nummers = await newIdentificaties(tx, teDoen.length)
  const dagtekening = dateInNederland(ctx.nu)
  const uit = await Promise.all(
    teDoen.map(async ({ post, maak }, i) => {
      const kenmerk = { identificatie: nummers[i] ?? unreachable(), dagtekening }
      const inhoud = maak(kenmerk)
      const xml = writeBericht(inhoud)
      const bytes = Buffer.from(xml)
      const rij: BerichtRij = {
        ...(await toRij(ctx, {
          ...post,
          inhoud,
          bytes,
          berichtId: randomUUID(),
          vingerafdruk: ctx.kluis.vingerafdruk(bytes),
          ontvangenOp: ctx.nu,
        })),
        richting: 'uit',
        identificatie: kenmerk.identificatie,
        dagtekening,
        staat: 'klaar',
        antwoordOp: post.berichtId,
        verwerktOp: ctx.nu,
      }
      return { post, rij, xml }
    }),
  )
  await insertBerichten(
    tx,
    uit.map(u => u.rij),
  )
  await insertGebeurtenissen(
    tx,
    uit.map(({ rij }) => ({ ...rij, soort: 'gemaakt', door: ctx.wie.id, op: ctx.nu })),
  )
  return new Map(
    uit.map(({ post, rij, xml }) => [post.berichtId, { berichtId: rij.berichtId, soort: rij.soort, xml }]),
  )
}

async function note(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  oordelen: ReadonlyMap<string, Beoordeeld>,
  nieuw: boolean,
): Promise<void> {
  const bevindingen: NieuweBevinding[] = []
  const gebeurtenissen: NieuweGebeurtenis[] = []
  for (const post of posten) {
    const o = oordelen.get(post.berichtId) ?? unreachable()
    for (const b of o.bevindingen)
      bevindingen.push({
        ...b,
        gemeente: post.gemeente,
        berichtId: post.berichtId,
        aanbiederId: post.aanbiederId,
        niveau: o.niveau ?? 3,
      })
    if (nieuw) gebeurtenissen.push(gebeurtenis(post, 'ontvangen', ctx.wie.id, post.ontvangenOp))
    if (o.staat !== 'ontvangen') gebeurtenissen.push(gebeurtenis(post, 'beoordeeld', ctx.wie.id, ctx.nu))
  }
  await insertBevindingen(tx, bevindingen)
  await insertGebeurtenissen(tx, gebeurtenissen)
  if (posten.length > 0)
    await audit(tx, ctx, 'bericht.verwerkt', GROND, { berichten: posten.map(post => post.berichtId) })
}

function gebeurtenis(
  post: Post,
  soort: NieuweGebeurtenis['soort'],
  door: string,
  op: Date,
): NieuweGebeurtenis {
  return {
    gemeente: post.gemeente,
    berichtId: post.berichtId,
    aanbiederId: post.aanbiederId,
    soort,
    door,
    op,
  }
}

type Antwoorden = Map<string, NonNullable<Inname['antwoord']>>

/** Answers given before, to give again on the same bytes. */
async function findAntwoorden(tx: Tx, ctx: Ctx, bekend: readonly Bekend[]): Promise<Antwoorden> {
  const antwoorden = await mapAntwoorden(tx, bekend)
  const gemeenteOf = new Map(bekend.map(b => [b.berichtId, b.gemeente]))
  const bestanden = await mapBestanden(
    tx,
    [...antwoorden].map(([op, { berichtId }]) => ({ gemeente: gemeenteOf.get(op) ?? '', berichtId })),
  )
  const out: Antwoorden = new Map()
  for (const [op, { berichtId, soort }] of antwoorden) {
    const bestand = bestanden.get(berichtId)
    if (bestand)
      out.set(op, { berichtId, soort, xml: (await unpackFile(ctx.kluis, bestand)).toString('utf8') })
  }
  return out
}

function alOntvangen(bekend: Bekend, soort: string, antwoorden: Antwoorden): Inname {
  const antwoord = antwoorden.get(bekend.berichtId)
  return {
    uitkomst: 'al-ontvangen',
    soort,
    gemeente: bekend.gemeente,
    berichtId: bekend.berichtId,
    niveau: null,
    bevindingen: [],
    ...(antwoord && { antwoord }),
  }
}

function unreachable(): never {
  throw new Error('a message of the batch got no judgement')
}
