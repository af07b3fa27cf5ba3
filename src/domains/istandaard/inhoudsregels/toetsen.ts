import type { Bericht } from '../model/bericht.ts'
import { type Berichtmodel, type Knoop, modelMetNaam } from '../model/boom.ts'
import { type Bevinding, bevinding } from '../model/regel.ts'
import type { Berichtnummer } from '../model/structuur.ts'
import { ADRESREGELS } from './adres.ts'
import { ALGEMENE_REGELS, DUBBEL, listDubbele } from './algemeen.ts'
import { DATUMREGELS, isEigenRegel } from './datums.ts'
import { DECLARATIEREGELS } from './declaratie.ts'
import type { Inhoudsregel, Omgeving, Oordeel, Opties } from './inhoudsregel.ts'
import { LEVERINGSREGELS } from './levering.ts'
import { PERSOONSREGELS } from './persoon.ts'
import { TOEWIJZINGSREGELS } from './toewijzing.ts'

/** Every rule of level 2 that we know. */
export const INHOUDSREGELS: readonly Inhoudsregel[] = [
  ...DATUMREGELS,
  ...ALGEMENE_REGELS,
  ...PERSOONSREGELS,
  ...ADRESREGELS,
  ...TOEWIJZINGSREGELS,
  ...LEVERINGSREGELS,
  ...DECLARATIEREGELS,
]

/** A check whose part is known by name only: the walk gives it parts of the class it stands under. */
type Check = (deel: unknown, omgeving: Omgeving) => Oordeel

/** What to do at one element: the checks of its class, and the children below which there is more to do. */
interface Werk {
  readonly knoop: Knoop
  readonly checks: readonly { readonly regel: Inhoudsregel; readonly check: Check }[]
  /** Name of the class when items of this wrapper must differ (TR101). */
  readonly uniek: string | undefined
  readonly onder: readonly Werk[]
}

interface Toetsplan {
  readonly werk: Werk | undefined
  readonly geheel: readonly Inhoudsregel[]
}

const plannen = new Map<Berichtmodel, Toetsplan>()

function toetsplan(model: Berichtmodel): Toetsplan {
  let plan = plannen.get(model)
  if (plan === undefined) {
    const regels = INHOUDSREGELS.filter(regel => regel.berichten.includes(model.nummer))
    plan = {
      werk: werkVoor(model.wortel, regels),
      geheel: regels.filter(regel => regel.geheel !== undefined),
    }
    plannen.set(model, plan)
  }
  return plan
}

function werkVoor(knoop: Knoop, regels: readonly Inhoudsregel[]): Werk | undefined {
  const checks = regels.flatMap(regel => {
    const check = new Map(Object.entries(regel.delen)).get(knoop.type)
    return check === undefined ? [] : [{ regel, check: check as Check }]
  })
  const uniek = knoop.wikkel && regels.includes(DUBBEL) ? knoop.kinderen[0]?.type : undefined
  const onder = knoop.kinderen.flatMap(kind => werkVoor(kind, regels) ?? [])
  return checks.length === 0 && uniek === undefined && onder.length === 0
    ? undefined
    : { knoop, checks, uniek, onder }
}

/**
 * Level 2: every breach of the content rules in a message whose structure is right, in the order of the
 * message, then those that concern it as a whole. Grondslag: iWmo/iJw 3.2, Controleniveau 'bericht inhoud'.
 */
export function makeToets(bericht: Bericht, opties: Opties = {}): Bevinding[] {
  const model = modelMetNaam(bericht.bericht)
  if (model === undefined) return []
  const omgeving: Omgeving = {
    bericht,
    domein: bericht.domein,
    dagtekening: bericht.header.berichtIdentificatie.dagtekening,
    opties,
  }
  const bevindingen: Bevinding[] = []

  // Where we are: element and number (0 when not repeated) at every depth, written out only for a finding.
  const elementen: string[] = []
  const nummers: number[] = []
  const pad = () =>
    elementen.map((element, i) => `/${element}${nummers[i] === 0 ? '' : `[${nummers[i]}]`}`).join('')

  const daal = (werk: Werk, deel: unknown, element: string, nummer: number) => {
    elementen.push(element)
    nummers.push(nummer)
    for (const { regel, check } of werk.checks) {
      const waar = check(deel, omgeving)
      if (waar !== undefined) bevindingen.push(bevinding(regel, waar === '' ? pad() : `${pad()}/${waar}`))
    }
    if (werk.knoop.wikkel) loopItems(werk, deel as readonly unknown[])
    else {
      const velden = deel as Readonly<Record<string, unknown>>
      for (const onder of werk.onder) {
        const kind = velden[onder.knoop.sleutel]
        if (kind !== undefined) daal(onder, kind, onder.knoop.element, 0)
      }
    }
    elementen.pop()
    nummers.pop()
  }

  const loopItems = ({ knoop, uniek, onder: [onder] }: Werk, items: readonly unknown[]) => {
    const element = knoop.kinderen[0]?.element ?? ''
    if (uniek !== undefined) {
      for (const nummer of listDubbele(uniek, items)) {
        bevindingen.push(bevinding(DUBBEL, `${pad()}/${element}[${nummer}]`))
      }
    }
    if (onder === undefined) return
    for (let i = 0; i < items.length; i += 1) daal(onder, items[i], element, i + 1)
  }

  const { werk, geheel } = toetsplan(model)
  if (werk !== undefined) daal(werk, bericht, werk.knoop.element, 0)
  for (const regel of geheel) {
    regel.geheel?.(omgeving, (waar, toelichting) => bevindingen.push(bevinding(regel, waar, toelichting)))
  }
  return bevindingen
}

/** True when the standard's own rules of level 2 are applied to this message, and not only ours on what a date can be. */
export function isInhoudBeoordeeld(nummer: Berichtnummer): boolean {
  return listInhoudsregels(nummer).some(regel => !isEigenRegel(regel))
}

/** The rules of level 2 for one message, for pages and documentation. */
export function listInhoudsregels(nummer: Berichtnummer): readonly Inhoudsregel[] {
  return INHOUDSREGELS.filter(regel => regel.berichten.includes(nummer))
}
