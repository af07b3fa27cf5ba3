import { sendPagina } from '../platform/http/pagina.tsx'
import type { App } from '../platform/http/server.ts'
import { Alinea, Kop, Lijst } from '../platform/ui/index.ts'

/** The accessibility statement that the law asks of a public body (Besluit digitale toegankelijkheid overheid). */
export function registerToegankelijkheid(app: App): void {
  app.get(
    '/toegankelijkheid',
    { config: { recht: 'openbaar' }, schema: { hide: true } },
    async (request, reply) =>
      sendPagina(request, reply, {
        titel: 'Toegankelijkheid',
        inleiding:
          'Iedereen moet met Samenhang kunnen werken, ook zonder muis, met vergroting of met voorleessoftware.',
        children: (
          <>
            <Kop niveau={2}>Waar wij ons aan houden</Kop>
            <Alinea>
              Samenhang is gemaakt naar de norm EN 301 549 en WCAG 2.2, niveau A en AA. De wet vraagt dat van
              elke overheid (Besluit digitale toegankelijkheid overheid).
            </Alinea>
            <Kop niveau={2}>Wat is getest</Kop>
            <Lijst
              items={[
                'Pagina’s worden bij elke wijziging in een echte browser gecontroleerd met axe, breed (1280 pixels) en smal (390 pixels).',
                'Alles is te lezen en in te vullen zonder JavaScript.',
                'Elke tabel heeft een naam en koppen, elk formulierveld een label, en elke fout een verwijzing naar het veld.',
                'Bij elke grafiek staan de cijfers ook in een tabel.',
              ]}
            />
            <Kop niveau={2}>Wat nog niet is getest</Kop>
            <Lijst
              items={[
                'Een onafhankelijk onderzoek door een inspectie-instelling is nog niet gedaan. De status is daarom nog niet vastgesteld in het register van overheidswebsites.',
                'Bestanden die u downloadt (CSV en XLSX) zijn niet apart onderzocht.',
              ]}
            />
            <Kop niveau={2}>Loopt u ergens tegenaan?</Kop>
            <Alinea>
              Meld het bij de beheerder van uw gemeente of organisatie. Zeg erbij op welke pagina het was, wat
              u wilde doen en welke hulpmiddelen u gebruikt. U hoort binnen vijf werkdagen wat ermee gebeurt.
            </Alinea>
            <Alinea>
              Komt u er samen niet uit? Dan kunt u een klacht indienen bij uw gemeente, en daarna bij de
              Nationale ombudsman of het College voor de Rechten van de Mens.
            </Alinea>
          </>
        ),
      }),
  )
}
