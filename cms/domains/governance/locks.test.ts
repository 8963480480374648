import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices } from '../../testing/offices.ts'
import type { PersonKey } from '../../testing/people.ts'

const KUNSHAN = 'suzhou-kunshan'
const WHO = /只有省级|由省级编办|省级模板管理员/
let offices: TestOffices
let layoutId: number
beforeAll(async () => {
  offices = await openTestOffices()
  layoutId = (await offices.rows<{ id: number }>('select id from layouts where site_id = $1', [offices.sites[KUNSHAN]]))[0]!.id
  await offices.rows(`update sites set footer_phone = '0512-57000000' where id = $1`, [offices.sites[KUNSHAN]])
})
afterAll(() => offices.close())

type Lock = { collection: 'layouts' | 'columns' | 'sites'; by: PersonKey; release?: string; data: Record<string, unknown>; part: string; code: string }
const layout = (release: string, data: Record<string, unknown>, part: string): Lock => ({ collection: 'layouts', by: 'editor', release, data, part, code: 'part-locked' })
const column = (by: PersonKey, data: Record<string, unknown>, part: string): Lock => ({ collection: 'columns', by, data, part, code: 'mandated-column' })
const site = (by: PersonKey, data: Record<string, unknown>, part: string): Lock => ({ collection: 'sites', by, data, part, code: 'part-locked' })

/** Every lock, one row each: the edit that is tried, and the part whose name the refusal must say. */
const LOCKS: ReadonlyArray<readonly [string, Lock]> = [
  ['the place of a fixed block (standard 1)', layout('standard-1', { order: ['notices', 'frontier'] }, '通知公告')],
  ['the place of a fixed block (standard 2)', layout('standard-2', { order: ['hero'] }, '搜索和办事入口')],
  ['a block that must be shown (standard 1)', layout('standard-1', { hidden: ['updates'] }, '工作动态')],
  ['a block that must be shown (standard 2)', layout('standard-2', { hidden: ['policies'] }, '政策文件与解读')],
  ['the accent (standard 1)', layout('standard-1', { accent: 'crimson' }, '主色')],
  ['the hero picture (standard 1)', layout('standard-1', { heroPicture: 1 }, '首页主图')],
  ['local links (standard 1)', layout('standard-1', { links: [{ label: '昆山市政府', href: 'https://www.example.gov.cn/' }] }, '本地链接')],
  ['the name of a mandated column', column('siteAdmin', { name: '改名' }, '工作动态')],
  ['the key of a mandated column', column('siteAdmin', { key: 'news' }, '网址标识')],
  ['the kind of a mandated column', column('provinceAdmin', { kind: 'notice' }, '内容类型')],
  ['the place of a mandated column', column('siteAdmin', { order: 900 }, '次序')],
  ['that a column is mandated', column('provinceAdmin', { isMandated: false }, '工作动态')],
  ['the name of a site', site('siteAdmin', { name: '改名' }, '站点名称')],
  ['the office of a site', site('siteAdmin', { office: '改名' }, '单位全称')],
  ['the domain of a site', site('siteAdmin', { domain: 'x.example.gov.cn' }, '独立域名')],
  ['who may review first', site('siteAdmin', { mayDrafterReviewFirst: true }, '允许起草人兼任初审')],
  ['the release of a site, for its own administrator', site('siteAdmin', { release: 'standard-2' }, '模板版本')],
  ['the release of a site, for the province’s form', site('provinceAdmin', { release: 'standard-2' }, '模板版本')],
  ['the address of a site', site('provinceAdmin', { slug: 'x' }, '网址标识')],
  ['the level of a site', site('provinceAdmin', { level: 'city' }, '层级')],
  ['the parent of a site', site('provinceAdmin', { parent: null }, '上级站点')],
  ['the division of a site', site('provinceAdmin', { division: '某县' }, '行政区划')],
  ['the code of a division', site('provinceAdmin', { divisionCode: '1' }, '区划代码')],
  ['the region of a site', site('provinceAdmin', { region: 'subei' }, '区域')],
]

const targetOf = ({ collection }: Lock) => ({
  layouts: layoutId, columns: offices.columns.get(`${KUNSHAN}/updates`)!, sites: offices.sites[KUNSHAN] })[collection]
const everything = async () => JSON.stringify(await offices.rows(`
  select (select json_agg(l order by id) from layouts l) as layouts, (select json_agg(c order by id) from columns c) as columns,
    (select json_agg(s order by id) from sites s) as sites, (select json_agg(d order by slug) from delivery.sites d) as records,
    (select count(*) from delivery.feed) as feed, (select count(*) from cluster.versions) as versions`))

describe('what a release or the province locks is refused at the save, by name, and nothing changes', () => {
  it.each(LOCKS)('%s', async (_, lock) => {
    if (lock.release) await offices.rows('update sites set release = $1 where id = $2', [lock.release, offices.sites[KUNSHAN]])
    const id = targetOf(lock)
    const before = await everything()
    const version = lock.collection === 'layouts'
      ? { version: Number((await offices.rows<{ version: string }>('select version from layouts where id = $1', [id]))[0]!.version) } : {}

    const answer = await (await offices.as(lock.by)).patch(`/api/${lock.collection}/${id}?depth=0`, { ...version, ...lock.data })
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining(lock.code)])
    expect(answer.body.errors?.[0]?.message).toContain(lock.part)
    expect(answer.body.errors?.[0]?.message).toMatch(WHO)

    const user = { ...await offices.payload.findByID({ collection: 'users', id: offices.people[lock.by].id, depth: 0, overrideAccess: true }), collection: 'users' as const }
    const req = await createLocalReq({ user }, offices.payload)
    const local = offices.payload.update({ collection: lock.collection, id, data: { ...version, ...lock.data } as never, req, user, overrideAccess: false, depth: 0 })
    await expect(local).rejects.toMatchObject({ status: 403, message: expect.stringContaining(lock.part) })
    expect(await everything()).toBe(before)
  })

  it('a mandated column is not deleted either', async () => {
    const id = offices.columns.get(`${KUNSHAN}/updates`)!
    const before = await everything()
    for (const by of ['siteAdmin', 'provinceAdmin'] as const) {
      const answer = await (await offices.as(by)).delete(`/api/columns/${id}`)
      expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([403, expect.stringMatching(/“工作动态”.*只有省级模板管理员/)])
    }
    expect(await everything()).toBe(before)
  })

  it('the lock holds for the cluster’s own writes too, where nobody asks for a person', async () => {
    await offices.rows(`update sites set release = 'standard-1' where id = $1`, [offices.sites[KUNSHAN]])
    const [row] = await offices.rows<{ version: string }>('select version from layouts where id = $1', [layoutId])
    await expect(offices.payload.update({ collection: 'layouts', id: layoutId, data: { version: Number(row!.version), accent: 'pine' }, overrideAccess: true }))
      .rejects.toMatchObject({ status: 403 })
  })
})

describe('what is no lock passes', () => {
  it('a form that sends a site’s own values back', async () => {
    const admin = await offices.as('siteAdmin')
    const { body } = await admin.get(`/api/sites/${offices.sites[KUNSHAN]}?depth=0`)
    const answer = await admin.patch(`/api/sites/${offices.sites[KUNSHAN]}?depth=0`, { ...body as unknown as Record<string, unknown>, footer: { phone: '0512-57000001' } })
    expect([answer.status, (answer.body.doc as { footer?: { phone?: string } }).footer?.phone]).toEqual([200, '0512-57000001'])
  })

  it('a mandated column in its office’s own words', async () => {
    expect((await (await offices.as('siteAdmin')).patch(`/api/columns/${offices.columns.get(`${KUNSHAN}/updates`)}`, { description: '昆山的工作进展' })).status).toBe(200)
  })
})

it('an office’s own column stands behind the mandated ones, whatever number it is given', async () => {
  const made = await (await offices.as('siteAdmin')).post('/api/columns', { site: offices.sites[KUNSHAN], key: 'first', name: '抢先栏目', kind: 'update', description: '想排在最前', order: -5 })
  expect(made.status).toBe(201)
  const [row] = await offices.rows<{ columns: Array<{ key: string; isMandated: boolean }> }>(`select record->'columns' as columns from delivery.sites where slug = $1`, [KUNSHAN])
  expect(row!.columns.at(-1)).toMatchObject({ key: 'first', isMandated: false })
  expect(row!.columns.slice(0, -1).every(({ isMandated }) => isMandated)).toBe(true)
})

describe('what is no choice at all is refused with the field and what to write', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a script address', { links: [{ label: '点我', href: 'javascript:alert(1)' }] }, '网址以 https:// 开头'],
    ['an address of another site without its scheme', { links: [{ label: '点我', href: '//evil.example' }] }, '网址以 https:// 开头'],
    ['nine links', { links: Array.from({ length: 9 }, (_, index) => ({ label: `链接${index}`, href: '/' })) }, '最多 8 条'],
    ['a block that there is not', { order: ['nothing'] }, '板块次序'],
    ['an object as an order', { order: { 0: 'updates' } }, '板块次序'],
    ['an accent that nobody checked', { accent: 'pink' }, '松绿'],
  ])('%s', async (_, data, words) => {
    await offices.rows(`update sites set release = 'standard-2' where id = $1`, [offices.sites[KUNSHAN]])
    const before = await everything()
    const [row] = await offices.rows<{ version: string }>('select version from layouts where id = $1', [layoutId])
    const answer = await (await offices.as('editor')).patch(`/api/layouts/${layoutId}?depth=0`, { version: Number(row!.version), ...data })
    expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([422, expect.stringContaining(words)])
    expect(await everything()).toBe(before)
  })
})
