import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../cli/folders.ts'
import { withClient } from '../cli/services/make-database.ts'
import { openEngine, type SearchEngine } from '../search/engine.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openPublicCopies, type PublicCopies } from '../testing/public-copies.ts'
import { hasTestSearchEngine, startTestSearchEngine, type TestSearchEngine } from '../testing/search-engine.ts'

const PATIENCE = { timeout: 25_000, interval: 100 }

describe.skipIf(!hasTestSearchEngine)('the worker', () => {
  let server: TestSearchEngine
  let engine: SearchEngine
  let database: TestDatabase
  let copies: PublicCopies
  let worker: ChildProcess | null = null

  beforeAll(async () => {
    server = await startTestSearchEngine()
    database = await createTestDatabase({ search: server })
    copies = await openPublicCopies(database.ownerUrl)
    engine = openEngine({ url: server.url, key: server.adminKey, timeoutMs: 5_000 })
  })
  afterEach(() => end('SIGTERM'))
  afterAll(async () => {
    await copies.close()
    await database.drop()
    await server.close()
  })

  const at = (path: string) => fetch(`http://127.0.0.1:${database.ports.worker}${path}`)
  const health = () => at('/healthz').then(async (answer) => `${answer.status} ${await answer.text()}`, () => 'none')

  async function begin(word = '200 ok'): Promise<void> {
    worker = spawn(process.execPath, [join(ROOT, 'cms/outbox/worker.ts')], { env: database.env as NodeJS.ProcessEnv, stdio: 'ignore' })
    await expect.poll(health, PATIENCE).toBe(word)
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = worker
    worker = null
    if (!ending || ending.exitCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }

  const inEngine = () => engine.index('documents').getDocuments<{ id: string }>({ limit: 100 }).then(
    ({ results }) => results.map(({ id }) => id).sort(), () => [])
  const inDatabase = async () => {
    const { rows } = await copies.query<{ key: string }>("select collection || '-' || id as key from delivery.search order by 1")
    return rows.map(({ key }) => key)
  }
  const jobs = async () => (await copies.query<{ locked: boolean; error: string | null }>(
    'select locked_at is not null as locked, last_error as error from graphile_worker.jobs')).rows
  const publish = async (id: number) => {
    await copies.putArticle({ id, title: `第${id}期工作动态` })
    await copies.enqueue('articles', id)
  }

  it('builds the index of an engine that has none, at its start', async () => {
    await copies.putArticle({ id: 1, title: '早先公开的动态' })
    await begin()
    await expect.poll(inEngine, PATIENCE).toEqual(['articles-1'])
    expect(await inDatabase()).toEqual(['articles-1'])
  })

  it('brings a publication and a withdrawal into both indexes', async () => {
    await begin()
    await publish(2)
    await expect.poll(inEngine, PATIENCE).toEqual(['articles-1', 'articles-2'])
    expect(await inDatabase()).toEqual(['articles-1', 'articles-2'])
    await copies.withdraw('articles', 2)
    await copies.enqueue('articles', 2)
    await expect.poll(inEngine, PATIENCE).toEqual(['articles-1'])
    expect(await inDatabase()).toEqual(['articles-1'])
    await expect.poll(jobs, PATIENCE).toEqual([])
  })

  it('does after a crash what was cut off, once', async () => {
    await begin()
    await withClient(database.ownerUrl, async (blocking) => {
      await blocking.query('begin; lock table delivery.search in exclusive mode')
      await publish(3)
      await expect.poll(jobs, PATIENCE).toEqual([{ locked: true, error: null }])
      await end('SIGKILL')
      await blocking.query('rollback')
    })
    expect(await jobs()).toEqual([{ locked: true, error: null }])
    await begin()
    await expect.poll(inEngine, PATIENCE).toEqual(['articles-1', 'articles-3'])
    expect(await inDatabase()).toEqual(['articles-1', 'articles-3'])
    await expect.poll(jobs, PATIENCE).toEqual([])
  })

  it('leaves the jobs of a living worker alone', async () => {
    await begin()
    await withClient(database.ownerUrl, async (blocking) => {
      await blocking.query('begin; lock table delivery.search in exclusive mode')
      await publish(4)
      await expect.poll(jobs, PATIENCE).toEqual([{ locked: true, error: null }])
      const { rows: [before] } = await copies.query('select locked_by, locked_at from graphile_worker.jobs')
      // Longer than the grace, and two rounds of looking for the dead.
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      expect((await copies.query('select locked_by, locked_at from graphile_worker.jobs')).rows).toEqual([before])
      await blocking.query('rollback')
    })
    await expect.poll(inEngine, PATIENCE).toEqual(['articles-1', 'articles-3', 'articles-4'])
  })

  it('goes on without the engine, and catches up when it is back', async () => {
    await begin()
    await server.stop()
    await publish(5)
    await expect.poll(inDatabase, PATIENCE).toContain('articles-5')
    await expect.poll(health, PATIENCE).toBe('200 search-unreachable')
    await expect.poll(async () => (await jobs())[0]?.error, PATIENCE).toContain('search engine unreachable')
    const { queue } = await (await at('/details')).json() as { queue: { failed: Array<{ task: string }> } }
    expect(queue.failed.map(({ task }) => task)).toEqual(['index-document'])
    // As long a wait as a whole day's failures would have brought.
    await copies.query("select graphile_worker.reschedule_jobs(array_agg(id), run_at => now() + interval '6 hours', attempts => 25) from graphile_worker.jobs")
    await server.start()
    await expect.poll(inEngine, PATIENCE).toContain('articles-5')
    await expect.poll(health, PATIENCE).toBe('200 ok')
    await expect.poll(jobs, PATIENCE).toEqual([])
  })

  it('loads the CMS only for a release that is due, and does nothing for one that no longer stands', async () => {
    await begin()
    await copies.query('select graphile_worker.add_job($1, $2)', ['release-scheduled', { collection: 'articles', id: 404, version: 1 }])
    await expect.poll(jobs, PATIENCE).toEqual([])
    expect(await health()).toBe('200 ok')
  })

  it('keeps a job that it cannot understand, with the reason', async () => {
    await begin()
    await copies.query('select graphile_worker.add_job($1, $2)', ['index-document', { collection: 'users', id: 1 }])
    await expect.poll(async () => (await jobs())[0]?.error, PATIENCE).toContain('collection')
    await copies.query('select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs')
  })
})
