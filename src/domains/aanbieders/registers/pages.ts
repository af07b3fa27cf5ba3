import type { App } from '../../../platform/http/server.ts'
import { registerPaginas } from '../../../platform/register/paginas.tsx'
import { AANBIEDERS, LOCATIES } from './aanbieders.ts'

const kruimels = [
  { naam: 'Start', href: '/' },
  { naam: 'Inrichten', href: '/inrichten' },
]

/** The pages on which providers and their locations are put in and changed. */
export function registerRegisters(app: App): void {
  registerPaginas(app, AANBIEDERS, {
    pad: '/inrichten/aanbieders',
    titel: 'Aanbieders inrichten',
    inleiding: 'Wie hulp levert: hoe zij in het berichtenverkeer heten, en waar zij betaald worden.',
    een: 'aanbieder',
    kruimels,
    toont: ['naam', 'agb', 'kvk', 'iban'],
    orde: { kolom: 'naam', richting: 'op' },
  })
  registerPaginas(app, LOCATIES, {
    pad: '/inrichten/locaties',
    titel: 'Locaties',
    inleiding: 'Waar een aanbieder hulp levert.',
    een: 'locatie',
    kruimels,
    toont: ['naam', 'aanbieder', 'postcode', 'plaats'],
    orde: { kolom: 'aanbieder', richting: 'op' },
  })
}
