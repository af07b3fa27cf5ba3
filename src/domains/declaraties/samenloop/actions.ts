import { audit } from '../../../platform/audit.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst, mentionsNaam, naamdelen } from '../../../platform/vrijetekst.ts'
import { findNaam } from '../../toegang/index.ts'
import { GROND } from '../grond.ts'
import type { Oordeel } from './rules.ts'
import {
  type Eerder,
  insertOordeel,
  listOordelen,
  listSamenloop,
  lockDeclaratie,
  type Regelsleutel,
  type Samenloop,
} from './store.ts'

/** 409: the line overlaps with other lines than those the form was opened with; the form may go on with `nu`. */
export class AndereRegels extends Botsing<{ versie: number; gezien: string }> {
  constructor(nu: { versie: number; gezien: string }) {
    super('de regels waarmee deze overlapt', nu, {
      titel: 'Deze regel overlapt nu met andere regels',
      detail:
        'Sinds u dit formulier opende, is er een regel bij gekomen of weggevallen. Vraag zo nodig opnieuw na bij de ' +
        'aanbieder. Leg daarna uw oordeel vast als het nog klopt.',
    })
  }
}

/**
 * What a form holds of the lines it was opened with: only whether they are still the same can be told from it, also by who
 * guesses at the keys of another municipality.
 */
export function gezienOf(ctx: Ctx, { over }: Pick<Samenloop, 'over'>): string {
  return ctx.kluis.vingerafdruk(over).toString('hex')
}

/**
 * Decides about one line that is also claimed at another municipality, if nobody judged it since `versie` (0: never) and it
 * overlaps with the same lines as then (`gezien`). It decides for this municipality only, and about these lines only: one
 * that is committed later asks for a new judgement. Throws 404 when there is nothing to judge on this line (any more), 400
 * without a choice or a reason, `Botsing` with the judgement of who was faster, AndereRegels. Answers whether the reason names the client: that is
 * not refused, since a surname can be a word, but the writer is told.
 */
export async function judgeSamenloop(
  ctx: Ctx,
  sleutel: Regelsleutel,
  invoer: { versie: number; gezien: string; oordeel: Oordeel | null; reden: string },
): Promise<{ noemtClient: boolean }> {
  return ctx.write(async tx => {
    await lockDeclaratie(tx, sleutel)
    const gevonden = (await listSamenloop(tx, [sleutel])).find(s => isRegel(s, sleutel))
    if (!gevonden) throw notFound('Regel')
    const fouten: Fout[] = [
      ...(invoer.oordeel === null ? [{ pad: 'oordeel', melding: 'Kies of deze regel wordt betaald.' }] : []),
      ...checkTekst({ pad: 'reden', naam: 'de reden', waarde: invoer.reden, max: 1000 }),
    ]
    const { oordeel, reden } = invoer
    if (oordeel === null || fouten.length > 0) throw invalid('Het oordeel is niet vastgelegd', fouten)
    const [laatste] = await listOordelen(tx, sleutel)
    if (laatste && laatste.versie !== invoer.versie)
      throw await collisionOf<Eerder>(tx, ctx, 'het oordeel over deze regel', laatste, [
        'declaraties.samenloop_oordeel',
        { ...sleutel },
      ])
    const gezien = gezienOf(ctx, gevonden)
    if (gezien !== invoer.gezien) throw new AndereRegels({ versie: invoer.versie, gezien })
    const { over } = gevonden
    await insertOordeel(tx, sleutel, { oordeel, reden: reden.trim(), over, door: ctx.wie.id, op: ctx.nu })
    await audit(tx, ctx, 'declaratie.samenloop-beoordeeld', GROND, {
      gemeente: sleutel.gemeente,
      declaratie: sleutel.declaratieId,
      regel: sleutel.regel,
      oordeel,
    })
    const naam = (await findNaam(tx, gevonden)) ?? ''
    return { noemtClient: mentionsNaam(reden, naamdelen(naam)).length > 0 }
  })
}

export function isRegel(a: Regelsleutel, b: Regelsleutel): boolean {
  return a.gemeente === b.gemeente && a.declaratieId === b.declaratieId && a.regel === b.regel
}
