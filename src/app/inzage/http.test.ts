import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { NOBODY } from '../../platform/db/database.ts'
import { sealAudit } from '../../platform/zegel.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let officer: Inlog
let consulent: Inlog

beforeAll(async () => {
  await laadTestregio(omgeving)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  officer = await login('privacy-officer')
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  await app.inject({ url: '/toewijzingen', headers: consulent.headers })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const acties = (html: string) => [...html.matchAll(/sam-rijkop">([^<]+)</g)].map(([, actie]) => actie)

describe('/audit', () => {
  it('toont wie wat zag en op welke grond, zonder een naam van een inwoner', async () => {
    const { body, statusCode } = await get('/audit?actie=toewijzingen.bekeken', officer)
    expect(statusCode).toBe(200)
    expect(body).toContain('1 gebeurtenis: wie heeft wat ingezien of gewijzigd')
    expect(acties(body)).toEqual(['Lijst van toewijzingen bekeken'])
    expect(body).toContain('Test consulent')
    expect(body).toContain('uitvoering toewijzing')
    expect(body).not.toContain('Testpersoon')
  })

  it('filtert op wie, op dag en op het nummer van het onderwerp', async () => {
    const wie = `wie=gebruiker:${consulent.gebruikerId}`
    expect(acties((await get(`/audit?${wie}`, officer)).body)).toEqual(['Lijst van toewijzingen bekeken'])
    expect(acties((await get(`/audit?${wie}&van=17-03-2026`, officer)).body)).toEqual([])
    expect(acties((await get(`/audit?${wie}&tot=16-03-2026`, officer)).body)).toEqual([
      'Lijst van toewijzingen bekeken',
    ])
    const { rows } = await db.owner.query('select toewijzing_id::int as id from toegang.toewijzing')
    const onderwerp = `${GEMEENTE_A}.${rows[0].id}`
    expect(acties((await get(`/audit?onderwerp=${onderwerp}`, officer)).body)).toEqual([
      'Lijst van toewijzingen bekeken',
    ])
    expect(acties((await get(`/audit?onderwerp=${onderwerp}9`, officer)).body)).toEqual([])
    expect((await get('/audit?van=31-02-2026', officer)).statusCode).toBe(400)
  })

  it('geeft het logboek als bestand', async () => {
    const csv = await get('/audit/export?actie=toewijzingen.bekeken', officer)
    expect(csv.body.trim().split('\r\n')).toHaveLength(2)
    expect(csv.body).toContain(`gebruiker:${consulent.gebruikerId};consulent;toewijzingen.bekeken`)
  })

  it('rekent de zegels na, en ziet het als er iets is veranderd', async () => {
    expect((await get('/audit/controle', officer)).body).toContain('Er is nog niets verzegeld.')
    await omgeving.database.write(NOBODY, tx => sealAudit(tx, omgeving.kluis))
    const goed = (await get('/audit/controle', officer)).body
    expect(goed).toContain('Het logboek is ongeschonden tot')
    expect(goed).toContain('1 zegel nagerekend')
    expect(goed).toContain('Samen dekken zij 5 gebeurtenissen.')
    await db.owner.query(
      `update platform.gebeurtenis set wie = 'gebruiker:0' where actie = 'toewijzingen.bekeken'`,
    )
    const fout = (await get('/audit/controle', officer)).body
    expect(fout).toContain('Het logboek is aangetast.')
    expect(fout).toContain('past niet bij wat er nu staat')
  })

  it('toont ook een gebeurtenis zonder onderwerp', async () => {
    await db.owner.query(
      `insert into platform.gebeurtenis (wie, rol, actie, onderwerp, grond, verzoek_id)
       values ('systeem:proef', 'systeem', 'proef.leeg', '{}', 'Proef', gen_random_uuid())`,
    )
    const { body, statusCode } = await get('/audit?actie=proef.leeg', officer)
    expect(statusCode).toBe(200)
    expect(body).toContain('systeem:proef')
  })

  it.each(['backoffice', 'controller', 'contractmanager', 'bestuur', 'beheerder', 'consulent'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
      for (const url of ['/audit', '/audit/export', '/audit/controle'])
        expect((await get(url, wie)).statusCode).toBe(403)
    },
  )
})
