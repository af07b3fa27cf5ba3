import { dateInNederland } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Bericht } from '../../istandaard/index.ts'
import { weighAntwoorden } from '../antwoord/actions.ts'
import { type Beoordeeld, type Post, unreachable } from '../post/gelezen.ts'
import { checkKop, isJudged, kenmerkVan } from '../post/rules.ts'
import { identificatieSleutel, mapByIdentificatie } from '../post/store.ts'
import { eersteNiveau } from '../uitleg/uitleg.ts'
import { buildDeclaratieAntwoord, buildRetour, getsAntwoord } from './antwoord.ts'

/** Messages that end at level 2, at their header, or that are themselves an answer; the rest goes on to its domain. */
export async function weighKop(tx: Tx, ctx: Ctx, posten: readonly Post[]): Promise<Map<string, Beoordeeld>> {
  const vragen = posten.map(post => ({ gemeente: post.gemeente, ...kenmerkVan(post.inhoud) }))
  const bezet = new Set((await mapByIdentificatie(tx, vragen)).keys())
  const out = new Map<string, Beoordeeld>(await weighAntwoorden(tx, ctx, posten, bezet))
  for (const [i, post] of posten.entries()) {
    if (out.has(post.berichtId)) continue
    const { inhoud, controle } = post
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
    const kop = checkKop(inhoud, {
      vandaag: dateInNederland(ctx.nu),
      identificatieBekend: bezet.has(identificatieSleutel(vraag)),
    })
    if (kop.length > 0) {
      const codes = kop.flatMap(b => (b.retourcode === null ? [] : [b.retourcode]))
      out.set(post.berichtId, {
        regels: 0,
        bevindingen: kop,
        aantalBevindingen: kop.length,
        staat: 'afgekeurd',
        niveau: eersteNiveau(kop),
        geldt: false,
        ...toAnswer(inhoud, { kop: codes }),
      })
      continue
    }
    bezet.add(identificatieSleutel(vraag))
    if (!isJudged(inhoud.bericht))
      out.set(post.berichtId, { ...basis, staat: 'ontvangen', niveau: null, geldt: true })
  }
  return out
}

function toAnswer(
  inhoud: Bericht,
  fout: { technisch: true } | { kop: readonly string[] },
): Pick<Beoordeeld, 'antwoord'> {
  if (!getsAntwoord(inhoud)) return {}
  if ('declaratie' in inhoud) return { antwoord: kenmerk => buildDeclaratieAntwoord(inhoud, kenmerk, fout) }
  return { antwoord: kenmerk => buildRetour(inhoud, kenmerk, fout) }
}
