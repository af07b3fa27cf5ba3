import { audit } from '../../../platform/audit.ts'
import { type Datum, formatDatum, formatMaand } from '../../../platform/dates.ts'
import { MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readSleutel } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Badge,
  Beschrijvingslijst,
  Downloadlinks,
  formatGetal,
  formatMoment,
  Kengetal,
  Kengetallen,
  KnopLink,
  Kop,
  Link,
  Melding,
  Onbekend,
  Paginering,
  Tabel,
  withQuery,
} from '../../../platform/ui/index.ts'
import { WETNAAM } from '../../contracten/index.ts'
import { declaratiePad } from '../adres.ts'
import { GROND } from '../grond.ts'
import { type Aangehouden, listAangehouden, sumAangehouden } from '../samenloop/store.ts'
import { Uitkomstbadge } from './pages.tsx'
import { columns, EXPORT, explain } from './regels.tsx'
import { type Declaratieregel, findDeclaratie, type Groep, listGroepen, listPrestaties } from './store.ts'
import { findRegel } from './uitkomst.ts'

const PER_PAGINA = 50
const GOEDGEKEURD = 'goedgekeurd'

/** One declaratie: what was submitted and granted, why lines were refused, and every line. */
export function registerDeclaratiePage(app: App): void {
  const config = { recht: 'declaraties.lezen' } as const
  const schema = { hide: true }
  app.get('/declaraties/:gemeente/:id', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const sleutel = readSleutel(request, 'Declaratie')
    const lees = readFilters(request)
    const pagina = lees.pagina()
    const gelezen = await ctx.write(async tx => {
      const declaratie = await findDeclaratie(tx, sleutel)
      if (!declaratie) throw notFound('Declaratie')
      await audit(tx, ctx, 'declaratie.bekeken', GROND, {
        gemeente: declaratie.gemeente,
        declaratie: declaratie.declaratieId,
      })
      const groepen = await listGroepen(tx, sleutel)
      const groep = lees.keuze('groep', groepen.map(codeVan))
      const deel = { aantal: PER_PAGINA, vanaf: (pagina - 1) * PER_PAGINA }
      const aangehouden = await listAangehouden(tx, [declaratie])
      return {
        declaratie,
        groepen,
        groep,
        aangehouden,
        vast: await sumAangehouden(tx, declaratie),
        regels: await listPrestaties(tx, sleutel, groep, deel),
      }
    })
    const { declaratie, groepen, groep, aangehouden, vast, regels } = gelezen
    const totaal = groepen
      .filter(g => groep === null || codeVan(g) === groep)
      .reduce((n, g) => n + g.regels, 0)
    return sendPagina(request, reply, {
      titel: `Declaratie ${declaratie.nummer}`,
      inleiding: zin(declaratie),
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Declaraties', href: '/declaraties' },
      ],
      acties: (
        <KnopLink href={`/berichten/${declaratie.gemeente}/${declaratie.berichtId}`}>
          Bekijk het bericht
        </KnopLink>
      ),
      children: (
        <>
          <Samenvatting declaratie={declaratie} vast={vast} vandaag={ctx.vandaag} />
          <Elders referenties={aangehouden.map(regel => regel.referentie)} />
          {declaratie.geldt ? null : (
            <Melding soort="waarschuwing" kop="Deze declaratie is als geheel geweigerd">
              Geen regel is beoordeeld en er wordt niets betaald. Waarom staat bij{' '}
              <Link href={`/berichten/${declaratie.gemeente}/${declaratie.berichtId}`}>het bericht</Link>. Na
              een correctie kan de aanbieder haar opnieuw indienen.
            </Melding>
          )}
          {declaratie.geldt ? (
            <Groepen adres={request.url} declaratie={declaratie} groepen={groepen} gekozen={groep} />
          ) : null}
          <Kop niveau={2} id="regels">
            {groep === null ? 'Regels' : `Regels: ${groepNaam(groep)}`}
          </Kop>
          <Downloadlinks
            naam="regels"
            csv={`${declaratiePad(declaratie)}/export?formaat=csv`}
            xlsx={`${declaratiePad(declaratie)}/export?formaat=xlsx`}
          />
          <Tabel
            bijschrift="Regels, afgekeurde eerst"
            rijen={regels}
            sleutel={regel => String(regel.regel)}
            kolommen={columns(declaratie)}
            onder={explain}
          />
          <Paginering
            adres={request.url}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={totaal}
            naam="regels"
          />
        </>
      ),
    })
  })

  app.get('/declaraties/:gemeente/:id/export', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const sleutel = readSleutel(request, 'Declaratie')
    const { declaratie, regels } = await ctx.write(async tx => {
      const gevonden = await findDeclaratie(tx, sleutel)
      if (!gevonden) throw notFound('Declaratie')
      await audit(tx, ctx, 'declaratie.geexporteerd', GROND, {
        gemeente: gevonden.gemeente,
        declaratie: gevonden.declaratieId,
      })
      const alle = await listPrestaties(tx, sleutel, null, { aantal: MAX_EXPORT, vanaf: 0 })
      return { declaratie: gevonden, regels: alle }
    })
    return sendExport(reply, `declaratie-${declaratie.nummer}`, EXPORT, regels)
  })
}

/** Lines whose money waits, since the same care was claimed twice. */
function Elders({ referenties }: { referenties: readonly string[] }) {
  if (referenties.length === 0) return null
  return (
    <Melding soort="waarschuwing" kop="Niet alles wordt betaald">
      {`Dubbel gedeclareerd: ${referenties.join(', ')}. `}
      <Link href="/declaraties/samenloop">Bekijk wat daarover is beslist</Link>
    </Melding>
  )
}

const codeVan = (groep: Groep) => groep.regelcode ?? GOEDGEKEURD

function groepNaam(code: string): string {
  return code === GOEDGEKEURD ? 'Goedgekeurd' : (findRegel(code)?.titel ?? code)
}

function zin({ aanbieder, maand, regels, afgekeurd, geldt, toegekend, ingediend }: Declaratieregel): string {
  const over = `${aanbieder} over ${formatMaand(maand)}`
  if (!geldt) return `${over}: als geheel geweigerd.`
  const aantal = `${formatGetal(regels)} ${regels === 1 ? 'regel' : 'regels'}`
  if (afgekeurd === 0) return `${over}: ${aantal}, alles goedgekeurd.`
  const weg = formatEuro(ingediend - toegekend)
  return `${over}: ${aantal}, waarvan ${formatGetal(afgekeurd)} afgekeurd (${weg}).`
}

function Samenvatting({
  declaratie: d,
  vast,
  vandaag,
}: {
  declaratie: Declaratieregel
  vast: Aangehouden
  vandaag: Datum
}) {
  return (
    <>
      <Kengetallen>
        <Kengetal label="Ingediend" waarde={formatEuro(d.ingediend)} />
        <Kengetal label="Toegekend" waarde={formatEuro(d.toegekend)} />
        <Kengetal label="Niet toegekend" waarde={formatEuro(d.ingediend - d.toegekend)} />
      </Kengetallen>
      <Beschrijvingslijst
        items={[
          { naam: 'Uitkomst', waarde: <Uitkomstbadge rij={d} /> },
          { naam: 'Aanbieder', waarde: <Link href={`/aanbieders/${d.aanbiederId}`}>{d.aanbieder}</Link> },
          { naam: 'Gemeente', waarde: d.gemeenteNaam },
          { naam: 'Wet', waarde: WETNAAM[d.domein] },
          { naam: 'Maand', waarde: formatMaand(d.maand) },
          { naam: 'Dagtekening', waarde: formatDatum(d.dagtekening) },
          { naam: 'Ontvangen', waarde: formatMoment(d.ontvangenOp) },
          { naam: 'Besloten', waarde: formatMoment(d.beslotenOp) },
          { naam: 'Betaling', waarde: <Betaling declaratie={d} vast={vast} vandaag={vandaag} /> },
        ]}
      />
    </>
  )
}

function Betaling({
  declaratie: { betaling, betaald, overgenomen, vervaltOp, laatstBetaaldOp, betaaldOp },
  vast,
  vandaag,
}: {
  declaratie: Declaratieregel
  vast: Aangehouden
  vandaag: Datum
}) {
  if (betaling === null || vervaltOp === null)
    return overgenomen ? 'Betaald in een eerder systeem' : 'Er is niets te betalen'
  if (betaaldOp !== null) return `${formatEuro(betaling)} betaald op ${formatDatum(betaaldOp)}`
  if (betaling < 0) return `${formatEuro(betaling)} te verrekenen, vanaf ${formatDatum(vervaltOp)}`
  const open = betaling - betaald - vast.wacht - vast.niet
  return (
    <>
      {laatstBetaaldOp === null ? null : (
        <>
          {`${formatEuro(betaald)} betaald op ${formatDatum(laatstBetaaldOp)}`}
          <br />
        </>
      )}
      {open === 0 ? null : (
        <>
          {formatEuro(open)} te betalen uiterlijk {formatDatum(vervaltOp)}{' '}
          {vervaltOp < vandaag ? <Badge toon="fout">te laat</Badge> : null}
        </>
      )}
      {vast.wacht === 0 ? null : (
        <>
          {open === 0 ? null : <br />}
          {formatEuro(vast.wacht)} <Badge toon="waarschuwing">wacht op beoordeling</Badge>
        </>
      )}
      {vast.niet === 0 ? null : (
        <>
          {open === 0 && vast.wacht === 0 ? null : <br />}
          {formatEuro(vast.niet)} <Badge toon="fout">wordt niet betaald</Badge>
        </>
      )}
    </>
  )
}

function Groepen({
  adres,
  declaratie,
  groepen,
  gekozen,
}: {
  adres: string
  declaratie: Declaratieregel
  groepen: readonly Groep[]
  gekozen: string | null
}) {
  const naar = (groep: string | undefined) => `${withQuery(adres, { groep, pagina: undefined })}#regels`
  return (
    <>
      <Kop niveau={2}>Wat is er met de regels gebeurd</Kop>
      <Tabel
        bijschrift="Regels per bevinding"
        rijen={groepen}
        sleutel={codeVan}
        kolommen={[
          {
            kop: 'Bevinding',
            rijkop: true,
            totaal: gekozen === null ? 'Totaal' : <Link href={naar(undefined)}>Toon alle regels</Link>,
            cel: g => <Link href={naar(codeVan(g))}>{groepNaam(codeVan(g))}</Link>,
          },
          {
            kop: 'Regel',
            heel: true,
            cel: g => (g.regelcode === null ? <Onbekend /> : `${g.regelcode} (${g.retourcode})`),
          },
          {
            kop: 'Wat te doen',
            cel: g => (g.regelcode && findRegel(g.regelcode)?.watTeDoen) ?? <Onbekend />,
          },
          {
            kop: 'Aantal',
            uitlijning: 'rechts',
            totaal: formatGetal(declaratie.regels),
            cel: g => formatGetal(g.regels),
          },
          {
            kop: 'Bedrag',
            uitlijning: 'rechts',
            heel: true,
            totaal: formatEuro(declaratie.ingediend),
            cel: g => formatEuro(g.bedrag),
          },
        ]}
      />
    </>
  )
}
