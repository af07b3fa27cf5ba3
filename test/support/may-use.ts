/**
 * Which domain may use which. Changing the architecture is a change of this table; docs/architecture.md draws the same
 * arrows (compared in docs.test.ts).
 */
export const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  istandaard: [],
  aanbieders: [],
  contracten: ['aanbieders'],
  sturing: [],
  toegang: ['istandaard', 'contracten', 'aanbieders', 'sturing'],
  declaraties: ['istandaard', 'contracten', 'toegang', 'sturing'],
  dossiers: ['contracten', 'sturing'],
  doorloop: ['contracten', 'dossiers'],
  werkvormen: ['dossiers', 'doorloop'],
  besluit: ['contracten', 'dossiers', 'doorloop', 'werkvormen'],
  scenarios: ['contracten', 'dossiers', 'doorloop', 'sturing'],
  kaders: ['contracten', 'sturing'],
  uitwisseling: ['dossiers'],
  berichten: ['istandaard', 'toegang', 'declaraties', 'contracten', 'aanbieders'],
}

/**
 * Who writes which table of the schema `beleid`. It is one schema, because row-level security lets one see everything of a
 * dossier or nothing, and a list of dossiers shows how far the run of each is: these domains read in it what they need.
 */
export const TABLES_OF_POLICY: Readonly<Record<string, readonly string[]>> = {
  dossiers: ['dossier', 'dossier_segment', 'aanbod'],
  doorloop: [
    'methode',
    'doorloop',
    'doorloop_stap',
    'deel',
    'deel_versie',
    'bijdrage',
    'conclusie',
    'opdracht',
    'opdracht_stap',
  ],
  werkvormen: [],
  besluit: ['blad', 'besluit'],
  scenarios: ['scenario', 'scenario_stap'],
}
