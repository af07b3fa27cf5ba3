/**
 * Where a browser goes after login: an address of our own, as path and query; else the start page. What was asked for is
 * read as a browser would read it (which drops tabs and line ends, and takes a backslash for a slash) and must then still be
 * ours, both as it came and as it leaves.
 */
export function localPath(naar: unknown, adres: string): string {
  const pad = typeof naar === 'string' ? ownPath(naar, adres) : undefined
  return pad === undefined || ownPath(pad, adres) !== pad || /^\/(inloggen|uitgelogd)\b/.test(pad) ? '/' : pad
}

function ownPath(naar: string, adres: string): string | undefined {
  if (!naar.startsWith('/') || !URL.canParse(naar, adres)) return undefined
  const doel = new URL(naar, adres)
  return doel.origin === new URL(adres).origin && doel.username === ''
    ? `${doel.pathname}${doel.search}`
    : undefined
}
