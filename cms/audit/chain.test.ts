import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { auditOperator } from './record-operator.ts'
import { checkRetired, retireAudit } from './retire.ts'
import { chainEnd, createSealer, sealWaiting } from './seal.ts'
import { verifyAudit } from './verify.ts'

let database: TestDatabase
let pool: Pool
let owner: Client
let superuser: Client
beforeAll(async () => {
  database = await createTestDatabase()
  pool = new Pool({ connectionString: database.appUrl, max: 6 })
  owner = new Client({ connectionString: database.ownerUrl })
  superuser = new Client({ connectionString: database.adminUrl })
  await Promise.all([owner.connect(), superuser.connect()])
})
afterAll(async () => {
  await Promise.all([pool.end(), owner.end(), superuser.end()])
  await database.drop()
})

const write = async (count: number) => {
  for (let index = 0; index < count; index += 1) await auditOperator(pool, { deed: 'export', person: '运维', detail: { index, 名称: '甲' } })
}
const seals = async () => (await pool.query<{ seq: string; row_id: string }>('select seq, row_id from cluster.audit_seals order by seq')).rows.map(({ seq, row_id: row }) => [Number(seq), Number(row)])
/** What somebody could do who has taken over the database itself. */
const forge = async (statement: string) => {
  await superuser.query("set session_replication_role = replica")
  await superuser.query(statement)
  await superuser.query("set session_replication_role = origin")
}

describe('who may change the audit log', () => {
  it.each(['cluster.audit', 'cluster.audit_seals', 'cluster.audit_checkpoints', 'cluster.audit_checks'])('nobody changes, deletes or empties %s: not the CMS’s role, not the owner', async (table) => {
    await write(1)
    for (const [client, refusal] of [[pool, /permission denied/], [owner, /append-only/]] as const) {
      const column = table === 'cluster.audit' ? 'at' : table === 'cluster.audit_seals' ? 'sealed_at' : table === 'cluster.audit_checks' ? 'finished_at' : 'at'
      await expect(client.query(`truncate ${table}`)).rejects.toThrow(refusal)
      if ((await owner.query(`select from ${table}`)).rowCount === 0) continue
      await expect(client.query(`update ${table} set ${column} = now()`)).rejects.toThrow(refusal)
      await expect(client.query(`delete from ${table}`)).rejects.toThrow(refusal)
    }
  })
})

describe('sealing', () => {
  it('chains what was committed, and nothing that was rolled back', async () => {
    while (await sealWaiting(pool) > 0);
    const before = await seals()
    await pool.query('begin; insert into cluster.audit (deed) values (\'undone\'); rollback')
    await write(3)
    expect(await sealWaiting(pool)).toBe(3)
    expect(await sealWaiting(pool)).toBe(0)
    const after = await seals()
    expect(after.map(([seq]) => seq)).toEqual(after.map((_, index) => index + 1))
    expect(after).toHaveLength(before.length + 3)
    expect((await verifyAudit(pool)).fault).toBeNull()
  })

  it('seals a row that was begun first and committed last', async () => {
    const slow = await pool.connect()
    await slow.query("begin; insert into cluster.audit (deed) values ('slow')")
    await write(2)
    expect(await sealWaiting(pool)).toBe(2)
    await slow.query('commit')
    slow.release()
    expect(await sealWaiting(pool)).toBe(1)
    const rows = (await seals()).slice(-3).map(([, row]) => row!)
    expect(rows[2]).toBeLessThan(rows[0]!)
    expect((await verifyAudit(pool)).fault).toBeNull()
  })

  it('is done by one of several processes at a time, each row once', async () => {
    const faults: unknown[] = []
    const sealers = [1, 2, 3].map(() => createSealer({ pool, onFault: (_, error) => faults.push(error) }))
    const total = async () => Number((await pool.query<{ count: string }>('select count(*) from cluster.audit')).rows[0]!.count)
    for (const sealer of sealers) sealer.start()
    await Promise.all([write(40), write(40), write(40)])
    await expect.poll(async () => (await seals()).length, { timeout: 10_000 }).toBe(await total())
    await Promise.all(sealers.map((sealer) => sealer.stop()))
    expect(faults).toEqual([])
    expect(new Set((await seals()).map(([, row]) => row)).size).toBe(await total())
    expect((await verifyAudit(pool)).fault).toBeNull()
  })
})

describe('a check of the chain', () => {
  const chosen = async () => (await seals())[20]!
  afterEach(async () => {
    expect((await verifyAudit(pool)).fault).toBeNull()
  })

  it('names the row that was changed', async () => {
    const [seq, row] = await chosen()
    await forge(`update cluster.audit set person_name = '别人' where id = ${row}`)
    expect((await verifyAudit(pool)).fault).toEqual({ code: 'row-changed', seq, rowId: row })
    await forge(`update cluster.audit set person_name = '运维' where id = ${row}`)
  })

  it('names the row that was deleted, and the seal', async () => {
    const [seq, row] = await chosen()
    await forge(`create table cluster.kept as select * from cluster.audit where id = ${row}; delete from cluster.audit where id = ${row}`)
    expect((await verifyAudit(pool)).fault).toEqual({ code: 'row-missing', seq, rowId: row })
    await forge(`insert into cluster.audit overriding system value select * from cluster.kept; drop table cluster.kept`)
    await forge(`create table cluster.kept as select * from cluster.audit_seals where seq = ${seq}; delete from cluster.audit_seals where seq = ${seq}`)
    expect((await verifyAudit(pool)).fault).toEqual({ code: 'seal-missing', seq, rowId: null })
    await forge('insert into cluster.audit_seals select * from cluster.kept; drop table cluster.kept')
  })

  it('finds that the latest rows were cut off, by the head of the check before, and by one that was kept outside', async () => {
    await verifyAudit(pool)
    const head = await chainEnd(pool)
    const [seq] = (await seals()).at(-1)!
    await forge(`create table cluster.kept as select * from cluster.audit_seals where seq = ${seq}; delete from cluster.audit_seals where seq = ${seq}`)
    expect((await verifyAudit(pool)).fault).toMatchObject({ code: 'anchor-missing', seq })
    expect((await verifyAudit(pool, { anchor: head })).fault).toMatchObject({ code: 'anchor-missing', seq: head.seq })
    await forge('insert into cluster.audit_seals select * from cluster.kept; drop table cluster.kept')
    expect((await verifyAudit(pool, { anchor: head })).fault).toBeNull()
    expect((await verifyAudit(pool, { anchor: { ...head, hash: head.hash.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) } })).fault).toMatchObject({ code: 'anchor-missing' })
  })

  it('finds an old row that nobody sealed: it was slipped in', async () => {
    await forge("insert into cluster.audit (deed, at) values ('forged', now() - interval '1 hour')")
    const { rows: [row] } = await superuser.query<{ id: string }>("select id from cluster.audit where deed = 'forged'")
    expect((await verifyAudit(pool)).fault).toEqual({ code: 'row-unsealed', seq: null, rowId: Number(row!.id) })
    await forge("delete from cluster.audit where deed = 'forged'")
  })

  it('finds a row that was deleted before it was sealed', async () => {
    await write(1)
    const { rows: [row] } = await superuser.query<{ id: string }>('select max(id) as id from cluster.audit')
    await forge(`create table cluster.kept as select * from cluster.audit where id = ${row!.id}; delete from cluster.audit where id = ${row!.id}`)
    expect(await sealWaiting(pool)).toBe(0)
    expect((await verifyAudit(pool)).fault).toEqual({ code: 'row-missing', seq: null, rowId: Number(row!.id) })
    await forge('insert into cluster.audit overriding system value select * from cluster.kept; drop table cluster.kept')
    expect(await sealWaiting(pool)).toBe(1)
  })
})

describe('moving old rows out', () => {
  const file = (name: string) => join(database.dataDir, name)

  it('does nothing where no row is that old', async () => {
    expect(await retireAudit(owner, { before: new Date('2020-01-01'), file: file('none.jsonl') })).toBeNull()
  })

  it('leaves everything where the chain is broken', async () => {
    const [, row] = (await seals())[3]!
    await forge(`update cluster.audit set deed = 'x' where id = ${row}`)
    const before = await seals()
    await expect(retireAudit(owner, { before: new Date(Date.now() + 1000), file: file('broken.jsonl') })).rejects.toThrow('row-changed')
    expect(await seals()).toEqual(before)
    expect(() => readFileSync(file('broken.jsonl'))).toThrow()
    await forge(`update cluster.audit set deed = 'export' where id = ${row}`)
  })

  it('keeps them in a file that can be checked alone, and the rest a chain', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    const before = new Date()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const head = await chainEnd(pool)
    await write(5)
    while (await sealWaiting(pool) > 0);
    const retired = await retireAudit(owner, { before, file: file('old.jsonl') })
    expect(retired).toMatchObject({ rows: head.seq, end: head })
    expect(await seals()).toHaveLength(5)
    expect((await verifyAudit(pool)).fault).toBeNull()
    expect(await checkRetired(file('old.jsonl'))).toBe(retired!.fileDigest)
    expect(readFileSync(file('old.jsonl'), 'utf8').trim().split('\n')).toHaveLength(head.seq + 1)
    writeFileSync(file('changed.jsonl'), readFileSync(file('old.jsonl'), 'utf8').replace('运维', '别人'))
    await expect(checkRetired(file('changed.jsonl'))).rejects.toThrow('row-changed')
    // The triggers that stood aside are back.
    await expect(owner.query('delete from cluster.audit')).rejects.toThrow(/append-only/)
    await expect(owner.query('delete from cluster.audit_seals')).rejects.toThrow(/append-only/)
    await write(1)
    expect(await sealWaiting(pool)).toBe(1)
    expect((await verifyAudit(pool)).fault).toBeNull()
  })

  it('may be done by the owner only', async () => {
    const client = await pool.connect()
    try {
      await expect(retireAudit(client, { before: new Date(Date.now() + 1000), file: file('app.jsonl') })).rejects.toThrow(/permission denied|must be owner/)
    } finally {
      client.release()
    }
  })
})
