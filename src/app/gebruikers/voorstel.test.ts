import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, openSessie, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { expectLogged } from '../../../test/support/logboek.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let een: Inlog
let twee: Inlog

beforeAll(async () => {
  await laadTestregio(omgeving)
  een = await login('beheerder')
})

const NIEUW = '/beheer/gebruikers/nieuw'
const LIJST = '/beheer/gebruikers'
const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const rij = async (email: string) =>
  (await db.owner.query('select * from platform.gebruiker where email = $1', [email])).rows[0]
const velden = (email: string, anders: object = {}) => ({
  naam: 'Vera',
  email,
  organisatie: 'Gemeente Aarveld',
  rol: 'consulent',
  gemeenten: [GEMEENTE_A],
  agb: '',
  actief: 'ja',
  ...anders,
})
const laatste = async (actie: string) =>
  (
    await db.owner.query(
      'select wie, onderwerp from platform.gebeurtenis where actie = $1 order by gebeurtenis_id desc limit 1',
      [actie],
    )
  ).rows[0]

/** Asks for `anders` for this user, as `wie`. */
async function wijzig(email: string, anders: object, wie: Inlog) {
  const { gebruiker_id, rol, gemeenten, versie } = await rij(email)
  const pad = `${LIJST}/${gebruiker_id}`
  return postFormulier(
    app,
    pad,
    pad,
    velden(email, { rol, gemeenten, versie: String(versie), ...anders }),
    wie,
  )
}

const emailVan = async ({ gebruikerId }: Inlog): Promise<string> =>
  (await db.owner.query('select email from platform.gebruiker where gebruiker_id = $1', [gebruikerId]))
    .rows[0].email

async function openVoorstel(): Promise<string> {
  const { rows } = await db.owner.query(
    'select voorstel_id from platform.gebruiker_voorstel where besluit is null order by 1 desc limit 1',
  )
  return `${LIJST}/voorstellen/${rows[0]?.voorstel_id}`
}

const besluit = (voorstel: string, wat: 'bevestigen' | 'afwijzen', wie: Inlog) =>
  postFormulier(app, `${voorstel}/${wat}`, LIJST, {}, wie)

describe('met één beheerder', () => {
  it('gaan nieuwe rechten meteen in, en dat staat openlijk op de bladzijde en in het logboek', async () => {
    for (const pad of [LIJST, NIEUW])
      expect((await get(pad, een)).body).toContain('U bent de enige beheerder')
    const antwoord = await postFormulier(app, NIEUW, NIEUW, velden('vera@test.example'), een)
    expect(antwoord.headers.location).toBe(`${LIJST}?opgeslagen=ja`)
    expect((await laatste('gebruiker.toegevoegd')).onderwerp).toEqual({
      gebruiker: (await rij('vera@test.example')).gebruiker_id,
      rolNieuw: 'consulent',
      gemeentenNieuw: [GEMEENTE_A],
      inloggenNieuw: 'ja',
      vierOgen: 'enige-beheerder',
    })
  })
})

describe('met twee beheerders', () => {
  beforeAll(async () => {
    twee = await login('beheerder')
  })

  it('wacht een nieuwe gebruiker op de tweede, en bestaat tot dan niet', async () => {
    expect((await get(NIEUW, een)).body).not.toContain('U bent de enige beheerder')
    const antwoord = await postFormulier(app, NIEUW, NIEUW, velden('wil@test.example', { naam: 'Wil' }), een)
    expect(antwoord.headers.location).toBe(`${LIJST}?opgeslagen=gevraagd`)
    expect(await rij('wil@test.example')).toBeUndefined()
    const voorstel = await openVoorstel()
    expect((await get(LIJST, twee)).body).toContain('Wacht op een tweede beheerder')
    expect((await get(voorstel, een)).body).toContain('een andere beheerder moet het bevestigen')
    expect((await get('/', twee)).body).toContain('1 vraag om nieuwe rechten wacht op een tweede beheerder')
    expect((await besluit(voorstel, 'bevestigen', een)).statusCode).toBe(403)
    expect(await rij('wil@test.example')).toBeUndefined()
    expect((await get(voorstel, twee)).body).toContain('Bevestig de nieuwe rechten')
    expect((await besluit(voorstel, 'bevestigen', twee)).headers.location).toBe(
      `${LIJST}?opgeslagen=bevestigd`,
    )
    expect(await rij('wil@test.example')).toMatchObject({ rol: 'consulent', actief: true })
    expect(await laatste('gebruiker.toegevoegd')).toMatchObject({
      wie: `gebruiker:${twee.gebruikerId}`,
      onderwerp: { vierOgen: 'bevestigd', gevraagdDoor: een.gebruikerId },
    })
    expect((await besluit(voorstel, 'bevestigen', twee)).statusCode).toBe(404)
  })

  it('wacht een rol met meer rechten, en zegt het logboek oud en nieuw', async () => {
    expect((await wijzig('vera@test.example', { rol: 'controller' }, een)).headers.location).toContain(
      'gevraagd',
    )
    expect((await rij('vera@test.example')).rol).toBe('consulent')
    await besluit(await openVoorstel(), 'bevestigen', twee)
    expect((await rij('vera@test.example')).rol).toBe('controller')
    expect((await laatste('gebruiker.gewijzigd')).onderwerp).toMatchObject({
      rolOud: 'consulent',
      rolNieuw: 'controller',
      vierOgen: 'bevestigd',
    })
  })

  it('neemt de een de ander niet alleen over: die bevestigt zelf hoe hij inlogt', async () => {
    const nieuw = 'twee-nieuw@test.example'
    const antwoord = await wijzig(await emailVan(twee), { email: nieuw, loskoppelen: 'ja' }, een)
    expect(antwoord.headers.location).toContain('gevraagd')
    expect(await rij(nieuw)).toBeUndefined()
    const voorstel = await openVoorstel()
    expect((await get(voorstel, een)).body).toContain('Alleen de beheerder over wie dit gaat')
    expect((await besluit(voorstel, 'bevestigen', een)).statusCode).toBe(403)
    expect((await get(voorstel, twee)).body).toContain('Zo logt u voortaan zelf in')
    expect((await besluit(voorstel, 'bevestigen', twee)).statusCode).toBe(303)
    expect((await rij(nieuw)).gebruiker_id).toBe(twee.gebruikerId)
    expect((await laatste('gebruiker.gewijzigd')).onderwerp).toMatchObject({
      email: 'gewijzigd',
      vierOgen: 'bevestigd',
      gevraagdDoor: een.gebruikerId,
    })
    expect((await get('/', twee)).statusCode).toBe(302) // another account from now on
    await openSessie(db, twee)
  })

  it('wachten nieuwe rechten van de tweede op een derde', async () => {
    const email = await emailVan(twee)
    const antwoord = await wijzig(email, { rol: 'controller', gemeenten: [GEMEENTE_A] }, een)
    expect(antwoord.headers.location).toContain('gevraagd')
    const voorstel = await openVoorstel()
    for (const wie of [een, twee]) {
      expect((await get(voorstel, wie)).body).toContain('Er is geen beheerder die dit mag bevestigen')
      expect((await besluit(voorstel, 'bevestigen', wie)).statusCode).toBe(403)
    }
    expect((await rij(email)).rol).toBe('beheerder')
    await besluit(voorstel, 'afwijzen', een)
  })

  it('vervalt wat niet meer kan omdat een ander het e-mailadres kreeg', async () => {
    const voorstellen: string[] = []
    for (const naam of ['Dubbel', 'Dubbelganger']) {
      await postFormulier(app, NIEUW, NIEUW, velden('dubbel@test.example', { naam }), een)
      voorstellen.push(await openVoorstel())
    }
    const [eerste = '', tweede = ''] = voorstellen
    expect((await besluit(eerste, 'bevestigen', twee)).statusCode).toBe(303)
    const antwoord = await besluit(tweede, 'bevestigen', twee)
    expect(antwoord.statusCode).toBe(409)
    expect(antwoord.body).toContain('Er is intussen al een gebruiker met dit e-mailadres')
    expect(antwoord.body).toContain('De vraag is vervallen')
    expect((await get(tweede, twee)).statusCode).toBe(404)
  })

  it('bevestigt niemand rechten voor zichzelf, ook niet als een ander ze vroeg', async () => {
    await login('beheerder') // a third, so that there is somebody to ask
    const antwoord = await wijzig(await emailVan(twee), { rol: 'controller', gemeenten: [GEMEENTE_A] }, een)
    expect(antwoord.headers.location).toContain('gevraagd')
    const voorstel = await openVoorstel()
    expect((await get(voorstel, twee)).body).toContain('Dit gaat over uzelf')
    expect((await besluit(voorstel, 'bevestigen', twee)).statusCode).toBe(403)
    await besluit(voorstel, 'afwijzen', een)
  })

  it('gaat rechten afnemen meteen', async () => {
    const antwoord = await wijzig('vera@test.example', { actief: 'nee' }, een)
    expect(antwoord.headers.location).toBe(`${LIJST}?opgeslagen=ja`)
    expect((await rij('vera@test.example')).actief).toBe(false)
    expect((await laatste('gebruiker.uitgezet')).onderwerp).toMatchObject({
      inloggenOud: 'ja',
      inloggenNieuw: 'nee',
      vierOgen: 'niet-nodig',
    })
  })

  it('wijst de tweede af, en trekt de eerste in', async () => {
    for (const wie of [twee, een]) {
      await wijzig('vera@test.example', {}, een)
      const voorstel = await openVoorstel()
      expect((await besluit(voorstel, 'afwijzen', wie)).headers.location).toContain('afgewezen')
      expect((await get(voorstel, twee)).statusCode).toBe(404)
    }
    expect((await rij('vera@test.example')).actief).toBe(false)
  })

  it('vervalt wat gevraagd was als de gebruiker intussen is gewijzigd', async () => {
    await wijzig('wil@test.example', { rol: 'controller' }, een)
    const voorstel = await openVoorstel()
    await db.owner.query(
      `update platform.gebruiker set versie = versie + 1, naam = 'Wilma' where email = 'wil@test.example'`,
    )
    const antwoord = await besluit(voorstel, 'bevestigen', twee)
    expect(antwoord.statusCode).toBe(409)
    expect(antwoord.body).toContain('De vraag is vervallen')
    expect(await rij('wil@test.example')).toMatchObject({ naam: 'Wilma', rol: 'consulent' })
  })

  it('laat ook de database niemand eigen rechten bevestigen', async () => {
    await wijzig('wil@test.example', { rol: 'controller' }, een)
    await expect(
      db.owner.query(
        `update platform.gebruiker_voorstel set besluit = 'bevestigd', besloten_door = door, besloten_op = now()
         where besluit is null`,
      ),
    ).rejects.toThrow('voorstel_vier_ogen')
    await besluit(await openVoorstel(), 'afwijzen', een)
  })

  it('geeft wie de anderen net uitzette, alleen geen nieuwe rechten', async () => {
    await db.owner.query(
      `update platform.gebruiker set actief = false where rol = 'beheerder' and gebruiker_id <> $1`,
      [een.gebruikerId],
    )
    const pad = `${LIJST}/nieuw`
    const says = async () =>
      Promise.all(
        [LIJST, pad].map(async adres => {
          const { body } = await get(adres, een)
          return [
            body.includes('U bent de enige beheerder'),
            body.includes('U kunt nu geen nieuwe rechten geven'),
          ]
        }),
      )
    expect(await says()).toEqual([
      [false, true],
      [false, true],
    ])
    const antwoord = await postFormulier(app, pad, pad, velden('snel@test.example'), een)
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain('kort geleden een andere beheerder uitgezet')
    const langGeleden = new Date(omgeving.klok().getTime() - 8 * 86_400_000)
    await db.owner.query('update platform.gebruiker_stand set vanaf = $1', [langGeleden])
    expect(await says()).toEqual([
      [true, false],
      [true, false],
    ])
    expect((await postFormulier(app, pad, pad, velden('snel@test.example'), een)).statusCode).toBe(303)
  })
})

describe('twee beheerders die elkaar tegelijk uitzetten', () => {
  it.each([1, 2, 3, 4, 5])('laten er een over (%i)', async () => {
    await db.owner.query(`update platform.gebruiker set actief = false where rol = 'beheerder'`)
    const [a, b] = [await login('beheerder'), await login('beheerder')]
    const [emailA, emailB] = [await emailVan(a), await emailVan(b)]
    const uit = { actief: 'nee' }
    const antwoorden = await Promise.all([wijzig(emailB, uit, a), wijzig(emailA, uit, b)])
    // Whose session ended meanwhile is sent to the login, with what was typed kept.
    const gelukt = antwoorden.filter(
      a => a.statusCode === 303 && !String(a.headers.location).startsWith('/inloggen'),
    )
    expect(gelukt).toHaveLength(1)
    const { rows } = await db.owner.query(
      `select 1 from platform.gebruiker where rol = 'beheerder' and actief`,
    )
    expect(rows).toHaveLength(1)
  })
})

describe('geweigerde toegang', () => {
  it('staat in het logboek met de route en zonder adres', async () => {
    const raad = await login('raad')
    expect((await get('/beheer/gebruikers/12?zoek=geheim', raad)).statusCode).toBe(403)
    expect(await laatste('toegang.geweigerd')).toEqual({
      wie: `gebruiker:${raad.gebruikerId}`,
      onderwerp: { route: 'GET /beheer/gebruikers/:id', soort: 'niet-toegestaan' },
    })
  })
})

it('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, ['gebruiker.afgewezen', 'gebruiker.voorgesteld'])
})
