import type { ClusterState } from '../../operator/read-state.ts'
import { minuteOf } from '../dates.ts'

const KINDS: Record<string, string> = { cms: '管理后台', worker: '后台任务', portal: '门户', delivery: '发布服务' }
const STATES: Record<string, string> = { ok: '正常', starting: '正在启动', 'delivery-unreachable': '连不上发布服务，正用已存的页面' }
/** Each says every ten seconds that it is there. */
const SILENT_SECONDS = 30

/** The processes that were seen within a day, and how far each portal has taken over what was published. */
export function ProcessTable({ processes, feedSeq, deliveryConnections }: Pick<ClusterState, 'processes' | 'deliveryConnections'> & { feedSeq: number }) {
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">程序</th><th scope="col">服务器</th><th scope="col">启动时间</th><th scope="col">情况</th></tr></thead>
        <tbody>
          <tr><td>{KINDS.delivery}</td><td>—</td><td>—</td><td>{deliveryConnections > 0 ? `${deliveryConnections} 个在运行` : <strong className="cluster-bad">没有连上数据库的</strong>}</td></tr>
          {processes.map(({ id, kind, host, startedAt, secondsAgo, facts }) => (
            <tr key={id}>
              <td>{KINDS[kind] ?? kind}</td><td>{host}</td><td><time dateTime={startedAt}>{minuteOf(startedAt)}</time></td>
              <td>{secondsAgo > SILENT_SECONDS ? <strong className="cluster-bad">{ago(secondsAgo)}没有消息</strong> : kind === 'portal' ? portalState(facts, feedSeq) : '正常'}</td>
            </tr>))}
        </tbody>
      </table>
    </div>
  )
}

function portalState(facts: Record<string, unknown>, feedSeq: number): string {
  const behind = feedSeq - Number(facts.seq ?? 0)
  const state = STATES[String(facts.status)] ?? '正常'
  return `${state}，存有 ${Number(facts.pages ?? 0)} 页，${behind <= 0 ? '已跟上最新变更' : `落后 ${behind} 次变更`}`
}

function ago(seconds: number): string {
  return seconds < 120 ? `${seconds} 秒` : seconds < 7200 ? `${Math.round(seconds / 60)} 分钟` : `${Math.round(seconds / 3600)} 小时`
}
