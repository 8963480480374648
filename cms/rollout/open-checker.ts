import { Worker } from 'node:worker_threads'
import type { PageCheck, PageFindings } from './checks.ts'

/** More would only take the processor from the portal that draws the pages. */
const THREADS = 2

type Answer = { id: number } & ({ findings: PageFindings } | { error: string })
type Waiting = { resolve: (findings: PageFindings) => void; reject: (error: Error) => void }
type Thread = { worker: Worker; waiting: Map<number, Waiting> }
export type Checker = { check: (page: PageCheck) => Promise<PageFindings>; close: () => Promise<void> }

/** Checks pages in threads of their own, which end with `close`. A thread that dies fails what it had in hand, and is replaced. */
export function openChecker(): Checker {
  const threads = new Set<Thread>()
  let orders = 0
  let isClosed = false

  function openThread(): Thread {
    const thread: Thread = { worker: new Worker(new URL('./check-thread.ts', import.meta.url)), waiting: new Map() }
    const fail = (error: Error) => {
      threads.delete(thread)
      for (const { reject } of thread.waiting.values()) reject(error)
      thread.waiting.clear()
    }
    thread.worker.on('message', (answer: Answer) => {
      const waiting = thread.waiting.get(answer.id)
      thread.waiting.delete(answer.id)
      if ('findings' in answer) waiting?.resolve(answer.findings)
      else waiting?.reject(new Error(answer.error))
    })
    thread.worker.on('error', fail)
    thread.worker.on('exit', (code) => fail(new Error(`the thread that checks pages ended with ${code}`)))
    threads.add(thread)
    return thread
  }

  return {
    check: (page) => {
      if (isClosed) return Promise.reject(new Error('pages are not checked any more'))
      const idlest = [...threads].sort((one, other) => one.waiting.size - other.waiting.size)[0]
      const thread = idlest && (idlest.waiting.size === 0 || threads.size >= THREADS) ? idlest : openThread()
      const id = (orders += 1)
      return new Promise((resolve, reject) => {
        thread.waiting.set(id, { resolve, reject })
        thread.worker.postMessage({ id, check: page })
      })
    },
    close: async () => {
      isClosed = true
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}
