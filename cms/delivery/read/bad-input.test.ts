import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isChinese } from '../../rest/house-form.ts'
import { nastyPart } from '../../testing/bad-input.ts'
import { openTestDelivery, type TestDelivery } from '../../testing/delivery.ts'

let delivery: TestDelivery
beforeAll(async () => {
  delivery = await openTestDelivery()
  await delivery.copies.putArticle({ id: 1, title: '清单公布' })
})
afterAll(() => delivery.close())

const HASH = 'a'.repeat(64)
const part = fc.oneof(fc.constantFrom('suzhou-kunshan', 'articles', '1', HASH, 'updates'), nastyPart)
const path = fc.oneof(
  fc.tuple(part, fc.constantFrom('', '/home', '/latest', '/addresses')).map(([site, rest]) => `/v1/sites/${site}${rest}`),
  fc.tuple(part, part).map(([site, key]) => `/v1/sites/${site}/columns/${key}`),
  fc.tuple(part, part, part).map(([site, collection, id]) => `/v1/sites/${site}/documents/${collection}/${id}`),
  part.map((code) => `/v1/letters/${code}`), fc.tuple(part, part).map(([hash, name]) => `/v1/files/${hash}/${name}`), nastyPart.map((name) => `/v1/files/${HASH}/${name}`),
  fc.constantFrom('/v1/search', '/v1/feed/since', '/v1/directory', '/v1/sites/suzhou-kunshan/columns/updates', '/v1/sites/suzhou-kunshan/latest'), nastyPart.map((rest) => `/${rest}`))
const query = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom('q', 'site', 'city', 'kind', 'year', 'issuer', 'validity', 'page', 'limit', 'after'), nastyPart), nastyPart).map(([name, value]) => `${name}=${value}`), { maxLength: 3 })

it('the public read side answers or refuses whatever it is asked, and has no fault of its own', async () => {
  await fc.assert(fc.asyncProperty(path, query, fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE'), async (asked, parameters, method) => {
    const address = `${asked}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`
    const answer = await delivery.app.request(address, { method })
    const text = await answer.text()
    expect(answer.status, `${method} ${address} ${text}`).toBeLessThan(500)
    if (answer.status < 400 || method === 'HEAD') return
    const { error } = JSON.parse(text) as { error: { code: string; message: string } }
    expect([typeof error.code, isChinese(error.message)], `${address} ${text}`).toEqual(['string', true])
  }), {
    seed: 20261123, numRuns: 600,
    // What a database does not take as text, in every place that takes text.
    examples: ['/v1/search?q=%00', '/v1/search?issuer=%00', '/v1/search?issuer=%ED%A0%80', `/v1/files/${HASH}/%00`, `/v1/files/${HASH}/%ED%A0%80`, '/v1/search?validity=%00'].map((address): [string, string[], string] => [address, [], 'GET']),
  })
  expect(delivery.faults).toEqual([])
})
