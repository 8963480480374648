import { refusal } from '@cluster/shared/issue'
import { type ParsedLine, parseImportLine } from '@cluster/shared/publishing/import-line'
import { type FileLine, LINE_LIMIT } from './read-lines.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A line of the file as a document, or why it is none. Strictly UTF-8: a replaced character would be a word lost in
 * silence.
 */
export function parseLine({ bytes }: FileLine): ParsedLine {
  if (bytes === null) {
    return {
      id: undefined,
      issues: [
        refusal('line-too-long', `这一行超过 ${LINE_LIMIT / 1024 / 1024} MB，可能缺少换行。每份文件须单独一行。`),
      ],
    }
  }
  // Text in UTF-16 is full of zero bytes, which UTF-8 text has none of.
  const text = bytes.includes(0) ? null : decode(bytes)
  if (text === null) {
    return {
      id: undefined,
      issues: [
        refusal('wrong-encoding', '这一行不是 UTF-8 编码（可能是 GBK 或 UTF-16）。请把源文件转存为 UTF-8 后再导入。'),
      ],
    }
  }
  return parseImportLine(text)
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}
