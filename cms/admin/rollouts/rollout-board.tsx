'use client'

import { useCallback, useEffect, useState } from 'react'
import { ROLLOUT_STATES } from '@cluster/shared/governance/templates/rollout'
import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { minuteOf } from '../dates.ts'
import { DryRunPanel } from './dry-run-panel.tsx'
import { Evidence } from './evidence.tsx'
import { Lessons } from './lessons.tsx'
import { NextSteps } from './next-steps.tsx'
import { Rings } from './rings.tsx'
import { RolloutState } from './rollout-state.tsx'
import { Steps } from './steps.tsx'
import { untilThen } from './words.ts'

/** While something is under way the page looks again that often. */
const LOOK_AGAIN_MS = 2_000

/** Does a deed on the rollout; true when it was done. */
export type Deed = (path: string, body?: Record<string, unknown>) => Promise<boolean>

/** Everything of one rollout, kept fresh: each deed answers the rollout as it is then. */
export function RolloutBoard({ initial, openedAt }: { initial: RolloutPage; openedAt: string }) {
  const [page, setPage] = useState(initial)
  const [now, setNow] = useState(() => new Date(openedAt))
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const { rollout, manifest, sites, readiness, dryRun, lessons } = page
  const address = `/api/rollouts/${rollout.id}`

  const look = useCallback(async () => {
    const answer = await call<RolloutPage>('GET', address)
    if (answer.ok) setPage(answer.value)
    setNow(new Date())
  }, [address])
  const act: Deed = async (path, body = {}) => {
    const answer = await call<RolloutPage>('POST', `${address}${path}`, body)
    if (answer.ok) setPage(answer.value)
    setRefusals(answer.ok ? [] : answer.refusals)
    return answer.ok
  }

  const ring = rollout.ring === null ? undefined : rollout.rings[rollout.ring]
  const measured = ring ? ring.sites.filter((slug) => sites.some((site) => site.slug === slug && site.isGreen !== null)).length : 0
  const isMeasuring = rollout.state === 'running' && ring !== undefined && measured < ring.sites.length
  const isUnderWay = dryRun?.state === 'running' || isMeasuring
  useEffect(() => {
    if (!isUnderWay) return undefined
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isUnderWay, look])

  const left = page.soakOverAt ? untilThen(page.soakOverAt, now) : null
  return (
    <>
      <p className="cluster-row">
        <RolloutState state={rollout.state} words={ROLLOUT_STATES[rollout.state]} />
        <span>{ring ? `第 ${rollout.ring! + 1} 圈“${ring.name}”，共 ${rollout.rings.length} 圈` : `共 ${rollout.rings.length} 圈，${sites.length} 个站点`}</span>
        {isMeasuring ? <span>正在检查：{measured} / {ring.sites.length} 个站点</span> : null}
        {page.soakOverAt ? <span>{left ? <>观察期还有 <b>{left}</b>（到 {minuteOf(page.soakOverAt)}）</> : '观察期已满'}</span> : null}
        <span className="cluster-hint">{rollout.createdBy} 安排于 {minuteOf(rollout.createdAt)}</span>
        <a href="/admin/rollouts">全部推行</a>
      </p>
      {manifest ? (
        <details className="cluster-changes"><summary>{manifest.name}有什么不同（{manifest.changes.length} 条）</summary>
          <ul className="cluster-findings">{manifest.changes.map((change) => <li key={change}>{change}</li>)}</ul>
        </details>
      ) : null}
      <Refusals refusals={refusals} />
      <section aria-labelledby="cluster-next">
        <h2 id="cluster-next">下一步</h2>
        <NextSteps page={page} act={act} />
        {readiness.length > 0 ? (
          <>
            <h3>开始之前</h3>
            <ul className="cluster-findings">{readiness.map(({ code, message, severity }) => (
              <li key={`${code}${message}`}>{severity === 'error' ? <strong className="cluster-bad">须解决：</strong> : '注意：'}{message}</li>))}</ul>
          </>
        ) : null}
      </section>
      {lessons.length > 0 ? (
        <section aria-labelledby="cluster-lessons"><h2 id="cluster-lessons">以往的经验</h2><Lessons lessons={lessons.slice(0, 5)} /></section>
      ) : null}
      {dryRun || rollout.state === 'draft' ? (
        <section aria-labelledby="cluster-dry-run">
          <h2 id="cluster-dry-run">预演</h2>
          <DryRunPanel page={page} act={act} />
        </section>
      ) : null}
      <section aria-labelledby="cluster-rings">
        <h2 id="cluster-rings">各圈</h2>
        <Rings page={page} act={act} />
      </section>
      {rollout.attempt > 0 ? (
        <section aria-labelledby="cluster-evidence">
          <h2 id="cluster-evidence">切换后的检查</h2>
          <Evidence address={`${address}/evidence`} freshness={`${rollout.version}-${measured}`} sites={sites} empty="还没有站点检查完。" />
        </section>
      ) : null}
      <section aria-labelledby="cluster-steps">
        <h2 id="cluster-steps">经过</h2>
        <Steps page={page} act={act} />
      </section>
    </>
  )
}
