import { fileTypeFromBuffer } from 'file-type'
import type { MediaTypeName } from './media-types.ts'
import { BadXml, readXml } from './read-xml.ts'

/** What a file is by its content. `archive`: a ZIP file, of whatever kind. `compound`: the container of Office 97–2003 and of encrypted files. */
export type ToldType = Exclude<MediaTypeName, `application/vnd.${string}` | 'application/zip' | 'application/ofd' | `text/${string}`>
  | 'archive' | 'compound' | 'text' | 'unknown'

const BY_MIME: Record<string, ToldType> = {
  'image/jpeg': 'image/jpeg', 'image/png': 'image/png', 'image/apng': 'image/png', 'image/webp': 'image/webp', 'image/gif': 'image/gif',
  'application/pdf': 'application/pdf', 'application/x-cfb': 'compound',
}
const ZIP_BEGINNINGS = ['PK\u0003\u0004', 'PK\u0005\u0006']

/** Tells what a file is, never asking its name or what the sender says. */
export async function tellType(bytes: Uint8Array): Promise<ToldType> {
  // Told first: the library would look inside, and names what it finds by what the archive says of itself.
  if (ZIP_BEGINNINGS.includes(Buffer.from(bytes.subarray(0, 4)).toString('latin1'))) return 'archive'
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (found && found.mime !== 'application/xml') return BY_MIME[found.mime] ?? 'unknown'
  return isDrawing(bytes) ? 'image/svg+xml' : found ? 'unknown' : 'text'
}

const FIRST_BYTES = 4096

function isDrawing(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, FIRST_BYTES)).toString('utf8').replace(/^\uFEFF/, '').trimStart()
  if (!head.startsWith('<')) return false
  let root: string | null = null
  try {
    readXml(bytes, { open: ({ name }) => { root ??= name } })
  } catch (error) {
    if (!(error instanceof BadXml)) throw error
  }
  return root === 'svg' || (root === null && /<svg[\s>]/.test(head))
}
