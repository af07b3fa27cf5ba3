import { statfs } from 'node:fs/promises'
import type { Config } from '../platform/config.ts'
import { SCHIJF_VOL } from '../platform/db/codes.ts'
import type { Database } from '../platform/db/database.ts'
import type { EmbeddedServer } from '../platform/db/embedded.ts'
import type { Toestand } from '../platform/http/ctx.ts'

/** How long our own server may be away, and still be started again, before a new process must try. */
const GEDULD = 60_000
/** How long the word of a server that its disk is full counts. */
const VOL = 60_000

/** So many times as long as an answer may stay away, nothing comes back: by then every connection was replaced once. */
const KEREN_STIL = 2

/**
 * How the database of this process is. Broken: its key was changed under it, our own server does not come back, or nothing
 * that was asked was answered any more, not even that the server is away. Busy:
 * the disk is full, by the word of the server or, for our own, because less than `minimaalVrij` is left.
 */
export function makeToestand(
  { data, minimaalVrij, db }: Config,
  database: Database,
  server: EmbeddedServer | undefined,
  nu: () => number = Date.now,
): Toestand {
  return {
    stuk() {
      if (database.isSleutelGewisseld()) return 'De sleutel van de database is gewisseld.'
      if (database.zwijgtMs() > KEREN_STIL * (db.tijd + db.stilte) * 1000)
        return 'Op geen enkele vraag aan de database komt nog antwoord.'
      const weg = server?.wegSinds()
      if (weg && nu() - weg.getTime() > GEDULD)
        return 'De meegeleverde database start niet meer. De oorzaak staat in het logboek.'
      return undefined
    },
    async bezet() {
      const vol = database.schijfVolOp()
      if (vol && nu() - vol.getTime() < VOL) return SCHIJF_VOL
      if (!server) return undefined
      const { bavail, bsize } = await statfs(data)
      if ((bavail * bsize) / 1024 ** 2 < minimaalVrij)
        return `Op de schijf van ${data} is minder dan ${minimaalVrij} MB vrij. Maak ruimte.`
      return undefined
    },
  }
}
