import pg from 'pg'
import { ConfigFout } from '../config.ts'

export interface Adres {
  /** A name, a number, or the folder of a socket. */
  host: string
  port: number
  database: string
  user: string
}

/**
 * What an address of a database says, read as the driver itself reads it: a socket has no host that a URL knows, and what is left
 * out has its default. Throws ConfigFout, which does not repeat the address: a password may be in it.
 */
export function readAdres(adres: string): Adres {
  try {
    const { host, port, database = '', user = '' } = new pg.Client({ connectionString: adres })
    return { host, port, database, user }
  } catch {
    throw new ConfigFout('Het adres van de database in DATABASE_URL of DATABASE_URL_APP is niet te lezen.')
  }
}
