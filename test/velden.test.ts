import { expect, test } from 'vitest'
import { BESLUIT } from '../src/domains/besluit/blad/velden.ts'
import { CONCLUSIE } from '../src/domains/doorloop/conclusies/velden.ts'
import { OPDRACHT, STAP } from '../src/domains/doorloop/opdrachten/velden.ts'
import { AANBOD } from '../src/domains/dossiers/aanbod/velden.ts'
import { DOSSIER } from '../src/domains/dossiers/register/velden.ts'
import { DOEL } from '../src/domains/kaders/doelen/velden.ts'
import { INTERVENTIE } from '../src/domains/kaders/interventies/velden.ts'
import { ACTIE, OPGAVE } from '../src/domains/kaders/opgaven/velden.ts'
import { NIEUW, VERSIE } from '../src/domains/kaders/reikwijdte/velden.ts'
import { SCENARIO } from '../src/domains/scenarios/scenario/velden.ts'
import { snake } from '../src/platform/db/rij.ts'
import { type Velden, veldenVan } from '../src/platform/velden/formulier.ts'
import { testDatabase } from './support/database.ts'

const { owner } = await testDatabase()

/** Of what is described once: the table that keeps it. */
const BEWAARD: readonly (readonly [tabel: string, velden: Velden])[] = [
  ['beleid.aanbod', AANBOD],
  ['beleid.besluit', BESLUIT],
  ['beleid.conclusie', CONCLUSIE],
  ['beleid.opdracht', OPDRACHT],
  ['beleid.opdracht', STAP],
  ['kaders.doel', DOEL],
  ['kaders.interventie', INTERVENTIE],
  ['kaders.opgave', OPGAVE],
  ['kaders.opgave_actie', ACTIE],
  ['kaders.reikwijdte', NIEUW],
  ['kaders.reikwijdte_versie', VERSIE],
]
const TEKSTEN: typeof BEWAARD = [...BEWAARD, ['beleid.dossier', DOSSIER], ['beleid.scenario', SCENARIO]]

test.each(BEWAARD)(
  'a column of %s takes what its form lets choose, and no other word',
  async (tabel, velden) => {
    const { rows } = await owner.query<{ kolom: string; eis: string }>(
      `select a.attname as kolom, pg_get_constraintdef(c.oid) as eis from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
     where c.contype = 'c' and c.conrelid = $1::regclass and pg_get_constraintdef(c.oid) ~ '(ANY|<@) \\(?\\(?ARRAY'`,
      [tabel],
    )
    const woorden = new Map(
      rows.map(({ kolom, eis }) => [kolom, [...eis.matchAll(/'([^']+)'::text/g)].map(([, w]) => w)]),
    )
    const keuzes = veldenVan(velden).filter(
      ([naam, { opties }]) => opties !== undefined && woorden.has(snake(naam)),
    )
    expect(keuzes.length).toBeGreaterThan(0)
    for (const [naam, { opties = [] }] of keuzes)
      expect(opties.map(o => o.waarde).sort(), naam).toEqual(woorden.get(snake(naam))?.sort())
  },
)

test.each(TEKSTEN)('a column of %s holds as much as its form lets type', async (tabel, velden) => {
  const { rows } = await owner.query<{ kolom: string; meest: number; nauw: number | null }>(
    `select a.attname as kolom, coalesce((regexp_match(pg_get_constraintdef(d.oid), 'length\\(VALUE\\) <= (\\d+)'))[1]::int, 0) as meest,
       (select min((regexp_match(pg_get_constraintdef(c.oid), 'length\\(\\(?' || a.attname || '[^<]*<= (\\d+)'))[1]::int)
        from pg_constraint c where c.contype = 'c' and c.conrelid = a.attrelid and a.attnum = any(c.conkey)) as nauw
     from pg_attribute a join pg_constraint d on d.contypid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [tabel],
  )
  const kolommen = new Map(rows.map(rij => [rij.kolom, rij]))
  const getypt = veldenVan(velden).filter(
    ([naam, { soort }]) => soort === 'tekst' && kolommen.has(snake(naam)),
  )
  expect(getypt.length).toBeGreaterThan(0)
  for (const [naam, { max = 0 }] of getypt) {
    const { meest = 0, nauw = null } = kolommen.get(snake(naam)) ?? {}
    expect([naam, max > 0, max <= meest, nauw ?? max]).toEqual([naam, true, true, max])
  }
})
