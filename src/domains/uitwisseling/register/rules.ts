import { type Datum, formatDatum } from '../../../platform/dates.ts'
import type { Advies, Besluit, Staat, Stroom } from './weging.ts'

export * from './weging.ts'

export type Stap =
  | 'maak'
  | 'wijzig'
  | 'leg-voor'
  | 'haal-terug'
  | 'adviseer'
  | 'pas-aan'
  | 'besluit'
  | 'herzie'
  | 'trek-in'
  | 'herstel'
  | 'beeindig'

type Recht = 'uitwisseling.opstellen' | 'uitwisseling.adviseren' | 'uitwisseling.besluiten'

interface Overgang {
  van: readonly Staat[]
  naar: Staat
  recht: Recht
  naam: string
  /** Past tense, for the history. */
  gedaan: string
  /** Whoever does this must say why. */
  reden: boolean
}

const OPSTELLEN = 'uitwisseling.opstellen'
const BESLUITEN = 'uitwisseling.besluiten'

/** Which step leads where, and who may take it. The page shows exactly these buttons. */
export const STAPPEN: Readonly<Record<Stap, Overgang>> = {
  maak: { van: [], naar: 'concept', recht: OPSTELLEN, naam: 'Maak', gedaan: 'Opgesteld', reden: false },
  wijzig: {
    van: ['concept'],
    naar: 'concept',
    recht: OPSTELLEN,
    naam: 'Wijzig',
    gedaan: 'Gewijzigd',
    reden: false,
  },
  'leg-voor': {
    van: ['concept'],
    naar: 'ter-advies',
    recht: OPSTELLEN,
    naam: 'Vraag advies',
    gedaan: 'Advies gevraagd',
    reden: false,
  },
  'haal-terug': {
    van: ['ter-advies'],
    naar: 'concept',
    recht: OPSTELLEN,
    naam: 'Haal terug om te wijzigen',
    gedaan: 'Teruggehaald',
    reden: false,
  },
  adviseer: {
    van: ['ter-advies'],
    naar: 'geadviseerd',
    recht: 'uitwisseling.adviseren',
    naam: 'Geef advies',
    gedaan: 'Geadviseerd',
    reden: false,
  },
  'pas-aan': {
    van: ['geadviseerd'],
    naar: 'concept',
    recht: OPSTELLEN,
    naam: 'Pas aan na advies',
    gedaan: 'Teruggenomen om aan te passen',
    reden: false,
  },
  besluit: {
    van: ['geadviseerd'],
    naar: 'besloten',
    recht: BESLUITEN,
    naam: 'Neem een besluit',
    gedaan: 'Besloten',
    reden: false,
  },
  herzie: {
    van: ['besloten', 'ingetrokken'],
    naar: 'concept',
    recht: OPSTELLEN,
    naam: 'Herzie',
    gedaan: 'Herziening begonnen',
    reden: false,
  },
  'trek-in': {
    van: ['concept', 'ter-advies', 'geadviseerd'],
    naar: 'ingetrokken',
    recht: OPSTELLEN,
    naam: 'Trek in',
    gedaan: 'Ingetrokken',
    reden: true,
  },
  herstel: {
    van: ['ingetrokken'],
    naar: 'concept',
    recht: OPSTELLEN,
    naam: 'Herstel',
    gedaan: 'Hersteld',
    reden: false,
  },
  beeindig: {
    van: ['besloten'],
    naar: 'ingetrokken',
    recht: BESLUITEN,
    naam: 'Trek het besluit in',
    gedaan: 'Besluit ingetrokken',
    reden: true,
  },
}

export const STAPNAMEN = Object.keys(STAPPEN) as Stap[]

/** Where a weighing stands, for `listStappen` and `maySet`. */
export interface Stand {
  staat: Staat
  opstellers: readonly number[]
  adviseur: number | null
  besloten: boolean
  /** A later version of the line is being worked on, or was decided. */
  ingehaald: boolean
}

export type Mag = { ok: true } | { ok: false; reden: string }

/**
 * May this person take this step? Who wrote on a weighing does not advise on it or decide it, and who advised does not
 * decide. `wie` null: a program or the system, which neither writes, advises nor decides. Grondslag: AVG art. 38 lid 6.
 */
export function maySet(stap: Stap, stand: Stand, wie: number | null): Mag {
  const { van, naam } = STAPPEN[stap]
  if (wie === null) return { ok: false, reden: 'Alleen een mens kan dit doen.' }
  if (!van.includes(stand.staat))
    return { ok: false, reden: `‘${naam}’ kan nu niet: zie de stand van de weging.` }
  // What was never decided is restored; what was decided gets a new version.
  if (stap === 'herstel' && stand.besloten)
    return {
      ok: false,
      reden: 'Over deze weging was al besloten. Herzie haar: dan komt er een nieuwe versie.',
    }
  if (stap === 'herzie' && !stand.besloten)
    return { ok: false, reden: 'Over deze weging is nooit besloten. Herstel haar om verder te schrijven.' }
  if ((stap === 'herstel' || stap === 'herzie') && stand.ingehaald)
    return {
      ok: false,
      reden: 'Er is al een latere versie. Open de versies onderaan de weging en ga daar verder.',
    }
  if ((stap === 'adviseer' || stap === 'besluit') && stand.opstellers.includes(wie))
    return {
      ok: false,
      reden: 'U schreef zelf aan deze weging. Een ander moet adviseren en beslissen.',
    }
  if (stap === 'besluit' && stand.adviseur === wie)
    return { ok: false, reden: 'U gaf het advies. Een ander moet beslissen.' }
  return { ok: true }
}

/** The steps that can be taken from here, in the order of the table. */
export function listStappen(stand: Stand, wie: number | null, rechten: ReadonlySet<string>): Stap[] {
  return STAPNAMEN.filter(stap => rechten.has(STAPPEN[stap].recht) && maySet(stap, stand, wie).ok)
}

/** True when a decision departs from the advice; then it must say why. Leaving out the conditions asked is departing. */
export function isTegenAdvies(advies: Advies, besluit: Besluit): boolean {
  if (advies === 'negatief') return besluit !== 'niet-toegestaan'
  if (besluit === 'niet-toegestaan') return true
  return advies === 'voorwaarden' && besluit === 'toegestaan'
}

/** A weighing as the question below needs it. */
export interface Weegbaar {
  wegingId: number
  /** The first version of the line; all versions of a weighing share it. */
  stam: number
  nummer: number
  /** Null: of the region. */
  gemeente: string | null
  activiteit: string
  doel: string
  stromen: readonly Pick<Stroom, 'naarRol' | 'gegevens' | 'grond'>[]
  geldigVanaf: Datum
  geldigTot: Datum | null
  besluit: { uitkomst: Besluit; voorwaarden: string; op: Datum } | null
  /** Day of withdrawal: from that day on it allows nothing. */
  ingetrokkenOp: Datum | null
  /** True when this flow (from 0) has a ground that is in force on a day. */
  heeftGrond: (stroom: number, datum: Datum) => boolean
}

/** May this role have this data element for this purpose on this day? `gemeente` null: for the region as a whole. */
export interface Uitwisselvraag {
  rol: string
  gegeven: string
  doel: string
  datum: Datum
  gemeente: string | null
}

/** Why not, from least to most close to a yes. */
export const REDENEN = [
  'geen-weging',
  'andere-gemeente',
  'ander-doel',
  'gegeven-niet-gewogen',
  'andere-rol',
  'niet-besloten',
  'nog-niet-geldig',
  'verlopen',
  'ingetrokken',
  'geen-grond',
  'geweigerd',
] as const
export type Reden = (typeof REDENEN)[number]

export type Antwoord =
  | { ok: true; weging: Weegbaar; voorwaarden: string; grond: string }
  | { ok: false; reden: Reden; uitleg: string; weging: Weegbaar | null }

/** The first day on which a decision counts: a refusal at once, a permission from its period on. */
function ingang({ besluit, geldigVanaf }: Weegbaar): Datum | null {
  if (besluit === null) return null
  return besluit.uitkomst === 'niet-toegestaan' || besluit.op > geldigVanaf ? besluit.op : geldigVanaf
}

/** Of every line the version that counts on a day: the last one decided by then, else the newest. */
export function listGeldend<W extends Weegbaar>(wegingen: readonly W[], datum: Datum): W[] {
  const perStam = Map.groupBy(wegingen, w => w.stam)
  return [...perStam.values()].flatMap(versies => {
    const nieuwste = [...versies].sort((a, b) => b.nummer - a.nummer)
    const geldend = nieuwste.find(w => (ingang(w) ?? '9999') <= datum) ?? nieuwste[0]
    return geldend === undefined ? [] : [geldend]
  })
}

/**
 * May it be exchanged? Only a decided weighing of the region or of this municipality that names this role, this element
 * and this purpose, on a day within its period, with a ground in force, says yes. Everything else is no, with the reason of
 * the weighing that came closest. A refusal in force goes before a permission. Both ends of a period count.
 * Grondslag: AVG art. 5 lid 1 onder b en c; 004 bijlage II.
 */
export function mayExchange(wegingen: readonly Weegbaar[], vraag: Uitwisselvraag): Antwoord {
  const antwoorden = listGeldend(wegingen, vraag.datum).map(weging => judge(weging, vraag))
  const geweigerd = antwoorden.find(a => !a.ok && a.reden === 'geweigerd')
  if (geweigerd) return geweigerd
  const toegestaan = antwoorden.find(a => a.ok)
  if (toegestaan) return toegestaan
  const rang = (a: Antwoord) => (a.ok ? -1 : REDENEN.indexOf(a.reden))
  const dichtst = [...antwoorden].sort((a, b) => rang(b) - rang(a))[0]
  return dichtst ?? { ok: false, reden: 'geen-weging', uitleg: UITLEG['geen-weging'](vraag), weging: null }
}

function judge(weging: Weegbaar, vraag: Uitwisselvraag): Antwoord {
  const nee = (reden: Reden): Antwoord => ({ ok: false, reden, uitleg: UITLEG[reden](vraag, weging), weging })
  const { besluit, geldigVanaf, geldigTot, ingetrokkenOp } = weging
  if (weging.gemeente !== null && weging.gemeente !== vraag.gemeente) return nee('andere-gemeente')
  if (weging.doel !== vraag.doel) return nee('ander-doel')
  const metGegeven = [...weging.stromen.entries()].filter(([, s]) =>
    s.gegevens.some(g => g.code === vraag.gegeven),
  )
  if (metGegeven.length === 0) return nee('gegeven-niet-gewogen')
  const passend = metGegeven.filter(([, s]) => s.naarRol === vraag.rol)
  if (passend.length === 0) return nee('andere-rol')
  if (besluit === null || besluit.op > vraag.datum)
    return nee(besluit === null && ingetrokkenOp !== null ? 'ingetrokken' : 'niet-besloten')
  if (ingetrokkenOp !== null && ingetrokkenOp <= vraag.datum) return nee('ingetrokken')
  if (geldigTot !== null && geldigTot < vraag.datum) return nee('verlopen')
  if (besluit.uitkomst === 'niet-toegestaan') return nee('geweigerd')
  if (geldigVanaf > vraag.datum) return nee('nog-niet-geldig')
  const metGrond = passend.find(([i]) => weging.heeftGrond(i, vraag.datum))
  if (metGrond === undefined) return nee('geen-grond')
  return { ok: true, weging, voorwaarden: besluit.voorwaarden, grond: metGrond[1].grond }
}

const UITLEG: Readonly<Record<Reden, (vraag: Uitwisselvraag, weging?: Weegbaar) => string>> = {
  'geen-weging': () => 'Er is nog niets gewogen. Zonder weging mag er niets worden uitgewisseld.',
  'andere-gemeente': () => 'De wegingen die er zijn, gelden voor een andere gemeente.',
  'ander-doel': () => 'Voor dit doel is niets gewogen. Een weging voor een ander doel telt niet.',
  'gegeven-niet-gewogen': () => 'Voor dit doel is gewogen, maar dit gegeven staat daar niet bij.',
  'andere-rol': () => 'Dit gegeven is voor dit doel gewogen, maar voor een andere ontvanger.',
  'niet-besloten': () => 'Er ligt een weging, maar daarover was op deze dag nog niet besloten.',
  'nog-niet-geldig': (_, w) =>
    `Het is toegestaan vanaf ${w === undefined ? 'later' : formatDatum(w.geldigVanaf)}, en eerder niet.`,
  verlopen: (_, w) =>
    `Het besluit gold tot en met ${w?.geldigTot == null ? 'eerder' : formatDatum(w.geldigTot)}. Er is een herziening nodig.`,
  ingetrokken: () => 'De weging is ingetrokken.',
  'geen-grond': () => 'Op deze dag is er geen wettelijke grond die geldt. Toestemming vervangt die niet.',
  geweigerd: () => 'Hierover is besloten: het is niet toegestaan.',
}
