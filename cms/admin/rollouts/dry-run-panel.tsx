'use client'

import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import { minuteOf } from '../dates.ts'
import { Evidence } from './evidence.tsx'
import { Pictures } from './pictures.tsx'
import type { Deed } from './rollout-board.tsx'
import { duration } from './words.ts'

/** How every site would look under the release, before anything moves. */
export function DryRunPanel({ page: { rollout, dryRun, sites }, act }: { page: RolloutPage; act: Deed }) {
  const isDraft = rollout.state === 'draft'
  const start = (label: string) => (
    <button type="button" className="cluster-button cluster-button--main" onClick={() => void act('/dry-run')}>{label}</button>)
  if (!dryRun) {
    return (
      <div className="cluster-empty">
        <strong>还没有预演</strong>
        <p>预演逐个打开 {sites.length} 个站点的每一种页面，用新模板画出来检查一遍。公众看不到，也不影响任何站点，通常一两分钟。</p>
        <p>{isDraft ? start('开始预演') : null}</p>
      </div>
    )
  }
  const { state, done, total, red, startedAt, finishedAt, secondsLeft, by } = dryRun
  return (
    <>
      {state === 'running' ? (
        <p className="cluster-row">
          <progress className="cluster-progress" value={done} max={total} aria-label="预演进度" />
          <span>{done} / {total} 个站点{secondsLeft === null ? '' : `，大约还要 ${duration(secondsLeft)}`}</span>
          <button type="button" className="cluster-button" onClick={() => void act('/dry-run/cancel')}>停止预演</button>
        </p>
      ) : (
        <div className="cluster-row">
          <span>{state === 'cancelled' ? `已停止，看过 ${done} / ${total} 个站点` : `看过全部 ${total} 个站点`}；{finishedAt ? `用时 ${duration(Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000))}，` : ''}{by}，{minuteOf(startedAt)}</span>
          {isDraft ? start('重新预演') : null}
        </div>
      )}
      {done > 0 ? <p>{red.length === 0 ? <span className="cluster-good">✓ 到现在为止没有发现问题。</span> : <strong className="cluster-bad">✗ {red.length} 个站点会有问题，下面逐页列出。</strong>}</p> : null}
      {state === 'done' ? <Pictures rollout={rollout.id} sites={sites} freshness={String(dryRun.id)} /> : null}
      {done > 0 ? <Evidence address={`/api/rollouts/${rollout.id}/dry-run`} freshness={`${dryRun.id}-${state}-${red.length}`} sites={sites} empty="还没有站点看完。" /> : null}
    </>
  )
}
