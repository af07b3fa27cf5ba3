/** The laws of which messages speak, by the code of the standard. */
export type Domein = 'jw' | 'wmo'

export const WETNAAM: Readonly<Record<Domein, string>> = { jw: 'Jeugdwet', wmo: 'Wmo' }

/** The same as what can be chosen. */
export const WETTEN = [
  { waarde: 'jw', naam: WETNAAM.jw },
  { waarde: 'wmo', naam: WETNAAM.wmo },
] as const
