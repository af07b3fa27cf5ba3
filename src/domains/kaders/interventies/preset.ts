import { Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { invalid } from '../../../platform/problem.ts'
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
import { readBereik } from '../bereik/store.ts'
import { BEWIJZEN } from './rules.ts'
import { insertInterventie, insertResultaat } from './store.ts'

const Kort = Type.String({ minLength: 1, maxLength: 100 })
const Preset = Precies({
  regio: Tekst,
  bron: Tekst,
  interventies: Type.Array(
    Precies({
      sleutel: Sleutel,
      gemeente: Gemeente,
      naam: Tekst,
      omschrijving: Tekst,
      bewijs: Keuze(BEWIJZEN),
      bewijsToelichting: Type.Optional(Tekst),
      register: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      doelgroep: Tekst,
      inzetbaarDoor: Tekst,
      licentiekosten: Type.Optional(Type.Integer({ minimum: 0 })),
      licentieToelichting: Type.Optional(Tekst),
      bron: Tekst,
      resultaten: Type.Optional(
        Type.Array(
          Precies({
            maat: Tekst,
            waarde: Type.Number(),
            eenheid: Kort,
            n: Type.Optional(Type.Integer({ minimum: 0 })),
            periode: Kort,
            bron: Tekst,
          }),
        ),
      ),
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
      const fouten = [...checkRijen(interventies, { gemeenten })]
      if (fouten.length > 0) throw invalid(`${this.bestand} is niet geladen`, fouten)
      let nieuw = 0
      for (const { sleutel, resultaten = [], ...i } of interventies) {
        const gegevens = {
          ...i,
          gemeente: i.gemeente ?? null,
          bewijsToelichting: i.bewijsToelichting ?? null,
          register: i.register ?? null,
          licentiekosten: i.licentiekosten ?? null,
          licentieToelichting: i.licentieToelichting ?? null,
        }
        const id = await insertInterventie(tx, gegevens, null, sleutel)
        if (id === undefined) continue
        nieuw += 1
        for (const r of resultaten) await insertResultaat(tx, id, { ...r, n: r.n ?? null }, null)
      }
      if (nieuw > 0)
        await audit(
          tx,
          ctx,
          'interventie.geladen',
          'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan',
          { aantal: nieuw },
        )
      return { nieuw, alAanwezig: interventies.length - nieuw }
    })
  },
}
