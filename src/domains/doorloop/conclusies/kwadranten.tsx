import { inSentence } from '../../../platform/tekst.ts'
import { Actie, Alinea, Badge, Inklap, Kop, Link, LosseLink, Tabel } from '../../../platform/ui/index.ts'
import { doorloopPad } from '../doorloop/kader.tsx'
import type { Doorloop } from '../doorloop/store.ts'
import { Juridischmerk } from '../juridisch/merk.tsx'
import { highlight } from '../juridisch/rules.ts'
import { BESTEMMINGEN, OPDRACHTSTAPPEN } from '../opdrachten/rules.ts'
import type { Opdracht } from '../opdrachten/store.ts'
import { RICHTINGEN } from './rules.ts'
import type { Conclusie } from './store.ts'

/** The conclusions in the boxes of the method, each with its direction, legal risk and what became of it. */
export function Conclusiekwadranten({
  doorloop,
  conclusies,
  opdrachten,
  volgbaar,
}: {
  doorloop: Doorloop
  conclusies: readonly Conclusie[]
  opdrachten: readonly Opdracht[]
  /** True for who may open a conclusion. */
  volgbaar: boolean
}) {
  const pad = `${doorloopPad(doorloop)}/conclusies`
  return (
    <div className="sam-vier">
      {doorloop.methode.kwadranten.map(kwadrant => {
        const eigen = conclusies.filter(c => c.kwadrant === kwadrant.code)
        return (
          <section key={kwadrant.code} aria-labelledby={`kwadrant-${kwadrant.code}`}>
            <Kop niveau={2} id={`kwadrant-${kwadrant.code}`}>
              {kwadrant.naam}
            </Kop>
            {eigen.length === 0 ? <Alinea>Nog geen conclusie.</Alinea> : null}
            <ul className="sam-bijdragen">
              {eigen.map(c => (
                <li key={c.conclusieId}>
                  <p>
                    <Badge toon="accent">{RICHTINGEN[c.richting]}</Badge>{' '}
                    {volgbaar ? <Link href={`${pad}/${c.conclusieId}`}>{c.tekst}</Link> : c.tekst}
                    {c.aanbodNaam === null ? null : <small> ({c.aanbodNaam})</small>}
                  </p>
                  <Juridischmerk
                    merken={highlight({ ...c, wetten: doorloop.wetten }, doorloop.methode.juridisch)}
                    over={c.tekst}
                  />
                  <Gevolgen opdrachten={opdrachten.filter(o => o.conclusieId === c.conclusieId)} />
                </li>
              ))}
            </ul>
            {volgbaar && doorloop.staat === 'loopt' ? (
              <LosseLink href={`${pad}/nieuw?kwadrant=${kwadrant.code}`}>
                {`Voeg een conclusie toe over ${inSentence(kwadrant.naam)}`}
              </LosseLink>
            ) : null}
          </section>
        )
      })}
    </div>
  )
}

function Gevolgen({ opdrachten }: { opdrachten: readonly Opdracht[] }) {
  if (opdrachten.length === 0) return <Alinea maat="klein">Nog geen opdracht.</Alinea>
  return opdrachten.map(o => (
    <Alinea key={o.opdrachtId} maat="klein">
      {BESTEMMINGEN[o.bestemming].naam}: <Link href={`/opdrachten/${o.opdrachtId}`}>{o.wat}</Link> (
      {o.eigenaarNaam}, {OPDRACHTSTAPPEN[o.staat].naam.toLowerCase()})
    </Alinea>
  ))
}

/** What was struck out, to put back. */
export function Geschrapt({
  doorloop,
  conclusies,
  csrf,
  mag,
}: {
  doorloop: Doorloop
  conclusies: readonly Conclusie[]
  csrf: string
  mag: boolean
}) {
  if (conclusies.length === 0) return null
  return (
    <Inklap kop={`Geschrapte conclusies (${conclusies.length})`}>
      <Tabel
        bijschrift="Geschrapte conclusies"
        rijen={conclusies}
        sleutel={c => String(c.conclusieId)}
        kolommen={[
          { kop: 'Conclusie', rijkop: true, cel: c => c.tekst },
          { kop: 'Wat we gingen doen', cel: c => RICHTINGEN[c.richting] },
          {
            kop: 'Terugzetten',
            cel: c =>
              mag ? (
                <Actie
                  actie={`${doorloopPad(doorloop)}/conclusies/${c.conclusieId}/schrap`}
                  csrf={csrf}
                  velden={{ schrap: 'nee' }}
                  soort="tweede"
                  label={`Zet terug: ${c.tekst}`}
                >
                  Zet terug
                </Actie>
              ) : null,
          },
        ]}
      />
    </Inklap>
  )
}
