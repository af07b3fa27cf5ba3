import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { pick, readId, readVraag, type Vraag } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Beschrijvingslijst,
  Botsingmelding,
  Formulier,
  formatGetal,
  formatMoment,
  Getalveld,
  Inklap,
  Knop,
  KnopLink,
  Kop,
  Melding,
  Onbekend,
  Tabel,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { formatDecimaal } from '../bereik/getal.ts'
import { mayWrite, naamVanGemeente } from '../bereik/rules.ts'
import { loadInterventie } from './actions.ts'
import { Bewijsbadge } from './bewijs.tsx'
import { BEWIJS } from './rules.ts'
import type { Interventie, Resultaat } from './store.ts'

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'De interventie is opgeslagen',
  resultaat: 'Het resultaat is toegevoegd',
  einde: 'De interventie is uit gebruik genomen',
  hersteld: 'De interventie is weer in gebruik',
}

export interface Geweigerd {
  deel: 'resultaat' | 'einde' | 'hersteld'
  velden: Vraag
  problem: Problem
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
  const melding = pick(MELDING, readVraag(request).melding)
  const van = (deel: Geweigerd['deel']) => (geweigerd?.deel === deel ? { geweigerd } : {})
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
      ...(melding === undefined ? {} : { melding: { soort: 'succes' as const, tekst: melding } }),
      children: (
        <>
          <Kenmerken interventie={interventie} van={naamVanGemeente(bereik, interventie.gemeente)} />
          <Kop niveau={2}>Gemeten resultaten</Kop>
          <Resultaten resultaten={resultaten} />
          {wie.rechten.has('beleid.bijdragen') ? (
            <Resultaatformulier pad={pad} csrf={csrf} {...van('resultaat')} />
          ) : null}
          {schrijven ? (
            <Einde interventie={interventie} pad={pad} csrf={csrf} {...van('einde')} {...van('hersteld')} />
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
export function kostenzin({ licentiekosten, licentieToelichting }: Interventie): string {
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
      bijschriftVerborgen
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

interface Delen {
  pad: string
  csrf: string
  geweigerd?: Geweigerd
}

function Resultaatformulier({ pad, csrf, geweigerd }: Delen) {
  const fouten = geweigerd?.problem.fouten ?? []
  const waarde = (naam: string) => geweigerd?.velden[naam] ?? ''
  return (
    <Inklap kop="Voeg een resultaat toe" open={geweigerd !== undefined}>
      <Alinea>Een resultaat blijft staan en is niet meer te wijzigen. Noem geen namen.</Alinea>
      <Formulier actie={`${pad}/resultaat`} csrf={csrf} fouten={fouten}>
        <Tekstveld
          naam="maat"
          label="Wat is gemeten?"
          hulp="Bijvoorbeeld: doorverwijzingen naar zwaardere jeugdhulp"
          waarde={waarde('maat')}
          fouten={fouten}
        />
        <Getalveld naam="waarde" label="Uitkomst" decimalen waarde={waarde('waarde')} fouten={fouten} />
        <Tekstveld
          naam="eenheid"
          label="Eenheid"
          hulp="Bijvoorbeeld: leerlingen, of procent"
          breedte="half"
          maxlengte={100}
          waarde={waarde('eenheid')}
          fouten={fouten}
        />
        <Getalveld
          naam="n"
          label="Bij hoeveel mensen is dit gemeten?"
          verplicht={false}
          waarde={waarde('n')}
          fouten={fouten}
        />
        <Tekstveld
          naam="periode"
          label="Periode"
          hulp="Bijvoorbeeld: schooljaar 2025-2026"
          breedte="half"
          maxlengte={100}
          waarde={waarde('periode')}
          fouten={fouten}
        />
        <Tekstveld naam="bron" label="Bron" maxlengte={500} waarde={waarde('bron')} fouten={fouten} />
        <Knop>Voeg toe</Knop>
      </Formulier>
    </Inklap>
  )
}

function Einde({ interventie, pad, csrf, geweigerd }: Delen & { interventie: Interventie }) {
  const fouten = geweigerd?.problem.fouten ?? []
  const versie = String(interventie.versie)
  const botsing = (
    <Botsingmelding
      problem={geweigerd?.problem}
      toon={(nu: Interventie) => [
        { naam: 'Naam', waarde: nu.naam },
        { naam: 'Omschrijving', waarde: nu.omschrijving },
      ]}
    />
  )
  if (interventie.beeindigdOp !== null)
    return (
      <>
        {botsing}
        <Actie actie={`${pad}/herstel`} csrf={csrf} velden={{ versie }} soort="tweede">
          Neem weer in gebruik
        </Actie>
      </>
    )
  return (
    <Inklap kop="Neem uit gebruik" open={geweigerd !== undefined}>
      {botsing}
      <Formulier actie={`${pad}/einde`} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld
          naam="reden"
          label="Waarom?"
          hulp="De interventie blijft bewaard en kan weer in gebruik worden genomen."
          regels={2}
          waarde={geweigerd?.velden.reden ?? ''}
          fouten={fouten}
        />
        <Knop soort="tweede">Neem uit gebruik</Knop>
      </Formulier>
    </Inklap>
  )
}
