import Value from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { maxBytes, readInvoer, toInvoer } from './formulier.ts'
import { bestand, tekst } from './soorten.ts'

describe('a file', () => {
  const naam = tekst({ label: 'T', noem: 'de tekst', max: 5 })
  const een = bestand({ label: 'L', kies: 'Kies de lijst.', soorten: ['.json'], max: 1000 })
  const meer = bestand({
    label: 'L',
    kies: 'Kies de lijst.',
    soorten: ['.xml', '.zip'],
    max: 5000,
    meer: true,
  })

  test.each([
    [een, ['lijst.json'], undefined],
    [een, ['LIJST.JSON'], undefined],
    [een, [], 'Kies de lijst.'],
    [een, ['lijst.json.exe'], '‘lijst.json.exe’ kan hier niet: kies een bestand dat eindigt op .json.'],
    [een, ['a.json', 'b.json'], 'Kies één bestand.'],
    [meer, ['a.xml', 'b.zip'], undefined],
    [meer, ['a.xml', 'b.txt'], '‘b.txt’ kan hier niet: kies een bestand dat eindigt op .xml of .zip.'],
  ])('%#: %j', (veld, namen, melding) => {
    expect(veld.read(namen, 'l', [])).toEqual(melding ? { meldingen: [melding] } : { waarde: namen })
    expect(Value.Check(veld.schema, namen)).toBe(melding === undefined)
  })

  test('is typed by its name, is not shown again, and says how much a form may hold', () => {
    const velden = { een, meer, naam }
    const bytes = Buffer.from('{}')
    const body = {
      een: { naam: 'l.json', bytes },
      meer: [
        { naam: 'a.xml', bytes },
        { naam: 'b.xml', bytes },
      ],
      naam: 'x',
    }
    const invoer = readInvoer(velden, body)
    expect(invoer).toEqual({ een: ['l.json'], meer: ['a.xml', 'b.xml'], naam: ['x'] })
    // A text where a file belongs is none.
    expect(readInvoer(velden, { een: 'l.json' }).een).toEqual([])
    expect(toInvoer(velden, { een: ['l.json'], naam: 'x' })).toEqual({ een: [], meer: [], naam: ['x'] })
    expect([maxBytes(velden), maxBytes({ naam })]).toEqual([6000, undefined])
  })
})
