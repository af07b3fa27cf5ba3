import type { ReactNode } from 'react'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { listRows } from '../../../platform/db/lijst.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Alinea, Badge, formatMoment, Kop, Link, LosseLink, Tabel } from '../../../platform/ui/index.ts'
import type { Aanvulling } from '../../dossiers/index.ts'
import { maySet } from './rules.ts'
import { standVan, WEGINGEN, type Weging } from './store.ts'
import { STAAT, watMag } from './teksten.ts'

/** What waits for whoever holds this right, and the step that it waits for. */
const WACHT = [
  { recht: 'uitwisseling.adviseren', staat: 'ter-advies', stap: 'adviseer' },
  { recht: 'uitwisseling.besluiten', staat: 'geadviseerd', stap: 'besluit' },
] as const

const MEEST = 20

/** For a start page: the weighings whose step this person may take, and how many. */
export async function loadWegingstart(ctx: Ctx): Promise<{ aantal: number; zin: string; inhoud: ReactNode }> {
  const ik = gebruikerIdOf(ctx.wie)
  const wegingen = await ctx.read(async db => {
    const regionaal = await isRegionaal(db)
    const gevonden: Weging[] = []
    for (const { recht, staat, stap } of WACHT) {
      if (!ctx.wie.rechten.has(recht)) continue
      const oudste = { kolom: 'gewijzigd', richting: 'op' } as const
      const wachtend = await listRows(db, WEGINGEN, { staat }, oudste, { aantal: 200, vanaf: 0 })
      gevonden.push(
        ...wachtend.filter(w => (w.gemeente !== null || regionaal) && maySet(stap, standVan(w), ik).ok),
      )
    }
    return gevonden
  })
  if (wegingen.length === 0) return { aantal: 0, zin: '', inhoud: null }
  return {
    aantal: wegingen.length,
    zin: wachtzin(wegingen),
    inhoud: (
      <>
        <Kop niveau={2}>Wegingen die op u wachten</Kop>
        <Tabel
          bijschrift="Wegingen die op u wachten, oudste bovenaan"
          rijen={wegingen.slice(0, MEEST)}
          sleutel={w => String(w.wegingId)}
          kolommen={[
            {
              kop: 'Activiteit',
              rijkop: true,
              cel: w => <Link href={`/uitwisselingen/${w.wegingId}`}>{w.activiteit}</Link>,
            },
            { kop: 'Van u gevraagd', cel: w => (w.staat === 'ter-advies' ? 'Advies' : 'Besluit') },
            { kop: 'Sinds', heel: true, cel: w => formatMoment(w.op) },
          ]}
        />
        {wegingen.length > MEEST ? (
          <LosseLink href="/uitwisselingen?sorteer=gewijzigd">Alle wegingen</LosseLink>
        ) : null}
      </>
    ),
  }
}

function wachtzin(wegingen: readonly Weging[]): string {
  const n = wegingen.length
  const waarop = wegingen.every(w => w.staat === 'ter-advies') ? 'advies' : 'besluit'
  return `${n === 1 ? 'Er wacht 1 weging' : `Er wachten ${n} wegingen`} op uw ${waarop}.`
}

/** The weighings of one policy dossier: a part of its page (cap 115: per dossier and activity). */
export const toonWegingen: Aanvulling = async (db, ctx, dossierId) => {
  if (!ctx.wie.rechten.has('uitwisseling.lezen')) return null
  const wegingen = await listRows(
    db,
    WEGINGEN,
    { dossier: String(dossierId) },
    { kolom: 'gewijzigd', richting: 'af' },
    { aantal: 100, vanaf: 0 },
  )
  return (
    <>
      <Kop niveau={2}>Gegevensuitwisseling</Kop>
      <Tabel
        bijschrift="Wegingen bij dit dossier"
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
