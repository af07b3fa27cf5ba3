import { sql } from 'kysely'
import { Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { isDatum } from '../../../platform/dates.ts'
import { insertNew } from '../../../platform/db/rij.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import {
  checkRijen,
  Dag,
  Gemeente,
  Keuze,
  Precies,
  type Presetlader,
  readPreset,
  Sleutel,
  Tekst,
} from '../bereik/preset.ts'
import { GROND } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { TABEL } from './actions.ts'
import { WETTEN } from './rules.ts'
import { insertVersie, replaceSegmenten } from './store.ts'
import { VERSIE } from './velden.ts'

const Versiepreset = rowSchema(VERSIE, {
  vanaf: Dag,
  /** Last day; only the last version may go without. */
  tot: Type.Optional(Dag),
})
const Onderwerp = Precies({
  sleutel: Sleutel,
  gemeente: Gemeente,
  wet: Keuze(WETTEN),
  onderwerp: Tekst,
  segmenten: Type.Optional(Type.Array(Type.String())),
  versies: Type.Array(Versiepreset, { minItems: 1 }),
})
const Preset = Precies({ regio: Tekst, bron: Tekst, onderwerpen: Type.Array(Onderwerp) })

/** Loads `reikwijdte.json`; subjects that were loaded before stay as people have changed them since. */
export const reikwijdtePreset: Presetlader = {
  bestand: 'reikwijdte.json',
  async laad(ctx, inhoud) {
    const { onderwerpen } = readPreset(Preset, inhoud, this.bestand)
    return ctx.write(async tx => {
      const bereik = await readBereik(tx)
      const fouten = [...checkRijen(onderwerpen, bereik), ...onderwerpen.flatMap(checkVersies)]
      if (fouten.length > 0) throw invalid(`${this.bestand} is niet geladen`, fouten)
      let nieuw = 0
      for (const { sleutel, segmenten = [], versies, gemeente = null, wet, onderwerp } of onderwerpen) {
        const rij = { gemeente, wet, onderwerp, sleutel }
        const id = await insertNew(
          tx,
          TABEL,
          rij,
          sql`(coalesce(gemeente, ''), sleutel) where sleutel is not null`,
        )
        if (id === undefined) continue
        nieuw += 1
        for (const { vanaf, tot = null, ...v } of versies)
          await insertVersie(tx, id, { begin: vanaf, eind: tot, ...complete(VERSIE, v) }, null)
        const ids = bereik.segmenten.filter(s => segmenten.includes(s.code)).map(s => String(s.segmentId))
        await replaceSegmenten(tx, id, ids)
      }
      if (nieuw > 0) await audit(tx, ctx, 'reikwijdte.geladen', GROND, { aantal: nieuw })
      return { nieuw, alAanwezig: onderwerpen.length - nieuw }
    })
  },
}

/** Versions must be real days, one after the other. */
function checkVersies({ sleutel, versies }: Type.Static<typeof Onderwerp>): Fout[] {
  const fout = (melding: string): Fout => ({ pad: sleutel, melding: `${sleutel}: ${melding}` })
  return versies.flatMap(({ vanaf, tot }, i) => {
    const vorige = versies[i - 1]
    if (!isDatum(vanaf)) return [fout(`${vanaf} is geen bestaande dag.`)]
    if (tot !== undefined && (!isDatum(tot) || tot < vanaf)) return [fout(`${tot} is geen dag na ${vanaf}.`)]
    return vorige !== undefined && (vorige.tot === undefined || vorige.tot >= vanaf)
      ? [fout(`de versie van ${vanaf} begint voordat de vorige is geëindigd.`)]
      : []
  })
}
