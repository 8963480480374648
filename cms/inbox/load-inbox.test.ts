import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import type { PersonKey } from '../testing/people.ts'
import type { Inbox, InboxItem } from './inbox-item.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const inboxOf = async (person: PersonKey): Promise<Inbox> => (await (await offices.as(person)).get('/api/inbox')).body as unknown as Inbox
const lineOf = async (person: PersonKey, { id }: { id: number }, collection = 'articles'): Promise<InboxItem | undefined> =>
  (await inboxOf(person)).items.find((item) => item.id === id && item.collection === collection)
const whoSees = async (document: { id: number }, people: PersonKey[], collection?: string): Promise<PersonKey[]> => {
  const seen = await Promise.all(people.map(async (person) => ((await lineOf(person, document, collection)) ? [person] : [])))
  return seen.flat()
}
const ALL: PersonKey[] = ['editor', 'secondEditor', 'firstReviewer', 'secondReviewer', 'finalReviewer', 'deputy', 'sibling', 'parent', 'subtree', 'elsewhere', 'inspector', 'former', 'coming', 'nobody']

describe('the inbox', () => {
  it('is closed to strangers', async () => {
    expect((await offices.anonymous.get('/api/inbox')).status).toBe(401)
    // Nor does it open before the first password was changed.
    expect((await (await offices.as('newcomer')).get('/api/inbox')).status).toBe(401)
  })

  it('shows a draft to who wrote it and to nobody else', async () => {
    const document = await write(offices)
    expect(await whoSees(document, ALL)).toEqual(['editor'])
    expect(await lineOf('editor', document)).toMatchObject({
      reason: 'draft', kind: '工作动态', state: 'draft', site: { name: '昆山机构编制' }, href: `/admin/collections/articles/${document.id}` })
  })

  it.each([
    [1, ['firstReviewer', 'subtree']],
    [2, ['secondReviewer', 'subtree']],
    [3, ['finalReviewer', 'deputy', 'subtree']],
    [4, []],
  ] as const)('after %i steps shows a text to those whose turn it is, on this site or its subtree', async (steps, people) => {
    const document = await write(offices)
    await review(offices, document, steps)
    expect(await whoSees(document, ALL)).toEqual(people)
  })

  it('does not show a text to somebody who has signed it already, whatever duties they hold', async () => {
    const document = await write(offices, {}, { by: 'everything' })
    expect((await act(offices, 'everything', 'submit', document)).status).toBe(200)
    expect(await whoSees(document, ['everything', 'firstReviewer'])).toEqual(['firstReviewer'])
  })

  it('shows a returned text to its writer, with the reason and who gave it', async () => {
    const document = await write(offices)
    await review(offices, document, 1)
    expect((await act(offices, 'firstReviewer', 'return', document, { reason: '数字与附表不符' })).status).toBe(200)
    expect(await whoSees(document, ALL)).toEqual(['editor'])
    expect(await lineOf('editor', document)).toMatchObject({ reason: 'returned', note: '数字与附表不符', from: { name: offices.people.firstReviewer.name } })
  })

  it('shows an emergency publication to the next reviewer only, with its deadline, before what has none', async () => {
    const waiting = await write(offices)
    await review(offices, waiting, 1)
    const urgent = await write(offices)
    expect((await act(offices, 'finalReviewer', 'publish-now', urgent, { reason: '防汛应急公告' })).status).toBe(200)
    expect(await whoSees(urgent, ALL)).toEqual(['firstReviewer', 'subtree'])
    const { items } = await inboxOf('firstReviewer')
    expect(items[0]).toMatchObject({ id: urgent.id, reason: 'review-later', state: 'published', note: '防汛应急公告' })
    expect(Date.parse(items[0]!.dueAt!)).toBeGreaterThan(Date.now())
    expect((await act(offices, 'firstReviewer', 'review-later', urgent)).status).toBe(200)
    expect(await whoSees(urgent, ['firstReviewer', 'secondReviewer'])).toEqual(['secondReviewer'])
  })

  it('shows letters to the editors of their site, the earliest deadline first', async () => {
    const { receiveLetter } = await import('../domains/interaction/letters/receive.ts')
    const letter = { site: 'suzhou-kunshan', name: '张三', contact: '13800000000', text: '请问用编核准需要多久？', mayPublish: false }
    const options = { secret: 'x'.repeat(32) }
    await receiveLetter(offices.payload, { ...letter, kind: 'suggestion', title: '后到期' }, { ...options, now: new Date('2026-03-02T02:00:00Z') })
    await receiveLetter(offices.payload, { ...letter, kind: 'inquiry', title: '先到期' }, { ...options, now: new Date('2026-03-02T02:00:00Z') })
    const { items, counts } = await inboxOf('editor')
    expect(items.slice(0, 2).map(({ title, reason, kind }) => [title, reason, kind])).toEqual([['先到期', 'letter', '咨询'], ['后到期', 'letter', '建议']])
    expect(counts.letter).toBe(2)
    expect(JSON.stringify(items)).not.toMatch(/张三|13800000000/)
    expect((await inboxOf('firstReviewer')).counts.letter).toBe(0)
    expect((await inboxOf('sibling')).counts.letter).toBe(0)
  })

  it('counts policies that lack metadata in one line for each site', async () => {
    const [one, other] = [await write(offices, {}, { collection: 'policies', column: 'policies' }), await write(offices, {}, { collection: 'policies', column: 'policies' })]
    await offices.rows(`update policies set findings = '[{"code":"issuer-missing"}]'::jsonb where id = any($1)`, [[one.id, other.id]])
    const lines = (await inboxOf('editor')).items.filter(({ reason }) => reason === 'metadata')
    expect(lines).toMatchObject([{ id: null, title: '2 份政策文件缺少元数据', site: { name: '昆山机构编制' } }])
    expect((await inboxOf('sibling')).counts.metadata).toBe(0)
  })
})
