import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { UnsuitableFile } from './unsuitable-file.ts'

const MB = 1024 * 1024
/** A report of a thousand pages with a picture on each has about two thousand parts. */
const MAX_MEMBERS = 5_000
/** What a whole file may become when it is unpacked: six times the largest upload. */
const MAX_UNPACKED = 300 * MB
/** Deflate reaches 1,032 to 1; the emptiest spreadsheets of real offices come to about 60. */
const MAX_RATIO = 150
/** Below this size any ratio is harmless. */
const RATIO_FROM = 10 * MB

/** What may still be unpacked: one purse for a file and everything inside it, so that nesting gains nothing. */
export type Purse = { members: number; bytes: number }
export const fullPurse = (): Purse => ({ members: MAX_MEMBERS, bytes: MAX_UNPACKED })

/** The names of a ZIP file's members, by which its kind is told. Throws `UnsuitableFile` when it is damaged. */
export async function listArchive(name: string, bytes: Uint8Array): Promise<string[]> {
  const names: string[] = []
  const zip = await attempt(name, () => fromBufferPromise(asBuffer(bytes), { lazyEntries: true }))
  for (let entry = await attempt(name, () => nextEntry(zip)); entry; entry = await attempt(name, () => nextEntry(zip))) {
    names.push(entry.fileName)
    if (names.length > MAX_MEMBERS) throw bomb(name)
  }
  return names
}

export type Member = { name: string; bytes: Buffer }

/**
 * The members of a ZIP file one after the other, each unpacked within the limits. What the directory claims is not believed: sizes are
 * counted as they come. Throws `UnsuitableFile` for bombs, encrypted or damaged members and names that leave the folder.
 */
export async function* openArchive(name: string, bytes: Uint8Array, purse: Purse): AsyncGenerator<Member> {
  const zip = await attempt(name, () => fromBufferPromise(asBuffer(bytes), { lazyEntries: true, validateEntrySizes: true }))
  let claimed = 0
  const names = new Set<string>()
  for (;;) {
    const entry = await attempt(name, () => nextEntry(zip))
    if (!entry) return
    if (entry.fileName.endsWith('/')) continue
    purse.members -= 1
    // Members that share their packed bytes make a bomb of a small file.
    claimed += entry.compressedSize
    if (purse.members < 0 || claimed > bytes.byteLength) throw bomb(name)
    if (entry.isEncrypted()) throw new UnsuitableFile('media-encrypted', `“${name}”里有加密的内容，读者打不开，也无法检查。请去掉密码后再上传。`)
    const key = entry.fileName.toLowerCase()
    // Of two members of one name one program opens the first and another the last.
    if (names.has(key)) throw damaged(name)
    names.add(key)
    yield { name: entry.fileName, bytes: await unpack(name, zip, entry, purse) }
  }
}

async function unpack(name: string, zip: ZipFile, entry: Entry, purse: Purse): Promise<Buffer> {
  const stream = await attempt(name, () => zip.openReadStreamPromise(entry))
  const chunks: Buffer[] = []
  let size = 0
  await attempt(name, async () => {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      purse.bytes -= chunk.length
      if (purse.bytes < 0 || (size > RATIO_FROM && size > entry.compressedSize * MAX_RATIO)) throw bomb(name)
      chunks.push(chunk)
    }
  })
  return Buffer.concat(chunks, size)
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** What the library cannot read no office program can rely on either. */
async function attempt<Result>(name: string, deed: () => Promise<Result>): Promise<Result> {
  try {
    return await deed()
  } catch (error) {
    throw error instanceof UnsuitableFile ? error : damaged(name, error)
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (deed: () => void) => {
      zip.removeAllListeners()
      deed()
    }
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry)))
    zip.once('end', () => settle(() => resolve(null)))
    zip.once('error', (error: Error) => settle(() => reject(error)))
    zip.readEntry()
  })
}

const bomb = (name: string) => new UnsuitableFile('media-bomb',
  `“${name}”解开后过大（超过 ${MAX_UNPACKED / MB} MB、${MAX_MEMBERS} 个文件，或压缩比异常），可能是用来攻击的文件，没有保存。请拆分成较小的文件再上传。`)

const damaged = (name: string, cause?: unknown) => new UnsuitableFile('media-damaged',
  `“${name}”已损坏或结构异常，打不开。请重新取得这份文件，用 Word 或 WPS 打开确认后再上传。`, { cause })
