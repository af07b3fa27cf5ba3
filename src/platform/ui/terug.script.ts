/// <reference lib="dom" />
/**
 * Whoever goes back to a form that they saved comes where the saving brought them: an empty form would look as if nothing was
 * kept, and a filled one would save it again. A step of the history of the browser carries which sending began on it; a
 * sending that was refused and tried again is one. Without script the form is there as it is now.
 */
const BEZIG = 'samenhang-verzending'
const GEDAAN = 'samenhang-gedaan'
/** So many forms back one can go. */
const MAX = 50

type Gedaan = [verzending: string, naar: string][]
const readGedaan = (): Gedaan => JSON.parse(sessionStorage.getItem(GEDAAN) ?? '[]')
const hier = () => location.pathname + location.search

/** The step that this page stands on now, without asking the server again for what was sent. */
document.addEventListener('submit', ({ target, defaultPrevented }) => {
  if (defaultPrevented || !(target instanceof HTMLFormElement) || target.method !== 'post') return
  const verzending = sessionStorage.getItem(BEZIG) ?? crypto.randomUUID()
  sessionStorage.setItem(BEZIG, verzending)
  history.replaceState({ verzending }, '')
})

/** What became of a sending: brought on to another page it was done, refused it goes on, and anything else ended it. */
function conclude({ type, redirectCount, responseStatus }: PerformanceNavigationTiming): void {
  const verzending = sessionStorage.getItem(BEZIG)
  if (verzending === null || type === 'back_forward' || responseStatus >= 400) return
  sessionStorage.removeItem(BEZIG)
  if (redirectCount > 0 && !location.pathname.startsWith('/inloggen'))
    sessionStorage.setItem(GEDAAN, JSON.stringify([...readGedaan(), [verzending, hier()]].slice(-MAX)))
}

function goOn(): void {
  const { verzending } = (history.state ?? {}) as { verzending?: string }
  const naar = readGedaan().find(([eerder]) => eerder === verzending)?.[1]
  // With our own origin before it: a path that begins with // is no other server.
  if (naar !== undefined) location.replace(location.origin + naar)
}

const [aankomst] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
if (aankomst !== undefined) {
  conclude(aankomst)
  if (aankomst.type === 'back_forward') goOn()
}
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) goOn()
})
