import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import sharp from 'sharp'

const BOUNDARY = 'cluster-faults-boundary'

/** A picture of noise, which no encoding makes small: about three bytes a pixel. */
export function noisyPicture(pixels = 400): Promise<Buffer> {
  return sharp(randomBytes(pixels * pixels * 3), { raw: { width: pixels, height: pixels, channels: 3 } }).png().toBuffer()
}

/** Uploads a picture as the admin does. Answers status and text; rejects when no answer comes. */
export function sendPicture({ port, authorization, name, bytes, site }: {
  port: number
  authorization: string
  name: string
  bytes: Buffer
  site: number
}): Promise<{ status: number; text: string }> {
  const field = (disposition: string, type: string, value: Buffer) => Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`), value, Buffer.from('\r\n')])
  const body = Buffer.concat([
    field('name="_payload"', '', Buffer.from(JSON.stringify({ alt: '演练用图片', site }))),
    field(`name="file"; filename="${name}"`, 'Content-Type: image/png\r\n', bytes),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1', port, path: '/api/media?depth=0', method: 'POST', timeout: 30_000,
      headers: { authorization, 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': body.length },
    }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer to an upload within 30 s')))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
