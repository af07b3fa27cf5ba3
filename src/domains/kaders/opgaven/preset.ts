import { sql } from 'kysely'
import { Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { insertNew, insertRow } from '../../../platform/db/rij.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import { indicatorVan } from '../../sturing/index.ts'
import {
  checkRijen,
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
import { ACTIES, TABEL } from './actions.ts'
import { ACTIESTATEN, STATEN } from './rules.ts'
import { insertStaat, insertVoortgang, replaceSegmenten } from './store.ts'
import { ACTIE, KOLOMMEN, VOORTGANG } from './velden.ts'

const { eigenaar, staat, ...AFGESPROKEN } = ACTIE
const Opgavepreset = rowSchema(KOLOMMEN, {
  sleutel: Sleutel,
  gemeente: Gemeente,
  bron: Tekst,
  /** One that does not exist is told with the other faults. */
  indicator: Type.Optional(Type.String()),
  segmenten: Type.Optional(Type.Array(Type.String())),
  staat: Type.Optional(Keuze(STATEN.filter(staat => staat !== 'gestopt'))),
  acties: Type.Optional(Type.Array(rowSchema(AFGESPROKEN, { staat: Type.Optional(Keuze(ACTIESTATEN)) }))),
  voortgang: Type.Optional(Type.Array(rowSchema(VOORTGANG, {}))),
})
const Preset = Precies({ regio: Tekst, bron: Tekst, opgaven: Type.Array(Opgavepreset) })
type Opgavepreset = Type.Static<typeof Opgavepreset>

/** Loads `opgaven.json`; assignments that were loaded before stay as people have changed them since. */
export const opgavenPreset: Presetlader = {
  bestand: 'opgaven.json',
  async laad(ctx, inhoud) {
    const { opgaven } = readPreset(Preset, inhoud, this.bestand)
    return ctx.write(async tx => {
      const bereik = await readBereik(tx)
      const fouten = [...checkRijen(opgaven, bereik), ...opgaven.flatMap(checkOpgave)]
      if (fouten.length > 0) throw invalid(`${this.bestand} is niet geladen`, fouten)
      let nieuw = 0
      for (const o of opgaven) {
        const { sleutel, gemeente = null, staat = 'voorgenomen' } = o
        const rij = { ...complete(KOLOMMEN, o), sleutel, gemeente, staat }
        const id = await insertNew(
          tx,
          TABEL,
          rij,
          sql`(coalesce(gemeente, ''), sleutel) where sleutel is not null`,
        )
        if (id === undefined) continue
        nieuw += 1
        await insertStaat(tx, id, { staat, reden: null }, null)
        const segmenten = bereik.segmenten.filter(s => o.segmenten?.includes(s.code))
        await replaceSegmenten(
          tx,
          id,
          segmenten.map(s => String(s.segmentId)),
        )
        for (const { staat = 'open', ...actie } of o.acties ?? [])
          await insertRow(tx, ACTIES, { opgaveId: id, ...complete(AFGESPROKEN, actie), staat })
        for (const v of o.voortgang ?? []) await insertVoortgang(tx, id, complete(VOORTGANG, v), null)
      }
      if (nieuw > 0) await audit(tx, ctx, 'opgave.geladen', GROND, { aantal: nieuw })
      return { nieuw, alAanwezig: opgaven.length - nieuw }
    })
  },
}

function checkOpgave(o: Opgavepreset): Fout[] {
  const fout = (melding: string): Fout => ({ pad: o.sleutel, melding: `${o.sleutel}: ${melding}` })
  return [
    ...(o.indicator !== undefined && !indicatorVan(o.indicator)
      ? [fout(`de indicator ${o.indicator} bestaat niet.`)]
      : []),
    ...(o.indicator !== undefined && o.richting == null ? [fout('noem welke richting beter is.')] : []),
    ...((o.voortgang ?? []).some(v => (v.getal == null) !== (v.eenheid == null))
      ? [fout('geef een getal en de eenheid, of geen van beide.')]
      : []),
  ]
}
