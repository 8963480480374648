/** What an office may upload, with the largest size of each in bytes and the first bytes that prove the type. */
const MB = 1024 * 1024
/** A picture for a page needs no more; phones make 5–12 MB. */
const PICTURE_LIMIT = 20 * MB
/** The longest scanned annexes seen on such portals are about 40 MB. */
const DOCUMENT_LIMIT = 50 * MB

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

export type MediaType = {
  label: string
  limit: number
  /** Endings that a file of this type has; a server that knows nothing but the name serves it as what it is. */
  endings: readonly string[]
  /** One of these at offset 0. */
  signatures: readonly (readonly number[])[]
  /** Stands further inside, where the beginning alone would fit other types too. */
  mark?: { offset: number; bytes: readonly number[] }
  /** Stands near the end of a whole file; a transfer that broke off lacks it. */
  closing?: readonly string[]
}

export const MEDIA_TYPES: Record<string, MediaType> = {
  'image/jpeg': { label: 'JPEG 图片', limit: PICTURE_LIMIT, endings: ['jpg', 'jpeg'], signatures: [[0xff, 0xd8, 0xff]] },
  'image/png': { label: 'PNG 图片', limit: PICTURE_LIMIT, endings: ['png'], signatures: [[0x89, 0x50, 0x4e, 0x47]] },
  'image/webp': { label: 'WebP 图片', limit: PICTURE_LIMIT, endings: ['webp'], signatures: [[0x52, 0x49, 0x46, 0x46]], mark: { offset: 8, bytes: [0x57, 0x45, 0x42, 0x50] } },
  'image/gif': { label: 'GIF 图片', limit: PICTURE_LIMIT, endings: ['gif'], signatures: [[0x47, 0x49, 0x46, 0x38]] },
  'application/pdf': { label: 'PDF', limit: DOCUMENT_LIMIT, endings: ['pdf'], signatures: [[0x25, 0x50, 0x44, 0x46, 0x2d]], closing: ['xref', '%%EOF'] },
  'application/msword': { label: 'Word 97–2003', limit: DOCUMENT_LIMIT, endings: ['doc'], signatures: [OLE] },
  'application/vnd.ms-excel': { label: 'Excel 97–2003', limit: DOCUMENT_LIMIT, endings: ['xls'], signatures: [OLE] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { label: 'Word', limit: DOCUMENT_LIMIT, endings: ['docx'], signatures: [ZIP] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { label: 'Excel', limit: DOCUMENT_LIMIT, endings: ['xlsx'], signatures: [ZIP] },
  'application/zip': { label: 'ZIP 压缩包', limit: DOCUMENT_LIMIT, endings: ['zip'], signatures: [ZIP] },
}

/** What may be uploaded, in a clerk's words. */
export const MEDIA_TYPE_LIST = Object.values(MEDIA_TYPES).map(({ label }) => label).join('、')

/** True when the file begins as its type says it must. */
export function startsAs({ signatures, mark }: MediaType, head: Uint8Array): boolean {
  const standsAt = (offset: number) => (bytes: readonly number[]) => bytes.every((byte, index) => head[offset + index] === byte)
  return signatures.some(standsAt(0)) && (!mark || standsAt(mark.offset)(mark.bytes))
}

/** True when the file's name ends as its type does. */
export function endsAs({ endings }: MediaType, name: string): boolean {
  return endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`))
}

/** Readers look for the end of a file within its last bytes. */
const CLOSING_BYTES = 1024

/** True when the file has come to its end, as far as its type tells. */
export function isWhole({ closing = [] }: MediaType, file: Uint8Array): boolean {
  const end = Buffer.from(file.subarray(-CLOSING_BYTES)).toString('latin1')
  return closing.every((words) => end.includes(words))
}
