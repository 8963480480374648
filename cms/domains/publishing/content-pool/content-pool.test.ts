import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnAnswerSchema, documentAnswerSchema, homeAnswerSchema } from '@cluster/shared/delivery/api'
import type { Entry } from '@cluster/shared/delivery/records'
import { searchAnswerSchema } from '@cluster/shared/delivery/search'
import { indexDocuments } from '../../../search/index-documents.ts'
import { readVersions } from '../../../search/read-search-records.ts'
import { act, openTestOffices, review, type TestOffices, type TestSite, write } from '../../../testing/offices.ts'
import type { PersonKey } from '../../../testing/people.ts'
import { publicCopy } from '../../../testing/public-copy.ts'
import { openReadSide, type ReadSide } from '../../../testing/read-side.ts'
import type { Answer, RestDocument } from '../../../testing/rest.ts'

const [CITY, COUNTY, OTHER] = ['suzhou', 'suzhou-kunshan', 'suzhou-taicang'] as const
const REASON = '防汛应急，先行发布'

let offices: TestOffices
let read: ReadSide
let copy: ReturnType<typeof publicCopy>
let pool: Pool
beforeAll(async () => {
  offices = await openTestOffices()
  read = openReadSide(offices.database)
  copy = publicCopy(offices.rows)
  pool = new Pool({ connectionString: offices.database.appUrl })
})
afterAll(async () => {
  await pool.end()
  await read.close()
  await offices.close()
})

const ask = async (person: PersonKey, path: string, body?: object): Promise<Answer> => {
  const client = await offices.as(person)
  return body ? client.post(`/api/content-pool${path}`, body) : client.get(`/api/content-pool${path}`)
}
const codes = ({ body }: Answer) => (body.errors ?? []).map(({ code }) => code)
const done = async (answer: Promise<Answer>): Promise<Record<string, unknown>> => {
  const { status, text, body } = await answer
  if (status !== 200) throw new Error(`refused: ${status} ${text}`)
  return body
}

/** A text of 苏州 that is public at once. */
async function cityText(title: string, column = 'notices', more: Record<string, unknown> = {}): Promise<RestDocument> {
  const document = await write(offices, { title, ...more }, { by: 'subtree', site: CITY, column })
  expect((await act(offices, 'parent', 'publish-now', document, { reason: REASON })).status).toBe(200)
  return document
}
/** A text of 昆山 that three people have reviewed. */
async function countyText(title: string, column = 'updates', more: Record<string, unknown> = {}): Promise<RestDocument> {
  const document = await write(offices, { title, ...more }, { column })
  await review(offices, document)
  return document
}
async function correct(document: RestDocument, data: Record<string, unknown>): Promise<void> {
  expect((await act(offices, 'parent', 'correct', document, { reason: '数字有误，更正为一百二十一项' })).status).toBe(200)
  const saved = await (await offices.as('subtree')).patch(`/api/articles/${document.id}?depth=0`, { version: document.version, ...data })
  expect(saved.status).toBe(200)
  expect((await act(offices, 'parent', 'publish-now', saved.body.doc!, { reason: REASON })).status).toBe(200)
}
const pushed = async (document: RestDocument, targets: readonly string[], mode: 'mandatory' | 'offered' = 'mandatory') =>
  Number((await done(ask('parent', '/pushes', { site: CITY, collection: 'articles', id: document.id, mode, targets }))).push)

const columnOf = async (site: TestSite, key: string): Promise<Entry[]> => columnAnswerSchema.parse((await read.get(`/v1/sites/${site}/columns/${key}`)).json).entries
const isListed = async (site: TestSite, key: string, { id }: { id: number }) => (await columnOf(site, key)).some((entry) => entry.id === id)
const documentOn = (site: TestSite, { id }: { id: number }, collection = 'articles') => read.get(`/v1/sites/${site}/documents/${collection}/${id}`)

describe('a mandatory push', () => {
  it('is there at once on every target, in the matching column, from one copy and one row of the feed', async () => {
    const document = await cityText('全市机构编制实名制通告')
    const before = await copy.lastSeq()
    expect(await done(ask('parent', '/pushes', { site: CITY, collection: 'articles', id: document.id, mode: 'mandatory', targets: [COUNTY, OTHER] })))
      .toMatchObject({ placed: 2, offered: 0, already: 0 })
    expect(await copy.lastSeq()).toBe(before + 1)
    expect(await copy.tagsSince(before)).toEqual(expect.arrayContaining([
      `doc:articles/${document.id}`, `column:${COUNTY}/notices`, `latest:${COUNTY}`, `column:${OTHER}/notices`, `latest:${OTHER}`]))
    for (const site of [COUNTY, OTHER]) {
      expect((await columnOf(site, 'notices'))[0]).toMatchObject({ id: document.id, site: CITY, placedOn: site, columnKey: 'notices' })
      const home = homeAnswerSchema.parse((await read.get(`/v1/sites/${site}/home`)).json)
      expect(home.columns.notices?.[0]).toMatchObject({ id: document.id, placedOn: site })
      const shown = documentAnswerSchema.parse((await documentOn(site, document)).json)
      expect(shown).toMatchObject({ state: 'published', record: { site: CITY }, placement: { mode: 'mandatory', column: { key: 'notices', name: '通知公告' } } })
      expect((await read.get(`/v1/sites/${site}/latest`)).json).toMatchObject({ entries: [{ id: document.id }] })
      expect(JSON.stringify((await read.get(`/v1/sites/${site}/addresses`)).json)).toContain(`/articles/${document.id}/`)
    }
    expect(documentAnswerSchema.parse((await documentOn(CITY, document)).json)).not.toHaveProperty('placement')
    expect(await offices.rows("select count(*)::int as count from delivery.records where collection = 'articles' and id = $1", [document.id])).toEqual([{ count: 1 }])
    // The home pages above list what was written below, not what they pushed there themselves.
    const city = homeAnswerSchema.parse((await read.get(`/v1/sites/${CITY}/home`)).json)
    expect(city.subtree.some(({ id }) => id === document.id)).toBe(false)
    expect(await offices.rows("select detail->>'mode' as mode, site from cluster.audit where deed = 'push' and document_id = $1 and not is_refused", [document.id]))
      .toEqual([{ mode: 'mandatory', site: CITY }])
  })

  it('follows its original: a correction is everywhere in one commit, and nobody has to be told', async () => {
    const document = await cityText('全市清单共一百二十项')
    await pushed(document, [COUNTY, OTHER])
    const before = await copy.lastSeq()
    await correct(document, { title: '全市清单共一百二十一项' })
    const tags = await copy.tagsSince(before)
    for (const site of [CITY, COUNTY, OTHER]) {
      expect((await columnOf(site, 'notices'))[0]?.title).toBe('全市清单共一百二十一项')
      expect(tags).toContain(`column:${site}/notices`)
      expect(tags).toContain(`latest:${site}`)
    }
    expect(await offices.rows('select from cluster.pool_notices where document_id = $1', [document.id])).toEqual([])
  })

  it('goes along when its office moves it to another column', async () => {
    const document = await cityText('从通知移到动态')
    await pushed(document, [COUNTY])
    await correct(document, { column: offices.columns.get(`${CITY}/updates`) })
    expect([await isListed(COUNTY, 'notices', document), await isListed(COUNTY, 'updates', document)]).toEqual([false, true])
  })

  it('is locked: its site is told who may take it back', async () => {
    const document = await cityText('必登的公告')
    const push = await pushed(document, [COUNTY])
    for (const answer of [
      await ask('editor', '/adoptions/drop', { site: COUNTY, collection: 'articles', id: document.id }),
      await ask('editor', `/pushes/${push}/answer`, { site: COUNTY, action: 'decline', reason: '与本地无关，不用显示' }),
    ]) {
      expect([answer.status, codes(answer)]).toEqual([403, ['locked-placement']])
      expect(answer.body.errors?.[0]?.message).toContain('苏州机构编制')
    }
    const { items } = await done(ask('editor', '/placed')) as { items: Array<Record<string, unknown>> }
    expect(items.find(({ id }) => id === document.id)).toMatchObject({ isLocked: true, mayDrop: false, mode: 'mandatory', origin: CITY })
    expect(await isListed(COUNTY, 'notices', document)).toBe(true)
  })

  it('that is taken back is gone from all sites in one commit, except where it was adopted', async () => {
    const document = await cityText('推送后收回的公告')
    await done(ask('editor', '/adoptions', { site: COUNTY, collection: 'articles', id: document.id }))
    const push = await pushed(document, [COUNTY, OTHER])
    const short = await ask('parent', `/pushes/${push}/take-back`, { reason: '错' })
    expect([short.status, short.body.errors?.[0]?.path]).toEqual([400, 'reason'])
    const before = await copy.lastSeq()
    expect(await done(ask('parent', `/pushes/${push}/take-back`, { reason: '推送范围有误' }))).toEqual({ removed: 1, kept: 1 })
    expect(await copy.lastSeq()).toBe(before + 1)
    expect([(await documentOn(OTHER, document)).status, (await documentOn(COUNTY, document)).status, (await documentOn(CITY, document)).status]).toEqual([404, 200, 200])
    expect(codes(await ask('parent', `/pushes/${push}/take-back`, { reason: '再收回一次' }))).toEqual(['taken-back-already'])
    // What it had adopted itself is its own again.
    await done(ask('editor', '/adoptions/drop', { site: COUNTY, collection: 'articles', id: document.id }))
    expect((await documentOn(COUNTY, document)).status).toBe(404)
  })

  it('stays where another mandatory push of the same text still stands', async () => {
    const document = await cityText('推送两次的公告')
    const first = await pushed(document, [COUNTY])
    await pushed(document, [COUNTY])
    expect(await done(ask('parent', `/pushes/${first}/take-back`, { reason: '与第二次重复' }))).toEqual({ removed: 0, kept: 0 })
    expect(await isListed(COUNTY, 'notices', document)).toBe(true)
  })

  it.each<[string, PersonKey, Record<string, unknown>, number, string]>([
    ['by an editor', 'editor', {}, 403, 'duty-missing'],
    ['by the final reviewer of another city', 'elsewhere', {}, 403, 'duty-missing'],
    ['by the final reviewer below', 'finalReviewer', {}, 403, 'duty-missing'],
    ['by the province\'s administrator', 'provinceAdmin', {}, 403, 'duty-missing'],
    ['on behalf of another city', 'elsewhere', { site: 'nanjing' }, 403, 'not-own'],
    ['from a county', 'finalReviewer', { site: COUNTY }, 403, 'no-subtree'],
    ['outside the subtree', 'parent', { targets: [COUNTY, 'nanjing'] }, 403, 'outside-subtree'],
    ['upward', 'parent', { targets: ['jiangsu'] }, 403, 'outside-subtree'],
    ['to nobody', 'parent', { targets: [] }, 422, 'no-targets'],
    ['to a site that there is not', 'parent', { targets: [COUNTY, 'suzhou-atlantis'] }, 422, 'unknown-target'],
    ['of what there is not', 'parent', { id: 2_000_000_000 }, 404, 'not-found'],
  ])('%s is refused', async (_, person, change, status, code) => {
    const document = await cityText('不能这样推送')
    const answer = await ask(person, '/pushes', { site: CITY, collection: 'articles', id: document.id, mode: 'mandatory', targets: [COUNTY], ...change })
    expect([answer.status, codes(answer)]).toEqual([status, expect.arrayContaining([code])])
    expect(await isListed(COUNTY, 'notices', document)).toBe(false)
    expect(await offices.rows('select from cluster.audit where is_refused and person_id = $1', [offices.people[person].id])).not.toEqual([])
  })

  it('of a draft is refused, and its very existence is not told to strangers', async () => {
    const draft = await write(offices, { title: '还没有发布' }, { by: 'subtree', site: CITY, column: 'notices' })
    const request = { site: CITY, collection: 'articles', id: draft.id, mode: 'mandatory', targets: [COUNTY] }
    const answer = await ask('parent', '/pushes', request)
    expect([answer.status, codes(answer)]).toEqual([409, ['not-published']])
    const stranger = await ask('elsewhere', '/pushes', { ...request, site: 'nanjing' })
    expect([stranger.status, codes(stranger)]).toEqual([404, ['not-found']])
    expect((await ask('elsewhere', `/documents/articles/${draft.id}`)).status).toBe(404)
  })
})

describe('an offer', () => {
  it('waits in the inbox, is declined with a reason that its office reads, or adopted', async () => {
    const document = await cityText('选登：先进经验')
    const before = await copy.lastSeq()
    const push = await pushed(document, [COUNTY, OTHER], 'offered')
    // Nothing public has changed.
    expect(await copy.lastSeq()).toBe(before)
    expect(await isListed(COUNTY, 'notices', document)).toBe(false)
    const inbox = (await (await offices.as('editor')).get('/api/inbox')).body as unknown as { items: Array<Record<string, unknown>> }
    expect(inbox.items).toContainEqual(expect.objectContaining({ reason: 'offer', title: '选登：先进经验' }))
    expect(codes(await ask('editor', `/pushes/${push}/answer`, { site: COUNTY, action: 'decline' }))).toEqual(['reason-required'])
    expect(await done(ask('editor', `/pushes/${push}/answer`, { site: COUNTY, action: 'decline', reason: '与本地政策不符' }))).toEqual({ state: 'declined' })
    expect(await done(ask('sibling', `/pushes/${push}/answer`, { site: OTHER, action: 'adopt' }))).toEqual({ state: 'adopted' })
    expect(await isListed(OTHER, 'notices', document)).toBe(true)
    const { pushes } = await done(ask('parent', '/pushed')) as { pushes: Array<Record<string, unknown>> }
    expect(pushes.find((each) => each.push === push)).toMatchObject({
      targets: 2, shown: 1, open: 0, declined: [{ site: COUNTY, reason: '与本地政策不符', by: offices.people.editor.name }], mayTakeBack: true })
    expect(codes(await ask('sibling', `/pushes/${push}/answer`, { site: OTHER, action: 'decline', reason: '改变主意了' }))).toEqual(['offer-closed'])
    // Taken back: what was adopted stays.
    expect(await done(ask('parent', `/pushes/${push}/take-back`, { reason: '活动已经结束' }))).toEqual({ removed: 0, kept: 1 })
    expect(await isListed(OTHER, 'notices', document)).toBe(true)
  })

  it('that was declined may still be adopted', async () => {
    const document = await cityText('先不采用后采用')
    const push = await pushed(document, [COUNTY], 'offered')
    await done(ask('editor', `/pushes/${push}/answer`, { site: COUNTY, action: 'decline', reason: '版面暂时不够' }))
    await done(ask('editor', `/pushes/${push}/answer`, { site: COUNTY, action: 'adopt' }))
    expect(await isListed(COUNTY, 'notices', document)).toBe(true)
  })

  it('is not made to a site that shows the text already', async () => {
    const document = await cityText('已经在那里')
    await pushed(document, [COUNTY])
    expect(await done(ask('parent', '/pushes', { site: CITY, collection: 'articles', id: document.id, mode: 'offered', targets: [COUNTY, OTHER] })))
      .toMatchObject({ placed: 0, offered: 1, already: 1 })
    const again = await ask('parent', '/pushes', { site: CITY, collection: 'articles', id: document.id, mode: 'offered', targets: [COUNTY] })
    expect([again.status, codes(again)]).toEqual([409, ['there-already']])
  })

  it.each<[string, PersonKey, string]>([
    ['a reviewer of the site', 'firstReviewer', COUNTY], ['an editor of another site', 'sibling', COUNTY], ['who pushed it', 'parent', COUNTY],
    ['an editor for a site that was not asked', 'elsewhere', 'nanjing'],
  ])('is not answered by %s', async (_, person, site) => {
    const document = await cityText('不该由别人答')
    const push = await pushed(document, [COUNTY], 'offered')
    const answer = await ask(person, `/pushes/${push}/answer`, { site, action: 'adopt' })
    expect([403, 404]).toContain(answer.status)
    expect(await offices.rows('select state from cluster.push_targets where push_id = $1', [push])).toEqual([{ state: 'open' }])
  })
})

describe('adopting', () => {
  it('takes a sibling\'s text over with its chain of names, and hears of corrections until somebody has seen them', async () => {
    const document = await countyText('昆山试行代办员制度')
    expect(await done(ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id }))).toEqual({ columnKey: 'updates' })
    const shown = documentAnswerSchema.parse((await documentOn(OTHER, document)).json)
    expect(shown).toMatchObject({ record: { disclosure: { chain: [{ name: offices.people.editor.name }, {}, {}, { name: offices.people.finalReviewer.name }] } }, placement: { mode: 'adopted' } })
    expect((await act(offices, 'editor', 'correct', document, { reason: '人数统计口径有误' })).status).toBe(200)
    const saved = (await (await offices.as('editor')).patch(`/api/articles/${document.id}?depth=0`, { version: document.version, title: '昆山推行代办员制度' })).body.doc!
    // As long as the correction is reviewed, everybody goes on reading what was signed.
    expect((await columnOf(OTHER, 'updates'))[0]?.title).toBe('昆山试行代办员制度')
    await review(offices, saved)
    expect((await columnOf(OTHER, 'updates'))[0]?.title).toBe('昆山推行代办员制度')
    const { notices } = await done(ask('sibling', '/received')) as { notices: Array<Record<string, unknown>> }
    const notice = notices.find(({ id }) => id === document.id)
    expect(notice).toMatchObject({ change: 'corrected', parts: ['标题'], reason: '人数统计口径有误', origin: COUNTY, site: OTHER })
    const inbox = (await (await offices.as('sibling')).get('/api/inbox')).body as unknown as { items: Array<Record<string, unknown>> }
    expect(inbox.items).toContainEqual(expect.objectContaining({ reason: 'corrected', note: expect.stringContaining('标题') }))
    expect((await ask('editor', `/notices/${Number(notice!.notice)}/seen`, {})).status).toBe(403)
    await done(ask('sibling', `/notices/${Number(notice!.notice)}/seen`, {}))
    expect((await done(ask('sibling', '/received')) as { notices: unknown[] }).notices).toEqual([])
  })

  it('is offered by what siblings and superiors have published, by words of the title and in pages', async () => {
    const document = await countyText('昆山百分之百独有的标题')
    const found = await done(ask('sibling', `/adoptable?site=${OTHER}&q=${encodeURIComponent('百分之百独有')}`)) as { entries: Array<Record<string, unknown>> }
    expect(found.entries).toMatchObject([{ id: document.id, isThere: false }])
    await done(ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id }))
    expect(await done(ask('sibling', `/adoptable?site=${OTHER}&q=${encodeURIComponent('百分之百独有')}`))).toMatchObject({ entries: [{ isThere: true }] })
    // Signs that mean something to the database mean themselves.
    expect(await done(ask('sibling', `/adoptable?site=${OTHER}&q=${encodeURIComponent('%_')}`))).toMatchObject({ entries: [], hasMore: false })
    // Nothing of other cities' counties, and nothing from below.
    const all = await done(ask('parent', `/adoptable?site=${CITY}`)) as { entries: Entry[] }
    expect(all.entries.every(({ site }) => ['jiangsu', 'nanjing'].includes(site))).toBe(true)
  })

  it('happens once, however many click at the same time', async () => {
    const document = await countyText('两人同时采用')
    const request = { site: OTHER, collection: 'articles', id: document.id }
    const answers = await Promise.all([ask('sibling', '/adoptions', request), ask('sibling', '/adoptions', request), ask('sibling', '/adoptions', request)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(await offices.rows('select from cluster.adoptions where document_id = $1', [document.id])).toHaveLength(1)
  })

  it('keeps the local column in which it stands', async () => {
    const keeper = await offices.as('siteAdmin')
    const column = (await keeper.post('/api/columns?depth=0', { site: offices.sites[COUNTY], name: '本地动态', key: 'local-news', kind: 'update', description: '本地动态', order: 300 })).body.doc!
    const document = await cityText('放进本地栏目', 'updates')
    await done(ask('editor', '/adoptions', { site: COUNTY, collection: 'articles', id: document.id }))
    await offices.rows("update delivery.placements set column_key = 'local-news' where id = $1", [document.id])
    const refused = await keeper.delete(`/api/columns/${column.id}`)
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([409, expect.stringContaining('内容共享')])
    await done(ask('editor', '/adoptions/drop', { site: COUNTY, collection: 'articles', id: document.id }))
    expect((await keeper.delete(`/api/columns/${column.id}`)).status).toBe(200)
  })

  it('can be undone by the site that did it', async () => {
    const document = await countyText('采用后撤下')
    await done(ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id }))
    await done(ask('sibling', '/adoptions/drop', { site: OTHER, collection: 'articles', id: document.id }))
    expect([await isListed(OTHER, 'updates', document), await isListed(COUNTY, 'updates', document)]).toEqual([false, true])
    expect((await ask('sibling', '/adoptions/drop', { site: OTHER, collection: 'articles', id: document.id })).status).toBe(404)
    await done(ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id }))
  })

  it.each<[string, PersonKey, string, number, string]>([
    ['from another city\'s county', 'elsewhere', 'nanjing', 403, 'out-of-reach'], ['from below, past the submission', 'parent', CITY, 403, 'out-of-reach'],
    ['one\'s own', 'editor', COUNTY, 422, 'own'], ['without the duty', 'inspector', OTHER, 403, 'duty-missing'], ['for another site', 'editor', OTHER, 403, 'duty-missing'],
  ])('%s is refused', async (_, person, site, status, code) => {
    const document = await countyText('不能这样采用')
    const answer = await ask(person, '/adoptions', { site, collection: 'articles', id: document.id })
    expect([answer.status, codes(answer)]).toEqual([status, [code]])
  })
})

describe('a withdrawal', () => {
  it('takes the text off every site with 410, tells who chose it, and closes what was open', async () => {
    const document = await cityText('撤稿前到处都有')
    await pushed(document, [COUNTY])
    await done(ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id }))
    const before = await copy.lastSeq()
    expect((await act(offices, 'parent', 'withdraw', document, { reason: '内容有误，撤下核实' })).status).toBe(200)
    expect(await copy.lastSeq()).toBe(before + 1)
    const tags = await copy.tagsSince(before)
    for (const site of [CITY, COUNTY, OTHER]) {
      const answer = documentAnswerSchema.parse((await documentOn(site, document)).json)
      expect(answer).toMatchObject({ state: 'withdrawn', tombstone: { reason: '内容有误，撤下核实' }, ...(site === CITY ? {} : { placement: { column: { key: 'notices' } } }) })
      expect(await isListed(site, 'notices', document)).toBe(false)
      expect(tags).toContain(`column:${site}/notices`)
    }
    expect((await documentOn('nanjing', document)).status).toBe(404)
    expect(await offices.rows('select site, change from cluster.pool_notices where document_id = $1', [document.id])).toEqual([{ site: OTHER, change: 'withdrawn' }])
    const answer = await ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id })
    expect([answer.status, codes(answer)]).toEqual([409, ['not-published']])
  })

  it('at the moment of an adoption leaves one outcome: the text stands nowhere', async () => {
    for (let round = 0; round < 5; round += 1) {
      const document = await cityText(`同时撤稿和采用${round}`)
      const [withdrawn, adopted] = await Promise.all([
        act(offices, 'parent', 'withdraw', document, { reason: '内容有误，撤下核实' }), ask('sibling', '/adoptions', { site: OTHER, collection: 'articles', id: document.id })])
      expect(withdrawn.status).toBe(200)
      expect([200, 409]).toContain(adopted.status)
      expect(await isListed(OTHER, 'notices', document)).toBe(false)
      expect((await documentOn(OTHER, document)).json.state).toBe(adopted.status === 200 ? 'withdrawn' : undefined)
      expect(await offices.rows('select from cluster.adoptions where document_id = $1 and dropped_at is null', [document.id])).toEqual([])
    }
  })

  it('closes offers that nobody has answered, and returns what waits for a superior', async () => {
    const offered = await cityText('还没有人答的推送')
    const push = await pushed(offered, [COUNTY], 'offered')
    expect((await act(offices, 'parent', 'withdraw', offered, { reason: '内容有误，撤下核实' })).status).toBe(200)
    expect(codes(await ask('editor', `/pushes/${push}/answer`, { site: COUNTY, action: 'adopt' }))).toEqual(['offer-closed'])
    const submitted = await countyText('报送后撤稿')
    const { submission } = await done(ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: submitted.id }))
    expect((await act(offices, 'finalReviewer', 'withdraw', submitted, { reason: '内容有误，撤下核实' })).status).toBe(200)
    expect(await offices.rows('select state, reason from cluster.submissions where id = $1', [submission])).toEqual([{ state: 'returned', reason: '原文已由本单位撤稿' }])
  })
})

describe('submitting upward', () => {
  it('is accepted onto the superior\'s site with points, and counted in the year\'s table', async () => {
    const document = await countyText('昆山经验上报')
    const { submission, to } = await done(ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: document.id }))
    expect(to).toBe(CITY)
    expect(codes(await ask('secondEditor', '/submissions', { site: COUNTY, collection: 'articles', id: document.id }))).toEqual(['waiting-already'])
    const inbox = (await (await offices.as('parent')).get('/api/inbox')).body as unknown as { items: Array<Record<string, unknown>> }
    expect(inbox.items).toContainEqual(expect.objectContaining({ reason: 'submission', title: '昆山经验上报' }))
    for (const person of ['editor', 'finalReviewer', 'sibling', 'elsewhere'] as const) {
      expect((await ask(person, `/submissions/${submission}/decide`, { action: 'accept' })).status, person).toBe(403)
    }
    const year = new Date().getFullYear()
    const pointsOf = async (person: PersonKey) =>
      (await done(ask(person, `/years/${year}`)) as { rows: Array<{ site: string; points: number }> }).rows.find(({ site }) => site === COUNTY)?.points ?? 0
    const before = await pointsOf('editor')
    expect(await done(ask('parent', `/submissions/${submission}/decide`, { action: 'accept' }))).toEqual({ state: 'accepted' })
    expect(await isListed(CITY, 'updates', document)).toBe(true)
    expect(codes(await ask('parent', `/submissions/${submission}/decide`, { action: 'return', reason: '改变主意了' }))).toEqual(['decided-already'])
    expect(codes(await ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: document.id }))).toEqual(['accepted-already'])
    expect(await pointsOf('editor')).toBe(before + 1)
    expect(await pointsOf('inspector')).toBe(before + 1)
    // Another office's line is its own affair.
    expect(await pointsOf('sibling')).toBe(0)
    expect(await done(ask('editor', '/submissions'))).toMatchObject({ own: expect.arrayContaining([expect.objectContaining({ submission, state: 'accepted', points: 1 })]), below: [] })
    const { status, text } = await ask('editor', `/years/${year}/csv`)
    expect([status, text.charCodeAt(0) === 0xFEFF || text.startsWith('"站点"')]).toEqual([200, true])
    expect(text).toContain('"昆山机构编制"')
  })

  it('is returned with a reason, and may come again', async () => {
    const document = await countyText('写得不够具体')
    const { submission } = await done(ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: document.id }))
    expect(codes(await ask('parent', `/submissions/${submission}/decide`, { action: 'return' }))).toEqual(['reason-required'])
    expect(await done(ask('parent', `/submissions/${submission}/decide`, { action: 'return', reason: '请补充数据' }))).toEqual({ state: 'returned' })
    expect(await isListed(CITY, 'updates', document)).toBe(false)
    await done(ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: document.id }))
  })

  it('is refused for reposts, for what was adopted, for drafts, and to whoever is no editor there', async () => {
    const repost = await countyText('转载的稿件', 'updates', { origin: { type: 'repost', source: '新华日报' } })
    expect(codes(await ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: repost.id }))).toEqual(['not-original'])
    const adopted = await cityText('采用来的稿件')
    await pushed(adopted, [COUNTY])
    expect(codes(await ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: adopted.id }))).toEqual(['not-original'])
    const draft = await write(offices)
    expect(codes(await ask('editor', '/submissions', { site: COUNTY, collection: 'articles', id: draft.id }))).toEqual(['not-published'])
    const document = await countyText('别人不能报送')
    for (const person of ['finalReviewer', 'siteAdmin', 'sibling', 'parent'] as const) {
      expect((await ask(person, '/submissions', { site: COUNTY, collection: 'articles', id: document.id })).status, person).toBe(403)
    }
  })
})

describe('every copy knows where it comes from', () => {
  it('a repost without its source is not even submitted for review', async () => {
    const document = await write(offices, { origin: { type: 'repost' } })
    const answer = await act(offices, 'editor', 'submit', document)
    expect([answer.status, codes(answer)]).toEqual([422, ['source-required']])
  })

  it('a site\'s own search finds what stands on it, and the cluster\'s finds it once', async () => {
    const document = await cityText('独角兽机构改革简报')
    await pushed(document, [COUNTY])
    await indexDocuments({ pool, engine: null }, [{ collection: 'articles', id: document.id }])
    const search = async (more: string) => searchAnswerSchema.parse((await read.get(`/v1/search?q=${encodeURIComponent('独角兽')}${more}`)).json)
    expect((await search('')).hits).toMatchObject([{ id: document.id, site: CITY }])
    expect((await search(`&site=${CITY}`)).hits.map(({ placedOn }) => placedOn)).toEqual([undefined])
    expect((await search(`&site=${COUNTY}`)).hits).toMatchObject([{ id: document.id, site: CITY, placedOn: COUNTY }])
    expect((await search(`&site=${OTHER}`)).total).toBe(0)
    // Placed elsewhere, it is another row for the index, though its text is the same.
    const version = async () => [...(await readVersions(pool, [{ collection: 'articles', id: document.id }])).values()]
    const before = await version()
    await pushed(document, [OTHER])
    expect(await version()).not.toEqual(before)
    expect(await copy.jobsFor(`index:articles/${document.id}`)).toMatchObject([{ task: 'index-document' }])
  })
})

describe('bad input', () => {
  const BAD: Array<[string, unknown]> = [
    ['/pushes', {}], ['/pushes', { site: CITY, collection: 'articles', id: '7', mode: 'mandatory', targets: [COUNTY] }],
    ['/pushes', { site: CITY, collection: 'users', id: 7, mode: 'mandatory', targets: [COUNTY] }], ['/pushes', { site: CITY, collection: 'articles', id: 7, mode: 'must', targets: [COUNTY] }],
    ['/pushes', { site: CITY, collection: 'articles', id: 7, mode: 'offered', targets: 'all' }], ['/pushes', { site: CITY, collection: 'articles', id: 7, mode: 'offered', targets: Array(501).fill(COUNTY) }],
    ['/pushes', '{"site":'], ['/pushes', '[]'], ['/adoptions', { site: CITY, collection: 'articles' }], ['/adoptions/drop', {}], ['/submissions', { site: CITY, id: 2 ** 31 }],
    ['/pushes/1/answer', { site: CITY, action: 'accept' }], ['/submissions/1/decide', { action: 'adopt' }], ['/submissions/1/decide', { action: 'return', reason: 7 }],
  ]
  it('is refused with 400 in the house\'s form, and changes nothing', async () => {
    const count = () => offices.rows(`select (select count(*) from cluster.pushes) as pushes, (select count(*) from cluster.adoptions) as adoptions,
      (select count(*) from cluster.submissions) as submissions, (select count(*) from delivery.placements) as placements`)
    const before = await count()
    for (const [path, body] of BAD) {
      const answer = await (await offices.as('parent')).call('POST', `/api/content-pool${path}`, body)
      expect([answer.status, typeof answer.body.errors?.[0]?.message], `${path} ${JSON.stringify(body)}`).toEqual([400, 'string'])
    }
    for (const path of ['/adoptable', '/adoptable?site=suzhou&page=0', '/adoptable?site=suzhou&page=1e9', '/years/26', '/years/x', '/years/99999/csv']) {
      expect((await ask('parent', path)).status, path).toBe(400)
    }
    for (const path of ['/pushes/0/take-back', '/pushes/x/answer', '/submissions/99999999999/decide', '/notices/-1/seen']) {
      expect((await ask('parent', path, { reason: '没有这一个', site: CITY, action: 'adopt' })).status, path).toBe(404)
    }
    expect(await count()).toEqual(before)
  })
})
