import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { clusterTag, fileTag } from '@cluster/shared/delivery/tags'
import type { DeliveryClient } from '../data/delivery.ts'
import { mediaTypeOf, opensInBrowser } from './media-types.ts'
import { SECURITY_HEADERS } from '../http/security-headers.ts'

/** File systems take no longer names. */
const MAX_NAME_BYTES = 240
/** Without a purge a file never changes under its name, but it can be withdrawn: browsers ask again after a day. */
const CACHE_CONTROL = 'public, max-age=86400'

const FILE_POLICY = "default-src 'none'; sandbox"

export type Files = ReturnType<typeof createFiles>

/**
 * Attachments and pictures, kept as `<folder>/files/<hash>/<name>`, where a static server finds them too. A file is
 * fetched once for everybody who waits for it, checked against its hash, and served from disk.
 */
export function createFiles({
  delivery,
  folder,
  onError,
}: {
  delivery: Pick<DeliveryClient, 'file'>
  folder: string
  onError: (error: unknown) => void
}) {
  const root = join(folder, 'files')
  const fetches = new Map<string, Promise<string | null>>()
  /** Counts purges, so that a file withdrawn while it is fetched is not kept. */
  const purges = new Map<string, number>()
  let drafts = 0

  async function fetchFile(hash: string, name: string): Promise<string | null> {
    const file = join(root, hash, name)
    const before = purges.get(hash) ?? 0
    const response = await delivery.file(hash, name)
    if (!response?.body) return null
    await mkdir(join(root, hash), { recursive: true })
    drafts += 1
    const draft = join(root, hash, `.${process.pid}-${drafts}.part`)
    const digest = createHash('sha256')
    const check = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        digest.update(chunk)
        done(null, chunk)
      },
    })
    try {
      await pipeline(Readable.fromWeb(response.body as NodeReadableStream), check, createWriteStream(draft))
      const isWhole = digest.digest('hex') === hash
      if (!isWhole) throw new Error(`file ${hash} arrived with other content`)
      if ((purges.get(hash) ?? 0) !== before) return null
      await rename(draft, file)
      return file
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** Path of the file on disk, fetched when it is not there; `null` when there is no such file. */
  function find(hash: string, name: string): Promise<string | null> {
    const key = `${hash}/${name}`
    const running = fetches.get(key)
    if (running) return running
    const file = join(root, hash, name)
    const found = stat(file)
      .then(
        (facts) => (facts.isFile() ? file : null),
        () => fetchFile(hash, name),
      )
      .finally(() => fetches.delete(key))
    fetches.set(key, found)
    return found
  }

  return {
    /** Sends a file; false when there is none. Throws `Unreachable` when it is not kept and cannot be fetched. */
    send: async (request: IncomingMessage, response: ServerResponse, hash: string, name: string): Promise<boolean> => {
      if (!isFileName(name)) return false
      const path = await find(hash, name)
      if (path === null) return false
      const { size } = await stat(path)
      const etag = `"${hash.slice(0, 16)}"`
      const isKnown = request.headers['if-none-match']?.includes(etag) ?? false
      const type = mediaTypeOf(name)
      const disposition = opensInBrowser(type) ? 'inline' : 'attachment'
      response.writeHead(isKnown ? 304 : 200, {
        ETag: etag,
        'Cache-Control': CACHE_CONTROL,
        ...(isKnown ? {} : { 'Content-Type': type, 'Content-Length': String(size) }),
        'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeName(name)}`,
        ...SECURITY_HEADERS,
        // Uploaded content runs nothing and fetches nothing; a PDF is left to the browser's viewer, which a sandbox would stop.
        ...(type === 'application/pdf' ? {} : { 'Content-Security-Policy': FILE_POLICY }),
      })
      if (isKnown || request.method === 'HEAD') response.end()
      else await pipeline(createReadStream(path), response)
      return true
    },

    /** Removes the files that the tags name. */
    purge: async (tags: readonly string[]): Promise<void> => {
      if (tags.includes(clusterTag())) return rm(root, { recursive: true, force: true }).catch(onError)
      const prefix = fileTag('')
      for (const tag of tags.filter((each) => each.startsWith(prefix))) {
        const hash = tag.slice(prefix.length)
        if (!/^[0-9a-f]{64}$/.test(hash)) continue
        purges.set(hash, (purges.get(hash) ?? 0) + 1)
        const names = await readdir(join(root, hash)).catch(() => [])
        await Promise.all(names.map((name) => unlink(join(root, hash, name)).catch(onError)))
      }
    },
  }
}

function isFileName(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !/[/\\\0]/.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES
}

/**
 * A file name as a header carries it (RFC 8187): what `encodeURIComponent` leaves and the header does not allow, too.
 */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
