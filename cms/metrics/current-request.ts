import { AsyncLocalStorage } from 'node:async_hooks'
import { sharedState } from './shared-state.ts'

const storage = sharedState('request', () => new AsyncLocalStorage<string>())

/** The id of the request (or job) that this code runs for; undefined outside of any. */
export const currentRequestId = (): string | undefined => storage.getStore()

/** From here on, and in everything that follows from here, the request with this id is the current one. */
export const enterRequest = (id: string): void => storage.enterWith(id)

/** Runs the work as part of the request with this id. */
export const withinRequest = <T>(id: string, work: () => T): T => storage.run(id, work)
