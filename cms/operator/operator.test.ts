import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import { PEOPLE, type PersonKey } from '../testing/people.ts'
import type { ClusterState } from './read-state.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

type State = ClusterState & { failedJobs: Array<{ id: string; task: string; attempts: number; error: string }> }
const state = async () => {
  const answer = await (await offices.as('provinceAdmin')).get('/api/operator')
  expect(answer.status).toBe(200)
  return answer.body as unknown as State
}
const failedJob = async () => {
  const [job] = await offices.rows<{ id: string }>("select id from graphile_worker.add_job('index-document', '{\"collection\": \"articles\", \"id\": 7}'::json)")
  await offices.rows('select graphile_worker.permanently_fail_jobs(array[$1::bigint], $2)', [job!.id, 'the engine said no'])
  return job!.id
}
const jobs = () => offices.rows<{ id: string; attempts: number }>('select id, attempts from graphile_worker.jobs order by id')
const lastAudit = async () => (await offices.rows<{ deed: string; person_email: string; detail: Record<string, unknown>; is_refused: boolean }>('select * from cluster.audit order by id desc limit 1'))[0]

describe('the state of the cluster', () => {
  it('is shown to the system’s administrator alone', async () => {
    for (const person of Object.keys(PEOPLE).filter((key) => key !== 'provinceAdmin' && key !== 'newcomer') as PersonKey[]) {
      expect((await (await offices.as(person)).get('/api/operator')).status, person).toBe(403)
    }
    expect((await offices.anonymous.get('/api/operator')).status).toBe(401)
    const id = await failedJob()
    for (const path of [`/api/operator/jobs/${id}/retry`, `/api/operator/jobs/${id}/discard`, '/api/operator/rebuild-search']) {
      expect((await (await offices.as('siteAdmin')).post(path, { reason: '不再需要' })).status).toBe(403)
      expect(await lastAudit()).toMatchObject({ deed: 'operate', is_refused: true, person_email: offices.people.siteAdmin.email })
    }
    expect(await jobs()).toMatchObject([{ id }])
    await offices.rows('select graphile_worker.complete_jobs(array[$1::bigint])', [id])
  })

  it('tells of queue, feed, search, seals and of portals as they say themselves', async () => {
    const note = { id: 'portal-test-4321', host: 'test', startedAt: new Date().toISOString(), seq: 5, status: 'ok', pages: 12, bytes: 3456 }
    const key = offices.database.env.INTAKE_KEY!
    expect((await offices.anonymous.call('POST', '/api/intake/portals', note, { 'x-intake-key': key })).status).toBe(204)
    expect((await offices.anonymous.call('POST', '/api/intake/portals', { ...note, seq: -1 }, { 'x-intake-key': key })).status).toBe(422)
    expect((await offices.anonymous.call('POST', '/api/intake/portals', note)).status).toBe(403)
    const seen = await state()
    expect(seen.processes).toMatchObject([{ id: note.id, kind: 'portal', facts: { seq: 5, pages: 12 } }])
    expect(seen.feed.seq).toBeGreaterThan(0)
    expect(seen.audit.unsealed).toBeGreaterThan(0)
    expect([seen.lastCheck, seen.lastBackup]).toEqual([null, null])
  })
})

describe('a failed job', () => {
  it('is shown with its reason and done again at once', async () => {
    const id = await failedJob()
    expect((await state()).failedJobs).toMatchObject([{ id, task: 'index-document', error: 'the engine said no' }])
    expect((await (await offices.as('provinceAdmin')).post(`/api/operator/jobs/${id}/retry`)).status).toBe(200)
    expect(await jobs()).toMatchObject([{ id, attempts: 0 }])
    expect(await lastAudit()).toMatchObject({ deed: 'retry-job', detail: { id, task: 'index-document' } })
    await offices.rows('select graphile_worker.complete_jobs(array[$1::bigint])', [id])
  })

  it('is given up with a reason, which is kept, and not without one', async () => {
    const id = await failedJob()
    const client = await offices.as('provinceAdmin')
    expect((await client.post(`/api/operator/jobs/${id}/discard`, {})).status).toBe(400)
    expect(await jobs()).toHaveLength(1)
    expect((await client.post(`/api/operator/jobs/${id}/discard`, { reason: '文件已删除' })).status).toBe(200)
    expect(await jobs()).toEqual([])
    expect(await lastAudit()).toMatchObject({ deed: 'discard-job', detail: { id, why: '文件已删除' } })
  })

  it('is one that failed: what waits or is being done stays', async () => {
    const [job] = await offices.rows<{ id: string }>("select id from graphile_worker.add_job('index-document', '{}'::json)")
    const client = await offices.as('provinceAdmin')
    for (const id of [job!.id, '999999', '0', 'x']) {
      expect((await client.post(`/api/operator/jobs/${id}/discard`, { reason: '试一试' })).status, id).toBeGreaterThanOrEqual(400)
    }
    expect(await jobs()).toHaveLength(1)
    await offices.rows('select graphile_worker.complete_jobs(array[$1::bigint])', [job!.id])
  })
})

it('search is built anew at a word, as a job of the worker', async () => {
  expect((await (await offices.as('provinceAdmin')).post('/api/operator/rebuild-search')).status).toBe(200)
  expect(await offices.rows('select task_identifier from graphile_worker.jobs')).toEqual([{ task_identifier: 'rebuild-search' }])
  expect(await lastAudit()).toMatchObject({ deed: 'rebuild-search' })
})

it('whoever withdraws a text sees how many portals have taken it off', async () => {
  const document = await write(offices)
  await review(offices, document)
  const approver = await offices.as('finalReviewer')
  const chain = async () => (await approver.get(`/api/articles/${document.id}/chain`)).body
  expect((await chain()).portals).toBeNull()
  expect((await approver.post(`/api/articles/${document.id}/transitions`, { action: 'withdraw', version: document.version, reason: '内容有误，撤下更正' })).status).toBe(200)
  const { feed } = await state()
  await offices.rows('delete from cluster.processes')
  const say = (id: string, seq: number) => offices.anonymous.call('POST', '/api/intake/portals', {
    id, host: 'test', startedAt: new Date().toISOString(), seq, status: 'ok', pages: 1, bytes: 1 }, { 'x-intake-key': offices.database.env.INTAKE_KEY! })
  await say('portal-a', feed.seq)
  await say('portal-b', feed.seq - 1)
  expect((await chain()).portals).toEqual({ known: 2, reached: 1 })
  await say('portal-b', feed.seq)
  expect((await chain()).portals).toEqual({ known: 2, reached: 2 })
})
