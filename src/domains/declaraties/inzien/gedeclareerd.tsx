import { formatMaand } from '../../../platform/dates.ts'
import { formatEuro } from '../../../platform/money.ts'
import { Alinea, formatPercentage, Kop, Link, Onbekend, Tabel } from '../../../platform/ui/index.ts'
import { type Aanvulling, describeVolume } from '../../toegang/index.ts'
import type { Omvang } from '../controle/omvang.ts'
import { listMaandstanden } from './store.ts'
import { isPerPeriode, type Maandregel, perMaand } from './uitkomst.ts'

/** What was claimed on a toewijzing per month, beside the most that may be: a part of the page of toegang. */
export const toonGedeclareerd: Aanvulling = async (db, ctx, toewijzing, op) => {
  if (!ctx.wie.rechten.has('declaraties.lezen')) return null
  const { gemeente, toewijzingId, stand } = toewijzing
  const standen = await listMaandstanden(db, { gemeente, id: toewijzingId }, op)
  const { volume, eenheid, frequentie } = stand
  const omvang: Omvang | null =
    volume === null || eenheid === null || frequentie === null
      ? null
      : {
          volume,
          eenheid,
          frequentie,
          ingang: stand.ingang,
          eind: stand.eind,
          variant: toewijzing.variant ?? 'inspanning',
          domein: toewijzing.domein,
          categorie: stand.categorie ?? '',
        }
  const maanden = perMaand(standen, { ingang: stand.ingang, eind: stand.eind, omvang }, op)
  return <Gedeclareerd gemeente={gemeente} id={toewijzingId} maanden={maanden} omvang={omvang} />
}

function Gedeclareerd({
  gemeente,
  id,
  maanden,
  omvang,
}: {
  gemeente: string
  id: number
  maanden: readonly Maandregel[]
  omvang: Omvang | null
}) {
  const goed = maanden.reduce((som, m) => som + m.goedgekeurd, 0)
  const af = maanden.reduce((som, m) => som + m.afgekeurd, 0)
  const eenheid = omvang === null ? null : omvang.eenheid === '04' ? '01' : omvang.eenheid
  const aantal = (klein: number) =>
    omvang?.eenheid === '04' && klein % 60 === 0
      ? describeVolume(klein / 60, '04')
      : describeVolume(klein, eenheid ?? '')
  const metMaximum = omvang !== null && isPerPeriode(omvang)
  return (
    <>
      <Kop niveau={2}>Gedeclareerd per maand</Kop>
      {maanden.length === 0 ? (
        <Alinea>De toewijzing is nog niet ingegaan; er is niets gedeclareerd.</Alinea>
      ) : (
        <Tabel
          bijschrift="Gedeclareerd per maand, naast wat hoogstens mag"
          rijen={maanden}
          sleutel={m => m.maand}
          kolommen={[
            {
              kop: 'Maand',
              rijkop: true,
              heel: true,
              totaal: 'Totaal',
              cel: m =>
                m.regels === 0 ? (
                  formatMaand(m.maand)
                ) : (
                  <Link href={`/declaraties?toewijzing=${gemeente}.${id}`}>{formatMaand(m.maand)}</Link>
                ),
            },
            ...(omvang === null
              ? []
              : [
                  {
                    kop: 'Geleverd',
                    uitlijning: 'rechts' as const,
                    cel: (m: Maandregel) => aantal(m.geleverd),
                  },
                ]),
            ...(metMaximum
              ? [
                  {
                    kop: 'Hoogstens',
                    uitlijning: 'rechts' as const,
                    cel: (m: Maandregel) => (m.maximum === null ? <Onbekend /> : aantal(m.maximum)),
                  },
                  {
                    kop: 'Benut',
                    uitlijning: 'rechts' as const,
                    cel: (m: Maandregel) =>
                      m.maximum === null || m.maximum === 0 ? (
                        <Onbekend />
                      ) : (
                        formatPercentage(m.geleverd / m.maximum)
                      ),
                  },
                ]
              : []),
            {
              kop: 'Goedgekeurd',
              uitlijning: 'rechts',
              heel: true,
              totaal: formatEuro(goed),
              cel: m => formatEuro(m.goedgekeurd),
            },
            {
              kop: 'Afgekeurd',
              uitlijning: 'rechts',
              heel: true,
              totaal: formatEuro(af),
              cel: m => formatEuro(m.afgekeurd),
            },
          ]}
        />
      )}
      <Alinea maat="klein">
        Na aftrek van creditregels. Hoogstens volgt uit de omvang en de dagen of weken in de maand (TR321,
        IV077).
      </Alinea>
    </>
  )
}
