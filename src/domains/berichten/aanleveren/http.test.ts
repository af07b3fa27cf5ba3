import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text as tekst } from '../../../../test/support/tekst.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { judgeWaiting } from '../inname/actions.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let backoffice: Inlog
let aanbieder: Inlog

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  aanbieder = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
})

interface Deel {
  naam: string
  bytes: Buffer
}

/** Fetches the form for its token, then posts the files as a browser would. */
async function upload(wie: Inlog, delen: readonly Deel[], csrf?: string) {
  const form = await app.inject({ url: '/berichten/aanleveren', headers: wie.headers })
  const token = csrf ?? /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
  const cookie = [wie.headers.cookie, ...form.cookies.map(c => `${c.name}=${c.value}`)].join('; ')
  const grens = 'grens123456'
  const stukken: Buffer[] = [
    Buffer.from(`--${grens}\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${token}\r\n`),
  ]
  for (const { naam, bytes } of delen)
    stukken.push(
      Buffer.from(
        `--${grens}\r\ncontent-disposition: form-data; name="bestanden"; filename="${naam}"\r\ncontent-type: text/xml\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n'),
    )
  stukken.push(Buffer.from(`--${grens}--\r\n`))
  return app.inject({
    method: 'POST',
    url: '/berichten/aanleveren',
    headers: { ...wie.headers, cookie, 'content-type': `multipart/form-data; boundary=${grens}` },
    payload: Buffer.concat(stukken),
  })
}

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

async function naarUitkomst(wie: Inlog, delen: readonly Deel[]) {
  const antwoord = await upload(wie, delen)
  expect(antwoord.statusCode).toBe(303)
  const url = String(antwoord.headers.location)
  return { url, pagina: await get(url, wie) }
}

const start = toBytes(startbericht({ identificatie: 'S1', nummer: 1 }))

describe('/berichten/aanleveren', () => {
  it('verwerkt een goed bericht en wijst naar het bericht en het antwoord', async () => {
    const { url, pagina } = await naarUitkomst(aanbieder, [{ naam: 's1.xml', bytes: start }])
    expect(url).toMatch(/^\/berichten\/aanleveren\/uitkomst\?bericht=9101:[0-9a-f-]{36}$/)
    const t = tekst(pagina.body)
    expect(t).toContain('Start S1')
    expect(t).toContain('helemaal goedgekeurd')
    expect(t).toContain('Bekijk het antwoord')
  })

  it('geeft bij dezelfde bytes dezelfde uitkomst, en zegt dat het al binnen was', async () => {
    const { url, pagina } = await naarUitkomst(aanbieder, [{ naam: 's1.xml', bytes: start }])
    expect(url).toMatch(/:eerder$/)
    expect(tekst(pagina.body)).toContain('was al ontvangen op 16-03-2026 12:00')
    const { rows } = await db.owner.query(
      `select count(*)::int as n from berichten.bericht where soort = 'JW305'`,
    )
    expect(rows[0]?.n).toBe(1)
  })

  it('antwoordt op een tweede klik als op de eerste', async () => {
    const form = await app.inject({ url: '/berichten/aanleveren', headers: aanbieder.headers })
    const csrf = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
    const cookie = [aanbieder.headers.cookie, ...form.cookies.map(c => `${c.name}=${c.value}`)].join('; ')
    const wie = { ...aanbieder, headers: { ...aanbieder.headers, cookie } }
    const stukken = [1, 2].map(nr => ({
      naam: `${nr}.xml`,
      bytes: toBytes(startbericht({ identificatie: `KLIK${nr}`, nummer: 1 })),
    }))
    for (const delen of [stukken.slice(0, 1), stukken]) {
      const antwoorden = await Promise.all([1, 2, 3, 4].map(() => upload(wie, delen, csrf)))
      expect(new Set(antwoorden.map(a => `${a.statusCode} ${a.headers.location}`)).size).toBe(1)
      expect(antwoorden[0]?.body).not.toContain('Er is niets aangenomen')
    }
  })

  it('zegt wat er is afgekeurd', async () => {
    const fout = declaratiebericht({
      identificatie: 'D1',
      nummer: 'N1',
      regels: [
        { nummer: 1, referentie: 'R1', volume: 5 },
        { nummer: 7, referentie: 'R2', volume: 5 },
      ],
    })
    const { pagina } = await naarUitkomst(aanbieder, [{ naam: 'd1.xml', bytes: toBytes(fout) }])
    const t = tekst(pagina.body)
    expect(t).toContain('Deels afgekeurd')
    expect(t).toContain('cliënt 1, prestatie 2')
  })

  it('neemt meer bestanden tegelijk, in welke volgorde ze ook staan', async () => {
    const { pagina } = await naarUitkomst(backoffice, [
      { naam: 's.xml', bytes: toBytes(startbericht({ identificatie: 'S2', nummer: 2, client: 1 })) },
      { naam: 't.xml', bytes: toBytes(toewijzingsbericht({ identificatie: 'T2', nummer: 2, client: 1 })) },
    ])
    expect(tekst(pagina.body).match(/helemaal goedgekeurd/g)).toHaveLength(2)
  })

  it.each([
    ['leeg.xml', Buffer.alloc(0), 'Dit bestand is leeg'],
    ['brief.docx', Buffer.from('PK\u0003\u0004geen bericht'), 'Er is iets mis met de opbouw van het bericht'],
    ['half.xml', start.subarray(0, 900), 'opbouw van het bericht'],
    [
      'andere-regio.xml',
      toBytes(startbericht({ identificatie: 'S3', nummer: 1, gemeente: '9999' })),
      'hoort niet bij deze regio',
    ],
    [
      'onbekend.xml',
      toBytes(startbericht({ identificatie: 'S4', nummer: 1, agb: '97000000' })),
      'AGB-code van de aanbieder is niet bekend',
    ],
    [
      'van-een-ander.xml',
      toBytes(startbericht({ identificatie: 'S5', nummer: 1, agb: AGB_B, gemeente: GEMEENTE_B })),
      'U kunt alleen berichten aanleveren van of voor uw eigen organisatie',
    ],
    ['verkeerde-wet.xml', Buffer.from(start.toString().replace('>438<', '>418<')), 'opbouw van het bericht'],
  ])('neemt %s niet aan en zegt waarom', async (naam, bytes, reden) => {
    const antwoord = await upload(backoffice, [{ naam, bytes }])
    expect(antwoord.statusCode).toBe(400)
    expect(tekst(antwoord.body)).toContain(reden)
    expect(antwoord.body).toContain(naam)
  })

  it('houdt een geweigerd bestand de andere niet tegen', async () => {
    const antwoord = await upload(aanbieder, [
      { naam: 'leeg.xml', bytes: Buffer.alloc(0) },
      { naam: 'ander.xml', bytes: toBytes(startbericht({ identificatie: 'S6', nummer: 1, agb: AGB_B })) },
      {
        naam: 'goed.xml',
        bytes: toBytes(startbericht({ identificatie: 'S7', nummer: 2, client: 1, begindatum: '2026-01-06' })),
      },
    ])
    expect(antwoord.statusCode).toBe(400)
    const t = tekst(antwoord.body)
    expect(t).toContain('2 van 3 bestanden zijn niet aangenomen. De andere wel.')
    expect(t).toContain('Start S7')
  })

  it('vraagt om een bestand als er geen is', async () => {
    const antwoord = await upload(aanbieder, [{ naam: '', bytes: Buffer.alloc(0) }])
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain('Kies minstens één bestand.')
  })

  it('zegt bij een te groot bestand hoe groot het mag zijn, op hetzelfde formulier', async () => {
    const antwoord = await upload(aanbieder, [
      { naam: 'groot.xml', bytes: Buffer.alloc(26 * 1024 * 1024, 32) },
    ])
    expect(antwoord.statusCode).toBe(413)
    expect(tekst(antwoord.body)).toContain('mag hoogstens 25 MB zijn')
    expect(antwoord.body).toContain('<h1 class="ams-heading ams-heading--1">Bericht aanleveren</h1>')
  })

  it('weigert een formulier zonder geldig token', async () => {
    const antwoord = await upload(aanbieder, [{ naam: 's.xml', bytes: start }], 'vals')
    expect(antwoord.statusCode).toBe(403)
  })

  it('volgt een groot bericht tot de taak klaar is', async () => {
    const regels = Array.from({ length: 1800 }, (_, i) => ({
      nummer: 5000 + i,
      referentie: `G${i}`,
      volume: 1,
    }))
    const bytes = toBytes(declaratiebericht({ identificatie: 'G1', nummer: 'G1', regels }))
    expect(bytes.length).toBeGreaterThan(1024 * 1024)
    const { url, pagina } = await naarUitkomst(aanbieder, [{ naam: 'groot.xml', bytes }])
    expect(pagina.body).toContain('<meta http-equiv="refresh" content="3"/>')
    expect(tekst(pagina.body)).toContain('Eén bericht wordt nog beoordeeld')
    const [, gemeente = '', id = ''] = /bericht=(\d{4}):([0-9a-f-]+)/.exec(url) ?? []
    const taken = await db.owner.query(`select task_identifier, key from graphile_worker.jobs`)
    expect(taken.rows).toEqual([{ task_identifier: 'berichten_verwerk', key: id }])
    await judgeWaiting(makeCtx(omgeving, systeem('verwerking', [gemeente])), gemeente, id)
    const klaar = await get(url, aanbieder)
    expect(klaar.body).not.toContain('http-equiv="refresh"')
    expect(tekst(klaar.body)).toContain('Het bericht is afgekeurd')
    expect(tekst((await get(`/berichten/${gemeente}/${id}`, aanbieder)).body)).toContain('declareert')
  })

  it('laat een ander de uitkomst niet zien', async () => {
    const { url } = await naarUitkomst(backoffice, [
      { naam: 't.xml', bytes: toBytes(toewijzingsbericht({ identificatie: 'GEHEIM-T9', nummer: 9 })) },
    ])
    const ander = await login('backoffice', { gemeenten: [GEMEENTE_B] })
    const { body } = await get(url, ander)
    expect(body).not.toContain('GEHEIM-T9')
    expect(tekst(body)).toContain('Hier is geen uitkomst te zien')
  })

  it.each(['controller', 'consulent', 'toezichthouder', 'contractmanager', 'bestuur', 'beheerder'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
      expect((await get('/berichten/aanleveren', wie)).statusCode).toBe(403)
      expect((await get('/berichten/aanleveren/uitkomst', wie)).statusCode).toBe(403)
    },
  )
})
