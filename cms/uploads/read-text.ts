import { UnsuitableFile } from './unsuitable-file.ts'

/** Beginnings by which a browser, a server or a shell would take a text for something that runs. */
const PROGRAM = /^\s*(?:<!doctype|<html|<head|<body|<script|<svg|<\?|<%|#!|@echo)/i
/** Cells that a spreadsheet program would calculate: such formulas can start programs. */
const FORMULA = /(?:^|[,;\t\n])\s*"?\s*[=@][^,;\t\n]/

/**
 * A text in UTF-8, whatever common encoding it came in: the public page declares UTF-8, and older spreadsheet programs write GB 18030.
 * Null when the bytes are no text. Throws `UnsuitableFile` for texts that would act as a program.
 */
export function readText(name: string, bytes: Uint8Array, { isTable }: { isTable: boolean }): Buffer | null {
  const text = decode(bytes)
  // Apart from line ends and tabs, control characters stand in no text.
  if (text === null || /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(text)) return null
  if (PROGRAM.test(text)) throw new UnsuitableFile('media-type', `“${name}”的内容是网页或程序，不能上传。请另存为 PDF 或 Word（.docx）再上传。`)
  if (isTable && FORMULA.test(text)) {
    throw new UnsuitableFile('media-script', `“${name}”里有以“=”或“@”开头的单元格，表格软件会把它当作公式执行。请改成数值或文字再上传。`)
  }
  // Spreadsheet programs read a table as UTF-8 only by its mark.
  return Buffer.from(isTable ? `\uFEFF${text}` : text)
}

function decode(bytes: Uint8Array): string | null {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : bytes[0] === 0xfe && bytes[1] === 0xff ? ['utf-16be'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not in this one; the next is tried.
    }
  }
  return null
}
