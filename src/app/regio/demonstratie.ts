import { makeRegio, type RegioOpties, toCsv, toTabellen } from '../../demoregio/index.ts'
import { writeBericht } from '../../domains/istandaard/index.ts'
import { addDays, dateInNederland, dayNumber } from '../../platform/dates.ts'
import { refreshStatistics } from '../../platform/db/onderhoud.ts'
import type { Omgeving } from '../../platform/http/ctx.ts'
import type { Werkplek } from '../omgeving.ts'
import { type Aangeleverd, isGeladen, type Laadresultaat, loadRegio } from './laden.ts'

const STANDAARD = { seed: 1, schaal: 0.1, jaren: 'verschoven' } as const

/**
 * On the first start of a demonstration: makes the region and loads it through the real intake, with a progress bar.
 * A load that was broken off goes on where it was, with the same day as its last.
 */
export async function loadDemonstratie(werkplek: Werkplek): Promise<void> {
  if (await isGeladen(werkplek.database)) return
  const say = (tekst: string) => process.stdout.write(tekst)
  say('De demonstratieregio wordt geladen. Dat hoeft maar één keer.\n')
  const opties = { ...STANDAARD, peildatum: await firstDay(werkplek) }
  const { berichten } = await loadGemaakt(werkplek, opties, progressBar(opties), { voorvallen: true })
  await refreshStatistics(werkplek.ownerUrl)
  say(`\n${berichten.toLocaleString('nl-NL')} berichten verwerkt.\n`)
}

/** Makes a region in memory and loads it, with `voorvallen` if asked; the messages pass as files do. */
export async function loadGemaakt(
  werkplek: Omgeving,
  opties: RegioOpties,
  voortgang: (moment: string) => void,
  { voorvallen = false } = {},
): Promise<Laadresultaat> {
  const regio = makeRegio(opties)
  const bron = {
    naam: regio.referentie.naam,
    inrichting: toTabellen(regio.referentie, regio.verwijzingen).map(tabel => ({
      naam: tabel.naam,
      bytes: Buffer.from(toCsv(tabel)),
    })),
    verkeer: toFiles(regio.verkeer()),
    voorvallen,
    ...(opties.jaren === 'origineel' ? { eersteDeclaratieDatum: '2016-01-01' } : {}),
  }
  return loadRegio(werkplek, bron, voortgang)
}

function* toFiles(verkeer: ReturnType<ReturnType<typeof makeRegio>['verkeer']>): Generator<Aangeleverd> {
  for (const { ontvangenOp, bericht } of verkeer)
    yield { ontvangenOp, bytes: Buffer.from(writeBericht(bericht)) }
}

/**
 * The day before loading first began, so that nothing of the region lies in the future; kept, so that resuming makes the
 * same messages again.
 */
async function firstDay({ database, klok }: Werkplek): Promise<string> {
  const yesterday = addDays(dateInNederland(klok()), -1)
  const { rows } = await database.pool.query<{ waarde: string }>(
    `insert into platform.instelling (sleutel, waarde) values ('regio-peildatum', to_jsonb($1::text))
     on conflict (sleutel) do update set waarde = platform.instelling.waarde returning waarde`,
    [yesterday],
  )
  return rows[0]?.waarde ?? yesterday
}

/** A bar from the first day of the region to its last; nothing but dots where there is no terminal. */
export function progressBar({ peildatum }: RegioOpties): (moment: string) => void {
  const eind = dayNumber(peildatum)
  const begin = dayNumber(`${+peildatum.slice(0, 4) - 3}-01-01`)
  let getoond = -1
  return moment => {
    const deel = Math.min(1, Math.max(0, (dayNumber(moment.slice(0, 10)) - begin) / (eind - begin)))
    const stappen = Math.round(deel * 40)
    if (stappen === getoond) return
    getoond = stappen
    if (process.stdout.isTTY)
      process.stdout.write(
        `\r[${'█'.repeat(stappen)}${'·'.repeat(40 - stappen)}] ${Math.round(deel * 100)} % ${moment.slice(0, 7)}`,
      )
    else process.stdout.write('.')
  }
}
