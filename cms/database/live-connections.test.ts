import { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openLine, type Line } from '../cli/faults/open-line.ts'
import { createFeedBell } from '../delivery/read/feed-bell.ts'
import { showPresence } from '../outbox/presence.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { liveConnections } from './live-connections.ts'

const PATIENCE_MS = 1_000

describe('a database at the end of a line that fails', () => {
  let database: TestDatabase
  let line: Line
  let url: string
  const faults: string[] = []
  const onFault = (what: string) => { faults.push(what) }

  beforeAll(async () => {
    database = await createTestDatabase()
    const target = new URL(database.appUrl)
    line = await openLine({ to: Number(target.port) })
    target.port = String(line.port)
    url = target.href
  })
  afterEach(() => {
    line.set('open')
    faults.length = 0
  })
  afterAll(async () => {
    await line.close()
    await database.drop()
  })

  it('silent for longer than anybody waits: the statement fails, its connection goes, the next one works', async () => {
    const pool = new Pool({ connectionString: url, max: 1, ...liveConnections(PATIENCE_MS) })
    pool.on('error', () => {})
    const before = (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid
    line.set('half-open')
    const client = await pool.connect()
    await expect(client.query('select 1')).rejects.toThrow('Query read timeout')
    // Put back as the CMS's driver does it, without a word on what has happened.
    client.release()
    const after = (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid
    expect(after).not.toBe(before)
    await pool.end()
  })

  it('a statement that the server is slow with ends there too', async () => {
    const pool = new Pool({ connectionString: url, max: 1, ...liveConnections(PATIENCE_MS) })
    await expect(pool.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' })
    await pool.end()
  })

  it('without a limit a statement takes as long as it likes', () => {
    expect(liveConnections(0)).not.toHaveProperty('query_timeout')
  })

  it('the feed’s bell notices that nobody is at the other end, and listens anew', async () => {
    const bell = createFeedBell({ openClient: () => new Client({ connectionString: url, query_timeout: 200 }), onFault, probeMs: 50 })
    bell.start()
    await expect.poll(() => bell.isListening(), { timeout: 5_000 }).toBe(true)
    line.set('half-open')
    await expect.poll(() => faults, { timeout: 5_000 }).toContain('feed-connection')
    await expect.poll(() => bell.isListening(), { timeout: 5_000 }).toBe(true)
    await bell.stop()
  })

  it('a worker’s sign of life is given again when its line was cut', async () => {
    const presence = await showPresence({ url, poolId: 'pool-of-a-test', onFault })
    const isShown = async () => {
      const watching = new Client({ connectionString: database.adminUrl })
      await watching.connect()
      const { rows: [row] } = await watching.query<{ count: number }>(`
        select count(*)::integer as count from pg_locks join pg_database on pg_database.oid = database
        where locktype = 'advisory' and granted and datname = current_database() and objid::bigint = hashtext('pool-of-a-test')::bigint & 4294967295`)
      await watching.end()
      return row!.count
    }
    expect(await isShown()).toBe(1)
    line.set('cut')
    await expect.poll(isShown, { timeout: 5_000 }).toBe(0)
    line.set('open')
    await expect.poll(isShown, { timeout: 10_000 }).toBe(1)
    expect(faults).toContain('presence')
    await presence.stop()
  })
})
