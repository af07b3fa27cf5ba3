import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { GROND } from '../../dossiers/index.ts'
import { OPDRACHTSTAPPEN, type Opdrachtstaat } from './rules.ts'
import { findOpdracht, type Opdracht, writeOpdrachtstap } from './store.ts'

/** Moves an opdracht: taken up, done, dropped, given to another. Throws 400, 404, 409 or `Botsing`. */
export async function moveOpdracht(
  ctx: Ctx,
  opdrachtId: number,
  invoer: { staat: string; eigenaar: string; resultaat: string; toelichting: string; versie: number },
): Promise<void> {
  await ctx.write(async tx => {
    const opdracht = await findOpdracht(tx, opdrachtId)
    if (!opdracht) throw notFound('Opdracht')
    const collegas = await listCollegas(tx, 'beleid.bijdragen', opdracht.gemeente)
    const eigenaar = collegas.find(c => String(c.gebruikerId) === invoer.eigenaar)
    const keuzes: readonly Opdrachtstaat[] = [opdracht.staat, ...OPDRACHTSTAPPEN[opdracht.staat].naar]
    const staat = keuzes.find(s => s === invoer.staat)
    const af = staat === 'klaar' || staat === 'vervallen'
    const fouten: Fout[] = [
      ...checkTekst({
        pad: 'resultaat',
        naam: staat === 'vervallen' ? 'waarom de opdracht vervalt' : 'wat ervan is gekomen',
        waarde: invoer.resultaat,
        verplicht: af,
        max: 4000,
      }),
      ...checkTekst({
        pad: 'toelichting',
        naam: 'de toelichting',
        waarde: invoer.toelichting,
        verplicht: false,
        max: 2000,
      }),
    ]
    if (!staat) fouten.push({ pad: 'staat', melding: 'Kies hoe het ervoor staat.' })
    if (!eigenaar) fouten.push({ pad: 'eigenaar', melding: 'Kies wie dit oppakt.' })
    if (!staat || !eigenaar || fouten.length > 0) throw invalid('De opdracht is niet gewijzigd', fouten)
    const gezet = await writeOpdrachtstap(
      tx,
      { opdrachtId, versie: invoer.versie },
      {
        staat,
        eigenaarId: eigenaar.gebruikerId,
        resultaat: invoer.resultaat.trim(),
        toelichting: invoer.toelichting.trim(),
        door: gebruikerIdOf(ctx.wie),
        op: ctx.nu,
      },
    )
    if (!gezet) {
      const nu = await findOpdracht(tx, opdrachtId)
      throw nu
        ? new Botsing<Opdracht>(
            'deze opdracht',
            nu,
            await findLaatste(tx, ctx, ['beleid.opdracht_stap', { opdrachtId }]),
          )
        : notFound('Opdracht')
    }
    await audit(tx, ctx, 'opdracht.bijgewerkt', GROND, { opdracht: opdrachtId })
  })
}
