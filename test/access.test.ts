import { readFileSync } from 'node:fs'
import type { InjectOptions } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadGegevenslijst } from '../src/domains/uitwisseling/gegevens/actions.ts'
import { ROL, ROLLEN, type Rol, scopeOf } from '../src/platform/auth/rollen.ts'
import { makeCtx, systeem } from '../src/platform/http/ctx.ts'
import { testApp } from './support/app.ts'
import { laadWegwijzer, maakAanbod, maakDoorloop, maakDossier, WEGWIJZER } from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import {
  AANBIEDERS,
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  startbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from './support/regio.ts'
import { valuesOf } from './support/registers.ts'

/**
 * The sweep: every role × every route × the rows of every organisation. Municipality A works with provider A for one
 * resident, B with B for another; whatever of B reaches someone of A is a leak.
 */
const LEGE_INHOUD = {
  doelTekst: 'Veilig',
  betrokkenen: 'Gezinnen',
  alternatieven: { anoniem: '', minst: '', zelf: '' },
  toestemming: false,
  doorgifte: '',
  beveiliging: '',
  stromen: [],
  dpia: {},
  dpiaVerwijzing: '',
}

const db = await testDatabase()
const omgeving = testOmgeving(db)
const aanbieders = await laadTestregio(omgeving)
await seedTraffic()
await seedKaders()
const { app, login } = await testApp(db, omgeving)

async function seedTraffic(): Promise<void> {
  const parties = [
    { gemeente: GEMEENTE_A, agb: AGB_A, client: 0, nummer: 11 },
    { gemeente: GEMEENTE_B, agb: AGB_B, client: 1, nummer: 22 },
  ]
  for (const [i, partij] of parties.entries()) {
    const uitkomsten = await lever(
      omgeving,
      toewijzingsbericht({ ...partij, identificatie: `T${i}` }),
      startbericht({ ...partij, identificatie: `S${i}` }),
      declaratiebericht({
        ...partij,
        identificatie: `D${i}`,
        nummer: `DN${i}`,
        regels: [
          { ...partij, referentie: `R${i}` },
          { ...partij, referentie: `F${i}`, maand: '2026-01-01', tarief: 1 },
        ],
      }),
    )
    expect(uitkomsten.map(u => u.uitkomst)).toEqual(['verwerkt', 'verwerkt', 'deels-afgekeurd'])
  }
}

/** A run of the region and of each municipality: its dossier bears the name of who may see it. */
async function seedBeleid(): Promise<void> {
  const { gebruikerId } = await login('beleidsadviseur')
  const methode = await laadWegwijzer(omgeving)
  for (const gemeente of [null, GEMEENTE_A, GEMEENTE_B]) {
    const naam = gemeente === GEMEENTE_B ? BELEID_B : `Beleid ${gemeente ?? 'van de regio'}`
    const dossier = await maakDossier(db, gebruikerId, { naam, gemeente })
    await maakAanbod(db, dossier)
    await maakDoorloop(db, dossier, methode, gebruikerId)
  }
}

/** Policy of the region and of both municipalities, so that every page of it has something to open. */
async function seedKaders(): Promise<void> {
  await db.owner.query(`
    with van as (select unnest(array[null, '${GEMEENTE_A}', '${GEMEENTE_B}']) as gemeente),
    doel as (insert into kaders.doel (gemeente, boom, soort, tekst, volgorde, indicator, richting)
      select gemeente, 'Boom', 'indicator', 'Doel van ' || coalesce(gemeente, 'de regio'), 1, 'clienten', 'lager' from van
      returning doel_id, gemeente),
    koppeling as (insert into kaders.doel_koppeling (doel_id, regionaal_id)
      select l.doel_id, r.doel_id from doel l, doel r where l.gemeente is not null and r.gemeente is null returning 1),
    opgave as (insert into kaders.opgave (gemeente, thema, titel, doelgroep, van, naar, hefbomen)
      select gemeente, 'Thema', 'Opgave van ' || coalesce(gemeente, 'de regio'), 'x', 'x', 'x', '{inkoop}' from van
      returning opgave_id),
    actie as (insert into kaders.opgave_actie (opgave_id, hefboom, tekst) select opgave_id, 'inkoop', 'x' from opgave),
    voortgang as (insert into kaders.opgave_voortgang (opgave_id, datum, verhaal)
      select opgave_id, '2026-01-01', 'x' from opgave),
    staat as (insert into kaders.opgave_staat (opgave_id, staat) select opgave_id, 'voorgenomen' from opgave),
    interventie as (insert into kaders.interventie (gemeente, naam, omschrijving, bewijs, doelgroep, inzetbaar_door)
      select gemeente, 'Interventie van ' || coalesce(gemeente, 'de regio'), 'x', 'onbewezen', 'x', 'x' from van
      returning interventie_id),
    resultaat as (insert into kaders.interventie_resultaat (interventie_id, maat, waarde, eenheid, periode, bron)
      select interventie_id, 'x', 1, 'x', 'x', 'x' from interventie),
    reikwijdte as (insert into kaders.reikwijdte (gemeente, wet, onderwerp)
      select gemeente, 'jw', 'Reikwijdte van ' || coalesce(gemeente, 'de regio') from van returning reikwijdte_id)
    insert into kaders.reikwijdte_versie (reikwijdte_id, geldigheid, oordeel, grond)
    select reikwijdte_id, '[2025-01-01,)', 'wel', 'x' from reikwijdte`)
}

/** A scenario and a weighing of the region and of the other municipality. */
async function seedWegingen(): Promise<void> {
  const lijst = readFileSync(WEGWIJZER.replace('wegwijzer', 'gegevens'), 'utf8')
  await loadGegevenslijst(makeCtx(omgeving, systeem('test', GEMEENTEN)), lijst)
  await db.owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol, actief)
     values ('Opsteller', 'opsteller@test.example', 'Test', 'beleidsadviseur', false)`,
  )
  for (const gemeente of [null, GEMEENTE_B]) {
    await db.owner.query(
      `with s as (insert into beleid.scenario (dossier_id, naam, groep, methode_id, patroon, segmenten, beginjaar, basis)
         select dossier_id, 'Impuls', 'Eenzame mensen', methode_id, 'impuls', '{1}', 2026, 100000
         from beleid.dossier join beleid.doorloop using (dossier_id) where gemeente is not distinct from $1
         returning scenario_id, dossier_id)
       insert into beleid.scenario_stap (scenario_id, dossier_id, versie, stap, stand)
       select scenario_id, dossier_id, 1, 'maak', '{}' from s`,
      [gemeente],
    )
    await db.owner.query(
      `with w as (insert into uitwisseling.weging (gemeente, lijst_id, activiteit, doel, inhoud, geldig_vanaf, opstellers)
         select $1::text, lijst_id, 'Overleg', 'veiligheid', $2::jsonb, '2026-01-01', '{1}' from uitwisseling.gegevenslijst
         returning weging_id)
       insert into uitwisseling.weging_stap (weging_id, versie, stap, stand) select weging_id, 1, 'maak', '{}' from w`,
      [gemeente, JSON.stringify(LEGE_INHOUD)],
    )
  }
}

/** What may never be shown: the residents of the other, and for who sees no residents, any of them. */
const RESIDENT_A = ['Testpersoon0', testBsn(0)]
const RESIDENT_B = ['Testpersoon1', testBsn(1)]

const BELEID_B = 'Beleid alleen van Beekdal'
const policyOf = (gemeente: string) =>
  ['Doel', 'Opgave', 'Interventie', 'Reikwijdte'].map(wat => `${wat} van ${gemeente}`)

interface Persona {
  naam: string
  rol: Rol
  eigen: { gemeenten?: readonly string[]; aanbieder?: number }
  verboden: readonly string[]
}

const personas: Persona[] = ROLLEN.map(rol => {
  const { bereik } = ROL[rol]
  if (bereik === 'gemeente')
    return {
      naam: rol,
      rol,
      eigen: { gemeenten: [GEMEENTE_A] },
      verboden: [...RESIDENT_B, ...policyOf(GEMEENTE_B), BELEID_B],
    }
  if (bereik === 'aanbieder')
    return {
      naam: rol,
      rol,
      eigen: { aanbieder: aanbieders.get(AGB_A) ?? 0 },
      verboden: [...RESIDENT_B, AANBIEDERS[AGB_B], AGB_B, BELEID_B, ...GEMEENTEN.flatMap(policyOf)],
    }
  return { naam: rol, rol, eigen: {}, verboden: [...RESIDENT_A, ...RESIDENT_B] }
})

/** Rows of both organisations for every parameter in a path, by the noun before it. */
const ids = new Map<string, string[]>()

beforeAll(async () => {
  await seedBeleid()
  await seedWegingen()
  const list = async (sql: string) => (await db.owner.query<{ id: string }>(sql)).rows.map(row => row.id)
  ids.set('berichten', await list('select bericht_id::text as id from berichten.bericht'))
  ids.set('toewijzingen', await list('select toewijzing_id::text as id from toegang.toewijzing'))
  ids.set('declaraties', await list('select declaratie_id::text as id from declaraties.declaratie'))
  ids.set('betalingen', await list('select betaling_id::text as id from declaraties.betaling'))
  ids.set('aanbieders', await list('select aanbieder_id::text as id from aanbieders.aanbieder'))
  ids.set('contracten', await list('select contract_id::text as id from contracten.contract'))
  ids.set('segmenten', await list('select code as id from contracten.segment'))
  ids.set('doorlopen', await list('select doorloop_id::text as id from beleid.doorloop'))
  ids.set('dossiers', await list('select dossier_id::text as id from beleid.dossier'))
  ids.set('scenarios', await list('select scenario_id::text as id from beleid.scenario'))
  ids.set('uitwisselingen', await list('select weging_id::text as id from uitwisseling.weging'))
  ids.set('gemeenten', [...GEMEENTEN])
  ids.set('doelen', await list('select doel_id::text as id from kaders.doel'))
  ids.set('opgaven', await list('select opgave_id::text as id from kaders.opgave'))
  ids.set('acties', await list('select actie_id::text as id from kaders.opgave_actie'))
  ids.set('interventies', await list('select interventie_id::text as id from kaders.interventie'))
  ids.set('reikwijdte', await list('select reikwijdte_id::text as id from kaders.reikwijdte'))
  const alles = makeCtx(omgeving, systeem('test', GEMEENTEN))
  for (const { pad } of app.routeLijst) {
    const rijen = pad.includes(':') ? await valuesOf(alles, pad) : undefined
    if (rijen !== undefined) vanRegister.set(pad, rijen)
  }
})

/** By the path of a register, what its parameter can be. */
const vanRegister = new Map<string, string[]>()

/** Every address that this path can have with the rows that exist. */
function addresses(pad: string): string[] {
  const rijen = vanRegister.get(pad)
  if (rijen !== undefined) return rijen.map(rij => pad.replace(/:\w+/, rij))
  const delen = pad.split('/')
  return delen.reduce<string[]>(
    (adressen, deel, i) => {
      if (!deel.startsWith(':')) return adressen.map(adres => (i === 0 ? deel : `${adres}/${deel}`))
      const noun = delen.slice(0, i).findLast(d => ids.has(d)) ?? ''
      const waarden = deel === ':gemeente' ? GEMEENTEN : (ids.get(noun) ?? ['1'])
      return adressen.flatMap(adres => waarden.map(waarde => `${adres}/${waarde}`))
    },
    [''],
  )
}

/**
 * One request, each from another network address: the sweep asks thousands within a minute, and the limit of the house
 * is per address.
 */
let vragen = 0
function vraag(opties: InjectOptions) {
  vragen += 1
  return app.inject({ remoteAddress: `10.${vragen >> 16}.${(vragen >> 8) & 255}.${vragen & 255}`, ...opties })
}

const reading = () => app.routeLijst.filter(route => route.methode === 'GET' && !route.pad.includes('*'))
const changing = () => app.routeLijst.filter(route => !['GET', 'HEAD', 'OPTIONS'].includes(route.methode))

test('the list of routes is not empty, and every right of every role leads somewhere', () => {
  expect(reading().length).toBeGreaterThan(25)
  const used = new Set(app.routeLijst.map(route => route.recht))
  const idle = [...new Set(ROLLEN.flatMap(rol => ROL[rol].rechten))].filter(recht => !used.has(recht))
  expect(idle).toEqual([])
})

test('more than 3000 requests a minute from one address are refused, and only those', async () => {
  const van = (remoteAddress: string) => vraag({ url: '/inloggen', remoteAddress })
  const [eerste] = await Promise.all(Array.from({ length: 3000 }, () => van('192.0.2.1')))
  expect(eerste?.statusCode).toBe(200)
  const teveel = await van('192.0.2.1')
  expect(teveel.statusCode).toBe(429)
  expect(teveel.body).toContain('Te veel vragen achter elkaar')
  expect((await van('192.0.2.2')).statusCode).toBe(200)
})

describe('nobody', () => {
  test('is sent to the login page, or refused by the API, and sees no row', async () => {
    for (const { pad, recht } of reading()) {
      if (recht === 'openbaar') continue
      for (const url of addresses(pad)) {
        const page = await vraag({ url, headers: { accept: 'text/html' } })
        expect([302, 401], url).toContain(page.statusCode)
        const api = await vraag({ url, headers: { accept: 'application/json' } })
        expect(api.statusCode, url).toBe(401)
      }
    }
  })
  test('can change nothing', async () => {
    for (const { pad, methode, recht } of changing()) {
      if (recht === 'openbaar') continue
      const answer = await vraag({
        method: methode as 'POST',
        url: addresses(pad)[0] ?? pad,
        headers: { accept: 'application/json' },
      })
      expect([401, 403], `${methode} ${pad}`).toContain(answer.statusCode)
    }
  })
  test('finds nothing about a resident on a public page', async () => {
    for (const { pad, recht } of reading()) {
      if (recht !== 'openbaar') continue
      const page = await vraag({ url: pad, headers: { accept: 'text/html' } })
      for (const geheim of [...RESIDENT_A, ...RESIDENT_B]) expect(page.body, pad).not.toContain(geheim)
      expect(page.statusCode, pad).toBeLessThan(500)
    }
  })
})

describe.each(personas)('$naam', ({ rol, eigen, verboden }) => {
  const rechten: readonly string[] = ROL[rol].rechten

  test('reads what the role may and nothing of another, on any address', async () => {
    const { headers } = await login(rol, eigen)
    for (const { pad, recht } of reading())
      for (const url of addresses(pad)) {
        const { statusCode, body } = await vraag({ url, headers })
        const may = recht === 'openbaar' || rechten.includes(recht)
        if (!may) expect(statusCode, url).toBe(403)
        else expect([200, 302, 303, 304, 400, 404], `${url} gave ${statusCode}`).toContain(statusCode)
        for (const geheim of verboden)
          expect(body.includes(geheim), `${url} shows ${geheim.slice(0, 4)}…`).toBe(false)
      }
  })

  test('exports hold nothing of another either', async () => {
    const { headers } = await login(rol, eigen)
    for (const { pad, recht } of reading()) {
      if (recht === 'openbaar' || !rechten.includes(recht)) continue
      for (const url of addresses(pad)) {
        const { body, statusCode } = await vraag({ url: `${url}?formaat=csv&per=1000`, headers })
        expect(statusCode, url).toBeLessThan(500)
        for (const geheim of verboden) expect(body.includes(geheim), `${url} csv`).toBe(false)
      }
    }
  })

  test('changes nothing beyond the role, and nothing without the token of a form', async () => {
    const { headers } = await login(rol, eigen)
    for (const { pad, methode, recht } of changing()) {
      const url = addresses(pad)[0] ?? pad
      const answer = await vraag({
        method: methode as 'POST',
        url,
        headers: { ...headers, accept: 'application/json' },
      })
      expect([401, 403], `${methode} ${pad} gave ${answer.statusCode}`).toContain(answer.statusCode)
      if (recht !== 'openbaar' && !rechten.includes(recht))
        expect(answer.json().type).toMatch(/niet-toegestaan|token-nodig/)
    }
  })

  test('sees in every table only rows of its own', async () => {
    const scope = scopeOf(
      rol,
      { gemeenten: eigen.gemeenten ?? [], aanbieder: eigen.aanbieder ?? null },
      GEMEENTEN,
    )
    const tables = await tablesWithRows()
    for (const { tabel, kolommen } of tables) {
      const rows = await omgeving.database.read(scope, async tx => {
        const { clientOf } = await import('../src/platform/db/database.ts')
        return (await clientOf(tx).query(`select * from ${tabel}`)).rows
      })
      const policy = /^(beleid|kaders|uitwisseling)\./.test(tabel)
      for (const row of rows) {
        if (policy) {
          // Of the region for everyone who works there; of a municipality for who works on it.
          const gemeente = row.gemeente ?? null
          const own =
            gemeente === null ? scope.gemeentenBeleid.length > 0 : scope.gemeentenBeleid.includes(gemeente)
          expect(own, `${tabel} of ${gemeente}`).toBe(true)
          continue
        }
        const residents =
          ['toegang', 'berichten', 'declaraties'].includes(tabel.split('.')[0] ?? '') ||
          tabel === 'sturing.clientmaand'
        const gemeenten = residents ? scope.gemeentenClient : scope.gemeentenCijfers
        const ownGemeente = kolommen.includes('gemeente') && gemeenten.includes(row.gemeente)
        const ownAanbieder =
          scope.aanbieder !== null && (row.aanbieder_id === scope.aanbieder || tabel === 'toegang.client')
        const regional = !kolommen.includes('gemeente') && scope.gemeentenCijfers.length > 0
        const contract = tabel === 'contracten.contract_gemeente' && scope.gemeentenCijfers.length > 0
        expect(
          ownGemeente || ownAanbieder || regional || contract,
          `${tabel}: ${JSON.stringify(Object.keys(row))}`,
        ).toBe(true)
      }
    }
  })
})

async function tablesWithRows(): Promise<{ tabel: string; kolommen: string[] }[]> {
  const { rows } = await db.owner.query<{ tabel: string; kolommen: string[] }>(`
    select n.nspname || '.' || c.relname as tabel, array_agg(a.attname::text) as kolommen
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relrowsecurity and n.nspname in ('aanbieders', 'contracten', 'toegang', 'berichten', 'declaraties', 'sturing',
      'beleid', 'kaders', 'uitwisseling')
    group by 1`)
  return rows
}

test('a provider sees of residents only those allocated to it', async () => {
  const scope = scopeOf('aanbieder', { gemeenten: [], aanbieder: aanbieders.get(AGB_A) ?? null }, GEMEENTEN)
  const { rows } = await omgeving.database.read(scope, async tx => {
    const { clientOf } = await import('../src/platform/db/database.ts')
    return clientOf(tx).query('select naam from toegang.client')
  })
  expect(rows).toEqual([{ naam: 'Testpersoon0' }])
})
