import { sql } from 'kysely'
import { Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { insertNew, insertRow } from '../../../platform/db/rij.ts'
import { invalid } from '../../../platform/problem.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import {
  checkRijen,
  Gemeente,
  Precies,
  type Presetlader,
  readPreset,
  Sleutel,
  Tekst,
} from '../bereik/preset.ts'
import { GROND } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { RESULTATEN, TABEL } from './actions.ts'
import { INTERVENTIE, RESULTAAT } from './velden.ts'

const Preset = Precies({
  regio: Tekst,
  bron: Tekst,
  interventies: Type.Array(
    rowSchema(INTERVENTIE, {
      sleutel: Sleutel,
      gemeente: Gemeente,
      resultaten: Type.Optional(Type.Array(rowSchema(RESULTAAT, {}))),
    }),
  ),
})

/** Loads `interventies.json`; those that were loaded before stay as people have changed them since. */
export const interventiesPreset: Presetlader = {
  bestand: 'interventies.json',
  async laad(ctx, inhoud) {
    const { interventies } = readPreset(Preset, inhoud, this.bestand)
    return ctx.write(async tx => {
      const { gemeenten } = await readBereik(tx)
      const fouten = checkRijen(interventies, { gemeenten })
      if (fouten.length > 0) throw invalid(`${this.bestand} is niet geladen`, fouten)
      let nieuw = 0
      for (const { sleutel, gemeente = null, resultaten = [], ...i } of interventies) {
        const rij = { ...complete(INTERVENTIE, i), gemeente, sleutel }
        const id = await insertNew(
          tx,
          TABEL,
          rij,
          sql`(coalesce(gemeente, ''), sleutel) where sleutel is not null`,
        )
        if (id === undefined) continue
        nieuw += 1
        for (const r of resultaten)
          await insertRow(tx, RESULTATEN, { interventieId: id, ...complete(RESULTAAT, r) })
      }
      if (nieuw > 0) await audit(tx, ctx, 'interventie.geladen', GROND, { aantal: nieuw })
      return { nieuw, alAanwezig: interventies.length - nieuw }
    })
  },
}
