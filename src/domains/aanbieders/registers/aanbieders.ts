import { sql } from 'kysely'
import { searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Letopvraag } from '../../../platform/register/letop.ts'
import { defineRegister } from '../../../platform/register/register.ts'
import {
  agb,
  email,
  getal,
  iban,
  kenmerk,
  kvk,
  tekst,
  telefoon,
  verwijzing,
} from '../../../platform/velden/soorten.ts'
import { listAanbieders } from './keuzes.ts'

const RECHTEN = { lezen: 'contracten.beheren', schrijven: 'contracten.beheren' } as const
const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'

/** Who delivers care: how they are known to the standard, paid and reached. */
export const AANBIEDERS = defineRegister({
  naam: 'aanbieders',
  een: 'aanbieder',
  deze: 'deze aanbieder',
  velden: {
    agb: agb({ label: 'Wat is de AGB-code?', kop: 'AGB-code' }),
    naam: tekst({ label: 'Hoe heet de aanbieder?', kop: 'Naam', noem: 'de naam', max: 200 }),
    kvk: kvk({ label: 'Wat is het KvK-nummer?', kop: 'KvK-nummer', verplicht: false }),
    iban: iban({ label: 'Op welke rekening wordt betaald?', kop: 'IBAN', verplicht: false }),
    email: email({ label: 'Wat is het e-mailadres?', kop: 'E-mail', verplicht: false }),
    telefoon: telefoon({ label: 'Wat is het telefoonnummer?', kop: 'Telefoon', verplicht: false }),
  },
  sleutel: ['agb'],
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Aanbieders inrichten',
    inleiding: 'Wie hulp levert: hoe zij in het berichtenverkeer heten, en waar zij betaald worden.',
    toont: ['naam', 'agb', 'kvk', 'iban'],
    orde: { kolom: 'naam', richting: 'op' },
  },
  letOp: findSameAccount,
  bron: {
    kolommen: sql`a.agb, a.naam, a.kvk, a.iban, a.email, a.telefoon`,
    van: sql`aanbieders.aanbieder a`,
    sleutel: sql`a.agb`,
    volgorde: { agb: sql`a.agb`, naam: sql`a.naam` },
    eisen: { zoek: searchEis(sql`a.agb`, sql`a.naam`, sql`a.kvk`) },
  },
  async insert(tx, rijen) {
    await sql`
      insert into aanbieders.aanbieder (agb, naam, kvk, iban, email, telefoon)
      select r.agb, r.naam, r.kvk, r.iban, r.email, r.telefoon from ${rijen}`.execute(tx)
  },
  async update(tx, rijen) {
    await sql`
      update aanbieders.aanbieder a set naam = r.naam, kvk = r.kvk, iban = r.iban, email = r.email,
        telefoon = r.telefoon from ${rijen} where a.agb = r.agb`.execute(tx)
  },
  async remove(tx, rijen) {
    await sql`delete from aanbieders.aanbieder a using ${rijen} where a.agb = r.agb`.execute(tx)
  },
})

/** Two providers with one account: a mistake, or two names of one owner; whoever pays must know which. */
async function findSameAccount(
  db: Db,
  wijzigingen: Parameters<Letopvraag>[1],
): Promise<Awaited<ReturnType<Letopvraag>>> {
  const anders = wijzigingen.filter(({ oud, nieuw }) => nieuw?.iban != null && nieuw.iban !== oud?.iban)
  const { rows } = await sql<{ agb: string; ook: string }>`
    select a.agb, string_agg(b.naam || ' (' || b.agb || ')', ', ' order by b.naam, b.agb) as ook
    from aanbieders.aanbieder a join aanbieders.aanbieder b on b.iban = a.iban and b.agb <> a.agb
    where a.agb = any (${anders.map(({ sleutel }) => sleutel)}::text[]) group by a.agb`.execute(db)
  return rows.map(({ agb, ook }) => ({
    sleutel: agb,
    veld: 'iban',
    melding: `Dit rekeningnummer hoort ook bij ${ook}.`,
    verwacht: 'een rekening van deze aanbieder alleen',
  }))
}

/** Where a provider delivers. */
export const LOCATIES = defineRegister({
  naam: 'locaties',
  een: 'locatie',
  deze: 'deze locatie',
  velden: {
    aanbieder: verwijzing({
      label: 'Van welke aanbieder?',
      kop: 'Aanbieder',
      kies: 'Kies een aanbieder.',
      cijfers: 8,
    }),
    volgnummer: getal({
      label: 'De hoeveelste locatie van deze aanbieder?',
      kop: 'Volgnummer',
      leeg: 'Vul een getal van 1 tot en met 9.999 in.',
      min: 1,
      max: 9999,
    }),
    naam: tekst({ label: 'Hoe heet de locatie?', kop: 'Naam', noem: 'de naam', max: 200 }),
    postcode: kenmerk({
      label: 'Wat is de postcode?',
      kop: 'Postcode',
      noem: 'de postcode',
      max: 7,
      verplicht: false,
      breedte: 'kort',
    }),
    plaats: tekst({ label: 'In welke plaats?', kop: 'Plaats', noem: 'de plaats', max: 100 }),
  },
  sleutel: ['aanbieder', 'volgnummer'],
  rechten: RECHTEN,
  grond: GROND,
  blad: {
    titel: 'Locaties',
    inleiding: 'Waar een aanbieder hulp levert.',
    toont: ['naam', 'aanbieder', 'postcode', 'plaats'],
    orde: { kolom: 'aanbieder', richting: 'op' },
  },
  keuzes: async db => ({ aanbieder: await listAanbieders(db) }),
  bron: {
    kolommen: sql`a.agb as aanbieder, l.volgnummer, l.naam, l.postcode, l.plaats`,
    van: sql`aanbieders.locatie l join aanbieders.aanbieder a using (aanbieder_id)`,
    sleutel: sql`concat_ws('~', a.agb, l.volgnummer)`,
    volgorde: { aanbieder: sql`a.naam`, plaats: sql`l.plaats` },
    eisen: { zoek: searchEis(sql`a.naam`, sql`l.naam`, sql`l.plaats`, sql`l.postcode`) },
  },
  async insert(tx, rijen) {
    await sql`
      insert into aanbieders.locatie (aanbieder_id, volgnummer, naam, postcode, plaats)
      select a.aanbieder_id, r.volgnummer, r.naam, r.postcode, r.plaats
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder`.execute(tx)
  },
  async update(tx, rijen) {
    await sql`
      update aanbieders.locatie l set naam = r.naam, postcode = r.postcode, plaats = r.plaats
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder
      where (l.aanbieder_id, l.volgnummer) = (a.aanbieder_id, r.volgnummer)`.execute(tx)
  },
  async remove(tx, rijen) {
    await sql`
      delete from aanbieders.locatie l using ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder
      where (l.aanbieder_id, l.volgnummer) = (a.aanbieder_id, r.volgnummer)`.execute(tx)
  },
})
