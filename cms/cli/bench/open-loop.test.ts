import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { runOpenLoop } from './open-loop.ts'

it('sends what is due though earlier answers are still out, and counts the wait from when each was due', async () => {
  let open = 0
  let most = 0
  const timed = await runOpenLoop({
    perSecond: 100, seconds: 0.2, kindOf: (number) => (number % 2 === 0 ? 'even' : 'odd'),
    request: async (number) => {
      open += 1
      most = Math.max(most, open)
      await wait(100)
      open -= 1
      if (number === 3) throw new Error('refused')
    },
  })
  expect(timed).toHaveLength(20)
  expect(most).toBeGreaterThan(3)
  expect(timed.filter(({ failure }) => failure !== null)).toMatchObject([{ failure: 'refused', kind: 'odd' }])
  // Timers may be a millisecond early, never more.
  expect(timed.every(({ ms }) => ms >= 98)).toBe(true)
})

it('a sender that is held up itself does not make the answers look fast', async () => {
  const timed = await runOpenLoop({
    perSecond: 100, seconds: 0.1, kindOf: () => 'read',
    request: async (number) => {
      const until = performance.now() + (number === 0 ? 80 : 0)
      while (performance.now() < until) { /* the whole process stands still */ }
    },
  })
  expect(timed[1]?.ms).toBeGreaterThanOrEqual(60)
})
