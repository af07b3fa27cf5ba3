import { type Static, Type } from 'typebox'
import { ROLLEN } from '../../../platform/auth/rollen.ts'
import { isDatum } from '../../../platform/dates.ts'
import { orNull, problemen } from '../../../platform/http/api.ts'
import type { App } from '../../../platform/http/server.ts'
import { invalid } from '../../../platform/problem.ts'
import { REDENEN } from '../register/rules.ts'
import { mayExchange } from './actions.ts'

const code = { pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }
const Vraag = Type.Object(
  {
    rol: Type.Union(
      ROLLEN.map(rol => Type.Literal(rol)),
      { description: 'Rol die het gegeven wil zien' },
    ),
    gegeven: Type.String({ ...code, description: 'Code van het gegeven' }),
    doel: Type.String({ ...code, description: 'Code van het doel' }),
    datum: Type.Optional(
      Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Standaard vandaag' }),
    ),
    gemeente: Type.Optional(
      Type.String({
        pattern: '^[0-9]{4}$',
        description: 'CBS-code; zonder telt alleen wat voor de hele regio geldt',
      }),
    ),
  },
  { additionalProperties: false },
)

const Antwoord = Type.Object({
  toegestaan: Type.Boolean(),
  reden: orNull(Type.String({ enum: [...REDENEN], description: 'Waarom niet' })),
  uitleg: Type.String({ description: 'Het antwoord in een zin' }),
  grond: orNull(Type.String({ description: 'Code van de wettelijke grond' })),
  voorwaarden: orNull(Type.String({ description: 'Leeg: zonder voorwaarden' })),
  weging: orNull(
    Type.Object(
      { id: Type.Integer(), activiteit: Type.String() },
      { description: 'Waar het antwoord op rust' },
    ),
  ),
  _links: Type.Object({ self: Type.Object({ href: Type.String() }) }),
})

/** The question for programs. Grondslag: NL API Design Rules 2.x. */
export function registerVraagRoute(app: App): void {
  app.get<{ Querystring: Static<typeof Vraag> }>(
    '/api/v1/uitwisselingen/vraag',
    {
      config: { recht: 'uitwisseling.lezen' },
      schema: {
        tags: ['Gegevensuitwisseling'],
        operationId: 'mayExchange',
        summary: 'Mag deze rol dit gegeven zien voor dit doel?',
        querystring: Vraag,
        response: { 200: Antwoord, ...problemen(400) },
      },
    },
    async (request): Promise<Static<typeof Antwoord>> => {
      const { rol, gegeven, doel, gemeente = null, datum = request.ctx.vandaag } = request.query
      if (!isDatum(datum))
        throw invalid('De vraag klopt niet', [{ pad: '/datum', melding: 'Deze dag bestaat niet.' }])
      const antwoord = await request.ctx.read(db => mayExchange(db, { rol, gegeven, doel, datum, gemeente }))
      const { weging } = antwoord
      return {
        toegestaan: antwoord.ok,
        reden: antwoord.ok ? null : antwoord.reden,
        uitleg: antwoord.ok ? 'Het is toegestaan.' : antwoord.uitleg,
        grond: antwoord.ok ? antwoord.grond : null,
        voorwaarden: antwoord.ok ? antwoord.voorwaarden : null,
        weging: weging === null ? null : { id: weging.wegingId, activiteit: weging.activiteit },
        _links: { self: { href: request.url } },
      }
    },
  )
}
