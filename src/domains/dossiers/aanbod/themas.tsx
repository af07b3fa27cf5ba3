import type { Exportkolom } from '../../../platform/http/export.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readVraag } from '../../../platform/http/vraag.ts'
import { formatHeleEuro } from '../../../platform/money.ts'
import {
  Alinea,
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
import { AARD, totalen } from './rules.ts'
import { CIJFERS, HOE, Opvallendheden } from './totaalcijfers.tsx'
import { AANBOD, BESTAND } from './velden.ts'

/** All offers over all dossiers, with totals, gaps and overlaps per theme (cap 2). */
export function registerThemaPages(app: App): void {
  lijst(app, '/beleid/aanbod', {
    recht: 'beleid.bijdragen',
    inwoners: null,
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
      aard: { soort: 'keuze', label: 'Aard', opties: AANBOD.aard.opties ?? [] },
      instrument: { soort: 'keuze', label: 'Instrument', opties: AANBOD.instrument.opties ?? [] },
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

/** Totals, gaps and overlaps of each theme. */
function PerThema({ aanbod, adres }: { aanbod: readonly Themaaanbod[]; adres: string }) {
  if (aanbod.length === 0) return null
  const groepen = [...Map.groupBy(aanbod, rij => rij.thema)]
  const themas = groepen.map(([thema, rijen]) => ({ thema, ...totalen(rijen) }))
  return (
    <>
      <Kop niveau={2}>Per thema</Kop>
      <Alinea maat="klein">
        Over al het aanbod van het thema, ook als u hierboven filtert. Onbekende kosten tellen niet mee.
        Gebruikers tellen we niet op: één inwoner kan meer aanbod gebruiken.
      </Alinea>
      <Tabel
        bijschrift="Totalen per thema"
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
      <Opvallendheden van={groepen.map(([over, rijen]) => ({ over, aanbod: rijen }))} />
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
  HOE,
  ...CIJFERS,
]

const EXPORT: readonly Exportkolom<Themaaanbod>[] = [
  { kop: 'Thema', waarde: rij => rij.thema },
  { kop: 'Dossier', waarde: rij => rij.dossier },
  { kop: 'Van', waarde: rij => rij.gemeenteNaam ?? 'De regio' },
  ...BESTAND,
]
