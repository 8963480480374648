import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePreviewToken, openPreviewToken, PREVIEW_MINUTES } from './token.ts'

const NOW = new Date('2026-11-23T02:00:00Z')
const secret = '0123456789abcdef0123456789abcdef'
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const token = makePreviewToken({ collection: 'articles', id: 12 }, { secret, now: NOW })
/** A token over anything, signed with the right key. */
const forged = (content: string) => {
  const payload = Buffer.from(content).toString('base64url')
  return `${payload}.${createHmac('sha256', secret).update(payload).digest('base64url')}`
}

describe('a preview token', () => {
  it('opens its document, and only as long as it lasts', () => {
    expect(openPreviewToken(token, { secret, now: NOW })).toEqual({ collection: 'articles', id: 12 })
    expect(openPreviewToken(token, { secret, now: after(PREVIEW_MINUTES - 0.01) })).not.toBeNull()
    expect(openPreviewToken(token, { secret, now: after(PREVIEW_MINUTES) })).toBeNull()
  })

  it('opens nothing with another key', () => {
    expect(openPreviewToken(token, { secret: `${secret}x`, now: NOW })).toBeNull()
  })

  it('opens nothing when any character of it was changed', () => {
    for (let index = 0; index < token.length; index += 1) {
      // The last character of a base64 group holds spare bits: change one that counts.
      const changed = token[index] === 'A' ? 'Q' : 'A'
      expect(openPreviewToken(token.slice(0, index) + changed + token.slice(index + 1), { secret, now: NOW }), String(index)).toBeNull()
    }
  })

  it('cannot be made to speak of another document', () => {
    const [, signature] = token.split('.')
    const other = makePreviewToken({ collection: 'articles', id: 13 }, { secret: 'another key altogether', now: NOW }).split('.')[0]
    expect(openPreviewToken(`${other}.${signature}`, { secret, now: NOW })).toBeNull()
    expect(openPreviewToken(`${token}.more`, { secret, now: NOW })).toBeNull()
  })

  it('is null, and no error, for garbage of any kind, rightly signed garbage included', () => {
    for (const content of ['', 'no json', '{', 'null', '[]', '{"collection":"users","id":1,"expires":99999999999999}', '{"collection":"articles","id":-1,"expires":99999999999999}']) {
      expect(openPreviewToken(forged(content), { secret, now: NOW }), content).toBeNull()
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (garbage) => {
      expect(openPreviewToken(garbage, { secret, now: NOW })).toBeNull()
    }))
  })

  it('holds nothing but which document and until when', () => {
    expect(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())).toEqual({ collection: 'articles', id: 12, expires: after(PREVIEW_MINUTES).getTime() })
  })
})
