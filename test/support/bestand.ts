import type { App } from '../../src/platform/http/server.ts'
import type { Inlog } from './app.ts'

interface Bestand {
  naam: string
  inhoud: string | Buffer
}

/** Sends a file by the form on the page `url`, in its field `bestand`, as a browser does. */
export function postBestand(app: App, url: string, bestand: Bestand, wie: Inlog) {
  return postBestanden(app, url, { bestand: [bestand] }, wie)
}

/** Sends files by the form on the page `url`, by field, as a browser does. */
export async function postBestanden(
  app: App,
  url: string,
  velden: Readonly<Record<string, readonly Bestand[]>>,
  wie: Inlog,
) {
  const pagina = await app.inject({ url, headers: wie.headers })
  const token = /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? ''
  const geheim = pagina.cookies.find(cookie => cookie.name === '_csrf')?.value ?? ''
  const grens = '----grens'
  const kop = (veld: string) => `--${grens}\r\ncontent-disposition: form-data; name="${veld}"`
  const delen = Object.entries(velden).flatMap(([veld, bestanden]) =>
    bestanden.flatMap(({ naam, inhoud }) => [
      Buffer.from(`${kop(veld)}; filename="${naam}"\r\n\r\n`),
      Buffer.from(inhoud),
      Buffer.from('\r\n'),
    ]),
  )
  return app.inject({
    method: 'POST',
    url,
    headers: {
      ...wie.headers,
      cookie: `${wie.headers.cookie}; _csrf=${geheim}`,
      'content-type': `multipart/form-data; boundary=${grens}`,
    },
    payload: Buffer.concat([
      Buffer.from(`${kop('_csrf')}\r\n\r\n${token}\r\n`),
      ...delen,
      Buffer.from(`--${grens}--\r\n`),
    ]),
  })
}
