import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { pdf } from '../testing/files.ts'
import { askScanner, type Scanner } from './ask-scanner.ts'
import { inspectUpload } from './inspect-upload.ts'

let server: Server | undefined
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())))

/** A scanner that speaks clamd's protocol, keeps what it was sent and answers `answer`; null: it hangs up. */
async function scannerThat(answer: string | null): Promise<{ scanner: Scanner; received: () => Buffer }> {
  let received = Buffer.alloc(0)
  server = createServer({ allowHalfOpen: true }, (line) => {
    let pending = Buffer.alloc(0)
    let hasGreeted = false
    line.on('error', () => {})
    line.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk])
      if (!hasGreeted && pending.length >= 10) {
        if (pending.subarray(0, 10).toString('latin1') !== 'zINSTREAM\0') return void line.end('UNKNOWN COMMAND\0')
        hasGreeted = true
        pending = pending.subarray(10)
      }
      while (hasGreeted && pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
        const length = pending.readUInt32BE(0)
        if (length === 0) return void (answer === null ? line.destroy() : line.end(`${answer}\0`))
        received = Buffer.concat([received, pending.subarray(4, 4 + length)])
        pending = pending.subarray(4 + length)
      }
    })
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { scanner: { host: '127.0.0.1', port: address.port }, received: () => received }
}

describe('the scanner', () => {
  it('is sent every byte, and lets a clean file pass', async () => {
    const { scanner, received } = await scannerThat('stream: OK')
    const bytes = Buffer.alloc(300_000, '编制')
    await askScanner('a.pdf', bytes, scanner)
    expect(received().equals(bytes)).toBe(true)
  })

  it('names what it finds', async () => {
    const { scanner } = await scannerThat('stream: Eicar-Test-Signature FOUND')
    await expect(inspectUpload({ name: '通知.pdf', bytes: pdf('a').bytes }, { scanner })).rejects.toMatchObject({
      code: 'media-malware', status: 415, message: expect.stringContaining('Eicar-Test-Signature') })
  })

  it.each([['refuses to look', 'INSTREAM size limit exceeded. ERROR'], ['hangs up', null]])('keeps the file out when it %s', async (_, answer) => {
    const { scanner } = await scannerThat(answer)
    await expect(inspectUpload({ name: '通知.pdf', bytes: pdf('a').bytes }, { scanner })).rejects.toMatchObject({
      code: 'scanner-unreachable', status: 503, message: expect.stringContaining('没有保存') })
  })

  it('keeps the file out when nobody answers', async () => {
    await expect(inspectUpload({ name: '通知.pdf', bytes: pdf('a').bytes }, { scanner: { host: '127.0.0.1', port: 1 } })).rejects.toMatchObject({ code: 'scanner-unreachable' })
    await expect(inspectUpload({ name: '通知.pdf', bytes: pdf('a').bytes }, { scanner: { socket: '/nonexistent/clamd.sock' } })).rejects.toMatchObject({ code: 'scanner-unreachable' })
  })
})
