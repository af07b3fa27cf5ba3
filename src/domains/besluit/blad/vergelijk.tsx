import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import { inSentence } from '../../../platform/tekst.ts'
import { Alinea, Badge, Filterbalk, Filterkeuze, Kop, Tabel } from '../../../platform/ui/index.ts'
import { doorloopKruimels, getDoorloop, listDoorlopen } from '../../doorloop/index.ts'
import { compareConclusies, RICHTINGEN, type Verschil } from '../../doorloop/rules.ts'
import { STAAT } from '../../dossiers/rules.ts'
import { loadBlad } from './actions.ts'
import { type Blad, type Bladantwoord, samenvatting } from './rules.ts'
import { findVorige } from './store.ts'

const SOORT: Readonly<
  Record<Verschil['soort'], { naam: string; toon: 'succes' | 'fout' | 'neutraal' | 'info' }>
> = {
  nieuw: { naam: 'Nieuw', toon: 'succes' },
  verdwenen: { naam: 'Verdwenen', toon: 'fout' },
  verplaatst: { naam: 'Veranderd', toon: 'info' },
  gebleven: { naam: 'Gebleven', toon: 'neutraal' },
}

/** A run beside an earlier one of the same dossier: which conclusions and answers changed (cap 1, 10). */
export function registerVergelijkPage(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
  app.get('/beleid/doorlopen/:id/vergelijk', lezen, async (request, reply) => {
    const { ctx } = request
    const gevraagd = readFilters(request).getal('met')
    const { doorloop, ander, doorlopen, nu, toen } = await ctx.read(async db => {
      const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
      const alle = await listDoorlopen(db, gevonden.dossierId)
      const vorige = await findVorige(db, gevonden.dossierId, gevonden.nummer)
      const metId = alle.find(d => d.doorloopId === gevraagd)?.doorloopId ?? vorige
      if (metId === undefined) throw notFound('Eerdere doorloop')
      const met = await getDoorloop(db, metId)
      return {
        doorloop: gevonden,
        ander: met,
        doorlopen: alle.filter(d => d.doorloopId !== gevonden.doorloopId),
        nu: await loadBlad(db, gevonden, ctx.vandaag),
        toen: await loadBlad(db, met, ctx.vandaag),
      }
    })
    const verschillen = compareConclusies(nu.conclusies, toen.conclusies)
    const anders = verschillen.filter(v => v.soort !== 'gebleven').length
    return sendPagina(request, reply, {
      titel: `Doorloop ${doorloop.nummer} naast doorloop ${ander.nummer}`,
      inleiding:
        anders === 0
          ? `De conclusies over ${inSentence(doorloop.dossier)} zijn hetzelfde gebleven.`
          : `${anders === 1 ? '1 conclusie is' : `${anders} conclusies zijn`} anders dan in doorloop ${ander.nummer}.`,
      kruimels: doorloopKruimels(doorloop, true),
      children: (
        <>
          {doorlopen.length < 2 ? null : (
            <Filterbalk adres={request.url} namen={['met']} naam="doorlopen" knop="Vergelijk">
              <Filterkeuze
                naam="met"
                label="Vergelijk met"
                waarde={String(ander.doorloopId)}
                leeg="De vorige"
                opties={doorlopen.map(d => ({
                  waarde: String(d.doorloopId),
                  naam: `Doorloop ${d.nummer} (${STAAT[d.staat].naam.toLowerCase()})`,
                }))}
              />
            </Filterbalk>
          )}
          <Alinea>
            Toen: {samenvatting(toen)} Nu: {samenvatting(nu)}
          </Alinea>
          <Kop niveau={2}>Conclusies</Kop>
          <Tabel
            bijschrift="Verschil in conclusies"
            rijen={verschillen}
            sleutel={(v, i) => `${v.soort} ${i}`}
            leeg={<Alinea>In geen van beide doorlopen is een conclusie getrokken.</Alinea>}
            kolommen={[
              {
                kop: 'Verschil',
                heel: true,
                cel: v => <Badge toon={SOORT[v.soort].toon}>{SOORT[v.soort].naam}</Badge>,
              },
              { kop: 'Conclusie', rijkop: true, cel: v => (v.nu ?? v.eerder)?.tekst ?? '' },
              { kop: `Doorloop ${ander.nummer}`, cel: v => plaats(toen, v.eerder) },
              { kop: `Doorloop ${doorloop.nummer}`, cel: v => plaats(nu, v.nu) },
            ]}
          />
          <Kop niveau={2}>Antwoorden</Kop>
          <Tabel
            bijschrift="Antwoorden naast elkaar"
            rijen={pairAntwoorden(nu, toen)}
            sleutel={rij => rij.vraag}
            kolommen={[
              { kop: 'Vraag', rijkop: true, cel: rij => rij.vraag },
              { kop: `Doorloop ${ander.nummer}`, cel: rij => <span className="sam-eerder">{rij.toen}</span> },
              {
                kop: `Doorloop ${doorloop.nummer}`,
                cel: rij => <span className="sam-eerder">{rij.nu}</span>,
              },
              {
                kop: 'Anders',
                heel: true,
                cel: rij =>
                  rij.nu === rij.toen ? (
                    'Nee'
                  ) : (
                    <Badge toon="info">{rij.toen === '–' ? 'Nieuw' : 'Ja'}</Badge>
                  ),
              },
            ]}
          />
        </>
      ),
    })
  })
}

function plaats(blad: Blad, conclusie: Verschil['nu']): string {
  if (conclusie === undefined) return '–'
  const kwadrant = blad.kwadranten.find(k => k.code === conclusie.kwadrant)?.naam ?? conclusie.kwadrant
  return `${RICHTINGEN[conclusie.richting]} (${inSentence(kwadrant)})`
}

/** Questions of both runs by their code; a question that one of them did not have stands there as a dash. */
function pairAntwoorden(nu: Blad, toen: Blad): { vraag: string; nu: string; toen: string }[] {
  const eerder = new Map(toen.kwadranten.flatMap(k => k.antwoorden).map(a => [a.code, a]))
  const rijen = nu.kwadranten
    .flatMap(k => k.antwoorden)
    .map(a => {
      const oud = eerder.get(a.code)
      eerder.delete(a.code)
      return { vraag: a.vraag, nu: tekstVan(a), toen: oud === undefined ? '–' : tekstVan(oud) }
    })
  return [...rijen, ...[...eerder.values()].map(a => ({ vraag: a.vraag, nu: '–', toen: tekstVan(a) }))]
}

function tekstVan(a: Bladantwoord): string {
  if (a.stand === 'open-gelaten') return `Bewust opengelaten: ${a.reden}`
  return a.tekst === '' ? 'Geen antwoord' : a.tekst
}
