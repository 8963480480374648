import type { Lesson } from '../../domains/governance/rollouts/store.ts'
import { dayOf } from '../dates.ts'
import { deedOf } from './words.ts'

/** What earlier rollouts have taught, the newest first. */
export function Lessons({ lessons }: { lessons: readonly Lesson[] }) {
  if (lessons.length === 0) {
    return <div className="cluster-empty"><strong>还没有经验</strong><p>每推一圈都要写下学到了什么，下一次推行时先显示在这里。</p></div>
  }
  return (
    <ul className="cluster-lessons">
      {lessons.map(({ rollout, release, action, ring, lesson, name, unit, at }) => (
        <li key={`${rollout}-${at}`}>
          <q>{lesson}</q>
          <span className="cluster-hint">{release}{ring === null ? '' : ` 第 ${ring + 1} 圈`} · {deedOf(action)} · {name}{unit ? `（${unit}）` : ''} · <time dateTime={at}>{dayOf(at)}</time></span>
        </li>
      ))}
    </ul>
  )
}
