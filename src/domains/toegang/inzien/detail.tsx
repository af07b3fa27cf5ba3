import type { ReactNode } from 'react'
import { audit } from '../../../platform/audit.ts'
import { type Datum, dateInNederland, formatDatum, formatPeriode } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readSleutel, readVraag } from '../../../platform/http/vraag.ts'
import { type Fout, notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  Datumveld,
  Filterbalk,
  formatMoment,
  type Gebeurtenis,
  KnopLink,
  Kop,
  Lijst,
  Link,
  Melding,
  parseDatumInvoer,
  Tabel,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { WETNAAM } from '../../contracten/index.ts'
import { currentMeldingen } from '../levering/rules.ts'
import { GROND, Standbadge, toewijzingPad } from './pages.tsx'
import {
  bekendOp,
  compareVersies,
  describeOmvang,
  describeTarief,
  geldendeStand,
  nietIngetrokken,
  redenNaam,
  type Stand,
  verwijzerNaam,
} from './rules.ts'
import {
  type Clientgegevens,
  findPrijzen,
  findToewijzing,
  listClientgegevens,
  listStanden,
  listStartStop,
  type Ontvangen,
  type Toewijzingsblad,
} from './store.ts'

/** What another domain adds to the page of a toewijzing, as known at the end of the day `op`. */
export type Aanvulling = (
  db: Db,
  ctx: Ctx,
  toewijzing: Toewijzingsblad & { stand: Stand },
  op: Datum,
) => Promise<ReactNode>

/**
 * The page of one toewijzing: what it says now (or said on a day), how it came to be, what was delivered. Claims are
 * shown by `aanvulling`: declaraties uses toegang and not the other way round, so the app hands it in.
 */
export function registerToewijzingPage(app: App, aanvulling: Aanvulling): void {
  const config = { recht: 'toewijzingen.lezen' } as const
  app.get('/toewijzingen/:gemeente/:id', { config, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request
    const sleutel = readSleutel(request, 'Toewijzing')
    const { op, fouten, gevraagd } = readDag(readVraag(request).op, ctx.vandaag)
    const gelezen = await ctx.write(async tx => {
      const blad = await findToewijzing(tx, sleutel)
      if (!blad) throw notFound('Toewijzing')
      const standen = await listStanden(tx, sleutel)
      const meldingen = bekendOp(await listStartStop(tx, sleutel), op)
      const bekend = bekendOp(standen, op)
      const geldig = nietIngetrokken(bekend, op)
      const stand = geldendeStand(geldig) ?? geldendeStand(bekend)
      const verzonden = stand === undefined || geldig.includes(stand)
      const gegevens = await listClientgegevens(tx, blad)
      await audit(tx, ctx, 'toewijzing.bekeken', GROND, {
        gemeente: blad.gemeente,
        toewijzing: blad.toewijzingId,
        client: blad.clientId,
      })
      const deel = stand ? await aanvulling(tx, ctx, { ...blad, ...nietsDan(stand), stand }, op) : null
      const tarief = stand && describeTarief(stand, await findPrijzen(tx, blad, stand), op)
      return { blad, standen, bekend, stand, tarief, verzonden, gegevens, meldingen, deel }
    })
    const { blad, standen, bekend, stand, tarief, verzonden, gegevens, meldingen, deel } = gelezen
    const terug = op !== ctx.vandaag
    return sendPagina(
      request,
      reply,
      {
        titel: `Toewijzing ${blad.nummer}`,
        inleiding: stand ? zin(blad, stand) : 'Deze toewijzing was toen nog niet bij ons bekend.',
        kruimels: [
          { naam: 'Start', href: '/' },
          { naam: 'Toewijzingen', href: '/toewijzingen' },
        ],
        acties: ctx.wie.rechten.has('declaraties.lezen') ? (
          <KnopLink href={`/declaraties?toewijzing=${blad.gemeente}.${blad.toewijzingId}`}>
            Declaraties bij deze toewijzing
          </KnopLink>
        ) : undefined,
        children: (
          <>
            {terug ? (
              <Melding soort="info" kop={`U ziet wat bekend was op ${formatDatum(op)}`}>
                {standen.length > bekend.length
                  ? 'Daarna is deze toewijzing nog veranderd. '
                  : 'Daarna is er niets meer aan veranderd. '}
                <Link href={toewijzingPad(blad)}>Toon wat nu bekend is</Link>
              </Melding>
            ) : null}
            {verzonden ? null : (
              <Melding soort="waarschuwing" kop="Deze toewijzing telt als niet verstuurd">
                De aanbieder kon het bericht niet verwerken (0001). Stuur een verbeterde toewijzing.
              </Melding>
            )}
            <Gecorrigeerd gegevens={gegevens} />
            {stand ? (
              <Afspraak blad={blad} stand={stand} tarief={tarief} ctx={ctx} op={op} />
            ) : (
              <Alinea>Kies een latere dag, of bekijk wat nu bekend is.</Alinea>
            )}
            {deel}
            <Levering meldingen={meldingen} />
            <Kop niveau={2}>Hoe deze toewijzing tot stand kwam</Kop>
            {bekend.length === 0 ? (
              <Alinea>Er was toen nog niets ontvangen.</Alinea>
            ) : (
              <Tijdlijn label="Versies, nieuwste eerst" gebeurtenissen={history(blad, bekend)} />
            )}
            <Kop niveau={2}>Terugkijken</Kop>
            <Alinea>Zie wat wij aan het eind van een dag wisten.</Alinea>
            <Filterbalk adres={request.url} namen={['op']} naam="terugkijken" knop="Kijk terug">
              <Datumveld
                naam="op"
                label="Wat was bekend op"
                waarde={gevraagd}
                fouten={fouten}
                verplicht={false}
              />
            </Filterbalk>
          </>
        ),
      },
      fouten.length > 0 ? 400 : 200,
    )
  })
}

/** That a later 301 said something else of the person, and what was said before. */
function Gecorrigeerd({ gegevens }: { gegevens: readonly Clientgegevens[] }) {
  if (gegevens.length < 2) return null
  const zinnen = gegevens.map(({ naam, geboortedatum, dagtekening }) => {
    const wie = `${naam}, geboren ${formatDatum(geboortedatum)}`
    return dagtekening === null
      ? `Eerst: ${wie}`
      : `Volgens het bericht van ${formatDatum(dagtekening)}: ${wie}`
  })
  return (
    <Melding soort="info" kop="De gegevens van deze cliënt zijn gecorrigeerd">
      Het laatste bericht telt. Wat er stond, blijft bewaard:
      <Lijst items={zinnen} />
    </Melding>
  )
}

/** The dates and amounts of a state take the place of the current ones. */
function nietsDan(stand: Stand) {
  const { ingang, eind, redenWijziging, volume, eenheid, frequentie, budget } = stand
  return { ingang, eind, redenWijziging, volume, eenheid, frequentie, budget }
}

function readDag(tekst: string | undefined, vandaag: Datum) {
  const gevraagd = (tekst ?? '').trim()
  const dag = gevraagd === '' ? vandaag : parseDatumInvoer(gevraagd)
  const fouten: Fout[] =
    dag === undefined ? [{ pad: 'op', melding: 'Vul een bestaande datum in, zoals 31-01-2026.' }] : []
  return { op: dag === undefined || dag > vandaag ? vandaag : dag, fouten, gevraagd }
}

function zin(blad: Toewijzingsblad, stand: Stand): string {
  const wat = blad.product ?? blad.segment ?? WETNAAM[blad.domein]
  const periode = formatPeriode({ begin: stand.ingang, eind: stand.eind })
  return `${wat}: ${describeOmvang(stand)}, ${periode}.`
}

interface AfspraakProps {
  blad: Toewijzingsblad
  stand: Stand
  /** What it costs, in words. */
  tarief: string | undefined
  ctx: Ctx
  op: Datum
}

function Afspraak({ blad, stand, tarief, ctx, op }: AfspraakProps) {
  const vanGemeente = ctx.wie.scope.aanbieder === null
  return (
    <>
      <Kop niveau={2}>Wat is toegewezen</Kop>
      <Beschrijvingslijst
        items={[
          { naam: 'Stand', waarde: <Standbadge rij={stand} vandaag={op} /> },
          {
            naam: 'Cliënt',
            waarde: (
              <>
                {blad.client}, geboren {formatDatum(blad.geboortedatum)}{' '}
                {blad.testdata ? <Badge>testdata</Badge> : null}{' '}
                <Link href={`/toewijzingen?client=${blad.gemeente}.${blad.clientId}`}>
                  alle toewijzingen van deze cliënt
                </Link>
              </>
            ),
          },
          { naam: 'Gemeente', waarde: blad.gemeenteNaam },
          {
            naam: 'Aanbieder',
            waarde: <Link href={`/aanbieders/${blad.aanbiederId}`}>{blad.aanbieder}</Link>,
          },
          { naam: 'Wet', waarde: WETNAAM[blad.domein] },
          {
            naam: 'Product',
            waarde: [blad.product, stand.code ?? (stand.categorie && `categorie ${stand.categorie}`)]
              .filter(Boolean)
              .join(' · '),
          },
          { naam: 'Segment', waarde: blad.segment },
          { naam: 'Omvang', waarde: describeOmvang(stand) },
          { naam: 'Periode', waarde: formatPeriode({ begin: stand.ingang, eind: stand.eind }) },
          { naam: 'Tarief', waarde: tarief },
          ...(vanGemeente ? [{ naam: 'Verwijzer', waarde: verwijzing(blad) }] : []),
        ]}
      />
    </>
  )
}

function verwijzing({ verwijzer, verwezenOp, herhaald }: Toewijzingsblad): string | undefined {
  const naam = verwijzerNaam(verwijzer)
  if (naam === undefined) return undefined
  const op = verwezenOp === null ? '' : ` op ${formatDatum(verwezenOp)}`
  return `${naam}${op}${herhaald === null ? '' : herhaald ? ', herhaald beroep' : ', eerste beroep'}`
}

function Levering({ meldingen }: { meldingen: readonly Ontvangen[] }) {
  const staand = new Set<unknown>(currentMeldingen(meldingen))
  return (
    <>
      <Kop niveau={2}>Start en stop</Kop>
      <Tabel
        bijschrift="Gemelde starts en stops"
        rijen={meldingen}
        sleutel={(m, i) => `${m.berichtId} ${i}`}
        leeg={<Alinea>Er is nog geen start gemeld. Zonder start mag wel worden gedeclareerd (OP364).</Alinea>}
        kolommen={[
          { kop: 'Melding', rijkop: true, cel: m => soortMelding(m) },
          { kop: 'Begin', heel: true, cel: m => formatDatum(m.begindatum) },
          { kop: 'Eind', heel: true, cel: m => (m.einddatum === undefined ? '–' : formatDatum(m.einddatum)) },
          {
            kop: 'Ontvangen',
            heel: true,
            cel: m => (m.berichtId === null ? 'overgenomen' : formatMoment(m.ontvangenOp)),
          },
          {
            kop: 'Geldt',
            cel: m =>
              m.statusAanlevering === '3' ? (
                <Badge>verwijdering</Badge>
              ) : staand.has(m) ? (
                <Badge toon="succes">ja</Badge>
              ) : (
                <Badge>ingetrokken</Badge>
              ),
          },
        ]}
      />
    </>
  )
}

function soortMelding(m: Ontvangen): string {
  if (m.soort === 'start') return 'Start'
  return m.redenBeeindiging === '20' ? 'Tijdelijke stop' : 'Stop'
}

function history(blad: Toewijzingsblad, standen: readonly Stand[]): Gebeurtenis[] {
  const geldend = geldendeStand(standen)
  return standen
    .map((stand, i): Gebeurtenis => {
      const vorige = standen[i - 1]
      const verschillen = vorige ? compareVersies(vorige, stand) : []
      const reden = redenNaam(stand.redenWijziging)
      return {
        op: stand.ontvangenOp.toISOString(),
        moment: `${stand.berichtId === null ? 'Overgenomen' : 'Ontvangen'} ${formatMoment(stand.ontvangenOp)}`,
        kop: vorige ? `Versie ${stand.nummer}: gewijzigd` : 'Eerste toewijzing',
        ...(stand === geldend ? { status: 'geldt', toon: 'succes' as const } : {}),
        toelichting: (
          <>
            {verschillen.length === 0 ? (
              <p className="ams-paragraph">{describeOmvang(stand)}</p>
            ) : (
              <Lijst items={verschillen.map(v => `${v.wat}: van ${v.was} naar ${v.wordt}`)} />
            )}
            <p className="ams-paragraph">
              {reden === undefined ? '' : `Reden: ${reden}. `}
              Besloten {formatDatum(stand.toegewezenOp.slice(0, 10))}
              {stand.berichtId === null ? '' : ` om ${stand.toegewezenOp.slice(11, 16)} uur`}, verwerkt{' '}
              {formatDatum(dateInNederland(stand.vastgelegdOp))}.{' '}
              {stand.berichtId === null ? (
                'Overgenomen uit een eerder systeem.'
              ) : (
                <Link
                  href={`/berichten/${blad.gemeente}/${stand.berichtId}`}
                  label={`Bekijk het bericht van versie ${stand.nummer}`}
                >
                  Bekijk het bericht
                </Link>
              )}
            </p>
          </>
        ),
      }
    })
    .reverse()
}
