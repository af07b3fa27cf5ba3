import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { notFound, Problem } from '../problem.ts'
import {
  Badge,
  Beschrijvingslijst,
  ComponentenPagina,
  currentItem,
  Filterbalk,
  Kengetal,
  Pagina,
  Paginering,
  ProblemPagina,
  pageNumbers,
  renderPage,
  Tabel,
  Tabs,
  Tekstveld,
  Waarom,
} from './index.ts'

const html = renderToStaticMarkup

/** Every value of an attribute, in order. */
function attributes(markup: string, naam: string): string[] {
  return [...markup.matchAll(new RegExp(`\\s${naam}="([^"]*)"`, 'g'))].map(m => m[1] ?? '')
}

const compleet = renderPage(<ComponentenPagina />)

describe('a page', () => {
  it('is one Dutch document with one h1, a main to skip to, and a title', () => {
    expect(compleet).toMatch(/^<!doctype html><html lang="nl">/)
    expect(compleet.match(/<h1/g)).toHaveLength(1)
    expect(compleet).toContain('<main id="inhoud"')
    expect(compleet).toContain('href="#inhoud"')
    expect(compleet).toContain('<title>Componenten – Samenhang</title>')
  })

  it('holds nothing that a strict CSP refuses: no style attribute or element, no script, no handler', () => {
    expect(compleet).not.toMatch(/\sstyle=/i)
    expect(compleet).not.toMatch(/<style/i)
    expect(compleet).not.toMatch(/<script/i)
    expect(compleet).not.toMatch(/\son[a-z]+=/i)
    expect(compleet).not.toMatch(/javascript:/i)
  })

  it('uses every id once, and every reference to an id exists', () => {
    const ids = attributes(compleet, 'id')
    expect(ids.length).toBeGreaterThan(50)
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    const verwijzingen = ['for', 'aria-labelledby', 'aria-describedby']
      .flatMap(naam => attributes(compleet, naam))
      .flatMap(waarde => waarde.split(' '))
    const interne = attributes(compleet, 'href')
      .filter(href => href.startsWith('#'))
      .map(href => href.slice(1))
    const vlakken = [...compleet.matchAll(/url\(#([^)]+)\)/g)].map(m => m[1] ?? '')
    expect(vlakken.length).toBeGreaterThan(0)
    expect([...verwijzingen, ...interne, ...vlakken].filter(id => !ids.includes(id))).toEqual([])
  })

  it('gives every form that changes something the CSRF token', () => {
    const forms = compleet.match(/<form[^>]*method="post"[^>]*>.*?<\/form>/g) ?? []
    expect(forms.length).toBeGreaterThan(4)
    expect(forms.filter(form => !form.includes('name="_csrf" value="voorbeeld"'))).toEqual([])
  })

  it('says that it is a demonstration only when it is', () => {
    const pagina = (demo: boolean) =>
      html(
        <Pagina titel="T" pad="/" menu={[]} demo={demo}>
          x
        </Pagina>,
      )
    expect(pagina(true)).toContain('alle gegevens zijn verzonnen')
    expect(pagina(false)).not.toContain('verzonnen')
  })

  it('escapes what people wrote, in text and in attributes', () => {
    const kwaad = `"><script>alert('x')</script>`
    const markup = renderPage(
      <Pagina
        titel={kwaad}
        pad="/"
        menu={[]}
        zoekterm={kwaad}
        gebruiker={{ naam: kwaad, rol: 'r', organisatie: 'o' }}
      >
        <Tekstveld naam="a" label={kwaad} waarde={kwaad} />
        <Tabel
          bijschrift={kwaad}
          bijschriftZichtbaar
          kolommen={[{ kop: kwaad, cel: () => kwaad }]}
          rijen={[1]}
          sleutel={String}
        />
      </Pagina>,
    )
    expect(markup).not.toContain('<script')
    expect(markup.split('&quot;&gt;&lt;script&gt;')).toHaveLength(10)
  })

  it('marks the menu link that the path lies below, and none that merely starts the same', () => {
    const menu = [
      { href: '/', naam: 'Start' },
      { href: '/berichten', naam: 'Berichten' },
      { href: '/berichten/uit', naam: 'Uit' },
    ]
    expect(currentItem(menu, '/berichten/uit/12')).toBe('/berichten/uit')
    expect(currentItem(menu, '/berichten/12')).toBe('/berichten')
    expect(currentItem(menu, '/berichtenboek')).toBeUndefined()
    expect(currentItem(menu, '/')).toBe('/')
  })
})

describe('a table', () => {
  const kolommen = [
    { kop: 'Naam', rijkop: true, sorteer: 'naam', cel: (r: { n: string; b: number }) => r.n },
    {
      kop: 'Bedrag',
      uitlijning: 'rechts' as const,
      sorteer: 'bedrag',
      cel: (r: { b: number }) => String(r.b),
    },
  ]
  const tabel = (adres: string, kolom: string, richting: 'op' | 'af') =>
    html(
      <Tabel
        bijschrift="Lijst"
        bijschriftZichtbaar
        kolommen={kolommen}
        rijen={[{ n: 'x', b: 1 }]}
        sleutel={r => r.n}
        adres={adres}
        sortering={{ kolom, richting }}
      />,
    )

  it('keeps every other parameter when sorting, but starts again at the first page', () => {
    const [naam, bedrag] = attributes(tabel('/l?zoek=a%26b&pagina=3', 'naam', 'op'), 'href')
    expect(naam).toBe('/l?zoek=a%26b&amp;sorteer=-naam')
    expect(bedrag).toBe('/l?zoek=a%26b&amp;sorteer=bedrag')
  })

  it('tells the order on the sorted column only', () => {
    expect(attributes(tabel('/l', 'naam', 'op'), 'aria-sort')).toEqual(['ascending'])
    expect(attributes(tabel('/l', 'bedrag', 'af'), 'aria-sort')).toEqual(['descending'])
  })

  it('scrolls in a region with a name that the keyboard reaches, and names its rows and columns', () => {
    const markup = tabel('/l', 'naam', 'op')
    const id = attributes(markup, 'aria-labelledby')[0]
    expect(markup).toContain(`<caption id="${id}"`)
    expect(attributes(markup, 'tabindex')).toEqual(['0'])
    expect(attributes(markup, 'scope')).toEqual(['col', 'col', 'row'])
  })

  it('shows the empty state in place of a table without rows', () => {
    const markup = html(
      <Tabel
        bijschrift="Lijst"
        bijschriftZichtbaar
        kolommen={kolommen}
        rijen={[]}
        sleutel={r => r.n}
        leeg={<p>Begin hier.</p>}
      />,
    )
    expect(markup).toContain('Begin hier.')
    expect(markup).not.toContain('<table')
  })
})

it.each([
  [2, []],
  [3, ['Kop 1', 'Kop 2', 'Kop 0', 'Kop 1', 'Kop 2']],
])(
  'of %i columns a telephone reads: each value, and each total, with its heading when they are stacked',
  (aantal, koppen) => {
    const out = html(
      <Tabel
        bijschrift="Regels"
        rijen={['a']}
        sleutel={rij => rij}
        kolommen={Array.from({ length: aantal }, (_, i) => ({
          kop: `Kop ${i}`,
          rijkop: i === 0,
          cel: (rij: string) => rij,
          totaal: i,
        }))}
      />,
    )
    expect(out.includes('sam-stapelt')).toBe(koppen.length > 0)
    expect(attributes(out, 'data-kop')).toEqual(koppen)
  },
)

it('an explanation stands below its row over the whole width, and only where there is one', () => {
  const out = html(
    <Tabel
      bijschrift="Regels"
      bijschriftZichtbaar
      rijen={['a', 'b']}
      sleutel={rij => rij}
      kolommen={[
        { kop: 'Een', cel: rij => rij },
        { kop: 'Twee', cel: rij => rij },
      ]}
      onder={rij => (rij === 'b' ? 'waarom b' : undefined)}
    />,
  )
  expect(out.match(/sam-onder/g)).toHaveLength(1)
  expect(out).toMatch(/<td[^>]*colSpan="2"[^>]*><div>waarom b<\/div>/)
})

describe('a list', () => {
  it('says which part this is and links to the rest with the filter kept', () => {
    const markup = html(
      <Paginering adres="/b?soort=JW323&pagina=2" pagina={2} perPagina={20} totaal={1234} />,
    )
    expect(markup).toContain('21–40 van 1.234')
    expect(attributes(markup, 'href')).toContain('/b?soort=JW323')
    expect(attributes(markup, 'href')).toContain('/b?soort=JW323&amp;pagina=62')
    expect(markup).toMatch(/aria-current="page"[^>]*>2</)
  })

  it('counts the last page and an empty list right, without page links where all fits', () => {
    expect(html(<Paginering adres="/b" pagina={3} perPagina={20} totaal={45} />)).toContain('41–45 van 45')
    const leeg = html(<Paginering adres="/b" pagina={1} perPagina={20} totaal={0} />)
    expect(leeg).toContain('0–0 van 0')
    expect(leeg).not.toContain('<nav')
  })

  it.each([
    [1, 1, [1]],
    [1, 5, [1, 2, null, 5]],
    [3, 5, [1, 2, 3, 4, 5]],
    [4, 9, [1, 2, 3, 4, 5, null, 9]],
    [50, 62, [1, null, 49, 50, 51, null, 62]],
  ])('page %i of %i shows %j', (pagina, laatste, verwacht) => {
    expect(pageNumbers(pagina, laatste)).toEqual(verwacht)
  })

  it('keeps sorting while filtering, and wipes only the filters', () => {
    const markup = html(
      <Filterbalk adres="/b?sorteer=-datum&zoek=x&pagina=4" namen={['zoek']} naam="berichten">
        <Tekstveld naam="zoek" label="Zoek" waarde="x" />
      </Filterbalk>,
    )
    expect(markup).toContain('<input type="hidden" name="sorteer" value="-datum"/>')
    expect(markup).not.toContain('name="pagina"')
    expect(attributes(markup, 'href')).toEqual(['/b?sorteer=-datum'])
    expect(attributes(markup, 'method')).toEqual(['get'])
  })

  it('offers no wiping where nothing is filtered', () => {
    const markup = html(
      <Filterbalk adres="/b?sorteer=naam" namen={['zoek']} naam="berichten">
        x
      </Filterbalk>,
    )
    expect(markup).not.toContain('Wis filters')
  })

  it('marks the current tab for a screen reader', () => {
    const markup = html(
      <Tabs
        label="Delen"
        huidig="/b"
        tabs={[
          { naam: 'A', href: '/a' },
          { naam: 'B', href: '/b' },
        ]}
      />,
    )
    expect(markup).toMatch(/href="\/b" aria-current="page"/)
    expect(attributes(markup, 'aria-current')).toHaveLength(1)
  })
})

describe('figures and judgements', () => {
  it('explain themselves, with a summary that is unique', () => {
    const uitleg = { definitie: 'Som.', bron: 'Declaraties', bijgewerkt: 'vandaag' }
    const markup = html(<Kengetal label="Besteed" waarde="€ 1" uitleg={uitleg} />)
    expect(markup).toMatch(
      /<summary>Hoe is dit berekend\?<span class="ams-visually-hidden"> \(Besteed\)<\/span>/,
    )
    expect(markup).toContain('Laatst bijgewerkt')
  })

  it('lay the facts side by side and say what to do', () => {
    const markup = html(
      <Waarom
        oordeel="Regel 3 is afgekeurd."
        regel="TR321"
        grond="iJw 3.2"
        feiten={[{ naam: 'Einde', gevonden: '31-10', verwacht: '15-10', klopt: false }]}
        watNu="Vraag verlenging aan."
      />,
    )
    expect(markup).toMatch(/<th scope="row"[^>]*>Einde<\/th><td[^>]*>31-10<\/td><td[^>]*>15-10<\/td>/)
    expect(markup).toContain('Vraag verlenging aan.')
    expect(markup).toContain('>Nee<')
  })

  it('have a name for what is not known', () => {
    expect(html(<Beschrijvingslijst items={[{ naam: 'Verwijzer', waarde: '' }]} />)).toContain(
      '>niet ingevuld<',
    )
    expect(html(<Beschrijvingslijst items={[{ naam: 'Aantal', waarde: 0 }]} />)).toContain('>0<')
  })

  it('say a state in words', () => {
    expect(html(<Badge toon="fout">Afgekeurd</Badge>)).toContain('Afgekeurd')
  })
})

describe('the page of a refusal', () => {
  it.each([
    [notFound('Bericht'), 'Bericht niet gevonden', 'Controleer het adres.'],
    [new Problem(409, 'conflict', 'Dit is al betaald'), 'Dit is al betaald', 'Open de pagina opnieuw'],
    [new Problem(500, 'fout', 'Er ging iets mis'), 'Er ging iets mis', 'over een paar minuten'],
    [new Problem(401, 'login', 'U bent niet ingelogd'), 'U bent niet ingelogd', 'href="/inloggen"'],
  ])('%s says what happened and what to do', (problem, kop, raad) => {
    const markup = renderPage(<ProblemPagina problem={problem} verzoekId="req-77" />)
    expect(markup).toMatch(new RegExp(`<h1[^>]*>${kop}</h1>`))
    expect(markup).toContain(raad)
    expect(markup).toContain('req-77')
  })
})
