import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { ROLLOUT_STATES } from '@cluster/shared/governance/templates/rollout'
import { allManifests } from '../../domains/governance/rollouts/manifest-named.ts'
import { isSteward } from '../../domains/governance/rollouts/steward.ts'
import { listRollouts, readLessons, type Rollout } from '../../domains/governance/rollouts/store.ts'
import { minuteOf } from '../dates.ts'
import { OwnView } from '../own-view.tsx'
import { Lessons } from './lessons.tsx'
import { NewRollout } from './new-rollout.tsx'
import { RolloutState } from './rollout-state.tsx'

/** All rollouts, with what they have taught before anything new is begun. */
export async function RolloutsView(view: AdminViewServerProps) {
  const { initPageResult: { req } } = view
  if (!(await isSteward(req))) redirect('/admin')
  const [rollouts, lessons] = await Promise.all([listRollouts(req), readLessons(req)])
  return (
    <OwnView view={view} title="模板推行">
      <p className="cluster-hint">新模板先在苏南、苏中、苏北的试点站点使用，检查合格、观察期满，再推到下一圈。有一项不合格，这一圈自动退回。</p>
      <section aria-labelledby="cluster-lessons">
        <h2 id="cluster-lessons">以往的经验</h2>
        <Lessons lessons={lessons} />
      </section>
      <section aria-labelledby="cluster-new-rollout">
        <h2 id="cluster-new-rollout">安排一次推行</h2>
        <NewRollout releases={allManifests().map(({ id, name, changes, issuedOn }) => ({ id, name, changes, issuedOn }))} />
      </section>
      <section aria-labelledby="cluster-rollouts">
        <h2 id="cluster-rollouts">历次推行</h2>
        <RolloutTable rollouts={rollouts} />
      </section>
    </OwnView>
  )
}

function RolloutTable({ rollouts }: { rollouts: readonly Rollout[] }) {
  if (rollouts.length === 0) return <div className="cluster-empty"><strong>还没有推行过模板</strong><p>在上面选一个模板，先安排，再预演，然后才会影响站点。</p></div>
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">模板</th><th scope="col">状态</th><th scope="col">进度</th><th scope="col">安排人</th><th scope="col">时间</th></tr></thead>
        <tbody>{rollouts.map(({ id, release, state, ring, rings, createdBy, createdAt }) => (
          <tr key={id}>
            <td><a href={`/admin/rollouts/${id}`}>{release}（第 {id} 次）</a></td>
            <td><RolloutState state={state} words={ROLLOUT_STATES[state]} /></td>
            <td>{ring === null ? `共 ${rings.length} 圈` : `第 ${ring + 1} 圈，共 ${rings.length} 圈`}</td>
            <td>{createdBy}</td>
            <td><time dateTime={createdAt}>{minuteOf(createdAt)}</time></td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}
