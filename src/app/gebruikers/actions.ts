import { mapAanbiedersByAgb } from '../../domains/aanbieders/index.ts'
import { audit } from '../../platform/audit.ts'
import { type Ctx, makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'
import { Botsing, invalid, notFound } from '../../platform/problem.ts'
import { type Gegevens, type Invoer, readGebruiker } from './invoer.ts'
import {
  endSessies,
  findGebruiker,
  hasEmail,
  insertGebruiker,
  listGemeenten,
  updateGebruiker,
} from './store.ts'

/**
 * Adds a user (`id` null) or changes one, if it is still at `versie`. Who is switched off, or sees other data from now
 * on, is logged out at once. Throws 400 with every fault, 404, or `Botsing`. Answers the id.
 */
export async function saveGebruiker(
  omgeving: Omgeving,
  ctx: Ctx,
  doel: { id: number; versie: number } | null,
  invoer: Invoer,
): Promise<number> {
  const gegevens = await check(omgeving, ctx, invoer, doel?.id ?? null)
  return ctx.write(async tx => {
    if (doel === null) {
      const id = await insertGebruiker(tx, gegevens)
      await audit(tx, ctx, 'gebruiker.toegevoegd', 'Beheer van de toepassing', { gebruiker: id })
      return id
    }
    const oud = await findGebruiker(tx, doel.id)
    if (!oud) throw notFound('Gebruiker')
    if (`gebruiker:${doel.id}` === ctx.wie.id && (!gegevens.actief || gegevens.rol !== oud.rol))
      throw invalid('Dit kunt u niet bij uzelf doen', [
        {
          pad: gegevens.actief ? 'rol' : 'actief',
          melding: 'U kunt uzelf niet uitzetten of een andere rol geven. Vraag een andere beheerder.',
        },
      ])
    if (!(await updateGebruiker(tx, doel.id, doel.versie, gegevens))) {
      const nu = await findGebruiker(tx, doel.id)
      throw nu ? new Botsing('deze gebruiker', nu) : notFound('Gebruiker')
    }
    if (!gegevens.actief || seesOther(oud, gegevens)) await endSessies(tx, doel.id)
    await audit(
      tx,
      ctx,
      gegevens.actief ? 'gebruiker.gewijzigd' : 'gebruiker.uitgezet',
      'Beheer van de toepassing',
      {
        gebruiker: doel.id,
      },
    )
    return doel.id
  })
}

function seesOther(oud: Gegevens, nieuw: Gegevens): boolean {
  return (
    oud.rol !== nieuw.rol ||
    oud.voorAanbieder !== nieuw.voorAanbieder ||
    [...oud.gemeenten].sort().join() !== [...nieuw.gemeenten].sort().join()
  )
}

/** An administrator sees no provider; looking up one AGB code is done by the system. */
async function check(omgeving: Omgeving, ctx: Ctx, invoer: Invoer, id: number | null): Promise<Gegevens> {
  const { gemeenten, bezet } = await ctx.read(async db => ({
    gemeenten: (await listGemeenten(db)).map(g => g.waarde),
    bezet: await hasEmail(db, invoer.email.trim(), id),
  }))
  const agb = invoer.agb.trim()
  const opzoeken = makeCtx(omgeving, systeem('gebruikers', gemeenten), ctx.verzoekId)
  const gevonden =
    agb === '' ? undefined : (await opzoeken.read(db => mapAanbiedersByAgb(db, [agb]))).get(agb)
  const gelezen = readGebruiker(invoer, { gemeenten, aanbieder: gevonden })
  const dubbel = bezet ? [{ pad: 'email', melding: 'Er is al een gebruiker met dit e-mailadres.' }] : []
  if ('fouten' in gelezen) throw invalid('De gebruiker is niet opgeslagen', [...gelezen.fouten, ...dubbel])
  if (dubbel.length > 0) throw invalid('De gebruiker is niet opgeslagen', dubbel)
  return gelezen.gegevens
}
