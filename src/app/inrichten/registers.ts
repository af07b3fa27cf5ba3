import { AANBIEDERS, LOCATIES } from '../../domains/aanbieders/index.ts'
import { BERICHTEN } from '../../domains/berichten/index.ts'
import {
  AANBIEDERPLAFONDS,
  CONTRACTEN,
  findAanbiederafspraken,
  GEMEENTEN,
  INWONERTALLEN,
  PLAFONDS,
  PRODUCTEN,
  SEGMENTEN,
  TARIEVEN,
} from '../../domains/contracten/index.ts'
import {
  findAanbiederplafondraakt,
  findAanbiederraakt,
  findContractkomst,
  findContractraakt,
  findContractverdringing,
  findGemeenteraakt,
  findOverschreden,
  findPlafondraakt,
  findProductraakt,
  findSegmentraakt,
  findTariefkomst,
  findTariefraakt,
  findTariefverdringing,
  findUitloop,
  rangeOfContract,
  rangeOfProduct,
  rangeOfSegment,
  rangeOfTarief,
  watchPrijzen,
} from '../../domains/declaraties/index.ts'
import {
  followContracten,
  followProducten,
  followTarieven,
  holdIntake,
  TOEWIJZINGEN,
  VERWIJZINGEN,
} from '../../domains/toegang/index.ts'
import { type Recht, ROL, ROLLEN, type Rol } from '../../platform/auth/rollen.ts'
import type { Invoersoort } from '../../platform/register/invoer/invoer.ts'
import { invoerVan } from '../../platform/register/invoer/registerinvoer.ts'
import { together } from '../../platform/register/letop.ts'
import type { Raakvraag } from '../../platform/register/raakt.ts'
import { bladPad, type Register } from '../../platform/register/register.ts'
import { findGemeentegebruikers } from '../gebruikers/store.ts'

/** A register with what a region needs it for. */
export interface Inrichting {
  register: Register
  /** What cannot be done without it, to be read after 'nodig om'; undefined when all goes on without it. */
  nodigOm?: string
}

/** With what leans on it in domains that lie above its own: messages bring that, and are judged by it. */
const withRaakt = (register: Register, ...erbij: readonly Raakvraag[]): Register => ({
  ...register,
  raakt: [...(register.raakt ?? []), ...erbij],
  houdStil: holdIntake,
})

/** By what stands in these, toewijzingen are valued: the figures follow. */
const withValue = (register: Register, volgt: NonNullable<Register['volgt']>): Register => ({
  ...register,
  volgt,
})

/** By what stands in these, lines were approved at a price: that stays theirs. */
const withPrijzen = (register: Register, bereik: Parameters<typeof watchPrijzen>[0]): Register => ({
  ...register,
  bewaakt: watchPrijzen(bereik),
})

/** With what was approved of it already (`geraakt`): told when it changes, and worth a look when it is more than that allows. */
const withClaimed = (register: Register, geraakt: Raakvraag): Register => ({
  ...withRaakt(register, geraakt),
  letOp: together(...[register.letOp ?? []].flat(), findOverschreden(register, geraakt)),
})

const TARIEVEN_HIER = withPrijzen(
  withValue(
    { ...withRaakt(TARIEVEN, findTariefraakt), verdringt: [findTariefverdringing], komt: [findTariefkomst] },
    followTarieven,
  ),
  rangeOfTarief,
)
const CONTRACTEN_HIER = withPrijzen(
  withValue(
    {
      ...withRaakt(CONTRACTEN, findContractraakt),
      verdringt: [findContractverdringing],
      komt: [findContractkomst],
    },
    followContracten,
  ),
  rangeOfContract,
)

/** Everything that a region puts in itself, in an order in which each can name what came before. */
export const INRICHTINGEN: readonly Inrichting[] = [
  {
    register: withRaakt(GEMEENTEN, findGemeenteraakt, findGemeentegebruikers),
    nodigOm: 'gebruikers te laten zien waarvoor zij werken',
  },
  {
    register: withPrijzen(withRaakt(SEGMENTEN, findSegmentraakt), rangeOfSegment),
    nodigOm: 'producten en plafonds een plaats te geven',
  },
  {
    register: withPrijzen(
      withValue(withRaakt(PRODUCTEN, findProductraakt, findUitloop), followProducten),
      rangeOfProduct,
    ),
    nodigOm: 'toewijzingen te kunnen ontvangen',
  },
  {
    register: withRaakt(AANBIEDERS, findAanbiederafspraken, findAanbiederraakt),
    nodigOm: 'berichten van aanbieders te herkennen',
  },
  {
    register: {
      ...CONTRACTEN_HIER,
      // Its prices end with it, and come back when that is taken back, as any that changes.
      ...(CONTRACTEN_HIER.meegaand && { meegaand: { ...CONTRACTEN_HIER.meegaand, register: TARIEVEN_HIER } }),
    },
    nodigOm: 'te weten wie voor welke gemeente mag leveren',
  },
  {
    register: TARIEVEN_HIER,
    nodigOm: 'declaraties te kunnen controleren en betalen',
  },
  { register: withClaimed(PLAFONDS, findPlafondraakt), nodigOm: 'uitgaven met het budget te vergelijken' },
  { register: withClaimed(AANBIEDERPLAFONDS, findAanbiederplafondraakt) },
  { register: INWONERTALLEN },
  { register: LOCATIES },
]

/** A file that a folder can hold, by its name without what stands behind the point. */
export interface Mapbestand {
  soort: Invoersoort<unknown>
  achter: readonly string[]
  /** Where such a file comes in by itself, and its page stands. */
  pad: string
}

const sheet = (soort: Invoersoort, pad: string): Mapbestand => ({
  soort: soort as Invoersoort<unknown>,
  achter: ['xlsx', 'csv'],
  pad,
})

/** Every file that a folder can hold, in an order in which each can name what came before. */
export const BESTANDEN: readonly Mapbestand[] = [
  ...INRICHTINGEN.map(({ register }) => sheet(invoerVan(register), `${bladPad(register)}/invoeren`)),
  sheet(VERWIJZINGEN, '/toewijzingen/verwijzingen'),
  sheet(TOEWIJZINGEN, '/toewijzingen/overnemen'),
  { soort: BERICHTEN as Invoersoort<unknown>, achter: ['zip'], pad: '/berichten/overnemen' },
]

/** The roles that may bring it in. */
export const fillersOf = (recht: Recht): Rol[] => ROLLEN.filter(rol => ROL[rol].rechten.includes(recht))

/** The same as people read them. */
export const sayFillers = (recht: Recht) =>
  fillersOf(recht)
    .map(rol => ROL[rol].naam)
    .join(', ')
