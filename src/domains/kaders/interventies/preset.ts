import { Type } from 'typebox'
import { insertRow } from '../../../platform/db/rij.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import { Gemeente, loadRijen, Sleutel } from '../bereik/preset.ts'
import { RESULTATEN, TABEL } from './actions.ts'
import { INTERVENTIE, RESULTAAT } from './velden.ts'

const Interventiepreset = rowSchema(INTERVENTIE, {
  sleutel: Sleutel,
  gemeente: Gemeente,
  resultaten: Type.Optional(Type.Array(rowSchema(RESULTAAT, {}))),
})

export const interventiesPreset = loadRijen<Type.Static<typeof Interventiepreset>>({
  bestand: 'interventies.json',
  lijst: 'interventies',
  rij: Interventiepreset,
  tabel: TABEL,
  kolommen: i => complete(INTERVENTIE, i),
  async insertDelen(tx, id, { resultaten = [] }) {
    for (const r of resultaten)
      await insertRow(tx, RESULTATEN, { interventieId: id, ...complete(RESULTAAT, r) })
  },
  actie: 'interventie.geladen',
})
