import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  Actie,
  Bestandveld,
  bindInvoer,
  Datumveld,
  Formulier,
  Foutsamenvatting,
  Keuzelijst,
  Keuzerondjes,
  Link,
  Tekstveld,
  Vinkje,
  Vinkjes,
} from './index.ts'

const html = renderToStaticMarkup

/** Every value of an attribute, in order. */
function attributes(markup: string, naam: string): string[] {
  return [...markup.matchAll(new RegExp(`\\s${naam}="([^"]*)"`, 'g'))].map(m => m[1] ?? '')
}

describe('a field', () => {
  it('takes its name, what was typed and its own fault from the form', () => {
    const invoer: { naam: string; kvk?: string; soorten: string[] } = { naam: 'Zorg & Zo', soorten: [] }
    const veld = bindInvoer(invoer, [{ pad: 'kvk', melding: 'Vul in.' }])
    const markup = html(
      <>
        <Tekstveld {...veld('naam')} label="Naam" />
        <Tekstveld {...veld('kvk')} label="KvK" />
      </>,
    )
    expect(attributes(markup, 'name')).toEqual(['naam', 'kvk'])
    expect(attributes(markup, 'value')).toEqual(['Zorg &amp; Zo', ''])
    expect(markup.match(/Vul in\./g)).toHaveLength(1)
    expect(markup).toMatch(/id="veld-kvk-fout"/)
  })

  it('ties the label, the help and the fault to the input', () => {
    const markup = html(
      <Tekstveld
        naam="kvk"
        label="KvK"
        hulp="8 cijfers"
        waarde="1"
        fouten={[{ pad: '/kvk', melding: 'Te kort.' }]}
      />,
    )
    expect(markup).toMatch(/<label[^>]*for="veld-kvk"[^>]*>KvK/)
    expect(markup).toMatch(/<input[^>]*id="veld-kvk"/)
    expect(attributes(markup, 'aria-describedby')).toEqual(['veld-kvk-hulp veld-kvk-fout'])
    expect(attributes(markup, 'aria-invalid')).toEqual(['true'])
    expect(attributes(markup, 'value')).toEqual(['1'])
    expect(markup).toMatch(/id="veld-kvk-fout"[^>]*>.*Te kort\./)
  })

  it('takes only its own faults', () => {
    const markup = html(<Tekstveld naam="naam" label="Naam" fouten={[{ pad: 'kvk', melding: 'Te kort.' }]} />)
    expect(markup).not.toContain('Te kort.')
    expect(markup).not.toContain('aria-invalid')
  })

  it('says so when it is optional, and is required for a screen reader otherwise', () => {
    expect(html(<Tekstveld naam="a" label="A" verplicht={false} />)).toContain('(niet verplicht)')
    expect(html(<Tekstveld naam="a" label="A" verplicht={false} />)).not.toContain('aria-required')
    expect(html(<Tekstveld naam="a" label="A" />)).toContain('aria-required="true"')
  })

  it('says when it is required, when that hangs on another field', () => {
    for (const markup of [
      html(<Tekstveld naam="a" label="A" verplichtBij="‘ja’" />),
      html(<Vinkjes naam="a" label="A" verplichtBij="‘ja’" opties={[]} />),
    ]) {
      expect(markup).toContain('(verplicht bij ‘ja’)')
      expect(markup).not.toMatch(/niet verplicht|aria-required/)
    }
  })

  it('shows an ISO date in Dutch form and a wrong one as it was typed', () => {
    expect(attributes(html(<Datumveld naam="d" label="D" waarde="2026-01-31" />), 'value')).toEqual([
      '31-01-2026',
    ])
    expect(attributes(html(<Datumveld naam="d" label="D" waarde="31-02-2026" />), 'value')).toEqual([
      '31-02-2026',
    ])
  })

  it('keeps what was chosen', () => {
    const opties = [
      { waarde: 'a', naam: 'A' },
      { waarde: 'b', naam: 'B' },
    ]
    expect(html(<Keuzelijst naam="k" label="K" opties={opties} waarde="b" />)).toMatch(
      /<option value="b"[^>]*selected=""/,
    )
    expect(html(<Keuzerondjes naam="k" label="K" opties={opties} waarde="b" />)).toMatch(
      /<input[^>]*checked="" value="b"/,
    )
    expect(html(<Vinkje naam="k" label="K" aan />)).toContain('checked=""')
  })

  it('groups choices under a legend, the first one being where the error summary leads', () => {
    const markup = html(
      <Keuzerondjes
        naam="wet"
        label="Wet"
        opties={[
          { waarde: 'a', naam: 'A' },
          { waarde: 'b', naam: 'B' },
        ]}
        fouten={[{ pad: 'wet', melding: 'Kies.' }]}
      />,
    )
    expect(markup).toMatch(/<fieldset[^>]*aria-describedby="veld-wet-fout"/)
    expect(markup).toContain('<legend')
    expect(attributes(markup, 'id')).toEqual(['veld-wet-fout', 'veld-wet', 'veld-wet-1'])
  })

  it('accepts files only in a multipart form', () => {
    const markup = html(
      <Formulier actie="/x" csrf="t" bestanden>
        <Bestandveld naam="b" label="B" accept=".xml" />
      </Formulier>,
    )
    expect(markup).toContain('encType="multipart/form-data"')
    expect(markup).toMatch(/<input[^>]*type="file"/)
    expect(attributes(markup, 'accept')).toEqual(['.xml'])
  })
})

describe('the error summary', () => {
  const fouten = [
    { pad: 'kvk', melding: 'Te kort.' },
    { pad: '/regels/0/bedrag', melding: 'Geen bedrag.' },
  ]

  it('links each fault to the id of its field', () => {
    expect(attributes(html(<Foutsamenvatting fouten={fouten} />), 'href')).toEqual([
      '#veld-kvk',
      '#veld-regels-0-bedrag',
    ])
    expect(html(<Tekstveld naam="/regels/0/bedrag" label="Bedrag" fouten={fouten} />)).toContain(
      'id="veld-regels-0-bedrag"',
    )
  })

  it('is announced, counts, and is absent without faults', () => {
    expect(html(<Foutsamenvatting fouten={fouten} />)).toContain('role="alert"')
    expect(html(<Foutsamenvatting fouten={fouten} />)).toContain('Er zijn 2 dingen')
    expect(html(<Foutsamenvatting fouten={[]} />)).toBe('')
  })
})

describe('buttons and links', () => {
  it('send their values with the token', () => {
    const markup = html(
      <Actie actie="/x" csrf="t" velden={{ id: '12' }} naam="stap" waarde="goed" soort="gevaar">
        Keur af
      </Actie>,
    )
    expect(markup).toContain('<input type="hidden" name="id" value="12"/>')
    const knop = /<button[^>]*>/.exec(markup)?.[0] ?? ''
    expect(attributes(knop, 'name')).toEqual(['stap'])
    expect(attributes(knop, 'value')).toEqual(['goed'])
    expect(attributes(knop, 'type')).toEqual(['submit'])
  })

  it('can say more to a screen reader where the text repeats', () => {
    expect(
      html(
        <Link href="/b/1" label="Bekijk bericht 1">
          Bekijk
        </Link>,
      ),
    ).toContain('aria-label="Bekijk bericht 1"')
  })
})
