import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid, Problem } from '../../../platform/problem.ts'
import { checkVorm } from '../../../platform/vormfouten.ts'
import { hasBsn } from '../../../platform/vrijetekst.ts'
import { checkLijst, GEGEVENSLIJST, type Gegevenslijst } from './lijst.ts'
import { findLijst, insertLijst, type Lijstversie } from './store.ts'

export const GROND = 'AVG art. 5, 24 en 35: verantwoording van gegevensuitwisseling'
const MEEST = 20

/** Reads a vocabulary from the text of a file. Throws 400 with every fault. */
export function readGegevenslijst(tekst: string): Gegevenslijst {
  const fout = (melding: string): Fout => ({ pad: 'bestand', melding })
  let inhoud: unknown
  try {
    inhoud = JSON.parse(tekst)
  } catch {
    throw invalid('Dit bestand is geen JSON', [fout('Kies een bestand zoals u dat hier kunt downloaden.')])
  }
  const vorm = checkVorm(GEGEVENSLIJST, inhoud)
    .slice(0, MEEST)
    .map(f => fout(f.melding))
  if (vorm.length > 0) throw invalid('De lijst heeft niet de juiste vorm', vorm)
  const regels = checkLijst(inhoud as Gegevenslijst).map(fout)
  if (hasBsn(tekst)) regels.push(fout('Er staat een getal in dat een burgerservicenummer kan zijn.'))
  if (regels.length > 0) throw invalid('De lijst klopt niet', regels)
  return inhoud as Gegevenslijst
}

/**
 * Keeps a vocabulary as the newest, for the whole region; weighings keep the one they were written with. Answers whether it
 * changed. Throws 400 with every fault, 403 for who works for some of the municipalities only.
 */
export async function loadGegevenslijst(ctx: Ctx, tekst: string): Promise<boolean> {
  const lijst = readGegevenslijst(tekst)
  return ctx.write(async tx => {
    await demandRegionaal(tx, null)
    const id = await insertLijst(tx, lijst, gebruikerIdOf(ctx.wie), ctx.nu)
    if (id !== undefined) await audit(tx, ctx, 'gegevenslijst.toegevoegd', GROND, { lijst: id })
    return id !== undefined
  })
}

/** The newest vocabulary, or 409: without one nothing can be weighed. */
export async function getLijst(db: Db): Promise<Lijstversie> {
  const lijst = await findLijst(db)
  if (lijst === undefined)
    throw new Problem(
      409,
      'geen-gegevenslijst',
      'Er is nog geen lijst met gegevens en gronden',
      'De privacy officer kan de lijst laden onder Gegevensuitwisseling, Gegevens en gronden.',
    )
  return lijst
}
