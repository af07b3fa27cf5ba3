import type { Tx } from '../../../platform/db/tables.ts'
import { unpackFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  type Bericht323,
  type Bericht325,
  type Bevinding,
  bevinding,
  checkBytes,
} from '../../istandaard/index.ts'
import { withdrawToewijzingen } from '../../toegang/index.ts'
import type { Beoordeeld, Post } from '../post/gelezen.ts'
import { GOED, HEEN_VAN, kenmerkVan, nummerVan } from '../post/rules.ts'
import {
  type Bekend,
  freeIdentificaties,
  identificatieSleutel,
  mapBestanden,
  mapByIdentificatie,
} from '../post/store.ts'
import { AL_BEANTWOORD, checkDeclaratieAntwoord, GEEN_HEENBERICHT } from './rules.ts'

/**
 * Judges the messages in a batch that are answers themselves: they must belong to a message that we know, and a 325
 * must repeat its 323. One message gets one answer, and an answer is not answered itself (IV028). `bezet` are the
 * identificaties in use; those of accepted answers are added. Messages that are no answer, or failed level 2, are left out.
 */
export async function weighAntwoorden(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  bezet: Set<string>,
): Promise<Map<string, Beoordeeld>> {
  const antwoorden = posten.filter(
    post => post.controle.niveau === null && nummerVan(post.inhoud.bericht) in HEEN_VAN,
  )
  const heen = await findHeenberichten(tx, antwoorden)
  const bestanden = await mapBestanden(
    tx,
    antwoorden.flatMap(post => (isDeclaratieAntwoord(post) ? (heen.get(post.berichtId) ?? []) : [])),
  )
  const out = new Map<string, Beoordeeld>()
  for (const post of antwoorden) {
    const bekend = heen.get(post.berichtId)
    const bestand = bekend && bestanden.get(bekend.berichtId)
    const declaratie = bestand && checkBytes(await unpackFile(ctx.kluis, bestand)).inhoud
    const sleutel = identificatieSleutel({ gemeente: post.gemeente, ...kenmerkVan(post.inhoud) })
    const bevindingen = bezet.has(sleutel)
      ? [bevinding(AL_BEANTWOORD, '/Bericht/Header')]
      : !bekend
        ? [{ ...bevinding(GEEN_HEENBERICHT, '/Bericht/Header'), retourcode: null }]
        : declaratie
          ? checkDeclaratieAntwoord(post.inhoud as Bericht325, declaratie as Bericht323)
          : []
    if (bevindingen.length === 0) bezet.add(sleutel)
    out.set(post.berichtId, toBeoordeeld(post, bevindingen))
  }
  await takeBack(
    tx,
    ctx,
    antwoorden.flatMap(post => {
      const bekend = heen.get(post.berichtId)
      return bekend && out.get(post.berichtId)?.geldt && isNietVerwerkt(post)
        ? [{ ...bekend, retourId: post.berichtId }]
        : []
    }),
  )
  return out
}

/** A 302 that says that the toewijzing was not processed: it counts as not sent (OP286). */
function isNietVerwerkt({ inhoud: { bericht, header } }: Post): boolean {
  return (
    nummerVan(bericht) === 302 && 'retourCodes' in header && header.retourCodes?.includes('0001') === true
  )
}

/** What the provider did not process does not stand, and its identificatie may be used again for the corrected message. */
async function takeBack(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly (Heenbericht & { retourId: string })[],
): Promise<void> {
  if (berichten.length === 0) return
  await freeIdentificaties(tx, berichten)
  await withdrawToewijzingen(tx, ctx, berichten)
}

function toBeoordeeld(post: Post, bevindingen: readonly Bevinding[]): Beoordeeld {
  const { header } = post.inhoud
  const codes = 'retourCodes' in header && header.retourCodes !== undefined ? header.retourCodes : []
  const goed = bevindingen.length === 0
  return {
    staat: !goed ? 'afgekeurd' : codes.every(code => GOED.includes(code)) ? 'aanvaard' : 'geweigerd',
    niveau: goed ? null : 3,
    regels: 0,
    bevindingen,
    aantalBevindingen: bevindingen.length,
    geldt: goed,
  }
}

function isDeclaratieAntwoord(post: Post): boolean {
  return nummerVan(post.inhoud.bericht) === 325
}

type Heenbericht = Omit<Bekend, 'wacht'>

/** The heenbericht each answer in the batch belongs to. */
async function findHeenberichten(tx: Tx, posten: readonly Post[]): Promise<Map<string, Heenbericht>> {
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
