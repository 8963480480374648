import { DEEDS } from '@cluster/shared/audit/deeds'
import type { AuditQuery } from '../../audit/search.ts'

/** What to look for; an ordinary form, so that a search has an address. */
export function AuditFilter({ filter, sites }: { filter: AuditQuery; sites: ReadonlyArray<{ slug: string; name: string }> }) {
  return (
    <form className="cluster-row" method="get" action="/admin/audit">
      <label>从 <input className="cluster-input" type="date" name="from" defaultValue={filter.from ?? ''} /></label>
      <label>到 <input className="cluster-input" type="date" name="until" defaultValue={filter.until ?? ''} /></label>
      <label>人员（姓名或邮箱） <input className="cluster-input" name="person" defaultValue={filter.person ?? ''} maxLength={100} /></label>
      <label>站点 <select className="cluster-input" name="site" defaultValue={filter.site ?? ''}>
        <option value="">全部</option>
        {sites.map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}
      </select></label>
      <label>操作 <select className="cluster-input" name="deed" defaultValue={filter.deed ?? ''}>
        <option value="">全部</option>
        {Object.entries(DEEDS).map(([code, label]) => <option key={code} value={code}>{label}</option>)}
      </select></label>
      <label>结果 <select className="cluster-input" name="result" defaultValue={filter.result ?? ''}>
        <option value="">全部</option><option value="done">完成</option><option value="refused">被拒绝</option>
      </select></label>
      <button className="cluster-button" type="submit">查询</button>
      <a href="/admin/audit">清除条件</a>
    </form>
  )
}
