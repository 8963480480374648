import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeHome, NO_CHOICES } from './choices.ts'
import { arrangedBlocks, moveBlock, placeBlock } from './move-block.ts'
import { HOME_BLOCK_CODES, type HomeBlock } from './parts.ts'
import { faultless } from './templates.fixtures.ts'

const release = faultless()
const shown = (order: HomeBlock[]) => arrangeHome(release, { order, hidden: [] })

describe('moving a block', () => {
  it('goes past what is fixed', () => {
    const order = moveBlock(release, NO_CHOICES, 'policies', -1)
    expect(shown(order)).toEqual(['hero', 'updates', 'policies', 'notices', 'frontier', 'links', 'letters'])
    expect(shown(moveBlock(release, { order, hidden: [] }, 'policies', 1))).toEqual(release.home.map(({ block }) => block))
  })

  it('back to the province’s proposal leaves no choice behind', () => {
    const order = moveBlock(release, NO_CHOICES, 'links', -1)
    expect(order).not.toEqual([])
    expect(moveBlock(release, { order, hidden: [] }, 'links', 1)).toEqual([])
  })

  it('of a fixed block, or beyond an end, changes nothing', () => {
    for (const [block, step] of [['hero', 1], ['notices', -1], ['frontier', -1], ['links', 1]] as const) {
      expect(moveBlock(release, NO_CHOICES, block, step), block).toBe(NO_CHOICES.order)
    }
    expect(placeBlock(release, NO_CHOICES, 'policies', 0)).toBe(NO_CHOICES.order)
  })

  it('keeps what another release moves', () => {
    const order = moveBlock(release, { order: ['sites', 'links'], hidden: [] }, 'links', 1)
    expect(order).toContain('sites')
  })

  const block = fc.constantFrom<HomeBlock>(...HOME_BLOCK_CODES)
  it('shows every block once and fixed ones in their places, wherever one is put', () => {
    fc.assert(fc.property(fc.uniqueArray(block), block, fc.integer({ min: 0, max: 12 }), (order, moved, to) => {
      const next = placeBlock(release, { order, hidden: [] }, moved, to)
      expect(new Set(next).size).toBe(next.length)
      const blocks = arrangedBlocks(release, { order: next, hidden: [] })
      expect(blocks.length).toBe(release.home.length)
      blocks.forEach((each, index) => { if (!each.isMovable) expect(release.home[index]!.block).toBe(each.block) })
      const target = arrangedBlocks(release, { order, hidden: [] })[to]
      if (target?.isMovable && release.home.some((part) => part.block === moved && part.isMovable)) expect(blocks[to]!.block).toBe(moved)
    }))
  })
})
