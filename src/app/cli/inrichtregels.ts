import { groupFouten } from '../../platform/register/pagina/fouten.ts'
import { sentenceOf } from '../../platform/register/pagina/uitkomst.tsx'
import { countInSteps, sayRaakt } from '../../platform/register/raakt.ts'
import type { Bestandsuitkomst } from '../inrichten/bestanden.ts'

/** What came of the files of a folder. */
export interface Inrichting {
  proef: boolean
  uitkomsten: readonly Bestandsuitkomst[]
  /** What else lies in the folder. */
  nietGelezen: readonly string[]
}

/** Everything or nothing: one fault keeps all files from being done. */
const isRecorded = ({ proef, uitkomsten }: Inrichting) =>
  !proef && uitkomsten.every(({ uitkomst }) => uitkomst.aantalFouten === 0)

/** For a program: an object for each file, with the counts, faults and notices, and the last with what was not read. */
export function toMachine(gedaan: Inrichting): object[] {
  const vastgelegd = isRecorded(gedaan)
  const { proef, uitkomsten, nietGelezen } = gedaan
  const regels: object[] = uitkomsten.map(({ bestand, uitkomst: { voorbeelden: _, raakt, ...telling } }) => ({
    bestand,
    proef,
    vastgelegd,
    ...telling,
    ...(raakt && {
      raakt: {
        rijen: raakt.rijen,
        // Of residents a count of steps says less than it seems: 0 is 'minder dan 5', as the pages say.
        soorten: raakt.soorten.map(soort =>
          soort.inwoners ? { ...soort, aantal: countInSteps(soort.aantal) } : soort,
        ),
      },
    }),
  }))
  return nietGelezen.length > 0 ? [...regels, { nietGelezen }] : regels
}

/** For people: a few lines for each file, and the last whether it was done. */
export function sayUitkomsten(gedaan: Inrichting): string[] {
  const { proef, uitkomsten, nietGelezen } = gedaan
  const vastgelegd = isRecorded(gedaan)
  return [
    ...uitkomsten.flatMap(een => sayBestand(een, vastgelegd)),
    ...(nietGelezen.length === 0
      ? []
      : [`Niet gelezen, want zo heet geen bestand: ${nietGelezen.join(', ')}.`]),
    vastgelegd
      ? 'Alles is vastgelegd.'
      : `Er is niets vastgelegd${proef ? ': dit is een proef.' : ', van geen van de bestanden. Verbeter de fouten, en geef de opdracht opnieuw.'}`,
  ]
}

function sayBestand({ bestand, uitkomst: u }: Bestandsuitkomst, vastgelegd: boolean): string[] {
  const fouten = groupFouten(u.fouten)
  return [
    `${bestand}: ${sentenceOf({ staat: vastgelegd ? 'verwerkt' : 'beproefd', uitkomst: u })}`,
    ...fouten.map(
      ({ rijen, kolom, waarde, melding }) =>
        `  fout, ${rijen === 'alle' ? 'hele bestand' : `rij ${rijen}, ${kolom}`}${waarde === '' ? '' : `, ${waarde}`}: ${melding}`,
    ),
    ...(u.aantalFouten > u.fouten.length
      ? [`  Dit zijn de eerste ${u.fouten.length} fouten van ${u.aantalFouten}.`]
      : []),
    ...(u.onbekend.length === 0
      ? []
      : [`  let op, deze kolommen worden niet gelezen: ${u.onbekend.join(', ')}`]),
    ...(u.overgeslagen?.redenen ?? []).map(reden => `  overgeslagen: ${reden}`),
    ...(u.letOp?.soorten ?? []).map(({ melding, aantal }) => `  let op, ${aantal} keer: ${melding}`),
    ...(u.raakt?.soorten ?? []).map(soort => `  raakt: ${sayRaakt(soort)}`),
  ]
}
