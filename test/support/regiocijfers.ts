import type pg from 'pg'

/** mulberry32: the same numbers on every machine. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const GEMEENTEN = ['Aarveld', 'Oosterhage', 'Bremerdam', 'Sint Odulf', 'Duinrade'].map(
  (naam, i) => [String(9001 + i), naam, [0.33, 0.25, 0.22, 0.12, 0.08][i] ?? 0] as const,
)

/** Segment, law, categorie of a product, euros a year, providers, clients: the size of one region (document 003). */
const SEGMENTEN = [
  ['verblijf', 'jw', 'Verblijf met behandeling', '43', 12.54e6, 18, 184],
  ['wonen', 'jw', 'Wonen', '44', 5.32e6, 22, 210],
  ['dagbesteding', 'jw', 'Dagbesteding en dagbehandeling', '41', 2.28e6, 25, 250],
  ['ambulant', 'jw', 'Ambulant', '45', 17.1e6, 130, 5100],
  ['crisis', 'jw', 'Crisis', '46', 0.76e6, 8, 110],
  ['wmo-individueel', 'wmo', 'Begeleiding individueel', '02', 10.5e6, 80, 2250],
  ['wmo-groep', 'wmo', 'Begeleiding groep', '07', 6.2e6, 45, 1100],
  ['wmo-kortdurend-verblijf', 'wmo', 'Kortdurend verblijf', '04', 0.3e6, 12, 60],
  ['huishoudelijke-ondersteuning', 'wmo', 'Huishoudelijke ondersteuning', '01', 14.7e6, 20, 4900],
] as const

const VERWIJZERS: readonly (readonly [string, number, number])[] = [
  ['01', 0.45, 0.33],
  ['02', 0.25, 0.4],
  ['03', 0.03, 0.06],
  ['04', 0.17, 0.09],
  ['05', 0.06, 0.05],
  ['06', 0.04, 0.07],
]

/** Share of a month that is claimed, by its age in months. */
function binnen(leeftijd: number): number {
  if (leeftijd < 0) return 0
  return [0.2, 0.68, 0.85, 0.91, 0.94, 0.955][leeftijd] ?? 0.97
}

export interface Omvang {
  maandcijfers: number
  clientmaanden: number
}

/**
 * Fills the figure tables of an empty, migrated database with the figures of one region of scale 1: two whole years and
 * this one up to `vandaag`. All invented. Answers how many rows of the current year there are.
 */
export async function vulRegiocijfers(owner: pg.Pool, vandaag: string): Promise<Omvang> {
  const worp = random(3)
  const jaar = +vandaag.slice(0, 4)
  const client = await owner.connect()
  const insert = (tabel: string, kolommen: string, types: string, rijen: readonly (readonly unknown[])[]) =>
    client.query(
      `insert into ${tabel} (${kolommen}) select * from unnest(${types
        .split(',')
        .map((type, i) => `$${i + 1}::${type}[]`)
        .join(',')})`,
      types.split(',').map((_, i) => rijen.map(rij => rij[i])),
    )
  try {
    await client.query('begin')
    await insert('contracten.gemeente', 'code, naam', 'text,text', GEMEENTEN)
    await insert(
      'contracten.segment',
      'code, wet, naam, omschrijving, bron, volgorde',
      'text,text,text,text,text,int',
      SEGMENTEN.map(([code, wet, naam], i) => [
        code,
        wet,
        naam,
        `Alles over ${naam.toLowerCase()}.`,
        'verzonnen',
        i,
      ]),
    )
    await client.query(
      `insert into contracten.productcode (wet, code)
       select s.wet, 'X' || s.volgorde from unnest($1::text[]) v(code) join contracten.segment s using (code)`,
      [SEGMENTEN.map(s => s[0])],
    )
    await client.query(
      `insert into contracten.product (wet, code, categorie, naam, eenheid, variant, segment_id, geldigheid)
       select s.wet, 'X' || s.volgorde, v.categorie, s.naam, '04', 'inspanning', s.segment_id, '[2020-01-01,)'
       from unnest($1::text[], $2::text[]) v(code, categorie) join contracten.segment s using (code)`,
      [SEGMENTEN.map(s => s[0]), SEGMENTEN.map(s => s[3])],
    )
    await insert(
      'aanbieders.aanbieder',
      'agb, naam',
      'text,text',
      Array.from({ length: 350 }, (_, i) => [String(i + 1).padStart(8, '0'), `Zorgaanbieder ${i + 1}`]),
    )
    const segmentId = new Map(
      (await client.query('select code, segment_id from contracten.segment')).rows.map(r => [
        r.code,
        r.segment_id,
      ]),
    )
    const aanbieders = (
      await client.query('select aanbieder_id from aanbieders.aanbieder order by agb')
    ).rows.map(r => r.aanbieder_id as number)
    const maanden: unknown[][] = []
    const personen: unknown[][] = []
    const verwijzers: unknown[][] = []
    const plafonds: unknown[][] = []
    for (const [s, [code, wet, , , euros, aantal, clienten]] of SEGMENTEN.entries()) {
      const segment = segmentId.get(code)
      const eerste = wet === 'jw' ? s * 4 : 140 + s * 5
      const wie = Array.from({ length: aantal }, (_, i) => aanbieders[(eerste + i) % aanbieders.length])
      const gewicht = wie.map((_, i) => 1 / (i + 1.5) ** 1.3)
      const som = gewicht.reduce((a, b) => a + b, 0)
      for (const [gemeente, , deel] of GEMEENTEN) {
        for (const j of [jaar - 2, jaar - 1, jaar]) {
          const groei = 1.05 ** (j - jaar) * (code === 'wmo-individueel' && j === jaar ? 1.1 : 1)
          plafonds.push([
            gemeente,
            segment,
            j,
            Math.round(euros * deel * groei * 1.02) * 100,
            `${j - 1}-11-01`,
          ])
          for (let m = 1; m <= 12; m++) {
            const maand = `${j}-${String(m).padStart(2, '0')}-01`
            const leeftijd = (jaar - j) * 12 + +vandaag.slice(5, 7) - m
            const heel = ((euros * deel * groei) / 12) * (m === 7 || m === 8 ? 0.9 : 1.02)
            for (const [i, aanbieder] of wie.entries()) {
              if (deel < 0.3 && i % Math.round(0.4 / deel) !== 0 && i > 3) continue
              const bedrag = Math.round((heel * (gewicht[i] ?? 0)) / som) * 100
              const geclaimd = Math.round(bedrag * binnen(leeftijd))
              maanden.push([
                gemeente,
                maand,
                segment,
                aanbieder,
                geclaimd,
                geclaimd > 0 ? 5 : 0,
                Math.round(bedrag * 1.17),
              ])
            }
            if (leeftijd >= 0)
              for (const [verwijzer, euro, toewijzingen] of VERWIJZERS)
                verwijzers.push([
                  gemeente,
                  maand,
                  segment,
                  verwijzer,
                  Math.round(heel * euro * binnen(leeftijd)) * 100,
                  Math.round((clienten * deel * toewijzingen) / 9),
                ])
          }
          for (let c = 0; c < clienten * deel; c++) {
            const begin = Math.floor(worp() * 12) - 3
            const duur = 4 + Math.floor(worp() * 9)
            const tot = j === jaar ? +vandaag.slice(5, 7) - 1 : 12
            const m = Array.from({ length: 12 }, (_, i) =>
              i >= begin && i < begin + duur && i < tot ? 1 : 0,
            )
            // Persons recur between segments: about a third has care of more than one.
            const persoon =
              (wet === 'jw' ? 0 : 1_000_000) +
              +gemeente * 100_000 +
              Math.floor(worp() * clienten * deel * 1.6)
            personen.push([gemeente, j, segment, wie[Math.floor(worp() ** 2 * wie.length)], persoon, ...m])
          }
        }
      }
    }
    await insert(
      'contracten.budgetplafond',
      'gemeente, segment_id, jaar, bedrag, vastgesteld_op',
      'text,int,int,bigint,date',
      plafonds,
    )
    await insert(
      'sturing.maandcijfer',
      'gemeente, maand, segment_id, aanbieder_id, bedrag, regels, toegewezen',
      'text,date,int,int,bigint,int,bigint',
      maanden,
    )
    await insert(
      'sturing.verwijzercijfer',
      'gemeente, maand, segment_id, verwijzer, bedrag, toewijzingen',
      'text,date,int,text,bigint,int',
      verwijzers,
    )
    const uniek = new Map(personen.map(p => [p.slice(0, 5).join('|'), p]))
    await insert(
      'sturing.clientmaand',
      `gemeente, jaar, segment_id, aanbieder_id, persoon, ${Array.from({ length: 12 }, (_, i) => `m${i + 1}`).join(', ')}`,
      `text,int,int,int,bigint,${Array.from({ length: 12 }, () => 'smallint').join(',')}`,
      [...uniek.values()],
    )
    await insert(
      'sturing.afkeurcijfer',
      'gemeente, maand, aanbieder_id, domein, retourcode, regels, bedrag',
      'text,date,int,text,text,int,bigint',
      GEMEENTEN.flatMap(([gemeente]) =>
        ['9338', '9321', '9346', '9308', '9389', '0611'].flatMap((code, c) =>
          Array.from({ length: +vandaag.slice(5, 7) - 1 }, (_, m) => [
            gemeente,
            `${jaar}-${String(m + 1).padStart(2, '0')}-01`,
            aanbieders[c * 9],
            c % 2 === 0 ? 'jw' : 'wmo',
            code,
            9 - c,
            (9 - c) * 31_250,
          ]),
        ),
      ),
    )
    await client.query('commit')
    await client.query('vacuum analyze')
    const { rows } = await client.query(
      `select (select count(*)::int from sturing.maandcijfer where extract(year from maand) = $1) as maandcijfers,
              (select count(*)::int from sturing.clientmaand where jaar = $1) as clientmaanden`,
      [jaar],
    )
    return rows[0]
  } finally {
    client.release()
  }
}
