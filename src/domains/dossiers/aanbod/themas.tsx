import type { FastifyRequest } from 'fastify'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern } from '../../../platform/http/vraag.ts'
import { formatEuro, formatHeleEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  formatPercentage,
  type Kolom,
  Kop,
  LegeStaat,
  Lijstdeel,
  Link,
  Onbekend,
  Tabel,
  withQuery,
} from '../../../platform/ui/index.ts'
import { listThemaaanbod, listThemas, SORTEERBAAR, type Themaaanbod } from './overzicht.ts'
import {
  AARD,
  type Aard,
  BEWIJS,
  gatenEnOverlap,
  INSTRUMENT,
  type Instrument,
  TOEGANG,
  totalen,
} from './rules.ts'
import { SOORT } from './totaalcijfers.tsx'

const PER_PAGINA = 50
const FILTERS = ['zoek', 'thema', 'aard', 'instrument']
const GEEN_FILTER = { zoek: null, aard: null, instrument: null }
const STANDAARD = { kolom: 'thema', richting: 'op' } as const

/** All offers over all dossiers, with totals, gaps and overlaps per theme (cap 2). */
export function registerThemaPages(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const

  app.get('/beleid/aanbod', lezen, async (request, reply) => {
    const { vraag, filter, sortering } = readSelectie(request)
    const { aanbod, alles, themas } = await request.ctx.read(async db => ({
      aanbod: await listThemaaanbod(db, filter, sortering),
      // What a filter hides is not a gap.
      alles: await listThemaaanbod(db, { ...GEEN_FILTER, thema: filter.thema }, STANDAARD),
      themas: await listThemas(db),
    }))
    const pagina = readFilters(request).pagina()
    return sendPagina(request, reply, {
      titel: 'Aanbod per thema',
      inleiding:
        'Alles wat in de inventarisaties staat, over dossiers heen: waar zitten gaten en waar doen we iets dubbel?',
      kruimels: [{ naam: 'Beleidsdossiers', href: '/beleid' }],
      children: (
        <>
          <Lijstdeel
            adres={request.url}
            naam="soorten aanbod"
            filters={FILTERS}
            velden={
              <>
                <Filterzoek waarde={vraag.zoek} hulp="Aanbod, partner of doelgroep" />
                <Filterkeuze
                  naam="thema"
                  label="Thema"
                  waarde={vraag.thema}
                  opties={themas.map(thema => ({ waarde: thema, naam: thema }))}
                />
                <Filterkeuze naam="aard" label="Aard" waarde={vraag.aard} opties={toOpties(AARD)} />
                <Filterkeuze
                  naam="instrument"
                  label="Instrument"
                  waarde={vraag.instrument}
                  opties={toOpties(INSTRUMENT)}
                />
              </>
            }
            kolommen={COLUMNS}
            rijen={aanbod.slice((pagina - 1) * PER_PAGINA, pagina * PER_PAGINA)}
            sleutel={rij => String(rij.aanbodId)}
            sortering={sortering}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={aanbod.length}
            exportPad="/beleid/aanbod/export"
            leeg={
              <LegeStaat kop="Er staat nog geen aanbod in een inventarisatie">
                Open een dossier en begin met wat het systeem weet.
              </LegeStaat>
            }
          />
          <PerThema aanbod={alles} adres={request.url} />
        </>
      ),
    })
  })

  app.get('/beleid/aanbod/export', lezen, async (request, reply) => {
    const { filter, sortering } = readSelectie(request)
    const rijen = await request.ctx.read(db => listThemaaanbod(db, filter, sortering))
    return sendExport(reply, `aanbod-per-thema-${request.ctx.vandaag}`, EXPORT, rijen)
  })
}

const toOpties = (keuzes: Readonly<Record<string, string>>) =>
  Object.entries(keuzes).map(([waarde, naam]) => ({ waarde, naam }))

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const thema = (vraag.thema ?? '').slice(0, 200)
  return {
    vraag,
    sortering: lees.sortering(SORTEERBAAR, STANDAARD),
    filter: {
      zoek: likePattern(vraag.zoek),
      thema: thema === '' ? null : thema,
      aard: lees.keuze('aard', Object.keys(AARD) as Aard[]),
      instrument: lees.keuze('instrument', Object.keys(INSTRUMENT) as Instrument[]),
    },
  }
}

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
