import type { Risico } from '../methode/rules.ts'

/** How a legal risk is called, and how it looks. */
export const RISICO: Readonly<Record<Risico, { naam: string; toon: 'succes' | 'waarschuwing' | 'fout' }>> = {
  laag: { naam: 'Juridisch risico laag', toon: 'succes' },
  hoger: { naam: 'Juridisch risico hoger', toon: 'waarschuwing' },
  uitgesloten: { naam: 'Juridisch uitgesloten', toon: 'fout' },
}
