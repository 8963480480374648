import { spawn } from 'node:child_process'

export type Load = { program: string; port: number; path: string; headers: Record<string, string>; seconds: number }

/**
 * Requests a second that a server gives to one thread with 32 connections of wrk. Throws when there were answers other
 * than 2xx and 3xx, or broken connections: a server that refuses is fast, and proves nothing.
 */
export async function runWrk({ program, port, path, headers, seconds }: Load): Promise<number> {
  const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const child = spawn(program, ['-t1', '-c32', `-d${seconds}s`, ...flags, `http://127.0.0.1:${port}${path}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  })
  return parseWrk(output)
}

/** Requests a second, out of wrk's report. Throws on a report of failures, or of nothing. */
export function parseWrk(output: string): number {
  const failures = /^\s*(Non-2xx or 3xx responses|Socket errors): .*$/m.exec(output)
  if (failures) throw new Error(`wrk: ${failures[0].trim()}`)
  const rate = Number(/^Requests\/sec:\s+([\d.]+)/m.exec(output)?.[1])
  if (!(rate > 0)) throw new Error(`wrk gave no rate: ${output.slice(0, 400)}`)
  return rate
}
