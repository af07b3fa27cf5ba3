import type { FastifyRequest } from 'fastify'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { backTo, post } from '../../../platform/http/formulierpost.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  formatGetal,
  Inklap,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijst,
  Link,
} from '../../../platform/ui/index.ts'
import { EINDE } from '../../../platform/velden/einde.ts'
import { exportColumns } from '../../../platform/velden/formulier.ts'
import { formatDecimaal } from '../bereik/getal.ts'
import { gemeenteOpties, mayWrite } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import {
  addInterventie,
  addResultaat,
  changeInterventie,
  endInterventie,
  loadInterventie,
  restoreInterventie,
} from './actions.ts'
import { Bewijsbadge, showInterventie } from './detail.tsx'
import { BEWIJS, BEWIJZEN } from './rules.ts'
import { INTERVENTIES, type Interventie, listRegisters } from './store.ts'
import { INTERVENTIE, NIEUW, ONDERDELEN, RESULTAAT } from './velden.ts'

const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Interventies', href: '/interventies' },
]
const back = backTo('/interventies', 'Interventie')
const maySchrijven = (request: FastifyRequest) => request.ctx.wie.rechten.has('beleid.schrijven')

/** The register of interventions, the page of one, and every form on it. */
export function registerInterventies(app: App): void {
  registerRegister(app)
  app.get(
    '/interventies/:id',
    { config: { recht: 'beleid.lezen' }, schema: { hide: true } },
    (request, reply) => showInterventie(request, reply),
  )
  registerFormulieren(app)
}

function registerRegister(app: App): void {
  lijst(app, '/interventies', {
    recht: 'beleid.lezen',
    inwoners: null,
    naam: 'interventies',
    bron: INTERVENTIES,
    orde: { kolom: 'bewijs', richting: 'op' },
    feiten: listRegisters,
    filters: registers => ({
      zoek: { soort: 'zoek', hulp: 'Naam, omschrijving, doelgroep of wie het inzet' },
      bewijs: { soort: 'keuze', label: 'Bewijs', opties: INTERVENTIE.bewijs.opties ?? [] },
      register: {
        soort: 'keuze',
        label: 'Register',
        opties: registers.map(naam => ({ waarde: naam, naam })),
      },
      staat: {
        soort: 'keuze',
        label: 'Staat',
        leeg: 'In gebruik',
        opties: [{ waarde: 'alle', naam: 'Ook uit gebruik' }],
      },
    }),
    sleutel: rij => String(rij.interventieId),
    kolommen: () => KOLOMMEN,
    bestand: () => [
      ...exportColumns(INTERVENTIE),
      { kop: 'Resultaten', soort: 'getal', waarde: i => i.resultaten },
      { kop: 'Uit gebruik om', waarde: i => i.beeindigdReden },
    ],
    blad: (request, { totaal }) => ({
      titel: 'Interventies',
      inleiding: `${telAanpakken(totaal)} Wat werkt er volgens onderzoek of praktijk, voor wie, wie kan het inzetten, en wat is er gemeten?`,
      acties: maySchrijven(request) ? (
        <KnopLink href="/interventies/nieuw" soort="hoofd">
          Interventie toevoegen
        </KnopLink>
      ) : null,
      leeg: (
        <LegeStaat
          kop="Er staan nog geen interventies in het register"
          stap={
            maySchrijven(request) ? (
              <KnopLink href="/interventies/nieuw">Voeg de eerste toe</KnopLink>
            ) : undefined
          }
        >
          Begin met een aanpak die al wordt gebruikt, en schrijf op hoe sterk het bewijs is.
        </LegeStaat>
      ),
      onder: <Uitleg />,
    }),
  })
}

function registerFormulieren(app: App): void {
  const schrijven = { recht: 'beleid.schrijven' } as const
  formPagina(
    app,
    '/interventies/nieuw',
    { ...schrijven, velden: NIEUW, groepen: ONDERDELEN },
    async request => ({
      titel: 'Interventie toevoegen',
      inleiding: 'Een aanpak die werkt, of die u wilt proberen.',
      kruimels: KRUIMELS,
      terug: '/interventies',
      keuzes: { gemeente: gemeenteOpties(await request.ctx.read(readBereik), true) },
    }),
    async ({ request, invoer }) =>
      `/interventies/${await addInterventie(request.ctx, invoer)}?melding=opgeslagen`,
  )
  formPagina(
    app,
    '/interventies/:id/wijzig',
    { ...schrijven, velden: INTERVENTIE },
    async request => {
      const { interventie, bereik } = await loadInterventie(request.ctx, readId(request, 'Interventie'))
      if (!mayWrite(bereik, interventie.gemeente)) throw notFound('Interventie')
      const terug = `/interventies/${interventie.interventieId}`
      return {
        titel: 'Interventie wijzigen',
        inleiding: interventie.naam,
        kruimels: [...KRUIMELS, { naam: interventie.naam, href: terug }],
        terug,
        nu: interventie,
      }
    },
    back(changeInterventie, 'opgeslagen'),
  )
  post(
    app,
    '/interventies/:id/resultaat',
    { recht: 'beleid.bijdragen', naam: 'resultaat', velden: RESULTAAT },
    back(addResultaat, 'resultaat'),
    showInterventie,
  )
  post(
    app,
    '/interventies/:id/einde',
    { ...schrijven, naam: 'einde', velden: EINDE },
    back(endInterventie, 'einde'),
    showInterventie,
  )
  post(
    app,
    '/interventies/:id/herstel',
    { ...schrijven, naam: 'einde' },
    back(restoreInterventie, 'hersteld'),
    showInterventie,
  )
}

function Uitleg() {
  return (
    <Inklap kop="Wat betekent de sterkte van het bewijs?">
      <Lijst
        items={BEWIJZEN.map(b => (
          <span key={b}>
            <strong>{BEWIJS[b].naam}.</strong> {BEWIJS[b].uitleg}
          </span>
        ))}
      />
      <Alinea maat="klein">De indeling volgt in grote lijnen die van Movisie en het NJi.</Alinea>
    </Inklap>
  )
}

const KOLOMMEN: readonly Kolom<Interventie>[] = [
  {
    kop: 'Interventie',
    rijkop: true,
    sorteer: 'naam',
    cel: i => (
      <>
        <Link href={`/interventies/${i.interventieId}`}>{i.naam}</Link>{' '}
        {i.beeindigdOp === null ? null : <Badge>uit gebruik</Badge>}
        {i.register === null ? null : (
          <>
            <br />
            <small>{i.register}</small>
          </>
        )}
      </>
    ),
  },
  { kop: 'Bewijs', heel: true, sorteer: 'bewijs', cel: i => <Bewijsbadge bewijs={i.bewijs} /> },
  { kop: 'Voor wie', cel: i => i.doelgroep },
  { kop: 'In te zetten door', cel: i => i.inzetbaarDoor },
  {
    kop: 'Licentie',
    uitlijning: 'rechts',
    sorteer: 'licentiekosten',
    cel: i =>
      i.licentiekosten === null
        ? 'niet bekend'
        : i.licentiekosten === 0
          ? 'geen'
          : formatEuro(i.licentiekosten),
  },
  {
    kop: 'Laatste resultaat',
    sorteer: 'resultaten',
    cel: i =>
      i.laatste === null ? (
        'nog niet gemeten'
      ) : (
        <>
          {formatDecimaal(i.laatste.waarde)} {i.laatste.eenheid}
          <br />
          <small>{i.laatste.periode}</small>
        </>
      ),
  },
]

function telAanpakken(totaal: number): string {
  if (totaal === 0) return 'Hier staat geen aanpak.'
  return totaal === 1 ? 'Hier staat 1 aanpak.' : `Hier staan ${formatGetal(totaal)} aanpakken.`
}
