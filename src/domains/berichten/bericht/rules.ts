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
