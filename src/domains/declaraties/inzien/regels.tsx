import { formatDatumKort } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { formatEuro } from '../../../platform/money.ts'
import { Badge, type Kolom, Link, Onbekend, Waarom } from '../../../platform/ui/index.ts'
import { describeVolume } from '../../toegang/index.ts'
import { declaratiePad } from '../adres.ts'
import type { Bevinding, Declaratieregel, Prestatieregel, Verwijzing } from './store.ts'
import { findRegel } from './uitkomst.ts'

export function columns(declaratie: Declaratieregel): Kolom<Prestatieregel>[] {
  const { gemeente } = declaratie
  return [
    {
      kop: 'Regel',
      rijkop: true,
      heel: true,
      cel: p => (
        <>
          {p.referentie}
          {p.debet ? null : (
            <>
              <br />
              <Badge>credit</Badge>
            </>
          )}
        </>
      ),
    },
    {
      kop: 'Toewijzing',
      heel: true,
      cel: p =>
        p.toewijzingId === null ? (
          p.toewijzingNummer
        ) : (
          <Link
            href={`/toewijzingen/${gemeente}/${p.toewijzingId}`}
            label={`Toewijzing ${p.toewijzingNummer}`}
          >
            {p.toewijzingNummer}
          </Link>
        ),
    },
    {
      kop: 'Product',
      cel: p => (
        <>
          {p.product ?? `Categorie ${p.categorie}`}
          <br />
          <small>{p.code}</small>
        </>
      ),
    },
    {
      kop: 'Periode',
      heel: true,
      cel: p => `${formatDatumKort(p.begin)} t/m ${formatDatumKort(p.eind)}`,
    },
    { kop: 'Volume', uitlijning: 'rechts', heel: true, cel: p => describeVolume(p.volume, p.eenheid) },
    {
      kop: 'Tarief',
      uitlijning: 'rechts',
      heel: true,
      cel: p => (p.tarief === null ? <Onbekend /> : formatEuro(p.tarief)),
    },
    {
      kop: 'Bedrag',
      uitlijning: 'rechts',
      heel: true,
      cel: p => formatEuro(p.debet ? p.bedrag : -p.bedrag),
    },
    { kop: 'Oordeel', cel: p => <Oordeel regel={p} declaratie={declaratie} /> },
  ]
}

function Oordeel({ regel: p, declaratie }: { regel: Prestatieregel; declaratie: Declaratieregel }) {
  const { gemeente, geldt } = declaratie
  return (
    <>
      {p.goedgekeurd ? (
        <Badge toon="succes">Goedgekeurd</Badge>
      ) : (
        <Badge toon={geldt ? 'fout' : 'neutraal'}>{geldt ? 'Afgekeurd' : 'Niet beoordeeld'}</Badge>
      )}
      <Keten gemeente={gemeente} verwijzing={p.crediteert} tekst="Crediteert" />
      <Keten gemeente={gemeente} verwijzing={p.gecrediteerdDoor} tekst="Gecrediteerd door" />
    </>
  )
}

function Keten({
  gemeente,
  verwijzing,
  tekst,
}: {
  gemeente: string
  verwijzing: Verwijzing | null
  tekst: string
}) {
  if (verwijzing === null) return null
  return (
    <>
      <br />
      <small>
        {tekst}{' '}
        <Link href={declaratiePad({ gemeente, declaratieId: verwijzing.declaratieId })}>
          {`${verwijzing.referentie} in ${verwijzing.nummer}`}
        </Link>
      </small>
    </>
  )
}

/** Why a line was refused, per finding; nothing for a line that was granted. */
export function explain(p: Prestatieregel) {
  if (p.bevindingen.length === 0) return undefined
  return p.bevindingen.map(bevinding => <Reden key={bevinding.regelcode} bevinding={bevinding} regel={p} />)
}

function Reden({ bevinding, regel }: { bevinding: Bevinding; regel: Prestatieregel }) {
  const gevonden = findRegel(bevinding.regelcode)
  return (
    <Waarom
      oordeel={`Regel ${regel.referentie}: ${gevonden?.titel ?? bevinding.melding}`}
      regel={`${bevinding.regelcode}, retourcode ${bevinding.retourcode}`}
      grond={gevonden?.grond ?? `iJw/iWmo 3.2 ${bevinding.regelcode}`}
      bronnen={['Gedeclareerd', 'Afgesproken']}
      feiten={bevinding.feiten.map(feit => ({
        naam: feit.wat,
        gevonden: feit.gedeclareerd,
        verwacht: feit.afgesproken,
        klopt: false,
      }))}
      watNu={gevonden?.watTeDoen ?? bevinding.melding}
    />
  )
}

export const EXPORT: readonly Exportkolom<Prestatieregel>[] = [
  { kop: 'Regel', soort: 'getal', waarde: p => p.regel },
  { kop: 'Referentienummer', waarde: p => p.referentie },
  { kop: 'Vorig referentienummer', waarde: p => p.vorigeReferentie },
  { kop: 'Toewijzingnummer', waarde: p => String(p.toewijzingNummer) },
  { kop: 'Productcategorie', waarde: p => p.categorie },
  { kop: 'Productcode', waarde: p => p.code },
  { kop: 'Product', waarde: p => p.product },
  { kop: 'Begindatum', soort: 'datum', waarde: p => p.begin },
  { kop: 'Einddatum', soort: 'datum', waarde: p => p.eind },
  { kop: 'Volume', soort: 'getal', waarde: p => p.volume },
  { kop: 'Eenheid', waarde: p => p.eenheid },
  { kop: 'Tarief', soort: 'bedrag', waarde: p => p.tarief },
  { kop: 'Bedrag', soort: 'bedrag', waarde: p => (p.debet ? p.bedrag : -p.bedrag) },
  { kop: 'Debet of credit', waarde: p => (p.debet ? 'D' : 'C') },
  { kop: 'Oordeel', waarde: p => (p.goedgekeurd ? 'goedgekeurd' : 'afgekeurd') },
  { kop: 'Retourcodes', waarde: p => p.bevindingen.map(b => b.retourcode).join(' ') },
  { kop: 'Waarom', waarde: p => p.bevindingen.map(b => b.melding).join(' ') },
]
