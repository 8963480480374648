import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { env } from '../env.ts'
import { INVALID_UTF8, nastyJson, nastyPart, nastyText, TEN_MEGABYTES, unusableBody, wellFormed } from '../testing/bad-input.ts'
import { pdf } from '../testing/files.ts'
import { openTestOffices, type TestOffices, write } from '../testing/offices.ts'
import type { Answer, RestClient } from '../testing/rest.ts'
import { tableDigests } from '../testing/table-digests.ts'
import { answerRequest } from './answer-request.ts'
import { isChinese } from './house-form.ts'

const SEED = { seed: 20261123 }
const COLLECTIONS = ['articles', 'policies', 'letters', 'import-batches', 'media', 'sites', 'columns', 'layouts', 'users'] as const

let offices: TestOffices
let document: { id: number; version: number }
let medium: { id: number; version: number }
let before: Record<string, string>
/** Whoever may do most with what is asked, and somebody who has not signed in. */
let clients: RestClient[]
/** People who may write nothing. */
let readers: RestClient[]

beforeAll(async () => {
  offices = await openTestOffices()
  document = await write(offices)
  const editor = await offices.as('editor')
  medium = (await editor.upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'] }, pdf('kept.pdf'))).body.doc!
  clients = [editor, await offices.as('everything'), await offices.as('siteAdmin'), await offices.as('securityAdmin'), await offices.as('auditAdmin'), offices.anonymous]
  readers = [offices.anonymous, await offices.as('auditAdmin'), await offices.as('inspector'), await offices.as('nobody')]
})
afterAll(() => offices.close())
beforeEach(async () => { before = await tableDigests(offices.rows) })

const unchanged = async () => expect(await tableDigests(offices.rows)).toEqual(before)

/** Never a fault; a refusal in the usual form: Chinese sentences with a code, and nothing of the machinery. */
function expectHoused({ status, body, text }: Answer, what: string): void {
  expect(status, `${what}\n${text.slice(0, 400)}`).toBeLessThan(500)
  expect(text, what).not.toMatch(/node_modules|at async|DrizzleQueryError|Failed query|select "|syntax error/)
  if (status < 400) return
  expect(Array.isArray(body.errors) && body.errors.length > 0, `${what}\n${status} ${text.slice(0, 400)}`).toBe(true)
  for (const { message, code } of body.errors!) expect([isChinese(message), typeof code], `${what}\n${text.slice(0, 400)}`).toEqual([true, 'string'])
}

/** Every address that takes JSON. */
const writing = (): Array<[string, string]> => [
  ...COLLECTIONS.map((collection): [string, string] => ['POST', `/api/${collection}`]),
  ['PATCH', `/api/articles/${document.id}`], ['PATCH', `/api/articles?where[id][equals]=${document.id}`], ['PATCH', `/api/media/${medium.id}`],
  ['PATCH', `/api/sites/${offices.sites['suzhou-kunshan']}`], ['PATCH', `/api/users/${offices.people.editor.id}`],
  ['POST', `/api/articles/${document.id}/transitions`], ['POST', '/api/users/login'], ['POST', '/api/users/unlock'], ['POST', '/api/articles/access/1'],
  ['POST', '/api/intake/letters'], ['POST', '/api/intake/preview'], ['POST', '/api/payload-preferences/x'],
  ['POST', '/api/account/password'], ['POST', '/api/account/api-keys'], ['POST', '/api/security/settings'],
]
const withKey = (): Record<string, string> => ({ 'x-intake-key': env().INTAKE_KEY })
const anyWriting = fc.nat().map((index) => writing()[index % writing().length]!)
const anyClient = fc.nat().map((index) => clients[index % clients.length]!)

describe('a body that is no JSON object, or none that a program should work on', () => {
  it('is refused before anybody looks at it', async () => {
    await fc.assert(fc.asyncProperty(anyWriting, anyClient, unusableBody, async ([method, path], client, body) => {
      const answer = await client.call(method, path, body, withKey())
      expectHoused(answer, `${method} ${path} ${body.slice(0, 80)}`)
      expect(answer.status, `${method} ${path} ${body.slice(0, 80)}`).toBe(400)
    }), { ...SEED, numRuns: 150 })
    await unchanged()
  })

  it('of ten megabytes, of broken letters, or of another type is refused at every address', async () => {
    const large = `{"title":"${'长'.repeat(TEN_MEGABYTES / 3)}"}`
    const send = async (method: string, path: string, body: BodyInit, type: string) =>
      (await answerRequest(offices.config, new Request(`http://127.0.0.1:3000${path}`, { method, body, headers: { 'content-type': type, ...withKey() }, duplex: 'half' } as RequestInit))).status
    for (const [method, path] of writing()) {
      expect(await send(method, path, INVALID_UTF8, 'application/json'), path).toBe(400)
      for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/octet-stream', 'text/html;charset=x', '']) {
        expect(await send(method, path, new TextEncoder().encode('{"title":"x"}'), type), `${path} ${type}`).toBe(415)
      }
    }
    for (const [method, path] of writing().slice(0, 3)) {
      expect(await send(method, path, large, 'application/json'), path).toBe(413)
      // Without a length that could be believed.
      const stream = new ReadableStream({ start: (controller) => { controller.enqueue(new TextEncoder().encode(large)); controller.close() } })
      expect(await send(method, path, stream, 'application/json'), path).toBe(413)
    }
    await unchanged()
  })
})

describe('an address', () => {
  const field = fc.oneof(fc.constantFrom('id', 'title', 'site', 'state', 'updatedAt', 'site.name', 'author', 'author.email', 'column.key', 'keywords', 'body', 'hash', 'grants.duty', 'and', 'or'), nastyPart)
  const operator = fc.oneof(fc.constantFrom('equals', 'in', 'like', 'contains', 'exists', 'greater_than', 'not_in', 'all', 'near', 'within', 'intersects', 'EQUALS'), nastyPart)
  const parameter = fc.oneof(
    fc.tuple(field, operator, nastyPart).map(([name, by, value]) => `where[${name}][${by}]=${value}`),
    fc.tuple(fc.constantFrom('and', 'or', 'AND'), field, operator, nastyPart).map(([join, name, by, value]) => `where[${join}][0][${name}][${by}]=${value}`),
    fc.tuple(fc.constantFrom('where', 'sort', 'select', 'depth', 'limit', 'page', 'populate', 'joins', 'pagination', 'draft', 'trash', 'locale', 'fallback-locale', 'data', 'prefix', 'before', 'person', 'format', 'q'), nastyPart)
      .map(([name, value]) => `${name}=${value}`),
    fc.tuple(fc.constantFrom('select', 'populate', 'where', 'sort', 'limit'), nastyPart, nastyPart).map(([name, key, value]) => `${name}[${key}]=${value}`),
    nastyPart)
  const query = fc.array(parameter, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('&'))

  it('with a query of any kind is answered or refused', async () => {
    const address = fc.constantFrom(...COLLECTIONS.flatMap((collection) => [`/api/${collection}`, `/api/${collection}/count`, `/api/${collection}/1`]),
      '/api/inbox', '/api/users/me', '/api/access', '/api/articles/1/versions', '/api/articles/1/chain', '/api/audit', '/api/security/sign-ins', '/api/account/sign-ins', '/api/payload-preferences/x')
    await fc.assert(fc.asyncProperty(address, query, anyClient, async (path, search, client) => {
      expectHoused(await client.get(`${path}?${search}`), `${path}?${search}`)
    }), { ...SEED, numRuns: 400 })
    await unchanged()
  })

  it('of any path is answered or refused', async () => {
    const path = fc.oneof(
      fc.tuple(fc.constantFrom(...COLLECTIONS), nastyPart).map(([collection, part]) => `/${collection}/${part}`),
      fc.tuple(fc.constantFrom('articles', 'letters', 'media'), nastyPart, fc.constantFrom('versions', 'chain', 'transitions', 'preview-link', 'file', 'access', 'duplicate'), nastyPart)
        .map(([collection, id, word, part]) => `/${collection}/${id}/${word}/${part}`),
      fc.tuple(fc.constantFrom('media/file', 'articles/1/versions', 'payload-preferences', 'users', 'account/sessions', 'security/accounts', 'globals'), nastyPart).map(([prefix, part]) => `/${prefix}/${part}`),
      nastyPart.map((part) => `/${part}`))
    await fc.assert(fc.asyncProperty(path, fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT'), anyClient, async (rest, method, client) => {
      expectHoused(await client.call(method, `/api${rest}`, method === 'GET' || method === 'DELETE' ? undefined : {}), `${method} ${rest}`)
    }), { ...SEED, numRuns: 300 })
    await unchanged()
  })

  it('asks for no more than can be given at once', async () => {
    const editor = await offices.as('editor')
    for (const search of ['limit=0', 'limit=201', 'limit=-1', 'limit=1e9', 'limit=', 'limit[]=5', 'depth=3', 'depth=-1', 'page=0', 'pagination=false', 'sort=-', 'where[title][near]=1,2,3', 'where[or][0]=x',
      `where[id][in]=${'1,'.repeat(400)}`, `where[title][like]=${'a'.repeat(501)}`, `x=${'a'.repeat(17_000)}`, 'joins[x][limit]=0', 'data={}', 'where={"title":']) {
      const answer = await editor.get(`/api/articles?${search}`)
      expectHoused(answer, search)
      expect([400, 414], search).toContain(answer.status)
    }
    for (const search of ['limit=200', 'depth=2&page=1', 'sort=-updatedAt,title', 'select[title]=true', `where[and][0][id][in]=1,2&where[and][1][title][like]=清单`, 'pagination=false&limit=10', '']) {
      expect((await editor.get(`/api/articles?${search}`)).status, search).toBe(200)
    }
  })
})

describe('JSON of any content', () => {
  const NAMES = ['title', 'site', 'column', 'body', 'keywords', 'attachments', 'picture', 'origin', 'version', 'state', 'id', 'grants', 'email', 'password', 'name', 'key', 'kind', 'order', 'footer', 'answer',
    'action', 'reason', 'at', 'policies', 'issuedOn', 'history', 'alt', 'filename', 'url', 'sizes', 'createdAt', 'author', 'token', 'text', 'contact', 'mayPublish', 'current', 'idleMinutes', 'scope', 'value']
  const body = fc.dictionary(fc.constantFrom(...NAMES), nastyJson, { minKeys: 1, maxKeys: 6 })

  const complete = (data: Record<string, unknown>, isComplete: boolean) =>
    isComplete ? { site: offices.sites['suzhou-kunshan'], version: document.version, title: '标题', ...data } : data
  const told = (method: string, path: string, sent: unknown) => `${method} ${path} ${JSON.stringify(sent).slice(0, 600)}`

  it('by people who may write nothing changes nothing', async () => {
    const documents = fc.nat().map((index) => writing().filter(([, path]) => !/login|preferences|account|intake/.test(path)).at(index % 12)!)
    await fc.assert(fc.asyncProperty(documents, fc.nat({ max: 3 }), body, fc.boolean(), async ([method, path], reader, data, isComplete) => {
      const sent = complete(data, isComplete)
      expectHoused(await readers[reader]!.call(method, path, sent), told(method, path, sent))
    }), { ...SEED, numRuns: 200 })
    await unchanged()
  })

  it('is kept whole or refused whole, at every address that takes it', async () => {
    let last = before
    await fc.assert(fc.asyncProperty(anyWriting, anyClient, body, fc.boolean(), async ([method, path], client, data, isComplete) => {
      const sent = complete(data, isComplete)
      const answer = await client.call(method, path, sent, withKey())
      expectHoused(answer, told(method, path, sent))
      const now = await tableDigests(offices.rows)
      if (answer.status >= 400) expect(now, told(method, path, sent)).toEqual(last)
      last = now
    }), { ...SEED, numRuns: 80 })
  }, 120_000)
})

describe('a form with a file', () => {
  it('of any make is taken or refused', async () => {
    const editor = await offices.as('editor')
    const names = fc.oneof(nastyText, fc.constantFrom('../../../etc/passwd', '..\\..\\x.pdf', 'a.pdf\r\nX: y', '.htaccess', 'CON', 'a/b.pdf', `${'长'.repeat(300)}.pdf`, 'x.pdf%00.png', '\u202efdp.exe'))
    const form = (boundary: string, parts: string[]) => `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`
    await fc.assert(fc.asyncProperty(fc.oneof(unusableBody, nastyJson.map((value) => JSON.stringify({ alt: value }))), names, fc.constantFrom('/api/media', '/api/articles', '/api/users/login'), async (payload, name, path) => {
      const body = form('xx', [`Content-Disposition: form-data; name="_payload"\r\n\r\n${payload}`,
        `Content-Disposition: form-data; name="file"; filename="${wellFormed(name)}"\r\nContent-Type: application/pdf\r\n\r\nno pdf`])
      const answer = await editor.call('POST', path, body, { 'content-type': 'multipart/form-data; boundary=xx' })
      expectHoused(answer, `${path} ${payload.slice(0, 200)} ${name}`)
      expect(answer.status, `${path} ${payload.slice(0, 200)} ${name}`).toBeGreaterThanOrEqual(400)
    }), { ...SEED, numRuns: 80 })
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=yy', 'multipart/mixed; boundary=xx']) {
      const answer = await editor.call('POST', '/api/media', form('xx', ['Content-Disposition: form-data; name="_payload"\r\n\r\n{}']), { 'content-type': type })
      expectHoused(answer, type)
      expect(answer.status, type).toBeGreaterThanOrEqual(400)
    }
    await unchanged()
  })
})

describe('headers', () => {
  const printable = fc.oneof(fc.constantFrom('GET', 'DELETE', 'JWT x.y.z', 'JWT ', 'Bearer ', 'payload-token=%00; a', 'payload-token=..; =;', 'zh,*;q=x', '../../x', '{{7*7}}', 'bytes=9-1,-'), fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '?')))

  it('of any content change nothing', async () => {
    const editor = await offices.as('editor')
    const name = fc.constantFrom('x-payload-http-method-override', 'x-http-method-override', 'authorization', 'cookie', 'accept-language', 'x-forwarded-for', 'x-request-id', 'range', 'origin', 'x-intake-key', 'sec-fetch-site')
    const address = fc.constantFrom<[string, string]>(['GET', '/api/articles'], ['POST', '/api/articles/count'], ['GET', '/api/media/file/kept.pdf'], ['GET', '/api/users/me'], ['POST', '/api/intake/letters'])
    await fc.assert(fc.asyncProperty(address, fc.dictionary(name, printable, { minKeys: 1, maxKeys: 3 }), async ([method, path], headers) => {
      expectHoused(await editor.call(method, path, method === 'POST' ? '' : undefined, headers), `${method} ${path} ${JSON.stringify(headers)}`)
    }), { ...SEED, numRuns: 150 })
    await unchanged()
  })
})
