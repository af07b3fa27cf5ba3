import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { WEGWIJZER } from '../../../../test/support/beleid.ts'
import type { Staat } from '../../dossiers/register/rules.ts'
import { readMethode } from '../methode/actions.ts'
import { listVragen } from '../methode/rules.ts'
import {
  blokkades,
  listStappen,
  mayAnswer,
  mayHerstel,
  nextNa,
  nextVraag,
  type Stap,
  type Vraagstand,
} from './rules.ts'

const methode = readMethode(readFileSync(WEGWIJZER, 'utf8'))
const [WAT, HOE] = ['wat', 'hoe'].map(fase =>
  listVragen(methode).flatMap(({ kwadrant, vraag }) => (kwadrant.fase === fase ? [vraag.code] : [])),
) as [string[], string[]]
const standen = (codes: readonly string[], stand: Vraagstand = 'beantwoord') =>
  new Map(codes.map(code => [code, stand]))

describe('listStappen: de knoppen van een doorloop', () => {
  it.each<[Staat, Stap[]]>([
    ['loopt', ['pauzeer', 'draag-over', 'leg-voor', 'trek-in']],
    ['gepauzeerd', ['hervat', 'draag-over', 'trek-in']],
    ['voorgelegd', ['draag-over', 'haal-terug', 'stel-vast', 'trek-in']],
    ['vastgesteld', []],
    ['ingetrokken', ['herstel']],
  ])('die %s is', (staat, verwacht) => {
    expect(listStappen(staat)).toEqual(verwacht)
  })
})

describe('mayHerstel', () => {
  it.each([
    [{ gesloten: false, laatste: true }, true],
    [{ gesloten: true, laatste: true }, false],
    [{ gesloten: false, laatste: false }, false],
  ])('met %j: %s', (stand, verwacht) => {
    expect(mayHerstel(stand).ok).toBe(verwacht)
  })
})

describe('mayAnswer: eerst het aanbod, dan het wat, dan het hoe', () => {
  it.each([
    ['niets zonder aanbod', 'wat', 0, [], false],
    ['het wat met aanbod', 'wat', 1, [], true],
    ['het hoe niet als er nog één van het wat open is', 'hoe', 1, WAT.slice(1), false],
    ['het hoe als het wat af is', 'hoe', 1, WAT, true],
  ] as const)('%s', (_, fase, aanbod, af, verwacht) => {
    expect(mayAnswer(methode, { fase }, { standen: standen(af), aanbod }).ok).toBe(verwacht)
  })

  it('telt bewust opengelaten als af, en een concept niet', () => {
    const stand = (stand: Vraagstand) => ({ standen: standen(WAT, stand), aanbod: 1 })
    expect(mayAnswer(methode, { fase: 'hoe' }, stand('open-gelaten')).ok).toBe(true)
    expect(mayAnswer(methode, { fase: 'hoe' }, stand('concept')).ok).toBe(false)
  })
})

describe('nextNa: verder waar men is', () => {
  const na = (code: string, af: readonly string[]) =>
    nextNa(methode, code, { standen: standen(af), aanbod: 1 })?.code

  it.each([
    ['de volgende, niet de eerste lege', 'k3', ['k3'], 'k4'],
    ['wat ervoor is overgeslagen als erna niets meer open is', 'v5', WAT.filter(c => c !== 'k2'), 'k2'],
    ['het hoe zodra het wat af is', 'v5', WAT, 'p1'],
    ['niet het hoe dat op deze vraag wacht', 'v5', WAT.filter(c => c !== 'v5'), undefined],
    ['niets als alles af is', 'i3', [...WAT, ...HOE], undefined],
  ] as const)('%s', (_, code, af, verwacht) => {
    expect(na(code, af)).toBe(verwacht)
  })

  it('begint met de eerste lege waar niemand nog iets deed', () => {
    expect(nextVraag(methode, new Map())?.code).toBe('k1')
    expect(nextNa(methode, 'k1', { standen: new Map(), aanbod: 0 })).toBeUndefined()
  })
})

describe('blokkades: wat het voorleggen tegenhoudt', () => {
  const voorwaarden = methode.kwadranten.flatMap(k => k.randvoorwaarden.map(r => r.code))
  const alles = {
    vragen: standen([...WAT, ...HOE]),
    voorwaarden: new Map(voorwaarden.map((code, i) => [code, i === 0 ? 'gemotiveerd' : 'voldaan'] as const)),
    conclusies: 1,
    uitgesloten: 0,
    wachtend: 0,
  }
  it('is niets als alles er is, ook met een gemotiveerde voorwaarde', () => {
    expect(blokkades(methode, alles)).toEqual([])
  })
  it('noemt alles wat ontbreekt', () => {
    expect(
      blokkades(methode, {
        vragen: standen(WAT.slice(1)),
        voorwaarden: new Map([...alles.voorwaarden, [voorwaarden[1] ?? '', 'niet-voldaan' as const]]),
        conclusies: 0,
        uitgesloten: 1,
        wachtend: 2,
      }).map(({ melding }) => melding),
    ).toEqual([
      '9 vragen zijn nog niet beantwoord of bewust opengelaten.',
      'Aan 1 randvoorwaarde is niet voldaan en dat is niet gemotiveerd.',
      'Op 2 bijdragen heeft nog niemand gereageerd. Reageer bij de vraag in het vragenwiel.',
      'Er is nog geen conclusie.',
      '1 conclusie is juridisch uitgesloten. Pas ze aan of schrap ze.',
    ])
  })
})
