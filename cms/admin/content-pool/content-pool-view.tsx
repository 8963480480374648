import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { grantedOf } from '../../domains/publishing/content-pool/granted.ts'
import { type PoolSite, poolSites } from '../../domains/publishing/content-pool/pool-sites.ts'
import { OwnView } from '../own-view.tsx'
import { AdoptableTab } from './adoptable-tab.tsx'
import { BelowTab } from './below-tab.tsx'
import { OwnSubmissionsTab } from './own-submissions-tab.tsx'
import { PlacedTab } from './placed-tab.tsx'
import { PushedTab } from './pushed-tab.tsx'
import { ReceivedTab } from './received-tab.tsx'
import { YearTab } from './year-tab.tsx'

/** What a tab is given: the person's request, all sites by name, those that the person edits, and what the address says. */
export type Tab = {
  req: PayloadRequest
  sites: ReadonlyMap<string, PoolSite>
  edited: readonly PoolSite[]
  asked: Readonly<Record<string, string>>
}

const TABS = {
  received: { label: '收到的推送', hint: '上级选登的内容由您决定是否采用；采用的原文更正或撤稿时也在这里提醒。', Content: ReceivedTab },
  adoptable: { label: '可采用的内容', hint: '上级和同级单位最近发布的内容。采用后显示在本站点对应栏目，注明来源，并随原文一起更正。', Content: AdoptableTab },
  placed: { label: '本站点的外来内容', hint: '其他单位的内容，正显示在您的站点上。带锁的是上级必登内容，只有推送单位可以收回。', Content: PlacedTab },
  below: { label: '下级报送', hint: '采用后显示在本站点，报送单位得积分；不采用的请写明原因。', Content: BelowTab },
  own: { label: '我的报送', hint: '已发布的原创稿件可在稿件页面点“报送上级”。', Content: OwnSubmissionsTab },
  pushed: { label: '已推送', hint: '在已发布稿件的页面点“推送”，可发给下级站点。', Content: PushedTab },
  year: { label: '年度统计', hint: '按办结日期统计各单位报送和被采用的情况。', Content: YearTab },
} as const
type TabName = keyof typeof TABS

/** Pushes, adoptions and submissions of the person's sites. */
export async function ContentPoolView(view: AdminViewServerProps) {
  const { initPageResult: { req }, searchParams } = view
  const all = await poolSites(req)
  const [readable, edited, decided] = await Promise.all([
    grantedOf(req, all, READING_DUTIES), grantedOf(req, all, ['editor']), grantedOf(req, all, ['final-reviewer'])])
  if (readable.length === 0) redirect('/admin')
  const asked = Object.fromEntries(Object.entries(searchParams ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])))
  // Without a tab in the address: what the person has to do, or how pushes stand.
  const usual: TabName = edited.length > 0 ? 'received' : decided.length > 0 ? 'below' : 'pushed'
  const name = asked.tab !== undefined && Object.hasOwn(TABS, asked.tab) ? asked.tab as TabName : usual
  const { label, hint, Content } = TABS[name]
  return (
    <OwnView view={view} title="内容共享">
      <nav aria-label="内容共享" className="cluster-tabs">
        {Object.entries(TABS).map(([tab, each]) => (
          <a key={tab} href={`/admin/content-pool?tab=${tab}`} aria-current={tab === name ? 'page' : undefined}>{each.label}</a>))}
      </nav>
      <section className="cluster-pool" aria-labelledby="cluster-pool-tab">
        <h2 id="cluster-pool-tab">{label}</h2>
        <p className="cluster-hint">{hint}</p>
        <Content req={req} sites={new Map(all.map((site) => [site.slug, site]))} edited={edited} asked={asked} />
      </section>
    </OwnView>
  )
}
