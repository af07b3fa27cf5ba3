import { formatPeriode } from '../../../platform/dates.ts'
import { listRows } from '../../../platform/db/lijst.ts'
import { Alinea, Inklap, type Kolom, Kop, Link, Tabel } from '../../../platform/ui/index.ts'
import type { Aanvulling } from '../aanbieders/pages.tsx'
import { Looptijdbadge, Tarieftabel } from './pages.tsx'
import { mapOpvolging, sayStraks } from './rules.ts'
import { CONTRACTEN, type Contract, listTarieven, listVersies, mapVorigen } from './store.ts'

/** The contracts and prices of one provider: a part of its page. */
export const toonContracten: Aanvulling = async (db, ctx, aanbiederId) => {
  if (!ctx.wie.rechten.has('contracten.lezen')) return null
  const contracten = await listRows(
    db,
    CONTRACTEN(ctx.vandaag),
    { aanbieder: String(aanbiederId) },
    { kolom: 'begin', richting: 'af' },
    { aantal: 100, vanaf: 0 },
  )
  const [laatste] = contracten
  const tarieven = laatste ? await listTarieven(db, laatste.contractId, null) : []
  const vorigen = laatste ? await mapVorigen(db, laatste.nummer, tarieven) : new Map()
  const versies = Map.groupBy(
    await listVersies(
      db,
      contracten.map(({ contractId }) => contractId),
    ),
    ({ contractId }) => contractId,
  )
  const opvolging = mapOpvolging(
    contracten.map(({ contractId, nummer }) => ({ nummer, versies: versies.get(contractId) ?? [] })),
    ctx.vandaag,
  )
  const straks = new Map(
    contracten.flatMap(({ contractId, nummer }) => {
      const zinnen = [
        ...(opvolging.has(nummer) ? [opvolging.get(nummer)] : []),
        ...sayStraks(versies.get(contractId) ?? [], ctx.vandaag),
      ]
      return zinnen.length === 0 ? [] : [[contractId, zinnen] as const]
    }),
  )
  const verandert: Kolom<Contract>[] = [
    { kop: 'Wat verandert', cel: ({ contractId }) => straks.get(contractId)?.join(' ') },
  ]
  return (
    <>
      <Kop niveau={2}>Contracten</Kop>
      <Tabel
        bijschrift="Contracten met deze aanbieder"
        rijen={contracten}
        sleutel={rij => String(rij.contractId)}
        leeg={<Alinea>Met deze aanbieder is geen contract.</Alinea>}
        kolommen={[
          {
            kop: 'Contract',
            rijkop: true,
            heel: true,
            cel: rij => <Link href={`/contracten/${rij.contractId}`}>{rij.nummer}</Link>,
          },
          { kop: 'Looptijd', cel: rij => formatPeriode(rij) },
          { kop: 'Segmenten', cel: rij => rij.segmenten.join(', ') },
          { kop: 'Gemeenten', cel: rij => rij.gemeenten.join(', ') },
          ...(straks.size === 0 ? [] : verandert),
          { kop: 'Stand', heel: true, cel: rij => <Looptijdbadge contract={rij} vandaag={ctx.vandaag} /> },
        ]}
      />
      {laatste ? (
        <Inklap kop={`Tarieven van contract ${laatste.nummer}`} open={tarieven.length <= 40}>
          <Tarieftabel tarieven={tarieven} vorigen={vorigen} vandaag={ctx.vandaag} />
        </Inklap>
      ) : null}
    </>
  )
}
