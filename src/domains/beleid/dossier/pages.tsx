import { createElement, Fragment, type ReactNode } from 'react'
import { type Collega, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { formatDatum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { pick, readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Badge,
  Beschrijvingslijst,
  Formulier,
  formatMoment,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Link,
  LosseLink,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import { Totaalcijfers } from '../aanbod/delen.tsx'
import { type Aanbod, listAanbodVanDossier } from '../aanbod/store.ts'
import { isBezig } from '../dossiers/actions.ts'
import { Afloop } from '../dossiers/delen.tsx'
import { wetNamen } from '../dossiers/invoer.ts'
import { advies, STAAT, verkeerslicht } from '../dossiers/rules.ts'
import { type Doorloopregel, type Dossier, findDossier, listDoorlopen } from '../dossiers/store.ts'
import { listActueleMethoden, type Methodeversie } from '../methode/store.ts'
import { Opdrachtenlijst } from '../opdrachten/delen.tsx'
import { listVanDossier, type Opdracht } from '../opdrachten/store.ts'
import { loadScenarios } from '../scenarios/actions.ts'
import { Scenariodeel } from '../scenarios/deel.tsx'

/** What another domain knows of a dossier: a part of its page. */
export type Aanvulling = (db: Db, ctx: Ctx, dossierId: number) => Promise<ReactNode>

const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'Het dossier is opgeslagen',
  gesloten: 'Het dossier is gesloten',
  heropend: 'Het dossier is weer open',
}

/** The page of one dossier: when it runs out, what is offered, every run, and what came of them (cap 1). */
export function registerDossierPage(app: App, aanvullingen: readonly Aanvulling[]): void {
  const lezen = { config: { recht: 'beleid.lezen' }, schema: { hide: true } } as const
  app.get('/beleid/dossiers/:id', lezen, async (request, reply) => {
    const { ctx } = request
    const g = await ctx.read(async db => {
      const dossier = await findDossier(db, readId(request, 'Dossier'))
      if (!dossier) throw notFound('Dossier')
      const delen: ReactNode[] = []
      for (const aanvulling of aanvullingen) delen.push(await aanvulling(db, ctx, dossier.dossierId))
      return {
        dossier,
        delen,
        aanbod: await listAanbodVanDossier(db, dossier.dossierId),
        doorlopen: await listDoorlopen(db, dossier.dossierId),
        opdrachten: await listVanDossier(db, dossier.dossierId, ctx.wie.rechten.has('beleid.bijdragen')),
        scenarios: await loadScenarios(ctx, db, dossier.dossierId),
        methoden: await listActueleMethoden(db),
        eigen: dossier.gemeente !== null || (await isRegionaal(db)),
        trekkers: await listCollegas(db, 'beleid.schrijven', dossier.gemeente),
      }
    })
    const { dossier } = g
    const werkt = ctx.wie.rechten.has('beleid.bijdragen')
    const schrijft = ctx.wie.rechten.has('beleid.schrijven')
    const melding = readGedaan(request).melding ?? ''
    const tekst = pick(MELDINGEN, melding)
    const licht = verkeerslicht(dossier.looptAf, ctx.vandaag)
    return sendPagina(request, reply, csrf => ({
      titel: dossier.naam,
      inleiding:
        dossier.geslotenOp === null
          ? advies(licht, dossier.doorloopStaat)
          : `Gesloten op ${formatDatum(dossier.geslotenOp)}.`,
      kruimels: [{ naam: 'Beleidsdossiers', href: '/beleid' }],
      ...(tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }),
      ...(schrijft && g.eigen
        ? { acties: <KnopLink href={`/beleid/dossiers/${dossier.dossierId}/wijzig`}>Wijzig</KnopLink> }
        : {}),
      children: (
        <>
          <Beschrijvingslijst
            items={[
              { naam: 'Loopt af', waarde: <Afloop dossier={dossier} vandaag={ctx.vandaag} /> },
              { naam: 'Thema', waarde: dossier.thema },
              { naam: 'Wet', waarde: wetNamen(dossier.wetten) },
              { naam: 'Van', waarde: dossier.gemeenteNaam ?? 'De regio' },
              { naam: 'Eigenaar', waarde: dossier.eigenaar },
              { naam: 'Segmenten', waarde: dossier.segmentnamen.join(', ') },
              { naam: 'Toelichting', waarde: <span className="sam-eerder">{dossier.toelichting}</span> },
            ]}
          />
          <Aanboddeel dossier={dossier} aanbod={g.aanbod} werkt={werkt} />
          <Doorlopendeel doorlopen={g.doorlopen} werkt={werkt} />
          {schrijft && g.eigen && dossier.geslotenOp === null && !isBezig(dossier) ? (
            <Startformulier
              dossier={dossier}
              methoden={g.methoden}
              trekkers={g.trekkers}
              csrf={csrf}
              geweigerd={melding === 'niet-gestart'}
            />
          ) : null}
          <Kop niveau={2}>Scenario’s</Kop>
          <Scenariodeel scenarios={g.scenarios} />
          <LosseLink href={`/beleid/dossiers/${dossier.dossierId}/scenarios`}>Naar de scenario’s</LosseLink>
          {createElement(Fragment, null, ...g.delen)}
          <Opdrachtdeel opdrachten={g.opdrachten} />
          {schrijft && g.eigen ? (
            <Knoppen>
              <Actie
                actie={`/beleid/dossiers/${dossier.dossierId}/sluit`}
                csrf={csrf}
                soort="tweede"
                velden={{ sluit: dossier.geslotenOp === null ? 'ja' : 'nee' }}
              >
                {dossier.geslotenOp === null ? 'Sluit dit dossier' : 'Open dit dossier weer'}
              </Actie>
            </Knoppen>
          ) : null}
        </>
      ),
    }))
  })
}

function Aanboddeel({
  dossier,
  aanbod,
  werkt,
}: {
  dossier: Dossier
  aanbod: readonly Aanbod[]
  werkt: boolean
}) {
  const pad = `/beleid/dossiers/${dossier.dossierId}/aanbod`
  return (
    <>
      <Kop niveau={2}>Huidig aanbod</Kop>
      {aanbod.length === 0 ? (
        <Alinea>Er staat nog niets in de inventarisatie.</Alinea>
      ) : (
        <>
          <Totaalcijfers aanbod={aanbod} />
          <Alinea maat="klein">{aanbod.map(a => a.naam).join(', ')}.</Alinea>
        </>
      )}
      {werkt ? <LosseLink href={pad}>Naar de inventarisatie</LosseLink> : null}
    </>
  )
}

function Doorlopendeel({ doorlopen, werkt }: { doorlopen: readonly Doorloopregel[]; werkt: boolean }) {
  return (
    <>
      <Kop niveau={2}>Doorlopen van de Wegwijzer</Kop>
      <Tabel
        bijschrift="Doorlopen, nieuwste bovenaan"
        bijschriftVerborgen
        rijen={doorlopen}
        sleutel={d => String(d.doorloopId)}
        leeg={<Alinea>De Wegwijzer is voor dit dossier nog niet doorlopen.</Alinea>}
        kolommen={[
          {
            kop: 'Doorloop',
            rijkop: true,
            cel: d =>
              werkt ? (
                <Link href={`/beleid/doorlopen/${d.doorloopId}`}>Doorloop {d.nummer}</Link>
              ) : (
                `Doorloop ${d.nummer}`
              ),
          },
          {
            kop: 'Stand',
            heel: true,
            cel: d => <Badge toon={STAAT[d.staat].toon}>{STAAT[d.staat].naam}</Badge>,
          },
          { kop: 'Trekker', cel: d => d.trekker },
          { kop: 'Begonnen', heel: true, cel: d => formatMoment(d.begonnenOp) },
          { kop: 'Vragenset', cel: d => d.methode },
          { kop: 'Besluit', cel: d => (d.besluitOp === null ? null : formatDatum(d.besluitOp)) },
          { kop: 'Conclusies', uitlijning: 'rechts', cel: d => d.conclusies },
          {
            kop: 'Bekijk',
            cel: d =>
              werkt || d.staat === 'voorgelegd' || d.staat === 'vastgesteld' ? (
                <Link
                  href={`/beleid/doorlopen/${d.doorloopId}/blad`}
                  label={`Conclusieblad van doorloop ${d.nummer}`}
                >
                  Conclusieblad
                </Link>
              ) : null,
          },
        ]}
      />
    </>
  )
}

function Startformulier({
  dossier,
  methoden,
  trekkers,
  csrf,
  geweigerd,
}: {
  dossier: Dossier
  methoden: readonly Methodeversie[]
  trekkers: readonly Collega[]
  csrf: string
  /** The last try named no questions or nobody to lead. */
  geweigerd: boolean
}) {
  if (methoden.length === 0)
    return (
      <Alinea>
        Er is nog geen vragenset. <Link href="/beleid/methoden">Zet er een klaar</Link>, dan kunt u beginnen.
      </Alinea>
    )
  return (
    <>
      <Kop niveau={3} id="start">
        Start een doorloop
      </Kop>
      {geweigerd ? (
        <Melding soort="fout" kop="De doorloop is niet gestart">
          Kies welke vragen u doorloopt en wie de doorloop trekt.
        </Melding>
      ) : null}
      <Formulier actie={`/beleid/dossiers/${dossier.dossierId}/doorlopen`} csrf={csrf}>
        <Keuzelijst
          naam="methode"
          label="Welke vragen?"
          waarde={String(methoden[0]?.methodeId ?? '')}
          opties={methoden.map(m => ({
            waarde: String(m.methodeId),
            naam: `${m.naam}, versie ${m.versie}`,
          }))}
        />
        <Keuzelijst
          naam="trekker"
          label="Wie trekt de doorloop?"
          leeg="Kies een collega"
          waarde={trekkers.some(c => c.gebruikerId === dossier.eigenaarId) ? String(dossier.eigenaarId) : ''}
          opties={trekkers.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))}
        />
        <Knop>Start de Wegwijzer</Knop>
      </Formulier>
    </>
  )
}

function Opdrachtdeel({ opdrachten }: { opdrachten: readonly Opdracht[] }) {
  return (
    <>
      <Kop niveau={2}>Wat ervan kwam</Kop>
      <Opdrachtenlijst opdrachten={opdrachten} leeg="Uit dit dossier is nog geen opdracht gekomen." />
    </>
  )
}
