import type { Scope } from '../db/database.ts'

/** Everything a route can ask for. A route names one; a role holds several. */
export const RECHTEN = [
  'start',
  'berichten.lezen',
  'berichten.aanleveren',
  'berichten.herkansen',
  'berichten.overnemen',
  'toewijzingen.lezen',
  'toewijzingen.overnemen',
  'declaraties.lezen',
  'samenloop.lezen',
  'declaraties.beoordelen',
  'betalingen.lezen',
  'betalingen.vastleggen',
  'cijfers.lezen',
  'aanbieders.lezen',
  'contracten.lezen',
  'inrichten',
  'contracten.beheren',
  'gemeenten.beheren',
  'beleid.lezen',
  'beleid.bijdragen',
  'beleid.schrijven',
  'uitwisseling.lezen',
  'uitwisseling.opstellen',
  'uitwisseling.adviseren',
  'uitwisseling.besluiten',
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
  'beleidsadviseur',
  'inkoopadviseur',
  'aanbieder',
  'bestuur',
  'raad',
  'privacy-officer',
  'beheerder',
] as const
export type Rol = (typeof ROLLEN)[number]

/**
 * How far a role sees. `gemeente`: residents of its own municipalities, and the totals of the region.
 * `regio`: totals and contracts of the region, never a resident. `aanbieder`: what concerns that provider.
 * `beleid`: policy only, no figure and no resident. All but `aanbieder` see policy: that of the region, and that of
 * their own municipalities (of all, for who works for the region itself).
 */
export type Bereik = 'gemeente' | 'regio' | 'aanbieder' | 'beleid'

interface Rolbeschrijving {
  naam: string
  bereik: Bereik
  rechten: readonly Recht[]
}

const INHOUD: readonly Recht[] = ['start', 'zoeken', 'cijfers.lezen', 'aanbieders.lezen', 'contracten.lezen']
/** What is public within the organisation. */
const OPENLIJK: readonly Recht[] = ['beleid.lezen', 'uitwisseling.lezen']
/** Also reads the working papers of a policy, adds to them, and takes up what was decided. */
const MEEDENKEN: readonly Recht[] = [...OPENLIJK, 'beleid.bijdragen']
const CLIENTEN: readonly Recht[] = ['toewijzingen.lezen', 'declaraties.lezen', 'berichten.lezen']
/** Also sees what was claimed twice: that is between municipalities, not for the provider that did it. */
const INWONERS: readonly Recht[] = [...CLIENTEN, 'samenloop.lezen']

export const ROL: Readonly<Record<Rol, Rolbeschrijving>> = {
  backoffice: {
    naam: 'Backoffice',
    bereik: 'gemeente',
    rechten: [
      ...INHOUD,
      ...INWONERS,
      ...OPENLIJK,
      'berichten.aanleveren',
      'berichten.herkansen',
      'berichten.overnemen',
      'toewijzingen.overnemen',
      'betalingen.lezen',
      'tokens.beheren',
    ],
  },
  controller: {
    naam: 'Controller',
    bereik: 'gemeente',
    rechten: [
      ...INHOUD,
      ...INWONERS,
      ...MEEDENKEN,
      'declaraties.beoordelen',
      'betalingen.lezen',
      'betalingen.vastleggen',
    ],
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
      ...MEEDENKEN,
    ],
  },
  toezichthouder: {
    naam: 'Toezichthouder',
    bereik: 'gemeente',
    rechten: [...INHOUD, ...INWONERS, ...OPENLIJK],
  },
  contractmanager: {
    naam: 'Contractmanager',
    bereik: 'regio',
    rechten: [...INHOUD, ...MEEDENKEN, 'inrichten', 'contracten.beheren', 'tokens.beheren'],
  },
  'data-analist': { naam: 'Data-analist', bereik: 'regio', rechten: [...INHOUD, ...MEEDENKEN] },
  beleidsadviseur: {
    naam: 'Beleidsadviseur',
    bereik: 'regio',
    rechten: [...INHOUD, ...MEEDENKEN, 'beleid.schrijven', 'uitwisseling.opstellen'],
  },
  inkoopadviseur: { naam: 'Inkoopadviseur', bereik: 'regio', rechten: [...INHOUD, ...MEEDENKEN] },
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
  bestuur: {
    naam: 'Bestuur',
    bereik: 'regio',
    rechten: ['start', 'cijfers.lezen', ...MEEDENKEN, 'uitwisseling.besluiten'],
  },
  raad: { naam: 'Raad', bereik: 'regio', rechten: ['start', 'cijfers.lezen', ...OPENLIJK] },
  'privacy-officer': {
    naam: 'Privacy officer',
    bereik: 'beleid',
    rechten: ['start', 'audit.lezen', ...MEEDENKEN, 'uitwisseling.adviseren'],
  },
  beheerder: {
    naam: 'Beheerder',
    bereik: 'beleid',
    rechten: [
      'start',
      'inrichten',
      'gebruikers.beheren',
      'gemeenten.beheren',
      'tokens.beheren',
      'metingen.lezen',
      'uitwisseling.lezen',
    ],
  },
}

/** What someone in this role may see. `regio` are all municipalities of the installation. */
export function scopeOf(
  rol: Rol,
  eigen: { gemeenten: readonly string[]; aanbieder: number | null },
  regio: readonly string[],
): Scope {
  const gemeentenBeleid = eigen.gemeenten.length > 0 ? eigen.gemeenten : regio
  const eigenaar = { gemeentenClient: [], gemeentenCijfers: [], gemeentenBeleid, aanbieder: null }
  switch (ROL[rol].bereik) {
    case 'gemeente':
      return { ...eigenaar, gemeentenClient: eigen.gemeenten, gemeentenCijfers: regio }
    case 'regio':
      return { ...eigenaar, gemeentenCijfers: regio }
    case 'beleid':
      return eigenaar
    case 'aanbieder':
      return { ...eigenaar, gemeentenBeleid: [], aanbieder: eigen.aanbieder }
  }
}
