import type { Omvang } from '../../src/domains/declaraties/controle/omvang.ts'
import {
  checkPrestatie,
  type Feiten,
  type Prestatie,
  type Toewijzing,
} from '../../src/domains/declaraties/controle/rules.ts'

/** A line without fault, with what is known about it, to start a case from. */

export const prestatie = (deel: Partial<Prestatie> = {}): Prestatie => ({
  referentie: 'R1',
  vorigeReferentie: null,
  toewijzingNummer: 100,
  categorie: '45',
  code: '45A04',
  begin: '2025-03-01',
  eind: '2025-03-31',
  volume: 10,
  eenheid: '04',
  tarief: 8000,
  bedrag: 80_000,
  debet: true,
  ...deel,
})

export const omvang = (deel: Partial<Omvang> = {}): Omvang => ({
  volume: 20,
  eenheid: '04',
  frequentie: '4',
  ingang: '2025-01-01',
  eind: '2025-12-31',
  variant: 'inspanning',
  domein: 'jw',
  categorie: '45',
  ...deel,
})

export const toewijzing = (deel: Partial<Toewijzing> = {}): Toewijzing => ({
  categorie: '45',
  code: '45A04',
  ingang: '2025-01-01',
  eind: '2025-12-31',
  verwijderd: false,
  omvang: omvang(),
  budget: null,
  ...deel,
})

export const feiten = (deel: Partial<Feiten> = {}): Feiten => ({
  periodeEind: '2025-03-31',
  toewijzing: toewijzing(),
  product: product(),
  referentieBekend: false,
  origineel: undefined,
  origineelGecrediteerd: false,
  openDebet: false,
  geleverd: 0,
  gedeclareerd: 0,
  ...deel,
})

type Product = NonNullable<Feiten['product']>
export const product = (deel: Partial<Product> = {}): Product => ({
  categorie: '45',
  eenheid: '04',
  tarief: 8000,
  minuutTarief: 133,
  gecontracteerd: true,
  ...deel,
})

/** The rules that this line breaks. */
export const codes = (p: Prestatie, f: Feiten): string[] => checkPrestatie(p, f).map(b => b.regel)

/** Every finding as rows of text, each space an ordinary one: rule, return code, and per fact what, claimed and agreed. */
export const uitkomst = (p: Prestatie, f: Feiten): string[][] =>
  checkPrestatie(p, f).flatMap(b =>
    b.feiten.map(({ wat, gedeclareerd, afgesproken }) =>
      [b.regel, b.retourcode, wat, gedeclareerd, afgesproken].map(tekst => tekst.replaceAll('\u00a0', ' ')),
    ),
  )
