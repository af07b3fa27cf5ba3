import { describe, expect, test } from 'vitest'
import {
  CREDIT,
  declaratie,
  eerste,
  PRODUCT,
  REGEL,
  relatie,
  start,
  stop,
  toewijzing,
} from '../../../../test/support/inhoudsregels.ts'
import type { Declaratieoordeel } from '../../declaraties/index.ts'
import type { Bericht, Bericht301 } from '../../istandaard/index.ts'
import { buildDeclaratieAntwoord, buildRetour, getsAntwoord } from './antwoord.ts'

const KENMERK = { identificatie: 'ANTW1', dagtekening: '2025-05-09' }
const VERSIES = { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '1.0.0' }
const GOED = { retourCodes: ['0200'] }
const wmo = <B extends Bericht>(b: B): B => ({
  ...b,
  bericht: b.bericht.replace('JW', 'WMO'),
  domein: 'wmo',
})

describe('the retour on a 301, 305 or 307 (berichten.md § 4.1)', () => {
  test.each([
    ['JW301', toewijzing(), 'JW302', '437'],
    ['JW305', start(), 'JW306', '439'],
    ['JW307', stop(), 'JW308', '441'],
    ['WMO301', wmo(toewijzing()), 'WMO302', '415'],
    ['WMO305', wmo(start()), 'WMO306', '419'],
    ['WMO307', wmo(stop()), 'WMO308', '421'],
  ])('on a %s without fault is a header only, without RetourCodes', (_, heen, bericht, berichtCode) =>
    expect(buildRetour(heen, KENMERK, {})).toEqual({
      bericht,
      domein: heen.domein,
      header: {
        ...heen.header,
        berichtCode,
        identificatieRetour: 'ANTW1',
        dagtekeningRetour: '2025-05-09',
        xsdVersieRetour: VERSIES,
      },
    }),
  )
  test.each([
    ['level 2 failed: 0001', { technisch: true }, ['0001']],
    ['the header is wrong', { kop: ['9056', '8848'] }, ['9056', '8848']],
    ['the header is wrong, whatever the products are', { kop: ['9056'], producten: [['9332']] }, ['9056']],
  ])('is a header only when %s', (_, oordeel, codes) => {
    const retour = buildRetour(toewijzing(), KENMERK, oordeel)
    expect(retour.header.retourCodes).toEqual(codes)
    expect(retour).not.toHaveProperty('client')
  })
  test('is a header without codes when no product has a fault', () => {
    const retour = buildRetour(toewijzing(), KENMERK, { kop: [], producten: [[]] })
    expect(retour.header).not.toHaveProperty('retourCodes')
    expect(retour).not.toHaveProperty('client')
  })

  test('holds the whole Client when a product has a fault, every class with its codes', () => {
    const heen = toewijzing()
    const verwant = relatie(heen)
    const ander = { ...structuredClone(PRODUCT), toewijzingNummer: 2 }
    heen.client.toegewezenProducten.push(ander)
    const retour = buildRetour(heen, KENMERK, { producten: [[], ['9332', '9379']] })
    expect(retour.header.retourCodes).toEqual(['0200'])
    expect((retour as unknown as Bericht301).client).toEqual({
      ...heen.client,
      relaties: [{ ...verwant, contact: { ...verwant.contact, ...GOED }, ...GOED }],
      contactgegevens: [{ ...eerste(heen.client.contactgegevens), ...GOED }],
      toegewezenProducten: [
        { ...PRODUCT, ...GOED },
        { ...ander, retourCodes: ['9332', '9379'] },
      ],
      ...GOED,
    })
  })
  test('of a Client without relations holds none', () =>
    expect(buildRetour(toewijzing(), KENMERK, { producten: [['9332']] })).not.toHaveProperty(
      'client.relaties',
    ))
  test.each([
    ['305', start(), 'startProducten'],
    ['307', stop(), 'stopProducten'],
  ])('of a %s has the code at its product', (_, heen, naam) =>
    expect(buildRetour(heen, KENMERK, { producten: [['9338']] })).toMatchObject({
      client: { [naam]: [{ toewijzingNummer: 1, retourCodes: ['9338'] }], ...GOED },
    }),
  )
})

describe('the 325 on a 323 (IV087, OP303, OP304)', () => {
  const kop = (bericht: string, berichtCode: string, heen = declaratie()) => ({
    bericht,
    domein: heen.domein,
    header: {
      ...heen.header,
      berichtCode,
      afzender: '0384',
      ontvanger: '65656055',
      berichtIdentificatie: KENMERK,
      xsdVersie: VERSIES,
      declaratieIdentificatie: { identificatie: 'TEST1', dagtekening: '2025-05-06' },
      xsdVersieDeclaratie: VERSIES,
    },
  })
  const metCodes = (b: ReturnType<typeof kop>, retourCodes: string[]) => ({
    ...b,
    header: { ...b.header, retourCodes },
  })
  const fout = (retourcode: string) => ({ regel: 'TR', retourcode, melding: '', feiten: [] })
  const regel = (nummer: number, ...codes: string[]) => ({
    client: 0,
    nummer,
    prestatie: {} as never,
    bevindingen: codes.map(fout),
    goedgekeurd: codes.length === 0,
  })
  const oordeel = (deel: Partial<Declaratieoordeel> = {}): { oordeel: Declaratieoordeel } => ({
    oordeel: {
      berichtId: '',
      bevindingen: [],
      clientenOnbekend: new Set(),
      regels: [regel(0), regel(1)],
      ingediend: 3000,
      toegekend: 3000,
      ...deel,
    },
  })
  const romp = (deel: Partial<Declaratieoordeel>) =>
    buildDeclaratieAntwoord(declaratie(), KENMERK, oordeel(deel)).declaratieAntwoord
  const totaal = (totaalBedrag: number, debetCredit = 'D') => ({ totaalBedrag, debetCredit })

  test.each([
    ['0001 when level 2 failed', { technisch: true } as const, ['0001']],
    ['the codes of the header', { kop: ['9056', '8848'] }, ['9056', '8848']],
  ])('is a header only: %s', (_, uitkomst, codes) =>
    expect(buildDeclaratieAntwoord(declaratie(), KENMERK, uitkomst)).toEqual(
      metCodes(kop('JW325', '491'), codes),
    ),
  )
  test.each([
    ['JW325', '491', declaratie()],
    ['WMO325', '485', wmo(declaratie())],
  ])('a %s in which all is granted says 8001 and repeats no line', (bericht, code, heen) =>
    expect(buildDeclaratieAntwoord(heen, KENMERK, oordeel())).toEqual({
      ...metCodes(kop(bericht, code, heen), ['0200']),
      declaratieAntwoord: {
        declaratieNummer: 'D1',
        totaalIngediendBedrag: totaal(3000),
        totaalToegekendBedrag: totaal(3000),
        retourCodes: ['8001'],
      },
    }),
  )
  test('what is refused comes back with each code once, what is granted does not (TR342)', () =>
    expect(romp({ regels: [regel(0, '9321', '0611', '0611'), regel(1)], toegekend: -2000 })).toEqual({
      declaratieNummer: 'D1',
      totaalIngediendBedrag: totaal(3000),
      totaalToegekendBedrag: totaal(2000, 'C'),
      clienten: [
        {
          bsn: '999900006',
          prestaties: [{ ...REGEL, retourCodes: ['9321', '0611'] }],
          retourCodes: ['0200'],
        },
      ],
      retourCodes: ['0200'],
    }))
  test('of a client that is not known no line was judged: 8187 and 0233 (TR304)', () =>
    expect(
      romp({
        regels: [0, 1].map(nummer => ({ ...regel(nummer), goedgekeurd: false })),
        clientenOnbekend: new Set([0]),
        toegekend: 0,
      }),
    ).toMatchObject({
      totaalToegekendBedrag: totaal(0),
      clienten: [
        {
          prestaties: [
            { ...REGEL, retourCodes: ['0233'] },
            { ...CREDIT, retourCodes: ['0233'] },
          ],
          retourCodes: ['8187'],
        },
      ],
    }))
  test('a declaratie that is refused whole has its code, and no line', () => {
    const antwoord = romp({
      bevindingen: [fout('9333'), fout('8214')],
      regels: [0, 1].map(nummer => ({ ...regel(nummer), goedgekeurd: false })),
      toegekend: 0,
    })
    expect(antwoord?.retourCodes).toEqual(['9333', '8214'])
    expect(antwoord).not.toHaveProperty('clienten')
  })
})

test.each([
  ['301', toewijzing(), true],
  ['305', start(), true],
  ['307', stop(), true],
  ['323', declaratie(), true],
  ['302', buildRetour(toewijzing(), KENMERK, {}), false],
  ['325', buildDeclaratieAntwoord(declaratie(), KENMERK, { technisch: true }), false],
] as const)('a %s gets an answer or not', (_, bericht, antwoord) =>
  expect(getsAntwoord(bericht)).toBe(antwoord),
)
