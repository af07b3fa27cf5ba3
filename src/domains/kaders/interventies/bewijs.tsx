import { Badge, type BadgeToon } from '../../../platform/ui/index.ts'
import { BEWIJS, type Bewijs } from './rules.ts'

const TOON: Readonly<Record<Bewijs, BadgeToon>> = {
  wetenschappelijk: 'succes',
  praktijk: 'accent',
  onderbouwd: 'info',
  onbewezen: 'waarschuwing',
}

/** How strong the evidence is, in words. */
export function Bewijsbadge({ bewijs }: { bewijs: Bewijs }) {
  return <Badge toon={TOON[bewijs]}>{BEWIJS[bewijs].naam}</Badge>
}
