import { parseArgs } from 'node:util'
import { endGebruiker, listGebruikers, resumeGebruiker } from '../../platform/auth/gebruikers.ts'
import { ROLLEN } from '../../platform/auth/rollen.ts'
import { invalid, Problem } from '../../platform/problem.ts'
import type { Exitcode, Opdracht } from '../cli.ts'
import { saveGebruiker } from '../gebruikers/actions.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang gebruiker lijst        iedereen met toegang, één JSON-regel per persoon
  samenhang gebruiker maak [opties]
  samenhang gebruiker uit EMAIL    beëindigt de toegang meteen; --toch ook van de laatste beheerder
  samenhang gebruiker aan EMAIL    geeft die toegang terug, met dezelfde rol

Opties bij maak:
  --naam NAAM          --email ADRES        --organisatie NAAM
  --rol ROL            ${ROLLEN.slice(0, 6).join(', ')},
                       ${ROLLEN.slice(6).join(', ')}
  --gemeente CODE      CBS-code, mag vaker; nodig bij rollen van een gemeente, anders: alleen het beleid daarvan
  --aanbieder AGB      nodig bij de rol aanbieder
Uitgang: 0 gelukt, 2 verkeerd gebruik of geweigerd.
`

const tekst = { type: 'string' } as const
const OPTIES = {
  naam: tekst,
  email: tekst,
  organisatie: tekst,
  rol: tekst,
  gemeente: { type: 'string', multiple: true },
  aanbieder: tekst,
} as const

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: {
    lijst: {},
    // What a new user needs depends on the role: that is said with everything else that is wrong.
    maak: {
      opties: {
        naam: { waarde: 'NAAM' },
        email: { waarde: 'ADRES' },
        organisatie: { waarde: 'NAAM' },
        rol: { waarde: 'ROL' },
        gemeente: { waarde: 'CODE', vaker: true },
        aanbieder: { waarde: 'AGB' },
      },
    },
    uit: { argumenten: ['EMAIL'], opties: { toch: {} } },
    aan: { argumenten: ['EMAIL'] },
  },
  async run([wat, ...rest]) {
    if (wat === 'lijst' && rest.length === 0)
      return withWerkplek('gebruiker', async werkplek => {
        const ctx = await cliCtx(werkplek)
        for (const gebruiker of await ctx.read(listGebruikers)) printRegel(gebruiker)
        return 0
      })
    const [email, ...vlaggen] = rest.toSorted(
      (a, b) => Number(a.startsWith('--')) - Number(b.startsWith('--')),
    )
    if ((wat === 'uit' || wat === 'aan') && email !== undefined) return zet(wat, email, vlaggen)
    if (wat === 'maak') return maak(rest)
    return wrongUse(HELP)
  },
}

/** Ends or resumes the access of one person. */
async function zet(wat: 'uit' | 'aan', email: string, vlaggen: readonly string[]): Promise<Exitcode> {
  const toch = wat === 'uit' && vlaggen.length === 1 && vlaggen[0] === '--toch'
  if (email.startsWith('--') || (vlaggen.length > 0 && !toch)) return wrongUse(HELP)
  return withWerkplek('gebruiker', async werkplek =>
    orRefuse(async () => {
      const ctx = await cliCtx(werkplek)
      const gebruikerId =
        wat === 'aan' ? await resumeGebruiker(ctx, email) : await endGebruiker(ctx, email, toch)
      printRegel({ gebruikerId, actief: wat === 'aan' })
    }),
  )
}

async function maak(argumenten: readonly string[]): Promise<Exitcode> {
  let waarden: ReturnType<typeof parseArgs<{ args: string[]; options: typeof OPTIES }>>['values']
  try {
    waarden = parseArgs({ args: [...argumenten], options: OPTIES }).values
  } catch {
    return wrongUse(HELP)
  }
  const { naam = '', email = '', organisatie = '', rol = '', gemeente = [], aanbieder = '' } = waarden
  return withWerkplek('gebruiker', async werkplek =>
    orRefuse(async () => {
      const invoer = {
        naam: [naam],
        email: [email],
        organisatie: [organisatie],
        rol: [rol],
        gemeenten: gemeente,
        agb: [aanbieder],
        actief: ['ja'],
      }
      const ctx = await cliCtx(werkplek)
      const onbekend = gemeente.filter(code => !ctx.wie.scope.gemeentenClient.includes(code))
      if (onbekend.length > 0)
        throw invalid('De gebruiker is niet gemaakt', [
          { pad: 'gemeente', melding: `Hier is geen gemeente met code ${onbekend.join(', ')}.` },
        ])
      printRegel({ ...(await saveGebruiker(werkplek, ctx, null, invoer)), email, rol })
    }),
  )
}

/** Names of the options where those of the form differ. */
const OPTIE: Readonly<Record<string, string>> = { gemeenten: 'gemeente', agb: 'aanbieder' }

/** A refusal with all its reasons on standard error. */
async function orRefuse(fn: () => Promise<void>): Promise<Exitcode> {
  try {
    await fn()
    return 0
  } catch (fout) {
    if (!(fout instanceof Problem)) throw fout
    const redenen = fout.fouten.map(f => `--${OPTIE[f.pad] ?? f.pad}: ${f.melding}`)
    return wrongUse([`${fout.titel}.`, fout.detail, ...redenen].filter(Boolean).join('\n'))
  }
}
