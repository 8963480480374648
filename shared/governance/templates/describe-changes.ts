import type { Choices } from './choices.ts'
import type { Manifest } from './manifest.ts'
import { arrangedBlocks } from './move-block.ts'
import { HOME_BLOCKS, type HomeBlock } from './parts.ts'

/** What differs between two arrangements of a home page under a release, a sentence each, in a reviewer's words; empty when nothing does. */
export function describeChanges(manifest: Manifest, before: Choices, after: Choices): string[] {
  return [...orderSentences(manifest, before, after), ...visibilitySentences(manifest, before, after), ...accentSentences(manifest, before, after),
    ...pictureSentences(before, after), ...linkSentences(before, after)]
}

function orderSentences(manifest: Manifest, before: Choices, after: Choices): string[] {
  const [was, is] = [before, after].map((choices) => arrangedBlocks(manifest, choices).map(({ block }) => block)) as [HomeBlock[], HomeBlock[]]
  // What is fixed stands still; movable ones go around it.
  const isMovable = (block: HomeBlock) => manifest.home.some((part) => part.block === block && part.isMovable)
  const stayed = longestCommon(was.filter(isMovable), is.filter(isMovable))
  return is.filter((block) => isMovable(block) && !stayed.has(block)).map((block) =>
    `“${HOME_BLOCKS[block]}”从第 ${was.indexOf(block) + 1} 位移到第 ${is.indexOf(block) + 1} 位`)
}

/** The most blocks that kept their order among each other: only the others were moved, the rest made room. */
function longestCommon(one: readonly HomeBlock[], other: readonly HomeBlock[]): Set<HomeBlock> {
  const best: HomeBlock[][] = []
  for (const [index, block] of other.entries()) {
    const place = one.indexOf(block)
    const longest = best.slice(0, index).filter((run) => one.indexOf(run.at(-1)!) < place).reduce<HomeBlock[]>(longer, [])
    best.push([...longest, block])
  }
  return new Set(best.reduce<HomeBlock[]>(longer, []))
}

const longer = (one: HomeBlock[], other: HomeBlock[]) => (other.length > one.length ? other : one)

function visibilitySentences(manifest: Manifest, before: Choices, after: Choices): string[] {
  const was = arrangedBlocks(manifest, before)
  return arrangedBlocks(manifest, after).flatMap(({ block, isHidden }) => {
    const wasHidden = was.find((each) => each.block === block)!.isHidden
    if (isHidden === wasHidden) return []
    return [isHidden ? `不再显示“${HOME_BLOCKS[block]}”` : `重新显示“${HOME_BLOCKS[block]}”`]
  })
}

function accentSentences(manifest: Manifest, before: Choices, after: Choices): string[] {
  if (before.accent === after.accent) return []
  const nameOf = (key: string | null) => (key === null
    ? `${manifest.accents[0]!.name}（全省默认）` : manifest.accents.find((each) => each.key === key)?.name ?? '现在的模板没有的主色')
  return [`主色从“${nameOf(before.accent)}”改为“${nameOf(after.accent)}”`]
}

function pictureSentences(before: Choices, after: Choices): string[] {
  if (before.heroPicture === after.heroPicture) return []
  if (before.heroPicture === null) return ['放上首页主图']
  return [after.heroPicture === null ? '去掉首页主图' : '更换首页主图']
}

function linkSentences({ links: before }: Choices, { links: after }: Choices): string[] {
  const removed = before.filter((link) => !after.some(({ label }) => label === link.label))
  const added = after.filter((link) => !before.some(({ label }) => label === link.label))
  const readdressed = after.filter((link) => before.some(({ label, href }) => label === link.label && href !== link.href))
  const labels = (links: Choices['links']) => links.map(({ label }) => label).filter((label) => [before, after].every((each) => each.some((link) => link.label === label)))
  return [
    ...removed.map(({ label }) => `去掉本地链接“${label}”`),
    ...added.map(({ label, href }) => `添加本地链接“${label}”（${href}）`),
    ...readdressed.map(({ label, href }) => `本地链接“${label}”的网址改为 ${href}`),
    ...(labels(before).join('\n') === labels(after).join('\n') ? [] : ['调换了本地链接的次序']),
  ]
}
