import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import {
  Alinea,
  Badge,
  Eiland,
  formatMoment,
  KnopLink,
  Knoppen,
  Kop,
  LegeStaat,
  Link,
  Tijdlijn,
  Verborgen,
} from '../../../platform/ui/index.ts'
import { STAAT } from '../../dossiers/rules.ts'
import { checkHerstel } from '../doorloop/actions.ts'
import { getDoorloop } from '../doorloop/deel.ts'
import { Doorloopkader, doorloopKruimels, doorloopPad } from '../doorloop/kader.tsx'
import { listStappen, nextVraag, STAPPEN, type Standen, voortgangVan } from '../doorloop/rules.ts'
import { type Doorloop, type Doorloopstap, listDoorloopstappen } from '../doorloop/store.ts'
import { listVragen } from '../methode/rules.ts'
import { Verder } from './antwoord.tsx'
import Wiel, { STANDEN, type Wielgegevens } from './wiel.island.tsx'
import { loadWiel } from './wielgegevens.ts'

/** The overview of a run: the wheel, the same as a list, what comes next and what happened (cap 3). */
export function registerWielPage(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const

  app.get('/beleid/doorlopen/:id', lezen, async (request, reply) => {
    const { ctx } = request
    const { doorloop, wiel, standen, aanbod, stappen, eigen, herstelbaar } = await ctx.read(async db => {
      const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
      return {
        doorloop: gevonden,
        ...(await loadWiel(db, gevonden)),
        stappen: await listDoorloopstappen(db, gevonden.doorloopId),
        eigen: gevonden.gemeente !== null || (await isRegionaal(db)),
        herstelbaar: (await checkHerstel(db, gevonden)).ok,
      }
    })
    const schrijft = ctx.wie.rechten.has('beleid.schrijven')
    const volgende = nextVraag(doorloop.methode, standen)
    return sendPagina(request, reply, {
      titel: `${doorloop.dossier}: doorloop ${doorloop.nummer}`,
      inleiding: zin(doorloop, standen, aanbod),
      kruimels: doorloopKruimels(doorloop),
      children: (
        <Doorloopkader doorloop={doorloop} huidig="">
          {aanbod === 0 ? (
            <LegeStaat
              kop="Begin met het huidige aanbod"
              stap={
                <KnopLink href={`/beleid/dossiers/${doorloop.dossierId}/aanbod`} soort="hoofd">
                  Naar de inventarisatie
                </KnopLink>
              }
            >
              Wat niet in de inventarisatie staat, komt niet in het wiel. Daarom zijn de vragen nog dicht.
            </LegeStaat>
          ) : null}
          <div className="sam-tweeluik">
            <div className="sam-plakt">
              <Kop niveau={2}>Vragenwiel</Kop>
              <Alinea maat="klein">Eerst het wat, dan het hoe. De lijst zegt hetzelfde als het wiel.</Alinea>
              <Eiland naam="wiel" component={Wiel} gegevens={wiel} />
            </div>
            <div>
              {schrijft && doorloop.staat === 'loopt' && aanbod > 0 ? (
                <Verder doorloop={doorloop} klaar={volgende === undefined} volgende={volgende} />
              ) : null}
              <Vragenlijst doorloop={doorloop} wiel={wiel} standen={standen} />
            </div>
          </div>
          <Geschiedenis stappen={stappen} />
          {eigen && schrijft ? <Stapknoppen doorloop={doorloop} herstelbaar={herstelbaar} /> : null}
        </Doorloopkader>
      ),
    })
  })

  app.get('/beleid/doorlopen/:id/stand', lezen, async (request, reply) => {
    const { wiel } = await request.ctx.read(async db =>
      loadWiel(db, await getDoorloop(db, readId(request, 'Doorloop'))),
    )
    return reply.send(wiel)
  })
}

function zin(doorloop: Doorloop, standen: Standen, aanbod: number): string {
  const totaal = listVragen(doorloop.methode).length
  const af = listVragen(doorloop.methode).filter(({ vraag }) =>
    ['beantwoord', 'open-gelaten'].includes(standen.get(vraag.code) ?? ''),
  ).length
  const wie = `${doorloop.trekker} trekt deze doorloop.`
  if (doorloop.staat !== 'loopt') return `${STAAT[doorloop.staat].naam}. ${wie}`
  if (aanbod === 0) return `De vragen openen als het huidige aanbod in beeld is. ${wie}`
  return af === totaal
    ? `Alle ${totaal} vragen zijn af. Trek nu conclusies. ${wie}`
    : `${af} van ${totaal} vragen ${af === 1 ? 'is' : 'zijn'} af. ${wie}`
}

function Stapknoppen({ doorloop, herstelbaar }: { doorloop: Doorloop; herstelbaar: boolean }) {
  const stappen = listStappen(doorloop.staat).filter(stap => stap !== 'herstel' || herstelbaar)
  if (stappen.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Deze doorloop</Kop>
      <Knoppen>
        {stappen.map(stap => (
          <KnopLink key={stap} href={`${doorloopPad(doorloop)}/stap/${stap}`}>
            {STAPPEN[stap].naam}
          </KnopLink>
        ))}
      </Knoppen>
    </>
  )
}

const TOON = { leeg: 'neutraal', concept: 'info', beantwoord: 'succes', 'open-gelaten': 'accent' } as const

function Vragenlijst({
  doorloop,
  wiel,
  standen,
}: {
  doorloop: Doorloop
  wiel: Wielgegevens
  standen: Standen
}) {
  let nummer = 1
  return doorloop.methode.kwadranten.map((kwadrant, k) => {
    const begin = nummer
    nummer += kwadrant.vragen.length
    const { af, totaal } = voortgangVan(kwadrant, standen)
    return (
      <section key={kwadrant.code}>
        <Kop niveau={3}>
          {kwadrant.naam} ({af} van {totaal})
        </Kop>
        <Alinea maat="klein">
          {kwadrant.fase === 'wat' ? 'Het wat.' : 'Het hoe.'} {kwadrant.inleiding}
        </Alinea>
        <ol className="sam-vragenlijst" start={begin}>
          {wiel.kwadranten[k]?.vragen.map(vraag => (
            <li key={vraag.code}>
              <Link href={vraag.href}>{vraag.tekst}</Link>{' '}
              <Badge toon={TOON[vraag.stand]}>{STANDEN[vraag.stand].naam}</Badge>
              {vraag.bijdragen > 0 ? (
                <small>
                  {' '}
                  {vraag.bijdragen === 1 ? '1 bijdrage wacht' : `${vraag.bijdragen} bijdragen wachten`}
                </small>
              ) : null}
              {vraag.open ? null : <Verborgen>, nog niet aan de beurt</Verborgen>}
            </li>
          ))}
        </ol>
      </section>
    )
  })
}

function Geschiedenis({ stappen }: { stappen: readonly Doorloopstap[] }) {
  return (
    <>
      <Kop niveau={2}>Wat er gebeurde</Kop>
      <Tijdlijn
        label="Geschiedenis van de doorloop, nieuwste bovenaan"
        gebeurtenissen={stappen.map(stap => ({
          op: stap.op.toISOString(),
          moment: formatMoment(stap.op),
          kop:
            stap.stap === 'begin'
              ? `Begonnen, getrokken door ${stap.naar ?? 'niemand'}`
              : `${STAPPEN[stap.stap].gedaan}${stap.naar === null ? '' : ` aan ${stap.naar}`}`,
          ...(stap.door === null ? {} : { door: stap.door }),
          ...(stap.toelichting === '' ? {} : { toelichting: stap.toelichting }),
        }))}
      />
    </>
  )
}
