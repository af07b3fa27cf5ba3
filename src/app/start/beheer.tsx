import type { Datum } from '../../platform/dates.ts'
import {
  Alinea,
  capital,
  formatGetal,
  Kop,
  Lijst,
  Link,
  LosseLink,
  Melding,
  Tabel,
} from '../../platform/ui/index.ts'
import type { Inrichting } from '../inrichten/registers.ts'
import { actieNaam } from '../inzage/rules.ts'
import { ONTBREEKT_PAD, sayOntbreekt } from '../ontbreekt/rules.ts'
import type { Actie } from './store.ts'

/** The log of today for the privacy officer. */
export function InzageDeel({ acties, vandaag }: { acties: readonly Actie[]; vandaag: Datum }) {
  return (
    <>
      <Kop niveau={2}>Vandaag in het logboek</Kop>
      <Tabel
        bijschrift="Gebeurtenissen van vandaag per soort"
        rijen={acties}
        sleutel={rij => rij.actie}
        leeg={<Alinea>Er is vandaag nog niets gebeurd.</Alinea>}
        kolommen={[
          {
            kop: 'Wat',
            rijkop: true,
            cel: rij => (
              <Link href={`/audit?actie=${rij.actie}&van=${vandaag}&tot=${vandaag}`}>
                {actieNaam(rij.actie)}
              </Link>
            ),
          },
          { kop: 'Aantal', uitlijning: 'rechts', cel: rij => formatGetal(rij.aantal) },
          { kop: 'Door hoeveel gebruikers', uitlijning: 'rechts', cel: rij => formatGetal(rij.personen) },
        ]}
      />
      <LosseLink href="/audit">Naar het inzagelogboek</LosseLink>
    </>
  )
}

/** How many asked for rights, and wait. */
export const wachtendeVragen = (n: number) =>
  `${n === 1 ? '1 vraag om nieuwe rechten wacht' : `${formatGetal(n)} vragen om nieuwe rechten wachten`} op een tweede beheerder`

/** What a region must put in yet before work can begin: 'Nog in te richten: gemeenten, segmenten en producten'. */
export const inTeRichten = (ontbreekt: readonly Inrichting[]) =>
  `Nog in te richten: ${new Intl.ListFormat('nl').format(ontbreekt.map(({ register }) => register.naam))}`

/** The same as a list, with what each is needed for; nothing when all is there. */
export function Inrichtmelding({ ontbreekt }: { ontbreekt: readonly Inrichting[] }) {
  if (ontbreekt.length === 0) return null
  return (
    <Melding soort="info" kop="De regio is nog niet ingericht">
      <Lijst items={ontbreekt.map(({ register, nodigOm }) => `${capital(register.naam)}, om ${nodigOm}`)} />
      <Link href="/inrichten">Ga naar Inrichten: daar staat ook wat anderen invoeren</Link>
    </Melding>
  )
}

/** Of what stands in part: how many things are missing in what was agreed. */
export function Ontbreekmelding({ aantal }: { aantal: number }) {
  return (
    <Melding soort="waarschuwing" kop={sayOntbreekt(aantal)}>
      <Link href={ONTBREEKT_PAD}>Bekijk wat in de afspraken ontbreekt, en verhelp het</Link>
    </Melding>
  )
}

/** What waits for the administrator, and the users per role. */
export function BeheerDeel({
  alarm,
  wachtend,
  ontbreekt,
  rollen,
}: {
  /** What is wrong with the log, when something is. */
  alarm: string | undefined
  wachtend: number
  ontbreekt: readonly Inrichting[]
  rollen: readonly { rol: string; naam: string; aantal: number; actief: number }[]
}) {
  return (
    <>
      {alarm === undefined ? null : (
        <Melding soort="fout" kop="Het inzagelogboek wordt niet meer verzegeld">
          {alarm}
        </Melding>
      )}
      {wachtend === 0 ? null : (
        <Melding soort="waarschuwing" kop={wachtendeVragen(wachtend)}>
          <Link href="/beheer/gebruikers">Bekijk wat wacht, en bevestig het of wijs het af</Link>
        </Melding>
      )}
      <Inrichtmelding ontbreekt={ontbreekt} />
      <Kop niveau={2}>Gebruikers per rol</Kop>
      <Tabel
        bijschrift="Gebruikers per rol"
        rijen={rollen}
        sleutel={rij => rij.rol}
        kolommen={[
          {
            kop: 'Rol',
            rijkop: true,
            cel: rij => <Link href={`/beheer/gebruikers?rol=${rij.rol}`}>{rij.naam}</Link>,
          },
          { kop: 'Kan inloggen', uitlijning: 'rechts', cel: rij => formatGetal(rij.actief) },
          { kop: 'Uitgezet', uitlijning: 'rechts', cel: rij => formatGetal(rij.aantal - rij.actief) },
        ]}
      />
      <LosseLink href="/beheer/gebruikers">Gebruikers beheren</LosseLink>
    </>
  )
}
