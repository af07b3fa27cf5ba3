import demonstratie from '../../../regio/leidschendam-voorburg/demonstratie.json' with { type: 'json' }
import wegwijzer from '../../../regio/leidschendam-voorburg/wegwijzer.json' with { type: 'json' }
import { ROL, type Rol } from '../../platform/auth/rollen.ts'
import { addDays, type Datum, dateInNederland, formatDatumKort } from '../../platform/dates.ts'
import { type Ctx, makeCtx, type Omgeving, systeem } from '../../platform/http/ctx.ts'
import { acceptVoorstellen, saveAanbod } from './aanbod/actions.ts'
import { type Aanbodinvoer, LEEG, toInvoer } from './aanbod/invoer.ts'
import { listAanbodVanDossier } from './aanbod/store.ts'
import { adopt, layBefore, recordBesluit } from './blad/actions.ts'
import { giveOpdracht, saveConclusie } from './conclusies/actions.ts'
import { startDoorloop } from './doorloop/actions.ts'
import { getDoorloop, saveDeel } from './doorloop/deel.ts'
import { saveDossier } from './dossiers/actions.ts'
import { countDossiers, findDossier, listKeuzes } from './dossiers/store.ts'
import { loadMethode } from './methode/actions.ts'
import { listVragen } from './methode/rules.ts'
import { listActueleMethoden } from './methode/store.ts'
import { moveOpdracht } from './opdrachten/actions.ts'
import { findOpdracht } from './opdrachten/store.ts'
import { seedScenario } from './scenarios/seed.ts'
import { seedHulpmiddelen } from './seed-hulpmiddelen.ts'
import type { Voorwaarde } from './voorwaarden/rules.ts'
import { addBijdrage, answerBijdrage, saveAntwoord } from './vragen/actions.ts'
import { listBijdragen } from './vragen/store.ts'

export { loadMethode }

type Dossier = (typeof demonstratie.dossiers)[number]
type Doorloop = Dossier['doorlopen'][number]

/** The people of the demonstration and the day on which it is looked at. */
interface Toneel {
  omgeving: Omgeving
  vandaag: Datum
  gemeenten: readonly string[]
  mensen: ReadonlyMap<string, { id: number; naam: string }>
}

/**
 * The policy of a demonstration region: one dossier decided after the example of 004, one half-way with dilemmas, one that
 * runs out. Everything passes through the same actions as a page, by the person who would do it and on that day. Doing it
 * again changes nothing.
 */
export async function seedBeleid(omgeving: Omgeving): Promise<void> {
  const toneel = await openToneel(omgeving)
  const ctx = speel(toneel, 'beleidsadviseur', 500)
  await loadMethode(ctx, JSON.stringify(wegwijzer))
  const filter = { zoek: null, wet: null, gemeente: null, licht: null, doorloop: null, gesloten: false }
  if ((await ctx.read(db => countDossiers(db, { filter, vandaag: toneel.vandaag }))) > 0) return
  for (const dossier of demonstratie.dossiers) await seedDossier(toneel, dossier)
}

async function openToneel(omgeving: Omgeving): Promise<Toneel> {
  const { pool } = omgeving.database
  const gemeenten = await pool.query<{ code: string }>('select code from contracten.gemeente order by code')
  const mensen = await pool.query<{ rol: string; id: number; naam: string }>(
    'select rol, gebruiker_id as id, naam from platform.gebruiker where demonstratie',
  )
  return {
    omgeving,
    vandaag: dateInNederland(omgeving.klok()),
    gemeenten: gemeenten.rows.map(rij => rij.code),
    mensen: new Map(mensen.rows.map(rij => [rij.rol, rij])),
  }
}

/** The context of a person of the demonstration, so many days ago at noon. */
function speel({ omgeving, vandaag, gemeenten, mensen }: Toneel, rol: string, dagenGeleden: number): Ctx {
  const wie = mensen.get(rol)
  if (!wie) throw new Error(`the demonstration has nobody in the role ${rol}`)
  const moment = new Date(`${addDays(vandaag, -dagenGeleden)}T12:00:00+01:00`)
  return makeCtx(
    { ...omgeving, klok: () => (dagenGeleden === 0 ? omgeving.klok() : moment) },
    {
      ...systeem('regio', gemeenten),
      id: `gebruiker:${wie.id}`,
      naam: wie.naam,
      rol: rol as Rol,
      rechten: new Set(ROL[rol as Rol].rechten),
    },
  )
}

const idVan = ({ mensen }: Toneel, rol: string) => String(mensen.get(rol)?.id ?? '')

async function seedDossier(toneel: Toneel, d: Dossier): Promise<void> {
  const ctx = speel(toneel, 'beleidsadviseur', 480)
  const { segmenten } = await ctx.read(listKeuzes)
  const codes = await segmentcodes(toneel)
  const dossierId = await saveDossier(ctx, null, {
    naam: d.naam,
    thema: d.thema,
    wetten: d.wetten,
    gemeente: d.gemeente ? (toneel.gemeenten[0] ?? 'regio') : 'regio',
    toelichting: d.toelichting,
    eigenaar: idVan(toneel, 'beleidsadviseur'),
    looptAf: formatDatumKort(addDays(toneel.vandaag, d.looptAfOverDagen)),
    segmenten: segmenten.map(s => s.waarde).filter(id => d.segmenten.includes(codes.get(id) ?? '')),
  })
  await seedAanbod(toneel, dossierId, d)
  for (const doorloop of d.doorlopen) await seedDoorloop(toneel, dossierId, doorloop)
  if ('scenario' in d) await seedScenario(speel(toneel, 'beleidsadviseur', 0), dossierId)
}

/** Code of every segment by its id as text. */
async function segmentcodes({ omgeving }: Toneel): Promise<Map<string, string>> {
  const { rows } = await omgeving.database.pool.query<{ id: string; code: string }>(
    'select segment_id::text as id, code from contracten.segment',
  )
  return new Map(rows.map(rij => [rij.id, rij.code]))
}

/** Offers of a segment take their figures from the system, the others say theirs. */
async function seedAanbod(toneel: Toneel, dossierId: number, d: Dossier): Promise<void> {
  const ctx = speel(toneel, 'beleidsadviseur', 470)
  const jaar = Number(toneel.vandaag.slice(0, 4)) - 1
  const dossier = await ctx.read(db => findDossier(db, dossierId))
  if (d.aanbod.length > 0) await acceptVoorstellen(ctx, dossierId, jaar, dossier?.segmenten ?? [])
  const codes = await segmentcodes(toneel)
  const bestaand = await ctx.read(db => listAanbodVanDossier(db, dossierId))
  for (const a of d.aanbod) {
    const uitSegment = 'uitSegment' in a ? a.uitSegment : undefined
    const eigen = bestaand.find(b => b.segmentId !== null && codes.get(String(b.segmentId)) === uitSegment)
    const tekst = (veld: 'gebruikers' | 'kosten' | 'bron') =>
      veld in a ? String(a[veld as keyof typeof a]) : ''
    const invoer: Aanbodinvoer = {
      ...(eigen === undefined
        ? { ...LEEG, gebruikers: tekst('gebruikers'), kosten: tekst('kosten'), bron: tekst('bron') }
        : toInvoer(eigen)),
      naam: a.naam,
      aard: a.aard,
      toegang: a.toegang,
      instrument: a.instrument,
      doelgroep: a.doelgroep,
      bewijs: a.bewijs,
      ...(eigen === undefined ? { partners: a.partners } : {}),
      ...(eigen === undefined && tekst('kosten') !== '' ? { jaar: String(jaar) } : {}),
    }
    await saveAanbod(
      ctx,
      dossierId,
      eigen ? { aanbodId: eigen.aanbodId, versie: eigen.versie } : null,
      invoer,
    )
  }
}

async function seedDoorloop(toneel: Toneel, dossierId: number, d: Doorloop): Promise<void> {
  const dag = d.dagenGeleden
  const ctx = speel(toneel, 'beleidsadviseur', dag)
  const [methode] = await ctx.read(listActueleMethoden)
  const doorloopId = await startDoorloop(ctx, dossierId, {
    methode: String(methode?.methodeId ?? ''),
    trekker: idVan(toneel, 'beleidsadviseur'),
  })
  await seedAntwoorden(toneel, doorloopId, d)
  await seedHulpmiddelen(speel(toneel, 'beleidsadviseur', Math.max(1, dag - 30)), doorloopId, d)
  await seedBijdragen(toneel, doorloopId, d)
  await seedConclusies(toneel, doorloopId, d)
  if (d.staat === 'vastgesteld') await seedBesluit(toneel, doorloopId, d)
}

/** Either the worked example of the method, with the rest deliberately left open, or the answers that are given. */
async function seedAntwoorden(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  const doorloop = await speel(toneel, 'beleidsadviseur', 0).read(db => getDoorloop(db, doorloopId))
  const open = new Map(Object.entries('openGelaten' in d ? (d.openGelaten ?? {}) : {}))
  const gegeven = new Map(
    typeof d.antwoorden === 'string' ? [] : Object.entries(d.antwoorden as Record<string, string[]>),
  )
  for (const [i, { vraag }] of listVragen(doorloop.methode).entries()) {
    const reden = open.get(vraag.code) ?? ''
    const [staat, tekst] =
      typeof d.antwoorden === 'string'
        ? [reden === '' ? 'beantwoord' : 'open-gelaten', reden === '' ? (vraag.voorbeeld ?? '') : '']
        : (gegeven.get(vraag.code) ?? [])
    if (staat === undefined) continue
    await saveAntwoord(speel(toneel, 'beleidsadviseur', d.dagenGeleden - 1 - i), doorloopId, vraag.code, {
      staat,
      tekst: tekst ?? '',
      reden,
      bronnen: vraag.code === 'k1' ? 'Cijfers van dit systeem; gesprekken met consulenten' : '',
      openPunten: '',
      eigenaar: idVan(toneel, 'beleidsadviseur'),
      versie: 0,
    })
  }
}

async function seedBijdragen(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  for (const [i, b] of d.bijdragen.entries()) {
    const dag = Math.max(1, d.dagenGeleden - 10 - i * 3)
    await addBijdrage(speel(toneel, b.wie, dag), doorloopId, b.vraag, { soort: b.soort, tekst: b.tekst })
    if (!('uitkomst' in b) || b.uitkomst === undefined) continue
    const ctx = speel(toneel, 'beleidsadviseur', Math.max(0, dag - 2))
    const laatste = (await ctx.read(db => listBijdragen(db, doorloopId, b.vraag))).at(-1)
    await answerBijdrage(ctx, doorloopId, b.vraag, laatste?.bijdrageId ?? 0, {
      uitkomst: b.uitkomst,
      reactie: b.reactie ?? '',
    })
  }
}

async function seedConclusies(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  const dag = Math.max(0, d.dagenGeleden - 60)
  const ctx = speel(toneel, 'beleidsadviseur', dag)
  const doorloop = await ctx.read(db => getDoorloop(db, doorloopId))
  const aanbod = await ctx.read(db => listAanbodVanDossier(db, doorloop.dossierId))
  const codes = await segmentcodes(toneel)
  for (const c of d.conclusies) {
    const conclusieId = await saveConclusie(ctx, doorloopId, null, {
      kwadrant: c.kwadrant,
      richting: c.richting,
      tekst: c.tekst,
      raakt: c.raakt,
      kenmerken: c.kenmerken,
      aanbod: String(aanbod.find(a => a.naam === c.aanbod)?.aanbodId ?? ''),
    })
    for (const o of c.opdrachten) {
      const segment = 'segment' in o ? o.segment : undefined
      const opdrachtId = await giveOpdracht(ctx, doorloopId, conclusieId, {
        bestemming: o.bestemming,
        wat: o.wat,
        eigenaar: idVan(toneel, o.eigenaar),
        uiterlijk: formatDatumKort(addDays(toneel.vandaag, o.overDagen)),
        segment: [...codes].find(([, code]) => code === segment)?.[0] ?? '',
      })
      if (o.staat === 'open') continue
      const eigenaar = speel(toneel, o.eigenaar, 90)
      const opdracht = await eigenaar.read(db => findOpdracht(db, opdrachtId))
      await moveOpdracht(eigenaar, opdrachtId, {
        staat: o.staat,
        eigenaar: idVan(toneel, o.eigenaar),
        resultaat: o.resultaat,
        toelichting: '',
        versie: opdracht?.versie ?? 1,
      })
    }
  }
}

/** Preconditions met, laid before, and what college and raad said. */
async function seedBesluit(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  const dag = 'besluitDagenGeleden' in d ? (d.besluitDagenGeleden ?? 0) : 0
  const ctx = speel(toneel, 'beleidsadviseur', dag + 40)
  await ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    for (const { code } of doorloop.methode.kwadranten.flatMap(k => k.randvoorwaarden))
      await saveDeel(tx, ctx, doorloop, {
        onderdeel: 'voorwaarde',
        sleutel: code,
        naam: 'deze randvoorwaarde',
        versie: 0,
        inhoud: {
          stand: 'voldaan',
          bewijs: 'Beleidsnota',
          motivering: '',
          eigenaar: null,
        } satisfies Voorwaarde,
      })
  })
  const versie = async () => (await ctx.read(db => getDoorloop(db, doorloopId))).versie
  const stap = async () => ({ toelichting: '', naar: '', versie: await versie() })
  await layBefore(ctx, doorloopId, await stap())
  for (const [i, b] of d.besluiten.entries())
    for (const [n, gemeente] of toneel.gemeenten.entries()) {
      // Amended in one municipality: the others took it as it lay there.
      const besluit = n > 0 && b.orgaan === 'raad' ? { ...b, uitkomst: 'vastgesteld', toelichting: '' } : b
      const geleden = dag - i * 20 - n
      await recordBesluit(speel(toneel, 'beleidsadviseur', geleden), doorloopId, {
        ...besluit,
        kenmerk: n === 0 ? b.kenmerk : '',
        gemeente,
        datum: formatDatumKort(addDays(toneel.vandaag, -geleden)),
      })
    }
  await adopt(speel(toneel, 'beleidsadviseur', dag - 30), doorloopId, await stap())
}
