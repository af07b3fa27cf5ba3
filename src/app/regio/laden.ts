import { join } from 'node:path'
import type { Demoregio } from '../../demoregio/index.ts'
import { seedAanbieders } from '../../domains/aanbieders/seed.ts'
import { seedBeleid } from '../../domains/beleid/seed.ts'
import { neemIn } from '../../domains/berichten/index.ts'
import { seedContracten, seedGemeenten } from '../../domains/contracten/seed.ts'
import { seedBetalingen } from '../../domains/declaraties/seed.ts'
import { seedKaders } from '../../domains/kaders/seed.ts'
import { seedVerwijzingen } from '../../domains/toegang/seed.ts'
import { seedUitwisseling } from '../../domains/uitwisseling/seed.ts'
import { projectRoot } from '../../platform/config.ts'
import { dateInNederland } from '../../platform/dates.ts'
import { clientOf, type Database, NOBODY } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tables.ts'
import { makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'
import { laadVoorvallen } from './voorvallen.ts'

export interface Aangeleverd {
  bytes: Uint8Array
  /** ISO moment at which the receiver got it. */
  ontvangenOp: string
}

export interface Laadbron {
  referentie: Demoregio['referentie']
  verwijzingen: Demoregio['verwijzingen']
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
export async function laadRegio(
  omgeving: Omgeving,
  bron: Laadbron,
  voortgang: (moment: string, berichten: number) => void = () => undefined,
): Promise<Laadresultaat> {
  const { referentie } = bron
  const gemeenten = referentie.gemeenten.map(g => g.code)
  const { scope } = systeem('regio', gemeenten)
  if (await isLeeg(omgeving.database))
    await omgeving.database.write(scope, async tx => {
      await seedGemeenten(tx, referentie)
      await seedAanbieders(tx, referentie.aanbieders)
      await seedContracten(tx, referentie)
      await seedVerwijzingen(tx, bron.verwijzingen)
      await seedGebruikers(tx, referentie)
    })
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
    for (const { uitkomst } of await neemIn(ctx, leveringen, opties))
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
  if (bron.voorvallen) await laadVoorvallen(omgeving, opties)
  await omgeving.database.write(scope, moveProvider)
  await seedBeleid(omgeving)
  await seedKaders(makeCtx(omgeving, systeem('regio', gemeenten)), join(projectRoot(), 'regio'))
  await seedUitwisseling(makeCtx(omgeving, systeem('regio', gemeenten)))
  await markLoaded(omgeving.database)
  return resultaat
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
async function seedGebruikers(tx: Tx, referentie: Demoregio['referentie']): Promise<void> {
  const naamVan = (code: string) => referentie.gemeenten.find(g => g.code === code)?.naam ?? ''
  const [eerste = '', , derde = ''] = referentie.gemeenten.map(g => g.code)
  const { rows } = await clientOf(tx).query<{ aanbieder_id: number; naam: string }>(
    'select aanbieder_id, naam from aanbieders.aanbieder order by agb limit 1',
  )
  const aanbieder = rows[0]
  const gemeente = (naam: string, rol: string, code: string) =>
    [naam, rol, `Gemeente ${naamVan(code)}`, [code], null] as const
  const regio = (naam: string, rol: string) => [naam, rol, referentie.naam, [], null] as const
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
  for (const [naam, rol, organisatie, gemeenten, aanbiederId] of mensen)
    await clientOf(tx).query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder, demonstratie)
       values ($1, $2, $3, $4, $5, $6, true)`,
      [
        naam,
        `${naam.toLowerCase().replace(' ', '.')}@voorbeeld.example`,
        organisatie,
        rol,
        [...gemeenten],
        aanbiederId,
      ],
    )
}
