import { GEDAAN, splitAdres } from './adres.ts'
import { Knop } from './formulier.tsx'
import type { Kolom } from './tabel.tsx'
import { Vinkjes } from './velden.tsx'
import { Inklap } from './verhaal.tsx'

/** The parameter of an address that names the columns to show; repeated, once for each. Without it all are shown. */
export const KOLOM = 'kolom'

/** The name of a column in an address: its heading without signs, 'In te zetten door' is 'in-te-zetten-door'. */
function columnName(kop: string): string {
  return kop
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')
}

/** What names the row and what can be done with it always stay. */
const isVast = <Rij,>({ rijkop, actie }: Kolom<Rij>) => rijkop === true || actie === true

const chosenIn = (adres: string) => new URLSearchParams(splitAdres(adres)[1]).getAll(KOLOM)

/** The columns that an address asks for, in their own order; all of them when it asks for none that is there. */
export function chosenColumns<Rij>(kolommen: readonly Kolom<Rij>[], adres: string): readonly Kolom<Rij>[] {
  const gekozen = new Set(chosenIn(adres))
  if (!kolommen.some(kolom => !isVast(kolom) && gekozen.has(columnName(kolom.kop)))) return kolommen
  return kolommen.filter(kolom => isVast(kolom) || gekozen.has(columnName(kolom.kop)))
}

/** What an address asks to show that is no column here. */
export function strangeColumns<Rij>(kolommen: readonly Kolom<Rij>[], adres: string): string[] {
  const namen = new Set(kolommen.map(({ kop }) => columnName(kop)))
  return chosenIn(adres).filter(naam => !namen.has(naam))
}

/** With fewer there is nothing to choose. */
const MINSTENS = 3

/** Which columns a list shows: a GET form, so that what was chosen stands in the address with the filters. */
export function Kolomkeuze<Rij>({
  adres,
  naam,
  kolommen,
}: {
  adres: string
  naam: string
  kolommen: readonly Kolom<Rij>[]
}) {
  const vrij = kolommen.filter(kolom => !isVast(kolom))
  if (vrij.length < MINSTENS) return null
  const [pad, zoek] = splitAdres(adres)
  const weg: readonly string[] = [...GEDAAN, KOLOM, 'pagina']
  const bewaard = [...new URLSearchParams(zoek)].filter(([n]) => !weg.includes(n))
  const getoond = chosenColumns(kolommen, adres)
  const aantal = vrij.filter(kolom => getoond.includes(kolom)).length
  const kop =
    aantal === vrij.length ? 'Kies kolommen' : `Kies kolommen (${aantal} van ${vrij.length} te zien)`
  return (
    <Inklap kop={kop}>
      <form className="sam-kolomkeuze" method="get" action={pad} aria-label={`Kolommen van ${naam}`}>
        {bewaard.map(([n, waarde]) => (
          <input key={`${n} ${waarde}`} type="hidden" name={n} value={waarde} />
        ))}
        <Vinkjes
          naam={KOLOM}
          label="Welke kolommen wilt u zien?"
          hulp="Het bestand heeft altijd alle kolommen."
          verplicht={false}
          opties={vrij.map(({ kop }) => ({ waarde: columnName(kop), naam: kop }))}
          waarden={vrij.filter(kolom => getoond.includes(kolom)).map(({ kop }) => columnName(kop))}
        />
        <Knop soort="tweede">Toon deze kolommen</Knop>
      </form>
    </Inklap>
  )
}
