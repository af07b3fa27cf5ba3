import type { FastifyRequest } from 'fastify'
import { audit } from '../../../platform/audit.ts'
import { isBsn } from '../../../platform/crypto.ts'
import { type Datum, formatDatumKort } from '../../../platform/dates.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { type Lijst, lijst, sendLijst } from '../../../platform/http/lijst.tsx'
import { type Filtervelden, SLEUTELS } from '../../../platform/http/lijstfilters.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, readVelden } from '../../../platform/http/vraag.ts'
import type { Fout } from '../../../platform/problem.ts'
import {
  Badge,
  Formulier,
  formatGetal,
  Inklap,
  Knop,
  KnopLink,
  type Kolom,
  LegeStaat,
  Link,
  Onbekend,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { WETNAAM } from '../../contracten/index.ts'
import { PAD as OVERNEMEN, VERWIJZINGEN_PAD as VERWIJZINGEN } from '../overnemen/pages.ts'
import { describeOmvang, type Geldigheid, geldigheidOp } from './rules.ts'
import {
  lastSoon,
  listClientenByBsn,
  listClientenByNaam,
  listKeuzes,
  type Som,
  TOEWIJZINGEN,
  type Toewijzingsregel,
  WEKEN_VOORUIT,
} from './store.ts'

export const GROND = 'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing'

export const GELDIGHEID: Readonly<
  Record<Geldigheid, { naam: string; toon: 'succes' | 'info' | 'neutraal' | 'fout' }>
> = {
  geldig: { naam: 'Geldig', toon: 'succes' },
  toekomstig: { naam: 'Gaat nog in', toon: 'info' },
  verlopen: { naam: 'Verlopen', toon: 'neutraal' },
  verwijderd: { naam: 'Verwijderd', toon: 'fout' },
}
/** How a toewijzing is named in an address and in the log. */
const sleutelVan = (rij: Toewijzingsregel) => `${rij.gemeente}.${rij.toewijzingId}`

const STANDEN = Object.keys(GELDIGHEID) as Geldigheid[]
const KEUZES_STAND = STANDEN.map(waarde => ({ waarde, naam: GELDIGHEID[waarde].naam }))
const KEUZES_WET = Object.entries(WETNAAM).map(([waarde, naam]) => ({ waarde, naam }))

export const toewijzingPad = ({ gemeente, toewijzingId }: { gemeente: string; toewijzingId: number }) =>
  `/toewijzingen/${gemeente}/${toewijzingId}`

const TOEWIJZINGENLIJST: Lijst<Toewijzingsregel, Feiten, Som> = {
  inwoners: ['client', 'toewijzing'],
  recht: 'toewijzingen.lezen',
  naam: 'toewijzingen',
  bron: TOEWIJZINGEN,
  orde: { kolom: 'ingang', richting: 'af' },
  feiten: async (db, { ctx }) => ({
    ...(await listKeuzes(db, ctx.wie.scope)),
    isAanbieder: ctx.wie.scope.aanbieder !== null,
  }),
  filters: filtersVan,
  sleutel: sleutelVan,
  kolommen: ({ gemeenten, isAanbieder }, { ctx }) => columns(ctx, gemeenten.length > 1, isAanbieder),
  bestand: (_feiten, { ctx }) => exportkolommen(ctx),
  bijgehouden: async (tx, ctx, rijen, bestand) => {
    const actie = bestand ? 'toewijzingen.geexporteerd' : 'toewijzingen.bekeken'
    if (bestand || rijen.length > 0)
      await audit(tx, ctx, actie, GROND, { toewijzingen: rijen.map(sleutelVan) })
  },
  blad: ({ ctx }, { som, filter }) => ({
    titel: 'Toewijzingen',
    inleiding: intro(som, filter, ctx.vandaag),
    acties: ctx.wie.rechten.has('toewijzingen.overnemen') ? (
      <>
        <KnopLink href={VERWIJZINGEN}>Leg verwijzingen vast</KnopLink>
        <KnopLink href={OVERNEMEN}>Neem over uit een ander systeem</KnopLink>
      </>
    ) : null,
    leeg: (
      <LegeStaat
        kop="Er zijn nog geen toewijzingen"
        stap={<KnopLink href="/berichten">Naar het berichtenverkeer</KnopLink>}
      >
        Een toewijzing komt hier te staan zodra het toewijzingsbericht (301) is verwerkt, of zodra zij is
        overgenomen uit een eerder systeem.
      </LegeStaat>
    ),
  }),
}

/** The list of toewijzingen that someone may see, the same as a file, and the search by BSN. */
export function registerToewijzingenPages(app: App): void {
  const config = { recht: 'toewijzingen.lezen' } as const
  const schema = { hide: true }
  const zoekvak = (request: FastifyRequest, fouten: readonly Fout[]) => (csrf: string) => (
    <Clientzoeker csrf={csrf} getypt={typedName(request)} fouten={fouten} />
  )
  lijst(app, '/toewijzingen', TOEWIJZINGENLIJST, request => zoekvak(request, []))

  // A BSN or a name only ever travels in the body of a post: never in an address, a log or the history of a browser.
  app.post('/toewijzingen/client', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const gezocht = (readVelden(request).client ?? '').trim()
    const refuse = (melding: string) =>
      sendLijst(request, reply, '/toewijzingen', TOEWIJZINGENLIJST, {
        status: 400,
        boven: zoekvak(request, [{ pad: 'client', melding }]),
      })
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

/** A resident is looked for by a post: neither a BSN nor a name stands in an address. */
function Clientzoeker({ csrf, getypt, fouten }: { csrf: string; getypt: string; fouten: readonly Fout[] }) {
  return (
    <Inklap kop="Zoek een cliënt" open={fouten.length > 0}>
      <Formulier actie="/toewijzingen/client" csrf={csrf} fouten={fouten}>
        <Tekstveld
          naam="client"
          label="BSN of naam"
          hulp="Wat u hier invult komt niet in het adres en niet in het logboek."
          breedte="half"
          maxlengte={100}
          waarde={getypt}
          fouten={fouten}
        />
        <Knop soort="tweede">Zoek cliënt</Knop>
      </Formulier>
    </Inklap>
  )
}

function intro(
  { totaal, geldig }: Som,
  { eindigt, start, stand }: Record<string, string>,
  vandaag: Datum,
): string {
  if (eindigt)
    return `${formatGetal(totaal)} toewijzingen eindigen uiterlijk ${formatDatumKort(lastSoon(vandaag))}.`
  if (start) return `Bij ${formatGetal(totaal)} toewijzingen is nog geen start gemeld.`
  const wat = `${formatGetal(totaal)} ${totaal === 1 ? 'toewijzing' : 'toewijzingen'}`
  // Of those of one state it says nothing more.
  return stand ? `${wat}.` : `${wat}, waarvan ${formatGetal(geldig)} vandaag geldig.`
}

/** What was typed is given back after a fault, unless it may be a BSN. */
function typedName(request: FastifyRequest): string {
  const gezocht = request.method === 'POST' ? (readVelden(request).client ?? '') : ''
  return /\d{4}/.test(gezocht) ? '' : gezocht
}

type Feiten = Awaited<ReturnType<typeof listKeuzes>> & { isAanbieder: boolean }

/** How the list is filtered; a choice of one is none. */
function filtersVan({ gemeenten, segmenten, aanbieders, isAanbieder }: Feiten): Filtervelden {
  return {
    zoek: { soort: 'zoek', label: 'Toewijzingnummer' },
    stand: { soort: 'keuze', label: 'Stand', opties: KEUZES_STAND },
    wet: { soort: 'keuze', label: 'Wet', opties: KEUZES_WET },
    segment: { soort: 'keuze', label: 'Segment', opties: segmenten },
    aanbieder: { soort: 'keuze', label: 'Aanbieder', opties: aanbieders, verborgen: isAanbieder },
    gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten, verborgen: gemeenten.length < 2 },
    eindigt: {
      soort: 'keuze',
      label: 'Einddatum',
      opties: [{ waarde: 'binnenkort', naam: `Binnen ${WEKEN_VOORUIT} weken` }],
    },
    start: { soort: 'keuze', label: 'Start', opties: [{ waarde: 'geen', naam: 'Nog geen start gemeld' }] },
    client: {
      soort: 'vast',
      vorm: SLEUTELS,
      zeg: sleutels =>
        sleutels.includes(',') ? `Van ${sleutels.split(',').length} cliënten` : 'Van één cliënt',
    },
  }
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
