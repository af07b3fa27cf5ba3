import { describe, expect, it } from 'vitest'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'

tellInOrder()

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/cirkel`
const DOMEINEN = [
  ...['lichamelijk', 'psychisch', 'cognitief', 'adl', 'financien'],
  ...['netwerk', 'wonen', 'dagbesteding', 'huishouden', 'mobiliteit'],
]
const velden = (aanbod: number, versie: number, ringen: Record<string, string>) => ({
  aanbod: String(aanbod),
  versie: String(versie),
  ...Object.fromEntries(DOMEINEN.map(domein => [`domein-${domein}`, ringen[domein] ?? 'niet'])),
})

describe('de cirkel van een doorloop', () => {
  it('toont elk levensdomein van de methode, met een lege keuze', async () => {
    const { body, statusCode } = await t.get(PAD)
    expect(statusCode).toBe(200)
    expect(body).toContain('Cirkel van zelfredzaamheid</h1>')
    expect(body).toContain('Voor dit aanbod is nog niet gekozen.')
    for (const domein of DOMEINEN) expect(body).toContain(`name="domein-${domein}"`)
    expect(body).toContain('Nijmegen en Zaanstad')
  })

  it('bewaart voor wie een aanbod is, in één zin, met audit', async () => {
    const antwoord = await t.post(
      PAD,
      velden(t.aanbod[0], 0, { lichamelijk: 'laag', financien: 'laag', netwerk: 'laag' }),
    )
    expect(antwoord.statusCode).toBe(303)
    const { body } = await t.get(String(antwoord.headers.location))
    expect(body).toContain('Bewaard')
    expect(body).toContain(
      'voor mensen die laag scoren op lichamelijk functioneren, financiën en sociaal netwerk.',
    )
    expect(body).toContain('Verder met Sterk blijven')
    const { rows } = await t.db.owner.query(
      'select actie from platform.gebeurtenis order by gebeurtenis_id desc limit 1',
    )
    expect(rows[0].actie).toBe('doorloop.cirkel')
  })

  it('laat twee mensen elkaar niet overschrijven', async () => {
    const eerste = velden(t.aanbod[1], 0, { wonen: 'laag' })
    expect((await t.post(PAD, eerste, t.collega)).statusCode).toBe(303)
    const botsing = await t.post(PAD, velden(t.aanbod[1], 0, { mobiliteit: 'beperkt' }))
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Iemand anders heeft de cirkel van dit aanbod intussen gewijzigd')
    expect(botsing.body).toContain('laag scoren op woonsituatie.')
    expect(botsing.body).toContain('hoogstens beperkt scoren op mobiliteit.')
    expect(botsing.body).toContain('name="versie" value="1"')
  })

  it('weigert een half ingevulde cirkel en bewaart wat er stond', async () => {
    const half = { ...velden(t.aanbod[0], 1, { wonen: 'laag' }), 'domein-adl': '' }
    const { body, statusCode } = await t.post(PAD, half)
    expect(statusCode).toBe(400)
    expect(body).toContain('href="#veld-domein-adl"')
    expect(body).toContain('laag scoren op woonsituatie.')
  })

  it('gaat mee als bestand, met een rij per aanbod', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain(`href="${PAD}/export?formaat=xlsx"`)
    const csv = await t.get(`${PAD}/export?formaat=csv`, t.meedenker)
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body).toContain('Aanbod;Lichamelijk functioneren;Psychisch functioneren;')
    expect(csv.body).toContain('Hulp bij het huishouden;Laag;Niet van belang;')
    expect(csv.body).toContain('Dit aanbod is voor mensen die laag scoren op woonsituatie.')
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/cirkel/export`, t.adviseurA)).statusCode).toBe(404)
  })

  it('stuurt bij een lege inventarisatie naar de inventarisatie', async () => {
    const { body } = await t.get(`/beleid/doorlopen/${t.leeg}/cirkel`)
    expect(body).toContain('Er staat nog geen aanbod in de inventarisatie')
    expect(body).toMatch(/href="\/beleid\/dossiers\/\d+\/aanbod"/)
  })

  it('bestaat niet voor wie de gemeente niet mag zien, en niet voor aanbod van een ander dossier', async () => {
    const vanB = `/beleid/doorlopen/${t.vanB}/cirkel`
    expect((await t.get(vanB, t.adviseurA)).statusCode).toBe(404)
    expect((await t.post(PAD, velden(t.anderAanbod, 0, {}))).statusCode).toBe(404)
  })

  it('is voor wie meedenkt alleen te lezen', async () => {
    const { body, statusCode } = await t.get(PAD, t.meedenker)
    expect(statusCode).toBe(200)
    expect(body).not.toContain('name="domein-adl"')
    expect(body).toContain('Gekozen ring per levensdomein')
    expect((await t.post(PAD, velden(t.aanbod[0], 1, {}), t.meedenker)).statusCode).toBe(403)
  })

  it('zegt van wat uit de inventarisatie is gehaald dat het daar niet meer staat', async () => {
    const zet = (op: string | null) =>
      t.db.owner.query('update beleid.aanbod set vervallen_op = $2 where aanbod_id = $1', [t.aanbod[0], op])
    await zet('2026-01-01')
    const { body } = await t.get(`${PAD}?aanbod=${t.aanbod[0]}`)
    expect(body).toMatch(/<h2[^>]*>[^<]*\(niet meer in de inventarisatie\)<\/h2>/)
    await zet(null)
    expect((await t.get(PAD)).body).not.toContain('(niet meer in de inventarisatie)')
  })

  it('staat stil als de doorloop gepauzeerd is', async () => {
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    expect((await t.get(PAD)).body).not.toContain('name="domein-adl"')
    expect((await t.post(PAD, velden(t.aanbod[0], 1, {}))).statusCode).toBe(409)
    await zetStaat(t.db, t.doorloop, 'loopt')
  })

  it('werkt met een andere methode', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/cirkel`
    expect((await t.get(pad)).body).toContain('name="domein-c14"')
    const keuzes = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`domein-c${i + 1}`, 'c5']))
    const antwoord = await t.post(pad, { aanbod: String(t.anderAanbod), versie: '0', ...keuzes })
    expect(antwoord.statusCode).toBe(303)
    expect((await t.get(pad)).body).toContain('hoogstens alles scoren op gebied 1')
  })
})
