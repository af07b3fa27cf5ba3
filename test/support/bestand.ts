import type { App } from '../../src/platform/http/server.ts'
import type { Inlog } from './app.ts'

interface Bestand {
  naam: string
  inhoud: string | Buffer
}

/** Sends a file by the form on the page `url`, in its field `bestand`, as a browser does. */
export async function postBestand(app: App, url: string, { naam, inhoud }: Bestand, wie: Inlog) {
  const pagina = await app.inject({ url, headers: wie.headers })
  const token = /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? ''
  const geheim = pagina.cookies.find(cookie => cookie.name === '_csrf')?.value ?? ''
  const grens = '----grens'
  const kop = (veld: string) => `--${grens}\r\ncontent-disposition: form-data; name="${veld}"`
  return app.inject({
    method: 'POST',
    url,
    headers: {
      ...wie.headers,
      cookie: `${wie.headers.cookie}; _csrf=${geheim}`,
      'content-type': `multipart/form-data; boundary=${grens}`,
    },
    payload: Buffer.concat([
      Buffer.from(`${kop('_csrf')}\r\n\r\n${token}\r\n${kop('bestand')}; filename="${naam}"\r\n\r\n`),
      Buffer.from(inhoud),
      Buffer.from(`\r\n--${grens}--\r\n`),
    ]),
  })
}
