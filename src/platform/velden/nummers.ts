/** True for a bank account number of any country that holds by its own check digits (ISO 13616, mod 97), without spaces. */
export function isIban(tekst: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(tekst)) return false
  if (tekst.startsWith('NL') && !/^NL\d{2}[A-Z]{4}\d{10}$/.test(tekst)) return false
  const cijfers = `${tekst.slice(4)}${tekst.slice(0, 4)}`.replaceAll(/[A-Z]/g, letter =>
    String(letter.charCodeAt(0) - 55),
  )
  return [...cijfers].reduce((rest, cijfer) => (rest * 10 + Number(cijfer)) % 97, 0) === 1
}

/** True for a code of the AGB register: eight digits, of which the first two are the kind of care. */
export function isAgb(tekst: string): boolean {
  return /^\d{8}$/.test(tekst) && tekst !== '00000000'
}

/** True for a number of the trade register: eight digits, that hold no check of their own. */
export function isKvk(tekst: string): boolean {
  return /^\d{8}$/.test(tekst) && tekst !== '00000000'
}

/** True for what can be an address of e-mail: one @, a name before it and a domain with a point after it, without spaces. */
export function isEmail(tekst: string): boolean {
  return /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>".]{2,}$/.test(tekst) && tekst.length <= 254
}
