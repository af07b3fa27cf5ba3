import type { ReactNode } from 'react'
import { ROL, ROLLEN } from '../../../platform/auth/rollen.ts'
import type { Fout, Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
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
  basis: { csrf, actie, versie, terug, problem },
  knop,
  children,
}: {
  basis: Basis
  knop: string
  children: (fouten: readonly Fout[]) => ReactNode
}) {
  const fouten = problem?.fouten ?? []
  return (
    <>
      <Botsingmelding problem={problem} toon={watErNuStaat} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        {children(fouten)}
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
  const { velden: v, lijst } = basis
  return (
    <Kader basis={basis} knop="Opslaan">
      {fouten => (
        <>
          <Tekstveld
            naam="activiteit"
            label="Activiteit"
            hulp="Waarbij wordt uitgewisseld? Bijvoorbeeld: casusoverleg bij gezinnen met meer problemen"
            waarde={v.activiteit ?? ''}
            maxlengte={200}
            fouten={fouten}
          />
          <Keuzelijst
            naam="doel"
            label="Doel"
            leeg="Kies een doel"
            waarde={v.doel ?? ''}
            opties={opties(lijst.doelen)}
            fouten={fouten}
          />
          <Tekstveld
            naam="doelTekst"
            label="Het doel, scherp omschreven"
            hulp="Wat is er bereikt als dit lukt? Hoe scherper, hoe minder gegevens er nodig zijn."
            waarde={v.doelTekst ?? ''}
            regels={3}
            fouten={fouten}
          />
          <Tekstveld
            naam="betrokkenen"
            label="Om wie gaat het?"
            hulp="Een groep, nooit een persoon. Bijvoorbeeld: gezinnen die hulp krijgen van jeugd en Wmo"
            waarde={v.betrokkenen ?? ''}
            regels={2}
            fouten={fouten}
          />
          <Keuzelijst
            naam="gemeente"
            label="Geldt voor"
            leeg={keuzes.regionaal ? 'De hele regio' : 'Kies een gemeente'}
            waarde={v.gemeente ?? ''}
            opties={keuzes.gemeenten}
            verplicht={false}
            fouten={fouten}
          />
          <Keuzelijst
            naam="dossier"
            label="Beleidsdossier"
            leeg="Geen"
            waarde={v.dossier ?? ''}
            opties={keuzes.dossiers}
            verplicht={false}
            fouten={fouten}
          />
          <Kop niveau={2}>Kan het zonder?</Kop>
          {(['anoniem', 'minst', 'zelf'] as const).map(code => (
            <Tekstveld
              key={code}
              naam={code}
              label={ALTERNATIEVEN[code]}
              hulp="Is dit genoeg? Waarom wel of niet?"
              waarde={v[code] ?? ''}
              regels={2}
              fouten={fouten}
            />
          ))}
          <Vinkje
            naam="toestemming"
            label="De inwoner wordt om toestemming gevraagd"
            aan={v.toestemming === 'ja'}
          />
          <ToestemmingMelding />
          <Kop niveau={2}>Zorgvuldig</Kop>
          <Tekstveld
            naam="beveiliging"
            label="Beveiliging"
            hulp="Hoe gaan de gegevens over, wie kan erbij, en hoe ziet u dat terug?"
            waarde={v.beveiliging ?? ''}
            regels={2}
            fouten={fouten}
          />
          <Tekstveld
            naam="doorgifte"
            label="Doorgifte buiten de Europese Economische Ruimte"
            hulp="Leeg: er gaat niets buiten de EER"
            waarde={v.doorgifte ?? ''}
            verplicht={false}
            fouten={fouten}
          />
          <Datumveld naam="geldigVanaf" label="Eerste dag" waarde={v.geldigVanaf ?? ''} fouten={fouten} />
          <Datumveld
            naam="geldigTot"
            label="Laatste dag"
            hulp="Na deze dag mag het niet meer, tot er een herziening is. Bijvoorbeeld 31-12-2028"
            waarde={v.geldigTot ?? ''}
            verplicht={false}
            fouten={fouten}
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
  const { velden: v, lijst } = basis
  return (
    <Kader basis={basis} knop="Stroom opslaan">
      {fouten => (
        <>
          <Keuzelijst
            naam="vanDomein"
            label="Uit welk domein komen de gegevens?"
            leeg="Kies een domein"
            waarde={v.vanDomein ?? ''}
            opties={opties(lijst.domeinen)}
            fouten={fouten}
          />
          <Tekstveld
            naam="vanRol"
            label="Wie geeft ze?"
            hulp="Een functie of team, nooit een naam"
            waarde={v.vanRol ?? ''}
            maxlengte={200}
            fouten={fouten}
          />
          <Keuzelijst
            naam="naarRol"
            label="Welke rol in dit systeem krijgt ze te zien?"
            leeg="Geen: de ontvanger werkt niet in dit systeem"
            waarde={v.naarRol ?? ''}
            opties={ROLOPTIES}
            verplicht={false}
            fouten={fouten}
          />
          <Tekstveld
            naam="naarOrganisatie"
            label="Bij welke organisatie of welk team?"
            waarde={v.naarOrganisatie ?? ''}
            maxlengte={200}
            fouten={fouten}
          />
          <Keuzelijst
            naam="grond"
            label="Op welke wettelijke grond?"
            hulp="Zonder grond kan de weging alleen eindigen met: niet toegestaan."
            leeg="Kies een grond"
            waarde={v.grond ?? ''}
            opties={grondopties(lijst)}
            fouten={fouten}
          />
          <Tekstveld
            naam="grondToelichting"
            label="Waarom past deze grond?"
            hulp="Bij bijzondere gegevens, strafrechtelijke gegevens of het BSN: noem ook de uitzondering waarop u zich beroept."
            waarde={v.grondToelichting ?? ''}
            regels={3}
            verplicht={false}
            fouten={fouten}
          />
          <Kop niveau={2}>Welke gegevens zijn noodzakelijk?</Kop>
          <Alinea>
            Schrijf bij elk gegeven dat nodig is waarom het niet zonder kan. Wat leeg blijft, wordt niet
            uitgewisseld. Hoe minder, hoe beter.
          </Alinea>
          {lijst.gegevens.map(g => (
            <Tekstveld
              key={g.code}
              naam={`waarom-${g.code}`}
              label={g.naam}
              {...(g.aard === 'gewoon' ? {} : { hulp: `Dit gegeven is ${AARD[g.aard]}.` })}
              waarde={v[`waarom-${g.code}`] ?? ''}
              verplicht={false}
              fouten={fouten}
            />
          ))}
          <Kop niveau={2}>Bewaren</Kop>
          <Getalveld
            naam="bewaarMaanden"
            label="Hoe lang bewaart de ontvanger ze?"
            eenheid="maanden"
            waarde={v.bewaarMaanden ?? ''}
            fouten={fouten}
          />
          <Tekstveld
            naam="bewaargrond"
            label="Waarom zo lang?"
            waarde={v.bewaargrond ?? ''}
            regels={2}
            fouten={fouten}
          />
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
  const { velden: v, lijst } = basis
  return (
    <Kader basis={basis} knop="Antwoorden opslaan">
      {fouten => (
        <>
          {lijst.dpia.map(({ code, tekst, doorslag }, i) => (
            <div key={code} className="sam-vraagblok">
              <Keuzerondjes
                naam={`dpia-${code}`}
                label={`${i + 1}. ${tekst}`}
                {...(doorslag === true ? { hulp: 'Bij deze vraag is één ja genoeg voor een DPIA.' } : {})}
                waarde={v[`dpia-${code}`] ?? ''}
                opties={[
                  { waarde: 'ja', naam: 'Ja' },
                  { waarde: 'nee', naam: 'Nee' },
                  { waarde: 'onbekend', naam: 'Weet ik niet' },
                ]}
                fouten={fouten}
              />
              <Tekstveld
                naam={`noot-${code}`}
                label={`Toelichting bij vraag ${i + 1}`}
                waarde={v[`noot-${code}`] ?? ''}
                verplicht={false}
                fouten={fouten}
              />
            </div>
          ))}
          <Tekstveld
            naam="dpiaVerwijzing"
            label="Waar staat de DPIA?"
            hulp="Zaaknummer of vindplaats. Is een DPIA nodig, dan kan er zonder niets worden toegestaan."
            waarde={v.dpiaVerwijzing ?? ''}
            verplicht={false}
            maxlengte={500}
            fouten={fouten}
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
