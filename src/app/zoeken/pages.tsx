import type { ReactNode } from 'react'
import { searchAanbieders } from '../../domains/aanbieders/index.ts'
import { listByIdentificatie, soortNaam } from '../../domains/berichten/index.ts'
import { listContractenByNummer, listProducten } from '../../domains/contracten/index.ts'
import { listByNummer as listDeclaraties } from '../../domains/declaraties/index.ts'
import { searchDossiers } from '../../domains/dossiers/index.ts'
import { searchKaders } from '../../domains/kaders/index.ts'
import { listByNummer as listToewijzingen } from '../../domains/toegang/index.ts'
import { searchWegingen } from '../../domains/uitwisseling/index.ts'
import { isBsn } from '../../platform/crypto.ts'
import { formatMaand } from '../../platform/dates.ts'
import type { Db } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { likePattern, numberOrNull, readVraag } from '../../platform/http/vraag.ts'
import { Alinea, formatGetal, Kop, LegeStaat, Lijst, Link, Melding } from '../../platform/ui/index.ts'

interface Groep {
  naam: string
  items: ReactNode[]
}

/** Shorter than this finds half of everything. */
const KORTSTE = 2

/** One search over everything that this person may see; never by BSN, which would then stand in an address. */
export function registerZoeken(app: App): void {
  app.get('/zoeken', { config: { recht: 'zoeken' }, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request
    const q = (readVraag(request).q ?? '').trim().slice(0, 100)
    const lijktBsn = isBsn(q.replaceAll(/[\s.]/g, ''))
    const groepen = q.length < KORTSTE ? [] : await ctx.read(db => search(db, ctx, q))
    const aantal = groepen.reduce((som, groep) => som + groep.items.length, 0)
    return sendPagina(request, reply, {
      titel: 'Zoeken',
      zoekterm: q,
      inleiding:
        q.length < KORTSTE
          ? 'Typ minstens twee tekens in het zoekveld bovenaan.'
          : aantal === 0
            ? `Niets gevonden voor «${q}».`
            : `${aantal === 1 ? '1 resultaat' : `${formatGetal(aantal)} resultaten`} voor «${q}».`,
      children: (
        <>
          {lijktBsn && ctx.wie.rechten.has('toewijzingen.lezen') ? (
            <Melding soort="info" kop="Zoekt u een cliënt op BSN?">
              Dat kan niet in dit zoekveld: een BSN mag niet in een adres komen te staan. Gebruik «Zoek een
              cliënt» bij <Link href="/toewijzingen">Toewijzingen</Link>.
            </Melding>
          ) : null}
          {groepen.map(groep => (
            <section key={groep.naam} aria-label={groep.naam}>
              <Kop niveau={2}>{groep.naam}</Kop>
              <Lijst items={groep.items} />
            </section>
          ))}
          {q.length < KORTSTE || aantal === 0 ? <Uitleg leeg={q.length < KORTSTE} /> : null}
        </>
      ),
    })
  })
}

function Uitleg({ leeg }: { leeg: boolean }) {
  return (
    <LegeStaat kop={leeg ? 'Waar kunt u op zoeken?' : 'Niet gevonden wat u zocht?'}>
      <Lijst
        items={[
          'een aanbieder: naam, AGB-code of KvK-nummer',
          'een contract: het begin van het contractnummer',
          'een product: naam of productcode',
          'een beleidsdossier: naam of thema',
          'een doel, veranderopgave, interventie of onderwerp uit de reikwijdte: een deel van de naam',
          'een weging van gegevensuitwisseling: activiteit, doel of dossier',
          'een bericht: de hele identificatie',
          'een declaratie: het hele declaratienummer',
          'een toewijzing: het hele toewijzingnummer',
        ]}
      />
      <Alinea>U vindt alleen wat u met uw rol mag zien.</Alinea>
    </LegeStaat>
  )
}

async function search(db: Db, { wie, vandaag }: Ctx, q: string): Promise<Groep[]> {
  const mag = (recht: Parameters<typeof wie.rechten.has>[0]) => wie.rechten.has(recht)
  const deel = likePattern(q) ?? ''
  const nummer = numberOrNull(q)
  const aanbieders = mag('aanbieders.lezen') ? await searchAanbieders(db, deel) : []
  const contracten = mag('contracten.lezen') ? await listContractenByNummer(db, deel.slice(1), vandaag) : []
  const producten = mag('contracten.lezen') ? await listProducten(db, deel) : []
  const toewijzingen = mag('toewijzingen.lezen') && nummer !== null ? await listToewijzingen(db, nummer) : []
  const declaraties = mag('declaraties.lezen') ? await listDeclaraties(db, q) : []
  const berichten = mag('berichten.lezen') ? await listByIdentificatie(db, q) : []
  const dossiers = mag('beleid.lezen') ? await searchDossiers(db, deel) : []
  const kaders = mag('beleid.lezen') ? await searchKaders(db, deel) : []
  const wegingen = mag('uitwisseling.lezen') ? await searchWegingen(db, q) : []
  return [
    {
      naam: 'Aanbieders',
      items: aanbieders.map(a => (
        <>
          <Link href={`/aanbieders/${a.aanbiederId}`}>{a.naam}</Link> · AGB {a.agb}
          {a.plaats === null ? '' : ` · ${a.plaats}`}
        </>
      )),
    },
    {
      naam: 'Contracten',
      items: contracten.map(c => (
        <>
          <Link href={`/contracten/${c.contractId}`}>{c.nummer}</Link> · {c.aanbieder}
        </>
      )),
    },
    {
      naam: 'Producten',
      items: producten.map(p => (
        <>
          {p.naam} · {p.code} · {p.segment} · in {formatGetal(p.contracten)}{' '}
          {p.contracten === 1 ? 'contract' : 'contracten'}
        </>
      )),
    },
    {
      naam: 'Beleidsdossiers',
      items: dossiers.map(d => (
        <>
          <Link href={`/beleid/dossiers/${d.dossierId}`}>{d.naam}</Link> · {d.thema} ·{' '}
          {d.gemeenteNaam ?? 'de regio'}
        </>
      )),
    },
    {
      naam: 'Doelen, opgaven, interventies en reikwijdte',
      items: kaders.map(k => (
        <>
          <Link href={k.pad}>{k.naam}</Link> · {k.soort} · {k.gemeenteNaam ?? 'de regio'}
        </>
      )),
    },
    {
      naam: 'Gegevensuitwisseling',
      items: wegingen.map(w => (
        <>
          <Link href={`/uitwisselingen/${w.wegingId}`}>{w.activiteit}</Link> · {w.gemeenteNaam ?? 'de regio'}
        </>
      )),
    },
    {
      naam: 'Toewijzingen',
      items: toewijzingen.map(t => (
        <>
          <Link href={`/toewijzingen/${t.gemeente}/${t.toewijzingId}`}>{`Toewijzing ${t.nummer}`}</Link> ·{' '}
          {t.gemeenteNaam} · {t.domein === 'jw' ? 'Jeugdwet' : 'Wmo'}
        </>
      )),
    },
    {
      naam: 'Declaraties',
      items: declaraties.map(d => (
        <>
          <Link href={`/declaraties/${d.gemeente}/${d.declaratieId}`}>{`Declaratie ${d.nummer}`}</Link> ·{' '}
          {d.aanbieder} · {d.gemeenteNaam} · {formatMaand(d.maand)}
        </>
      )),
    },
    {
      naam: 'Berichten',
      items: berichten.map(b => (
        <>
          <Link href={`/berichten/${b.gemeente}/${b.berichtId}`}>
            {`${soortNaam(b.soort)} ${b.identificatie}`}
          </Link>{' '}
          · {b.aanbieder ?? b.afzender} · {b.gemeenteNaam}
        </>
      )),
    },
  ].filter(groep => groep.items.length > 0)
}
