import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeSite } from '@cluster/shared/governance/templates/gates'
import { MANIFESTS } from '@cluster/themes/manifests.ts'
import { evidence, openRolloutOffices, RELEASE, type RolloutOffices, SITES, type Somebody } from '../domains/governance/rollouts/rollouts.fixtures.ts'
import type { Dashboard } from './load-dashboard.ts'

let offices: RolloutOffices
beforeAll(async () => { offices = await openRolloutOffices() })
afterAll(() => offices.close())

const dashboardOf = async (person: Somebody) => (await (await offices.as(person)).get('/api/dashboard')).body as unknown as Dashboard
const siteOf = ({ sites }: Dashboard, slug: string) => sites.find((site) => site.slug === slug)!
const publish = (id: number, site: string, column: string, daysAgo: number) => offices.rows(`
  insert into delivery.records (collection, id, site, column_key, kind, title, title_key, published_at, changed_at, entry, record)
  values ('articles', $1, $2, $3, 'update', '动态', '动态', now() - make_interval(days => $4), now(), '{}', '{}')`, [id, site, column, daysAgo])

describe('the dashboard', () => {
  it('shows the whole tree to the province and the own subtree to a city', async () => {
    expect((await dashboardOf('provinceAdmin')).sites.map(({ slug }) => slug).sort()).toEqual([...SITES].sort())
    expect((await dashboardOf('steward')).sites[0]).toMatchObject({ slug: 'jiangsu', level: 'province', parent: null })
    expect((await dashboardOf('cityAdmin')).sites.map(({ slug }) => slug)).toEqual(['suzhou', 'suzhou-kunshan'])
  })

  it('is closed to who answers for no site as a whole, and says so in the audit', async () => {
    const refused = await (await offices.as('editor')).get('/api/dashboard')
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([403, 'duty-missing'])
    expect(await offices.rows("select from cluster.audit where is_refused and deed = 'read-dashboard' and person_email = $1", [offices.people.editor.email])).toHaveLength(1)
    expect((await offices.anonymous.get('/api/dashboard')).status).toBe(401)
  })

  it('names the columns that are past their limit, with the days', async () => {
    await publish(1, 'suzhou', 'updates', 3)
    await publish(2, 'suzhou', 'updates', 40)
    await publish(3, 'suzhou', 'notices', 181)
    const city = siteOf(await dashboardOf('cityAdmin'), 'suzhou')
    expect(city.stale).toEqual([
      { key: 'notices', name: '通知公告', days: 181, limit: 180 }, { key: 'policies', name: '政策文件', days: null, limit: 180 }])
    expect(siteOf(await dashboardOf('cityAdmin'), 'suzhou-kunshan').stale).toHaveLength(3)
  })

  it('counts the offers that nobody has decided on', async () => {
    const [push] = await offices.rows<{ id: number }>(`
      insert into cluster.pushes (collection, document_id, title, site, mode, pushed_at, person_name, unit) values ('articles', 1, '动态', 'jiangsu', 'offered', now(), '许文远', '综合处') returning id`)
    await offices.rows("insert into cluster.push_targets (push_id, site, state) values ($1, 'suzhou', 'open'), ($1, 'nantong', 'adopted')", [push!.id])
    const dashboard = await dashboardOf('provinceAdmin')
    expect([siteOf(dashboard, 'suzhou').pushes, siteOf(dashboard, 'nantong').pushes, siteOf(dashboard, 'yancheng').pushes]).toEqual([1, 0, 0])
  })

  it('tells release, ring and gates of the rollout under way', async () => {
    const none = await dashboardOf('provinceAdmin')
    expect([none.rollout, siteOf(none, 'nanjing').gate, siteOf(none, 'nanjing').ring]).toEqual([null, 'none', null])
    const rings = [{ name: '试点', sites: ['nanjing', 'nantong', 'yancheng'], soakHours: 24 }, { name: '全省', sites: ['suzhou'], soakHours: 24 }]
    const [rollout] = await offices.rows<{ id: number }>(`
      insert into cluster.rollouts (release, state, rings, ring, attempt, created_at, created_by_name) values ($1, 'running', $2, 0, 2, now(), '季晓岚') returning id`, [RELEASE, JSON.stringify(rings)])
    const found = evidence({ columns: [] })
    const note = (site: string, attempt: number, isGreen: boolean) => offices.rows(`
      insert into cluster.rollout_verdicts (rollout_id, attempt, ring, site, is_green, verdicts, evidence) values ($1, $2, 0, $3, $4, $5, $6)`,
    [rollout!.id, attempt, site, isGreen, JSON.stringify(judgeSite(MANIFESTS[RELEASE], isGreen ? evidence() : found)), JSON.stringify(found)])
    await note('nanjing', 2, true)
    await note('nantong', 2, false)
    // Of an earlier try: it says nothing about this one.
    await note('yancheng', 1, false)
    // Of a ring that is not being tried just now: it stays as it was found.
    await note('suzhou', 1, true)
    const dashboard = await dashboardOf('provinceAdmin')
    expect(dashboard.rollout).toMatchObject({ id: rollout!.id, release: RELEASE, ring: 0 })
    const told = (slug: string) => { const { ring, gate, redGates } = siteOf(dashboard, slug); return { ring, gate, redGates } }
    expect(told('nanjing')).toEqual({ ring: 0, gate: 'green', redGates: [] })
    expect(told('nantong')).toEqual({ ring: 0, gate: 'red', redGates: ['columns'] })
    expect(told('yancheng')).toEqual({ ring: 0, gate: 'measuring', redGates: [] })
    expect(told('suzhou')).toEqual({ ring: 1, gate: 'green', redGates: [] })
    expect(told('nantong-chongchuan')).toEqual({ ring: null, gate: 'none', redGates: [] })
    expect(told('jiangsu')).toEqual({ ring: null, gate: 'none', redGates: [] })
  })
})
