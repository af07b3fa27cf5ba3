import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { checkCsrf } from './csrf.ts'
import { bodyGrens, MAX_BESTAND, MAX_BESTANDEN } from './grenzen.ts'

/** A file as it was sent. A file field left empty is none. */
export interface Upload {
  naam: string
  bytes: Buffer
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Files may be sent here, together at most the `bodyLimit` of the route. On any other route they are refused. */
    upload?: boolean
  }
}

/** What all uploads under way in this process may hold in memory together, in bytes. */
export const MAX_SAMEN = 512 * 1024 * 1024
let onderweg = 0

/** The files of this field in a form with files. */
export function readUploads(request: FastifyRequest, veld: string): Upload[] {
  const waarde = (request.body as Record<string, unknown> | undefined)?.[veld]
  return [waarde ?? []].flat().filter((deel): deel is Upload => typeof deel === 'object')
}

/** The file of this field as text, without the mark that Windows puts before it; '' when there is none. */
export function readText(request: FastifyRequest, veld: string): string {
  return (readUploads(request, veld)[0]?.bytes.toString('utf8') ?? '').replace(/^\uFEFF/, '')
}

/** Refuses what is no form that can be read here, on its head alone. Throws 413 or 415. */
export function checkSoort(request: FastifyRequest): void {
  const soort = request.headers['content-type'] ?? ''
  if (/^\s*multipart\//i.test(soort) && request.routeOptions.config.upload !== true)
    throw new Problem(415, 'verkeerd-type', 'Dit soort inhoud kan hier niet')
  const grens = bodyGrens(request)
  if (Number(request.headers['content-length'] ?? 0) > grens) throw tooLarge(grens)
}

/** 413, with what would have been allowed. */
export function tooLarge(grens: number): Problem {
  const mag = grens < 1024 * 1024 ? `${Math.floor(grens / 1024)} kB` : `${Math.floor(grens / 1024 / 1024)} MB`
  return new Problem(413, 'te-groot', 'Dit is te groot', `Hier mag hoogstens ${mag} worden gestuurd.`)
}

/**
 * Reads a form with files as it comes in. Its first field is the token: until that is good, nothing else is read. Every
 * byte counts, whatever the head of the request promised. Throws 403, 413, 400, or 503 when too much is under way.
 */
export function readMultipart(request: FastifyRequest, samen = MAX_SAMEN): Promise<Record<string, unknown>> {
  const bron = request.raw
  const grens = bodyGrens(request)
  const body: Record<string, unknown> = Object.create(null)
  let ontvangen = 0
  let vertrouwd = false
  let teGroot = false
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const busboy = makeParser(request)
    const stop = (reden: unknown) => {
      bron.unpipe(busboy)
      bron.off('data', count)
      bron.pause()
      reject(reden)
    }
    const count = (brok: Buffer) => {
      ontvangen += brok.length
      onderweg += brok.length
      if (ontvangen > grens) stop(tooLarge(grens))
      else if (onderweg > samen) stop(tooBusy())
    }
    const trust = (naam: string, waarde: unknown) => {
      if (vertrouwd) return
      checkCsrf(request, naam === '_csrf' ? waarde : undefined)
      vertrouwd = true
    }
    busboy.on('field', (naam, waarde) =>
      attempt(stop, () => {
        trust(naam, waarde)
        add(body, naam, waarde)
      }),
    )
    busboy.on('file', (naam, stroom, bestandsnaam) => {
      stroom.on('error', () => stop(unreadable()))
      stroom.on('limit', () => {
        teGroot = true
      })
      const brokken: Buffer[] = []
      if (!attempt(stop, () => trust(naam, undefined))) return stroom.resume()
      stroom.on('data', (brok: Buffer) => brokken.push(brok))
      stroom.on('end', () => {
        const bytes = Buffer.concat(brokken)
        if (bestandsnaam || bytes.length > 0)
          add(body, naam, { naam: bestandsnaam || 'bestand zonder naam', bytes } satisfies Upload)
      })
    })
    for (const teveel of ['partsLimit', 'fieldsLimit'] as const) busboy.on(teveel, () => stop(unreadable()))
    busboy.on('filesLimit', () => stop(tooManyFiles()))
    busboy.on('error', () => stop(unreadable()))
    busboy.on('finish', () =>
      attempt(stop, () => {
        if (!vertrouwd) checkCsrf(request, undefined)
        if (teGroot) throw tooLarge(MAX_BESTAND)
        resolve(body)
      }),
    )
    bron.on('error', () => stop(unreadable()))
    bron.on('close', () => bron.complete || reject(unreadable()))
    bron.on('data', count)
    bron.pipe(busboy)
  }).finally(() => {
    onderweg -= ontvangen
  })
}

function makeParser(request: FastifyRequest): BusboyInstance {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: {
        fileSize: MAX_BESTAND,
        files: MAX_BESTANDEN.aantal,
        fields: 50,
        fieldSize: 64 * 1024,
        parts: 70,
        headerPairs: 20,
      },
    })
  } catch {
    throw unreadable()
  }
}

/** Runs one step of reading; a refusal in it stops all of it. Answers whether it went well. */
function attempt(stop: (reden: unknown) => void, stap: () => void): boolean {
  try {
    stap()
    return true
  } catch (reden) {
    stop(reden)
    return false
  }
}

/** A field that is sent more than once becomes a list, as in a form without files. */
function add(body: Record<string, unknown>, naam: string, waarde: unknown): void {
  body[naam] = naam in body ? [body[naam], waarde].flat() : waarde
}

/** 400: it did not come in whole. */
export function unreadable(): Problem {
  return new Problem(
    400,
    'onleesbaar-formulier',
    'Het formulier is niet goed aangekomen',
    'Probeer het opnieuw, met minder bestanden tegelijk.',
  )
}

/** 400: more files than one form may hold. */
function tooManyFiles(): Problem {
  const { aantal } = MAX_BESTANDEN
  const melding = `Kies hoogstens ${aantal} bestanden tegelijk. Zijn het er meer, kies dan de volgende daarna.`
  return new Problem(400, 'te-veel-bestanden', 'Dit zijn te veel bestanden', melding, [
    { pad: 'bestanden', melding },
  ])
}

function tooBusy(): Problem {
  return new Problem(
    503,
    'te-druk',
    'Er worden nu te veel bestanden tegelijk gestuurd',
    'Probeer het over een minuut opnieuw. Er is niets bewaard.',
  )
}
