/**
 * The advisory locks of this program with a number of their own, in one place so that no two are the same. The SQL of
 * 0024_zegel.sql says the last two as well; sloten.test.ts holds them equal.
 */
export const SLOT = {
  /** Two processes that start together migrate one after the other. */
  migratie: 7_264_361,
  /** One seal at a time; with a number in the lower 40 bits: an event that was not finished (platform.meld_schrijver). */
  zegel: 7_264_362,
  /** Held exclusively while the key changes; every transaction of a process that works holds it shared (eis_sleutel). */
  sleutel: 7_264_363,
} as const
