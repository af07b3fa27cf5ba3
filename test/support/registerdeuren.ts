import type { App } from '../../src/platform/http/server.ts'
import { postBestand } from './bestand.ts'
import { openFormulier, postFormulier } from './formulier.ts'
import { text } from './tekst.ts'

type Wie = Parameters<typeof postFormulier>[4]
type Velden = Readonly<Record<string, string | readonly string[]>>

const versionIn = (html: string) => /name="versie" value="(\d+)"/.exec(html)?.[1] ?? ''

/** The doors of a register as somebody goes through them: what each asks first, and going on after that was seen. */
export function registerdeuren(app: App, wie: Wie) {
  const read = async (url: string) => (await app.inject({ url, headers: wie.headers })).body
  const rowAt = (register: string, sleutel: string) =>
    `/inrichten/${register}/rij/${encodeURIComponent(sleutel)}`

  /** Posts a form; `go` sends the same once more with what was shown, where anything was. */
  async function ask(pagina: string, naar: string, velden: Velden) {
    const send = await openFormulier(app, pagina, wie)
    const eerst = await send(naar, velden)
    const gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1]
    return {
      status: eerst.statusCode,
      html: eerst.body,
      tekst: text(eerst.body),
      gevraagd: gezien !== undefined,
      go: async () =>
        gezien === undefined
          ? { status: eerst.statusCode, tekst: text(eerst.body) }
          : send(naar, { ...velden, _gezien: gezien }).then(({ statusCode, body }) => ({
              status: statusCode,
              tekst: text(body),
            })),
    }
  }

  return {
    read: async (url: string) => text(await read(url)),
    /** Tries a file; `go` does what it says, `back` takes it back. */
    async bring(register: string, inhoud: string) {
      const pad = `/inrichten/${register}/invoeren`
      const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, wie)
      const adres = String(headers.location)
      const post = async (stap: string) => {
        const { statusCode, body } = await postFormulier(app, `${adres}/${stap}`, adres, {}, wie)
        return { status: statusCode, tekst: text(body) }
      }
      return {
        tekst: text(await read(adres)),
        go: () => post('verwerk'),
        askBack: async () => text(await read(`${adres}/terug`)),
        back: () => post('terug'),
      }
    },
    async change(register: string, sleutel: string, velden: Velden) {
      const pad = `${rowAt(register, sleutel)}/wijzig`
      return ask(pad, pad, { ...velden, versie: versionIn(await read(pad)) })
    },
    /** The last change, as the page of the row offers it. */
    async undo(register: string, sleutel: string) {
      const pad = rowAt(register, sleutel)
      const [, deel = ''] = (await read(pad)).split('/ongedaan"')
      return ask(pad, `${pad}/ongedaan`, { versie: versionIn(deel) })
    },
    async remove(register: string, sleutel: string) {
      const pad = rowAt(register, sleutel)
      return ask(pad, `${pad}/verwijder`, { versie: versionIn(await read(pad)) })
    },
  }
}
