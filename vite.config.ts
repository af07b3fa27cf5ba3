import { existsSync } from 'node:fs'
import { defineConfig } from 'vite'

const ingangen = {
  cli: 'src/app/cli.ts',
  main: 'src/app/main.ts',
  // Processes of their own, each by its own file (src/platform/kindproces.ts).
  bladschrijver: 'src/platform/http/bladschrijver.ts',
  bladlezer: 'src/platform/register/bladen/bladlezer.ts',
}

/** The server build: one file per entry plus lazily loaded parts; packages stay in node_modules. */
export default defineConfig({
  publicDir: false,
  // Always for production: what a test builds, with its own NODE_ENV, must be what `npm start` runs.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  build: {
    ssr: true,
    outDir: 'dist/server',
    target: 'node24',
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(ingangen).filter(([, bestand]) => existsSync(bestand))),
      output: { entryFileNames: '[name].js', chunkFileNames: 'deel/[name]-[hash].js' },
    },
  },
})
