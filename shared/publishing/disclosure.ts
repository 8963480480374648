import type { ChainLink, Disclosure } from '../delivery/records.ts'
import { type Issue, refusal } from '../issue.ts'
import { LINK_LABELS, type SignOff, type SignOffLink } from './states.ts'

const ORDER: readonly SignOffLink[] = ['draft', 'first-review', 'second-review', 'final-review']

/** The displayed chain: one link each, in the order of the chain, as the people signed. */
export function chainOf(signOffs: readonly SignOff[]): ChainLink[] {
  return ORDER.flatMap((link) => {
    const signOff = signOffs.find((candidate) => candidate.link === link)
    return signOff ? [{ link, name: signOff.name, unit: signOff.unit, at: signOff.at }] : []
  })
}

/**
 * Named-responsibility disclosure: what lacks for a text to stand under 信息实名公开. An emergency publication shows at least who drafted
 * and who ordered it; everything else shows all four.
 */
export function disclosureIssues(disclosure: Pick<Disclosure, 'chain' | 'emergency'>): Issue[] {
  const required: readonly SignOffLink[] = disclosure.emergency ? ['draft', 'final-review'] : ORDER
  return required.flatMap((link) => {
    const signed = disclosure.chain.find((candidate) => candidate.link === link)
    if (!signed) return [refusal('chain-incomplete', `信息实名公开还缺${LINK_LABELS[link]}人的签批，不能发布。`)]
    if (!signed.name.trim() || !signed.unit.trim()) {
      return [refusal('chain-unnamed', `${LINK_LABELS[link]}人没有登记姓名或处室，不能发布。请联系安全管理员补全账号。`)]
    }
    return []
  })
}
