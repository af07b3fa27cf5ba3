import { createElement, Fragment } from 'react'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { formatDatum } from '../../../platform/dates.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { pick, readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Beschrijvingslijst,
  KnopLink,
  Knoppen,
  Kop,
  LosseLink,
} from '../../../platform/ui/index.ts'
import { type Aanbod, listAanbodVanDossier } from '../aanbod/store.ts'
import { Totaalcijfers } from '../aanbod/totaalcijfers.tsx'
import { Afloop } from '../register/afloop.tsx'
import { advies, verkeerslicht, wetNamen } from '../register/rules.ts'
import { type Dossier, findDossier } from '../register/store.ts'
import type { Aanvulling } from './aanvulling.ts'

const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'Het dossier is opgeslagen',
  gesloten: 'Het dossier is gesloten',
  heropend: 'Het dossier is weer open',
}

/** The page of one dossier: when it runs out, what is offered, and what other domains know of it (cap 1). */
export function registerDossierPage(app: App, aanvullingen: readonly Aanvulling[]): void {
  const lezen = { config: { recht: 'beleid.lezen' }, schema: { hide: true } } as const
  app.get('/beleid/dossiers/:id', lezen, async (request, reply) => {
    const { ctx } = request
    const schrijft = ctx.wie.rechten.has('beleid.schrijven')
    const melding = readGedaan(request).melding ?? ''
    const g = await ctx.read(async db => {
      const dossier = await findDossier(db, readId(request, 'Dossier'))
      if (!dossier) throw notFound('Dossier')
      const eigen = schrijft && (dossier.gemeente !== null || (await isRegionaal(db)))
      const delen: Awaited<ReturnType<Aanvulling>>[] = []
      for (const aanvulling of aanvullingen)
        delen.push(await aanvulling(db, ctx, dossier.dossierId, { dossier, eigen, melding }))
      return { dossier, delen, eigen, aanbod: await listAanbodVanDossier(db, dossier.dossierId) }
    })
    const { dossier } = g
    const werkt = ctx.wie.rechten.has('beleid.bijdragen')
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
      ...(g.eigen
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
          {createElement(
            Fragment,
            null,
            ...g.delen.map(deel => (typeof deel === 'function' ? deel(csrf) : deel)),
          )}
          {g.eigen ? (
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
