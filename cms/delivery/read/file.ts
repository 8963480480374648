import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadDatabase } from './database.ts'
import type { Fault } from '../../fault-log.ts'

/** What a browser may show by itself. An SVG may carry scripts, so it is none of these; everything else is saved. */
const SHOWN = /^(?:image\/(?!svg)[a-z0-9.+-]+|application\/pdf)$/

/** A file that a published document names, as a stream; `null` when none does (any more). */
export async function readFile(
  { database, mediaDir, onFault }: { database: ReadDatabase; mediaDir: string; onFault: Fault }, { hash, name }: { hash: string; name: string },
): Promise<Response | null> {
  const [file] = await database.rows<{ mediaType: string; storedAs: string }>(`
    select media_type as "mediaType", stored_as as "storedAs" from delivery.files where hash = $1 and name = $2 limit 1`, [hash, name])
  if (!file) return null
  try {
    const handle = await open(join(mediaDir, basename(file.storedAs)))
    const { size } = await handle.stat()
    return new Response(Readable.toWeb(handle.createReadStream()) as ReadableStream, { headers: headersOf({ ...file, name, size }) })
  } catch (error) {
    onFault('file-missing', error, { hash, name })
    return null
  }
}

function headersOf({ mediaType, name, size }: { mediaType: string; name: string; size: number }): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-length': String(size),
    // The address is made of the content: what it gives never changes.
    'cache-control': 'public, max-age=31536000, immutable',
    'content-disposition': `${SHOWN.test(mediaType) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeRfc8187(name)}`,
    'x-content-type-options': 'nosniff',
  }
}

/** RFC 8187 leaves fewer characters as they are than `encodeURIComponent` does. */
function encodeRfc8187(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
