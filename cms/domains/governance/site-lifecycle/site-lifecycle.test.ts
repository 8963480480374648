import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryAnswerSchema } from '@cluster/shared/delivery/api'
import { columnPath, documentPath, resolveAddress } from '@cluster/shared/delivery/addresses'
import type { SiteSummary } from '@cluster/shared/delivery/records'
import { leadElsewhere } from '@cluster/shared/governance/site-lifecycle/redirect'
import type { ChangeAction } from '@cluster/shared/governance/site-lifecycle/steps'
import { act, edit, openTestOffices, review, type TestOffices, write } from '../../../testing/offices.ts'
import { publicCopy } from '../../../testing/public-copy.ts'
import { openReadSide, type ReadSide } from '../../../testing/read-side.ts'
import type { RestDocument } from '../../../testing/rest.ts'
import { tableDigests } from '../../../testing/table-digests.ts'
import type { ChangePage } from './describe.ts'

const [PROVINCE, CITY, KUNSHAN, TAICANG] = ['jiangsu', 'suzhou', 'suzhou-kunshan', 'suzhou-taicang'] as const
const DAY_MS = 86_400_000
/** What a merger carries; compared row by row. */
const CARRIED = ['public.articles', 'public.policies', 'public.letters', 'public.media', 'public.import_batches', 'public.columns', 'public.users', 'public.users_grants',
  'delivery.sites', 'delivery.records', 'delivery.placements', 'delivery.tombstones', 'delivery.tombstone_sites', 'delivery.letter_status', 'delivery.links', 'delivery.files',
  'cluster.pushes', 'cluster.push_targets', 'cluster.adoptions', 'cluster.submissions', 'cluster.pool_notices', 'cluster.site_change_moves']

let offices: TestOffices
let read: ReadSide
let carryPortion: typeof import('./carry.ts').carryPortion
let takeStep: typeof import('./take-step.ts').takeStep
beforeAll(async () => {
  offices = await openTestOffices()
  read = openReadSide(offices.database);
  [{ carryPortion }, { takeStep }] = await Promise.all([import('./carry.ts'), import('./take-step.ts')])
})
afterAll(async () => {
  await read.close()
  await offices.close()
})

const province = () => offices.as('provinceAdmin')
async function begin(body: Record<string, unknown>): Promise<number> {
  const answer = await (await province()).post('/api/site-changes', body)
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return Number(answer.body.id)
}
const look = async (id: number) => (await (await province()).get(`/api/site-changes/${id}`)).body as unknown as ChangePage
/** One action as the screen sends it. @returns the codes of what stood against it */
async function tryStep(id: number, action: ChangeAction, more: Record<string, unknown> = {}): Promise<string[]> {
  const { change } = await look(id)
  const answer = await (await province()).post(`/api/site-changes/${id}/actions`, { action, version: change.version, ...more })
  return (answer.body.errors ?? []).map(({ code }) => code ?? '')
}
async function step(id: number, action: ChangeAction = 'take', more: Record<string, unknown> = {}): Promise<void> {
  expect(await tryStep(id, action, more), `${action} of ${id}`).toEqual([])
}
/** The worker, portion by portion. @returns how many there were */
async function carry(id: number, { isKilled = false } = {}): Promise<number> {
  let portions = 0
  const now = new Date()
  for (;;) {
    if (isKilled) {
      // A worker that dies at its commit: what it did is not there, and the job is done anew.
      const { commitTransaction } = offices.payload.db
      offices.payload.db.commitTransaction = async () => { throw new Error('killed') }
      await expect(carryPortion(offices.payload, id, { portion: 2, now })).rejects.toThrow('killed').finally(() => {
        offices.payload.db.commitTransaction = commitTransaction
      })
    }
    if (!(await carryPortion(offices.payload, id, { portion: 2, now }))) return portions
    portions += 1
  }
}
async function digests(): Promise<Record<string, string | undefined>> {
  const all = await tableDigests(offices.rows)
  return Object.fromEntries(CARRIED.map((table) => [table, all[table]]))
}
const directory = async (): Promise<SiteSummary[]> => directoryAnswerSchema.parse((await read.get('/v1/directory')).json).sites
const standingOf = async (slug: string) => (await directory()).find((site) => site.slug === slug)?.standing
async function published(title: string, more: { column?: string; collection?: 'articles' | 'policies' } = {}): Promise<RestDocument> {
  const document = await write(offices, { title }, more)
  await review(offices, document, 4, more.collection)
  return document
}
async function addressesOf(slug: string): Promise<string[]> {
  const { json } = await read.get(`/v1/sites/${slug}/addresses`)
  const { documents, columns } = json as { documents: Array<{ path: string }>; columns: Array<{ key: string; total: number }> }
  return ['/', ...documents.map(({ path }) => path), ...columns.flatMap(({ key, total }) => [columnPath(key), ...(total > 0 ? [columnPath(key, 2)] : [])])]
}
/** What the delivery server answers for a page of a site. */
async function statusOf(site: string, path: string): Promise<number> {
  const address = resolveAddress(path)
  switch (address?.page) {
    case 'home': return (await read.get(`/v1/sites/${site}/home`)).status
    case 'column': return (await read.get(`/v1/sites/${site}/columns/${address.key}?page=${address.number}`)).status
    case 'document': return (await read.get(`/v1/sites/${site}/documents/${address.collection}/${address.id}`)).status
    default: return 404
  }
}

describe('whoever is no administrator of the province', () => {
  it.each(['siteAdmin', 'editor', 'inspector', 'subtree'] as const)('%s is refused, and the attempt is on record', async (person) => {
    const answer = await (await offices.as(person)).post('/api/site-changes', { kind: 'merge', site: KUNSHAN, target: TAICANG })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([403, 'not-the-province'])
    const refused = await offices.rows<{ reason: string }>("select reason from cluster.audit where is_refused and deed = 'change-site' and person_email = $1", [offices.people[person].email])
    expect(refused.map(({ reason }) => reason)).toEqual(['not-the-province'])
  })
})

describe('opening a site', () => {
  const opening = {
    division: '工业园区', divisionCode: '320571', slug: 'suzhou-yuanqu', parent: CITY, region: null, release: 'standard-1',
    contact: { phone: '0512-66680000' }, administrator: { name: '陈晓', unit: '综合科', email: 'chen@test.example' },
  }

  it('is refused with every reason', async () => {
    const answer = await (await province()).post('/api/site-changes', { kind: 'open', opening: { ...opening, division: '园', divisionCode: '320583', slug: KUNSHAN, release: 'x' } })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map(({ code }) => code).sort()).toEqual(['code-taken', 'division-unfit', 'release-unknown', 'slug-taken'])
  })

  it('is not public before its last step, and the structure can be taken away again', async () => {
    const before = await digests()
    const id = await begin({ kind: 'open', opening })
    await step(id)
    expect(await standingOf(opening.slug)).toEqual({ state: 'opening' })
    const [{ count } = { count: 0 }] = await offices.rows<{ count: number }>('select count(*)::int as count from columns join sites on sites.id = site_id where slug = $1', [opening.slug])
    expect(count).toBe(9)
    expect(await tryStep(id, 'take', { confirm: (await look(id)).siteName })).toEqual(['administrator-missing'])
    await step(id, 'undo')
    expect(await digests()).toEqual(before)

    await step(id)
    await offices.rows(`insert into users_grants (_order, _parent_id, id, duty, site_id) select 9, $1, 'new-admin', 'site-admin', id from sites where slug = $2`, [offices.people.siteAdmin.id, opening.slug])
    expect(await tryStep(id, 'undo')).toEqual(['site-in-use'])
    const { siteName } = await look(id)
    expect(await tryStep(id, 'take', { confirm: '别的名称' })).toEqual(['confirm-missing'])
    await step(id, 'take', { confirm: siteName })
    const opened = (await directory()).find(({ slug }) => slug === opening.slug)
    expect(opened).toMatchObject({ level: 'county', region: 'sunan', parent: CITY })
    expect(opened?.standing).toBeUndefined()
    expect(await tryStep(id, 'undo')).toEqual(['wrong-state'])
  })
})

describe('merging two counties', () => {
  let texts: RestDocument[]
  let withdrawn: RestDocument
  let draft: RestDocument
  let waiting: RestDocument
  let letterId: number
  let id: number
  let untouched: Record<string, string | undefined>
  let before: Record<string, string | undefined>
  let addresses: string[]

  beforeAll(async () => {
    const local = await (await offices.as('siteAdmin')).post('/api/columns', { site: offices.sites[KUNSHAN], key: 'research', name: '调查研究', kind: 'update', description: '调查研究报告' })
    expect(local.status).toBe(201);
    (offices.columns as Map<string, number>).set(`${KUNSHAN}/research`, local.body.doc!.id)
    texts = [await published('职责清单公布'), await published('调研报告', { column: 'research' }), await published('机构编制管理办法', { collection: 'policies', column: 'policies' })]
    withdrawn = await published('写错的一篇')
    expect((await act(offices, 'finalReviewer', 'withdraw', withdrawn, { reason: '数字有误，撤下重发' })).status).toBe(200)
    draft = await write(offices, { title: '还没写完' })
    waiting = await write(offices, { title: '等待审核' })
    await review(offices, waiting, 1)
    // A text of the city on both, and one of 昆山 that 太仓 shows.
    const cityText = await write(offices, { title: '防汛通知' }, { by: 'subtree', site: CITY, column: 'notices' })
    expect((await act(offices, 'parent', 'publish-now', cityText, { reason: '防汛应急，先行发布' })).status).toBe(200)
    const push = await (await offices.as('parent')).post('/api/content-pool/pushes', { site: CITY, collection: 'articles', id: cityText.id, mode: 'mandatory', targets: [KUNSHAN, TAICANG] })
    expect([push.status, push.text]).toEqual([expect.any(Number), expect.not.stringContaining('errors')])
    const alone = await write(offices, { title: '只给昆山' }, { by: 'subtree', site: CITY, column: 'notices' })
    expect((await act(offices, 'parent', 'publish-now', alone, { reason: '防汛应急，先行发布' })).status).toBe(200)
    expect((await (await offices.as('parent')).post('/api/content-pool/pushes', { site: CITY, collection: 'articles', id: alone.id, mode: 'mandatory', targets: [KUNSHAN] })).status).toBeLessThan(300)
    expect((await (await offices.as('sibling')).post('/api/content-pool/adoptions', { site: TAICANG, collection: 'articles', id: texts[0]!.id })).status).toBeLessThan(300)
    const { receiveLetter } = await import('../../interaction/letters/receive.ts')
    await receiveLetter(offices.payload, { site: KUNSHAN, kind: 'inquiry', title: '登记证书', text: '证书怎么换领？请告知。', name: '王一', contact: '13800000000', mayPublish: true }, { now: new Date(), secret: 'x' })
    letterId = (await offices.rows<{ id: number }>('select id from letters'))[0]!.id
    addresses = await addressesOf(KUNSHAN)
    untouched = await digests()
  })

  it('waits for what is in review, and counts what there is', async () => {
    id = await begin({ kind: 'merge', site: KUNSHAN, target: TAICANG })
    const page = await look(id)
    expect(page.againstNext.map(({ code, severity }) => [code, severity])).toEqual([['in-review', 'error'], ['letters-open', 'warning']])
    expect(page.counts).toMatchObject({ inReview: 1, openLetters: 1, placed: 2, elsewhere: 1 })
    expect(page.counts!.documents).toEqual(expect.arrayContaining([{ column: '调查研究', state: 'published', count: 1 }, { column: '工作动态', state: 'withdrawn', count: 1 }]))
    expect(await tryStep(id, 'take')).toEqual(['in-review'])
    expect((await act(offices, 'firstReviewer', 'return', waiting, { reason: '请补充数字后再报' })).status).toBe(200)
    untouched = await digests()
  })

  it('freezes the site with a sentence for its editors; only what is wrong comes down', async () => {
    await step(id)
    const saved = await (await offices.as('editor')).patch(`/api/articles/${draft.id}?depth=0`, { version: draft.version, title: '改一改' })
    expect([saved.status, saved.body.errors?.[0]?.message]).toEqual([409, expect.stringContaining('已停止编辑')])
    expect((await (await offices.as('editor')).post('/api/articles', { site: offices.sites[KUNSHAN], title: '新稿' })).status).toBe(409)
    expect((await act(offices, 'editor', 'submit', draft)).body.errors?.[0]?.code).toBe('site-frozen')
    expect((await (await offices.as('siteAdmin')).patch(`/api/sites/${offices.sites[KUNSHAN]}`, { footer: { phone: '1' } })).status).toBe(409)
    await step(id, 'undo')
    expect(await digests()).toEqual(untouched)
    await step(id)
  })

  it('asks for a place for every local column', async () => {
    expect((await look(id)).columns).toEqual([{ key: 'research', name: '调查研究', mayBeMade: true, fitting: [{ key: 'updates', name: '工作动态' }] }])
    expect(await tryStep(id, 'take')).toEqual(['column-unmapped'])
    expect(await tryStep(id, 'take', { columns: [{ key: 'research', into: 'policies' }] })).toEqual(['column-unfit'])
    await step(id, 'take', { columns: [{ key: 'research', into: 'new' }] })
    await step(id, 'undo')
    expect(await digests()).toEqual(untouched)
    await step(id, 'take', { columns: [{ key: 'research', into: 'new' }] })
    before = await digests()
  })

  it('carries everything in portions, through kills, and back again exactly as it was', async () => {
    await step(id)
    expect(await standingOf(KUNSHAN)).toMatchObject({ state: 'merging', into: TAICANG, isEmptied: false })
    await carryPortion(offices.payload, id, { portion: 3, now: new Date() })
    expect((await look(id)).change).toMatchObject({ state: 'moving', moved: 3, total: 7 })
    await step(id, 'undo')
    await carry(id, { isKilled: true })
    expect((await look(id)).change).toMatchObject({ state: 'active', done: 2 })
    expect(await digests()).toEqual(before)

    await step(id)
    expect(await carry(id, { isKilled: true })).toBe(4)
    expect((await look(id)).change).toMatchObject({ state: 'active', done: 3 })
    const moved = await digests()
    expect(moved).not.toEqual(before)
    await step(id, 'undo')
    await carry(id)
    expect(await digests()).toEqual(before)
  })

  it('keeps numbers, names, times and digests, and shows each text once', async () => {
    const signed = async () => (await offices.rows<{ collection: string; id: number; kept: unknown }>(`
      select collection, id, record - 'site' - 'column' as kept from delivery.records where record->>'site' = any ($1) order by 1, 2`, [[KUNSHAN, TAICANG]]))
    const then = await signed()
    await step(id)
    await carry(id)
    expect(await signed()).toEqual(then)
    const [report] = await offices.rows<{ record: unknown; column: string }>("select record, column_key as column from delivery.records where title = '调研报告'")
    expect(report).toMatchObject({ column: 'research', record: { site: TAICANG, column: { key: 'research', name: '调查研究' } } })
    const doubles = await offices.rows('select from delivery.listed where site = $1 group by collection, id having count(*) > 1', [TAICANG])
    expect(doubles).toHaveLength(0)
    expect((await offices.rows<{ title: string }>("select entry->>'title' as title from delivery.placements where site = $1 order by 1", [TAICANG])).map(({ title }) => title)).toEqual(['只给昆山', '防汛通知'])
    expect(await offices.rows('select from delivery.listed where site = $1', [KUNSHAN])).toHaveLength(0)
    expect((await publicCopy(offices.rows).tombstoneOf(withdrawn))).toMatchObject({ site: TAICANG, title: '写错的一篇' })
    expect((await offices.rows('select from delivery.letter_status where site = $1', [TAICANG]))).toHaveLength(1)
    expect(await standingOf(KUNSHAN)).toMatchObject({ state: 'merging', isEmptied: true })
    const locked = await (await offices.as('sibling')).patch(`/api/articles/${draft.id}?depth=0`, { version: draft.version, title: '改一改' })
    expect([locked.status, locked.body.errors?.[0]?.code]).toEqual([409, 'site-frozen'])
  })

  it('moves the duties of the people who are chosen, and gives them back', async () => {
    const held = await digests()
    await step(id, 'take', { people: [offices.people.editor.id] })
    const duties = await offices.rows<{ slug: string }>('select slug from users_grants join sites on sites.id = site_id where _parent_id = $1', [offices.people.editor.id])
    expect(duties.map(({ slug }) => slug)).toEqual([TAICANG])
    await step(id, 'undo')
    expect(await digests()).toEqual(held)
    await step(id, 'take', { people: [offices.people.editor.id] })
  })

  it('leads every old address to one that is there, for good, once the name is typed; what came in meanwhile goes along', async () => {
    const { receiveLetter } = await import('../../interaction/letters/receive.ts')
    await receiveLetter(offices.payload, { site: KUNSHAN, kind: 'inquiry', title: '刚寄到', text: '这封信是搬移以后才寄来的。', name: '李二', contact: '13900000000', mayPublish: false }, { now: new Date(), secret: 'y' })
    expect(await tryStep(id, 'take')).toEqual(['confirm-missing'])
    const { version } = (await look(id)).change
    await step(id, 'take', { confirm: '昆山机构编制' })
    const late = await (await province()).post(`/api/site-changes/${id}/actions`, { action: 'undo', version })
    expect([late.status, late.body.errors?.[0]?.code]).toEqual([409, 'stale-version'])
    expect(await tryStep(id, 'undo')).toEqual(['wrong-state'])

    const sites = await directory()
    const standing = (slug: string) => sites.find((site) => site.slug === slug)?.standing
    expect(addresses).toEqual(expect.arrayContaining(['/', documentPath({ collection: 'articles', id: texts[0]!.id }), columnPath('research'), columnPath('updates', 2)]))
    for (const path of addresses) {
      const there = leadElsewhere(KUNSHAN, path, standing)
      expect(there, path).toMatchObject({ site: TAICANG, isPermanent: true })
      expect([path, await statusOf(TAICANG, there!.path)]).toEqual([path, 200])
    }
    expect(await offices.rows('select from letters where site_id = $1', [offices.sites[KUNSHAN]])).toHaveLength(0)
    expect(await offices.rows('select from letters where id >= $1 and site_id = $2', [letterId, offices.sites[TAICANG]])).toHaveLength(2)
    // Now the other office works on as with its own.
    const edited = await edit(offices, draft, { title: '接着写' })
    expect(edited.title).toBe('接着写')
    const { history } = await look(id)
    expect(history[0]).toMatchObject({ action: 'take', step: 'finish', name: offices.people.provinceAdmin.name })
    const listed = await (await province()).get('/api/site-changes')
    expect(listed.body.sites).toEqual(expect.arrayContaining([expect.objectContaining({ slug: KUNSHAN, isOpen: false })]))
  })
})

describe('closing a site', () => {
  it('shows the notice, then leads to the site above; the day is kept, and steps before the last are taken back', async () => {
    const until = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10)
    expect((await (await province()).post('/api/site-changes', { kind: 'close', site: PROVINCE, office: '省委编办', until })).body.errors?.[0]?.code).toBe('site-unfit')
    expect((await (await province()).post('/api/site-changes', { kind: 'close', site: 'nanjing', office: '省委编办', until: '2020-01-01' })).body.errors?.[0]?.code).toBe('day-past')
    const before = await digests()
    const id = await begin({ kind: 'close', site: 'nanjing', office: '省委编办', until })
    await step(id)
    await step(id)
    expect(await standingOf('nanjing')).toEqual({ state: 'closing', successor: PROVINCE, office: '省委编办', until })
    expect(await tryStep(id, 'take', { confirm: '南京机构编制' })).toEqual(['too-early'])
    await step(id, 'undo')
    await step(id, 'undo')
    expect(await digests()).toEqual(before)
    await step(id)
    await step(id)
    const { change } = await look(id)
    const { createLocalReq } = await import('payload')
    const user = await offices.payload.findByID({ collection: 'users', id: offices.people.provinceAdmin.id, depth: 0, overrideAccess: true })
    const later = await createLocalReq({ user: { ...user, collection: 'users' }, context: { clock: new Date(Date.now() + 31 * DAY_MS) } }, offices.payload)
    await takeStep(later, id, { action: 'take', version: change.version, confirm: '南京机构编制' })
    const sites = await directory()
    const standing = (slug: string) => sites.find((site) => site.slug === slug)?.standing
    expect(leadElsewhere('nanjing', '/articles/1/', standing)).toEqual({ site: PROVINCE, path: '/', isPermanent: true })
    expect((await act(offices, 'elsewhere', 'submit', { id: 1, version: 1 })).status).toBeGreaterThanOrEqual(400)
    const refused = await (await offices.as('elsewhere')).post('/api/articles', { site: offices.sites.nanjing, title: '新稿' })
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([409, expect.stringContaining('本站点已关闭')])
  })
})
