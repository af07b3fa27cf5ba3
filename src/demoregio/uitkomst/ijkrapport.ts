import { divideRounded } from '../../platform/money.ts'
import { GEMEENTE_BUDGET, KLASSEN, STROMEN } from '../basis/ijking.ts'
import type { Stroom } from '../basis/preset.ts'
import type { Demoregio } from '../index.ts'

/** One target beside what the region gives; values in the unit named, tolerances inclusive. */
export interface Ijkregel {
  doel: string
  eenheid: 'euro' | 'aantal' | 'procent' | 'punten'
  gewenst: number
  gemeten: number
  /** Largest allowed distance in the same unit. */
  marge: number
  goed: boolean
  /** S: stated in document 003; D: derived from it; A: our assumption. */
  bron: 'S' | 'D' | 'A'
}

/**
 * All targets of the region with what came out, over approved lines received up to the peildatum. Amounts and
 * counts are compared at the scale of the region. Grondslag: 003 Bijlage 1.
 */
export function ijkrapport(regio: Demoregio, schaal: number): Ijkregel[] {
  const { waarheid, referentie, verwijzingen } = regio
  const anker = referentie.ankerjaar
  const uit: Ijkregel[] = []
  const toets = (
    doel: string,
    eenheid: Ijkregel['eenheid'],
    gewenst: number,
    gemeten: number,
    marge: number,
    bron: Ijkregel['bron'],
  ) => {
    uit.push({
      doel,
      eenheid,
      gewenst,
      gemeten,
      marge,
      goed: Math.abs(gewenst - gemeten) <= marge + 1e-9,
      bron,
    })
  }
  const rij = (stroom: Stroom, jaar = anker) =>
    waarheid.goedgekeurd.find(g => g.stroom === stroom && g.jaar === jaar)
  const euro = (stroom: Stroom, jaar = anker) => (rij(stroom, jaar)?.bedrag ?? 0) / 100
  const som = (stromen: readonly Stroom[], jaar = anker) => stromen.reduce((a, s) => a + euro(s, jaar), 0)
  const JEUGD = ['V', 'W', 'D', 'A', 'G', 'C'] as const
  const WMO = ['I', 'K', 'KV'] as const

  const jeugd = som(JEUGD)
  const wmo = som(WMO)
  toets('Uitgaven jeugd', 'euro', 38_000_000 * schaal, jeugd, 190_000 * schaal, 'S')
  toets('Uitgaven Wmo-begeleiding', 'euro', 17_000_000 * schaal, wmo, 85_000 * schaal, 'S')
  toets('Aandeel ambulant', 'punten', 45, (som(['A', 'G']) / jeugd) * 100, 0.3, 'S')
  toets('Aandeel verblijf', 'punten', 33, (euro('V') / jeugd) * 100, 0.3, 'S')
  toets('Aandeel wonen, dagbesteding en crisis', 'punten', 22, (som(['W', 'D', 'C']) / jeugd) * 100, 0.3, 'D')
  const clienten = (stroom: Stroom, naam: string, marge: number, bron: Ijkregel['bron']) =>
    toets(
      naam,
      'aantal',
      Math.round(STROMEN[stroom].clienten * schaal),
      rij(stroom)?.clienten ?? 0,
      marge,
      bron,
    )
  clienten('V', 'Cliënten verblijf', 0, 'S')
  clienten('A', 'Cliënten ambulante begeleiding', 0, 'S')
  clienten('G', 'Cliënten jeugd-ggz', 95 * schaal, 'A')
  clienten('H', 'Cliënten huishoudelijke ondersteuning', 147 * schaal, 'A')
  // Whole clients at a small scale move the mean of a small group.
  const rondV = (0.5 / Math.max(1, 184 * schaal)) * 68_150
  toets(
    'Uitgaven per cliënt verblijf',
    'euro',
    68_150,
    euro('V') / (rij('V')?.clienten ?? 1),
    681.5 + (schaal < 1 ? rondV : 0),
    'D',
  )
  toets(
    'Uitgaven per cliënt ambulante begeleiding',
    'euro',
    2800,
    euro('A') / (rij('A')?.clienten ?? 1),
    28,
    'S',
  )
  toets('Uitgaven jeugd-ggz', 'euro', 5_984_000 * schaal, euro('G'), 299_000 * schaal, 'D')
  const jeugdpad = [31.4, 34.5, 38, 40.5]
  for (let i = 0; i < 3; i++) {
    const gewenst = (jeugdpad[i] ?? 0) * 1e6 * schaal
    toets(
      `Uitgaven jeugd jaar ${i + 1}`,
      'euro',
      gewenst,
      som(JEUGD, referentie.eersteJaar + i),
      gewenst * 0.02,
      'A',
    )
  }
  const uniek = waarheid.uniek.find(u => u.jaar === anker)
  toets('Unieke jeugdcliënten', 'aantal', 5200 * schaal, uniek?.jeugd ?? 0, 260 * schaal, 'A')
  toets('Unieke cliënten Wmo-begeleiding', 'aantal', 3000 * schaal, uniek?.wmo ?? 0, 150 * schaal, 'A')
  toets(
    'Begeleidingscliënten met huishoudelijke ondersteuning',
    'punten',
    30,
    ((uniek?.wmoMetHo ?? 0) / (uniek?.wmo ?? 1)) * 100,
    1,
    'S',
  )
  verwijzers(regio, toets)
  markt(regio, toets)
  for (let i = 0; i < 3; i++) {
    const klassen = waarheid.klassen.filter(k => k.jaar === referentie.eersteJaar + i)
    const totaal = klassen.reduce((a, k) => a + k.clienten, 0)
    const speciaal = klassen.filter(k => k.zwaarte > 2).reduce((a, k) => a + k.clienten, 0)
    const doel = KLASSEN[i] ?? []
    toets(
      `Aandeel begeleiding speciaal jaar ${i + 1}`,
      'punten',
      ((doel[2] ?? 0) + (doel[3] ?? 0)) / 100,
      (speciaal / totaal) * 100,
      1,
      i === 2 ? 'S' : 'A',
    )
  }
  for (const [zwaar, naam, gewenst] of [
    [2, 'basis', 30],
    [4, 'speciaal', 40],
  ] as const) {
    const klasse = (z: number) =>
      waarheid.klassen.find(k => k.jaar === anker && k.zwaarte === z)?.clienten ?? 0
    const deel = klasse(zwaar) / (klasse(zwaar) + klasse(zwaar - 1))
    toets(`Aandeel intensief binnen ${naam}`, 'punten', gewenst, deel * 100, 1, 'S')
  }
  for (const [stroom, naam, gewenst] of [
    ['W', 'wonen', 5_320_000],
    ['D', 'dagbesteding', 2_280_000],
    ['C', 'crisis', 760_000],
  ] as const) {
    toets(`Uitgaven ${naam}`, 'euro', gewenst * schaal, euro(stroom), gewenst * schaal * 0.1, 'A')
  }
  const starts = verwijzingen.filter(v => v.domein === 'jw' && !v.vervolg)
  toets(
    'Herhaald beroep',
    'punten',
    24,
    (starts.filter(v => v.herhaald).length / starts.length) * 100,
    2,
    'A',
  )
  const eerste = waarheid.vertraging
  const totaal = eerste.reduce((a, b) => a + b, 0)
  for (const [maanden, gewenst] of [
    [1, 68],
    [2, 85],
    [3, 91],
    [6, 97],
    [12, 99.7],
  ] as const) {
    const binnen = eerste.slice(0, maanden).reduce((a, b) => a + b, 0)
    toets(`Declaraties binnen na ${maanden} maanden`, 'punten', gewenst, (binnen / totaal) * 100, 2, 'A')
  }
  for (const [leeftijd, gewenst] of [
    ['0-17', -0.85],
    ['65+', 1.75],
  ] as const) {
    const aantal = (jaar: number) =>
      referentie.gemeenten
        .flatMap(g => g.inwoners)
        .filter(i => i.jaar === jaar && i.leeftijd === leeftijd)
        .reduce((a, i) => a + i.aantal, 0)
    const groei = (aantal(anker) / aantal(anker - 1) - 1) * 100
    toets(`Groei per jaar van de groep ${leeftijd}`, 'punten', gewenst, groei, 0.1, 'D')
  }
  const inwoners = referentie.gemeenten
    .flatMap(g => g.inwoners)
    .filter(i => i.jaar === referentie.eersteJaar + 1)
  toets(
    'Inwoners tweede jaar',
    'aantal',
    192_700,
    inwoners.reduce((a, i) => a + i.aantal, 0),
    193,
    'S',
  )
  return uit
}

type Toets = (
  doel: string,
  eenheid: Ijkregel['eenheid'],
  gewenst: number,
  gemeten: number,
  marge: number,
  bron: Ijkregel['bron'],
) => void

function verwijzers({ waarheid, referentie, verwijzingen }: Demoregio, toets: Toets): void {
  for (let i = 0; i < 4; i++) {
    const jaar = referentie.eersteJaar + i
    const rijen = waarheid.perVerwijzer.filter(v => v.jaar === jaar)
    const totaal = rijen.reduce((a, v) => a + v.bedrag, 0)
    const gemeente = rijen.find(v => v.verwijzer === '01')?.bedrag ?? 0
    // The last year is not over at the peildatum; its share is an assumption with a wider margin.
    toets(
      `Jeugdbudget via de gemeente jaar ${i + 1}`,
      'punten',
      (GEMEENTE_BUDGET[i] ?? 0) / 10,
      (gemeente / totaal) * 100,
      i === 3 ? 3 : 1,
      i % 2 === 0 ? 'S' : 'A',
    )
  }
  const jeugd = verwijzingen.filter(v => v.domein === 'jw' && !v.vervolg)
  for (const [code, naam, gewenst, marge] of [
    ['02', 'huisarts', 40, 1],
    ['01', 'gemeente', 33, 2],
    ['04', 'gecertificeerde instelling', 9, 2],
    ['05', 'medisch specialist', 5, 2],
    ['03', 'jeugdarts', 3, 2],
  ] as const) {
    const deel = jeugd.filter(v => v.verwijzer === code).length / jeugd.length
    toets(`Verwijzingen door ${naam}`, 'punten', gewenst, deel * 100, marge, code === '02' ? 'S' : 'A')
  }
}

function markt({ opties, waarheid, referentie }: Demoregio, toets: Toets): void {
  const aandelen = (domein: 'jw' | 'wmo') => {
    const rijen = waarheid.perAanbieder.filter(
      a => a.domein === domein && a.jaar === referentie.ankerjaar && a.bedrag > 0,
    )
    const totaal = rijen.reduce((a, r) => a + r.bedrag, 0)
    return rijen
      .map(r => ({ agb: r.agb, bedrag: r.bedrag, deel: (r.bedrag / totaal) * 100 }))
      .sort((a, b) => b.deel - a.deel)
  }
  const som = (rij: { deel: number }[]) => rij.reduce((a, r) => a + r.deel, 0)
  const jeugd = aandelen('jw')
  const wmo = aandelen('wmo')
  toets('Gecontracteerde aanbieders', 'aantal', 350, referentie.aanbieders.length, 0, 'S')
  toets('Aanbieders met omzet jeugd', 'aantal', 155, jeugd.length, 0, 'D')
  toets('Aanbieders met omzet Wmo-begeleiding', 'aantal', 87, wmo.length, 0, 'D')
  toets(
    'Aanbieders met omzet in beide',
    'aantal',
    12,
    jeugd.filter(j => wmo.some(w => w.agb === j.agb)).length,
    0,
    'A',
  )
  toets('Jeugd: grootste aanbieder', 'punten', 21, som(jeugd.slice(0, 1)), 0.3, 'S')
  toets('Jeugd: vijf grootste', 'punten', 50, som(jeugd.slice(0, 5)), 0.3, 'S')
  toets('Jeugd: 133 kleinste', 'punten', 25, som(jeugd.slice(-133)), 0.3, 'S')
  toets('Wmo: zeven grootste', 'punten', 50, som(wmo.slice(0, 7)), 0.3, 'S')
  toets('Wmo: negentien grootste', 'punten', 80, som(wmo.slice(0, 19)), 0.3, 'S')
  toets('Wmo: 72 kleinste', 'punten', 25, som(wmo.slice(-72)), 0.3, 'S')
  toets('Wmo: grootste aanbieder', 'punten', 10.6, som(wmo.slice(0, 1)), 0.3, 'S')
  const groot = (rij: { bedrag: number }[]) => rij.filter(r => r.bedrag > 20_000_000 * opties.schaal).length
  toets('Jeugd: aanbieders boven € 200.000', 'aantal', 34, groot(jeugd), 4, 'D')
  toets('Wmo: aanbieders boven € 200.000', 'aantal', 18, groot(wmo), 4, 'D')
  const hhi = (rij: { deel: number }[]) => rij.reduce((a, r) => a + r.deel * r.deel, 0)
  toets('HHI jeugd', 'aantal', 724, hhi(jeugd), 30, 'D')
  toets('HHI Wmo-begeleiding', 'aantal', 484, hhi(wmo), 30, 'D')
}

/** The report as text for a terminal: one line per target, amounts in whole euros. */
export function ijktekst(regels: readonly Ijkregel[]): string {
  const getal = (r: Ijkregel, x: number) =>
    r.eenheid === 'euro' || r.eenheid === 'aantal'
      ? x.toLocaleString('nl-NL', { maximumFractionDigits: 0 })
      : `${divideRounded(Math.round(x * 1000), 10) / 100} %`
  return regels
    .map(
      r =>
        `${r.goed ? 'goed' : 'MIS '}  ${r.doel.padEnd(56)}${getal(r, r.gewenst).padStart(14)}${getal(r, r.gemeten).padStart(14)}  ${r.bron}`,
    )
    .join('\n')
}
