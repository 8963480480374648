import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** Where a line ends; UTF-8 uses this byte for nothing else. */
const LINE_FEED = 0x0a
/** The longest statute has 107,000 characters; a line far beyond that is a file without line ends. */
export const LINE_LIMIT = 8 * 1024 * 1024

/** Bytes taken at once; a statute has some 16,000. */
const CHUNK = 256 * 1024

/** A line of an import file, counted from 1; `bytes` is null when it is too long to be read. */
export type FileLine = { number: number; bytes: Uint8Array | null }

/** The file cannot be read to its end; `line` is the last one that could. */
export class DamagedFile extends Error {
  override name = 'DamagedFile'
  readonly line: number

  constructor(line: number, cause: unknown) {
    super(`the file is damaged after line ${line}`, { cause })
    this.line = line
  }
}

/**
 * Reads a JSONL file, compressed or not (told by its first bytes, not by its name), line by line in constant memory.
 * Empty lines are counted and passed over. @throws DamagedFile; the system's error where the file cannot be opened
 */
export async function* readLines(path: string): AsyncGenerator<FileLine> {
  const source = createReadStream(path, { highWaterMark: CHUNK })
  const stream = (await isGzip(path)) ? source.pipe(createGunzip({ chunkSize: CHUNK })) : source
  source.on('error', (error) => stream.destroy(error))
  let rest: LineRest = { number: 1, parts: [], length: 0 }
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const cut = cutLines(rest, chunk)
      rest = cut.rest
      yield* cut.lines
    }
  } catch (error) {
    throw new DamagedFile(rest.number - 1, error)
  }
  const last = lineOf(rest)
  if (last) yield last
}

/** What of the file has not come to its line's end. Parts beyond the limit are dropped, only their length counts. */
type LineRest = { number: number; parts: Buffer[]; length: number }

function cutLines(before: LineRest, chunk: Buffer): { lines: FileLine[]; rest: LineRest } {
  const lines: FileLine[] = []
  let rest = before
  let start = 0
  for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
    const line = lineOf(grown(rest, chunk.subarray(start, end)))
    if (line) lines.push(line)
    rest = { number: rest.number + 1, parts: [], length: 0 }
    start = end + 1
  }
  return { lines, rest: grown(rest, chunk.subarray(start)) }
}

function grown({ number, parts, length }: LineRest, part: Buffer): LineRest {
  const total = length + part.length
  return { number, parts: total > LINE_LIMIT ? [] : [...parts, part], length: total }
}

function lineOf({ number, parts, length }: LineRest): FileLine | null {
  if (length > LINE_LIMIT) return { number, bytes: null }
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  const isEmpty = bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
  return isEmpty ? null : { number, bytes }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}
