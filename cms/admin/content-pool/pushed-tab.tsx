import { listPushed } from '../../domains/publishing/content-pool/list-pushed.ts'
import type { Tab } from './content-pool-view.tsx'
import { Empty, nameOf, PoolTable, PublicTitle, When } from './parts.tsx'
import { ReasonButton } from './reason-button.tsx'

/** What the person's sites have pushed, how many show it, and who declined and why. */
export async function PushedTab({ req, sites }: Tab) {
  const pushes = await listPushed(req)
  if (pushes.length === 0) return <Empty title="还没有推送过内容" advice="打开一篇已发布的稿件，点“推送”，选择下级站点。省、市两级可以推送。" />
  return (
    <PoolTable caption="推送给下级的内容" heads={['内容', '方式', '推送时间', '结果', '办理']}>
      {pushes.map(({ push, collection, id, title, site, mode, pushedAt, personName, unit, takenBackAt, takenBackReason, targets, shown, open, declined, mayTakeBack }) => (
        <tr key={push}>
          <td><span className="cluster-reason">{nameOf(sites, site)} · {personName}（{unit}）</span><PublicTitle sites={sites} site={site} collection={collection} id={id} title={title} /></td>
          <td>{mode === 'mandatory' ? '必登' : '选登'}</td>
          <td><When at={pushedAt} /></td>
          <td className="cluster-wide">
            {targets} 个站点，{shown} 个正在显示{open > 0 ? `，${open} 个还没有答复` : ''}{declined.length > 0 ? `，${declined.length} 个不采用` : ''}
            {takenBackAt ? <span className="cluster-quote">已收回：“{takenBackReason}”</span> : null}
            {declined.length > 0 ? (
              <details><summary>谁不采用，为什么</summary>
                <ul className="cluster-findings">{declined.map(({ site: who, reason, by }) => <li key={who}>{nameOf(sites, who)}（{by}）：{reason}</li>)}</ul>
              </details>) : null}
          </td>
          <td>{mayTakeBack ? (
            <ReasonButton path={`/api/content-pool/pushes/${push}/take-back`} body={{}} label="收回" title={`收回推送《${title}》`} question="为什么收回"
              consequence={mode === 'mandatory' ? `${shown} 个站点会马上撤下这篇内容；站点自己采用过的仍然保留。本单位的原文不受影响。` : '还没有答复的站点不再需要答复；已经采用的站点仍然保留。'} />) : '—'}</td>
        </tr>))}
    </PoolTable>
  )
}
