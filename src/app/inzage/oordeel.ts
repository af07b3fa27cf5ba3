import type { AuditOordeel, Oorzaken } from '../../platform/zegel.ts'
import { explainTerugzetting } from '../../platform/zegelstand.ts'
import { explainUitstel } from '../../platform/zegeluitstel.ts'

/** A sentence for every cause there is: one that is added without a sentence does not compile. */
const ZIN: {
  readonly [K in keyof Required<Oorzaken>]: (
    waarde: NonNullable<Oorzaken[K]>,
    oordeel: AuditOordeel,
  ) => string | undefined
} = {
  gebroken: (zegel, { gebeurtenissen }) =>
    `Zegel ${zegel} past niet bij wat er nu staat. Tot en met het zegel ervoor kloppen ${gebeurtenissen.toLocaleString('nl-NL')} gebeurtenissen. Daarna is iets gewijzigd, toegevoegd of verwijderd.`,
  oud: ({ gebroken }) =>
    gebroken === undefined ? undefined : `Oud zegel ${gebroken} past niet bij wat er nu staat.`,
  buiten: () => 'Er zijn gebeurtenissen met een nummer dat nooit is uitgegeven.',
  sleutels: nummers => `De sleutel van de zegels is beschadigd (nummer ${nummers.join(', ')}).`,
  teruggezet: explainTerugzetting,
  onleesbaar: waarom => waarom,
  uitgesteld: explainUitstel,
}

/** How a log stands that is not as it should be, in one sentence: what only waits for its seal was not touched. */
export function explainStaat({ uitgesteld, ...oordeel }: AuditOordeel): string {
  return uitgesteld !== undefined && explainOordeel(oordeel).length === 0
    ? 'Het logboek wordt niet meer verzegeld.'
    : 'Het logboek is aangetast.'
}

/** What an audit of the log found, a sentence each; nothing when it is whole. */
export function explainOordeel(oordeel: AuditOordeel): string[] {
  const zin = <K extends keyof Oorzaken>(oorzaak: K) => {
    const waarde = oordeel[oorzaak]
    return waarde === undefined ? undefined : ZIN[oorzaak](waarde as NonNullable<Oorzaken[K]>, oordeel)
  }
  return (Object.keys(ZIN) as (keyof Oorzaken)[]).map(zin).filter(tekst => tekst !== undefined)
}
