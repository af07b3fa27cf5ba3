import { Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { isDatum } from '../../../platform/dates.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { indicatorVan } from '../../sturing/index.ts'
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
import { readBereik } from '../bereik/store.ts'
import { ACTIESTATEN, HEFBOMEN, STATEN } from './rules.ts'
import { insertActie, insertOpgave, insertVoortgang } from './store.ts'

const Opgavepreset = Precies({
  sleutel: Sleutel,
  gemeente: Gemeente,
  thema: Type.String({ minLength: 1, maxLength: 100 }),
  titel: Tekst,
  doelgroep: Tekst,
  van: Tekst,
  naar: Tekst,
  metInkoop: Type.Optional(Tekst),
  metAnders: Type.Optional(Tekst),
  hefbomen: Type.Array(Keuze(HEFBOMEN), { minItems: 1 }),
  indicator: Type.Optional(Type.String()),
  wet: Type.Optional(Keuze(['jw', 'wmo'])),
  richting: Type.Optional(Keuze(['hoger', 'lager'])),
  segmenten: Type.Optional(Type.Array(Type.String())),
  onderbouwing: Type.Optional(Tekst),
  volgendeStap: Type.Optional(Tekst),
  bron: Tekst,
  staat: Type.Optional(Keuze(STATEN.filter(staat => staat !== 'gestopt'))),
  acties: Type.Optional(
    Type.Array(
      Precies({
        hefboom: Keuze(HEFBOMEN),
        tekst: Tekst,
        klaarOp: Type.Optional(Dag),
        staat: Type.Optional(Keuze(ACTIESTATEN)),
      }),
    ),
  ),
  voortgang: Type.Optional(
    Type.Array(
      Precies({
        datum: Dag,
        verhaal: Tekst,
        getal: Type.Optional(Type.Number()),
        eenheid: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ),
  ),
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
        const gegevens = {
          gemeente: o.gemeente ?? null,
          thema: o.thema,
          titel: o.titel,
          doelgroep: o.doelgroep,
          van: o.van,
          naar: o.naar,
          metInkoop: o.metInkoop ?? null,
          metAnders: o.metAnders ?? null,
          hefbomen: o.hefbomen,
          trekker: null,
          indicator: o.indicator ?? null,
          wet: o.wet ?? null,
          richting: o.richting ?? null,
          onderbouwing: o.onderbouwing ?? null,
          volgendeStap: o.volgendeStap ?? null,
          bron: o.bron,
          segmenten: bereik.segmenten.filter(s => o.segmenten?.includes(s.code)).map(s => s.segmentId),
        }
        const id = await insertOpgave(tx, gegevens, null, {
          sleutel: o.sleutel,
          staat: o.staat ?? 'voorgenomen',
        })
        if (id === undefined) continue
        nieuw += 1
        for (const { hefboom, tekst, klaarOp = null, staat = 'open' } of o.acties ?? [])
          await insertActie(tx, id, { hefboom, tekst, eigenaar: null, klaarOp, staat }, null)
        for (const { datum, verhaal, getal = null, eenheid = null } of o.voortgang ?? [])
          await insertVoortgang(tx, id, { datum, verhaal, getal, eenheid }, null)
      }
      if (nieuw > 0)
        await audit(
          tx,
          ctx,
          'opgave.geladen',
          'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan',
          { aantal: nieuw },
        )
      return { nieuw, alAanwezig: opgaven.length - nieuw }
    })
  },
}

function checkOpgave(o: Opgavepreset): Fout[] {
  const fout = (melding: string): Fout => ({ pad: o.sleutel, melding: `${o.sleutel}: ${melding}` })
  const dagen = [...(o.acties ?? []).map(a => a.klaarOp), ...(o.voortgang ?? []).map(v => v.datum)]
  return [
    ...(o.indicator !== undefined && !indicatorVan(o.indicator)
      ? [fout(`de indicator ${o.indicator} bestaat niet.`)]
      : []),
    ...(o.indicator !== undefined && o.richting === undefined ? [fout('noem welke richting beter is.')] : []),
    ...dagen
      .filter(dag => dag !== undefined && !isDatum(dag))
      .map(dag => fout(`${dag} is geen bestaande dag.`)),
    ...((o.voortgang ?? []).some(v => (v.getal === undefined) !== (v.eenheid === undefined))
      ? [fout('geef een getal en de eenheid, of geen van beide.')]
      : []),
  ]
}
