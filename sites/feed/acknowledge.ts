/** Several purges in a row are acknowledged once. */
const GATHER_MS = 300
/** A portal to which nothing happens says now and then that it is there. */
const SAY_MS = 10_000

export type Acknowledger = ReturnType<typeof createAcknowledger>

/**
 * Tells the CMS how far the change feed has been applied here: whoever withdraws a text sees which portals have taken
 * it off. The CMS may be away; what it missed it hears the next time.
 */
export function createAcknowledger({ say }: { say: () => Promise<void> }) {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const tell = async (): Promise<void> => {
    timer = undefined
    await say().catch(() => undefined)
    if (!isStopped) timer ??= setTimeout(() => void tell(), SAY_MS)
  }

  function soon(milliseconds: number): void {
    if (isStopped) return
    clearTimeout(timer)
    timer = setTimeout(() => void tell(), milliseconds)
  }

  return {
    start: (): void => soon(0),
    /** Something was applied. */
    note: (): void => soon(GATHER_MS),
    stop: (): void => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
