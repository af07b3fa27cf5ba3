/** What each action of the audit log is called on the page; the code itself stands in the export. */
const ACTIES: Readonly<Record<string, string>> = {
  'bericht.ontvangen': 'Bericht ontvangen',
  'bericht.verwerkt': 'Bericht verwerkt',
  'bericht.ingezien': 'Bericht bekeken',
  'bericht.bestand-ingezien': 'Bestand van bericht bekeken',
  'bericht.uitkomst-ingezien': 'Uitkomst van aanlevering bekeken',
  'bericht.opgehaald': 'Bericht opgehaald',
  'client.gezocht': 'Cliënt gezocht',
  'toewijzing.bekeken': 'Toewijzing bekeken',
  'toewijzingen.bekeken': 'Lijst van toewijzingen bekeken',
  'toewijzingen.geexporteerd': 'Toewijzingen gedownload',
  'declaratie.bekeken': 'Declaratie bekeken',
  'declaratie.geexporteerd': 'Declaratie gedownload',
  'betaling.vastgelegd': 'Betaling vastgelegd',
  'betaling.teruggedraaid': 'Betaling teruggedraaid',
  'gebruiker.toegevoegd': 'Gebruiker toegevoegd',
  'gebruiker.gewijzigd': 'Gebruiker gewijzigd',
  'gebruiker.uitgezet': 'Gebruiker uitgezet',
  'token.gemaakt': 'Token gemaakt',
  'token.ingetrokken': 'Token ingetrokken',
}

/** A code that has no name yet is shown as it is: the log never hides an action. */
export function actieNaam(actie: string): string {
  return ACTIES[actie] ?? actie
}
