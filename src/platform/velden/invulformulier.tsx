import { Fragment, type ReactNode } from 'react'
import { Botsing, type Fout, type Problem } from '../problem.ts'
import {
  Alinea,
  Bestandveld,
  Botsingmelding,
  Datumveld,
  type Eigenschap,
  Formulier,
  findAssets,
  Getalveld,
  Keuzelijst,
  Keuzerondjes,
  Keuzeveld,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  type Optie,
  Periodeveld,
  Tekstveld,
  Vinkje,
  Vinkjes,
} from '../ui/index.ts'
import {
  describe,
  type Gegevens,
  type Invoer,
  type Keuzes,
  marksOf,
  maxBytes,
  mergeInvoer,
  toInvoer,
  veldenVan,
  WAS,
} from './formulier.ts'
import type { Groep } from './groepen.ts'
import { toDistinct } from './keuzenamen.ts'
import type { Veld } from './veld.ts'

/** What was refused on this page: which form, what was typed, and why. */
export interface Geweigerd {
  naam: string
  invoer: Invoer
  /** The version that the form was opened at. */
  versie: number
  /** How the fields stood then (`marksOf`). */
  was: string
  problem: Problem
}

interface Props<V extends object> {
  /** Tells the forms of one page apart. */
  naam: string
  velden: V
  actie: string
  csrf: string
  knop: string
  /** What is kept; null for something new. */
  nu?: (Partial<Gegevens<V>> & { versie?: number }) | null
  /** With what some fields open instead of what is kept: nobody saved or typed that. */
  ingevuld?: Partial<Gegevens<V>> | undefined
  keuzes?: Keuzes
  geweigerd: Geweigerd | undefined
  /** What a colleague left, where that is more than these fields: of a form that only changes how a thing stands. */
  toon?: (nu: never) => readonly Eigenschap[]
  /** Where to go without saving. */
  terug?: string
  /** The name under which it asks to be kept for later, for a form that can be. */
  concept?: string
  /** Other buttons that save it. */
  knoppen?: ReactNode
  /** What stands above a field, by its name: where another subject begins. */
  koppen?: Readonly<Record<string, ReactNode>>
  /** What follows from what stands in the fields: below them. */
  gevolg?: ((invoer: Invoer) => ReactNode) | undefined
  /** What stands above the fields. */
  children?: ReactNode
}

/** The form of a thing as every form in the house: what was typed, what is wrong with it, and what somebody else left. */
export function Invulformulier<V extends object>(props: Props<V>) {
  const {
    naam,
    velden,
    actie,
    csrf,
    knop,
    nu = null,
    ingevuld,
    keuzes = {},
    terug,
    concept,
    children,
  } = props
  const { toon = (van: Gegevens<V>) => describe(velden, van, keuzes) } = props
  const eigen = props.geweigerd?.naam === naam ? props.geweigerd : undefined
  const fouten = eigen?.problem.fouten ?? []
  const bewaard = toInvoer(velden, nu)
  // A form that shows nothing of what is kept has nothing to lay beside it.
  const gevuld = nu !== null && veldenVan(velden).some(([veld]) => Object.hasOwn(nu, veld))
  const ander = gevuld && eigen?.problem instanceof Botsing ? toInvoer(velden, eigen.problem.nu) : undefined
  const samen = eigen && ander && mergeInvoer(velden, eigen, ander, keuzes)
  const invoer = samen?.invoer ?? eigen?.invoer ?? toInvoer(velden, ingevuld ? { ...nu, ...ingevuld } : nu)
  return (
    <>
      <Botsingmelding problem={eigen?.problem} toon={toon} />
      {samen === undefined || samen.gevolgd.length === 0 ? null : (
        <Alinea>
          Waar u niets had gewijzigd, staat in het formulier wat er nu staat: {samen.gevolgd.join(', ')}.
        </Alinea>
      )}
      <Formulier actie={actie} csrf={csrf} fouten={fouten} bestanden={maxBytes(velden) !== undefined}>
        <Versie versie={versionOf(eigen, nu)} />
        <input
          type="hidden"
          name={WAS}
          value={ander === undefined && eigen ? eigen.was : marksOf(velden, ander ?? bewaard, keuzes)}
        />
        {children}
        <Invulvelden
          velden={velden}
          invoer={invoer}
          fouten={fouten}
          keuzes={keuzes}
          koppen={props.koppen ?? {}}
        />
        {props.gevolg?.(invoer)}
        <Knoppen>
          <Knop>{knop}</Knop>
          {props.knoppen}
          {concept === undefined ? null : (
            <Knop soort="tweede" naam={concept} waarde="bewaar">
              Bewaar als concept
            </Knop>
          )}
          {terug === undefined ? null : <KnopLink href={terug}>Terug zonder opslaan</KnopLink>}
        </Knoppen>
      </Formulier>
      {concept === undefined ? null : <Conceptscript />}
    </>
  )
}

/** Keeps the form it stands in while one types, where there is script. */
export function Conceptscript() {
  const { concept } = findAssets()
  return concept === undefined ? null : <script type="module" src={concept} />
}

/**
 * The version that a form goes on with: that of what is kept; after a collision that of the other, so that a deliberate second
 * try goes through; after another refusal the one it was opened at.
 */
function versionOf(eigen: Geweigerd | undefined, nu: { versie?: number } | null): number | undefined {
  if (eigen?.problem instanceof Botsing) return eigen.problem.nu.versie
  return eigen?.versie ?? nu?.versie
}

function Versie({ versie }: { versie: number | undefined }) {
  return versie === undefined ? null : <input type="hidden" name="versie" value={versie} />
}

/** The parts of a form as headings, for where all of them are asked on one page. */
export function headGroepen<V>(groepen: readonly Groep<V>[]): Readonly<Record<string, ReactNode>> {
  const koppen = groepen.slice(1).map(({ kop, velden: [eerste = ''] }) => ({
    [eerste]: <Kop niveau={2}>{kop}</Kop>,
  }))
  return Object.assign({}, ...koppen)
}

/** The fields of a form, for a form that arranges the rest itself. */
export function Invulvelden<V extends object>({
  velden,
  invoer,
  fouten,
  keuzes = {},
  koppen = {},
}: {
  velden: V
  invoer: Invoer
  fouten: readonly Fout[]
  keuzes?: Keuzes
  koppen?: Readonly<Record<string, ReactNode>>
}) {
  const { formulier: script } = findAssets()
  const afhankelijk = veldenVan(velden).some(([, veld]) => veld.alleenBij !== undefined)
  return (
    <>
      {veldenVan(velden).map(([naam, veld]) => (
        <Fragment key={naam}>
          {koppen[naam]}
          <Afhankelijk velden={velden} veld={veld}>
            <Invulveld
              naam={naam}
              veld={veld}
              opties={keuzes[naam] ?? veld.opties ?? []}
              waarden={invoer[naam] ?? []}
              fouten={fouten}
            />
          </Afhankelijk>
        </Fragment>
      ))}
      {afhankelijk && script !== undefined ? <script type="module" src={script} /> : null}
    </>
  )
}

/**
 * A field that hangs on another says so in words. With script it is away while the other says it is not needed; without, it
 * is there, and what is typed in it then is left out.
 */
function Afhankelijk({
  velden,
  veld,
  children,
}: {
  velden: object
  veld: Veld<unknown>
  children: ReactNode
}) {
  const { alleenBij } = veld
  if (alleenBij === undefined) return children
  const bron = (velden as Record<string, Veld<unknown>>)[alleenBij.veld]
  const namen = alleenBij.waarden.map(
    w => bron?.opties?.find(o => o.waarde === w)?.naam ?? (w === '' ? (bron?.geen ?? '') : w),
  )
  return (
    <div className="sam-bij" data-bij={alleenBij.veld} data-waarden={alleenBij.waarden.join(' ')}>
      <p className="sam-hulp sam-bij-uitleg">{`Alleen bij ‘${bron?.kop ?? ''}’: ${namen.join(' of ')}`}</p>
      {children}
    </div>
  )
}

/** So many choices fit beside each other; more go into a list. */
const ENKELE = 5
/** More than this many nobody scrolls through: then one types. */
const VEEL = 30

/** The choice to leave it open, where that has a name. */
const leaveOpen = ({ verplicht, geen }: Veld<unknown>): Optie[] =>
  verplicht || geen === undefined ? [] : [{ waarde: '', naam: geen }]

interface InvulveldProps {
  naam: string
  veld: Veld<unknown>
  opties: readonly Optie[]
  waarden: readonly string[]
  fouten: readonly Fout[]
}

function Invulveld({ naam, veld, opties, waarden, fouten }: InvulveldProps) {
  const [waarde = ''] = waarden
  const gemeen = {
    naam,
    label: veld.label,
    verplicht: veld.verplicht,
    verplichtBij: veld.verplichtBij,
    fouten,
    ...(veld.hulp === undefined ? {} : { hulp: veld.hulp }),
  }
  const eenheid = veld.eenheid === undefined ? {} : { eenheid: veld.eenheid }
  switch (veld.soort) {
    case 'tekst':
      return (
        <Tekstveld
          {...gemeen}
          waarde={waarde}
          {...(veld.invoer === undefined ? {} : { soort: veld.invoer })}
          {...(veld.max === undefined ? {} : { maxlengte: veld.max })}
          {...(veld.regels === undefined ? {} : { regels: veld.regels })}
          {...(veld.breedte === undefined ? {} : { breedte: veld.breedte })}
        />
      )
    case 'keuze':
    case 'ja-nee':
      if (veld.vink) return <Vinkje {...gemeen} aan={waarde === 'ja'} />
      return opties.length <= ENKELE && (veld.verplicht || veld.geen !== undefined) ? (
        <Keuzerondjes {...gemeen} opties={[...opties, ...leaveOpen(veld)]} waarde={waarde} />
      ) : (
        <Keuzelijst
          {...gemeen}
          opties={opties}
          waarde={waarde}
          leeg={veld.verplicht ? 'Kies' : (veld.geen ?? 'Geen keuze')}
        />
      )
    case 'verwijzing':
      return opties.length > VEEL ? (
        <Keuzeveld {...gemeen} opties={toDistinct(opties)} waarde={waarde} />
      ) : (
        <Keuzelijst
          {...gemeen}
          opties={toDistinct(opties)}
          waarde={waarde}
          leeg={veld.verplicht ? 'Kies' : (veld.geen ?? 'Geen keuze')}
        />
      )
    case 'keuzes':
      return <Vinkjes {...gemeen} opties={toDistinct(opties)} waarden={waarden} />
    case 'bestand':
      return (
        <Bestandveld
          {...gemeen}
          accept={veld.bestand?.soorten.join(',') ?? ''}
          meer={veld.bestand?.meer === true}
        />
      )
    case 'datum':
      return <Datumveld {...gemeen} waarde={waarde} />
    case 'periode':
      return <Periodeveld {...gemeen} delen={veld.delen ?? []} waarden={waarden} />
    default:
      return <Getalveld {...gemeen} waarde={waarde} decimalen={veld.soort !== 'getal'} {...eenheid} />
  }
}
