import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'
import { toZip } from '../../../../test/support/zip.ts'
import { formatDatumKort } from '../../../platform/dates.ts'
import type { Bericht, Bericht301, Bericht323 } from '../../istandaard/index.ts'
import { buildDeclaratieAntwoord, buildRetour } from '../inname/antwoord.ts'
import { toPrestatie } from '../inname/oordelen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const aanbieders = await laadTestregio(omgeving)

const PAD = '/berichten/overnemen'
let backoffice: Inlog
let teller = 0
beforeAll(async () => {
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
})

const get = (url: string, wie = backoffice) => app.inject({ url, headers: wie.headers })
const choose = async (...berichten: readonly (Bericht | string)[]) => {
  const zip = toZip(
    Object.fromEntries(berichten.map((b, i) => [`b${i}.xml`, typeof b === 'string' ? b : toBytes(b)])),
  )
  const antwoord = await postBestand(app, PAD, { naam: 'oud.zip', inhoud: zip }, backoffice)
  const adres = String(antwoord.headers.location)
  return { adres, proef: text((await get(adres)).body) }
}
const bring = async (...berichten: readonly (Bericht | string)[]) => {
  const { adres, proef } = await choose(...berichten)
  await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)
  return { adres, proef, daarna: text((await get(adres)).body) }
}
const one = async <T>(query: string): Promise<T> => (await db.owner.query(query)).rows[0]
const count = () =>
  one<Record<string, number>>(`select (select count(*)::int from berichten.bericht) as berichten,
    (select count(*)::int from berichten.bericht where richting = 'uit') as antwoorden,
    (select count(*)::int from toegang.toewijzing) as toewijzingen,
    (select count(*)::int from toegang.start_stop) as meldingen,
    (select count(*)::int from declaraties.prestatie) as regels,
    (select count(*)::int from declaraties.betaling) as betalingen,
    (select coalesce(sum(bedrag), 0)::int from sturing.maandcijfer) as gedeclareerd`)
const rise = async (doe: () => Promise<unknown>) => {
  const voor = await count()
  await doe()
  const na = await count()
  return Object.fromEntries(Object.entries(na).map(([wat, n]) => [wat, n - (voor[wat] ?? 0)]))
}

const KENMERK = { identificatie: 'OUD', dagtekening: '2026-03-10' }
/** What the older system answered: all was granted, but for the lines with these references. */
const antwoord325 = (heen: Bericht323, geweigerd: Readonly<Record<string, string>> = {}) => {
  const regels = heen.declaratie.clienten.flatMap((client, c) =>
    client.prestaties.map((p, nummer) => {
      const code = geweigerd[p.productReferentie.referentieNummer]
      return {
        client: c,
        nummer,
        prestatie: toPrestatie(p),
        goedgekeurd: code === undefined,
        bevindingen: code === undefined ? [] : [{ regel: code, retourcode: code, melding: '', feiten: [] }],
      }
    }),
  )
  const som = (van: typeof regels) =>
    van.reduce((totaal, { prestatie: p }) => totaal + (p.debet ? p.bedrag : -p.bedrag), 0)
  const oordeel = {
    berichtId: '',
    bevindingen: [],
    clientenOnbekend: new Set<number>(),
    regels,
    ingediend: som(regels),
    toegekend: som(regels.filter(r => r.goedgekeurd)),
  }
  return buildDeclaratieAntwoord(heen, KENMERK, { oordeel })
}
const stack = (nummer: number) => {
  teller += 1
  const kenmerk = `K${teller}`
  const client = teller
  const heen = declaratiebericht({
    identificatie: `${kenmerk}d`,
    nummer: kenmerk,
    regels: [
      { nummer, referentie: `${kenmerk}r1`, client },
      { nummer, referentie: `${kenmerk}r2`, client, maand: '2026-01-01', volume: 4 },
    ],
  })
  return {
    toewijzing: toewijzingsbericht({ identificatie: `${kenmerk}t`, nummer, client }),
    start: startbericht({ identificatie: `${kenmerk}s`, nummer, client }),
    stop: stopbericht({ identificatie: `${kenmerk}e`, nummer, client }),
    declaratie: heen,
    antwoord: antwoord325(heen, { [`${kenmerk}r2`]: '9341' }),
  }
}

describe('a stack of old messages', () => {
  test('is tried first, counts as it was answered then, is not answered nor paid again, and changes nothing twice', async () => {
    const oud = stack(101)
    // In an order in which none finds what it needs.
    const alles = [oud.antwoord, oud.declaratie, oud.stop, oud.start, oud.toewijzing]
    const niets = await rise(() => choose(...alles))
    expect(Object.values(niets).every(n => n === 0)).toBe(true)
    const { adres, proef } = await choose(...alles)
    expect(proef).toContain(
      'Dit zou het doen: 4 nieuw. Nieuw: 1 toewijzing (301), 1 start (305), 1 stop (307), 1 declaratie (323).',
    )
    expect(await rise(() => postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice))).toEqual({
      berichten: 4,
      antwoorden: 0,
      toewijzingen: 1,
      meldingen: 2,
      regels: 2,
      betalingen: 0,
      gedeclareerd: 10 * 9000,
    })
    const { rows } = await db.owner.query(
      'select distinct g.soort from berichten.gebeurtenis g join berichten.bericht b using (gemeente, bericht_id) where b.identificatie like $1',
      [`${oud.declaratie.header.berichtIdentificatie.identificatie.slice(0, -1)}%`],
    )
    expect(rows).toEqual([{ soort: 'overgenomen' }])
    const weer = await bring(...alles)
    expect(weer.proef).toContain('Dit bestand verandert niets. 4 staan er al zo.')
    expect(text((await get(adres)).body)).not.toContain('Neem dit terug')
  })

  test('another message under an identificatie that is known is left out, in one stack and later', async () => {
    const dezelfde = (nummer: number) =>
      toewijzingsbericht({ identificatie: 'EENMAAL', nummer, client: nummer })
    const WAAROM = 'Er is al een ander bericht met deze identificatie.'
    const samen = await bring(dezelfde(141), dezelfde(142))
    expect(samen.proef).toContain('1 nieuw')
    expect(samen.proef).toContain(WAAROM)
    expect((await choose(dezelfde(143))).proef).toContain(WAAROM)
  })

  test('its pages say that it was taken over, why a line was refused, and that it was paid elsewhere', async () => {
    const oud = stack(102)
    await bring(oud.toewijzing, oud.declaratie, oud.antwoord)
    const { id, bericht } = await one<{ id: number; bericht: string }>(
      `select declaratie_id as id, bericht_id as bericht from declaraties.declaratie where nummer = '${oud.declaratie.declaratie.declaratieNummer}'`,
    )
    const declaratie = text((await get(`/declaraties/${GEMEENTE_A}/${id}`)).body)
    expect(declaratie).toContain('Betaald in een eerder systeem')
    expect(declaratie).toContain('Zo antwoordde het eerdere systeem.')
    expect(text((await get(`/berichten/${GEMEENTE_A}/${bericht}`)).body)).toContain('Overgenomen')
    // The list has the day of the message, and says when it was taken over.
    const { identificatie, dagtekening } = oud.declaratie.header.berichtIdentificatie
    const lijst = text((await get(`/berichten?zoek=${identificatie}`)).body)
    expect(lijst).toMatch(new RegExp(`${formatDatumKort(dagtekening)} overgenomen \\d\\d-\\d\\d-\\d{4}`))
  })

  test('a line that was paid before can be credited now, and is then set off', async () => {
    const oud = stack(103)
    await bring(oud.toewijzing, oud.declaratie, oud.antwoord)
    const referentie =
      oud.declaratie.declaratie.clienten[0]?.prestaties[0]?.productReferentie.referentieNummer ?? ''
    const [inname] = await lever(
      omgeving,
      declaratiebericht({
        identificatie: 'C103',
        nummer: 'C103',
        regels: [{ nummer: 103, referentie: 'C103', crediteert: referentie, client: teller }],
      }),
    )
    expect(inname).toMatchObject({ uitkomst: 'verwerkt', bevindingen: [] })
    expect(
      await one('select bedrag::int from declaraties.betaling order by declaratie_id desc limit 1'),
    ).toEqual({
      bedrag: -90_000,
    })
  })
})

describe('what does not fit is left out with its reason, and stops no other', () => {
  const refused302 = (heen: Bericht301) => buildRetour(heen, KENMERK, { kop: ['9332'] })
  test.each([
    [
      'a declaratie without its answer',
      (o: ReturnType<typeof stack>) => [o.declaratie],
      'Het antwoord (325) zit er niet bij',
    ],
    [
      'a declaratie on a toewijzing that is not known',
      (o: ReturnType<typeof stack>) => [o.declaratie, o.antwoord],
      'Neem eerst de toewijzingen over',
    ],
    [
      'a start on a toewijzing that is not known',
      (o: ReturnType<typeof stack>) => [o.start],
      'hoort niet bij een toewijzing',
    ],
    [
      'a toewijzing that was refused then',
      (o: ReturnType<typeof stack>) => [o.toewijzing, refused302(o.toewijzing)],
      'destijds geweigerd',
    ],
    [
      'an answer that does not add up',
      (o: ReturnType<typeof stack>) => {
        const antwoord = structuredClone(o.antwoord)
        if (antwoord.declaratieAntwoord) antwoord.declaratieAntwoord.totaalToegekendBedrag.totaalBedrag += 1
        return [o.toewijzing, o.declaratie, antwoord]
      },
      'De bedragen van het antwoord kloppen niet',
    ],
    ['a file that is no message', () => ['<iets/>'], 'b0.xml'],
    [
      'a municipality of others',
      () => [toewijzingsbericht({ identificatie: 'B1', nummer: 9, gemeente: GEMEENTE_B })],
      'niet van een gemeente die u mag zien',
    ],
    [
      'a provider nobody knows',
      () => [toewijzingsbericht({ identificatie: 'B2', nummer: 9, agb: '99999999' })],
      'AGB-code',
    ],
  ])('%s', async (_, maak, reden) => {
    const goed = stack(200 + teller)
    const { proef, adres } = await choose(goed.toewijzing, ...maak(stack(300 + teller)))
    expect(proef).toContain(reden)
    const erbij = await rise(() => postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice))
    expect(erbij.toewijzingen).toBeGreaterThan(0)
    expect(erbij).toMatchObject({ antwoorden: 0, regels: 0, betalingen: 0 })
  })

  test('what was claimed here already is not kept a second time, and no old credit frees what was paid here', async () => {
    await lever(omgeving, toewijzingsbericht({ identificatie: 'L1', nummer: 701, client: 70 }))
    const regel = { nummer: 701, client: 70 }
    const hier = declaratiebericht({
      identificatie: 'L2',
      nummer: 'L2',
      regels: [{ ...regel, referentie: 'L2' }],
    })
    await lever(omgeving, hier)
    const oud = (naam: string, meer: object) =>
      declaratiebericht({
        identificatie: naam,
        nummer: naam,
        regels: [{ ...regel, referentie: naam, ...meer }],
      })
    for (const [bericht, reden] of [
      [oud('V1', { crediteert: 'L2' }), 'hoort niet bij een regel die is overgenomen'],
      [oud('V2', { crediteert: 'ONBEKEND' }), 'hoort niet bij een regel die is overgenomen'],
      [oud('V3', {}), 'al gedeclareerd'],
      [oud('V4', { referentie: 'L2', maand: '2026-01-01' }), 'al gedeclareerd'],
    ] as const)
      expect((await choose(bericht, antwoord325(bericht))).proef).toContain(reden)
    expect(await one("select count(*)::int as n from declaraties.declaratie where nummer like 'V_'")).toEqual(
      { n: 0 },
    )
  })

  test('an old credit on an old line counts, and both are paid elsewhere', async () => {
    const oud = stack(702)
    const referentie =
      oud.declaratie.declaratie.clienten[0]?.prestaties[0]?.productReferentie.referentieNummer ?? ''
    const credit = declaratiebericht({
      identificatie: 'W1',
      nummer: 'W1',
      regels: [{ nummer: 702, client: teller, referentie: 'W1', crediteert: referentie }],
    })
    await bring(oud.toewijzing, oud.declaratie, oud.antwoord)
    expect(await rise(() => bring(credit, antwoord325(credit)))).toMatchObject({
      betalingen: 0,
      gedeclareerd: -90_000,
    })
    const csv = (await get('/declaraties/export')).body
    expect(csv).toContain('Betaald in een eerder systeem')
    expect(csv.split('\r\n').find(rij => rij.startsWith('W1;'))).toContain('-900,00')
    expect(await one('select count(*)::int as n from declaraties.overlap')).toEqual({ n: 0 })
  })

  test('of two answers that differ none is chosen, and the answer of another party is none', async () => {
    const oud = stack(703)
    const nee = buildRetour(oud.toewijzing, KENMERK, { kop: ['9332'] })
    const ja = buildRetour(oud.toewijzing, KENMERK, {})
    expect((await choose(oud.toewijzing, nee, ja)).proef).toContain('twee verschillende antwoorden')
    expect((await choose(oud.toewijzing, ja, nee)).proef).toContain('twee verschillende antwoorden')
    const ander = { ...oud.antwoord, header: { ...oud.antwoord.header, afzender: GEMEENTE_B } }
    expect((await choose(oud.toewijzing, oud.declaratie, ander)).proef).toContain(
      'Het antwoord (325) zit er niet bij',
    )
  })

  test('what a sheet brought before is known already, and the log names the messages', async () => {
    const oud = stack(704)
    await bring(oud.toewijzing, oud.start)
    const nogEens = startbericht({ identificatie: 'S704', nummer: 704, client: teller })
    expect((await choose(nogEens)).proef).toContain('1 staat er al zo')
    const { rows } = await db.owner.query(
      `select count(*)::int as n from platform.gebeurtenis where actie = 'berichten.overgenomen'`,
    )
    expect(rows[0].n).toBeGreaterThan(0)
  })

  test('one message that is too large is named', async () => {
    const groot = `<!--${'x'.repeat(6 * 1024 * 1024)}-->`
    const inhoud = toZip({ 'groot.xml': groot })
    const antwoord = await postBestand(app, PAD, { naam: 'x.zip', inhoud }, backoffice)
    expect(text(antwoord.body)).toContain('groot.xml is groter dan 5 MB')
  })

  test('what was left out can come again when what it missed is there', async () => {
    const oud = stack(401)
    expect((await bring(oud.declaratie, oud.antwoord)).daarna).toContain('1 is overgeslagen')
    await bring(oud.toewijzing)
    expect(await rise(() => bring(oud.declaratie, oud.antwoord))).toMatchObject({ berichten: 1, regels: 2 })
  })

  test('a message that cannot be booked leaves nothing, and the others go on', async () => {
    await db.owner.query(`create function toegang.stuk() returns trigger language plpgsql as $$ begin
      if new.nummer = 501 then raise division_by_zero; end if; return new; end $$;
      create trigger stuk before insert on toegang.toewijzing for each row execute function toegang.stuk()`)
    const { daarna } = await bring(stack(501).toewijzing, stack(502).toewijzing)
    expect(daarna).toContain('1 nieuw')
    expect(daarna).toContain('kan niet worden geboekt')
    await db.owner.query('drop trigger stuk on toegang.toewijzing')
    expect(await one('select count(*)::int as n from toegang.toewijzing where nummer in (501, 502)')).toEqual(
      { n: 1 },
    )
  })

  test('a file that is no archive is refused in words, and nobody else sees what was brought in', async () => {
    const antwoord = await postBestand(
      app,
      PAD,
      { naam: 'x.zip', inhoud: Buffer.from('PK\x03\x04kapot') },
      backoffice,
    )
    expect(antwoord.statusCode).toBe(400)
    expect(text(antwoord.body)).toContain('geen ZIP-bestand')
    const { adres } = await choose(stack(601).toewijzing)
    const buren = await login('backoffice', { gemeenten: [GEMEENTE_B] })
    expect((await get(adres, buren)).statusCode).toBe(404)
    const aanbieder = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
    expect((await get(PAD, aanbieder)).statusCode).toBe(403)
  })
})
