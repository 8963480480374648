import { SUBMISSION_STATES } from '@cluster/shared/publishing/content-pool/submission'
import { listSubmissions } from '../../domains/publishing/content-pool/list-submissions.ts'
import type { Tab } from './content-pool-view.tsx'
import { Empty, nameOf, PoolTable, PublicTitle, When } from './parts.tsx'

/** What the person's sites have submitted, and what came of it. */
export async function OwnSubmissionsTab({ req, sites }: Tab) {
  const lines = await listSubmissions(req, 'own')
  if (lines.length === 0) return <Empty title="还没有报送过稿件" advice="打开一篇已发布的原创稿件，点“报送上级”。" />
  return (
    <PoolTable caption="报送给上级的稿件" heads={['稿件', '报送给', '报送时间', '状态', '积分']}>
      {lines.map(({ submission, collection, id, title, from, to, state, submittedAt, decidedAt, reason, points }) => (
        <tr key={submission}>
          <td><span className="cluster-reason">{nameOf(sites, from)}</span><PublicTitle sites={sites} site={from} collection={collection} id={id} title={title} /></td>
          <td>{nameOf(sites, to)}</td>
          <td><When at={submittedAt} /></td>
          <td>{SUBMISSION_STATES[state]}{decidedAt ? <span className="cluster-hint cluster-block"><When at={decidedAt} /></span> : null}{reason ? <span className="cluster-quote">“{reason}”</span> : null}</td>
          <td>{state === 'accepted' ? `${points} 分` : '—'}</td>
        </tr>))}
    </PoolTable>
  )
}
