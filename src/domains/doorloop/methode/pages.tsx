import type { FastifyReply, FastifyRequest } from 'fastify'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { demandFilters } from '../../../platform/http/filter.ts'
import { post } from '../../../platform/http/formulierpost.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readText } from '../../../platform/http/upload.ts'
import { pick, readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Beschrijvingslijst,
  formatMoment,
  KnopLink,
  Kop,
  LegeStaat,
  Link,
  Tabel,
} from '../../../platform/ui/index.ts'
import { readGegevens } from '../../../platform/velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { bestand } from '../../../platform/velden/soorten.ts'
import { loadMethode } from './actions.ts'
import { listVragen } from './rules.ts'
import { findMethode, listMethoden, type Methodeversie } from './store.ts'

const MELDINGEN: Readonly<Record<string, string>> = {
  nieuw: 'De nieuwe versie is bewaard. Nieuwe doorlopen beginnen ermee.',
  gelijk: 'Dit is precies de laatste versie: er is niets veranderd.',
}

const SET = {
  bestand: bestand({
    label: 'Bestand',
    kies: 'Kies een bestand zoals u dat hier kunt downloaden.',
    soorten: ['.json'],
    // That of the Wegwijzer is a tenth of it.
    max: 2 * 1024 * 1024,
  }),
}

/** The question sets of the region: read a version, take it home, bring a new one back (cap 3: questions are data). */
export function registerMethodePages(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const

  app.get('/beleid/methoden', lezen, (request, reply) => show(request, reply))

  post(
    app,
    '/beleid/methoden',
    { recht: 'beleid.schrijven', naam: 'set', velden: SET },
    async ({ request, invoer }) => {
      readGegevens('De versie is niet bewaard', SET, invoer)
      const nieuw = await loadMethode(request.ctx, readText(request, 'bestand'))
      return `/beleid/methoden?melding=${nieuw ? 'nieuw' : 'gelijk'}`
    },
    show,
  )

  app.get('/beleid/methoden/:id', lezen, async (request, reply) => {
    const versie = await getMethode(request)
    const { inhoud } = versie
    return sendPagina(request, reply, {
      titel: `${versie.naam}, versie ${versie.versie}`,
      inleiding: `${listVragen(inhoud).length} vragen in ${inhoud.kwadranten.length} bouwstenen.`,
      kruimels: [
        { naam: 'Beleidsdossiers', href: '/beleid' },
        { naam: 'Vragensets', href: '/beleid/methoden' },
      ],
      acties: <KnopLink href={`/beleid/methoden/${versie.methodeId}/bestand`}>Download als bestand</KnopLink>,
      children: (
        <>
          <Beschrijvingslijst
            items={[
              { naam: 'Bron', waarde: inhoud.bron },
              {
                naam: 'Bewaard',
                waarde: `${formatMoment(versie.op)}${versie.door === null ? '' : ` door ${versie.door}`}`,
              },
              { naam: 'Voorbeeld', waarde: inhoud.voorbeeld?.naam },
            ]}
          />
          {inhoud.kwadranten.map(kwadrant => (
            <section key={kwadrant.code}>
              <Kop niveau={2}>
                {kwadrant.naam} ({kwadrant.fase === 'wat' ? 'wat' : 'hoe'})
              </Kop>
              <ol className="sam-vragenlijst">
                {kwadrant.vragen.map(vraag => (
                  <li key={vraag.code}>{vraag.tekst}</li>
                ))}
              </ol>
              {kwadrant.randvoorwaarden.length === 0 ? null : (
                <>
                  <Kop niveau={3}>Randvoorwaarden</Kop>
                  <ul>
                    {kwadrant.randvoorwaarden.map(r => (
                      <li key={r.code}>{r.tekst}</li>
                    ))}
                  </ul>
                </>
              )}
            </section>
          ))}
        </>
      ),
    })
  })

  app.get('/beleid/methoden/:id/bestand', lezen, async (request, reply) => {
    demandFilters(request)
    const versie = await getMethode(request)
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="${versie.code}-versie-${versie.versie}.json"`)
      .send(JSON.stringify(versie.inhoud, null, 2))
  })
}

async function getMethode(request: FastifyRequest): Promise<Methodeversie> {
  const versie = await request.ctx.read(db => findMethode(db, readId(request, 'Vragenset')))
  if (!versie) throw notFound('Vragenset')
  return versie
}

async function show(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { ctx } = request
  const { methoden, regionaal } = await ctx.read(async db => ({
    methoden: await listMethoden(db),
    regionaal: await isRegionaal(db),
  }))
  const tekst = pick(MELDINGEN, readGedaan(request).melding)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Vragensets',
      inleiding:
        'Vragen, cirkel, matrices en knoppen zijn gegevens: een regio kan ze veranderen zonder nieuwe software. Een doorloop houdt de versie waarmee hij begon.',
      kruimels: [{ naam: 'Beleidsdossiers', href: '/beleid' }],
      ...(tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }),
      children: (
        <>
          <Tabel
            bijschrift="Vragensets"
            rijen={methoden}
            sleutel={m => String(m.methodeId)}
            leeg={
              <LegeStaat kop="Er is nog geen vragenset">
                Kies hieronder een bestand, of laad er een met samenhang beleid laad.
              </LegeStaat>
            }
            kolommen={[
              {
                kop: 'Vragenset',
                rijkop: true,
                cel: m => (
                  <Link href={`/beleid/methoden/${m.methodeId}`}>
                    {m.naam}, versie {m.versie}
                  </Link>
                ),
              },
              { kop: 'Vragen', uitlijning: 'rechts', cel: m => listVragen(m.inhoud).length },
              { kop: 'Bewaard', heel: true, cel: m => formatMoment(m.op) },
              { kop: 'Door', cel: m => m.door ?? 'Meegeleverd' },
            ]}
          />
          {regionaal && ctx.wie.rechten.has('beleid.schrijven') ? (
            <>
              <Kop niveau={2}>Nieuwe versie</Kop>
              <Alinea>
                Download een versie, pas het bestand aan en zet het hier terug. Met een andere code wordt het
                een nieuwe vragenset.
              </Alinea>
              <Invulformulier
                naam="set"
                velden={SET}
                actie="/beleid/methoden"
                csrf={csrf}
                knop="Bewaar versie"
                geweigerd={geweigerd}
              />
            </>
          ) : null}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}
