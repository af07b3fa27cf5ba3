import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { Alinea, Beschrijvingslijst, Kop, Lijst } from '../../../platform/ui/index.ts'
import { DEFINITIES } from '../cijfers/definities.ts'

/** What every figure means, how it is calculated and where it comes from; for anyone. */
export function registerBronnenPage(app: App): void {
  app.get('/bronnen', { config: { recht: 'openbaar' }, schema: { hide: true } }, (request, reply) =>
    sendPagina(request, reply, {
      titel: 'Bronnen en definities',
      inleiding: 'Wat elk cijfer betekent, hoe het is berekend en waar het vandaan komt.',
      children: (
        <>
          <Alinea>
            Alle cijfers komen uit de berichten tussen gemeenten en aanbieders. Ze worden bijgewerkt op het
            moment dat een bericht is verwerkt. Met het commando samenhang cijfers herbereken rekent de
            beheerder ze opnieuw uit en controleert of ze gelijk zijn.
          </Alinea>
          {Object.values(DEFINITIES).map(d => (
            <section key={d.id} aria-labelledby={d.id}>
              <Kop niveau={2} id={d.id}>
                {d.naam}
              </Kop>
              <Alinea>{d.definitie}</Alinea>
              <Beschrijvingslijst
                items={[
                  { naam: 'Berekening', waarde: d.formule },
                  { naam: 'Bron', waarde: d.bron },
                ]}
              />
              <Kop niveau={3}>Let op</Kop>
              <Lijst items={d.valkuilen} />
            </section>
          ))}
        </>
      ),
    }),
  )
}
