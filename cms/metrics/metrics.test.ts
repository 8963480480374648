import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ROOT } from '../cli/folders.ts'
import { auditOperator } from '../audit/record-operator.ts'
import { withClient } from '../cli/services/make-database.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openPublicCopies, type PublicCopies } from '../testing/public-copies.ts'

const PATIENCE = { timeout: 20_000, interval: 100 }
let database: TestDatabase
let copies: PublicCopies
const children: ChildProcess[] = []
const output = { delivery: '', worker: '' }

beforeAll(async () => {
  database = await createTestDatabase()
  copies = await openPublicCopies(database.ownerUrl)
  await copies.putArticle({ id: 1, title: '已公开的动态' })
  for (const [name, script] of [['delivery', 'cms/delivery/server.ts'], ['worker', 'cms/outbox/worker.ts']] as const) {
    const child = spawn(process.execPath, [join(ROOT, script)], { env: { ...database.env, SLOW_QUERY_MS: '1' } as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.on('data', (chunk: Buffer) => { output[name] += chunk.toString() })
    children.push(child)
  }
  for (const port of [database.ports.delivery, database.ports.worker]) {
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200), PATIENCE)
  }
})
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
  await copies.close()
  await database.drop()
})

const figures = async (port: number) => {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('version=0.0.4')
  return answer.text()
}
const figure = (text: string, name: string, labels = '') => Number(text.split('\n').find((line) => line.startsWith(name) && line.includes(labels))?.split(' ').at(-1) ?? Number.NaN)
const lines = (text: string) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>)

describe('figures for operators', () => {
  it('of the delivery server: requests by kind and status, pools, event-loop lag, on a port of its own', async () => {
    await fetch(`http://127.0.0.1:${database.ports.delivery}/v1/directory`)
    await fetch(`http://127.0.0.1:${database.ports.delivery}/v1/sites/nowhere`)
    await fetch(`http://127.0.0.1:${database.ports.delivery}/v1/search?q=${encodeURIComponent('欧阳建国')}`)
    const text = await figures(database.ports.deliveryOperator)
    expect(figure(text, 'cluster_http_request_seconds_count', 'kind="directory",method="GET",status="200"')).toBe(1)
    expect(figure(text, 'cluster_http_request_seconds_count', 'kind="sites",method="GET",status="404"')).toBe(1)
    expect(figure(text, 'cluster_database_connections', 'pool="delivery",state="open"')).toBeGreaterThan(0)
    expect(figure(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
    expect((await fetch(`http://127.0.0.1:${database.ports.delivery}/metrics`)).status).toBe(404)
  })

  it('of the cluster, from the worker: queue, feed, search, audit seals, back-up, processes', async () => {
    await withClient(database.appUrl, async (client) => {
      for (let round = 0; round < 5; round += 1) await auditOperator(client, { deed: 'export', person: '运维' })
      await client.query("select graphile_worker.add_job('nothing', run_at => now() + interval '1 day')")
    })
    const sealed = async () => figure(await figures(database.ports.worker), 'cluster_audit_unsealed_rows')
    await expect.poll(sealed, PATIENCE).toBe(0)
    const text = await figures(database.ports.worker)
    expect(figure(text, 'cluster_outbox_jobs', 'state="scheduled"')).toBe(1)
    expect(figure(text, 'cluster_search_missing_documents', 'index="database"')).toBeGreaterThanOrEqual(0)
    expect(figure(text, 'cluster_audit_chain_whole')).toBe(-1)
    expect(figure(text, 'cluster_backup_age_seconds')).toBe(-1)
    expect(figure(text, 'cluster_processes', 'kind="worker"')).toBe(1)
    expect(figure(text, 'cluster_processes', 'kind="delivery"')).toBe(1)
    await withClient(database.appUrl, async (client) => {
      const { rows } = await client.query<{ seq: string }>('select count(*) as seq from cluster.audit_seals')
      expect(Number(rows[0]!.seq)).toBe(5)
    })
  })
})

describe('the log', () => {
  it('has the request’s id, and neither what was searched for nor a letter’s code', async () => {
    const code = 'a'.repeat(64)
    const answer = await fetch(`http://127.0.0.1:${database.ports.delivery}/v1/letters/${code}`, { method: 'POST', headers: { 'x-request-id': 'from-the-portal-1' } })
    expect(answer.headers.get('x-request-id')).toBe('from-the-portal-1')
    await expect.poll(() => lines(output.delivery).find(({ requestId }) => requestId === 'from-the-portal-1'), PATIENCE).toMatchObject({ what: 'request', method: 'POST', path: '/v1/letters/…' })
    expect(output.delivery).not.toContain(code)
    expect(output.delivery).not.toMatch(/欧阳|%E6/)
    // With the bound at a millisecond some question was slow.
    expect(lines(output.delivery).some(({ what }) => what === 'slow-query')).toBe(true)
  })

  it('lays a job beside the request that asked for it', async () => {
    await copies.query('select graphile_worker.add_job($1, $2)', ['index-document', { collection: 'articles', id: 1, requestId: 'request-of-a-clerk' }])
    await expect.poll(() => lines(output.worker).find(({ what, requestId }) => what === 'job' && requestId === 'request-of-a-clerk'), PATIENCE).toMatchObject({ task: 'index-document' })
  })
})
