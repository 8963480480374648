import { LINK_LABELS, type SignOffLink, type State } from '@cluster/shared/publishing/states'
import { minuteOf } from '../dates.ts'
import type { Chain } from './requests.ts'

const LINKS = Object.keys(LINK_LABELS) as SignOffLink[]
const WAITS_FOR: Partial<Record<State, SignOffLink>> = {
  draft: 'draft', 'first-review': 'first-review', 'second-review': 'second-review', 'final-review': 'final-review',
}

/** 起草 → 初审 → 复审 → 终审: who has signed and when, and where it waits. */
export function ChainSteps({ chain }: { chain: Chain }) {
  return (
    <ol className="cluster-chain">
      {LINKS.map((link) => {
        const signed = chain.signOffs.find((signOff) => signOff.link === link)
        const waits = WAITS_FOR[chain.state] === link
        return (
          <li key={link} className={signed ? 'is-signed' : waits ? 'is-waiting' : ''} aria-current={waits ? 'step' : undefined}>
            <span className="cluster-chain__link">{LINK_LABELS[link]}</span>
            {signed ? (
              <span>
                {signed.name} · {signed.unit}{signed.isEmergency ? '（紧急发布）' : ''}
                <time dateTime={signed.at}>{minuteOf(signed.at)}</time>
              </span>
            ) : <span className="cluster-hint">{waits ? (link === 'draft' ? '正在起草' : '等待审核') : '—'}</span>}
          </li>
        )
      })}
    </ol>
  )
}
