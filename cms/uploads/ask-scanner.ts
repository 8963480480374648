import { connect, type Socket } from 'node:net'
import { UnsuitableFile } from './unsuitable-file.ts'

/** clamd's own largest chunk is the stream's limit; small ones keep its memory flat. */
const CHUNK_BYTES = 64 * 1024
/** Fifty megabytes of packed office files take it some seconds. */
const PATIENCE_MS = 30_000

export type Scanner = { socket: string } | { host: string; port: number }

/**
 * Has a file looked at by clamd (INSTREAM). Throws `UnsuitableFile` when it finds something, and also when it does not answer or answers
 * something else: an operator who has set up a scanner wants nothing kept unseen.
 */
export async function askScanner(name: string, bytes: Uint8Array, scanner: Scanner): Promise<void> {
  const answer = await talk(bytes, scanner).catch((error: unknown) => {
    throw new UnsuitableFile('scanner-unreachable', `“${name}”没有保存：杀毒服务没有应答，无法检查。请过几分钟再上传；如果一直这样，请告诉系统管理员。`, { status: 503, cause: error })
  })
  if (answer === 'stream: OK') return
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (found) throw new UnsuitableFile('media-malware', `“${name}”里发现了恶意程序（${found}），没有保存。请不要打开这份文件，并告诉本单位的网络安全人员。`)
  throw new UnsuitableFile('scanner-unreachable', `“${name}”没有保存：杀毒服务不能检查这份文件。请告诉系统管理员。`, { status: 503, cause: new Error(answer.slice(0, 200)) })
}

function talk(bytes: Uint8Array, scanner: Scanner): Promise<string> {
  return new Promise((resolve, reject) => {
    const line: Socket = 'socket' in scanner ? connect(scanner.socket) : connect(scanner.port, scanner.host)
    const chunks: Buffer[] = []
    line.setTimeout(PATIENCE_MS, () => line.destroy(new Error('no answer in time')))
    line.on('error', reject)
    line.on('data', (chunk: Buffer) => chunks.push(chunk))
    line.on('close', () => {
      const answer = Buffer.concat(chunks).toString('utf8').replace(/\0/g, '').trim()
      if (answer === '') reject(new Error('closed without an answer'))
      else resolve(answer)
    })
    line.on('connect', () => void send(line, bytes))
  })
}

async function send(line: Socket, bytes: Uint8Array): Promise<void> {
  line.write('zINSTREAM\0')
  for (let at = 0; at < bytes.byteLength && line.writable; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.byteLength)
    line.write(length)
    if (!line.write(chunk)) await new Promise<void>((resolve) => {
      line.once('drain', resolve)
      line.once('close', () => resolve())
    })
  }
  if (line.writable) line.write(Buffer.alloc(4))
}
