import type { PayloadRequest } from 'payload'
import { isSteward } from '../../domains/governance/rollouts/steward.ts'
import { listRollouts } from '../../domains/governance/rollouts/store.ts'

/** What a steward has to hear of before anything else: a rollout that has stopped. */
export async function RolloutNotice({ req }: { req: PayloadRequest }) {
  if (!(await isSteward(req))) return null
  const halted = (await listRollouts(req)).find(({ state }) => state === 'halted')
  if (!halted) return null
  const ring = halted.ring === null ? '' : `第 ${halted.ring + 1} 圈`
  return (
    <p className="cluster-note" role="status">
      <strong className="cluster-bad">模板 {halted.release} 的推行停下了</strong>，{ring}的站点已经退回原来的模板。<a href={`/admin/rollouts/${halted.id}`}>查看原因，决定怎么办</a>
    </p>
  )
}
