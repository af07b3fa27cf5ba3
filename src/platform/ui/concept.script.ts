/// <reference lib="dom" />
/**
 * Keeps a form that is not finished, a few seconds after the last key: who is called away, or whose computer stops, finds it back.
 * Without script the button beside saving does the same.
 */
const RUST_MS = 3_000

for (const knop of document.querySelectorAll<HTMLButtonElement>('button[name=_concept][value=bewaar]')) {
  const formulier = knop.form
  if (formulier !== null) keepUp(formulier, knop)
}

function keepUp(formulier: HTMLFormElement, knop: HTMLButtonElement): void {
  const stand = document.createElement('p')
  stand.setAttribute('role', 'status')
  stand.className = 'sam-hulp'
  knop.parentElement?.after(stand)
  let klok: ReturnType<typeof setTimeout> | undefined
  let keer = 0
  let onderweg = new AbortController()

  const keep = async () => {
    onderweg.abort()
    onderweg = new AbortController()
    const inhoud = new URLSearchParams()
    for (const [naam, waarde] of new FormData(formulier))
      if (typeof waarde === 'string') inhoud.append(naam, waarde)
    inhoud.set(knop.name, 'vanzelf')
    // Which time this is: the same text again after another is no sending that was done already.
    inhoud.set('_keer', String(++keer))
    try {
      const { type, status } = await fetch(formulier.action, {
        method: 'POST',
        body: inhoud,
        redirect: 'manual',
        signal: onderweg.signal,
      })
      if (type === 'opaqueredirect') stand.textContent = `Als concept bewaard om ${nu()}.`
      else stand.textContent = status === 400 ? ELDERS : NIET
    } catch (error) {
      // Overtaken by the next, or the server is away: what is typed stands in the form.
      if (!(error instanceof DOMException && error.name === 'AbortError')) stand.textContent = NIET
    }
  }
  formulier.addEventListener('input', () => {
    clearTimeout(klok)
    klok = setTimeout(() => void keep(), RUST_MS)
  })
  formulier.addEventListener('submit', () => {
    clearTimeout(klok)
    onderweg.abort()
  })
}

const ELDERS = 'Niet als concept bewaard: met dit formulier is in een ander venster verder gewerkt.'
const NIET = 'Niet als concept bewaard. Wat u hebt ingevuld, staat er nog.'
const nu = () => new Date().toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' })
