import { opdracht as audit } from '../../src/app/cli/audit.ts'
import { opdracht as beleid } from '../../src/app/cli/beleid.ts'
import { opdracht as bericht } from '../../src/app/cli/bericht.ts'
import { opdracht as cijfers } from '../../src/app/cli/cijfers.ts'
import { opdracht as db } from '../../src/app/cli/db.ts'
import type { Gebruik } from '../../src/app/cli/gebruik.ts'
import { opdracht as gebruiker } from '../../src/app/cli/gebruiker.ts'
import { opdracht as regio } from '../../src/app/cli/regio.ts'
import { opdracht as reservekopie } from '../../src/app/cli/reservekopie.ts'
import { opdracht as sleutel } from '../../src/app/cli/sleutel.ts'

/** Every command there is; src/app/cli/gebruik.test.ts holds this against what the program itself says. */
export const ALLE = { audit, beleid, bericht, cijfers, db, gebruiker, regio, reservekopie, sleutel }

/** Every way in which one can be given. */
export const VORMEN = Object.entries(ALLE).flatMap(([naam, { gebruik }]) =>
  Object.entries(gebruik).map(([wat, vorm]) => [naam, wat, vorm] as const),
)

/** What must stand behind it, with a value for each. */
export const volledig = ({ argumenten = [], opties = {} }: Gebruik) => [
  ...argumenten.filter(naam => !naam.startsWith('[')),
  ...Object.entries(opties).flatMap(([naam, { nodig, waarde }]) =>
    nodig ? [`--${naam}`, waarde ?? ''] : [],
  ),
]
