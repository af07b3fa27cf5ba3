import { gebruikerIdOf } from '../../platform/auth/gebruikers.ts'
import { ROL } from '../../platform/auth/rollen.ts'
import { findRow } from '../../platform/db/lijst.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { readId } from '../../platform/http/vraag.ts'
import { notFound } from '../../platform/problem.ts'
import {
  Alinea,
  Beschrijvingslijst,
  Formulier,
  formatMoment,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Link,
  type Optie,
  Tabel,
} from '../../platform/ui/index.ts'
import { describe } from '../../platform/velden/formulier.ts'
import { confirmVoorstel, findWijze, mayConfirm, rejectVoorstel } from './actions.ts'
import { GEBRUIKERS, listGemeenten } from './store.ts'
import { GEBRUIKER, type Gegevens } from './velden.ts'
import { Wijzemelding } from './vooraf.tsx'
import { countDerden, findVoorstel, type Voorstel } from './voorstellen.ts'

const PAD = '/beheer/gebruikers/voorstellen'
const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Gebruikers', href: '/beheer/gebruikers' },
]

/** New rights that wait: to look at, and to confirm or refuse by a second beheerder. */
export function registerVoorstellen(app: App): void {
  const config = { recht: 'gebruikers.beheren' } as const
  const schema = { hide: true }

  app.get(`${PAD}/:id`, { config, schema }, async (request, reply) => {
    const ik = gebruikerIdOf(request.ctx.wie)
    const { voorstel, oud, gemeenten, derden, wijze } = await request.ctx.read(async db => {
      const voorstel = await findVoorstel(db, readId(request, 'Voorstel'))
      if (!voorstel) throw notFound('Voorstel')
      const { gebruikerId } = voorstel
      const oud = gebruikerId === null ? undefined : await findRow(db, GEBRUIKERS, gebruikerId)
      return {
        voorstel,
        oud,
        gemeenten: await listGemeenten(db),
        derden: await countDerden(db, voorstel),
        wijze: await findWijze(request.ctx, db),
      }
    })
    const eigen = voorstel.door === ik
    const zelf = voorstel.gebruikerId === ik
    return sendPagina(request, reply, csrf => ({
      titel: `Nieuwe rechten voor ${voorstel.gegevens.naam}`,
      inleiding: `Gevraagd door ${voorstel.doorNaam} op ${formatMoment(voorstel.op)}. Tot een andere beheerder bevestigt, blijft alles zoals het was.`,
      kruimels: KRUIMELS,
      children: (
        <>
          {oud === undefined ? (
            <Alinea>Dit is een nieuwe gebruiker.</Alinea>
          ) : (
            <>
              <Kop niveau={2}>Zo is het nu</Kop>
              <Beschrijvingslijst items={beschrijf(oud, gemeenten)} />
            </>
          )}
          <Kop niveau={2}>Zo wordt het</Kop>
          <Beschrijvingslijst items={beschrijf(voorstel.gegevens, gemeenten)} />
          {mayConfirm(voorstel, ik) ? (
            <Formulier actie={`${PAD}/${voorstel.voorstelId}/bevestigen`} csrf={csrf}>
              <Alinea>
                {zelf
                  ? 'Zo logt u voortaan zelf in. Bevestig alleen als dit e-mailadres of account van u is.'
                  : 'Bevestig alleen als u weet dat dit klopt. Uw naam komt erbij te staan.'}
              </Alinea>
              <Knoppen>
                <Knop>Bevestig de nieuwe rechten</Knop>
                <KnopLink href="/beheer/gebruikers">Terug zonder besluit</KnopLink>
              </Knoppen>
            </Formulier>
          ) : (
            <Alinea>
              {eigen
                ? 'U hebt dit zelf gevraagd: een andere beheerder moet het bevestigen.'
                : 'Dit gaat over uzelf: een andere beheerder moet het bevestigen.'}
            </Alinea>
          )}
          {derden === 0 ? <GeenDerde alleenLogin={voorstel.alleenLogin} /> : null}
          <Wijzemelding wijze={wijze} />
          <Formulier actie={`${PAD}/${voorstel.voorstelId}/afwijzen`} csrf={csrf}>
            <Knop soort="gevaar">{eigen ? 'Trek de vraag in' : 'Wijs af'}</Knop>
          </Formulier>
        </>
      ),
    }))
  })

  app.post(`${PAD}/:id/bevestigen`, { config, schema }, async (request, reply) => {
    await confirmVoorstel(request.ctx, readId(request, 'Voorstel'))
    return reply.redirect('/beheer/gebruikers?opgeslagen=bevestigd', 303)
  })

  app.post(`${PAD}/:id/afwijzen`, { config, schema }, async (request, reply) => {
    await rejectVoorstel(request.ctx, readId(request, 'Voorstel'))
    return reply.redirect('/beheer/gebruikers?opgeslagen=afgewezen', 303)
  })
}

/** Said when nobody is left who neither asked nor gets it. */
function GeenDerde({ alleenLogin }: { alleenLogin: boolean }) {
  return (
    <Alinea>
      {alleenLogin
        ? 'Alleen de beheerder over wie dit gaat, kan dit bevestigen. Kan die niet meer inloggen? Maak dan op de server een derde beheerder met samenhang gebruiker maak.'
        : 'Er is geen beheerder die dit mag bevestigen. Maak eerst een derde beheerder, hier of op de server met samenhang gebruiker maak.'}
    </Alinea>
  )
}

/** What waits for a second beheerder, above the list of users. */
export function Wachtend({ voorstellen }: { voorstellen: readonly Voorstel[] }) {
  if (voorstellen.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Wacht op een tweede beheerder</Kop>
      <Tabel
        bijschrift="Nieuwe rechten die wachten op een tweede beheerder"
        rijen={voorstellen}
        sleutel={v => String(v.voorstelId)}
        kolommen={[
          {
            kop: 'Voor wie',
            rijkop: true,
            cel: v => <Link href={`${PAD}/${v.voorstelId}`}>{v.gegevens.naam}</Link>,
          },
          { kop: 'Rol', cel: v => ROL[v.gegevens.rol].naam },
          { kop: 'Gevraagd door', cel: v => `${v.doorNaam}, ${formatMoment(v.op)}` },
        ]}
      />
    </>
  )
}

const { agb, loskoppelen, ...GEGEVENS } = GEBRUIKER

function beschrijf(g: Gegevens, gemeenten: readonly Optie[]) {
  return [
    ...describe(GEGEVENS, g, { gemeenten }),
    ...(g.loskoppelen ? [{ naam: 'Account', waarde: 'Wordt opnieuw gekoppeld' }] : []),
  ]
}
