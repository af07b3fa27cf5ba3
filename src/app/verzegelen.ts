import type { FastifyBaseLogger } from 'fastify'
import { NOBODY } from '../platform/db/database.ts'
import type { Omgeving } from '../platform/http/ctx.ts'
import { sealAudit } from '../platform/zegel.ts'
import { findTerugzetting } from '../platform/zegelalarm.ts'
import { findStand, formatStand, type Zegelstand } from '../platform/zegelstand.ts'
import { explainUitstel, findUitstel } from '../platform/zegeluitstel.ts'

/** A line for the log of the process. */
export type Verslag = (niveau: 'info' | 'warn' | 'error', tekst: string) => void

/**
 * Says it in the log of the process. The line of the seal is proof and not news: it comes there whatever level is asked
 * for, except when no log is kept at all (ADR 0023).
 */
export function makeVerslag(log: FastifyBaseLogger): Verslag {
  const altijd = log.child({}, { level: 'info' })
  return (niveau, tekst) => altijd[niveau](tekst)
}

/**
 * The work of every minute: seals what can be sealed, and keeps the last seal outside the database, in a file and in the
 * log. Nothing is sealed when the database has lost, or changed, the seal that this machine knows (ADR 0023): that is said
 * in the log each time, and so it is when events wait for a seal too long (`findUitstel`). A folder that cannot be written to holds nothing up; then the log is all there is.
 */
export function makeVerzegelen(
  { database, kluis, zegelgeheugen, klok }: Omgeving,
  verslag: Verslag,
): () => Promise<void> {
  let gemeld: string | undefined
  const keep = async (stand: Zegelstand) => {
    const tekst = formatStand(stand)
    if (tekst === gemeld) return
    gemeld = tekst
    verslag('info', `audit: zegel ${tekst}`)
    await zegelgeheugen?.write(stand).catch(error => {
      verslag('warn', `audit: het laatste zegel is niet bewaard (${error?.code ?? 'onbekend'})`)
    })
  }
  return async () => {
    const uitkomst = await database.write(NOBODY, async tx => {
      const weg = await findTerugzetting(tx, zegelgeheugen)
      if (weg !== undefined) return { weg }
      await sealAudit(tx, kluis)
      return { stand: await findStand(tx), sinds: await findUitstel(tx, klok()) }
    })
    if (uitkomst.weg !== undefined) return verslag('error', `audit: ${uitkomst.weg}`)
    if (uitkomst.stand) await keep(uitkomst.stand)
    if (uitkomst.sinds) verslag('error', `audit: ${explainUitstel(uitkomst.sinds)}`)
  }
}
