import { LEVEL_NAMES } from '@cluster/shared/governance/site-tree'
import { GATES } from '@cluster/shared/governance/templates/gates'
import type { Dashboard, DashboardSite } from '../../dashboard/load-dashboard.ts'
import { signOf } from './views.ts'

/** The sites behind a figure, each with what the figure rests on. */
export function SiteTable({ sites, dashboard: { rollout }, isSteward }: { sites: readonly DashboardSite[]; dashboard: Dashboard; isSteward: boolean }) {
  if (sites.length === 0) return <div className="cluster-empty"><strong>没有这样的站点</strong><p>这个数字是零，没有要看的依据。</p></div>
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">站点</th><th scope="col">模板</th><th scope="col">批次</th><th scope="col">检查</th><th scope="col">更新</th><th scope="col">推送</th></tr></thead>
        <tbody>{sites.map((site) => (
          <tr key={site.slug}>
            <td>{site.division}<span className="cluster-reason">{LEVEL_NAMES[site.level]} · {site.name}</span></td>
            <td>{site.release}</td>
            <td>{rollout && site.ring !== null ? `第 ${site.ring + 1} 圈 ${rollout.rings[site.ring]?.name ?? ''}` : '—'}</td>
            <td><GateCell site={site} rollout={rollout} isSteward={isSteward} /></td>
            <td><Freshness site={site} /></td>
            <td>{site.pushes === 0 ? '—' : <a href="/admin/content-pool">{site.pushes} 条待办</a>}</td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}

function GateCell({ site, rollout, isSteward }: { site: DashboardSite; rollout: Dashboard['rollout']; isSteward: boolean }) {
  const { sign, words } = signOf('gate', site, { rollout, releases: [] })
  const text = <>{sign} {words}{site.redGates.length > 0 ? <span className="cluster-quote">{site.redGates.map((gate) => GATES[gate]).join('、')}</span> : null}</>
  return rollout && isSteward && site.gate !== 'none' ? <a href={`/admin/rollouts/${rollout.id}#cluster-evidence`}>{text}</a> : text
}

function Freshness({ site }: { site: DashboardSite }) {
  if (site.stale.length === 0) return '都在期限内'
  return site.stale.map(({ key, name, days, limit }) => (
    <span key={key} className="cluster-due cluster-due--late">{name}：{days === null ? '从未发布' : `${days} 天没有更新`}，期限 {limit} 天</span>))
}
