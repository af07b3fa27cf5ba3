import { join } from 'node:path'
import { sql } from 'kysely'
import { BERICHTEN, receiveBerichten } from '../../domains/berichten/index.ts'
import { seedBetalingen } from '../../domains/declaraties/seed.ts'
import { seedKaders } from '../../domains/kaders/seed.ts'
import { TOEWIJZINGEN } from '../../domains/toegang/index.ts'
import { seedUitwisseling } from '../../domains/uitwisseling/seed.ts'
import { projectRoot } from '../../platform/config.ts'
import { dateInNederland } from '../../platform/dates.ts'
import { clientOf, type Database, NOBODY } from '../../platform/db/database.ts'
import type { Db, Tx } from '../../platform/db/tables.ts'
import { makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'
import { setUpBestanden } from '../inrichten/bestanden.ts'
import { BESTANDEN } from '../inrichten/registers.ts'
import { seedBeleid } from './beleid.ts'
import { loadVoorvallen } from './voorvallen.ts'

export interface Aangeleverd {
  bytes: Uint8Array
  /** ISO moment at which the receiver got it. */
  ontvangenOp: string
}

export interface Laadbron {
  /** How the region is called. */
  naam: string
  /** What it agreed and who referred: the files with which any region is put in, by their name without '.csv'. */
  inrichting: readonly { naam: string; bytes: Buffer }[]
  verkeer: Iterable<Aangeleverd> | AsyncIterable<Aangeleverd>
  /** First day that may be claimed; earlier than the standard's own only for the original years. */
  eersteDeclaratieDatum?: string
  /** With what a region does not have by itself and a demonstration shows; the figures are then no longer those of the generator. */
  voorvallen?: boolean
}

export interface Laadresultaat {
  berichten: number
  perUitkomst: Record<string, number>
}

/** Messages of one transaction: large enough to make the set-based queries pay, small enough to stay light. */
const PER_KEER = 250

/** True when no region was loaded yet. */
export async function isLeeg(database: Database): Promise<boolean> {
  const { rows } = await database.pool.query('select from contracten.gemeente limit 1')
  return rows.length === 0
}

/**
 * Loads a demonstration region: reference data, then every message through the real intake, in order of receipt and
 * with the clock at that moment. Broken off halfway it can be run again: what is in stays in once.
 */
export async function loadRegio(
  omgeving: Omgeving,
  bron: Laadbron,
  voortgang: (moment: string, berichten: number) => void = () => undefined,
): Promise<Laadresultaat> {
  if (await isLeeg(omgeving.database)) await putIn(omgeving, bron)
  const gemeenten = (await omgeving.database.read(NOBODY, listGemeenten)).map(({ code }) => code)
  const { scope } = systeem('regio', gemeenten)
  const resultaat: Laadresultaat = { berichten: 0, perUitkomst: {} }
  const opties =
    bron.eersteDeclaratieDatum === undefined ? {} : { eersteDeclaratieDatum: bron.eersteDeclaratieDatum }
  let stapel: Aangeleverd[] = []
  const verwerk = async () => {
    const laatste = stapel.at(-1)
    if (!laatste) return
    const leveringen = stapel.map(({ bytes, ontvangenOp }) => ({ bytes, ontvangenOp: new Date(ontvangenOp) }))
    stapel = []
    const moment = new Date(laatste.ontvangenOp)
    const ctx = makeCtx(
      { ...omgeving, uitmap: undefined, klok: () => moment },
      systeem('regio', gemeenten),
      undefined,
      {
        durable: false,
      },
    )
    for (const { uitkomst } of await receiveBerichten(ctx, leveringen, opties))
      resultaat.perUitkomst[uitkomst] = (resultaat.perUitkomst[uitkomst] ?? 0) + 1
    resultaat.berichten += leveringen.length
    voortgang(laatste.ontvangenOp, resultaat.berichten)
  }
  for await (const levering of bron.verkeer) {
    stapel.push(levering)
    if (stapel.length >= PER_KEER) await verwerk()
  }
  await verwerk()
  await omgeving.database.write(scope, tx => seedBetalingen(tx, dateInNederland(omgeving.klok())))
  if (bron.voorvallen) await loadVoorvallen(omgeving, opties)
  await omgeving.database.write(scope, moveProvider)
  await seedBeleid(omgeving)
  await seedKaders(makeCtx(omgeving, systeem('regio', gemeenten)), join(projectRoot(), 'regio'))
  await seedUitwisseling(makeCtx(omgeving, systeem('regio', gemeenten)))
  await markLoaded(omgeving.database)
  return resultaat
}

/** The files of a region, as they are named. */
export const INRICHTING = BESTANDEN.map(({ soort }) => soort.naam).filter(
  naam => naam !== TOEWIJZINGEN.naam && naam !== BERICHTEN.naam,
)

/** Puts in what the region agreed through the door that any region uses, and then the people of the demonstration. */
async function putIn(omgeving: Omgeving, { naam: regio, inrichting }: Laadbron): Promise<void> {
  const ctx = makeCtx(omgeving, systeem('regio', []))
  const bestanden = inrichting.map(({ naam, bytes }) => ({ naam: `${naam}.csv`, bytes }))
  for (const { bestand, uitkomst } of await setUpBestanden(ctx, bestanden, { proef: false })) {
    const [fout] = uitkomst.fouten
    if (fout) throw new Error(`${bestand}, row ${fout.nummer}: ${fout.melding}`)
  }
  const gemeenten = await omgeving.database.read(NOBODY, listGemeenten)
  const { scope } = systeem(
    'regio',
    gemeenten.map(({ code }) => code),
  )
  await omgeving.database.write(scope, tx => seedGebruikers(tx, regio))
}

/** In the order in which they were put in. */
async function listGemeenten(db: Db): Promise<{ code: string; naam: string }[]> {
  const { rows } = await sql<{ code: string; naam: string }>`
    select g.code, g.naam from contracten.gemeente g
    join platform.wijziging w on w.register = 'gemeenten' and w.sleutel = g.code
    group by g.code, g.naam order by min(w.wijziging_id)`.execute(db)
  return rows
}

/** The demonstration provider becomes the one with most to look at: the most lines refused lately. */
async function moveProvider(tx: Tx): Promise<void> {
  await clientOf(tx).query(
    `update platform.gebruiker g set voor_aanbieder = a.aanbieder_id, organisatie = a.naam
     from (select aanbieder_id from sturing.afkeurcijfer
           where maand > (select max(maand) - interval '6 months' from sturing.afkeurcijfer)
           group by 1 order by sum(regels) desc, 1 limit 1) druk
     join aanbieders.aanbieder a using (aanbieder_id)
     where g.demonstratie and g.rol = 'aanbieder'`,
  )
}

/** Says that the whole region is in: a start that was broken off resumes loading. */
async function markLoaded(database: Database): Promise<void> {
  await database.write(NOBODY, async tx => {
    await clientOf(tx).query(
      `insert into platform.instelling (sleutel, waarde) values ('regio-geladen', to_jsonb(now()))
       on conflict (sleutel) do update set waarde = excluded.waarde, gewijzigd_op = now()`,
    )
  })
}

export async function isGeladen(database: Database): Promise<boolean> {
  const { rows } = await database.pool.query(
    "select from platform.instelling where sleutel = 'regio-geladen'",
  )
  return rows.length > 0
}

/**
 * One invented person per role, and a second beheerder: new rights take two. The provider is the one with the lowest AGB
 * code, until `moveProvider` finds one with more to see.
 */
async function seedGebruikers(tx: Tx, organisatie: string): Promise<void> {
  const [eerste, , derde] = await listGemeenten(tx)
  const { rows } = await clientOf(tx).query<{ aanbieder_id: number; naam: string }>(
    'select aanbieder_id, naam from aanbieders.aanbieder order by agb limit 1',
  )
  const aanbieder = rows[0]
  const gemeente = (naam: string, rol: string, eigen: typeof eerste) =>
    [naam, rol, `Gemeente ${eigen?.naam ?? ''}`, eigen ? [eigen.code] : [], null] as const
  const regio = (naam: string, rol: string) => [naam, rol, organisatie, [], null] as const
  const mensen = [
    gemeente('Bo Backhuis', 'backoffice', eerste),
    gemeente('Carla Cijfer', 'controller', eerste),
    gemeente('Coen Keukentafel', 'consulent', derde),
    gemeente('Tess Toezicht', 'toezichthouder', eerste),
    regio('Mila Contract', 'contractmanager'),
    regio('Dani Data', 'data-analist'),
    regio('Bea Beleid', 'beleidsadviseur'),
    regio('Ines Inkoop', 'inkoopadviseur'),
    ['Anna Aanbod', 'aanbieder', aanbieder?.naam ?? '', [], aanbieder?.aanbieder_id ?? null] as const,
    regio('Wim Wethouder', 'bestuur'),
    regio('Rens Raad', 'raad'),
    regio('Puck Privacy', 'privacy-officer'),
    regio('Ben Beheer', 'beheerder'),
    regio('Vera Vierogen', 'beheerder'),
  ]
  for (const [naam, rol, werktVoor, gemeenten, aanbiederId] of mensen)
    await clientOf(tx).query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder, demonstratie)
       values ($1, $2, $3, $4, $5, $6, true)`,
      [
        naam,
        `${naam.toLowerCase().replace(' ', '.')}@voorbeeld.example`,
        werktVoor,
        rol,
        [...gemeenten],
        aanbiederId,
      ],
    )
}
