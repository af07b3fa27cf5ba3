/** Where the work of a conclusion lands. */
export type Bestemming = 'inkoop' | 'subsidies' | 'toegang' | 'sturing' | 'beleid'

export const BESTEMMINGEN: Readonly<Record<Bestemming, { naam: string; wordt: string }>> = {
  inkoop: { naam: 'Inkoop', wordt: 'Een opmerking bij een segment of de inkoopstrategie' },
  subsidies: { naam: 'Subsidies', wordt: 'Een initiatiefvraag voor een subsidietafel' },
  toegang: { naam: 'Toegang', wordt: 'Een spelregel voor consulenten' },
  sturing: { naam: 'Sturing', wordt: 'Een meting in de cijfers' },
  beleid: { naam: 'Beleid', wordt: 'Iets om verder uit te zoeken of te schrijven' },
}

export type Opdrachtstaat = 'open' | 'opgepakt' | 'klaar' | 'vervallen'

/** From where an opdracht can go where; each needs to say what came of it, but for taking it up. */
export const OPDRACHTSTAPPEN: Readonly<
  Record<Opdrachtstaat, { naam: string; naar: readonly Opdrachtstaat[] }>
> = {
  open: { naam: 'Open', naar: ['opgepakt', 'klaar', 'vervallen'] },
  opgepakt: { naam: 'Opgepakt', naar: ['klaar', 'vervallen', 'open'] },
  klaar: { naam: 'Klaar', naar: ['opgepakt'] },
  vervallen: { naam: 'Vervallen', naar: ['open'] },
}
