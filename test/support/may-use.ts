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
  beleid: ['contracten', 'aanbieders', 'sturing'],
  kaders: ['contracten', 'sturing'],
  uitwisseling: ['beleid'],
  berichten: ['istandaard', 'toegang', 'declaraties', 'contracten', 'aanbieders'],
}
