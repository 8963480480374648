'use client'

import { useCallback, useEffect, useState } from 'react'
import type { ChangeAction } from '@cluster/shared/governance/site-lifecycle/steps'
import type { ChangePage } from '../../domains/governance/site-lifecycle/describe.ts'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { minuteOf } from '../dates.ts'
import { ChangeState } from './change-state.tsx'
import { CheckList } from './check-list.tsx'
import { History } from './history.tsx'
import { NextStep } from './next-step.tsx'

/** While the worker carries texts the page looks again that often. */
const LOOK_AGAIN_MS = 2_000

/** Takes a step or takes one back; true when it was done. */
export type Act = (action: ChangeAction, more?: Record<string, unknown>) => Promise<boolean>

/** Everything of one procedure, kept fresh: each step answers the procedure as it is then. */
export function ChangeBoard({ initial }: { initial: ChangePage }) {
  const [page, setPage] = useState(initial)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const { change, steps } = page
  const address = `/api/site-changes/${change.id}`
  const look = useCallback(async () => {
    const answer = await call<ChangePage>('GET', address)
    if (answer.ok) setPage(answer.value)
  }, [address])
  const act: Act = async (action, more = {}) => {
    const answer = await call<ChangePage>('POST', `${address}/actions`, { action, version: change.version, ...more })
    setRefusals(answer.ok ? [] : answer.refusals)
    if (answer.ok) setPage(answer.value)
    // Somebody else was first: what they did is shown below the sentence.
    else if (answer.refusals.some(({ code }) => code === 'stale-version')) await look()
    return answer.ok
  }
  const isCarried = change.state === 'moving' || change.state === 'returning'
  useEffect(() => {
    if (!isCarried) return undefined
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isCarried, look])
  return (
    <>
      <p className="cluster-row">
        <ChangeState state={change.state} />
        <span>已办 {change.done} 步，共 {steps.length} 步</span>
        <span className="cluster-hint">{change.createdBy} 开始于 {minuteOf(change.createdAt)}</span>
        <a href="/admin/site-changes">全部事项</a>
      </p>
      {isCarried ? (
        <p role="status">{change.state === 'moving' ? '正在搬移' : '正在搬回'}：<progress className="cluster-progress" max={Math.max(change.total, 1)} value={change.moved} aria-label="已搬移的数量" /> {change.moved} / {change.total} 件。可以离开本页，搬移会继续。</p>
      ) : null}
      <Refusals refusals={refusals} />
      <section aria-labelledby="cluster-steps">
        <h2 id="cluster-steps">步骤</h2>
        <ol className="cluster-history-steps">
          {steps.map(({ name, title, does, undoes }, index) => (
            <li key={name} aria-current={change.state !== 'done' && index === change.done ? 'step' : undefined}>
              <b>{index + 1}. {title}</b> {index < change.done ? <em className="cluster-state cluster-state--good">已办</em> : index === change.done && change.state === 'active' ? <em className="cluster-state cluster-state--waiting">下一步</em> : null}
              <br />{does}<br /><span className="cluster-hint">{undoes === null ? '办理后不能撤回。' : `撤回：${undoes}`}</span>
            </li>))}
        </ol>
      </section>
      <section aria-labelledby="cluster-next">
        <h2 id="cluster-next">办理</h2>
        <NextStep key={change.version} page={page} act={act} />
      </section>
      <section aria-labelledby="cluster-check-list">
        <h2 id="cluster-check-list">清单</h2>
        <CheckList page={page} />
      </section>
      <section aria-labelledby="cluster-history">
        <h2 id="cluster-history">经过</h2>
        <History page={page} />
      </section>
    </>
  )
}
