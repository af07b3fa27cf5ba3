import { formatDatum } from '../../../platform/dates.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  bindInvoer,
  Datumveld,
  Formulier,
  formatMoment,
  Inklap,
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
import { RISICO } from '../../doorloop/index.ts'
import { BESTEMMINGEN } from '../../doorloop/rules.ts'
import type { Besluitinvoer } from './invoer.ts'
import { BESLUITEN, type Blad, type Bladconclusie, ORGANEN, perRichting } from './rules.ts'
import type { Besluit, Bewaardblad } from './store.ts'

/** The sheet itself: the boxes, then what we are going to do, then what it rests on. */
export function Bladbeeld({ blad }: { blad: Blad }) {
  return (
    <>
      <Alinea maat="klein">
        {blad.thema}. {blad.van}, doorloop {blad.doorloop}, getrokken door {blad.trekker}. Gebruikt:{' '}
        {blad.methode}.
      </Alinea>
      <Kop niveau={2}>Conclusies per bouwsteen</Kop>
      <div className="sam-vier">
        {blad.kwadranten.map(kwadrant => {
          const eigen = blad.conclusies.filter(c => c.kwadrant === kwadrant.code)
          return (
            <section key={kwadrant.code} aria-labelledby={`blad-${kwadrant.code}`}>
              <Kop niveau={3} id={`blad-${kwadrant.code}`}>
                {kwadrant.naam}
              </Kop>
              {eigen.length === 0 ? (
                <Alinea>Geen conclusies.</Alinea>
              ) : (
                <ul>
                  {eigen.map(c => (
                    <li key={c.tekst}>{c.tekst}</li>
                  ))}
                </ul>
              )}
            </section>
          )
        })}
      </div>
      <Kop niveau={2}>Wat we gaan doen</Kop>
      <Tabel
        bijschrift="Conclusies per richting"
        bijschriftVerborgen
        rijen={listRijen(blad)}
        sleutel={(rij, i) => `${rij.naam} ${i}`}
        kolommen={[
          { kop: 'Richting', rijkop: true, cel: rij => rij.naam },
          {
            kop: 'Conclusie',
            cel: rij =>
              rij.conclusie === undefined ? (
                'Geen conclusies'
              ) : (
                <>
                  {rij.conclusie.tekst}
                  {rij.conclusie.aanbod === null ? null : <small> ({rij.conclusie.aanbod})</small>}
                </>
              ),
          },
          {
            kop: 'Juridisch',
            cel: rij => (rij.conclusie === undefined ? null : <Risico conclusie={rij.conclusie} />),
          },
          {
            kop: 'Wordt opgepakt door',
            cel: rij => (rij.conclusie === undefined ? null : <Opgepakt conclusie={rij.conclusie} />),
          },
        ]}
      />
      {blad.gemotiveerd.length === 0 ? null : (
        <>
          <Kop niveau={2}>Randvoorwaarden waaraan niet is voldaan</Kop>
          <ul>
            {blad.gemotiveerd.map(g => (
              <li key={g.tekst}>
                {g.tekst} <strong>Motivatie:</strong> {g.motivatie}
              </li>
            ))}
          </ul>
        </>
      )}
      {blad.dilemmas.length === 0 ? null : (
        <>
          <Kop niveau={2}>Dilemma’s uit de praktijk</Kop>
          <ul>
            {blad.dilemmas.map(d => (
              <li key={`${d.vraag} ${d.tekst}`}>
                {d.tekst}
                <br />
                <small>
                  Bij: {d.vraag} {d.reactie === '' ? '' : `Reactie: ${d.reactie}`}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      <Inklap kop="Alle antwoorden">
        {blad.kwadranten.map(kwadrant => (
          <section key={kwadrant.code}>
            <Kop niveau={3}>{kwadrant.naam}</Kop>
            <dl>
              {kwadrant.antwoorden.map(a => (
                <div key={a.code}>
                  <dt>
                    <strong>{a.vraag}</strong>
                  </dt>
                  <dd className="sam-eerder">
                    {a.stand === 'open-gelaten'
                      ? `Bewust opengelaten: ${a.reden}`
                      : a.tekst === ''
                        ? 'Nog geen antwoord.'
                        : a.tekst}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Inklap>
    </>
  )
}

interface Bladrij {
  naam: string
  /** Absent: nothing was concluded in this direction, which is worth seeing. */
  conclusie?: Bladconclusie
}

function listRijen(blad: Blad): Bladrij[] {
  return perRichting(blad).flatMap(({ naam, conclusies }) =>
    conclusies.length === 0 ? [{ naam }] : conclusies.map(conclusie => ({ naam, conclusie })),
  )
}

/** The worst risk, and every rule that meets the choice: who decides must not have to look for the second. */
function Risico({ conclusie: { juridisch } }: { conclusie: Bladconclusie }) {
  const [ergste] = juridisch
  if (ergste === undefined) return null
  return (
    <>
      <Badge toon={RISICO[ergste.risico].toon}>{RISICO[ergste.risico].naam}</Badge>
      {juridisch.map(({ risico, uitleg, bron, datum }) => (
        <small key={uitleg} className="sam-regel">
          {risico === ergste.risico ? '' : `${RISICO[risico].naam}: `}
          {uitleg} Bron: {bron}, {formatDatum(datum)}.
        </small>
      ))}
    </>
  )
}

function Opgepakt({ conclusie }: { conclusie: Bladconclusie }) {
  if (conclusie.opdrachten.length === 0) return 'Nog niemand'
  return conclusie.opdrachten.map(o => (
    <span key={o.wat} className="sam-regel">
      {BESTEMMINGEN[o.bestemming].naam}: {o.wat} ({o.eigenaar}
      {o.uiterlijk === null ? '' : `, uiterlijk ${formatDatum(o.uiterlijk)}`})
    </span>
  ))
}

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
