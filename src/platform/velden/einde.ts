import { sql } from 'kysely'
import { tekst } from './soorten.ts'

/** Why something goes out of use. */
export const EINDE = {
  reden: tekst({
    label: 'Waarom?',
    noem: 'de reden',
    hulp: 'Het blijft bewaard en kan weer in gebruik worden genomen.',
    max: 1000,
    regels: 2,
  }),
}

/** The columns of what is out of use with its reason, or back in (`reden` null). */
export const endColumns = (reden: string | null, door: number | null) => ({
  beeindigdReden: reden,
  beeindigdOp: reden === null ? null : sql`now()`,
  beeindigdDoor: reden === null ? null : door,
})
