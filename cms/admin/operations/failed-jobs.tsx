import type { QueueReport } from '../../outbox/report.ts'
import { DeedButton } from '../account/deed-button.tsx'
import { minuteOf } from '../dates.ts'
import { DiscardJob } from './discard-job.tsx'

const TASKS: Record<string, string> = {
  'index-document': '编入搜索索引', 'index-documents': '批量编入搜索索引', 'release-batch': '发布迁移批次', 'release-scheduled': '定时发布',
  'rebuild-search': '重建搜索索引', 'verify-audit': '核验审计记录', 'measure-ring': '检查刚切换模板的站点', 'dry-run': '预演模板', 'picture-pilots': '给试点站点拍图' }

/** Jobs that failed, each with why, and what can be done about it. */
export function FailedJobs({ jobs }: { jobs: QueueReport['failed'] }) {
  if (jobs.length === 0) return null
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <caption className="cluster-visually-hidden">失败的任务</caption>
        <thead><tr><th scope="col">任务和原因</th><th scope="col">已试</th><th scope="col">下次</th><th scope="col">处理</th></tr></thead>
        <tbody>{jobs.map(({ id, task, attempts, maxAttempts, error, nextAttemptAt }) => (
          <tr key={id}>
            <td>{TASKS[task] ?? task}<span className="cluster-quote">{error.split('\n')[0]}</span></td>
            <td>{attempts} 次</td>
            <td>{attempts >= maxAttempts ? '不再自动重试' : minuteOf(new Date(nextAttemptAt).toISOString())}</td>
            <td><div className="cluster-row"><DeedButton path={`/api/operator/jobs/${id}/retry`} label="马上重试" /><DiscardJob path={`/api/operator/jobs/${id}/discard`} /></div></td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}
