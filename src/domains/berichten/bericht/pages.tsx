import type { Ctx } from '../../../platform/http/ctx.ts'
import { demandFilters } from '../../../platform/http/filter.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { Formulier, formatGetal, Knop, KnopLink, Knoppen, Kop, Melding } from '../../../platform/ui/index.ts'
import { retryBericht } from '../herkansing/actions.ts'
import { redenZin } from '../herkansing/rules.ts'
import { bestandsnaam } from '../post/rules.ts'
import { berichtPad } from '../verkeer/pages.tsx'
import { type Staat, soortNaam } from '../verkeer/rules.ts'
import { type Berichtinzage, openBericht, openBestand } from './actions.ts'
import { Bevindingen, Inhoud, Kern, RuweXml, Verloop, Verwanten } from './berichtkaart.tsx'
import type { Berichtkaart } from './store.ts'

const CONFIG = { recht: 'berichten.lezen' } as const

interface Adres {
  gemeente: string
  id: string
}

/** One message in plain Dutch, and its file. */
export function registerBerichtPages(app: App): void {
  app.get<{ Params: Adres }>(
    '/berichten/:gemeente/:id',
    { config: CONFIG, schema: { hide: true } },
    async (request, reply) => {
      const { gemeente, id } = request.params
      const inzage = await openBericht(request.ctx, gemeente, id)
      const { bericht } = inzage
      return sendPagina(request, reply, csrf => ({
        titel: `${soortNaam(bericht.soort)} ${bericht.identificatie}`,
        inleiding: inzage.samenvatting?.zin,
        kruimels: [{ naam: 'Berichtenverkeer', href: '/berichten' }],
        ...(readGedaan(request).opnieuw === 'ja' && { melding: opnieuwMelding(bericht.staat) }),
        acties: <KnopLink href={`${request.url.split('?')[0]}/bestand`}>Download het bestand</KnopLink>,
        children: <Bericht inzage={inzage} ctx={request.ctx} csrf={csrf} />,
      }))
    },
  )

  app.post<{ Params: Adres }>(
    '/berichten/:gemeente/:id/opnieuw',
    { config: { recht: 'berichten.herkansen' }, schema: { hide: true } },
    async (request, reply) => {
      const { gemeente, id } = request.params
      await retryBericht(request.ctx, { gemeente, berichtId: id })
      return reply.redirect(`${berichtPad({ gemeente, berichtId: id })}?opnieuw=ja`, 303)
    },
  )

  app.get<{ Params: Adres }>(
    '/berichten/:gemeente/:id/bestand',
    { config: CONFIG, schema: { hide: true } },
    async (request, reply) => {
      demandFilters(request)
      const { gemeente, id } = request.params
      const { bericht, bytes } = await openBestand(request.ctx, gemeente, id)
      return reply
        .header('content-disposition', `attachment; filename="${bestandsnaam(bericht)}"`)
        .type('application/xml; charset=utf-8')
        .send(bytes)
    },
  )
}

function Bericht({ inzage, ctx, csrf }: { inzage: Berichtinzage; ctx: Ctx; csrf: string }) {
  const { bericht, bevindingen, samenvatting } = inzage
  return (
    <>
      <Opnieuw bericht={bericht} mag={ctx.wie.rechten.has('berichten.herkansen')} csrf={csrf} />
      <Uitkomst inzage={inzage} />
      <Kern bericht={bericht} vandaag={ctx.vandaag} />
      <Verwanten inzage={inzage} declaraties={ctx.wie.rechten.has('declaraties.lezen')} />
      {samenvatting === undefined ? null : <Inhoud samenvatting={samenvatting} />}
      {bevindingen.length === 0 ? null : <Bevindingen bericht={bericht} bevindingen={bevindingen} />}
      <Kop niveau={2}>Wat er met dit bericht gebeurde</Kop>
      <Verloop gebeurtenissen={inzage.gebeurtenissen} />
      <RuweXml inzage={inzage} />
    </>
  )
}

/** What trying again has come to: judging goes on in the background. */
function opnieuwMelding(staat: Staat) {
  if (staat === 'ontvangen')
    return {
      soort: 'info' as const,
      tekst: 'Het bericht wordt opnieuw beoordeeld. Ververs deze pagina om te zien wat eruit komt.',
    }
  if (staat === 'niet-te-beoordelen')
    return {
      soort: 'waarschuwing' as const,
      tekst: 'Er is opnieuw geprobeerd, maar het bericht kan nog steeds niet worden beoordeeld.',
    }
  return { soort: 'succes' as const, tekst: 'Het bericht is opnieuw beoordeeld.' }
}

/** That it could not be judged, why, and for who may: the button to try again. */
function Opnieuw({ bericht, mag, csrf }: { bericht: Berichtkaart; mag: boolean; csrf: string }) {
  if (bericht.reden === null) return null
  return (
    <>
      <Melding soort="fout" kop="Dit bericht kan niet worden beoordeeld">
        {redenZin(bericht.reden)} Er is niets van verwerkt en er gaat geen antwoord uit. Meld het bij de
        beheerder en laat de afzender buiten het berichtenverkeer om weten dat het antwoord later komt.
      </Melding>
      {mag ? (
        <Formulier actie={`${berichtPad(bericht)}/opnieuw`} csrf={csrf}>
          <Knoppen>
            <Knop>Probeer het opnieuw</Knop>
          </Knoppen>
        </Formulier>
      ) : null}
    </>
  )
}

/** What came of it, where a person may have to do something. */
function Uitkomst({ inzage: { bericht, geboekt } }: { inzage: Berichtinzage }) {
  const redenen =
    bericht.bevindingen === 1
      ? 'Er is 1 bevinding'
      : `Er zijn ${formatGetal(bericht.bevindingen)} bevindingen`
  if (bericht.staat === 'afgekeurd')
    return (
      <Melding soort="fout" kop="Dit bericht is afgekeurd">
        {redenen}. Hieronder staat per regel waarom, en wat de afzender kan doen.
      </Melding>
    )
  if (bericht.staat === 'deels-afgekeurd' && geboekt)
    return (
      <Melding
        soort="waarschuwing"
        kop={`${formatGetal(geboekt.regelsAfgekeurd)} van ${formatGetal(geboekt.regels)} regels ${geboekt.regelsAfgekeurd === 1 ? 'is' : 'zijn'} afgekeurd`}
      >
        {redenen}. De andere regels zijn goedgekeurd en worden betaald.
      </Melding>
    )
  return null
}
