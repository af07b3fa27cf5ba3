import type { Exportkolom } from '../../../platform/http/export.ts'
import { enumerate, inSentence } from '../../../platform/tekst.ts'
import {
  Alinea,
  Beschrijvingslijst,
  formatGetal,
  Kop,
  Lijst,
  Link,
  Onbekend,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Deel } from '../../doorloop/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import { type Aantal, coverage, type Ingevuld, KLEIN_TEKST, listBereik } from './rules.ts'

/** A number of residents as it may be shown: never below ten. */
export function sayAantal(aantal: Aantal['aantal'] | undefined): string | undefined {
  if (aantal === undefined || aantal === null) return undefined
  return aantal === 'klein' ? KLEIN_TEKST : formatGetal(aantal)
}

/** Who is reached by all offers together, who by none, and where several do the same. */
export function Dekkingoverzicht({
  matrix,
  ingevuld,
  nogLeeg,
}: {
  matrix: Methode['risicomatrix']
  ingevuld: readonly Ingevuld[]
  nogLeeg: readonly string[]
}) {
  const { groepenZonder, factorenZonder, overlap } = coverage(matrix, ingevuld)
  return (
    <>
      <Kop niveau={2}>Alle aanbod samen</Kop>
      {nogLeeg.length === 0 ? null : (
        <Alinea>
          Let op: {enumerate(nogLeeg)} {nogLeeg.length === 1 ? 'is' : 'zijn'} nog niet ingevuld. Wat hieronder
          ontbreekt, kan daar nog bij komen.
        </Alinea>
      )}
      <div className="sam-smalle-koppen">
        <Tabel
          bijschrift="Welk aanbod elke groep bereikt, per risicofactor"
          bijschriftZichtbaar
          rijen={matrix.groepen}
          sleutel={groep => groep.code}
          kolommen={[
            { kop: 'Groep', rijkop: true, cel: groep => groep.naam },
            ...matrix.factoren.map(factor => ({
              kop: factor.naam,
              cel: (groep: { code: string }) =>
                enumerate(listBereik(ingevuld, groep.code, factor.code)) || <Geen />,
            })),
          ]}
        />
      </div>
      <Kop niveau={3}>Wie niemand bereikt</Kop>
      {groepenZonder.length + factorenZonder.length === 0 ? (
        <Alinea>Elke groep en elke risicofactor wordt door minstens één aanbod bereikt.</Alinea>
      ) : (
        <Beschrijvingslijst
          items={[
            { naam: 'Groepen', waarde: enumerate(groepenZonder) || 'Elke groep wordt bereikt' },
            { naam: 'Risicofactoren', waarde: enumerate(factorenZonder) || 'Elke factor wordt bereikt' },
          ]}
        />
      )}
      <Kop niveau={3}>Waar meer aanbod voor is</Kop>
      {overlap.length === 0 ? (
        <Alinea>Nergens is meer dan één aanbod voor dezelfde groep en factor.</Alinea>
      ) : (
        <Lijst
          items={overlap.map(
            ({ groep, factor, aanbod }) => `${groep}, ${inSentence(factor)}: ${enumerate(aanbod)}`,
          )}
        />
      )}
      <Alinea maat="klein">
        Hoe is dit bepaald? Uit de vinkjes per aanbod hierboven. Een gat of overlap is geen oordeel: een groep
        kan ook elders hulp krijgen, en twee soorten aanbod kunnen elkaar aanvullen.
      </Alinea>
    </>
  )
}

type Groep = Methode['risicomatrix']['groepen'][number]

/** A row per group: how many residents, never below ten, and which offers reach it at each factor. */
export function exportColumns(
  matrix: Methode['risicomatrix'],
  ingevuld: readonly Ingevuld[],
  delen: readonly Deel<Aantal>[],
): Exportkolom<Groep>[] {
  const van = (groep: Groep) => delen.find(deel => deel.sleutel === groep.code)?.inhoud
  return [
    { kop: 'Groep', waarde: groep => groep.naam },
    {
      kop: 'Inwoners',
      soort: 'getal',
      waarde: groep => {
        const aantal = van(groep)?.aantal
        return typeof aantal === 'number' ? aantal : null
      },
    },
    { kop: 'Minder dan 10', waarde: groep => (van(groep)?.aantal === 'klein' ? 'ja' : null) },
    { kop: 'Bron', waarde: groep => van(groep)?.bron ?? null },
    { kop: 'Jaar', soort: 'getal', waarde: groep => van(groep)?.jaar ?? null },
    ...matrix.factoren.map(factor => ({
      kop: factor.naam,
      waarde: (groep: Groep) => enumerate(listBereik(ingevuld, groep.code, factor.code)) || null,
    })),
  ]
}

function Geen() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="ams-visually-hidden">geen aanbod</span>
    </>
  )
}

/** How many residents each group has, with where that comes from. */
export function Aantallen({
  matrix,
  delen,
  wijzig,
}: {
  matrix: Methode['risicomatrix']
  delen: readonly Deel<Aantal>[]
  /** Address of the form of a group; without it the table cannot be changed. */
  wijzig?: ((groep: string) => string) | undefined
}) {
  const van = (groep: { code: string }) => delen.find(deel => deel.sleutel === groep.code)?.inhoud
  return (
    <>
      <Kop niveau={2}>Hoeveel inwoners</Kop>
      <Tabel
        bijschrift="Aantal inwoners per groep"
        rijen={matrix.groepen}
        sleutel={groep => groep.code}
        kolommen={[
          { kop: 'Groep', rijkop: true, cel: groep => groep.naam },
          { kop: 'Inwoners', uitlijning: 'rechts', cel: g => sayAantal(van(g)?.aantal) ?? <Onbekend /> },
          { kop: 'Bron', cel: g => van(g)?.bron || <Onbekend /> },
          { kop: 'Jaar', heel: true, cel: g => van(g)?.jaar ?? <Onbekend /> },
          ...(wijzig === undefined
            ? []
            : [
                {
                  kop: 'Wijzigen',
                  cel: (g: { code: string; naam: string }) => (
                    <Link href={wijzig(g.code)} label={`Wijzig het aantal van ${g.naam}`}>
                      Wijzig
                    </Link>
                  ),
                },
              ]),
        ]}
      />
      <Alinea maat="klein">
        Een aantal onder de 10 wordt niet bewaard en niet getoond: er staat dan ‘{KLEIN_TEKST}’. Groepen
        overlappen elkaar: tel ze niet bij elkaar op.
      </Alinea>
    </>
  )
}
