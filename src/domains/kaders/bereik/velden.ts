import { keuze } from '../../../platform/velden/soorten.ts'
import type { Voorwaarde } from '../../../platform/velden/veld.ts'
import { INDICATOREN, type Indicator } from '../../sturing/index.ts'
import { RICHTINGEN } from './rules.ts'

/** Which indicator something is read from, and which way is better. `alleenBij`: when that is asked. */
export const metingvelden = (v: { label: string; kop: string; geen: string; alleenBij?: Voorwaarde }) => ({
  indicator: keuze({
    ...v,
    kies: 'Kies een indicator uit de lijst.',
    verplicht: false,
    opties: INDICATOREN.map(({ code, naam }: Indicator) => ({ waarde: code, naam })),
  }),
  richting: keuze({
    label: 'Wat is beter?',
    kies: 'Kies welke kant op beter is.',
    verplicht: false,
    verplichtBij: 'een indicator',
    opties: RICHTINGEN.map(waarde => ({ waarde, naam: waarde === 'hoger' ? 'Hoger' : 'Lager' })),
    ...(v.alleenBij === undefined ? {} : { alleenBij: v.alleenBij }),
  }),
})
