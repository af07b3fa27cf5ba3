import { registerBerichten } from '../domains/berichten/plugin.ts'
import { BESLUITSTAPPEN, registerBesluit } from '../domains/besluit/plugin.ts'
import { registerContracten } from '../domains/contracten/plugin.ts'
import { registerDeclaraties, toonGedeclareerd } from '../domains/declaraties/plugin.ts'
import { registerDoorloop, showHerkomst, toonDoorlopen, toonOpdrachten } from '../domains/doorloop/plugin.ts'
import { registerDossiers } from '../domains/dossiers/plugin.ts'
import { registerKaders } from '../domains/kaders/plugin.ts'
import { registerScenarios, toonScenarios } from '../domains/scenarios/plugin.ts'
import { registerSturing, showPlafonds } from '../domains/sturing/plugin.ts'
import { registerToegang } from '../domains/toegang/plugin.ts'
import { registerUitwisseling, toonWegingen } from '../domains/uitwisseling/plugin.ts'
import { registerWerkvormen } from '../domains/werkvormen/plugin.ts'
import type { Menu } from '../platform/http/pagina.tsx'
import type { App } from '../platform/http/server.ts'
import { registerGebruikers } from './gebruikers/pages.tsx'
import { registerInrichten } from './inrichten/pages.tsx'
import { registerInzage } from './inzage/pages.tsx'
import { registerOntbreekt } from './ontbreekt/pages.tsx'
import { registerRollen } from './rollen/pages.tsx'
import { registerStart } from './start/pages.tsx'
import { registerToegankelijkheid } from './toegankelijkheid.tsx'
import { registerZoeken } from './zoeken/pages.tsx'

/** The one list of what the application consists of. */
export const DOMEINEN: readonly ((app: App) => void)[] = [
  registerBerichten,
  app => registerSturing(app, showHerkomst),
  app => registerToegang(app, toonGedeclareerd),
  registerDeclaraties,
  app => registerContracten(app, showPlafonds),
  app => registerDossiers(app, [toonDoorlopen, toonScenarios, toonWegingen, toonOpdrachten]),
  app => registerDoorloop(app, BESLUITSTAPPEN),
  registerWerkvormen,
  registerBesluit,
  registerScenarios,
  registerKaders,
  registerUitwisseling,
  registerStart,
  registerZoeken,
  registerInrichten,
  registerOntbreekt,
  registerInzage,
  registerGebruikers,
  registerRollen,
  registerToegankelijkheid,
]

/** The menu, in the order of the work; everyone sees the part of their role. */
export const MENU: Menu = [
  { href: '/', naam: 'Start', recht: 'start' },
  { href: '/cijfers', naam: 'Cijfers', recht: 'cijfers.lezen', groep: 'Sturen' },
  { href: '/beleid', naam: 'Beleidsdossiers', recht: 'beleid.lezen', groep: 'Beleid' },
  { href: '/beleid/aanbod', naam: 'Aanbod per thema', recht: 'beleid.bijdragen', groep: 'Beleid' },
  { href: '/opdrachten', naam: 'Opdrachten', recht: 'beleid.lezen', groep: 'Beleid' },
  { href: '/doelen', naam: 'Doelen', recht: 'beleid.lezen', groep: 'Beleid' },
  { href: '/opgaven', naam: 'Veranderopgaven', recht: 'beleid.lezen', groep: 'Beleid' },
  { href: '/interventies', naam: 'Interventies', recht: 'beleid.lezen', groep: 'Beleid' },
  { href: '/reikwijdte', naam: 'Reikwijdte', recht: 'beleid.lezen', groep: 'Beleid' },
  { href: '/beleid/methoden', naam: 'Vragensets', recht: 'beleid.bijdragen', groep: 'Beleid' },
  { href: '/uitwisselingen', naam: 'Gegevensuitwisseling', recht: 'uitwisseling.lezen', groep: 'Beleid' },
  { href: '/berichten', naam: 'Berichtenverkeer', recht: 'berichten.lezen', groep: 'Uitvoeren' },
  { href: '/toewijzingen', naam: 'Toewijzingen', recht: 'toewijzingen.lezen', groep: 'Uitvoeren' },
  { href: '/declaraties', naam: 'Declaraties', recht: 'declaraties.lezen', groep: 'Uitvoeren' },
  { href: '/betalingen', naam: 'Betalingen', recht: 'betalingen.lezen', groep: 'Uitvoeren' },
  { href: '/aanbieders', naam: 'Aanbieders', recht: 'aanbieders.lezen', groep: 'Afspraken' },
  { href: '/contracten', naam: 'Contracten', recht: 'contracten.lezen', groep: 'Afspraken' },
  { href: '/inrichten', naam: 'Inrichten', recht: 'inrichten', groep: 'Afspraken' },
  { href: '/beheer/gebruikers', naam: 'Gebruikers', recht: 'gebruikers.beheren', groep: 'Beheer' },
  { href: '/beheer/tokens', naam: 'Toegang voor programma’s', recht: 'tokens.beheren', groep: 'Beheer' },
  { href: '/audit', naam: 'Inzagelogboek', recht: 'audit.lezen', groep: 'Beheer' },
]
