import { Actie, Botsingmelding, type Eigenschap, Inklap } from '../ui/index.ts'
import { EINDE } from './einde.ts'
import { type Geweigerd, Invulformulier } from './invulformulier.tsx'

interface Props<T> {
  nu: T & { versie: number; beeindigdOp: Date | null }
  pad: string
  csrf: string
  geweigerd: Geweigerd | undefined
  toon: (nu: T) => readonly Eigenschap[]
}

/** Takes a thing out of use, with a reason, or back in: forms to `pad`/einde and `pad`/herstel, both named 'einde'. */
export function UitGebruik<T>({ nu, pad, csrf, geweigerd, toon }: Props<T>) {
  const eigen = geweigerd?.naam === 'einde' ? geweigerd : undefined
  if (nu.beeindigdOp === null)
    return (
      <Inklap kop="Neem uit gebruik" open={eigen !== undefined}>
        <Invulformulier
          naam="einde"
          velden={EINDE}
          nu={{ versie: nu.versie }}
          actie={`${pad}/einde`}
          csrf={csrf}
          knop="Neem uit gebruik"
          geweigerd={eigen}
          toon={toon}
        />
      </Inklap>
    )
  return (
    <>
      <Botsingmelding problem={eigen?.problem} toon={toon} />
      <Actie actie={`${pad}/herstel`} csrf={csrf} velden={{ versie: String(nu.versie) }} soort="tweede">
        Neem weer in gebruik
      </Actie>
    </>
  )
}
