import { describe, expect, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { ALLE, VORMEN, volledig } from '../../../test/support/opdrachten.ts'
import { checkGebruik } from './gebruik.ts'

/** No database is needed to be told that a command was given wrongly. */
const GEEN = { url: 'postgresql://niemand@127.0.0.1:1/geen' }

/** What was said before the help begins. */
const reden = (stderr: string) => stderr.slice(0, stderr.indexOf('Gebruik:'))
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

  it.each(VORMEN)('%s %s: onbekende optie, te veel, en wat ontbreekt', async (naam, wat, vorm) => {
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
    expect(checkGebruik(ALLE.gebruiker.gebruik, ['maak', '--naam', '--email', 'a@b.nl'])).toContain(
      'Bij --naam hoort een waarde: NAAM.',
    )
    expect(checkGebruik(ALLE.gebruiker.gebruik, ['maak', '--naam', 'A', '--naam', 'B'])).toEqual([
      '--naam staat er meer dan eens.',
    ])
  })
})
