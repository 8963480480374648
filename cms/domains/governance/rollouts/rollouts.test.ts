import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import type { RolloutAction } from '@cluster/shared/governance/templates/rollout'
import { evidence, judged, openRolloutOffices, RELEASE, type RolloutOffices, SITES } from './rollouts.fixtures.ts'
import type { RolloutPage } from './describe.ts'

const HOUR_MS = 3_600_000
const LESSON = '窄屏上栏目名太长，已请各站点改短。'
let offices: RolloutOffices
let deeds: typeof import('./take-step.ts') & typeof import('./note-verdict.ts') & typeof import('./create-draft.ts')
beforeAll(async () => {
  offices = await openRolloutOffices()
  const [step, verdict, draft] = await Promise.all([import('./take-step.ts'), import('./note-verdict.ts'), import('./create-draft.ts')])
  deeds = { ...step, ...verdict, ...draft }
})
afterAll(() => offices.close())

const releases = async () => Object.fromEntries((await offices.rows<{ slug: string; release: string; shown: string }>(`
  select sites.slug, sites.release, record->>'release' as shown from sites join delivery.sites shown on shown.slug = sites.slug`))
  .map(({ slug, release, shown }) => [slug, release === shown ? release : `${release} shown as ${shown}`]))
const onNew = async () => Object.entries(await releases()).filter(([, release]) => release === RELEASE).map(([slug]) => slug).sort()
const look = async (id: number) => (await (await offices.as('steward')).get(`/api/rollouts/${id}`)).body as unknown as RolloutPage
const lastFeed = async () => (await offices.rows<{ tags: string[]; seq: string }>('select tags, seq from delivery.feed order by seq desc limit 1'))[0]!

async function draft(): Promise<number> {
  const answer = await (await offices.as('steward')).post('/api/rollouts', { release: RELEASE })
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return Number(answer.body.id)
}
/** A dry run as the worker leaves it. */
async function dryRun(id: number, red: readonly string[] = []): Promise<void> {
  const answer = await (await offices.as('steward')).post(`/api/rollouts/${id}/dry-run`)
  expect(answer.status).toBe(200)
  for (const site of SITES) {
    const found = judged(red.includes(site) ? evidence({ footer: { filled: [], shown: [] } }) : evidence())
    await offices.rows('insert into cluster.dry_run_sites (dry_run_id, site, is_green, verdicts, evidence) select max(id), $1, $2, $3, $4 from cluster.dry_runs',
      [site, !red.includes(site), JSON.stringify(found.verdicts), JSON.stringify(found.evidence)])
  }
  await offices.rows("update cluster.dry_runs set state = 'done', finished_at = now() where state = 'running'")
}
/** As the screen does it: the lesson with the steps that ask for one. */
async function step(id: number, action: RolloutAction, { clock, lesson = ['start', 'resume'].includes(action) ? undefined : LESSON }: { clock?: Date; lesson?: string | undefined } = {}) {
  const { rollout } = await look(id)
  return deeds.takeStep(await offices.reqOf('steward', clock), id, { action, version: rollout.version, lesson })
}
/** Notes findings of the present ring: all green, but for the sites that are named. */
async function measure(id: number, red: readonly string[] = []): Promise<void> {
  const { rollout } = await look(id)
  for (const site of rollout.rings[rollout.ring!]!.sites) {
    const goesOn = await deeds.noteVerdict(await createLocalReq({}, offices.payload), {
      rollout: id, attempt: rollout.attempt, site, ...judged(red.includes(site) ? evidence({ footer: { filled: [], shown: [] } }) : evidence()) })
    if (!goesOn) return
  }
}
const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

describe('a draft', () => {
  it('begins with pilots of each region, and a site is moved by anybody who saw the newest plan', async () => {
    const id = await draft()
    const { rollout, readiness } = await look(id)
    expect(rollout.rings.map(({ sites }) => sites.length)).toEqual([6, 1, 2])
    expect(rollout.rings[0]!.sites).toEqual(expect.arrayContaining(['nanjing', 'nanjing-xuanwu', 'nantong', 'yancheng']))
    expect(readiness.map(({ code }) => code)).toEqual(['dry-run-missing'])
    const steward = await offices.as('steward')
    const moved = await steward.post(`/api/rollouts/${id}/move`, { site: 'nanjing-xuanwu', to: 2, version: rollout.version })
    expect(moved.status).toBe(200)
    expect((await look(id)).rollout.rings.map(({ sites }) => sites.includes('nanjing-xuanwu'))).toEqual([false, false, true])
    const stale = await steward.post(`/api/rollouts/${id}/move`, { site: 'nanjing', to: 2, version: rollout.version })
    expect([stale.status, stale.body.errors?.[0]?.code]).toEqual([409, 'stale-version'])
    const { version } = (await look(id)).rollout
    expect((await steward.post(`/api/rollouts/${id}/move`, { site: 'atlantis', to: 2, version })).status).toBe(422)
    expect((await steward.post(`/api/rollouts/${id}/move`, { site: 'nanjing', to: 9, version })).status).toBe(422)
    expect((await steward.post(`/api/rollouts/${id}/soak`, { ring: 0, hours: 3, version })).body.errors?.[0]).toMatchObject({ code: 'soak-out-of-bounds', path: 'hours' })
    expect((await steward.post(`/api/rollouts/${id}/soak`, { ring: 0, hours: 36, version })).status).toBe(200)
    expect((await look(id)).rollout.rings[0]!.soakHours).toBe(36)
    await step(id, 'cancel')
  })

  it.each<[string, (manifest: Manifest) => Manifest, string]>([
    ['a locked block that may be moved', (manifest) => ({ ...manifest, home: manifest.home.map((part) => (part.block === 'hero' ? { ...part, isMovable: true } : part)) }), 'locked-but-movable'],
    ['a colour below contrast', (manifest) => ({ ...manifest, accents: [{ ...manifest.accents[0]!, light: { accent: '#cccccc', accentInk: '#ffffff', ground: '#fbfaf7' } }] }), 'contrast-too-low'],
    ['no footer slot', (manifest) => ({ ...manifest, slots: manifest.slots.filter(({ slot }) => slot !== 'footer') }), 'slot-missing'],
    ['a column missing', (manifest) => ({ ...manifest, columns: manifest.columns.slice(1) }), 'column-missing'],
  ])('of a manifest with %s is refused, and says what to write instead', async (_, spoil, code) => {
    const { MANIFESTS } = await import('@cluster/themes/manifests.ts')
    const before = await offices.rows('select from cluster.rollouts')
    const refused = await deeds.createDraft(await offices.reqOf('steward'), spoil(structuredClone(MANIFESTS[RELEASE]))).catch((error: unknown) => error)
    expect(refused).toMatchObject({ status: 422, issues: expect.arrayContaining([expect.objectContaining({ code, message: expect.stringContaining('请') })]) })
    expect(await offices.rows('select from cluster.rollouts')).toHaveLength(before.length)
  })

  it('of a release that this build lacks is refused', async () => {
    const answer = await (await offices.as('steward')).post('/api/rollouts', { release: 'standard-99' })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([422, 'release-unknown'])
  })
})

describe('whoever is no steward of the province', () => {
  it.each(['citySteward', 'provinceAdmin', 'editor'] as const)('%s is refused, and the attempt is on record', async (person) => {
    const id = await draft()
    const [before] = await offices.rows<{ count: string }>("select count(*) from cluster.audit where is_refused and deed = 'roll-out'")
    const answer = await (await offices.as(person)).post(`/api/rollouts/${id}/actions`, { action: 'start', version: 1 })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([403, 'not-a-steward'])
    const refused = await offices.rows<{ person_email: string; reason: string }>("select * from cluster.audit where is_refused and deed = 'roll-out' order by id")
    expect(refused).toHaveLength(Number(before!.count) + 1)
    expect(refused.at(-1)).toMatchObject({ person_email: offices.people[person].email, reason: 'not-a-steward' })
    expect((await offices.anonymous.post(`/api/rollouts/${id}/actions`, { action: 'start', version: 1 })).status).toBe(401)
    await step(id, 'cancel')
  })
})

describe('a rollout', () => {
  it('does not start before the dry run, nor with a pilot that it found wrong', async () => {
    const id = await draft()
    await expect(step(id, 'start')).rejects.toMatchObject({ issues: [{ code: 'dry-run-missing' }] })
    await dryRun(id, ['nantong', 'suzhou'])
    expect((await look(id)).readiness.map(({ code, severity }) => [code, severity])).toEqual([['dry-run-red', 'error'], ['dry-run-red-later', 'warning']])
    await expect(step(id, 'start')).rejects.toMatchObject({ status: 422, issues: [{ code: 'dry-run-red' }] })
    expect(await onNew()).toEqual([])
    await step(id, 'cancel')
  })

  it('goes over three rings, returns one by itself at a red gate, and goes on after it', async () => {
    const id = await draft()
    await dryRun(id)
    const start = await look(id)
    const [pilots, cities, rest] = start.rollout.rings.map(({ sites }) => [...sites].sort())
    await step(id, 'start')
    expect(await onNew()).toEqual(pilots)
    const fed = await lastFeed()
    expect([...fed.tags].sort()).toEqual(pilots!.map((slug) => `site:${slug}`))
    expect(await offices.rows("select from graphile_worker.jobs where task_identifier = 'measure-ring'")).toHaveLength(1)

    await expect(step(id, 'promote')).rejects.toMatchObject({ issues: expect.arrayContaining([expect.objectContaining({ code: 'gates-open' }), expect.objectContaining({ code: 'soak-not-over' })]) })
    await measure(id)
    await expect(step(id, 'promote')).rejects.toMatchObject({ issues: [{ code: 'soak-not-over' }] })
    await expect(step(id, 'promote', { clock: later(73), lesson: '好' })).rejects.toMatchObject({ issues: [{ code: 'lesson-required', path: 'lesson' }] })
    await step(id, 'promote', { clock: later(73) })
    expect(await onNew()).toEqual([...pilots!, ...cities!].sort())

    // A required field of the footer is missing on the one city.
    await measure(id, cities)
    const halted = await look(id)
    expect(halted.rollout.state).toBe('halted')
    expect(await onNew()).toEqual(pilots)
    expect((await lastFeed()).tags).toEqual(cities!.map((slug) => `site:${slug}`))
    expect(halted.steps[0]).toMatchObject({ action: 'red-gate', name: '系统', detail: { returns: cities, gates: ['footer'] } })
    const kept = (await (await offices.as('steward')).get(`/api/rollouts/${id}/evidence`)).body.sites as Array<{ site: string; verdicts: Array<{ gate: string; findings: string[] }> }>
    expect(kept.find(({ site }) => cities!.includes(site))!.verdicts.find(({ gate }) => gate === 'footer')!.findings[0]).toContain('主办单位')

    await step(id, 'resume', { clock: later(74) })
    expect(await onNew()).toEqual([...pilots!, ...cities!].sort())
    await measure(id)
    await step(id, 'promote', { clock: later(74 + 49) })
    expect(await onNew()).toEqual([...SITES].sort())
    await measure(id, [])
    await step(id, 'complete', { clock: later(74 + 49 + 25) })
    expect((await look(id)).rollout.state).toBe('completed')
    expect(await onNew()).toEqual([...pilots!, ...cities!, ...rest!].sort())

    // What was learned is shown at the next one, and nobody can take it back.
    const next = await draft()
    expect((await look(next)).lessons.filter(({ rollout }) => rollout === id).map(({ lesson }) => lesson)).toEqual([LESSON, LESSON, LESSON])
    await expect(offices.rows('delete from cluster.rollout_steps where rollout_id = $1', [id])).rejects.toThrow(/append-only/)
    await step(next, 'cancel')
    await offices.rows("update sites set release = 'standard-1'")
    await offices.rows(`update delivery.sites set record = jsonb_set(record, '{release}', '"standard-1"')`)
  })

  it('forward, back and forward again loses nothing', async () => {
    const before = await offices.rows("select slug, record - 'release' as record from delivery.sites order by slug")
    const columns = await offices.rows('select * from columns order by id')
    const id = await draft()
    await dryRun(id)
    await step(id, 'start')
    const forward = await onNew()
    await step(id, 'halt')
    expect(await onNew()).toEqual([])
    await step(id, 'resume')
    expect(await onNew()).toEqual(forward)
    await step(id, 'cancel')
    expect(new Set(Object.values(await releases()))).toEqual(new Set(['standard-1']))
    expect(await offices.rows("select slug, record - 'release' as record from delivery.sites order by slug")).toEqual(before)
    expect(await offices.rows('select * from columns order by id')).toEqual(columns)
  })

  it('that two people promote is promoted once; the other is told', async () => {
    const id = await draft()
    await dryRun(id)
    await step(id, 'start')
    await measure(id)
    const { version } = (await look(id)).rollout
    const promote = async (person: 'steward' | 'deputy') => deeds.takeStep(await offices.reqOf(person, later(73)), id, { action: 'promote', version, lesson: LESSON })
    const results = await Promise.allSettled([promote('steward'), promote('deputy')])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409, issues: [{ code: 'stale-version', message: expect.stringContaining('刷新') }] } })
    expect((await look(id)).rollout).toMatchObject({ ring: 1, version: version + 1 })
    await step(id, 'cancel')
    expect(await onNew()).toEqual([])
  })

  it('does not start beside another one, even at the same moment', async () => {
    const ids = [await draft(), await draft()]
    for (const id of ids) await dryRun(id)
    const results = await Promise.allSettled(ids.map((id) => step(id, 'start')))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { issues: [{ code: 'other-running' }] } })
    for (const id of ids) await step(id, 'cancel')
  })

  it('keeps a late finding of an attempt that is over, and draws no conclusion from it', async () => {
    const id = await draft()
    await dryRun(id)
    await step(id, 'start')
    const { rollout } = await look(id)
    await step(id, 'halt')
    await step(id, 'resume')
    const late = await deeds.noteVerdict(await createLocalReq({}, offices.payload), {
      rollout: id, attempt: rollout.attempt, site: 'nanjing', ...judged(evidence({ columns: [] })) })
    expect(late).toBe(false)
    expect((await look(id)).rollout.state).toBe('running')
    expect(await offices.rows('select from cluster.rollout_verdicts where rollout_id = $1', [id])).toHaveLength(1)
    await step(id, 'cancel')
  })
})

describe('a dry run', () => {
  it('is told with its progress, can be stopped once, and is not started twice', async () => {
    const id = await draft()
    const steward = await offices.as('steward')
    expect((await steward.post(`/api/rollouts/${id}/dry-run`)).body.dryRun).toMatchObject({ state: 'running', done: 0, total: SITES.length, secondsLeft: null })
    expect((await steward.post(`/api/rollouts/${id}/dry-run`)).body.errors?.[0]?.code).toBe('already-running')
    const found = judged(evidence())
    await offices.rows('insert into cluster.dry_run_sites (dry_run_id, site, is_green, verdicts, evidence) select max(id), $1, true, $2, $3 from cluster.dry_runs',
      ['suzhou', JSON.stringify(found.verdicts), JSON.stringify(found.evidence)])
    const progress = (await steward.get(`/api/rollouts/${id}/dry-run`)).body as { run: { done: number; secondsLeft: number }; sites: Array<{ site: string }> }
    expect(progress.run.done).toBe(1)
    expect(progress.run.secondsLeft).toBeGreaterThanOrEqual(0)
    expect(progress.sites.map(({ site }) => site)).toEqual(['suzhou'])
    expect((await steward.post(`/api/rollouts/${id}/dry-run/cancel`)).body.dryRun).toMatchObject({ state: 'cancelled', done: 1 })
    expect((await steward.post(`/api/rollouts/${id}/dry-run/cancel`)).status).toBe(409)
    await step(id, 'cancel')
  })
})
