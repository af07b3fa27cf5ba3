import { Cijfers } from './catalogus/cijfers.tsx'
import { Formulieren } from './catalogus/formulieren.tsx'
import { Lijsten } from './catalogus/lijsten.tsx'
import { KnopLink } from './formulier.tsx'
import { type MenuItem, Pagina, type PaginaProps } from './pagina.tsx'

const MENU: readonly MenuItem[] = [
  { href: '/', naam: 'Start' },
  { href: '/berichten', naam: 'Berichten', aantal: 12, groep: 'Werk' },
  { href: '/declaraties', naam: 'Declaraties', groep: 'Werk' },
  { href: '/toewijzingen', naam: 'Toewijzingen', groep: 'Werk' },
  { href: '/regio', naam: 'Regio in cijfers', groep: 'Sturing' },
  { href: '/aanbieders', naam: 'Aanbieders', groep: 'Sturing' },
  { href: '/componenten', naam: 'Componenten', groep: 'Beheer' },
]

export interface ComponentenProps extends Partial<Omit<PaginaProps, 'children'>> {
  /** Path and query of the request. */
  adres?: string
}

/** Every component in every state, for makers and testers; only invented data. */
export function ComponentenPagina({
  adres = '/componenten',
  csrf = 'voorbeeld',
  ...pagina
}: ComponentenProps) {
  return (
    <Pagina
      titel="Componenten"
      inleiding="Alles waarmee een pagina is gemaakt, in elke toestand."
      acties={<KnopLink href="/componenten">Opnieuw laden</KnopLink>}
      pad="/componenten"
      menu={MENU}
      kruimels={[
        { naam: 'Start', href: '/' },
        { naam: 'Beheer', href: '/beheer' },
      ]}
      demo
      gebruiker={{ naam: 'Noor de Wit', rol: 'Backoffice', organisatie: 'gemeente Aarveld' }}
      regio="Regio Noordervaart"
      csrf={csrf}
      melding={{ soort: 'succes', tekst: 'Dit is een melding na een geslaagde stap' }}
      {...pagina}
    >
      <Cijfers />
      <Lijsten adres={adres} />
      <Formulieren csrf={csrf} />
    </Pagina>
  )
}
