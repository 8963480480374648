import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyRecord } from '@cluster/shared/delivery/records'
import { contentDigest } from '@cluster/shared/publishing/digest'
import { richText } from '../testing/api.ts'
import { pdf, png } from '../testing/files.ts'
import { act, edit, openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import { publicCopy } from '../testing/public-copy.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const { recordOf, tombstoneOf, jobsFor, lastSeq, tagsSince, stateOf } = publicCopy((statement, values) => offices.rows(statement, values))
const REASON = { reason: '内容有误，需要处理' }

describe('a publication', () => {
  it('is the signed content with the people who signed it, in their order', async () => {
    const document = await write(offices)
    await review(offices, document, 3)
    expect(await recordOf(document)).toBeNull()
    expect((await act(offices, 'finalReviewer', 'approve', document)).body).toEqual({ state: 'published', version: 1 })
    const record = (await recordOf(document))!
    const { editor, firstReviewer, secondReviewer, finalReviewer } = offices.people
    expect(record.disclosure.chain.map(({ link, name, unit }) => [link, name, unit])).toEqual([
      ['draft', editor.name, editor.unit], ['first-review', firstReviewer.name, firstReviewer.unit],
      ['second-review', secondReviewer.name, secondReviewer.unit], ['final-review', finalReviewer.name, finalReviewer.unit]])
    expect(record.disclosure.emergency).toBeUndefined()
    const signed = await offices.rows<{ digest: string }>("select distinct digest from cluster.sign_offs where collection = 'articles' and document_id = $1", [document.id])
    expect(signed).toEqual([{ digest: record.disclosure.digest }])
    expect(contentDigest(record.content)).toBe(record.disclosure.digest)
    expect(record.column).toEqual({ key: 'updates', name: '工作动态' })
    expect(record.site).toBe('suzhou-kunshan')
  })

  it('happens whole: index job, feed, audit, history', async () => {
    const document = await write(offices)
    const before = await lastSeq()
    await review(offices, document)
    expect(await jobsFor(`index:articles/${document.id}`)).toMatchObject([{ task: 'index-document' }])
    const tags = await tagsSince(before)
    expect(tags).toEqual(expect.arrayContaining([
      `doc:articles/${document.id}`, 'column:suzhou-kunshan/updates', 'latest:suzhou-kunshan', 'latest:suzhou', 'latest:jiangsu']))
    expect(new Set(tags).size).toBe(tags.length)
    expect(await offices.rows("select deed from cluster.audit where collection = 'articles' and document_id = $1 order by id", [document.id]))
      .toEqual(['create', 'submit', 'approve', 'approve', 'approve'].map((deed) => ({ deed })))
  })

  it('happens not at all when its last statement fails', async () => {
    const document = await write(offices)
    await review(offices, document, 3)
    const before = await lastSeq()
    await offices.rows("create function delivery.break_feed() returns trigger language plpgsql as $$ begin raise exception 'feed is broken'; end $$")
    await offices.rows('create trigger broken before insert on delivery.feed for each row execute function delivery.break_feed()')
    try {
      expect((await act(offices, 'finalReviewer', 'approve', document)).status).toBe(500)
    } finally {
      await offices.rows('drop function delivery.break_feed() cascade')
    }
    expect(await stateOf(document)).toMatchObject({ state: 'final-review', is_live: false, published_at: null })
    expect(await recordOf(document)).toBeNull()
    expect(await jobsFor(`index:articles/${document.id}`)).toEqual([])
    expect(await lastSeq()).toBe(before)
    expect(await offices.rows("select link from cluster.sign_offs where collection = 'articles' and document_id = $1 and link = 'final-review'", [document.id])).toEqual([])
    expect((await act(offices, 'finalReviewer', 'approve', document)).status).toBe(200)
  })

  it('happens once, however many click at the same time', async () => {
    const document = await write(offices)
    await review(offices, document, 3)
    const answers = await Promise.all([...Array.from({ length: 4 }, () => act(offices, 'finalReviewer', 'approve', document)), act(offices, 'deputy', 'approve', document)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 403 || status === 409)).toHaveLength(4)
    expect(await offices.rows("select 1 from cluster.sign_offs where document_id = $1 and collection = 'articles' and link = 'final-review'", [document.id])).toHaveLength(1)
  })

  it('is refused to one person with all duties, after the first link', async () => {
    const document = await write(offices, {}, { by: 'everything' })
    expect((await act(offices, 'everything', 'submit', document)).status).toBe(200)
    const refused = await act(offices, 'everything', 'approve', document)
    expect([refused.status, refused.body.errors?.map(({ code }) => code)]).toEqual([403, ['same-person']])
    const order = await act(offices, 'everything', 'publish-now', document, REASON)
    expect([order.status, order.body.errors?.[0]?.code]).toEqual([403, 'same-person'])
  })

  it('is refused when what the text shows changed after it was signed', async () => {
    const upload = await (await offices.as('editor')).upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'], alt: '图' }, await png('会场.png', 600, 400))
    const document = await write(offices, { picture: upload.body.doc!.id })
    await review(offices, document, 2)
    await (await offices.as('editor')).patch(`/api/media/${upload.body.doc!.id}`, { alt: '换了说明' })
    const refused = await act(offices, 'secondReviewer', 'approve', document)
    expect([refused.status, refused.body.errors?.map(({ code }) => code)]).toEqual([409, ['content-changed']])
    expect((await act(offices, 'secondReviewer', 'return', document, REASON)).status).toBe(200)
    await review(offices, document)
    expect((await recordOf(document))?.content.picture?.alt).toBe('换了说明')
  })

  it('is refused while the text lacks something, and all of it is told at once', async () => {
    const document = await write(offices, { title: ' ', body: richText(''), column: null })
    const refused = await act(offices, 'editor', 'submit', document)
    expect(refused.status).toBe(422)
    expect(refused.body.errors?.map(({ code }) => code).sort()).toEqual(['body-required', 'column-required', 'title-required'])
    expect(refused.body.errors?.every(({ message }) => /[\u4e00-\u9fff]/.test(message))).toBe(true)
  })

  it('of somebody without a unit is refused: nobody stands in public unnamed', async () => {
    const document = await write(offices)
    await offices.rows("update users set unit = ' ' where id = $1", [offices.people.firstReviewer.id])
    try {
      expect((await act(offices, 'editor', 'submit', document)).status).toBe(200)
      const refused = await act(offices, 'firstReviewer', 'approve', document)
      expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([422, 'person-unnamed'])
    } finally {
      await offices.rows('update users set unit = $2 where id = $1', [offices.people.firstReviewer.id, offices.people.firstReviewer.unit])
    }
  })

  it('of an interpretation links both ways', async () => {
    const policy = await write(offices, {}, { collection: 'policies', column: 'policies' })
    await review(offices, policy, 4, 'policies')
    const alone = await write(offices, {}, { column: 'interpretations' })
    expect((await act(offices, 'editor', 'submit', alone)).body.errors?.map(({ code }) => code)).toEqual(['policy-required'])
    const interpretation = await write(offices, { policies: [policy.id] }, { column: 'interpretations' })
    const before = await lastSeq()
    await review(offices, interpretation)
    expect((await recordOf(interpretation))?.kind).toBe('interpretation')
    expect(await offices.rows('select from_collection, from_id, to_collection, to_id from delivery.links where to_id = $1', [policy.id]))
      .toEqual([{ from_collection: 'articles', from_id: interpretation.id, to_collection: 'policies', to_id: policy.id }])
    expect(await tagsSince(before)).toContain(`doc:policies/${policy.id}`)
  })

  it('of a policy carries an index number of the year it came, whatever the request says', async () => {
    const policy = await write(offices, { createdAt: '2001-01-01T00:00:00.000Z' }, { collection: 'policies', column: 'policies' })
    await review(offices, policy, 4, 'policies')
    const record = (await recordOf<PolicyRecord>(policy, 'policies'))!
    expect(record.content.indexNumber).toBe(`320583/${new Date().getUTCFullYear()}-${String(policy.id).padStart(5, '0')}`)
  })
})

describe('the publish date', () => {
  it('is the first release and nothing else', async () => {
    const document = await write(offices, { publishedAt: '2001-01-01T00:00:00.000Z' })
    const before = Date.now()
    await review(offices, document)
    const first = (await recordOf(document))!
    expect(Date.parse(first.publishedAt)).toBeGreaterThanOrEqual(before)
    expect(first.publishedAt).toBe(first.disclosure.chain.at(-1)?.at)
    await act(offices, 'editor', 'correct', document, REASON)
    const corrected = await edit(offices, document, { title: '更正后的标题', publishedAt: '2001-01-01T00:00:00.000Z', createdAt: '2001-01-01T00:00:00.000Z' })
    await review(offices, corrected)
    const second = (await recordOf(document))!
    expect(second.publishedAt).toBe(first.publishedAt)
    expect((await stateOf(document)).published_at?.toISOString()).toBe(first.publishedAt)
    expect(second.content.title).toBe('更正后的标题')
    expect(second.disclosure.chain.at(-1)!.at > first.publishedAt).toBe(true)
  })
})

describe('a correction', () => {
  it('leaves the public copy alone until four people have signed, then shows its trace', async () => {
    const document = await write(offices, { title: '原来的标题' })
    await review(offices, document)
    const first = await recordOf(document)
    await act(offices, 'editor', 'correct', document, { reason: '数字有误，更正为二十四名' })
    const corrected = await edit(offices, document, { title: '更正后的标题' })
    await review(offices, corrected, 3)
    expect(await recordOf(document)).toEqual(first)
    await act(offices, 'finalReviewer', 'approve', corrected)
    expect(await recordOf(document)).toMatchObject({
      content: { title: '更正后的标题' }, corrections: [{ reason: '数字有误，更正为二十四名', name: offices.people.editor.name, unit: offices.people.editor.unit }] })
  })

  it('keeps its trace when it is released at a set time', async () => {
    const document = await write(offices)
    await review(offices, document)
    await act(offices, 'editor', 'correct', document, { reason: '定时发布的更正' })
    await review(offices, document, 3)
    const at = new Date(Date.now() + 3_600_000)
    await act(offices, 'finalReviewer', 'schedule', document, { at: at.toISOString() })
    const { releaseScheduled } = await import('./release-scheduled.ts')
    expect(await releaseScheduled(offices.payload, { collection: 'articles', id: document.id, version: 1, now: at })).toBe(true)
    expect((await recordOf(document))?.corrections.map(({ reason }) => reason)).toEqual(['定时发布的更正'])
  })
})

describe('a withdrawal', () => {
  it('takes the copy, its files and links away and leaves reason, name and time', async () => {
    const file = await (await offices.as('editor')).upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'] }, pdf('附件一.pdf'))
    const document = await write(offices, { attachments: [{ file: file.body.doc!.id }] })
    await review(offices, document)
    const record = (await recordOf(document))!
    const [{ hash } = { hash: '' }] = record.content.attachments
    expect(await offices.rows('select name from delivery.files where hash = $1', [hash])).toHaveLength(1)
    const before = await lastSeq()
    expect((await act(offices, 'finalReviewer', 'withdraw', document, { reason: '附件有误，予以撤下' })).body).toEqual({ state: 'withdrawn', version: 1 })
    expect(await recordOf(document)).toBeNull()
    expect(await tombstoneOf(document)).toMatchObject({
      title: record.content.title, reason: '附件有误，予以撤下', name: offices.people.finalReviewer.name, unit: offices.people.finalReviewer.unit, publishedAt: record.publishedAt })
    expect(await offices.rows('select name from delivery.files where hash = $1', [hash])).toHaveLength(0)
    expect(await tagsSince(before)).toEqual(expect.arrayContaining([`doc:articles/${document.id}`, `file:${hash}`, 'latest:jiangsu']))
    expect(await stateOf(document)).toMatchObject({ state: 'withdrawn', is_live: false })
  })

  it('during a correction says of the text what the public had seen, not the unsigned words', async () => {
    const document = await write(offices, { title: '公众看到的标题' })
    await review(offices, document)
    await act(offices, 'editor', 'correct', document, REASON)
    const draft = await edit(offices, document, { title: '还没有人签批的标题', column: offices.columns.get('suzhou-kunshan/notices') })
    expect((await act(offices, 'finalReviewer', 'withdraw', draft, REASON)).status).toBe(200)
    expect(await tombstoneOf(document)).toMatchObject({ title: '公众看到的标题', column: { key: 'updates' } })
    expect((await offices.rows("select record::text from delivery.tombstones where id = $1", [document.id]))[0]?.record).not.toContain('还没有人签批')
  })

  it('of a text that was never public is refused', async () => {
    const document = await write(offices)
    const refused = await act(offices, 'finalReviewer', 'withdraw', document, REASON)
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([409, 'wrong-state'])
  })
})

describe('the change feed', () => {
  it('numbers commits in their order: whoever announces second waits for the first to commit', async () => {
    const { inTransaction } = await import('../database/query.ts')
    const { announce } = await import('../delivery/announce.ts')
    const before = await lastSeq()
    const [one, other] = [await createLocalReq({}, offices.payload), await createLocalReq({}, offices.payload)]
    const order: string[] = []
    let announced = () => {}
    const firstHasAnnounced = new Promise<void>((resolve) => { announced = resolve })
    let letGo = () => {}
    const mayCommit = new Promise<void>((resolve) => { letGo = resolve })
    const first = inTransaction(one, async () => {
      await announce(one, ['test:first'])
      announced()
      await mayCommit
      order.push('first')
    })
    await firstHasAnnounced
    const second = inTransaction(other, async () => {
      await announce(other, ['test:second'])
      order.push('second')
    })
    // The second is seen to wait for the lock, and nothing of either is visible.
    let waiting = 0
    while (waiting === 0) [{ waiting } = { waiting: 0 }] = await offices.rows<{ waiting: number }>("select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted")
    expect(await tagsSince(before)).toEqual([])
    letGo()
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
    expect(await tagsSince(before)).toEqual(['test:first', 'test:second'])
  })
})
