import type { TaskList } from 'graphile-worker'
import type { SearchStores } from '../search/index-documents.ts'
import type { OutboxTasks } from './enqueue.ts'
import { indexDocument } from './tasks/index-document.ts'
import { indexManyDocuments } from './tasks/index-documents.ts'
import { rebuildSearch } from './tasks/rebuild-search.ts'
import { releaseWhenDue } from './tasks/release-scheduled.ts'
import { verifyAuditDaily } from './tasks/verify-audit.ts'

/** What the outbox can be told to do. Each task parses what it is told, re-reads what was committed, and may be done twice. */
export function taskList({ stores, now }: { stores: SearchStores; now: () => Promise<Date> }): TaskList {
  const tasks = {
    'index-document': (job: unknown) => indexDocument(stores, job),
    'index-documents': (job: unknown) => indexManyDocuments(stores, job),
    'release-scheduled': async (job: unknown) => releaseWhenDue(job, await now()),
    'release-batch': async (job: unknown) => (await import('./tasks/release-batch.ts')).releaseBatch(job, await now()),
    'move-site': async (job: unknown) => (await import('./tasks/move-site.ts')).moveSite(job, await now()),
    'rebuild-search': () => rebuildSearch(stores),
    'verify-audit': () => verifyAuditDaily(stores.pool),
    // Validator, browser model and templates are loaded by those who need them.
    'measure-ring': async (job: unknown) => (await import('./tasks/measure-ring.ts')).measureSwitchedRing(stores.pool, job),
    'picture-pilots': async (job: unknown) => (await import('./tasks/picture-pilots.ts')).picturePilotsOf(stores.pool, job),
    'dry-run': async (job: unknown) => (await import('./tasks/dry-run.ts')).dryRun(stores.pool, job),
  } satisfies Record<keyof OutboxTasks, (job: unknown) => Promise<void>>
  return tasks
}
