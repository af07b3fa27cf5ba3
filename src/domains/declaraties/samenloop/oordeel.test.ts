import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Inlog } from '../../../../test/support/app.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { GEMEENTE_A, GEMEENTE_B, GEMEENTEN } from '../../../../test/support/regio.ts'
import { regel, testSamenloop } from '../../../../test/support/samenloop.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { setApart } from './store.ts'

tellInOrder()

const proef = await testSamenloop()
const { db, app, login, wie, child, send, claim, seen, keyOf, formOf, open, openedIn, judge, payment, pay } =
  proef

/** Client `n` with a line at both municipalities. */
async function double(n: number): Promise<void> {
  await child(n)
  await claim(GEMEENTE_A, `A${n}`, regel(n, `A${n}.1`))
  await claim(GEMEENTE_B, `B${n}`, regel(n, `B${n}.1`))
}

const judgementsOf = async (referentie: string) => {
  const { rows } = await db.owner.query(
    `select o.oordeel, o.reden from declaraties.samenloop_oordeel o
     join declaraties.prestatie p using (gemeente, declaratie_id, regel) where p.referentie = $1 order by o.volgnummer`,
    [referentie],
  )
  return rows.map(r => `${r.oordeel}: ${r.reden}`)
}

describe('two people judge one line', () => {
  it('the second is told what the first decided, keeps what was typed, and may decide again', async () => {
    await double(1)
    const collega = await login('controller', { gemeenten: [GEMEENTE_A] })
    const pad = await formOf(GEMEENTE_A, 'A1.1')
    const geopend = await open(pad, wie.vanA)
    expect((await judge(GEMEENTE_A, 'A1.1', 'betalen', collega, 'Woont bij ons.', geopend)).statusCode).toBe(
      303,
    )
    const tweede = await judge(GEMEENTE_A, 'A1.1', 'niet-betalen', wie.vanA, 'Woont elders.', geopend)
    expect(tweede.statusCode).toBe(409)
    expect(tweede.body).toContain('Iemand anders heeft het oordeel over deze regel intussen gewijzigd')
    expect(tweede.body).toMatch(/Waarom.*Woont bij ons\..*<form/s)
    expect(tweede.body).toContain('Test controller')
    expect(tweede.body).not.toContain('gebruiker:')
    expect(tweede.body).toMatch(/<textarea[^>]*>\s*Woont elders\./)
    expect(tweede.body).toMatch(/value="niet-betalen"[^>]*checked|checked[^>]*value="niet-betalen"/)
    expect(await judgementsOf('A1.1')).toEqual(['betalen: Woont bij ons.'])
    const opnieuw = { oordeel: 'niet-betalen', reden: 'Woont elders.', ...openedIn(tweede.body) }
    expect((await postFormulier(app, pad, '/', opnieuw, wie.vanA)).statusCode).toBe(303)
    expect(await judgementsOf('A1.1')).toEqual(['betalen: Woont bij ons.', 'niet-betalen: Woont elders.'])
  })

  it('at the very same moment: one is recorded, the others are told', async () => {
    await double(2)
    const pad = await formOf(GEMEENTE_A, 'A2.1')
    const geopend = await open(pad, wie.vanA)
    const antwoorden = await Promise.all(
      ['betalen', 'niet-betalen', 'betalen', 'niet-betalen'].map((oordeel, i) =>
        postFormulier(app, pad, '/', { oordeel, reden: `Reden ${i}`, ...geopend }, wie.vanA),
      ),
    )
    expect(antwoorden.map(a => a.statusCode).sort()).toEqual([303, 409, 409, 409])
    expect(await judgementsOf('A2.1')).toHaveLength(1)
  })

  it('a fault in what was typed does not take over the judgement of another unseen', async () => {
    await double(3)
    const geopend = await open(await formOf(GEMEENTE_A, 'A3.1'), wie.vanA)
    await judge(GEMEENTE_A, 'A3.1', 'betalen', wie.vanA)
    const fout = await judge(GEMEENTE_A, 'A3.1', 'niet-betalen', wie.vanA, '', geopend)
    expect([fout.statusCode, openedIn(fout.body)]).toEqual([400, geopend])
    expect((await judge(GEMEENTE_A, 'A3.1', 'niet-betalen', wie.vanA, 'Nu wel.', geopend)).statusCode).toBe(
      409,
    )
  })
})

describe('a line that came after the form was opened', () => {
  it('is not judged unseen: who judges is told, and may go on', async () => {
    await double(4)
    const pad = await formOf(GEMEENTE_A, 'A4.1')
    const geopend = await open(pad, wie.vanA)
    await claim(GEMEENTE_B, 'B4b', regel(4, 'B4.c', { crediteert: 'B4.1' }), regel(4, 'B4.2', { volume: 8 }))
    const fout = await judge(GEMEENTE_A, 'A4.1', 'betalen', wie.vanA, '', geopend)
    expect([fout.statusCode, openedIn(fout.body)]).toEqual([400, geopend])
    const eerste = await judge(GEMEENTE_A, 'A4.1', 'betalen', wie.vanA, 'Woont bij ons.', geopend)
    expect(eerste.statusCode).toBe(409)
    expect(eerste.body).toContain('Deze regel overlapt nu met andere regels')
    for (const geheim of ['B4', 'Beekdal']) expect(eerste.body).not.toContain(geheim)
    expect(eerste.body).toMatch(/<textarea[^>]*>\s*Woont bij ons\./)
    expect(await judgementsOf('A4.1')).toEqual([])
    const opnieuw = { oordeel: 'betalen', reden: 'Woont bij ons.', ...openedIn(eerste.body) }
    expect((await postFormulier(app, pad, '/', opnieuw, wie.vanA)).statusCode).toBe(303)
    expect(await judgementsOf('A4.1')).toEqual(['betalen: Woont bij ons.'])
  })

  it('what a form carries of the lines tells nobody which they are', async () => {
    await double(7)
    const { gezien } = await open(await formOf(GEMEENTE_A, 'A7.1'), wie.vanA)
    const { declaratieId, regel: nummer } = await keyOf(GEMEENTE_B, 'B7.1')
    const sleutel = `${GEMEENTE_B}.${declaratieId}.${nummer}`
    for (const soort of ['md5', 'sha1', 'sha256'])
      expect(createHash(soort).update(sleutel).digest('hex')).not.toContain(gezien)
  })

  it('that was decided earlier and committed later asks for a new judgement', async () => {
    await double(8)
    await judge(GEMEENTE_A, 'A8.1', 'betalen', wie.vanA)
    await claim(GEMEENTE_B, 'B8b', regel(8, 'B8.c', { crediteert: 'B8.1' }), regel(8, 'B8.2', { volume: 8 }))
    // As a transaction leaves it that began before the judgement.
    await db.owner.query(
      "update declaraties.prestatie set besloten_op = besloten_op - interval '1 hour' where referentie = 'B8.2'",
    )
    const acht = (await seen(GEMEENTE_A)).filter(([, r]) => r === 'A8.1').map(([, , stand]) => stand)
    expect(acht).toEqual(['te-beoordelen'])
  })
})

it.each([
  [1000, 303],
  [1001, 400],
])('a reason of %i characters: %i', async (lengte, status) => {
  await double(lengte)
  expect((await judge(GEMEENTE_A, `A${lengte}.1`, 'betalen', wie.vanA, 'x'.repeat(lengte))).statusCode).toBe(
    status,
  )
})

describe('only what was approved counts', () => {
  const approved = async (referentie: string) => {
    const { rows } = await db.owner.query(
      `select goedgekeurd from declaraties.prestatie where referentie = $1 and toewijzing_id is not null`,
      [referentie],
    )
    return rows
  }
  const five = async () => (await seen(GEMEENTE_A, GEMEENTE_B)).map(([, r]) => r).filter(r => /^.5\./.test(r))

  it('a line that was rejected on the other side is no samenloop', async () => {
    await child(5)
    await claim(GEMEENTE_A, 'A5', regel(5, 'A5.1'))
    await send(GEMEENTE_B, 'B5', [regel(5, 'B5.1', { tarief: 1 })])
    expect(await approved('B5.1')).toEqual([{ goedgekeurd: false }])
    expect(await five()).toEqual([])
  })

  it('a credit that was rejected ends none', async () => {
    await claim(GEMEENTE_B, 'B5b', regel(5, 'B5.2'))
    expect(await five()).toEqual(['A5.1', 'B5.2'])
    await send(GEMEENTE_B, 'B5c', [regel(5, 'B5.c', { crediteert: 'B5.2', volume: 3 })])
    expect(await approved('B5.c')).toEqual([{ goedgekeurd: false }])
    expect(await five()).toEqual(['A5.1', 'B5.2'])
  })
})

describe('setting a line apart', () => {
  it('takes nothing off a payment that was made', async () => {
    await child(6)
    await claim(GEMEENTE_A, 'A6', regel(6, 'A6.1'))
    expect((await pay(GEMEENTE_A, 'A6', wie.vanA)).statusCode).toBe(303)
    await claim(GEMEENTE_B, 'B6', regel(6, 'B6.1'))
    const scope = { ...NOBODY, gemeentenClient: GEMEENTEN, gemeentenCijfers: GEMEENTEN }
    const sleutel = await keyOf(GEMEENTE_A, 'A6.1')
    const open = await keyOf(GEMEENTE_B, 'B6.1')
    await db.database.write(scope, tx => setApart(tx, [sleutel, open]))
    expect(await payment(GEMEENTE_A, 'A6')).toMatchObject([{ bedrag: 90_000, regel: null, op: '2026-03-16' }])
    expect(await payment(GEMEENTE_B, 'B6')).toMatchObject([
      { bedrag: 0, regel: null },
      { bedrag: 90_000, regel: 1 },
    ])
  })
})

describe('the list', () => {
  const body = async (door: Inlog) =>
    (await app.inject({ url: '/declaraties/samenloop', headers: door.headers })).body

  it('says who decides to who may look and not decide', async () => {
    const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    expect(await body(backoffice)).toContain('Dat doet de controller van uw gemeente.')
    expect(await body(wie.vanA)).not.toContain('Dat doet de')
  })

  it('says of an empty list how it is now', async () => {
    const elders = await login('controller', { gemeenten: ['9199'] })
    expect(await body(elders)).toContain('Er is nu geen regel die dubbel is gedeclareerd.')
  })
})

it('what was judged not to be paid waits for nobody any more: said so on the declaratie and in the payments', async () => {
  await double(9)
  const declaratie = (await formOf(GEMEENTE_A, 'A9.1')).replace(/\/regels\/.*/, '')
  const look = async (url: string) => (await app.inject({ url, headers: wie.vanA.headers })).body
  expect(await look(declaratie)).toContain('wacht op beoordeling')
  await judge(GEMEENTE_A, 'A9.1', 'niet-betalen', wie.vanA, 'Woont elders.')
  const blad = await look(declaratie)
  expect(blad).toContain('wordt niet betaald')
  expect(blad).not.toContain('wacht op beoordeling')
  const rij = async (staat: string) =>
    (await look(`/betalingen/regels?staat=${staat}`)).split('<tr').find(tr => tr.includes('>A9<')) ?? ''
  expect(await rij('open')).toBe('')
  expect(await rij('niet')).toContain('Wordt niet betaald')
  expect(await rij('niet')).not.toContain('Wacht op beoordeling')
})

it('what was judged not to be paid is no work any more: on no list of what is open, in no count, on no day', async () => {
  const eigen = await login('controller', { gemeenten: [GEMEENTE_A] })
  const look = async (url: string) => (await app.inject({ url, headers: eigen.headers })).body
  const rowOf = (html: string, nummer: string) =>
    html
      .split('<tr')
      .find(tr => tr.includes(`>${nummer}<`))
      ?.split('</tr>')[0] ?? ''
  const counted = async (url: string) =>
    Number(/(\d+) betaling(?:en)?, samen/.exec(await look(url))?.[1] ?? 0)
  const before = await counted('/betalingen/regels?staat=open')
  await double(20)
  expect(await counted('/betalingen/regels?staat=open')).toBe(before + 1)
  const pad = await formOf(GEMEENTE_A, 'A20.1')
  const wachtend = rowOf(await look('/betalingen/regels'), 'A20')
  expect(wachtend).not.toContain('checkbox')
  expect(wachtend).toContain(`href="${pad}"`)
  const betaling = `${GEMEENTE_A}.${(await payment(GEMEENTE_A, 'A20'))[0].id}`
  const vastleggen = `/betalingen/vastleggen?betaling=${betaling}`
  expect(await look(vastleggen)).toContain('Beoordeel die regels')

  await judge(GEMEENTE_A, 'A20.1', 'niet-betalen', eigen, 'Woont elders.')
  for (const pagina of ['/betalingen/regels?staat=open', '/betalingen?staat=open', '/betalingen/regels'])
    expect(await counted(pagina), pagina).toBe(before)
  expect(rowOf(await look('/betalingen/regels?staat=open'), 'A20')).toBe('')
  for (const staat of ['niet', '']) {
    const rij = rowOf(await look(`/betalingen/regels?staat=${staat}`), 'A20')
    expect(rij).toContain('Wordt niet betaald')
    expect(rij).toContain(`href="${pad}"`)
    expect(rij).not.toMatch(/checkbox|-2026</)
  }
  const vanAanbieder = await app.inject({
    url: '/betalingen/regels?staat=niet',
    headers: wie.aanbieder.headers,
  })
  expect(vanAanbieder.body).toContain('Crediteer deze regels.')
  expect(vanAanbieder.body).not.toContain('/oordeel')
  const uitvoer = await look('/betalingen/regels/export?staat=niet')
  expect(uitvoer.split('\r\n').find(regel => regel.startsWith('A20'))).toMatch(/;0,00;0,00;900,00;;/)
  const bevestig = await look(vastleggen)
  expect(bevestig).toContain('In wat u hebt gekozen is nu niets te betalen.')
  expect(bevestig).toContain('1 regel wordt niet betaald')
  for (const weg of ['Beoordeel die regels', 'samen €', 'vast als betaald'])
    expect(bevestig).not.toContain(weg)
})

it('of a payment of which one line is not paid, the rest is paid', async () => {
  await child(21)
  await child(22)
  await claim(GEMEENTE_B, 'B21', regel(21, 'B21.1'))
  await claim(GEMEENTE_A, 'A21', regel(21, 'A21.1'), regel(22, 'A21.2', { volume: 5 }))
  await judge(GEMEENTE_A, 'A21.1', 'niet-betalen', wie.vanA, 'Woont elders.')
  const look = async (url: string) => (await app.inject({ url, headers: wie.vanA.headers })).body
  const betaling = `${GEMEENTE_A}.${(await payment(GEMEENTE_A, 'A21'))[0].id}`
  const bevestig = await look(`/betalingen/vastleggen?betaling=${betaling}`)
  expect(bevestig).toContain('1 regel wordt niet betaald')
  expect(bevestig).toContain('Leg €\u00a0450,00 vast als betaald')
  const klaar = await pay(GEMEENTE_A, 'A21', wie.vanA)
  expect(klaar.headers.location).toBe('/betalingen/regels?staat=betaald&gedaan=1&al=0&apart=0')
  expect(await look('/betalingen/regels?staat=open')).not.toContain('A21 regel 1')
  expect(await look('/betalingen/regels?staat=niet')).toContain('A21 regel 1')
  const lijst = (await look('/declaraties/export?zoek=A21')).split('\r\n')
  const kolom = (naam: string) => lijst[1]?.split(';')[lijst[0]?.split(';').indexOf(naam) ?? -1]
  expect(['Toegekend', 'Te betalen', 'Wordt niet betaald', 'Betaald'].map(kolom)).toEqual([
    '1350,00',
    '0,00',
    '900,00',
    '450,00',
  ])
  const opnieuw = await pay(GEMEENTE_A, 'A21', wie.vanA, 1)
  expect(opnieuw.statusCode).toBe(400)
})
