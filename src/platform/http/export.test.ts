import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { readCsv, readXlsx } from '../../../test/support/rekenblad.ts'
import { type Exportkolom, MAX_EXPORT, sendExport, toCsv, toXlsx } from './export.ts'

interface Rij {
  code: string
  naam: string
  bedrag: number | null
  aandeel: number
  dag: string | null
}

const KOLOMMEN: readonly Exportkolom<Rij>[] = [
  { kop: 'Code', waarde: r => r.code },
  { kop: 'Naam', waarde: r => r.naam },
  { kop: 'Bedrag', soort: 'bedrag', waarde: r => r.bedrag },
  { kop: 'Aandeel', soort: 'getal', waarde: r => r.aandeel },
  { kop: 'Dag', soort: 'datum', waarde: r => r.dag },
]
const rij = (deel: Partial<Rij> = {}): Rij => ({
  code: '0355',
  naam: 'Zeist; "de" gemeente',
  bedrag: 123_456_789,
  aandeel: 12.5,
  dag: '2026-02-28',
  ...deel,
})
const VERWACHT = {
  Code: '0355',
  Naam: 'Zeist; "de" gemeente',
  Bedrag: '1234567,89',
  Aandeel: '12,5',
  Dag: '28-02-2026',
}
const tekstcel = async (waarde: string) =>
  (await toCsv([{ kop: 'K', waarde: (w: string) => w }], [waarde])).split('\r\n')[1]

describe('een export', () => {
  it('schrijft euro’s uit eurocenten, Nederlandse getallen en datums, en codes met hun nullen', async () => {
    const csv = await toCsv(KOLOMMEN, [rij()])
    expect(csv).toBe(
      '\ufeffCode;Naam;Bedrag;Aandeel;Dag\r\n"=""0355""";"Zeist; ""de"" gemeente";1234567,89;12,5;28-02-2026\r\n',
    )
    expect(readCsv(csv)).toEqual([VERWACHT])
  })

  it('is in XLSX cel voor cel hetzelfde', async () => {
    expect(readXlsx(await toXlsx(KOLOMMEN, [rij()]))).toEqual([VERWACHT])
  })

  it.each([
    [1, '0,01'],
    [-1, '-0,01'],
    [-123_456, '-1234,56'],
    [0, '0,00'],
    [100, '1,00'],
    [null, ''],
  ])('van %s eurocent maakt %s', async (bedrag, tekst) => {
    expect(readCsv(await toCsv(KOLOMMEN, [rij({ bedrag })]))[0]?.Bedrag).toBe(tekst)
    expect(readXlsx(await toXlsx(KOLOMMEN, [rij({ bedrag })]))[0]?.Bedrag).toBe(tekst)
  })
})

describe('een tekst wordt nooit een formule', () => {
  it.each([
    '=1+1',
    '+31612345678',
    '-1+1',
    '\u22121',
    '@SUM(A1)',
    '|calc',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '  +1',
    '\u200b=1',
    '\ufeff=1',
    '\u2060@x',
    '\u00a0-1',
    '\uff1d1+1',
    '\uff20x',
    '\0=1',
    '\x01=1',
    '\x7f=1',
    '\u0085=1',
    '\u061c=1',
    '\ufe0f=1',
    '\ufe66x',
  ])('%j', async tekst => {
    // An apostrophe is what keeps it a text; quotes around it are those of CSV.
    expect(await tekstcel(tekst)).toMatch(/^"?'/)
    expect(readCsv(await toCsv([{ kop: 'K', waarde: (w: string) => w }], [tekst]))[0]?.K).toBe(`'${tekst}`)
  })

  it.each(['Jansen', 'a=b', '1 + 1', '€ 5', '– geen', "'s-Gravenhage"])(
    '%j blijft zoals het is',
    async tekst => expect(await tekstcel(tekst)).toBe(tekst),
  )
})

describe('een code blijft een code', () => {
  it.each([
    '0355',
    '04',
    '45E04',
    '1-2',
    '12/2026',
    '2026-01',
    '13:00',
    '99990079',
    '1.2.3',
    '000000000000000001',
  ])('%s', async tekst => {
    expect(await tekstcel(tekst)).toBe(`"=""${tekst}"""`)
    expect(readCsv(await toCsv([{ kop: 'K', waarde: (w: string) => w }], [tekst]))[0]?.K).toBe(tekst)
  })
  it.each(['45A04', '28-11-2026 13:05', 'S01', '1234 AB'])('%s hoeft niets', async tekst =>
    expect(await tekstcel(tekst)).toBe(tekst),
  )
})

describe('een groot bestand houdt anderen niet op', () => {
  const RIJEN = Array.from({ length: 12_803 }, (_, n) => n)

  /** How many rows are handled at most between two turns of the event loop: counted, not timed. */
  async function meesteNaElkaar(maak: typeof toCsv | typeof toXlsx): Promise<number> {
    let nu = 0
    let meest = 0
    const turn = () => {
      nu = 0
      volgende = setImmediate(turn)
    }
    let volgende = setImmediate(turn)
    const kolom = {
      kop: 'K',
      waarde: (n: number) => {
        nu += 1
        meest = Math.max(meest, nu)
        return n
      },
    }
    await maak([kolom], RIJEN)
    clearImmediate(volgende)
    return meest
  }

  it.each([
    ['CSV', toCsv],
    ['XLSX', toXlsx],
  ])('%s', async (_, maak) => {
    const meest = await meesteNaElkaar(maak)
    expect(meest).toBeGreaterThan(0)
    expect(meest).toBeLessThanOrEqual(100)
  })
})

describe('een bestand is heel, of zegt dat het dat niet is', () => {
  const KOLOM: Exportkolom<number>[] = [
    { kop: 'Nummer', soort: 'getal', waarde: n => n },
    { kop: 'Naam', waarde: n => `rij ${n}` },
  ]

  it('een werkblad dat niet past wordt geweigerd, en is nooit leeg', async () => {
    const rijen = Array.from({ length: 2000 }, (_, n) => n)
    const krap = { geheugenMb: 512, tijdMs: 1 }
    await expect(toXlsx(KOLOM, rijen, { grenzen: krap })).rejects.toMatchObject({
      status: 413,
      type: 'te-groot',
    })
  })

  it.each([
    [MAX_EXPORT - 1, false],
    [MAX_EXPORT, true],
    [MAX_EXPORT + 1, true],
  ])('%i rijen', async (aantal, afgekapt) => {
    expect(MAX_EXPORT).toBe(50_000)
    const app = Fastify()
    app.get('/', (_, reply) =>
      sendExport(
        reply,
        'lijst',
        KOLOM,
        Array.from({ length: aantal }, (_, n) => n + 1),
      ),
    )
    const [csv, xlsx] = [
      readCsv((await app.inject('/?formaat=csv')).body),
      readXlsx((await app.inject('/?formaat=xlsx')).rawPayload),
    ]
    const hoogste = Math.min(aantal, MAX_EXPORT)
    for (const blad of [csv, xlsx]) {
      expect(blad).toHaveLength(hoogste + (afgekapt ? 1 : 0))
      expect(blad[hoogste - 1]).toEqual({ Nummer: String(hoogste), Naam: `rij ${hoogste}` })
      if (afgekapt)
        expect(blad.at(-1)).toEqual({
          Nummer: expect.stringContaining('stopt dit bestand, bij 50.000 rijen'),
          Naam: '',
        })
    }
    await app.close()
  })
})
