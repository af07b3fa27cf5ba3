import type { Tx } from './db/tables.ts'
import type { Ctx } from './http/ctx.ts'

declare module './db/tables.ts' {
  interface Tables {
    'platform.gebeurtenis': GebeurtenisTable
  }
}

interface GebeurtenisTable {
  gebeurtenis_id: import('kysely').Generated<number>
  op: import('kysely').Generated<Date>
  wie: string
  rol: string
  actie: string
  grond: string
  onderwerp: unknown
  verzoek_id: string
  /** Only on events of before seals went by number. */
  tx: import('kysely').Generated<string | null>
}

/** Ids only: numbers, codes, uuids. The type keeps names and free text out as far as a type can. */
export type Onderwerp = Record<string, string | number | readonly (string | number)[]>

/** On which ground personal data are read or changed (doelbinding). */
export type Grond =
  | 'Jeugdwet art. 2.15 en Wmo 2015 art. 2.6.7a: berichtenverkeer'
  | 'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing'
  | 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'
  | 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'
  | 'AVG art. 5, 24 en 35: verantwoording van gegevensuitwisseling'
  | 'Beheer van de toepassing'

/** Writes one audit event in the transaction of what it is about: without it, that does not happen either. */
export async function audit(
  tx: Tx,
  ctx: Ctx,
  actie: string,
  grond: Grond,
  onderwerp: Onderwerp,
): Promise<void> {
  await tx
    .insertInto('platform.gebeurtenis')
    .values({
      wie: ctx.wie.id,
      rol: ctx.wie.rol,
      actie,
      grond,
      onderwerp: JSON.stringify(onderwerp),
      verzoek_id: ctx.verzoekId,
      op: ctx.nu,
    })
    .execute()
}
