import type { ChainLink, Disclosure } from '@cluster/shared/delivery/records'

/** What each link of the chain is called on a page. */
export const CHAIN_NAMES: Record<ChainLink['link'], string> = {
  draft: '起草',
  'first-review': '初审',
  'second-review': '复审',
  'final-review': '终审',
}
const ORDER = Object.keys(CHAIN_NAMES) as Array<ChainLink['link']>

export type ChainStep = { name: string; link: ChainLink | null }

/**
 * The steps to show, in the chain's order. After an emergency publication the reviews still to come are shown as such;
 * otherwise only what was signed is shown, so that nothing looks missing that the rules did not ask for.
 */
export function chainSteps({ chain, emergency }: Pick<Disclosure, 'chain' | 'emergency'>): ChainStep[] {
  return ORDER.flatMap((key) => {
    const link = chain.find((signed) => signed.link === key) ?? null
    return link || emergency ? [{ name: CHAIN_NAMES[key], link }] : []
  })
}
