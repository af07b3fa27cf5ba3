import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkBytes, writeBericht } from '../domains/istandaard/index.ts'
import { isBsn } from '../platform/crypto.ts'
import { makeManifest, makeRegio, writeRegio } from './index.ts'

const OPTIES = { seed: 1, schaal: 0.1, jaren: 'verschoven', peildatum: '2026-11-22' } as const
/** Changes whenever the region changes; say in the commit why it did. */
const GOUD = '998510b9c7b5934287d4924504104133581a1913109127fd18e0e271e5718ae5'
const regio = makeRegio(OPTIES)

describe('the demonstration region', () => {
  it('is the same to the byte for the same seed (golden hash), and another for another seed', () => {
    expect(makeManifest(regio).vingerafdruk).toBe(GOUD)
    expect(makeManifest(makeRegio(OPTIES)).vingerafdruk).toBe(GOUD)
    expect(makeManifest(makeRegio({ ...OPTIES, seed: 2 })).vingerafdruk).not.toBe(GOUD)
  })

  it('has nothing after the peildatum, and an earlier peildatum only cuts', () => {
    const eerder = makeRegio({ ...OPTIES, peildatum: '2026-03-10' })
    const lang = [...regio.verkeer()].filter(o => o.ontvangenOp.slice(0, 10) <= '2026-03-10')
    expect([...eerder.verkeer()]).toEqual(lang)
    expect([...regio.verkeer()].every(o => o.ontvangenOp.slice(0, 10) <= '2026-11-22')).toBe(true)
  })

  it('writes only messages that pass levels 1 and 2', () => {
    const soorten = new Set<string>()
    let i = 0
    for (const { bericht } of regio.verkeer()) {
      if (i++ % 7 !== 0) continue
      soorten.add(bericht.bericht)
      const { niveau, bevindingen } = checkBytes(Buffer.from(writeBericht(bericht)))
      expect({ bericht: bericht.bericht, niveau, bevindingen }).toEqual({
        bericht: bericht.bericht,
        niveau: null,
        bevindingen: [],
      })
    }
    expect([...soorten].sort()).toEqual([
      'JW301',
      'JW305',
      'JW307',
      'JW323',
      'WMO301',
      'WMO305',
      'WMO307',
      'WMO323',
    ])
  })

  it('plays 2016-2019 with messages that are right but for the first day that may be claimed', () => {
    const oud = makeRegio({ ...OPTIES, jaren: 'origineel', peildatum: '2020-12-31' })
    let fouten = 0
    let i = 0
    for (const { bericht } of oud.verkeer()) {
      if (i++ % 31 !== 0) continue
      const bytes = Buffer.from(writeBericht(bericht))
      if (checkBytes(bytes, { eersteDeclaratieDatum: '2016-01-01' }).niveau !== null) fouten += 1
    }
    expect(i).toBeGreaterThan(10_000)
    expect(fouten).toBe(0)
  })

  it('stays below 25,000 messages at a tenth of the scale', () => {
    const aantal = [...regio.verkeer()].length
    expect(aantal).toBeGreaterThan(10_000)
    expect(aantal).toBeLessThan(25_000)
  })

  it('has one BSN per person and one person per BSN, all passing the elfproef', () => {
    const geboren = new Map<string, string>()
    for (const { bericht } of regio.verkeer()) {
      if ('declaratie' in bericht) continue
      const { bsn, geboortedatum, naam } = bericht.client
      const wie = `${geboortedatum.datum} ${naam.geslachtsnaam.achternaam}`
      expect(geboren.get(bsn) ?? wie).toBe(wie)
      geboren.set(bsn, wie)
    }
    expect([...geboren.keys()].every(isBsn)).toBe(true)
    expect(geboren.size).toBeLessThanOrEqual(regio.personen.aantal)
    expect(geboren.size).toBeGreaterThan(1500)
  })

  it('has consistent reference data', () => {
    const { aanbieders, contracten, tarieven, producten, segmenten, gemeenten, plafonds } = regio.referentie
    const nummers = new Set(contracten.map(({ nummer }) => nummer))
    expect([aanbieders.length, nummers.size, segmenten.length, gemeenten.length]).toEqual([350, 350, 9, 5])
    expect(producten.filter(p => p.wet === 'jw')).toHaveLength(58)
    expect(producten.filter(p => p.wet === 'wmo')).toHaveLength(22)
    expect(
      segmenten
        .filter(s => !s.context)
        .map(s => s.wet)
        .sort(),
    ).toEqual(['jw', 'jw', 'jw', 'jw', 'jw', 'wmo', 'wmo', 'wmo'])
    expect(producten.every(p => p.code.startsWith(p.categorie) && p.code.length === 5)).toBe(true)
    for (const sleutel of ['agb', 'kvk', 'naam'] as const)
      expect(new Set(aanbieders.map(a => a[sleutel])).size).toBe(350)
    expect(aanbieders.every(a => /^9999\d{4}$/.test(a.agb) && /^9999\d{4}$/.test(a.kvk))).toBe(true)
    expect(new Set(tarieven.map(t => `${t.contract}/${t.wet}/${t.product}/${t.ingang}`)).size).toBe(
      tarieven.length,
    )
    expect(tarieven.every(t => t.tarief === null || (Number.isInteger(t.tarief) && t.tarief > 0))).toBe(true)
    for (const jaar of [2023, 2024, 2025]) {
      for (const segment of segmenten) {
        const plafond = plafonds
          .filter(p => p.jaar === jaar && p.segment === segment.code)
          .reduce((a, p) => a + p.bedrag, 0)
        const uitgaven = regio.waarheid.goedgekeurd
          .filter(g => g.jaar === jaar && g.segment === segment.code)
          .reduce((a, g) => a + g.bedrag, 0)
        expect(plafond / uitgaven).toBeGreaterThan(0.93)
        expect(plafond / uitgaven).toBeLessThan(0.971)
      }
    }
  })

  it('has a contract that a municipality joined and one that a segment joins, and nothing was delivered there before', () => {
    const { contracten, gemeenten } = regio.referentie
    const [straks, toen] = [...Map.groupBy(contracten, ({ nummer }) => nummer).values()]
      .filter(versies => versies.length > 1)
      .sort(([a], [b]) => ((a?.einde ?? '') < (b?.einde ?? '') ? 1 : -1))
    expect([straks, toen].map(versies => versies?.map(({ ingang, einde }) => [ingang, einde]))).toEqual([
      [
        ['2023-01-01', '2027-06-30'],
        ['2027-07-01', null],
      ],
      [
        ['2023-01-01', '2024-06-30'],
        ['2024-07-01', null],
      ],
    ])
    expect(straks?.map(({ segmenten }) => segmenten.length)).toEqual([1, 2])
    expect(toen?.map(v => v.gemeenten.length)).toEqual([4, 5])
    const nieuw = gemeenten.find(({ code }) => !toen?.[0]?.gemeenten.includes(code))?.code
    const begin = [...regio.verkeer()].flatMap(({ bericht }) =>
      'client' in bericht &&
      'toegewezenProducten' in bericht.client &&
      bericht.header.afzender === nieuw &&
      bericht.header.ontvanger === toen?.[0]?.agb
        ? bericht.client.toegewezenProducten.map(({ ingangsdatum }) => ingangsdatum)
        : [],
    )
    expect(begin.length).toBeGreaterThan(0)
    expect(begin.every(dag => dag >= '2024-07-01')).toBe(true)
  })

  it('has a referral for every toewijzing sent', () => {
    const bekend = new Set(regio.verwijzingen.map(v => `${v.domein}/${v.gemeente}/${v.toewijzingNummer}`))
    for (const { bericht } of regio.verkeer()) {
      if (!('client' in bericht) || !('toegewezenProducten' in bericht.client)) continue
      for (const p of bericht.client.toegewezenProducten) {
        expect(bekend.has(`${bericht.domein}/${bericht.header.afzender}/${p.toewijzingNummer}`)).toBe(true)
      }
    }
  })

  it('writes files that agree with the manifest', () => {
    const map = mkdtempSync(join(tmpdir(), 'regio-'))
    try {
      const manifest = writeRegio(map, regio)
      expect(manifest.vingerafdruk).toBe(GOUD)
      expect(readdirSync(join(map, 'verkeer')).length).toBeGreaterThan(40)
      for (const { pad, sha256 } of manifest.bestanden.filter((_, i) => i % 500 === 0)) {
        expect(
          createHash('sha256')
            .update(readFileSync(join(map, pad)))
            .digest('hex'),
        ).toBe(sha256)
      }
      expect(JSON.parse(readFileSync(join(map, 'manifest.json'), 'utf8')).bestanden).toHaveLength(
        manifest.bestanden.length,
      )
    } finally {
      rmSync(map, { recursive: true })
    }
  })

  it('refuses a scale or seed it cannot make', () => {
    expect(() => makeRegio({ ...OPTIES, schaal: 0.05 })).toThrow(RangeError)
    expect(() => makeRegio({ ...OPTIES, seed: 1.5 })).toThrow(RangeError)
  })
})
