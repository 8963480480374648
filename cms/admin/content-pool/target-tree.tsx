'use client'

import type { PushTarget } from '../../domains/publishing/content-pool/describe-document.ts'

/** The sites below with a box each, by city; all or none at once, for everybody or for one city. Sites without a fitting column cannot be chosen. */
export function TargetTree({ targets, chosen, onChange }: {
  targets: readonly PushTarget[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}) {
  const set = (sites: readonly PushTarget[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const { slug, column } of sites) {
      if (isChosen && column !== null) next.add(slug)
      else next.delete(slug)
    }
    onChange(next)
  }
  const cities = targets.filter(({ level }) => level === 'city')
  const groups = cities.length > 0
    ? cities.map((city) => ({ key: city.slug, name: city.name, sites: [city, ...targets.filter(({ parent }) => parent === city.slug)] }))
    : [{ key: 'all', name: '下级站点', sites: [...targets] }]
  return (
    <div className="cluster-targets">
      <div className="cluster-row">
        <strong>接收站点</strong>
        <button type="button" className="cluster-link" onClick={() => set(targets, true)}>全选</button>
        <button type="button" className="cluster-link" onClick={() => set(targets, false)}>全不选</button>
        <span className="cluster-hint" role="status">已选 {chosen.size} 个，共 {targets.length} 个</span>
      </div>
      {groups.map(({ key, name, sites }) => (
        <details key={key} open={groups.length === 1}>
          <summary>{name}<span className="cluster-hint">已选 {sites.filter(({ slug }) => chosen.has(slug)).length} / {sites.length}</span></summary>
          <div className="cluster-row">
            <button type="button" className="cluster-link" aria-label={`${name}全选`} onClick={() => set(sites, true)}>全选</button>
            <button type="button" className="cluster-link" aria-label={`${name}全不选`} onClick={() => set(sites, false)}>全不选</button>
          </div>
          <ul>{sites.map((site) => (
            <li key={site.slug}>
              <label>
                <input type="checkbox" checked={chosen.has(site.slug)} disabled={site.column === null} onChange={(event) => set([site], event.target.checked)} />
                {site.name}
                <span className="cluster-hint">{site.column === null ? '没有合适的栏目' : site.mode === null ? site.column : `已显示在${site.column}`}</span>
              </label>
            </li>))}
          </ul>
        </details>))}
    </div>
  )
}
