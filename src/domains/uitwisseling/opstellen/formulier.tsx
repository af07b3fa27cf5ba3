import type { ReactNode } from 'react'
import { ROL, ROLLEN } from '../../../platform/auth/rollen.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  bindInvoer,
  Datumveld,
  Formulier,
  Getalveld,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  type Optie,
  Tekstveld,
  Vinkje,
} from '../../../platform/ui/index.ts'
import { AARD, GEEN_GROND, type Gegevenslijst } from '../gegevens/lijst.ts'
import { ALTERNATIEVEN, type Stroom } from '../register/rules.ts'
import type { Keuzes, Weging } from '../register/store.ts'
import { ToestemmingMelding } from '../register/weergave.tsx'
import type { Velden } from './invoer.ts'
import { watErNuStaat } from './stand.ts'

interface Basis {
  csrf: string
  actie: string
  velden: Velden
  /** Version on which the form was filled; 0 for a new weighing. */
  versie: number
  lijst: Gegevenslijst
  terug: string
  problem: Problem | undefined
}

function Kader({
  basis: { csrf, actie, velden, versie, terug, problem },
  knop,
  children,
}: {
  basis: Basis
  knop: string
  /** The fields, each bound by its name to what was typed and to its fault. */
  children: (veld: ReturnType<typeof bindInvoer<Velden>>) => ReactNode
}) {
  const fouten = problem?.fouten ?? []
  return (
    <>
      <Botsingmelding problem={problem} toon={watErNuStaat} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        {children(bindInvoer(velden, fouten))}
        <Knoppen>
          <Knop>{knop}</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

const opties = (rijen: readonly { code: string; naam: string }[]): Optie[] =>
  rijen.map(({ code, naam }) => ({ waarde: code, naam }))

/** Name, purpose, people, alternatives, period. */
export function Hoofdformulier({ basis, keuzes }: { basis: Basis; keuzes: Keuzes }) {
  const { velden, lijst } = basis
  return (
    <Kader basis={basis} knop="Opslaan">
      {veld => (
        <>
          <Tekstveld
            {...veld('activiteit')}
            label="Activiteit"
            hulp="Waarbij wordt uitgewisseld? Bijvoorbeeld: casusoverleg bij gezinnen met meer problemen"
            maxlengte={200}
          />
          <Keuzelijst {...veld('doel')} label="Doel" leeg="Kies een doel" opties={opties(lijst.doelen)} />
          <Tekstveld
            {...veld('doelTekst')}
            label="Het doel, scherp omschreven"
            hulp="Wat is er bereikt als dit lukt? Hoe scherper, hoe minder gegevens er nodig zijn."
            regels={3}
          />
          <Tekstveld
            {...veld('betrokkenen')}
            label="Om wie gaat het?"
            hulp="Een groep, nooit een persoon. Bijvoorbeeld: gezinnen die hulp krijgen van jeugd en Wmo"
            regels={2}
          />
          <Keuzelijst
            {...veld('gemeente')}
            label="Geldt voor"
            leeg={keuzes.regionaal ? 'De hele regio' : 'Kies een gemeente'}
            opties={keuzes.gemeenten}
            verplicht={false}
          />
          <Keuzelijst
            {...veld('dossier')}
            label="Beleidsdossier"
            leeg="Geen"
            opties={keuzes.dossiers}
            verplicht={false}
          />
          <Kop niveau={2}>Kan het zonder?</Kop>
          {(['anoniem', 'minst', 'zelf'] as const).map(code => (
            <Tekstveld
              key={code}
              {...veld(code)}
              label={ALTERNATIEVEN[code]}
              hulp="Is dit genoeg? Waarom wel of niet?"
              regels={2}
            />
          ))}
          <Vinkje
            naam="toestemming"
            label="De inwoner wordt om toestemming gevraagd"
            aan={velden.toestemming === 'ja'}
          />
          <ToestemmingMelding />
          <Kop niveau={2}>Zorgvuldig</Kop>
          <Tekstveld
            {...veld('beveiliging')}
            label="Beveiliging"
            hulp="Hoe gaan de gegevens over, wie kan erbij, en hoe ziet u dat terug?"
            regels={2}
          />
          <Tekstveld
            {...veld('doorgifte')}
            label="Doorgifte buiten de Europese Economische Ruimte"
            hulp="Leeg: er gaat niets buiten de EER"
            verplicht={false}
          />
          <Datumveld {...veld('geldigVanaf')} label="Eerste dag" />
          <Datumveld
            {...veld('geldigTot')}
            label="Laatste dag"
            hulp="Na deze dag mag het niet meer, tot er een herziening is. Bijvoorbeeld 31-12-2028"
            verplicht={false}
          />
        </>
      )}
    </Kader>
  )
}

const ROLOPTIES = ROLLEN.map(waarde => ({ waarde, naam: ROL[waarde].naam }))

function grondopties(lijst: Gegevenslijst): Optie[] {
  return [
    ...lijst.gronden.map(g => ({
      waarde: g.code,
      naam: `${g.artikel}${g.vanaf === null ? ' (niet in werking)' : ''}`,
    })),
    { waarde: GEEN_GROND, naam: 'Geen grondslag gevonden' },
  ]
}

/** One flow: from whom, to whom, on what ground, which data and why. */
export function Stroomformulier({
  basis,
  wegHalen = false,
}: {
  basis: Basis
  /** Offers to take the flow out of the draft. */
  wegHalen?: boolean
}) {
  const { lijst } = basis
  return (
    <Kader basis={basis} knop="Stroom opslaan">
      {veld => (
        <>
          {wegHalen ? <input type="hidden" name="sleutel" value={veld('sleutel').waarde} /> : null}
          <Keuzelijst
            {...veld('vanDomein')}
            label="Uit welk domein komen de gegevens?"
            leeg="Kies een domein"
            opties={opties(lijst.domeinen)}
          />
          <Tekstveld
            {...veld('vanRol')}
            label="Wie geeft ze?"
            hulp="Een functie of team, nooit een naam"
            maxlengte={200}
          />
          <Keuzelijst
            {...veld('naarRol')}
            label="Welke rol in dit systeem krijgt ze te zien?"
            leeg="Geen: de ontvanger werkt niet in dit systeem"
            opties={ROLOPTIES}
            verplicht={false}
          />
          <Tekstveld
            {...veld('naarOrganisatie')}
            label="Bij welke organisatie of welk team?"
            maxlengte={200}
          />
          <Keuzelijst
            {...veld('grond')}
            label="Op welke wettelijke grond?"
            hulp="Zonder grond kan de weging alleen eindigen met: niet toegestaan."
            leeg="Kies een grond"
            opties={grondopties(lijst)}
          />
          <Tekstveld
            {...veld('grondToelichting')}
            label="Waarom past deze grond?"
            hulp="Bij bijzondere gegevens, strafrechtelijke gegevens of het BSN: noem ook de uitzondering waarop u zich beroept."
            regels={3}
            verplichtBij="gevoelige gegevens, en als er geen grond is"
          />
          <Kop niveau={2}>Welke gegevens zijn noodzakelijk?</Kop>
          <Alinea>
            Schrijf bij elk gegeven dat nodig is waarom het niet zonder kan. Wat leeg blijft, wordt niet
            uitgewisseld. Hoe minder, hoe beter.
          </Alinea>
          {lijst.gegevens.map(g => (
            <Tekstveld
              key={g.code}
              {...veld(`waarom-${g.code}`)}
              label={g.naam}
              {...(g.aard === 'gewoon' ? {} : { hulp: `Dit gegeven is ${AARD[g.aard]}.` })}
              verplicht={false}
            />
          ))}
          <Kop niveau={2}>Bewaren</Kop>
          <Getalveld {...veld('bewaarMaanden')} label="Hoe lang bewaart de ontvanger ze?" eenheid="maanden" />
          <Tekstveld {...veld('bewaargrond')} label="Waarom zo lang?" regels={2} />
          {wegHalen ? (
            <Vinkje
              naam="weg"
              label="Haal deze stroom uit het concept"
              hulp="In het verloop blijft staan wat er stond."
            />
          ) : null}
        </>
      )}
    </Kader>
  )
}

/** The short list that says whether a DPIA is needed. */
export function Dpiaformulier({ basis }: { basis: Basis }) {
  const { lijst } = basis
  return (
    <Kader basis={basis} knop="Antwoorden opslaan">
      {veld => (
        <>
          {lijst.dpia.map(({ code, tekst, doorslag }, i) => (
            <div key={code} className="sam-vraagblok">
              <Keuzerondjes
                {...veld(`dpia-${code}`)}
                label={`${i + 1}. ${tekst}`}
                {...(doorslag === true ? { hulp: 'Bij deze vraag is één ja genoeg voor een DPIA.' } : {})}
                opties={[
                  { waarde: 'ja', naam: 'Ja' },
                  { waarde: 'nee', naam: 'Nee' },
                  { waarde: 'onbekend', naam: 'Weet ik niet' },
                ]}
              />
              <Tekstveld
                {...veld(`noot-${code}`)}
                label={`Toelichting bij vraag ${i + 1}`}
                verplicht={false}
              />
            </div>
          ))}
          <Tekstveld
            {...veld('dpiaVerwijzing')}
            label="Waar staat de DPIA?"
            hulp="Zaaknummer of vindplaats. Is een DPIA nodig, dan kan er zonder niets worden toegestaan."
            verplicht={false}
            maxlengte={500}
          />
        </>
      )}
    </Kader>
  )
}

/** What is kept, as the fields of the head. */
export function hoofdVelden(w: Weging): Velden {
  const { inhoud } = w
  return {
    activiteit: w.activiteit,
    doel: w.doel,
    gemeente: w.gemeente ?? '',
    dossier: w.dossierId === null ? '' : String(w.dossierId),
    geldigVanaf: w.geldigVanaf,
    geldigTot: w.geldigTot ?? '',
    doelTekst: inhoud.doelTekst,
    betrokkenen: inhoud.betrokkenen,
    ...inhoud.alternatieven,
    toestemming: inhoud.toestemming ? 'ja' : '',
    doorgifte: inhoud.doorgifte,
    beveiliging: inhoud.beveiliging,
  }
}

export function stroomVelden(stroom: Stroom): Velden {
  const { gegevens, bewaarMaanden, ...rest } = stroom
  return {
    ...rest,
    bewaarMaanden: String(bewaarMaanden),
    ...Object.fromEntries(gegevens.map(g => [`waarom-${g.code}`, g.waarom])),
  }
}

export function dpiaVelden({ inhoud }: Weging): Velden {
  return {
    dpiaVerwijzing: inhoud.dpiaVerwijzing,
    ...Object.fromEntries(
      Object.entries(inhoud.dpia).flatMap(([code, { antwoord, noot }]) => [
        [`dpia-${code}`, antwoord],
        [`noot-${code}`, noot],
      ]),
    ),
  }
}
