import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChainFault } from '@cluster/shared/audit/chain'
import { openTestOffices, type TestOffices, write } from '../testing/offices.ts'
import { PEOPLE, type PersonKey } from '../testing/people.ts'
import { sealWaiting } from './seal.ts'
import type { SealedRow } from './search.ts'

let offices: TestOffices
const KUNSHAN = 'suzhou-kunshan'
beforeAll(async () => {
  offices = await openTestOffices()
  for (let round = 0; round < 3; round += 1) await write(offices, { title: `第${round}篇` })
  await (await offices.as('sibling')).patch('/api/articles/1', { version: 1, title: 'x' })
  while (await sealWaiting(offices.payload.db.pool) > 0);
})
afterAll(() => offices.close())

const rowsOf = async (person: PersonKey, query = '') => {
  const answer = await (await offices.as(person)).get(`/api/audit${query}`)
  expect(answer.status).toBe(200)
  return answer.body.rows as SealedRow[]
}

describe('the audit log is read', () => {
  it('by the audit administrator alone, and who else tries is in it', async () => {
    for (const path of ['/api/audit', '/api/audit/export', '/api/audit/anchor']) {
      // The newcomer has not even changed the first password, and is let in nowhere.
      for (const person of Object.keys(PEOPLE).filter((key) => key !== 'auditAdmin' && key !== 'newcomer') as PersonKey[]) {
        const answer = await (await offices.as(person)).get(path)
        expect([answer.status, answer.body.errors?.[0]?.code], `${person} ${path}`).toEqual([403, 'forbidden'])
      }
      expect((await offices.anonymous.get(path)).status).toBe(401)
    }
    expect((await (await offices.as('editor')).post('/api/audit/check')).status).toBe(403)
    const [row] = await rowsOf('auditAdmin', '?deed=read-audit&result=refused')
    expect(row).toMatchObject({ personId: offices.people.editor.id, reason: 'forbidden', isRefused: true })
  })

  it('by time, person, site, deed, result, object and request', async () => {
    const all = await rowsOf('auditAdmin')
    expect(all.length).toBeGreaterThan(5)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
    const asked: Array<[string, (row: SealedRow) => boolean]> = [
      [`?person=${offices.people.editor.email}`, (row) => row.personEmail?.endsWith(offices.people.editor.email) ?? row.collection === 'users'], [`?site=${KUNSHAN}&deed=create`, (row) => row.site === KUNSHAN && row.deed === 'create'],
      ['?result=refused', (row) => row.isRefused], ['?result=done', (row) => !row.isRefused], ['?collection=articles&document=1', (row) => row.collection === 'articles' && row.documentId === 1],
      [`?request=${all[0]!.requestId}`, (row) => row.requestId === all[0]!.requestId], [`?from=${today}&until=${today}`, () => true], [`?before=${all[2]!.id}`, (row) => row.id < all[2]!.id],
    ]
    for (const [query, fits] of asked) {
      const rows = await rowsOf('auditAdmin', query)
      expect(rows.length, query).toBeGreaterThan(0)
      expect(rows.filter((row) => !fits(row)), query).toEqual([])
    }
    expect(await rowsOf('auditAdmin', '?until=2020-01-01')).toEqual([])
    expect(await rowsOf('auditAdmin', '?person=%25')).toEqual([])
  })

  it('and refuses what is no question', async () => {
    for (const query of ['?from=yesterday', '?document=0', "?site=' or 1=1", '?before=-1', '?result=maybe', '?person[a]=1']) {
      const answer = await (await offices.as('auditAdmin')).get(`/api/audit${encodeURI(query)}`)
      expect(answer.status, query).toBe(400)
    }
  })

  it('page by page, no row twice and none left out', async () => {
    await offices.rows("insert into cluster.audit (deed) select 'export' from generate_series(1, 120)")
    const seen: number[] = []
    let before = ''
    for (let page = 0; page < 10; page += 1) {
      const { body } = await (await offices.as('auditAdmin')).get(`/api/audit?deed=export${before}`)
      seen.push(...(body.rows as SealedRow[]).map(({ id }) => id))
      if (body.next === null) break
      before = `&before=${String(body.next)}`
    }
    const kept = await offices.rows<{ id: string }>("select id from cluster.audit where deed = 'export' order by id desc")
    expect(seen).toEqual(kept.map(({ id }) => Number(id)))
  })
})

describe('an export', () => {
  it('has every matching row, in both forms, and is itself a row', async () => {
    const client = await offices.as('auditAdmin')
    const line = (await client.get('/api/audit/export?format=jsonl&deed=create&collection=articles&document=1')).text
    expect(JSON.parse(line)).toMatchObject({ deed: 'create', documentId: 1, seal: { hash: expect.stringMatching(/^sha256:/) as string } })
    const csv = (await client.get('/api/audit/export?format=csv&deed=create&collection=articles')).text
    expect(csv.trim().split('\r\n')).toHaveLength(4)
    expect(csv).toContain('操作代码')
    const [row] = await rowsOf('auditAdmin', '?deed=export&collection=audit')
    expect(row).toMatchObject({ personId: offices.people.auditAdmin.id, detail: { format: 'csv', filters: ['deed', 'collection'] } })
  })

  it('makes no formula of what somebody has written', async () => {
    await offices.rows(`insert into cluster.audit (deed, person_name, detail) values ('export', '=cmd|''/c calc''!A1', '{"a": "x,\\"y\\""}')`)
    const csv = (await (await offices.as('auditAdmin')).get('/api/audit/export?person=calc')).text
    expect(csv).toContain("'=cmd|'/c calc'!A1")
    expect(csv).not.toMatch(/(^|,)=cmd/m)
  })
})

describe('the chain', () => {
  it('is checked at the audit administrator’s word, and its head can be taken away', async () => {
    while (await sealWaiting(offices.payload.db.pool) > 0);
    const client = await offices.as('auditAdmin')
    expect((await client.post('/api/audit/check')).body).toMatchObject({ isWhole: true, fault: null })
    const anchor = (await client.get('/api/audit/anchor')).body
    expect(anchor.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
    await offices.rows('set session_replication_role = replica')
    await offices.rows("update cluster.audit set person_name = '别人' where id = 2")
    const { isWhole, fault } = (await client.post('/api/audit/check')).body as { isWhole: boolean; fault: ChainFault & { message: string } }
    expect([isWhole, fault.code, fault.rowId]).toEqual([false, 'row-changed', 2])
    expect(fault.message).toContain('改动')
  })
})
