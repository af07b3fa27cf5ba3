/// <reference lib="dom" />
/**
 * Warns before a session ends, and lets who is there stay. Every tab of this browser keeps the session alive, so they tell each
 * other when the server was last asked. What was typed stays on the page, also after the end; sent then, it comes
 * back after logging in.
 */
const WAARSCHUW = 2 * 60_000
const GEZIEN = 'samenhang-gezien'

const vak = document.getElementById('sessie')
const tekst = document.getElementById('sessie-tekst')
const blijf = document.getElementById('sessie-blijf')
const inloggen = document.getElementById('sessie-inloggen')

if (vak && tekst && blijf && inloggen instanceof HTMLAnchorElement) {
  inloggen.href = `/inloggen?naar=${encodeURIComponent(location.pathname + location.search)}`
  const rust = Number(vak.dataset.rust)
  const einde = Date.now() + Number(vak.dataset.over)
  const zie = () => localStorage.setItem(GEZIEN, String(Date.now()))
  const kijk = () => {
    const rustTot = Number(localStorage.getItem(GEZIEN)) + rust
    const over = Math.min(rustTot, einde) - Date.now()
    vak.hidden = over > WAARSCHUW
    // Only where staying helps: the end of the working day nobody puts off.
    blijf.hidden = over <= 0 || einde <= rustTot
    inloggen.hidden = over > 0
    if (!vak.hidden) zeg(over, einde <= rustTot)
  }
  const zeg = (over: number, vast: boolean) => {
    const minuten = Math.ceil(over / 60_000)
    const wanneer = minuten === 1 ? 'binnen een minuut' : `over ${minuten} minuten`
    const nieuw =
      over <= 0
        ? 'U bent uitgelogd. Was u iets aan het invullen? Verstuur het gewoon: u logt dan opnieuw in en krijgt terug wat u typte.'
        : vast
          ? `Uw sessie eindigt ${wanneer}. Sla op waar u mee bezig bent.`
          : `U wordt ${wanneer} uitgelogd, omdat u al een tijd niets hebt gedaan.`
    // A text that is put back unchanged would be read aloud again.
    if (tekst.textContent !== nieuw) tekst.textContent = nieuw
  }
  blijf.addEventListener('click', async () => {
    const antwoord = await fetch('/sessie', { headers: { accept: 'application/json' } }).catch(
      () => undefined,
    )
    if (antwoord?.ok) zie()
    kijk()
  })
  zie()
  kijk()
  setInterval(kijk, 5_000)
}
