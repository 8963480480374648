import { createHash } from 'node:crypto'
import { readFileSync, truncateSync } from 'node:fs'
import { createLocalReq, type Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentDigest } from '@cluster/shared/publishing/digest'
import type { PolicyRecord } from '@cluster/shared/delivery/records'
import type { Action } from '@cluster/shared/publishing/states'
import { query, sql } from '../database/query.ts'
import { performTransition } from '../review/perform.ts'
import { textOf } from '../review/versions.ts'
import type { User } from '../payload-types.ts'
import { openTestPayload, type TestPayload } from '../testing/payload.ts'
import { type Office, openOffice, statute, writeImportFile } from './import-fixtures.ts'
import type { ImportOrder, ImportResult } from './import-run.ts'

const NOW = new Date('2026-11-23T02:00:00.000Z')

let test: TestPayload
let payload: Payload
let office: Office

beforeAll(async () => {
  test = await openTestPayload()
  payload = test.payload
  office = await openOffice(payload)
})
afterAll(() => test?.close())

const rows = async <Row>(statement: ReturnType<typeof sql>) => query<Row>(await createLocalReq({}, payload), statement)
const file = (name: string, lines: Parameters<typeof writeImportFile>[2]) =>
  writeImportFile(test.database.dataDir, name, lines)
const bySource = async (id: string) => {
  const {
    docs: [policy],
  } = await payload.find({
    collection: 'policies',
    where: { sourceId: { equals: id } },
    depth: 0,
    overrideAccess: true,
  })
  return policy!
}
async function importLines(path: string, order: Partial<ImportOrder> = {}): Promise<ImportResult> {
  const { importFile } = await import('./import-file.ts')
  return importFile(payload, { path, destination: office.destination, now: () => NOW, ...order })
}
async function act(
  person: User,
  target: { collection: 'import-batches' | 'policies'; id: number },
  action: Action,
  reason?: string,
) {
  const { version } = await payload.findByID({
    collection: target.collection,
    id: target.id,
    depth: 0,
    overrideAccess: true,
  })
  return performTransition(await createLocalReq({ user: { ...person, collection: 'users' } }, payload), target, {
    action,
    version,
    reason,
  })
}
/** Everything that a run could have changed, as one digest. */
async function fingerprint(): Promise<string> {
  const parts = await Promise.all([
    rows(sql`select * from policies order by id`),
    rows(sql`select * from import_batches order by id`),
    rows(sql`select * from cluster.versions order by id`),
    rows(sql`select * from cluster.audit order by id`),
  ])
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

describe('an import', () => {
  const gbk = Uint8Array.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xb1, 0xe0, 0xd6, 0xc6, 0x22, 0x7d])
  const mixed = () => [
    statute('甲'),
    '{"id":"broken","title":',
    '',
    statute('乙', { date: null, issuer: null }),
    statute('无题', { title: ' ' }),
    statute('错日', { date: '2021-02-30' }),
    gbk,
    statute('甲', { title: '又一份甲' }),
    statute('空文', { body: '短' }),
    { title: '没有编号', body: '正文' },
    '[1,2]',
    statute('丙', { title: '示例丁条例', history: ['2019年1月1日 通过'], date: '2019-01-01' }),
    statute('丁', { history: ['2019年1月1日 通过', '2022年3月3日 修正'], date: '2022-03-03' }),
  ]
  let result: ImportResult

  it('takes the good lines of a file and lists each bad one with its number, id and reason', async () => {
    result = await importLines(file('mixed.jsonl.gz', mixed()))
    expect(result).toMatchObject({ imported: 4, unchanged: 0, differing: [], lines: 12 })
    expect(result.refused.map(({ line, id, reasons }) => [line, id, ...reasons.map(({ code }) => code)])).toEqual([
      [2, undefined, 'malformed-json'],
      [5, '无题', 'invalid-title'],
      [6, '错日', 'invalid-date'],
      [7, undefined, 'wrong-encoding'],
      [8, '甲', 'duplicate-id'],
      [9, '空文', 'body-required'],
      [10, undefined, 'invalid-id'],
      [11, undefined, 'not-an-object'],
    ])
  })

  it('keeps the original dates, and says what is missing as a finding', async () => {
    expect(await bySource('甲')).toMatchObject({
      title: '示例甲条例',
      issuedOn: '2020-05-14T00:00:00.000Z',
      effectiveOn: '2020-07-01T00:00:00.000Z',
      genre: '条例',
      subject: '法律法规',
      validity: 'unknown',
      applicability: '上海',
      state: 'draft',
      isLive: false,
      publishedAt: null,
      batch: result.batch!.id,
    })
    expect((await bySource('乙')).findings).toMatchObject([
      { code: 'issuer-missing' },
      { code: 'document-number-missing' },
      { code: 'issue-date-missing' },
      { code: 'validity-unknown' },
    ])
    expect((await bySource('丙')).validity).toBe('amended')
    expect((await bySource('丁')).validity).toBe('unknown')
  })

  it('leaves one batch, complete and counted, that waits as one thing', async () => {
    const batch = await payload.findByID({
      collection: 'import-batches',
      id: result.batch!.id,
      depth: 0,
      overrideAccess: true,
    })
    expect(batch).toMatchObject({
      state: 'draft',
      isComplete: true,
      documents: 4,
      refused: 8,
      findings: 4,
      released: 0,
      fileName: 'mixed.jsonl.gz',
      report: {
        findings: expect.arrayContaining([{ code: 'issue-date-missing', message: expect.any(String), documents: 1 }]),
      },
    })
  })

  it('writes what the admin would have written: the same digest as the projection, the same first version', async () => {
    const policy = await bySource('甲')
    const { projectPolicy } = await import('../domains/publishing/policies/project-policy.ts')
    const { placeOf } = await import('../delivery/place.ts')
    const req = await createLocalReq({}, payload)
    const { content } = await projectPolicy(req, policy, await placeOf(req, policy))
    expect(policy.contentDigest).toBe(contentDigest(content))
    const [version] = await rows<{ snapshot: unknown; version: number }>(
      sql`select snapshot, version from cluster.versions where collection = 'policies' and document_id = ${policy.id}`)
    expect(version).toEqual({ version: 1, snapshot: textOf(policy as unknown as Record<string, unknown>) })
  })

  it('changes nothing when it is run again, packed or not', async () => {
    const before = await fingerprint()
    const again = await importLines(file('mixed-again.jsonl', mixed()))
    expect(again).toMatchObject({ imported: 0, unchanged: 4, differing: [], batch: null })
    expect(again.refused).toHaveLength(8)
    expect(await fingerprint()).toBe(before)
  })

  it('does not overwrite a document whose line has changed, and says so', async () => {
    const before = await bySource('甲')
    const changed = await importLines(
      file('changed.jsonl', [statute('甲', { body: '第一条 完全不同的正文，也有十个字以上。' })]),
    )
    expect(changed).toMatchObject({
      imported: 0,
      unchanged: 0,
      differing: [{ line: 1, id: '甲', document: before.id, reason: '已存在且内容不同，未覆盖' }],
    })
    expect(await bySource('甲')).toEqual(before)
  })

  it('goes on in its batch after it was cut off', async () => {
    const path = file(
      'cut.jsonl',
      Array.from({ length: 7 }, (_, index) => statute(`续${index}`)),
    )
    class Cut extends Error {}
    await expect(
      importLines(path, {
        portion: 2,
        onProgress: ({ imported }) => {
          if (imported >= 4) throw new Cut()
        },
      }),
    ).rejects.toThrow(Cut)
    const [half] = await rows<{ id: number; documents: number; isComplete: boolean }>(
      sql`select id, documents::int as documents, is_complete as "isComplete" from import_batches
        where file_name = 'cut.jsonl'`)
    expect(half!.isComplete).toBe(false)
    expect(half!.documents).toBeGreaterThanOrEqual(4)
    await expect(act(office.people.editor, { collection: 'import-batches', id: half!.id }, 'submit')).rejects.toThrow(
      '还没有导入完',
    )
    const rest = await importLines(path, { portion: 2 })
    expect(rest).toMatchObject({ imported: 7 - half!.documents, unchanged: half!.documents, batch: { id: half!.id } })
    expect(
      await rows(sql`select documents::int as documents, is_complete from import_batches where id = ${half!.id}`),
    ).toEqual([{ documents: 7, is_complete: true }])
    expect(await rows(sql`select count(*)::int as count from policies where source_id like '续%'`)).toEqual([
      { count: 7 },
    ])
  })

  it('imports nothing of a damaged file', async () => {
    const path = file(
      'damaged.jsonl.gz',
      Array.from({ length: 400 }, (_, index) =>
        statute(`损${index}`, { body: createHash('sha512').update(String(index)).digest('base64') }),
      ),
    )
    truncateSync(path, readFileSync(path).length - 2000)
    await expect(importLines(path)).rejects.toMatchObject({ name: 'DamagedFile' })
    expect(await rows(sql`select count(*)::int as count from policies where source_id like '损%'`)).toEqual([
      { count: 0 },
    ])
  })

  it('refuses a line without end and goes on behind it', async () => {
    const { LINE_LIMIT } = await import('./read-lines.ts')
    const long = await importLines(file('long.jsonl', ['x'.repeat(LINE_LIMIT + 1), statute('长后')]))
    expect(long.refused.map(({ line, reasons }) => [line, reasons[0]!.code])).toEqual([[1, 'line-too-long']])
    expect(long.imported).toBe(1)
  })

  it('is the only one at a time on a site', async () => {
    const { withImportLock } = await import('./import-lock.ts')
    const siteId = office.destination.site.id
    const outer = await withImportLock(payload, siteId, () => withImportLock(payload, siteId, async () => 'inner'))
    expect(outer).toBeNull()
    expect(await withImportLock(payload, siteId, async () => 'after')).toBe('after')
  })
})

/** Carries out the order for the batch's next portion, as the worker would. */
async function releaseNext(id: number, portion: number): Promise<number> {
  const { releasePortion } = await import('../domains/publishing/import-batches/release-portion.ts')
  const [job] = await rows<{ payload: never }>(
    sql`select payload from graphile_worker._private_jobs as jobs where key = ${`release-batch:${id}`}`,
  )
  return releasePortion(payload, job!.payload, { now: NOW, portion })
}
const shownOf = async (source: string) => {
  const { id } = await bySource(source)
  const [row] = await rows<{ record: PolicyRecord }>(
    sql`select record from delivery.records where collection = 'policies' and id = ${id}`,
  )
  return row?.record
}

describe('a batch', () => {
  let id: number
  const target = () => ({ collection: 'import-batches' as const, id })
  const released = (portion: number) => releaseNext(id, portion)

  it('keeps its documents as its manifest has them while it waits', async () => {
    const result = await importLines(
      file(
        'batch.jsonl',
        Array.from({ length: 5 }, (_, index) => statute(`批${index}`, { date: `2020-01-0${5 - index}` })),
      ),
    )
    id = result.batch!.id
    const policy = await bySource('批0')
    const edit = payload.update({
      collection: 'policies',
      id: policy.id,
      data: { title: '改', version: policy.version },
      overrideAccess: true,
    })
    await expect(edit).rejects.toThrow('等待签批')
    await expect(act(office.people.editor, { collection: 'policies', id: policy.id }, 'submit')).rejects.toThrow(
      '等待签批',
    )
  })

  it('is signed by four different persons over its manifest; one person does not sign twice', async () => {
    const { editor, 'first-reviewer': first, 'second-reviewer': second, 'final-reviewer': last } = office.people
    await payload.update({
      collection: 'users',
      id: first.id,
      overrideAccess: true,
      data: {
        grants: [
          ...(first.grants ?? []),
          { duty: 'second-reviewer', site: office.destination.site.id, includeSubtree: false },
        ],
      },
    })
    const both = {
      ...(await payload.findByID({ collection: 'users', id: first.id, depth: 0, overrideAccess: true })),
      collection: 'users' as const,
    }
    await act(editor, target(), 'submit')
    await act(both, target(), 'approve')
    await expect(act(both, target(), 'approve')).rejects.toThrow('不同的人')
    await act(second, target(), 'approve')
    await act(last, target(), 'approve')
    const { manifestOf } = await import('../domains/publishing/import-batches/reviewable-batch.ts')
    const digest = contentDigest(await manifestOf(await createLocalReq({}, payload), id))
    expect(
      await rows(
        sql`select person_name as name, digest from cluster.sign_offs where collection = 'import-batches'
          and document_id = ${id} order by id`),
    ).toEqual(['林知远', '周明澈', '沈若谷', '顾承平'].map((name) => ({ name, digest })))
  })

  it('becomes public in portions, oldest first, without what was edited after the signing', async () => {
    const edited = await bySource('批3')
    await payload.update({
      collection: 'policies',
      id: edited.id,
      data: { title: '签后改动', version: edited.version },
      overrideAccess: true,
    })
    expect(await released(2)).toBe(2)
    expect([(await bySource('批4')).isLive, (await bySource('批0')).isLive]).toEqual([true, false])
    expect(await released(2)).toBe(2)
    expect(await released(2)).toBe(0)
    expect(await bySource('批3')).toMatchObject({ state: 'draft', isLive: false })
    expect(await rows(sql`select released::int as released from import_batches where id = ${id}`)).toEqual([
      { released: 4 },
    ])
  })

  it("shows on each document its chain, the document's own digest and the batch", async () => {
    const policy = await bySource('批0')
    const [{ record, entry }] = (await rows<{ record: Record<string, never>; entry: unknown }>(
      sql`select record, entry from delivery.records where collection = 'policies' and id = ${policy.id}`)) as [never]
    const batch = await payload.findByID({ collection: 'import-batches', id, depth: 0, overrideAccess: true })
    expect(record).toMatchObject({
      sourceId: '批0',
      publishedAt: NOW.toISOString(),
      content: { issuedOn: '2020-01-05', html: expect.stringContaining('<h2 id="h-1">') },
      disclosure: {
        chain: [{ name: '林知远' }, { name: '周明澈' }, { name: '沈若谷' }, { name: '顾承平' }],
        batch: { id, name: batch.title, documents: 5, manifestDigest: expect.stringMatching(/^sha256:/) },
      },
    })
    expect((record as { disclosure: { digest: string } }).disclosure.digest).toBe(policy.contentDigest)
    expect(contentDigest((record as { content: unknown }).content)).toBe(policy.contentDigest)
    expect(entry).toMatchObject({ title: '示例批0条例', drafter: { name: '林知远' }, approver: { name: '顾承平' } })
  })

  it('announces what shows its documents, and orders their indexing', async () => {
    const tags = (
      await rows<{ tags: string[] }>(sql`select tags from delivery.feed order by seq desc limit 2`)
    ).flatMap((row) => row.tags)
    const ids = await Promise.all(['批0', '批1', '批2', '批4'].map(async (source) => (await bySource(source)).id))
    expect(tags).toEqual(
      expect.arrayContaining([
        'column:jiangsu/policies',
        'latest:jiangsu',
        ...ids.map((document) => `doc:policies/${document}`),
      ]),
    )
    const jobs = await rows<{ payload: { ids: number[] } }>(sql`
      select payload from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = task_id
      where identifier = 'index-documents'`)
    expect(jobs.flatMap(({ payload: { ids: told } }) => told).toSorted()).toEqual(ids.toSorted())
  })

  it('lets a document be corrected through the ordinary chain afterwards', async () => {
    const policy = await bySource('批0')
    const { editor, 'first-reviewer': first, 'second-reviewer': second, 'final-reviewer': last } = office.people
    const document = { collection: 'policies' as const, id: policy.id }
    await act(editor, document, 'correct', '标题有误，更正。')
    const { version } = await bySource('批0')
    await payload.update({
      collection: 'policies',
      id: policy.id,
      data: { title: '更正后的标题', version },
      overrideAccess: true,
    })
    await act(editor, document, 'submit')
    await act(first, document, 'approve')
    await act(second, document, 'approve')
    await act(last, document, 'approve')
    const [row] = await rows<{ record: Record<string, unknown> }>(
      sql`select record from delivery.records where collection = 'policies' and id = ${policy.id}`)
    expect(row!.record).toMatchObject({
      content: { title: '更正后的标题' },
      corrections: [{ reason: '标题有误，更正。' }],
      publishedAt: NOW.toISOString(),
    })
    expect(row!.record.disclosure).not.toHaveProperty('batch')
  })

  it('is still the same document to a further import', async () => {
    const again = await importLines(file('batch-again.jsonl', [statute('批0', { date: '2020-01-05' })]))
    expect(again).toMatchObject({ imported: 0, unchanged: 1, batch: null })
    expect((await bySource('批0')).title).toBe('更正后的标题')
  })
})

describe('a batch that goes out in an emergency', () => {
  it('is completed by the later reviews: same content and time, the whole chain', async () => {
    const { editor, 'first-reviewer': first, 'second-reviewer': second, 'final-reviewer': last } = office.people
    const { batch } = await importLines(file('urgent.jsonl', [statute('急一'), statute('急二')]))
    const target = { collection: 'import-batches' as const, id: batch!.id }
    await act(editor, target, 'submit')
    await act(last, target, 'publish-now', '汛期应急，先行公开。')
    expect(await releaseNext(target.id, 10)).toBe(2)
    const before = await shownOf('急一')
    expect(before!.disclosure).toMatchObject({ emergency: { name: '顾承平' }, chain: [{ link: 'draft' }, { link: 'final-review' }] })
    await act(first, target, 'review-later')
    await act(second, target, 'review-later')
    expect(await releaseNext(target.id, 10)).toBe(2)
    const after = await shownOf('急一')
    expect(after!.disclosure.chain.map(({ link }) => link)).toEqual(['draft', 'first-review', 'second-review', 'final-review'])
    expect(after!.disclosure).not.toHaveProperty('emergency')
    expect({ ...after, disclosure: null }).toEqual({ ...before, disclosure: null })
    expect(await releaseNext(target.id, 10)).toBe(0)
  })

  it('keeps to itself what would show something else than was signed', async () => {
    const { editor, 'final-reviewer': last } = office.people
    const { batch } = await importLines(file('other.jsonl', [statute('异一'), statute('异二')]))
    const target = { collection: 'import-batches' as const, id: batch!.id }
    await act(editor, target, 'submit')
    await act(last, target, 'publish-now', '汛期应急，先行公开。')
    const { id } = await bySource('异一')
    await rows(sql`update policies set issuer = '别的机关' where id = ${id}`)
    expect(await releaseNext(target.id, 10)).toBe(1)
    expect(await bySource('异一')).toMatchObject({ state: 'draft', isLive: false, version: 2 })
    expect(await shownOf('异一')).toBeUndefined()
    expect(await releaseNext(target.id, 10)).toBe(0)
  })
})

describe("the demo's people", () => {
  it('sign a batch at once, each as somebody else', async () => {
    const result = await importLines(file('demo.jsonl', [statute('演一'), statute('演二')]))
    const { signBatch } = await import('./sign-batch.ts')
    await signBatch(payload, result.batch!, office.destination.site.id)
    const signed = await rows<{ person: number }>(
      sql`select person_id as person from cluster.sign_offs where collection = 'import-batches'
        and document_id = ${result.batch!.id}`)
    expect(new Set(signed.map(({ person }) => person)).size).toBe(4)
    expect(
      await payload.findByID({ collection: 'import-batches', id: result.batch!.id, depth: 0, overrideAccess: true }),
    ).toMatchObject({ state: 'published' })
  })

  it('do not sign where one is missing', async () => {
    const result = await importLines(file('alone.jsonl', [statute('独一')]))
    await payload.update({
      collection: 'users',
      id: office.people['final-reviewer'].id,
      data: { grants: [] },
      overrideAccess: true,
    })
    const { signBatch } = await import('./sign-batch.ts')
    await expect(signBatch(payload, result.batch!, office.destination.site.id)).rejects.toMatchObject({
      name: 'NobodyToSign',
      label: '终审',
    })
    expect(
      await payload.findByID({ collection: 'import-batches', id: result.batch!.id, depth: 0, overrideAccess: true }),
    ).toMatchObject({ state: 'draft' })
  })
})
