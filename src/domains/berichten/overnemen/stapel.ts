import { setImmediate } from 'node:timers/promises'
import { Problem } from '../../../platform/problem.ts'
import { safeName } from '../../../platform/register/bladen/bestandsnaam.ts'
import { isZip, unpackZip } from '../../../platform/register/bladen/zip.ts'
import { type Gelezen, read } from '../post/gelezen.ts'

/** What one file may hold: more goes in parts, for instance a year each. */
export const MEESTE_BERICHTEN = 2000
/** Together, and for one: reading holds everybody up, about a second for every 15 MB (measured on 2 cores). */
const MEESTE_BYTES = 50 * 1024 * 1024
const MEESTE_PER_BERICHT = 5 * 1024 * 1024
/** After so many bytes others get a turn. */
const PER_BEURT = 512 * 1024

/** A message of a stack, read, with the name of its file. */
export interface Gestapeld extends Gelezen {
  naam: string
}

/** Reads one message, or an archive of them. No day is too early: they were sent in their own time. Throws 400 `onleesbaar-bestand`. */
export async function readStapel(bytes: Uint8Array): Promise<Gestapeld[]> {
  if (!isZip(bytes) && !isXml(bytes))
    throw unreadable('Het is geen XML en geen ZIP. Kies een bericht, of een ZIP-bestand met berichten.')
  const delen = isZip(bytes) ? await unpackStapel(bytes) : [{ naam: 'bericht', bytes }]
  if (delen.length === 0) throw unreadable('Er zit geen XML-bestand in.')
  const uit: Gestapeld[] = []
  let gelezen = 0
  for (const { naam, bytes: inhoud } of delen) {
    if (inhoud.length > MEESTE_PER_BERICHT)
      throw unreadable(`${safeName(naam)} is groter dan 5 MB. Splits het bericht, of laat het weg.`)
    if (gelezen >= PER_BEURT) {
      await setImmediate()
      gelezen = 0
    }
    gelezen += inhoud.length
    uit.push({
      naam: safeName(naam),
      ...read({ bytes: inhoud, ontvangenOp: new Date(0) }, { eersteDeclaratieDatum: '0001-01-01' }),
    })
  }
  return uit
}

/** True when the first sign, after a mark of the encoding and space, opens an element. */
const isXml = (bytes: Uint8Array) =>
  /^[^\x21-\x7e]*</.test(Buffer.from(bytes.subarray(0, 1000)).toString('latin1'))

async function unpackStapel(bytes: Uint8Array) {
  try {
    const delen = await unpackZip(bytes, { aantal: MEESTE_BERICHTEN, bytes: MEESTE_BYTES })
    return delen.filter(({ naam }) => naam.toLowerCase().endsWith('.xml'))
  } catch {
    throw unreadable(
      `Het is geen ZIP-bestand dat wij kunnen lezen, of er zit meer in dan ${MEESTE_BERICHTEN} bestanden of 50 MB. Splits het.`,
    )
  }
}

function unreadable(waarom: string): Problem {
  return new Problem(400, 'onleesbaar-bestand', 'Dit bestand kan niet worden gelezen', waarom)
}
