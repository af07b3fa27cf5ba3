/** Name of the file of a message: what it is, from whom, for whom, which. Safe on every file system. */
export function bestandsnaam(bericht: {
  soort: string
  afzender: string
  ontvanger: string
  identificatie: string
}): string {
  const delen = [bericht.soort, bericht.afzender, bericht.ontvanger, bericht.identificatie]
  return `${delen.map(deel => deel.replaceAll(/[^A-Za-z0-9.-]/g, '-')).join('_')}.xml`
}

/** What happened to a message, by the kind of event. */
export const GEBEURTENIS: Readonly<Record<string, string>> = {
  ontvangen: 'Ontvangen',
  beoordeeld: 'Beoordeeld',
  beantwoord: 'Beantwoord',
  gemaakt: 'Gemaakt en klaargezet',
  opgehaald: 'Opgehaald door de ontvanger',
  aanvaard: 'Aanvaard door de ontvanger',
  geweigerd: 'Geweigerd door de ontvanger',
  'niet-te-beoordelen': 'Kon niet worden beoordeeld',
  opnieuw: 'Opnieuw aangeboden',
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for what can be the id of a message, as we write it. */
export function isBerichtId(tekst: string): boolean {
  return UUID.test(tekst)
}

/** True for what can be the key of a message; anything else is not asked for. */
export function isSleutel(gemeente: string, berichtId: string): boolean {
  return /^\d{4}$/.test(gemeente) && isBerichtId(berichtId)
}
