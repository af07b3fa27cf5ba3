import type { ReactNode } from 'react'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { formatMoment, Kop, Link, Tabel } from '../../../platform/ui/index.ts'
import type { Staat } from './rules.ts'
import { listWegingen } from './store.ts'

/** What waits for whoever holds this right. */
const WACHT: Readonly<Record<string, Staat>> = {
  'uitwisseling.adviseren': 'ter-advies',
  'uitwisseling.besluiten': 'geadviseerd',
}

const ALLES = { zoek: null, domein: null, gemeente: null, dossier: null }

/** For a start page: the weighings that wait for advice or decision of this person, and how many. */
export async function loadWegingstart(ctx: Ctx): Promise<{ aantal: number; inhoud: ReactNode }> {
  const staten = Object.entries(WACHT).flatMap(([recht, staat]) =>
    [...ctx.wie.rechten].some(r => r === recht) ? [staat] : [],
  )
  const wegingen = await ctx.read(async db => {
    const per = await Promise.all(
      staten.map(staat =>
        listWegingen(
          db,
          { ...ALLES, staat },
          { kolom: 'gewijzigd', richting: 'op' },
          { aantal: 20, vanaf: 0 },
        ),
      ),
    )
    return per.flat()
  })
  if (wegingen.length === 0) return { aantal: 0, inhoud: null }
  return {
    aantal: wegingen.length,
    inhoud: (
      <>
        <Kop niveau={2}>Wegingen die op u wachten</Kop>
        <Tabel
          bijschrift="Wegingen die op u wachten, oudste bovenaan"
          bijschriftVerborgen
          rijen={wegingen}
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
      </>
    ),
  }
}
