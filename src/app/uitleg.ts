import { ConfigFout } from '../platform/config.ts'
import { codeOf, drukteOf, isVol, isWeg, SCHIJF_VOL } from '../platform/db/codes.ts'
import { ServerFout } from '../platform/db/embedded.ts'
import { MigratieFout } from '../platform/db/migrate.ts'

/**
 * What a person can solve, said plainly in Dutch; undefined for anything else, which is a bug. `eigenServer`: the database is
 * the one that came with us, so that no setting says where it is.
 */
export function explainFault(fout: unknown, eigenServer = false): string | undefined {
  if (fout instanceof ConfigFout || fout instanceof ServerFout || fout instanceof MigratieFout)
    return fout.message
  if (!(fout instanceof Error)) return undefined
  const { path, port, syscall } = fout as NodeJS.ErrnoException & { port?: number }
  if (syscall === 'listen') return explainPoort(codeOf(fout), port)
  if (isVol(fout)) return SCHIJF_VOL
  if (codeOf(fout) === '53300')
    return 'De database heeft geen plaats voor nog een verbinding. Stop een ander programma, of verhoog max_connections.'
  if (codeOf(fout) === '57P03') return 'De database is nog aan het opstarten. Probeer het zo weer.'
  if (drukteOf(fout)) return 'Er liep te veel tegelijk. Geef de opdracht zo opnieuw.'
  if (isWeg(fout) && eigenServer)
    return 'De meegeleverde database is gestopt terwijl deze opdracht bezig was, bijvoorbeeld omdat Samenhang werd gestopt. Geef de opdracht opnieuw.'
  if (isWeg(fout)) return 'De database antwoordt niet. Controleer DATABASE_URL en of de server draait.'
  switch (codeOf(fout)) {
    case 'ENOENT':
      // With every folder above it: what then is not there, could not be made, as on a disk that is read-only.
      if (syscall === 'mkdir') return explainDicht(path)
      return `Het bestand is er niet: ${path}`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return explainDicht(path)
    case '28P01':
    case '28000':
    case '3D000':
      return 'De database laat ons niet binnen. Controleer de gebruiker, het wachtwoord en de naam in DATABASE_URL.'
    default:
      return undefined
  }
}

const explainDicht = (pad: unknown) =>
  `Deze gebruiker mag niet lezen of schrijven: ${pad}. Geef hem rechten of noem een ander bestand; een andere ` +
  'gegevensmap kan bijvoorbeeld met SAMENHANG_DATA=/var/lib/samenhang'

function explainPoort(code: string, port: number | undefined): string | undefined {
  if (code === 'EADDRINUSE')
    return `Poort ${port} is al in gebruik. Kies een andere, bijvoorbeeld: PORT=8081 npm start`
  if (code === 'EACCES') return `Poort ${port} mag niet worden gebruikt. Kies een poort boven 1024.`
  return undefined
}
