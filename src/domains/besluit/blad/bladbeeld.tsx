import { formatDatum } from '../../../platform/dates.ts'
import { Alinea, Badge, Inklap, Kop, Tabel } from '../../../platform/ui/index.ts'
import { RISICO } from '../../doorloop/index.ts'
import { BESTEMMINGEN } from '../../doorloop/rules.ts'
import { type Blad, type Bladconclusie, perRichting } from './rules.ts'

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
