import type { FastifyReply, FastifyRequest } from 'fastify'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { numberOrNull, readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import { Actie, Kop, Melding } from '../../../platform/ui/index.ts'
import { type Invoer, tryGegevens } from '../../../platform/velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { getDoorloop } from '../doorloop/deel.ts'
import { doorloopKruimels, doorloopPad } from '../doorloop/kader.tsx'
import type { Doorloop } from '../doorloop/store.ts'
import { Juridischmerk } from '../juridisch/merk.tsx'
import { highlight } from '../juridisch/rules.ts'
import { readKeuzes as readOpdrachtkeuzes } from '../opdrachten/actions.ts'
import { Opdrachtenlijst } from '../opdrachten/opdrachtenlijst.tsx'
import { listVanDoorloop } from '../opdrachten/store.ts'
import { OPDRACHT } from '../opdrachten/velden.ts'
import { getConclusie, readKeuzes } from './actions.ts'
import { CONCLUSIE } from './velden.ts'

/** What was just done with a conclusion: on its own page, or on the list. */
export const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'De conclusie is opgeslagen',
  geschrapt: 'De conclusie is geschrapt; u kunt haar terugzetten',
  hersteld: 'De conclusie staat er weer',
  opdracht: 'De opdracht is gegeven. De eigenaar ziet haar op de startpagina.',
}

/** The conclusion in the address. Throws 404 for what can be none. */
export function readConclusieId(request: FastifyRequest): number {
  const id = numberOrNull((request.params as { conclusie?: string }).conclusie)
  if (id === null) throw notFound('Conclusie')
  return id
}

/** The way back from a page below the conclusions. */
export const kruimelsVan = (doorloop: Doorloop) => [
  ...doorloopKruimels(doorloop, true),
  { naam: 'Conclusies', href: `${doorloopPad(doorloop)}/conclusies` },
]

/** The legal risk of what stands in the form of a conclusion: where the choice is made. Nothing until it says whose rights it touches. */
export const showRisico =
  ({ methode, wetten }: Doorloop) =>
  (invoer: Invoer) => {
    const { raakt } = tryGegevens({ raakt: CONCLUSIE.raakt }, invoer).gegevens
    if (raakt === undefined) return null
    const keuze = { raakt, kenmerken: invoer.kenmerken ?? [], wetten }
    return <Juridischmerk merken={highlight(keuze, methode.juridisch)} over="deze conclusie" />
  }

async function load(request: FastifyRequest) {
  return request.ctx.read(async db => {
    const doorloop = await getDoorloop(db, readId(request, 'Doorloop'))
    const conclusie = await getConclusie(db, doorloop.doorloopId, readConclusieId(request))
    const opdrachten = await listVanDoorloop(db, doorloop.doorloopId)
    return {
      doorloop,
      conclusie,
      keuzes: await readKeuzes(db, doorloop, conclusie),
      opdrachten: opdrachten.filter(o => o.conclusieId === conclusie.conclusieId),
      opdrachtkeuzes: await readOpdrachtkeuzes(db, doorloop.gemeente),
    }
  })
}

/** The page of one conclusion: to change or strike out, and what it becomes. */
export async function showConclusie(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { doorloop, conclusie, keuzes, opdrachten, opdrachtkeuzes } = await load(request)
  const lijst = `${doorloopPad(doorloop)}/conclusies`
  const pad = `${lijst}/${conclusie.conclusieId}`
  const loopt = doorloop.staat === 'loopt'
  const geschrapt = conclusie.geschraptOp !== null
  // What was typed is kept, also when somebody struck it out meanwhile.
  const toont = (naam: string) => !geschrapt || geweigerd?.naam === naam
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Conclusie',
      inleiding: conclusie.tekst,
      kruimels: kruimelsVan(doorloop),
      ...tellGedaan(request, MELDINGEN),
      children: (
        <>
          {geschrapt ? (
            <Melding soort="waarschuwing" kop="Deze conclusie is geschrapt">
              Zij staat niet op het blad.
              {loopt ? (
                <Actie actie={`${pad}/schrap`} csrf={csrf} velden={{ schrap: 'nee' }} soort="tweede">
                  Zet terug
                </Actie>
              ) : null}
            </Melding>
          ) : null}
          {loopt && toont('conclusie') ? (
            <Invulformulier
              naam="conclusie"
              velden={CONCLUSIE}
              nu={conclusie}
              keuzes={keuzes}
              actie={pad}
              csrf={csrf}
              knop="Bewaar conclusie"
              terug={lijst}
              geweigerd={geweigerd}
              gevolg={showRisico(doorloop)}
            />
          ) : null}
          {loopt && !geschrapt ? (
            <Actie actie={`${pad}/schrap`} csrf={csrf} soort="tweede">
              Schrap deze conclusie
            </Actie>
          ) : null}
          <Kop niveau={2} id="opdracht">
            Wat wordt hiervan?
          </Kop>
          <Opdrachtenlijst opdrachten={opdrachten} leeg="Van deze conclusie is nog geen opdracht gemaakt." />
          {doorloop.staat !== 'ingetrokken' && toont('opdracht') ? (
            <>
              <Kop niveau={3}>Geef een opdracht</Kop>
              <Invulformulier
                naam="opdracht"
                velden={OPDRACHT}
                keuzes={opdrachtkeuzes}
                actie={`${pad}/opdrachten`}
                csrf={csrf}
                knop="Geef opdracht"
                geweigerd={geweigerd}
              />
            </>
          ) : null}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}
