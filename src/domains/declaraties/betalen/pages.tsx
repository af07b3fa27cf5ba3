import type { FastifyRequest } from 'fastify'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { Filtervelden } from '../../../platform/http/lijstfilters.tsx'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Alinea,
  formatGetal,
  Kengetal,
  Kengetallen,
  Knop,
  LegeStaat,
  splitAdres,
  Tabs,
} from '../../../platform/ui/index.ts'
import { listKeuzes } from '../inzien/store.ts'
import { POST_EXPORT, postColumns, REGEL_EXPORT, regelColumns } from './kolommen.tsx'
import { werkVan } from './rules.ts'
import { BETALINGEN, POSTEN, type Som } from './store.ts'

const STATEN = [
  { waarde: 'open', naam: 'Open' },
  { waarde: 'te-laat', naam: 'Te laat' },
  { waarde: 'betaald', naam: 'Betaald' },
  { waarde: 'niet', naam: 'Wordt niet betaald' },
]

type Feiten = Awaited<ReturnType<typeof listKeuzes>> & { isAanbieder: boolean }

/** What both lists share: who may see them, and how they are filtered. */
const GEMEEN = {
  inwoners: null,
  recht: 'betalingen.lezen',
  naam: 'betalingen',
  feiten: async (db: Db, { ctx }: FastifyRequest): Promise<Feiten> => ({
    ...(await listKeuzes(db, ctx.wie.scope)),
    isAanbieder: ctx.wie.scope.aanbieder !== null,
  }),
  filters: ({ gemeenten, aanbieders, isAanbieder }: Feiten): Filtervelden => ({
    // Without a choice the list shows what still has to be done.
    staat: { soort: 'keuze', label: 'Staat', opties: STATEN, standaard: 'open' },
    van: { soort: 'datum', label: 'Vervalt vanaf' },
    tot: { soort: 'datum', label: 'Vervalt tot en met', nietVoor: 'van' },
    gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten, verborgen: gemeenten.length < 2 },
    aanbieder: { soort: 'keuze', label: 'Aanbieder', opties: aanbieders, verborgen: isAanbieder },
  }),
} as const

/** What is due, per provider and municipality and line by line, and the same as files. */
export function registerBetalingenPages(app: App): void {
  lijst(app, '/betalingen', {
    ...GEMEEN,
    bron: POSTEN,
    orde: { kolom: 'vervalt', richting: 'op' },
    sleutel: post => `${post.gemeente}.${post.aanbiederId}`,
    kolommen: ({ gemeenten, isAanbieder }, { url }) => postColumns(url, isAanbieder, gemeenten.length > 1),
    bestand: () => POST_EXPORT,
    blad: ({ url }, { som, feiten, filter }) => ({
      titel: 'Betalingen',
      inleiding: intro(som, filter.staat, feiten.isAanbieder),
      boven: <Boven adres={url} huidig="/betalingen" som={som} />,
      leeg: <Leeg />,
    }),
  })

  lijst(app, '/betalingen/regels', {
    ...GEMEEN,
    bron: BETALINGEN,
    // What was paid is looked up to see what was just done, or to undo it.
    orde: ({ staat }) =>
      staat === 'betaald' ? { kolom: 'betaald', richting: 'af' } : { kolom: 'vervalt', richting: 'op' },
    sleutel: rij => `${rij.gemeente}.${rij.betalingId}`,
    kolommen: ({ gemeenten, isAanbieder }, { ctx }) =>
      regelColumns(mayRecord(ctx), isAanbieder, gemeenten.length > 1, ctx.vandaag),
    bestandsnaam: ({ ctx }) => `betalingen-per-declaratie-${ctx.vandaag}`,
    bestand: () => REGEL_EXPORT,
    blad: (request, { som, feiten, filter, rijen }) => {
      const { gedaan, al, apart } = readGedaan(request)
      const teKiezen = rijen.some(rij => rij.betaaldOp === null && werkVan(rij) === 'betalen')
      return {
        titel: 'Betalingen per declaratie',
        inleiding: intro(som, filter.staat, feiten.isAanbieder),
        kruimels: [
          { naam: 'Start', href: '/' },
          { naam: 'Betalingen', href: '/betalingen' },
        ],
        ...(gedaan === undefined
          ? {}
          : { melding: { soort: 'succes' as const, tekst: gedaanTekst(gedaan, al, apart) } }),
        boven: <Boven adres={request.url} huidig="/betalingen/regels" som={som} />,
        leeg: <Leeg />,
        onder: mayRecord(request.ctx) && teKiezen ? <Vastleggen /> : null,
      }
    },
  })
}

const mayRecord = ({ wie }: Ctx) => wie.rechten.has('betalingen.vastleggen')

function Boven({ adres, huidig, som }: { adres: string; huidig: string; som: Som }) {
  return (
    <>
      <Delen adres={adres} huidig={huidig} />
      <Totalen som={som} />
    </>
  )
}

/** Records what was chosen in the table above it. */
function Vastleggen() {
  return (
    <form id="vastleggen" className="sam-formulier" method="get" action="/betalingen/vastleggen">
      <Alinea>
        Kies betalingen met de vinkjes in de tabel. U ziet eerst het totaal voordat er iets gebeurt.
      </Alinea>
      <Knop>Leg gekozen betalingen vast</Knop>
    </form>
  )
}

function gedaanTekst(gedaan: string, al: string | undefined, apart: string | undefined): string {
  if (gedaan === 'terug') return 'De betaling staat weer open'
  const n = numberOrNull(gedaan) ?? 0
  const klaar = n === 1 ? '1 betaling is vastgelegd' : `${formatGetal(n)} betalingen zijn vastgelegd`
  const eerder = numberOrNull(al) ?? 0
  const wacht = numberOrNull(apart) ?? 0
  return [
    klaar,
    ...(eerder === 0 ? [] : [`${formatGetal(eerder)} had een ander al vastgelegd`]),
    ...(wacht === 0 ? [] : [`regels die dubbel zijn gedeclareerd en nog open staan: ${formatGetal(wacht)}`]),
  ].join('; ')
}

function intro(
  { aantal, bedrag, teLaat, niet }: Som,
  staat: string | undefined,
  isAanbieder: boolean,
): string {
  if (aantal === 0) return 'Er zijn geen betalingen in deze selectie.'
  if (staat === 'niet')
    return `${formatEuro(niet)} wordt niet betaald: zo is beoordeeld. ${isAanbieder ? 'Crediteer deze regels.' : 'U hoeft hier niets mee te doen.'}`
  const wat = `${formatGetal(aantal)} ${aantal === 1 ? 'betaling' : 'betalingen'}, samen ${formatEuro(bedrag)}.`
  if (teLaat === 0) return `${wat} Niets is te laat.`
  return `${wat} ${isAanbieder ? 'U had daarvan al' : 'Daarvan had al'} ${formatEuro(teLaat)} ${isAanbieder ? 'moeten ontvangen' : 'betaald moeten zijn'}.`
}

function Delen({ adres, huidig }: { adres: string; huidig: string }) {
  const query = new URLSearchParams(splitAdres(adres)[1])
  for (const naam of ['sorteer', 'pagina', 'gedaan', 'al']) query.delete(naam)
  const met = (pad: string) => (query.size === 0 ? pad : `${pad}?${query}`)
  return (
    <Tabs
      label="Betalingen"
      huidig={met(huidig)}
      tabs={[
        { naam: 'Per aanbieder en gemeente', href: met('/betalingen') },
        { naam: 'Per declaratie', href: met('/betalingen/regels') },
      ]}
    />
  )
}

function Totalen({ som }: { som: Som }) {
  return (
    <Kengetallen>
      <Kengetal label="Samen" waarde={formatEuro(som.bedrag)} />
      <Kengetal label="Te laat" waarde={formatEuro(som.teLaat)} />
      <Kengetal
        label="Te verrekenen"
        waarde={formatEuro(som.teVerrekenen)}
        toelichting="Declaraties waarop meer is gecrediteerd dan gedeclareerd"
      />
      {som.wacht === 0 ? null : (
        <Kengetal
          label="Wacht op beoordeling"
          waarde={formatEuro(som.wacht)}
          toelichting="Dubbel gedeclareerd, en niet bij de andere bedragen geteld"
        />
      )}
      {som.niet === 0 ? null : (
        <Kengetal
          label="Wordt niet betaald"
          waarde={formatEuro(som.niet)}
          toelichting="Zo is beoordeeld, en niet bij de andere bedragen geteld"
        />
      )}
    </Kengetallen>
  )
}

function Leeg() {
  return (
    <LegeStaat kop="Er staat niets open">
      Een betaling komt hier te staan zodra een declaratie is goedgekeurd.
    </LegeStaat>
  )
}
