import { Botsing, type Laatste, type Problem } from '../problem.ts'
import { Getypt, KnopLink, Knoppen, Vervolg, type VervolgProps, type Vervolgvelden } from './formulier.tsx'
import { formatMoment } from './invoer.ts'
import { Melding } from './melding.tsx'
import { type Gebruiker, type MenuItem, Pagina } from './pagina.tsx'
import { Alinea, Beschrijvingslijst, type Eigenschap, Lijst } from './tekst.tsx'

export interface ProblemPaginaProps {
  problem: Problem
  /** Printed, so that a user can name it to the administrator, who finds it in the log. */
  verzoekId: string
  /** The form that was sent, to go on with. */
  vervolg?: VervolgProps
  /** What was typed in a form that cannot be sent again, to copy. */
  getypt?: Vervolgvelden
  /** The page of ours that the request came from, to come back to after logging in. */
  terug?: string
  pad?: string
  menu?: readonly MenuItem[]
  gebruiker?: Gebruiker
  csrf?: string
  demo?: boolean
  regio?: string
  versie?: string
}

/** What the user can do about this refusal, as plain sentences: never against what the page itself offers to go on with. */
function adviesVoor({ problem, vervolg, getypt, terug }: ProblemPaginaProps): string[] {
  if (vervolg !== undefined && problem.status === 401)
    return [
      'Log eerst in, op een ander tabblad. Laat dit tabblad open.',
      'Kom dan hier terug en ga verder met wat u had ingevuld.',
    ]
  if (vervolg !== undefined) return ['Ga verder met wat u had ingevuld, met de knop hierboven.']
  if (problem.type === 'formulier-verlopen')
    return ['Open de pagina met het formulier opnieuw en verstuur het daar.']
  if (problem.status === 401 && terug !== undefined)
    return [
      'Had u bestanden gekozen? Die bewaren wij niet: kies ze daarna opnieuw.',
      'Log hier in: u komt terug op de pagina waar u was.',
    ]
  switch (problem.status) {
    case 400:
      return getypt === undefined
        ? ['Ga terug met de knop van uw browser en probeer het opnieuw.']
        : ['Open het formulier opnieuw en neem over wat u had ingevuld. Het staat hierboven.']
    case 401:
      return ['Log in en probeer het opnieuw.']
    case 403:
      return [
        'Controleer of u met de juiste rol bent ingelogd.',
        'Hebt u deze pagina nodig voor uw werk? Vraag de beheerder van uw organisatie om toegang.',
      ]
    case 404:
      return ['Controleer het adres.', 'Begin bij de startpagina, of kies in het menu.']
    case 409:
      if (problem.type === 'in-gebruik')
        return ['Haal eerst weg wat hiervan gebruikmaakt, of laat het staan.']
      return [
        'Dit is intussen veranderd, of deze stap is al gezet.',
        'Open de pagina opnieuw, bekijk de laatste stand en probeer het daarna nog eens.',
      ]
    case 413:
      return [
        'Maak het bestand kleiner of splits het; een tekst maakt u korter.',
        'Ga terug met de knop van uw browser: wat u had ingevuld, staat er nog.',
      ]
    case 429:
      return ['Wacht een minuut en probeer het opnieuw.']
    default:
      return [
        'Probeer het over een paar minuten opnieuw.',
        'Blijft het misgaan? Geef het nummer hieronder door aan de beheerder. Die kan ermee zien wat er gebeurde.',
      ]
  }
}

/** Where one goes on: who has to log in first keeps the page, when it holds what they typed. */
function Uitweg({ problem, vervolg, terug }: ProblemPaginaProps) {
  if (problem.status !== 401)
    return (
      <KnopLink href="/" soort="hoofd">
        Naar de startpagina
      </KnopLink>
    )
  if (vervolg === undefined)
    return (
      <KnopLink
        href={terug === undefined ? '/inloggen' : `/inloggen?naar=${encodeURIComponent(terug)}`}
        soort="hoofd"
      >
        Inloggen
      </KnopLink>
    )
  return (
    <>
      <KnopLink href="/inloggen" soort="hoofd" nieuwTabblad>
        Inloggen op een ander tabblad
      </KnopLink>
      <Vervolg {...vervolg} knop="Ga verder met wat u had ingevuld" soort="tweede" />
    </>
  )
}

const UITGELOGD = 'U bent intussen uitgelogd. Er is niets opgeslagen, maar wat u had ingevuld staat er nog.'

/** Page for a request that was refused or went wrong: what happened and what you can do. */
export function ProblemPagina(props: ProblemPaginaProps) {
  const { problem, verzoekId, vervolg, getypt, terug, pad = '', menu = [], ...rest } = props
  const uitgelogd = problem.status === 401 && vervolg !== undefined
  const zin = uitgelogd ? UITGELOGD : problem.detail
  return (
    <Pagina titel={problem.titel} pad={pad} menu={menu} {...rest}>
      {zin === undefined ? null : <Alinea maat="groot">{zin}</Alinea>}
      {problem.fouten.length === 0 ? null : <Lijst items={problem.fouten.map(fout => fout.melding)} />}
      {vervolg === undefined || uitgelogd ? null : (
        <>
          <Alinea>Wat u had ingevuld, staat er nog. {vervolg.uitleg}</Alinea>
          <Vervolg {...vervolg} />
        </>
      )}
      {getypt === undefined ? null : <Getypt velden={getypt} />}
      <h2 className="ams-heading ams-heading--3">Wat kunt u doen?</h2>
      <Lijst items={adviesVoor(props)} />
      <Knoppen>
        <Uitweg {...props} />
      </Knoppen>
      <Alinea maat="klein">
        Foutcode {problem.status} · Verzoeknummer {verzoekId}
      </Alinea>
    </Pagina>
  )
}

/**
 * Above a form that was refused because what it is about was changed meanwhile: by whom, and what they left, as `toon` says it. What the user typed
 * stays in the form below. Above one that is only shown again: that it waits. Nothing for any other refusal.
 */
export function Botsingmelding<T>({
  problem,
  toon,
}: {
  problem: Problem | undefined
  toon: (nu: T) => readonly Eigenschap[]
}) {
  if (problem?.status === 200)
    return (
      <Melding soort="info" kop={problem.titel}>
        {problem.detail}
      </Melding>
    )
  if (!(problem instanceof Botsing)) return null
  return (
    <>
      <Melding soort="waarschuwing" kop={problem.titel} weigering>
        {problem.detail}
        {problem.laatste === undefined ? null : <Laatstregel {...problem.laatste} />}
      </Melding>
      <Beschrijvingslijst items={toon(problem.nu as T)} />
    </>
  )
}

/** When, and by which colleague: pages name them too beside what they saved. */
function Laatstregel({ zelf, naam, op }: Laatste) {
  if (op === null) return null
  const wanneer = `op ${formatMoment(op)}`
  return (
    <p className="sam-laatste">
      {zelf || naam === null ? `Dat was ${wanneer}.` : `Dat was ${naam}, ${wanneer}.`}
    </p>
  )
}
