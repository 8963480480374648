import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { constants, createZstdCompress } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import { createTarPacker } from 'modern-tar'

/** scrypt's cost as a power of two: about a second and 256 MB for each guess at a passphrase (age's own default). */
const WORK_FACTOR = 18
/** Texts shrink to a fifth; more effort costs more time than it saves bytes. */
const COMPRESSION_LEVEL = 3

export type ArchiveWriter = {
  add: (name: string, content: Uint8Array) => Promise<void>
  /** `content` must give exactly `bytes` bytes. */
  addStream: (name: string, bytes: number, content: AsyncIterable<Uint8Array>) => Promise<void>
  /** Closes the archive and puts it in its place. Answers its size and its SHA-256. */
  finish: () => Promise<{ bytes: number, sha256: string }>
  /** Gives it up; nothing is left of it. */
  abandon: (reason: unknown) => Promise<void>
}

/**
 * An archive that is written as it grows: tar → zstd → age (scrypt passphrase, ChaCha20-Poly1305 in authenticated
 * chunks of 64 KB), three open formats: `age -d FILE | zstd -d | tar x` reads it without this product.
 * It lies beside its place as `FILE.part`, readable by its owner alone, and takes its name when it is complete and on
 * disk. Errors of the disk come out of `add` and `finish`.
 */
export async function writeArchive(
  { path, passphrase, workFactor = WORK_FACTOR }: { path: string, passphrase: string, workFactor?: number },
): Promise<ArchiveWriter> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  const { readable, controller } = createTarPacker()
  const zstd = createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
  })
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(workFactor)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const compressed = pipeline(Readable.fromWeb(readable as NodeReadableStream), zstd)
  const sealed = await encrypter.encrypt(Readable.toWeb(zstd) as ReadableStream<Uint8Array>)
  const target = createWriteStream(part, { fd: file.fd, autoClose: false })
  const written = Promise.all([compressed, pipeline(Readable.fromWeb(sealed as NodeReadableStream), measure, target)])
  // Told at once to whoever adds; `finish` hears of it from `written` itself.
  written.catch((error: unknown) => controller.error(error))

  const addStream: ArchiveWriter['addStream'] = async (name, size, content) => {
    const writer = controller.add({ name, size, mode: 0o600, type: 'file' }).getWriter()
    for await (const chunk of content) await writer.write(asBytes(chunk))
    await writer.close()
  }
  return {
    addStream,
    add: (name, content) => addStream(name, content.length, onePiece(content)),
    finish: async () => {
      controller.finalize()
      await written
      await file.sync()
      await file.close()
      await rename(part, path)
      await syncFolder(dirname(path))
      return { bytes, sha256: hash.digest('hex') }
    },
    abandon: async (reason) => {
      controller.error(reason)
      await written.catch(() => undefined)
      await file.close().catch(() => undefined)
      await rm(part, { force: true })
    },
  }
}

/** The name of a file is on disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().catch(() => undefined)
  await folder.close()
}

async function* onePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield content
}

/** The packer takes plain byte arrays only, and Node's own are a kind of them. */
function asBytes(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
