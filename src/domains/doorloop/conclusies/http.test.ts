import { describe, expect, it } from 'vitest'
import { openSessie } from '../../../../test/support/app.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { untilSomebodyWaits } from '../../../../test/support/wachten.ts'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/conclusies`
const velden = (tekst: string, meer: Record<string, string> = {}) => ({
  ...{ tekst, kwadrant: 'vangnet', richting: 'versterken', aanbod: '', raakt: 'nieuw', versie: '0' },
  ...meer,
})
const opdracht = (meer: Record<string, string> = {}) => ({
  ...{ bestemming: 'beleid', wat: 'Zoek dit uit', eigenaar: String(t.collega.gebruikerId), uiterlijk: '' },
  ...{ segment: '', ...meer },
})

async function maak(tekst: string, meer: Record<string, string> = {}): Promise<string> {
  const antwoord = await t.post(`${PAD}/nieuw`, velden(tekst, meer))
  expect(antwoord.statusCode).toBe(303)
  return String(antwoord.headers.location).replace(/[?#].*$/, '')
}
/** Posts to an address that has no page of its own. */
const vanaf = (van: string, pad: string, gegeven: Record<string, string>) =>
  postFormulier(t.app, pad, van, gegeven, t.adviseur)

describe('een conclusie', () => {
  it('houdt haar aanbod, ook als dat intussen uit de inventarisatie is', async () => {
    const pad = await maak('Stop hiermee', { aanbod: String(t.aanbod[1]) })
    await t.db.owner.query("update beleid.aanbod set vervallen_op = '2026-01-01' where aanbod_id = $1", [
      t.aanbod[1],
    ])
    const { body } = await t.get(pad)
    expect(body).toContain('Sterk blijven (niet meer in de inventarisatie)')
    const gewijzigd = velden('Stop hier echt mee', { aanbod: String(t.aanbod[1]), versie: '1' })
    expect((await t.post(pad, gewijzigd)).statusCode).toBe(303)
    const { rows } = await t.db.owner.query(
      "select aanbod_id from beleid.conclusie where tekst = 'Stop hier echt mee'",
    )
    expect(rows).toEqual([{ aanbod_id: t.aanbod[1] }])
    expect((await t.get(`${PAD}/nieuw`)).body).not.toContain('Sterk blijven')
    await t.db.owner.query('update beleid.aanbod set vervallen_op = null where aanbod_id = $1', [t.aanbod[1]])
  })

  it('die geschrapt is, zegt dat, en is alleen terug te zetten', async () => {
    const pad = await maak('Toch maar niet')
    expect((await vanaf(pad, `${pad}/schrap`, {})).statusCode).toBe(303)
    const { body } = await t.get(pad)
    expect(body).toContain('Deze conclusie is geschrapt')
    expect(body).toContain('Zet terug')
    expect(body).not.toContain('Schrap deze conclusie')
    expect(body).not.toContain('name="tekst"')
    expect(body).not.toContain('name="wat"')
    const stiekem = await t.post(pad, velden('Stiekem', { versie: '2' }))
    expect(stiekem.statusCode).toBe(400)
    expect(stiekem.body).toContain('>Stiekem</textarea>')
    const geweigerd = await vanaf(pad, `${pad}/opdrachten`, opdracht({ wat: 'Van niets' }))
    expect(geweigerd.statusCode).toBe(400)
    expect(geweigerd.body).toContain('>Van niets</textarea>')
    expect((await vanaf(pad, `${pad}/schrap`, { schrap: 'nee' })).statusCode).toBe(303)
    expect((await vanaf(pad, `${pad}/opdrachten`, opdracht())).statusCode).toBe(303)
  })

  it('draagt op haar formulier het risico van wat daar staat: bewaard, of getypt en geweigerd', async () => {
    const pad = await maak('Met een risico')
    expect((await t.get(`${PAD}/nieuw`)).body).not.toMatch(/Juridisch risico (?:laag|hoger)/)
    expect((await t.get(pad)).body).toContain('Juridisch risico laag')
    for (const [naar, versie] of [
      [pad, '1'],
      [`${PAD}/nieuw`, '0'],
    ] as const) {
      const { statusCode, body } = await t.post(naar, velden('', { raakt: 'bestaand', versie }))
      expect(statusCode).toBe(400)
      expect(body).toContain('Juridisch risico hoger')
      expect(body).not.toContain('Juridisch risico laag')
    }
  })

  it('die een collega intussen wijzigde, laat zien wat daar nu staat', async () => {
    const pad = await maak('Van ons samen')
    await t.post(pad, velden('Van de collega', { raakt: 'niets', versie: '1' }), t.collega)
    const { statusCode, body } = await t.post(pad, velden('Van mij', { versie: '1' }))
    expect(statusCode).toBe(409)
    expect(body).toContain('Iemand anders heeft deze conclusie intussen gewijzigd')
    expect(body).toMatch(/<dd[^>]*>Van de collega.*<dd[^>]*>Geen rechten van inwoners/s)
    expect(body).toContain('>Van mij</textarea>')
    expect((await t.post(pad, velden('Van mij', { versie: '2' }))).statusCode).toBe(303)
  })

  it('weigert een versie die geen getal van een versie is', async () => {
    const pad = await maak('Met een versie')
    for (const versie of ['99999999999', '1.5', ''])
      expect((await t.post(pad, velden('Met een vreemde versie', { versie }))).statusCode).toBe(409)
  })

  it('komt er niet meer bij terwijl de doorloop wordt voorgelegd', async () => {
    const pad = await maak('Op tijd')
    const ander = await t.db.owner.connect()
    const tijdens = async (doen: () => Promise<{ statusCode: number }>) => {
      await ander.query('begin')
      await ander.query("update beleid.doorloop set staat = 'voorgelegd' where doorloop_id = $1", [
        t.doorloop,
      ])
      const bezig = doen()
      await untilSomebodyWaits(t.db)
      await ander.query('commit')
      const { statusCode } = await bezig
      await zetStaat(t.db, t.doorloop, 'loopt')
      return statusCode
    }
    try {
      expect(await tijdens(() => t.post(`${PAD}/nieuw`, velden('Te laat')))).toBe(409)
      expect(await tijdens(() => vanaf(pad, `${pad}/schrap`, {}))).toBe(409)
      const doorloop = `/beleid/doorlopen/${t.doorloop}`
      const vinkjes = { aanbod: String(t.aanbod[0]), versie: '0' }
      expect(await tijdens(() => t.post(`${doorloop}/risico`, vinkjes))).toBe(409)
      const vraag = `${doorloop}/vragen/k1`
      const antwoord = { staat: 'beantwoord', tekst: 'Te laat', reden: '', bronnen: '', openPunten: '' }
      const getypt = { ...antwoord, eigenaar: '', versie: '1' }
      expect(await tijdens(() => t.post(vraag, getypt))).toBe(409)
      const bijdrage = { soort: 'dilemma', bijdrage: 'Te laat' }
      expect(await tijdens(() => vanaf(vraag, `${vraag}/bijdragen`, bijdrage))).toBe(409)
    } finally {
      ander.release()
    }
  })

  it('geeft geen formulier waar niets kan worden bewaard', async () => {
    const pad = await maak('Blijft staan')
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    const nieuw = await t.get(`${PAD}/nieuw`)
    expect(nieuw.statusCode).toBe(200)
    expect(nieuw.body).toContain('Deze doorloop is gepauzeerd')
    expect(nieuw.body).not.toContain('name="tekst"')
    expect((await t.get(pad)).body).toContain('name="wat"')
    await zetStaat(t.db, t.doorloop, 'ingetrokken')
    expect((await t.get(pad)).body).not.toContain('name="wat"')
    await zetStaat(t.db, t.doorloop, 'loopt')
  })
})

describe('een opdracht', () => {
  it('die vervalt, laat haar conclusie weer zonder opdracht', async () => {
    const zonder = async () => Number(/waarvan (\d+) nog zonder/.exec((await t.get(PAD)).body)?.[1] ?? 0)
    const conclusie = await maak('Krijgt een opdracht die vervalt')
    const eerst = await zonder()
    await vanaf(conclusie, `${conclusie}/opdrachten`, opdracht({ wat: 'Vervalt straks' }))
    expect(await zonder()).toBe(eerst - 1)
    await t.db.owner.query("update beleid.opdracht set staat = 'vervallen' where wat = 'Vervalt straks'")
    expect(await zonder()).toBe(eerst)
  })

  it('die vervalt, zegt waarom; en wie trager was dan een collega, ziet eerst wat die deed', async () => {
    const conclusie = await maak('Voor twee mensen')
    await vanaf(conclusie, `${conclusie}/opdrachten`, opdracht({ wat: 'Van twee mensen' }))
    const { rows } = await t.db.owner.query(
      "select opdracht_id from beleid.opdracht where wat = 'Van twee mensen'",
    )
    const pad = `/opdrachten/${rows[0].opdracht_id}`
    const stap = (staat: string, resultaat: string, versie: string, wie = t.adviseur) =>
      t.post(
        pad,
        { staat, eigenaar: String(t.collega.gebruikerId), resultaat, toelichting: 'Zo', versie },
        wie,
      )
    expect((await stap('vervallen', '', '1')).body).toContain('Schrijf op waarom de opdracht vervalt.')
    expect((await stap('klaar', 'Door de collega gedaan', '1', t.collega)).statusCode).toBe(303)
    const { statusCode, body } = await stap('vervallen', 'Niet meer nodig', '1')
    expect(statusCode).toBe(409)
    expect(body).toMatch(
      /Iemand anders heeft deze opdracht intussen gewijzigd.*Klaar.*Door de collega gedaan/s,
    )
    expect(body).toContain('>Niet meer nodig</textarea>')
    // From done nothing lapses.
    const nogmaals = await stap('vervallen', 'Niet meer nodig', '2')
    expect(nogmaals.statusCode).toBe(400)
    expect(nogmaals.body).toContain('Kies hoe het ervoor staat.')
  })

  it('gaat niet ongemerkt naar een ander als de eigenaar hier niet meer werkt', async () => {
    const conclusie = await maak('Met een opdracht')
    await vanaf(conclusie, `${conclusie}/opdrachten`, opdracht({ wat: 'Van de collega' }))
    const { rows } = await t.db.owner.query(
      "select opdracht_id from beleid.opdracht where wat = 'Van de collega'",
    )
    const pad = `/opdrachten/${rows[0].opdracht_id}`
    const werkt = (actief: boolean) =>
      t.db.owner.query('update platform.gebruiker set actief = $2 where gebruiker_id = $1', [
        t.collega.gebruikerId,
        actief,
      ])
    /** Of the choices for an owner: the one that the form sends when nobody touches it. */
    const gekozen = async () => {
      const [, keuzes = ''] =
        /<select[^>]* name="eigenaar"[^>]*>(.*?)<\/select>/s.exec((await t.get(pad)).body) ?? []
      const opties = [...keuzes.matchAll(/<option([^>]*)>/g)].map(([, optie = '']) => optie)
      const optie = opties.find(o => o.includes(' selected=')) ?? opties[0]
      return / value="(\d*)"/.exec(optie ?? '')?.[1]
    }
    await werkt(false)
    expect(await gekozen()).toBe('')
    const leeg = { staat: 'opgepakt', eigenaar: '', resultaat: '', toelichting: '', versie: '1' }
    expect((await t.post(pad, leeg)).body).toContain('Kies wie dit oppakt.')
    await werkt(true)
    await openSessie(t.db, t.collega)
    expect(await gekozen()).toBe(String(t.collega.gebruikerId))
  })
})
