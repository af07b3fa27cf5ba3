/**
 * Every column whose value follows from the master key: encrypted with it, or a keyed hash. A change of key gives each of
 * them a new value; a column that is missing here would be lost with the old key (held against the catalogue by
 * test/schema.test.ts, and against the change itself by wissel.test.ts).
 */
export const VAN_DE_SLEUTEL: readonly string[] = [
  'berichten.bericht.vingerafdruk',
  'berichten.bestand.inhoud',
  'platform.concept.inhoud',
  'platform.invoer.inhoud',
  'platform.invoer.uitkomst',
  'platform.sleutel.zegelsleutel',
  'sturing.clientmaand.persoon',
  'toegang.client.bsn_hash',
  'toegang.client.bsn_versleuteld',
  'toegang.client.persoon',
]
