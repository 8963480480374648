import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Inbox } from '../inbox/inbox-item.ts'
import { act, openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import type { PersonKey } from '../testing/people.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const REASON = { reason: '数字有误，需要更正' }
const save = async (person: PersonKey, document: { id: number; version: number }, summary: string) => {
  const answer = await (await offices.as(person)).patch(`/api/articles/${document.id}?depth=0`, { version: document.version, summary })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.doc!
}
const waitsFor = async (person: PersonKey, { id }: { id: number }) =>
  ((await (await offices.as(person)).get('/api/inbox')).body as unknown as Inbox).items.some((item) => item.id === id && item.reason !== 'draft')
const refused = { status: 403, body: { errors: [{ code: 'same-person' }] } }

describe('whoever wrote a part of a text', () => {
  it('does not review it, though somebody else submitted it', async () => {
    const document = await write(offices, {}, { by: 'everything' })
    expect((await act(offices, 'editor', 'submit', document)).status).toBe(200)
    expect(await act(offices, 'everything', 'approve', document)).toMatchObject(refused)
    expect(await waitsFor('everything', document)).toBe(false)
    expect(await waitsFor('firstReviewer', document)).toBe(true)
    expect((await act(offices, 'firstReviewer', 'approve', document)).status).toBe(200)
    expect(await act(offices, 'everything', 'approve', document)).toMatchObject(refused)
  })

  it('does not review it either where a colleague saved it last', async () => {
    const document = await save('editor', await write(offices, {}, { by: 'everything' }), '换一句摘要')
    expect((await act(offices, 'secondEditor', 'submit', document)).status).toBe(200)
    expect(await act(offices, 'everything', 'approve', document)).toMatchObject(refused)
    expect(await act(offices, 'everything', 'publish-now', document, REASON)).toMatchObject(refused)
  })

  it('may review the next round, which others wrote', async () => {
    const document = await write(offices, {}, { by: 'everything' })
    await review(offices, document)
    expect((await act(offices, 'editor', 'correct', document, REASON)).status).toBe(200)
    const corrected = await save('editor', document, '更正后的摘要')
    expect((await act(offices, 'editor', 'submit', corrected)).status).toBe(200)
    expect(await waitsFor('everything', corrected)).toBe(true)
    expect((await act(offices, 'everything', 'approve', corrected)).status).toBe(200)
  })

  it('does not review later what an emergency order published, nor its correction while those reviews are missing', async () => {
    const document = await write(offices, {}, { by: 'everything' })
    expect((await act(offices, 'finalReviewer', 'publish-now', document, REASON)).status).toBe(200)
    expect(await act(offices, 'everything', 'review-later', document)).toMatchObject(refused)
    expect(await waitsFor('everything', document)).toBe(false)
    expect((await act(offices, 'editor', 'correct', document, REASON)).status).toBe(200)
    const corrected = await save('editor', document, '更正后的摘要')
    expect((await act(offices, 'editor', 'submit', corrected)).status).toBe(200)
    expect(await act(offices, 'everything', 'approve', corrected)).toMatchObject(refused)
  })
})
