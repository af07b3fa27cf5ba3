import { CODELIJSTEN } from './codelijsten.ts'
import { type Datatype, PATRONEN, REGEL_MAX_LENGTE, REGEL_MAX_WAARDE } from './datatypen.ts'
import type { Domein } from './structuur.ts'

/** Why a text is no value of its type; `eis` completes the sentence 'Verwacht: …'. */
export class Waardefout {
  readonly regel: string
  readonly eis: string
  constructor(regel: string, eis: string) {
    this.regel = regel
    this.eis = eis
  }
}

/** Reads the text of an element: the value as it stands in JSON, or why it is none. */
export type Waardelezer = (tekst: string) => string | number | Waardefout

const GETAL = /^[+-]?[0-9]+$/
const DATUM = /^(-?)([1-9][0-9]{4,17}|[0-9]{4})-([0-9]{2})-([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?$/
const TIJD = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$/
const DAGEN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The reader for a type, under the code lists of one law; equal to the schema's facets in every verdict. */
export function waardelezer(type: Datatype, domein: Domein, berichtCode: string): Waardelezer {
  switch (type.soort) {
    case 'tekst':
      return tekstlezer(type)
    case 'geheel':
      return geheellezer(type)
    case 'code':
      return codelezer(typeof type.lijst === 'string' ? type.lijst : type.lijst[domein])
    case 'datum':
      return leesDatum
    case 'tijd':
      return leesTijd
    case 'berichtCode': {
      const fout = new Waardefout('RS047', berichtCode)
      return tekst => (tekst === berichtCode ? tekst : fout)
    }
  }
}

function tekstlezer(type: Extract<Datatype, { soort: 'tekst' }>): Waardelezer {
  const { max } = type
  const patroon = type.patroon === undefined ? undefined : PATRONEN[type.patroon]
  const leeg = new Waardefout(
    patroon?.regel === 'RS031' ? 'RS031' : patroon?.regel === 'RS033' ? 'RS033' : 'RS007',
    'een waarde; laat het element weg als er geen is',
  )
  const teLang = new Waardefout(REGEL_MAX_LENGTE[max] ?? 'XSD', `hooguit ${max} tekens`)
  const verkeerd = new Waardefout(patroon?.regel ?? 'XSD', patroon?.eis ?? '')
  const vorm = patroon?.vorm
  return tekst => {
    if (tekst === '') return leeg
    if (vorm !== undefined && !vorm.test(tekst)) return verkeerd
    if (tekst.length > max && [...tekst].length > max) return teLang
    return tekst
  }
}

function geheellezer(type: Extract<Datatype, { soort: 'geheel' }>): Waardelezer {
  const { max, vast } = type
  if (vast !== undefined) {
    const anders = new Waardefout(vast === 3 ? 'CS025' : 'CS015', String(vast))
    return tekst => (collapse(tekst) === String(vast) ? vast : anders)
  }
  const geenGetal = new Waardefout('XSD', 'een geheel getal, alleen cijfers')
  const teKlein = new Waardefout('RS001', 'een getal van 0 of hoger')
  const teGroot = new Waardefout(REGEL_MAX_WAARDE[max] ?? 'XSD', `een getal van hooguit ${max}`)
  return tekst => {
    const kaal = collapse(tekst)
    if (!GETAL.test(kaal)) return geenGetal
    const getal = Number(kaal)
    return getal < 0 ? teKlein : getal > max ? teGroot : getal + 0
  }
}

function codelezer(lijst: keyof typeof CODELIJSTEN): Waardelezer {
  const codes = new Map(Object.keys(CODELIJSTEN[lijst]).map(code => [code, code] as const))
  const fout = new Waardefout('XSD', `een code uit de codelijst ${lijst}`)
  return tekst => codes.get(tekst) ?? fout
}

const GEEN_DATUM = new Waardefout('XSD', 'een bestaande datum in de vorm jjjj-mm-dd')
const DATUM_MET_ZONE = new Waardefout('RS032', 'een datum zonder tijdzone')

function leesDatum(tekst: string): string | Waardefout {
  const kaal = collapse(tekst)
  const deel = DATUM.exec(kaal)
  if (deel === null) return GEEN_DATUM
  const jaar = Number(deel[2])
  const maand = Number(deel[3])
  const schrikkel = jaar % 4 === 0 && (jaar % 100 !== 0 || jaar % 400 === 0)
  const laatste = maand === 2 && schrikkel ? 29 : DAGEN[maand - 1]
  const dag = Number(deel[4])
  if (jaar === 0 || laatste === undefined || dag < 1 || dag > laatste) return GEEN_DATUM
  return deel[5] === undefined ? kaal : DATUM_MET_ZONE
}

const GEEN_TIJD = new Waardefout('XSD', 'een bestaande tijd in de vorm uu:mm:ss')
const TIJD_MET_ZONE = new Waardefout('RS034', 'een tijd zonder tijdzone')

function leesTijd(tekst: string): string | Waardefout {
  const kaal = collapse(tekst)
  const deel = TIJD.exec(kaal)
  if (deel === null) return GEEN_TIJD
  const uur = Number(deel[1])
  const rest = Number(deel[2]) > 59 || Number(deel[3]) > 59
  const eindeVanDeDag = uur === 24 && /^24:00:00(\.0+)?$/.test(kaal)
  if (rest || (uur > 23 && !eindeVanDeDag)) return GEEN_TIJD
  return deel[5] === undefined ? kaal : TIJD_MET_ZONE
}

/** White space as the schema collapses it around numbers, dates and times. */
function collapse(tekst: string): string {
  return tekst.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')
}
