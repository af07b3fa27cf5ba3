import type demonstratie from '../../../regio/leidschendam-voorburg/demonstratie.json'
import { addDays, formatDatumKort } from '../../platform/dates.ts'
import { listAanbodVanDossier, type Toneel } from '../dossiers/index.ts'
import { giveOpdracht, saveConclusie } from './conclusies/actions.ts'
import { startDoorloop } from './doorloop/actions.ts'
import { getDoorloop } from './doorloop/deel.ts'
import { loadMethode } from './methode/actions.ts'
import { listVragen } from './methode/rules.ts'
import { listActueleMethoden } from './methode/store.ts'
import { moveOpdracht } from './opdrachten/actions.ts'
import { addBijdrage, answerBijdrage, saveAntwoord } from './vragen/actions.ts'
import { listBijdragen } from './vragen/store.ts'

export { loadMethode }

type Doorloop = (typeof demonstratie.dossiers)[number]['doorlopen'][number]

/** A run with its answers; answers its id. */
export async function seedDoorloop(toneel: Toneel, dossierId: number, d: Doorloop): Promise<number> {
  const ctx = toneel.speel('beleidsadviseur', d.dagenGeleden)
  const [methode] = await ctx.read(listActueleMethoden)
  const doorloopId = await startDoorloop(ctx, dossierId, {
    methode: String(methode?.methodeId ?? ''),
    trekker: toneel.idVan('beleidsadviseur'),
  })
  await seedAntwoorden(toneel, doorloopId, d)
  return doorloopId
}

/** What people added to the questions of a run, and what was concluded. */
export async function seedUitkomst(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  await seedBijdragen(toneel, doorloopId, d)
  await seedConclusies(toneel, doorloopId, d)
}

/** Either the worked example of the method, with the rest deliberately left open, or the answers that are given. */
async function seedAntwoorden(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  const doorloop = await toneel.speel('beleidsadviseur', 0).read(db => getDoorloop(db, doorloopId))
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
    await saveAntwoord(toneel.speel('beleidsadviseur', d.dagenGeleden - 1 - i), doorloopId, vraag.code, {
      staat,
      tekst: tekst ?? '',
      reden,
      bronnen: vraag.code === 'k1' ? 'Cijfers van dit systeem; gesprekken met consulenten' : '',
      openPunten: '',
      eigenaar: toneel.idVan('beleidsadviseur'),
      versie: 0,
    })
  }
}

async function seedBijdragen(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  for (const [i, b] of d.bijdragen.entries()) {
    const dag = Math.max(1, d.dagenGeleden - 10 - i * 3)
    await addBijdrage(toneel.speel(b.wie, dag), doorloopId, b.vraag, { soort: b.soort, tekst: b.tekst })
    if (!('uitkomst' in b) || b.uitkomst === undefined) continue
    const ctx = toneel.speel('beleidsadviseur', Math.max(0, dag - 2))
    const laatste = (await ctx.read(db => listBijdragen(db, doorloopId, b.vraag))).at(-1)
    await answerBijdrage(ctx, doorloopId, b.vraag, laatste?.bijdrageId ?? 0, {
      uitkomst: b.uitkomst,
      reactie: b.reactie ?? '',
    })
  }
}

async function seedConclusies(toneel: Toneel, doorloopId: number, d: Doorloop): Promise<void> {
  const dag = Math.max(0, d.dagenGeleden - 60)
  const ctx = toneel.speel('beleidsadviseur', dag)
  const doorloop = await ctx.read(db => getDoorloop(db, doorloopId))
  const aanbod = await ctx.read(db => listAanbodVanDossier(db, doorloop.dossierId))
  const codes = await toneel.segmentcodes()
  for (const c of d.conclusies) {
    const conclusieId = await saveConclusie(ctx, doorloopId, null, {
      kwadrant: [c.kwadrant],
      richting: [c.richting],
      tekst: [c.tekst],
      raakt: [c.raakt],
      kenmerken: c.kenmerken,
      aanbod: [String(aanbod.find(a => a.naam === c.aanbod)?.aanbodId ?? '')],
    })
    for (const o of c.opdrachten) {
      const segment = 'segment' in o ? o.segment : undefined
      const opdrachtId = await giveOpdracht(ctx, doorloopId, conclusieId, {
        bestemming: [o.bestemming],
        wat: [o.wat],
        eigenaar: [toneel.idVan(o.eigenaar)],
        uiterlijk: [formatDatumKort(addDays(toneel.vandaag, o.overDagen))],
        segment: [[...codes].find(([, code]) => code === segment)?.[0] ?? ''],
      })
      if (o.staat === 'open') continue
      const eigenaar = toneel.speel(o.eigenaar, 90)
      const doel = { id: opdrachtId, versie: 1 }
      await moveOpdracht(eigenaar, doel, {
        staat: [o.staat],
        eigenaar: [toneel.idVan(o.eigenaar)],
        resultaat: [o.resultaat],
      })
    }
  }
}
