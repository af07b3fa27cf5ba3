import type { Datum } from '../../platform/dates.ts'
import type { Ctx } from '../../platform/http/ctx.ts'

/** The stage of a demonstration: its people, and the day on which it is looked at. */
export interface Toneel {
  vandaag: Datum
  /** Codes of all municipalities. */
  gemeenten: readonly string[]
  /** The context of a person of the demonstration, so many days ago at noon. Throws when nobody has that role. */
  speel(rol: string, dagenGeleden: number): Ctx
  /** Id of that person as a form sends it; empty when nobody has that role. */
  idVan(rol: string): string
  /** Code of every segment by its id as text. */
  segmentcodes(): Promise<ReadonlyMap<string, string>>
}
