import { createLocalReq, type Payload } from 'payload'
import { inTransaction, query, sql } from '../database/query.ts'
import { enqueue } from '../outbox/enqueue.ts'

/** Documents of one index job. */
const PORTION = 200

/** Puts a few jobs for many documents in the place of a job for each: a first start indexes a thousand texts in seconds. */
export async function indexAtOnce(payload: Payload): Promise<void> {
  const req = await createLocalReq({}, payload)
  await inTransaction(req, async () => {
    await query(req, sql`
      select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where task_identifier = 'index-document'))`)
    const portions = await query<{ collection: string; ids: number[] }>(req, sql`
      select collection, array_agg(id) as ids
      from (select collection, id, (row_number() over (partition by collection order by id) - 1) / ${PORTION}::int as portion from delivery.records) as numbered
      group by collection, portion order by collection, portion`)
    for (const portion of portions) await enqueue(req, 'index-documents', portion)
  })
}
