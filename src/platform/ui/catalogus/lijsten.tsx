import { formatDatumKort } from '../../dates.ts'
import { formatEuro } from '../../money.ts'
import { parsePagina, parseSortering, splitAdres } from '../adres.ts'
import { KnopLink } from '../formulier.tsx'
import { formatMoment } from '../invoer.ts'
import { Downloadlinks, Filterbalk, Paginering, Tabs } from '../lijst.tsx'
import { Badge, type BadgeToon, LegeStaat } from '../melding.tsx'
import { type Kolom, Tabel } from '../tabel.tsx'
import { Beschrijvingslijst, Code, Kop, Link } from '../tekst.tsx'
import { Datumveld, Keuzelijst, Tekstveld } from '../velden.tsx'
import { Inklap, Stappen, Tijdlijn, Waarom } from '../verhaal.tsx'

interface Rij {
  nummer: string
  aanbieder: string
  bericht: string
  ontvangen: string
  bedrag: number
  status: string
  toon: BadgeToon
}

const RIJEN: readonly Rij[] = [
  {
    nummer: '2026-004182',
    aanbieder: 'Zorggroep De Linde',
    bericht: 'JW323',
    ontvangen: '2026-11-02',
    bedrag: 1_284_560,
    status: 'Goedgekeurd',
    toon: 'succes',
  },
  {
    nummer: '2026-004190',
    aanbieder: 'Stichting voor Jeugd, Gezin en Samenleving in het Oosten en Omstreken',
    bericht: 'JW323',
    ontvangen: '2026-11-03',
    bedrag: 98_412_005,
    status: 'Deels afgekeurd',
    toon: 'waarschuwing',
  },
  {
    nummer: '2026-004201',
    aanbieder: 'Thuisnabij',
    bericht: 'WMO323',
    ontvangen: '2026-11-03',
    bedrag: -4_250,
    status: 'Afgekeurd',
    toon: 'fout',
  },
  {
    nummer: '2026-004207',
    aanbieder: 'Praktijk Van Vuren',
    bericht: 'WMO305',
    ontvangen: '2026-11-05',
    bedrag: 0,
    status: 'In behandeling',
    toon: 'info',
  },
]

const KOLOMMEN: readonly Kolom<Rij>[] = [
  {
    kop: 'Nummer',
    rijkop: true,
    heel: true,
    sorteer: 'nummer',
    cel: r => <Link href={`/berichten/${r.nummer}`}>{r.nummer}</Link>,
  },
  { kop: 'Aanbieder', sorteer: 'aanbieder', cel: r => r.aanbieder, totaal: 'Totaal' },
  { kop: 'Bericht', heel: true, cel: r => r.bericht },
  { kop: 'Ontvangen', heel: true, sorteer: 'ontvangen', cel: r => formatDatumKort(r.ontvangen) },
  {
    kop: 'Bedrag',
    uitlijning: 'rechts',
    sorteer: 'bedrag',
    cel: r => formatEuro(r.bedrag),
    totaal: formatEuro(RIJEN.reduce((som, r) => som + r.bedrag, 0)),
  },
  { kop: 'Status', cel: r => <Badge toon={r.toon}>{r.status}</Badge> },
]

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<vb:Voorbeeld xmlns:vb="urn:voorbeeld">
  <vb:Regel nummer="1"><vb:Omschrijving>Een lange regel die alleen binnen zijn eigen venster schuift, nooit met de hele pagina mee</vb:Omschrijving></vb:Regel>
</vb:Voorbeeld>`

/** Tables, filters, pages, tabs, and everything that tells what happened and why. */
export function Lijsten({ adres }: { adres: string }) {
  const query = new URLSearchParams(splitAdres(adres)[1])
  const sortering =
    parseSortering(query.get('sorteer') ?? '', ['nummer', 'aanbieder', 'ontvangen', 'bedrag']) ??
    ({ kolom: 'ontvangen', richting: 'af' } as const)
  return (
    <>
      <Kop niveau={2}>Lijst met filter</Kop>
      <Tabs
        label="Soort berichten"
        huidig="/componenten"
        tabs={[
          { naam: 'Alle', href: '/componenten' },
          { naam: 'Wacht op u', href: '/componenten?tab=wacht', aantal: 12 },
          { naam: 'Verstuurd', href: '/componenten?tab=uit' },
        ]}
      />
      <Filterbalk adres={adres} namen={['zoek', 'soort', 'vanaf']} naam="berichten">
        <Tekstveld naam="zoek" label="Zoek" verplicht={false} waarde={query.get('zoek') ?? ''} />
        <Keuzelijst
          naam="soort"
          label="Soort bericht"
          verplicht={false}
          leeg="Alle soorten"
          waarde={query.get('soort') ?? ''}
          opties={['JW323', 'WMO323', 'WMO305'].map(naam => ({ waarde: naam, naam }))}
        />
        <Datumveld naam="vanaf" label="Ontvangen vanaf" verplicht={false} waarde={query.get('vanaf') ?? ''} />
      </Filterbalk>
      <Tabel
        bijschrift="Berichten van november 2026"
        bijschriftZichtbaar
        kolommen={KOLOMMEN}
        rijen={RIJEN}
        sleutel={r => r.nummer}
        adres={adres}
        sortering={sortering}
      />
      <Paginering
        adres={adres}
        pagina={parsePagina(query.get('pagina') ?? '2') ?? 1}
        perPagina={20}
        totaal={1234}
        naam="berichten"
      />
      <Downloadlinks naam="berichten" csv="/componenten?als=csv" xlsx="/componenten?als=xlsx" />
      <Kop niveau={2}>Lege lijst</Kop>
      <Tabel
        bijschrift="Contracten"
        bijschriftZichtbaar
        kolommen={KOLOMMEN}
        rijen={[]}
        sleutel={r => r.nummer}
        leeg={
          <LegeStaat
            kop="Er zijn nog geen contracten"
            stap={
              <KnopLink href="/componenten" soort="hoofd">
                Contract toevoegen
              </KnopLink>
            }
          >
            Zodra er een contract is, kunt u toewijzingen en declaraties ermee vergelijken.
          </LegeStaat>
        }
      />
      <Kop niveau={2}>Een ding van dichtbij</Kop>
      <Beschrijvingslijst
        items={[
          { naam: 'Aanbieder', waarde: 'Zorggroep De Linde (AGB 00000001)' },
          { naam: 'Periode', waarde: '1 januari 2026 t/m 31 december 2026' },
          { naam: 'Tarief', waarde: `${formatEuro(9_840)} per uur` },
          { naam: 'Verwijzer', waarde: '' },
        ]}
      />
      <Stappen
        label="Voortgang van de declaratie"
        stappen={[
          { naam: 'Ontvangen', staat: 'klaar', toelichting: '02-11-2026' },
          { naam: 'Gecontroleerd', staat: 'klaar', toelichting: '02-11-2026' },
          { naam: 'Beoordelen', staat: 'nu', href: '/componenten', toelichting: 'uiterlijk 16-11-2026' },
          { naam: 'Betaald', staat: 'straks' },
        ]}
      />
      <Waarom
        open
        oordeel="Regel 3 is afgekeurd: de hulp valt buiten de toewijzing."
        regel="Voorbeeldregel: de geleverde periode ligt binnen de toegewezen periode"
        grond="Contract 2026, artikel 4"
        bronnen={['In de declaratie', 'In de toewijzing']}
        feiten={[
          { naam: 'Product', gevonden: '45A04', verwacht: '45A04', klopt: true },
          { naam: 'Begin', gevonden: formatDatumKort('2026-10-01'), verwacht: '01-01-2026', klopt: true },
          { naam: 'Einde', gevonden: formatDatumKort('2026-10-31'), verwacht: '15-10-2026', klopt: false },
        ]}
        watNu="Vraag de gemeente om de toewijzing te verlengen, of dien de uren na 15 oktober niet in."
      />
      <Kop niveau={3}>Geschiedenis</Kop>
      <Tijdlijn
        label="Geschiedenis van de toewijzing"
        gebeurtenissen={[
          {
            op: '2026-11-03T09:12:00+01:00',
            moment: formatMoment(new Date('2026-11-03T08:12:00Z')),
            kop: 'Declaratie beoordeeld',
            status: 'Deels afgekeurd',
            toon: 'waarschuwing',
            door: 'automatisch',
            toelichting: '11 van 12 regels goedgekeurd.',
          },
          { op: '2026-02-01', moment: '01-02-2026', kop: 'Hulp gestart', door: 'Zorggroep De Linde' },
          { op: '2026-01-15', moment: '15-01-2026', kop: 'Toewijzing verstuurd', door: 'gemeente Aarveld' },
        ]}
      />
      <Inklap kop="Oorspronkelijk bericht (XML)">
        <Code label="Oorspronkelijk bericht">{XML}</Code>
      </Inklap>
      <Code label="Voorbeeld van ruwe tekst">{XML}</Code>
    </>
  )
}
