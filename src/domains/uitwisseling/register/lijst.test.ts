import { describe, expect, it } from 'vitest'
import { maakDossier } from '../../../../test/support/beleid.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { GEMEENTE_A, GEMEENTE_B } from '../../../../test/support/regio.ts'
import { HOOFD, testRegister, VRAAG } from '../../../../test/support/weging.ts'
import { loadGegevenslijst } from '../gegevens/actions.ts'
import { seedUitwisseling } from '../seed.ts'

/** What is found in all weighings together: list, export, question, demonstration. */
const { db, app, ctx, login, beleid, privacy, bestuur, get, maak, post, maakAf, vraag } = await testRegister()

describe('register', () => {
  it('toont, filtert en geeft het overzicht voor het verwerkingsregister', async () => {
    await maakAf({ activiteit: 'Alleen te vinden', gemeente: GEMEENTE_A })
    const { body } = await get('/uitwisselingen?zoek=te+vinden', beleid)
    expect(body).toContain('Alleen te vinden')
    expect(body).not.toContain('Warme overdracht')
    expect((await get('/uitwisselingen?domein=schulden', beleid)).body).toContain('die hierbij passen')
    expect((await get('/uitwisselingen?gemeente=regio&staat=concept', beleid)).body).not.toContain(
      'te vinden',
    )
    const csv = await get('/uitwisselingen/export?zoek=te+vinden&formaat=csv', beleid)
    expect(csv.body).toContain('Verwerkingsverantwoordelijke')
    expect(csv.body).toContain('Soort hulp (bijzonder (AVG art. 9))')
    expect(csv.headers['content-disposition']).toContain('verwerkingsregister-2026-03-16.csv')
  })

  it('houdt een gemeente buiten de wegingen van een andere', async () => {
    const id = await maakAf({ gemeente: GEMEENTE_B })
    const vanA = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    expect((await get(`/uitwisselingen/${id}`, vanA)).statusCode).toBe(404)
    const pad = `/uitwisselingen/${id}/wijzigen`
    expect(
      (await postFormulier(app, pad, '/uitwisselingen/nieuw', { ...HOOFD, versie: '3' }, vanA)).statusCode,
    ).toBe(404)
    const nieuw = '/uitwisselingen/nieuw'
    const voorB = await postFormulier(app, nieuw, nieuw, { ...HOOFD, gemeente: GEMEENTE_B }, vanA)
    expect(voorB.statusCode).toBe(400)
    expect(voorB.body).toContain('Kies een gemeente waarvoor u werkt.')
  })

  it('hangt aan een beleidsdossier', async () => {
    const dossier = await maakDossier(db, beleid.gebruikerId)
    const id = await maak({ dossier: String(dossier) })
    expect((await get(`/uitwisselingen/${id}`, beleid)).body).toContain(`/beleid/dossiers/${dossier}`)
    // No link to what would be refused: the beheerder reads no policy, a colleague of another municipality not this one.
    expect((await get(`/uitwisselingen/${id}`, await login('beheerder'))).body).not.toContain(
      '/beleid/dossiers/',
    )
    const vanB = await maakDossier(db, beleid.gebruikerId, { naam: 'Alleen van B', gemeente: GEMEENTE_B })
    const regionaal = await maak({ dossier: String(vanB) })
    const vanA = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    const { body } = await get(`/uitwisselingen/${regionaal}`, vanA)
    expect(body).toContain('Van een gemeente waarvan u het beleid niet ziet')
    expect(body).not.toContain('/beleid/dossiers/')
  })

  it('houdt een dossier dat intussen is gesloten', async () => {
    const dossier = await maakDossier(db, beleid.gebruikerId, { naam: 'Bijna dicht' })
    const id = await maak({ dossier: String(dossier) })
    await db.owner.query("update beleid.dossier set gesloten_op = '2026-03-01' where dossier_id = $1", [
      dossier,
    ])
    expect((await get(`/uitwisselingen/${id}/wijzigen`, beleid)).body).toContain('Bijna dicht')
    const velden = { ...HOOFD, dossier: String(dossier), zelf: 'Anders' }
    expect((await post(id, 'wijzigen', velden, beleid)).statusCode).toBe(303)
    expect((await get('/uitwisselingen/nieuw', beleid)).body).not.toContain('Bijna dicht')
  })

  it('sorteert op de laatste dag, die in de kolom staat', async () => {
    const met = (activiteit: string, geldigVanaf: string, geldigTot: string) =>
      maak({ activiteit, geldigVanaf, geldigTot })
    await met('Sorteer kort', '01-06-2026', '31-08-2026')
    await met('Sorteer lang', '01-04-2026', '31-12-2030')
    await met('Sorteer open', '01-05-2026', '')
    const { body } = await get('/uitwisselingen?zoek=Sorteer&sorteer=geldig', beleid)
    expect([...body.matchAll(/>Sorteer (\w+)</g)].map(([, naam]) => naam)).toEqual(['kort', 'lang', 'open'])
  })

  it('noemt een DPIA niet onnodig zolang er vragen open staan', async () => {
    const id = await maak({ activiteit: 'Nog niets beantwoord' })
    expect((await get(`/uitwisselingen/${id}`, beleid)).body).toContain('Nog niet te zeggen')
    const csv = (await get('/uitwisselingen/export?zoek=niets+beantwoord', beleid)).body
    expect(csv).toContain(';Nog niet te zeggen;')
  })
})

describe('de vraag van een programma', () => {
  it('weigert een rol die niet bestaat en een dag die niet bestaat', async () => {
    expect((await vraag('rol=koning&gegeven=soort-hulp&doel=beleid', beleid)).statusCode).toBe(400)
    expect((await vraag(`${VRAAG}&datum=2026-02-30`, beleid)).statusCode).toBe(400)
    const { body } = await get(`/uitwisselingen/vraag?${VRAAG}&datum=30-02-2026`, beleid)
    expect(body).toContain('Vul een bestaande datum in')
    expect(body).not.toMatch(/(Ja|Nee), dit mag/)
  })

  it('zegt nee met een reden over wat niet is gewogen', async () => {
    const { statusCode, body } = await vraag('rol=raad&gegeven=bsn&doel=beleid', beleid)
    expect(statusCode).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ toegestaan: false, grond: null })
    expect((await get('/uitwisselingen/vraag?rol=raad&gegeven=bsn&doel=beleid', beleid)).body).toContain(
      'Nee, dit mag niet',
    )
  })
})

describe('een nieuwe weging', () => {
  it('gaat in onderdelen, vanuit een dossier over dat dossier, en is met alle onderdelen bewaard', async () => {
    const dossier = String(await maakDossier(db, beleid.gebruikerId, { naam: 'In onderdelen' }))
    const pad = `/uitwisselingen/nieuw?dossier=${dossier}`
    const { activiteit = '', doel = '', doelTekst = '', betrokkenen = '', ...rest } = HOOFD
    const send = async (van: string, velden: Record<string, string>) => {
      const _stand = /name="_stand" value="(\d+)"/.exec((await get(van, beleid)).body)?.[1] ?? ''
      return postFormulier(app, pad, van, { ...velden, _stand }, beleid)
    }
    const kies = async (stap: string, velden: Record<string, string>) =>
      (await send(`${pad}&stap=${stap}`, { ...velden, stap })).headers.location
    const nog = async () => /(Nog \d|Alles)[^<.]*/.exec((await get(pad, beleid)).body)?.[0]

    expect(await nog()).toBe('Nog 4 onderdelen te gaan')
    expect(await kies('doel', { activiteit, doel, doelTekst })).toBe(`${pad}&stap=betrokkenen`)
    expect((await get(`${pad}&stap=betrokkenen`, beleid)).body).toMatch(
      new RegExp(`<[^>]*(checked|selected)[^>]*value="${dossier}"|value="${dossier}"[^>]*(checked|selected)`),
    )
    expect(await kies('betrokkenen', { betrokkenen, dossier, gemeente: GEMEENTE_A })).toContain(
      'alternatieven',
    )
    expect(await kies('alternatieven', rest)).toContain('zorgvuldig')
    expect(await nog()).toBe('Nog 1 onderdeel te gaan')
    expect(await kies('zorgvuldig', rest)).toContain('periode')
    expect(await nog()).toBe('Alles wat nodig is, is ingevuld')
    const alles = { ...HOOFD, dossier, gemeente: GEMEENTE_A, _taken: '1' }
    expect((await send(pad, alles)).headers.location).toMatch(/^\/uitwisselingen\/\d+\?gedaan=maak/)
    expect(await nog()).toBe('Nog 4 onderdelen te gaan')
  })
})

describe('de lijst', () => {
  it('is voor iedereen te lezen, en laadt een privacy officer', async () => {
    const { body } = await get('/uitwisselingen/gegevens', bestuur)
    expect(body).toContain('niet in werking')
    expect(body).toMatch(/vanaf \d+ \w+ \d{4}/)
    expect(body).not.toContain('Een andere lijst laden')
    expect((await get('/uitwisselingen/gegevens', privacy)).body).toContain('Een andere lijst laden')
    expect((await get('/uitwisselingen/gegevens/export', bestuur)).json().doelen).toHaveLength(6)
    expect(await loadGegevenslijst(ctx, (await get('/uitwisselingen/gegevens/export', privacy)).body)).toBe(
      false,
    )
  })
})

describe('de demonstratie', () => {
  it('zet drie wegingen neer, één keer', async () => {
    await db.owner.query('truncate uitwisseling.weging_stap, uitwisseling.weging')
    await seedUitwisseling(ctx)
    await seedUitwisseling(ctx)
    const { rows } = await db.owner.query('select staat, besluit from uitwisseling.weging order by weging_id')
    expect(rows).toEqual([
      { staat: 'besloten', besluit: 'voorwaarden' },
      { staat: 'besloten', besluit: 'niet-toegestaan' },
      { staat: 'ter-advies', besluit: null },
    ])
    const q = 'rol=consulent&gegeven=veiligheid&doel=veiligheid'
    expect((await vraag(q, beleid)).json()).toMatchObject({ toegestaan: true })
  })
})
