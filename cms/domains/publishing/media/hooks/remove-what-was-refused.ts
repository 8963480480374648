import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type CollectionAfterErrorHook, createLocalReq } from 'payload'
import { inTransaction, query, sql } from '../../../../database/query.ts'
import { env } from '../../../../env.ts'
import { holdFileName } from '../hold-file-name.ts'

/** Removes the files of an upload that was refused after they had been written: nothing is kept that no medium names. */
export const removeWhatWasRefused: CollectionAfterErrorHook = async ({ req }) => {
  const written = req.context?.mediaFiles
  if (!Array.isArray(written) || typeof written[0] !== 'string') return
  const [original] = written
  const own = await createLocalReq({}, req.payload)
  await inTransaction(own, async () => {
    // Somebody else may have got the name in the meantime, and be writing a file of it.
    await holdFileName(own, original)
    const taken = await query(own, sql`select 1 from media where filename = ${original}`)
    if (taken.length > 0) return
    for (const name of written) await rm(join(env().MEDIA_DIR, basename(String(name))), { force: true })
  })
}
