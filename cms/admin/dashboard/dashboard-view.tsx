import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { sitesWith } from '../../access/granted-sites.ts'
import { DASHBOARD_DUTIES, type Dashboard, type DashboardSite, loadDashboard } from '../../dashboard/load-dashboard.ts'
import { isSteward } from '../../domains/governance/rollouts/steward.ts'
import { OwnView } from '../own-view.tsx'
import { minuteOf } from '../dates.ts'
import { SiteTable } from './site-table.tsx'
import { TileMap } from './tile-map.tsx'
import { figuresOf, isView, signOf, type View, VIEWS } from './views.ts'

type Asked = { view: View; show: string; site: string | null }

/** How all sites of the person's grants stand: figures, map and tree, and behind each of them the list of sites. */
export async function DashboardView(view: AdminViewServerProps) {
  const { initPageResult: { req }, searchParams } = view
  const granted = await sitesWith(req, DASHBOARD_DUTIES)
  if (granted !== 'all' && granted.length === 0) redirect('/admin')
  const [dashboard, steward] = await Promise.all([loadDashboard(req, new Date()), isSteward(req)])
  const { sites, rollout } = dashboard
  const releases = [...new Set(sites.map(({ release }) => release))].sort()
  const asked = askedOf(searchParams ?? {})
  const figures = figuresOf(dashboard, releases)
  const chosen = figures.find(({ key }) => key === asked.show)
  const listed = sites.filter((site) => (asked.site === null ? chosen?.has(site) ?? false : site.slug === asked.site || site.parent === asked.site))
  const top = sites[0]
  const title = top?.level === 'province' ? '全省总览' : sites.length === 1 ? `${top?.division ?? ''}总览` : `${top?.division ?? ''}及所辖站点总览`
  return (
    <OwnView view={view} title={title}>
      <p className="cluster-hint">{minuteOf(new Date().toISOString())} 的情况。点数字、城市或站点，下面列出它背后的站点和依据。</p>
      {rollout ? <p className="cluster-note">正在推行 {rollout.release}：{rollout.ring === null ? '' : `第 ${rollout.ring + 1} 圈“${rollout.rings[rollout.ring]?.name ?? ''}”，共 ${rollout.rings.length} 圈`}{rollout.state === 'halted' ? '，已停下' : ''}。{steward ? <a href={`/admin/rollouts/${rollout.id}`}>查看推行</a> : null}</p> : null}
      <ul className="cluster-figures">
        {figures.map(({ key, label, count, isBad, view: by }) => (
          <li key={key} className={isBad ? 'cluster-figure--bad' : undefined}>
            <a href={`?by=${by}&show=${key}#cluster-list`} aria-current={chosen?.key === key && asked.site === null ? 'true' : undefined}><b>{isBad ? '! ' : ''}{count}</b><span>{label}</span></a>
          </li>))}
      </ul>
      <nav aria-label="按什么显示" className="cluster-tabs">
        {(Object.keys(VIEWS) as View[]).map((each) => (
          <a key={each} href={`?by=${each}&show=${asked.show}`} aria-current={each === asked.view ? 'page' : undefined}>按{VIEWS[each]}</a>))}
      </nav>
      <Legend sites={sites} asked={asked} rollout={rollout} releases={releases} />
      {top?.level === 'province' ? <TileMap dashboard={dashboard} view={asked.view} releases={releases} /> : null}
      <Tree sites={sites} asked={asked} rollout={rollout} releases={releases} />
      <section aria-labelledby="cluster-list">
        <h2 id="cluster-list">{asked.site ? `${sites.find(({ slug }) => slug === asked.site)?.division ?? '站点'}` : chosen?.label ?? '站点'}<span className="cluster-hint"> {listed.length} 个</span></h2>
        <SiteTable sites={listed} dashboard={dashboard} isSteward={steward} />
      </section>
    </OwnView>
  )
}

function askedOf(params: Record<string, string | string[] | undefined>): Asked {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  const by = text('by')
  return { view: isView(by) ? by : 'release', show: text('show') || 'all', site: text('site') || null }
}

type Shown = { sites: readonly DashboardSite[]; asked: Asked; rollout: Dashboard['rollout']; releases: readonly string[] }

/** What the signs of this view mean, with how many sites carry each. */
function Legend({ sites, asked, rollout, releases }: Shown) {
  const signs = sites.map((site) => signOf(asked.view, site, { rollout, releases }))
  const kinds = [...new Map(signs.map((sign) => [sign.sign, sign])).values()]
  return (
    <ul className="cluster-legend" aria-label="图例">
      {kinds.map(({ sign, words, tone }) => <li key={sign}><i className={`cluster-sign cluster-sign--${tone}`}>{sign}</i> {words}<span className="cluster-hint"> {signs.filter((each) => each.sign === sign).length}</span></li>)}
    </ul>
  )
}

function Tree({ sites, asked, rollout, releases }: Shown) {
  const roots = sites.filter(({ parent }) => !sites.some(({ slug }) => slug === parent))
  const chip = (site: DashboardSite) => <Chip site={site} view={asked.view} rollout={rollout} releases={releases} />
  const branch = (site: DashboardSite) => {
    const below = sites.filter(({ parent }) => parent === site.slug)
    const leaves = below.filter(({ slug }) => !sites.some(({ parent }) => parent === slug))
    const branches = below.filter((each) => !leaves.includes(each))
    return (
      <li key={site.slug} className={`cluster-branch cluster-branch--${site.level}`}>
        {chip(site)}
        {leaves.length > 0 ? <ul className="cluster-leaves">{leaves.map((leaf) => <li key={leaf.slug}>{chip(leaf)}</li>)}</ul> : null}
        {branches.length > 0 ? <ul className="cluster-branches">{branches.map(branch)}</ul> : null}
      </li>
    )
  }
  return <ul className="cluster-tree" aria-label="站点树">{roots.map(branch)}</ul>
}

function Chip({ site, view, rollout, releases }: { site: DashboardSite; view: View; rollout: Dashboard['rollout']; releases: readonly string[] }) {
  const { sign, words, tone } = signOf(view, site, { rollout, releases })
  return (
    <a className="cluster-chip" href={`?by=${view}&site=${site.slug}#cluster-list`} title={`${site.division}：${words}`}>
      <i className={`cluster-sign cluster-sign--${tone}`} aria-hidden="true">{sign}</i>{site.division}<span className="cluster-visually-hidden">，{words}</span>
    </a>
  )
}
