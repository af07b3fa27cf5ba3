import type { ReactNode } from 'react'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { addDays, formatDatum } from '../../../platform/dates.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  Badge,
  formatGetal,
  formatMoment,
  Inklap,
  Kengetal,
  Kengetallen,
  Kop,
  Link,
  LosseLink,
  Tabel,
} from '../../../platform/ui/index.ts'
import {
  listBeantwoord,
  listTeDoen,
  type Opdracht,
  Opdrachtenlijst,
  UITKOMSTEN,
} from '../../doorloop/index.ts'
import { countDringend } from '../../dossiers/index.ts'
import { STAAT } from '../../dossiers/rules.ts'
import {
  type Bestuursstuk,
  type EigenDoorloop,
  listBestuursstukken,
  listEigenDoorlopen,
  listSpelregels,
  type Spelregel,
} from './store.ts'

const DAGEN = 60
/** Where on the page stands what the figure adds up. */
const DOORLOPEN = 'doorlopen-die-u-trekt'
const OPDRACHTEN = 10
/** So much of a contribution is enough to recognise it by; the link leads to the rest. */
const BEGIN = 120

/** The policy part of a start page: what waits for this person, and what came of what they gave. */
export interface Beleidstart {
  /** What matters most, in one sentence; empty when nothing waits. */
  zin: string
  inhoud: ReactNode
}

/** Loads only what the rights of this person give a reason for. */
export async function loadBeleidstart(ctx: Ctx): Promise<Beleidstart> {
  const { rechten, rol } = ctx.wie
  const ik = gebruikerIdOf(ctx.wie) ?? 0
  const werkt = rechten.has('beleid.bijdragen')
  const bestuurt = rol === 'bestuur' || rol === 'raad'
  const g = await ctx.read(async db => ({
    dringend: rechten.has('beleid.schrijven') ? await countDringend(db, ctx.vandaag) : 0,
    doorlopen: rechten.has('beleid.schrijven') ? await listEigenDoorlopen(db, ik) : [],
    ...(werkt ? await listTeDoen(db, ik, OPDRACHTEN) : { opdrachten: [], aantalOpdrachten: 0 }),
    beantwoord: werkt
      ? await listBeantwoord(db, ik, new Date(`${addDays(ctx.vandaag, -DAGEN)}T00:00:00Z`))
      : [],
    spelregels: rol === 'consulent' ? await listSpelregels(db) : [],
    stukken: bestuurt ? await listBestuursstukken(db) : [],
  }))
  const voorgelegd = g.stukken.filter(stuk => stuk.staat === 'voorgelegd').length
  return {
    zin: zinVan(g, voorgelegd),
    inhoud: (
      <>
        {rechten.has('beleid.schrijven') ? (
          <Kengetallen>
            <Kengetal
              label="Beleid dat dringend is"
              waarde={formatGetal(g.dringend)}
              href="/beleid?licht=dringend"
              toelichting="Verlopen of binnen een half jaar aflopend, zonder doorloop"
            />
            <Kengetal
              label="Bijdragen die wachten"
              waarde={formatGetal(g.doorlopen.reduce((som, d) => som + d.wachtend, 0))}
              {...(g.doorlopen.length > 0 && { href: `#${DOORLOPEN}` })}
              toelichting="In doorlopen die u trekt"
            />
            <Kengetal
              label="Opdrachten van u"
              waarde={formatGetal(g.aantalOpdrachten)}
              href="/opdrachten?van=mij&staat=te-doen"
            />
          </Kengetallen>
        ) : null}
        <Doorlopen doorlopen={g.doorlopen} />
        <Stukken stukken={g.stukken} />
        <Opdrachten opdrachten={g.opdrachten} />
        <Beantwoord bijdragen={g.beantwoord} />
        <Spelregels spelregels={g.spelregels} />
      </>
    ),
  }
}

function zinVan(g: { dringend: number; aantalOpdrachten: number }, voorgelegd: number): string {
  if (voorgelegd > 0)
    return voorgelegd === 1
      ? 'Er ligt 1 stuk voor over beleid.'
      : `Er liggen ${voorgelegd} stukken voor over beleid.`
  if (g.dringend > 0)
    return g.dringend === 1
      ? 'Van 1 dossier is het beleid verlopen of loopt het bijna af, zonder dat eraan wordt gewerkt.'
      : `Van ${g.dringend} dossiers is het beleid verlopen of loopt het bijna af, zonder dat eraan wordt gewerkt.`
  const n = g.aantalOpdrachten
  if (n > 0)
    return n === 1
      ? 'Er staat 1 opdracht uit beleid op uw naam.'
      : `Er staan ${n} opdrachten uit beleid op uw naam.`
  return ''
}

function Doorlopen({ doorlopen }: { doorlopen: readonly EigenDoorloop[] }) {
  if (doorlopen.length === 0) return null
  return (
    <>
      <Kop niveau={2} id={DOORLOPEN}>
        Doorlopen die u trekt
      </Kop>
      <Tabel
        bijschrift="Doorlopen die u trekt"
        rijen={doorlopen}
        sleutel={d => String(d.doorloopId)}
        kolommen={[
          {
            kop: 'Dossier',
            rijkop: true,
            cel: d => <Link href={`/beleid/doorlopen/${d.doorloopId}`}>{d.dossier}</Link>,
          },
          {
            kop: 'Stand',
            heel: true,
            cel: d => <Badge toon={STAAT[d.staat].toon}>{STAAT[d.staat].naam}</Badge>,
          },
          { kop: 'Vragen af', uitlijning: 'rechts', cel: d => d.af },
          { kop: 'Bijdragen die wachten', uitlijning: 'rechts', cel: d => d.wachtend },
        ]}
      />
    </>
  )
}

function Stukken({ stukken }: { stukken: readonly Bestuursstuk[] }) {
  if (stukken.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Beleid dat voorligt of is vastgesteld</Kop>
      <Tabel
        bijschrift="Conclusiebladen"
        rijen={stukken}
        sleutel={s => String(s.doorloopId)}
        kolommen={[
          {
            kop: 'Dossier',
            rijkop: true,
            cel: s => <Link href={`/beleid/doorlopen/${s.doorloopId}/blad`}>{s.dossier}</Link>,
          },
          { kop: 'Van', cel: s => s.van ?? 'De regio' },
          {
            kop: 'Stand',
            heel: true,
            cel: s => <Badge toon={STAAT[s.staat].toon}>{STAAT[s.staat].naam}</Badge>,
          },
          { kop: 'Voorgelegd', heel: true, cel: s => formatMoment(s.op) },
          { kop: 'Besluit', cel: s => (s.besluitOp === null ? null : formatDatum(s.besluitOp)) },
        ]}
      />
    </>
  )
}

function Opdrachten({ opdrachten }: { opdrachten: readonly Opdracht[] }) {
  if (opdrachten.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Opdrachten uit beleid</Kop>
      <Opdrachtenlijst opdrachten={opdrachten} leeg="" />
      <LosseLink href="/opdrachten?van=mij">Al uw opdrachten</LosseLink>
    </>
  )
}

function Beantwoord({ bijdragen }: { bijdragen: Awaited<ReturnType<typeof listBeantwoord>> }) {
  if (bijdragen.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Wat er met uw bijdragen is gedaan</Kop>
      <Tabel
        bijschrift="Uw bijdragen met een reactie"
        rijen={bijdragen}
        sleutel={b => String(b.bijdrageId)}
        kolommen={[
          {
            kop: 'Uw bijdrage',
            rijkop: true,
            cel: b => (
              <Link href={`/beleid/doorlopen/${b.doorloopId}/vragen/${b.vraag}#bijdragen`}>
                {begin(b.tekst)}
              </Link>
            ),
          },
          { kop: 'Dossier', cel: b => b.dossier },
          { kop: 'Wat ermee gebeurde', cel: b => (b.uitkomst === null ? '' : UITKOMSTEN[b.uitkomst]) },
          { kop: 'Reactie', cel: b => b.reactie },
        ]}
      />
    </>
  )
}

function begin(tekst: string): string {
  return tekst.length <= BEGIN ? tekst : `${tekst.slice(0, BEGIN).trimEnd()}…`
}

function Spelregels({ spelregels }: { spelregels: readonly Spelregel[] }) {
  if (spelregels.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Spelregels uit beleid</Kop>
      {spelregels.map(s => (
        <Inklap key={s.opdrachtId} kop={s.dossier}>
          <p className="sam-eerder">{s.resultaat}</p>
          <Link href={`/opdrachten/${s.opdrachtId}`}>Waar komt deze regel vandaan?</Link>
        </Inklap>
      ))}
    </>
  )
}
