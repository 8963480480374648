import type { Payload } from 'payload'
import { env } from '../env.ts'
import type { Destination } from '../import/convert-line.ts'
import { openBar } from './progress-bar.ts'
import { elapsedSince, say } from './progress.ts'
import { Refusal } from './refusal.ts'

/**
 * Lets the demo's people sign the batch of this file and waits until it is public. Throws `Refusal` on a production
 * cluster, and where nobody can sign.
 */
export async function releaseImported(
  payload: Payload,
  { destination, fileHash, isClusterUp }: { destination: Destination; fileHash: string; isClusterUp: boolean },
): Promise<void> {
  if (env().CLUSTER_MODE !== 'demo')
    throw new Refusal('--release 只用于演示集群。这个批次已在待办中，请在管理后台提交，由三位审核人签批。')
  const [{ createLocalReq }, { waitingBatch }, { NobodyToSign, signBatch }, { TransitionRefused }] = await Promise.all([
    import('payload'),
    import('../import/batch-row.ts'),
    import('../import/sign-batch.ts'),
    import('../review/transition-refused.ts'),
  ])
  const batch = await waitingBatch(await createLocalReq({}, payload), destination, fileHash)
  if (!batch) return say('这个文件没有等待签批的批次。')
  try {
    await signBatch(payload, batch, destination.site.id)
  } catch (error) {
    if (error instanceof NobodyToSign)
      throw new Refusal(`${destination.site.slug} 没有可以担任“${error.label}”的演示账号，批次留在待办中。`)
    if (error instanceof TransitionRefused) throw new Refusal(`批次没有签批：${error.message}`)
    throw error
  }
  say(`批次“${batch.title}”已由四位演示人员逐级签批，正在公开。`)
  const start = performance.now()
  const bar = openBar('公开', '份')
  const work = isClusterUp ? Promise.resolve() : releaseHere()
  const { released } = await follow(payload, batch.id, bar, work)
  say(`公开了 ${released} 份，用时 ${elapsedSince(start)}。${isClusterUp ? '' : '搜索索引在下次 npm start 时建立。'}`)
}

async function follow(payload: Payload, batchId: number, bar: ReturnType<typeof openBar>, work: Promise<void>) {
  const { followRelease, ReleaseStands } = await import('../import/follow-release.ts')
  try {
    const [progress] = await Promise.all([
      followRelease(payload, batchId, ({ released, total }) => bar.show(released, total)),
      work,
    ])
    return progress
  } catch (error) {
    if (error instanceof ReleaseStands)
      throw new Refusal('后台任务一分钟没有进展。批次已经签批，后台任务恢复后会接着公开；请查看它的日志。')
    throw error
  } finally {
    bar.close()
  }
}

/** Without a worker beside it this process does the worker's part, of this task alone. */
async function releaseHere(): Promise<void> {
  const [{ Logger, runOnce }, { releaseBatch }] = await Promise.all([
    import('graphile-worker'),
    import('../outbox/tasks/release-batch.ts'),
  ])
  await runOnce({
    connectionString: env().DATABASE_URL,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: { 'release-batch': (job) => releaseBatch(job, new Date()) },
  })
}
