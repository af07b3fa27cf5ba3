import type { FastifyReply, FastifyRequest } from 'fastify'
import { Lijndiagram } from '../../../platform/charts/index.ts'
import { formatDatum, formatDatumKort } from '../../../platform/dates.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { readId } from '../../../platform/http/vraag.ts'
import { formatHeleEuro, formatMiljoen } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  formatMoment,
  Inklap,
  KnopLink,
  Kop,
  Link,
  Melding,
  Tabel,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { describe } from '../../../platform/velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { indicatorVan } from '../../sturing/index.ts'
import { formatDecimaal } from '../bereik/getal.ts'
import { Indicatoruitleg } from '../bereik/meting.tsx'
import { mayWrite, naamVanGemeente } from '../bereik/rules.ts'
import { type GeladenOpgave, loadOpgave } from './actions.ts'
import { ACTIETOON, Meetregel, Segmentlinks, STAATNAAM } from './bord.tsx'
import { ACTIENAAM, HEFBOOMNAAM, stappenVan } from './rules.ts'
import type { Actierij, Opgave, Voortgang } from './store.ts'
import { OPGAVE, STAP, VOORTGANG } from './velden.ts'

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'De opgave is opgeslagen',
  stap: 'De staat van de opgave is veranderd',
  voortgang: 'De voortgang is toegevoegd',
  actie: 'De actie is opgeslagen',
}

/** The page of one assignment; `geweigerd` is what was typed in one of its forms and why that could not be. */
export async function showOpgave(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { wie } = request.ctx
  const geladen = await loadOpgave(request.ctx, readId(request, 'Opgave'))
  const { opgave, bereik } = geladen
  const mag = {
    schrijven: wie.rechten.has('beleid.schrijven') && mayWrite(bereik, opgave.gemeente),
    bijdragen: wie.rechten.has('beleid.bijdragen'),
    cijfers: wie.rechten.has('cijfers.lezen'),
  }
  const pad = `/opgaven/${opgave.opgaveId}`
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: opgave.titel,
      inleiding: `${opgave.thema}, ${opgave.gemeente === null ? 'hele regio' : naamVanGemeente(bereik, opgave.gemeente)}. Voor: ${opgave.doelgroep}`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Veranderopgaven', href: '/opgaven' },
      ],
      acties: mag.schrijven ? (
        <KnopLink href={`${pad}/wijzig`} soort="hoofd">
          Wijzig de opgave
        </KnopLink>
      ) : null,
      ...tellGedaan(request, MELDING),
      children: (
        <>
          <Inhoud geladen={geladen} magCijfers={mag.cijfers} />
          <Acties acties={geladen.acties} pad={pad} vandaag={request.ctx.vandaag} mag={mag.bijdragen} />
          <Verhaal voortgang={geladen.voortgang} />
          {mag.bijdragen ? (
            <Voortgangformulier pad={pad} csrf={csrf} vandaag={request.ctx.vandaag} geweigerd={geweigerd} />
          ) : null}
          {mag.schrijven ? <Staatformulier opgave={opgave} csrf={csrf} geweigerd={geweigerd} /> : null}
          <Geschiedenis geladen={geladen} />
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

const { van, naar, hefbomen, metInkoop, metAnders, volgendeStap } = OPGAVE
const INHOUD = { van, naar, metInkoop, metAnders, hefbomen, volgendeStap }

function Inhoud({ geladen, magCijfers }: { geladen: GeladenOpgave; magCijfers: boolean }) {
  const { opgave, bereik, waarden, bijgewerkt } = geladen
  const indicator = indicatorVan(opgave.indicator)
  return (
    <>
      <Beschrijvingslijst
        items={[
          {
            naam: 'Staat',
            waarde: <Badge toon={STAATNAAM[opgave.staat].toon}>{STAATNAAM[opgave.staat].naam}</Badge>,
          },
          ...describe(INHOUD, opgave),
          { naam: 'Trekker', waarde: opgave.trekkerNaam },
          {
            naam: 'Segmenten',
            waarde:
              opgave.segmenten.length === 0 ? null : (
                <Segmentlinks opgave={opgave} segmenten={bereik.segmenten} magCijfers={magCijfers} />
              ),
          },
          { naam: 'Onderbouwing', waarde: opgave.onderbouwing },
          { naam: 'Bron', waarde: opgave.bron },
        ]}
      />
      <Kop niveau={2}>In cijfers</Kop>
      <Meetregel opgave={opgave} bord={{ waarden }} />
      {indicator === undefined ? null : (
        <Indicatoruitleg
          indicator={indicator}
          over={opgave.titel}
          waarde={waarden.get(opgave.opgaveId)}
          bijgewerkt={bijgewerkt}
        />
      )}
      <Reeks geladen={geladen} />
    </>
  )
}

const MAANDEN = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']

/** Spend per month of the segments that the assignment serves: twelve complete months against the twelve before. */
function Reeks({ geladen: { reeks, opgave } }: { geladen: GeladenOpgave }) {
  const [eerder, laatste] = [reeks.slice(0, 12), reeks.slice(12)]
  if (laatste.every(maand => maand.bedrag === 0)) return null
  const som = (maanden: typeof reeks) => maanden.reduce((a, maand) => a + maand.bedrag, 0)
  return (
    <Lijndiagram
      titel="Uitgaven per maand"
      lezing={`Uitgaven ${opgave.segmenten.length > 0 ? 'aan de segmenten van deze opgave' : 'aan de hulp waar deze opgave over gaat'}: ${formatMiljoen(som(laatste))} in de laatste twaalf complete maanden, ${formatMiljoen(som(eerder))} in de twaalf daarvoor.`}
      kop="Maand"
      labels={laatste.map(maand => MAANDEN[+maand.maand.slice(5, 7) - 1] ?? '')}
      lijnen={[
        { naam: 'laatste jaar', waarden: laatste.map(maand => maand.bedrag) },
        { naam: 'jaar ervoor', waarden: eerder.map(maand => maand.bedrag) },
      ]}
      format={formatHeleEuro}
      formatAs={formatMiljoen}
    />
  )
}

function Acties(props: { acties: readonly Actierij[]; pad: string; vandaag: string; mag: boolean }) {
  const { acties, pad, vandaag, mag } = props
  return (
    <>
      <Kop niveau={2}>Acties</Kop>
      <Tabel
        bijschrift="Acties van deze opgave"
        rijen={acties}
        sleutel={a => String(a.actieId)}
        leeg={<Alinea>Er zijn nog geen acties afgesproken.</Alinea>}
        kolommen={[
          {
            kop: 'Actie',
            rijkop: true,
            cel: a => (mag ? <Link href={`${pad}/acties/${a.actieId}`}>{a.tekst}</Link> : a.tekst),
          },
          { kop: 'Hefboom', cel: a => HEFBOOMNAAM[a.hefboom] },
          { kop: 'Eigenaar', cel: a => a.eigenaarNaam ?? 'nog niemand' },
          {
            kop: 'Klaar op',
            heel: true,
            cel: a => (a.klaarOp === null ? 'geen datum' : formatDatumKort(a.klaarOp)),
          },
          {
            kop: 'Staat',
            heel: true,
            cel: a =>
              a.staat === 'open' && a.klaarOp !== null && a.klaarOp < vandaag ? (
                <Badge toon="waarschuwing">Over de datum</Badge>
              ) : (
                <Badge toon={ACTIETOON[a.staat]}>{ACTIENAAM[a.staat]}</Badge>
              ),
          },
        ]}
      />
      {mag ? <KnopLink href={`${pad}/acties/nieuw`}>Actie toevoegen</KnopLink> : null}
    </>
  )
}

function Verhaal({ voortgang }: { voortgang: readonly Voortgang[] }) {
  return (
    <>
      <Kop niveau={2}>Voortgang</Kop>
      {voortgang.length === 0 ? (
        <Alinea>Er is nog geen voortgang verteld.</Alinea>
      ) : (
        <Tijdlijn
          label="Voortgang, nieuwste eerst"
          gebeurtenissen={voortgang.map(v => ({
            op: v.datum,
            moment: formatDatum(v.datum),
            kop: v.getal === null ? 'Verhaal' : `${formatDecimaal(v.getal)} ${v.eenheid ?? ''}`,
            door: v.door ?? 'geladen met de gegevens',
            toelichting: v.verhaal,
          }))}
        />
      )}
    </>
  )
}

interface Formulierdelen {
  csrf: string
  geweigerd: Geweigerd | undefined
}

function Voortgangformulier(props: Formulierdelen & { pad: string; vandaag: string }) {
  const { pad, csrf, vandaag, geweigerd } = props
  return (
    <Inklap kop="Vertel wat er is gebeurd" open={geweigerd?.naam === 'voortgang'}>
      <Alinea>
        Wat u hier schrijft blijft staan en is niet meer te wijzigen. Schrijf over beleid, niet over één
        inwoner.
      </Alinea>
      <Invulformulier
        naam="voortgang"
        velden={VOORTGANG}
        nu={{ datum: vandaag }}
        actie={`${pad}/voortgang`}
        csrf={csrf}
        knop="Voeg toe"
        geweigerd={geweigerd}
      />
    </Inklap>
  )
}

function Staatformulier({ opgave, csrf, geweigerd }: Formulierdelen & { opgave: Opgave }) {
  return (
    <Inklap kop="Verander de staat" open={geweigerd?.naam === 'stap'}>
      <Invulformulier
        naam="stap"
        velden={STAP}
        nu={{ versie: opgave.versie }}
        keuzes={{ stap: stappenVan(opgave.staat).map(({ stap, naam }) => ({ waarde: stap, naam })) }}
        actie={`/opgaven/${opgave.opgaveId}/stap`}
        csrf={csrf}
        knop="Verander de staat"
        geweigerd={geweigerd}
        toon={(nu: Opgave) => [{ naam: 'Staat', waarde: STAATNAAM[nu.staat].naam }]}
      />
    </Inklap>
  )
}

function Geschiedenis({ geladen: { wissels, opgave } }: { geladen: GeladenOpgave }) {
  const gestopt = wissels[0]?.staat === 'gestopt' ? wissels[0] : undefined
  return (
    <>
      {gestopt === undefined ? null : (
        <Melding soort="info" kop="Deze opgave is gestopt">
          {gestopt.reden}
        </Melding>
      )}
      <Inklap kop="Wie deed wat wanneer">
        <Tijdlijn
          label="Staten, nieuwste eerst"
          gebeurtenissen={wissels.map(w => ({
            op: w.op.toISOString(),
            moment: formatMoment(w.op),
            kop: STAATNAAM[w.staat].naam,
            door: w.door ?? 'geladen met de gegevens',
            ...(w.reden === null ? {} : { toelichting: w.reden }),
          }))}
        />
        <Alinea maat="klein">
          Tekst laatst gewijzigd op {formatMoment(opgave.gewijzigdOp)},{' '}
          {opgave.gewijzigdDoor ?? 'bij het laden van de gegevens'}.
        </Alinea>
      </Inklap>
    </>
  )
}
