import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { pdf, png } from '../testing/files.ts'
import { openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readTables } from './read-structure.ts'
import { restoreBackup } from './restore-backup.ts'
import { verifyBackup, type VerifiedBackup } from './verify-backup.ts'
import { type BackupSource, writeBackup } from './write-backup.ts'

const CHEAP = 8
const PASSPHRASE = '往返测试用的口令'
/** Tables that a restore changes on purpose. */
const PUT_RIGHT = ['public.users_sessions', 'cluster.sessions', 'delivery.feed', 'graphile_worker._private_jobs', 'graphile_worker._private_job_queues']

const folder = temporaryFolder('cluster-round-trip')
const path = join(folder, 'whole.backup')
let offices: TestOffices
let target: TestDatabase
let verified: VerifiedBackup
let before: Record<string, unknown[]>

const sourceOf = (database: TestDatabase): BackupSource => ({
  databaseUrl: database.ownerUrl, mediaDir: database.env.MEDIA_DIR!, mode: 'demo', product: '0.1.0', keys: { payloadSecret: 'x'.repeat(32) }, demoAccounts: null,
})
const backUp = (to: string) => writeBackup({ path: to, passphrase: PASSPHRASE, workFactor: CHEAP, source: sourceOf(offices.database), now: () => new Date() })

async function withOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Every cell of every table, as text, in an order that depends on the cells alone. */
const cellsOf = (url: string) => withOwner(url, async (client) => {
  const cells: Record<string, unknown[]> = {}
  for (const { schema, name } of await readTables(client)) {
    const { rows } = await client.query(`select to_jsonb(t)::text as row from "${schema}"."${name}" as t order by 1`)
    cells[`${schema}.${name}`] = rows.map(({ row }) => row)
  }
  return cells
})

beforeAll(async () => {
  offices = await openTestOffices()
  const editor = await offices.as('editor')
  const site = offices.sites['suzhou-kunshan']
  const picture = await editor.upload('POST', '/api/media?depth=0', { site, alt: '正门' }, await png('正门.png', 1200, 600))
  const paper = await editor.upload('POST', '/api/media?depth=0', { site }, pdf('职责清单（终稿）.pdf'))
  const published = await write(offices, { picture: picture.body.doc!.id, attachments: [{ file: paper.body.doc!.id, title: '清单' }] })
  await review(offices, published)
  await write(offices, { title: '含\t制表符、\\反斜杠、换行\n和 𠮷 的草稿', summary: '' })
  await review(offices, await write(offices, {}, { column: 'policies', collection: 'policies' }), 2, 'policies')
  await offices.rows(`insert into graphile_worker._private_jobs (task_id, payload, locked_at, locked_by)
    select id, '{}', now(), 'worker-of-then' from graphile_worker._private_tasks limit 1`)
  target = await createTestDatabase()
  before = await cellsOf(offices.database.ownerUrl)
  await backUp(path)
  verified = await verifyBackup({ path, passphrase: PASSPHRASE })
  await restoreBackup({ path, passphrase: PASSPHRASE, verified, databaseUrl: target.ownerUrl, mediaDir: target.env.MEDIA_DIR!, isEngineShared: false })
})
afterAll(async () => {
  await target?.drop()
  await offices?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a restored cluster', () => {
  it('holds every cell of every table', async () => {
    const after = await cellsOf(target.ownerUrl)
    expect(Object.keys(after)).toEqual(Object.keys(before))
    for (const [table, rows] of Object.entries(before)) {
      if (!PUT_RIGHT.includes(table)) expect(after[table], table).toEqual(rows)
    }
    expect(before['public.articles']!.length).toBe(2)
    expect(before['cluster.sign_offs']!.length).toBeGreaterThan(4)
  })

  it('holds every file, byte for byte', () => {
    const [source, restored] = [offices.database.env.MEDIA_DIR!, target.env.MEDIA_DIR!]
    const names = readdirSync(source).filter((name) => !name.startsWith('.')).toSorted()
    expect(names.length).toBe(5)
    expect(readdirSync(restored).toSorted()).toEqual(names)
    for (const name of names) expect(readFileSync(join(restored, name)).equals(readFileSync(join(source, name))), name).toBe(true)
  })

  it('goes on counting where the other stopped', () => withOwner(target.adminUrl, async (client) => {
    const sequences = await client.query<{ name: string }>("select schemaname || '.' || sequencename as name from pg_sequences where schemaname in ('public', 'cluster', 'delivery')")
    expect(sequences.rows.length).toBeGreaterThan(10)
    const { rows } = await client.query("insert into articles (title, site_id, state, version) select '新', id, 'draft', 1 from sites limit 1 returning id")
    expect(rows[0].id).toBeGreaterThan(Math.max(...before['public.articles']!.map((row) => JSON.parse(String(row)).id)))
  }))

  it('keeps its foreign keys, its triggers, and what only grows', () => withOwner(target.ownerUrl, async (client) => {
    const keys = (url: string) => withOwner(url, async (other) => (await other.query(
      "select conname, conrelid::regclass::text as t, pg_get_constraintdef(oid) as d, convalidated from pg_constraint where contype = 'f' order by 1, 2")).rows)
    expect(await keys(target.ownerUrl)).toEqual(await keys(offices.database.ownerUrl))
    const { rows: asleep } = await client.query("select tgname from pg_trigger where not tgisinternal and tgenabled <> 'O'")
    expect(asleep).toEqual([])
    for (const table of ['cluster.sign_offs', 'cluster.audit', 'delivery.feed']) {
      await expect(client.query(`delete from ${table}`), table).rejects.toThrow('append-only')
      await expect(client.query(`truncate ${table} cascade`), table).rejects.toThrow('append-only')
    }
  }))

  it('has ended all sessions and let go of the jobs of processes that are gone', () => withOwner(target.ownerUrl, async (client) => {
    expect(before['public.users_sessions']!.length).toBeGreaterThan(0)
    expect((await client.query('select from public.users_sessions')).rowCount).toBe(0)
    expect((await client.query('select from graphile_worker._private_jobs')).rowCount).toBe(before['graphile_worker._private_jobs']!.length)
    expect((await client.query('select from graphile_worker._private_jobs where locked_at is not null')).rowCount).toBe(0)
  }))

  it('tells every portal, wherever it stands in the feed, that all it keeps is out of date', () => withOwner(target.ownerUrl, async (client) => {
    const { rows } = await client.query<{ seq: string, tags: string[] }>('select seq, tags from delivery.feed order by seq desc limit 2')
    expect(rows[0]!.tags).toEqual(expect.arrayContaining(['cluster', 'directory']))
    expect(Number(rows[0]!.seq) - Number(rows[1]!.seq)).toBeGreaterThan(999_999)
  }))

  it('can be backed up itself, to the same digests', async () => {
    const again = join(folder, 'again.backup')
    await writeBackup({ path: again, passphrase: PASSPHRASE, workFactor: CHEAP, source: sourceOf(target), now: () => new Date() })
    const { manifest } = await verifyBackup({ path: again, passphrase: PASSPHRASE })
    const of = (one: VerifiedBackup['manifest']) => one.tables.filter(({ schema, name }) => !PUT_RIGHT.includes(`${schema}.${name}`) && !(schema === 'public' && name === 'articles'))
    expect(of(manifest)).toEqual(of(verified.manifest))
    expect(manifest.files).toEqual(verified.manifest.files)
  })
})

describe('a back-up', () => {
  it('says what it holds', () => {
    expect(verified.header).toMatchObject({ format: 1, mode: 'demo', product: '0.1.0' })
    expect(verified.header.migrations.length).toBeGreaterThan(1)
    expect(verified.header.sites.map(({ slug }) => slug)).toContain('suzhou-kunshan')
    expect(verified.keys).toEqual({ payloadSecret: 'x'.repeat(32) })
    expect(verified.manifest.faults).toEqual([])
  })

  it('is of one moment, whatever is written meanwhile', async () => {
    // The first table that is read and the last one: what moves between them would be lost or doubled without a snapshot.
    const BALANCES = `create table cluster.a_balances (amount integer not null, filling text not null); alter table cluster.a_balances owner to cluster_owner;
      create table public.z_balances (like cluster.a_balances); alter table public.z_balances owner to cluster_owner;`
    await offices.rows(BALANCES)
    await offices.rows("insert into cluster.a_balances select 1000000, repeat('文', 500000)")
    await offices.rows("insert into public.z_balances values (0, '')")
    let isOver = false
    let moves = 0
    const moving = (async () => {
      while (!isOver) {
        await offices.rows('with taken as (update cluster.a_balances set amount = amount - 7) update public.z_balances set amount = amount + 7')
        await offices.rows("insert into cluster.audit (deed, detail) values ('trial', '{}')")
        moves += 1
      }
    })()
    const moved = join(folder, 'moved.backup')
    const heard: number[] = []
    const movesBefore = moves
    await writeBackup({ path: moved, passphrase: PASSPHRASE, workFactor: CHEAP, source: sourceOf(offices.database), now: () => new Date(), onProgress: (done, total) => heard.push(done / total) })
    const movesDuring = moves - movesBefore
    isOver = true
    await moving
    const copy = await createTestDatabase()
    try {
      await withOwner(copy.adminUrl, (client) => client.query(BALANCES))
      await restoreBackup({ path: moved, passphrase: PASSPHRASE, verified: await verifyBackup({ path: moved, passphrase: PASSPHRASE }), databaseUrl: copy.ownerUrl, mediaDir: copy.env.MEDIA_DIR!, isEngineShared: false })
      const { rows } = await withOwner(copy.ownerUrl, (client) => client.query('select (select sum(amount) from cluster.a_balances)::integer + (select sum(amount) from public.z_balances)::integer as total'))
      expect(rows[0]).toEqual({ total: 1_000_000 })
    } finally {
      await copy.drop()
      await offices.rows('drop table cluster.a_balances, public.z_balances')
    }
    expect(movesDuring).toBeGreaterThan(3)
    expect(heard.at(-1)).toBe(1)
    expect(heard).toEqual(heard.toSorted((one, other) => one - other))
  })

  it('keeps a file that is deleted while it runs', async () => {
    const kept = 'x-deleted.pdf'
    const bytes = pdf(kept).bytes
    writeFileSync(join(offices.database.env.MEDIA_DIR!, kept), bytes)
    await offices.rows(`insert into media (filename, mime_type, filesize, hashes, site_id) select $1, 'application/pdf', $2, $3, id from sites limit 1`,
      [kept, bytes.length, JSON.stringify({ original: createHash('sha256').update(bytes).digest('hex') })])
    const to = join(folder, 'deleted.backup')
    const outcome = await writeBackup({
      path: to, passphrase: PASSPHRASE, workFactor: CHEAP, source: sourceOf(offices.database), now: () => new Date(),
      onProgress: () => rmSync(join(offices.database.env.MEDIA_DIR!, kept), { force: true }),
    })
    expect(outcome.faults).toEqual([])
    expect((await verifyBackup({ path: to, passphrase: PASSPHRASE })).manifest.files.map(({ name }) => name)).toContain(kept)
    expect(readdirSync(offices.database.env.MEDIA_DIR!).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('names the files that are missing or are not what the rows say, and holds all the rest', async () => {
    const outcome = await backUp(join(folder, 'missing.backup'))
    expect(outcome.faults).toEqual([{ name: 'x-deleted.pdf', fault: 'missing' }])
    writeFileSync(join(offices.database.env.MEDIA_DIR!, 'x-deleted.pdf'), 'something else')
    expect((await backUp(join(folder, 'differs.backup'))).faults).toEqual([{ name: 'x-deleted.pdf', fault: 'differs' }])
    unlinkSync(join(offices.database.env.MEDIA_DIR!, 'x-deleted.pdf'))
    await offices.rows("delete from media where filename = 'x-deleted.pdf'")
  })

  it('that fails leaves no file', async () => {
    const to = join(folder, 'failed.backup')
    const broken = { ...sourceOf(offices.database), databaseUrl: offices.database.deliveryUrl }
    await expect(writeBackup({ path: to, passphrase: PASSPHRASE, workFactor: CHEAP, source: broken, now: () => new Date() })).rejects.toThrow('permission denied')
    expect(readdirSync(folder).filter((name) => name.startsWith('failed'))).toEqual([])
  })
})

describe('a restore', () => {
  it('that breaks off leaves the tables empty', async () => {
    const place = await createTestDatabase()
    try {
      const wrong: VerifiedBackup = { ...verified, manifest: { ...verified.manifest, tables: verified.manifest.tables.map((table) => table.name === 'articles' ? { ...table, digest: '0'.repeat(64) } : table) } }
      await expect(restoreBackup({ path, passphrase: PASSPHRASE, verified: wrong, databaseUrl: place.ownerUrl, mediaDir: place.env.MEDIA_DIR!, isEngineShared: false })).rejects.toThrow('public.articles holds 2 rows')
      const cells = await cellsOf(place.ownerUrl)
      expect([cells['public.sites'], cells['public.articles'], cells['cluster.audit']]).toEqual([[], [], []])
    } finally {
      await place.drop()
    }
  })

  it('into a structure that lacks a column says which', async () => {
    const place = await createTestDatabase()
    try {
      await withOwner(place.adminUrl, (client) => client.query('alter table cluster.transitions drop column unit'))
      await expect(restoreBackup({ path, passphrase: PASSPHRASE, verified, databaseUrl: place.ownerUrl, mediaDir: place.env.MEDIA_DIR!, isEngineShared: false })).rejects.toThrow('lacks cluster.transitions.unit')
    } finally {
      await place.drop()
    }
  })
})
