import { Alinea, Link, Melding } from '../../platform/ui/index.ts'
import { explainWijze, type Wijze } from './vierogen.ts'

/** Said wherever a beheerder gives rights: how these take effect, when that is not the usual course. */
export function Wijzemelding({ wijze }: { wijze: Wijze }) {
  const { kop, tekst } = explainWijze(wijze)
  return kop === undefined ? null : (
    <Melding soort="waarschuwing" kop={kop}>
      {tekst}
    </Melding>
  )
}

/** What stands above the form of a user. */
export function Vooraf(props: { wijze: Wijze; demonstratie: boolean; zonderGemeenten: boolean }) {
  const { wijze, demonstratie, zonderGemeenten } = props
  return (
    <>
      {demonstratie ? (
        <Melding soort="info" kop="Dit is een gebruiker van de demonstratie">
          Wie de demonstratie opent, kan als deze gebruiker rondkijken zonder wachtwoord.
        </Melding>
      ) : null}
      <Wijzemelding wijze={wijze} />
      {wijze === 'vraag-bevestiging' ? <Alinea>{explainWijze(wijze).tekst}</Alinea> : null}
      <Alinea>Rechten afnemen kan meteen.</Alinea>
      {zonderGemeenten ? (
        <Melding soort="info" kop="Er staan nog geen gemeenten in de regio">
          Een rol die voor een gemeente werkt, kunt u nog niet geven. Zet de gemeenten er eerst in, onder{' '}
          <Link href="/inrichten">Inrichten</Link>.
        </Melding>
      ) : null}
    </>
  )
}
