import { type Collega, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { formatDatum } from '../../../platform/dates.ts'
import {
  Alinea,
  Badge,
  Formulier,
  formatMoment,
  Keuzelijst,
  Knop,
  Kop,
  Link,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import { type Aanvulling, type Dossier, isBezig } from '../../dossiers/index.ts'
import { STAAT } from '../../dossiers/rules.ts'
import { listActueleMethoden, type Methodeversie } from '../methode/store.ts'
import { type Doorloopregel, listDoorlopen } from './store.ts'

/** The runs of a dossier and the form that starts one: a part of its page. */
export const toonDoorlopen: Aanvulling = async (db, ctx, dossierId, { dossier, eigen, melding }) => {
  const doorlopen = await listDoorlopen(db, dossierId)
  const werkt = ctx.wie.rechten.has('beleid.bijdragen')
  const start =
    eigen && dossier.geslotenOp === null && !isBezig(dossier)
      ? {
          methoden: await listActueleMethoden(db),
          trekkers: await listCollegas(db, 'beleid.schrijven', dossier.gemeente),
        }
      : null
  return csrf => (
    <>
      <Doorlopendeel doorlopen={doorlopen} werkt={werkt} />
      {start === null ? null : (
        <Startformulier dossier={dossier} {...start} csrf={csrf} geweigerd={melding === 'niet-gestart'} />
      )}
    </>
  )
}

function Doorlopendeel({ doorlopen, werkt }: { doorlopen: readonly Doorloopregel[]; werkt: boolean }) {
  return (
    <>
      <Kop niveau={2}>Doorlopen van de Wegwijzer</Kop>
      <Tabel
        bijschrift="Doorlopen, nieuwste bovenaan"
        rijen={doorlopen}
        sleutel={d => String(d.doorloopId)}
        leeg={<Alinea>De Wegwijzer is voor dit dossier nog niet doorlopen.</Alinea>}
        kolommen={[
          {
            kop: 'Doorloop',
            rijkop: true,
            cel: d =>
              werkt ? (
                <Link href={`/beleid/doorlopen/${d.doorloopId}`}>Doorloop {d.nummer}</Link>
              ) : (
                `Doorloop ${d.nummer}`
              ),
          },
          {
            kop: 'Stand',
            heel: true,
            cel: d => <Badge toon={STAAT[d.staat].toon}>{STAAT[d.staat].naam}</Badge>,
          },
          { kop: 'Trekker', cel: d => d.trekker },
          { kop: 'Begonnen', heel: true, cel: d => formatMoment(d.begonnenOp) },
          { kop: 'Vragenset', cel: d => d.methode },
          { kop: 'Besluit', cel: d => (d.besluitOp === null ? null : formatDatum(d.besluitOp)) },
          { kop: 'Conclusies', uitlijning: 'rechts', cel: d => d.conclusies },
          {
            kop: 'Bekijk',
            cel: d =>
              werkt || d.staat === 'voorgelegd' || d.staat === 'vastgesteld' ? (
                <Link
                  href={`/beleid/doorlopen/${d.doorloopId}/blad`}
                  label={`Conclusieblad van doorloop ${d.nummer}`}
                >
                  Conclusieblad
                </Link>
              ) : null,
          },
        ]}
      />
    </>
  )
}

function Startformulier({
  dossier,
  methoden,
  trekkers,
  csrf,
  geweigerd,
}: {
  dossier: Dossier
  methoden: readonly Methodeversie[]
  trekkers: readonly Collega[]
  csrf: string
  /** The last try named no questions or nobody to lead. */
  geweigerd: boolean
}) {
  if (methoden.length === 0)
    return (
      <Alinea>
        Er is nog geen vragenset. <Link href="/beleid/methoden">Zet er een klaar</Link>, dan kunt u beginnen.
      </Alinea>
    )
  return (
    <>
      <Kop niveau={3} id="start">
        Start een doorloop
      </Kop>
      {geweigerd ? (
        <Melding soort="fout" kop="De doorloop is niet gestart">
          Kies welke vragen u doorloopt en wie de doorloop trekt.
        </Melding>
      ) : null}
      <Formulier actie={`/beleid/dossiers/${dossier.dossierId}/doorlopen`} csrf={csrf}>
        <Keuzelijst
          naam="methode"
          label="Welke vragen?"
          waarde={String(methoden[0]?.methodeId ?? '')}
          opties={methoden.map(m => ({
            waarde: String(m.methodeId),
            naam: `${m.naam}, versie ${m.versie}`,
          }))}
        />
        <Keuzelijst
          naam="trekker"
          label="Wie trekt de doorloop?"
          leeg="Kies een collega"
          waarde={trekkers.some(c => c.gebruikerId === dossier.eigenaarId) ? String(dossier.eigenaarId) : ''}
          opties={trekkers.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))}
        />
        <Knop>Start de Wegwijzer</Knop>
      </Formulier>
    </>
  )
}
