import {
  Checkbox,
  ErrorMessage,
  Field,
  FieldSet,
  FileInput,
  Label,
  Radio,
  Select,
  TextArea,
  TextInput,
} from '@amsterdam/design-system-react'
import type { ReactNode } from 'react'
import type { Fout } from '../problem.ts'
import { veldId } from './adres.ts'
import { Icoon } from './iconen.tsx'
import { formatDatumInvoer } from './invoer.ts'

export interface VeldProps {
  /** Form name; a `Fout` with this `pad` belongs to this field. */
  naam: string
  label: string
  /** One plain sentence under the label. */
  hulp?: string
  /** A field is required unless this is false; only optional fields say so. */
  verplicht?: boolean
  /** Of a field that is required only then: at which choice, or beside which other field; shown as 'verplicht bij …'. */
  verplichtBij?: string | undefined
  /** All faults of the form; the field finds its own. */
  fouten?: readonly Fout[]
}

export interface Optie {
  waarde: string
  naam: string
  /** What else a file may call it. */
  ook?: readonly string[]
}

/** Keys of a form whose value is a text. */
type Tekstnaam<Invoer> = {
  [K in keyof Invoer & string]: Invoer[K] extends string | undefined ? K : never
}[keyof Invoer & string]

/**
 * What every field of a form repeats: `<Tekstveld {...veld('naam')} label="Naam" />` shows what was typed under that name,
 * and its own fault.
 */
export function bindInvoer<Invoer extends object>(invoer: Invoer, fouten: readonly Fout[]) {
  return <K extends Tekstnaam<Invoer>>(naam: K) => ({
    naam,
    waarde: (invoer[naam] ?? '') as string,
    fouten,
  })
}

/** What was found for one field: the text of its faults and the ids that describe it. */
function bindVeld({ naam, hulp, fouten = [], verplicht = true, verplichtBij }: VeldProps) {
  const id = veldId(naam)
  const melding = fouten
    .filter(fout => veldId(fout.pad) === id)
    .map(fout => fout.melding)
    .join(' ')
  const ids = [hulp === undefined ? '' : `${id}-hulp`, melding === '' ? '' : `${id}-fout`].filter(
    x => x !== '',
  )
  const invoer = {
    id,
    name: naam,
    ...(ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }),
    ...(verplicht && verplichtBij === undefined ? { 'aria-required': true } : {}),
    ...(melding === '' ? {} : { invalid: true }),
  }
  return { id, melding, beschrijving: ids.join(' '), invoer }
}

/** Whether a field has to be filled in, for behind its label: never, or only at some choice. */
function hint({ verplicht, verplichtBij }: VeldProps) {
  return verplichtBij === undefined
    ? { optional: verplicht === false }
    : { hint: `verplicht bij ${verplichtBij}` }
}

function Hulp({ id, tekst }: { id: string; tekst: string | undefined }) {
  return tekst === undefined ? null : (
    <p className="sam-hulp" id={`${id}-hulp`}>
      {tekst}
    </p>
  )
}

function Melder({ id, melding }: { id: string; melding: string }) {
  return melding === '' ? null : (
    <ErrorMessage id={`${id}-fout`} icon={<Icoon naam="fout" />}>
      {melding}
    </ErrorMessage>
  )
}

function Veld({
  veld,
  children,
}: {
  veld: VeldProps
  children: (invoer: ReturnType<typeof bindVeld>['invoer']) => ReactNode
}) {
  const { id, melding, invoer } = bindVeld(veld)
  return (
    <Field invalid={melding !== ''}>
      <Label htmlFor={id} {...hint(veld)}>
        {veld.label}
      </Label>
      <Hulp id={id} tekst={veld.hulp} />
      <Melder id={id} melding={melding} />
      {children(invoer)}
    </Field>
  )
}

export interface TekstveldProps extends VeldProps {
  waarde?: string
  soort?: 'text' | 'email' | 'tel' | 'url'
  /** Rows; more than one makes a text area. */
  regels?: number
  /** Expected number of characters: the width of the field hints at it. */
  breedte?: 'kort' | 'half'
  maxlengte?: number
  /**
   * HTML autofill token, required by WCAG 1.3.5 for data about the user; 'off' for what no browser may remember, though a browser
   * then does not give it back on the way back either.
   */
  autofill?: string
}

/** Text field of one or more lines. On paper a field of more lines is its text: a box would be cut where a page ends. */
export function Tekstveld(props: TekstveldProps) {
  const { waarde = '', soort = 'text', regels = 1, breedte, maxlengte, autofill } = props
  const gemeen = {
    defaultValue: waarde,
    ...(maxlengte === undefined ? {} : { maxLength: maxlengte }),
    ...(autofill === undefined ? {} : { autoComplete: autofill }),
    ...(breedte === undefined ? {} : { className: `sam-veld-${breedte}` }),
  }
  return (
    <Veld veld={props}>
      {invoer =>
        regels > 1 ? (
          <>
            <TextArea {...invoer} {...gemeen} rows={regels} />
            {waarde === '' ? null : <p className="sam-druk">{waarde}</p>}
          </>
        ) : (
          <TextInput {...invoer} {...gemeen} type={soort} />
        )
      }
    </Veld>
  )
}

/** Number or amount, typed the Dutch way; read it with `parseGetalInvoer` or `parseBedragInvoer`. */
export function Getalveld(props: VeldProps & { waarde?: string; eenheid?: string; decimalen?: boolean }) {
  const { waarde = '', eenheid, decimalen } = props
  return (
    <Veld veld={eenheid === undefined ? props : { ...props, label: `${props.label} (${eenheid})` }}>
      {invoer => (
        <TextInput
          {...invoer}
          className="sam-veld-kort sam-getal"
          defaultValue={waarde}
          inputMode={decimalen === true ? 'decimal' : 'numeric'}
        />
      )}
    </Veld>
  )
}

/**
 * Date as text (dd-mm-jjjj): a native date field shows the language of the browser, not of the page. `waarde` is
 * an ISO date or what was typed; read it with `parseDatumInvoer`.
 */
export function Datumveld(props: VeldProps & { waarde?: string }) {
  const hulp = props.hulp ?? 'Bijvoorbeeld 31-01-2026'
  return (
    <Veld veld={{ ...props, hulp }}>
      {invoer => (
        <TextInput
          {...invoer}
          className="sam-veld-kort sam-getal"
          defaultValue={formatDatumInvoer(props.waarde ?? '')}
          inputMode="numeric"
          maxLength={10}
        />
      )}
    </Veld>
  )
}

/** Drop-down list. `leeg` is the text of the empty choice, if there is one. */
export function Keuzelijst(props: VeldProps & { opties: readonly Optie[]; waarde?: string; leeg?: string }) {
  const { opties, waarde = '', leeg } = props
  return (
    <Veld veld={props}>
      {invoer => (
        <Select {...invoer} defaultValue={waarde}>
          {leeg === undefined ? null : <Select.Option value="">{leeg}</Select.Option>}
          {opties.map(optie => (
            <Select.Option key={optie.waarde} value={optie.waarde}>
              {optie.naam}
            </Select.Option>
          ))}
        </Select>
      )}
    </Veld>
  )
}

/**
 * One of many choices, typed with help of a list: without script and on a telephone too. What is typed may be the name or the
 * code; `findOptie` reads it.
 */
export function Keuzeveld(props: VeldProps & { opties: readonly Optie[]; waarde?: string }) {
  const { opties, waarde = '' } = props
  const lijst = `${veldId(props.naam)}-lijst`
  return (
    <Veld veld={{ ...props, hulp: props.hulp ?? 'Typ een deel van de naam of de code, en kies' }}>
      {invoer => (
        <>
          <TextInput
            {...invoer}
            list={lijst}
            defaultValue={opties.find(optie => optie.waarde === waarde)?.naam ?? waarde}
          />
          <datalist id={lijst}>
            {opties.map(optie => (
              <option key={optie.waarde} value={optie.naam} />
            ))}
          </datalist>
        </>
      )}
    </Veld>
  )
}

/** Two days that belong together; the fault of the group shows at its legend. */
export function Periodeveld(
  props: VeldProps & { delen: readonly { achter: string; label: string }[]; waarden: readonly string[] },
) {
  const { delen, waarden, naam, fouten = [], ...rest } = props
  // A fault is told of the first day, to which the summary links; here it shows at the legend.
  const eerste = veldId(`${naam}${delen[0]?.achter ?? ''}`)
  const eigen = fouten.filter(fout => veldId(fout.pad) === eerste).map(fout => ({ ...fout, pad: naam }))
  return (
    <Groep veld={{ ...rest, naam, fouten: eigen }} losseVelden>
      {() =>
        delen.map((deel, i) => (
          <Datumveld
            key={deel.achter}
            naam={`${naam}${deel.achter}`}
            label={deel.label}
            waarde={waarden[i] ?? ''}
            verplicht={i === 0 && rest.verplicht !== false}
          />
        ))
      }
    </Groep>
  )
}

function Groep({
  veld,
  losseVelden = false,
  children,
}: {
  veld: VeldProps
  /** The parts are fields with ids of their own. */
  losseVelden?: boolean
  children: (id: string, fout: boolean) => ReactNode
}) {
  const { id, melding, beschrijving } = bindVeld(veld)
  return (
    <FieldSet
      legend={veld.label}
      {...hint(veld)}
      invalid={melding !== ''}
      {...(beschrijving === '' ? {} : { 'aria-describedby': beschrijving })}
    >
      <Hulp id={id} tekst={veld.hulp} />
      <Melder id={id} melding={melding} />
      <div className={losseVelden ? 'sam-delen' : 'sam-keuzes'}>{children(id, melding !== '')}</div>
    </FieldSet>
  )
}

/** One choice of a few. The first button carries the id that the error summary links to. */
export function Keuzerondjes(props: VeldProps & { opties: readonly Optie[]; waarde?: string }) {
  return (
    <Groep veld={props}>
      {(id, fout) =>
        props.opties.map((optie, i) => (
          <Radio
            key={optie.waarde}
            id={i === 0 ? id : `${id}-${i}`}
            name={props.naam}
            value={optie.waarde}
            defaultChecked={optie.waarde === props.waarde}
            invalid={fout}
          >
            {optie.naam}
          </Radio>
        ))
      }
    </Groep>
  )
}

/** Any number of choices; each checked one is sent under the same name. */
export function Vinkjes(props: VeldProps & { opties: readonly Optie[]; waarden?: readonly string[] }) {
  const { waarden = [] } = props
  return (
    <Groep veld={props}>
      {(id, fout) =>
        props.opties.map((optie, i) => (
          <Checkbox
            key={optie.waarde}
            id={i === 0 ? id : `${id}-${i}`}
            name={props.naam}
            value={optie.waarde}
            defaultChecked={waarden.includes(optie.waarde)}
            invalid={fout}
          >
            {optie.naam}
          </Checkbox>
        ))
      }
    </Groep>
  )
}

/** One yes-or-no; sends `naam=ja` when checked and nothing otherwise. */
export function Vinkje(props: VeldProps & { aan?: boolean }) {
  const { id, melding, invoer } = bindVeld({ verplicht: false, ...props })
  return (
    <Field invalid={melding !== ''}>
      <Hulp id={id} tekst={props.hulp} />
      <Melder id={id} melding={melding} />
      <Checkbox {...invoer} value="ja" defaultChecked={props.aan === true}>
        {props.label}
      </Checkbox>
    </Field>
  )
}

/** File upload; the form needs `bestanden`. `accept` as in HTML ('.xml,.zip'). */
export function Bestandveld(props: VeldProps & { accept?: string; meer?: boolean }) {
  return (
    <Veld veld={props}>
      {({ invalid, ...invoer }) => (
        <FileInput
          {...invoer}
          {...(invalid === true ? { 'aria-invalid': true } : {})}
          {...(props.accept === undefined ? {} : { accept: props.accept })}
          multiple={props.meer === true}
        />
      )}
    </Veld>
  )
}
