import type { ReactNode } from 'react'
import {
  BERICHTSTAAT,
  type Berichtregel,
  countNietTeBeoordelen,
  countWachtend,
  listBerichten,
  soortNaam,
  type Wachtend,
} from '../../domains/berichten/index.ts'
import {
  type Afgekeurd,
  countTeBeoordelen,
  findRegel,
  listAfgekeurd,
  sumBetalingen,
} from '../../domains/declaraties/index.ts'
import {
  countToewijzingen,
  describeOmvang,
  GEEN_FILTER,
  listToewijzingen,
  type Toewijzingsregel,
} from '../../domains/toegang/index.ts'
import { audit } from '../../platform/audit.ts'
import { addDays, formatDatum, formatDatumKort } from '../../platform/dates.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { formatEuro } from '../../platform/money.ts'
import {
  Alinea,
  Badge,
  formatGetal,
  formatMoment,
  Kengetal,
  Kengetallen,
  KnopLink,
  Knoppen,
  Kop,
  Link,
  LosseLink,
  Melding,
  Tabel,
} from '../../platform/ui/index.ts'

const WEKEN = 6
const AFKEUR_DAGEN = 60

export const GEEN_BERICHTFILTER = {
  zoek: '',
  richting: null,
  soort: null,
  domein: null,
  staat: null,
  gemeente: null,
  van: null,
  tot: null,
} as const

/** A part of a start page with the sentence that goes on top of the page when this part matters most. */
export interface Deel {
  zin: string
  /** What stands in red in this part, as a sentence: it goes before any other. */
  alarm?: string
  inhoud: ReactNode
}

const meervoud = (n: number, een: string, meer: string) => `${formatGetal(n)} ${n === 1 ? een : meer}`

/** Messages and declaraties that wait, toewijzingen without start, and what was refused lately. */
export async function backofficewerk(ctx: Ctx): Promise<Deel> {
  const { scope } = ctx.wie
  const { vandaag } = ctx
  const mag = ctx.wie.rechten
  const { wacht, vast, zonderStart, afgekeurd } = await ctx.read(async db => ({
    vast: await countNietTeBeoordelen(db, scope.gemeentenClient),
    wacht: await countWachtend(db, { filter: GEEN_BERICHTFILTER, scope, vandaag }),
    zonderStart: await countToewijzingen(db, {
      filter: { ...GEEN_FILTER, zonderStart: true, stand: 'geldig' },
      scope,
      vandaag,
    }),
    afgekeurd: await listAfgekeurd(db, scope, addDays(vandaag, -AFKEUR_DAGEN)),
  }))
  // All are counted only where it may well be none.
  const leeg =
    zonderStart === 0 &&
    mag.has('toewijzingen.overnemen') &&
    (await ctx.read(db => countToewijzingen(db, { filter: GEEN_FILTER, scope, vandaag }))) === 0
  const zin = wachtzin(wacht)
  const alarm = vast === 0 ? undefined : `${alarmzin(vast, wacht.vastTeLaat)}.`
  return {
    zin: [alarm, zin].filter(Boolean).join(' '),
    ...(alarm !== undefined && { alarm }),
    inhoud: (
      <>
        <Alarm vast={vast} teLaat={wacht.vastTeLaat} mag={mag.has('berichten.herkansen')} />
        {leeg ? <Overnemen /> : null}
        <Kengetallen>
          <Kengetal
            label="Berichten die op antwoord wachten"
            waarde={formatGetal(wacht.wachtend)}
            href="/berichten?staat=onbeantwoord"
            toelichting="Een declaratie moet binnen tien werkdagen beantwoord zijn"
          />
          <Kengetal
            label="Antwoord te laat"
            waarde={formatGetal(wacht.teLaat)}
            href="/berichten?staat=te-laat"
          />
          <Kengetal
            label="Geldige toewijzingen zonder start"
            waarde={formatGetal(zonderStart)}
            href="/toewijzingen?start=geen&stand=geldig"
            toelichting="De aanbieder heeft nog geen start gemeld"
          />
        </Kengetallen>
        <AfgekeurdDeel afgekeurd={afgekeurd} kop="Afgekeurde regels" ctx={ctx} />
      </>
    ),
  }
}

/** Where nothing was assigned yet, what ran elsewhere is the first thing to bring in. */
const Overnemen = () => (
  <Melding soort="info" kop="Er staan nog geen toewijzingen in">
    <p>Liepen ze in een ander systeem, neem ze dan over: met de bewoners, en met wat al is geleverd.</p>
    <p>
      <LosseLink href="/toewijzingen/overnemen">Toewijzingen overnemen</LosseLink>
    </p>
  </Melding>
)

/** What waits besides what cannot be judged: that is said in a sentence of its own, and no message is counted twice. */
function wachtzin({ wachtend, teLaat, vast, vastTeLaat }: Wachtend): string {
  const n = wachtend - vast
  const laat = teLaat - vastTeLaat
  const ander = vast > 0 ? 'ander ' : ''
  if (n === 0) return `Er wacht geen ${ander}bericht op antwoord.`
  const wat =
    n === 1 ? `wacht 1 ${ander}bericht` : `wachten ${formatGetal(n)} ${vast > 0 ? 'andere ' : ''}berichten`
  return `Er ${wat} op antwoord${laat > 0 ? `, waarvan ${formatGetal(laat)} te laat` : ''}.`
}

const alarmzin = (vast: number, teLaat: number) =>
  `${meervoud(vast, 'bericht kan', 'berichten kunnen')} niet worden beoordeeld${teLaat > 0 ? `, waarvan ${formatGetal(teLaat)} te laat` : ''}`

/** Messages that could not be judged: nothing more happens with them until somebody looks. */
function Alarm({ vast, teLaat, mag }: { vast: number; teLaat: number; mag: boolean }) {
  if (vast === 0) return null
  return (
    <Melding soort="fout" kop={alarmzin(vast, teLaat)}>
      <Link href="/berichten?staat=niet-te-beoordelen">
        {mag ? 'Bekijk waarom, en probeer het opnieuw' : 'Bekijk waarom'}
      </Link>
    </Melding>
  )
}

function AfgekeurdDeel({ afgekeurd, kop, ctx }: { afgekeurd: readonly Afgekeurd[]; kop: string; ctx: Ctx }) {
  const sinds = addDays(ctx.vandaag, -AFKEUR_DAGEN)
  return (
    <>
      <Kop niveau={2}>{kop}</Kop>
      <Tabel
        bijschrift={`Afgekeurde regels, ontvangen sinds ${formatDatum(sinds)}`}
        bijschriftZichtbaar
        rijen={afgekeurd}
        sleutel={rij => rij.regelcode}
        leeg={<Alinea>{`Sinds ${formatDatum(sinds)} is geen regel afgekeurd.`}</Alinea>}
        kolommen={[
          {
            kop: 'Waarom',
            rijkop: true,
            cel: rij => (
              <Link href={`/declaraties?regel=${rij.regelcode}&sinds=${sinds}`}>
                {findRegel(rij.regelcode)?.titel ?? rij.regelcode}
              </Link>
            ),
          },
          { kop: 'Wat te doen', cel: rij => findRegel(rij.regelcode)?.watTeDoen ?? '' },
          { kop: 'Declaraties', uitlijning: 'rechts', cel: rij => formatGetal(rij.declaraties) },
          { kop: 'Regels', uitlijning: 'rechts', cel: rij => formatGetal(rij.regels) },
          { kop: 'Bedrag', uitlijning: 'rechts', heel: true, cel: rij => formatEuro(rij.bedrag) },
        ]}
      />
    </>
  )
}

/** Payments that fall due: what is late, and what comes this week. */
export async function betaalwerk(ctx: Ctx): Promise<Deel> {
  const { scope } = ctx.wie
  const { vandaag } = ctx
  const tot = addDays(vandaag, 7)
  const leeg = { staat: null, van: null, tot: null, aanbieder: null, gemeente: null }
  const dubbel = await loadDubbel(ctx)
  const { open, week } = await ctx.read(async db => ({
    open: await sumBetalingen(db, { filter: { ...leeg, staat: 'open' }, scope, vandaag }),
    week: await sumBetalingen(db, { filter: { ...leeg, staat: 'open', van: vandaag, tot }, scope, vandaag }),
  }))
  const ontvangt = scope.aanbieder !== null
  const deze =
    week.aantal === 0
      ? `Deze week vervalt er geen betaling${open.aantal === 0 ? '' : `; in totaal staat ${formatEuro(open.bedrag)} open`}.`
      : `Deze week ${ontvangt ? 'ontvangt u' : 'vervalt'} ${formatEuro(week.bedrag)}${ontvangt ? ' als alles op tijd wordt betaald' : ` in ${meervoud(week.aantal, 'betaling', 'betalingen')}`}.`
  const alarm = [
    dubbel.alarm,
    open.teLaat > 0 ? `${formatEuro(open.teLaat)} had al betaald moeten zijn.` : undefined,
  ]
    .filter(Boolean)
    .join(' ')
  return {
    zin: [alarm, deze].filter(Boolean).join(' '),
    ...(alarm !== '' && { alarm }),
    inhoud: (
      <>
        {dubbel.inhoud}
        <Kengetallen>
          <Kengetal
            label={`${ontvangt ? 'U ontvangt' : 'Te betalen'} tot en met ${formatDatum(tot)}`}
            waarde={formatEuro(week.bedrag)}
            href={`/betalingen?staat=open&van=${vandaag}&tot=${tot}`}
            toelichting={meervoud(week.aantal, 'declaratie', 'declaraties')}
          />
          <Kengetal
            label="Te laat"
            waarde={formatEuro(open.teLaat)}
            href="/betalingen?staat=te-laat"
            toelichting="De betaaltermijn van dertig dagen is voorbij"
          />
          <Kengetal
            label={ontvangt ? 'Nog te ontvangen in totaal' : 'Open in totaal'}
            waarde={formatEuro(open.bedrag)}
            href="/betalingen?staat=open"
            toelichting={`Waarvan ${formatEuro(open.teVerrekenen)} te verrekenen`}
          />
        </Kengetallen>
      </>
    ),
  }
}

/** Lines that were claimed twice and wait for a judgement: for who may judge them, and for who may see that nobody did. */
export async function loadDubbel(ctx: Ctx): Promise<{ alarm?: string; inhoud: ReactNode }> {
  if (!ctx.wie.rechten.has('samenloop.lezen')) return { inhoud: null }
  const { aantal, bedrag } = await ctx.read(countTeBeoordelen)
  if (aantal === 0) return { inhoud: null }
  const kop = `${meervoud(aantal, 'regel is', 'regels zijn')} dubbel gedeclareerd`
  const mag = ctx.wie.rechten.has('declaraties.beoordelen')
  return {
    alarm: `${kop}.`,
    inhoud: (
      <Melding soort="waarschuwing" kop={kop}>
        <Link href="/declaraties/samenloop">
          {mag
            ? `Beoordeel of u ${formatEuro(bedrag)} betaalt`
            : `Bekijk welke; ${formatEuro(bedrag)} wacht op een oordeel`}
        </Link>
      </Melding>
    ),
  }
}

/** Toewijzingen that end within six weeks; showing names of residents, so it is written in the log. */
export async function consulentwerk(ctx: Ctx): Promise<Deel> {
  const { vandaag } = ctx
  const eindTot = addDays(vandaag, WEKEN * 7)
  const selectie = {
    filter: { ...GEEN_FILTER, eindTot, stand: 'geldig' as const },
    scope: ctx.wie.scope,
    vandaag,
  }
  const { rijen, totaal } = await ctx.write(async tx => {
    const gevonden = await listToewijzingen(
      tx,
      selectie,
      { kolom: 'eind', richting: 'op' },
      { aantal: 15, vanaf: 0 },
    )
    if (gevonden.length > 0)
      await audit(
        tx,
        ctx,
        'toewijzingen.bekeken',
        'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing',
        { toewijzingen: gevonden.map(rij => `${rij.gemeente}.${rij.toewijzingId}`) },
      )
    return { rijen: gevonden, totaal: await countToewijzingen(tx, selectie) }
  })
  return {
    zin:
      totaal === 0
        ? `Binnen ${WEKEN} weken eindigt er geen toewijzing.`
        : `Binnen ${WEKEN} weken ${totaal === 1 ? 'eindigt 1 toewijzing' : `eindigen ${formatGetal(totaal)} toewijzingen`}. Is er daarna nog hulp nodig?`,
    inhoud: (
      <>
        <Kop niveau={2}>Toewijzingen die aflopen</Kop>
        <Tabel
          bijschrift="Toewijzingen die aflopen, eerste bovenaan"
          rijen={rijen}
          sleutel={rij => `${rij.gemeente}.${rij.toewijzingId}`}
          leeg={<Alinea>{`Er loopt tot en met ${formatDatum(eindTot)} niets af.`}</Alinea>}
          kolommen={[
            { kop: 'Eindigt', heel: true, cel: rij => (rij.eind === null ? '' : formatDatumKort(rij.eind)) },
            {
              kop: 'Cliënt',
              rijkop: true,
              cel: (rij: Toewijzingsregel) => (
                <Link href={`/toewijzingen/${rij.gemeente}/${rij.toewijzingId}`}>{rij.client}</Link>
              ),
            },
            { kop: 'Product', cel: rij => rij.product ?? rij.segment ?? '' },
            { kop: 'Omvang', cel: rij => describeOmvang(rij) },
            { kop: 'Aanbieder', cel: rij => rij.aanbieder },
          ]}
        />
        {totaal > rijen.length ? (
          <LosseLink href="/toewijzingen?eindigt=binnenkort&stand=geldig&sorteer=eind">
            {`Bekijk alle ${formatGetal(totaal)}`}
          </LosseLink>
        ) : null}
      </>
    ),
  }
}

/** A provider's own last messages, what was refused and must be sent again, and what will be paid. */
export async function aanbiederwerk(ctx: Ctx): Promise<Deel> {
  const { scope } = ctx.wie
  const { vandaag } = ctx
  const { berichten, afgekeurd } = await ctx.read(async db => ({
    berichten: await listBerichten(
      db,
      { filter: GEEN_BERICHTFILTER, scope, vandaag },
      { kolom: 'ontvangen', richting: 'af' },
      { aantal: 8, vanaf: 0 },
    ),
    afgekeurd: await listAfgekeurd(db, scope, addDays(vandaag, -AFKEUR_DAGEN)),
  }))
  const betalen = await betaalwerk(ctx)
  const regels = afgekeurd.reduce((som, rij) => som + rij.regels, 0)
  const bedrag = afgekeurd.reduce((som, rij) => som + rij.bedrag, 0)
  return {
    zin:
      regels === 0
        ? betalen.zin
        : `${meervoud(regels, 'regel is', 'regels zijn')} afgekeurd (${formatEuro(bedrag)}). Verbeter ze en dien ze opnieuw in.`,
    inhoud: (
      <>
        {betalen.inhoud}
        <AfgekeurdDeel afgekeurd={afgekeurd} kop="Opnieuw in te dienen" ctx={ctx} />
        <Kop niveau={2}>Laatste berichten</Kop>
        <Tabel
          bijschrift="Laatste berichten, nieuwste bovenaan"
          rijen={berichten}
          sleutel={rij => rij.berichtId}
          leeg={<Alinea>Er zijn nog geen berichten.</Alinea>}
          kolommen={[
            {
              kop: 'Bericht',
              rijkop: true,
              cel: (rij: Berichtregel) => (
                <Link
                  href={`/berichten/${rij.gemeente}/${rij.berichtId}`}
                  label={`${soortNaam(rij.soort)} ${rij.identificatie}`}
                >
                  {soortNaam(rij.soort)}
                </Link>
              ),
            },
            { kop: 'Gemeente', cel: rij => rij.gemeenteNaam },
            { kop: 'Datum', heel: true, cel: rij => formatMoment(rij.ontvangenOp) },
            {
              kop: 'Staat',
              heel: true,
              cel: rij => <Badge toon={BERICHTSTAAT[rij.staat].toon}>{BERICHTSTAAT[rij.staat].naam}</Badge>,
            },
          ]}
        />
        <Knoppen>
          {ctx.wie.rechten.has('berichten.aanleveren') ? (
            <KnopLink href="/berichten/aanleveren">Bericht aanleveren</KnopLink>
          ) : null}
          <KnopLink href="/berichten">Bekijk al uw berichten</KnopLink>
        </Knoppen>
      </>
    ),
  }
}
