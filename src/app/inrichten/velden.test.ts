import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { keyOf } from '../../platform/register/register.ts'
import { listAll } from '../../platform/register/rijen.ts'
import { setUpBestanden } from './bestanden.ts'
import { INRICHTINGEN } from './registers.ts'

const db = await testDatabase()
const ctx = makeCtx(testOmgeving(db), systeem('test', ['0355', '0351']))

/** What others name, and stays as it is. */
const BASIS = {
  'gemeenten.csv': 'Code;Naam\n0351;Woudenberg\n',
  'segmenten.csv':
    'Code;Wet;Naam;Omschrijving;Bron;Volgorde\ntop;jw;Alles;Alles;1;1\ntop2;jw;Anders;Anders;2;2\nwon;wmo;Wonen;Wonen;3;3\n',
  'aanbieders.csv': 'AGB-code;Naam\n01000002;Zorg B\n',
}

/** No part of a key, and not to be changed all the same. */
const BLIJFT = new Set(['contracten.aanbieder'])

/** One row of each register as it is put in first, and again with every field changed that is no part of its key. */
const RIJEN: Readonly<Record<string, readonly [koppen: string, eerst: string, dan: string]>> = {
  gemeenten: ['Code;Naam', '0355;Zeist', '0355;Nieuw-Zeist'],
  segmenten: [
    'Code;Wet;Naam;Omschrijving;Bron;Onder;Volgorde',
    'amb;jw;Ambulant;Thuis;003;top;4',
    'amb;wmo;Dagbesteding;Overdag;004;won;5',
  ],
  producten: [
    'Wet;Code;Geldig: eerste dag;Geldig: laatste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte',
    'jw;45A04;01-01-2025;;45;Begeleiding;top;04;inspanning;100',
    'jw;45A04;01-01-2025;31-12-2029;54;Begeleiding licht;top2;16;output;80',
  ],
  aanbieders: [
    'AGB-code;Naam;KvK-nummer;IBAN;E-mail;Telefoon',
    '01000001;Zorg A;12345678;NL91ABNA0417164300;a@zorg.example;030 1234567',
    '01000001;Zorg Anders;87654321;NL20INGB0001234567;b@zorg.example;030 7654321',
  ],
  contracten: [
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten',
    'C-1;01000002;01-01-2025;31-12-2028;top, top2;0351',
    'C-1;01000002;01-01-2025;31-12-2029;top2;0355',
  ],
  tarieven: [
    'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief',
    'C-1;jw;45A04;01-01-2025;31-12-2026;90,00',
    'C-1;jw;45A04;01-01-2025;31-12-2027;91,50',
  ],
  plafonds: [
    'Segment;Gemeente;Jaar;Bedrag;Vastgesteld op',
    'top;0351;2026;1.250.000;10-11-2025',
    'top;0351;2026;1.300.000;11-11-2025',
  ],
  aanbiederplafonds: [
    'Aanbieder;Segment;Gemeente;Jaar;Bedrag;Vastgesteld op',
    '01000002;top;0351;2026;250.000;10-11-2025',
    '01000002;top;0351;2026;300.000;11-11-2025',
  ],
  inwonertallen: ['Gemeente;Jaar;Leeftijd;Aantal', '0351;2026;0-17;1000', '0351;2026;0-17;1100'],
  locaties: [
    'Aanbieder;Volgnummer;Naam;Postcode;Plaats',
    '01000002;1;Het Huis;3701 AA;Zeist',
    '01000002;1;De Hoeve;3702 BB;Utrecht',
  ],
}

const bring = async (bestanden: Readonly<Record<string, string>>) => {
  const uit = await setUpBestanden(
    ctx,
    Object.entries(bestanden).map(([naam, inhoud]) => ({ naam, bytes: Buffer.from(inhoud) })),
    { proef: false },
  )
  expect(uit.flatMap(({ bestand, uitkomst }) => uitkomst.fouten.map(fout => [bestand, fout]))).toEqual([])
  return Object.fromEntries(uit.map(({ bestand, uitkomst: u }) => [bestand.replace('.csv', ''), u]))
}
const filesOf = (versie: 1 | 2) =>
  Object.fromEntries(
    Object.entries(RIJEN).map(([naam, rij]) => [`${naam}.csv`, `${rij[0]}\n${rij[versie]}\n`]),
  )
const readAll = async () =>
  Object.fromEntries(
    await Promise.all(
      INRICHTINGEN.map(
        async ({ register }) => [register.naam, await ctx.read(tx => listAll(tx, register))] as const,
      ),
    ),
  )

test('every field of every register is kept as it was put in, and as it was changed', async () => {
  expect(Object.keys(RIJEN), 'a row of each register in RIJEN, in the order of INRICHTINGEN').toEqual(
    INRICHTINGEN.map(({ register }) => register.naam),
  )
  await bring(BASIS)
  for (const [naam, { nieuw }] of Object.entries(await bring(filesOf(1))))
    expect([naam, nieuw]).toEqual([naam, 1])
  const eerst = await readAll()
  for (const [naam, { gewijzigd, gelijk }] of Object.entries(await bring(filesOf(2))))
    expect([naam, gewijzigd, gelijk]).toEqual([naam, 1, 0])
  const dan = await readAll()
  for (const { register } of INRICHTINGEN) {
    const na = dan[register.naam]?.find(
      rij => !eerst[register.naam]?.some(oud => isDeepStrictEqual(oud, rij)),
    )
    const voor = eerst[register.naam]?.find(rij => keyOf(register, rij) === keyOf(register, na ?? {}))
    const zelfde = Object.keys(register.velden).filter(veld => isDeepStrictEqual(voor?.[veld], na?.[veld]))
    expect([register.naam, zelfde]).toEqual([
      register.naam,
      Object.keys(register.velden).filter(
        veld => register.sleutel.includes(veld) || BLIJFT.has(`${register.naam}.${veld}`),
      ),
    ])
  }
  for (const [naam, { gelijk }] of Object.entries(await bring(filesOf(2))))
    expect([naam, gelijk]).toEqual([naam, 1])
})
