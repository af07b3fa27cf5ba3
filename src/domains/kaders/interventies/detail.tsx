import type { FastifyReply, FastifyRequest } from 'fastify'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { readId } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  type BadgeToon,
  Beschrijvingslijst,
  formatGetal,
  formatMoment,
  Inklap,
  KnopLink,
  Kop,
  Melding,
  Onbekend,
  Tabel,
} from '../../../platform/ui/index.ts'
import { describe } from '../../../platform/velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { UitGebruik } from '../../../platform/velden/uitgebruik.tsx'
import { formatDecimaal } from '../bereik/getal.ts'
import { mayWrite, naamVanGemeente } from '../bereik/rules.ts'
import { loadInterventie } from './actions.ts'
import { BEWIJS, type Bewijs } from './rules.ts'
import type { Interventie, Resultaat } from './store.ts'
import { INTERVENTIE, RESULTAAT } from './velden.ts'

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'De interventie is opgeslagen',
  resultaat: 'Het resultaat is toegevoegd',
  einde: 'De interventie is uit gebruik genomen',
  hersteld: 'De interventie is weer in gebruik',
}

/** The page of one intervention; `geweigerd` is what was typed in one of its forms and why that could not be. */
export async function showInterventie(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { wie } = request.ctx
  const { interventie, bereik, resultaten } = await loadInterventie(
    request.ctx,
    readId(request, 'Interventie'),
  )
  const pad = `/interventies/${interventie.interventieId}`
  const schrijven = wie.rechten.has('beleid.schrijven') && mayWrite(bereik, interventie.gemeente)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: interventie.naam,
      inleiding: interventie.omschrijving,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Interventies', href: '/interventies' },
      ],
      acties: schrijven ? (
        <KnopLink href={`${pad}/wijzig`} soort="hoofd">
          Wijzig
        </KnopLink>
      ) : null,
      ...tellGedaan(request, MELDING),
      children: (
        <>
          <Kenmerken interventie={interventie} van={naamVanGemeente(bereik, interventie.gemeente)} />
          <Kop niveau={2}>Gemeten resultaten</Kop>
          <Resultaten resultaten={resultaten} />
          {wie.rechten.has('beleid.bijdragen') ? (
            <Resultaatformulier pad={pad} csrf={csrf} geweigerd={geweigerd} />
          ) : null}
          {schrijven ? (
            <UitGebruik
              nu={interventie}
              pad={pad}
              csrf={csrf}
              geweigerd={geweigerd}
              toon={nu => describe(INTERVENTIE, nu).slice(0, 2)}
            />
          ) : null}
          <Alinea maat="klein">
            Laatst gewijzigd op {formatMoment(interventie.gewijzigdOp)},{' '}
            {interventie.gewijzigdDoor ?? 'bij het laden van de gegevens'}.
          </Alinea>
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/** 'Niet bekend', 'Geen' or '€ 99,50 per jaar', with what was written about it. */
function kostenzin({ licentiekosten, licentieToelichting }: Interventie): string {
  const kosten =
    licentiekosten === null
      ? 'Niet bekend'
      : licentiekosten === 0
        ? 'Geen'
        : `${formatEuro(licentiekosten)} per jaar`
  return licentieToelichting === null ? kosten : `${kosten}. ${licentieToelichting}`
}

function Kenmerken({ interventie: i, van }: { interventie: Interventie; van: string }) {
  return (
    <>
      {i.beeindigdOp === null ? null : (
        <Melding soort="info" kop={`Uit gebruik sinds ${formatMoment(i.beeindigdOp)}`}>
          {i.beeindigdReden}
        </Melding>
      )}
      {i.bewijs === 'onbewezen' ? (
        <Melding soort="waarschuwing" kop="Dit is een innovatie">
          Of het werkt, is nog niet bewezen. Er is ruimte om het te proberen: leg vast wat het doet.
        </Melding>
      ) : null}
      <Beschrijvingslijst
        items={[
          {
            naam: 'Bewijs',
            waarde: (
              <>
                <Bewijsbadge bewijs={i.bewijs} /> {BEWIJS[i.bewijs].uitleg}
              </>
            ),
          },
          { naam: 'Toelichting', waarde: i.bewijsToelichting },
          { naam: 'Register', waarde: i.register },
          { naam: 'Voor wie', waarde: i.doelgroep },
          { naam: 'In te zetten door', waarde: i.inzetbaarDoor },
          {
            naam: 'Licentiekosten',
            waarde: kostenzin(i),
          },
          { naam: 'Van', waarde: van },
          { naam: 'Bron', waarde: i.bron },
        ]}
      />
    </>
  )
}

function Resultaten({ resultaten }: { resultaten: readonly Resultaat[] }) {
  return (
    <Tabel
      bijschrift="Gemeten resultaten"
      rijen={resultaten}
      sleutel={r => String(r.resultaatId)}
      leeg={
        <Alinea>
          Hier is nog niets gemeten. Wie deze aanpak inzet, kan de uitkomst hieronder toevoegen.
        </Alinea>
      }
      kolommen={[
        { kop: 'Wat is gemeten', rijkop: true, cel: r => r.maat },
        { kop: 'Uitkomst', uitlijning: 'rechts', cel: r => `${formatDecimaal(r.waarde)} ${r.eenheid}` },
        {
          kop: 'Gemeten bij',
          uitlijning: 'rechts',
          cel: r => (r.n === null ? <Onbekend /> : `${formatGetal(r.n)} mensen`),
        },
        { kop: 'Periode', cel: r => r.periode },
        { kop: 'Bron', cel: r => r.bron },
        { kop: 'Toegevoegd door', cel: r => r.door ?? 'geladen met de gegevens' },
      ]}
    />
  )
}

/** Adding a local result; what is added stays. */
function Resultaatformulier(props: { pad: string; csrf: string; geweigerd: Geweigerd | undefined }) {
  const { pad, csrf, geweigerd } = props
  return (
    <Inklap kop="Voeg een resultaat toe" open={geweigerd?.naam === 'resultaat'}>
      <Alinea>Een resultaat blijft staan en is niet meer te wijzigen. Noem geen namen.</Alinea>
      <Invulformulier
        naam="resultaat"
        velden={RESULTAAT}
        actie={`${pad}/resultaat`}
        csrf={csrf}
        knop="Voeg toe"
        geweigerd={geweigerd}
      />
    </Inklap>
  )
}

const TOON: Readonly<Record<Bewijs, BadgeToon>> = {
  wetenschappelijk: 'succes',
  praktijk: 'accent',
  onderbouwd: 'info',
  onbewezen: 'waarschuwing',
}

/** How strong the evidence is, in words. */
export function Bewijsbadge({ bewijs }: { bewijs: Bewijs }) {
  return <Badge toon={TOON[bewijs]}>{BEWIJS[bewijs].naam}</Badge>
}
