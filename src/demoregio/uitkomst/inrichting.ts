import { type Datum, formatDatumKort } from '../../platform/dates.ts'
import type { Eurocent } from '../../platform/money.ts'

/** A file as a region fills it in: headings and cells, each as people type it. */
export interface Tabel {
  /** Of the file, without what stands behind the point: 'gemeenten'. */
  naam: string
  koppen: readonly string[]
  rijen: readonly (readonly string[])[]
}

/** What a region agreed, and who referred, as far as it is put in before the first message. */
export interface Afgesproken {
  eersteJaar: number
  gemeenten: readonly {
    code: string
    naam: string
    inwoners: readonly { jaar: number; leeftijd: string; aantal: number }[]
  }[]
  segmenten: readonly { code: string; wet: string; naam: string; definitie: string; bron: string }[]
  producten: readonly {
    code: string
    wet: string
    categorie: string
    naam: string
    segment: string
    eenheid: string
    variant: 'inspanningsgericht' | 'outputgericht'
    zwaarte: number
  }[]
  aanbieders: readonly {
    agb: string
    kvk: string
    naam: string
    locaties: readonly { postcode: string; plaats: string }[]
  }[]
  contracten: readonly {
    nummer: string
    agb: string
    segmenten: readonly string[]
    gemeenten: readonly string[]
    ingang: Datum
    einde: Datum | null
  }[]
  tarieven: readonly {
    contract: string
    wet: string
    product: string
    ingang: Datum
    einde: Datum
    /** Null for a product that is claimed in euros: that has no price. */
    tarief: Eurocent | null
  }[]
  plafonds: readonly Plafond[]
  aanbiederplafonds: readonly (Plafond & { agb: string })[]
}

interface Plafond {
  segment: string
  gemeente: string
  jaar: number
  bedrag: Eurocent
}

export interface Verwezen {
  gemeente: string
  domein: string
  toewijzingNummer: number
  verwijzer: string
  datum: Datum
  cluster: string
  herhaald: boolean
}

const dag = (datum: Datum | null) => (datum === null ? '' : formatDatumKort(datum))
const euro = (cent: Eurocent) => (cent / 100).toFixed(2).replace('.', ',')

/** The files with which this region is put in, in an order in which each can name what came before. */
export function toTabellen(regio: Afgesproken, verwijzingen: readonly Verwezen[]): Tabel[] {
  const tabel = (naam: string, koppen: string, rijen: readonly (readonly (string | number)[])[]): Tabel => ({
    naam,
    koppen: koppen.split(' | '),
    rijen: rijen.map(rij => rij.map(String)),
  })
  return [
    tabel(
      'gemeenten',
      'Code | Naam',
      regio.gemeenten.map(g => [g.code, g.naam]),
    ),
    tabel(
      'segmenten',
      'Code | Wet | Naam | Omschrijving | Bron | Volgorde',
      regio.segmenten.map((s, i) => [s.code, s.wet, s.naam, s.definitie, s.bron, i + 1]),
    ),
    tabel(
      'producten',
      'Wet | Code | Geldig: eerste dag | Categorie | Naam | Segment | Eenheid | Bekostiging | Zwaarte',
      regio.producten.map(p => [
        p.wet,
        p.code,
        dag(`${regio.eersteJaar}-01-01`),
        p.categorie,
        p.naam,
        p.segment,
        p.eenheid,
        p.variant === 'outputgericht' ? 'output' : 'inspanning',
        p.zwaarte * 100,
      ]),
    ),
    tabel(
      'aanbieders',
      'AGB-code | Naam | KvK-nummer',
      regio.aanbieders.map(a => [a.agb, a.naam, a.kvk]),
    ),
    tabel(
      'contracten',
      'Nummer | Aanbieder | Loopt: eerste dag | Loopt: laatste dag | Segmenten | Gemeenten',
      regio.contracten.map(c => [
        c.nummer,
        c.agb,
        dag(c.ingang),
        dag(c.einde),
        c.segmenten.join(', '),
        c.gemeenten.join(', '),
      ]),
    ),
    tabel(
      'tarieven',
      'Contract | Wet | Product | Geldig: eerste dag | Geldig: laatste dag | Tarief',
      regio.tarieven.flatMap(t =>
        t.tarief === null
          ? []
          : [[t.contract, t.wet, t.product, dag(t.ingang), dag(t.einde), euro(t.tarief)]],
      ),
    ),
    tabel(
      'plafonds',
      'Segment | Gemeente | Jaar | Bedrag | Vastgesteld op',
      regio.plafonds.map(p => [p.segment, p.gemeente, p.jaar, euro(p.bedrag), dag(`${p.jaar - 1}-11-10`)]),
    ),
    tabel(
      'aanbiederplafonds',
      'Aanbieder | Segment | Gemeente | Jaar | Bedrag | Vastgesteld op',
      regio.aanbiederplafonds.map(p => [
        p.agb,
        p.segment,
        p.gemeente,
        p.jaar,
        euro(p.bedrag),
        dag(`${p.jaar - 1}-12-01`),
      ]),
    ),
    tabel(
      'inwonertallen',
      'Gemeente | Jaar | Leeftijd | Aantal',
      regio.gemeenten.flatMap(g => g.inwoners.map(i => [g.code, i.jaar, i.leeftijd, i.aantal])),
    ),
    tabel(
      'locaties',
      'Aanbieder | Volgnummer | Naam | Postcode | Plaats',
      regio.aanbieders.flatMap(a =>
        a.locaties.map((l, i) => [a.agb, i + 1, `Locatie ${l.plaats}`, l.postcode, l.plaats]),
      ),
    ),
    tabel(
      'verwijzingen',
      'Gemeente | Wet | Toewijzingnummer | Verwijzer | Verwezen op | Probleemcluster | Herhaald beroep',
      verwijzingen.map(v => [
        v.gemeente,
        v.domein,
        v.toewijzingNummer,
        v.verwijzer,
        dag(v.datum),
        v.cluster,
        v.herhaald ? 'ja' : 'nee',
      ]),
    ),
  ]
}

/** The file itself, as a spreadsheet in the Netherlands opens it. */
export function toCsv({ koppen, rijen }: Tabel): string {
  const cel = (tekst: string) => (/[";\r\n]/.test(tekst) ? `"${tekst.replaceAll('"', '""')}"` : tekst)
  return [koppen, ...rijen].map(rij => `${rij.map(cel).join(';')}\r\n`).join('')
}
