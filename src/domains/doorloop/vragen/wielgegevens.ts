import type { Db } from '../../../platform/db/tables.ts'
import { mayAnswer, type Standen } from '../doorloop/rules.ts'
import { countAanbod, type Doorloop, mapStanden } from '../doorloop/store.ts'
import { countWachtend } from './store.ts'
import type { Wielgegevens } from './wiel.island.tsx'

/** Everything that the wheel shows of a run, and what it was made of. */
export async function loadWiel(
  db: Db,
  doorloop: Doorloop,
): Promise<{ wiel: Wielgegevens; standen: Standen; aanbod: number }> {
  const { doorloopId, methode } = doorloop
  const standen = await mapStanden(db, doorloopId)
  const aanbod = await countAanbod(db, doorloop.dossierId)
  const wachtend = await countWachtend(db, doorloopId)
  let nummer = 0
  const kwadranten = methode.kwadranten.map(kwadrant => {
    const open = mayAnswer(methode, kwadrant, { standen, aanbod }).ok
    return {
      code: kwadrant.code,
      naam: kwadrant.naam,
      vragen: kwadrant.vragen.map(vraag => {
        nummer += 1
        return {
          code: vraag.code,
          nummer,
          tekst: vraag.tekst,
          href: `/beleid/doorlopen/${doorloopId}/vragen/${vraag.code}`,
          stand: standen.get(vraag.code) ?? ('leeg' as const),
          open,
          bijdragen: wachtend.get(vraag.code) ?? 0,
        }
      }),
    }
  })
  return { wiel: { kwadranten, standUrl: `/beleid/doorlopen/${doorloopId}/stand` }, standen, aanbod }
}
