import { audit } from '../../platform/audit.ts'
import { ROL, ROLLEN } from '../../platform/auth/rollen.ts'
import type { Exportkolom } from '../../platform/http/export.ts'
import { lijst } from '../../platform/http/lijst.tsx'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { oneOf, readVraag } from '../../platform/http/vraag.ts'
import {
  formatGetal,
  formatMoment,
  KnopLink,
  type Kolom,
  LegeStaat,
  Melding,
} from '../../platform/ui/index.ts'
import { checkAudit } from '../../platform/zegel.ts'
import { explainOordeel, explainStaat } from './oordeel.ts'
import { actieNaam } from './rules.ts'
import { findLaatsteZegel, findOnderwerpen, GEBEURTENISSEN, listKeuzes, type Regel } from './store.ts'

const GROND = 'AVG art. 5, 24 en 35: verantwoording van gegevensuitwisseling'

/** The log for the privacy officer: who saw or changed what, on which ground, and whether nobody touched it. */
export function registerInzage(app: App): void {
  const config = { recht: 'audit.lezen' } as const
  const schema = { hide: true }
  lijst(app, '/audit', {
    ...config,
    inwoners: ['onderwerp'],
    naam: 'gebeurtenissen',
    bron: GEBEURTENISSEN,
    orde: { kolom: 'op', richting: 'af' },
    feiten: listKeuzes,
    filters: ({ gebruikers, acties }) => ({
      wie: { soort: 'keuze', label: 'Wie', opties: gebruikers },
      actie: {
        soort: 'keuze',
        label: 'Wat',
        opties: acties.map(keuze => ({ ...keuze, naam: actieNaam(keuze.waarde) })),
      },
      van: { soort: 'datum', label: 'Vanaf' },
      tot: { soort: 'datum', label: 'Tot en met', nietVoor: 'van' },
      onderwerp: {
        soort: 'zoek',
        label: 'Nummer van het onderwerp',
        hulp: 'Het nummer van een toewijzing, declaratie of bericht, of zoals het in het logboek staat: 0355.12',
      },
    }),
    sleutel: rij => String(rij.id),
    kolommen: () => COLUMNS,
    bestandsnaam: request => `inzagelogboek-${request.ctx.vandaag}`,
    bestand: () => EXPORT,
    // By a number one learns which thing of a resident it is: looking for it is a look.
    houdtBij: request => (readVraag(request).onderwerp ?? '').trim() !== '',
    bijgehouden: async (tx, ctx, _rijen, _bestand, { onderwerp }) => {
      const { toewijzingen, declaraties } = await findOnderwerpen(tx, onderwerp)
      await audit(tx, ctx, 'audit.onderwerp-gezocht', GROND, { toewijzingen, declaraties })
    },
    blad: (_request, { totaal }) => ({
      titel: 'Inzagelogboek',
      inleiding: `${totaal === 1 ? '1 gebeurtenis' : `${formatGetal(totaal)} gebeurtenissen`}: wie heeft wat ingezien of gewijzigd, en waarom mocht dat.`,
      acties: (
        <>
          <KnopLink href="/audit/rollen">Wie had welke rol</KnopLink>
          <KnopLink href="/audit/controle">Controleer het logboek</KnopLink>
        </>
      ),
      leeg: <LegeStaat kop="Het logboek is nog leeg" />,
    }),
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
