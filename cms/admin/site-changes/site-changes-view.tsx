import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { CHANGE_KINDS, CHANGE_STEPS } from '@cluster/shared/governance/site-lifecycle/steps'
import { type ChangeList, listForPage } from '../../domains/governance/site-lifecycle/describe.ts'
import { isProvince } from '../../domains/governance/site-lifecycle/province.ts'
import { minuteOf } from '../dates.ts'
import { OwnView } from '../own-view.tsx'
import { ChangeState } from './change-state.tsx'
import { NewChange } from './new-change.tsx'

/** Sites that are opened, merged and closed: what is under way, what was done, and the begin of another one. */
export async function SiteChangesView(view: AdminViewServerProps) {
  const { initPageResult: { req } } = view
  if (!(await isProvince(req))) redirect('/admin')
  const list = await listForPage(req)
  return (
    <OwnView view={view} title="站点开设与撤并">
      <p className="cluster-hint">按清单一步一步办理，最后一步以前每一步都能撤回。稿件、署名和记录都不会删除，旧网址一直有效。</p>
      <section aria-labelledby="cluster-changes">
        <h2 id="cluster-changes">办理情况</h2>
        <ChangeTable changes={list.changes} />
      </section>
      <section aria-labelledby="cluster-new-change">
        <h2 id="cluster-new-change">新办一件</h2>
        <NewChange sites={list.sites} releases={list.releases} regions={list.regions} />
      </section>
    </OwnView>
  )
}

function ChangeTable({ changes }: Pick<ChangeList, 'changes'>) {
  if (changes.length === 0) return <div className="cluster-empty"><strong>还没有办过站点的开设、合并或关闭</strong><p>在下面选一项，填好以后先看清单，第一步办理之前站点不会有任何变化。</p></div>
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">事项</th><th scope="col">状态</th><th scope="col">进度</th><th scope="col">经办人</th><th scope="col">时间</th></tr></thead>
        <tbody>{changes.map(({ id, kind, siteName, targetName, state, done, createdBy, createdAt }) => (
          <tr key={id}>
            <td><a href={`/admin/site-changes/${id}`}>{CHANGE_KINDS[kind]}：{siteName}{kind === 'merge' ? `并入${targetName}` : ''}</a></td>
            <td><ChangeState state={state} /></td>
            <td>{done} / {CHANGE_STEPS[kind].length} 步</td>
            <td>{createdBy}</td>
            <td><time dateTime={createdAt}>{minuteOf(createdAt)}</time></td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}
