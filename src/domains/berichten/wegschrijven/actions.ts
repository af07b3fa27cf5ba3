import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tx } from '../../../platform/db/tables.ts'
import { unpackFile } from '../../../platform/files.ts'
import { type Ctx, makeCtx, type Omgeving, systeem } from '../../../platform/http/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { findBericht, findBestand } from '../bericht/store.ts'
import { bestandsnaam } from '../post/rules.ts'

export interface Uitgaand {
  gemeente: string
  berichtId: string
}

/**
 * Asks for these outgoing messages to be written to the drop folder, if there is one: a job in the transaction that
 * makes them, so that a crash in between loses none.
 */
export async function planWegschrijven(tx: Tx, ctx: Ctx, berichten: readonly Uitgaand[]): Promise<void> {
  if (ctx.uitmap === undefined || berichten.length === 0) return
  await enqueue(tx, 'berichten_wegschrijven', {
    berichten: berichten.map(({ gemeente, berichtId }) => ({ gemeente, berichtId })),
  })
}

/**
 * Writes these messages to the drop folder. Each appears under its name only when it is complete and on the disk;
 * doing it again writes the same file again. Nothing when no folder is set (any more).
 */
export async function writeOut(omgeving: Omgeving, berichten: readonly Uitgaand[]): Promise<void> {
  const map = omgeving.uitmap
  if (map === undefined) return
  await mkdir(map, { recursive: true })
  const gemeenten = [...new Set(berichten.map(b => b.gemeente))]
  const ctx = makeCtx(omgeving, systeem('wegschrijven', gemeenten))
  for (const bericht of berichten) {
    const bestand = await loadBestand(ctx, bericht)
    if (bestand) await writeWhole(map, bestand.naam, bestand.bytes)
  }
}

/** A message as a file with its own name; undefined when it does not exist for this asker. */
export async function loadBestand(
  ctx: Ctx,
  { gemeente, berichtId }: Uitgaand,
): Promise<{ naam: string; bytes: Buffer } | undefined> {
  return ctx.read(async db => {
    const bericht = await findBericht(db, gemeente, berichtId)
    const bestand = await findBestand(db, gemeente, berichtId)
    if (!bericht || !bestand) return undefined
    return { naam: bestandsnaam(bericht), bytes: await unpackFile(ctx.kluis, bestand) }
  })
}

/** Writes a file beside its place, flushes it, and moves it there: who watches the folder never sees half of it. */
export async function writeWhole(map: string, naam: string, bytes: Uint8Array): Promise<string> {
  const pad = join(map, naam)
  // Two processes may write the same message at the same time.
  const tijdelijk = join(map, `.${naam}.${process.pid}.deel`)
  const bestand = await open(tijdelijk, 'w')
  try {
    await bestand.writeFile(bytes)
    await bestand.sync()
  } finally {
    await bestand.close()
  }
  await rename(tijdelijk, pad)
  return pad
}
