import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createZstdDecompress } from 'node:zlib'
import { Decrypter } from 'age-encryption'
import { createTarDecoder } from 'modern-tar'
import { BackupFault } from './backup-fault.ts'

/** How every age file begins. */
const FIRST_LINE = 'age-encryption.org/v1\n'
/** What the library says of a passphrase that does not open the file. */
const NO_KEY_FITS = 'no identity matched'
const READ_BYTES = 1024 * 1024

export type ArchiveEntry = { name: string, bytes: number, body: AsyncIterable<Uint8Array> }

/**
 * Reads an archive from its first byte to its last and shows each entry to `visit`, which reads its body or leaves it.
 * Only authentic bytes arrive there; that nothing is missing is certain when this has returned.
 * `onBytes` hears how much of the file has been read. Throws `BackupFault`, or whatever `visit` throws.
 */
export async function readArchive(
  { path, passphrase, onBytes = () => undefined, visit }: {
    path: string
    passphrase: string
    onBytes?: (bytes: number) => void
    visit: (entry: ArchiveEntry) => Promise<void>
  },
): Promise<void> {
  await refuseForeign(path)
  const damaged = (error: unknown): never => {
    throw new BackupFault('damaged', path, { cause: error })
  }
  const source = createReadStream(path, { highWaterMark: READ_BYTES })
  const zstd = createZstdDecompress()
  try {
    const opened = await decrypt(source, { path, passphrase, onBytes })
    const inflated = pipeline(Readable.fromWeb(opened as NodeReadableStream), zstd)
    inflated.catch(() => undefined)
    const entries = (Readable.toWeb(zstd) as ReadableStream<Uint8Array>).pipeThrough(createTarDecoder({ strict: true })).getReader()
    for (;;) {
      const { done, value: entry } = await entries.read().catch(damaged)
      if (done) break
      const { header, body } = entry
      const reader = body.getReader()
      const content = async function* () {
        for (;;) {
          const piece = await reader.read().catch(damaged)
          if (piece.done) return
          yield piece.value
        }
      }
      await visit({ name: header.name, bytes: header.size, body: content() })
      // What was left unread is read here, not cancelled: the decoder is at the next entry by then, and would drop that one's bytes.
      while (!(await reader.read().catch(damaged)).done);
    }
    await inflated.catch(damaged)
  } finally {
    source.destroy()
    zstd.destroy()
  }
}

async function decrypt(
  source: Readable, { path, passphrase, onBytes }: { path: string, passphrase: string, onBytes: (bytes: number) => void },
): Promise<ReadableStream<Uint8Array>> {
  let bytes = 0
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      onBytes(bytes)
      done(null, chunk)
    },
  })
  pipeline(source, counter).catch(() => undefined)
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return await decrypter.decrypt(Readable.toWeb(counter) as ReadableStream<Uint8Array>)
  } catch (error) {
    const isKey = error instanceof Error && error.message.includes(NO_KEY_FITS)
    throw new BackupFault(isKey ? 'passphrase' : 'damaged', path, { cause: error })
  }
}

async function refuseForeign(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINE.length), 0, FIRST_LINE.length, 0)
    if (buffer.toString('latin1', 0, bytesRead) !== FIRST_LINE) throw new BackupFault('foreign', path)
  } finally {
    await file.close()
  }
}
