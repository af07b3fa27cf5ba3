import { type Datum, formatDatumKort, formatMaand } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Badge,
  formatGetal,
  type Kolom,
  Link,
  Onbekend,
  splitAdres,
  withQuery,
} from '../../../platform/ui/index.ts'
import { oordeelPad, SAMENLOOP } from '../samenloop/pages.tsx'
import { werkVan } from './rules.ts'
import type { Betalingsregel, Post } from './store.ts'

/** Columns of the list per provider and municipality. */
export function postColumns(adres: string, isAanbieder: boolean, metGemeente: boolean): Kolom<Post>[] {
  const [, query] = splitAdres(adres)
  const naar = (post: Post) =>
    withQuery(`/betalingen/regels?${query}`, {
      aanbieder: String(post.aanbiederId),
      gemeente: post.gemeente,
      pagina: undefined,
      sorteer: undefined,
    })
  const naam: Kolom<Post> = isAanbieder
    ? {
        kop: 'Gemeente',
        rijkop: true,
        sorteer: 'gemeente',
        cel: p => <Link href={naar(p)}>{p.gemeenteNaam}</Link>,
      }
    : {
        kop: 'Aanbieder',
        rijkop: true,
        sorteer: 'aanbieder',
        cel: p => <Link href={naar(p)}>{p.aanbieder}</Link>,
      }
  const gemeente: Kolom<Post> = { kop: 'Gemeente', sorteer: 'gemeente', cel: p => p.gemeenteNaam }
  return [
    naam,
    ...(metGemeente && !isAanbieder ? [gemeente] : []),
    { kop: 'Declaraties', sorteer: 'aantal', uitlijning: 'rechts', cel: p => formatGetal(p.aantal) },
    { kop: 'Bedrag', sorteer: 'bedrag', uitlijning: 'rechts', heel: true, cel: p => formatEuro(p.bedrag) },
    {
      kop: 'Waarvan te laat',
      sorteer: 'laat',
      uitlijning: 'rechts',
      heel: true,
      cel: p => formatEuro(p.teLaat),
    },
    { kop: 'Waarvan te verrekenen', uitlijning: 'rechts', heel: true, cel: p => formatEuro(p.teVerrekenen) },
    {
      kop: 'Wacht op beoordeling',
      sorteer: 'wacht',
      uitlijning: 'rechts',
      heel: true,
      cel: p => formatEuro(p.wacht),
    },
    { kop: 'Wordt niet betaald', uitlijning: 'rechts', heel: true, cel: p => formatEuro(p.niet) },
    { kop: 'Eerste vervaldatum', sorteer: 'vervalt', heel: true, cel: p => <Dag op={p.eerste} /> },
  ]
}

/** Columns of the list per declaratie; with checkboxes for who may record payments. */
export function regelColumns(
  mag: boolean,
  isAanbieder: boolean,
  metGemeente: boolean,
  vandaag: string,
): Kolom<Betalingsregel>[] {
  const alle: (Kolom<Betalingsregel> & { weg?: boolean })[] = [
    {
      kop: 'Declaratie',
      rijkop: true,
      heel: true,
      sorteer: 'declaratie',
      cel: rij => <Link href={`/declaraties/${rij.gemeente}/${rij.declaratieId}`}>{rij.declaratie}</Link>,
    },
    { kop: 'Aanbieder', sorteer: 'aanbieder', weg: isAanbieder, cel: rij => rij.aanbieder },
    { kop: 'Gemeente', sorteer: 'gemeente', weg: !metGemeente, cel: rij => rij.gemeenteNaam },
    { kop: 'Maand', sorteer: 'maand', heel: true, cel: rij => formatMaand(rij.maand) },
    {
      kop: 'Bedrag',
      sorteer: 'bedrag',
      uitlijning: 'rechts',
      heel: true,
      cel: rij => formatEuro(rij.bedrag),
    },
    { kop: 'Vervalt', sorteer: 'vervalt', heel: true, cel: rij => <Dag op={rij.vervaltOp} /> },
    {
      kop: 'Staat',
      sorteer: 'betaald',
      cel: rij =>
        rij.betaaldOp !== null ? (
          <Badge toon="succes">{`Betaald ${formatDatumKort(rij.betaaldOp)}`}</Badge>
        ) : rij.aangehouden > 0 ? (
          <>
            {rij.wacht > 0 ? (
              <Badge toon="waarschuwing">Wacht op beoordeling</Badge>
            ) : (
              <Badge toon="fout">Wordt niet betaald</Badge>
            )}
            {rij.aangehouden === rij.bedrag ? null : (
              <>
                <br />
                <small>{formatEuro(rij.wacht > 0 ? rij.wacht : rij.aangehouden)}</small>
              </>
            )}
          </>
        ) : rij.bedrag < 0 ? (
          <Badge toon="info">Te verrekenen</Badge>
        ) : rij.vervaltOp !== null && rij.vervaltOp < vandaag ? (
          <Badge toon="fout">Te laat</Badge>
        ) : (
          <Badge>Open</Badge>
        ),
    },
    { kop: 'Betaald', weg: !mag, actie: true, cel: rij => <Betaalactie rij={rij} /> },
  ]
  return alle.filter(kolom => kolom.weg !== true).map(({ weg, ...kolom }) => kolom)
}

/** The day something falls due; nothing when it falls due on no day. */
function Dag({ op }: { op: Datum | null }) {
  return op === null ? <Onbekend /> : formatDatumKort(op)
}

/** What can be done with a payment: choose it to record it, judge what is held back, or take back that it was made. */
function Betaalactie({ rij }: { rij: Betalingsregel }) {
  const werk = werkVan(rij)
  if (rij.betaaldOp === null && werk !== 'betalen') {
    const { aangehoudenRegel: regel } = rij
    return (
      <Link
        href={regel === null ? SAMENLOOP : oordeelPad({ ...rij, regel })}
        label={`${werk === 'niets' ? 'Bekijk het oordeel' : 'Beoordeel'}: declaratie ${rij.declaratie}`}
      >
        {werk === 'niets' ? 'Bekijk het oordeel' : 'Beoordeel'}
      </Link>
    )
  }
  if (rij.betaaldOp === null)
    return (
      <input
        type="checkbox"
        name="betaling"
        form="vastleggen"
        value={`${rij.gemeente}.${rij.betalingId}`}
        aria-label={`Kies de betaling van declaratie ${rij.declaratie} van ${rij.aanbieder}`}
      />
    )
  return (
    <Link
      href={`/betalingen/${rij.gemeente}/${rij.betalingId}/terugdraaien`}
      label={`Draai terug: declaratie ${rij.declaratie} van ${rij.aanbieder}`}
    >
      Draai terug
    </Link>
  )
}

export const POST_EXPORT: readonly Exportkolom<Post>[] = [
  { kop: 'Aanbieder', waarde: p => p.aanbieder },
  { kop: 'Gemeentecode', waarde: p => p.gemeente },
  { kop: 'Gemeente', waarde: p => p.gemeenteNaam },
  { kop: 'Declaraties', soort: 'getal', waarde: p => p.aantal },
  { kop: 'Bedrag', soort: 'bedrag', waarde: p => p.bedrag },
  { kop: 'Waarvan te laat', soort: 'bedrag', waarde: p => p.teLaat },
  { kop: 'Waarvan te verrekenen', soort: 'bedrag', waarde: p => p.teVerrekenen },
  { kop: 'Wacht op beoordeling', soort: 'bedrag', waarde: p => p.wacht },
  { kop: 'Wordt niet betaald', soort: 'bedrag', waarde: p => p.niet },
  { kop: 'Eerste vervaldatum', soort: 'datum', waarde: p => p.eerste },
]

export const REGEL_EXPORT: readonly Exportkolom<Betalingsregel>[] = [
  { kop: 'Declaratienummer', waarde: rij => rij.declaratie },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
  { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
  { kop: 'Maand', soort: 'datum', waarde: rij => rij.maand },
  { kop: 'Bedrag', soort: 'bedrag', waarde: rij => rij.bedrag - rij.aangehouden },
  { kop: 'Wacht op beoordeling', soort: 'bedrag', waarde: rij => rij.wacht },
  { kop: 'Wordt niet betaald', soort: 'bedrag', waarde: rij => rij.aangehouden - rij.wacht },
  { kop: 'Vervalt op', soort: 'datum', waarde: rij => rij.vervaltOp },
  { kop: 'Betaald op', soort: 'datum', waarde: rij => rij.betaaldOp },
]
