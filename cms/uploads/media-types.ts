const MB = 1024 * 1024
/** A picture for a page needs no more; phones make 5–12 MB. */
const PICTURE_LIMIT = 20 * MB
/** The longest scanned annexes seen on such portals are about 40 MB. */
const DOCUMENT_LIMIT = 50 * MB
/** A drawing or a table of plain text beyond this is no longer read by people. */
const TEXT_LIMIT = 5 * MB

export type MediaType = {
  label: string
  /** Largest size in bytes. */
  limit: number
  /** Endings that a file of this type has, the usual one first; a server that knows nothing but the name serves it as what it is. */
  endings: readonly [string, ...string[]]
}

/** What an office may upload. */
export const MEDIA_TYPES = {
  // One ending only: the sizes of a picture are all called `.jpg`, so that `a.jpg` and `a.jpeg` would share theirs.
  'image/jpeg': { label: 'JPEG 图片', limit: PICTURE_LIMIT, endings: ['jpg'] },
  'image/png': { label: 'PNG 图片', limit: PICTURE_LIMIT, endings: ['png'] },
  'image/webp': { label: 'WebP 图片', limit: PICTURE_LIMIT, endings: ['webp'] },
  'image/gif': { label: 'GIF 图片', limit: PICTURE_LIMIT, endings: ['gif'] },
  'image/svg+xml': { label: 'SVG 图形', limit: TEXT_LIMIT, endings: ['svg'] },
  'application/pdf': { label: 'PDF', limit: DOCUMENT_LIMIT, endings: ['pdf'] },
  'application/ofd': { label: 'OFD 版式文件', limit: DOCUMENT_LIMIT, endings: ['ofd'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { label: 'Word（.docx）', limit: DOCUMENT_LIMIT, endings: ['docx'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { label: 'Excel（.xlsx）', limit: DOCUMENT_LIMIT, endings: ['xlsx'] },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { label: 'PowerPoint（.pptx）', limit: DOCUMENT_LIMIT, endings: ['pptx'] },
  'application/zip': { label: 'ZIP 压缩包', limit: DOCUMENT_LIMIT, endings: ['zip'] },
  'text/csv': { label: 'CSV 表格', limit: TEXT_LIMIT, endings: ['csv'] },
  'text/plain': { label: '纯文本', limit: TEXT_LIMIT, endings: ['txt'] },
} as const satisfies Record<string, MediaType>

export type MediaTypeName = keyof typeof MEDIA_TYPES

/** What may be uploaded, in a clerk's words. */
export const MEDIA_TYPE_LIST = Object.values(MEDIA_TYPES).map(({ label }) => label).join('、')
/** Nothing of any kind may be larger. */
export const LARGEST_FILE = Math.max(...Object.values(MEDIA_TYPES).map(({ limit }) => limit))
