import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { isOperator } from '../../operator/endpoints.ts'
import type { ClusterState } from '../../operator/read-state.ts'
import { readState } from '../../operator/read-state.ts'
import { reportQueue } from '../../outbox/report.ts'
import { DeedButton } from '../account/deed-button.tsx'
import { minuteOf } from '../dates.ts'
import { OwnView } from '../own-view.tsx'
import { FailedJobs } from './failed-jobs.tsx'
import { ProcessTable } from './process-table.tsx'

/** A back-up that is older than this is a reason to ask. */
const BACKUP_DAYS = 2
const DAY_MS = 86_400_000

/** The system administrator's page: what runs, what waits, what failed. */
export async function OperationsView(view: AdminViewServerProps) {
  const { initPageResult: { req } } = view
  if (!(await isOperator(req))) redirect('/admin')
  const { pool } = req.payload.db
  const [state, { failed }] = await Promise.all([readState(pool), reportQueue(pool)])
  const missing = state.search.documents - state.search.indexed
  return (
    <OwnView view={view} title="运行状况">
      <p className="cluster-hint">这一页是打开时的情况（{minuteOf(new Date().toISOString())}），刷新可看最新的。</p>
      <section aria-labelledby="cluster-processes">
        <h2 id="cluster-processes">在运行的程序</h2>
        <ProcessTable processes={state.processes} feedSeq={state.feed.seq} deliveryConnections={state.deliveryConnections} />
      </section>
      <section aria-labelledby="cluster-queue">
        <h2 id="cluster-queue">后台任务</h2>
        <dl className="cluster-facts">
          <div><dt>等待</dt><dd>{state.queue.waiting} 个{state.queue.oldestWaitingSeconds > 0 ? `，最早的已等 ${state.queue.oldestWaitingSeconds.toFixed(0)} 秒` : ''}</dd></div>
          <div><dt>正在做</dt><dd>{state.queue.running} 个</dd></div>
          <div><dt>定时</dt><dd>{state.queue.scheduled} 个</dd></div>
          <div><dt>失败</dt><dd>{state.queue.failed === 0 ? '没有' : <strong className="cluster-bad">{state.queue.failed} 个</strong>}</dd></div>
        </dl>
        <FailedJobs jobs={failed} />
      </section>
      <section aria-labelledby="cluster-search">
        <h2 id="cluster-search">搜索索引</h2>
        <p>公开文档 {state.search.documents} 篇，已编入索引 {state.search.indexed} 篇。{missing === 0 ? '索引是完整的。' : <strong className="cluster-bad">相差 {Math.abs(missing)} 篇，后台任务会自动补齐；长时间不一致时请重建。</strong>}</p>
        <DeedButton path="/api/operator/rebuild-search" label="重建搜索索引" question="重建要几分钟，期间照常可以搜索。现在重建吗？" />
      </section>
      <section aria-labelledby="cluster-feed">
        <h2 id="cluster-feed">发布和审计</h2>
        <p>变更序号 {state.feed.seq}{state.feed.at ? `，最近一次 ${minuteOf(state.feed.at)}` : ''}。审计记录{state.audit.unsealed === 0 ? '全部封存' : `有 ${state.audit.unsealed} 条等待封存`}。</p>
      </section>
      <section aria-labelledby="cluster-backup">
        <h2 id="cluster-backup">备份</h2>
        <LastBackup backup={state.lastBackup} />
      </section>
    </OwnView>
  )
}

function LastBackup({ backup }: { backup: ClusterState['lastBackup'] }) {
  if (backup === null) return <p className="cluster-bad">还没有做过备份。请在服务器上运行 npm run backup -- 文件名。</p>
  const isOld = Date.now() - Date.parse(backup.at) > BACKUP_DAYS * DAY_MS
  const kind = backup.kind === 'restore' ? '恢复' : '备份'
  const size = backup.bytes > 0 ? `，${(backup.bytes / 1024 / 1024).toFixed(1)} MB` : ''
  return <p className={isOld || backup.result !== 'complete' ? 'cluster-bad' : undefined}>上次{kind} {minuteOf(backup.at)}，{backup.result === 'complete' ? '完成' : '没有完成'}{size}。{isOld ? `已超过 ${BACKUP_DAYS} 天。` : ''}</p>
}
