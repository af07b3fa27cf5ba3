import type pg from 'pg'
import type { Omgeving } from '../../src/platform/http/ctx.ts'
import { AGB_A, declaratiebericht, GEMEENTE_A, lever, startbericht, toewijzingsbericht } from './regio.ts'

/** What differs between a row and its copies: SQL for a column, in which `n` counts the copies from 1. */
type Anders = Readonly<Record<string, string>>

/** Copies rows of a table so many times; keys that the database gives are new. */
export async function copyRows(
  owner: pg.Pool,
  tabel: string,
  keer: number,
  anders: Anders = {},
  waar = 'true',
): Promise<void> {
  const { rows } = await owner.query<{ naam: string }>(
    `select attname as naam from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`,
    [tabel],
  )
  const namen = rows.map(rij => rij.naam)
  const waarden = namen.map(naam => anders[naam] ?? `x.${naam}`)
  await owner.query(
    `insert into ${tabel} (${namen.join(', ')})
     select ${waarden.join(', ')} from ${tabel} x, generate_series(1, ${keer}) n where ${waar}`,
  )
}

/** The messages of one resident; the claim has so many lines, of as many months. */
export async function deliverResident(omgeving: Omgeving, i: number, regels: number): Promise<void> {
  const partij = { gemeente: GEMEENTE_A, agb: AGB_A, client: i, nummer: 100 + i }
  await lever(
    omgeving,
    toewijzingsbericht({ ...partij, identificatie: `T${i}` }),
    startbericht({ ...partij, identificatie: `S${i}` }),
    declaratiebericht({
      ...partij,
      identificatie: `D${i}`,
      nummer: `DN${i}`,
      regels: Array.from({ length: regels }, (_, r) => ({
        ...partij,
        referentie: `R${i}-${r}`,
        // Half of them is refused: a page of a claim shows both.
        ...(r % 2 === 1 && { tarief: 1 }),
      })),
    }),
  )
}

/** A weighing of which nothing is filled in yet. */
const WEGING = {
  doelTekst: 'Veilig',
  betrokkenen: 'Gezinnen',
  alternatieven: { anoniem: '', minst: '', zelf: '' },
  toestemming: false,
  doorgifte: '',
  beveiliging: '',
  stromen: [],
  dpia: {},
  dpiaVerwijzing: '',
}

/** One of everything that policy, its yardsticks and its weighings have, under the first dossier. */
export async function seedBeleid(owner: pg.Pool, gebruiker: number): Promise<void> {
  // The run that is under way is the last, also when finished ones come beside it.
  await owner.query('update beleid.doorloop set nummer = 10')
  await owner.query(
    `with l as (select doorloop_id, dossier_id, methode_id from beleid.doorloop),
     b as (insert into beleid.bijdrage (doorloop_id, dossier_id, vraag, soort, tekst, door)
       select doorloop_id, dossier_id, 'k1', 'bijdrage', 'Bijdrage', $1 from l),
     c as (insert into beleid.conclusie (doorloop_id, dossier_id, kwadrant, richting, tekst, raakt)
       select doorloop_id, dossier_id, 'vangnet', 'behouden', 'Conclusie', 'niets' from l returning *),
     o as (insert into beleid.opdracht (conclusie_id, dossier_id, bestemming, wat, eigenaar)
       select conclusie_id, dossier_id, 'inkoop', 'Opdracht', $1 from c returning *),
     os as (insert into beleid.opdracht_stap (opdracht_id, dossier_id, staat) select opdracht_id, dossier_id, 'open' from o),
     s as (insert into beleid.scenario (dossier_id, naam, groep, methode_id, patroon, segmenten, beginjaar, basis)
       select dossier_id, 'Scenario', 'Eenzame mensen', methode_id, 'impuls', '{1}', 2026, 100000 from l returning *)
     insert into beleid.scenario_stap (scenario_id, dossier_id, versie, stap, stand)
     select scenario_id, dossier_id, 1, 'maak', '{}' from s`,
    [gebruiker],
  )
  await owner.query(
    `with doel as (insert into kaders.doel (boom, soort, tekst, volgorde, indicator, richting)
       values ('Boom', 'indicator', 'Doel', 1, 'clienten', 'lager')),
     opgave as (insert into kaders.opgave (thema, titel, doelgroep, van, naar, hefbomen, indicator, richting)
       values ('Thema', 'Opgave', 'x', 'x', 'x', '{inkoop}', 'besteed', 'lager') returning opgave_id),
     actie as (insert into kaders.opgave_actie (opgave_id, hefboom, tekst) select opgave_id, 'inkoop', 'x' from opgave),
     voortgang as (insert into kaders.opgave_voortgang (opgave_id, datum, verhaal)
       select opgave_id, '2026-01-01', 'x' from opgave),
     staat as (insert into kaders.opgave_staat (opgave_id, staat) select opgave_id, 'voorgenomen' from opgave),
     interventie as (insert into kaders.interventie (naam, omschrijving, bewijs, doelgroep, inzetbaar_door)
       values ('Interventie', 'x', 'onbewezen', 'x', 'x') returning interventie_id),
     resultaat as (insert into kaders.interventie_resultaat (interventie_id, maat, waarde, eenheid, periode, bron)
       select interventie_id, 'x', 1, 'x', 'x', 'x' from interventie),
     reikwijdte as (insert into kaders.reikwijdte (wet, onderwerp) values ('jw', 'Reikwijdte') returning reikwijdte_id)
     insert into kaders.reikwijdte_versie (reikwijdte_id, geldigheid, oordeel, grond)
     select reikwijdte_id, '[2025-01-01,)', 'wel', 'x' from reikwijdte`,
  )
  await owner.query(
    `with w as (insert into uitwisseling.weging (lijst_id, dossier_id, activiteit, doel, inhoud, geldig_vanaf, opstellers)
       select lijst_id, (select dossier_id from beleid.dossier), 'Overleg', 'veiligheid', $2::jsonb, '2026-01-01',
         array[$1::integer] from uitwisseling.gegevenslijst returning weging_id)
     insert into uitwisseling.weging_stap (weging_id, versie, stap, stand) select weging_id, 1, 'maak', $2::jsonb from w`,
    [gebruiker, JSON.stringify(WEGING)],
  )
  await owner.query(
    `insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op)
     values ('\\x00', 'Proef', $1, '{cijfers.lezen}', now() + interval '1 day')`,
    [gebruiker],
  )
}

const NAAM = { naam: `x.naam || ' ' || n` }
const TEKST = { tekst: `x.tekst || ' ' || n` }

/** Ten of what there was one of: beside it, and under it. */
export async function growTenfold(owner: pg.Pool): Promise<void> {
  const maal = (tabel: string, anders: Anders = {}, waar = 'true') => copyRows(owner, tabel, 9, anders, waar)
  await maal('beleid.dossier', NAAM)
  await maal('beleid.aanbod', NAAM)
  await maal('beleid.doorloop', { nummer: 'x.nummer - n', staat: `'vastgesteld'` })
  await maal('beleid.bijdrage', TEKST)
  await maal('beleid.conclusie', TEKST)
  await maal('beleid.opdracht', { wat: `x.wat || n` })
  await maal('beleid.opdracht_stap')
  await maal('beleid.scenario', NAAM)
  await maal('beleid.scenario_stap', { versie: 'x.versie + n' })
  await maal('kaders.doel', { tekst: `x.tekst || n`, volgorde: 'x.volgorde + n' })
  await maal('kaders.opgave', { titel: `x.titel || n` })
  await maal('kaders.opgave_actie')
  await maal('kaders.opgave_voortgang', { datum: 'x.datum + n' })
  await maal('kaders.interventie', NAAM)
  await maal('kaders.interventie_resultaat')
  await maal('kaders.reikwijdte', { onderwerp: 'x.onderwerp || n' })
  await maal('kaders.reikwijdte_versie', {
    geldigheid: `daterange(date '2010-01-01' + n, date '2010-01-02' + n)`,
  })
  await maal('uitwisseling.weging', { activiteit: 'x.activiteit || n' })
  await maal('uitwisseling.weging_stap', { versie: 'x.versie + n' })
  await maal('aanbieders.aanbieder', { naam: 'x.naam || n', agb: `(x.agb::bigint + 10 * n)::text` })
  await maal('aanbieders.locatie', { volgnummer: 'x.volgnummer + n' })
  await maal('contracten.segment', {
    naam: 'x.naam || n',
    code: `x.code || n`,
    volgorde: 'x.volgorde + 10 * n',
  })
  await maal('contracten.contract', { nummer: 'x.nummer || n' })
  await owner.query(
    `insert into contracten.contractversie select contract_id, aanbieder_id, '[2025-01-01,)' from contracten.contract c
     where not exists (select from contracten.contractversie v where v.contract_id = c.contract_id)`,
  )
  await maal('contracten.budgetplafond', { jaar: 'x.jaar - 10 * n' })
  await maal('contracten.aanbiederplafond', { jaar: 'x.jaar + n' })
  await maal('platform.token', { naam: 'x.naam || n', sleutel_hash: `decode(lpad(n::text, 4, '0'), 'hex')` })
  await maal(
    'platform.gebruiker',
    { naam: 'x.naam || n', email: `n || x.email`, sub: 'null', uitgever: 'null' },
    `not x.demonstratie`,
  )
}
