import { formatEuro, formatHeleEuro } from '../../../platform/money.ts'
import {
  Alinea,
  Badge,
  Formulier,
  formatGetal,
  formatPercentage,
  Kengetal,
  Kengetallen,
  Knop,
  type Kolom,
  Kop,
  Link,
  Melding,
  Onbekend,
  Tabel,
  Verborgen,
} from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import type { Voorstel } from './actions.ts'
import { BEWIJS, gatenEnOverlap, INSTRUMENT, type Telbaar, TOEGANG, totalen } from './rules.ts'
import type { Aanbod } from './store.ts'

/** What the inventory adds up to. */
export function Totaalcijfers({ aanbod }: { aanbod: readonly Telbaar[] }) {
  const t = totalen(aanbod)
  const uitleg = {
    definitie: 'Som van de kosten die in de inventarisatie staan, over het jaar dat erbij staat.',
    bron: 'De inventarisatie van dit dossier',
    bijgewerkt: 'Bij elke wijziging van de inventarisatie',
  }
  return (
    <Kengetallen>
      <Kengetal label="Soorten aanbod" waarde={formatGetal(t.aantal)} />
      <Kengetal
        label="Kosten samen"
        waarde={formatHeleEuro(t.kosten)}
        uitleg={uitleg}
        {...(t.kostenOnbekend > 0
          ? { toelichting: `Van ${t.kostenOnbekend} onbekend, dus in het echt hoger` }
          : {})}
      />
      <Kengetal
        label="Deel naar preventie"
        waarde={t.kosten === 0 ? '–' : formatPercentage(t.preventief / t.kosten)}
        toelichting={`${formatHeleEuro(t.preventief)} preventief, ${formatHeleEuro(t.curatief)} curatief`}
        uitleg={{ ...uitleg, formule: 'kosten van preventief aanbod gedeeld door alle bekende kosten' }}
      />
    </Kengetallen>
  )
}

const SOORT = {
  gat: { naam: 'Gat', toon: 'waarschuwing' },
  overlap: { naam: 'Overlap', toon: 'info' },
  ontbreekt: { naam: 'Ontbreekt', toon: 'neutraal' },
} as const

/** Gaps, overlaps and unknowns, each in a sentence; of more themes with whose they are. */
export function Opvallendheden({ van }: { van: readonly { over?: string; aanbod: readonly Telbaar[] }[] }) {
  const gevonden = van.flatMap(({ over, aanbod }) =>
    gatenEnOverlap(aanbod).map(({ soort, tekst }) => ({ soort, zin: over ? `${over}: ${tekst}` : tekst })),
  )
  if (gevonden.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Wat opvalt</Kop>
      <ul className="sam-opsomming">
        {gevonden.map(({ soort, zin }) => (
          <li key={zin}>
            <Badge toon={SOORT[soort].toon}>{SOORT[soort].naam}</Badge> {zin}
          </li>
        ))}
      </ul>
    </>
  )
}

/** How somebody comes to it, and how the municipality arranges it. */
export const HOE: Kolom<Aanbod> = {
  kop: 'Hoe',
  cel: rij => (
    <>
      {TOEGANG[rij.toegang]}
      <br />
      <small>{INSTRUMENT[rij.instrument]}</small>
    </>
  ),
}

/** For how many, at what cost, and whether it works. */
export const CIJFERS: readonly Kolom<Aanbod>[] = [
  {
    kop: 'Gebruikers',
    sorteer: 'gebruikers',
    uitlijning: 'rechts',
    cel: rij => (rij.gebruikers === null ? <Onbekend /> : formatGetal(rij.gebruikers)),
  },
  {
    kop: 'Kosten',
    sorteer: 'kosten',
    uitlijning: 'rechts',
    heel: true,
    cel: rij =>
      rij.kosten === null ? (
        <Onbekend />
      ) : (
        <>
          {formatEuro(rij.kosten)}
          <br />
          <small>in {rij.jaar}</small>
        </>
      ),
  },
  { kop: 'Werkt het?', cel: rij => BEWIJS[rij.bewijs] },
]

/** What the system knows of the segments of the dossier, to take over into the inventory. */
export function Voorstellen({
  voorstellen,
  jaar,
  actie,
  csrf,
  geweigerd,
  wijzig,
}: {
  voorstellen: readonly Voorstel[]
  jaar: number
  actie: string
  csrf: string
  /** What was chosen and is not taken over yet. */
  geweigerd: Geweigerd | undefined
  /** Where segments are linked, for who may. */
  wijzig: string | undefined
}) {
  return (
    <>
      <Kop niveau={2}>Wat het systeem weet</Kop>
      {voorstellen.length === 0 ? (
        <Alinea>
          Aan dit dossier zijn geen segmenten gekoppeld.{' '}
          {wijzig === undefined ? (
            'Wie voor alle gemeenten werkt, kan ze koppelen'
          ) : (
            <Link href={wijzig}>Koppel segmenten</Link>
          )}
          , dan staan hier de gebruikers, kosten en aanbieders van {jaar}.
        </Alinea>
      ) : (
        <>
          <Alinea>
            Cijfers over {jaar}, het laatste hele jaar. Subsidies staan nog niet in het systeem: voeg die zelf
            toe.
          </Alinea>
          {geweigerd === undefined ? null : (
            <Melding soort="info" kop={geweigerd.problem.titel}>
              {geweigerd.problem.detail}
            </Melding>
          )}
          <Formulier actie={actie} csrf={csrf}>
            <Tabel
              bijschrift={`Segmenten in ${jaar}`}
              rijen={voorstellen}
              sleutel={rij => String(rij.segmentId)}
              kolommen={[
                {
                  kop: 'Neem over',
                  cel: rij =>
                    rij.aanwezig ? (
                      <Badge toon="succes">Staat erin</Badge>
                    ) : (
                      <label className="sam-vinkcel">
                        <input
                          type="checkbox"
                          name="segment"
                          value={rij.segmentId}
                          defaultChecked={geweigerd?.invoer.segment?.includes(String(rij.segmentId))}
                        />
                        <Verborgen>Neem {rij.naam} over</Verborgen>
                      </label>
                    ),
                },
                { kop: 'Segment', rijkop: true, cel: rij => rij.naam },
                {
                  kop: 'Gebruikers',
                  uitlijning: 'rechts',
                  cel: rij => (rij.gebruikers === null ? 'minder dan 10' : formatGetal(rij.gebruikers)),
                },
                {
                  kop: 'Kosten',
                  uitlijning: 'rechts',
                  heel: true,
                  cel: rij => formatEuro(rij.kosten ?? 0),
                },
                { kop: 'Partners', cel: rij => rij.partners },
                { kop: 'Bron', cel: rij => <small>{rij.bron}</small> },
              ]}
            />
            {voorstellen.every(v => v.aanwezig) ? null : <Knop soort="tweede">Neem gekozen over</Knop>}
          </Formulier>
        </>
      )}
    </>
  )
}
