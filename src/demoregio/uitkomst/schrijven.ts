import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeBericht } from '../../domains/istandaard/index.ts'
import type { Demoregio, RegioOpties } from '../index.ts'
import { type Ijkregel, ijkrapport } from './ijkrapport.ts'
import { toCsv, toTabellen } from './inrichting.ts'

/** One file of a region; `pad` is relative and uses slashes. */
export interface Bestand {
  pad: string
  inhoud: string
}

export interface Manifest {
  opties: RegioOpties
  personen: Demoregio['personen']
  /** Messages per kind. */
  berichten: Record<string, number>
  /** Which targets are hit at this scale. */
  doelen: readonly Ijkregel[]
  /** SHA-256 over all lines `sha256  pad` in order: one number for the whole region. */
  vingerafdruk: string
  bestanden: { pad: string; sha256: string }[]
}

function json(waarde: unknown): string {
  return `${JSON.stringify(waarde, null, 2)}\n`
}

/**
 * The files of a region in a fixed order: what it agreed and who referred, each as a region would put it in, the truth
 * for tests, and one XML file per message in a folder per month. The name of a message file starts with the moment
 * of receipt, so that names sort in order of receipt.
 */
export function* bestanden(regio: Demoregio): Generator<Bestand> {
  const { referentie } = regio
  const { naam, eersteJaar, ankerjaar, peildatum } = referentie
  yield { pad: 'regio.json', inhoud: json({ naam, eersteJaar, ankerjaar, peildatum }) }
  for (const tabel of toTabellen(referentie, regio.verwijzingen))
    yield { pad: `inrichting/${tabel.naam}.csv`, inhoud: toCsv(tabel) }
  yield { pad: 'waarheid.json', inhoud: json(regio.waarheid) }
  let maand = ''
  let volgnummer = 0
  for (const { ontvangenOp, bericht } of regio.verkeer()) {
    if (ontvangenOp.slice(0, 7) !== maand) {
      maand = ontvangenOp.slice(0, 7)
      volgnummer = 0
    }
    volgnummer += 1
    const moment = ontvangenOp.replaceAll(/[-:]/g, '')
    yield {
      pad: `verkeer/${maand}/${moment}-${String(volgnummer).padStart(6, '0')}-${bericht.bericht}.xml`,
      inhoud: writeBericht(bericht),
    }
  }
}

/** The manifest of a region; `bijBestand` gets each file once, for instance to write it. */
export function makeManifest(regio: Demoregio, bijBestand: (bestand: Bestand) => void = () => {}): Manifest {
  const geheel = createHash('sha256')
  const lijst: Manifest['bestanden'] = []
  const berichten: Record<string, number> = {}
  for (const bestand of bestanden(regio)) {
    const sha256 = createHash('sha256').update(bestand.inhoud).digest('hex')
    geheel.update(`${sha256}  ${bestand.pad}\n`)
    lijst.push({ pad: bestand.pad, sha256 })
    const soort = /-([A-Z]+\d+)\.xml$/.exec(bestand.pad)?.[1]
    if (soort !== undefined) berichten[soort] = (berichten[soort] ?? 0) + 1
    bijBestand(bestand)
  }
  return {
    opties: regio.opties,
    personen: regio.personen,
    berichten,
    doelen: ijkrapport(regio, regio.opties.schaal),
    vingerafdruk: geheel.digest('hex'),
    bestanden: lijst,
  }
}

/**
 * Write a region below `map` (made when absent; files of the same name are replaced) with a `manifest.json`
 * that holds the SHA-256 of every other file. `voortgang` is called now and then with the month being written.
 */
export function writeRegio(
  map: string,
  regio: Demoregio,
  voortgang: (maand: string) => void = () => {},
): Manifest {
  const gemaakt = new Set<string>()
  const manifest = makeManifest(regio, ({ pad, inhoud }) => {
    const doel = join(map, pad)
    const folder = dirname(doel)
    if (!gemaakt.has(folder)) {
      mkdirSync(folder, { recursive: true })
      gemaakt.add(folder)
      voortgang(pad.startsWith('verkeer/') ? pad.slice(8, 15) : '')
    }
    writeFileSync(doel, inhoud)
  })
  writeFileSync(join(map, 'manifest.json'), json(manifest))
  return manifest
}
