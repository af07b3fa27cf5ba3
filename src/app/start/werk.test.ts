import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { countWachtend } from '../../domains/berichten/index.ts'
import { ROLLEN, type Rol } from '../../platform/auth/rollen.ts'
import { systeem } from '../../platform/http/ctx.ts'
import { GEEN_BERICHTFILTER } from './werk.tsx'

/**
 * A region in which something is wrong everywhere: a message that waits, one that cannot be judged, refusals of now and of
 * long ago, a double claim, and payments that are late.
 */
const db = await testDatabase()
const nu = { op: new Date('2026-01-15T12:00:00+01:00') }
const omgeving = { ...testOmgeving(db), klok: () => nu.op }
const { app, login } = await testApp(db, omgeving)
const NBSP = /\u00a0/g
let aanbieder = 0

beforeAll(async () => {
  aanbieder = (await laadTestregio(omgeving)).get(AGB_A) ?? 0
  for (const gemeente of [GEMEENTE_A, GEMEENTE_B])
    await lever(omgeving, toewijzingsbericht({ identificatie: `T${gemeente}`, nummer: 11, gemeente }))
  const dien = (naam: string, gemeente: string, regel: object) =>
    lever(
      omgeving,
      declaratiebericht({
        identificatie: naam,
        nummer: naam,
        gemeente,
        regels: [{ nummer: 11, referentie: naam, ...regel }],
      }),
    )
  const FOUT = { maand: '2026-01-01', tarief: 9100 }
  await dien('OUD', GEMEENTE_A, FOUT)
  nu.op = new Date('2026-03-16T12:00:00+01:00')
  await dien('FOUT', GEMEENTE_A, FOUT)
  await dien('DUBBEL', GEMEENTE_A, {})
  await dien('DUBBEL', GEMEENTE_B, {})
  await dien('BETALEN', GEMEENTE_A, { maand: '2026-01-01' })
  // As when judging broke off, and when it has not begun.
  await db.owner.query(
    `update berichten.bericht set staat = case identificatie when 'OUD' then 'niet-te-beoordelen' else 'ontvangen' end,
       reden = case identificatie when 'OUD' then 'fout:DatabaseError 22008' end,
       antwoord_voor = '2026-03-01' where gemeente = $1 and richting = 'in' and identificatie in ('OUD', 'FOUT')`,
    [GEMEENTE_A],
  )
  nu.op = new Date('2026-06-16T12:00:00+02:00')
})

const get = async (url: string, wie: Inlog) => {
  const { body, statusCode } = await app.inject({ url, headers: wie.headers })
  expect(statusCode, url).toBe(200)
  return body.replaceAll(NBSP, ' ').replaceAll('&amp;', '&')
}
const inlog = (rol: Rol) =>
  login(rol, rol === 'aanbieder' ? { aanbieder } : { gemeenten: rol === 'beheerder' ? [] : [GEMEENTE_A] })
const zinVan = (body: string) => /sam-inleiding">([^<]*)</.exec(body)?.[1] ?? ''

describe.each(ROLLEN)('de startpagina van %s', rol => {
  it('zegt in de zin niet dat er niets is als er iets in het rood staat, en telt niets dubbel', async () => {
    const body = await get('/', await inlog(rol))
    const zin = zinVan(body)
    const koppen = [...body.matchAll(/<[^>]*sam-melding-kop[^>]*>([^<]*)</g)].map(m => m[1] ?? '')
    for (const kop of koppen) expect(zin).toContain(kop)
    const laat = /Te laat<\/a><\/p><p class="sam-kengetal-waarde">([^<]*)</.exec(body)?.[1]
    if (laat !== undefined && rol !== 'aanbieder')
      expect(zin).toContain(`${laat} had al betaald moeten zijn.`)
    if (['backoffice', 'toezichthouder'].includes(rol)) {
      expect(koppen).toEqual(
        expect.arrayContaining([
          '1 bericht kan niet worden beoordeeld, waarvan 1 te laat',
          '1 regel is dubbel gedeclareerd',
        ]),
      )
      expect(body).toContain('href="/declaraties/samenloop"')
    }
    if (rol === 'backoffice')
      expect(zin).toContain(
        '1 bericht kan niet worden beoordeeld, waarvan 1 te laat. Er wacht 1 ander bericht op antwoord, waarvan 1 te laat.',
      )
  })

  it('opent achter elk getal een lijst met datzelfde getal', async () => {
    const wie = await inlog(rol)
    const body = await get('/', wie)
    for (const { href, getal } of getallen(body))
      expect([href, await totaal(href, wie)]).toEqual([href, getal])
    if (rol === 'backoffice')
      expect(
        getallen(body)
          .map(({ getal }) => getal)
          .filter(n => n > 0).length,
      ).toBeGreaterThan(2)
  })
})

it('een segment dat in de zin staat, staat met een link op de pagina', async () => {
  await db.owner.query(
    `insert into contracten.budgetplafond (gemeente, segment_id, jaar, versie, bedrag, vastgesteld_op)
     select distinct gemeente, segment_id, 2026, 99, 1, date '2026-01-01' from sturing.maandcijfer where bedrag > 0`,
  )
  const genoemd: Rol[] = []
  for (const rol of ROLLEN) {
    const body = await get('/', await inlog(rol))
    const [, naam = ''] = /([A-Z][^.:]*) is over het plafond heen/.exec(zinVan(body)) ?? []
    if (naam === '') continue
    genoemd.push(rol)
    const link = new RegExp(`<a [^>]*href="/cijfers/segmenten/[^"]+"[^>]*>${naam}</a>`)
    expect([rol, naam, link.test(body)]).toEqual([rol, naam, true])
  }
  expect(genoemd).toEqual(expect.arrayContaining(['toezichthouder', 'bestuur', 'controller']))
})

it('de lijst achter "Bekijk alle" telt wat geldt, niet wat is ingetrokken', async () => {
  await db.owner.query(
    `with bron as (select * from toegang.toewijzing where gemeente = $1 limit 1),
     nieuw as (insert into toegang.toewijzing (gemeente, domein, nummer, client_id, aanbieder_id)
       select gemeente, domein, 1000 + n, client_id, aanbieder_id from bron, generate_series(1, 18) n returning *)
     insert into toegang.toewijzing_versie (gemeente, toewijzing_id, versie, aanbieder_id, bericht_id, toegewezen_op,
       categorie, code, product_id, segment_id, ingang, eind, reden_wijziging, ontvangen_op)
     select v.gemeente, n.toewijzing_id, 1, v.aanbieder_id, v.bericht_id, v.toegewezen_op, v.categorie, v.code, v.product_id,
       v.segment_id, v.ingang, '2026-07-01', case when n.nummer > 1016 then '13' end, v.ontvangen_op
     from nieuw n, toegang.toewijzing_versie v join bron using (gemeente, toewijzing_id)`,
    [GEMEENTE_A],
  )
  const wie = await inlog('consulent')
  const [, href = '', alle] =
    /href="([^"]+)"[^>]*>(?:(?!<\/a>).)*Bekijk alle ([\d.]+)/.exec(await get('/', wie)) ?? []
  expect([alle, await totaal(href, wie)]).toEqual(['16', 16])
})

/** Every link with a count: figures with a whole number, and the first number of a row behind the link that names it. */
function getallen(body: string): { href: string; getal: number }[] {
  const kengetal =
    /<a class="ams-link" href="(\/[^"]+)">[^<]*<\/a><\/p><p class="sam-kengetal-waarde">([\d.]+)</g
  const rij =
    /<th scope="row"[^>]*><a [^>]*href="(\/[^"]+\?[^"]+)"[^>]*>[^<]*<\/a><\/th>(?:<td class="ams-table__cell">[^<]*<\/td>)*<td class="[^"]*sam-rechts[^"]*">([\d.]+)</g
  const alle = /href="([^"]+)"[^>]*>(?:(?!<\/a>).)*Bekijk alle ([\d.]+)/g
  return [kengetal, rij, alle].flatMap(vorm =>
    [...body.matchAll(vorm)].map(([, href = '', getal = '']) => ({
      href,
      getal: Number(getal.replaceAll('.', '')),
    })),
  )
}

/** How many a list says that it has. */
async function totaal(href: string, wie: Inlog): Promise<number> {
  const body = await get(href, wie)
  const tekst = /sam-paginering-tekst">([^<]*)</.exec(body)?.[1]
  if (tekst === undefined) return 0
  return tekst === 'Eén gevonden' ? 1 : Number(/van ([\d.]+)/.exec(tekst)?.[1]?.replaceAll('.', ''))
}

it.each([
  ['2026-03-01', 0, 0],
  ['2026-03-02', 2, 1],
])('on %s so many that wait are late, and so many of them are stuck', async (vandaag, teLaat, vastTeLaat) => {
  const { scope } = systeem('proef', [GEMEENTE_A])
  const wacht = await omgeving.database.read(scope, tx =>
    countWachtend(tx, { filter: GEEN_BERICHTFILTER, scope, vandaag }),
  )
  expect(wacht).toEqual({ wachtend: 2, teLaat, vast: 1, vastTeLaat })
})
