import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../cli/services/make-database.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { openTestPayload, type TestPayload } from '../testing/payload.ts'
import { inTransaction, query, sql } from './query.ts'

describe('a commit', () => {
  let cms: TestPayload
  beforeAll(async () => {
    cms = await openTestPayload()
  })
  afterAll(() => cms.close())

  const request = () => createLocalReq({}, cms.payload)
  /** Writes something that can be counted. */
  const write = async (id: number, then: (pid: number) => Promise<unknown> = async () => {}) => {
    const req = await request()
    return inTransaction(req, async () => {
      await enqueue(req, 'index-document', { collection: 'articles', id })
      const [row] = await query<{ pid: number }>(req, sql`select pg_backend_pid() as pid`)
      await then(row!.pid)
    })
  }
  const written = (id: number) => withClient(cms.database.adminUrl, async (client) =>
    (await client.query("select from graphile_worker._private_jobs where payload->>'id' = $1", [String(id)])).rowCount)

  it('keeps what was done, and a refusal keeps nothing', async () => {
    await write(1)
    await expect(write(2, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect([await written(1), await written(2)]).toEqual([1, 0])
  })

  it('that the server did not live to see is told as a fault', async () => {
    await expect(write(3, async (pid) => {
      await withClient(cms.database.adminUrl, (client) => client.query('select pg_terminate_backend($1)', [pid]))
      // Until the connection has heard of it, and after: both must fail.
      await new Promise((resolve) => setTimeout(resolve, 100))
    })).rejects.toThrow()
    expect(await written(3)).toBe(0)
  })

  it('of work that had failed, and whose failure somebody swallowed, is told as a fault', async () => {
    await expect((async () => {
      const req = await request()
      await inTransaction(req, async () => {
        await enqueue(req, 'index-document', { collection: 'articles', id: 4 })
        await query(req, sql`select 1 / 0`).catch(() => {})
      })
    })()).rejects.toThrow()
    expect(await written(4)).toBe(0)
  })

  it('goes on working afterwards, with as many connections as before', async () => {
    for (let id = 10; id < 40; id += 1) await write(id)
    await Promise.all(Array.from({ length: 30 }, (_, number) => write(50 + number)))
    expect(await written(79)).toBe(1)
  })
})
