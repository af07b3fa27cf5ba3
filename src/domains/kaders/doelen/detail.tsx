import type { FastifyReply, FastifyRequest } from 'fastify'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Beschrijvingslijst,
  Botsingmelding,
  Foutsamenvatting,
  formatMoment,
  KnopLink,
  Kop,
  Lijst,
  Link,
  Melding,
} from '../../../platform/ui/index.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { mayWrite, naamVanDeelgebied, naamVanGemeente } from '../bereik/rules.ts'
import { type GeladenDoelen, loadDoelen } from './actions.ts'
import { Koppelingen, Meting } from './boom.tsx'
import { SOORTNAAM, waaromNietOnder } from './rules.ts'
import type { Doelrij } from './store.ts'
import { EINDE } from './velden.ts'

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'Het doel is opgeslagen',
  beeindigd: 'Het doel is beëindigd',
  hersteld: 'Het doel loopt weer',
}

/** The page of one goal; `geweigerd` is what was typed to end it and why that could not be. */
export async function showDoel(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const id = readId(request, 'Doel')
  const { wie } = request.ctx
  const geladen = await loadDoelen(request.ctx)
  const doel = geladen.doelen.find(d => d.doelId === id)
  if (!doel) throw notFound('Doel')
  const mag = wie.rechten.has('beleid.schrijven') && mayWrite(geladen.bereik, doel.gemeente)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: doel.tekst,
      inleiding: `${SOORTNAAM[doel.soort]} van ${doel.gemeente === null ? 'de regio' : naamVanGemeente(geladen.bereik, doel.gemeente)}, in ‘${doel.boom}’.`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Doelen', href: '/doelen' },
      ],
      acties: mag && doel.beeindigdOp === null ? <Stappen doel={doel} /> : null,
      ...tellGedaan(request, MELDING),
      children: (
        <>
          <Doelblad doel={doel} geladen={geladen} magCijfers={wie.rechten.has('cijfers.lezen')} />
          {mag ? <Einde doel={doel} csrf={csrf} geweigerd={geweigerd} /> : null}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

function Stappen({ doel }: { doel: Doelrij }) {
  return (
    <>
      <KnopLink href={`/doelen/${doel.doelId}/wijzig`} soort="hoofd">
        Wijzig of verplaats
      </KnopLink>
      {waaromNietOnder('indicator', doel) === '' ? (
        <KnopLink href={`/doelen/nieuw?ouder=${doel.doelId}`}>Voeg eronder toe</KnopLink>
      ) : null}
    </>
  )
}

interface DoelbladProps {
  doel: Doelrij
  geladen: GeladenDoelen
  magCijfers: boolean
}

function Doelblad({ doel, geladen, magCijfers }: DoelbladProps) {
  const ouder = geladen.doelen.find(d => d.doelId === doel.ouderId)
  const onder = geladen.doelen.filter(d => d.ouderId === doel.doelId && d.beeindigdOp === null)
  return (
    <>
      {doel.beeindigdOp === null ? null : (
        <Melding soort="info" kop={`Beëindigd op ${formatMoment(doel.beeindigdOp)}`}>
          {doel.beeindigdReden}
          {doel.beeindigdDoor === null ? '' : ` (${doel.beeindigdDoor})`}
        </Melding>
      )}
      {doel.toelichting === null ? null : <Alinea>{doel.toelichting}</Alinea>}
      {doel.soort === 'indicator' ? <Meting doel={doel} delen={{ geladen, magCijfers }} /> : null}
      <Koppelingen doel={doel} geladen={geladen} />
      <Beschrijvingslijst
        items={[
          {
            naam: 'Hangt onder',
            waarde: ouder && <Link href={`/doelen/${ouder.doelId}`}>{ouder.tekst}</Link>,
          },
          ...(doel.segmentId === null && doel.wet === null
            ? []
            : [{ naam: 'Gaat over', waarde: naamVanDeelgebied(geladen.bereik, doel) }]),
          { naam: 'Bron', waarde: doel.bron },
          {
            naam: 'Laatst gewijzigd',
            waarde: `${formatMoment(doel.gewijzigdOp)}, ${doel.gewijzigdDoor ?? 'bij het laden van de gegevens'}`,
          },
        ]}
      />
      {onder.length === 0 ? null : (
        <>
          <Kop niveau={2}>Hieronder</Kop>
          <Lijst
            items={onder.map(d => (
              <Link key={d.doelId} href={`/doelen/${d.doelId}`}>
                {`${SOORTNAAM[d.soort]}: ${d.tekst}`}
              </Link>
            ))}
          />
        </>
      )}
    </>
  )
}

/** Ending a goal, or taking that back. */
function Einde(props: { doel: Doelrij; csrf: string; geweigerd: Geweigerd | undefined }) {
  const { doel, csrf, geweigerd } = props
  const pad = `/doelen/${doel.doelId}`
  const toon = (nu: Doelrij) => [
    { naam: 'Tekst', waarde: nu.tekst },
    { naam: 'Toelichting', waarde: nu.toelichting },
  ]
  if (doel.beeindigdOp !== null)
    return (
      <>
        <Botsingmelding problem={geweigerd?.problem} toon={toon} />
        <Foutsamenvatting fouten={geweigerd?.problem.fouten ?? []} />
        <Actie actie={`${pad}/herstel`} csrf={csrf} velden={{ versie: String(doel.versie) }} soort="tweede">
          Laat dit doel weer lopen
        </Actie>
      </>
    )
  return (
    <>
      <Kop niveau={2}>Beëindigen</Kop>
      <Invulformulier
        naam="einde"
        velden={EINDE}
        nu={{ versie: doel.versie }}
        actie={`${pad}/beeindig`}
        csrf={csrf}
        knop="Beëindig dit doel"
        geweigerd={geweigerd}
        toon={toon}
      />
    </>
  )
}
