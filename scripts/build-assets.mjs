// Builds the files that pages load (style sheet, font, icon, and a script per island) into dist/assets, each with the
// hash of its content in its name, and dist/assets/manifest.json that says how they are called.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const uit = join(root, 'dist', 'assets')
const modules = join(root, 'node_modules')
const stijlmap = join(root, 'src', 'platform', 'ui', 'stijl')

/** The parts of the design system that platform/ui wraps; the rest never reaches a browser. */
const ONDERDELEN = [
  'body',
  'alert',
  'badge',
  'breadcrumb',
  'button',
  'checkbox',
  'description-list',
  'error-message',
  'field',
  'field-set',
  'file-input',
  'heading',
  'hint',
  'icon',
  'label',
  'link',
  'ordered-list',
  'paragraph',
  'radio',
  'select',
  'skip-link',
  'standalone-link',
  'table',
  'text-area',
  'text-input',
  'unordered-list',
  'visually-hidden',
]

/** Our own style sheets, in this order: later ones win. */
const STIJLEN = [
  'layout',
  'formulier',
  'melding',
  'lijst',
  'cijfers',
  'verhaal',
  'boom',
  'ritme',
  'grafiek',
  'beleid',
  'wegwijzer',
  'stroom',
  'print',
]

// Some files of the design system start with a byte order mark, which would break the first rule when joined.
const lees = pad => readFileSync(pad, 'utf8').replace(/^\uFEFF/, '')
const zonderOpmerkingen = css => css.replaceAll(/\/\*[\s\S]*?\*\//g, '')
const gebruikt = css => [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(m => m[1])

/** Custom properties of a style sheet that holds nothing but a `:root` block; later ones win. */
function tokensVan(css) {
  return [...zonderOpmerkingen(css).matchAll(/(--[\w-]+):\s*((?:"[^"]*"|'[^']*'|[^;"'])+);/g)].map(m => [
    m[1],
    m[2].trim(),
  ])
}

/** Only the tokens that `css` uses, directly or through another token. */
function beperkTokens(tokens, css) {
  const nodig = new Set()
  const wachtrij = gebruikt(css)
  for (let naam = wachtrij.pop(); naam !== undefined; naam = wachtrij.pop()) {
    if (nodig.has(naam)) continue
    nodig.add(naam)
    const waarde = tokens.get(naam)
    if (waarde !== undefined) wachtrij.push(...gebruikt(waarde))
  }
  const regels = [...tokens].filter(([naam]) => nodig.has(naam)).map(([naam, waarde]) => `${naam}:${waarde};`)
  return `:root{${regels.join('')}}`
}

async function verklein(css) {
  const ID = 'samenhang.css'
  const uitkomst = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { write: false, cssMinify: 'lightningcss', rolldownOptions: { input: ID } },
    plugins: [
      {
        name: 'samengestelde-stijl',
        enforce: 'pre',
        resolveId: id => (id === ID ? join(stijlmap, ID) : undefined),
        load: id => (id === join(stijlmap, ID) ? css : undefined),
      },
    ],
  })
  const bestand = [uitkomst]
    .flat()
    .flatMap(u => u.output)
    .find(o => o.fileName.endsWith('.css'))
  if (bestand === undefined) throw new Error('the style sheet is missing from the output of vite')
  return Buffer.from(bestand.source)
}

/** Every `<name>.island.tsx` in the sources, by its name. */
function vindEilanden() {
  const paden = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(pad => pad.endsWith('.island.tsx'))
    .sort()
  return new Map(paden.map(pad => [basename(pad, '.island.tsx'), join(root, 'src', pad)]))
}

/**
 * One self-contained script: React, the island, and the line that wakes it up where the server rendered it. In development
 * React says in the console what it finds other than it would have rendered.
 */
export async function bouwEiland(naam, soort = 'production') {
  const pad = vindEilanden().get(naam)
  return bouwScript(
    `import { createElement } from 'react'
import { hydrateRoot } from 'react-dom/client'
import Eiland from ${JSON.stringify(pad)}
for (const plek of document.querySelectorAll('[data-eiland="${naam}"]'))
  hydrateRoot(plek, createElement(Eiland, JSON.parse(plek.dataset.gegevens)), { identifierPrefix: '${naam}' })`,
    soort,
  )
}

/** Bundles `code` with all that it imports. */
async function bouwScript(code, soort = 'production') {
  const ID = 'samenhang:script'
  const uitkomst = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    mode: soort,
    define: { 'process.env.NODE_ENV': JSON.stringify(soort) },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: ID } },
    plugins: [
      {
        name: 'script',
        enforce: 'pre',
        resolveId: id => (id === ID ? `\0${ID}` : undefined),
        load: id => (id === `\0${ID}` ? code : undefined),
      },
    ],
  })
  const script = [uitkomst]
    .flat()
    .flatMap(u => u.output)
    .find(o => o.type === 'chunk')
  if (script === undefined) throw new Error('the script is missing from the output of vite')
  return Buffer.from(script.code)
}

/** In one step, so that a server or test that reads at the same moment never sees half a file. */
function schrijf(bestand, inhoud) {
  const tijdelijk = join(uit, `.${process.pid}.${bestand}`)
  writeFileSync(tijdelijk, inhoud)
  renameSync(tijdelijk, join(uit, bestand))
}

function bewaar(naam, extensie, inhoud) {
  const hash = createHash('sha256').update(inhoud).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 10)
  const bestand = `${naam}.${hash}.${extensie}`
  // Compressed once, here, as small as it gets; a font is compressed already.
  if (extensie !== 'woff2') {
    if (!existsSync(join(uit, `${bestand}.br`))) schrijf(`${bestand}.br`, brotliCompressSync(inhoud))
    if (!existsSync(join(uit, `${bestand}.gz`))) schrijf(`${bestand}.gz`, gzipSync(inhoud, { level: 9 }))
  }
  if (!existsSync(join(uit, bestand))) schrijf(bestand, inhoud)
  return `/assets/${bestand}`
}

/** Builds everything; answers the sizes in bytes as sent over the line. */
export async function buildAssets() {
  mkdirSync(uit, { recursive: true })
  const letterBytes = readFileSync(
    join(modules, '@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2'),
  )
  const letter = bewaar('noto-sans', 'woff2', letterBytes)
  const icoon = bewaar('icoon', 'svg', readFileSync(join(stijlmap, 'icoon.svg')))
  const letterCss = `@font-face{font-family:"Noto Sans Variable";font-style:normal;font-display:swap;font-weight:100 900;src:url("${letter}") format("woff2-variations")}`
  const systeem = ONDERDELEN.map(naam =>
    lees(join(modules, '@amsterdam/design-system-css/dist', naam, `${naam}.css`)),
  ).join('\n')
  const eigen = STIJLEN.map(naam => lees(join(stijlmap, `${naam}.css`))).join('\n')
  const tokens = new Map([
    ...tokensVan(lees(join(modules, '@amsterdam/design-system-tokens/dist/index.css'))),
    ...tokensVan(lees(join(modules, '@amsterdam/design-system-tokens/dist/compact.css'))),
    ...tokensVan(lees(join(stijlmap, 'tokens.css'))),
    ...tokensVan(lees(join(stijlmap, 'merk.css'))),
  ])
  const regels = zonderOpmerkingen(`${systeem}\n${eigen}`)
  const css = await verklein(`${letterCss}${beperkTokens(tokens, regels)}${regels}`)
  const eilanden = {}
  const gewichten = {}
  for (const naam of vindEilanden().keys()) {
    const script = await bouwEiland(naam)
    eilanden[naam] = bewaar(naam, 'js', script)
    gewichten[naam] = gzipSync(script).length
  }
  const script = async naam => {
    const pad = join(root, 'src', 'platform', 'ui', `${naam}.script.ts`)
    return bewaar(naam, 'js', await bouwScript(`import ${JSON.stringify(pad)}`))
  }
  const sessie = await script('sessie')
  const formulier = await script('formulier')
  const terug = await script('terug')
  const concept = await script('concept')
  const manifest = {
    stijl: bewaar('samenhang', 'css', css),
    letter,
    icoon,
    eilanden,
    sessie,
    formulier,
    terug,
    concept,
  }
  const inhoud = `${JSON.stringify(manifest, null, 2)}\n`
  const lijst = join(uit, 'manifest.json')
  const anders = !existsSync(lijst) || readFileSync(lijst, 'utf8') !== inhoud
  // Also when nothing is different: by its age scripts/setup.mjs sees that this was built after the last change.
  schrijf('manifest.json', inhoud)
  if (anders) {
    const nodig = new Set([
      'manifest.json',
      ...[manifest.stijl, letter, icoon, sessie, formulier, terug, concept, ...Object.values(eilanden)].map(
        adres => adres.slice('/assets/'.length),
      ),
    ])
    for (const oud of readdirSync(uit)) if (!nodig.has(oud.replace(/\.(br|gz)$/, ''))) rmSync(join(uit, oud))
  }
  return {
    stijl: css.length,
    stijlGzip: gzipSync(css).length,
    letter: letterBytes.length,
    eilanden: gewichten,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const maten = await buildAssets()
  process.stdout.write(
    `stijlblad ${maten.stijl} bytes (${maten.stijlGzip} ingepakt), letter ${maten.letter} bytes\n`,
  )
  for (const [naam, gzip] of Object.entries(maten.eilanden))
    process.stdout.write(`eiland ${naam} ${gzip} bytes ingepakt\n`)
}
