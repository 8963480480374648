import { say } from './progress.ts'

/**
 * One Ctrl-C reaches this process twice, from the terminal and passed on by npm: within this time it counts once.
 */
const SAME_KEYSTROKE_MS = 1000

/**
 * Calls `stop` at the first request to end (Ctrl-C, a service manager, the terminal or the waiting parent gone)
 * and `kill` at the second. Answers a promise that is kept at the first request, and whether it has come.
 */
export function onStopRequest(
  { stop, kill }: { stop: () => void, kill: () => void },
): { requested: Promise<void>, isRequested: () => boolean } {
  let firstAt: number | undefined
  let resolve = () => {}
  const requested = new Promise<void>((keep) => { resolve = keep })
  const hear = () => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      say('\n正在停止各项服务，请稍候（再按一次 Ctrl-C 立即结束）……')
      stop()
      resolve()
    } else if (performance.now() - firstAt > SAME_KEYSTROKE_MS) {
      kill()
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear)
  process.on('disconnect', hear)
  return { requested, isRequested: () => firstAt !== undefined }
}
