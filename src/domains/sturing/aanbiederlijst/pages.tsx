import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formatHeleEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Downloadlinks,
  Filterbalk,
  Filterkeuze,
  type Kolom,
  LegeStaat,
  Link,
  Paginering,
  Tabel,
  Tekstveld,
  withQuery,
} from '../../../platform/ui/index.ts'
import { checkVraag, Jaarkeuze, Selectiekeuzes } from '../beeld/keuzes.tsx'
import { aantalInCel, compareMonths, formatAantal, formatVerandering } from '../beeld/teksten.ts'
import { type Aanbiederlijst, type AanbiederRegel, loadAanbieders } from './actions.ts'
import { SORTEERKOLOMMEN, type Sorteerkolom } from './store.ts'

const PER_PAGINA = 50
const NAMEN = ['zoek', 'jaar', 'wet', 'segment', 'gemeente', 'omzet']

/** All providers with their figures: search, sort, page, and the same list as a file. */
export function registerAanbiederlijst(app: App): void {
  app.get(
    '/cijfers/aanbieders',
    { config: { recht: 'cijfers.lezen' }, schema: { hide: true } },
    async (request, reply) => {
      const lees = readFilters(request)
      const { zoek: _zoek, aanbieder: _geen, omzet, ...vraag } = lees.vraag
      const zoek = lees.tekst('zoek')
      const sortering = lees.sortering(SORTEERKOLOMMEN, { kolom: 'besteed', richting: 'af' })
      lees.alleen([...NAMEN, 'als', 'sorteer', 'pagina'])
      const als = lees.keuze('als', ['csv', 'xlsx'])
      const bestand = als !== null
      const nummer = lees.pagina()
      const lijst = await loadAanbieders(request.ctx, vraag, {
        zoek,
        metOmzet: lees.keuze('omzet', ['ja']) !== null,
        sorteer: sortering.kolom as Sorteerkolom,
        richting: sortering.richting,
        vanaf: bestand ? 0 : (nummer - 1) * PER_PAGINA,
        aantal: bestand ? MAX_EXPORT : PER_PAGINA,
      })
      checkVraag(request, lijst.stam)
      if (bestand)
        return sendExport(reply, `aanbieders-${lijst.filter.jaar}`, EXPORT, lijst.regels, { formaat: als })
      const adres = withQuery(request.url, { als: undefined })
      const { filter, stam, totaal, regels } = lijst
      return sendPagina(request, reply, {
        titel: 'Aanbieders in cijfers',
        inleiding: `Wat elke aanbieder in ${filter.jaar} ontving, wat nog komt, en hoe dat verandert.`,
        kruimels: [{ naam: 'Regio in cijfers', href: withQuery('/cijfers', { jaar: String(filter.jaar) }) }],
        children: (
          <>
            <Filterbalk adres={adres} namen={NAMEN} naam="aanbieders" knop="Toon">
              <Tekstveld naam="zoek" label="Zoek" hulp="Naam of AGB-code" verplicht={false} waarde={zoek} />
              <Jaarkeuze filter={filter} stam={stam} vandaag={request.ctx.vandaag} />
              <Selectiekeuzes filter={filter} stam={stam} />
              <Filterkeuze
                naam="omzet"
                label="Omzet"
                waarde={omzet}
                opties={[{ waarde: 'ja', naam: 'Alleen met omzet' }]}
              />
            </Filterbalk>
            <Tabel
              bijschrift={`Aanbieders in ${filter.jaar}`}
              kolommen={kolommen(lijst)}
              rijen={regels}
              sleutel={r => String(r.aanbiederId)}
              adres={adres}
              sortering={sortering}
              leeg={
                <LegeStaat
                  kop="Geen aanbieder gevonden"
                  stap={<Link href="/cijfers/aanbieders">Toon alle aanbieders</Link>}
                >
                  Controleer de naam of de AGB-code, of kies een ruimer filter.
                </LegeStaat>
              }
            />
            <Paginering
              adres={adres}
              pagina={nummer}
              perPagina={PER_PAGINA}
              totaal={totaal}
              naam="aanbieders"
            />
            <Alinea maat="klein">
              {lijst.compleet === 0
                ? 'Nog geen maand is compleet; verandering is er nog niet.'
                : `Verandering: ${compareMonths(lijst.compleet)} ${filter.jaar} tegen dezelfde maanden van ${filter.jaar - 1}. Latere maanden zijn nog niet compleet.`}
            </Alinea>
            <Downloadlinks
              naam="aanbieders"
              csv={withQuery(adres, { als: 'csv', pagina: undefined })}
              xlsx={withQuery(adres, { als: 'xlsx', pagina: undefined })}
            />
          </>
        ),
      })
    },
  )
}

function kolommen({ filter }: Aanbiederlijst): Kolom<AanbiederRegel>[] {
  return [
    {
      kop: 'Aanbieder',
      rijkop: true,
      sorteer: 'naam',
      cel: r => (
        <Link href={withQuery(`/cijfers/aanbieders/${r.aanbiederId}`, { jaar: String(filter.jaar) })}>
          {r.naam}
        </Link>
      ),
    },
    { kop: 'AGB-code', heel: true, cel: r => r.agb },
    { kop: 'Besteed', uitlijning: 'rechts', sorteer: 'besteed', cel: r => formatHeleEuro(r.besteed) },
    {
      kop: 'Verandering',
      uitlijning: 'rechts',
      sorteer: 'verandering',
      cel: r => formatVerandering(r.verandering),
    },
    {
      kop: 'Nog te declareren',
      uitlijning: 'rechts',
      sorteer: 'nogTeDeclareren',
      cel: r => formatHeleEuro(r.nogTeDeclareren),
    },
    {
      kop: 'Cliënten',
      uitlijning: 'rechts',
      heel: true,
      sorteer: 'clienten',
      cel: r => formatAantal(r.clienten),
    },
  ]
}

const EXPORT: readonly Exportkolom<AanbiederRegel>[] = [
  { kop: 'Aanbieder', waarde: r => r.naam },
  { kop: 'AGB-code', waarde: r => r.agb },
  { kop: 'Besteed', soort: 'bedrag', waarde: r => r.besteed },
  { kop: 'Toegewezen', soort: 'bedrag', waarde: r => r.toegewezen },
  { kop: 'Toegewezen, nog niet gedeclareerd', soort: 'bedrag', waarde: r => r.nogTeDeclareren },
  { kop: 'Besteed in complete maanden', soort: 'bedrag', waarde: r => r.compleet },
  { kop: 'Zelfde maanden vorig jaar', soort: 'bedrag', waarde: r => r.vorigCompleet },
  { kop: 'Unieke cliënten', soort: 'getal', waarde: r => aantalInCel(r.clienten) },
]
