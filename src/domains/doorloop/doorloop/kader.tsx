import type { ReactNode } from 'react'
import { formatMoment, type Kruimel, Melding, type Tab, Tabs } from '../../../platform/ui/index.ts'
import { STAAT } from '../../dossiers/rules.ts'
import type { Doorloop } from './store.ts'

/** The parts of a run, in the order in which one works. */
const ONDERDELEN = [
  { pad: '', naam: 'Vragenwiel' },
  { pad: '/cirkel', naam: 'Cirkel' },
  { pad: '/risico', naam: 'Risico’s' },
  { pad: '/verschuiving', naam: 'Verschuiving' },
  { pad: '/knoppen', naam: 'Knoppen' },
  { pad: '/instrumenten', naam: 'Instrumenten' },
  { pad: '/voorwaarden', naam: 'Voorwaarden' },
  { pad: '/conclusies', naam: 'Conclusies' },
  { pad: '/blad', naam: 'Blad' },
] as const

export type Onderdeelpad = (typeof ONDERDELEN)[number]['pad']

export function doorloopPad(doorloop: Pick<Doorloop, 'doorloopId'>): string {
  return `/beleid/doorlopen/${doorloop.doorloopId}`
}

/** The way back from a page of a run. `dieper`: for a page below a part of it. */
export function doorloopKruimels(doorloop: Doorloop, dieper = false): Kruimel[] {
  return [
    { naam: 'Beleidsdossiers', href: '/beleid' },
    { naam: doorloop.dossier, href: `/beleid/dossiers/${doorloop.dossierId}` },
    ...(dieper ? [{ naam: `Doorloop ${doorloop.nummer}`, href: doorloopPad(doorloop) }] : []),
  ]
}

/** Around every page of a run: its parts as links, and why it cannot be changed when it cannot. */
export function Doorloopkader({
  doorloop,
  huidig,
  children,
}: {
  doorloop: Doorloop
  huidig: Onderdeelpad
  children: ReactNode
}) {
  const tabs: Tab[] = ONDERDELEN.map(({ pad, naam }) => ({ naam, href: `${doorloopPad(doorloop)}${pad}` }))
  return (
    <>
      <Tabs label="Onderdelen van de doorloop" tabs={tabs} huidig={`${doorloopPad(doorloop)}${huidig}`} />
      {doorloop.staat === 'loopt' ? null : (
        <Melding soort="info" kop={`Deze doorloop is ${STAAT[doorloop.staat].naam.toLowerCase()}`}>
          U kunt alles lezen, maar niet wijzigen.
        </Melding>
      )}
      {children}
    </>
  )
}

/** Who saved a piece last, and when. */
export function laatstDoor(deel: { door: string | null; op: Date } | undefined): string {
  return deel === undefined
    ? 'Nog niet ingevuld'
    : `Laatst bewaard door ${deel.door ?? 'het systeem'} op ${formatMoment(deel.op)}`
}
