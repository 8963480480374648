import { SUBMISSION_STATES } from '@cluster/shared/publishing/content-pool/submission'
import { listSubmissions } from '../../domains/publishing/content-pool/list-submissions.ts'
import { DeedButton } from '../account/deed-button.tsx'
import type { Tab } from './content-pool-view.tsx'
import { Empty, nameOf, PoolTable, PublicTitle, When } from './parts.tsx'
import { ReasonButton } from './reason-button.tsx'

/** What the offices below have submitted. */
export async function BelowTab({ req, sites }: Tab) {
  const lines = await listSubmissions(req, 'below')
  if (lines.length === 0) return <Empty title="没有下级报送的稿件" advice="下级单位报送后，会出现在这里和终审的待办里。" />
  return (
    <PoolTable caption="下级单位报送的稿件" heads={['稿件', '报送单位', '报送时间', '状态', '办理']}>
      {lines.map(({ submission, collection, id, title, from, to, state, submittedAt, personName, unit, decidedBy, reason, mayDecide }) => (
        <tr key={submission}>
          <td><span className="cluster-reason">报送给{nameOf(sites, to)}</span><PublicTitle sites={sites} site={from} collection={collection} id={id} title={title} /></td>
          <td>{nameOf(sites, from)}<span className="cluster-hint cluster-block">{personName}（{unit}）</span></td>
          <td><When at={submittedAt} /></td>
          <td>{SUBMISSION_STATES[state]}{decidedBy ? <span className="cluster-hint cluster-block">{decidedBy}</span> : null}{reason ? <span className="cluster-quote">“{reason}”</span> : null}</td>
          <td>{mayDecide ? (
            <div className="cluster-row">
              <DeedButton path={`/api/content-pool/submissions/${submission}/decide`} body={{ action: 'accept' }} label="采用" question={`采用后马上显示在${nameOf(sites, to)}。`} />
              <ReasonButton path={`/api/content-pool/submissions/${submission}/decide`} body={{ action: 'return' }} label="不采用" title={`不采用《${title}》`}
                consequence="报送单位会看到您写的原因，修改后可以再次报送。" question="为什么不采用" />
            </div>) : '—'}</td>
        </tr>))}
    </PoolTable>
  )
}
