import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDelivery, type TestDelivery } from '../../testing/delivery.ts'

let delivery: TestDelivery
const bytes = Buffer.from('%PDF-1.7 三定规定')
const hash = createHash('sha256').update(bytes).digest('hex')

const name = (file: { name: string; mediaType: string; storedAs?: string; documentId?: number }) => delivery.copies.query(
  'insert into delivery.files (hash, name, collection, document_id, media_type, bytes, stored_as) values ($1, $2, $3, $4, $5, $6, $7)',
  [hash, file.name, 'policies', file.documentId ?? 1, file.mediaType, bytes.length, file.storedAs ?? 'kept.bin'])
const get = (fileName: string) => delivery.app.request(`/v1/files/${hash}/${encodeURIComponent(fileName)}`)

beforeAll(async () => {
  delivery = await openTestDelivery()
  const folder = delivery.database.env.MEDIA_DIR!
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'kept.bin'), bytes)
  writeFileSync(join(folder, '..', 'secret.bin'), 'secret')
})
afterAll(() => delivery.close())

describe('files of public documents', () => {
  it('are not given while no document names them', async () => {
    expect((await get('职能配置规定.pdf')).status).toBe(404)
  })

  it('are given byte by byte while one does, to be kept for ever', async () => {
    await name({ name: '职能配置规定.pdf', mediaType: 'application/pdf' })
    const answer = await get('职能配置规定.pdf')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf', 'content-length': String(bytes.length), 'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff', 'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('职能配置规定.pdf')}`,
    })
  })

  it('are shown by the browser only when they are pictures or PDF', async () => {
    await name({ name: "o'brien (1).docx", mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' })
    await name({ name: 'emblem.svg', mediaType: 'image/svg+xml' })
    await name({ name: 'hall.webp', mediaType: 'image/webp' })
    const disposition = async (fileName: string) => (await get(fileName)).headers.get('content-disposition')
    expect(await disposition("o'brien (1).docx")).toBe("attachment; filename*=UTF-8''o%27brien%20%281%29.docx")
    expect(await disposition('emblem.svg')).toMatch(/^attachment/)
    expect(await disposition('hall.webp')).toMatch(/^inline/)
  })

  it('are never taken from outside the media folder', async () => {
    await name({ name: 'trick.bin', mediaType: 'application/octet-stream', storedAs: '../secret.bin' })
    expect((await get('trick.bin')).status).toBe(404)
    expect(delivery.faults).toContain('file-missing')
  })

  it('are gone with the last document that names them', async () => {
    await name({ name: 'shared.pdf', mediaType: 'application/pdf', documentId: 7 })
    await name({ name: 'shared.pdf', mediaType: 'application/pdf', documentId: 8 })
    await delivery.copies.query('delete from delivery.files where document_id = 7')
    expect((await get('shared.pdf')).status).toBe(200)
    await delivery.copies.query('delete from delivery.files where document_id = 8')
    expect((await get('shared.pdf')).status).toBe(404)
  })
})
