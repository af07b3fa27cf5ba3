import { expect, it } from 'vitest'
import { testDatabase } from './database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from './regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)

it('the messages of the test region are lawful, in both laws and at both municipalities', async () => {
  const aanbieders = await laadTestregio(omgeving)
  expect(aanbieders.get(AGB_A)).toBeGreaterThan(0)
  const wmo = { domein: 'wmo', gemeente: GEMEENTE_B, client: 1 } as const
  const uit = await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, ...wmo }),
    startbericht({ identificatie: 'S1', nummer: 1 }),
    startbericht({ identificatie: 'S2', nummer: 2, ...wmo }),
    stopbericht({ identificatie: 'P1', nummer: 1 }),
    declaratiebericht({ identificatie: 'D1', nummer: 'N1', regels: [{ nummer: 1, referentie: 'R1' }] }),
    declaratiebericht({
      identificatie: 'D2',
      nummer: 'N1',
      ...wmo,
      regels: [{ nummer: 2, referentie: 'R1', client: 1 }],
    }),
    declaratiebericht({
      identificatie: 'D3',
      nummer: 'N2',
      regels: [
        { nummer: 1, referentie: 'R2', crediteert: 'R1' },
        { nummer: 1, referentie: 'R3', volume: 99 },
      ],
    }),
  )
  expect(uit.map(u => [u.uitkomst, u.bevindingen.map(b => b.regel)])).toEqual([
    ['verwerkt', []],
    ['verwerkt', []],
    ['verwerkt', []],
    ['verwerkt', []],
    ['verwerkt', []],
    ['verwerkt', []],
    ['verwerkt', []],
    ['deels-afgekeurd', ['TR321']],
  ])
})

it('test BSNs differ and lie in the range for tests', () => {
  expect([testBsn(0), testBsn(1)]).toEqual(['999900006', '999900018'])
})
