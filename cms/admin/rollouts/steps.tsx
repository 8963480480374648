'use client'

import { useId, useState } from 'react'
import { LESSON_LENGTH } from '@cluster/shared/governance/templates/rollout'
import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import { minuteOf } from '../dates.ts'
import type { Deed } from './rollout-board.tsx'
import { deedOf, gateName } from './words.ts'

/** What happened, the newest first, with what was learned; more can be written down at any time. */
export function Steps({ page: { steps, rollout, sites }, act }: { page: RolloutPage; act: Deed }) {
  const nameOf = (slug: string | undefined) => sites.find((site) => site.slug === slug)?.division ?? slug
  const id = useId()
  const [lesson, setLesson] = useState('')
  const write = async () => { if (await act('/lessons', { lesson })) setLesson('') }
  return (
    <>
      <form className="cluster-form" onSubmit={(event) => { event.preventDefault(); void write() }}>
        <label htmlFor={id}>补记一条经验</label>
        <textarea id={id} className="cluster-lines" rows={2} value={lesson} minLength={LESSON_LENGTH.min} maxLength={LESSON_LENGTH.max} onChange={(event) => setLesson(event.target.value)} />
        <p><button type="submit" className="cluster-button" disabled={lesson.trim().length < LESSON_LENGTH.min}>记下</button> <span className="cluster-hint">至少 {LESSON_LENGTH.min} 个字；记下后不能删改，下一次推行时先看到。</span></p>
      </form>
      <ol className="cluster-history-steps">
        {steps.map(({ id: key, action, ring, lesson: learned, detail, name, unit, at }) => (
          <li key={key}>
            <b>{deedOf(action)}</b> {ring === null ? '' : `第 ${ring + 1} 圈`} <span className="cluster-hint">{name}{unit ? `（${unit}）` : ''} · <time dateTime={at}>{minuteOf(at)}</time></span>
            {detail.to === undefined ? null : <span> · {nameOf(detail.site)}移到“{rollout.rings[detail.to]?.name}”</span>}
            {detail.hours === undefined ? null : <span> · 观察 {detail.hours} 小时</span>}
            {detail.switches?.length ? <span> · 换上新模板 {detail.switches.length} 个站点</span> : null}
            {detail.returns?.length ? <span> · 退回 {detail.returns.length} 个站点</span> : null}
            {detail.gates?.length ? <strong className="cluster-bad"> · {nameOf(detail.site)}：{detail.gates.map(gateName).join('、')}</strong> : null}
            {learned ? <q>{learned}</q> : null}
          </li>))}
      </ol>
    </>
  )
}
