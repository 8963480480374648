import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentRecordSchema, type LetterRecord, letterStatusSchema, type LetterStatus } from '@cluster/shared/delivery/records'
import { hashCode, normaliseCode } from '@cluster/shared/interaction/query-code'
import { act, openTestOffices, review, type TestOffices } from '../../../testing/offices.ts'
import type { Answer } from '../../../testing/rest.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

let written = 0
const letter = (more: Record<string, unknown> = {}) => ({
  site: 'suzhou-kunshan', kind: 'inquiry', name: '张小三', contact: '13812345678', title: `咨询登记${written += 1}`,
  text: '我是张小三，电话13812345678，请问登记需要哪些材料？', mayPublish: true, ...more })
const send = (body: unknown, key = offices.database.env.INTAKE_KEY!): Promise<Answer> => offices.anonymous.call('POST', '/api/intake/letters', body, { 'x-intake-key': key })
const hashOf = (code: unknown) => hashCode(normaliseCode(String(code))!)

/** Sends a letter and has it answered: a draft of the answer, ready to be submitted. */
async function answered(sent: Record<string, unknown>, answer: Record<string, unknown> = {}): Promise<{ id: number; version: number; hash: string }> {
  const hash = hashOf((await send(sent)).body.code)
  const [{ id } = { id: 0 }] = await offices.rows<{ id: number }>('select id from letters where code_hash = $1', [hash])
  const saved = await (await offices.as('editor')).patch(`/api/letters/${id}?depth=0`, { version: 1, answer: '张小三您好：请携带登记证书到窗口办理，咨询电话0512-57501234。', isPublic: true, ...answer })
  if (saved.status !== 200) throw new Error(saved.text)
  return { id, version: saved.body.doc!.version, hash }
}
async function statusOf(hash: string): Promise<LetterStatus> {
  const [row] = await offices.rows<{ record: unknown }>('select record from delivery.letter_status where code_hash = $1', [hash])
  return letterStatusSchema.parse(row?.record)
}
async function recordOf(id: number): Promise<LetterRecord | null> {
  const [row] = await offices.rows<{ record: unknown }>("select record from delivery.records where collection = 'letters' and id = $1", [id])
  return row ? documentRecordSchema.parse(row.record) as LetterRecord : null
}
const editAnswer = async (id: number, data: Record<string, unknown>) => (await (await offices.as('editor')).patch(`/api/letters/${id}?depth=0`, data)).body.doc!
const REASON = { reason: '答复有误，需要处理', collection: 'letters' as const }

describe('the intake', () => {
  it('takes letters from portals only', async () => {
    const sent = letter()
    for (const key of ['', 'wrong', `${offices.database.env.INTAKE_KEY}x`, offices.database.env.INTAKE_KEY!.slice(1)]) expect((await send(sent, key)).status).toBe(403)
    expect((await (await offices.as('everything')).post('/api/intake/letters', sent)).status).toBe(403)
    expect(await offices.rows('select 1 from letters where title = $1', [sent.title])).toEqual([])
    const answer = await send(sent)
    expect(answer.status).toBe(201)
    expect(answer.body.code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/)
  })

  it('makes one letter of a form that is sent several times, and two of two letters', async () => {
    const sent = letter()
    const codes = (await Promise.all(Array.from({ length: 5 }, () => send(sent)))).map(({ body }) => body.code)
    expect(new Set(codes).size).toBe(1)
    expect(await offices.rows('select 1 from letters where title = $1', [sent.title])).toHaveLength(1)
    const other = (await send(letter({ title: sent.title, text: '同一个标题，另一件事情。' }))).body.code
    expect(other).not.toBe(codes[0])
    const sameElsewhere = (await send({ ...sent, site: 'nanjing' })).body.code
    expect(sameElsewhere).not.toBe(codes[0])
  })

  it('keeps only the hash of the code', async () => {
    const { body: { code } } = await send(letter())
    const bare = normaliseCode(String(code))!
    for (const table of ['letters', 'delivery.letter_status', 'cluster.versions', 'cluster.audit']) {
      const rows = await offices.rows<{ text: string }>(`select ${table.replace('.', '_')}_row::text as text from ${table} as ${table.replace('.', '_')}_row`)
      for (const { text } of rows) for (const clear of [String(code), bare]) expect(text, table).not.toContain(clear)
    }
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['without a name', { name: ' ' }, 'name'], ['without a contact', { contact: '' }, 'contact'], ['without a title', { title: undefined }, 'title'],
    ['with too long a title', { title: '长'.repeat(61) }, 'title'], ['that says nothing', { text: '你好' }, 'text'], ['that is endless', { text: '长'.repeat(2001) }, 'text'],
    ['of an unknown kind', { kind: 'praise' }, 'kind'], ['to a site that cannot be', { site: '../x' }, 'site'], ['that leaves its publication open', { mayPublish: 'yes' }, 'mayPublish'],
  ])('refuses a letter %s, with a sentence for the field', async (_, wrong, path) => {
    const answer = await send(letter(wrong))
    expect([answer.status, answer.body.errors?.map((error) => error.path)]).toEqual([422, [path]])
    expect(answer.body.errors?.[0]?.message).toMatch(/^[\u4e00-\u9fff]/)
  })

  it('refuses an unknown site and what is no letter at all', async () => {
    expect((await send(letter({ site: 'shanghai' }))).body.errors?.[0]?.code).toBe('unknown-site')
    for (const body of ['{"site":', '[]', 'null', '"x"']) expect((await send(body)).status, body).toBe(400)
  })
})

describe('a letter', () => {
  it('is due by its kind, an error report after three working days', async () => {
    const { answerDueAt } = await import('@cluster/shared/interaction/letters')
    for (const kind of ['inquiry', 'complaint', 'suggestion', 'error-report'] as const) {
      const hash = hashOf((await send(letter({ kind, about: '/articles/1/' }))).body.code)
      const [row] = await offices.rows<{ received_at: Date; due_at: Date; state: string }>('select received_at, due_at, state from letters where code_hash = $1', [hash])
      expect(row!.state).toBe('draft')
      expect(row!.due_at.toISOString()).toBe(answerDueAt(kind, row!.received_at).toISOString())
      expect((await statusOf(hash)).dueAt).toBe(row!.due_at.toISOString())
    }
    expect(answerDueAt('error-report', new Date('2026-11-20T01:00:00Z')).toISOString()).toBe('2026-11-25T16:00:00.000Z')
  })

  it('has a status page that names nobody', async () => {
    const sent = letter()
    const hash = hashOf((await send(sent)).body.code)
    const status = await statusOf(hash)
    expect(status).toMatchObject({ site: 'suzhou-kunshan', kind: 'inquiry', title: sent.title, steps: [{ step: 'received' }] })
    expect(JSON.stringify(status)).not.toMatch(/张小三|13812345678/)
    expect(status.answer).toBeUndefined()
  })

  it('is answered through the chain, and the sender sees each step', async () => {
    const target = await answered(letter())
    const steps = async () => (await statusOf(target.hash)).steps.map(({ step }) => step)
    await review(offices, target, 1, 'letters')
    expect(await steps()).toEqual(['received', 'under-review'])
    await act(offices, 'firstReviewer', 'return', target, REASON)
    expect(await steps()).toEqual(['received', 'in-hand'])
    await review(offices, target, 3, 'letters')
    expect((await statusOf(target.hash)).answer).toBeUndefined()
    expect(await recordOf(target.id)).toBeNull()
    expect((await act(offices, 'finalReviewer', 'approve', target, { collection: 'letters' })).status).toBe(200)
    expect(await statusOf(target.hash)).toMatchObject({ answer: expect.stringContaining('登记证书'), answeredBy: '中共昆山市委机构编制委员会办公室', publishedPath: `/letters/${target.id}/` })
    expect(await steps()).toEqual(['received', 'in-hand', 'under-review', 'answered', 'published'])
    const { totalDocs } = await offices.payload.count({ collection: 'letters', where: { id: { equals: target.id }, state: { equals: 'published' } }, overrideAccess: true })
    expect(totalDocs).toBe(1)
  })

  it('without an answer is not submitted', async () => {
    const target = await answered(letter(), { answer: '好' })
    const refused = await act(offices, 'editor', 'submit', target, { collection: 'letters' })
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([422, 'answer-required'])
  })

  it('is published without its sender’s name and numbers, in title, text and answer', async () => {
    const target = await answered(letter({ title: '张小三咨询13812345678' }))
    await review(offices, target, 4, 'letters')
    const record = (await recordOf(target.id))!
    expect(record.content).toMatchObject({ sender: '张*三', title: '张*三咨询138****5678', question: '我是张*三，电话138****5678，请问登记需要哪些材料？' })
    expect(record.content.answer).toBe('张*三您好：请携带登记证书到窗口办理，咨询电话0512-57501234。')
    const everything = await offices.rows<{ text: string }>("select records::text as text from delivery.records where collection = 'letters' and id = $1", [target.id])
    expect(everything[0]?.text).not.toMatch(/张小三|13812345678/)
  })

  it('is not public without its sender’s consent, whatever the office ticks', async () => {
    const target = await answered(letter({ mayPublish: false }), { isPublic: true, mayPublish: true })
    await review(offices, target, 4, 'letters')
    expect(await recordOf(target.id)).toBeNull()
    const status = await statusOf(target.hash)
    expect(status.answer).toContain('登记证书')
    expect(status.publishedPath).toBeUndefined()
    expect(status.steps.map(({ step }) => step)).not.toContain('published')
  })

  it('is not public when the office does not mean it to be', async () => {
    const target = await answered(letter(), { isPublic: false })
    await review(offices, target, 4, 'letters')
    expect(await recordOf(target.id)).toBeNull()
    expect((await statusOf(target.hash)).answer).toContain('登记证书')
  })

  it('that was public is so no more after a correction that takes it back, and may be so again', async () => {
    const target = await answered(letter())
    await review(offices, target, 4, 'letters')
    expect(await recordOf(target.id)).not.toBeNull()
    await act(offices, 'editor', 'correct', target, REASON)
    const closed = await editAnswer(target.id, { version: target.version, isPublic: false })
    await review(offices, closed, 4, 'letters')
    expect(await recordOf(target.id)).toBeNull()
    expect((await statusOf(target.hash)).publishedPath).toBeUndefined()
    const tombstones = () => offices.rows("select 1 from delivery.tombstones where collection = 'letters' and id = $1", [target.id])
    expect(await tombstones()).toHaveLength(1)
    await act(offices, 'editor', 'correct', closed, REASON)
    const opened = await editAnswer(target.id, { version: closed.version, isPublic: true })
    await review(offices, opened, 4, 'letters')
    expect(await recordOf(target.id)).not.toBeNull()
    expect(await tombstones()).toHaveLength(0)
  })

  it('that is withdrawn is gone, though its publication was unticked before', async () => {
    const target = await answered(letter())
    await review(offices, target, 4, 'letters')
    await act(offices, 'editor', 'correct', target, REASON)
    const closed = await editAnswer(target.id, { version: target.version, isPublic: false })
    expect((await act(offices, 'finalReviewer', 'withdraw', closed, REASON)).status).toBe(200)
    expect(await recordOf(target.id)).toBeNull()
    expect((await statusOf(target.hash)).publishedPath).toBeUndefined()
  })
})
