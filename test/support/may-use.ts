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
  declaraties: ['istandaard', 'contracten', 'aanbieders', 'toegang', 'sturing'],
  dossiers: ['contracten', 'sturing'],
  doorloop: ['contracten', 'dossiers'],
  werkvormen: ['dossiers', 'doorloop'],
  besluit: ['contracten', 'dossiers', 'doorloop', 'werkvormen'],
  scenarios: ['contracten', 'dossiers', 'doorloop', 'sturing'],
  kaders: ['contracten', 'sturing'],
  uitwisseling: ['contracten', 'dossiers'],
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

/** What `sturing` reads of domains above it: it counts what they record, and they book in it, in the transaction of the fact. */
export const READS_OF_STURING: Readonly<Record<string, string>> = {
  'aanbieders.aanbieder': 'figures are per provider, by name',
  'contracten.gemeente': 'figures are per municipality, by name',
  'contracten.segment': 'figures are per segment, in its tree',
  'contracten.segmentketen': 'what hangs under a segment counts in it',
  'contracten.product': 'a product counts in the segment it has on that day',
  'contracten.budgetplafond': 'spend is held against the ceiling',
  'contracten.aanbiederplafond': 'what a provider was granted is held against its ceiling',
  'contracten.inwonertal': 'use is per thousand inhabitants',
  'declaraties.prestatie': 'recounting what was booked from what was granted',
  'declaraties.bevinding': 'recounting what was refused, by first ground',
  'toegang.toewijzing': 'recounting commitments',
  'toegang.toewijzing_versie': 'recounting commitments, version by version',
  'toegang.versie_ingetrokken': 'a version that was withdrawn is no commitment',
  'toegang.client': 'recounting persons by their own chart',
}

/** What the platform names of the domains: nothing but this. What it asks of the region it asks of `app.*` (migration 0040). */
export const READS_OF_PLATFORM: Readonly<Record<string, string>> = {
  'contracten.gemeente':
    'db/inzicht: lets a command of the owner see all rows, also in a database of before that function was there',
}
