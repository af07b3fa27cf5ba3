import type { FastifyRequest } from 'fastify'
import { Fragment } from 'react'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { GEMEENTECODE, readFilters } from '../../../platform/http/filter.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { backTo, post } from '../../../platform/http/formulierpost.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Downloadlinks,
  Filterbalk,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  KnopLink,
  Kop,
  LegeStaat,
  Paginering,
  withQuery,
} from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { gemeenteOpties, mayWrite, naamVanGemeente, REGIO, segmentOpties } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import {
  addOpgave,
  addVoortgang,
  type Bord,
  changeOpgave,
  loadBord,
  loadOpgave,
  readCollegas,
  readKeuzes,
  saveActie,
  stepOpgave,
} from './actions.ts'
import { STAATNAAM, segmentnamen, Themakaarten } from './bord.tsx'
import { showOpgave } from './detail.tsx'
import { HEFBOMEN, HEFBOOMNAAM, perThema, STATEN } from './rules.ts'
import type { Opgave } from './store.ts'
import { ACTIE, NIEUW, OPGAVE, STAP, VOORTGANG } from './velden.ts'

const PER_PAGINA = 50
const FILTERS = ['zoek', 'gemeente', 'staat', 'hefboom', 'segment']

/** The board of change assignments per theme, the same as a file, and the page of one. */
export function registerOpgaven(app: App): void {
  const config = { recht: 'beleid.lezen' } as const
  const schema = { hide: true }

  app.get('/opgaven', { config, schema }, async (request, reply) => {
    const { vraag, filter } = readFilter(request)
    const pagina = readFilters(request).pagina()
    const bord = await loadBord(request.ctx, filter, {
      aantal: PER_PAGINA,
      vanaf: (pagina - 1) * PER_PAGINA,
    })
    refuseUnknown(request, bord)
    const mag = request.ctx.wie.rechten.has('beleid.schrijven')
    const nieuw = (
      <KnopLink href="/opgaven/nieuw" soort="hoofd">
        Opgave toevoegen
      </KnopLink>
    )
    const actief = FILTERS.some(naam => (vraag[naam] ?? '') !== '')
    return sendPagina(request, reply, {
      titel: 'Veranderopgaven',
      inleiding: `${bord.totaal === 1 ? '1 opgave' : `${formatGetal(bord.totaal)} opgaven`}: wat moet er anders, wat kan inkoop daaraan doen, en wat vraagt iets anders?`,
      acties: mag ? nieuw : null,
      children: (
        <>
          <Filterbalk adres={request.url} namen={FILTERS} naam="opgaven">
            <Filterzoek waarde={vraag.zoek} hulp="Titel, thema, doelgroep of tekst" />
            <Filterkeuze
              naam="gemeente"
              label="Van wie"
              waarde={vraag.gemeente}
              opties={gemeenteOpties(bord.bereik, false)}
            />
            <Filterkeuze
              naam="staat"
              label="Staat"
              waarde={vraag.staat}
              opties={STATEN.map(waarde => ({ waarde, naam: STAATNAAM[waarde].naam }))}
            />
            <Filterkeuze
              naam="hefboom"
              label="Hefboom"
              waarde={vraag.hefboom}
              opties={OPGAVE.hefbomen.opties ?? []}
            />
            <Filterkeuze
              naam="segment"
              label="Segment"
              waarde={vraag.segment}
              opties={segmentOpties(bord.bereik)}
            />
          </Filterbalk>
          {bord.opgaven.length === 0 ? (
            <Leeg actief={actief || bord.totaal > 0} mag={mag} />
          ) : (
            <Gevuld bord={bord} adres={request.url} pagina={pagina} vandaag={request.ctx.vandaag} />
          )}
        </>
      ),
    })
  })

  app.get('/opgaven/export', { config, schema }, async (request, reply) => {
    const { filter } = readFilter(request)
    const bord = await loadBord(request.ctx, filter, { aantal: MAX_EXPORT, vanaf: 0 })
    refuseUnknown(request, bord)
    return sendExport(reply, `opgaven-${request.ctx.vandaag}`, exportColumns(bord), bord.opgaven)
  })

  app.get('/opgaven/:id', { config, schema }, (request, reply) => showOpgave(request, reply))
  registerOpgaveformulieren(app)
  registerActieformulieren(app)
}

const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Veranderopgaven', href: '/opgaven' },
]
const idOf = (request: FastifyRequest) => readId(request, 'Opgave')
const back = backTo('/opgaven', 'Opgave')

function registerOpgaveformulieren(app: App): void {
  const recht = 'beleid.schrijven'
  formPagina(
    app,
    '/opgaven/nieuw',
    { recht, velden: NIEUW },
    async request => ({
      titel: 'Opgave toevoegen',
      inleiding: 'Eén verandering: voor wie, van wat naar wat, en waarmee.',
      kruimels: KRUIMELS,
      terug: '/opgaven',
      keuzes: await request.ctx.read(async db => readKeuzes(db, await readBereik(db), null, null)),
    }),
    async ({ request, invoer }) => `/opgaven/${await addOpgave(request.ctx, invoer)}?melding=opgeslagen`,
  )
  formPagina(
    app,
    '/opgaven/:id/wijzig',
    { recht, velden: OPGAVE },
    async request => {
      const { bereik, opgave } = await loadOpgave(request.ctx, idOf(request))
      if (!mayWrite(bereik, opgave.gemeente)) throw notFound('Opgave')
      const terug = `/opgaven/${opgave.opgaveId}`
      return {
        titel: 'Opgave wijzigen',
        inleiding: opgave.titel,
        kruimels: [...KRUIMELS, { naam: opgave.titel, href: terug }],
        terug,
        nu: opgave,
        keuzes: await request.ctx.read(db => readKeuzes(db, bereik, opgave, null)),
      }
    },
    back(changeOpgave, 'opgeslagen'),
  )
  post(app, '/opgaven/:id/stap', { recht, naam: 'stap', velden: STAP }, back(stepOpgave, 'stap'), showOpgave)
}

/** What everybody who works on the policy adds: actions and progress. */
function registerActieformulieren(app: App): void {
  const recht = 'beleid.bijdragen'
  post(
    app,
    '/opgaven/:id/voortgang',
    { recht, naam: 'voortgang', velden: VOORTGANG },
    back(addVoortgang, 'voortgang'),
    showOpgave,
  )
  for (const pad of ['/opgaven/:id/acties/nieuw', '/opgaven/:id/acties/:actie'])
    formPagina(app, pad, { recht, velden: ACTIE }, loadActie, async ({ request, invoer, versie }) => {
      const id = readActieId(request)
      await saveActie(request.ctx, idOf(request), id === null ? null : { id, versie }, invoer)
      return `/opgaven/${idOf(request)}?melding=actie`
    })
}

async function loadActie(request: FastifyRequest) {
  const { opgave, acties } = await loadOpgave(request.ctx, idOf(request))
  const id = readActieId(request)
  const actie = acties.find(a => a.actieId === id)
  if (id !== null && actie === undefined) throw notFound('Actie')
  const terug = `/opgaven/${opgave.opgaveId}`
  const lees = request.ctx.read(db => readCollegas(db, opgave.gemeente, actie?.eigenaar ?? null))
  return {
    titel: actie === undefined ? 'Actie toevoegen' : 'Actie wijzigen',
    inleiding: `Bij de opgave: ${opgave.titel}`,
    kruimels: [...KRUIMELS, { naam: opgave.titel, href: terug }],
    terug,
    nu: actie ?? { staat: 'open' as const },
    keuzes: { eigenaar: await lees },
  }
}

/** The action in the address; null for a new one. Throws 404. */
function readActieId(request: FastifyRequest): number | null {
  const { actie } = request.params as { actie?: string }
  const id = numberOrNull(actie)
  if (actie !== undefined && id === null) throw notFound('Actie')
  return id
}

function Leeg({ actief, mag }: { actief: boolean; mag: boolean }) {
  if (actief)
    return (
      <LegeStaat
        kop="Er zijn geen opgaven die hierbij passen"
        stap={<KnopLink href="/opgaven">Toon alle opgaven</KnopLink>}
      />
    )
  return (
    <LegeStaat
      kop="Er zijn nog geen veranderopgaven"
      stap={mag ? <KnopLink href="/opgaven/nieuw">Voeg de eerste opgave toe</KnopLink> : undefined}
    >
      Begin bij de visie: welke verandering vraagt die, voor wie, en wie trekt haar?
    </LegeStaat>
  )
}

function Gevuld({
  bord,
  adres,
  pagina,
  vandaag,
}: {
  bord: Bord
  adres: string
  pagina: number
  vandaag: string
}) {
  const bestand = (formaat: string) =>
    withQuery(`/opgaven/export?${adres.split('?')[1] ?? ''}`, { formaat, pagina: undefined })
  return (
    <>
      <Downloadlinks naam="opgaven" csv={bestand('csv')} xlsx={bestand('xlsx')} />
      {perThema(bord.opgaven).map(([thema, opgaven]) => (
        <Fragment key={thema}>
          <Kop niveau={2}>{thema}</Kop>
          <Themakaarten opgaven={opgaven} bord={bord} vandaag={vandaag} />
        </Fragment>
      ))}
      <Paginering adres={adres} pagina={pagina} perPagina={PER_PAGINA} totaal={bord.totaal} naam="opgaven" />
    </>
  )
}

function readFilter(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  lees.alleen([...FILTERS, 'pagina', 'formaat'])
  const van = vraag.gemeente === REGIO ? REGIO : lees.code('gemeente', GEMEENTECODE)
  const segment = lees.getal('segment')
  const filter = {
    zoek: lees.tekst('zoek'),
    gemeente: van ?? '',
    staat: lees.keuze('staat', STATEN) ?? '',
    hefboom: lees.keuze('hefboom', HEFBOMEN) ?? '',
    segment: segment === null ? '' : String(segment),
  }
  return { vraag, filter }
}

/** Names a filter on what is not there: known when the board was read. */
function refuseUnknown(request: FastifyRequest, { bereik }: Pick<Bord, 'bereik'>): void {
  const lees = readFilters(request)
  for (const [naam, opties] of [
    ['gemeente', gemeenteOpties(bereik, false)],
    ['segment', segmentOpties(bereik)],
  ] as const)
    lees.keuze(
      naam,
      opties.map(({ waarde }) => waarde),
    )
}

function exportColumns({ bereik, waarden }: Bord): Exportkolom<Opgave>[] {
  const getal = (o: Opgave, waarde: number | null | undefined) =>
    waarde == null ? null : indicatorVan(o.indicator)?.eenheid === 'personen' ? waarde : waarde / 100
  return [
    { kop: 'Van', waarde: o => naamVanGemeente(bereik, o.gemeente) },
    { kop: 'Thema', waarde: o => o.thema },
    { kop: 'Opgave', waarde: o => o.titel },
    { kop: 'Staat', waarde: o => STAATNAAM[o.staat].naam },
    { kop: 'Doelgroep', waarde: o => o.doelgroep },
    { kop: 'Nu', waarde: o => o.van },
    { kop: 'Straks', waarde: o => o.naar },
    { kop: 'Wat inkoop kan', waarde: o => o.metInkoop },
    { kop: 'Wat iets anders vraagt', waarde: o => o.metAnders },
    { kop: 'Hefbomen', waarde: o => o.hefbomen.map(h => HEFBOOMNAAM[h]).join(', ') },
    { kop: 'Trekker', waarde: o => o.trekkerNaam },
    { kop: 'Volgende stap', waarde: o => o.volgendeStap },
    { kop: 'Segmenten', waarde: o => segmentnamen(o, bereik.segmenten).join(', ') },
    { kop: 'Indicator', waarde: o => indicatorVan(o.indicator)?.naam ?? null },
    { kop: 'Waarde', soort: 'getal', waarde: o => getal(o, waarden.get(o.opgaveId)?.waarde) },
    { kop: 'Een jaar eerder', soort: 'getal', waarde: o => getal(o, waarden.get(o.opgaveId)?.vorig) },
    { kop: 'Laatste voortgang', soort: 'datum', waarde: o => o.laatste },
    { kop: 'Onderbouwing', waarde: o => o.onderbouwing },
    { kop: 'Bron', waarde: o => o.bron },
  ]
}
