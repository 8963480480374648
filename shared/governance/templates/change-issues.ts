import type { Issue } from '../../issue.ts'
import { choiceIssues, type Choices } from './choices.ts'
import type { Manifest } from './manifest.ts'

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * What of a change a release does not allow. Choices that were there before and sleep under this release are no change:
 * they are kept whole for the release that allows them. Going back to the province's proposal is always allowed.
 */
export function changeIssues(manifest: Manifest, before: Choices, after: Choices): Issue[] {
  const isMovable = new Set(manifest.home.filter((part) => part.isMovable).map(({ block }) => block))
  return choiceIssues(manifest, {
    order: isSame(before.order, after.order) ? [] : after.order.filter((block) => isMovable.has(block) || !before.order.includes(block)),
    hidden: after.hidden.filter((block) => !before.hidden.includes(block)),
    accent: before.accent === after.accent ? null : after.accent,
    heroPicture: before.heroPicture === after.heroPicture ? null : after.heroPicture,
    links: isSame(before.links, after.links) ? [] : after.links,
  })
}

/** Parts that an office chose and its release does not show, by their field: kept, and told to whoever edits. */
export function sleepingParts(manifest: Manifest, choices: Choices): ReadonlyArray<keyof Choices> {
  return [...new Set(choiceIssues(manifest, choices).flatMap(({ path }) => (path && path in choices ? [path as keyof Choices] : [])))]
}
