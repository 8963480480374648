import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openPools, openWatchedPool } from './watched-pool.ts'

let database: TestDatabase
let admin: pg.Client
const lines: Array<Record<string, unknown>> = []
const log = { warn: (line: Record<string, unknown>) => lines.push(line), error: (line: Record<string, unknown>) => lines.push(line) }
beforeAll(async () => {
  database = await createTestDatabase()
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})
const open = (slowQueryMs: number) => openWatchedPool({ connectionString: database.appUrl, max: 3 }, { name: 'watched', log, slowQueryMs })
/** As a restart of PostgreSQL would. */
const terminateAll = () => admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')

describe('a watched pool', () => {
  it('outlives the end of all its connections: idle ones, and one in the middle of a transaction', async () => {
    const pool = open(60_000)
    const held = await pool.connect()
    await held.query('begin')
    await pool.query('select 1')
    await terminateAll()
    await expect.poll(() => lines).toContainEqual(expect.objectContaining({ what: 'database-connection', pool: 'watched' }))
    await expect(held.query('select 1')).rejects.toThrow()
    held.release(true)
    await expect.poll(async () => (await pool.query<{ one: number }>('select 1 as one')).rows[0]?.one).toBe(1)
    await pool.end()
  })

  it('notes a slow question by its text, without what was asked for', async () => {
    const pool = open(1)
    lines.length = 0
    await pool.query("select pg_sleep(0.05), $1::text as name, '13951234567' as phone", ['欧阳建国'])
    const client = await pool.connect()
    await client.query({ text: 'select pg_sleep(0.05), $1::text', values: ['张三'] })
    client.release()
    const slow = lines.filter(({ what }) => what === 'slow-query')
    expect(slow.map(({ text }) => text)).toEqual(["select pg_sleep(0.05), $1::text as name, '…' as phone", 'select pg_sleep(0.05), $1::text'])
    expect(JSON.stringify(lines)).not.toMatch(/欧阳|张三|1395/)
    expect(slow.every(({ ms }) => Number(ms) >= 1)).toBe(true)
    await pool.end()
  })

  it('notes nothing of a quick one, and can be measured', async () => {
    const pool = open(60_000)
    lines.length = 0
    await pool.query('select 1')
    expect(lines).toEqual([])
    expect(openPools().get('watched')).toBe(pool)
    await pool.end()
  })
})
