import { createLocalReq, type Payload } from 'payload'
import { query, sql } from '../database/query.ts'

const POLL_MS = 300
/** A portion takes about a second; when nothing has moved for this long, nobody is at work. */
const PATIENCE_MS = 60_000

/** Nothing of the batch has become public for a minute. */
export class ReleaseStands extends Error {
  override name = 'ReleaseStands'
}

export type ReleaseProgress = { released: number; total: number }

/** Waits until the batch's documents are public; what was set aside meanwhile does not count. @throws ReleaseStands */
export async function followRelease(
  payload: Payload,
  batchId: number,
  onProgress: (progress: ReleaseProgress) => void,
): Promise<ReleaseProgress> {
  let last = { released: -1, at: performance.now() }
  for (;;) {
    const req = await createLocalReq({}, payload)
    const [row] = await query<{ released: number; waiting: number }>(req, sql`
      select count(*) filter (where is_live)::int as released,
        count(*) filter (where is_live is not true and state = 'draft' and version = 1)::int as waiting
      from policies where batch_id = ${batchId}`)
    const { released, waiting } = row!
    const progress = { released, total: released + waiting }
    onProgress(progress)
    if (waiting === 0) return progress
    if (released !== last.released) last = { released, at: performance.now() }
    if (performance.now() - last.at > PATIENCE_MS) throw new ReleaseStands()
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
