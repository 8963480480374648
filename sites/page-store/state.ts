import { join } from 'node:path'
import { z } from 'zod'
import { readJson, replaceFile } from '../data/store-json.ts'
import { RECORDS_FOLDER } from './disk.ts'

const stateSchema = z.object({
  /** Build and address pattern that the stored pages were made with; other ones make other pages. */
  generation: z.string(),
  seq: z.number().int(),
  /** When the change feed was last heard of, milliseconds since 1970. */
  contactAt: z.number(),
})
export type StoreState = z.output<typeof stateSchema>

const fileIn = (folder: string) => join(folder, RECORDS_FOLDER, 'state.json')

/** What an earlier process has noted of its store; `null` when there was none. */
export function readState(folder: string): Promise<StoreState | null> {
  return readJson(stateSchema, fileIn(folder))
}

/** How long several purges are gathered before the number is noted once. */
const GATHER_MS = 200

/**
 * Notes how far the feed has been applied, shortly after it was and never before the disk has followed: a crash in
 * between applies a purge twice, and never loses one.
 */
export function createStateKeeper({
  folder,
  read,
  settled,
  onError,
}: {
  folder: string
  read: () => StoreState
  settled: () => Promise<void>
  onError: (error: unknown) => void
}) {
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  function write(): Promise<void> {
    writing = writing
      .then(async () => {
        const state = read()
        await settled()
        await replaceFile(fileIn(folder), JSON.stringify(state))
      })
      .catch(onError)
    return writing
  }

  return {
    note: (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        void write()
      }, GATHER_MS)
    },
    flush: (): Promise<void> => {
      clearTimeout(timer)
      timer = undefined
      return write()
    },
  }
}
