import { formatDatum } from '../../../platform/dates.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  bindInvoer,
  Datumveld,
  Formulier,
  formatMoment,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Kop,
  Link,
  Melding,
  type Optie,
  Tabel,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import type { Besluitinvoer } from './invoer.ts'
import { BESLUITEN, ORGANEN } from './rules.ts'
import type { Besluit, Bewaardblad } from './store.ts'

/** What has to happen before the run can be laid before college and raad. */
export function Blokkades({
  blokkades,
  pad,
  mag,
}: {
  blokkades: readonly string[]
  pad: string
  mag: boolean
}) {
  if (blokkades.length === 0)
    return (
      <Melding soort="succes" kop="De doorloop kan worden voorgelegd">
        {mag ? <KnopLink href={`${pad}/stap/leg-voor`}>Leg voor aan college en raad</KnopLink> : null}
      </Melding>
    )
  return (
    <Melding soort="waarschuwing" kop="De doorloop kan nog niet worden voorgelegd">
      <ul>
        {blokkades.map(tekst => (
          <li key={tekst}>{tekst}</li>
        ))}
      </ul>
    </Melding>
  )
}

/** What was decided, and the sheets that lay before. */
export function Besluiten({
  besluiten,
  bladen,
  pad,
}: {
  besluiten: readonly Besluit[]
  bladen: readonly Bewaardblad[]
  pad: string
}) {
  return (
    <>
      <Kop niveau={2}>Besluiten</Kop>
      <Tabel
        bijschrift="Besluiten van college en raad"
        bijschriftVerborgen
        rijen={besluiten}
        sleutel={b => String(b.besluitId)}
        leeg={<Alinea>Er is nog geen besluit.</Alinea>}
        kolommen={[
          {
            kop: 'Wie',
            rijkop: true,
            cel: b => `${ORGANEN[b.orgaan]}${b.gemeenteNaam === null ? '' : ` ${b.gemeenteNaam}`}`,
          },
          { kop: 'Datum', heel: true, cel: b => formatDatum(b.datum) },
          {
            kop: 'Besluit',
            cel: b => (
              <Badge toon={b.uitkomst.startsWith('vastgesteld') ? 'succes' : 'waarschuwing'}>
                {BESLUITEN[b.uitkomst]}
              </Badge>
            ),
          },
          { kop: 'Over', cel: b => <Link href={`${pad}/blad?blad=${b.blad}`}>Blad {b.blad}</Link> },
          { kop: 'Kenmerk', cel: b => b.kenmerk },
          { kop: 'Toelichting', cel: b => b.toelichting },
        ]}
      />
      {bladen.length === 0 ? null : (
        <Alinea maat="klein">
          Voorgelegd:{' '}
          {bladen.map((b, i) => (
            <span key={b.nummer}>
              {i === 0 ? '' : ', '}
              <Link href={`${pad}/blad?blad=${b.nummer}`}>blad {b.nummer}</Link> op {formatMoment(b.op)}
              {b.door === null ? '' : ` door ${b.door}`}
            </span>
          ))}
          .
        </Alinea>
      )}
    </>
  )
}

/** What college or raad decided, to record. */
export function Besluitformulier({
  actie,
  csrf,
  gemeenten,
  invoer,
  problem,
}: {
  actie: string
  csrf: string
  /** Empty for a dossier of one municipality. */
  gemeenten: readonly Optie[]
  invoer: Besluitinvoer
  problem?: Problem
}) {
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  const opties = (keuzes: Readonly<Record<string, string>>): Optie[] =>
    Object.entries(keuzes).map(([waarde, naam]) => ({ waarde, naam }))
  return (
    <>
      <Kop niveau={3}>Leg een besluit vast</Kop>
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <Keuzerondjes {...veld('orgaan')} label="Wie besloot?" opties={opties(ORGANEN)} />
        {gemeenten.length === 0 ? null : (
          <Keuzelijst
            {...veld('gemeente')}
            label="Van welke gemeente?"
            leeg="Kies een gemeente"
            opties={gemeenten}
          />
        )}
        <Datumveld {...veld('datum')} label="Datum van het besluit" />
        <Keuzerondjes {...veld('uitkomst')} label="Wat is er besloten?" opties={opties(BESLUITEN)} />
        <Tekstveld
          {...veld('kenmerk')}
          label="Kenmerk"
          hulp="Nummer van het stuk"
          verplicht={false}
          maxlengte={200}
        />
        <Tekstveld
          {...veld('toelichting')}
          label="Toelichting"
          hulp="Stemverhouding, wijziging of reden. Nodig bij alles behalve vastgesteld."
          regels={3}
          verplicht={false}
          maxlengte={4000}
        />
        <Knop>Leg besluit vast</Knop>
      </Formulier>
    </>
  )
}
