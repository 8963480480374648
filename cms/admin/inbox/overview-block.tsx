import type { Overview } from '../../inbox/load-overview.ts'

/** Below the inbox, quieter: how the person's sites are doing. */
export function OverviewBlock({ overview: { sites, siteCount, publishedThisWeek, stale, staleCount } }: { overview: Overview }) {
  if (siteCount === 0) return null
  return (
    <section className="cluster-overview" aria-labelledby="cluster-overview-title">
      <h2 id="cluster-overview-title">我的站点</h2>
      <p>
        {siteCount === 1 ? sites[0] : `${siteCount} 个站点`}，近七天发布 <strong>{publishedThisWeek}</strong> 篇。
        {staleCount === 0 ? '各栏目更新及时。' : `有 ${staleCount} 个栏目需要更新：`}
      </p>
      {staleCount > 0 ? (
        <ul className="cluster-stale">
          {stale.map(({ site, column, days, limit }) => (
            <li key={`${site}-${column}`}>
              <span>{siteCount > 1 ? `${site} · ` : ''}{column}</span>
              <span className={`cluster-due cluster-due--${days === null || days > limit ? 'late' : 'soon'}`}>{wordsFor(days, limit)}</span>
            </li>
          ))}
          {staleCount > stale.length ? <li className="cluster-hint">还有 {staleCount - stale.length} 个</li> : null}
        </ul>
      ) : null}
    </section>
  )
}

function wordsFor(days: number | null, limit: number): string {
  if (days === null) return '还没有发布过内容'
  return days > limit ? `${days} 天没有更新，已超过 ${limit} 天的要求` : `${days} 天没有更新，满 ${limit} 天将被检查扣分`
}
