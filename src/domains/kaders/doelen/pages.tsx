import { Fragment } from 'react'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { type Filterlezer, readFilters } from '../../../platform/http/filter.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { backTo, post } from '../../../platform/http/formulierpost.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVelden, readVraag } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Downloadlinks,
  Filterbalk,
  Filterkeuze,
  Filterzoek,
  KnopLink,
  Kop,
  LegeStaat,
  Lijst,
  Link,
  withQuery,
} from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import {
  deelgebiedWaarde,
  gemeenteOpties,
  mayWrite,
  naamVanDeelgebied,
  naamVanGemeente,
  REGIO,
} from '../bereik/rules.ts'
import {
  addDoel,
  changeDoel,
  endDoel,
  findOuder,
  type GeladenDoelen,
  keuzesVan,
  loadDoelen,
  restoreDoel,
  toGegevens,
} from './actions.ts'
import { BEWEGING, Boomlijst } from './boom.tsx'
import { showDoel } from './detail.tsx'
import {
  buildBomen,
  nietOvergenomen,
  platteBoom,
  SOORTEN,
  SOORTNAAM,
  standVan,
  waaromNietOnder,
} from './rules.ts'
import type { Doelrij } from './store.ts'
import { DOEL, EINDE, NIEUW } from './velden.ts'

const FILTERS = ['zoek', 'gemeente', 'staat']
const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Doelen', href: '/doelen' },
]

/** The trees of goals, the same as a file, and the page of one goal. */
export function registerDoelen(app: App): void {
  const config = { recht: 'beleid.lezen' } as const
  const schema = { hide: true }

  app.get('/doelen', { config, schema }, async (request, reply) => {
    const lees = readFilters(request)
    const { vraag } = lees
    lees.alleen(FILTERS)
    const { wie } = request.ctx
    const geladen = await loadDoelen(request.ctx)
    const bomen = buildBomen(select(geladen, lees))
    const delen = { geladen, magCijfers: wie.rechten.has('cijfers.lezen') }
    const open = nietOvergenomen(geladen.doelen, geladen.koppelingen)
    const bestand = (formaat: string) =>
      withQuery(`/doelen/export?${new URLSearchParams(request.url.split('?')[1] ?? '')}`, { formaat })
    return sendPagina(request, reply, {
      titel: 'Doelen',
      inleiding:
        'Van visie naar doel, resultaat en indicator: wat wil de regio bereiken, wat neemt een gemeente over, en gaat het de goede kant op?',
      acties: wie.rechten.has('beleid.schrijven') ? (
        <KnopLink href="/doelen/nieuw" soort="hoofd">
          Boom beginnen
        </KnopLink>
      ) : null,
      children: (
        <>
          <Filterbalk adres={request.url} namen={FILTERS} naam="doelen">
            <Filterzoek waarde={vraag.zoek} hulp="Tekst, toelichting of bron" />
            <Filterkeuze
              naam="gemeente"
              label="Van wie"
              waarde={vraag.gemeente}
              opties={gemeenteOpties(geladen.bereik, false)}
            />
            <Filterkeuze
              naam="staat"
              label="Staat"
              waarde={vraag.staat}
              leeg="Lopend"
              opties={[{ waarde: 'alle', naam: 'Ook beëindigd' }]}
            />
          </Filterbalk>
          {bomen.length === 0 && FILTERS.some(naam => (vraag[naam] ?? '') !== '') ? (
            <LegeStaat
              kop="Er zijn geen doelen die hierbij passen"
              stap={<KnopLink href="/doelen">Toon alle doelen</KnopLink>}
            />
          ) : bomen.length === 0 ? (
            <LegeStaat
              kop="Er staan hier nog geen doelen"
              stap={
                wie.rechten.has('beleid.schrijven') ? (
                  <KnopLink href="/doelen/nieuw">Begin met een visie</KnopLink>
                ) : undefined
              }
            >
              Begin met één visie. Hang daar doelen onder, en onder elk doel wat u wilt meten.
            </LegeStaat>
          ) : (
            <>
              <Downloadlinks naam="doelen" csv={bestand('csv')} xlsx={bestand('xlsx')} />
              {bomen.map(boom => (
                <Fragment key={`${boom.gemeente} ${boom.naam}`}>
                  <Kop niveau={2}>{`${naamVanGemeente(geladen.bereik, boom.gemeente)}: ${boom.naam}`}</Kop>
                  <Boomlijst knopen={boom.wortels} delen={delen} />
                </Fragment>
              ))}
              {open.length === 0 ? null : (
                <>
                  <Kop niveau={2}>Nog door geen gemeente overgenomen</Kop>
                  <Alinea>
                    Voor deze doelen van de regio is bij de gemeenten die u ziet geen eigen doel dat eraan
                    bijdraagt.
                  </Alinea>
                  <Lijst
                    items={open.map(doel => (
                      <Link key={doel.doelId} href={`/doelen/${doel.doelId}`}>
                        {doel.tekst}
                      </Link>
                    ))}
                  />
                </>
              )}
            </>
          )}
        </>
      ),
    })
  })

  app.get('/doelen/export', { config, schema }, async (request, reply) => {
    const lees = readFilters(request)
    lees.alleen([...FILTERS, 'formaat'])
    const geladen = await loadDoelen(request.ctx)
    const rijen = buildBomen(select(geladen, lees)).flatMap(boom => platteBoom(boom.wortels))
    return sendExport(reply, `doelen-${request.ctx.vandaag}`, exportColumns(geladen), rijen)
  })

  app.get('/doelen/:id', { config, schema }, (request, reply) => showDoel(request, reply))
  registerFormulieren(app)
}

function registerFormulieren(app: App): void {
  const recht = 'beleid.schrijven'
  const back = backTo('/doelen', 'Doel')
  formPagina(
    app,
    '/doelen/nieuw',
    { recht, velden: NIEUW },
    async request => {
      const geladen = await loadDoelen(request.ctx)
      const ouder = findOuder(geladen, readVelden(request).ouder ?? readVraag(request).ouder)
      const { ouder: _, gemeente, boom, ...velden } = NIEUW
      // What belongs to the region takes over nothing of it.
      const { koppelingen, ...regionaal } = velden
      return {
        titel: ouder ? 'Doel toevoegen' : 'Boom beginnen',
        inleiding: ouder ? `Onder: ${ouder.tekst}` : 'Een boom begint met een visie of een doel.',
        kruimels: KRUIMELS,
        terug: '/doelen',
        velden: ouder === null ? { gemeente, boom, ...velden } : ouder.gemeente === null ? regionaal : velden,
        nu: beginBij(geladen.doelen, ouder),
        keuzes: {
          ...keuzesVan(geladen, null),
          soort: (DOEL.soort.opties ?? []).filter(
            (_, i) => waaromNietOnder(SOORTEN[i] ?? 'inzet', ouder) === '',
          ),
        },
        boven: ouder ? <input type="hidden" name="ouder" value={ouder.doelId} /> : null,
      }
    },
    async ({ request, invoer }) => `/doelen/${await addDoel(request.ctx, invoer)}?melding=opgeslagen`,
  )
  formPagina(
    app,
    '/doelen/:id/wijzig',
    { recht, velden: DOEL },
    async request => {
      const geladen = await loadDoelen(request.ctx)
      const doel = geladen.doelen.find(d => d.doelId === readId(request, 'Doel'))
      if (!doel || !mayWrite(geladen.bereik, doel.gemeente)) throw notFound('Doel')
      const { koppelingen, ...regionaal } = DOEL
      const terug = `/doelen/${doel.doelId}`
      return {
        titel: 'Doel wijzigen',
        inleiding: doel.tekst,
        kruimels: [...KRUIMELS, { naam: doel.tekst, href: terug }],
        terug,
        velden: doel.gemeente === null ? regionaal : DOEL,
        nu: toGegevens(geladen, doel),
        keuzes: keuzesVan(geladen, doel),
      }
    },
    back(changeDoel, 'opgeslagen'),
  )
  post(
    app,
    '/doelen/:id/beeindig',
    { recht, naam: 'einde', velden: EINDE },
    back(endDoel, 'beeindigd'),
    showDoel,
  )
  post(app, '/doelen/:id/herstel', { recht, naam: 'einde' }, back(restoreDoel, 'hersteld'), showDoel)
}

const VOLGENDE = { visie: 'doel', doel: 'resultaat', resultaat: 'indicator' } as const

/** What a new goal begins with: the kind that comes next, behind those that hang there already. */
function beginBij(doelen: readonly Doelrij[], ouder: Doelrij | null) {
  const plekken = doelen.filter(d => ouder !== null && d.ouderId === ouder.doelId).map(d => d.volgorde)
  return {
    soort: ouder === null ? 'visie' : (VOLGENDE[ouder.soort as keyof typeof VOLGENDE] ?? 'indicator'),
    volgorde: Math.max(0, ...plekken) + 1,
    over: deelgebiedWaarde({ wet: null, segmentId: null }),
  } as const
}

/** The goals that fit; of a goal that is found without its parent the tree shows it at the top. */

function select({ doelen, bereik }: GeladenDoelen, lees: Filterlezer): Doelrij[] {
  const zoek = lees.tekst('zoek').toLowerCase()
  const alle = lees.keuze('staat', ['alle']) !== null
  const gemeente = lees.keuze(
    'gemeente',
    gemeenteOpties(bereik, false).map(({ waarde }) => waarde),
  )
  return doelen.filter(
    doel =>
      (alle || doel.beeindigdOp === null) &&
      (gemeente === null || (doel.gemeente ?? REGIO) === gemeente) &&
      [doel.tekst, doel.toelichting, doel.bron].some(tekst => tekst?.toLowerCase().includes(zoek)),
  )
}

type Rij = { doel: Doelrij; diepte: number }

function exportColumns(geladen: GeladenDoelen): Exportkolom<Rij>[] {
  const { bereik, waarden, doelen, koppelingen } = geladen
  const gemeten = (doel: Doelrij) => waarden.get(doel.doelId) ?? { waarde: null, vorig: null }
  const getal = (doel: Doelrij, waarde: number | null) =>
    waarde === null || indicatorVan(doel.indicator)?.eenheid === 'personen' ? waarde : waarde / 100
  const eenheid = { eurocent: 'euro', personen: 'personen', tienduizendsten: 'procent' } as const
  return [
    { kop: 'Van', waarde: r => naamVanGemeente(bereik, r.doel.gemeente) },
    { kop: 'Boom', waarde: r => r.doel.boom },
    { kop: 'Niveau', soort: 'getal', waarde: r => r.diepte },
    { kop: 'Soort', waarde: r => SOORTNAAM[r.doel.soort] },
    { kop: 'Tekst', waarde: r => r.doel.tekst },
    { kop: 'Toelichting', waarde: r => r.doel.toelichting },
    { kop: 'Bron', waarde: r => r.doel.bron },
    { kop: 'Indicator', waarde: r => indicatorVan(r.doel.indicator)?.naam ?? null },
    {
      kop: 'Over',
      waarde: r =>
        r.doel.indicator === null && r.doel.segmentId === null ? null : naamVanDeelgebied(bereik, r.doel),
    },
    { kop: 'Waarde', soort: 'getal', waarde: r => getal(r.doel, gemeten(r.doel).waarde) },
    { kop: 'Een jaar eerder', soort: 'getal', waarde: r => getal(r.doel, gemeten(r.doel).vorig) },
    { kop: 'Streefwaarde', soort: 'getal', waarde: r => getal(r.doel, r.doel.streefwaarde) },
    {
      kop: 'Eenheid',
      waarde: r => {
        const indicator = indicatorVan(r.doel.indicator)
        return indicator === undefined ? null : eenheid[indicator.eenheid]
      },
    },
    { kop: 'Beter is', waarde: r => r.doel.richting },
    { kop: 'Streefdatum', soort: 'datum', waarde: r => r.doel.streefOp },
    {
      kop: 'Beweging',
      waarde: r =>
        r.doel.indicator === null ? null : BEWEGING[standVan(r.doel, gemeten(r.doel)).beweging].naam,
    },
    { kop: 'Ontbreekt', waarde: r => r.doel.ontbreekt },
    {
      kop: 'Draagt bij aan regionaal doel',
      waarde: r =>
        koppelingen
          .filter(k => k.doelId === r.doel.doelId)
          .map(k => doelen.find(d => d.doelId === k.regionaalId)?.tekst ?? '')
          .join('; '),
    },
    { kop: 'Beëindigd om', waarde: r => r.doel.beeindigdReden },
  ]
}
