import type { Datum } from '../../../platform/dates.ts'
import { lastOfMonth } from '../../../platform/dates.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  type Afspraak,
  type AfspraakVraag,
  afspraakSleutel,
  type Domein,
  mapAfspraken,
  type Variant,
} from '../../contracten/index.ts'
import {
  type Client,
  clientSleutel,
  isVerwijderd,
  mapClienten,
  mapToewijzingen,
  markBeantwoord,
  type Toewijzing as ToegangToewijzing,
  toewijzingSleutel,
} from '../../toegang/index.ts'
import type { Strijd } from './declaratieregels.ts'
import { inKleinsteEenheid } from './omvang.ts'
import type { EerdereRegel, Feiten, Prestatie, RegelBevinding, Toewijzing } from './rules.ts'
import {
  type Indiener,
  indienerSleutel,
  type Keten,
  ketenSleutel,
  lockIndieners,
  mapDeclaraties,
  mapKetens,
  mapRegels,
  mapTotalen,
  referentieSleutel,
} from './store.ts'

/** One 323, without the XML. */
export interface Declaratiebericht extends Indiener {
  domein: Domein
  berichtId: string
  ontvangenOp: Date
  nummer: string
  /** First day of the claimed month. */
  maand: Datum
  dagtekening: Datum
  /** How it was answered elsewhere, when it was: then that holds, and it was paid there. */
  elders?: Elders
  clienten: readonly { bsn: string; prestaties: readonly Prestatie[] }[]
}

/** What another system answered on a declaratie (325). */
export interface Elders {
  /** Filled: it was refused whole. */
  heel: readonly RegelBevinding[]
  /** Why lines were refused, by their reference; a line that is not named was approved. */
  regels: ReadonlyMap<string, readonly RegelBevinding[]>
}

/** What a line turned out to be about; filled as far as it was found. */
export interface Regelcontext {
  client?: Client
  toewijzing?: ToegangToewijzing
  afspraak?: Afspraak
  keten?: number
  /** An approved line on an overlapping ProductPeriode of the same toewijzing stands as well. */
  overlapt?: boolean
  houdtReferentie?: boolean
}

/**
 * Everything the batch needs to be judged, gathered with set-based queries, as many whatever its size. Afterwards it is
 * kept up to date in memory: what is approved in the batch counts for the lines behind it.
 */
export async function gather(tx: Tx, ctx: Ctx, berichten: readonly Declaratiebericht[]): Promise<Stand> {
  await lockIndieners(tx, berichten)
  const clienten = berichten.flatMap(bericht =>
    bericht.clienten.map(({ bsn }) => ({ gemeente: bericht.gemeente, bsn })),
  )
  const regels = berichten.flatMap(bericht =>
    bericht.clienten.flatMap(client => client.prestaties.map(prestatie => ({ bericht, prestatie }))),
  )
  const toewijzingen = await mapToewijzingen(
    tx,
    regels.map(({ bericht: { gemeente, domein }, prestatie }) => ({
      gemeente,
      domein,
      nummer: prestatie.toewijzingNummer,
    })),
  )
  await markBeantwoord(tx, berichten, toewijzingen.values())
  return new Stand({
    clienten: await mapClienten(tx, ctx.kluis, clienten),
    toewijzingen,
    afspraken: await mapAfspraken(
      tx,
      regels.map(({ bericht, prestatie }) =>
        afspraakVraag(bericht, prestatie, findToewijzing(toewijzingen, bericht, prestatie)),
      ),
    ),
    totalen: await mapTotalen(tx, [...toewijzingen.values()]),
    ketens: await mapKetens(
      tx,
      regels.flatMap(({ bericht, prestatie }) => {
        const toewijzingId = findToewijzing(toewijzingen, bericht, prestatie)?.toewijzingId
        return toewijzingId === undefined ? [] : [{ gemeente: bericht.gemeente, toewijzingId, ...prestatie }]
      }),
    ),
    regels: await mapRegels(
      tx,
      regels.flatMap(({ bericht, prestatie: { referentie, vorigeReferentie } }) =>
        [referentie, vorigeReferentie].flatMap(r =>
          r === null ? [] : [{ ...vragerOf(bericht), referentie: r }],
        ),
      ),
    ),
    declaraties: await mapDeclaraties(tx, berichten),
  })
}

function findToewijzing(
  toewijzingen: Map<string, ToegangToewijzing>,
  { gemeente, domein }: Declaratiebericht,
  { toewijzingNummer: nummer }: Prestatie,
): ToegangToewijzing | undefined {
  return toewijzingen.get(toewijzingSleutel({ gemeente, domein, nummer }))
}

/**
 * What was agreed on the first day of the ProductPeriode. A toewijzing that names its code keeps the catalogue of its
 * Ingangsdatum, so that a running one stays claimable when the code leaves the catalogue; where the provider chooses the
 * code, the catalogue of the period decides.
 */
function afspraakVraag(
  bericht: Declaratiebericht,
  { code, begin }: Prestatie,
  toewijzing: ToegangToewijzing | undefined,
): AfspraakVraag {
  const vraag = { ...vragerOf(bericht), code, op: begin }
  return toewijzing?.actueel.code === code ? { ...vraag, catalogus: toewijzing.actueel.ingang } : vraag
}

function vragerOf({ gemeente, aanbiederId, domein }: Declaratiebericht): Indiener & { domein: Domein } {
  return { gemeente, aanbiederId, domein }
}

interface Inhoud {
  clienten: Map<string, Client>
  toewijzingen: Map<string, ToegangToewijzing>
  afspraken: Map<string, Afspraak>
  totalen: Map<string, { geleverd: number; gedeclareerd: number }>
  ketens: Map<string, Keten>
  regels: Map<string, EerdereRegel>
  declaraties: Map<string, { bekend: Set<string>; laatsteMaand: Datum | undefined }>
}

export class Stand {
  readonly #inhoud: Inhoud

  constructor(inhoud: Inhoud) {
    this.#inhoud = inhoud
  }

  get declaraties() {
    return this.#inhoud.declaraties
  }

  findClient(bericht: Declaratiebericht, bsn: string): Client | undefined {
    return this.#inhoud.clienten.get(clientSleutel({ gemeente: bericht.gemeente, bsn }))
  }

  noteDeclaratie(bericht: Declaratiebericht): void {
    const sleutel = indienerSleutel(bericht)
    const eerder = this.#inhoud.declaraties.get(sleutel) ?? {
      bekend: new Set<string>(),
      laatsteMaand: undefined,
    }
    eerder.bekend.add(bericht.nummer)
    if (eerder.laatsteMaand === undefined || bericht.maand > eerder.laatsteMaand)
      eerder.laatsteMaand = bericht.maand
    this.#inhoud.declaraties.set(sleutel, eerder)
  }

  /** The client, toewijzing and agreement behind a line; a toewijzing of another client or aanbieder does not count. */
  contextOf(bericht: Declaratiebericht, bsn: string, prestatie: Prestatie): Regelcontext {
    const client = this.findClient(bericht, bsn)
    const found = findToewijzing(this.#inhoud.toewijzingen, bericht, prestatie)
    const eigen =
      found?.geldt &&
      client &&
      found.clientId === client.clientId &&
      found.aanbiederId === bericht.aanbiederId
    const afspraak = this.#inhoud.afspraken.get(afspraakSleutel(afspraakVraag(bericht, prestatie, found)))
    return { ...(client && { client }), ...(eigen && { toewijzing: found }), ...(afspraak && { afspraak }) }
  }

  feitenVoor(bericht: Declaratiebericht, prestatie: Prestatie, context: Regelcontext): Feiten {
    const vrager = vragerOf(bericht)
    const { toewijzing } = context
    const totaal = toewijzing && this.#inhoud.totalen.get(`${toewijzing.gemeente}|${toewijzing.toewijzingId}`)
    const keten = this.#ketenOf(toewijzing, prestatie)
    const origineel =
      prestatie.vorigeReferentie === null
        ? undefined
        : this.#inhoud.regels.get(referentieSleutel({ ...vrager, referentie: prestatie.vorigeReferentie }))
    return {
      periodeEind: lastOfMonth(bericht.maand),
      toewijzing: toewijzing && toFeit(toewijzing, context.afspraak?.variant ?? 'inspanning'),
      product: context.afspraak,
      referentieBekend: this.#inhoud.regels.has(
        referentieSleutel({ ...vrager, referentie: prestatie.referentie }),
      ),
      origineel,
      // Debits and credits alternate in a chain, so the n-th debit is credited when there are n credits.
      origineelGecrediteerd:
        origineel !== undefined && keten.credits >= origineel.keten && origineel.keten > 0,
      openDebet: keten.debets > keten.credits,
      geleverd: totaal?.geleverd ?? 0,
      gedeclareerd: totaal?.gedeclareerd ?? 0,
    }
  }

  /** What stands in the way of keeping an old line that was granted elsewhere; `samen`: all such lines of its declaratie. */
  conflictOf(
    bericht: Declaratiebericht,
    prestatie: Prestatie,
    context: Regelcontext,
    samen: readonly Prestatie[],
  ): Strijd | undefined {
    if (context.toewijzing === undefined) return 'toewijzing-onbekend'
    const feiten = this.feitenVoor(bericht, prestatie, context)
    if (!prestatie.debet)
      return feiten.origineel?.overgenomen && !feiten.origineelGecrediteerd
        ? undefined
        : 'credit-zonder-oorsprong'
    const keten = this.#ketenOf(context.toewijzing, prestatie)
    const hier = samen.filter(p => isSameKeten(p, prestatie))
    const staand = keten.debets - keten.credits + hier.filter(p => p.debet).length
    const weg = hier.filter(p => !p.debet).length
    const dubbel = samen.filter(p => p.referentie === prestatie.referentie).length > 1
    return feiten.referentieBekend || dubbel || staand - weg > 1 ? 'al-gedeclareerd' : undefined
  }

  /** Makes a judged line count for those behind it; answers its context with its place in the chain. */
  noteRegel(
    bericht: Declaratiebericht,
    prestatie: Prestatie,
    context: Regelcontext,
    goedgekeurd: boolean,
  ): Regelcontext {
    const sleutel = referentieSleutel({ ...vragerOf(bericht), referentie: prestatie.referentie })
    const houdtReferentie = !this.#inhoud.regels.has(sleutel)
    const { toewijzing } = context
    let nummer = 0
    let overlapt = false
    if (goedgekeurd && toewijzing) {
      const keten = this.#ketenOf(toewijzing, prestatie)
      if (prestatie.debet) keten.debets += 1
      else keten.credits += 1
      nummer = prestatie.debet ? keten.debets : keten.credits
      overlapt = prestatie.debet && keten.overlappend > 0
      this.#inhoud.ketens.set(ketenSleutel({ ...toewijzing, ...prestatie }), keten)
      const plek = `${toewijzing.gemeente}|${toewijzing.toewijzingId}`
      const totaal = this.#inhoud.totalen.get(plek) ?? { geleverd: 0, gedeclareerd: 0 }
      const teken = prestatie.debet ? 1 : -1
      totaal.geleverd += teken * inKleinsteEenheid(prestatie.volume, prestatie.eenheid)
      totaal.gedeclareerd += teken * prestatie.bedrag
      this.#inhoud.totalen.set(plek, totaal)
    }
    if (houdtReferentie) {
      const overgenomen = bericht.elders !== undefined
      this.#inhoud.regels.set(sleutel, { ...prestatie, goedgekeurd, keten: nummer, overgenomen })
    }
    return { ...context, keten: nummer, overlapt, houdtReferentie }
  }

  #ketenOf(toewijzing: ToegangToewijzing | undefined, prestatie: Prestatie): Keten {
    const found = toewijzing && this.#inhoud.ketens.get(ketenSleutel({ ...toewijzing, ...prestatie }))
    return found ?? { debets: 0, credits: 0, overlappend: 0 }
  }
}

const isSameKeten = (a: Prestatie, b: Prestatie) =>
  a.toewijzingNummer === b.toewijzingNummer &&
  a.categorie === b.categorie &&
  a.code === b.code &&
  a.begin === b.begin &&
  a.eind === b.eind

function toFeit({ domein, actueel }: ToegangToewijzing, variant: Variant): Toewijzing {
  const { categorie, code, ingang, eind, volume, eenheid, frequentie, budget } = actueel
  const omvang =
    volume === null || eenheid === null || frequentie === null
      ? null
      : { volume, eenheid, frequentie, ingang, eind, variant, domein, categorie: categorie ?? '' }
  return { categorie, code, ingang, eind, verwijderd: isVerwijderd(actueel), omvang, budget }
}
