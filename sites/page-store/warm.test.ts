import { expect, it } from 'vitest'
import { createWarmer } from './warm.ts'

it('works two at a time, and each waiting target once', async () => {
  const done: string[] = []
  let running = 0
  let most = 0
  const warmer = createWarmer<string>({
    keyOf: (target) => target,
    deed: async (target) => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      done.push(target)
    },
  })
  for (const target of ['a', 'b', 'c', 'd', 'c', 'd']) warmer.add(target)
  await warmer.idle()
  expect(done).toEqual(['a', 'b', 'c', 'd'])
  expect(most).toBe(2)
  expect(warmer.waiting()).toBe(0)
})
