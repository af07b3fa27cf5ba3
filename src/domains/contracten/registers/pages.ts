import type { App } from '../../../platform/http/server.ts'
import { registerPaginas } from '../../../platform/register/paginas.tsx'
import { PRODUCTEN, SEGMENTEN } from './catalogus.ts'
import { GEMEENTEN, INWONERTALLEN } from './gemeenten.ts'
import { CONTRACTEN, PLAFONDS, TARIEVEN } from './overeenkomsten.ts'

/** Where a region puts in what it agreed. */
const INRICHTEN = '/inrichten'
const kruimels = [
  { naam: 'Start', href: '/' },
  { naam: 'Inrichten', href: '/inrichten' },
]

/** The pages on which municipalities, segments, products, contracts, prices and ceilings are put in and changed. */
export function registerRegisters(app: App): void {
  registerPaginas(app, GEMEENTEN, {
    pad: `${INRICHTEN}/gemeenten`,
    titel: 'Gemeenten',
    inleiding: 'De gemeenten die hier samenwerken. Daar hangt alles aan: wie wat ziet, en wie wat betaalt.',
    een: 'gemeente',
    kruimels,
    toont: ['code', 'naam'],
    orde: { kolom: 'naam', richting: 'op' },
  })
  registerPaginas(app, INWONERTALLEN, {
    pad: `${INRICHTEN}/inwonertallen`,
    titel: 'Inwonertallen',
    inleiding: 'Hoeveel inwoners een gemeente op 1 januari had. Cijfers per inwoner worden hierdoor gedeeld.',
    een: 'inwonertal',
    kruimels,
    toont: ['gemeente', 'jaar', 'leeftijd', 'aantal'],
    orde: { kolom: 'jaar', richting: 'af' },
  })
  registerPaginas(app, SEGMENTEN, {
    pad: `${INRICHTEN}/segmenten`,
    titel: 'Segmenten',
    inleiding: 'De delen waarin hulp wordt ingekocht. Een segment kan onder een ander vallen.',
    een: 'segment',
    kruimels,
    toont: ['naam', 'code', 'wet', 'ouder', 'volgorde'],
    orde: { kolom: 'volgorde', richting: 'op' },
    filters: ['wet'],
  })
  registerPaginas(app, PRODUCTEN, {
    pad: `${INRICHTEN}/producten`,
    titel: 'Producten',
    inleiding: 'De catalogus: wat kan worden toegewezen, en wanneer.',
    een: 'product',
    kruimels,
    toont: ['code', 'naam', 'wet', 'segment', 'eenheid', 'geldigheid'],
    orde: { kolom: 'code', richting: 'op' },
    filters: ['wet', 'segment'],
  })
  registerPaginas(app, CONTRACTEN, {
    pad: `${INRICHTEN}/contracten`,
    titel: 'Contracten inrichten',
    inleiding:
      'Met welke aanbieder is afgesproken dat hij hulp levert, waarvoor, voor welke gemeenten en hoelang.',
    een: 'contract',
    kruimels,
    toont: ['nummer', 'aanbieder', 'geldigheid', 'segmenten', 'gemeenten'],
    orde: { kolom: 'nummer', richting: 'op' },
    filters: ['aanbieder'],
  })
  registerPaginas(app, TARIEVEN, {
    pad: `${INRICHTEN}/tarieven`,
    titel: 'Tarieven',
    inleiding: 'Wat een product in een contract kost, en wanneer.',
    een: 'tarief',
    kruimels,
    toont: ['contract', 'product', 'wet', 'geldigheid', 'tarief'],
    orde: { kolom: 'contract', richting: 'op' },
    filters: ['wet'],
  })
  registerPaginas(app, PLAFONDS, {
    pad: `${INRICHTEN}/plafonds`,
    titel: 'Budgetplafonds',
    inleiding: 'Wat er in een segment mag worden uitgegeven, per gemeente en jaar.',
    een: 'plafond',
    kruimels,
    toont: ['segment', 'gemeente', 'jaar', 'bedrag', 'vastgesteldOp'],
    orde: { kolom: 'jaar', richting: 'af' },
    filters: ['segment', 'gemeente'],
  })
}
