import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadMethode, readMethode } from '../../src/domains/doorloop/methode/actions.ts'
import type { Methode } from '../../src/domains/doorloop/methode/rules.ts'
import { projectRoot } from '../../src/platform/config.ts'
import { makeCtx, type Omgeving, systeem } from '../../src/platform/http/ctx.ts'
import type { TestDatabase } from './database.ts'
import { GEMEENTEN } from './regio.ts'

/** The method of 004 as a region would load it. */
export const WEGWIJZER = join(projectRoot(), 'regio/leidschendam-voorburg/wegwijzer.json')

/** Loads the method of 004; answers its id. */
export async function laadWegwijzer(omgeving: Omgeving): Promise<number> {
  const geladen = await loadMethode(
    makeCtx(omgeving, systeem('test', GEMEENTEN)),
    readFileSync(WEGWIJZER, 'utf8'),
  )
  return geladen?.methodeId ?? 0
}

export interface Testdossier {
  naam?: string
  /** Null or absent: of the region. */
  gemeente?: string | null
  wetten?: readonly string[]
  looptAf?: string | null
}

/** A dossier with this owner; answers its id. */
export async function maakDossier(
  db: TestDatabase,
  eigenaar: number,
  {
    naam = 'Huishoudelijke ondersteuning',
    gemeente = null,
    wetten = ['wmo'],
    looptAf = null,
  }: Testdossier = {},
): Promise<number> {
  const { rows } = await db.owner.query<{ dossier_id: number }>(
    `insert into beleid.dossier (naam, thema, gemeente, wetten, eigenaar, loopt_af)
     values ($1, 'Langer zelfstandig thuis', $2, $3, $4, $5) returning dossier_id`,
    [naam, gemeente, [...wetten], eigenaar, looptAf],
  )
  return rows[0]?.dossier_id ?? 0
}

/** An offer in the inventory of a dossier; answers its id. */
export async function maakAanbod(
  db: TestDatabase,
  dossierId: number,
  naam = 'Hulp bij het huishouden',
  aard: 'curatief' | 'preventief' = 'curatief',
): Promise<number> {
  const { rows } = await db.owner.query<{ aanbod_id: number }>(
    `insert into beleid.aanbod (dossier_id, naam, aard, toegang, instrument)
     values ($1, $2, $3, $4, $5) returning aanbod_id`,
    [
      dossierId,
      naam,
      aard,
      aard === 'curatief' ? 'geindiceerd' : 'vrij',
      aard === 'curatief' ? 'open-house' : 'subsidie',
    ],
  )
  return rows[0]?.aanbod_id ?? 0
}

/** A run that is under way; answers its id. */
export async function maakDoorloop(
  db: TestDatabase,
  dossierId: number,
  methodeId: number,
  trekker: number,
): Promise<number> {
  const { rows } = await db.owner.query<{ doorloop_id: number }>(
    `insert into beleid.doorloop (dossier_id, nummer, methode_id, trekker)
     select $1, count(*) + 1, $2, $3 from beleid.doorloop where dossier_id = $1 returning doorloop_id`,
    [dossierId, methodeId, trekker],
  )
  return rows[0]?.doorloop_id ?? 0
}

/** Marks every question of the WAT as answered, so that the HOE is open. */
export function beantwoordWat(db: TestDatabase, doorloopId: number): Promise<void> {
  return beantwoord(db, doorloopId, 'wat')
}

/** Answers the questions of this phase that nobody touched yet. */
export async function beantwoord(db: TestDatabase, doorloopId: number, fase: 'wat' | 'hoe'): Promise<void> {
  await db.owner.query(
    `insert into beleid.deel (doorloop_id, dossier_id, onderdeel, sleutel, inhoud)
     select l.doorloop_id, l.dossier_id, 'antwoord', v ->> 'code',
            '{"staat": "beantwoord", "tekst": "Antwoord", "reden": "", "bronnen": "", "openPunten": "",
              "eigenaarId": null, "eigenaar": null}'
     from beleid.doorloop l join beleid.methode m using (methode_id),
          jsonb_array_elements(m.inhoud -> 'kwadranten') k, jsonb_array_elements(k -> 'vragen') v
     where l.doorloop_id = $1 and k ->> 'fase' = $2 on conflict do nothing`,
    [doorloopId, fase],
  )
}

/** Meets the preconditions that nobody touched yet. */
export async function voldoeVoorwaarden(db: TestDatabase, doorloopId: number): Promise<void> {
  await db.owner.query(
    `insert into beleid.deel (doorloop_id, dossier_id, onderdeel, sleutel, inhoud)
     select l.doorloop_id, l.dossier_id, 'voorwaarde', r ->> 'code',
            '{"stand": "voldaan", "bewijs": "Besproken", "motivering": "", "eigenaar": null}'
     from beleid.doorloop l join beleid.methode m using (methode_id),
          jsonb_array_elements(m.inhoud -> 'kwadranten') k, jsonb_array_elements(k -> 'randvoorwaarden') r
     where l.doorloop_id = $1 on conflict do nothing`,
    [doorloopId],
  )
}

/**
 * Another method than that of 004, with other numbers of everything: what works with both has nothing of 004 in its code.
 */
export function tweedeMethode(): Methode {
  const wegwijzer = readMethode(readFileSync(WEGWIJZER, 'utf8'))
  const { instrumentvergelijking, ...rest } = wegwijzer
  const noem = (namen: readonly string[]) => namen.map((naam, i) => ({ code: `c${i + 1}`, naam }))
  const nummers = Array.from({ length: 14 }, (_, i) => `Gebied ${i + 1}`)
  return {
    ...rest,
    code: 'ander',
    naam: 'Andere methode',
    kwadranten: [
      {
        code: 'wat',
        naam: 'Het wat',
        fase: 'wat',
        inleiding: 'Wat?',
        vragen: [{ code: 'w1', tekst: 'Wat willen we?', hulpmiddel: 'cirkel' }],
        randvoorwaarden: [{ code: 'r1', tekst: 'Er is een plan.' }],
      },
      {
        code: 'hoe',
        naam: 'Het hoe',
        fase: 'hoe',
        inleiding: 'Hoe?',
        vragen: [{ code: 'h1', tekst: 'Hoe doen we het?' }],
        randvoorwaarden: [],
      },
    ],
    cirkel: {
      uitleg: 'Andere cirkel.',
      domeinen: noem(nummers),
      ringen: noem(['Weinig', 'Iets', 'Vrij veel', 'Veel', 'Alles']),
    },
    risicomatrix: {
      uitleg: 'Andere matrix.',
      noot: 'Risico is geen kwetsbaarheid.',
      groepen: noem(['Kinderen', 'Ouders']),
      factoren: noem(['Stress']),
    },
    verschuiving: { uitleg: 'Andere kaart.', jeugdnoot: 'Passend eerst.', rollen: noem(['Doen', 'Laten']) },
    knoppen: [
      {
        code: 'een',
        naam: 'Enige knop',
        levertOp: ['Rust'],
        gevolgen: [{ actor: 'Scholen', punten: ['Meer werk'] }],
      },
    ],
    instrumentmix: {
      uitleg: 'Andere mix.',
      criteria: [{ code: 'c1', naam: 'Snelheid', vraag: 'Hoe snel?', links: 'Traag', rechts: 'Snel' }],
      instrumenten: noem(['Subsidie', 'Inkoop']),
    },
  }
}

/** Loads that other method; answers its id. */
export async function laadTweedeMethode(omgeving: Omgeving): Promise<number> {
  const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
  return (await loadMethode(ctx, JSON.stringify(tweedeMethode())))?.methodeId ?? 0
}
