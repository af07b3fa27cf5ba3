import { makeCtx } from '../http/ctx.ts'
import { sendPagina } from '../http/pagina.tsx'
import type { App } from '../http/server.ts'
import { numberOrNull, readVelden } from '../http/vraag.ts'
import { Problem } from '../problem.ts'
import { Alinea, Formulier, Knop, KnopLink, Kop, Tabel } from '../ui/index.ts'
import { type Inlogdienst, registerOidc, UITGELOGD } from './oidc.ts'
import { ROL, type Rol } from './rollen.ts'
import { localPath } from './terug.ts'
import { endSessie, NIEMAND, startSessie } from './wie.ts'

interface DemoGebruiker {
  gebruiker_id: number
  naam: string
  organisatie: string
  rol: Rol
}

/** What each role comes here to do; shown on the demonstration login page. */
const DOET: Readonly<Record<Rol, string>> = {
  backoffice: 'Beantwoordt berichten en declaraties',
  controller: 'Bewaakt budget en betaalt',
  consulent: 'Kijkt wat een inwoner krijgt',
  toezichthouder: 'Controleert wat er is gedeclareerd',
  contractmanager: 'Stuurt op 350 aanbieders',
  'data-analist': 'Rekent met de cijfers van de regio',
  beleidsadviseur: 'Denkt beleid door en houdt bij wat ervan komt',
  inkoopadviseur: 'Vertaalt besluiten naar inkoop',
  aanbieder: 'Levert berichten aan en ziet wat er terugkomt',
  bestuur: 'Ziet in één blik hoe de regio ervoor staat',
  raad: 'Ziet welke keuzes zijn gemaakt en wat ervan kwam',
  'privacy-officer': 'Weegt gegevensuitwisseling vooraf en ziet wie wat heeft ingezien',
  beheerder: 'Beheert gebruikers',
}

/** Login by OIDC; in demonstration mode instead a page with one button per role. */
export function registerLogin(app: App): void {
  const { oidc, modus } = app.config
  const inlogdienst = oidc && registerOidc(app, oidc)
  if (modus === 'demonstratie') registerDemonstratie(app)
  else
    app.get('/inloggen', OPENBAAR, (request, reply) => {
      const naar = localPath((request.query as { naar?: unknown }).naar, app.config.adres)
      return sendPagina(request, reply, {
        titel: 'Inloggen',
        inleiding: 'U logt in met het account van uw organisatie.',
        children: (
          <KnopLink href={`/inloggen/oidc?naar=${encodeURIComponent(naar)}`}>
            Inloggen bij mijn organisatie
          </KnopLink>
        ),
      })
    })
  registerUitloggen(app, inlogdienst)
  // Asking keeps the session alive, as any page does.
  app.get('/sessie', { config: { recht: 'start' }, schema: { hide: true } }, async () => ({
    staat: 'ingelogd',
  }))
}

const OPENBAAR = { config: { recht: 'openbaar' }, schema: { hide: true } } as const

/** Ends the session here and, where the provider offers it, there too. */
function registerUitloggen(app: App, inlogdienst: Inlogdienst | undefined): void {
  app.post(
    '/uitloggen',
    { config: { recht: 'openbaar', zonderSessieVrij: true }, schema: { hide: true } },
    async (request, reply) => {
      const ingelogd = request.sessie !== undefined
      await endSessie(app, request, reply)
      if (!inlogdienst) return reply.redirect('/inloggen', 303)
      const afmelden = ingelogd ? await inlogdienst.findAfmeldAdres() : undefined
      if (afmelden === undefined) return reply.redirect(UITGELOGD, 303)
      request.sessie = undefined
      request.ctx = makeCtx(app.omgeving, NIEMAND, request.id)
      // A page that goes on by itself: a redirect would be part of the form, which may only lead to ourselves.
      return sendPagina(request, reply.header('refresh', `0; url=${afmelden}`), {
        titel: 'U bent uitgelogd bij Samenhang',
        inleiding: 'Nu nog bij uw organisatie.',
        children: <KnopLink href={afmelden}>Uitloggen bij mijn organisatie</KnopLink>,
      })
    },
  )
  app.get(UITGELOGD, OPENBAAR, (request, reply) =>
    sendPagina(request, reply, {
      titel: 'U bent uitgelogd',
      inleiding: 'Sluit de browser als anderen deze computer ook gebruiken.',
      children: <KnopLink href="/inloggen">Opnieuw inloggen</KnopLink>,
    }),
  )
}

function registerDemonstratie(app: App): void {
  const { pool } = app.omgeving.database
  app.get('/inloggen', OPENBAAR, async (request, reply) => {
    const { rows } = await pool.query<DemoGebruiker>(
      'select gebruiker_id, naam, organisatie, rol from platform.gebruiker where demonstratie and actief order by gebruiker_id',
    )
    const naar = localPath((request.query as { naar?: unknown }).naar, app.config.adres)
    return sendPagina(request, reply, csrf => ({
      titel: 'Kies een rol',
      inleiding:
        'Dit is een verzonnen regio: geen persoon, aanbieder of bedrag bestaat echt. Kies met welke ogen u wilt kijken; wisselen kan altijd.',
      children:
        rows.length === 0 ? (
          <>
            <Kop niveau={2}>De demonstratieregio is nog niet geladen</Kop>
            <Alinea>Start opnieuw met npm start, of laad haar met samenhang regio laad.</Alinea>
          </>
        ) : (
          <Tabel
            bijschrift="Rollen in de demonstratie"
            bijschriftZichtbaar
            rijen={rows}
            sleutel={rij => String(rij.gebruiker_id)}
            kolommen={[
              { kop: 'Rol', rijkop: true, cel: rij => ROL[rij.rol].naam },
              { kop: 'Wie', cel: rij => `${rij.naam}, ${rij.organisatie}` },
              { kop: 'Waarvoor', cel: rij => DOET[rij.rol] },
              {
                kop: 'Inloggen',
                cel: rij => (
                  <Formulier actie="/inloggen/demonstratie" csrf={csrf}>
                    <input type="hidden" name="gebruiker" value={rij.gebruiker_id} />
                    <input type="hidden" name="naar" value={naar} />
                    <Knop
                      label={`Kijk als ${ROL[rij.rol].naam.toLowerCase()}: ${rij.naam}, ${rij.organisatie}`}
                    >
                      Kijk als {ROL[rij.rol].naam.toLowerCase()}
                    </Knop>
                  </Formulier>
                ),
              },
            ]}
          />
        ),
    }))
  })
  app.post(
    '/inloggen/demonstratie',
    {
      config: { recht: 'openbaar', rateLimit: { max: 1200, timeWindow: '1 minute' } },
      schema: { hide: true },
    },
    async (request, reply) => {
      const velden = readVelden(request)
      const { rows } = await pool.query<{ gebruiker_id: number }>(
        'select gebruiker_id from platform.gebruiker where gebruiker_id = $1 and demonstratie and actief',
        [numberOrNull(velden.gebruiker) ?? 0],
      )
      const gebruiker = rows[0]
      if (!gebruiker) throw new Problem(404, 'niet-gevonden', 'Deze rol bestaat niet')
      await startSessie(app, request, reply, gebruiker.gebruiker_id)
      return reply.redirect(localPath(velden.naar, app.config.adres), 303)
    },
  )
}
