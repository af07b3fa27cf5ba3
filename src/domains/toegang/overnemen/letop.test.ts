import { expect, test } from 'vitest'
import { toCel } from '../../../platform/register/letop.ts'
import { type Agreed, checkLetOp } from './letop.ts'
import { type Rij, TOEWIJZING } from './velden.ts'

const RIJ: Rij = {
  gemeente: '9101',
  wet: 'jw',
  nummer: 1,
  toegewezenOp: '2025-12-15',
  bsn: '999900006',
  naam: 'Sem Jansen',
  geboortedatum: '2012-04-05',
  geslacht: '1',
  aanbieder: '98000001',
  categorie: '45',
  product: '45A04',
  geldig: { begin: '2026-01-01', eind: null },
  volume: 20,
  eenheid: '04',
  frequentie: '4',
  budget: null,
  begin: null,
  gestopt: null,
  redenStop: null,
  verwijzer: null,
  verwezenOp: null,
  probleemcluster: null,
  herhaald: null,
}
const PRODUCT = { categorie: '45', eenheid: '04', tarief: 9000 }
const GOED: Agreed = { product: PRODUCT, contract: true }
const look = (rij: Partial<Rij>, agreed: Agreed = GOED, naam?: string) =>
  checkLetOp([{ nummer: 2, rij: { ...RIJ, ...rij }, sleutel: 's', toewijzing: 't', persoon: 'p' }], {
    namen: new Map(naam === undefined ? [] : [['p', naam]]),
    agreed: () => agreed,
  }).map(opgemerkt => toCel(TOEWIJZING, opgemerkt))

test.each<
  [string, Partial<Rij>, Agreed, string | undefined, [kolom: string, waarde: string, verwacht: string][]]
>([
  ['as agreed', {}, GOED, undefined, []],
  ['in minutes of a product per hour', { eenheid: '01' }, GOED, undefined, []],
  [
    'in hours of a product per minute',
    {},
    { ...GOED, product: { ...PRODUCT, eenheid: '01' } },
    undefined,
    [],
  ],
  ['in another unit', { eenheid: '16' }, GOED, undefined, [['Eenheid', 'Dagdeel (4 uur)', 'Uur of Minuut']]],
  ['without omvang', { volume: null, eenheid: null, frequentie: null }, GOED, undefined, []],
  ['under another categorie', { categorie: '44' }, GOED, undefined, [['Productcategorie', '44', '45']]],
  [
    'not in the catalogue on that day',
    {},
    { product: undefined, contract: false },
    undefined,
    [['Productcode', '45A04', 'een product dat dan in de catalogus staat']],
  ],
  [
    'without a contract',
    {},
    { ...GOED, contract: false },
    undefined,
    [['Aanbieder', '98000001', 'een aanbieder die er dan een contract voor heeft']],
  ],
  [
    'with a contract without a price',
    {},
    { ...GOED, product: { ...PRODUCT, tarief: null } },
    undefined,
    [['Productcode', '45A04', 'een product met een tarief op die dag']],
  ],
  [
    'without a contract, of whose price nothing is said then',
    {},
    { product: { ...PRODUCT, tarief: null }, contract: false },
    undefined,
    [['Aanbieder', '98000001', 'een aanbieder die er dan een contract voor heeft']],
  ],
  [
    'in euros, which have no price',
    { eenheid: '83', volume: 1250 },
    { ...GOED, product: { ...PRODUCT, eenheid: '83', tarief: null } },
    undefined,
    [['Volume', '1.250', '1.250 voor €\u00a012,50; 125.000 als het €\u00a01.250,00 moet zijn']],
  ],
  [
    'of a whole categorie, without a contract',
    { product: null },
    { product: undefined, contract: false },
    undefined,
    [['Aanbieder', '98000001', 'een aanbieder die er dan een contract voor heeft']],
  ],
  ['of a whole categorie', { product: null }, { product: undefined, contract: true }, undefined, []],
  ['of who is known by this name', {}, GOED, 'sem  JANSÉN', []],
  [
    'of who is known by another',
    {},
    GOED,
    'Sam Jansen',
    [['Naam', 'Sem Jansen', 'de naam die bij dit BSN hoort; kijk BSN en naam na']],
  ],
])('%s', (_, rij, agreed, naam, verwacht) => {
  expect(look(rij, agreed, naam).map(c => [c.kolom, c.waarde, c.verwacht])).toEqual(verwacht)
})

test('the first name under a BSN in a file is the one that others are held against', () => {
  const rij = (nummer: number, naam: string) => ({
    nummer,
    rij: { ...RIJ, naam },
    sleutel: `s${nummer}`,
    toewijzing: `t${nummer}`,
    persoon: 'p',
  })
  const rijen = [rij(2, 'Sem'), rij(3, 'Sam'), rij(4, 'sem')]
  expect(checkLetOp(rijen, { namen: new Map(), agreed: () => GOED }).map(c => c.nummer)).toEqual([3])
})
