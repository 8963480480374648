import { z } from 'zod'
import { type Issue, refusal } from '../../issue.ts'
import type { Manifest } from './manifest.ts'
import { HOME_BLOCK_CODES, HOME_BLOCKS, type HomeBlock, SLOTS, type Slot } from './parts.ts'

const block = z.enum(HOME_BLOCK_CODES as [HomeBlock, ...HomeBlock[]])

/** The most local links that a home page shows: more is a wall of links again. */
export const LOCAL_LINKS_LIMIT = 8
/** Characters of a link's address: enough for any page, and a live preview of all links still fits an address line. */
export const LINK_ADDRESS_LIMIT = 200

/**
 * What an office chose of what its release leaves to it. Stored apart from the template, and kept whole when another
 * release takes over: what that one does not allow sleeps until it is allowed again.
 */
export const choicesSchema = z.object({
  /** Movable blocks in the office's order; those that are not named keep the template's. */
  order: z.array(block).max(HOME_BLOCK_CODES.length).default([]),
  /** Optional blocks that the office does not show. */
  hidden: z.array(block).max(HOME_BLOCK_CODES.length).default([]),
  accent: z.string().regex(/^[a-z]{2,20}$/).nullable().default(null),
  /** Media id of the picture behind the search box. */
  heroPicture: z.number().int().positive().nullable().default(null),
  links: z.array(z.object({
    label: z.string().trim().min(2, '名称写 2 到 16 个字').max(16, '名称写 2 到 16 个字'),
    href: z.string().max(LINK_ADDRESS_LIMIT, `网址太长，不能超过 ${LINK_ADDRESS_LIMIT} 个字符`)
      .regex(/^(https?:\/\/[^\s]+|\/(?!\/)[^\s]*)$/, '网址以 https:// 开头，本站页面以 / 开头'),
  })).max(LOCAL_LINKS_LIMIT, `本地链接最多 ${LOCAL_LINKS_LIMIT} 条`).default([]),
})
export type Choices = z.infer<typeof choicesSchema>

/** What an office starts with: everything as the province proposes. */
export const NO_CHOICES: Choices = { order: [], hidden: [], accent: null, heroPicture: null, links: [] }

const KEEPER = '只有省级模板管理员能改；确有需要，请向省级编办提出。'

/** Every part that the choices touch although the release locks it, with the part's name, the rule, and who may change it. */
export function choiceIssues(manifest: Manifest, choices: Choices): Issue[] {
  const ruleOf = (slot: Slot) => manifest.slots.find((each) => each.slot === slot)?.rule ?? 'locked'
  const locked = (slot: Slot, isTouched: boolean, path: string): Issue[] =>
    isTouched && ruleOf(slot) === 'locked' ? [refusal('part-locked', `“${SLOTS[slot]}”由模板“${manifest.name}”锁定，全省一致。${KEEPER}`, path)] : []
  return [
    ...orderIssues(manifest, choices),
    ...hiddenIssues(manifest, choices),
    ...locked('home-order', choices.order.length > 0, 'order'),
    ...locked('hero-picture', choices.heroPicture !== null, 'heroPicture'),
    ...locked('local-links', choices.links.length > 0, 'links'),
    ...locked('accent', choices.accent !== null, 'accent'),
    ...accentIssues(manifest, choices),
  ]
}

function orderIssues({ home, name }: Manifest, { order }: Choices): Issue[] {
  const doubled = order.find((each, index) => order.indexOf(each) !== index)
  return [
    ...(doubled ? [refusal('block-twice', `“${HOME_BLOCKS[doubled]}”在次序里出现了两次。请只留一处。`, 'order')] : []),
    ...[...new Set(order)].flatMap((each) => {
      const part = home.find(({ block: known }) => known === each)
      if (!part) return [refusal('block-unknown', `模板“${name}”的首页没有“${HOME_BLOCKS[each]}”，不能排它的次序。`, 'order')]
      return part.isMovable ? [] : [refusal('part-locked', `首页“${HOME_BLOCKS[each]}”的位置由模板“${name}”锁定。${KEEPER}`, 'order')]
    }),
  ]
}

function hiddenIssues({ home, name }: Manifest, { hidden }: Choices): Issue[] {
  return [...new Set(hidden)].flatMap((each) => {
    const part = home.find(({ block: known }) => known === each)
    if (!part || part.rule === 'optional') return []
    return [refusal('part-locked', `首页“${HOME_BLOCKS[each]}”由模板“${name}”规定必须显示，不能隐藏。${KEEPER}`, 'hidden')]
  })
}

function accentIssues({ accents, name }: Manifest, { accent }: Choices): Issue[] {
  if (accent === null || accents.some(({ key }) => key === accent)) return []
  return [refusal('accent-unknown', `模板“${name}”没有这种主色。可以选：${accents.map((each) => each.name).join('、')}。`, 'accent')]
}

/** What a home page shows under a release, in order: choices that the release does not allow have no effect, and are not lost. */
export function arrangeHome(manifest: Manifest, choices: Pick<Choices, 'order' | 'hidden'>): HomeBlock[] {
  const isShown = ({ block: each, rule }: Manifest['home'][number]) => rule !== 'optional' || !choices.hidden.includes(each)
  const movable = manifest.home.filter(({ isMovable }) => isMovable).map(({ block: each }) => each)
  const chosen = [...new Set(choices.order)].filter((each) => movable.includes(each))
  const queue = [...chosen, ...movable.filter((each) => !chosen.includes(each))]
  // Movable blocks take the places of movable ones; what is fixed stays where the province put it.
  const blocks = manifest.home.map((part) => (part.isMovable ? queue.shift()! : part.block))
  return blocks.filter((each) => manifest.home.some((part) => part.block === each && isShown(part)))
}

/** The accent in effect: the office's where the release knows it and leaves it open, the province's otherwise. */
export function accentOf(manifest: Manifest, choices: Pick<Choices, 'accent'>): Manifest['accents'][number] {
  const isOpen = manifest.slots.some(({ slot, rule }) => slot === 'accent' && rule !== 'locked')
  const chosen = isOpen ? manifest.accents.find(({ key }) => key === choices.accent) : undefined
  return chosen ?? manifest.accents[0]!
}
