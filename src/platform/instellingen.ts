import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, TomlError } from 'smol-toml'
import { type Config, ConfigFout, INSTELLINGEN, projectRoot, readConfig } from './config.ts'

/** Names another file than `samenhang.toml` in the folder of the program. */
const BESTAND = 'SAMENHANG_INSTELLINGEN'

/** Names in the environment that can only be meant for us, and those of them that are read elsewhere. */
const ONS = /^(?:SAMENHANG|OIDC)_/
const ANDERE: ReadonlySet<string> = new Set([BESTAND, 'SAMENHANG_CHROMIUM', 'SAMENHANG_DOMEIN'])

/** What nobody else on the machine may read. */
const GEHEIM = /SLEUTEL|SECRET|DATABASE_URL/

/**
 * The one way in which service and command line learn how they are set: the file, and over it what the environment says.
 * Throws ConfigFout with everything that is wrong.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const onbekend = Object.keys(env).filter(
    naam => ONS.test(naam) && !INSTELLINGEN.has(naam) && !ANDERE.has(naam),
  )
  if (onbekend.length > 0)
    throw new ConfigFout(
      onbekend.map(naam => `${naam} is geen instelling die wij kennen. Controleer de naam.`).join('\n'),
    )
  const gezet = Object.entries(env).filter(([, waarde]) => waarde !== undefined && waarde !== '')
  return readConfig({ ...readInstellingen(env), ...Object.fromEntries(gezet) })
}

/** The settings in the file as if they stood in the environment; none when there is no file and none is named. */
export function readInstellingen(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const genoemd = env[BESTAND] || undefined
  const pad = genoemd === undefined ? join(projectRoot(), 'samenhang.toml') : resolve(genoemd)
  if (genoemd === undefined && !existsSync(pad)) return {}
  const gelezen = readToml(pad)
  const fouten: string[] = []
  const uit: NodeJS.ProcessEnv = {}
  for (const [naam, waarde] of Object.entries(gelezen)) {
    if (!INSTELLINGEN.has(naam)) fouten.push(`${naam} is geen instelling die wij kennen. Controleer de naam.`)
    else if (typeof waarde !== 'string' && typeof waarde !== 'number')
      fouten.push(`${naam}: verwacht een tekst tussen aanhalingstekens of een getal.`)
    else uit[naam] = String(waarde)
  }
  if (Object.keys(uit).some(naam => GEHEIM.test(naam)) && isOpen(pad))
    fouten.push(
      'Er staan geheimen in, en anderen op deze computer kunnen het lezen. Geef het rechten 0600 of 0640.',
    )
  if (fouten.length > 0) throw new ConfigFout(fouten.map(fout => `${pad}: ${fout}`).join('\n'))
  return uit
}

function readToml(pad: string): Record<string, unknown> {
  try {
    return parse(readFileSync(pad, 'utf8'))
  } catch (error) {
    if (error instanceof TomlError)
      throw new ConfigFout(`${pad}: regel ${error.line} is geen TOML. Verwacht: NAAM = "waarde"`)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new ConfigFout(
      `${pad}: ${code === 'ENOENT' ? 'dit bestand is er niet' : `kan niet worden gelezen (${code})`}.`,
    )
  }
}

const isOpen = (pad: string) => process.platform !== 'win32' && (statSync(pad).mode & 0o007) !== 0
