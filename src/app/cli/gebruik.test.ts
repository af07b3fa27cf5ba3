import { describe, expect, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { opdracht as audit } from './audit.ts'
import { opdracht as beleid } from './beleid.ts'
import { opdracht as bericht } from './bericht.ts'
import { opdracht as cijfers } from './cijfers.ts'
import { opdracht as db } from './db.ts'
import { checkGebruik, type Gebruik } from './gebruik.ts'
import { opdracht as gebruiker } from './gebruiker.ts'
import { opdracht as regio } from './regio.ts'
import { opdracht as reservekopie } from './reservekopie.ts'
import { opdracht as sleutel } from './sleutel.ts'

const ALLE = { audit, beleid, bericht, cijfers, db, gebruiker, regio, reservekopie, sleutel }
const vormen = Object.entries(ALLE).flatMap(([naam, { gebruik }]) =>
  Object.entries(gebruik).map(([wat, vorm]) => [naam, wat, vorm] as const),
)
/** No database is needed to be told that a command was given wrongly. */
const GEEN = { url: 'postgresql://niemand@127.0.0.1:1/geen' }

/** What was said before the help begins. */
const reden = (stderr: string) => stderr.slice(0, stderr.indexOf('Gebruik:'))
const volledig = ({ argumenten = [], opties = {} }: Gebruik) => [
  ...argumenten.filter(naam => !naam.startsWith('[')),
  ...Object.entries(opties).flatMap(([naam, { nodig, waarde }]) =>
    nodig ? [`--${naam}`, waarde ?? ''] : [],
  ),
]

describe('elke opdracht zegt wat er mis is aan hoe zij is gegeven', () => {
  it('en staat in deze proef', async () => {
    const { stdout } = await samenhang(GEEN, ['--help'])
    expect([...stdout.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, naam]) => naam).toSorted()).toEqual(
      Object.keys(ALLE).toSorted(),
    )
    for (const [naam, { help, gebruik }] of Object.entries(ALLE))
      expect(
        [...new Set([...help.matchAll(new RegExp(`^ {2}samenhang ${naam} ([\\w-]+)`, 'gm'))].map(m => m[1]))],
        naam,
      ).toEqual(expect.arrayContaining(Object.keys(gebruik)))
  })

  it.each(vormen)('%s %s: onbekende optie, te veel, en wat ontbreekt', async (naam, wat, vorm) => {
    const { gebruik } = ALLE[naam as keyof typeof ALLE]
    expect(checkGebruik(gebruik, [wat, ...volledig(vorm)])).toEqual([])
    const vreemd = await samenhang(GEEN, [naam, wat, ...volledig(vorm), '--email', 'X'])
    expect(vreemd.status).toBe(2)
    if (vorm.opties?.email === undefined) expect(reden(vreemd.stderr)).toContain('Onbekende optie: --email.')
    const kaal = checkGebruik(gebruik, [wat])
    for (const argument of vorm.argumenten ?? [])
      if (!argument.startsWith('[')) expect(kaal).toContain(`${argument.replace('…', '')} ontbreekt.`)
    for (const [optie, { nodig, waarde }] of Object.entries(vorm.opties ?? {})) {
      if (nodig) expect(kaal).toContain(`--${optie} ${waarde} ontbreekt.`)
      const zonder = checkGebruik(gebruik, [wat, ...volledig(vorm), `--${optie}${waarde ? '' : '=1'}`])
      expect(zonder.join(' ')).toContain(`Bij --${optie} hoort ${waarde ? 'een' : 'geen'} waarde`)
    }
    if (!vorm.argumenten?.some(argument => /[…[]/.test(argument)))
      expect(checkGebruik(gebruik, [wat, ...volledig(vorm), 'ook'])).toEqual(['Te veel: ook.'])
  })

  it.each(Object.keys(ALLE))('%s: zonder meer, en iets onbekends', async naam => {
    expect(reden((await samenhang(GEEN, [naam])).stderr)).toContain('Er staat niet bij wat er moet gebeuren.')
    const vreemd = await samenhang(GEEN, [naam, 'dans'])
    expect([vreemd.status, reden(vreemd.stderr)]).toEqual([
      2,
      expect.stringContaining('Onbekend: dans. Kies uit: '),
    ])
  })

  it('ook wie --email geeft waar het adres zelf moet staan', async () => {
    const { status, stderr } = await samenhang(GEEN, ['gebruiker', 'uit', '--email', 'a@b.nl'])
    expect([status, reden(stderr)]).toEqual([2, expect.stringContaining('Onbekende optie: --email.')])
    expect(checkGebruik(gebruiker.gebruik, ['maak', '--naam', '--email', 'a@b.nl'])).toContain(
      'Bij --naam hoort een waarde: NAAM.',
    )
    expect(checkGebruik(gebruiker.gebruik, ['maak', '--naam', 'A', '--naam', 'B'])).toEqual([
      '--naam staat er meer dan eens.',
    ])
  })
})
