import { formatPeriode } from '../../../platform/dates.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  type Eigenschap,
  formatGetal,
  formatMoment,
  Kaart,
  Kop,
  Lijst,
  Link,
  LosseLink,
  Melding,
  Tabel,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { AARD, GEEN_GROND, type Gegevenslijst, naamVan } from '../gegevens/lijst.ts'
import {
  ADVIES,
  type Advies,
  ALTERNATIEVEN,
  ANTWOORD,
  BESLUIT,
  type Besluit,
  judgeDpia,
  listBlokkades,
  momentOf,
  STAPPEN,
  type Stroom,
} from './rules.ts'
import type { Weging, Wegingstap } from './store.ts'
import { gegevensVan, grondNaam, rolNaam, STAAT, watMag } from './teksten.ts'

/** Fact 4 of the design, where someone would think that asking is enough. */
export function ToestemmingMelding() {
  return (
    <Melding soort="waarschuwing" kop="Toestemming is geen grond">
      Zonder wettelijke grond mag het niet, ook niet als de inwoner toestemming geeft. De inwoner hangt van de
      gemeente af en kan niet vrij kiezen (Autoriteit Persoonsgegevens, 2016). Toestemming telt in deze weging
      niet mee.
    </Melding>
  )
}

/** Where data go: two boxes with an arrow that names the data. Plain text in reading order. */
function Stroombeeld({ stroom, lijst }: { stroom: Stroom; lijst: Gegevenslijst }) {
  return (
    <div className="sam-stroom">
      <p className="sam-stroom-plek">
        <small>Van</small>
        <b>{naamVan(lijst.domeinen, stroom.vanDomein)}</b>
        <span>{stroom.vanRol}</span>
      </p>
      <p className="sam-stroom-pijl">{gegevensVan(stroom, lijst).join(', ')}</p>
      <p className="sam-stroom-plek">
        <small>Naar</small>
        <b>{stroom.naarRol === '' ? stroom.naarOrganisatie : rolNaam(stroom.naarRol)}</b>
        <span>{stroom.naarRol === '' ? 'buiten dit systeem' : stroom.naarOrganisatie}</span>
      </p>
    </div>
  )
}

function Stroomkaart({ w, nummer, bewerk }: { w: Weging; nummer: number; bewerk: string | undefined }) {
  const { lijst } = w
  const stroom = w.inhoud.stromen[nummer]
  if (stroom === undefined) return null
  return (
    <Kaart
      kop={`Stroom ${nummer + 1}`}
      niveau={3}
      naast={
        bewerk === undefined ? null : (
          <Link href={bewerk} label={`Wijzig stroom ${nummer + 1}`}>
            Wijzig
          </Link>
        )
      }
    >
      <Stroombeeld stroom={stroom} lijst={lijst} />
      <Beschrijvingslijst
        items={[
          {
            naam: 'Grond',
            waarde:
              stroom.grond === GEEN_GROND ? (
                <Badge toon="fout">Geen grondslag gevonden</Badge>
              ) : (
                grondNaam(lijst, stroom.grond)
              ),
          },
          { naam: 'Toelichting', waarde: stroom.grondToelichting },
          {
            naam: 'Bewaren',
            waarde:
              stroom.bewaarMaanden === 0
                ? `Niet bewaren. ${stroom.bewaargrond}`
                : `${formatGetal(stroom.bewaarMaanden)} ${stroom.bewaarMaanden === 1 ? 'maand' : 'maanden'}. ${stroom.bewaargrond}`,
          },
        ]}
      />
      <Tabel
        bijschrift={`Gegevens in stroom ${nummer + 1}`}
        rijen={stroom.gegevens}
        sleutel={g => g.code}
        kolommen={[
          { kop: 'Gegeven', rijkop: true, cel: g => naamVan(lijst.gegevens, g.code) },
          {
            kop: 'Aard',
            cel: g => AARD[lijst.gegevens.find(x => x.code === g.code)?.aard ?? 'gewoon'],
          },
          { kop: 'Waarom noodzakelijk', cel: g => g.waarom },
        ]}
      />
    </Kaart>
  )
}

function Oordelen({ w }: { w: Weging }) {
  const items: Eigenschap[] = []
  if (w.advies !== null)
    items.push(
      { naam: 'Advies', waarde: <b>{ADVIES[w.advies]}</b> },
      { naam: 'Toelichting bij het advies', waarde: w.adviesTekst },
      { naam: 'Adviseur', waarde: door(w.adviseur, w.adviesOp) },
    )
  if (w.besluit !== null) {
    items.push({ naam: 'Besluit', waarde: <b>{BESLUIT[w.besluit]}</b> })
    if (w.voorwaarden) items.push({ naam: 'Voorwaarden', waarde: w.voorwaarden })
    if (w.motivering) items.push({ naam: 'Motivering', waarde: w.motivering })
    items.push({ naam: 'Besloten door', waarde: door(w.beslisser, w.besluitOp) })
  }
  return items.length === 0 ? null : (
    <>
      <Kop niveau={2}>Advies en besluit</Kop>
      <Beschrijvingslijst items={items} />
    </>
  )
}

const door = (naam: string | null, op: Date | null) =>
  `${naam ?? 'onbekend'}${op === null ? '' : `, ${formatMoment(op)}`}`

function Dpia({ w }: { w: Weging }) {
  const oordeel = judgeDpia(w.lijst, w.inhoud.dpia)
  return (
    <>
      <Kop niveau={2}>Is een DPIA nodig?</Kop>
      <Alinea>
        {oordeel.reden}
        {oordeel.nodig && oordeel.open > 0 ? ` Nog niet beantwoord: ${oordeel.open}.` : ''}
        {w.inhoud.dpiaVerwijzing === '' ? '' : ` De DPIA staat hier: ${w.inhoud.dpiaVerwijzing}.`}
      </Alinea>
      <Tabel
        bijschrift="Vragen over het risico"
        rijen={w.lijst.dpia}
        sleutel={vraag => vraag.code}
        kolommen={[
          { kop: 'Vraag', rijkop: true, cel: vraag => vraag.tekst },
          {
            kop: 'Antwoord',
            heel: true,
            cel: vraag => {
              const gegeven = w.inhoud.dpia[vraag.code]
              return gegeven === undefined ? 'Nog niet' : ANTWOORD[gegeven.antwoord]
            },
          },
          { kop: 'Toelichting', cel: vraag => w.inhoud.dpia[vraag.code]?.noot ?? '' },
        ]}
      />
    </>
  )
}

/** What happened, with the words of who did it. */
function Verloop({ stappen }: { stappen: readonly Wegingstap[] }) {
  return (
    <Tijdlijn
      label="Verloop van deze weging"
      gebeurtenissen={stappen.map(s => ({
        op: s.op.toISOString(),
        moment: formatMoment(s.op),
        kop: STAPPEN[s.stap].gedaan,
        door: s.door ?? 'het systeem',
        ...(s.toelichting === '' ? {} : { toelichting: woorden(s) }),
      }))}
    />
  )
}

function woorden({ stap, toelichting }: Wegingstap): string {
  if (stap === 'adviseer') return ADVIES[toelichting as Advies] ?? toelichting
  if (stap === 'besluit') return BESLUIT[toelichting as Besluit] ?? toelichting
  return toelichting
}

export interface WegingBladProps {
  w: Weging
  versies: readonly Weging[]
  stappen: readonly Wegingstap[]
  /** True for who may change it now. */
  wijzigbaar: boolean
  /** True for who may open a policy dossier. */
  magBeleid: boolean
  datum: string
}

/** The whole weighing as one page to read. */
export function WegingBlad({ w, versies, stappen, wijzigbaar, magBeleid, datum }: WegingBladProps) {
  const pad = `/uitwisselingen/${w.wegingId}`
  const { toon, kop, zin } = watMag(w, datum)
  const blokkades =
    w.besluit === null && w.staat !== 'ingetrokken'
      ? listBlokkades(w.inhoud, w.lijst, momentOf(w, datum))
      : []
  const later = versies.find(v => v.nummer > w.nummer && v.besluit !== null)
  return (
    <>
      <Melding soort={toon} kop={kop}>
        {zin}
        {w.besluit === 'voorwaarden' ? ` Voorwaarden: ${w.voorwaarden}` : ''}
      </Melding>
      {later === undefined ? null : (
        <Melding soort="info" kop="Er is een nieuwere versie">
          <Link href={`/uitwisselingen/${later.wegingId}`}>Bekijk versie {later.nummer}</Link>, waarover
          daarna is besloten.
        </Melding>
      )}
      {blokkades.length === 0 ? null : (
        <Melding soort="waarschuwing" kop="Zo kan het niet worden toegestaan">
          <Lijst items={blokkades} />
        </Melding>
      )}
      <Beschrijvingslijst
        items={[
          { naam: 'Stand', waarde: <Badge toon={STAAT[w.staat].toon}>{STAAT[w.staat].naam}</Badge> },
          { naam: 'Doel', waarde: naamVan(w.lijst.doelen, w.doel) },
          { naam: 'Omschrijving', waarde: w.inhoud.doelTekst },
          { naam: 'Betrokkenen', waarde: w.inhoud.betrokkenen },
          { naam: 'Geldt voor', waarde: w.gemeenteNaam ?? 'De hele regio' },
          {
            naam: 'Beleidsdossier',
            waarde:
              w.dossierId === null ? (
                'Geen'
              ) : w.dossierNaam === null ? (
                'Van een gemeente waarvan u het beleid niet ziet'
              ) : magBeleid ? (
                <Link href={`/beleid/dossiers/${w.dossierId}`}>{w.dossierNaam}</Link>
              ) : (
                w.dossierNaam
              ),
          },
          { naam: 'Periode', waarde: formatPeriode({ begin: w.geldigVanaf, eind: w.geldigTot }) },
        ]}
      />
      <Kop niveau={2}>Wie geeft wat aan wie</Kop>
      {w.inhoud.stromen.length === 0 ? <Alinea>Er is nog geen stroom beschreven.</Alinea> : null}
      {w.inhoud.stromen.map((_, i) => (
        <Stroomkaart
          key={String(i)}
          w={w}
          nummer={i}
          bewerk={wijzigbaar ? `${pad}/stromen/${i + 1}` : undefined}
        />
      ))}
      {wijzigbaar ? <LosseLink href={`${pad}/stromen/nieuw`}>Voeg een stroom toe</LosseLink> : null}
      <Kop niveau={2}>Kan het zonder?</Kop>
      <Beschrijvingslijst
        items={(['anoniem', 'minst', 'zelf'] as const).map(code => ({
          naam: ALTERNATIEVEN[code],
          waarde: w.inhoud.alternatieven[code],
        }))}
      />
      {w.inhoud.toestemming ? <ToestemmingMelding /> : null}
      <Kop niveau={2}>Zorgvuldig</Kop>
      <Beschrijvingslijst
        items={[
          { naam: 'Beveiliging', waarde: w.inhoud.beveiliging },
          {
            naam: 'Doorgifte buiten de EER',
            waarde: w.inhoud.doorgifte === '' ? 'Geen' : w.inhoud.doorgifte,
          },
        ]}
      />
      <Dpia w={w} />
      {wijzigbaar ? <LosseLink href={`${pad}/dpia`}>Beantwoord de vragen voor de DPIA</LosseLink> : null}
      <Oordelen w={w} />
      <Kop niveau={2}>Verloop</Kop>
      <Verloop stappen={stappen} />
      {versies.length < 2 ? null : (
        <>
          <Kop niveau={2}>Versies</Kop>
          <Lijst
            items={versies.map(v => (
              <>
                {v.wegingId === w.wegingId ? (
                  `Versie ${v.nummer} (deze)`
                ) : (
                  <Link href={`/uitwisselingen/${v.wegingId}`}>Versie {v.nummer}</Link>
                )}
                : {STAAT[v.staat].naam.toLowerCase()}
                {v.besluit === null ? '' : `, ${BESLUIT[v.besluit].toLowerCase()}`}
              </>
            ))}
          />
        </>
      )}
    </>
  )
}
