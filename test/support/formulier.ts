import type { App } from '../../src/platform/http/server.ts'
import type { Inlog } from './app.ts'

type Velden = Readonly<Record<string, string | readonly string[]>>

/**
 * Posts a form as a browser does: with the token and the cookie of the page `van` that it stands on. A field with more
 * values is sent once for each.
 */
export async function postFormulier(app: App, url: string, van: string, velden: Velden, wie: Inlog) {
  const send = await openFormulier(app, van, wie)
  return send(url, velden)
}

/** Opens the page `van`; each call sends a form that stands on it as it was then, as two clicks on one button do. */
export async function openFormulier(app: App, van: string, wie: Inlog) {
  const pagina = await app.inject({ url: van, headers: wie.headers })
  const token = /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? ''
  const geheim = pagina.cookies.find(cookie => cookie.name === '_csrf')?.value ?? ''
  return (url: string, velden: Velden) => {
    const payload = new URLSearchParams({ _csrf: token })
    for (const [naam, waarden] of Object.entries(velden))
      for (const waarde of [waarden].flat()) payload.append(naam, waarde)
    return app.inject({
      method: 'POST',
      url,
      headers: {
        ...wie.headers,
        cookie: `${wie.headers.cookie}; _csrf=${geheim}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: payload.toString(),
    })
  }
}
