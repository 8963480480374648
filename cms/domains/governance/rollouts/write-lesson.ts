import type { PayloadRequest } from 'payload'
import { LESSON_LENGTH } from '@cluster/shared/governance/templates/rollout'
import { audit } from '../../../audit/record.ts'
import { inTransaction } from '../../../database/query.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse } from '../../people/answer.ts'
import { requireSteward } from './steward.ts'
import { lockRollout, writeStep } from './store.ts'

/** Writes down what was learned, at any time; it is shown at every later rollout. @throws Refused */
export async function writeLesson(req: PayloadRequest, id: number, lesson: string): Promise<void> {
  await requireSteward(req)
  const { min, max } = LESSON_LENGTH
  const length = lesson.trim().length
  if (length < min || length > max) refuse(422, 'lesson-required', `请写 ${min} 到 ${max} 个字，没有保存。`, 'lesson')
  await inTransaction(req, async () => {
    const rollout = await lockRollout(req, id) ?? refuse(404, 'not-found', '没有找到这次推行。')
    await writeStep(req, id, { action: 'lesson', from: rollout.state, to: rollout.state, ring: rollout.ring, attempt: rollout.attempt, lesson, now: clockOf(req) })
    await audit(req, { deed: 'roll-out', detail: { rollout: id, action: 'lesson' } })
  })
}
