import { pdf } from '../files.ts'
import type { Answer, RestClient } from '../rest.ts'
import type { Operation } from './collection-table.ts'
import { changeOf, type Home, newDocument, TABLES, type Target } from './home.ts'

type Probe = (given: { home: Home; client: RestClient; collection: string; target: Target; number: number }) => Promise<Answer & { isDone: boolean }>

const done = (answer: Answer, isDone: boolean) => ({ ...answer, isDone })
const only = (id: number) => `where[id][equals]=${id}`
const among = (answer: Answer, id: number) => (answer.body.docs ?? []).some((document) => document.id === id)

/** How each operation is asked for over HTTP, and whether the answer says that it was done. */
export const REST_PROBES: Record<Operation, Probe> = {
  list: async ({ client, collection, target: { id } }) => {
    const answer = await client.get(`/api/${collection}?${only(id)}&depth=0`)
    return done(answer, among(answer, id))
  },
  count: async ({ client, collection, target: { id } }) => {
    const answer = await client.get(`/api/${collection}/count?${only(id)}`)
    return done(answer, Number(answer.body.totalDocs ?? 0) > 0)
  },
  read: async ({ client, collection, target: { id } }) => {
    const answer = await client.get(`/api/${collection}/${id}?depth=1`)
    return done(answer, answer.status === 200)
  },
  readVersion: async ({ home, client, collection, target: { id } }) => {
    const number = await firstVersion(home, collection, id)
    const list = await client.get(`/api/${collection}/${id}/versions`)
    const one = await client.get(`/api/${collection}/${id}/versions/${number ?? 1}`)
    return done({ ...one, text: list.text + one.text }, list.status === 200 || one.status === 200)
  },
  create: async ({ home, client, collection, number }) => {
    const answer = await client.post(`/api/${collection}?depth=0`, newDocument(home, collection, 1000 + number))
    return done(answer, answer.status === 201)
  },
  update: async ({ home, client, collection, target: { id }, number }) => {
    const answer = await client.patch(`/api/${collection}/${id}?depth=0`, { version: await home.versionOf(collection, id), ...changeOf(collection, number) })
    return done(answer, answer.status === 200)
  },
  bulkUpdate: async ({ home, client, collection, target: { id }, number }) => {
    const answer = await client.patch(`/api/${collection}?${only(id)}&depth=0`, { version: await home.versionOf(collection, id), ...changeOf(collection, number) })
    return done(answer, among(answer, id))
  },
  // Restoring is a save made with the text of an earlier version.
  restoreVersion: async ({ home, client, collection, target: { id } }) => {
    const number = await firstVersion(home, collection, id)
    const [row] = number === null ? [] : await home.offices.rows<{ snapshot: Record<string, unknown> }>('select snapshot from cluster.versions where id = $1', [number])
    if (!row) return done(await client.post(`/api/${collection}/versions/${id}`), false)
    const answer = await client.patch(`/api/${collection}/${id}?depth=0`, { ...row.snapshot, version: await home.versionOf(collection, id) })
    return done(answer, answer.status === 200)
  },
  publish: (given) => transition(given, { action: 'approve' }),
  schedule: (given) => transition(given, { action: 'schedule', at: new Date(Date.now() + 86_400_000).toISOString() }),
  delete: async ({ client, collection, target: { id } }) => {
    const answer = await client.delete(`/api/${collection}/${id}?depth=0`)
    return done(answer, answer.status === 200)
  },
  bulkDelete: async ({ client, collection, target: { id } }) => {
    const answer = await client.delete(`/api/${collection}?${only(id)}&depth=0`)
    return done(answer, among(answer, id))
  },
  upload: async ({ home, client, collection, number }) => {
    const answer = await client.upload('POST', `/api/${collection}?depth=0`, { ...newDocument(home, collection, 1000 + number), caption: '附件' }, pdf(`upload-${number}.pdf`))
    return done(answer, answer.status === 201)
  },
  download: async ({ client, collection, target: { name } }) => {
    const answer = await client.get(`/api/${collection}/file/${name ?? 'isolation-1.pdf'}`)
    return done(answer, answer.status === 200)
  },
}

async function transition({ home, client, collection, target: { id } }: Parameters<Probe>[0], request: Record<string, unknown>) {
  const answer = await client.post(`/api/${collection}/${id}/transitions`, { ...request, version: await home.versionOf(collection, id) })
  return done(answer, answer.status === 200)
}

async function firstVersion({ offices }: Home, collection: string, id: number): Promise<number | null> {
  const [row] = await offices.rows<{ id: string }>('select id from cluster.versions where collection = $1 and document_id = $2 order by id limit 1', [collection, id])
  return row ? Number(row.id) : null
}

/** The target's row and the number of rows beside it: what a refused operation leaves as it was. */
export async function traceOf({ offices }: Home, collection: string, { id }: Target): Promise<unknown> {
  const table = TABLES[collection]
  return (await offices.rows(`select (select count(*) from ${table}) as rows, (select md5(t::text) from ${table} t where id = $1) as digest`, [id]))[0]
}
