import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rol } from '../../src/platform/auth/rollen.ts'
import { testApp } from '../support/app.ts'
import {
  download,
  type Hand,
  keuzelijst,
  knop,
  kop,
  link,
  MUIS,
  reis as maakReis,
  rondje,
  TOETSEN,
  tekstVan,
  tekstveld,
  vinkje,
} from '../support/bediening.ts'
import { beantwoord, laadWegwijzer, voldoeVoorwaarden } from '../support/beleid.ts'
import { launchBrowser } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { expectLogged } from '../support/logboek.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  NU,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../support/regio.ts'
import { tellInOrder } from '../support/verhaal.ts'

tellInOrder()

/**
 * 004 chapter 3 and annex IV as people do it: from an inventory to a decision and a task that is done, in a real browser.
 * Once with the mouse, once with the keyboard alone and once without JavaScript. Each starts at the login page and
 * follows only what the pages show.
 */
const browser: Browser = await launchBrowser()
const db = await testDatabase()
/** A year after the care, so that the year of the care is the last whole one. */
const omgeving = testOmgeving(db, new Date('2027-03-16T12:00:00+01:00'))
const { app } = await testApp(db, omgeving)
let base = ''

const MENSEN: readonly (readonly [string, Rol])[] = [
  ['Bea Beleid', 'beleidsadviseur'],
  ['Karin Keukentafel', 'consulent'],
  ['Inez Inkoop', 'inkoopadviseur'],
  ['Rita Raad', 'raad'],
]

beforeAll(async () => {
  await laadTestregio(omgeving)
  await laadWegwijzer(omgeving)
  for (const [naam, rol] of MENSEN)
    await db.owner.query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, demonstratie)
       values ($1, $1 || '@test.example', 'Test', $2, $3, true)`,
      [naam, rol, rol === 'consulent' ? [GEMEENTE_A] : []],
    )
  const toen = testOmgeving(db, NU)
  const domein = 'wmo'
  for (let client = 0; client < 11; client += 1) {
    const nummer = 100 + client
    await lever(
      toen,
      toewijzingsbericht({ domein, identificatie: `T${nummer}`, nummer, client }),
      startbericht({ domein, identificatie: `S${nummer}`, nummer, client }),
      declaratiebericht({
        domein,
        identificatie: `D${nummer}`,
        nummer: `D${nummer}`,
        regels: [{ nummer, client, referentie: `R${nummer}` }],
      }),
    )
  }
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser.close())

interface Plek {
  x: number
  y: number
}

/** How the place of an offer is set on the map: by dragging, by arrow keys, or in the fields. */
type Plaats = (page: Page, aanbod: string, soort: 'nu' | 'gewenst', plek: Plek) => Promise<void>

const zetKnop = (page: Page, aanbod: string, soort: string) =>
  knop(page, new RegExp(`^Zet op de kaart.*${aanbod}, ${soort}$`))
const punt = (page: Page, aanbod: string, soort: string) =>
  page.locator(`svg [role="button"][aria-label*="${aanbod}, ${soort}"]`)

const sleep: Plaats = async (page, aanbod, soort, { x, y }) => {
  await MUIS.kies(zetKnop(page, aanbod, soort))
  await punt(page, aanbod, soort).scrollIntoViewIfNeeded()
  const van = await punt(page, aanbod, soort).boundingBox()
  const vlak = await page.locator('.sam-kaartvlak').boundingBox()
  if (van === null || vlak === null) throw new Error('the map is not there')
  await page.mouse.move(van.x + van.width / 2, van.y + van.height / 2)
  await page.mouse.down()
  await page.mouse.move(vlak.x + (x / 10) * vlak.width, vlak.y + (1 - y / 10) * vlak.height, { steps: 5 })
  await page.mouse.up()
}

/** The dot has the focus as soon as it is on the map: the arrows bring it on from there. */
const duw: Plaats = async (page, aanbod, soort, { x, y }) => {
  await TOETSEN.kies(zetKnop(page, aanbod, soort))
  const begin = soort === 'nu' ? { x: 5, y: 5 } : NU_PLEK
  for (let i = begin.x; i !== x; i += Math.sign(x - begin.x))
    await page.keyboard.press(x > begin.x ? 'ArrowRight' : 'ArrowLeft')
  for (let i = begin.y; i !== y; i += Math.sign(y - begin.y))
    await page.keyboard.press(y > begin.y ? 'ArrowUp' : 'ArrowDown')
}

const vulIn: Plaats = async (page, aanbod, soort, { x, y }) => {
  const velden = plekvelden(page, aanbod, soort)
  await velden.getByLabel('Preventief').fill(String(x))
  await velden.getByLabel('Zelfredzaam').fill(String(y))
}

const plekvelden = (page: Page, aanbod: string, soort: string) =>
  page
    .getByRole('group', { name: new RegExp(`^\\d+\\. ${aanbod}$`) })
    .getByRole('group', { name: soort === 'nu' ? 'Nu' : 'Gewenst' })

const NU_PLEK: Plek = { x: 2, y: 3 }
const WENS_PLEK: Plek = { x: 6, y: 7 }

interface Beurt {
  hand: string
  met: Hand
  script: boolean
  plaats: Plaats
  dossier: string
  /** Every question by hand; otherwise a few, and the rest is put in. */
  volledig: boolean
}

const BEURTEN: readonly Beurt[] = [
  {
    hand: 'de muis',
    met: MUIS,
    script: true,
    plaats: sleep,
    dossier: 'Huishoudelijke ondersteuning',
    volledig: true,
  },
  {
    hand: 'het toetsenbord',
    met: TOETSEN,
    script: true,
    plaats: duw,
    dossier: 'Hulp in het huishouden',
    volledig: false,
  },
  {
    hand: 'de muis zonder JavaScript',
    met: MUIS,
    script: false,
    plaats: vulIn,
    dossier: 'Schoon en leefbaar huis',
    volledig: false,
  },
]

const INKOOP = 'Begeleiding'
const PREVENTIEF = 'Sterk blijven'
const WAT = 11
const VRAGEN = 19
const ZONDER_VOORBEELD = 'Eén vast overleg per wijk, zonder namen.'
const OPEN_REDEN = 'Eerst is onderzoek per beleidsterrein nodig.'
const DILEMMA = 'Aan de keukentafel weten wij niet wat de buurt te bieden heeft.'
const REACTIE = 'Er komt een sociale kaart per wijk.'
/** The policy is of the region: the college of each municipality decides. */
const BESLUITEN = [
  ['Aarveld', 'AA-2027-031'],
  ['Beekdal', 'BE-2027-007'],
] as const
const MOTIVERING = 'Een bewezen interventie bestaat nog niet; we proberen en meten.'

/** A conclusion per box; the second also counts income until the law is read. */
const CONCLUSIES = [
  {
    bouwsteen: 'Kwetsbare',
    richting: 'Preventief versterken',
    raakt: 'Geen rechten',
    kenmerken: [],
    tekst: 'We versterken het netwerk van inwoners die weinig mensen om zich heen hebben.',
  },
  {
    bouwsteen: 'Omvang',
    richting: 'Curatief aanpakken',
    raakt: 'Alleen nieuwe',
    kenmerken: ['Het inkomen of vermogen'],
    tekst: 'Nieuwe aanvragen beginnen met wat iemand zelf en samen kan.',
  },
  {
    bouwsteen: 'Partners',
    richting: 'Preventief opzetten',
    raakt: 'Geen rechten',
    kenmerken: [],
    tekst: 'Aanbieders sluiten aan bij de subsidietafel van de wijk.',
  },
  {
    bouwsteen: 'Informatiestromen',
    richting: 'Loslaten',
    raakt: 'Ook lopende',
    kenmerken: ['Gegevens worden tussen domeinen'],
    tekst: 'We vragen niet langer twee keer naar dezelfde gegevens.',
  },
] as const

const RIJ = (page: Page, naam: string) => page.getByRole('row').filter({ has: link(page, naam) })
const main = (page: Page) => page.locator('main')

describe.each(BEURTEN)('met $hand', { timeout: 600_000 }, beurt => {
  const { met, script, plaats, dossier, volledig } = beurt
  const opdracht = `Neem de subsidietafel op in de inkoopstrategie voor ${dossier.toLowerCase()}.`
  const reis = (rol: string, fn: (page: Page) => Promise<void>) =>
    maakReis({ browser, base, rol, met, script }, fn)

  const geefOpdracht = async (page: Page, conclusie: string, wat: string) => {
    await met.kies(link(page, conclusie))
    await met.kies(rondje(page, 'Waar komt dit terecht', /^Inkoop/))
    await met.typ(tekstveld(page, 'Wat moet er gebeuren'), wat)
    await met.kiesUit(keuzelijst(page, 'Wie pakt dit op'), 'Inez')
    await met.typ(tekstveld(page, 'Uiterlijk op'), '01-07-2027')
    await met.kiesUit(keuzelijst(page, 'Bij welk segment'), INKOOP)
    await met.kies(knop(page, 'Geef opdracht'))
    await page.getByText('De opdracht is gegeven').waitFor()
  }

  const naarDossier = async (page: Page) => {
    await met.kies(link(page, 'Beleidsdossiers'))
    await met.kies(link(page, dossier))
    await kop(page, dossier)
  }
  const naarDoorloop = async (page: Page) => {
    await met.kies(link(page, 'Beleidsdossiers'))
    await met.kies(RIJ(page, dossier).getByRole('link', { name: 'Doorloop 1' }))
    await kop(page, `${dossier}: doorloop 1`)
  }
  const terug = (page: Page) => met.kies(link(page, 'Doorloop 1'))
  const onderdeel = (page: Page, naam: string) =>
    met.kies(page.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link', { name: naam }))
  const doorloopId = (page: Page) => Number(/doorlopen\/(\d+)/.exec(page.url())?.[1])

  /** Answers the question on the page as its worked example does; 004 has none for the last three. */
  const antwoord = async (page: Page) => {
    const voorbeeld = page.getByRole('complementary', { name: 'Voorbeeld' }).locator('p')
    const tekst = (await voorbeeld.count()) > 0 ? await voorbeeld.first().innerText() : ZONDER_VOORBEELD
    await met.typ(tekstveld(page, 'Antwoord'), tekst)
    await met.kies(rondje(page, 'Hoe ver', 'Beantwoord'))
    await bewaarAntwoord(page)
  }
  const laatOpen = async (page: Page) => {
    await met.kies(rondje(page, 'Hoe ver', 'Bewust opengelaten'))
    await bewaarAntwoord(page)
  }
  const bewaarAntwoord = (page: Page) => met.kies(knop(page, 'Bewaar antwoord'))
  const volgende = (page: Page) => met.kies(link(page, 'Beantwoord de volgende vraag'))
  const antwoordVolgende = async (page: Page) => {
    await volgende(page)
    await antwoord(page)
    await page.getByText('Het antwoord is opgeslagen').waitFor()
    await terug(page)
  }
  /** From a saved answer straight to the next question, as the page offers. */
  const antwoordVerder = async (page: Page) => {
    await antwoord(page)
    await page.getByText('Het antwoord is opgeslagen').waitFor()
    await volgende(page)
  }

  test('beleidsadviseur maakt een dossier, brengt het aanbod in beeld en start de Wegwijzer', async () => {
    await reis('beleidsadviseur', async page => {
      await met.kies(link(page, 'Beleidsdossiers'))
      await met.kies(link(page, 'Dossier toevoegen'))
      await met.typ(tekstveld(page, 'Naam'), dossier)
      await met.typ(tekstveld(page, 'Thema'), 'Langer zelfstandig thuis')
      await met.kies(vinkje(page, 'Wmo 2015'))
      await met.kiesUit(keuzelijst(page, 'Eigenaar'), 'Bea')
      await met.typ(tekstveld(page, 'Het beleid loopt af'), '31-12-2027')
      await met.kies(knop(page, 'Opslaan'))
      await kop(page, dossier)

      // What the system knows waits for a segment; the page says so.
      await met.kies(link(page, 'Naar de inventarisatie'))
      await met.kies(link(page, 'Koppel segmenten'))
      await met.kies(vinkje(page, INKOOP))
      await met.kies(knop(page, 'Opslaan'))
      await met.kies(link(page, 'Naar de inventarisatie'))
      expect(await tekstVan(page.getByRole('row', { name: /Neem Begeleiding over/ }))).toMatch(/ 11 .*€/)
      await met.kies(vinkje(page, 'Neem Begeleiding over'))
      await met.kies(knop(page, 'Neem gekozen over'))
      await page.getByText('Het voorstel is overgenomen').waitFor()

      await met.kies(link(page, 'Aanbod toevoegen'))
      await met.typ(tekstveld(page, 'Naam'), PREVENTIEF)
      await met.kies(rondje(page, 'Aard', 'Preventief'))
      await met.kies(rondje(page, 'Toegang', 'Vrij toegankelijk'))
      await met.kies(rondje(page, 'Hoe regelt', 'Subsidie'))
      await met.typ(tekstveld(page, 'Voor wie'), 'Ouderen met een klein netwerk')
      await met.kies(knop(page, 'Opslaan'))
      await page.getByText('Het aanbod is opgeslagen').waitFor()
      expect(await tekstVan(main(page))).toContain('Soorten aanbod 2')

      await met.kies(link(page, dossier))
      await met.kies(knop(page, 'Start de Wegwijzer'))
      await kop(page, `${dossier}: doorloop 1`)
      expect(await tekstVan(main(page))).toContain(`0 van ${VRAGEN} vragen zijn af`)
    })
  })

  test('en beantwoordt het wat, met cirkel, risicomatrix en kaart; het hoe wacht op zijn beurt', async () => {
    await reis('beleidsadviseur', async page => {
      await naarDoorloop(page)
      await met.kies(
        main(page).getByRole('link', { name: 'Welke vorm van partnerschap', exact: false }).last(),
      )
      await page.getByText('Deze vraag is nog niet aan de beurt').waitFor()
      expect(await tekstVan(main(page))).toContain(`er zijn nog ${WAT} vragen over het wat`)
      expect(await knop(page, 'Bewaar antwoord').count()).toBe(0)
      await terug(page)

      await antwoordVolgende(page)
      await volgende(page)
      await met.kies(link(page, 'Open de cirkel van zelfredzaamheid'))
      await met.kiesUit(keuzelijst(page, 'Aanbod'), INKOOP)
      await met.kies(knop(page, 'Toon dit aanbod'))
      for (const domein of ['Lichamelijk functioneren', 'Financiën', 'Sociaal netwerk'])
        await met.kies(page.getByRole('radio', { name: `${domein} Laag` }))
      await met.kies(knop(page, 'Bewaar de cirkel'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      for (const domein of ['lichamelijk functioneren', 'financiën', 'sociaal netwerk'])
        expect((await tekstVan(main(page))).toLowerCase()).toContain(domein)

      await onderdeel(page, 'Risico’s')
      await met.kiesUit(keuzelijst(page, 'Aanbod'), INKOOP)
      await met.kies(knop(page, 'Toon dit aanbod'))
      for (const cel of [
        'Chronisch zieken Laag inkomen',
        'Ouderen boven de 70 en alleenstaande ouderen Klein of geen netwerk',
        'Ouderen boven de 70 en alleenstaande ouderen Woning past niet',
      ])
        await met.kies(vinkje(page, cel))
      await met.kies(knop(page, 'Bewaar de matrix'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      expect(await tekstVan(main(page))).toContain('2 van de 11 groepen bedoeld, met 3 vinkjes')

      await onderdeel(page, 'Verschuiving')
      await plaats(page, INKOOP, 'nu', NU_PLEK)
      await met.kiesUit(keuzelijst(plekvelden(page, INKOOP, 'nu'), 'Rol'), 'Overnemen')
      await plaats(page, INKOOP, 'gewenst', WENS_PLEK)
      await met.kiesUit(keuzelijst(plekvelden(page, INKOOP, 'gewenst'), 'Rol'), 'Regie')
      await met.kies(knop(page, 'Bewaar de kaart'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      expect(await tekstVan(page.getByRole('row', { name: new RegExp(`^\\d+ ${INKOOP}`) }))).toContain(
        '2 van 10 naar preventief, 3 van 10 naar zelfredzaam 6 van 10 naar preventief, 7 van 10 naar zelfredzaam 4 stappen naar preventief en 4 stappen naar zelfredzaam Overnemen Regie voeren',
      )

      await onderdeel(page, 'Vragenwiel')
      await antwoordVolgende(page)
      if (volledig) {
        await volgende(page)
        for (let af = 3; af < WAT; af += 1) await antwoordVerder(page)
        await antwoord(page)
        await page.getByText('Het antwoord is opgeslagen').waitFor()
        await terug(page)
      } else {
        await beantwoord(db, doorloopId(page), 'wat')
        await onderdeel(page, 'Vragenwiel')
      }
      expect(await tekstVan(main(page))).toContain(`${WAT} van ${VRAGEN} vragen zijn af`)
    })
  })

  test('consulent legt tussendoor een dilemma voor', async () => {
    await reis('consulent', async page => {
      await naarDoorloop(page)
      await met.kies(main(page).getByRole('link', { name: 'Waar zit de ruimte', exact: false }).last())
      await met.kiesUit(keuzelijst(page, 'Wat voegt u toe'), 'Dilemma')
      await met.typ(tekstveld(page, 'Uw bijdrage'), DILEMMA)
      await met.kies(knop(page, 'Voeg toe'))
      await page.getByText('Uw bijdrage is toegevoegd').waitFor()
      expect(await tekstVan(main(page))).toContain('Wacht nog op een reactie.')
    })
  })

  test('beleidsadviseur reageert en werkt het hoe uit: knoppen, mix van instrumenten en randvoorwaarden', async () => {
    await reis('beleidsadviseur', async page => {
      await naarDoorloop(page)
      expect(await tekstVan(main(page))).toContain('1 bijdrage wacht')
      await met.kies(main(page).getByRole('link', { name: 'Waar zit de ruimte', exact: false }).last())
      await met.kies(page.locator('summary').filter({ hasText: 'Reageer op Karin Keukentafel' }))
      await met.kies(rondje(page, 'Wat doet u ermee', 'Meegewogen'))
      await met.typ(tekstveld(page, 'Uw reactie'), REACTIE)
      await met.kies(knop(page, 'Stuur reactie'))
      await page.getByText('De reactie is opgeslagen').waitFor()
      await terug(page)

      for (let nr = WAT; nr < (volledig ? VRAGEN - 1 : WAT + 1); nr += 1) await antwoordVolgende(page)
      await volgende(page)
      // Left open without saying why is no answer.
      await laatOpen(page)
      await page.getByRole('link', { name: 'Vul de reden om de vraag open te laten in.' }).waitFor()
      await met.typ(tekstveld(page, 'Waarom laat u'), OPEN_REDEN)
      await bewaarAntwoord(page)
      await page.getByText('Het antwoord is opgeslagen').waitFor()
      await terug(page)
      await beantwoord(db, doorloopId(page), 'hoe')

      await onderdeel(page, 'Knoppen')
      const knopdeel = page
        .locator('form .sam-kaart')
        .filter({ has: page.getByRole('heading', { name: 'Meer subsidie en preventie' }) })
      await met.typ(
        tekstveld(knopdeel, 'Onze opmerking bij inkooppartners'),
        'We spreiden het over twee jaar.',
      )
      await met.kies(rondje(knopdeel, 'Hoe ver draait u', 'Een beetje draaien'))
      await met.kies(knop(page, 'Bewaar de knoppen'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      const gevolgen = await tekstVan(main(page))
      expect(gevolgen).toContain('U draait aan 1 van de 4 knoppen.')
      expect(gevolgen).toContain('Onze opmerking: We spreiden het over twee jaar.')

      await onderdeel(page, 'Instrumenten')
      await met.kiesUit(keuzelijst(page, 'Aanbod'), PREVENTIEF)
      await met.kies(knop(page, 'Toon dit aanbod'))
      await met.kies(rondje(page, 'Beoogd effect', /^1/))
      await met.kies(rondje(page, 'Scherpte van de toegang', /^2/))
      await met.kies(vinkje(page, 'Subsidie'))
      await met.kies(knop(page, 'Bewaar de weging'))
      // A mix is chosen by people, who say why.
      await page.getByRole('alert').waitFor()
      await met.typ(tekstveld(page, 'Motivering van de mix'), 'Vrij toegankelijk aanbod past bij subsidie.')
      await met.kies(knop(page, 'Bewaar de weging'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      expect(await tekstVan(main(page))).toContain('beoogd effect en scherpte van de toegang')

      await onderdeel(page, 'Voorwaarden')
      await met.kies(
        page.getByRole('link', { name: 'Wijzig: Bewezen effectieve interventies', exact: false }),
      )
      await met.kies(rondje(page, 'Hoe staat het ermee', /^Gemotiveerd/))
      await met.typ(tekstveld(page, 'Motivering'), MOTIVERING)
      await met.kiesUit(keuzelijst(page, 'Eigenaar'), 'Inez')
      await met.kies(knop(page, 'Bewaar'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      await met.kies(link(page, /^Wijzig: Er blijft ruimte voor vernieuwing/))
      await met.kies(rondje(page, 'Hoe staat het ermee', 'Voldaan'))
      await met.typ(tekstveld(page, 'Bewijs'), 'Staat in de beleidsnotitie.')
      await met.kies(knop(page, 'Bewaar'))
      await page.getByText('Bewaard', { exact: true }).waitFor()
      await voldoeVoorwaarden(db, doorloopId(page))
    })
  })

  test('consulent leest wat er met het dilemma is gedaan; de raad ziet nog geen blad', async () => {
    await reis('consulent', async page => {
      // What came of it stands on the page that a consulent begins with.
      const gedaan = page
        .getByRole('row')
        .filter({ hasText: DILEMMA })
        .filter({ has: page.getByRole('cell', { name: dossier, exact: true }) })
      expect(await tekstVan(gedaan)).toContain(`${dossier} Meegewogen ${REACTIE}`)
      await naarDoorloop(page)
      await met.kies(main(page).getByRole('link', { name: 'Waar zit de ruimte', exact: false }).last())
      const bijdrage = page.getByRole('listitem').filter({ hasText: DILEMMA })
      expect(await tekstVan(bijdrage)).toMatch(
        /Meegewogen door Bea Beleid.*Er komt een sociale kaart per wijk/,
      )
    })
    await reis('raad', async page => {
      await naarDossier(page)
      expect(await page.getByRole('link', { name: /Conclusieblad/ }).count()).toBe(0)
      const blad = `${base}/beleid/doorlopen/${await findDoorloop(dossier)}/blad`
      expect((await page.request.get(blad)).status()).toBe(404)
    })
  })

  test('beleidsadviseur trekt conclusies, leest wat juridisch niet kan en geeft een opdracht', async () => {
    await reis('beleidsadviseur', async page => {
      await naarDoorloop(page)
      for (const [i, { bouwsteen, richting, raakt, kenmerken, tekst }] of CONCLUSIES.entries()) {
        await onderdeel(page, 'Conclusies')
        await met.kies(link(page, 'Conclusie toevoegen'))
        await met.typ(tekstveld(page, 'Conclusie'), tekst)
        await met.kiesUit(keuzelijst(page, 'Bij welke bouwsteen'), bouwsteen)
        await met.kies(rondje(page, 'Wat gaan we doen', richting))
        if (i === 2) await met.kiesUit(keuzelijst(page, 'Over welk aanbod'), PREVENTIEF)
        await met.kies(rondje(page, 'Wiens rechten', new RegExp(`^${raakt}`)))
        for (const kenmerk of kenmerken) await met.kies(vinkje(page, new RegExp(`^${kenmerk}`)))
        await met.kies(knop(page, 'Bewaar conclusie'))
        await page.getByText('De conclusie is opgeslagen').waitFor()
        await terug(page)
      }
      await onderdeel(page, 'Conclusies')
      const vangnet = page.getByRole('listitem').filter({ hasText: CONCLUSIES[1].tekst })
      await met.kies(vangnet.locator('summary').first())
      expect(await tekstVan(vangnet)).toMatch(/Juridisch uitgesloten.*Leusden.*1 februari 2023/)
      expect(await tekstVan(page.getByRole('listitem').filter({ hasText: CONCLUSIES[3].tekst }))).toContain(
        'Juridisch risico hoger',
      )

      // Laying before is refused as long as the law excludes a choice.
      await onderdeel(page, 'Vragenwiel')
      await met.kies(link(page, 'Leg voor aan college en raad'))
      await met.kies(knop(page, 'Leg voor aan college en raad'))
      expect(await tekstVan(page.getByRole('region', { name: /^Dit kan nog niet/ }))).toContain(
        '1 conclusie is juridisch uitgesloten',
      )
      await terug(page)
      await onderdeel(page, 'Conclusies')
      await met.kies(link(page, CONCLUSIES[1].tekst))
      await met.kies(vinkje(page, /^Het inkomen of vermogen/))
      await met.kies(knop(page, 'Bewaar conclusie'))
      await page.getByText('De conclusie is opgeslagen').waitFor()
      expect(await tekstVan(vangnet)).toContain('Juridisch risico laag')

      await geefOpdracht(page, CONCLUSIES[2].tekst, opdracht)
    })
  })

  test('inkoopadviseur vindt de opdracht, pakt haar op en rondt haar af', async () => {
    await reis('inkoopadviseur', async page => {
      await met.kies(link(page, 'Opdrachten'))
      await met.kiesUit(keuzelijst(page, 'Van wie'), 'Van')
      await met.kies(knop(page, 'Filter'))
      await met.kies(link(page, opdracht))
      expect(await tekstVan(main(page))).toContain(CONCLUSIES[2].tekst)
      await met.kies(rondje(page, 'Hoe staat het', 'Opgepakt'))
      await met.kies(knop(page, 'Werk bij'))
      await page.getByText('De opdracht is bijgewerkt').waitFor()
      await met.kies(rondje(page, 'Hoe staat het', 'Klaar'))
      await met.typ(tekstveld(page, 'Wat is ervan gekomen'), 'De tafel staat in de strategie van 2028.')
      await met.kies(knop(page, 'Werk bij'))
      await page.getByText('De opdracht is bijgewerkt').waitFor()
      expect(await tekstVan(main(page))).toContain('Stand Klaar')
    })
  })

  test('het blad wordt voorgelegd, de raad leest het, het college besluit, en het besluit staat in het document', async () => {
    await reis('beleidsadviseur', async page => {
      await naarDoorloop(page)
      await onderdeel(page, 'Blad')
      await met.kies(link(page, 'Leg voor aan college en raad'))
      await met.typ(tekstveld(page, 'Toelichting'), 'Voor de vergadering van maart.')
      await met.kies(knop(page, 'Leg voor aan college en raad'))
      await page.getByText('Deze doorloop is voorgelegd').waitFor()
    })
    await reis('raad', async page => {
      await naarDossier(page)
      await met.kies(page.getByRole('link', { name: 'Conclusieblad van doorloop 1' }))
      await kop(page, `Alle keuzes op een rij: ${dossier}`)
      const blad = await tekstVan(main(page))
      for (const { tekst } of CONCLUSIES) expect(blad).toContain(tekst)
      expect(blad).toContain(DILEMMA)
      expect(await page.getByRole('button', { name: 'Leg besluit vast' }).count()).toBe(0)
    })
    await reis('beleidsadviseur', async page => {
      await naarDoorloop(page)
      await onderdeel(page, 'Blad')
      for (const [gemeente, kenmerk] of BESLUITEN) {
        await met.kies(rondje(page, 'Wie besloot', 'College'))
        await met.kiesUit(keuzelijst(page, 'Van welke gemeente'), gemeente)
        await met.typ(tekstveld(page, 'Datum van het besluit'), '15-03-2027')
        await met.kies(rondje(page, 'Wat is er besloten', /^Vastgesteld$/))
        await met.typ(tekstveld(page, 'Kenmerk'), kenmerk)
        await met.kies(knop(page, 'Leg besluit vast'))
        await page.getByText('Het besluit is vastgelegd').waitFor()
        await page.getByRole('cell', { name: kenmerk }).waitFor()
      }
      const { koppen, tekst } = readDocx(await download(link(page, 'Download als Word'), met))
      expect(koppen).toEqual([
        `Title Alle keuzes op een rij: ${dossier}`,
        'Heading1 Conclusies per bouwsteen',
        'Heading1 Wat we gaan doen',
        'Heading2 Preventief behouden',
        'Heading2 Preventief opzetten',
        'Heading2 Preventief versterken',
        'Heading2 Curatief aanpakken',
        'Heading2 Loslaten',
        'Heading1 Randvoorwaarden waaraan niet is voldaan, met motivatie',
        'Heading1 Dilemma’s uit de praktijk',
        'Heading1 Besluiten',
        'Heading1 Antwoorden',
        'Heading2 Kwetsbare inwoners',
        'Heading2 Omvang van het vangnet',
        'Heading2 Partners',
        'Heading2 Informatiestromen',
      ])
      for (const deel of [
        ...CONCLUSIES.map(c => c.tekst),
        ...BESLUITEN.flatMap(([gemeente, kenmerk]) => [`College ${gemeente}`, kenmerk]),
        ...['004 bijlage II', 'Autoriteit Persoonsgegevens 2016', opdracht, MOTIVERING, DILEMMA, REACTIE],
        ...['15 maart 2027', 'Vastgesteld', `Bewust opengelaten: ${OPEN_REDEN}`],
      ])
        expect(tekst).toContain(deel)
      await onderdeel(page, 'Vragenwiel')
      await met.kies(link(page, 'Sluit af als vastgesteld'))
      await met.kies(knop(page, 'Sluit af als vastgesteld'))

      // What was decided gets an owner before the run is done.
      expect(await tekstVan(page.getByRole('region', { name: /^Dit kan nog niet/ }))).toContain(
        '3 conclusies hebben nog geen opdracht',
      )
      await terug(page)
      for (const i of [0, 1, 3] as const) {
        await onderdeel(page, 'Conclusies')
        await geefOpdracht(page, CONCLUSIES[i].tekst, `Werk dit uit: ${CONCLUSIES[i].tekst}`)
        await terug(page)
      }
      await onderdeel(page, 'Vragenwiel')
      await met.kies(link(page, 'Sluit af als vastgesteld'))
      await met.kies(knop(page, 'Sluit af als vastgesteld'))
      await page.getByText('Deze doorloop is vastgesteld').waitFor()
    })
  })
})

async function findDoorloop(dossier: string): Promise<number> {
  const { rows } = await db.owner.query<{ id: number }>(
    'select doorloop_id as id from beleid.doorloop join beleid.dossier using (dossier_id) where naam = $1',
    [dossier],
  )
  return rows[0]?.id ?? 0
}

/** Opens a Word document as a program does: its headings down to the second level, and all of its text. */
function readDocx(bytes: Buffer): { koppen: string[]; tekst: string } {
  const xml = new TextDecoder().decode(unzipSync(bytes)['word/document.xml'])
  const alineas = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([alinea]) => ({
    stijl: /<w:pStyle w:val="(\w+)"/.exec(alinea)?.[1] ?? '',
    tekst: [...alinea.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, deel]) => deel).join(''),
  }))
  return {
    koppen: alineas.filter(a => /^(Title|Heading[12])$/.test(a.stijl)).map(a => `${a.stijl} ${a.tekst}`),
    tekst: alineas.map(a => a.tekst).join('\n'),
  }
}

test('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, [
    'besluit.vastgelegd',
    'bijdrage.afgedaan',
    'bijdrage.toegevoegd',
    'conclusie.toegevoegd',
    'doorloop.gestart',
    'opdracht.bijgewerkt',
    'opdracht.gegeven',
  ])
})
