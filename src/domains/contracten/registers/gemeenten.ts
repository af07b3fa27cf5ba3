import { sql } from 'kysely'
import { searchEis } from '../../../platform/db/lijst.ts'
import { defineRegister } from '../../../platform/register/register.ts'
import { cijfercode, getal, keuze, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { listGemeenten } from './keuzes.ts'
import { findGemeenteafspraken } from './raakt.ts'

/** The municipalities that work together here. Everything that somebody may see hangs on them. */
export const GEMEENTEN = defineRegister({
  naam: 'gemeenten',
  een: 'gemeente',
  deze: 'deze gemeente',
  velden: {
    code: cijfercode({
      label: 'Wat is de gemeentecode?',
      kop: 'Code',
      hulp: 'De code van het CBS',
      noem: 'de gemeentecode',
      cijfers: 4,
    }),
    naam: tekst({ label: 'Hoe heet de gemeente?', kop: 'Naam', noem: 'de naam', max: 100 }),
  },
  sleutel: ['code'],
  rechten: { lezen: 'gemeenten.beheren', schrijven: 'gemeenten.beheren' },
  grond: 'Beheer van de toepassing',
  blad: {
    titel: 'Gemeenten',
    inleiding: 'De gemeenten die hier samenwerken. Daar hangt alles aan: wie wat ziet, en wie wat betaalt.',
    toont: ['code', 'naam'],
    orde: { kolom: 'naam', richting: 'op' },
  },
  bron: {
    kolommen: sql`g.code, g.naam`,
    van: sql`contracten.gemeente g`,
    sleutel: sql`g.code`,
    volgorde: { code: sql`g.code`, naam: sql`g.naam` },
    eisen: { zoek: searchEis(sql`g.code`, sql`g.naam`) },
  },
  raakt: [findGemeenteafspraken],
  async insert(tx, rijen) {
    await sql`insert into contracten.gemeente (code, naam) select r.code, r.naam from ${rijen}`.execute(tx)
  },
  async update(tx, rijen) {
    await sql`update contracten.gemeente g set naam = r.naam from ${rijen} where g.code = r.code`.execute(tx)
  },
  async remove(tx, rijen) {
    await sql`delete from contracten.gemeente g using ${rijen} where g.code = r.code`.execute(tx)
  },
})

const LEEFTIJDEN = [
  { waarde: '0-17', naam: '0 tot en met 17 jaar' },
  { waarde: '18-64', naam: '18 tot en met 64 jaar' },
  { waarde: '65+', naam: '65 jaar en ouder' },
] as const

/** How many people live in a municipality: what figures are divided by. */
export const INWONERTALLEN = defineRegister({
  naam: 'inwonertallen',
  een: 'inwonertal',
  deze: 'dit inwonertal',
  velden: {
    gemeente: verwijzing({
      label: 'Welke gemeente?',
      kop: 'Gemeente',
      kies: 'Kies een gemeente.',
      cijfers: 4,
    }),
    jaar: getal({
      label: 'Welk jaar?',
      kop: 'Jaar',
      leeg: 'Vul een jaar in.',
      min: 2015,
      max: 2100,
      aaneen: true,
    }),
    leeftijd: keuze({
      label: 'Welke leeftijd?',
      kop: 'Leeftijd',
      kies: 'Kies een leeftijdsgroep.',
      opties: LEEFTIJDEN,
    }),
    aantal: getal({
      label: 'Hoeveel inwoners op 1 januari?',
      kop: 'Aantal',
      leeg: 'Vul het aantal inwoners in.',
      max: 10_000_000,
    }),
  },
  sleutel: ['gemeente', 'jaar', 'leeftijd'],
  rechten: { lezen: 'cijfers.lezen', schrijven: 'contracten.beheren' },
  grond: 'Beheer van de toepassing',
  blad: {
    titel: 'Inwonertallen',
    inleiding: 'Hoeveel inwoners een gemeente op 1 januari had. Cijfers per inwoner worden hierdoor gedeeld.',
    toont: ['gemeente', 'jaar', 'leeftijd', 'aantal'],
    orde: { kolom: 'jaar', richting: 'af' },
  },
  keuzes: async db => ({ gemeente: await listGemeenten(db) }),
  bron: {
    kolommen: sql`i.gemeente, i.jaar, i.leeftijd, i.aantal`,
    van: sql`contracten.inwonertal i`,
    sleutel: sql`concat_ws('~', i.gemeente, i.jaar, i.leeftijd)`,
    volgorde: { gemeente: sql`i.gemeente`, jaar: sql`i.jaar`, aantal: sql`i.aantal` },
    eisen: {},
  },
  async insert(tx, rijen) {
    await sql`
      insert into contracten.inwonertal (gemeente, jaar, leeftijd, aantal)
      select r.gemeente, r.jaar, r.leeftijd, r.aantal from ${rijen}`.execute(tx)
  },
  async update(tx, rijen) {
    await sql`
      update contracten.inwonertal i set aantal = r.aantal from ${rijen}
      where (i.gemeente, i.jaar, i.leeftijd) = (r.gemeente, r.jaar, r.leeftijd)`.execute(tx)
  },
  async remove(tx, rijen) {
    await sql`
      delete from contracten.inwonertal i using ${rijen}
      where (i.gemeente, i.jaar, i.leeftijd) = (r.gemeente, r.jaar, r.leeftijd)`.execute(tx)
  },
})
