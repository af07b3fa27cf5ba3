import { Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { insertRow } from '../../../platform/db/rij.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { complete, rowSchema } from '../../../platform/velden/formulier.ts'
import { indicatorVan } from '../../sturing/index.ts'
import {
  checkBekend,
  checkDubbel,
  type Geladen,
  Gemeente,
  Keuze,
  Precies,
  type Presetlader,
  readPreset,
  Sleutel,
  Tekst,
} from '../bereik/preset.ts'
import { type Bereik, GROND } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { TABEL } from './actions.ts'
import { listMeetgebreken, SOORTEN, waaromNietOnder } from './rules.ts'
import { lockBomen, mapSleutels, replaceKoppelingen } from './store.ts'
import { KOLOMMEN } from './velden.ts'

const { volgorde, ...GELADEN } = KOLOMMEN
const Doelpreset = rowSchema(GELADEN, {
  sleutel: Sleutel,
  /** Key of the goal it hangs under, which stands earlier in the file; none for the top of the tree. */
  onder: Type.Optional(Sleutel),
  soort: Keuze(SOORTEN),
  bron: Tekst,
  /** One that does not exist is told with the other faults. */
  indicator: Type.Optional(Type.String()),
  wet: Type.Optional(Keuze(['jw', 'wmo'])),
  segment: Type.Optional(Type.String()),
  /** In the unit of the indicator. */
  streefwaarde: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Keys of goals of the region. */
  draagtBij: Type.Optional(Type.Array(Sleutel)),
})
const Preset = Precies({
  regio: Tekst,
  bron: Tekst,
  bomen: Type.Array(
    Precies({
      naam: Type.String({ minLength: 1, maxLength: 100 }),
      gemeente: Gemeente,
      doelen: Type.Array(Doelpreset),
    }),
  ),
})
type Preset = Type.Static<typeof Preset>
type Doelpreset = Type.Static<typeof Doelpreset>

/** Loads `doelenboom.json`; goals that were loaded before stay as people have changed them since. */
export const doelenboomPreset: Presetlader = {
  bestand: 'doelenboom.json',
  async laad(ctx, inhoud) {
    const preset = readPreset(Preset, inhoud, this.bestand)
    return ctx.write(async tx => {
      const bereik = await readBereik(tx)
      const fouten = checkPreset(preset, bereik)
      if (fouten.length > 0) throw invalid(`${this.bestand} is niet geladen`, fouten)
      await lockBomen(tx)
      return insertBomen(tx, ctx, preset, bereik)
    })
  },
}

/** What the form of the file cannot say: keys, places and codes that must exist. */
function checkPreset(preset: Preset, bereik: Bereik): Fout[] {
  const alle = preset.bomen.flatMap(boom => boom.doelen)
  const regionaal = preset.bomen.filter(b => b.gemeente == null).flatMap(b => b.doelen.map(d => d.sleutel))
  return [
    ...checkDubbel(alle.map(doel => doel.sleutel)),
    ...checkBekend(
      'segment',
      alle.map(d => d.segment),
      bereik.segmenten,
    ),
    ...checkBekend(
      'gemeente',
      preset.bomen.map(b => b.gemeente),
      bereik.gemeenten,
    ),
    ...preset.bomen.flatMap(boom =>
      boom.doelen.flatMap((doel, i) => checkDoel(doel, boom.doelen.slice(0, i))),
    ),
    ...alle.flatMap(doel =>
      (doel.draagtBij ?? [])
        .filter(sleutel => !regionaal.includes(sleutel))
        .map(sleutel => fout(doel, `draagt bij aan ${sleutel}, en dat is geen doel van de regio.`)),
    ),
  ]
}

const fout = (doel: Doelpreset, melding: string): Fout => ({
  pad: doel.sleutel,
  melding: `${doel.sleutel}: ${melding}`,
})

function checkDoel(doel: Doelpreset, eerder: readonly Doelpreset[]): Fout[] {
  const fouten: Fout[] = []
  const ouder = doel.onder === undefined ? null : eerder.find(d => d.sleutel === doel.onder)
  if (ouder === undefined) fouten.push(fout(doel, `${doel.onder} staat niet eerder in dezelfde boom.`))
  else {
    const waarom = waaromNietOnder(doel.soort, ouder)
    if (waarom !== '') fouten.push(fout(doel, waarom))
  }
  if (doel.segment !== undefined && doel.wet !== undefined)
    fouten.push(fout(doel, 'noem een wet of een segment, niet allebei.'))
  if (doel.indicator !== undefined && indicatorVan(doel.indicator) === undefined)
    fouten.push(fout(doel, `de indicator ${doel.indicator} bestaat niet.`))
  if (doel.indicator !== undefined && doel.soort !== 'indicator')
    fouten.push(fout(doel, 'alleen een doel van de soort indicator wordt gemeten.'))
  const { soort, indicator = null, richting = null, ontbreekt = null } = doel
  for (const gebrek of listMeetgebreken({ soort, indicator, richting, ontbreekt }))
    fouten.push(fout(doel, GEBREK[gebrek]))
  return fouten
}

const GEBREK = {
  richting: 'noem welke richting beter is.',
  ontbreekt: 'noem een indicator, of wat er ontbreekt.',
}

async function insertBomen(tx: Tx, ctx: Ctx, preset: Preset, bereik: Bereik): Promise<Geladen> {
  const bekend = await mapSleutels(tx)
  const ids = new Map<string, number>()
  const geladen = { nieuw: 0, alAanwezig: 0 }
  // The region first: local goals point at it.
  for (const boom of preset.bomen.toSorted(
    (a, b) => Number(a.gemeente != null) - Number(b.gemeente != null),
  )) {
    const gemeente = boom.gemeente ?? null
    for (const [i, doel] of boom.doelen.entries()) {
      const oud = bekend.get(`${gemeente ?? ''} ${boom.naam} ${doel.sleutel}`)
      geladen[oud === undefined ? 'nieuw' : 'alAanwezig'] += 1
      const id =
        oud ??
        (await insertRow(tx, TABEL, {
          ...complete(GELADEN, doel),
          gemeente,
          boom: boom.naam,
          ouderId: doel.onder === undefined ? null : (ids.get(doel.onder) ?? null),
          volgorde: boom.doelen.slice(0, i).filter(d => d.onder === doel.onder).length + 1,
          wet: doel.wet ?? null,
          segmentId: bereik.segmenten.find(s => s.code === doel.segment)?.segmentId ?? null,
          streefwaarde: doel.streefwaarde ?? null,
          sleutel: doel.sleutel,
        }))
      ids.set(doel.sleutel, id)
      const regionaal = (doel.draagtBij ?? []).flatMap(sleutel => ids.get(sleutel) ?? [])
      if (oud === undefined && regionaal.length > 0) await replaceKoppelingen(tx, id, regionaal, null)
    }
  }
  if (geladen.nieuw > 0) await audit(tx, ctx, 'doel.geladen', GROND, { aantal: geladen.nieuw })
  return geladen
}
