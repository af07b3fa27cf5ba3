import { Type } from 'typebox'
import { isBsn } from '../crypto.ts'
import { findVerborgen } from '../verborgen.ts'
import { isAgb, isEmail, isIban, isKvk } from './nummers.ts'
import { type Basis, makeVeld, type OfNull, orFault, type Veld } from './veld.ts'

/** A code of a fixed form. `schoon` takes out what people put in between; `melding` says what is expected. */
function code<V extends boolean>(
  v: Basis<V>,
  regels: {
    vorm: string
    melding: string
    max: number
    patroon: string
    isGoed: (tekst: string) => boolean
    schoon: (tekst: string) => string
    zeg?: (waarde: string) => string
    invoer?: 'email'
    gevoelig?: true
    cijfers?: number
    breedte: 'kort' | 'half'
  },
): Veld<OfNull<string, V>> {
  const { vorm, melding, isGoed, schoon, patroon, zeg = waarde => waarde, ...rest } = regels
  return makeVeld<string, V>(v, {
    soort: 'tekst',
    leeg: melding,
    vorm,
    ...rest,
    lees: waarde => {
      const waar = schoon(waarde)
      const verborgen = findVerborgen(waar)
      if (verborgen !== undefined) return { meldingen: [verborgen] }
      return orFault(isGoed(waar) ? waar : undefined, melding)
    },
    schrijf: zeg,
    zeg,
    schema: Type.Refine(Type.String({ pattern: patroon }), waarde => isGoed(waarde as string)),
  })
}

const zonderTekens = (waarde: string) => waarde.replaceAll(/[\s.-]/g, '').toUpperCase()

/** The code of a provider in the AGB register. */
export function agb<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: '8 cijfers',
    melding: 'Vul de AGB-code in: 8 cijfers.',
    max: 20,
    patroon: '^\\d{8}$',
    isGoed: isAgb,
    cijfers: 8,
    schoon: zonderTekens,
    breedte: 'kort',
  })
}

/** The number of an organisation in the trade register. */
export function kvk<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: '8 cijfers',
    melding: 'Vul het KvK-nummer in: 8 cijfers.',
    max: 20,
    patroon: '^\\d{8}$',
    isGoed: isKvk,
    cijfers: 8,
    schoon: zonderTekens,
    breedte: 'kort',
  })
}

/** A code of so many digits that a register elsewhere gives: of a municipality, of a kind of product. */
export function cijfercode<V extends boolean = true>(
  v: Basis<V> & { noem: string; cijfers: number },
): Veld<OfNull<string, V>> {
  const { noem, cijfers } = v
  const goed = new RegExp(`^\\d{${cijfers}}$`)
  return code<V>(v, {
    vorm: `${cijfers} cijfers`,
    melding: `Vul ${noem} in: ${cijfers} cijfers.`,
    max: 20,
    patroon: goed.source,
    isGoed: tekst => goed.test(tekst),
    cijfers,
    schoon: zonderTekens,
    breedte: 'kort',
  })
}

/**
 * A code or number that an organisation gives itself: of a contract, a segment. It is no free text, and holds no ~, no letters,
 * digits or drawn lines that look like ours and are others, and nothing that is not seen or that each screen shows otherwise.
 */
export function kenmerk<V extends boolean = true>(
  v: Basis<V> & { noem: string; max: number; breedte?: 'kort' | 'half' },
): Veld<OfNull<string, V>> {
  const { noem, max, breedte = 'half' } = v
  const goed =
    /^(?!.*(?!\p{Script=Latin})\p{L})(?!.*(?![0-9])\p{Nd})(?!.*[~\p{So}\p{C}\p{Default_Ignorable_Code_Point}])\S(?:.*\S)?$/u
  return code<V>(v, {
    vorm: `hoogstens ${max} tekens, met gewone letters en cijfers, zonder ~`,
    melding: `Vul ${noem} in: hoogstens ${max} tekens, met gewone letters en cijfers, zonder ~.`,
    max,
    patroon: goed.source,
    isGoed: tekst => goed.test(tekst) && tekst.length <= max,
    schoon: tekst => tekst,
    breedte,
  })
}

/** A telephone number, as somebody would dial it; what passes for a BSN is none: those have nine digits, and a number has more. */
export function telefoon<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  const vorm = 'zoals 030 123 45 67'
  const goed = /^(?=(?:[^0-9]*[0-9]){3})\+?[0-9()][0-9 ().-]*(?: ?(?:toestel|tst\.?) ?[0-9]+)?$/
  return code<V>(v, {
    vorm,
    melding: `Vul een telefoonnummer in, ${vorm}. Het burgerservicenummer van een inwoner hoort hier niet.`,
    max: 50,
    patroon: goed.source,
    isGoed: tekst =>
      tekst.length <= 50 && goed.test(tekst) && !isBsn(tekst.replaceAll(/[^0-9]/g, '').padStart(9, '0')),
    schoon: tekst => tekst,
    breedte: 'half',
  })
}

/** A bank account; checked by its own digits (mod 97). */
export function iban<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: 'zoals NL91 ABNA 0417 1643 00',
    melding: 'Vul een IBAN in dat klopt, zoals NL91 ABNA 0417 1643 00.',
    max: 50,
    patroon: '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$',
    isGoed: isIban,
    gevoelig: true,
    schoon: zonderTekens,
    zeg: waarde => waarde.replaceAll(/(.{4})(?=.)/g, '$1 '),
    breedte: 'half',
  })
}

/** A BSN, for the few records that may hold one; checked by the elfproef. */
export function bsn<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: '9 cijfers',
    melding: 'Vul een burgerservicenummer in dat klopt: 9 cijfers.',
    max: 20,
    patroon: '^\\d{9}$',
    isGoed: isBsn,
    gevoelig: true,
    cijfers: 9,
    // An old one has eight digits; with more away it is another number, or a typing error.
    schoon: waarde => zonderTekens(waarde).replace(/^\d{8}$/, kort => `0${kort}`),
    breedte: 'kort',
  })
}

/** An address of e-mail. */
export function email<V extends boolean = true>(v: Basis<V>): Veld<OfNull<string, V>> {
  return code(v, {
    vorm: 'zoals naam@voorbeeld.nl',
    melding: 'Vul een e-mailadres in, zoals naam@voorbeeld.nl.',
    max: 254,
    patroon: '^[^\\s@]+@[^\\s@]+$',
    isGoed: isEmail,
    schoon: waarde => waarde,
    invoer: 'email',
    breedte: 'half',
  })
}
