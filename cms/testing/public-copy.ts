import { type ArticleRecord, documentRecordSchema, entrySchema, type Tombstone, tombstoneSchema } from '@cluster/shared/delivery/records'
import type { TestOffices } from './offices.ts'

type Target = { id: number }
type ArticleRow = { state: string; is_live: boolean; published_at: Date | null; review_due_at: Date | null }

/** What a transaction of the review chain leaves in the database, read with the contract that portals parse it with. */
export function publicCopy(rows: TestOffices['rows']) {
  return {
    recordOf: async <Kind = ArticleRecord>({ id }: Target, collection = 'articles'): Promise<Kind | null> => {
      const [row] = await rows<{ record: unknown; entry: unknown }>('select record, entry from delivery.records where collection = $1 and id = $2', [collection, id])
      if (!row) return null
      entrySchema.parse(row.entry)
      return documentRecordSchema.parse(row.record) as Kind
    },
    tombstoneOf: async ({ id }: Target): Promise<Tombstone | null> => {
      const [row] = await rows<{ record: unknown }>("select record from delivery.tombstones where collection = 'articles' and id = $1", [id])
      return row ? tombstoneSchema.parse(row.record) : null
    },
    jobsFor: (key: string) => rows<{ task: string; run_at: Date }>('select task_identifier as task, run_at from graphile_worker.jobs where key = $1', [key]),
    lastSeq: async () => Number((await rows<{ seq: string }>('select coalesce(max(seq), 0) as seq from delivery.feed'))[0]!.seq),
    tagsSince: async (seq: number) => (await rows<{ tags: string[] }>('select tags from delivery.feed where seq > $1 order by seq', [seq])).flatMap(({ tags }) => tags),
    stateOf: async ({ id }: Target) => (await rows<ArticleRow>('select state, is_live, published_at, review_due_at from articles where id = $1', [id]))[0]!,
  }
}
