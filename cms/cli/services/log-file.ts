import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A log is set aside once it has grown to this: two of them, for some seven services, stay below 300 MB. */
const MAX_LOG_BYTES = 20 * 1024 * 1024

export type LogFile = {
  path: string
  /** Copies a stream line by line: one JSON object each, whatever the program wrote. */
  follow: (stream: Readable) => void
  /** The last lines as the service wrote them, for the operator. */
  tail: (lines: number) => string
}

/**
 * Opens `<name>.log`, setting an overgrown one aside as `<name>.log.1`.
 * `isEchoed` shows each line on the console as well.
 */
export function openLog(
  { folder, name, isEchoed }: { folder: string, name: string, isEchoed: boolean },
): LogFile {
  const path = join(folder, `${name}.log`)
  let written = existsSync(path) ? statSync(path).size : 0
  let stream: WriteStream | undefined
  const recent: string[] = []

  const write = (line: string) => {
    recent.push(line)
    if (recent.length > 200) recent.shift()
    if (written > MAX_LOG_BYTES) {
      stream?.end()
      stream = undefined
      renameSync(path, `${path}.1`)
      written = 0
    }
    const entry = `${structured(line, name)}\n`
    stream ??= createWriteStream(path, { flags: 'a' })
    stream.write(entry)
    written += Buffer.byteLength(entry)
    if (isEchoed) process.stdout.write(`[${name}] ${line}\n`)
  }
  return {
    path,
    follow: (source) => { createInterface({ input: source }).on('line', write) },
    tail: (lines) => recent.slice(-lines).join('\n'),
  }
}

/** Our own processes write JSON with the time in it; what engines and builds say in words becomes an object of the same form. */
function structured(line: string, name: string): string {
  return line.startsWith('{"') && line.endsWith('}') ? line : JSON.stringify({ level: 30, time: new Date().toISOString(), name, msg: line })
}
