import type { Scope } from '../db/database.ts'

/** Everything a route can ask for. A route names one; a role holds several. */
export const RECHTEN = [
  'start',
  'berichten.lezen',
  'berichten.aanleveren',
  'toewijzingen.lezen',
  'declaraties.lezen',
  'betalingen.lezen',
  'betalingen.vastleggen',
  'cijfers.lezen',
  'aanbieders.lezen',
  'contracten.lezen',
  'zoeken',
  'audit.lezen',
  'gebruikers.beheren',
  'tokens.beheren',
  'metingen.lezen',
] as const
export type Recht = (typeof RECHTEN)[number]

export const ROLLEN = [
  'backoffice',
  'controller',
  'consulent',
  'toezichthouder',
  'contractmanager',
  'data-analist',
  'aanbieder',
  'bestuur',
  'privacy-officer',
  'beheerder',
] as const
export type Rol = (typeof ROLLEN)[number]

/**
 * How far a role sees. `gemeente`: residents of its own municipalities, and the totals of the region.
 * `regio`: totals and contracts of the region, never a resident. `aanbieder`: what concerns that provider.
 * `niets`: no data of the domains at all.
 */
export type Bereik = 'gemeente' | 'regio' | 'aanbieder' | 'niets'

interface Rolbeschrijving {
  naam: string
  bereik: Bereik
  rechten: readonly Recht[]
}

const INHOUD: readonly Recht[] = ['start', 'zoeken', 'cijfers.lezen', 'aanbieders.lezen', 'contracten.lezen']
const CLIENTEN: readonly Recht[] = ['toewijzingen.lezen', 'declaraties.lezen', 'berichten.lezen']

export const ROL: Readonly<Record<Rol, Rolbeschrijving>> = {
  backoffice: {
    naam: 'Backoffice',
    bereik: 'gemeente',
    rechten: [...INHOUD, ...CLIENTEN, 'berichten.aanleveren', 'betalingen.lezen', 'tokens.beheren'],
  },
  controller: {
    naam: 'Controller',
    bereik: 'gemeente',
    rechten: [...INHOUD, ...CLIENTEN, 'betalingen.lezen', 'betalingen.vastleggen'],
  },
  consulent: {
    naam: 'Consulent',
    bereik: 'gemeente',
    rechten: [
      'start',
      'zoeken',
      'aanbieders.lezen',
      'contracten.lezen',
      'toewijzingen.lezen',
      'berichten.lezen',
    ],
  },
  toezichthouder: { naam: 'Toezichthouder', bereik: 'gemeente', rechten: [...INHOUD, ...CLIENTEN] },
  contractmanager: { naam: 'Contractmanager', bereik: 'regio', rechten: INHOUD },
  'data-analist': { naam: 'Data-analist', bereik: 'regio', rechten: INHOUD },
  aanbieder: {
    naam: 'Aanbieder',
    bereik: 'aanbieder',
    rechten: [
      'start',
      'zoeken',
      'aanbieders.lezen',
      'contracten.lezen',
      ...CLIENTEN,
      'berichten.aanleveren',
      'betalingen.lezen',
      'tokens.beheren',
    ],
  },
  bestuur: { naam: 'Bestuur', bereik: 'regio', rechten: ['start', 'cijfers.lezen'] },
  'privacy-officer': { naam: 'Privacy officer', bereik: 'niets', rechten: ['start', 'audit.lezen'] },
  beheerder: {
    naam: 'Beheerder',
    bereik: 'niets',
    rechten: ['start', 'gebruikers.beheren', 'metingen.lezen'],
  },
}

/** What someone in this role may see. `regio` are all municipalities of the installation. */
export function scopeOf(
  rol: Rol,
  eigen: { gemeenten: readonly string[]; aanbieder: number | null },
  regio: readonly string[],
): Scope {
  switch (ROL[rol].bereik) {
    case 'gemeente':
      return { gemeentenClient: eigen.gemeenten, gemeentenCijfers: regio, aanbieder: null }
    case 'regio':
      return { gemeentenClient: [], gemeentenCijfers: regio, aanbieder: null }
    case 'aanbieder':
      return { gemeentenClient: [], gemeentenCijfers: [], aanbieder: eigen.aanbieder }
    case 'niets':
      return { gemeentenClient: [], gemeentenCijfers: [], aanbieder: null }
  }
}
