import type { Fault } from '../fault-log.ts'
import type { EngineReader } from './engine-reader.ts'

/** After a failure readers are not made to wait for the same again; this long later the engine is asked how it is. */
const PAUSE_MS = 2_000

export type EngineGate = ReturnType<typeof createEngineGate>

/** Lets questions through to the engine while it answers; after a failure only once it has said that it is well. */
export function createEngineGate({ engine, onFault, pauseMs = PAUSE_MS }: { engine: EngineReader | null; onFault: Fault; pauseMs?: number }) {
  let isOpen = engine !== null
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function probeLater(): void {
    timer = setTimeout(() => void engine?.isHealthy().then((isWell) => {
      if (isWell) isOpen = true
      else if (!isStopped) probeLater()
    }), pauseMs)
    timer.unref()
  }

  return {
    /** The answer; `null` when the engine has none to give. */
    through: async <T>(work: (engine: EngineReader) => Promise<T>): Promise<T | null> => {
      if (!engine || !isOpen) return null
      try {
        return await work(engine)
      } catch (error) {
        if (isOpen && !isStopped) {
          isOpen = false
          onFault('search-engine', error)
          probeLater()
        }
        return null
      }
    },
    stop: (): void => {
      isStopped = true
      clearTimeout(timer)
      engine?.close()
    },
  }
}
