import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** What a request id may look like: it goes into logs and headers as it is. */
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/
const storage = new AsyncLocalStorage<string>()

/** The id that came with a request, where it is one; a fresh one otherwise. */
export function acceptRequestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/** Runs the work as part of a request: what it asks of other servers, and what it logs, bears the request's id. */
export const withinRequest = <Result>(id: string, work: () => Result): Result => storage.run(id, work)

/** The id of the request that this code runs for; undefined outside of any. */
export const currentRequestId = (): string | undefined => storage.getStore()
