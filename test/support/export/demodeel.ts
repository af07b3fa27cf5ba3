import { type Aangeleverd, loadRegio } from '../../../src/app/regio/laden.ts'
import { makeRegio, toCsv, toTabellen } from '../../../src/demoregio/index.ts'
import { writeBericht } from '../../../src/domains/istandaard/xml/schrijven.ts'
import type { Omgeving } from '../../../src/platform/http/ctx.ts'
import type { TestDatabase } from '../database.ts'

/** The clock of the slice: a Sunday in the third year of its figures. */
export const NU_DEMODEEL = new Date('2026-11-22T12:00:00+01:00')
const OPTIES = { seed: 1, schaal: 0.1, jaren: 'verschoven', peildatum: '2026-11-22' } as const

/** Three large providers, of which the first works for both laws, and their messages with these two municipalities. */
const AANBIEDERS = new Set(['99990244', '99990192', '99990076'])
/** Two of whose contract there are two versions: of these only what was agreed. */
const AFGESPROKEN = new Set([...AANBIEDERS, '99990001', '99990079'])
const GEMEENTEN = new Set(['0355', '0310'])

/**
 * A slice of the demonstration, through the real intake: a few providers and two municipalities, with the policy, the goals,
 * the payments and the exchanges of the whole. Every list of the application has something to show, in seconds.
 */
export async function laadDemodeel(db: TestDatabase): Promise<Omgeving> {
  const omgeving = { database: db.database, kluis: db.kluis, klok: () => NU_DEMODEEL }
  const regio = makeRegio(OPTIES)
  const { referentie } = regio
  const contracten = referentie.contracten.filter(({ agb }) => AFGESPROKEN.has(agb))
  const nummers = new Set(contracten.map(({ nummer }) => nummer))
  const tabellen = toTabellen(
    {
      ...referentie,
      contracten,
      aanbieders: referentie.aanbieders.filter(({ agb }) => AFGESPROKEN.has(agb)),
      aanbiederplafonds: referentie.aanbiederplafonds.filter(({ agb }) => AFGESPROKEN.has(agb)),
      tarieven: referentie.tarieven.filter(({ contract }) => nummers.has(contract)),
    },
    regio.verwijzingen.filter((_, i) => i % 20 === 0),
  )
  await loadRegio(omgeving, {
    naam: referentie.naam,
    inrichting: tabellen.map(tabel => ({ naam: tabel.naam, bytes: Buffer.from(toCsv(tabel)) })),
    verkeer: messages(regio.verkeer()),
    voorvallen: true,
  })
  await fillIn(db)
  return omgeving
}

/** What the demonstration has none of, so that no column of money or of days is empty. */
async function fillIn({ owner }: TestDatabase): Promise<void> {
  await owner.query(`
    create temporary table elders as
    select p.gemeente, p.declaratie_id, p.regel
    from declaraties.declaratie d join declaraties.prestatie v using (gemeente, declaratie_id)
    join toegang.client c on c.gemeente = v.gemeente and c.client_id = v.client_id
    join toegang.client e on e.persoon = c.persoon and e.gemeente <> c.gemeente
    join declaraties.prestatie p on p.gemeente = e.gemeente and p.client_id = e.client_id and p.code = v.code
      and p.begin <= v.eind and p.eind >= v.begin and p.goedgekeurd and p.debet
    where d.nummer = 'V000000001';
    insert into declaraties.samenloop_oordeel (gemeente, declaratie_id, regel, oordeel, reden, door, op)
    select gemeente, declaratie_id, regel, 'niet-betalen', 'Al betaald door de andere gemeente.', 'systeem:test', now() + interval '1 day'
    from elders;
    update declaraties.betaling set betaald_op = null, betaald_door = null
    where (gemeente, declaratie_id) in (select gemeente, declaratie_id from elders);
    drop table elders;
    update declaraties.declaratie set overgenomen = true where declaratie_id = (select min(declaratie_id) from declaraties.declaratie);
    update toegang.toewijzing_versie set budget = 1234567
    where (gemeente, toewijzing_id) in (select gemeente, toewijzing_id from toegang.toewijzing order by nummer limit 3);
    update declaraties.betaling set vervalt_op = '2026-10-19' where betaling_id = (
      select min(betaling_id) from declaraties.betaling where betaald_op is null);
    update declaraties.betaling set bedrag = -bedrag where betaling_id = (
      select max(betaling_id) from declaraties.betaling join declaraties.declaratie using (gemeente, declaratie_id)
      where betaald_op is null and bedrag <> 0 and nummer not like 'V%');
    update contracten.contractversie set geldigheid = daterange(lower(geldigheid), '2031-01-01') where contract_id = 1;
    update contracten.product set geldigheid = daterange(lower(geldigheid), '2031-01-01') where product_id = 1;
    update kaders.interventie set licentiekosten = 123456 + interventie_id;
    update aanbieders.aanbieder set iban = 'NL91ABNA0417164300', email = 'a@zorg.example', telefoon = '030 1234567';
    update platform.gebruiker_stand set vanaf = '2026-10-01T09:30:00+02'`)
  await owner.query('analyze')
}

/** Those between these providers and these municipalities, as files. */
function* messages(verkeer: ReturnType<ReturnType<typeof makeRegio>['verkeer']>): Generator<Aangeleverd> {
  for (const { ontvangenOp, bericht } of verkeer) {
    const { afzender, ontvanger } = bericht.header
    if (
      [afzender, ontvanger].some(p => AANBIEDERS.has(p)) &&
      [afzender, ontvanger].some(p => GEMEENTEN.has(p))
    )
      yield { ontvangenOp, bytes: Buffer.from(writeBericht(bericht)) }
  }
}
