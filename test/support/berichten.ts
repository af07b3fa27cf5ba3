import fc from 'fast-check'
import type { Bericht } from '../../src/domains/istandaard/model/bericht.ts'
import {
  BERICHTNUMMERS,
  type Berichtmodel,
  berichtmodel,
  type Knoop,
} from '../../src/domains/istandaard/model/boom.ts'
import { CODELIJSTEN } from '../../src/domains/istandaard/model/codelijsten.ts'
import { DATATYPEN, type Datatype } from '../../src/domains/istandaard/model/datatypen.ts'

/** All 28 messages. */
export const MODELLEN: readonly Berichtmodel[] = (['wmo', 'jw'] as const).flatMap(domein =>
  BERICHTNUMMERS.map(nummer => berichtmodel(nummer, domein)),
)

/** Any valid message under a model: every optional element sometimes, every value anywhere in its range. */
export function berichtVan(model: Berichtmodel): fc.Arbitrary<Bericht> {
  return inhoudVan(model, model.wortel).map(
    inhoud => ({ bericht: model.naam, domein: model.domein, ...(inhoud as object) }) as unknown as Bericht,
  )
}

function inhoudVan(model: Berichtmodel, knoop: Knoop): fc.Arbitrary<unknown> {
  if (knoop.lees !== undefined) return waardeVan(model, knoop)
  const [item] = knoop.kinderen
  if (knoop.wikkel && item !== undefined)
    return fc.array(inhoudVan(model, item), { minLength: 1, maxLength: 3 })
  const delen = Object.fromEntries(knoop.kinderen.map(kind => [kind.sleutel, inhoudVan(model, kind)]))
  return fc.record(delen, {
    requiredKeys: knoop.kinderen.filter(kind => kind.verplicht).map(kind => kind.sleutel),
    noNullPrototype: true,
  })
}

const TEKENS = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ 0189-.') },
  { weight: 2, arbitrary: fc.constantFrom('&', '<', '>', '"', "'", ']', 'é', '€', '😀', '\t', '\u00a0') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\u2028', '\u0085', '\u007f') },
)

function waardeVan(model: Berichtmodel, knoop: Knoop): fc.Arbitrary<unknown> {
  const type: Datatype = DATATYPEN[knoop.type as keyof typeof DATATYPEN]
  const past = (waarde: string) => knoop.lees?.(waarde) === waarde
  switch (type.soort) {
    case 'tekst': {
      const max = Math.min(type.max, 40)
      if (type.patroon === 'versie') return fc.constantFrom('1.0.0', '0.10.200')
      if (type.patroon?.startsWith('cijfers')) {
        const vast = Number(type.patroon.slice(7)) || undefined
        const cijfer = fc.constantFrom(...'0123456789')
        return fc.string({ unit: cijfer, minLength: vast ?? 1, maxLength: vast ?? max })
      }
      if (type.patroon === 'letters')
        return fc.string({ unit: fc.constantFrom(...'abzAZéÀ'), minLength: 1, maxLength: max })
      if (type.patroon === 'lettersCijfers')
        return fc.string({ unit: fc.constantFrom(...'azAZ09'), minLength: 1, maxLength: max })
      return fc.string({ unit: TEKENS, minLength: 1, maxLength: max }).filter(past)
    }
    case 'code': {
      const lijst = typeof type.lijst === 'string' ? type.lijst : type.lijst[model.domein]
      return fc.constantFrom(...Object.keys(CODELIJSTEN[lijst]))
    }
    case 'geheel':
      return type.vast === undefined
        ? fc.integer({ min: 0, max: Math.min(type.max, 2 ** 31 - 1) })
        : fc.constant(type.vast)
    case 'datum':
      return fc
        .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map(d => d.toISOString().slice(0, 10))
    case 'tijd':
      return fc.constantFrom('00:00:00', '13:59:41', '23:59:59.999', '24:00:00')
    case 'berichtCode':
      return fc.constantFrom(...Array.from({ length: 100 }, (_, i) => String(400 + i)).filter(past))
  }
}

export interface Datumplek {
  pad: string
  element: string
  /** Writes another date there. */
  zet(datum: string): void
}

type Delen = Record<string, unknown>

/** Every date of a message: its place, the name of its element, and how to write another one there. */
export function datumsIn(model: Berichtmodel, bericht: Bericht): Datumplek[] {
  const gevonden: Datumplek[] = []
  const daal = (knoop: Knoop, houder: Delen, pad: string) => {
    const [item] = knoop.kinderen
    if (knoop.wikkel && item !== undefined) {
      for (const [i, deel] of (houder as unknown as Delen[]).entries())
        daal(item, deel, `${pad}/${item.element}[${i + 1}]`)
      return
    }
    for (const kind of knoop.kinderen) {
      const waarde = houder[kind.sleutel]
      if (waarde === undefined) continue
      const hier = `${pad}/${kind.element}`
      if (kind.lees === undefined) daal(kind, waarde as Delen, hier)
      else if (DATATYPEN[kind.type as keyof typeof DATATYPEN].soort === 'datum')
        gevonden.push({
          pad: hier,
          element: kind.element,
          zet: d => {
            houder[kind.sleutel] = d
          },
        })
    }
  }
  daal(model.wortel, bericht as unknown as Delen, `/${model.wortel.element}`)
  return gevonden
}
