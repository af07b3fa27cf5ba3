import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigFout, projectRoot, readConfig } from './config.ts'

const SLEUTEL = Buffer.alloc(32, 1).toString('base64')
const OIDC = {
  OIDC_ISSUER: 'https://inloggen.voorbeeld.nl',
  OIDC_CLIENT_ID: 'samenhang',
  OIDC_CLIENT_SECRET: 'geheim',
}

function faultsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigFout) return error.message.split('\n')
    throw error
  }
}

test('without settings: a demonstration on port 8080, in the data folder of the project', () => {
  expect(readConfig({})).toEqual({
    wortel: projectRoot(),
    data: join(projectRoot(), 'data'),
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: undefined,
    appUrl: undefined,
    log: 'info',
    minimaalVrij: 256,
    modus: 'demonstratie',
    modusGekozen: false,
    adres: 'http://localhost:8080',
    sleutel: undefined,
    sleutelOud: undefined,
    oidc: undefined,
    proxies: [],
    db: { tijd: 120, stilte: 10 },
    grenzen: { sessie: 3000, adres: 3000 },
    sessie: { uren: 8, rust: 30 },
    contact: undefined,
    regio: 'Demonstratieregio Zuidoost-Utrecht',
    uitmap: undefined,
    otlp: undefined,
  })
})

test('an empty value is no value, as in a file that lists every setting', () => {
  const names = [
    'PORT',
    'SAMENHANG_LOG',
    'SAMENHANG_MODUS',
    'SAMENHANG_HOST',
    'SAMENHANG_ADRES',
    'DATABASE_URL',
  ]
  const more = [
    'SAMENHANG_SLEUTEL',
    'SAMENHANG_SLEUTEL_OUD',
    'DATABASE_URL_APP',
    'SAMENHANG_DATA',
    'SAMENHANG_UITMAP',
    'OIDC_ISSUER',
    'SAMENHANG_PROXIES',
    'SAMENHANG_GRENS_SESSIE',
    'SAMENHANG_GRENS_ADRES',
    'SAMENHANG_SESSIE_UREN',
    'SAMENHANG_SESSIE_RUST',
    'SAMENHANG_CONTACT',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ]
  expect(readConfig(Object.fromEntries([...names, ...more].map(name => [name, ''])))).toEqual(readConfig({}))
})

test.each<[string, NodeJS.ProcessEnv, Partial<ReturnType<typeof readConfig>>]>([
  ['the port is in the address', { PORT: '8123' }, { port: 8123, adres: 'http://localhost:8123' }],
  ['an address without its trailing slash', { SAMENHANG_ADRES: 'https://a.nl/' }, { adres: 'https://a.nl' }],
  ['a folder inside the project', { SAMENHANG_DATA: 'elders' }, { data: join(projectRoot(), 'elders') }],
  ['a folder elsewhere', { SAMENHANG_DATA: '/var/lib/s' }, { data: '/var/lib/s' }],
  ['OIDC makes it real', OIDC, { modus: 'productie' }],
  ['a key', { SAMENHANG_SLEUTEL: SLEUTEL }, { sleutel: SLEUTEL }],
  [
    'proxies, with commas or spaces',
    { SAMENHANG_PROXIES: '10.0.0.5, fd00::/8 loopback' },
    { proxies: ['10.0.0.5', 'fd00::/8', 'loopback'] },
  ],
  [
    'limits and the length of a session',
    { SAMENHANG_GRENS_ADRES: '9000', SAMENHANG_SESSIE_RUST: '15' },
    { grenzen: { sessie: 3000, adres: 9000 }, sessie: { uren: 8, rust: 15 } },
  ],
  [
    'claims of the login provider',
    { ...OIDC, OIDC_EMAIL_CLAIM: 'preferred_username', OIDC_ROL_CLAIM: 'roles' },
    {
      oidc: {
        issuer: 'https://inloggen.voorbeeld.nl',
        clientId: 'samenhang',
        clientSecret: 'geheim',
        emailClaim: 'preferred_username',
        rolClaim: 'roles',
      },
    },
  ],
  ['a log level', { SAMENHANG_LOG: 'silent' }, { log: 'silent' }],
  ['a database', { DATABASE_URL: 'postgres://a@b/c' }, { databaseUrl: 'postgres://a@b/c' }],
])('reads %s', (_, env, expected) => {
  expect(readConfig(env)).toMatchObject(expected)
})

const ALLE_DRIE = 'OIDC_ISSUER, OIDC_CLIENT_ID en OIDC_CLIENT_SECRET'

describe('refuses, with what is expected', () => {
  test.each<[NodeJS.ProcessEnv, string[]]>([
    ...['0', '65536', '-1', '80.5', '0x50', '1e3', 'tachtig'].map((port): [NodeJS.ProcessEnv, string[]] => [
      { PORT: port },
      [`PORT=${port}: verwacht een poortnummer van 1 tot en met 65535`],
    ]),
    [
      { SAMENHANG_LOG: 'luid' },
      ['SAMENHANG_LOG=luid: verwacht een van fatal, error, warn, info, debug, silent'],
    ],
    [{ DATABASE_URL: 'mysql://a/b' }, ['DATABASE_URL: verwacht een adres dat begint met postgresql://']],
    [{ SAMENHANG_MODUS: 'test' }, ['SAMENHANG_MODUS=test: verwacht demonstratie of productie']],
    [
      { SAMENHANG_MODUS: 'productie' },
      [`SAMENHANG_MODUS=productie: stel ook ${ALLE_DRIE} in, anders kan niemand inloggen`],
    ],
    [
      { ...OIDC, SAMENHANG_MODUS: 'demonstratie' },
      ['SAMENHANG_MODUS=demonstratie gaat niet samen met OIDC_ISSUER: kies een van beide'],
    ],
    [{ ...OIDC, OIDC_CLIENT_SECRET: '' }, [`${ALLE_DRIE}: geef alle drie of geen`]],
    [
      { ...OIDC, OIDC_ISSUER: 'inloggen' },
      ['OIDC_ISSUER: verwacht een volledig adres, zoals https://inloggen.voorbeeld.nl'],
    ],
    [
      { SAMENHANG_SLEUTEL: Buffer.alloc(31).toString('base64') },
      ['SAMENHANG_SLEUTEL: verwacht 32 bytes in base64 (maak ze met: openssl rand -base64 32)'],
    ],
    [
      { SAMENHANG_MINIMAAL_VRIJ: 'veel' },
      ['SAMENHANG_MINIMAAL_VRIJ=veel: verwacht een aantal MB, zoals 256'],
    ],
    [
      { SAMENHANG_SLEUTEL_OUD: 'kort' },
      ['SAMENHANG_SLEUTEL_OUD: verwacht 32 bytes in base64 (maak ze met: openssl rand -base64 32)'],
    ],
    [
      { DATABASE_URL_APP: 'postgresql://a@b/c' },
      ['DATABASE_URL_APP: geef ook DATABASE_URL, voor de eigenaar van de database'],
    ],
    [
      { SAMENHANG_ADRES: 'samenhang.voorbeeld.nl:80' },
      ['SAMENHANG_ADRES: verwacht een volledig adres, zoals https://samenhang.voorbeeld.nl'],
    ],
    ...[
      'https://voorbeeld.nl/samenhang',
      'https://voorbeeld.nl/a/',
      'https://voorbeeld.nl?a=b',
      'https://voorbeeld.nl#a',
      'https://ik@voorbeeld.nl',
    ].map((adres): [NodeJS.ProcessEnv, string[]] => [
      { SAMENHANG_ADRES: adres },
      [
        'SAMENHANG_ADRES: verwacht een adres zonder pad, gebruiker of vraag, zoals https://samenhang.voorbeeld.nl. Samenhang draait op een eigen (sub)domein, niet in een map.',
      ],
    ]),
    ...['true', '*', 'proxy.local', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.1/2/3'].map(
      (proxy): [NodeJS.ProcessEnv, string[]] => [
        { SAMENHANG_PROXIES: proxy },
        [
          `SAMENHANG_PROXIES: ${proxy} is geen IP-adres of reeks; verwacht bijvoorbeeld 10.0.0.5, 10.0.0.0/24 of loopback`,
        ],
      ],
    ),
    [
      { SAMENHANG_GRENS_SESSIE: '0', SAMENHANG_SESSIE_RUST: 'lang' },
      [
        'SAMENHANG_GRENS_SESSIE=0: verwacht een geheel getal van 60 tot en met 1000000',
        'SAMENHANG_SESSIE_RUST=lang: verwacht een geheel getal van 5 tot en met 480',
      ],
    ],
    [
      { SAMENHANG_CONTACT: 'bel ons' },
      ['SAMENHANG_CONTACT: verwacht mailto:, tel: of https:, zoals mailto:beveiliging@voorbeeld.nl'],
    ],
    [
      { ...OIDC, OIDC_EMAIL_CLAIM: 'e mail' },
      ['OIDC_EMAIL_CLAIM=e mail: verwacht de naam van een claim, zoals preferred_username'],
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'hier' },
      ['OTEL_EXPORTER_OTLP_ENDPOINT: verwacht een volledig adres, zoals http://localhost:4318'],
    ],
  ])('%j', (env, expected) => {
    expect(faultsOf(env)).toEqual(expected)
  })

  test('everything that is wrong at once, and never the key', () => {
    const faults = faultsOf({
      PORT: 'x',
      SAMENHANG_LOG: 'x',
      DATABASE_URL: 'x',
      SAMENHANG_SLEUTEL: 'topgeheim',
    })
    expect(faults.map(fault => fault.replace(/[=:].*/, ''))).toEqual([
      'PORT',
      'SAMENHANG_LOG',
      'DATABASE_URL',
      'SAMENHANG_SLEUTEL',
    ])
    expect(faults.join()).not.toContain('topgeheim')
  })
})
