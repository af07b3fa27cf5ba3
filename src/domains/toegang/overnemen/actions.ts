import { audit } from '../../../platform/audit.ts'
import { attempt } from '../../../platform/db/savepoint.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Blad, readBlad } from '../../../platform/register/bladen/bladbestand.ts'
import {
  GEEN_UITKOMST,
  hasChanges,
  type Invoersoort,
  markOf,
  TOON_FOUTEN,
  TOON_WIJZIGINGEN,
  type Uitkomst,
  type Voorbeeld,
} from '../../../platform/register/invoer/invoer.ts'
import { readRijenSaid } from '../../../platform/register/invoer/kolommen.ts'
import { type LetOp, toLetOp } from '../../../platform/register/letop.ts'
import type { Gewenst, Rijfout } from '../../../platform/register/plan.ts'
import { keyOf, sayKey } from '../../../platform/register/register.ts'
import { inUse } from '../../../platform/register/rijen.ts'
import { sayDifferences, withCodes } from '../../../platform/register/voorbeelden.ts'
import type { Keuzes } from '../../../platform/velden/formulier.ts'
import type { Bevinding } from '../../istandaard/index.ts'
import { clientSleutel } from '../clienten/store.ts'
import { type Melding, VERWIJDEREN } from '../levering/rules.ts'
import { receiveToewijzingen, type Toewijzingsbericht } from '../toewijzen/actions.ts'
import { dropStates } from '../toewijzen/intrekken.ts'
import { OVERNAME_REGELS as TOEWIJZING_REGELS } from '../toewijzen/rules.ts'
import { holdIntake, mapToewijzingen, toewijzingSleutel } from '../toewijzen/store.ts'
import { receiveMeldingen } from '../volgen/actions.ts'
import { BLAD_REGELS as MELDING_REGELS } from '../volgen/rules.ts'
import { rememberToegewezen } from '../waarde/actions.ts'
import { ANDERE_NAAM, checkLetOp } from './letop.ts'
import { type Bekend, checkSamen, meldingenVan, toProduct } from './rules.ts'
import {
  deleteVanInvoer,
  findVoortbouw,
  insertVerwijzingen,
  listVanInvoer,
  loadAgreed,
  loadBekend,
  loadKeuzes,
  mapStaand,
  type Voortbouw,
} from './store.ts'
import { checkRij, type Rij, SLEUTEL, TOEWIJZING } from './velden.ts'
import { BESLUIT, compareRijen, type Vergelijking } from './verschil.ts'

export const GROND = 'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing'

/**
 * Running and earlier toewijzingen of an older system, with the residents they are for. They count as they were decided: the rules
 * for what is sent today do not judge them, and nobody gets an answer. What a row says is held against what stands today: the file that was
 * brought in last changes nothing when it comes again, and one before it says what it would change back.
 */
export const TOEWIJZINGEN: Invoersoort = {
  naam: 'toewijzingen',
  recht: 'toewijzingen.overnemen',
  velden: TOEWIJZING,
  inwoners: true,
  lees: readBlad,
  doe: takeOver,
  telTerug: true,
  neemTerug: takeBack,
}

type Regel = Gewenst<Rij>

async function takeOver(tx: Tx, ctx: Ctx, blad: Blad, invoerId: number): Promise<Uitkomst> {
  const { keuzes, aanbieders } = await loadKeuzes(tx, ctx.wie.scope.gemeentenClient)
  const { rijen, fouten, onbekend, aangevuld } = await readRijenSaid(ctx, SLEUTEL, blad, {
    keuzes,
    regel: checkRij,
    bestaand: [],
  })
  await holdIntake(tx)
  const gegevens = rijen.map(rij => rij.gegevens)
  const bekend = await loadBekend(tx, ctx.kluis, gegevens)
  const bekeken = rijen.map(toBekeken)
  const vergeleken = compareRijen(bekeken, await mapStaand(tx, gegevens), keuzes)
  const blijft = vergeleken.flatMap(rij => rij.blijft)
  const opmerkingen = checkLetOp(bekeken, {
    namen: bekend.namen,
    agreed: await loadAgreed(tx, gegevens, aanbieders),
  })
  const withLetOp = (letOp: LetOp | undefined): Uitkomst => ({
    ...GEEN_UITKOMST,
    rijen: blad.rijen.length,
    onbekend,
    ...(letOp && { letOp }),
  })
  const basis = withLetOp(toLetOp(TOEWIJZING, opmerkingen, aangevuld))
  const alle = [...fouten, ...checkSamen(bekeken, bekend, ctx.vandaag)]
  if (alle.length > 0) return withFaults(basis, alle)
  const { soorten, geweigerd } = await record(tx, ctx, rijen, { aanbieders, invoerId, bekend, vergeleken })
  if (geweigerd.length > 0) return withFaults(basis, geweigerd)
  const tel = (soort: Soort) => soorten.filter(s => s === soort).length
  // A row with another name, or with what stands otherwise and stays, does not stand here so, although nothing of it changes.
  const namen = opmerkingen.filter(({ melding }) => melding === ANDERE_NAAM.melding)
  const anders = new Set([...namen, ...blijft].map(({ nummer }) => nummer))
  const gelijk = rijen.filter(({ nummer }, i) => soorten[i] === undefined && !anders.has(nummer)).length
  // Only now: what stands is not told to who guesses a number, which another resident or provider has.
  const nieuws = new Set(rijen.filter((_, i) => soorten[i] !== undefined).map(({ nummer }) => nummer))
  const codes = aangevuld.filter(({ nummer }) => nieuws.has(nummer))
  const verteld = withLetOp(toLetOp(TOEWIJZING, [...opmerkingen, ...blijft], codes))
  const uitkomst = { ...verteld, nieuw: tel('nieuw'), gewijzigd: tel('gewijzigd'), gelijk }
  if (hasChanges(uitkomst))
    await audit(tx, ctx, 'toewijzingen.overgenomen', GROND, { invoer: invoerId, aantal: rijen.length })
  const wijzigingen = rijen.flatMap(({ gegevens }, i) => {
    const soort = soorten[i]
    return soort === undefined ? [] : [toVoorbeeld(gegevens, soort, vergeleken[i]?.oud ?? null, keuzes)]
  })
  return { ...uitkomst, teken: markOf(wijzigingen), voorbeelden: wijzigingen.slice(0, TOON_WIJZIGINGEN) }
}

const toBekeken = ({ nummer, gegevens: rij }: Regel) => ({
  nummer,
  rij,
  sleutel: keyOf(SLEUTEL, rij),
  toewijzing: toewijzingOf(rij),
  persoon: clientSleutel(rij),
})

const toewijzingOf = (rij: Rij) => toewijzingSleutel({ ...rij, domein: rij.wet })

interface Plaats {
  aanbieders: ReadonlyMap<string, number>
  invoerId: number
  bekend: Bekend
  /** Per row. */
  vergeleken: readonly Vergelijking[]
}

/** What a row did; undefined when all of it was known. */
type Soort = Voorbeeld['soort'] | undefined

/** Records all rows, and answers per row what it did; or what stands in the way, and then all of it is to be undone. */
async function record(
  tx: Tx,
  ctx: Ctx,
  rijen: readonly Regel[],
  { aanbieders, invoerId, bekend, vergeleken }: Plaats,
): Promise<{ soorten: Soort[]; geweigerd: Rijfout[] }> {
  const basis = (rij: Rij) => ({
    gemeente: rij.gemeente,
    domein: rij.wet,
    aanbiederId: aanbieders.get(rij.aanbieder) ?? 0,
    ontvangenOp: ctx.nu,
    invoerId,
  })
  await insertVerwijzingen(
    tx,
    rijen.map(({ gegevens }) => gegevens),
    invoerId,
  )
  const besluiten = await receiveToewijzingen(
    tx,
    ctx,
    rijen.map(({ gegevens: rij }) => ({ ...basis(rij), ...toToewijzing(rij) })),
    async () => new Set(),
    TOEWIJZING_REGELS,
  )
  const gemeld = rijen.flatMap(({ nummer, gegevens: rij }, i) =>
    [...meldingenVan(rij), ...(vergeleken[i]?.weg ?? []).map(stop => deletionOf(rij, stop))].map(melding => ({
      nummer,
      stopKanWeg: rij.gestopt !== null && vergeleken[i]?.stopKanWeg === true,
      bericht: { ...basis(rij), bsn: rij.bsn, meldingen: [melding] },
    })),
  )
  const oordelen = await receiveMeldingen(
    tx,
    ctx,
    gemeld.map(({ bericht }) => bericht),
    MELDING_REGELS,
  )
  const bevindingen = (i: number) => oordelen[i]?.meldingen.flat() ?? []
  const nieuweMelding = new Set(
    gemeld.filter((_, i) => bevindingen(i).length === 0).map(({ nummer }) => nummer),
  )
  const besloten = new Set(
    rijen.flatMap(({ nummer }, i) => ((besluiten[i]?.producten.flat() ?? []).length > 0 ? [nummer] : [])),
  )
  return {
    geweigerd: [
      ...rijen.flatMap(({ nummer }, i) => toFaults(nummer, besluiten[i]?.producten.flat() ?? [])),
      ...gemeld
        .filter(({ nummer }, i) => !besloten.has(nummer) && bevindingen(i).some(isFault))
        .map(({ nummer, stopKanWeg }) => ({ nummer, melding: stopKanWeg ? ANDERE_STOP : ANDERE_LEVERING })),
    ],
    soorten: rijen.map(({ nummer, gegevens }, i): Soort => {
      if ((besluiten[i]?.nieuw ?? 0) > 0)
        return bekend.staat.has(toewijzingOf(gegevens)) ? 'gewijzigd' : 'nieuw'
      return nieuweMelding.has(nummer) ? 'gewijzigd' : undefined
    }),
  }
}

/** Takes back what a file brought. Throws 409 when care was reported, claimed or decided on it since. */
async function takeBack(tx: Tx, ctx: Ctx, invoerId: number): Promise<{ raakt: []; letOp: [] }> {
  await holdIntake(tx)
  const geraakt = await listVanInvoer(tx, invoerId)
  const book = await rememberToegewezen(tx, [...(await mapToewijzingen(tx, geraakt)).values()])
  const gedaan = await attempt(tx, async () => {
    await dropStates(tx, geraakt, toestand => toestand.invoerId === invoerId)
    await deleteVanInvoer(tx, invoerId)
    await book()
  })
  if (!gedaan.gelukt)
    throw inUse(
      gedaan.fout,
      'Dit kan niet meer worden teruggenomen',
      gebouwd(await findVoortbouw(tx, invoerId)),
    )
  await audit(tx, ctx, 'toewijzingen.teruggenomen', GROND, { invoer: invoerId, aantal: geraakt.length })
  return { raakt: [], letOp: [] }
}

const VERBETER = 'Verbeter een toewijzing met een nieuw bestand; daarin telt de laatste stand.'

/** Why it stays, by what stands in the way. */
function gebouwd(wat: Voortbouw | undefined): string {
  if (wat === undefined)
    return `Bij een toewijzing uit dit bestand is daarna iets vastgelegd. Dat blijft staan, dus dit ook. ${VERBETER}`
  const { nummer, bestand } = wat
  if (wat.wat === 'bericht')
    return `Over toewijzing ${nummer} of de inwoner daarvan is daarna een bericht gekomen. Dat blijft staan, dus dit ook. ${VERBETER}`
  return bestand === null
    ? `Een bestand dat u niet mag zien, bouwt hierop voort, bij toewijzing ${nummer} of de inwoner daarvan. Wie het mag zien, kan het eerst terugnemen.`
    : `Het bestand ‘${bestand}’ bouwt hierop voort, bij toewijzing ${nummer} of de inwoner daarvan. Neem dat eerst terug.`
}

const ANDERE_LEVERING =
  'Bij deze toewijzing staat al een ander begin of eind van de levering. Laat die kolommen leeg; de aanbieder verbetert dat met een bericht.'

const ANDERE_STOP =
  'Bij deze toewijzing staat al een ander begin of eind van de levering. Klopt de stop niet die er staat, breng deze rij dan eerst in zonder stop: dan gaat die weg. Daarna neemt een bestand de goede stop over.'

/** Takes away a stop that a file brought, as a 307 would that says it never was. */
const deletionOf = (rij: Rij, stop: Melding): Melding => ({
  ...stop,
  toewijzingNummer: rij.nummer,
  statusAanlevering: VERWIJDEREN,
})

/** What was reported before is none: the same file again changes nothing. */
const isFault = ({ regel }: Bevinding) => regel !== 'TR074'

const toFaults = (nummer: number | null, bevindingen: readonly Bevinding[]): Rijfout[] =>
  bevindingen.map(({ melding }) => ({ nummer, melding }))

/** The first faults, in the order of the file. */
export function withFaults(uitkomst: Uitkomst, fouten: Uitkomst['fouten']): Uitkomst {
  const opVolgorde = [...fouten].sort((a, b) => (a.nummer ?? 0) - (b.nummer ?? 0))
  return { ...uitkomst, aantalFouten: fouten.length, fouten: opVolgorde.slice(0, TOON_FOUTEN) }
}

/** The row as the 301 that once said it. */
function toToewijzing(rij: Rij): Pick<Toewijzingsbericht, 'dagtekening' | 'identificatie' | 'client'> {
  const { bsn, naam, geboortedatum, geslacht } = rij
  return {
    dagtekening: rij.toegewezenOp,
    identificatie: '',
    client: { bsn, naam, geboortedatum, geslacht, producten: [toProduct(rij)] },
  }
}

const { aanbieder, begin, gestopt, redenStop, verwijzer } = TOEWIJZING
/** What is shown of a row: not whom it is for. */
const TOON = { aanbieder, ...BESLUIT, begin, gestopt, redenStop, verwijzer }

/** What a row changes, without saying whom it is for. */
const toVoorbeeld = (rij: Rij, soort: Voorbeeld['soort'], oud: Rij | null, keuzes: Keuzes): Voorbeeld => ({
  sleutel: keyOf(SLEUTEL, rij),
  wat: sayKey(SLEUTEL, rij, keuzes),
  soort,
  velden: sayDifferences(TOON, withCodes(keuzes), { oud: soort === 'nieuw' ? null : oud, nieuw: rij }),
})
