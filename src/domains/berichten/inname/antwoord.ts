import { CLIENT_ONBEKEND, type Declaratieoordeel } from '../../declaraties/index.ts'
import type {
  Bericht,
  Bericht301,
  Bericht305,
  Bericht307,
  Bericht323,
  Bericht325,
  Retour302,
  Retour306,
  Retour308,
} from '../../istandaard/index.ts'
import type { Kenmerk } from '../post/gelezen.ts'

/** The answer codes without a rule of their own (iJw/iWmo 3.2 WJ001). */
const GEEN_OPMERKING = '0200'
const NIET_BEOORDEELD = '0233'
const TECHNISCH = '0001'
const VOLLEDIG_TOEGEWEZEN = '8001'

/** Versions of the schemas that our answers follow. */
const XSD_VERSIE = { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '1.0.0' }

type Heen = Bericht301 | Bericht305 | Bericht307
type Retour = Retour302 | Retour306 | Retour308

const RETOURCODE: Readonly<Record<string, string>> = {
  WMO301: '415',
  WMO305: '419',
  WMO307: '421',
  JW301: '437',
  JW305: '439',
  JW307: '441',
}

/**
 * How a 301, 305 or 307 is answered. `technisch`: level 2 failed. `kop`: codes on the header. `producten`: codes per
 * product in the order of the message. Nothing filled: accepted.
 */
export interface Oordeel {
  technisch?: boolean
  kop?: readonly string[]
  producten?: readonly (readonly string[])[]
}

/**
 * The retour on a 301, 305 or 307. Accepted or refused by its header: header only; otherwise the whole Client comes
 * back and every class says what was found in it. Grondslag: iJw/iWmo 3.2 IV028.
 */
export function buildRetour(heen: Heen, kenmerk: Kenmerk, oordeel: Oordeel): Retour {
  const nummer = heen.bericht.endsWith('301') ? 302 : heen.bericht.endsWith('305') ? 306 : 308
  const kopcodes = oordeel.technisch ? [TECHNISCH] : (oordeel.kop ?? [])
  const producten = oordeel.producten?.some(codes => codes.length > 0) ? oordeel.producten : undefined
  const codes = kopcodes.length > 0 ? kopcodes : producten ? [GEEN_OPMERKING] : []
  const header = {
    ...heen.header,
    berichtCode: RETOURCODE[heen.bericht] ?? '',
    identificatieRetour: kenmerk.identificatie,
    dagtekeningRetour: kenmerk.dagtekening,
    xsdVersieRetour: XSD_VERSIE,
    ...(codes.length > 0 && { retourCodes: [...codes] }),
  }
  const bericht = `${heen.domein === 'jw' ? 'JW' : 'WMO'}${nummer}`
  const romp = kopcodes.length === 0 && producten ? { client: withCodes(heen, producten) } : {}
  return { bericht, domein: heen.domein, header, ...romp } as Retour
}

/** The Client as it came, with RetourCodes in every class (IV028). */
function withCodes(heen: Heen, producten: readonly (readonly string[])[]): unknown {
  const goed = { retourCodes: [GEEN_OPMERKING] }
  const marked = <T extends object>(items: readonly T[]) =>
    items.map((item, i) => ({
      ...item,
      retourCodes: producten[i]?.length ? [...(producten[i] ?? [])] : [GEEN_OPMERKING],
    }))
  const { client } = heen
  if ('startProducten' in client) return { ...client, startProducten: marked(client.startProducten), ...goed }
  if ('stopProducten' in client) return { ...client, stopProducten: marked(client.stopProducten), ...goed }
  return {
    ...client,
    ...(client.relaties && {
      relaties: client.relaties.map(relatie => ({
        ...relatie,
        contact: { ...relatie.contact, ...goed },
        ...goed,
      })),
    }),
    contactgegevens: client.contactgegevens.map(contact => ({ ...contact, ...goed })),
    toegewezenProducten: marked(client.toegewezenProducten),
    ...goed,
  }
}

/** Why a 323 was not judged line by line, or the judgement. */
export type Declaratieuitkomst =
  | { technisch: true }
  | { kop: readonly string[] }
  | { oordeel: Declaratieoordeel }

/**
 * The 325 on a 323: only refused lines come back, and what they claim equals submitted minus granted (TR342).
 * Grondslag: iJw/iWmo 3.2 IV087, OP303, OP304.
 */
export function buildDeclaratieAntwoord(
  heen: Bericht323,
  kenmerk: Kenmerk,
  uitkomst: Declaratieuitkomst,
): Bericht325 {
  const kopcodes =
    'technisch' in uitkomst ? [TECHNISCH] : 'kop' in uitkomst ? [...uitkomst.kop] : [GEEN_OPMERKING]
  const base = {
    bericht: `${heen.domein === 'jw' ? 'JW' : 'WMO'}325` as const,
    domein: heen.domein,
    header: {
      ...heen.header,
      berichtCode: heen.domein === 'jw' ? '491' : '485',
      afzender: heen.header.ontvanger,
      ontvanger: heen.header.afzender,
      berichtIdentificatie: kenmerk,
      xsdVersie: XSD_VERSIE,
      declaratieIdentificatie: heen.header.berichtIdentificatie,
      xsdVersieDeclaratie: heen.header.xsdVersie,
      retourCodes: kopcodes,
    },
  }
  if (!('oordeel' in uitkomst)) return base as Bericht325
  return { ...base, declaratieAntwoord: toAntwoord(heen, uitkomst.oordeel) } as Bericht325
}

type DeclaratieAntwoord = NonNullable<Bericht325['declaratieAntwoord']>

function toAntwoord({ declaratie }: Bericht323, oordeel: Declaratieoordeel): DeclaratieAntwoord {
  const clienten = oordeel.bevindingen.length > 0 ? [] : refusedClienten(declaratie.clienten, oordeel)
  const codes =
    oordeel.bevindingen.length > 0
      ? oordeel.bevindingen.map(fout => fout.retourcode)
      : clienten.length > 0
        ? [GEEN_OPMERKING]
        : [VOLLEDIG_TOEGEWEZEN]
  return {
    declaratieNummer: declaratie.declaratieNummer,
    totaalIngediendBedrag: declaratie.totaalIngediendBedrag,
    totaalToegekendBedrag: {
      totaalBedrag: Math.abs(oordeel.toegekend),
      debetCredit: oordeel.toegekend < 0 ? 'C' : 'D',
    },
    ...(clienten.length > 0 && { clienten }),
    retourCodes: codes,
  } as DeclaratieAntwoord
}

function refusedClienten(
  clienten: Bericht323['declaratie']['clienten'],
  oordeel: Declaratieoordeel,
): object[] {
  const refused = Map.groupBy(
    oordeel.regels.filter(regel => !regel.goedgekeurd),
    regel => regel.client,
  )
  return clienten.flatMap((client, c) => {
    const regels = refused.get(c)
    if (!regels) return []
    const onbekend = oordeel.clientenOnbekend.has(c)
    return [
      {
        ...client,
        prestaties: regels.map(regel => ({
          ...client.prestaties[regel.nummer],
          retourCodes: onbekend
            ? [NIET_BEOORDEELD]
            : [...new Set(regel.bevindingen.map(fout => fout.retourcode))],
        })),
        retourCodes: [onbekend ? CLIENT_ONBEKEND.retourcode : GEEN_OPMERKING],
      },
    ]
  })
}

/** Whether a message of this kind gets an answer from us. */
export function getsAntwoord(bericht: Bericht): bericht is Heen | Bericht323 {
  return /(301|305|307|323)$/.test(bericht.bericht)
}
