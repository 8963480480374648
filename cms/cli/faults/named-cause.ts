import { existsSync, readFileSync, statSync } from 'node:fs'
import type { HeldService } from '../services/hold-service.ts'

/** Where each log ends now. */
export type LogMark = Map<string, number>

/** Remembers where the logs end, to look later at what came after. */
export function markLogs(services: readonly HeldService[]): LogMark {
  return new Map(services.map(({ name, logPath }) => [name, existsSync(logPath) ? statSync(logPath).size : 0]))
}

/** What a lost connection is called by the drivers and by the cluster's own words for it. */
const LOST = /ECONNRE|EPIPE|57P0|Connection terminated|connection ended|read timeout|timeout exceeded|postmaster exit|unreachable|did not answer|is lost|server lost|silent|other side closed|fetch failed/i

/** Sentences on the services whose logs do not say, in one line, that a connection was lost. An operator reads these and nothing else. */
export function whoDoesNotSayWhy(services: readonly HeldService[], marks: LogMark): string[] {
  return services.filter(({ name, logPath }) => {
    const text = existsSync(logPath) ? readFileSync(logPath).subarray(marks.get(name) ?? 0).toString('utf8') : ''
    return !text.split('\n').some((line) => LOST.test(line))
  }).map(({ name, logPath }) => `${name} 的日志没有用一行说明连接断了（${logPath}）`)
}
