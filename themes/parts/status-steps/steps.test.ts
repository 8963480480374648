import { expect, test } from 'vitest'
import { statusSteps } from './steps.ts'

test('the steps to come are shown, publication only where it happened', () => {
  const steps = statusSteps([
    { step: 'received', at: '2026-11-18T01:00:00Z' },
    { step: 'in-hand', at: '2026-11-18T03:00:00Z' },
  ])
  expect(steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '已收到 done',
    '办理中 current',
    '审核中 open',
    '已答复 open',
  ])
  expect(steps[2]?.at).toBeNull()
})

test('a published letter has gone all the way', () => {
  const steps = statusSteps([
    { step: 'received', at: '2026-11-18T01:00:00Z' },
    { step: 'published', at: '2026-11-20T03:00:00Z' },
  ])
  expect(steps.at(-1)).toMatchObject({ name: '已公开', state: 'done', isLatest: true })
})
