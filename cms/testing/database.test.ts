import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APPEND_ONLY_TABLES } from '../cli/append-only.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

describe('the roles of a migrated database', () => {
  it('lets the app read and write rows', async () => {
    expect(await ask(database.appUrl, 'select count(*)::int as sites from public.sites')).toEqual([{ sites: 0 }])
  })

  it('lets the app enqueue a job and see it, row-level security notwithstanding', async () => {
    await ask(database.appUrl, "select graphile_worker.add_job('nothing', run_at => now() + interval '1 day')")
    expect(await ask(database.appUrl, 'select task_identifier from graphile_worker.jobs'))
      .toEqual([{ task_identifier: 'nothing' }])
  })

  it.each([
    'create table public.extra (a int)', 'create schema extra', 'alter table public.sites add column extra int',
    'drop table public.sites', 'create temp table extra (a int)',
  ])('refuses the app %s', async (statement) => {
    await expect(ask(database.appUrl, statement)).rejects.toMatchObject({ code: '42501' })
  })

  it.each(APPEND_ONLY_TABLES)('refuses the app to empty or change %s', async (table) => {
    await expect(ask(database.appUrl, `delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
    await expect(ask(database.appUrl, `truncate ${table}`)).rejects.toMatchObject({ code: '42501' })
    const [column] = await ask(database.adminUrl, `select attname from pg_attribute
      where attrelid = '${table}'::regclass and attnum > 0 and attidentity = '' limit 1`) as { attname: string }[]
    await expect(ask(database.appUrl, `update ${table} set ${column?.attname} = null`))
      .rejects.toMatchObject({ code: '42501' })
  })

  it('lets the delivery role read the public copies and nothing else', async () => {
    expect(await ask(database.deliveryUrl, 'select count(*)::int as records from delivery.records'))
      .toEqual([{ records: 0 }])
    await expect(ask(database.deliveryUrl, 'select * from public.sites')).rejects.toMatchObject({ code: '42501' })
    await expect(ask(database.deliveryUrl, 'select * from cluster.versions')).rejects.toMatchObject({ code: '42501' })
  })

  it('refuses the delivery role any write, even in a transaction that it declares writable', async () => {
    await expect(ask(database.deliveryUrl, 'delete from delivery.records')).rejects.toMatchObject({ code: '25006' })
    await expect(ask(database.deliveryUrl, 'begin read write; delete from delivery.records'))
      .rejects.toMatchObject({ code: '42501' })
  })
})

describe('a test database', () => {
  it('is seen by nobody else', async () => {
    const other = await createTestDatabase()
    try {
      await ask(database.appUrl, "select graphile_worker.add_job('mine', run_at => now() + interval '1 day')")
      expect(await ask(other.appUrl, 'select task_identifier from graphile_worker.jobs')).toEqual([])
    } finally {
      await other.drop()
    }
  })
})
