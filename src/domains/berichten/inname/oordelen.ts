import { firstOfMonth } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  CLIENT_ONBEKEND,
  type Declaratiebericht,
  type Declaratieoordeel,
  type Elders,
  hasGoedgekeurdeRegels,
  judgeDeclaraties,
  type Prestatie,
} from '../../declaraties/index.ts'
import type {
  Bericht,
  Bericht301,
  Bericht305,
  Bericht307,
  Bericht323,
  Bevinding,
} from '../../istandaard/index.ts'
import {
  MELDING_OVERNAME,
  receiveMeldingen,
  receiveToewijzingen,
  TOEWIJZING_OVERNAME,
} from '../../toegang/index.ts'
import type { Kenmerk } from '../post/gelezen.ts'
import type { Staat } from '../post/store.ts'
import { buildDeclaratieAntwoord, buildRetour } from './antwoord.ts'

/** A message that passed levels 1 and 2 and its header, with what it is about. */
export interface TeBeoordelen<B extends Bericht = Bericht> {
  berichtId: string
  gemeente: string
  aanbiederId: number
  ontvangenOp: Date
  inhoud: B
}

export interface Oordeel {
  staat: Staat
  regels: number
  /** What stands in the way, with its place; for a 323 the first lines of each. */
  bevindingen: readonly Bevinding[]
  aantalBevindingen: number
  antwoord: (kenmerk: Kenmerk) => Bericht
}

/**
 * Hands the messages of a batch to the domain they are about, kind by kind: toewijzingen first, then starts and stops,
 * then declaraties. The order of arrival has no meaning (OP080), and this order lets each find what it refers to. `elders`: they
 * were judged by another system, that answered these declaraties so; then the rules of today do not hold.
 */
export async function judgeByDomein(
  tx: Tx,
  ctx: Ctx,
  berichten: readonly TeBeoordelen[],
  elders?: ReadonlyMap<string, Elders>,
): Promise<Map<string, Oordeel>> {
  const van = <B extends Bericht>(...nummers: number[]) =>
    berichten.filter(b =>
      nummers.some(nummer => b.inhoud.bericht.endsWith(String(nummer))),
    ) as unknown as TeBeoordelen<B>[]
  const out = new Map<string, Oordeel>()

  const toewijzingen = van<Bericht301>(301)
  const over = await receiveToewijzingen(
    tx,
    ctx,
    toewijzingen.map(toToewijzingsbericht),
    hasGoedgekeurdeRegels,
    elders && TOEWIJZING_OVERNAME,
  )
  for (const [i, { inhoud, berichtId }] of toewijzingen.entries())
    out.set(berichtId, toOordeel(inhoud, over[i]?.producten ?? []))

  const meldingen = van<Bericht305 | Bericht307>(305, 307)
  const gemeld = await receiveMeldingen(tx, ctx, meldingen.map(toMeldingsbericht), elders && MELDING_OVERNAME)
  for (const [i, { inhoud, berichtId }] of meldingen.entries())
    out.set(berichtId, toOordeel(inhoud, gemeld[i]?.meldingen ?? []))

  const declaraties = van<Bericht323>(323)
  const beoordeeld = await judgeDeclaraties(
    tx,
    ctx,
    declaraties.map(bericht => {
      const antwoord = elders?.get(bericht.berichtId)
      return { ...toDeclaratiebericht(bericht), ...(antwoord && { elders: antwoord }) }
    }),
  )
  for (const [i, { inhoud, berichtId }] of declaraties.entries()) {
    const uitkomst = beoordeeld[i]
    if (uitkomst) out.set(berichtId, toDeclaratieOordeel(inhoud, uitkomst))
  }
  return out
}

function toOordeel(
  inhoud: Bericht301 | Bericht305 | Bericht307,
  perProduct: readonly (readonly Bevinding[])[],
): Oordeel {
  const bevindingen = perProduct.flat()
  const producten = perProduct.map(lijst => lijst.flatMap(b => (b.retourcode === null ? [] : [b.retourcode])))
  return {
    staat: bevindingen.length === 0 ? 'verwerkt' : 'afgekeurd',
    regels: perProduct.length,
    bevindingen,
    aantalBevindingen: bevindingen.length,
    antwoord: kenmerk => buildRetour(inhoud, kenmerk, { producten }),
  }
}

function toDeclaratieOordeel(inhoud: Bericht323, uitkomst: Declaratieoordeel): Oordeel {
  const goed = uitkomst.regels.filter(regel => regel.goedgekeurd).length
  const staat = goed === uitkomst.regels.length ? 'verwerkt' : goed === 0 ? 'afgekeurd' : 'deels-afgekeurd'
  const heel = uitkomst.bevindingen.map(b => toBevinding(b, '/Bericht/Declaratie'))
  const clienten = [...uitkomst.clientenOnbekend].map(client =>
    toBevinding(
      {
        regel: CLIENT_ONBEKEND.code,
        retourcode: CLIENT_ONBEKEND.retourcode,
        melding: `${CLIENT_ONBEKEND.titel}. ${CLIENT_ONBEKEND.watTeDoen}`,
      },
      `/Bericht/Declaratie/Clienten/Client[${client + 1}]`,
    ),
  )
  const regels = uitkomst.regels.flatMap(regel =>
    regel.bevindingen.map(b =>
      toBevinding(
        b,
        `/Bericht/Declaratie/Clienten/Client[${regel.client + 1}]/Prestaties/Prestatie[${regel.nummer + 1}]`,
      ),
    ),
  )
  const bevindingen = [...heel, ...clienten, ...regels]
  return {
    staat,
    regels: uitkomst.regels.length,
    bevindingen,
    aantalBevindingen: bevindingen.length,
    antwoord: kenmerk => buildDeclaratieAntwoord(inhoud, kenmerk, { oordeel: uitkomst }),
  }
}

function toBevinding(b: { regel: string; retourcode: string; melding: string }, pad: string): Bevinding {
  return { regel: b.regel, retourcode: b.retourcode, pad, melding: b.melding }
}

type ToToewijzing = Parameters<typeof receiveToewijzingen>[2][number]

function toToewijzingsbericht({ inhoud, ...rest }: TeBeoordelen<Bericht301>): ToToewijzing {
  const { client } = inhoud
  const { geslachtsnaam, voornamen, voorletters } = client.naam
  const naam = [voornamen ?? voorletters, geslachtsnaam.voorvoegsel, geslachtsnaam.achternaam]
    .filter(Boolean)
    .join(' ')
  return {
    ...rest,
    domein: inhoud.domein,
    dagtekening: inhoud.header.berichtIdentificatie.dagtekening,
    identificatie: inhoud.header.berichtIdentificatie.identificatie,
    client: {
      bsn: client.bsn,
      naam,
      geboortedatum: client.geboortedatum.datum,
      geslacht: client.geslacht,
      producten: client.toegewezenProducten,
    },
  }
}

function toMeldingsbericht({
  inhoud,
  ...rest
}: TeBeoordelen<Bericht305 | Bericht307>): Parameters<typeof receiveMeldingen>[2][number] {
  const { client } = inhoud
  const meldingen =
    'startProducten' in client
      ? client.startProducten.map(p => ({ ...p, soort: 'start' as const }))
      : client.stopProducten.map(p => ({ ...p, soort: 'stop' as const }))
  return { ...rest, domein: inhoud.domein, bsn: client.bsn, meldingen }
}

type Regel323 = Bericht323['declaratie']['clienten'][number]['prestaties'][number]

function toDeclaratiebericht({ inhoud, ...rest }: TeBeoordelen<Bericht323>): Declaratiebericht {
  const { declaratie } = inhoud
  return {
    ...rest,
    domein: inhoud.domein,
    nummer: declaratie.declaratieNummer,
    maand: firstOfMonth(declaratie.declaratiePeriode.begindatum),
    dagtekening: declaratie.declaratieDagtekening,
    clienten: declaratie.clienten.map(client => ({
      bsn: client.bsn,
      prestaties: client.prestaties.map(toPrestatie),
    })),
  }
}

/** A line of a 323 without its XML names; periods in whole days, amounts in eurocents. */
export function toPrestatie(p: Regel323): Prestatie {
  return {
    referentie: p.productReferentie.referentieNummer,
    vorigeReferentie: p.productReferentie.vorigReferentieNummer ?? null,
    toewijzingNummer: p.toewijzingNummer,
    categorie: p.productCategorie,
    code: p.productCode,
    begin: p.productPeriode.begindatum,
    eind: p.productPeriode.einddatum,
    volume: p.geleverdVolume,
    eenheid: p.eenheid,
    tarief: p.productTarief ?? null,
    bedrag: p.ingediendBedrag.bedrag,
    debet: p.ingediendBedrag.debetCredit === 'D',
  }
}
