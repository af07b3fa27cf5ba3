import type { Exportkolom } from '../../../platform/http/export.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readVraag } from '../../../platform/http/vraag.ts'
import { formatEuro, formatHeleEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  formatGetal,
  formatPercentage,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  Onbekend,
  Tabel,
  withQuery,
} from '../../../platform/ui/index.ts'
import { listThemaaanbod, listThemas, THEMAAANBOD, type Themaaanbod } from './overzicht.ts'
import { AARD, BEWIJS, gatenEnOverlap, INSTRUMENT, TOEGANG, totalen } from './rules.ts'
import { SOORT } from './totaalcijfers.tsx'

/** All offers over all dossiers, with totals, gaps and overlaps per theme (cap 2). */
export function registerThemaPages(app: App): void {
  lijst(app, '/beleid/aanbod', {
    recht: 'beleid.bijdragen',
    naam: 'soorten aanbod',
    bron: THEMAAANBOD,
    orde: { kolom: 'thema', richting: 'op' },
    feiten: async (db, request) => ({
      themas: await listThemas(db),
      // What a filter hides is not a gap.
      alles: await listThemaaanbod(db, readVraag(request).thema),
    }),
    filters: ({ themas }) => ({
      zoek: { soort: 'zoek', hulp: 'Aanbod, partner of doelgroep' },
      thema: {
        soort: 'keuze',
        label: 'Thema',
        opties: themas.map(thema => ({ waarde: thema, naam: thema })),
      },
      aard: { soort: 'keuze', label: 'Aard', opties: toOpties(AARD) },
      instrument: { soort: 'keuze', label: 'Instrument', opties: toOpties(INSTRUMENT) },
    }),
    sleutel: rij => String(rij.aanbodId),
    kolommen: () => COLUMNS,
    bestandsnaam: ({ ctx }) => `aanbod-per-thema-${ctx.vandaag}`,
    bestand: () => EXPORT,
    blad: ({ url }, { feiten: { alles } }) => ({
      titel: 'Aanbod per thema',
      inleiding:
        'Alles wat in de inventarisaties staat, over dossiers heen: waar zitten gaten en waar doen we iets dubbel?',
      kruimels: [{ naam: 'Beleidsdossiers', href: '/beleid' }],
      leeg: (
        <LegeStaat kop="Er staat nog geen aanbod in een inventarisatie">
          Open een dossier en begin met wat het systeem weet.
        </LegeStaat>
      ),
      onder: <PerThema aanbod={alles} adres={url} />,
    }),
  })
}

const toOpties = (keuzes: Readonly<Record<string, string>>) =>
  Object.entries(keuzes).map(([waarde, naam]) => ({ waarde, naam }))

/** Totals, gaps and overlaps of each theme. */
function PerThema({ aanbod, adres }: { aanbod: readonly Themaaanbod[]; adres: string }) {
  if (aanbod.length === 0) return null
  const themas = [...Map.groupBy(aanbod, rij => rij.thema)].map(([thema, rijen]) => ({
    thema,
    rijen,
    ...totalen(rijen),
  }))
  const opvallend = themas.flatMap(({ thema, rijen }) =>
    gatenEnOverlap(rijen).map(({ soort, tekst }) => (
      <li key={thema + tekst}>
        <Badge toon={SOORT[soort].toon}>{SOORT[soort].naam}</Badge> {thema}: {tekst}
      </li>
    )),
  )
  return (
    <>
      <Kop niveau={2}>Per thema</Kop>
      <Alinea maat="klein">
        Over al het aanbod van het thema, ook als u hierboven filtert. Onbekende kosten tellen niet mee.
        Gebruikers tellen we niet op: één inwoner kan meer aanbod gebruiken.
      </Alinea>
      <Tabel
        bijschrift="Totalen per thema"
        bijschriftVerborgen
        rijen={themas}
        sleutel={rij => rij.thema}
        kolommen={[
          {
            kop: 'Thema',
            rijkop: true,
            cel: rij => (
              <Link href={withQuery(adres, { thema: rij.thema, pagina: undefined })}>{rij.thema}</Link>
            ),
          },
          { kop: 'Aanbod', uitlijning: 'rechts', cel: rij => formatGetal(rij.aantal) },
          {
            kop: 'Kosten',
            uitlijning: 'rechts',
            heel: true,
            cel: rij => (
              <>
                {formatHeleEuro(rij.kosten)}
                {rij.kostenOnbekend === 0 ? null : (
                  <>
                    <br />
                    <small>van {rij.kostenOnbekend} onbekend</small>
                  </>
                )}
              </>
            ),
          },
          {
            kop: 'Naar preventie',
            uitlijning: 'rechts',
            cel: rij => (rij.kosten === 0 ? <Onbekend /> : formatPercentage(rij.preventief / rij.kosten)),
          },
        ]}
      />
      {opvallend.length === 0 ? null : (
        <>
          <Kop niveau={2}>Wat opvalt</Kop>
          <ul className="sam-opsomming">{opvallend}</ul>
        </>
      )}
    </>
  )
}

const COLUMNS: readonly Kolom<Themaaanbod>[] = [
  { kop: 'Aanbod', rijkop: true, sorteer: 'naam', cel: rij => rij.naam },
  { kop: 'Thema', sorteer: 'thema', cel: rij => rij.thema },
  {
    kop: 'Dossier',
    sorteer: 'dossier',
    cel: rij => (
      <>
        <Link href={`/beleid/dossiers/${rij.dossierId}/aanbod`}>{rij.dossier}</Link>
        <br />
        <small>{rij.gemeenteNaam ?? 'De regio'}</small>
      </>
    ),
  },
  { kop: 'Aard', cel: rij => AARD[rij.aard] },
  {
    kop: 'Hoe',
    cel: rij => (
      <>
        {TOEGANG[rij.toegang]}
        <br />
        <small>{INSTRUMENT[rij.instrument]}</small>
      </>
    ),
  },
  {
    kop: 'Gebruikers',
    sorteer: 'gebruikers',
    uitlijning: 'rechts',
    cel: rij => (rij.gebruikers === null ? <Onbekend /> : formatGetal(rij.gebruikers)),
  },
  {
    kop: 'Kosten',
    sorteer: 'kosten',
    uitlijning: 'rechts',
    heel: true,
    cel: rij => (rij.kosten === null ? <Onbekend /> : formatEuro(rij.kosten)),
  },
  { kop: 'Werkt het?', cel: rij => BEWIJS[rij.bewijs] },
]

const EXPORT: readonly Exportkolom<Themaaanbod>[] = [
  { kop: 'Thema', waarde: rij => rij.thema },
  { kop: 'Dossier', waarde: rij => rij.dossier },
  { kop: 'Van', waarde: rij => rij.gemeenteNaam ?? 'De regio' },
  { kop: 'Aanbod', waarde: rij => rij.naam },
  { kop: 'Aard', waarde: rij => AARD[rij.aard] },
  { kop: 'Toegang', waarde: rij => TOEGANG[rij.toegang] },
  { kop: 'Instrument', waarde: rij => INSTRUMENT[rij.instrument] },
  { kop: 'Voor wie', waarde: rij => rij.doelgroep },
  { kop: 'Partners', waarde: rij => rij.partners },
  { kop: 'Gebruikers', soort: 'getal', waarde: rij => rij.gebruikers },
  { kop: 'Kosten', soort: 'bedrag', waarde: rij => rij.kosten },
  { kop: 'Jaar', soort: 'getal', waarde: rij => rij.jaar },
  { kop: 'Werking', waarde: rij => BEWIJS[rij.bewijs] },
  { kop: 'Bron', waarde: rij => rij.bron },
]
