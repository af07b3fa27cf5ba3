import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  formatGetal,
  formatMoment,
  Kaart,
  KnopLink,
  Knoppen,
  LegeStaat,
  Lijst,
} from '../../../platform/ui/index.ts'
import { plaatsNaam } from '../uitleg/uitleg.ts'
import { berichtPad, Staatbadge } from '../verkeer/pages.tsx'
import { soortNaam } from '../verkeer/rules.ts'
import type { Uitkomst } from './uitkomst.ts'

/** So many findings are shown here; the page of the message has the rest. */
const MEESTE_BEVINDINGEN = 5

/** One card per message: what it is, what came of it, what is wrong, and where to go on. */
export function Uitkomsten({ uitkomsten }: { uitkomsten: readonly Uitkomst[] }) {
  return uitkomsten.map(uitkomst => <Kaartje key={uitkomst.bericht.berichtId} uitkomst={uitkomst} />)
}

/** Shown when the address names no message that the reader may see. */
export function GeenUitkomst() {
  return <LegeStaat kop="Hier is geen uitkomst te zien">Kies een bericht uit het berichtenverkeer.</LegeStaat>
}

function Kaartje({ uitkomst: { bericht, eerder, bezig, bevindingen, antwoord } }: { uitkomst: Uitkomst }) {
  const meer = bericht.bevindingen - MEESTE_BEVINDINGEN
  return (
    <Kaart
      kop={`${soortNaam(bericht.soort)} ${bericht.identificatie}`}
      naast={bezig ? <Badge toon="info">Wordt beoordeeld</Badge> : <Staatbadge staat={bericht.staat} />}
    >
      <Alinea>{uitleg(bericht.staat, bezig)}</Alinea>
      {eerder ? (
        <Alinea>{`Precies dit bestand was al ontvangen op ${formatMoment(bericht.ontvangenOp)}. Het telt één keer.`}</Alinea>
      ) : null}
      <Beschrijvingslijst
        items={[
          { naam: 'Aanbieder', waarde: bericht.aanbieder },
          { naam: 'Gemeente', waarde: bericht.gemeenteNaam },
          { naam: 'Regels', waarde: bezig ? '' : formatGetal(bericht.regels) },
        ]}
      />
      {bevindingen.length === 0 ? null : (
        <Lijst
          items={[
            ...bevindingen.slice(0, MEESTE_BEVINDINGEN).map(b => `${plaatsNaam(b.pad)}: ${b.melding}`),
            ...(meer > 0 ? [`en nog ${formatGetal(meer)}`] : []),
          ]}
        />
      )}
      <Knoppen>
        <KnopLink href={berichtPad(bericht)}>Bekijk het bericht</KnopLink>
        {antwoord ? (
          <KnopLink href={berichtPad({ gemeente: bericht.gemeente, berichtId: antwoord.berichtId })}>
            Bekijk het antwoord
          </KnopLink>
        ) : null}
      </Knoppen>
    </Kaart>
  )
}

function uitleg(staat: string, bezig: boolean): string {
  if (bezig) return 'Het bericht is ontvangen en wordt nu beoordeeld.'
  switch (staat) {
    case 'verwerkt':
      return 'Het bericht is helemaal goedgekeurd en verwerkt.'
    case 'deels-afgekeurd':
      return 'Een deel van de regels is afgekeurd. De rest is goedgekeurd en verwerkt.'
    case 'afgekeurd':
      return 'Het bericht is afgekeurd. In het antwoord staat waarom.'
    case 'ontvangen':
      return 'Het bericht is ontvangen en bewaard. U krijgt hierop later antwoord.'
    case 'aanvaard':
      return 'Het antwoord is ontvangen: de andere partij heeft geen opmerkingen.'
    case 'geweigerd':
      return 'Het antwoord is ontvangen: de andere partij heeft het bericht geweigerd.'
    case 'niet-te-beoordelen':
      return 'Het bericht is bewaard, maar kon niet worden beoordeeld. De gemeente ziet dat en probeert het opnieuw.'
    default:
      return 'Het bericht is bewaard.'
  }
}
