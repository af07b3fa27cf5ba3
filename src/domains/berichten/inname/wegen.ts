import { dateInNederland } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Bericht, Bevinding, Controleniveau } from '../../istandaard/index.ts'
import { buildDeclaratieAntwoord, buildRetour, isBeoordeelbaar, type Kenmerk } from './antwoord.ts'
import { type Post, unreachable } from './post.ts'
import { checkKop, HEEN_VAN, nummerVan } from './rules.ts'
import { type Bekend, identificatieSleutel, mapByIdentificatie, type Staat } from './store.ts'

export interface Beoordeeld {
  staat: Staat
  niveau: Controleniveau | null
  regels: number
  bevindingen: readonly Bevinding[]
  aantalBevindingen: number
  geldt: boolean
  antwoord?: (kenmerk: Kenmerk) => Bericht
}

/** Messages that end at level 2, at their header, or that are themselves an answer; the rest goes on to its domain. */
export async function weighKop(tx: Tx, ctx: Ctx, posten: readonly Post[]): Promise<Map<string, Beoordeeld>> {
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
