import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exportkolom } from '../../../platform/http/export.ts'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  KnopLink,
  Knoppen,
  Kop,
  Lijst,
  Link,
  Melding,
  Onbekend,
  Tabel,
} from '../../../platform/ui/index.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { doorloopPad, laatstDoor } from '../../doorloop/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import { mayEdit, readKeuze, registerWerkvorm, sendWerkvorm, Tabeldownload } from '../werkvorm/pagina.tsx'
import { getStand, type Stand } from '../werkvorm/stand.ts'
import { readKeuzes, saveVoorwaarde, toGegevens } from './actions.ts'
import { listBlokkerend, listRandvoorwaarden, type Randvoorwaarde, STAND } from './rules.ts'
import { listVoorwaarden, type Voorwaardedeel } from './store.ts'
import { VOORWAARDE } from './velden.ts'

/** So many preconditions are still named one by one. */
const MEEST_GENOEMD = 6

/** Preconditions per quadrant: met, not met or motivated, with proof and owner. */
export function registerVoorwaarden(app: App): void {
  registerWerkvorm(app, {
    naam: 'voorwaarden',
    velden: VOORWAARDE,
    toon: (request, reply, geweigerd) =>
      readKeuze(request, 'code') === undefined
        ? showLijst(request, reply)
        : showEen(request, reply, geweigerd),
    async bewaar({ request, invoer, versie }, id) {
      const code = readKeuze(request, 'code') ?? ''
      await saveVoorwaarde(request.ctx, id, { code, versie }, invoer)
      return {}
    },
    async bestand(request) {
      const { stand, delen } = await load(request)
      const { doorloop } = stand
      const rijen = listRandvoorwaarden(doorloop.methode)
      return { doorloop, naam: 'randvoorwaarden', kolommen: exportColumns(delen), rijen }
    },
  })
}

function exportColumns(delen: readonly Voorwaardedeel[]): Exportkolom<Randvoorwaarde>[] {
  const van = ({ code }: Randvoorwaarde) => delen.find(deel => deel.sleutel === code)
  return [
    { kop: 'Bouwsteen', waarde: r => r.kwadrant },
    { kop: 'Randvoorwaarde', waarde: r => r.tekst },
    { kop: 'Stand', waarde: r => STAND[van(r)?.inhoud.stand ?? 'onbekend'].naam },
    { kop: 'Bewijs', waarde: r => van(r)?.inhoud.bewijs ?? null },
    { kop: 'Motivering', waarde: r => van(r)?.inhoud.motivering ?? null },
    { kop: 'Eigenaar', waarde: r => van(r)?.eigenaarNaam ?? null },
  ]
}

function load(request: FastifyRequest): Promise<{ stand: Stand; delen: Voorwaardedeel[] }> {
  const id = readId(request, 'Doorloop')
  return request.ctx.read(async db => ({
    stand: await getStand(db, id, null),
    delen: await listVoorwaarden(db, id),
  }))
}

async function showLijst(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { stand, delen } = await load(request)
  const { doorloop } = stand
  const alle = listRandvoorwaarden(doorloop.methode)
  const standen = new Map(delen.map(deel => [deel.sleutel, deel.inhoud.stand]))
  const blokkerend = listBlokkerend(doorloop.methode, standen)
  const naar = (code: string) => `${doorloopPad(doorloop)}/voorwaarden?code=${code}`
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/voorwaarden',
    titel: 'Randvoorwaarden',
    inleiding: `${alle.length - blokkerend.length} van de ${alle.length} randvoorwaarden zijn voldaan of gemotiveerd.`,
    children: () => (
      <>
        {alle.length === 0 ? (
          <Alinea>Deze methode kent geen randvoorwaarden.</Alinea>
        ) : blokkerend.length === 0 ? (
          <Melding soort="succes" kop="De randvoorwaarden staan vaststellen niet in de weg" />
        ) : (
          <Melding
            soort="waarschuwing"
            kop={`${blokkerend.length === 1 ? '1 randvoorwaarde houdt' : `${blokkerend.length} randvoorwaarden houden`} vaststellen tegen`}
          >
            <p>Zorg dat eraan is voldaan, of leg uit waarom u toch verder kunt.</p>
            <Blokkerend methode={doorloop.methode} rijen={blokkerend} />
          </Melding>
        )}
        {doorloop.methode.kwadranten
          .filter(kwadrant => kwadrant.randvoorwaarden.length > 0)
          .map(kwadrant => (
            <section key={kwadrant.code} className="sam-deel">
              <Kop niveau={2} id={`kwadrant-${kwadrant.code}`}>
                {kwadrant.naam}
              </Kop>
              <Kwadranttabel
                naam={kwadrant.naam}
                rijen={alle.filter(r => kwadrant.randvoorwaarden.some(({ code }) => code === r.code))}
                delen={delen}
                naar={naar}
                mag={mayEdit(request, stand)}
              />
            </section>
          ))}
        <Tabeldownload naam="de randvoorwaarden" actie={`${doorloopPad(doorloop)}/voorwaarden`} />
      </>
    ),
  })
}

/** What stands in the way: each of a few, or a count per quadrant when there are many. */
function Blokkerend({ methode, rijen }: { methode: Methode; rijen: readonly Randvoorwaarde[] }) {
  if (rijen.length <= MEEST_GENOEMD)
    return (
      <Lijst
        items={rijen.map(({ code, tekst }) => (
          <Link key={code} href={`#${code}`}>
            {tekst}
          </Link>
        ))}
      />
    )
  const perKwadrant = methode.kwadranten.flatMap(({ code, naam }) => {
    const aantal = rijen.filter(rij => rij.kwadrant === naam).length
    return aantal === 0 ? [] : [{ code, naam, aantal }]
  })
  return (
    <Lijst
      items={perKwadrant.map(({ code, naam, aantal }) => (
        <Link key={code} href={`#kwadrant-${code}`}>
          {`${naam}: ${aantal}`}
        </Link>
      ))}
    />
  )
}

function Kwadranttabel({
  naam,
  rijen,
  delen,
  naar,
  mag,
}: {
  naam: string
  rijen: readonly Randvoorwaarde[]
  delen: readonly Voorwaardedeel[]
  naar: (code: string) => string
  mag: boolean
}) {
  const van = ({ code }: Randvoorwaarde) => delen.find(deel => deel.sleutel === code)
  return (
    <Tabel
      bijschrift={`Randvoorwaarden: ${naam}`}
      rijen={rijen}
      sleutel={r => r.code}
      kolommen={[
        { kop: 'Randvoorwaarde', rijkop: true, cel: r => <span id={r.code}>{r.tekst}</span> },
        {
          kop: 'Stand',
          heel: true,
          cel: r => {
            const { naam: stand, toon } = STAND[van(r)?.inhoud.stand ?? 'onbekend']
            return <Badge toon={toon}>{stand}</Badge>
          },
        },
        {
          kop: 'Bewijs of motivering',
          cel: r => {
            const inhoud = van(r)?.inhoud
            const tekst = inhoud?.stand === 'gemotiveerd' ? inhoud.motivering : inhoud?.bewijs
            return tekst || <Onbekend />
          },
        },
        { kop: 'Eigenaar', cel: r => van(r)?.eigenaarNaam ?? <Onbekend /> },
        {
          kop: mag ? 'Wijzigen' : 'Bekijken',
          cel: r => (
            <Link href={naar(r.code)} label={`${mag ? 'Wijzig' : 'Bekijk'}: ${r.tekst}`}>
              {mag ? 'Wijzig' : 'Bekijk'}
            </Link>
          ),
        },
      ]}
    />
  )
}

async function showEen(
  request: FastifyRequest,
  reply: FastifyReply,
  geweigerd?: Geweigerd,
): Promise<FastifyReply> {
  const { stand, delen } = await load(request)
  const { doorloop } = stand
  const code = readKeuze(request, 'code')
  const voorwaarde = listRandvoorwaarden(doorloop.methode).find(r => r.code === code)
  if (!voorwaarde) throw notFound('Randvoorwaarde')
  const deel = delen.find(d => d.sleutel === code)
  const keuzes = await request.ctx.read(db => readKeuzes(db, doorloop, deel))
  const terug = `${doorloopPad(doorloop)}/voorwaarden`
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/voorwaarden',
    titel: 'Randvoorwaarde',
    inleiding: voorwaarde.tekst,
    problem: geweigerd?.problem,
    children: csrf => (
      <>
        <Alinea maat="klein">
          {voorwaarde.kwadrant}. {laatstDoor(deel)}
        </Alinea>
        {mayEdit(request, stand) ? (
          <Invulformulier
            naam="voorwaarden"
            velden={VOORWAARDE}
            nu={deel ? { ...toGegevens(deel.inhoud), versie: deel.versie } : null}
            keuzes={keuzes}
            actie={terug}
            csrf={csrf}
            knop="Bewaar"
            terug={terug}
            geweigerd={geweigerd}
            toon={() => (deel === undefined ? [] : eigenschappen(deel))}
          >
            <input type="hidden" name="code" value={voorwaarde.code} />
          </Invulformulier>
        ) : (
          <>
            <Tabel
              bijschrift="Wat er is ingevuld"
              rijen={deel === undefined ? [] : eigenschappen(deel)}
              sleutel={e => e.naam}
              leeg={<Alinea>Deze randvoorwaarde is nog niet ingevuld.</Alinea>}
              kolommen={[
                { kop: 'Onderdeel', rijkop: true, cel: e => e.naam },
                { kop: 'Ingevuld', cel: e => e.waarde || <Onbekend /> },
              ]}
            />
            <Knoppen>
              <KnopLink href={terug}>Terug naar alle randvoorwaarden</KnopLink>
            </Knoppen>
          </>
        )}
      </>
    ),
  })
}

function eigenschappen({ inhoud, eigenaarNaam, door }: Voorwaardedeel) {
  return [
    { naam: 'Bewaard door', waarde: door ?? '' },
    { naam: 'Stand', waarde: STAND[inhoud.stand].naam },
    { naam: 'Bewijs', waarde: inhoud.bewijs },
    { naam: 'Motivering', waarde: inhoud.motivering },
    { naam: 'Eigenaar', waarde: eigenaarNaam ?? '' },
  ]
}
