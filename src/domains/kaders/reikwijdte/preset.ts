import { Type } from 'typebox'
import { isDatum } from '../../../platform/dates.ts'
import type { Fout } from '../../../platform/problem.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import { Dag, Gemeente, Keuze, loadRijen, Precies, Sleutel, segmentIds, Tekst } from '../bereik/preset.ts'
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
type Onderwerp = Type.Static<typeof Onderwerp>

export const reikwijdtePreset = loadRijen<Onderwerp>({
  bestand: 'reikwijdte.json',
  lijst: 'onderwerpen',
  rij: Onderwerp,
  check: checkVersies,
  tabel: TABEL,
  kolommen: ({ wet, onderwerp }) => ({ wet, onderwerp }),
  async insertDelen(tx, id, { versies, segmenten }, bereik) {
    for (const { vanaf, tot = null, ...v } of versies)
      await insertVersie(tx, id, { begin: vanaf, eind: tot, ...complete(VERSIE, v) }, null)
    await replaceSegmenten(tx, id, segmentIds(bereik, segmenten))
  },
  actie: 'reikwijdte.geladen',
})

/** Versions must be real days, one after the other. */
function checkVersies({ sleutel, versies }: Onderwerp): Fout[] {
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
