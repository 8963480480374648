import { constants, inflateRawSync } from 'node:zlib'
import { UnsuitableFile } from './unsuitable-file.ts'

const MB = 1024 * 1024
/** Enough to see whether a packed stream begins like a list of objects. */
const PEEK_BYTES = 4096
/** Deflate reaches 1,032 to 1. */
const PEEK_LIMIT = PEEK_BYTES * 1_100
/** The lists of objects of the largest statute books take about 20 MB. */
const MAX_OBJECTS_BYTES = 128 * MB

/** What acts on its own or carries other files along (ISO 32000-1, 7.6, 7.11, 12.6.4, 13). */
const ACTIVE: ReadonlyArray<readonly [code: string, names: readonly string[], message: string]> = [
  ['media-encrypted', ['Encrypt'], '设有密码或权限限制，读者可能打不开，也无法检查。请在生成 PDF 时去掉密码和限制，再上传。'],
  ['media-script', ['JavaScript', 'XFA', 'RichMedia', 'Rendition'], '里有脚本或会自动运行的内容。请用“打印为 PDF”重新生成一份，再上传。'],
  ['media-script', ['Launch', 'ImportData', 'SubmitForm', 'GoToE'], '里有启动程序或向外传送数据的动作。请用“打印为 PDF”重新生成一份，再上传。'],
  ['media-embedded', ['EmbeddedFiles', 'EmbeddedFile', 'FileAttachment'], '里附带了别的文件，其中可能藏有程序。请去掉附件，或用“打印为 PDF”重新生成一份；要公开的附件请单独上传。'],
]
const PATTERNS = ACTIVE.map(([code, names, message]) => ({ code, message, pattern: new RegExp(names.map(nameAsWritten).join('|')) }))

/** Where the packed list of objects says how it is packed. */
const OBJECT_LIST = new RegExp(nameAsWritten('ObjStm'), 'g')
const ODD_PACKING = /\/(?:ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt|AHx|A85|LZW|RL|Predictor)(?![A-Za-z])/
const DICTIONARY_BYTES = 600

/** A name as a PDF may write it: any letter as `#` and two hex digits, ended by a delimiter. */
function nameAsWritten(name: string): string {
  const letters = [...name].map((letter) => {
    const hex = letter.charCodeAt(0).toString(16)
    return `(?:${letter}|#${[...hex].map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit)).join('')})`
  })
  return `/${letters.join('')}(?![A-Za-z0-9_#.-])`
}

/**
 * Refuses a PDF that is encrypted, runs scripts, starts programs or carries other files. The whole file is searched as it is written, and
 * so are the packed lists of objects in it, whatever they call themselves: streams are told by their content. Throws `UnsuitableFile`.
 */
export function checkPdf(name: string, bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = file.toString('latin1')
  search(name, text)
  refuseOddLists(name, text)
  let left = MAX_OBJECTS_BYTES
  for (const start of streamStarts(file)) {
    const peek = inflate(file.subarray(start, start + PEEK_BYTES), PEEK_LIMIT)
    if (!peek || !/^\s*\d+\s+\d+\s/.test(peek.subarray(0, 32).toString('latin1'))) continue
    const objects = inflate(file.subarray(start), left)
    if (!objects) throw new UnsuitableFile('media-bomb', `“${name}”解开后过大或已损坏，无法检查。请用“打印为 PDF”重新生成一份，再上传。`)
    left -= objects.length
    search(name, objects.toString('latin1'))
  }
}

function search(name: string, text: string): void {
  const found = PATTERNS.find(({ pattern }) => pattern.test(text))
  if (found) throw new UnsuitableFile(found.code, `“${name}”${found.message}`)
}

/** Every program that writes lists of objects packs them in one way; another is used to hide what is in them. */
function refuseOddLists(name: string, text: string): void {
  for (const { index } of text.matchAll(OBJECT_LIST)) {
    const from = Math.max(text.lastIndexOf('obj', index - 3), index - DICTIONARY_BYTES)
    const end = text.indexOf('stream', index)
    const dictionary = text.slice(from, end === -1 ? index + DICTIONARY_BYTES : Math.min(end, index + DICTIONARY_BYTES))
    if (ODD_PACKING.test(dictionary)) {
      throw new UnsuitableFile('media-damaged', `“${name}”的内部结构少见，无法检查。请用“打印为 PDF”重新生成一份，再上传。`)
    }
  }
}

function* streamStarts(file: Buffer): Generator<number> {
  for (let at = file.indexOf('stream'); at !== -1; at = file.indexOf('stream', at + 6)) {
    const after = file[at + 6] === 0x0d ? at + 7 : at + 6
    yield file[after] === 0x0a ? after + 1 : after
  }
}

/** The unpacked bytes as far as they go; null when this is no packed stream, or becomes larger than `limit`. */
function inflate(packed: Buffer, limit: number): Buffer | null {
  // RFC 1950: method 8, and a header that is a multiple of 31.
  if (packed.length < 2 || (packed[0]! & 0x0f) !== 8 || packed.readUInt16BE(0) % 31 !== 0) return null
  try {
    // Without its header: a wrong checksum at the end stops no viewer either.
    return inflateRawSync(packed.subarray(2), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(limit, 1) })
  } catch {
    return null
  }
}
