import { expect, test } from 'vitest'
import { fanOf } from './geometry.ts'

test('every branch and leaf stands inside the drawing, from left to right', () => {
  const fan = fanOf([11, 7, 10, 6, 0].map((leaves) => ({ leaves, isCurrent: false })))
  const points = fan.nodes.flatMap((node) => [node, ...node.leaves])
  expect(points).toHaveLength(5 + 34)
  for (const { x, y } of points) {
    expect(x).toBeGreaterThan(0)
    expect(x).toBeLessThan(fan.width)
    expect(y).toBeGreaterThan(0)
    expect(y).toBeLessThan(fan.height)
  }
  const xs = fan.nodes.map(({ x }) => x)
  expect(xs).toEqual([...xs].sort((a, b) => a - b))
})

test('nothing to draw gives no nodes', () => {
  expect(fanOf([]).nodes).toEqual([])
})
