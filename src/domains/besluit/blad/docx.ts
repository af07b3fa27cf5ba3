import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { formatDatum } from '../../../platform/dates.ts'
import { RISICO } from '../../doorloop/index.ts'
import { BESTEMMINGEN } from '../../doorloop/rules.ts'
import { BESLUITEN, type Blad, type Bladconclusie, ORGANEN, perRichting, samenvatting } from './rules.ts'
import type { Besluit } from './store.ts'

const GRENS = { style: BorderStyle.SINGLE, size: 4, color: '76858D' }
const RANDEN = { top: GRENS, bottom: GRENS, left: GRENS, right: GRENS }

/**
 * The conclusion sheet as a Word document: for the raadsvoorstel, editable, with real headings and table headers.
 * `nummer` null: a draft, and the document says so.
 */
export async function writeDocx(
  blad: Blad,
  nummer: number | null,
  besluiten: readonly Besluit[],
): Promise<Buffer> {
  const document = new Document({
    title: `Conclusieblad ${blad.dossier}`,
    description: samenvatting(blad),
    creator: 'Samenhang',
    styles: { default: { document: { run: { font: 'Calibri', size: 22, language: { value: 'nl-NL' } } } } },
    sections: [
      {
        properties: { page: { margin: { top: 1000, bottom: 1000, left: 1000, right: 1000 } } },
        footers: { default: footer(blad) },
        children: [
          new Paragraph({ text: `Alle keuzes op een rij: ${blad.dossier}`, heading: HeadingLevel.TITLE }),
          ...(nummer === null ? [nadruk('Concept: niet voorgelegd aan college en raad.')] : []),
          new Paragraph(
            `${blad.thema}. ${blad.van}, doorloop ${blad.doorloop}, opgesteld op ${formatDatum(blad.datum)} door ${blad.trekker}. Gebruikt: ${blad.methode}.`,
          ),
          new Paragraph(samenvatting(blad)),
          heading('Conclusies per bouwsteen'),
          kwadranten(blad),
          heading('Wat we gaan doen'),
          ...perRichting(blad).flatMap(deel => [
            heading(deel.naam, HeadingLevel.HEADING_2),
            ...(deel.conclusies.length === 0
              ? [new Paragraph('Geen conclusies.')]
              : deel.conclusies.flatMap(c => conclusie(c))),
          ]),
          ...voorwaarden(blad),
          ...dilemmas(blad),
          ...besluitdeel(besluiten),
          heading('Antwoorden'),
          ...antwoorden(blad),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

function heading(
  text: string,
  level: (typeof HeadingLevel)[keyof typeof HeadingLevel] = HeadingLevel.HEADING_1,
) {
  return new Paragraph({ text, heading: level, spacing: { before: 240, after: 80 } })
}

const bullet = (text: string) => new Paragraph({ text, bullet: { level: 0 } })
const klein = (text: string) =>
  new Paragraph({ children: [new TextRun({ text, size: 19, color: '55636B' })] })

const nadruk = (text: string) => new Paragraph({ children: [new TextRun({ text, bold: true })] })

function cell(children: Paragraph[]): TableCell {
  return new TableCell({
    children,
    borders: RANDEN,
    margins: { top: 80, bottom: 80, left: 120, right: 120 },
    width: { size: 50, type: WidthType.PERCENTAGE },
  })
}

/** The boxes of the method, two beside each other. */
function kwadranten(blad: Blad): Table {
  const vakken = blad.kwadranten.map(k => {
    const eigen = blad.conclusies.filter(c => c.kwadrant === k.code)
    return cell([
      nadruk(k.naam),
      ...(eigen.length === 0 ? [new Paragraph('Geen conclusies.')] : eigen.map(c => bullet(c.tekst))),
    ])
  })
  const rijen: TableRow[] = []
  for (let i = 0; i < vakken.length; i += 2) {
    const [links, rechts = cell([new Paragraph('')])] = vakken.slice(i, i + 2)
    if (links !== undefined) rijen.push(new TableRow({ children: [links, rechts], cantSplit: true }))
  }
  return new Table({ rows: rijen, width: { size: 100, type: WidthType.PERCENTAGE } })
}

function conclusie(c: Bladconclusie): Paragraph[] {
  return [
    bullet(c.aanbod === null ? c.tekst : `${c.tekst} (${c.aanbod})`),
    ...c.juridisch.map(j =>
      klein(`${RISICO[j.risico].naam}: ${j.uitleg} Bron: ${j.bron}, ${formatDatum(j.datum)}.`),
    ),
    ...c.opdrachten.map(o =>
      klein(
        `${BESTEMMINGEN[o.bestemming].naam}: ${o.wat} (${o.eigenaar}${o.uiterlijk === null ? '' : `, uiterlijk ${formatDatum(o.uiterlijk)}`})`,
      ),
    ),
  ]
}

function voorwaarden(blad: Blad): Paragraph[] {
  if (blad.gemotiveerd.length === 0) return []
  return [
    heading('Randvoorwaarden waaraan niet is voldaan, met motivatie'),
    ...blad.gemotiveerd.map(g => bullet(`${g.tekst} Motivatie: ${g.motivatie}`)),
  ]
}

function dilemmas(blad: Blad): Paragraph[] {
  if (blad.dilemmas.length === 0) return []
  return [
    heading('Dilemma’s uit de praktijk'),
    ...blad.dilemmas.flatMap(d => [
      bullet(d.tekst),
      klein(d.reactie === '' ? `Bij: ${d.vraag}` : `Bij: ${d.vraag} Reactie: ${d.reactie}`),
    ]),
  ]
}

function besluitdeel(besluiten: readonly Besluit[]): (Paragraph | Table)[] {
  if (besluiten.length === 0) return []
  const rij = (waarden: readonly string[], kop = false) =>
    new TableRow({
      tableHeader: kop,
      children: waarden.map(
        text =>
          new TableCell({
            borders: RANDEN,
            margins: { top: 60, bottom: 60, left: 100, right: 100 },
            children: [new Paragraph({ children: [new TextRun({ text, bold: kop })] })],
          }),
      ),
    })
  return [
    heading('Besluiten'),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        rij(['Wie', 'Datum', 'Besluit', 'Over', 'Kenmerk', 'Toelichting'], true),
        ...besluiten.map(b =>
          rij([
            `${ORGANEN[b.orgaan]} ${b.gemeenteNaam ?? ''}`.trim(),
            formatDatum(b.datum),
            BESLUITEN[b.uitkomst],
            `Blad ${b.blad}`,
            b.kenmerk,
            b.toelichting,
          ]),
        ),
      ],
    }),
  ]
}

function antwoorden(blad: Blad): Paragraph[] {
  return blad.kwadranten.flatMap(k => [
    heading(k.naam, HeadingLevel.HEADING_2),
    ...k.antwoorden.flatMap(a => [
      heading(a.vraag, HeadingLevel.HEADING_3),
      ...(a.stand === 'open-gelaten'
        ? [new Paragraph(`Bewust opengelaten: ${a.reden}`)]
        : (a.tekst === '' ? 'Nog geen antwoord.' : a.tekst).split('\n').map(regel => new Paragraph(regel))),
    ]),
  ])
}

function footer(blad: Blad): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({
            size: 18,
            children: [`${blad.dossier}, pagina `, PageNumber.CURRENT, ' van ', PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  })
}
