import type { FastifyRequest } from 'fastify'
import { ROL, ROLLEN } from '../../platform/auth/rollen.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../platform/http/export.ts'
import { readFilters } from '../../platform/http/filter.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { oneOf, type Vraag } from '../../platform/http/vraag.ts'
import type { Fout } from '../../platform/problem.ts'
import {
  Datumveld,
  Filterkeuze,
  formatGetal,
  formatMoment,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Melding,
  Tekstveld,
} from '../../platform/ui/index.ts'
import { checkAudit } from '../../platform/zegel.ts'
import { explainOordeel, explainStaat } from './oordeel.ts'
import { actieNaam } from './rules.ts'
import {
  countGebeurtenissen,
  type Filter,
  findLaatsteZegel,
  listGebeurtenissen,
  listKeuzes,
  type Regel,
  SORTEERBAAR,
} from './store.ts'

const PER_PAGINA = 50
const FILTERS = ['wie', 'actie', 'van', 'tot', 'onderwerp']
const STANDAARD = { kolom: 'op', richting: 'af' } as const

/** The log for the privacy officer: who saw or changed what, on which ground, and whether nobody touched it. */
export function registerInzage(app: App): void {
  const config = { recht: 'audit.lezen' } as const
  const schema = { hide: true }
  app.get('/audit', { config, schema }, async (request, reply) => {
    const { vraag, filter, fouten, sortering } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const { rijen, totaal, keuzes } = await request.ctx.read(async db => ({
      rijen: await listGebeurtenissen(db, filter, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countGebeurtenissen(db, filter),
      keuzes: await listKeuzes(db),
    }))
    return sendPagina(
      request,
      reply,
      {
        titel: 'Inzagelogboek',
        inleiding: `${totaal === 1 ? '1 gebeurtenis' : `${formatGetal(totaal)} gebeurtenissen`}: wie heeft wat ingezien of gewijzigd, en waarom mocht dat.`,
        acties: (
          <>
            <KnopLink href="/audit/rollen">Wie had welke rol</KnopLink>
            <KnopLink href="/audit/controle">Controleer het logboek</KnopLink>
          </>
        ),
        children: (
          <Lijstdeel
            adres={request.url}
            naam="gebeurtenissen"
            filters={FILTERS}
            velden={<Velden vraag={vraag} keuzes={keuzes} fouten={fouten} />}
            kolommen={COLUMNS}
            rijen={rijen}
            sleutel={rij => String(rij.id)}
            sortering={sortering}
            pagina={pagina}
            perPagina={PER_PAGINA}
            totaal={totaal}
            exportPad="/audit/export"
            leeg={<LegeStaat kop="Het logboek is nog leeg" />}
          />
        ),
      },
      fouten.length > 0 ? 400 : 200,
    )
  })

  app.get('/audit/export', { config, schema }, async (request, reply) => {
    const { filter, sortering } = readSelectie(request)
    const rijen = await request.ctx.read(db =>
      listGebeurtenissen(db, filter, sortering, { aantal: MAX_EXPORT, vanaf: 0 }, true),
    )
    return sendExport(reply, `inzagelogboek-${request.ctx.vandaag}`, EXPORT, rijen)
  })

  app.get('/audit/controle', { config, schema }, async (request, reply) => {
    const { oordeel, zegel } = await request.ctx.read(async db => ({
      oordeel: await checkAudit(db, { ...app.omgeving, nu: request.ctx.nu }),
      zegel: await findLaatsteZegel(db),
    }))
    const los = `${formatGetal(oordeel.nietVerzegeld)} ${oordeel.nietVerzegeld === 1 ? 'gebeurtenis is' : 'gebeurtenissen zijn'} nog niet verzegeld; dat gebeurt vanzelf.`
    return sendPagina(request, reply, {
      titel: 'Controle van het logboek',
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Inzagelogboek', href: '/audit' },
      ],
      inleiding: !oordeel.goed
        ? explainStaat(oordeel)
        : zegel === undefined
          ? 'Er is nog niets verzegeld.'
          : `Het logboek is ongeschonden tot ${formatMoment(zegel)}.`,
      acties: <KnopLink href="/audit/controle">Controleer opnieuw</KnopLink>,
      children: oordeel.goed ? (
        <Melding
          soort="succes"
          kop={`${oordeel.zegels === 1 ? '1 zegel' : `${formatGetal(oordeel.zegels)} zegels`} nagerekend, alles klopt`}
        >
          Samen dekken zij {formatGetal(oordeel.gebeurtenissen)} gebeurtenissen. {los}
        </Melding>
      ) : (
        explainOordeel(oordeel).map(fout => (
          <Melding key={fout} soort="fout" kop={fout}>
            Licht de beheerder in en bewaar een kopie van de database.
          </Melding>
        ))
      ),
    })
  })
}

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const tekst = (waarde: string | undefined) =>
    waarde === undefined || waarde.trim() === '' ? null : waarde.trim().slice(0, 100)
  const filter: Filter = {
    wie: tekst(vraag.wie),
    actie: tekst(vraag.actie),
    van: lees.dag('van'),
    tot: lees.dag('tot'),
    onderwerp: tekst(vraag.onderwerp),
  }
  return {
    vraag,
    filter,
    fouten: lees.fouten,
    sortering: readFilters(request).sortering(SORTEERBAAR, STANDAARD),
  }
}

function Velden({
  vraag,
  keuzes,
  fouten,
}: {
  vraag: Vraag
  keuzes: Awaited<ReturnType<typeof listKeuzes>>
  fouten: readonly Fout[]
}) {
  return (
    <>
      <Filterkeuze naam="wie" label="Wie" waarde={vraag.wie} opties={keuzes.gebruikers} />
      <Filterkeuze
        naam="actie"
        label="Wat"
        waarde={vraag.actie}
        opties={keuzes.acties.map(keuze => ({ ...keuze, naam: actieNaam(keuze.waarde) }))}
      />
      <Datumveld naam="van" label="Vanaf" waarde={vraag.van ?? ''} fouten={fouten} verplicht={false} />
      <Datumveld naam="tot" label="Tot en met" waarde={vraag.tot ?? ''} fouten={fouten} verplicht={false} />
      <Tekstveld
        naam="onderwerp"
        label="Nummer van het onderwerp"
        hulp="Zoals 0355.12, of het nummer van een bericht"
        waarde={vraag.onderwerp ?? ''}
        verplicht={false}
        maxlengte={100}
      />
    </>
  )
}

function rolNaam(rol: string): string {
  const gevonden = oneOf(rol, ROLLEN)
  return gevonden === null ? 'Systeem' : ROL[gevonden].naam
}

const COLUMNS: readonly Kolom<Regel>[] = [
  { kop: 'Wanneer', sorteer: 'op', heel: true, cel: rij => formatMoment(rij.op) },
  {
    kop: 'Wie',
    sorteer: 'wie',
    cel: rij => (
      <>
        {rij.naam ?? rij.wie}
        <br />
        <small>{rolNaam(rij.rol)}</small>
      </>
    ),
  },
  { kop: 'Wat', rijkop: true, sorteer: 'actie', cel: rij => actieNaam(rij.actie) },
  { kop: 'Onderwerp', cel: rij => <small className="sam-onderwerp">{kort(rij.onderwerp)}</small> },
  { kop: 'Waarom mocht dat', cel: rij => <small>{rij.grond}</small> },
]

/** The subject without the signs of its notation. */
function kort(onderwerp: string): string {
  return onderwerp.replaceAll(/[{}"[\]]/g, '').replaceAll(/,\s*/g, ', ')
}

const EXPORT: readonly Exportkolom<Regel>[] = [
  { kop: 'Nummer', soort: 'getal', waarde: rij => rij.id },
  { kop: 'Wanneer', waarde: rij => rij.op.toISOString() },
  { kop: 'Wie', waarde: rij => rij.wie },
  { kop: 'Rol', waarde: rij => rij.rol },
  { kop: 'Wat', waarde: rij => rij.actie },
  { kop: 'Onderwerp', waarde: rij => rij.onderwerp },
  { kop: 'Grond', waarde: rij => rij.grond },
  { kop: 'Verzoek', waarde: rij => rij.verzoekId },
]
