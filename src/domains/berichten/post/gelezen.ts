import { addWerkdagen, type Datum, dateInNederland, isDatum } from '../../../platform/dates.ts'
import { packFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Bericht, Bevinding, Controleniveau } from '../../istandaard/index.ts'
import { type Controle, checkBytes } from '../../istandaard/index.ts'
import { antwoordtermijn, nummerVan, partijenVan } from './rules.ts'
import type { BerichtRij, Staat } from './store.ts'

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
  /** How long judging one message may take, in milliseconds. */
  tijd?: number
}

export interface Gelezen extends Levering {
  controle: Controle
  gemeente: string
  agb: string
}

/** A message on its way through: recorded under `berichtId`, judged, answered. */
export interface Post extends Gelezen {
  inhoud: Bericht
  berichtId: string
  aanbiederId: number
  vingerafdruk: Buffer
}

/** How a message was judged, on whatever level it ended. */
export interface Beoordeeld {
  staat: Staat
  niveau: Controleniveau | null
  regels: number
  bevindingen: readonly Bevinding[]
  aantalBevindingen: number
  geldt: boolean
  antwoord?: (kenmerk: Kenmerk) => Bericht
}

/** Number and date of the answer itself. */
export interface Kenmerk {
  identificatie: string
  dagtekening: Datum
}

/** Reads the bytes and judges them on levels 1 and 2. What reading itself stumbles over is unreadable, and stops no other. */
export function read(levering: Levering, opties: InnameOpties): Gelezen {
  const controle = readSafely(levering.bytes, opties)
  const partijen = controle.inhoud ? partijenVan(controle.inhoud) : { gemeente: '', agb: '' }
  return { ...levering, controle, ...partijen }
}

function readSafely(bytes: Uint8Array, opties: InnameOpties): Controle {
  try {
    return checkBytes(bytes, opties)
  } catch {
    return { bericht: null, domein: null, niveau: 1, bevindingen: [ONLEESBAAR] }
  }
}

const ONLEESBAAR: Bevinding = {
  regel: 'Samenhang',
  retourcode: null,
  pad: '/',
  melding: 'Het lezen van dit bestand mislukt. Meld het bij de beheerder, met het bestand.',
}

/** The message as a row: received, not judged yet. */
export async function toRij(ctx: Ctx, post: Post): Promise<BerichtRij> {
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
    dagtekening: storable(inhoud.header.berichtIdentificatie.dagtekening),
    geldt: false,
    staat: 'ontvangen',
    antwoordOp: null,
    vingerafdruk,
    regels: 0,
    bevindingen: 0,
    pogingen: 0,
    ontvangenOp,
    antwoordVoor: termijn === undefined ? null : addWerkdagen(dateInNederland(ontvangenOp), termijn),
    verwerktOp: null,
    bestand: await packFile(ctx.kluis, bytes),
    grootte: bytes.length,
  }
}

/** What level 2 refuses may be no day that the database can hold. */
function storable(dagtekening: Datum): Datum | null {
  return isDatum(dagtekening) ? dagtekening : null
}

/** For what the code before it excludes. */
export function unreachable(): never {
  throw new Error('a message of the batch got no judgement')
}
