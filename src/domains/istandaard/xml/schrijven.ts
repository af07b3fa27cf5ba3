import type { Bericht } from '../model/bericht.ts'
import { type Berichtmodel, type Knoop, modelMetNaam } from '../model/boom.ts'
import { Waardefout } from '../model/waarden.ts'

/** What is wrong with a message that cannot be written; `pad` as in the XML. */
export class Schrijffout extends Error {
  readonly pad: string
  constructor(pad: string, melding: string) {
    super(melding)
    this.name = 'Schrijffout'
    this.pad = pad
  }
}

/**
 * The message as XML: UTF-8 without BOM, CR/LF line ends (OP192), the usual prefixes. What it writes is valid
 * under the schema: an unknown, missing or wrong value makes it throw a `Schrijffout`, whatever the type of
 * the argument promised (it may come from JSON).
 */
export function writeBericht(bericht: Bericht): string {
  const model = modelMetNaam(bericht.bericht)
  if (model === undefined || model.domein !== bericht.domein) {
    throw new Schrijffout('/', 'Vul bericht met een naam zoals JW301 en domein met wmo of jw.')
  }
  const regels = ['<?xml version="1.0" encoding="UTF-8"?>']
  const { bericht: _, domein: __, ...inhoud } = bericht
  schrijfGroep(model, model.wortel, inhoud, '/Bericht', '', regels)
  return `${regels.join('\r\n')}\r\n`
}

function schrijf(
  model: Berichtmodel,
  knoop: Knoop,
  waarde: unknown,
  pad: string,
  inspring: string,
  uit: string[],
) {
  if (knoop.wikkel) schrijfGroep(model, knoop, waarde, pad, inspring, uit)
  else if (knoop.lees === undefined) schrijfGroep(model, knoop, waarde, pad, inspring, uit)
  else {
    const naam = prefixed(model, knoop)
    uit.push(`${inspring}<${naam}>${veilig(tekst(knoop, waarde, pad), pad)}</${naam}>`)
  }
}

function schrijfGroep(
  model: Berichtmodel,
  knoop: Knoop,
  waarde: unknown,
  pad: string,
  inspring: string,
  uit: string[],
): void {
  const naam = prefixed(model, knoop)
  const ruimten = knoop === model.wortel ? namespaces(model) : ''
  uit.push(`${inspring}<${naam}${ruimten}>`)
  const dieper = `${inspring}\t`
  const [item] = knoop.kinderen
  if (knoop.wikkel && item !== undefined) {
    if (!Array.isArray(waarde) || waarde.length === 0)
      throw new Schrijffout(pad, 'Verwacht: een lijst met minstens één onderdeel.')
    waarde.forEach((deel: unknown, i) => {
      schrijf(model, item, deel, `${pad}/${item.element}[${i + 1}]`, dieper, uit)
    })
  } else {
    if (!isObject(waarde)) throw new Schrijffout(pad, 'Verwacht: een object.')
    const bekend = new Set(knoop.kinderen.map(kind => kind.sleutel))
    const vreemd = Object.keys(waarde).find(sleutel => !bekend.has(sleutel))
    if (vreemd !== undefined)
      throw new Schrijffout(`${pad}/${vreemd}`, 'Dit onderdeel hoort niet in het bericht.')
    for (const kind of knoop.kinderen) {
      const deel = waarde[kind.sleutel]
      const kindPad = `${pad}/${kind.element}`
      if (deel !== undefined) schrijf(model, kind, deel, kindPad, dieper, uit)
      else if (kind.verplicht) throw new Schrijffout(kindPad, 'Dit verplichte onderdeel ontbreekt.')
    }
  }
  uit.push(`${inspring}</${naam}>`)
}

function tekst(knoop: Knoop, waarde: unknown, pad: string): string {
  if (typeof waarde !== 'string' && typeof waarde !== 'number')
    throw new Schrijffout(pad, 'Verwacht: tekst of een getal.')
  const gelezen = knoop.lees?.(String(waarde))
  if (gelezen instanceof Waardefout) throw new Schrijffout(pad, `Verwacht: ${gelezen.eis}.`)
  if (gelezen !== waarde) {
    throw new Schrijffout(
      pad,
      typeof gelezen === 'number' ? 'Verwacht: een getal.' : 'Verwacht: tekst tussen aanhalingstekens.',
    )
  }
  return String(waarde)
}

function isObject(waarde: unknown): waarde is Record<string, unknown> {
  return typeof waarde === 'object' && waarde !== null && !Array.isArray(waarde)
}

function prefixed(model: Berichtmodel, knoop: Knoop): string {
  return `${knoop.uri === model.uri ? model.prefix : model.basisPrefix}:${knoop.element}`
}

function namespaces(model: Berichtmodel): string {
  return ` xmlns:${model.basisPrefix}="${model.basisUri}" xmlns:${model.prefix}="${model.uri}"`
}

const TEKENS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

function veilig(waarde: string, pad: string): string {
  if (!waarde.isWellFormed() || /[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/u.test(waarde)) {
    throw new Schrijffout(pad, 'De tekst bevat een teken dat niet in XML mag.')
  }
  return waarde.replace(/[&<>\r]/g, teken => TEKENS[teken] ?? teken)
}
