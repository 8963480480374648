import { arrangeHome, type Choices } from './choices.ts'
import type { Manifest } from './manifest.ts'
import type { HomeBlock, PartRule } from './parts.ts'

/** A block as an editor sees it: hidden ones keep their place in the list. */
export type ArrangedBlock = { block: HomeBlock; rule: PartRule; isMovable: boolean; isHidden: boolean }

/** All blocks of a home page from top to bottom, with those that the office does not show. */
export function arrangedBlocks(manifest: Manifest, choices: Pick<Choices, 'order' | 'hidden'>): ArrangedBlock[] {
  return arrangeHome(manifest, { order: choices.order, hidden: [] }).map((block) => {
    const { rule, isMovable } = manifest.home.find((part) => part.block === block)!
    return { block, rule, isMovable, isHidden: rule === 'optional' && choices.hidden.includes(block) }
  })
}

/**
 * The order with a block on the place of another one (both counted from 0 in `arrangedBlocks`). Fixed blocks stay: the
 * others move around them. What the release does not know or fixes is kept at the end, for a release that moves it.
 * @returns the same order when the block may not move or there is no such place
 */
export function placeBlock(manifest: Manifest, choices: Pick<Choices, 'order' | 'hidden'>, block: HomeBlock, to: number): HomeBlock[] {
  const blocks = arrangedBlocks(manifest, choices)
  const movable = blocks.filter(({ isMovable }) => isMovable).map((each) => each.block)
  const from = movable.indexOf(block)
  const target = blocks[to]
  if (from === -1 || !target?.isMovable || target.block === block) return choices.order
  const place = movable.indexOf(target.block)
  movable.splice(place, 0, ...movable.splice(from, 1))
  const sleeping = choices.order.filter((each) => !movable.includes(each))
  const isProposed = manifest.home.filter((part) => part.isMovable).every((part, index) => part.block === movable[index])
  return isProposed ? sleeping : [...movable, ...sleeping]
}

/** The order with a block one place further up (-1) or down (1), past what is fixed. */
export function moveBlock(manifest: Manifest, choices: Pick<Choices, 'order' | 'hidden'>, block: HomeBlock, step: -1 | 1): HomeBlock[] {
  const blocks = arrangedBlocks(manifest, choices)
  let place = blocks.findIndex((each) => each.block === block) + step
  while (blocks[place] && !blocks[place]!.isMovable) place += step
  return placeBlock(manifest, choices, block, place)
}
