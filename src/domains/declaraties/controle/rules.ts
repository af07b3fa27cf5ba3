import type { Datum } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Omvang } from './omvang.ts'
import { PRESTATIE_REGELS } from './prestatieregels.ts'

/** A Prestatie as the 323 brings it. `volume` in units (cents for eenheid 83), `tarief` and `bedrag` in eurocents. */
export interface Prestatie {
  referentie: string
  vorigeReferentie: string | null
  toewijzingNummer: number
  categorie: string
  code: string
  begin: Datum
  eind: Datum
  volume: number
  eenheid: string
  tarief: Eurocent | null
  bedrag: Eurocent
  debet: boolean
}

/** The toewijzing that a line points at, as far as judging it needs. */
export interface Toewijzing {
  categorie: string | null
  code: string | null
  ingang: Datum
  eind: Datum | null
  verwijderd: boolean
  omvang: Omvang | null
  budget: Eurocent | null
}

/** An earlier line that a credit can point at. */
export interface EerdereRegel extends Prestatie {
  goedgekeurd: boolean
  keten: number
  /** Paid by an older system. */
  overgenomen?: boolean
}

/** Everything known about one line at the moment it is judged. */
export interface Feiten {
  /** Last day of the DeclaratiePeriode. */
  periodeEind: Datum
  /** The toewijzing of this client at this aanbieder; undefined when there is none with that number. */
  toewijzing: Toewijzing | undefined
  /**
   * The product in the catalogue: on the Ingangsdatum of a toewijzing that names it, else on the first day of the
   * ProductPeriode. `tarief` per `eenheid` of the product and `minuutTarief` per minute, null when none was agreed;
   * `gecontracteerd`: whether a contract covers it on that first day.
   */
  product:
    | {
        categorie: string
        eenheid: string
        tarief: Eurocent | null
        minuutTarief: Eurocent | null
        gecontracteerd: boolean
      }
    | undefined
  referentieBekend: boolean
  /** The line that `vorigeReferentie` names, with whether it was credited already. */
  origineel: EerdereRegel | undefined
  origineelGecrediteerd: boolean
  /** An approved debit for this toewijzing, product and ProductPeriode that was not credited. */
  openDebet: boolean
  /** Net approved volume on the toewijzing, in the smallest unit, and net approved amount. */
  geleverd: number
  gedeclareerd: Eurocent
}

/** One fact beside another, for «waarom?»: what was claimed and what was agreed. */
export interface Vergelijking {
  wat: string
  gedeclareerd: string
  afgesproken: string
}

export interface RegelBevinding {
  regel: string
  retourcode: string
  melding: string
  feiten: readonly Vergelijking[]
}

/** Every reason not to pay this line; empty means payable. Grondslag: iJw/iWmo 3.2 § declaratie, levels 3 and 4. */
export function checkPrestatie(prestatie: Prestatie, feiten: Feiten): RegelBevinding[] {
  const soort = prestatie.debet ? 'debet' : 'credit'
  const out: RegelBevinding[] = []
  for (const regel of PRESTATIE_REGELS) {
    if (regel.geldtVoor !== 'beide' && regel.geldtVoor !== soort) continue
    const gebroken = regel.breekt(prestatie, feiten)
    if (gebroken)
      out.push({
        regel: regel.code,
        retourcode: regel.retourcode,
        melding: `${regel.titel}. ${regel.watTeDoen}`,
        feiten: gebroken,
      })
  }
  return out
}
