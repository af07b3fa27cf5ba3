import type { FastifyRequest } from 'fastify'
import { audit } from '../../../platform/audit.ts'
import { isBsn } from '../../../platform/crypto.ts'
import { addDays, formatDatumKort } from '../../../platform/dates.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { GEMEENTECODE, readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, numberOrNull, readVelden, type Vraag } from '../../../platform/http/vraag.ts'
import type { Fout } from '../../../platform/problem.ts'
import {
  Badge,
  Filterkeuze,
  Formulier,
  formatGetal,
  Inklap,
  Knop,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
  Onbekend,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { WETNAAM } from '../../contracten/index.ts'
import { PAD as OVERNEMEN, VERWIJZINGEN_PAD as VERWIJZINGEN } from '../overnemen/pages.ts'
import { describeOmvang, type Geldigheid, geldigheidOp } from './rules.ts'
import {
  countToewijzingen,
  type Filter,
  listClientenByBsn,
  listClientenByNaam,
  listKeuzes,
  listToewijzingen,
  type Selectie,
  SORTEERBAAR,
  type Toewijzingsregel,
} from './store.ts'

export const GROND = 'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing'
const PER_PAGINA = 50
const STANDAARD = { kolom: 'ingang', richting: 'af' } as const
const FILTERS = ['zoek', 'stand', 'wet', 'segment', 'aanbieder', 'gemeente', 'client', 'eindigt', 'start']
const WEKEN_VOORUIT = 6

export const GELDIGHEID: Readonly<
  Record<Geldigheid, { naam: string; toon: 'succes' | 'info' | 'neutraal' | 'fout' }>
> = {
  geldig: { naam: 'Geldig', toon: 'succes' },
  toekomstig: { naam: 'Gaat nog in', toon: 'info' },
  verlopen: { naam: 'Verlopen', toon: 'neutraal' },
  verwijderd: { naam: 'Verwijderd', toon: 'fout' },
}
const STANDEN = Object.keys(GELDIGHEID) as Geldigheid[]
const KEUZES_STAND = STANDEN.map(waarde => ({ waarde, naam: GELDIGHEID[waarde].naam }))
const KEUZES_WET = Object.entries(WETNAAM).map(([waarde, naam]) => ({ waarde, naam }))

export const toewijzingPad = ({ gemeente, toewijzingId }: { gemeente: string; toewijzingId: number }) =>
  `/toewijzingen/${gemeente}/${toewijzingId}`

/** The list of toewijzingen that someone may see, the same as a file, and the search by BSN. */
export function registerToewijzingenPages(app: App): void {
  const config = { recht: 'toewijzingen.lezen' } as const
  const schema = { hide: true }
  app.get('/toewijzingen', { config, schema }, (request, reply) => sendLijst(request, reply, []))

  app.get('/toewijzingen/export', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { selectie, sortering } = readSelectie(request)
    const rijen = await ctx.write(async tx => {
      const gevonden = await listToewijzingen(tx, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 })
      await audit(tx, ctx, 'toewijzingen.geexporteerd', GROND, { toewijzingen: gevonden.map(sleutelVan) })
      return gevonden
    })
    return sendExport(reply, `toewijzingen-${ctx.vandaag}`, exportkolommen(ctx), rijen)
  })

  // A BSN or a name only ever travels in the body of a post: never in an address, a log or the history of a browser.
  app.post('/toewijzingen/client', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const gezocht = (readVelden(request).client ?? '').trim()
    const refuse = (melding: string) => sendLijst(request, reply, [{ pad: 'client', melding }])
    const bsn = gezocht.replaceAll(/[\s.]/g, '')
    const isNummer = /^\d+$/.test(bsn)
    if (isNummer && !isBsn(bsn))
      return refuse('Vul een BSN van negen cijfers in. Dit nummer bestaat niet als BSN.')
    if (!isNummer && gezocht.length < 2)
      return refuse('Vul een BSN in, of minstens twee letters van de naam.')
    const clienten = await ctx.write(async tx => {
      const gevonden = isNummer
        ? await listClientenByBsn(tx, ctx.kluis.bsnHash(bsn))
        : await listClientenByNaam(tx, likePattern(gezocht) ?? '', MEESTE_CLIENTEN + 1)
      await audit(tx, ctx, 'client.gezocht', GROND, {
        clienten: gevonden.map(c => `${c.gemeente}.${c.clientId}`),
      })
      return gevonden
    })
    if (clienten.length === 0)
      return refuse(`Onder ${isNummer ? 'dit BSN' : 'deze naam'} is geen cliënt bekend die u mag zien.`)
    if (clienten.length > MEESTE_CLIENTEN)
      return refuse('Er zijn te veel cliënten met deze naam. Vul meer van de naam in.')
    const sleutels = clienten.map(c => `${c.gemeente}.${c.clientId}`).join(',')
    return reply.redirect(`/toewijzingen?client=${sleutels}`, 303)
  })
}

/** So many residents still fit in the address of the list. */
const MEESTE_CLIENTEN = 50

const sleutelVan = (rij: Toewijzingsregel) => `${rij.gemeente}.${rij.toewijzingId}`

async function sendLijst(
  request: FastifyRequest,
  reply: Parameters<typeof sendPagina>[1],
  fouten: readonly Fout[],
) {
  const { ctx } = request
  const { vraag, selectie, sortering } = readSelectie(request)
  const pagina = readFilters(request).pagina()
  const geldig: Selectie = { ...selectie, filter: { ...selectie.filter, stand: 'geldig' } }
  const { rijen, totaal, nuGeldig, keuzes } = await ctx.write(async tx => {
    const gevonden = await listToewijzingen(tx, selectie, sortering, {
      aantal: PER_PAGINA,
      vanaf: (pagina - 1) * PER_PAGINA,
    })
    if (gevonden.length > 0)
      await audit(tx, ctx, 'toewijzingen.bekeken', GROND, { toewijzingen: gevonden.map(sleutelVan) })
    return {
      rijen: gevonden,
      totaal: await countToewijzingen(tx, selectie),
      nuGeldig: await countToewijzingen(tx, geldig),
      keuzes: await listKeuzes(tx, ctx.wie.scope),
    }
  })
  const adres = request.method === 'GET' ? request.url : '/toewijzingen'
  const isAanbieder = ctx.wie.scope.aanbieder !== null
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Toewijzingen',
      inleiding: intro(totaal, nuGeldig, selectie.filter),
      acties: ctx.wie.rechten.has('toewijzingen.overnemen') ? (
        <>
          <KnopLink href={VERWIJZINGEN}>Leg verwijzingen vast</KnopLink>
          <KnopLink href={OVERNEMEN}>Neem over uit een ander systeem</KnopLink>
        </>
      ) : null,
      children: (
        <>
          <Inklap kop="Zoek een cliënt" open={fouten.length > 0}>
            <Formulier actie="/toewijzingen/client" csrf={csrf} fouten={fouten}>
              <Tekstveld
                naam="client"
                label="BSN of naam"
                hulp="Wat u hier invult komt niet in het adres en niet in het logboek."
                breedte="half"
                maxlengte={100}
                waarde={typedName(request)}
                fouten={fouten}
              />
              <Knop soort="tweede">Zoek cliënt</Knop>
            </Formulier>
          </Inklap>
          <Lijstdeel
            adres={adres}
            naam="toewijzingen"
            filters={FILTERS}
            velden={<Velden vraag={vraag} keuzes={keuzes} isAanbieder={isAanbieder} />}
            kolommen={columns(ctx, keuzes.gemeenten.length > 1, isAanbieder)}
            rijen={rijen}
            sleutel={sleutelVan}
            sortering={sortering}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={totaal}
            exportPad="/toewijzingen/export"
            leeg={
              <LegeStaat
                kop="Er zijn nog geen toewijzingen"
                stap={<KnopLink href="/berichten">Naar het berichtenverkeer</KnopLink>}
              >
                Een toewijzing komt hier te staan zodra het toewijzingsbericht (301) is verwerkt, of zodra zij
                is overgenomen uit een eerder systeem.
              </LegeStaat>
            }
          />
        </>
      ),
    }),
    fouten.length > 0 ? 400 : 200,
  )
}

function intro(totaal: number, geldig: number, filter: Filter): string {
  if (filter.eindTot !== null)
    return `${formatGetal(totaal)} toewijzingen eindigen uiterlijk ${formatDatumKort(filter.eindTot)}.`
  if (filter.zonderStart) return `Bij ${formatGetal(totaal)} toewijzingen is nog geen start gemeld.`
  return `${formatGetal(totaal)} ${totaal === 1 ? 'toewijzing' : 'toewijzingen'}, waarvan ${formatGetal(geldig)} vandaag geldig.`
}

/** What was typed is given back after a fault, unless it may be a BSN. */
function typedName(request: FastifyRequest): string {
  const gezocht = request.method === 'POST' ? (readVelden(request).client ?? '') : ''
  return /\d{4}/.test(gezocht) ? '' : gezocht
}

function readSelectie(request: FastifyRequest) {
  const { ctx } = request
  const lees = readFilters(request)
  const { vraag } = lees
  const zoek = (vraag.zoek ?? '').trim()
  const filter: Filter = {
    // Only a number can be typed here; anything else finds nothing.
    nummer: zoek === '' ? null : (numberOrNull(zoek) ?? -1),
    wet: lees.keuze('wet', ['jw', 'wmo']),
    segment: lees.getal('segment'),
    aanbieder: lees.getal('aanbieder'),
    gemeente: lees.code('gemeente', GEMEENTECODE),
    stand: lees.keuze('stand', STANDEN),
    clienten: lees.sleutels('client'),
    eindTot: lees.keuze('eindigt', ['binnenkort']) !== null ? addDays(ctx.vandaag, WEKEN_VOORUIT * 7) : null,
    zonderStart: lees.keuze('start', ['geen']) !== null,
  }
  return {
    vraag,
    sortering: readFilters(request).sortering(SORTEERBAAR, STANDAARD),
    selectie: { filter, scope: ctx.wie.scope, vandaag: ctx.vandaag },
  }
}

function Velden({
  vraag,
  keuzes,
  isAanbieder,
}: {
  vraag: Vraag
  keuzes: Awaited<ReturnType<typeof listKeuzes>>
  isAanbieder: boolean
}) {
  return (
    <>
      <Tekstveld
        naam="zoek"
        label="Toewijzingnummer"
        waarde={vraag.zoek ?? ''}
        verplicht={false}
        maxlengte={100}
      />
      <Filterkeuze naam="stand" label="Stand" waarde={vraag.stand} opties={KEUZES_STAND} />
      <Filterkeuze naam="wet" label="Wet" waarde={vraag.wet} opties={KEUZES_WET} />
      <Filterkeuze naam="segment" label="Segment" waarde={vraag.segment} opties={keuzes.segmenten} />
      {isAanbieder ? null : (
        <Filterkeuze naam="aanbieder" label="Aanbieder" waarde={vraag.aanbieder} opties={keuzes.aanbieders} />
      )}
      {keuzes.gemeenten.length > 1 ? (
        <Filterkeuze naam="gemeente" label="Gemeente" waarde={vraag.gemeente} opties={keuzes.gemeenten} />
      ) : null}
      <Filterkeuze
        naam="eindigt"
        label="Einddatum"
        waarde={vraag.eindigt}
        opties={[{ waarde: 'binnenkort', naam: `Binnen ${WEKEN_VOORUIT} weken` }]}
      />
      <Filterkeuze
        naam="start"
        label="Start"
        waarde={vraag.start}
        opties={[{ waarde: 'geen', naam: 'Nog geen start gemeld' }]}
      />
    </>
  )
}

function columns(ctx: Ctx, metGemeente: boolean, isAanbieder: boolean): Kolom<Toewijzingsregel>[] {
  const alle: (Kolom<Toewijzingsregel> & { weg?: boolean })[] = [
    {
      kop: 'Nummer',
      rijkop: true,
      heel: true,
      sorteer: 'nummer',
      cel: rij => (
        <Link href={toewijzingPad(rij)} label={`Toewijzing ${rij.nummer}`}>
          {rij.nummer}
        </Link>
      ),
    },
    {
      kop: 'Cliënt',
      sorteer: 'client',
      cel: rij => (
        <>
          {rij.client} {rij.testdata ? <Badge>testdata</Badge> : null}
        </>
      ),
    },
    {
      kop: 'Product',
      sorteer: 'product',
      cel: rij => (
        <>
          {rij.product ?? rij.segment ?? <Onbekend />}
          <br />
          <small>
            {WETNAAM[rij.domein]}
            {rij.code === null
              ? rij.categorie === null
                ? ''
                : ` · categorie ${rij.categorie}`
              : ` · ${rij.code}`}
          </small>
        </>
      ),
    },
    { kop: 'Omvang', cel: rij => describeOmvang(rij) },
    { kop: 'Aanbieder', sorteer: 'aanbieder', weg: isAanbieder, cel: rij => rij.aanbieder },
    { kop: 'Gemeente', sorteer: 'gemeente', weg: !metGemeente, cel: rij => rij.gemeenteNaam },
    { kop: 'Ingang', sorteer: 'ingang', heel: true, cel: rij => formatDatumKort(rij.ingang) },
    {
      kop: 'Eind',
      sorteer: 'eind',
      heel: true,
      cel: rij => (rij.eind === null ? 'geen' : formatDatumKort(rij.eind)),
    },
    { kop: 'Stand', heel: true, cel: rij => <Standbadge rij={rij} vandaag={ctx.vandaag} /> },
  ]
  return alle.filter(kolom => kolom.weg !== true).map(({ weg, ...kolom }) => kolom)
}

export function Standbadge({
  rij,
  vandaag,
}: {
  rij: Pick<Toewijzingsregel, 'ingang' | 'eind' | 'redenWijziging'>
  vandaag: string
}) {
  const { naam, toon } = GELDIGHEID[geldigheidOp(rij, vandaag)]
  return <Badge toon={toon}>{naam}</Badge>
}

function exportkolommen({ vandaag }: Ctx): Exportkolom<Toewijzingsregel>[] {
  return [
    { kop: 'Toewijzingnummer', waarde: rij => String(rij.nummer) },
    { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
    { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
    { kop: 'Wet', waarde: rij => WETNAAM[rij.domein] },
    { kop: 'Cliënt', waarde: rij => rij.client },
    { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
    { kop: 'Segment', waarde: rij => rij.segment },
    { kop: 'Productcategorie', waarde: rij => rij.categorie },
    { kop: 'Productcode', waarde: rij => rij.code },
    { kop: 'Product', waarde: rij => rij.product },
    { kop: 'Omvang', waarde: rij => describeOmvang(rij) },
    { kop: 'Volume', soort: 'getal', waarde: rij => rij.volume },
    { kop: 'Eenheid', waarde: rij => rij.eenheid },
    { kop: 'Frequentie', waarde: rij => rij.frequentie },
    { kop: 'Budget', soort: 'bedrag', waarde: rij => rij.budget },
    { kop: 'Ingangsdatum', soort: 'datum', waarde: rij => rij.ingang },
    { kop: 'Einddatum', soort: 'datum', waarde: rij => rij.eind },
    { kop: 'Stand', waarde: rij => GELDIGHEID[geldigheidOp(rij, vandaag)].naam },
  ]
}
