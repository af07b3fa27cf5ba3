import { type InnameOpties, receiveBerichten } from '../../domains/berichten/index.ts'
import {
  type Bericht,
  type Bericht301,
  type Bericht305,
  type Bericht323,
  checkBytes,
  writeBericht,
} from '../../domains/istandaard/index.ts'
import { clientOf } from '../../platform/db/database.ts'
import { unpackFile } from '../../platform/files.ts'
import { type Ctx, makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'

/** Above every number that the generator gives. */
const NUMMER = 900_001
/** Of its messages, its declaratie and its line. */
export const KENMERK = 'V000000001'
/** No judging is done within this: the message waits for somebody, as one on which the programme fails. */
const GEEN_TIJD_MS = 0.001

/**
 * What a region does not have by itself, beside its calibrated figures: one child whose provider claims the same care at
 * the municipality of the demonstration users as well, and one message that could not be judged. They come in by the
 * door, as all other messages. Does nothing in a region without an approved youth line, nor twice: the same
 * bytes get the same answer.
 */
export async function loadVoorvallen(omgeving: Omgeving, opties: InnameOpties = {}): Promise<void> {
  const { rows } = await omgeving.database.pool.query<{ code: string }>(
    'select code from contracten.gemeente',
  )
  const ctx = makeCtx(
    { ...omgeving, uitmap: undefined },
    systeem(
      'regio',
      rows.map(rij => rij.code),
    ),
  )
  const voorbeeld = await ctx.read(async db => {
    const { rows: gevonden } = await clientOf(db).query<Gevonden>(ZOEK)
    return gevonden[0]
  })
  if (!voorbeeld) return
  const berichten = await makeBerichten(ctx, voorbeeld)
  if (!berichten) return
  const { toewijzing, declaratie, start } = berichten
  for (const bericht of [toewijzing, declaratie])
    await receiveBerichten(ctx, [delivery(ctx, bericht)], opties)
  await receiveBerichten(ctx, [delivery(ctx, start)], { ...opties, tijd: GEEN_TIJD_MS })
}

interface Gevonden {
  hier: string
  toewijzing: Buffer
  declaratie: Buffer
  nummer: number
  referentie: string
}

/**
 * The newest youth line that is approved and not credited, at another municipality than `hier`. Looked for in a few hundred
 * declaraties, not in all: just after loading the database knows of no table how large it is, and would compare all with all.
 */
const ZOEK = `
  with hier as (
    select gemeenten[1] as code from platform.gebruiker where demonstratie and rol = 'controller' limit 1),
  nieuwste as materialized (
    select d.gemeente, d.declaratie_id, d.bericht_id, d.besloten_op
    from declaraties.declaratie d, hier where d.gemeente <> hier.code and d.domein = 'jw'
    order by d.besloten_op desc, d.gemeente, d.declaratie_id limit 300),
  regel as materialized (
    select d.*, p.regel, p.toewijzing_id, p.begin, p.referentie
    from nieuwste d join declaraties.prestatie p using (gemeente, declaratie_id)
    where p.goedgekeurd and p.debet
      and not exists (select from declaraties.prestatie k where k.gemeente = p.gemeente
        and k.toewijzing_id = p.toewijzing_id and k.begin = p.begin and not k.debet and k.goedgekeurd)
    order by d.besloten_op desc, p.gemeente, p.declaratie_id, p.regel limit 1)
  select hier.code as hier, ft.inhoud as toewijzing, fd.inhoud as declaratie, t.nummer, p.referentie
  from hier, regel p
  join toegang.toewijzing t using (gemeente, toewijzing_id)
  join toegang.toewijzing_versie v on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie
  join berichten.bestand ft on ft.gemeente = v.gemeente and ft.bericht_id = v.bericht_id
  join berichten.bestand fd on fd.gemeente = p.gemeente and fd.bericht_id = p.bericht_id`

function delivery(ctx: Ctx, bericht: Bericht) {
  return { bytes: Buffer.from(writeBericht(bericht)), ontvangenOp: ctx.nu }
}

/** The same toewijzing and the same line as that other municipality has, and the start that nobody sent yet. */
async function makeBerichten({ kluis }: Ctx, voorbeeld: Gevonden) {
  const { hier, nummer, referentie } = voorbeeld
  const inhoud = async (bestand: Buffer) => checkBytes(await unpackFile(kluis, bestand)).inhoud
  const b301 = (await inhoud(voorbeeld.toewijzing)) as Bericht301
  const b323 = (await inhoud(voorbeeld.declaratie)) as Bericht323
  const product = b301.client.toegewezenProducten.find(p => p.toewijzingNummer === nummer)
  const { client } = b301
  const prestatie = b323.declaratie.clienten
    .flatMap(c => c.prestaties)
    .find(p => p.productReferentie.referentieNummer === referentie)
  if (!product?.product?.code || !prestatie) return undefined
  const { redenWijziging: _, ...eerste } = product
  const toewijzing: Bericht301 = {
    ...b301,
    header: {
      ...b301.header,
      afzender: hier,
      berichtIdentificatie: { ...b301.header.berichtIdentificatie, identificatie: KENMERK },
    },
    client: { ...client, toegewezenProducten: [{ ...eerste, toewijzingNummer: NUMMER }] },
  }
  const declaratie: Bericht323 = {
    ...b323,
    header: {
      ...b323.header,
      ontvanger: hier,
      berichtIdentificatie: { ...b323.header.berichtIdentificatie, identificatie: KENMERK },
    },
    declaratie: {
      ...b323.declaratie,
      declaratieNummer: KENMERK,
      totaalIngediendBedrag: { totaalBedrag: prestatie.ingediendBedrag.bedrag, debetCredit: 'D' },
      clienten: [
        {
          bsn: client.bsn,
          prestaties: [
            { ...prestatie, toewijzingNummer: NUMMER, productReferentie: { referentieNummer: KENMERK } },
          ],
        },
      ],
    },
  }
  const { bsn, geboortedatum, geslacht, naam } = client
  const start: Bericht305 = {
    bericht: 'JW305',
    domein: 'jw',
    header: { ...declaratie.header, berichtCode: '438' },
    client: {
      bsn,
      geboortedatum,
      geslacht,
      naam: { geslachtsnaam: naam.geslachtsnaam, voorletters: naam.voorletters ?? '' },
      startProducten: [
        {
          toewijzingNummer: NUMMER,
          product: { categorie: product.product.categorie, code: product.product.code },
          toewijzingIngangsdatum: product.ingangsdatum,
          begindatum: product.ingangsdatum,
          statusAanlevering: '1',
        },
      ],
    },
  }
  return { toewijzing, declaratie, start }
}
