import { ROL, ROLLEN } from '../../../platform/auth/rollen.ts'
import { formatDatum, formatDatumKort } from '../../../platform/dates.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import type { Vraag } from '../../../platform/http/vraag.ts'
import type { Fout } from '../../../platform/problem.ts'
import {
  Alinea,
  Beschrijvingslijst,
  Filterbalk,
  KnopLink,
  LegeStaat,
  Link,
  Melding,
  parseDatumInvoer,
} from '../../../platform/ui/index.ts'
import { readInvoer } from '../../../platform/velden/formulier.ts'
import { Invulvelden } from '../../../platform/velden/invulformulier.tsx'
import { datum, keuze, verwijzing } from '../../../platform/velden/soorten.ts'
import { type Gegevenslijst, naamVan, toOpties } from '../gegevens/lijst.ts'
import { findLijst } from '../gegevens/store.ts'
import { listKeuzes } from '../register/store.ts'
import { grondNaam, rolNaam } from '../register/teksten.ts'
import { type Gewogen, mayExchange } from './actions.ts'

const VELDEN = ['rol', 'gegeven', 'doel', 'gemeente', 'datum']
const GEEN_DAG = 'Vul een bestaande datum in, zoals 31-12-2027.'
const ROLOPTIES = ROLLEN.map(waarde => ({ waarde, naam: ROL[waarde].naam }))

/** The question that a program asks, for people. */
export function registerVraag(app: App): void {
  app.get(
    '/uitwisselingen/vraag',
    { config: { recht: 'uitwisseling.lezen' }, schema: { hide: true } },
    async (request, reply) => {
      const lees = readFilters(request)
      const v = lees.vraag
      const { vandaag } = request.ctx
      const dag = (v.datum ?? '') === '' ? vandaag : parseDatumInvoer(v.datum ?? '')
      const fouten: Fout[] = dag === undefined ? [{ pad: 'datum', melding: GEEN_DAG }] : []
      const { lijst, keuzes, antwoord } = await request.ctx.read(async db => {
        const nieuwste = await findLijst(db)
        const { gemeenten } = await listKeuzes(db)
        const gemeente = lees.keuze(
          'gemeente',
          gemeenten.map(g => g.waarde),
        )
        const { rol, gegeven, doel } = v
        return {
          lijst: nieuwste?.inhoud,
          keuzes: gemeenten,
          antwoord:
            rol && gegeven && doel && dag !== undefined
              ? await mayExchange(db, { rol, gegeven, doel, datum: dag, gemeente })
              : null,
        }
      })
      return sendPagina(request, reply, {
        titel: 'Mag dit?',
        inleiding: 'Mag deze rol dit gegeven zien voor dit doel? Wat niet is gewogen en besloten, mag niet.',
        kruimels: [{ naam: 'Gegevensuitwisseling', href: '/uitwisselingen' }],
        children:
          lijst === undefined ? (
            <LegeStaat
              kop="Er is nog geen lijst met gegevens en gronden"
              stap={<KnopLink href="/uitwisselingen/gegevens">Naar gegevens en gronden</KnopLink>}
            >
              Zonder lijst is er niets gewogen, dus mag er niets.
            </LegeStaat>
          ) : (
            <>
              <Filterbalk adres={request.url} namen={VELDEN} naam="de vraag" knop="Vraag">
                <Invulvelden
                  velden={vraagvelden(lijst)}
                  invoer={readInvoer(vraagvelden(lijst), { datum: formatDatumKort(vandaag), ...v })}
                  fouten={fouten}
                  keuzes={{ gemeente: keuzes }}
                />
              </Filterbalk>
              {antwoord === null || dag === undefined ? (
                <Alinea>
                  {dag === undefined
                    ? 'Verbeter de datum: er is nog niets gevraagd.'
                    : 'Kies een rol, een gegeven en een doel.'}
                </Alinea>
              ) : (
                <Uitslag v={v} lijst={lijst} datum={dag} antwoord={antwoord} />
              )}
              <Alinea maat="klein">
                Dit antwoord komt uit dezelfde regel die programma’s vragen: /api/v1/uitwisselingen/vraag.
              </Alinea>
            </>
          ),
      })
    },
  )
}

/** What is asked, in the words of a list. */
const vraagvelden = (lijst: Gegevenslijst) => ({
  rol: keuze({ label: 'Rol', kies: 'Kies een rol.', opties: ROLOPTIES }),
  gegeven: keuze({ label: 'Gegeven', kies: 'Kies een gegeven.', opties: toOpties(lijst.gegevens) }),
  doel: keuze({ label: 'Doel', kies: 'Kies een doel.', opties: toOpties(lijst.doelen) }),
  gemeente: verwijzing({
    label: 'Gemeente',
    kies: 'Kies een gemeente.',
    verplicht: false,
    geen: 'De hele regio',
  }),
  datum: datum({ label: 'Op', leeg: GEEN_DAG, verplicht: false }),
})

function Uitslag({
  v,
  lijst,
  datum,
  antwoord,
}: {
  v: Vraag
  lijst: Gegevenslijst
  datum: string
  antwoord: Gewogen
}) {
  const { bron } = antwoord
  const wat = `${rolNaam(v.rol ?? '')} en ${naamVan(lijst.gegevens, v.gegeven ?? '').toLowerCase()}, op ${formatDatum(datum)}`
  const weging =
    bron === null ? 'Geen' : <Link href={`/uitwisselingen/${bron.wegingId}`}>{bron.activiteit}</Link>
  if (!antwoord.ok)
    return (
      <>
        <Melding soort="fout" kop={`Nee, dit mag niet: ${wat}`}>
          {antwoord.uitleg}
        </Melding>
        <Beschrijvingslijst items={[{ naam: 'Weging die het dichtst in de buurt komt', waarde: weging }]} />
      </>
    )
  return (
    <>
      <Melding
        soort="succes"
        kop={`Ja, dit mag${antwoord.voorwaarden === '' ? '' : ' onder voorwaarden'}: ${wat}`}
      >
        {antwoord.voorwaarden === '' ? 'Er zijn geen voorwaarden.' : `Voorwaarden: ${antwoord.voorwaarden}`}
      </Melding>
      <Beschrijvingslijst
        items={[
          { naam: 'Weging', waarde: weging },
          { naam: 'Grond', waarde: grondNaam(bron?.lijst ?? lijst, antwoord.grond) },
        ]}
      />
    </>
  )
}
