import type pg from 'pg'
import { type Config, ConfigFout } from '../../platform/config.ts'
import { type Kluis, openKluis } from '../../platform/crypto.ts'
import { SLOT } from '../../platform/db/sloten.ts'
import { inTransaction } from '../../platform/db/transactie.ts'
import { findSleutel, insertSleutel, opens, type Sleutelstaat } from '../../platform/sleutel.ts'
import { isGeclaimd } from '../startproeven.ts'
import { changeBestanden } from './bestanden.ts'
import { changeClienten } from './clienten.ts'
import { loadSleutels } from './openen.ts'

export interface Voortgang {
  stap: 'clienten' | 'bestanden' | 'klaar'
  gedaan: number
  totaal: number
}

/**
 * Brings a database from the old key (`sleutel.oud`) to the new one (`sleutel`). First all residents with everything that
 * is looked up by a hash, in one transaction, while nobody works; from then on only processes with the new key do. Then
 * the files, a page at a time, while the application runs with both keys. Killed at any moment, the next run goes on
 * where it was. Throws ConfigFout that says what is missing.
 */
export async function changeSleutel(
  config: Config,
  client: pg.ClientBase,
  meld: (voortgang: Voortgang) => void,
): Promise<void> {
  const { huidig, vorige } = await loadSleutels(config, client)
  if (!vorige)
    throw new ConfigFout(
      'Geef de oude sleutel erbij: het bestand `sleutel.oud` in de gegevensmap, of SAMENHANG_SLEUTEL_OUD. De nieuwe is ' +
        'het bestand `sleutel`, of SAMENHANG_SLEUTEL (maak hem met: openssl rand -base64 32).',
    )
  if (huidig.equals(vorige))
    throw new ConfigFout('De oude en de nieuwe sleutel zijn gelijk. Maak een nieuwe.')
  const kluis = openKluis(huidig, vorige)
  const alleenNieuw = openKluis(huidig)
  const alleenOud = openKluis(vorige)

  const staat = await getStaat(client)
  if (!opens(alleenNieuw, staat.zegelsleutel)) {
    if (!opens(alleenOud, staat.zegelsleutel))
      throw new ConfigFout('Geen van beide sleutels hoort bij deze database. Er is niets veranderd.')
    if (!staat.klaar)
      throw new ConfigFout(
        'Maak eerst de vorige wisseling af, met de sleutels van toen. Er is niets veranderd.',
      )
    await refuseDraaiend(config)
    const aantal = await inTransaction(client, () => startWissel(client, kluis, alleenOud))
    meld({ stap: 'clienten', gedaan: aantal, totaal: aantal })
  }
  const { nr, klaar } = await getStaat(client)
  if (!klaar) {
    await changeBestanden(client, nr, kluis, alleenNieuw, (gedaan, totaal) =>
      meld({ stap: 'bestanden', gedaan, totaal }),
    )
    await inTransaction(client, async () => {
      await client.query('update platform.sleutel set klaar_op = now() where sleutel_nr = $1', [nr])
      await note(client, 'sleutel.wissel-klaar', nr)
    })
  }
  meld({ stap: 'klaar', gedaan: 1, totaal: 1 })
}

/**
 * A Samenhang that runs on the old key ends once residents have the new one, and takes our own server down with it. On a
 * database that somebody brought it may go on until then: that stays up.
 */
async function refuseDraaiend(config: Config): Promise<void> {
  if (config.databaseUrl !== undefined || !(await isGeclaimd(config))) return
  throw new ConfigFout(
    'Samenhang draait nog met de oude sleutel. Stop Samenhang eerst en geef deze opdracht dan opnieuw; start Samenhang ' +
      'daarna met beide sleutels. Er is niets veranderd.',
  )
}

/** Everything that is found by a hash, the keys of the seals, and the new key itself: all or nothing. */
async function startWissel(client: pg.ClientBase, kluis: Kluis, alleenOud: Kluis): Promise<number> {
  // Every transaction of a process holds this lock shared: from here on nobody works, until this is done.
  await client.query('select pg_advisory_xact_lock($1)', [SLOT.sleutel])
  const { nr, zegelsleutel } = await getStaat(client)
  if (!opens(alleenOud, zegelsleutel)) throw new ConfigFout('De sleutel is intussen al gewisseld.')
  const aantal = await changeClienten(client, kluis)
  const { rows } = await client.query<{ sleutel_nr: number; zegelsleutel: Buffer }>(
    'select sleutel_nr, zegelsleutel from platform.sleutel',
  )
  for (const rij of rows)
    await client.query('update platform.sleutel set zegelsleutel = $2 where sleutel_nr = $1', [
      rij.sleutel_nr,
      kluis.versleutel(alleenOud.ontsleutel(rij.zegelsleutel)),
    ])
  await insertSleutel(client, kluis, nr + 1, false)
  await note(client, 'sleutel.gewisseld', nr + 1)
  return aantal
}

async function getStaat(client: pg.ClientBase): Promise<Sleutelstaat> {
  const staat = await findSleutel(client)
  if (!staat)
    throw new ConfigFout('Deze database kent nog geen sleutel. Start Samenhang eerst met de oude sleutel.')
  return staat
}

async function note(client: pg.ClientBase, actie: string, nr: number): Promise<void> {
  await client.query(
    `insert into platform.gebeurtenis (wie, rol, actie, grond, onderwerp, verzoek_id)
     values ('systeem:cli', 'systeem', $1, 'Beheer van de toepassing', jsonb_build_object('sleutel', $2::integer), 'cli')`,
    [actie, nr],
  )
}
