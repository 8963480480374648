import { createHmac } from 'node:crypto'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TRIAL_HEADER, trialSchema } from '@cluster/shared/delivery/trial'
import { JIANGSU_SITES, officeName } from '@cluster/shared/governance/site-tree'
import type { Gate } from '@cluster/shared/governance/templates/gates'
import { MANIFESTS } from '@cluster/themes/manifests.ts'
import { dryRun } from '../outbox/tasks/dry-run.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openPublicCopies, type PublicCopies } from '../testing/public-copies.ts'
import { openPortal, type Portal } from './ask-portal.ts'
import { dryRunSites, runUnderWay } from './dry-run-sites.ts'
import { measureRing, ringToMeasure } from './measure-ring.ts'
import { type Measuring, measureSite } from './measure-site.ts'
import { type Checker, openChecker } from './open-checker.ts'
import { type Faults, openMiniaturePortal, STYLES } from './portal.fixtures.ts'
import { trialHeader } from './trial-header.ts'

const KEY = 'k'.repeat(32)
const SITE = 'suzhou-kunshan'
const RELEASE = MANIFESTS['standard-2']
const sponsor = officeName(JIANGSU_SITES.find(({ slug }) => slug === SITE)!)
/** What the sites of the small tree have to show: texts on one of them only. */
const BLOCKS = ['hero', 'updates', 'policies', 'sites']

let database: TestDatabase
let copies: PublicCopies
let pool: Pool
let miniature: Awaited<ReturnType<typeof openMiniaturePortal>>
let portal: Portal
let checker: Checker
beforeAll(async () => {
  database = await createTestDatabase()
  copies = await openPublicCopies(database.ownerUrl)
  await copies.putArticle({ id: 7, title: '工作动态' })
  await copies.putPolicy({ id: 8, title: '编制管理通知' })
  await copies.putArticle({ id: 99, title: '撤下的稿件' })
  await copies.withdraw('articles', 99)
  pool = new Pool({ connectionString: database.appUrl })
  miniature = await openMiniaturePortal({ sponsor })
  portal = openPortal({ url: miniature.url, origin: 'http://{slug}.localhost:4321', key: KEY })
  checker = openChecker()
})
afterAll(async () => {
  await checker?.close()
  portal?.close()
  await miniature?.close()
  await pool?.end()
  await copies?.close()
  await database?.drop()
})
beforeEach(() => {
  miniature.reset()
  miniature.faults.blocks = BLOCKS
})

/** Layouts that the whole set of rules has seen: once is enough for all tests but the one about it. */
const seen = new Set<string>()
const measuring = (layouts = seen): Measuring => ({ asker: pool, portal, checker, styles: STYLES, layouts })
/** Where layouts are not what is tried. */
const quickly = (): Measuring => ({ ...measuring(), checker: { check: ({ html }) => checker.check({ html, isNewLayout: false }) } })
const tryOut = async (faults: Partial<Faults> = {}, layouts = seen) => {
  Object.assign(miniature.faults, faults)
  return (await measureSite(measuring(layouts), { site: SITE, manifest: RELEASE, isTrial: true }))!
}
const redsOf = ({ verdicts }: Awaited<ReturnType<typeof tryOut>>) => verdicts.filter(({ isGreen }) => !isGreen).map(({ gate }) => gate)

describe('a trial header', () => {
  it('is signed with the shared key and soon over', () => {
    const now = new Date('2026-11-23T10:00:00Z')
    const [payload, signature] = trialHeader({ site: SITE, release: 'standard-2', draws: null }, { key: KEY, now })[TRIAL_HEADER]!.split('.')
    expect(signature).toBe(createHmac('sha256', KEY).update(payload!).digest('base64url'))
    expect(trialSchema.parse(JSON.parse(Buffer.from(payload!, 'base64url').toString()))).toEqual({ site: SITE, release: 'standard-2', draws: null, expires: now.getTime() + 120_000 })
  })
})

describe('a site measured on trial', () => {
  it('is looked at on one page of each kind that it has; what it lacks is named', async () => {
    const found = await tryOut()
    expect(found.verdicts.flatMap(({ gate, findings }) => findings.map((finding) => [gate, finding]))).toEqual([])
    expect(Object.fromEntries(found.evidence.pages.map(({ kind, path }) => [kind, path]))).toMatchObject({
      home: '/', column: '/columns/updates/', article: '/articles/7/', policy: '/policies/8/', gone: '/articles/99/', search: expect.stringMatching(/^\/search\/\?q=/) })
    expect(found.evidence.absent).toEqual(['letter'])
    expect(miniature.asked.every(({ host, trial }) => host === `${SITE}.localhost:4321` && trial?.release === 'standard-2')).toBe(true)
    expect(miniature.asked.filter(({ trial }) => trial?.draws === 'error')).toHaveLength(1)
  })

  it.each<[string, Partial<Faults>, Gate[]]>([
    ['a sponsor that the footer does not show', { sponsor: '别的单位' }, ['footer']],
    ['a mandated column without a way to it', { columns: ['updates', 'notices'] }, ['columns']],
    ['home blocks in another order', { blocks: ['hero', 'policies', 'updates', 'sites'] }, ['choices']],
    ['a block that is not there', { blocks: ['hero', 'updates', 'sites'] }, ['choices']],
    ['styles of two releases', { styles: STYLES['standard-1']! }, ['release']],
    ['a style sheet of nobody', { styles: ['/_astro/other.css'] }, ['release']],
    ['markup that is none', { body: '<p><div>块</div></p>' }, ['valid']],
    ['a picture without words', { body: '<img src="/x.png">' }, ['accessible']],
    ['a page that is too heavy', { body: `<p>${'重'.repeat(50_000)}</p>` }, ['weight']],
    ['pages that are slow each time', { renderMs: [400] }, ['speed']],
  ])('with %s turns exactly that gate red', async (_, faults, gates) => {
    expect(redsOf(await tryOut(faults))).toEqual(gates)
  })

  it('is looked at by the whole set of accessibility rules where its layout is new', async () => {
    // Valid markup in a language that is none.
    const unreadable = { body: '<p lang="notalanguage">字</p>' }
    const found = await tryOut(unreadable, new Set())
    expect(redsOf(found)).toEqual(['accessible'])
    expect(found.verdicts.find(({ gate }) => gate === 'accessible')!.findings[0]).toContain('valid-lang')
    expect(redsOf(await tryOut(unreadable))).toEqual([])
  })

  it('is not blamed for what else the machine had to do', async () => {
    expect(redsOf(await tryOut({ renderMs: [900, 300, 8] }))).toEqual([])
  })

  it('says nothing when the portal says nothing', async () => {
    await expect(tryOut({ isSilent: true })).rejects.toMatchObject({ name: 'PortalSilent' })
    expect(await measureSite(measuring(), { site: 'atlantis', manifest: RELEASE, isTrial: true })).toBeNull()
  })
})

/** A rollout that runs its first ring, or a draft with a dry run: as the CMS leaves them. */
async function plan(sites: readonly string[]): Promise<{ rollout: number; run: number }> {
  const { rows: [rollout] } = await copies.query<{ id: number }>(`
    insert into cluster.rollouts (release, state, rings, ring, attempt, created_at, created_by_name) values ('standard-2', 'running', $1, 0, 1, now(), '季晓岚') returning id`,
  [JSON.stringify([{ name: '试点', sites, soakHours: 24 }])])
  const { rows: [run] } = await copies.query<{ id: number }>(`
    insert into cluster.dry_runs (rollout_id, release, state, sites, started_at, person_name) values ($1, 'standard-2', 'running', $2, now(), '季晓岚') returning id`, [rollout!.id, sites])
  return { rollout: rollout!.id, run: run!.id }
}
const end = (rollout: number) => copies.query("update cluster.rollouts set state = 'cancelled' where id = $1", [rollout])

describe('a ring', () => {
  it('is measured on what readers get, once they get the new release; the first red site is the last', async () => {
    const { rollout } = await plan([SITE, 'suzhou', 'nanjing'])
    const ring = (await ringToMeasure({ asker: pool }, { rollout, attempt: 1 }))!
    setTimeout(() => { miniature.faults.release = 'standard-2' }, 250)
    const noted: Array<[string, Gate[]]> = []
    await measureRing(quickly(), { ring, manifest: RELEASE, note: async (site, found) => {
      noted.push([site, redsOf(found)])
      return noted.length < 2
    } })
    // The others have no texts, and the portal shows those of the first one all the same.
    expect(noted).toEqual([[SITE, []], ['suzhou', ['footer', 'choices']]])
    // Once drawn anew for the time that takes, once as readers get it; never under a release that the site does not run.
    const own = miniature.asked.filter(({ host, path }) => host.startsWith(`${SITE}.`) && path === '/articles/7/')
    expect(own.map(({ trial }) => trial && trial.release)).toEqual([null, null])
    expect(own.map(({ trial }) => trial === null).sort()).toEqual([false, true])
    await end(rollout)
  })

  it('of an attempt that is over is left alone', async () => {
    const { rollout } = await plan([SITE])
    expect(await ringToMeasure({ asker: pool }, { rollout, attempt: 2 })).toBeNull()
    await end(rollout)
    expect(await ringToMeasure({ asker: pool }, { rollout, attempt: 1 })).toBeNull()
  })
})

describe('a dry run', () => {
  const stateOf = async (run: number) => (await copies.query<{ state: string; found: string[] }>(`
    select state, array(select site from cluster.dry_run_sites where dry_run_id = id order by site collate "C") as found from cluster.dry_runs where id = $1`, [run])).rows[0]!

  it('keeps each site at once; what a dead worker left is taken up, and nothing is looked at twice', async () => {
    const { rollout, run } = await plan([SITE, 'suzhou', 'nanjing', 'jiangsu'])
    const begun = (await runUnderWay({ asker: pool }, run))!
    await dryRunSites(quickly(), { run: { ...begun, sites: [SITE] }, manifest: RELEASE })
    await copies.query("update cluster.dry_runs set state = 'running', finished_at = null where id = $1", [run])
    const rest = (await runUnderWay({ asker: pool }, run))!
    expect([...rest.sites].sort()).toEqual(['jiangsu', 'nanjing', 'suzhou'])
    miniature.asked.length = 0
    await dryRunSites(quickly(), { run: rest, manifest: RELEASE })
    expect(miniature.asked.some(({ host }) => host.startsWith(`${SITE}.`))).toBe(false)
    expect(await stateOf(run)).toEqual({ state: 'done', found: ['jiangsu', 'nanjing', 'suzhou', SITE] })
    expect(await runUnderWay({ asker: pool }, run)).toBeNull()
    // Nothing left but to say so: no portal is needed for that.
    await copies.query("update cluster.dry_runs set state = 'running', finished_at = null where id = $1", [run])
    miniature.faults.isSilent = true
    await dryRun(pool, { run })
    expect(await stateOf(run)).toMatchObject({ state: 'done' })
    miniature.faults.isSilent = false
    await end(rollout)
  })

  it('that is cancelled stops before its next site, and one whose portal is silent can go on later', async () => {
    const { rollout, run } = await plan([SITE, 'suzhou'])
    const whole = (await runUnderWay({ asker: pool }, run))!
    miniature.faults.isSilent = true
    await expect(dryRunSites(quickly(), { run: whole, manifest: RELEASE })).rejects.toMatchObject({ name: 'PortalSilent' })
    expect(await stateOf(run)).toEqual({ state: 'running', found: [] })
    miniature.faults.isSilent = false
    await copies.query("update cluster.dry_runs set state = 'cancelled' where id = $1", [run])
    await dryRunSites(quickly(), { run: whole, manifest: RELEASE })
    expect(await stateOf(run)).toEqual({ state: 'cancelled', found: [] })
    await end(rollout)
  })
})
