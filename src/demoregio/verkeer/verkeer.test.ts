import { describe, expect, it } from 'vitest'
import type { Bericht301, Bericht323, Prestatie, ToegewezenProduct } from '../../domains/istandaard/index.ts'
import { firstOfMonth, lastOfMonth } from '../../platform/dates.ts'
import { wekenGeraakt } from '../basis/kalender.ts'
import { makeRegio } from '../index.ts'

const OPTIES = { seed: 23, schaal: 0.4, jaren: 'verschoven', peildatum: '2026-06-03' } as const
const regio = makeRegio(OPTIES)

/** A second, independent reading of the declaration rules, kept as simple as a table. */
class Beoordelaar {
  private toewijzingen = new Map<string, { product: ToegewezenProduct; bsn: string; agb: string }>()
  private refs = new Set<string>()
  private goed = new Map<string, { prestatie: Prestatie; gecrediteerd: boolean }>()
  private debets = new Map<string, string>()
  private cumulatief = new Map<string, number>()
  private tarieven: Map<string, number | null>
  bedrag = new Map<string, number>()

  constructor() {
    const agbVan = new Map(regio.referentie.contracten.map(c => [c.nummer, c.agb]))
    this.tarieven = new Map(
      regio.referentie.tarieven.map(t => [
        `${agbVan.get(t.contract)}/${t.wet}/${t.product}/${t.ingang.slice(0, 4)}`,
        t.tarief,
      ]),
    )
  }

  verwerk301(b: Bericht301): void {
    for (const product of b.client.toegewezenProducten) {
      const sleutel = `${b.domein}/${b.header.afzender}/${product.toewijzingNummer}`
      this.toewijzingen.set(sleutel, { product, bsn: b.client.bsn, agb: b.header.ontvanger })
    }
  }

  verwerk323(b: Bericht323): { ref: string; fouten: string[] }[] {
    const uit: { ref: string; fouten: string[] }[] = []
    const regels = b.declaratie.clienten.flatMap(c => c.prestaties.map(p => ({ bsn: c.bsn, p })))
    regels.sort((a, z) => a.p.ingediendBedrag.debetCredit.localeCompare(z.p.ingediendBedrag.debetCredit))
    for (const { bsn, p } of regels) {
      const fouten = this.toets(b, bsn, p)
      uit.push({ ref: p.productReferentie.referentieNummer, fouten })
      const eigen = `${b.domein}/${b.header.afzender}/`
      this.refs.add(eigen + p.productReferentie.referentieNummer)
      if (fouten.length > 0) continue
      const t = `${b.domein}/${b.header.ontvanger}/${p.toewijzingNummer}`
      const debet = `${t}/${p.productCode}/${p.productPeriode.begindatum.slice(0, 7)}`
      const teken = p.ingediendBedrag.debetCredit === 'C' ? -1 : 1
      this.cumulatief.set(t, (this.cumulatief.get(t) ?? 0) + teken * p.geleverdVolume)
      const jaar = `${b.domein}/${p.productPeriode.begindatum.slice(0, 4)}`
      this.bedrag.set(jaar, (this.bedrag.get(jaar) ?? 0) + teken * p.ingediendBedrag.bedrag)
      if (teken === 1) {
        this.goed.set(eigen + p.productReferentie.referentieNummer, { prestatie: p, gecrediteerd: false })
        this.debets.set(debet, p.productReferentie.referentieNummer)
      } else {
        const oud = this.goed.get(eigen + (p.productReferentie.vorigReferentieNummer ?? ''))
        if (oud) oud.gecrediteerd = true
        this.debets.delete(debet)
      }
    }
    return uit
  }

  private toets(b: Bericht323, bsn: string, p: Prestatie): string[] {
    const fouten: string[] = []
    const eigen = `${b.domein}/${b.header.afzender}/`
    const sleutel = `${b.domein}/${b.header.ontvanger}/${p.toewijzingNummer}`
    const t = this.toewijzingen.get(sleutel)
    if (this.refs.has(eigen + p.productReferentie.referentieNummer)) fouten.push('TR314')
    if (!t || t.agb !== b.header.afzender) return [...fouten, 'TR338']
    const { product, omvang, ingangsdatum, einddatum = '9999-12-31' } = t.product
    if (!omvang) throw new Error('toewijzing without omvang')
    const { begindatum, einddatum: eind } = p.productPeriode
    if (t.bsn !== bsn) fouten.push('TR304')
    if (product?.code !== p.productCode) fouten.push('TR340')
    if (omvang.eenheid !== p.eenheid) fouten.push('TR341')
    if (begindatum < ingangsdatum) fouten.push('TR307')
    if (eind > einddatum) fouten.push('TR308')
    if (eind > b.declaratie.declaratiePeriode.einddatum) fouten.push('TR319')
    if (begindatum !== firstOfMonth(begindatum) && begindatum !== ingangsdatum) fouten.push('TR387')
    if (eind !== lastOfMonth(eind) && eind !== einddatum) fouten.push('TR388')
    const tarief = this.tarieven.get(
      `${eigen.slice(-9, -1)}/${b.domein}/${p.productCode}/${begindatum.slice(0, 4)}`,
    )
    if ((p.productTarief ?? null) !== tarief) fouten.push('TR418')
    if (p.ingediendBedrag.bedrag !== p.geleverdVolume * (p.productTarief ?? 1)) fouten.push('TR346')
    if (p.ingediendBedrag.debetCredit === 'C') {
      const oud = this.goed.get(eigen + (p.productReferentie.vorigReferentieNummer ?? ''))
      if (!oud) fouten.push('TR323')
      else if (oud.gecrediteerd) fouten.push('TR390')
      else if (oud.prestatie.ingediendBedrag.bedrag !== p.ingediendBedrag.bedrag) fouten.push('IV091')
      return fouten
    }
    const frequentie = omvang.frequentie
    const weken = wekenGeraakt(begindatum, eind)
    const ruim = b.domein === 'wmo' && p.productCategorie === '01' ? Math.max(6, weken) : weken
    const perPeriode = omvang.volume * (frequentie === '2' ? ruim : 1)
    if (frequentie !== '6' && p.geleverdVolume > perPeriode) fouten.push('TR321')
    const maanden =
      (+einddatum.slice(0, 4) - +ingangsdatum.slice(0, 4)) * 12 +
      +einddatum.slice(5, 7) -
      +ingangsdatum.slice(5, 7) +
      1
    const totaal =
      omvang.volume *
      (frequentie === '2' ? wekenGeraakt(ingangsdatum, einddatum) : frequentie === '4' ? maanden : 1)
    if ((this.cumulatief.get(sleutel) ?? 0) + p.geleverdVolume > totaal) fouten.push('TR322')
    if (this.debets.has(`${sleutel}/${p.productCode}/${begindatum.slice(0, 7)}`)) fouten.push('TR389')
    return fouten
  }
}

describe('the traffic of the demonstration region', () => {
  const beoordelaar = new Beoordelaar()
  const verwacht = new Map<string, readonly string[]>()
  for (const a of regio.waarheid.afkeuringen)
    verwacht.set(`${a.domein}/${a.agb}/${a.declaratieNummer}/${a.referentie}`, a.regels)
  const onverwacht: string[] = []
  const gemist: string[] = []
  const periodes = new Map<string, string>()
  const idents = new Set<string>()
  let dubbeleIdent = 0
  let buitenVolgorde = 0
  let vorige = ''
  let terug = 0
  let totaalfouten = 0
  let gestart = 0
  const starts = new Set<string>()
  let stopZonderStart = 0
  for (const { ontvangenOp, bericht } of regio.verkeer()) {
    if (ontvangenOp < vorige) terug += 1
    vorige = ontvangenOp
    const ident = `${bericht.bericht}/${bericht.header.afzender}/${bericht.header.berichtIdentificatie.identificatie}`
    if (idents.has(ident)) dubbeleIdent += 1
    idents.add(ident)
    if ('declaratie' in bericht) {
      const d = bericht.declaratie
      const stroom = `${bericht.domein}/${bericht.header.afzender}/${bericht.header.ontvanger}`
      if ((periodes.get(stroom) ?? '') >= d.declaratiePeriode.begindatum) buitenVolgorde += 1
      periodes.set(stroom, d.declaratiePeriode.begindatum)
      let som = 0
      for (const p of d.clienten.flatMap(c => c.prestaties)) {
        som += p.ingediendBedrag.debetCredit === 'C' ? -p.ingediendBedrag.bedrag : p.ingediendBedrag.bedrag
      }
      const teken = d.totaalIngediendBedrag.debetCredit === 'C' ? -1 : 1
      if (som !== teken * d.totaalIngediendBedrag.totaalBedrag) totaalfouten += 1
      for (const { ref, fouten } of beoordelaar.verwerk323(bericht)) {
        const sleutel = `${bericht.domein}/${bericht.header.afzender}/${d.declaratieNummer}/${ref}`
        const regels = verwacht.get(sleutel)
        if (regels && !fouten.some(f => regels.includes(f))) gemist.push(`${sleutel} ${regels} ${fouten}`)
        if (!regels && fouten.length > 0) onverwacht.push(`${sleutel} ${fouten} ${ontvangenOp}`)
      }
    } else if ('toegewezenProducten' in bericht.client) {
      beoordelaar.verwerk301(bericht as Bericht301)
    } else if ('startProducten' in bericht.client) {
      for (const s of bericht.client.startProducten) {
        gestart += 1
        starts.add(`${bericht.domein}/${bericht.header.ontvanger}/${s.toewijzingNummer}/${s.begindatum}`)
      }
    } else {
      for (const s of bericht.client.stopProducten) {
        if (
          !starts.has(`${bericht.domein}/${bericht.header.ontvanger}/${s.toewijzingNummer}/${s.begindatum}`)
        )
          stopZonderStart += 1
      }
    }
  }

  it('comes in order, with unique identifications and consecutive periods', () => {
    expect({ terug, dubbeleIdent, buitenVolgorde, totaalfouten, stopZonderStart }).toEqual({
      terug: 0,
      dubbeleIdent: 0,
      buitenVolgorde: 0,
      totaalfouten: 0,
      stopZonderStart: 0,
    })
    expect(gestart).toBeGreaterThan(3000)
  })

  it('has lines that an independent reading of the rules approves, except the wrong ones on purpose', () => {
    expect(onverwacht.slice(0, 10)).toEqual([])
    expect(gemist.slice(0, 10)).toEqual([])
  })

  it('adds up, after that reading, to the totals the truth promises', () => {
    const beloofd = new Map<string, number>()
    for (const t of regio.waarheid.goedgekeurd) {
      const sleutel = `${t.domein}/${t.jaar}`
      beloofd.set(sleutel, (beloofd.get(sleutel) ?? 0) + t.bedrag)
    }
    expect(Object.fromEntries([...beoordelaar.bedrag].sort())).toEqual(
      Object.fromEntries([...beloofd].sort()),
    )
  })

  it('rejects about three percent and credits about two', () => {
    const { regels, afgekeurdeRegels, creditregels } = regio.waarheid
    expect(afgekeurdeRegels / regels).toBeGreaterThan(0.025)
    expect(afgekeurdeRegels / regels).toBeLessThan(0.035)
    expect(creditregels / regels).toBeGreaterThan(0.014)
    expect(creditregels / regels).toBeLessThan(0.025)
  })
})
