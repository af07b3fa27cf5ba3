import { type Inhoudsregel, inhoudsregel } from './inhoudsregel.ts'

/** Rules on start (305) and stop (307). */

const checkStatus = ({ statusAanlevering }: { statusAanlevering: string }) =>
  statusAanlevering === '1' || statusAanlevering === '3' ? undefined : 'StatusAanlevering'

export const LEVERINGSREGELS: readonly Inhoudsregel[] = [
  inhoudsregel({
    code: 'CS058',
    titel: 'Deze status van aanlevering mag hier niet',
    watTeDoen: 'Kies 1 (eerste aanlevering) of 3 (verwijderen).',
    berichten: [305, 307],
    delen: { StartProduct: checkStatus, StopProduct: checkStatus },
  }),
  inhoudsregel({
    code: 'TR018',
    titel: 'De einddatum ligt voor de begindatum',
    watTeDoen: 'Vul een einddatum in op of na de begindatum.',
    berichten: [307],
    delen: { StopProduct: ({ begindatum, einddatum }) => (einddatum < begindatum ? 'Einddatum' : undefined) },
  }),
]
