import { askScanner, type Scanner } from './ask-scanner.ts'
import { checkOfficePart, isEmbeddedOffice, type OfficeType, officeTypeOf } from './check-office-file.ts'
import { checkPdf } from './check-pdf.ts'
import { cleanPicture } from './clean-picture.ts'
import { cleanSvg } from './clean-svg.ts'
import { fileNameFor } from './file-name.ts'
import { LARGEST_FILE, MEDIA_TYPE_LIST, MEDIA_TYPES, type MediaTypeName } from './media-types.ts'
import { fullPurse, listArchive, type Member, openArchive, type Purse } from './open-archive.ts'
import { readText } from './read-text.ts'
import { BadXml } from './read-xml.ts'
import { tellType } from './tell-type.ts'
import { UnsuitableFile } from './unsuitable-file.ts'

export type Upload = { name: string; bytes: Uint8Array }
/** A file as it is kept: its type by content, its name and bytes in the form that the public may get. */
export type Inspected = { mediaType: MediaTypeName; name: string; bytes: Buffer }

const OFFICE: Record<OfficeType, MediaTypeName> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}
/** Readers look for the end of a PDF within its last bytes. */
const PDF_CLOSING_BYTES = 1024

/**
 * Looks into an uploaded file and makes it fit to be kept: type by content, pictures and drawings written anew, texts in UTF-8, the name put
 * right. Nothing is written anywhere. Throws `UnsuitableFile` with the reason and what to do.
 */
export async function inspectUpload({ name: given, bytes }: Upload, { scanner }: { scanner: Scanner | null }): Promise<Inspected> {
  const name = fileNameFor(given)
  if (bytes.byteLength === 0) throw new UnsuitableFile('media-content', `“${name}”是空的，没有内容。请检查文件后再上传。`)
  if (bytes.byteLength > LARGEST_FILE) throw tooLarge(name, bytes.byteLength, '附件', LARGEST_FILE)
  const mediaType = await inspect(name, bytes, fullPurse(), 0)
  const { label, limit, endings } = MEDIA_TYPES[mediaType]
  if (bytes.byteLength > limit) throw tooLarge(name, bytes.byteLength, label, limit)
  if (scanner) await askScanner(name, bytes, scanner)
  return { mediaType, name: fileNameFor(given, endings), bytes: await cleaned(name, bytes, mediaType) }
}

async function cleaned(name: string, bytes: Uint8Array, mediaType: MediaTypeName): Promise<Buffer> {
  switch (mediaType) {
    case 'image/jpeg':
    case 'image/png':
    case 'image/webp':
    case 'image/gif': return cleanPicture(name, bytes, mediaType)
    case 'image/svg+xml': return cleanSvg(name, bytes)
    case 'text/csv':
    case 'text/plain': return readText(name, bytes, { isTable: mediaType === 'text/csv' }) ?? Buffer.from(bytes)
    default: return Buffer.from(bytes)
  }
}

/** The part that says what the others are; names in packages are compared without case (ECMA-376 part 2, 10.1.3.4). */
const CONTENT_LIST = '[content_types].xml'
/** How deep archives and embedded documents may stand in one another: a chart's table in a report in an archive. */
const MAX_DEPTH = 3

async function inspect(name: string, bytes: Uint8Array, purse: Purse, depth: number): Promise<MediaTypeName> {
  const type = await tellType(bytes)
  switch (type) {
    case 'archive': return inspectArchive(name, bytes, purse, depth)
    case 'compound': throw oldOrEncrypted(name, bytes)
    case 'application/pdf': {
      if (!isWholePdf(bytes)) throw new UnsuitableFile('media-cut', `“${name}”不完整，可能在下载或传送时中断了。请重新取得这份文件再上传。`)
      checkPdf(name, bytes)
      return type
    }
    // Two bytes of a Chinese text may be the mark of a program's file: whether it is a text is told by all of them.
    case 'unknown':
    case 'text': {
      const ending = endingOf(name)
      if (ending !== 'txt' && ending !== 'csv') throw notAllowed(name)
      if (readText(name, bytes, { isTable: ending === 'csv' }) === null) throw notAllowed(name)
      return ending === 'csv' ? 'text/csv' : 'text/plain'
    }
    default: return type
  }
}

async function inspectArchive(name: string, bytes: Uint8Array, purse: Purse, depth: number): Promise<MediaTypeName> {
  if (depth >= MAX_DEPTH) throw nested(name)
  const names = (await listArchive(name, bytes)).map((member) => member.toLowerCase())
  if (names.length === 0) throw new UnsuitableFile('media-content', `“${name}”是空的压缩包，没有内容。请检查文件后再上传。`)
  const kind = names.includes(CONTENT_LIST) ? 'office' : names.includes('ofd.xml') ? 'ofd' : 'plain'
  let office: OfficeType | null = null
  for await (const member of openArchive(name, bytes, purse)) {
    if (kind === 'office' && member.name.toLowerCase() === CONTENT_LIST) office = officeOf(name, member.bytes)
    await inspectMember(name, member, kind, purse, depth)
  }
  if (kind === 'plain') return 'application/zip'
  if (kind === 'ofd') return 'application/ofd'
  if (!office) throw notAllowed(name)
  return OFFICE[office]
}

async function inspectMember(name: string, member: Member, kind: 'office' | 'ofd' | 'plain', purse: Purse, depth: number): Promise<void> {
  if (kind === 'office') {
    checkOfficePart(name, member)
    if (isEmbeddedOffice(member)) await inspect(`${name}：${member.name}`, member.bytes, purse, depth + 1)
    return
  }
  if (kind === 'ofd') {
    if (/(^|\/)Attachs?\/|(^|\/)Attachments\.xml$/i.test(member.name)) {
      throw new UnsuitableFile('media-embedded', `“${name}”里附带了别的文件，其中可能藏有程序。请去掉附件再上传；要公开的附件请单独上传。`)
    }
    return
  }
  // Marks that other systems leave in archives; they hold nothing.
  if (/(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/i.test(member.name)) return
  const type = await inspect(`${name}：${member.name}`, member.bytes, purse, depth + 1)
  if (type === 'application/zip') throw nested(name)
  if (type === 'image/svg+xml') cleanSvg(name, member.bytes)
}

function officeOf(name: string, contentTypes: Uint8Array): OfficeType | null {
  try {
    const found = officeTypeOf(contentTypes)
    if (found !== 'macro') return found
  } catch (error) {
    if (error instanceof BadXml) throw new UnsuitableFile('media-damaged', `“${name}”已损坏，打不开。请用 Word 或 WPS 打开后另存为一份新的文件，再上传。`, { cause: error })
    throw error
  }
  throw new UnsuitableFile('media-macro', `“${name}”里有宏（打开时会自动运行的程序）。请在 Word 或 WPS 中另存为不含宏的 .docx、.xlsx 或 .pptx，再上传。`)
}

/** Office 97–2003 keeps macros and objects in a form that cannot be searched with certainty; encrypted new files have the same container. */
function oldOrEncrypted(name: string, bytes: Uint8Array): UnsuitableFile {
  const has = (stream: string) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(stream, 'utf16le'))
  if (has('EncryptedPackage')) return new UnsuitableFile('media-encrypted', `“${name}”设有打开密码，读者打不开，也无法检查。请去掉密码后另存，再上传。`)
  if (has('_VBA_PROJECT')) return new UnsuitableFile('media-macro', `“${name}”里有宏（打开时会自动运行的程序）。请在 Word 或 WPS 中另存为不含宏的 .docx 或 .xlsx，再上传。`)
  return new UnsuitableFile('media-old', `“${name}”是旧版格式（Word/Excel 97–2003 或 WPS），里面的宏和嵌入对象无法可靠检查。请用 Word 或 WPS 打开，另存为 .docx、.xlsx 或 PDF，再上传。`)
}

function isWholePdf(bytes: Uint8Array): boolean {
  const end = Buffer.from(bytes.subarray(-PDF_CLOSING_BYTES)).toString('latin1')
  return end.includes('xref') && end.includes('%%EOF')
}

const endingOf = (name: string) => /\.([A-Za-z0-9]{1,8})$/.exec(name.trim())?.[1]?.toLowerCase() ?? ''

const nested = (name: string) => new UnsuitableFile('media-nested', `“${name}”里还有压缩包，无法检查。请把里面的文件直接放进一个压缩包，或分别上传。`)
const notAllowed = (name: string) => new UnsuitableFile('media-type', `“${name}”的内容不是可以上传的类型。可以上传：${MEDIA_TYPE_LIST}。改扩展名没有用，请另存为其中一种格式。`)

function tooLarge(name: string, bytes: number, label: string, limit: number): UnsuitableFile {
  const size = (bytes / 1024 / 1024).toFixed(1)
  return new UnsuitableFile('media-size', `“${name}”有 ${size} MB，超过 ${label} 的上限 ${limit / 1024 / 1024} MB。请压缩后再上传。`, { status: 413 })
}
