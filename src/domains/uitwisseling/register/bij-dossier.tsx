import { Alinea, Badge, Kop, Link, LosseLink, Tabel } from '../../../platform/ui/index.ts'
import type { Aanvulling } from '../../dossiers/index.ts'
import { listWegingen } from './store.ts'
import { STAAT, watMag } from './woorden.ts'

const ALLES = { zoek: null, staat: null, domein: null, gemeente: null }

/** The weighings of one policy dossier: a part of its page (cap 115: per dossier and activity). */
export const toonWegingen: Aanvulling = async (db, ctx, dossierId) => {
  if (!ctx.wie.rechten.has('uitwisseling.lezen')) return null
  const wegingen = await listWegingen(
    db,
    { ...ALLES, dossier: dossierId },
    { kolom: 'gewijzigd', richting: 'af' },
    { aantal: 100, vanaf: 0 },
  )
  return (
    <>
      <Kop niveau={2}>Gegevensuitwisseling</Kop>
      <Tabel
        bijschrift="Wegingen bij dit dossier"
        bijschriftVerborgen
        rijen={wegingen}
        sleutel={w => String(w.wegingId)}
        leeg={
          <Alinea>
            Bij dit dossier is nog geen uitwisseling gewogen. Zonder weging mag er niets worden gedeeld.
          </Alinea>
        }
        kolommen={[
          {
            kop: 'Activiteit',
            rijkop: true,
            cel: w => <Link href={`/uitwisselingen/${w.wegingId}`}>{w.activiteit}</Link>,
          },
          {
            kop: 'Stand',
            heel: true,
            cel: w => <Badge toon={STAAT[w.staat].toon}>{STAAT[w.staat].naam}</Badge>,
          },
          { kop: 'Wat mag', cel: w => watMag(w, ctx.vandaag).kop },
        ]}
      />
      {ctx.wie.rechten.has('uitwisseling.opstellen') ? (
        <LosseLink href={`/uitwisselingen/nieuw?dossier=${dossierId}`}>Weeg een uitwisseling</LosseLink>
      ) : null}
    </>
  )
}
