import type { Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
  Datumveld,
  Formulier,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  type Optie,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import { naamMetStand } from '../../dossiers/rules.ts'
import type { Doorloop } from '../doorloop/store.ts'
import { Juridischmerk } from '../juridisch/merk.tsx'
import { highlight } from '../juridisch/rules.ts'
import type { Opdrachtinvoer } from '../opdrachten/invoer.ts'
import { BESTEMMINGEN } from '../opdrachten/rules.ts'
import type { Conclusieinvoer } from './actions.ts'
import { RAAKT, RICHTINGEN } from './rules.ts'
import type { Conclusie } from './store.ts'

export const LEEG: Conclusieinvoer = {
  kwadrant: '',
  richting: '',
  tekst: '',
  aanbod: '',
  raakt: '',
  kenmerken: [],
}
export const LEGE_OPDRACHT: Opdrachtinvoer = {
  bestemming: '',
  wat: '',
  eigenaar: '',
  uiterlijk: '',
  segment: '',
}

const opties = (keuzes: Readonly<Record<string, string>>): Optie[] =>
  Object.entries(keuzes).map(([waarde, naam]) => ({ waarde, naam }))

/** A conclusion as its form shows it. */
export function toInvoer(c: Conclusie): Conclusieinvoer {
  return {
    kwadrant: c.kwadrant,
    richting: c.richting,
    tekst: c.tekst,
    aanbod: c.aanbodId === null ? '' : String(c.aanbodId),
    raakt: c.raakt,
    kenmerken: c.kenmerken,
  }
}

/** The form of one conclusion; the legal risk stands where the choice is made. */
export function Conclusieformulier(props: {
  actie: string
  terug: string
  csrf: string
  doorloop: Doorloop
  aanbod: readonly Aanbod[]
  invoer: Conclusieinvoer
  versie: number
  problem?: Problem
}) {
  const { actie, terug, csrf, doorloop, aanbod, invoer, versie, problem } = props
  const { methode, wetten } = doorloop
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  const raakt = (Object.keys(RAAKT) as (keyof typeof RAAKT)[]).find(r => r === invoer.raakt)
  return (
    <>
      <Botsingmelding<Conclusie>
        problem={problem}
        toon={nu => [
          { naam: 'Conclusie', waarde: nu.tekst },
          { naam: 'Wat gaan we doen', waarde: RICHTINGEN[nu.richting] },
          { naam: 'Aanbod', waarde: nu.aanbod },
          { naam: 'Raakt', waarde: RAAKT[nu.raakt] },
          { naam: 'Door', waarde: nu.door },
        ]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld
          {...veld('tekst')}
          label="Conclusie"
          hulp="Eén keuze in één of twee zinnen. Noem geen inwoners."
          regels={3}
          maxlengte={2000}
        />
        <Keuzelijst
          {...veld('kwadrant')}
          label="Bij welke bouwsteen hoort dit?"
          leeg="Kies een bouwsteen"
          opties={methode.kwadranten.map(k => ({ waarde: k.code, naam: k.naam }))}
        />
        <Keuzerondjes {...veld('richting')} label="Wat gaan we doen?" opties={opties(RICHTINGEN)} />
        <Keuzelijst
          {...veld('aanbod')}
          label="Over welk aanbod gaat het?"
          leeg="Niet over één aanbod"
          verplicht={false}
          opties={aanbod.map(a => ({ waarde: String(a.aanbodId), naam: naamMetStand(a) }))}
        />
        <Keuzerondjes
          {...veld('raakt')}
          label="Wiens rechten raakt dit?"
          hulp="Alleen nieuwe aanvragen geeft een laag juridisch risico; bestaande rechten een hoger."
          opties={opties(RAAKT)}
        />
        <Vinkjes
          naam="kenmerken"
          label="Wat hoort bij deze keuze?"
          hulp="Dit bepaalt het juridische risico. Inkomen laten meetellen is door rechters uitgesloten bij de Wmo en bij jeugdhulp."
          verplicht={false}
          waarden={invoer.kenmerken}
          opties={methode.kenmerken.map(k => ({ waarde: k.code, naam: k.naam }))}
          fouten={fouten}
        />
        {raakt === undefined ? null : (
          <Juridischmerk
            merken={highlight({ raakt, kenmerken: invoer.kenmerken, wetten }, methode.juridisch)}
            over="deze conclusie"
          />
        )}
        <Knoppen>
          <Knop>Bewaar conclusie</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

/** A form to give a conclusion an owner and a task. */
export function Opdrachtformulier(props: {
  actie: string
  csrf: string
  collegas: readonly Optie[]
  segmenten: readonly Optie[]
  invoer: Opdrachtinvoer
  problem?: Problem
}) {
  const { actie, csrf, collegas, segmenten, invoer, problem } = props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  return (
    <>
      <Kop niveau={3}>Geef een opdracht</Kop>
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <Keuzerondjes
          {...veld('bestemming')}
          label="Waar komt dit terecht?"
          opties={Object.entries(BESTEMMINGEN).map(([waarde, b]) => ({
            waarde,
            naam: `${b.naam}: ${b.wordt.toLowerCase()}`,
          }))}
        />
        <Tekstveld {...veld('wat')} label="Wat moet er gebeuren?" regels={3} maxlengte={2000} />
        <Keuzelijst
          {...veld('eigenaar')}
          label="Wie pakt dit op?"
          leeg="Kies een collega"
          opties={collegas}
        />
        <Datumveld {...veld('uiterlijk')} label="Uiterlijk op" verplicht={false} />
        <Keuzelijst
          {...veld('segment')}
          label="Bij welk segment hoort het?"
          hulp="Dan staat bij dat segment welke conclusie hiertoe leidde."
          leeg="Geen segment"
          verplicht={false}
          opties={segmenten}
        />
        <Knop>Geef opdracht</Knop>
      </Formulier>
    </>
  )
}
