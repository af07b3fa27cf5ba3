import { isTestBsn } from '../../../platform/crypto.ts'
import { formatDatum } from '../../../platform/dates.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  Code,
  type Eigenschap,
  formatGetal,
  formatMoment,
  Inklap,
  Kaart,
  Kop,
  Lijst,
  Link,
  Tabel,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { NIVEAUNAAM, plaatsNaam, regelUitleg } from '../uitleg/uitleg.ts'
import { berichtPad, Staatbadge } from '../verkeer/pages.tsx'
import {
  bestemmingVan,
  DOMEINNAAM,
  herkomstVan,
  isTeLaat,
  soortNaam,
  termijnTekst,
} from '../verkeer/rules.ts'
import type { Berichtinzage } from './actions.ts'
import { GEBEURTENIS } from './rules.ts'
import { codeTekst, type Samenvatting } from './samenvatting.ts'
import type { Berichtkaart, BewaardeBevinding, BewaardeGebeurtenis, Verwant } from './store.ts'

/** From whom to whom, when, and how it stands. */
export function Kern({ bericht, vandaag }: { bericht: Berichtkaart; vandaag: string }) {
  const wie = (code: string) =>
    code.length === 4
      ? `Gemeente ${bericht.gemeenteNaam} (${code})`
      : `${bericht.aanbieder ?? 'Aanbieder'} (${code})`
  return (
    <Beschrijvingslijst
      items={[
        { naam: 'Staat', waarde: <Staatbadge staat={bericht.staat} /> },
        { naam: 'Van', waarde: wie(herkomstVan(bericht)) },
        { naam: 'Aan', waarde: wie(bestemmingVan(bericht)) },
        { naam: 'Soort', waarde: `${bericht.soort} (${DOMEINNAAM[bericht.domein]})` },
        { naam: 'Identificatie', waarde: bericht.identificatie },
        {
          naam: 'Dagtekening',
          waarde: bericht.dagtekening === null ? 'geen bestaande dag' : formatDatum(bericht.dagtekening),
        },
        {
          naam: bericht.richting === 'in' ? 'Ontvangen' : 'Gemaakt',
          waarde: formatMoment(bericht.ontvangenOp),
        },
        ...termijn(bericht, vandaag),
      ]}
    />
  )
}

function termijn(bericht: Berichtkaart, vandaag: string): Eigenschap[] {
  const tekst = termijnTekst(bericht, vandaag)
  if (tekst === undefined || bericht.antwoordVoor === null) return []
  const datum = `Uiterlijk ${formatDatum(bericht.antwoordVoor)}`
  const laat = isTeLaat(bericht.staat, bericht.antwoordVoor, vandaag)
  return [
    {
      naam: 'Antwoord',
      waarde: (
        <>
          {datum} {laat ? <Badge toon="fout">{tekst}</Badge> : `(${tekst})`}
        </>
      ),
    },
  ]
}

/** The answer, what it answers, and what came of it. `declaraties`: whether who looks may open what was booked. */
export function Verwanten({ inzage, declaraties }: { inzage: Berichtinzage; declaraties: boolean }) {
  const { bericht, antwoord, antwoordOp, geboekt, toewijzingen } = inzage
  const { gemeente } = bericht
  const naar = (wat: string, { berichtId, soort, identificatie }: Verwant) => (
    <Link href={berichtPad({ gemeente, berichtId })}>
      {`${wat}: ${soortNaam(soort).toLowerCase()} ${identificatie}`}
    </Link>
  )
  const items = [
    ...(antwoord ? [naar('Het antwoord', antwoord)] : []),
    ...(antwoordOp ? [naar('Het bericht dat dit beantwoordt', antwoordOp)] : []),
    ...(geboekt && declaraties
      ? [
          <Link key="geboekt" href={`/declaraties/${gemeente}/${geboekt.declaratieId}`}>
            {`De declaratie met alle regels: ${formatEuro(geboekt.toegekend)} goedgekeurd`}
          </Link>,
        ]
      : []),
    ...toewijzingen.map(t => (
      <Link key={t.toewijzingId} href={`/toewijzingen/${gemeente}/${t.toewijzingId}`}>
        {`Toewijzing ${t.nummer} zoals die nu is`}
      </Link>
    )),
  ]
  return items.length === 0 ? null : (
    <Kaart kop="Wat erbij hoort">
      <Lijst items={items} />
    </Kaart>
  )
}

const BEDRAGEN: ReadonlySet<string> = new Set(['Bedrag', 'Budget'])

/** What the message says. */
export function Inhoud({ samenvatting: { client, feiten, lijst } }: { samenvatting: Samenvatting }) {
  const over: Eigenschap[] = client
    ? [
        {
          naam: 'Inwoner',
          waarde: (
            <>
              {client.naam} {isTestBsn(client.bsn) ? <Badge>Testgegevens</Badge> : null}
            </>
          ),
        },
        { naam: 'Burgerservicenummer', waarde: client.bsn },
        ...(client.geboortedatum === undefined
          ? []
          : [{ naam: 'Geboren', waarde: formatDatum(client.geboortedatum) }]),
      ]
    : []
  const items = [...over, ...feiten.map(([naam, waarde]) => ({ naam, waarde }))]
  if (items.length === 0 && !lijst) return null
  return (
    <>
      <Kop niveau={2}>Wat erin staat</Kop>
      {items.length === 0 ? null : <Beschrijvingslijst items={items} />}
      {lijst === undefined ? null : (
        <Tabel
          bijschrift={
            lijst.totaal > lijst.rijen.length
              ? `${lijst.kop}: de eerste ${lijst.rijen.length} van ${formatGetal(lijst.totaal)}`
              : lijst.kop
          }
          bijschriftZichtbaar
          rijen={lijst.rijen}
          sleutel={(_, i) => String(i)}
          kolommen={lijst.namen.map((kop, i) => ({
            kop,
            rijkop: i === 0,
            ...(BEDRAGEN.has(kop) ? { uitlijning: 'rechts' as const } : {}),
            cel: (rij: readonly string[]) => rij[i] ?? '',
          }))}
        />
      )}
    </>
  )
}

/** So many places of one rule are named; more help nobody. */
const MEESTE_PLAATSEN = 20

/** Findings by rule, the most frequent first: what is wrong, on which ground, where, and what to do. */
export function Bevindingen({
  bericht,
  bevindingen,
}: {
  bericht: Berichtkaart
  bevindingen: readonly BewaardeBevinding[]
}) {
  const perRegel = Map.groupBy(bevindingen, b => b.regel)
  const groepen = [...perRegel].sort(([, a], [, b]) => b.length - a.length)
  return (
    <>
      <Kop niveau={2}>Bevindingen</Kop>
      {bericht.bevindingen > bevindingen.length ? (
        <Alinea>
          {`Hier staan de eerste ${bevindingen.length} van ${formatGetal(bericht.bevindingen)} bevindingen. `}
          Bij de declaratie staan ze allemaal, per regel.
        </Alinea>
      ) : null}
      {groepen.map(([regel, groep]) => (
        <Bevindinggroep key={regel} regel={regel} groep={groep} domein={bericht.domein} />
      ))}
    </>
  )
}

function Bevindinggroep({
  regel,
  groep,
  domein,
}: {
  regel: string
  groep: readonly BewaardeBevinding[]
  domein: 'jw' | 'wmo'
}) {
  const [eerste] = groep
  const uitleg = regelUitleg(regel)
  const kop = uitleg?.titel ?? eerste?.melding ?? regel
  const codes = [...new Set(groep.flatMap(b => (b.retourcode === null ? [] : [b.retourcode])))]
  return (
    <Kaart
      kop={kop}
      niveau={3}
      naast={<Badge>{groep.length === 1 ? '1 keer' : `${groep.length} keer`}</Badge>}
    >
      <Beschrijvingslijst
        items={[
          { naam: 'Regel', waarde: uitleg === undefined ? regel : `${regel} (${uitleg.grond})` },
          { naam: 'Controle', waarde: controle(uitleg?.niveau ?? eerste?.niveau ?? 1) },
          {
            naam: 'Code in het antwoord',
            waarde:
              codes.length === 0
                ? 'Geen: dit krijgt geen antwoordbericht'
                : codes.map(c => codeTekst(domein, c)).join('; '),
          },
          ...(uitleg === undefined ? [] : [{ naam: 'Wat te doen', waarde: uitleg.watTeDoen }]),
        ]}
      />
      <Plaatsen titel={kop} groep={groep} advies={uitleg?.watTeDoen ?? ''} />
    </Kaart>
  )
}

const controle = (niveau: number) => `Niveau ${niveau}: ${NIVEAUNAAM[niveau]}`

/** Where it was found, with what the finding says beyond the rule itself. */
function Plaatsen({
  titel,
  groep,
  advies,
}: {
  titel: string
  groep: readonly BewaardeBevinding[]
  advies: string
}) {
  const items = groep.slice(0, MEESTE_PLAATSEN).map(({ pad, melding }) => {
    const eigen = melding.replace(`${titel}.`, '').replace(advies, '').trim()
    return eigen === '' || eigen === titel ? plaatsNaam(pad) : `${plaatsNaam(pad)}. ${eigen}`
  })
  const rest = groep.length - items.length
  const alle = rest > 0 ? [...items, `en nog ${formatGetal(rest)}`] : items
  if (alle.length <= 3) return <Lijst items={alle} />
  return (
    <Inklap kop={`Waar het staat: ${formatGetal(groep.length)} plaatsen`}>
      <Lijst items={alle} />
    </Inklap>
  )
}

/** What happened, newest first. */
export function Verloop({ gebeurtenissen }: { gebeurtenissen: readonly BewaardeGebeurtenis[] }) {
  return (
    <Tijdlijn
      label="Verloop van dit bericht"
      gebeurtenissen={[...gebeurtenissen].reverse().map(g => ({
        op: g.op.toISOString(),
        moment: formatMoment(g.op),
        kop: GEBEURTENIS[g.soort] ?? g.soort,
        door: doorWie(g),
      }))}
    />
  )
}

function doorWie({ door, organisatie }: BewaardeGebeurtenis): string {
  if (organisatie === null) return 'Samenhang'
  return door.startsWith('token:') ? `${organisatie}, met een programma` : organisatie
}

/** The file itself, folded: what was really sent. */
export function RuweXml({ inzage: { bericht, xml } }: { inzage: Berichtinzage }) {
  return (
    <Inklap kop="Het bestand zelf (XML)">
      {xml.heel ? null : (
        <Alinea>
          {'Dit is het begin van het bestand. '}
          <Link href={`${berichtPad(bericht)}/bestand`}>Download het bestand</Link> om alles te zien.
        </Alinea>
      )}
      <Code label="Het bericht als XML">{xml.begin}</Code>
    </Inklap>
  )
}
