import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { loadGegevenslijst } from '../../src/domains/uitwisseling/gegevens/actions.ts'
import type { Rol } from '../../src/platform/auth/rollen.ts'
import { makeCtx, systeem } from '../../src/platform/http/ctx.ts'
import { testApp } from '../support/app.ts'
import {
  type Hand,
  keuzelijst,
  knop,
  link,
  MUIS,
  reis as maakReis,
  rondje,
  TOETSEN,
  tekstveld,
} from '../support/bediening.ts'
import { WEGWIJZER } from '../support/beleid.ts'
import { launchBrowser } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { GEMEENTEN, laadTestregio, testOmgeving } from '../support/regio.ts'
import { tellInOrder } from '../support/verhaal.ts'

tellInOrder()

/**
 * A weighing of information exchange as people do it: the beleidsadviseur writes it, the privacy officer advises, the
 * bestuur decides, and whoever asks gets a reasoned answer. Each begins at the login page and follows what the pages show.
 */
const browser: Browser = await launchBrowser()
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app } = await testApp(db, omgeving)
let base = ''

const MENSEN: readonly (readonly [string, Rol])[] = [
  ['Bea Beleid', 'beleidsadviseur'],
  ['Puck Privacy', 'privacy-officer'],
  ['Boris Bestuur', 'bestuur'],
]

beforeAll(async () => {
  await laadTestregio(omgeving)
  const lijst = readFileSync(WEGWIJZER.replace('wegwijzer', 'gegevens'), 'utf8')
  await loadGegevenslijst(makeCtx(omgeving, systeem('test', GEMEENTEN)), lijst)
  for (const [naam, rol] of MENSEN)
    await db.owner.query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, demonstratie)
       values ($1, $1 || '@test.example', 'Test', $2, '{}', true)`,
      [naam, rol],
    )
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser.close())

const BEURTEN: readonly { hand: string; met: Hand; script: boolean; activiteit: string }[] = [
  { hand: 'de muis', met: MUIS, script: true, activiteit: 'Warme overdracht met de muis' },
  { hand: 'het toetsenbord', met: TOETSEN, script: true, activiteit: 'Warme overdracht met het toetsenbord' },
  { hand: 'de muis zonder JavaScript', met: MUIS, script: false, activiteit: 'Warme overdracht zonder meer' },
]
/** Waits for the page that says so: the keyboard does not wait for the next page itself. */
const staatEr = (page: Page, tekst: string) => page.locator('main').getByText(tekst).first().waitFor()

describe.each(BEURTEN)('met $hand', { timeout: 600_000 }, ({ met, script, activiteit }) => {
  const reis = (rol: string, fn: (page: Page) => Promise<void>) =>
    maakReis({ browser, base, rol, met, script }, fn)
  const naarWeging = async (page: Page) => {
    await met.kies(link(page, 'Gegevensuitwisseling').first())
    await met.kies(link(page, activiteit))
  }

  test('beleidsadviseur schrijft een weging en vraagt advies', async () => {
    await reis('beleidsadviseur', async page => {
      await met.kies(link(page, 'Gegevensuitwisseling').first())
      await met.kies(link(page, 'Nieuwe weging').first())
      // By subject; each goes on to the next, and the last back to the list of them.
      const verder = () => met.kies(knop(page, 'Bewaar en ga verder'))
      await met.kies(link(page, 'Waarbij en waarvoor?'))
      await met.typ(tekstveld(page, 'Activiteit'), activiteit)
      await met.kiesUit(keuzelijst(page, 'Doel'), 'Hulp laten')
      await met.typ(tekstveld(page, 'Het doel, scherp'), 'Geen gat in de hulp rond de verjaardag.')
      await verder()
      await met.typ(tekstveld(page, 'Om wie gaat het'), 'Jongeren van 17 met jeugdhulp')
      await verder()
      await met.typ(tekstveld(page, 'De casus anoniem'), 'Nee, het gaat om een aanvraag.')
      await met.typ(tekstveld(page, 'Minder of grovere'), 'Alleen soort en periode.')
      await met.typ(tekstveld(page, 'De inwoner vertelt'), 'Als eerste.')
      await verder()
      await met.typ(tekstveld(page, 'Beveiliging'), 'In het eigen systeem.')
      await verder()
      await met.typ(tekstveld(page, 'Eerste dag'), '01-03-2026')
      await verder()
      await met.kies(knop(page, 'Opslaan'))

      // Without a flow and without the DPIA list there is nothing to advise on, and the page says so.
      await met.kies(knop(page, 'Vraag advies'))
      await staatEr(page, 'Voeg minstens één stroom toe')
      await naarWeging(page)
      await met.kies(link(page, 'Voeg een stroom toe'))
      await met.kies(rondje(page, 'Uit welk domein', 'Jeugd'))
      await met.typ(tekstveld(page, 'Wie geeft ze'), 'Consulent jeugd')
      await met.kiesUit(keuzelijst(page, 'Welke rol'), 'Consulent')
      await met.typ(tekstveld(page, 'Bij welke organisatie'), 'Team Wmo')
      await met.kiesUit(keuzelijst(page, 'Op welke'), 'Jeugdwet art. 7.4.0')
      await met.typ(tekstveld(page, 'Waarom past'), 'Afronden van jeugdhulp; AVG art. 9 lid 2 onder h.')
      await met.typ(tekstveld(page, 'Soort hulp'), 'Om aan te sluiten.')
      await met.typ(tekstveld(page, 'Hoe lang bewaart'), '12')
      await met.typ(tekstveld(page, 'Waarom zo lang'), 'Tot de aanvraag is beoordeeld.')
      await met.kies(knop(page, 'Stroom opslaan'))
      await met.kies(link(page, /DPIA/))
      for (let i = 1; i <= 9; i += 1)
        await met.kies(rondje(page, `${i}\\.`, [4, 7].includes(i) ? 'Ja' : 'Nee'))
      await met.typ(tekstveld(page, 'Waar staat de DPIA'), 'Zaak 12')
      await met.kies(knop(page, 'Antwoorden opslaan'))
      await met.kies(knop(page, 'Vraag advies'))
      await staatEr(page, 'Wacht op advies')
    })
  })

  test('privacy officer adviseert', async () => {
    await reis('privacy officer', async page => {
      await naarWeging(page)
      await met.kies(link(page, 'Geef advies'))
      await met.kies(rondje(page, 'Wat adviseert u', /voorwaarden/i))
      await met.typ(tekstveld(page, 'Uw advies'), 'Alleen als de jongere erbij is.')
      await met.kies(knop(page, 'Advies opslaan'))
      await staatEr(page, 'Alleen als de jongere erbij is.')
    })
  })

  test('bestuur besluit, en wie het vraagt krijgt antwoord met de reden', async () => {
    await reis('bestuur', async page => {
      await naarWeging(page)
      await met.kies(link(page, 'Neem een besluit'))
      await met.kies(rondje(page, 'Wat besluit u', /voorwaarden/i))
      await met.typ(tekstveld(page, 'Voorwaarden'), 'De jongere zit bij het gesprek.')
      await met.kies(knop(page, 'Besluit opslaan'))
      await staatEr(page, 'Dit mag, onder voorwaarden')
      await met.kies(link(page, 'Gegevensuitwisseling').first())
      await met.kies(link(page, 'Mag dit?'))
      await met.kiesUit(keuzelijst(page, 'Rol'), 'Consulent')
      await met.kiesUit(keuzelijst(page, 'Gegeven'), 'Soort')
      await met.kiesUit(keuzelijst(page, 'Doel'), 'Hulp laten')
      await met.kies(knop(page, 'Vraag'))
      await staatEr(page, 'Ja, dit mag onder voorwaarden')
      await staatEr(page, 'De jongere zit bij het gesprek.')
    })
  })
})
