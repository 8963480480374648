import { describe, expect, it } from 'vitest'
import { measureTree, proportionalBytes, withDescendants } from './process-memory.ts'

describe('the memory of a tree of processes', () => {
  it('takes a process with all that descend from it, and nobody else', () => {
    const parents = new Map([
      [1, 0],
      [10, 1],
      [11, 10],
      [12, 10],
      [13, 12],
      [20, 1],
      [21, 20],
    ])
    expect(withDescendants(10, parents).sort()).toEqual([10, 11, 12, 13])
    expect(withDescendants(21, parents)).toEqual([21])
  })

  it('reads the proportional size, not the resident one or one of its parts', () => {
    expect(proportionalBytes('Rss:   5000 kB\nPss:       1234 kB\nPss_Dirty: 99 kB\n')).toBe(1234 * 1024)
    expect(() => proportionalBytes('Rss: 5000 kB\n')).toThrow('without a line Pss')
  })

  it.runIf(process.platform === 'linux')('finds this very process', () => {
    const own = measureTree(process.pid).find(({ pid }) => pid === process.pid)
    expect(own?.bytes).toBeGreaterThan(1024 * 1024)
  })
})
