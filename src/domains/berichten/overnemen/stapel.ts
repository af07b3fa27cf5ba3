import { setImmediate } from 'node:timers/promises'
import { Problem } from '../../../platform/problem.ts'
import { isZip, unpackZip } from '../../../platform/register/zip.ts'
import { type Gelezen, read } from '../inname/post.ts'

/** What one file may hold: more goes in parts, for instance a year each. */
export const MEESTE_BERICHTEN = 2000
const MEESTE_BYTES = 100 * 1024 * 1024
/** After so many messages others get a turn. */
const PER_BEURT = 25

/** A message of a stack, read, with the name of its file. */
export interface Gestapeld extends Gelezen {
  naam: string
}

/** Reads one message, or an archive of them. No day is too early: they were sent in their own time. Throws 400 `onleesbaar-bestand`. */
export async function readStapel(bytes: Uint8Array): Promise<Gestapeld[]> {
  const delen = isZip(bytes) ? await unpackStapel(bytes) : [{ naam: 'bericht', bytes }]
  if (delen.length === 0) throw unreadable('Er zit geen XML-bestand in.')
  const uit: Gestapeld[] = []
  for (const [i, { naam, bytes: inhoud }] of delen.entries()) {
    if (i % PER_BEURT === 0) await setImmediate()
    uit.push({
      naam,
      ...read({ bytes: inhoud, ontvangenOp: new Date(0) }, { eersteDeclaratieDatum: '0001-01-01' }),
    })
  }
  return uit
}

async function unpackStapel(bytes: Uint8Array) {
  try {
    const delen = await unpackZip(bytes, { aantal: MEESTE_BERICHTEN, bytes: MEESTE_BYTES })
    return delen.filter(({ naam }) => naam.toLowerCase().endsWith('.xml'))
  } catch {
    throw unreadable(
      `Het is geen ZIP-bestand dat wij kunnen lezen, of er zit meer in dan ${MEESTE_BERICHTEN} bestanden of 100 MB. Splits het.`,
    )
  }
}

function unreadable(waarom: string): Problem {
  return new Problem(400, 'onleesbaar-bestand', 'Dit bestand kan niet worden gelezen', waarom)
}
