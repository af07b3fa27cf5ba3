import { parseArgs } from 'node:util'
import { audit } from '../../platform/audit.ts'
import { NOBODY } from '../../platform/db/database.ts'
import { hasBsn } from '../../platform/vrijetekst.ts'
import { checkAudit } from '../../platform/zegel.ts'
import { findTerugzetting } from '../../platform/zegelalarm.ts'
import { highest, readBekend } from '../../platform/zegelgeheugen.ts'
import { findStand, parseStand } from '../../platform/zegelstand.ts'
import type { Exitcode, Opdracht } from '../cli.ts'
import type { Werkplek } from '../omgeving.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang audit controleer [--laatste NUMMER:HASH]   bewijst dat het inzagelogboek niet is veranderd
  samenhang audit aanvaard REDEN                       verzegelt weer, na een terugzetting die klopt

controleer rekent elk zegel opnieuw uit, en vergelijkt met het laatste zegel dat deze machine kent. Zet één JSON-regel op
standaarduitvoer: goed, zegels, gebeurtenissen, nietVerzegeld, laatste, en als het niet klopt gebroken (het eerste zegel
dat niet past), teruggezet (een zegel dat bekend was en er niet meer is), buiten (gebeurtenissen met een nummer dat nooit
is uitgegeven), sleutels (beschadigde sleutels van zegels) of uitgesteld (sinds wanneer er te lang niets is verzegeld).
Bewaar laatste buiten de database en geef het later terug met --laatste: staat dat zegel er dan niet meer, of is het een ander, dan is er iets afgehaald of overgedaan.

aanvaard is voor na het terugzetten van een reservekopie: het logboek gaat verder zoals het nu is. REDEN is een kort kenmerk
van kleine letters, cijfers en streepjes, zoals reservekopie-2026-03-16; het komt in het logboek.
Uitgang: 0 het klopt, 1 er is iets veranderd of te lang niet verzegeld, 2 verkeerd gebruik.
`

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: {
    controleer: { opties: { laatste: { waarde: 'NUMMER:HASH' } } },
    aanvaard: { argumenten: ['REDEN'] },
  },
  async run([wat, ...rest]) {
    if (wat === 'controleer') {
      const { laatste: tekst } = parseArgs({ args: rest, options: { laatste: { type: 'string' } } }).values
      if (tekst === undefined) return controleer([])
      const laatste = parseStand(tekst)
      return laatste ? controleer([laatste]) : wrongUse(LAATSTE)
    }
    if (wat === 'aanvaard' && rest.length === 1) return aanvaard(rest[0] ?? '')
    return wrongUse(HELP)
  },
}

const LAATSTE =
  'Bij --laatste hoort NUMMER:HASH, zoals audit controleer het bij "laatste" geeft: een getal, een dubbele punt en 64 ' +
  'tekens 0-9 en a-f.'
const REDEN_UITLEG =
  'REDEN is een kort kenmerk van hoogstens 60 tekens: kleine letters, cijfers en streepjes, beginnend met een letter, en ' +
  'zonder BSN. Zoals reservekopie-2026-03-16.'

/** Whose memory was asked: in a wrong folder nothing is known, and then nothing can be wrong. */
function sayKent({ config }: Werkplek, bekend: number | null): void {
  process.stderr.write(
    bekend === null
      ? `De gegevensmap ${config.data} kent geen zegel van deze database. Klopt SAMENHANG_DATA?\n`
      : `De gegevensmap ${config.data} kent zegel ${bekend}.\n`,
  )
}

function controleer(gegeven: Parameters<typeof checkAudit>[2] & {}): Promise<Exitcode> {
  return withWerkplek('audit', async werkplek => {
    const oordeel = await werkplek.database.read(NOBODY, db => checkAudit(db, werkplek, gegeven))
    if (oordeel.onleesbaar === undefined) sayKent(werkplek, oordeel.bekend)
    printRegel(oordeel)
    return oordeel.goed ? 0 : 1
  })
}

/** The reason stands in the log of who did what, which holds no free text. */
const REDEN = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

function aanvaard(reden: string): Promise<Exitcode> | Exitcode {
  if (!REDEN.test(reden) || reden.length > 60 || hasBsn(reden)) return wrongUse(REDEN_UITLEG)
  return withWerkplek('audit', async werkplek => {
    const { database, zegelgeheugen } = werkplek
    const weg = await database.read(NOBODY, db => findTerugzetting(db, zegelgeheugen))
    const { bekend, onleesbaar } = await readBekend(zegelgeheugen)
    if (onleesbaar === undefined) sayKent(werkplek, highest(bekend))
    if (weg === undefined) {
      process.stderr.write(
        'Er is niets te aanvaarden: er is niets mis met wat deze map van het logboek kent.\n',
      )
      printRegel({ aanvaard: false, bekend: highest(bekend) })
      return 0
    }
    const ctx = await cliCtx(werkplek)
    const nu = await ctx.write(async tx => {
      const stand = await findStand(tx)
      await audit(tx, ctx, 'audit.stand-aanvaard', 'Beheer van de toepassing', {
        bekend: highest(bekend) ?? 0,
        nu: stand?.nummer ?? 0,
        reden,
      })
      return stand
    })
    await zegelgeheugen.write(nu)
    printRegel({ aanvaard: true, bekend: highest(bekend), nu: nu?.nummer ?? null })
    return 0
  })
}
