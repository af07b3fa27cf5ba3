import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listCollegas } from '../../platform/auth/gebruikers.ts'
import type { Recht } from '../../platform/auth/rollen.ts'
import { projectRoot } from '../../platform/config.ts'
import { addMonths, type Datum } from '../../platform/dates.ts'
import { countRows } from '../../platform/db/lijst.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { type Gegevens, toInvoer } from '../../platform/velden/formulier.ts'
import { loadGegevenslijst } from './gegevens/actions.ts'
import { findLijst } from './gegevens/store.ts'
import { decideWeging, giveAdvies, makeWeging, takeStap } from './register/actions.ts'
import type { Inhoud, Stroom } from './register/rules.ts'
import { type Tekst, WEGINGEN } from './register/store.ts'
import { ADVIESVELDEN, BESLUITVELDEN } from './register/velden.ts'

export { loadGegevenslijst }

const LIJST = join(projectRoot(), 'regio/leidschendam-voorburg/gegevens.json')

interface Voorbeeld {
  activiteit: string
  doel: string
  inhoud: Inhoud
  advies?: Gegevens<typeof ADVIESVELDEN>
  besluit?: Gegevens<typeof BESLUITVELDEN>
}

/**
 * Three weighings for the demonstration: one decided, one refused, one that waits for advice. Each step is taken by the
 * person whose step it is. Does nothing when there are weighings already, or nobody to take the steps.
 */
export async function seedUitwisseling(ctx: Ctx): Promise<void> {
  await loadGegevenslijst(ctx, await readFile(LIJST, 'utf8'))
  const { lijst, leeg, opsteller, adviseur, beslisser } = await ctx.read(async db => {
    const eerste = async (recht: Recht) => (await listCollegas(db, recht, null))[0]?.gebruikerId
    return {
      lijst: await findLijst(db),
      leeg: (await countRows(db, WEGINGEN, {})) === 0,
      opsteller: await eerste('uitwisseling.opstellen'),
      adviseur: await eerste('uitwisseling.adviseren'),
      beslisser: await eerste('uitwisseling.besluiten'),
    }
  })
  if (!leeg || lijst === undefined || !opsteller || !adviseur || !beslisser) return
  const als = (id: number): Ctx => ({ ...ctx, wie: { ...ctx.wie, id: `gebruiker:${id}` } })
  for (const voorbeeld of VOORBEELDEN) {
    const tekst: Tekst = {
      gemeente: null,
      dossierId: null,
      lijstId: lijst.lijstId,
      activiteit: voorbeeld.activiteit,
      doel: voorbeeld.doel,
      inhoud: voorbeeld.inhoud,
      ...periode(ctx.vandaag),
    }
    const id = await makeWeging(als(opsteller), tekst)
    await takeStap(als(opsteller), id, 1, 'leg-voor')
    const { advies, besluit } = voorbeeld
    if (advies) await giveAdvies(als(adviseur), id, 2, toInvoer(ADVIESVELDEN, advies))
    if (besluit) await decideWeging(als(beslisser), id, 3, toInvoer(BESLUITVELDEN, besluit))
  }
}

const periode = (vandaag: Datum) => ({ geldigVanaf: vandaag, geldigTot: addMonths(vandaag, 24) })

const DPIA: Inhoud['dpia'] = {
  beoordelen: { antwoord: 'nee', noot: '' },
  automatisch: { antwoord: 'nee', noot: '' },
  volgen: { antwoord: 'nee', noot: '' },
  gevoelig: { antwoord: 'ja', noot: 'Hulp zegt iets over gezondheid.' },
  groot: { antwoord: 'nee', noot: '' },
  koppelen: { antwoord: 'nee', noot: '' },
  kwetsbaar: { antwoord: 'ja', noot: 'Er zijn kinderen bij betrokken.' },
  nieuw: { antwoord: 'nee', noot: '' },
  toegang: { antwoord: 'nee', noot: '' },
}

const VEILIG: Stroom = {
  sleutel: 'veilig',
  vanDomein: 'jeugd',
  vanRol: 'Consulent jeugd',
  naarRol: 'consulent',
  naarOrganisatie: 'Team Wmo van dezelfde gemeente',
  grond: 'avg-6-d',
  grondToelichting:
    'Alleen als er direct gevaar is voor een kind of ander gezinslid. De uitzondering voor gegevens over gezondheid is het vitale belang van wie zelf niet kan instemmen (AVG art. 9 lid 2 onder c).',
  gegevens: [
    { code: 'naam-adres', waarom: 'Zonder adres kan niemand het gezin bereiken.' },
    { code: 'gezin', waarom: 'Wie er nog meer in huis is en gevaar loopt.' },
    { code: 'veiligheid', waarom: 'Wat er aan de hand is, in één zin.' },
    { code: 'contactpersoon', waarom: 'Zodat één medewerker de leiding heeft.' },
  ],
  bewaarMaanden: 3,
  bewaargrond: 'Tot de situatie veilig is en een dossier op de eigen grond is begonnen.',
}

const ANONIEM: Stroom = {
  sleutel: 'anoniem',
  vanDomein: 'jeugd',
  vanRol: 'Consulent jeugd',
  naarRol: '',
  naarOrganisatie: 'Casusoverleg van jeugd en Wmo',
  grond: 'jw-7-4-0',
  grondToelichting:
    'Overleg over de aanpak hoort bij de taak. Er gaat niets over dat naar iemand te herleiden is.',
  gegevens: [{ code: 'casus-anoniem', waarom: 'Genoeg om samen een aanpak te bedenken.' }],
  bewaarMaanden: 0,
  bewaargrond: 'Er wordt niets vastgelegd.',
}

const SCHULDEN: Stroom = {
  sleutel: 'schulden',
  vanDomein: 'wi',
  vanRol: 'Consulent werk en inkomen',
  naarRol: 'consulent',
  naarOrganisatie: 'Team Wmo',
  grond: 'geen',
  grondToelichting:
    'Geen wet laat toe om gegevens over schulden te gebruiken om inwoners op te sporen die zelf niets vroegen.',
  gegevens: [
    { code: 'naam-adres', waarom: 'Om de inwoner te kunnen benaderen.' },
    { code: 'schulden', waarom: 'Schulden gaan vaak samen met andere problemen.' },
  ],
  bewaarMaanden: 6,
  bewaargrond: 'Tot de inwoner is benaderd.',
}

const OVERGANG: Stroom = {
  sleutel: 'overgang',
  vanDomein: 'jeugd',
  vanRol: 'Consulent jeugd',
  naarRol: 'consulent',
  naarOrganisatie: 'Team Wmo van dezelfde gemeente',
  grond: 'jw-7-4-0',
  grondToelichting:
    'De taak om jeugdhulp goed af te ronden. De jongere is zelf bij het gesprek; voor soort hulp wordt een beroep gedaan op de uitvoering van die taak (AVG art. 9 lid 2 onder h).',
  gegevens: [
    { code: 'naam-adres', waarom: 'Om de jongere uit te nodigen.' },
    { code: 'geboortedatum', waarom: 'Om op tijd te beginnen: een half jaar voor de verjaardag.' },
    { code: 'soort-hulp', waarom: 'Om te weten of Wmo-hulp hierop kan volgen.' },
    { code: 'periode', waarom: 'Zodat er geen gat valt.' },
  ],
  bewaarMaanden: 12,
  bewaargrond: 'Tot de aanvraag is beoordeeld, hoogstens een jaar.',
}

const VOORBEELDEN: readonly Voorbeeld[] = [
  {
    activiteit: 'Casusoverleg bij gezinnen met meer problemen tegelijk',
    doel: 'veiligheid',
    inhoud: {
      doelTekst:
        'Een gezin met hulp van jeugd en Wmo is veilig en heeft één aanspreekpunt. Het overleg is anoniem, tenzij iemand gevaar loopt.',
      betrokkenen: 'Gezinnen die hulp krijgen onder de Jeugdwet en de Wmo, ook rond de achttiende verjaardag',
      alternatieven: {
        anoniem: 'Ja, dat is de regel. Alleen bij gevaar is het niet genoeg.',
        minst: 'Geen soort hulp, geen diagnose, geen BSN: alleen wat nodig is om in te grijpen.',
        zelf: 'Kan als de ouder meewerkt. Bij gevaar kan daar niet op worden gewacht.',
      },
      toestemming: false,
      doorgifte: '',
      beveiliging:
        'Mondeling in het overleg of via beveiligde mail; wie het opent, staat in het inzagelogboek.',
      stromen: [ANONIEM, VEILIG],
      dpia: DPIA,
      dpiaVerwijzing: 'Zaak DPIA-2026-014',
    },
    advies: {
      advies: 'voorwaarden',
      tekst:
        'Het kan, als anoniem echt de regel blijft. Leg per keer vast waarom het gevaar direct was en vertel het gezin zo snel als veilig kan wat er is gedeeld.',
    },
    besluit: {
      besluit: 'voorwaarden',
      voorwaarden:
        'Alleen als de veiligheid van een kind of ander gezinslid in gevaar is. Leg de reden vast. Vertel het gezin wat er is gedeeld zodra dat veilig is.',
      motivering: 'Het advies wordt gevolgd.',
    },
  },
  {
    activiteit: 'Inwoners met schulden opsporen voor de Wmo',
    doel: 'opsporen',
    inhoud: {
      doelTekst: 'Inwoners die hulp kunnen gebruiken maar niet vragen, eerder in beeld hebben.',
      betrokkenen: 'Inwoners met een uitkering en schulden',
      alternatieven: {
        anoniem: 'Cijfers per buurt zijn genoeg om te weten waar extra aanbod nodig is.',
        minst: 'Elk gegeven over een persoon is hier te veel.',
        zelf: 'Ja: de consulent werk en inkomen kan vertellen welke hulp er is; de inwoner kiest zelf.',
      },
      toestemming: true,
      doorgifte: '',
      beveiliging: 'Niet uitgewerkt: er is geen grond.',
      stromen: [SCHULDEN],
      dpia: { ...DPIA, koppelen: { antwoord: 'ja', noot: 'Twee bestanden met een ander doel.' } },
      dpiaVerwijzing: '',
    },
    advies: {
      advies: 'negatief',
      tekst:
        'Er is geen grond, en toestemming vragen maakt die niet. Bestanden vooraf koppelen om mensen te vinden mag niet, ook niet als het goed bedoeld is.',
    },
    besluit: {
      besluit: 'niet-toegestaan',
      voorwaarden: '',
      motivering: 'We gebruiken cijfers per buurt en wijzen inwoners zelf de weg.',
    },
  },
  {
    activiteit: 'Overdracht van jeugd naar Wmo bij 18 jaar',
    doel: 'overgang-18',
    inhoud: {
      doelTekst: 'Een jongere die 18 wordt en hulp nodig houdt, heeft op die dag een besluit van de Wmo.',
      betrokkenen: 'Jongeren van 17 met jeugdhulp die daarna waarschijnlijk doorgaat',
      alternatieven: {
        anoniem: 'Nee: het gaat om de aanvraag van één jongere.',
        minst: 'Alleen soort hulp en periode; geen verslagen en geen diagnose.',
        zelf: 'Ja, als eerste: de jongere meldt zich zelf. De consulent helpt als dat niet lukt.',
      },
      toestemming: true,
      doorgifte: '',
      beveiliging: 'In het eigen systeem, met een reden per inzage.',
      stromen: [OVERGANG],
      dpia: DPIA,
      dpiaVerwijzing: 'Zaak DPIA-2026-021',
    },
  },
]
