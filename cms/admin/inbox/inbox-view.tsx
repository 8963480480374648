import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { TEXT_DUTIES } from '@cluster/shared/governance/duties'
import { personOf, sitesWith } from '../../access/granted-sites.ts'
import { loadInbox } from '../../inbox/load-inbox.ts'
import { loadOverview } from '../../inbox/load-overview.ts'
import { OWN_PAGES } from '../own-pages.ts'
import { RolloutNotice } from '../rollouts/rollout-notice.tsx'
import { InboxList } from './inbox-list.tsx'
import { OverviewBlock } from './overview-block.tsx'

/** The first page after signing in: what waits for me, then how my sites are doing. */
export async function InboxView({ initPageResult: { req, visibleEntities } }: AdminViewServerProps) {
  const person = personOf(req)
  const now = new Date()
  const [inbox, overview, mayWrite, mayWork] = await Promise.all([loadInbox(req), loadOverview(req, now), has(req, ['editor']), has(req, TEXT_DUTIES)])
  return (
    <Gutter className="cluster-inbox">
      <header className="cluster-inbox__head">
        <div>
          <h1>待办</h1>
          <p className="cluster-hint">{person?.name}{person?.unit ? ` · ${person.unit}` : ''}　{inbox.items.length === 0 ? '' : `${inbox.items.length}${inbox.isCut ? ' 件以上' : ' 件'}等您办理`}</p>
        </div>
        {mayWrite ? <a className="cluster-button cluster-button--main" href="/admin/collections/articles/create">写稿件</a> : null}
      </header>
      <Shortcuts req={req} visible={visibleEntities.collections} />
      <RolloutNotice req={req} />
      <InboxList inbox={inbox} now={now} advice={mayWrite ? 'write' : mayWork ? 'wait' : 'none'} />
      <OverviewBlock overview={overview} />
    </Gutter>
  )
}

/** The menu in sight: on an ordinary office screen the framework folds it away. */
async function Shortcuts({ req, visible }: { req: PayloadRequest; visible: readonly string[] }) {
  const collections = req.payload.config.collections.filter(({ slug, admin }) => visible.includes(slug) && admin.group !== false)
  const mayOpen = await Promise.all(OWN_PAGES.map(({ duties }) => duties === 'everybody' || has(req, duties)))
  return (
    <nav aria-label="常用功能">
      <ul className="cluster-shortcuts">
        {collections.map(({ slug, labels }) => <li key={slug}><a href={`/admin/collections/${slug}`}>{typeof labels.plural === 'string' ? labels.plural : slug}</a></li>)}
        {OWN_PAGES.filter((_, index) => mayOpen[index]).map(({ href, label }) => <li key={href}><a href={href}>{label}</a></li>)}
      </ul>
    </nav>
  )
}

async function has(req: PayloadRequest, duties: Parameters<typeof sitesWith>[1]): Promise<boolean> {
  const sites = await sitesWith(req, duties)
  return sites === 'all' || sites.length > 0
}
