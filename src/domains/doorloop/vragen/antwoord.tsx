import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Beschrijvingslijst,
  Botsingmelding,
  type Eigenschap,
  Formulier,
  formatMoment,
  Inklap,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Kop,
  LosseLink,
  type Optie,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { doorloopPad, laatstDoor } from '../doorloop/kader.tsx'
import type { Volgende } from '../doorloop/rules.ts'
import type { Deel, Doorloop } from '../doorloop/store.ts'
import type { Vraag, Werkvorm } from '../methode/rules.ts'
import type { Antwoord, Antwoordinvoer } from './actions.ts'

export const STAATNAAM: Readonly<Record<Antwoord['staat'], string>> = {
  concept: 'Concept: er wordt nog aan gewerkt',
  beantwoord: 'Beantwoord',
  'open-gelaten': 'Bewust opengelaten',
}

const WERKVORM: Readonly<Record<Werkvorm, { naam: string; pad: (doorloop: Doorloop) => string }>> = {
  cirkel: { naam: 'Open de cirkel van zelfredzaamheid', pad: d => `${doorloopPad(d)}/cirkel` },
  risico: { naam: 'Open de risicomatrix', pad: d => `${doorloopPad(d)}/risico` },
  verschuiving: {
    naam: 'Open de kaart van curatief naar preventief',
    pad: d => `${doorloopPad(d)}/verschuiving`,
  },
  knoppen: { naam: 'Open de knoppen en dilemma’s', pad: d => `${doorloopPad(d)}/knoppen` },
  instrumenten: { naam: 'Open de mix van instrumenten', pad: d => `${doorloopPad(d)}/instrumenten` },
  uitwisseling: {
    naam: 'Weeg een uitwisseling van gegevens',
    pad: d => `/uitwisselingen?dossier=${d.dossierId}`,
  },
}

/** Where to go on: the next question, or the conclusions when all are done (`klaar`). */
export function Verder({
  doorloop,
  klaar,
  volgende,
}: {
  doorloop: Doorloop
  klaar: boolean
  volgende: Volgende | undefined
}) {
  if (klaar)
    return (
      <KnopLink href={`${doorloopPad(doorloop)}/conclusies`} soort="hoofd">
        Verder met de conclusies
      </KnopLink>
    )
  return volgende === undefined ? null : (
    <>
      <Alinea>
        Volgende vraag: <strong>{volgende.tekst}</strong>
      </Alinea>
      <KnopLink href={`${doorloopPad(doorloop)}/vragen/${volgende.code}`} soort="hoofd">
        Beantwoord de volgende vraag
      </KnopLink>
    </>
  )
}

/** Help, the tool that belongs to the question, and the worked example of the method. */
export function Voorbeeld({ doorloop, vraag }: { doorloop: Doorloop; vraag: Vraag }) {
  const { voorbeeld } = doorloop.methode
  const werkvorm = vraag.hulpmiddel === undefined ? undefined : WERKVORM[vraag.hulpmiddel]
  return (
    <>
      {vraag.hulp === undefined ? null : <Alinea>{vraag.hulp}</Alinea>}
      {werkvorm === undefined ? null : <LosseLink href={werkvorm.pad(doorloop)}>{werkvorm.naam}</LosseLink>}
      {vraag.voorbeeld === undefined ? null : (
        <aside className="sam-voorbeeld" aria-label="Voorbeeld">
          <Kop niveau={2}>Voorbeeld{voorbeeld === undefined ? '' : `: ${voorbeeld.naam.toLowerCase()}`}</Kop>
          <Alinea>{vraag.voorbeeld}</Alinea>
          {voorbeeld === undefined ? null : <Alinea maat="klein">Samengevat uit {voorbeeld.bron}.</Alinea>}
        </aside>
      )}
    </>
  )
}

function eigenschappen(antwoord: Antwoord): Eigenschap[] {
  return [
    { naam: 'Stand', waarde: STAATNAAM[antwoord.staat] },
    { naam: 'Antwoord', waarde: <span className="sam-eerder">{antwoord.tekst}</span> },
    ...(antwoord.reden === '' ? [] : [{ naam: 'Waarom open', waarde: antwoord.reden }]),
    { naam: 'Bronnen', waarde: <span className="sam-eerder">{antwoord.bronnen}</span> },
    { naam: 'Open punten', waarde: <span className="sam-eerder">{antwoord.openPunten}</span> },
    { naam: 'Eigenaar', waarde: antwoord.eigenaar },
  ]
}

/** The answer as text, for who may not edit it now. */
export function Antwoorddeel({ deel }: { deel: Deel<Antwoord> | undefined }) {
  return (
    <>
      <Kop niveau={2}>Antwoord</Kop>
      {deel === undefined ? (
        <Alinea>Er is nog geen antwoord.</Alinea>
      ) : (
        <>
          <Beschrijvingslijst items={eigenschappen(deel.inhoud)} />
          <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
        </>
      )}
    </>
  )
}

export interface AntwoordformulierProps {
  actie: string
  csrf: string
  deel: Deel<Antwoord> | undefined
  eigenaren: readonly Optie[]
  versie: number
  getypt?: Antwoordinvoer
  problem?: Problem
}

/** The form of an answer; when somebody else was faster it shows theirs above what was typed. */
export function Antwoordformulier(props: AntwoordformulierProps) {
  const { actie, csrf, deel, eigenaren, versie, getypt, problem } = props
  const fouten = problem?.fouten ?? []
  const waarde = getypt ?? toInvoer(deel?.inhoud)
  return (
    <>
      <Kop niveau={2}>Antwoord</Kop>
      <Botsingmelding<Deel<Antwoord>>
        problem={problem}
        toon={nu => [
          { naam: 'Bewaard door', waarde: `${nu.door ?? 'het systeem'}, ${formatMoment(nu.op)}` },
          ...eigenschappen(nu.inhoud),
        ]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld
          naam="tekst"
          label="Antwoord"
          hulp="Schrijf over groepen en beleid, nooit over één inwoner."
          regels={8}
          waarde={waarde.tekst}
          fouten={fouten}
        />
        <Tekstveld
          naam="bronnen"
          label="Bronnen"
          hulp="Onderzoek, cijfers, gesprekken"
          regels={2}
          verplicht={false}
          waarde={waarde.bronnen}
          fouten={fouten}
        />
        <Tekstveld
          naam="openPunten"
          label="Open punten"
          hulp="Wat moet nog worden uitgezocht?"
          regels={2}
          verplicht={false}
          waarde={waarde.openPunten}
          fouten={fouten}
        />
        <Keuzelijst
          naam="eigenaar"
          label="Eigenaar van dit antwoord"
          leeg="Nog niemand"
          verplicht={false}
          waarde={waarde.eigenaar}
          opties={eigenaren}
          fouten={fouten}
        />
        <Keuzerondjes
          naam="staat"
          label="Hoe ver is het antwoord?"
          waarde={waarde.staat}
          opties={Object.entries(STAATNAAM).map(([w, naam]) => ({ waarde: w, naam }))}
          fouten={fouten}
        />
        <Tekstveld
          naam="reden"
          label="Waarom laat u de vraag open?"
          hulp="Alleen als u de vraag bewust openlaat"
          regels={2}
          verplicht={false}
          waarde={waarde.reden}
          fouten={fouten}
        />
        <Knop>Bewaar antwoord</Knop>
      </Formulier>
      <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
    </>
  )
}

function toInvoer(antwoord: Antwoord | undefined): Omit<Antwoordinvoer, 'versie'> {
  return {
    staat: antwoord?.staat ?? 'concept',
    tekst: antwoord?.tekst ?? '',
    reden: antwoord?.reden ?? '',
    bronnen: antwoord?.bronnen ?? '',
    openPunten: antwoord?.openPunten ?? '',
    eigenaar: antwoord?.eigenaarId == null ? '' : String(antwoord.eigenaarId),
  }
}

/** Earlier states of an answer, newest first. `allemaal`: where the older ones stand as well. */
export function Versies({ versies, allemaal }: { versies: readonly Deel<Antwoord>[]; allemaal: string }) {
  const [nu, ...eerder] = versies
  if (nu === undefined || eerder.length === 0) return null
  const ouder = nu.versie - versies.length
  return (
    <Inklap kop={`Eerdere versies (${nu.versie - 1})`}>
      {eerder.map(versie => (
        <section key={versie.versie}>
          <Kop niveau={3}>Versie {versie.versie}</Kop>
          <Alinea maat="klein">{laatstDoor(versie)}</Alinea>
          <Beschrijvingslijst items={eigenschappen(versie.inhoud)} />
        </section>
      ))}
      {ouder > 0 ? (
        <LosseLink href={allemaal}>
          {ouder === 1 ? 'Toon ook de oudste versie' : `Toon ook de ${ouder} oudste versies`}
        </LosseLink>
      ) : null}
    </Inklap>
  )
}
