import { Type } from 'typebox'
import { insertRow } from '../../../platform/db/rij.ts'
import type { Fout } from '../../../platform/problem.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { Gemeente, Keuze, loadRijen, Sleutel, segmentIds, Tekst } from '../bereik/preset.ts'
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
type Opgavepreset = Type.Static<typeof Opgavepreset>

export const opgavenPreset = loadRijen<Opgavepreset>({
  bestand: 'opgaven.json',
  lijst: 'opgaven',
  rij: Opgavepreset,
  check: checkOpgave,
  tabel: TABEL,
  kolommen: ({ staat = 'voorgenomen', ...o }) => ({ ...complete(KOLOMMEN, o), staat }),
  async insertDelen(tx, id, { staat = 'voorgenomen', segmenten, acties = [], voortgang = [] }, bereik) {
    await insertStaat(tx, id, { staat, reden: null }, null)
    await replaceSegmenten(tx, id, segmentIds(bereik, segmenten))
    for (const { staat = 'open', ...actie } of acties)
      await insertRow(tx, ACTIES, { opgaveId: id, ...complete(AFGESPROKEN, actie), staat })
    for (const v of voortgang) await insertVoortgang(tx, id, complete(VOORTGANG, v), null)
  },
  actie: 'opgave.geladen',
})

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
