import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../testing/files.ts'
import { act, edit, openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import { publicCopy } from '../testing/public-copy.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const { recordOf, jobsFor, stateOf } = publicCopy((statement, values) => offices.rows(statement, values))
const REASON = { reason: '内容有误，需要处理' }

describe('an emergency publication', () => {
  it('shows who drafted, who ordered it, why, and until when it will be reviewed; then the whole chain', async () => {
    const document = await write(offices)
    expect((await act(offices, 'finalReviewer', 'publish-now', document, { reason: '防汛应急，先行公布' })).status).toBe(200)
    const first = (await recordOf(document))!
    expect(first.disclosure.chain.map(({ link, name }) => [link, name])).toEqual([['draft', offices.people.editor.name], ['final-review', offices.people.finalReviewer.name]])
    expect(first.disclosure.emergency).toMatchObject({ name: offices.people.finalReviewer.name, reason: '防汛应急，先行公布' })
    expect(Date.parse(first.disclosure.emergency!.reviewDueAt) - Date.parse(first.disclosure.emergency!.at)).toBe(24 * 3_600_000)
    expect((await stateOf(document)).review_due_at?.toISOString()).toBe(first.disclosure.emergency!.reviewDueAt)

    expect((await act(offices, 'secondReviewer', 'review-later', document)).status).toBe(403)
    expect((await act(offices, 'firstReviewer', 'review-later', document)).status).toBe(200)
    expect((await recordOf(document))?.disclosure.emergency?.reviewDueAt).toBe(first.disclosure.emergency!.reviewDueAt)
    expect((await act(offices, 'secondReviewer', 'review-later', document)).status).toBe(200)
    const whole = (await recordOf(document))!
    expect(whole.disclosure.emergency).toBeUndefined()
    expect(whole.disclosure.chain.map(({ link }) => link)).toEqual(['draft', 'first-review', 'second-review', 'final-review'])
    expect(whole.publishedAt).toBe(first.publishedAt)
    expect((await stateOf(document)).review_due_at).toBeNull()
    expect((await act(offices, 'firstReviewer', 'review-later', document)).status).toBeGreaterThanOrEqual(400)
  })

  it('is not reviewed by whoever wrote it, though nobody had submitted it', async () => {
    const document = await write(offices, {}, { by: 'everything' })
    await act(offices, 'finalReviewer', 'publish-now', document, REASON)
    const refused = await act(offices, 'everything', 'review-later', document)
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([403, 'same-person'])
  })

  it('of a text that was signed by all and waited for its time leaves nothing to review', async () => {
    const document = await write(offices)
    await review(offices, document, 3)
    await act(offices, 'finalReviewer', 'schedule', document, { at: new Date(Date.now() + 3_600_000).toISOString() })
    expect((await act(offices, 'finalReviewer', 'publish-now', document, REASON)).status).toBe(403)
    expect((await act(offices, 'deputy', 'publish-now', document, REASON)).status).toBe(200)
    expect((await stateOf(document)).review_due_at).toBeNull()
    expect((await recordOf(document))?.disclosure.emergency).toBeUndefined()
    expect(await jobsFor(`release:articles/${document.id}`)).toEqual([])
  })
})

describe('a scheduled release', () => {
  const at = new Date(Date.now() + 3_600_000)
  const scheduled = async () => {
    const document = await write(offices)
    await review(offices, document, 3)
    expect((await act(offices, 'finalReviewer', 'schedule', document, { at: at.toISOString() })).body.state).toBe('scheduled')
    return document
  }
  const release = async (document: { id: number; version: number }, now = at) => (await import('./release-scheduled.ts')).releaseScheduled(offices.payload, { collection: 'articles', id: document.id, version: document.version, now })

  it('waits as a job for its time, is public then, and only once', async () => {
    const document = await scheduled()
    expect((await jobsFor(`release:articles/${document.id}`))[0]?.run_at.toISOString()).toBe(at.toISOString())
    expect(await release(document, new Date(at.getTime() - 600_000))).toBe(false)
    expect(await recordOf(document)).toBeNull()
    expect(await release(document)).toBe(true)
    const record = (await recordOf(document))!
    expect(record.publishedAt).toBe(at.toISOString())
    expect(record.disclosure.chain).toHaveLength(4)
    expect(await release(document)).toBe(false)
  })

  it('does not happen when the text was edited, recalled or taken off the calendar in between', async () => {
    const edited = await scheduled()
    await edit(offices, edited, { title: '改过了' })
    const recalled = await scheduled()
    expect((await act(offices, 'editor', 'recall', recalled, REASON)).status).toBe(200)
    const cancelled = await scheduled()
    expect((await act(offices, 'finalReviewer', 'cancel-schedule', cancelled)).body.state).toBe('final-review')
    for (const document of [edited, recalled, cancelled]) {
      expect(await jobsFor(`release:articles/${document.id}`)).toEqual([])
      expect(await release(document)).toBe(false)
      expect(await recordOf(document)).toBeNull()
    }
    expect((await act(offices, 'finalReviewer', 'approve', cancelled)).status).toBe(200)
  })

  it('goes back to the approver when what the text shows changed since', async () => {
    const upload = await (await offices.as('editor')).upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'] }, pdf('清单.pdf'))
    const document = await write(offices, { attachments: [{ file: upload.body.doc!.id }] })
    await review(offices, document, 3)
    await act(offices, 'finalReviewer', 'schedule', document, { at: at.toISOString() })
    await offices.rows("update media set hashes = jsonb_set(hashes, '{original}', to_jsonb(repeat('b', 64))) where id = $1", [upload.body.doc!.id])
    expect(await release(document)).toBe(false)
    expect(await stateOf(document)).toMatchObject({ state: 'final-review', is_live: false })
    const chain = (await (await offices.as('finalReviewer')).get(`/api/articles/${document.id}/chain`)).body as unknown as { signOffs: { link: string }[]; actions: string[] }
    expect(chain.signOffs.map(({ link }) => link)).toEqual(['draft', 'first-review', 'second-review'])
    expect(chain.actions).toContain('return')
  })
})
