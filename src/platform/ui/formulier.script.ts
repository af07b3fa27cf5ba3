/// <reference lib="dom" />
/**
 * Hides a field that hangs on another while the other says that it is not needed. Without script all fields are there, each with
 * the words that say when it counts.
 */
for (const vak of document.querySelectorAll<HTMLElement>('[data-bij]')) {
  const formulier = vak.closest('form')
  const { bij = '', waarden = '' } = vak.dataset
  const kijk = () => {
    const gekozen = formulier === null ? [] : new FormData(formulier).getAll(bij).map(String)
    vak.hidden = !gekozen.some(waarde => waarden.split(' ').includes(waarde))
  }
  vak.querySelector<HTMLElement>('.sam-bij-uitleg')?.remove()
  formulier?.addEventListener('change', kijk)
  kijk()
}
