import type { SiteFact } from '../../governance/site-tree.ts'
import { isWithin } from '../../governance/site-tree.ts'
import { type Issue, refusal } from '../../issue.ts'

type Node = Pick<SiteFact, 'slug' | 'path' | 'parent'>

/** True when a site may adopt of its own accord what the other has published: its superiors and its siblings. */
export function mayAdoptFrom(to: Node, from: Node): boolean {
  if (to.slug === from.slug) return false
  return isWithin(to.path, from.path) || (to.parent !== null && to.parent === from.parent)
}

/** What stands against adopting from a site by where it lies. */
export function reachIssues(to: Node, from: Node): Issue[] {
  if (to.slug === from.slug || mayAdoptFrom(to, from)) return []
  return [refusal('out-of-reach', isWithin(from.path, to.path)
    ? '下级单位的内容要由对方“报送”，采用后才记分。请联系对方报送。'
    : '只能采用上级和同级单位的内容。其他单位的内容请联系共同的上级推送。')]
}
