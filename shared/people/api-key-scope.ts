import { type Duty, type Grant, READING_DUTIES, reaches } from '../governance/duties.ts'

/** What a key may be made for. */
export const KEY_OPERATIONS = { read: '读取本站内容', 'write-drafts': '在指定栏目写草稿' } as const
export type KeyOperation = keyof typeof KEY_OPERATIONS

/** A year: whoever still needs the key then says so again. */
export const MAX_KEY_DAYS = 365
/** Tells keys apart from other secrets, so that a leaked one is recognised in texts and logs. */
export const KEY_PREFIX = 'jbk_'

export type KeyScope = {
  operations: readonly KeyOperation[]
  /** `SiteFact.path` of each site; a key never reaches a subtree by itself. */
  sitePaths: readonly string[]
}

/**
 * The grants that a key opens: never more than its scope, never more than whoever made it holds on the day of the request.
 * Reading becomes the duty that only reads; writing becomes the editor's, and reads what it writes.
 */
export function narrowToKey(grants: readonly Grant[], { operations, sitePaths }: KeyScope, today: string): Grant[] {
  const holds = (path: string, duties: readonly Duty[]) => grants.some((grant) => duties.includes(grant.duty) && reaches(grant, path, today))
  const on = (sitePath: string, duty: Duty): Grant => ({ duty, sitePath, includeSubtree: false })
  return sitePaths.flatMap((path) => [
    ...(operations.includes('read') && holds(path, READING_DUTIES) ? [on(path, 'inspector')] : []),
    ...(operations.includes('write-drafts') && holds(path, ['editor']) ? [on(path, 'editor')] : []),
  ])
}

const READABLE = /^\/api\/(articles|policies|media|columns|sites)(\/\d+)?$/
const WRITABLE = /^\/api\/(articles|policies)(\/\d+)?$/

/** The addresses that a key opens; every other answers as to a stranger. */
export function isOpenToKey(method: string, path: string, operations: readonly KeyOperation[]): boolean {
  const address = path.replace(/\/$/, '')
  if (method === 'GET') return READABLE.test(address) && operations.length > 0
  if (!operations.includes('write-drafts') || !WRITABLE.test(address)) return false
  // One document at a time: a change of many names none.
  return /\d$/.test(address) ? method === 'PATCH' : method === 'POST'
}
