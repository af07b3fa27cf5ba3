import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, type Waarde } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'

/** One approved line: `regels` 1 for a debit, −1 for a credit; `bedrag` signed. `maand`: first day of the care month. */
export interface PrestatieBoeking {
  gemeente: string
  maand: Datum
  segmentId: number
  aanbiederId: number
  persoon: number
  verwijzer: string
  bedrag: Eurocent
  regels: 1 | -1
}

/** What a toewijzing adds to (or takes from) the value allocated in one month. */
export interface ToegewezenBoeking {
  gemeente: string
  maand: Datum
  segmentId: number
  aanbiederId: number
  toegewezen: Eurocent
}

/** A new toewijzing, counted once in the month in which it starts; `aantal` −1 takes back that it was counted. */
export interface VerwijzingBoeking {
  gemeente: string
  maand: Datum
  segmentId: number
  verwijzer: string
  aantal: 1 | -1
}

export interface AfkeurBoeking {
  gemeente: string
  maand: Datum
  aanbiederId: number
  domein: string
  retourcode: string
  bedrag: Eurocent
}

/** Adds approved lines to the monthly figures, in the transaction that stores the lines. */
export async function bookPrestaties(tx: Tx, boekingen: readonly PrestatieBoeking[]): Promise<void> {
  const maanden = new Telling<[number, number]>()
  const verwijzers = new Telling<[number]>()
  for (const b of boekingen) {
    maanden.add([b.gemeente, b.maand, b.segmentId, b.aanbiederId], [b.bedrag, b.regels])
    verwijzers.add([b.gemeente, b.maand, b.segmentId, b.verwijzer], [b.bedrag])
  }
  await insertBulk(
    tx,
    'sturing.maandcijfer',
    { ...MAAND, aanbieder_id: 'integer', bedrag: 'bigint', regels: 'integer' },
    maanden.rows(),
    `
    on conflict (gemeente, maand, segment_id, aanbieder_id) do update
    set bedrag = doel.bedrag + excluded.bedrag, regels = doel.regels + excluded.regels, bijgewerkt_op = now()`,
  )
  await insertBulk(
    tx,
    'sturing.verwijzercijfer',
    { ...MAAND, verwijzer: 'text', bedrag: 'bigint' },
    verwijzers.rows(),
    `
    on conflict (gemeente, maand, segment_id, verwijzer) do update set bedrag = doel.bedrag + excluded.bedrag`,
  )
  await boekPersonen(tx, boekingen)
}

/** Lines per person and month; only the columns of months that occur are written, usually one or two of the twelve. */
async function boekPersonen(tx: Tx, boekingen: readonly PrestatieBoeking[]): Promise<void> {
  const maanden = [...new Set(boekingen.map(monthOf))].sort((a, b) => a - b)
  const personen = new Telling<number[]>()
  for (const b of boekingen) {
    const perMaand = maanden.map(maand => (maand === monthOf(b) ? b.regels : 0))
    personen.add([b.gemeente, +b.maand.slice(0, 4), b.segmentId, b.aanbiederId, b.persoon], perMaand)
  }
  const namen = maanden.map(maand => `m${maand}`)
  await insertBulk(
    tx,
    'sturing.clientmaand',
    { ...PERSOON, ...Object.fromEntries(namen.map(m => [m, 'smallint'])) },
    personen.rows(),
    `
    on conflict (gemeente, jaar, segment_id, aanbieder_id, persoon) do update
    set ${namen.map(m => `${m} = doel.${m} + excluded.${m}`).join(', ')}`,
  )
}

function monthOf({ maand }: PrestatieBoeking): number {
  return +maand.slice(5, 7)
}

export async function bookToegewezen(tx: Tx, boekingen: readonly ToegewezenBoeking[]): Promise<void> {
  const maanden = new Telling<[number]>()
  for (const b of boekingen) maanden.add([b.gemeente, b.maand, b.segmentId, b.aanbiederId], [b.toegewezen])
  await insertBulk(
    tx,
    'sturing.maandcijfer',
    { ...MAAND, aanbieder_id: 'integer', toegewezen: 'bigint' },
    maanden.rows(),
    `
    on conflict (gemeente, maand, segment_id, aanbieder_id) do update
    set toegewezen = doel.toegewezen + excluded.toegewezen, bijgewerkt_op = now()`,
  )
}

export async function bookVerwijzingen(tx: Tx, boekingen: readonly VerwijzingBoeking[]): Promise<void> {
  const maanden = new Telling<[number]>()
  for (const b of boekingen) maanden.add([b.gemeente, b.maand, b.segmentId, b.verwijzer], [b.aantal])
  await insertBulk(
    tx,
    'sturing.verwijzercijfer',
    { ...MAAND, verwijzer: 'text', toewijzingen: 'integer' },
    maanden.rows(),
    `
    on conflict (gemeente, maand, segment_id, verwijzer) do update
    set toewijzingen = doel.toewijzingen + excluded.toewijzingen`,
  )
}

export async function bookAfkeur(tx: Tx, boekingen: readonly AfkeurBoeking[]): Promise<void> {
  const codes = new Telling<[number, number]>()
  for (const b of boekingen)
    codes.add([b.gemeente, b.maand, b.aanbiederId, b.domein, b.retourcode], [1, b.bedrag])
  const kolommen = {
    gemeente: 'text',
    maand: 'date',
    aanbieder_id: 'integer',
    domein: 'text',
    retourcode: 'text',
    regels: 'integer',
    bedrag: 'bigint',
  }
  await insertBulk(
    tx,
    'sturing.afkeurcijfer',
    kolommen,
    codes.rows(),
    `
    on conflict (gemeente, maand, aanbieder_id, domein, retourcode) do update
    set regels = doel.regels + excluded.regels, bedrag = doel.bedrag + excluded.bedrag`,
  )
}

const MAAND = { gemeente: 'text', maand: 'date', segment_id: 'integer' }
const PERSOON = {
  gemeente: 'text',
  jaar: 'integer',
  segment_id: 'integer',
  aanbieder_id: 'integer',
  persoon: 'bigint',
}

/**
 * Adds up per key. The rows come out in the order of their keys: two transactions that touch the same figures take
 * their locks in the same order, so that neither can wait for the other in a circle.
 */
class Telling<Sommen extends number[]> {
  readonly #rows = new Map<string, { sleutel: readonly Waarde[]; sommen: number[] }>()

  add(sleutel: readonly Waarde[], sommen: Sommen): void {
    const naam = sleutel.join('|')
    const row = this.#rows.get(naam)
    if (row) for (const [i, som] of sommen.entries()) row.sommen[i] = (row.sommen[i] ?? 0) + som
    else this.#rows.set(naam, { sleutel, sommen: [...sommen] })
  }

  rows(): Waarde[][] {
    return [...this.#rows.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { sleutel, sommen }]) => [...sleutel, ...sommen])
  }
}
