import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices, type TestSite, write } from '../testing/offices.ts'
import type { PersonKey } from '../testing/people.ts'
import { pdf } from '../testing/files.ts'
import type { RestDocument } from '../testing/rest.ts'

const KUNSHAN = 'suzhou-kunshan'
const SITES: readonly TestSite[] = ['jiangsu', 'nanjing', 'suzhou', 'suzhou-kunshan', 'suzhou-taicang']
/** Who may read working copies of 昆山, and who stands around it. */
const READERS: readonly PersonKey[] = ['editor', 'firstReviewer', 'siteAdmin', 'subtree', 'inspector', 'provinceAdmin']
const WRITERS: readonly PersonKey[] = ['editor', 'firstReviewer', 'finalReviewer', 'subtree']
const STRANGERS: readonly PersonKey[] = ['sibling', 'parent', 'elsewhere', 'former', 'coming', 'nobody', 'securityAdmin', 'auditAdmin']
const WITHOUT_PEN: readonly PersonKey[] = [...STRANGERS, 'inspector', 'provinceAdmin', 'siteAdmin']

let offices: TestOffices
/** One document of 昆山 in each collection, and another in 南京. */
const own = new Map<string, { id: number; version: number }>()
const foreign = new Map<string, { id: number; version: number }>()
const REVIEWED = ['articles', 'policies', 'letters', 'import-batches'] as const
const OWNED = [...REVIEWED, 'media'] as const

beforeAll(async () => {
  offices = await openTestOffices()
  own.set('articles', await write(offices))
  own.set('policies', await write(offices, {}, { collection: 'policies', column: 'policies' }))
  foreign.set('articles', await write(offices, {}, { by: 'elsewhere', site: 'nanjing' }))
  foreign.set('policies', await write(offices, {}, { by: 'elsewhere', site: 'nanjing', collection: 'policies', column: 'policies' }))
  const { receiveLetter } = await import('../domains/interaction/letters/receive.ts')
  for (const [site, map] of [[KUNSHAN, own], ['nanjing', foreign]] as const) {
    await receiveLetter(offices.payload, { site, kind: 'inquiry', name: '张小三', contact: '13812345678', title: '咨询登记', text: '请问登记需要哪些材料？', mayPublish: true }, { now: new Date(), secret: 's' })
    const { docs: [letter] } = await offices.payload.find({ collection: 'letters', where: { site: { equals: offices.sites[site] } }, overrideAccess: true, depth: 0 })
    map.set('letters', letter!)
    map.set('import-batches', await offices.payload.create({
      collection: 'import-batches', overrideAccess: true, depth: 0, data: { title: '第一批', site: offices.sites[site], documents: 1, state: 'draft', version: 1 } }))
    map.set('media', await upload(site === KUNSHAN ? 'editor' : 'elsewhere', site, `${site}.pdf`) as { id: number; version: number })
  }
})
afterAll(() => offices.close())

async function upload(person: PersonKey, site: TestSite, name: string): Promise<RestDocument> {
  const answer = await (await offices.as(person)).upload('POST', '/api/media?depth=0', { site: offices.sites[site] }, pdf(name))
  if (answer.status !== 201) throw new Error(`upload refused: ${answer.status} ${answer.text}`)
  return answer.body.doc!
}
const idsOf = (docs: RestDocument[] | undefined) => (docs ?? []).map(({ id }) => id)

describe.each(OWNED)('%s', (collection) => {
  const path = () => `/api/${collection}/${own.get(collection)!.id}`

  it.each(READERS)('are read, listed and counted by the %s of the site or above it', async (person) => {
    const client = await offices.as(person)
    expect((await client.get(`${path()}?depth=0`)).status).toBe(200)
    expect(idsOf((await client.get(`/api/${collection}?limit=100`)).body.docs)).toContain(own.get(collection)!.id)
    expect((await client.get(`/api/${collection}/count`)).body.totalDocs).toBeGreaterThan(0)
  })

  it.each(STRANGERS)('do not exist for the %s', async (person) => {
    const client = await offices.as(person)
    const sees = (await client.get(`/api/${collection}?limit=100`)).body
    expect((await client.get(path())).status).toBe(404)
    expect(idsOf(sees.docs)).not.toContain(own.get(collection)!.id)
    expect((await client.get(`/api/${collection}?where[id][equals]=${own.get(collection)!.id}`)).body.totalDocs).toBe(0)
    expect((await client.get(`/api/${collection}/count?where[id][equals]=${own.get(collection)!.id}`)).body.totalDocs).toBe(0)
  })

  it('are shut to whoever has not signed in', async () => {
    for (const address of [path(), `/api/${collection}`, `/api/${collection}/count`]) {
      const answer = await offices.anonymous.get(address)
      expect([401, 403, 404], address).toContain(answer.status)
      expect(answer.body.docs).toBeUndefined()
    }
    for (const [method, address] of [['POST', `/api/${collection}`], ['PATCH', path()], ['DELETE', path()], ['DELETE', `/api/${collection}?where[id][exists]=true`]] as const) {
      expect([401, 403], `${method} ${address}`).toContain((await offices.anonymous.call(method, address, {})).status)
    }
  })

  it('are deleted by nobody, one by one or many at once', async () => {
    for (const person of [...WRITERS, 'provinceAdmin', 'elsewhere'] as const) {
      const client = await offices.as(person)
      expect((await client.delete(path())).status).toBe(403)
      expect((await client.delete(`/api/${collection}?where[id][exists]=true`)).status).toBe(403)
    }
    expect(await offices.payload.count({ collection, where: { id: { in: [own.get(collection)!.id, foreign.get(collection)!.id] } }, overrideAccess: true })).toEqual({ totalDocs: 2 })
  })

  it('list for each person the sites of their grants and no other', async () => {
    const expected: Array<[PersonKey, readonly TestSite[]]> = [
      ['editor', [KUNSHAN]], ['subtree', ['suzhou', KUNSHAN, 'suzhou-taicang']], ['elsewhere', ['nanjing']], ['sibling', ['suzhou-taicang']], ['parent', ['suzhou']], ['inspector', SITES], ['former', []]]
    for (const [person, sites] of expected) {
      const { docs } = (await (await offices.as(person)).get(`/api/${collection}?limit=100&depth=0`)).body
      const allowed = new Set(sites.map((site) => offices.sites[site]))
      expect((docs ?? []).every(({ site }) => allowed.has(Number(site))), person).toBe(true)
    }
  })
})

describe.each(['articles', 'policies', 'letters'] as const)('writing %s', (collection) => {
  const path = () => `/api/${collection}/${own.get(collection)!.id}`
  const field = { articles: 'summary', policies: 'summary', letters: 'answer' }[collection]
  const read = async () => (await (await offices.as('editor')).get(`${path()}?depth=0`)).body as unknown as RestDocument

  it.each(WRITERS)('is open to the %s of the site or above it', async (person) => {
    const { version } = await read()
    const answer = await (await offices.as(person)).patch(path(), { version, [field]: `${person}写的` })
    expect([answer.status, answer.body.doc?.[field]]).toEqual([200, `${person}写的`])
  })

  it.each(WITHOUT_PEN)('is refused to the %s', async (person) => {
    const before = await read()
    const client = await offices.as(person)
    expect((await client.patch(path(), { version: before.version, [field]: '别人写的' })).status).toBe(403)
    const many = await client.patch(`/api/${collection}?where[id][equals]=${before.id}`, { version: before.version, [field]: '批量' })
    expect(many.body.docs ?? []).toEqual([])
    expect(await read()).toEqual(before)
  })

  it('never moves a document to another site', async () => {
    const { version } = await read()
    for (const site of [offices.sites.suzhou, offices.sites['suzhou-taicang'], null]) {
      expect((await (await offices.as('subtree')).patch(path(), { version, site })).status).toBe(403)
    }
    expect(Number((await read()).site)).toBe(offices.sites[KUNSHAN])
  })
})

describe('creating', () => {
  const data = (site: TestSite) => ({ site: offices.sites[site], title: '新稿件' })

  it('is open to editors on their own sites', async () => {
    expect((await (await offices.as('editor')).post('/api/articles', data(KUNSHAN))).status).toBe(201)
    expect((await (await offices.as('subtree')).post('/api/articles', data(KUNSHAN))).status).toBe(201)
  })

  it('is refused anywhere else, and to everybody else', async () => {
    const attempts: Array<[PersonKey, TestSite]> = [
      ['editor', 'suzhou'], ['editor', 'suzhou-taicang'], ['editor', 'nanjing'], ['subtree', 'jiangsu'], ['subtree', 'nanjing'], ['parent', KUNSHAN],
      ['firstReviewer', KUNSHAN], ['siteAdmin', KUNSHAN], ['provinceAdmin', KUNSHAN], ['inspector', KUNSHAN], ['former', KUNSHAN], ['coming', KUNSHAN], ['newcomer', KUNSHAN], ['nobody', KUNSHAN]]
    for (const collection of ['articles', 'policies'] as const) for (const [person, site] of attempts) {
      expect((await (await offices.as(person)).post(`/api/${collection}`, data(site))).status, `${person} on ${site}`).toBe(403)
    }
  })

  it('letters and batches is done by no request', async () => {
    for (const collection of ['letters', 'import-batches']) for (const person of ['editor', 'everything', 'provinceAdmin'] as const) {
      expect((await (await offices.as(person)).post(`/api/${collection}`, { ...data(KUNSHAN), version: 1 })).status).toBe(403)
    }
    const batch = own.get('import-batches')!
    expect((await (await offices.as('everything')).patch(`/api/import-batches/${batch.id}`, { version: batch.version, isComplete: true })).status).toBe(403)
  })

  it('stands in a column of its own site', async () => {
    const answer = await (await offices.as('subtree')).post('/api/articles', { ...data(KUNSHAN), column: offices.columns.get('suzhou/updates') })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.[0]?.message).toContain('栏目')
  })

  it('cannot pass a document off as imported', async () => {
    const created = await (await offices.as('editor')).post('/api/policies?depth=0', {
      ...data(KUNSHAN), sourceId: 'x', batch: own.get('import-batches')!.id, contentDigest: 'sha256:x', findings: ['y'] })
    expect(created.status).toBe(201)
    expect(created.body.doc).toMatchObject({ sourceId: null, batch: null, contentDigest: null, findings: null })
  })
})

describe.each(REVIEWED)('the chain of %s', (collection) => {
  const ADDRESSES = collection === 'import-batches' ? ['versions', 'versions/1', 'chain'] : ['versions', 'versions/1', 'chain', 'preview-link']

  it('is shown to readers, and does not exist for anybody else', async () => {
    const path = `/api/${collection}/${own.get(collection)!.id}`
    for (const address of ADDRESSES.filter((each) => each !== 'versions/1')) {
      for (const person of READERS) expect((await (await offices.as(person)).get(`${path}/${address}`)).status, `${person} ${address}`).toBe(200)
      for (const person of STRANGERS) expect((await (await offices.as(person)).get(`${path}/${address}`)).status, `${person} ${address}`).toBe(404)
      expect((await offices.anonymous.get(`${path}/${address}`)).status).toBe(401)
      expect((await (await offices.as('editor')).get(`/api/${collection}/99999/${address}`)).status).toBe(404)
    }
  })

  it('gives no version by way of another document', async () => {
    const { versions } = (await (await offices.as('elsewhere')).get(`/api/${collection}/${foreign.get(collection)!.id}/versions`)).body as unknown as { versions: { id: number }[] }
    expect(versions.length).toBeGreaterThan(0)
    expect((await (await offices.as('elsewhere')).get(`/api/${collection}/${foreign.get(collection)!.id}/versions/${versions[0]!.id}`)).status).toBe(200)
    for (const id of [own.get(collection)!.id, foreign.get(collection)!.id]) {
      expect((await (await offices.as('editor')).get(`/api/${collection}/${id}/versions/${versions[0]!.id}`)).status).toBe(404)
    }
  })

  it('is moved by no stranger, and the attempt is on record', async () => {
    const { id } = own.get(collection)!
    const before = await offices.rows(`select state from ${collection.replace('-', '_')} where id = $1`, [id])
    for (const person of STRANGERS) {
      const answer = await (await offices.as(person)).post(`/api/${collection}/${id}/transitions`, { action: 'submit', version: 1 })
      expect([answer.status, answer.body.errors?.[0]?.code], person).toEqual([403, 'outside-grants'])
    }
    expect((await offices.anonymous.post(`/api/${collection}/${id}/transitions`, { action: 'submit', version: 1 })).status).toBe(401)
    expect(await offices.rows(`select state from ${collection.replace('-', '_')} where id = $1`, [id])).toEqual(before)
    expect(await offices.rows('select distinct person_id from cluster.audit where is_refused and deed = $3 and collection = $1 and document_id = $2', [collection, id, 'submit'])).toHaveLength(STRANGERS.length)
  })

  it('answers malformed requests with what is wrong', async () => {
    const path = `/api/${collection}/${own.get(collection)!.id}/transitions`
    const editor = await offices.as('editor')
    for (const body of [{}, { action: 'publish', version: 1 }, { action: 'submit' }, { action: 'submit', version: '1' }, { action: 'submit', version: 0 }, { action: 'schedule', version: 1, at: 'tomorrow' }, '{"action":', '[]', 'null']) {
      const answer = await editor.post(path, body)
      expect([answer.status, typeof answer.body.errors?.[0]?.message], JSON.stringify(body)).toEqual([400, 'string'])
    }
    for (const id of ['0', '-1', 'x', '99999999999', '1.5']) expect((await editor.post(`/api/${collection}/${id}/transitions`, { action: 'submit', version: 1 })).status, id).toBe(404)
  })
})

describe('letters', () => {
  const path = () => `/api/letters/${own.get('letters')!.id}`

  it('show their sender to those who answer them and to nobody else', async () => {
    expect((await (await offices.as('editor')).get(path())).body).toMatchObject({ senderName: '张小三', senderContact: '13812345678' })
    for (const person of ['inspector', 'provinceAdmin', 'siteAdmin'] as const) {
      const client = await offices.as(person)
      for (const address of [path(), '/api/letters', `${path()}?select[senderName]=true&select[senderContact]=true`, `${path()}/chain`]) {
        expect((await client.get(address)).text, `${person} ${address}`).not.toMatch(/张小三|13812345678/)
      }
      expect((await client.get('/api/letters?where[senderContact][equals]=13812345678')).status).toBe(400)
    }
  })

  it('give the hash of their query code to nobody, in histories neither', async () => {
    const [{ hash } = { hash: '' }] = await offices.rows<{ hash: string }>('select code_hash as hash from letters where id = $1', [own.get('letters')!.id])
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    for (const person of READERS) {
      const client = await offices.as(person)
      const { versions } = (await client.get(`${path()}/versions`)).body as unknown as { versions: { id: number }[] }
      for (const address of [path(), '/api/letters', `${path()}?select[codeHash]=true`, `${path()}/chain`, ...versions.map(({ id }) => `${path()}/versions/${id}`)]) {
        const { text } = await client.get(address)
        expect(text, `${person} ${address}`).not.toContain(hash)
        if (address.includes('/versions/')) expect(text).not.toMatch(/张小三|13812345678/)
      }
      expect((await client.get(`/api/letters?where[codeHash][equals]=${hash}`)).status).toBe(400)
    }
  })

  it('stay as they were sent', async () => {
    const before = (await (await offices.as('editor')).get(`${path()}?depth=0`)).body as unknown as RestDocument
    const answer = await (await offices.as('editor')).patch(`${path()}?depth=0`, {
      version: before.version, title: '改标题', text: '改内容改内容', senderName: '李四', senderContact: 'x', kind: 'complaint', mayPublish: false, dueAt: '2999-01-01T00:00:00.000Z', receivedAt: '2001-01-01T00:00:00.000Z', codeHash: 'x', answer: '这是答复，请查收。' })
    expect(answer.status).toBe(200)
    const kept = ['title', 'text', 'senderName', 'senderContact', 'kind', 'mayPublish', 'dueAt', 'receivedAt'] as const
    for (const field of kept) expect(answer.body.doc?.[field], field).toEqual(before[field])
    expect(answer.body.doc?.answer).toBe('这是答复，请查收。')
  })
})

describe('what Payload brings along', () => {
  it('is not open to a signed-in clerk', async () => {
    const editor = await offices.as('editor')
    for (const path of ['/api/payload-migrations', '/api/payload-kv', '/api/payload-jobs', '/api/graphql', '/api/globals/x']) expect((await editor.get(path)).status, path).toBeGreaterThanOrEqual(400)
    expect((await editor.post('/api/users/first-register', { email: 'x@x.example', password: 'Passwort-1' })).status).toBe(404)
    for (const collection of ['articles', 'policies', 'media', 'users']) expect((await editor.post(`/api/${collection}/${own.get('articles')!.id}/duplicate`)).status, collection).toBeGreaterThanOrEqual(400)
  })

  it('takes no clock from a request', async () => {
    const req = await createLocalReq({}, offices.payload)
    expect(req.context.clock).toBeUndefined()
    const made = await (await offices.as('editor')).post('/api/articles?depth=0&context[clock]=2001-01-01', { site: offices.sites[KUNSHAN], title: '时间', context: { clock: '2001-01-01' } })
    expect(String(made.body.doc?.createdAt)).not.toContain('2001')
  })
})
