import type { FastifyReply, FastifyRequest } from 'fastify'
import { audit } from '../../../platform/audit.ts'
import { ROL, ROLLEN } from '../../../platform/auth/rollen.ts'
import { formatDatumKort } from '../../../platform/dates.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  formVersie,
  numberOrNull,
  oneOf,
  readSleutel,
  readVelden,
  readVersie,
} from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  Botsingmelding,
  Formulier,
  formatGetal,
  formatMoment,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Link,
  Tabel,
  Tekstveld,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { declaratiePad } from '../adres.ts'
import { GROND } from '../grond.ts'
import { AndereRegels, gezienOf, isRegel, judgeSamenloop } from './actions.ts'
import { STAND } from './rules.ts'
import { type Eerder, listOordelen, listSamenloop, type Regelsleutel, type Samenloop } from './store.ts'

/** Where the lines stand that were claimed twice. */
export const SAMENLOOP = '/declaraties/samenloop'
const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Declaraties', href: '/declaraties' },
]
const VASTGELEGD = { soort: 'succes', tekst: 'Het oordeel is vastgelegd' } as const
const NAAM_GENOEMD = {
  soort: 'waarschuwing',
  tekst:
    'Het oordeel is vastgelegd. In uw reden staat een naam van de cliënt. Laat die de volgende keer weg: u schrijft over de regel, niet over de persoon.',
} as const
const BESLISSERS = ROLLEN.filter(rol => ROL[rol].rechten.includes('declaraties.beoordelen'))
const WIE_BESLIST = `Dat doet de ${BESLISSERS.map(rol => ROL[rol].naam.toLowerCase()).join(' of de ')} van uw gemeente.`
const WAARMEE = { elders: 'bij een andere gemeente', hier: 'op dezelfde toewijzing' } as const
const OPTIES = [
  { waarde: 'betalen', naam: 'Betalen: deze gemeente is voor deze periode verantwoordelijk' },
  { waarde: 'niet-betalen', naam: 'Niet betalen: de aanbieder moet deze regel crediteren' },
]

/** Lines that are also claimed at another municipality: the list, and deciding about one of them. */
export function registerSamenloopPages(app: App): void {
  const schema = { hide: true }
  app.get(SAMENLOOP, { config: { recht: 'samenloop.lezen' }, schema }, async (request, reply) => {
    const { ctx } = request
    const rijen = await ctx.write(async tx => {
      const gevonden = await listSamenloop(tx)
      if (gevonden.length > 0)
        await audit(tx, ctx, 'declaratie.samenloop-bekeken', GROND, {
          regels: gevonden.map(r => `${r.gemeente}.${r.declaratieId}.${r.regel}`),
        })
      return gevonden
    })
    const mag = ctx.wie.rechten.has('declaraties.beoordelen')
    const { gedaan } = readGedaan(request)
    return sendPagina(request, reply, {
      titel: 'Dubbel gedeclareerd',
      inleiding: zin(rijen),
      kruimels: KRUIMELS,
      ...(gedaan === undefined ? {} : { melding: gedaan === 'naam' ? NAAM_GENOEMD : VASTGELEGD }),
      children: (
        <>
          <Alinea>
            Voor dezelfde persoon, dezelfde aanbieder, hetzelfde product en dezelfde dagen is nog een regel
            goedgekeurd: bij een andere gemeente in de regio, of op dezelfde toewijzing voor een andere
            periode. U ziet niet bij welke gemeente: de aanbieder weet het. Elke gemeente beslist over haar
            eigen regel.{wachten(rijen, mag)}
          </Alinea>
          <Tabel
            bijschrift="Regels die dubbel zijn gedeclareerd"
            rijen={rijen}
            sleutel={r => `${r.gemeente}.${r.declaratieId}.${r.regel}`}
            leeg={<Alinea>Er is nu geen regel die dubbel is gedeclareerd.</Alinea>}
            kolommen={columns(mag)}
          />
        </>
      ),
    })
  })

  const config = { recht: 'declaraties.beoordelen' } as const
  const pad = '/declaraties/:gemeente/:id/regels/:regel/oordeel'
  app.get(pad, { config, schema }, (request, reply) => toonFormulier(request, reply))
  app.post(pad, { config, schema }, async (request, reply) => {
    const { oordeel, reden = '', gezien = '' } = readVelden(request)
    try {
      const { noemtClient } = await judgeSamenloop(request.ctx, readRegel(request), {
        versie: readVersie(request),
        gezien,
        oordeel: oneOf(oordeel, ['betalen', 'niet-betalen'] as const),
        reden,
      })
      return reply.redirect(`${SAMENLOOP}?gedaan=${noemtClient ? 'naam' : 'oordeel'}`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return toonFormulier(request, reply, problem)
    }
  })
}

/** What happens until it is decided; nothing where nobody has to decide any more. */
function wachten(rijen: readonly Samenloop[], mag: boolean): string {
  if (rijen.length > 0 && rijen.every(r => r.stand !== 'te-beoordelen')) return ''
  const zolang = mag ? 'Zolang u niet hebt beslist' : `${WIE_BESLIST} Zolang dat niet is gedaan`
  return ` ${zolang}, wordt de regel niet betaald.`
}

function zin(rijen: readonly Samenloop[]): string {
  const open = rijen.filter(r => r.stand === 'te-beoordelen')
  if (open.length === 0) return 'Er hoeft niets te worden beoordeeld.'
  const som = formatEuro(open.reduce((n, r) => n + r.bedrag, 0))
  return `${formatGetal(open.length)} ${open.length === 1 ? 'regel wacht' : 'regels wachten'} op een oordeel, samen ${som}.`
}

/** Where one line is judged, and what was decided about it stands. */
export const oordeelPad = (r: Regelsleutel) => `${declaratiePad(r)}/regels/${r.regel}/oordeel`

function columns(mag: boolean) {
  return [
    {
      kop: 'Regel',
      rijkop: true,
      cel: (r: Samenloop) => (
        <>
          {r.referentie} in <Link href={declaratiePad(r)}>{r.nummer}</Link>
        </>
      ),
    },
    { kop: 'Gemeente', cel: (r: Samenloop) => r.gemeenteNaam },
    { kop: 'Aanbieder', cel: (r: Samenloop) => r.aanbieder },
    { kop: 'Product', cel: (r: Samenloop) => r.product ?? r.code },
    { kop: 'Periode', cel: periode },
    { kop: 'Overlapt', cel: (r: Samenloop) => WAARMEE[r.soort] },
    { kop: 'Bedrag', uitlijning: 'rechts' as const, heel: true, cel: (r: Samenloop) => formatEuro(r.bedrag) },
    { kop: 'Stand', cel: (r: Samenloop) => <Standcel rij={r} /> },
    ...(mag
      ? [
          {
            kop: 'Oordeel',
            actie: true,
            cel: (r: Samenloop) => (
              <Link href={oordeelPad(r)} label={`Beoordeel regel ${r.referentie}`}>
                Beoordeel
              </Link>
            ),
          },
        ]
      : []),
  ]
}

function periode(r: Samenloop): string {
  return `${formatDatumKort(r.begin)} t/m ${formatDatumKort(r.eind)}`
}

function Standcel({ rij }: { rij: Samenloop }) {
  return (
    <>
      <Badge toon={STAND[rij.stand].toon}>{STAND[rij.stand].naam}</Badge>
      {rij.betaaldOp === null ? null : (
        <>
          <br />
          <small>{`al betaald op ${formatDatumKort(rij.betaaldOp)}`}</small>
        </>
      )}
    </>
  )
}

function readRegel(request: FastifyRequest): Regelsleutel {
  const { gemeente, id } = readSleutel(request, 'Declaratie')
  const regel = numberOrNull((request.params as { regel?: string }).regel)
  if (regel === null) throw notFound('Regel')
  return { gemeente, declaratieId: id, regel }
}

async function toonFormulier(request: FastifyRequest, reply: FastifyReply, problem?: Problem) {
  const sleutel = readRegel(request)
  const { ctx } = request
  const { rij, eerder } = await ctx.read(async db => ({
    rij: (await listSamenloop(db, [sleutel])).find(r => isRegel(r, sleutel)),
    eerder: await listOordelen(db, sleutel),
  }))
  if (!rij) throw notFound('Regel')
  const getypt = readVelden(request)
  const fouten = problem?.fouten ?? []
  // After another refusal what it was opened with: what changed meanwhile was not shown.
  const gezien = problem instanceof AndereRegels ? problem.nu.gezien : (getypt.gezien ?? gezienOf(ctx, rij))
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: `Beoordeel regel ${rij.referentie}`,
      inleiding: `Deze regel overlapt met een regel ${WAARMEE[rij.soort]}.`,
      kruimels: [...KRUIMELS, { naam: 'Dubbel gedeclareerd', href: SAMENLOOP }],
      children: (
        <>
          <Beschrijvingslijst
            items={[
              { naam: 'Stand', waarde: <Badge toon={STAND[rij.stand].toon}>{STAND[rij.stand].naam}</Badge> },
              { naam: 'Declaratie', waarde: <Link href={declaratiePad(rij)}>{rij.nummer}</Link> },
              { naam: 'Gemeente', waarde: rij.gemeenteNaam },
              { naam: 'Aanbieder', waarde: rij.aanbieder },
              { naam: 'Product', waarde: rij.product ?? rij.code },
              { naam: 'Periode', waarde: periode(rij) },
              { naam: 'Bedrag', waarde: formatEuro(rij.bedrag) },
              ...(rij.betaaldOp === null
                ? []
                : [{ naam: 'Betaald', waarde: `al betaald op ${formatDatumKort(rij.betaaldOp)}` }]),
            ]}
          />
          <Botsingmelding<Eerder>
            problem={problem}
            toon={nu =>
              problem instanceof AndereRegels
                ? [{ naam: 'Overlapt nu met een regel', waarde: WAARMEE[rij.soort] }]
                : [
                    { naam: 'Oordeel', waarde: STAND[nu.oordeel].naam },
                    { naam: 'Waarom', waarde: nu.reden },
                    { naam: 'Door', waarde: nu.door },
                    { naam: 'Op', waarde: formatMoment(nu.op) },
                  ]
            }
          />
          <Formulier actie={oordeelPad(rij)} csrf={csrf} fouten={fouten}>
            <input type="hidden" name="versie" value={formVersie(request, eerder[0], problem)} />
            <input type="hidden" name="gezien" value={gezien} />
            <Keuzerondjes
              naam="oordeel"
              label="Wat doet uw gemeente met deze regel?"
              opties={OPTIES}
              waarde={getypt.oordeel ?? ''}
              fouten={fouten}
            />
            <Tekstveld
              naam="reden"
              label="Waarom"
              regels={3}
              hulp="Bijvoorbeeld wat de aanbieder zei of wat u bij het woonplaatsbeginsel vond. Zonder namen."
              waarde={getypt.reden ?? ''}
              fouten={fouten}
            />
            <Knoppen>
              <Knop>Leg het oordeel vast</Knop>
              <KnopLink href={SAMENLOOP}>Terug zonder oordeel</KnopLink>
            </Knoppen>
          </Formulier>
          {eerder.length === 0 ? null : (
            <>
              <Kop niveau={2}>Eerdere oordelen</Kop>
              <Tijdlijn
                label="Oordelen, nieuwste eerst"
                gebeurtenissen={eerder.map(e => ({
                  op: e.op.toISOString(),
                  moment: formatMoment(e.op),
                  door: e.door,
                  kop: `${STAND[e.oordeel].naam}: ${e.reden}`,
                }))}
              />
            </>
          )}
        </>
      ),
    }),
    problem?.status ?? 200,
  )
}
