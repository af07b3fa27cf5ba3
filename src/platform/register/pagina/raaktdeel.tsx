import type { FastifyRequest } from 'fastify'
import { markVraag } from '../../http/pagina.tsx'
import { readVelden } from '../../http/vraag.ts'
import { formatEuro } from '../../money.ts'
import { type Kolom, Lijst, Link, Melding, Tabel } from '../../ui/index.ts'
import { nameOf, type Raaksom, Raaktiets, sayAantal, sayVanaf } from '../raakt.ts'

/** The field that says that somebody saw what their change touches. */
export const GEZIEN = '_gezien'

/** What was sent along of it; nothing for who did not see it yet. */
export function readGezien(request: FastifyRequest): { gezien?: string } {
  const { [GEZIEN]: gezien } = readVelden(request)
  return gezien === undefined ? {} : { gezien }
}

const geraakt = new WeakMap<FastifyRequest, Raaktiets>()

/** Does it, and keeps with the request what it turned out to touch: the page is shown again, and says so. */
export async function keepRaakt<T>(request: FastifyRequest, bezig: Promise<T>): Promise<T> {
  return bezig.catch(fout => {
    if (fout instanceof Raaktiets) {
      geraakt.set(request, fout)
      markVraag(request)
    }
    throw fout
  })
}

/** What the change that this request asks for touches, when that was not seen yet. */
export const findGeraakt = (request: FastifyRequest): Raaktiets | undefined => geraakt.get(request)

/** What a change touches, for who may go on with it; a list is a link for who may see that. */
export function Raaktdeel({ request, problem }: { request: FastifyRequest; problem: Raaktiets }) {
  const { rechten } = request.ctx.wie
  return (
    <Melding soort="waarschuwing" kop={problem.titel} weigering>
      <p>Er is nog niets veranderd. Klopt het, ga dan hieronder door.</p>
      {problem.letOp.length === 0 ? null : <Lijst items={problem.letOp} />}
      {problem.raakt.length === 0 ? null : (
        <Raaktabel raakt={problem.raakt} mag={recht => rechten.has(recht)} />
      )}
    </Melding>
  )
}

const BEDRAG: Kolom<Raaksom> = {
  kop: 'Bedrag',
  uitlijning: 'rechts',
  cel: ({ bedrag }) => (bedrag === undefined ? '' : formatEuro(bedrag)),
}

const VANAF: Kolom<Raaksom> = { kop: 'Vanaf', cel: sayVanaf }

interface Raaktabelprops {
  raakt: readonly Raaksom[]
  mag: (recht: NonNullable<Raaksom['lijst']>['recht']) => boolean
}

/** What is touched, per kind. */
function Raaktabel({ raakt, mag }: Raaktabelprops) {
  return (
    <Tabel
      bijschrift="Wat dit raakt"
      rijen={raakt}
      sleutel={({ naam: [, meer] }) => meer}
      kolommen={[
        {
          kop: 'Wat',
          rijkop: true,
          cel: som => {
            const { lijst } = som
            return lijst !== undefined && mag(lijst.recht) ? (
              <Link href={lijst.href}>{nameOf(som)}</Link>
            ) : (
              nameOf(som)
            )
          },
        },
        { kop: 'Aantal', uitlijning: 'rechts', cel: sayAantal },
        ...(raakt.some(som => sayVanaf(som) !== '') ? [VANAF] : []),
        ...(raakt.some(({ bedrag }) => bedrag !== undefined) ? [BEDRAG] : []),
      ]}
    />
  )
}
