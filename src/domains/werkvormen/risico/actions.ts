import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { getAanbod, saveStuk } from '../werkvorm/stand.ts'
import { type Aantal, MEEST_INWONERS, readAantal, readCellen } from './rules.ts'

export const ONDERDEEL = 'risico'
export const AANTAL = 'aantal'

/** Saves for which groups and factors an offer is meant. Throws as `saveStuk`. */
export async function saveRisico(
  ctx: Ctx,
  doorloopId: number,
  { aanbodId, versie }: { aanbodId: number; versie: number },
  vinkjes: (groep: string) => readonly string[],
): Promise<void> {
  await saveStuk(ctx, doorloopId, 'risico', stand => {
    getAanbod(stand, aanbodId)
    return [
      {
        onderdeel: ONDERDEEL,
        sleutel: String(aanbodId),
        aanbodId,
        inhoud: readCellen(stand.doorloop.methode.risicomatrix, vinkjes),
        versie,
        naam: 'de risicomatrix van dit aanbod',
      },
    ]
  })
}

export interface Aantalinvoer {
  aantal: string
  bron: string
  jaar: string
}

/** Saves how many residents a group has. An empty form takes the figure away. Throws as `saveStuk`. */
export async function saveAantal(
  ctx: Ctx,
  doorloopId: number,
  { groep, versie }: { groep: string; versie: number },
  invoer: Aantalinvoer,
): Promise<void> {
  await saveStuk(ctx, doorloopId, null, ({ doorloop }) => {
    const gevonden = doorloop.methode.risicomatrix.groepen.find(g => g.code === groep)
    if (!gevonden) throw notFound('Groep')
    const inhoud = check(invoer, Number(ctx.vandaag.slice(0, 4)))
    return [{ onderdeel: AANTAL, sleutel: groep, inhoud, versie, naam: 'dit aantal' }]
  })
}

function check({ aantal, bron, jaar }: Aantalinvoer, ditJaar: number): Aantal {
  const gelezen = readAantal(aantal)
  const leeg = gelezen === null
  const fouten: Fout[] = []
  if (gelezen === undefined)
    fouten.push({
      pad: 'aantal',
      melding: `Vul bij het aantal een geheel getal in, hoogstens ${MEEST_INWONERS.toLocaleString('nl-NL')}, of ‘minder dan 10’.`,
    })
  if (leeg && (bron.trim() !== '' || jaar.trim() !== ''))
    fouten.push({ pad: 'aantal', melding: 'Vul het aantal in, of maak ook de bron en het jaar leeg.' })
  fouten.push(...checkTekst({ pad: 'bron', naam: 'de bron', waarde: bron, verplicht: !leeg, max: 300 }))
  const jaartal = /^\d{4}$/.test(jaar.trim()) ? Number(jaar) : null
  if (jaartal === null ? !leeg || jaar.trim() !== '' : jaartal < 2000 || jaartal > ditJaar)
    fouten.push({ pad: 'jaar', melding: `Vul bij het jaar een jaartal in van 2000 tot en met ${ditJaar}.` })
  if (fouten.length > 0) throw invalid('Het aantal is niet bewaard', fouten)
  return { aantal: gelezen ?? null, bron: leeg ? '' : bron.trim(), jaar: leeg ? null : jaartal }
}
