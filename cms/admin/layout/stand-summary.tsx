'use client'

import { type Choices } from '@cluster/shared/governance/templates/choices'
import { describeChanges } from '@cluster/shared/governance/templates/describe-changes'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import type { LayoutFrame } from '../../domains/governance/layouts/endpoints.ts'
import { minuteOf } from '../dates.ts'
import type { Editing } from './use-choices.ts'

/** What differs from the home page on the site, in words: what an editor proposes and a reviewer decides upon. */
export function StandSummary({ manifest, choices, onSite, published, onTake }: {
  manifest: Manifest; choices: Choices; onSite: Choices; published: LayoutFrame['published']; onTake: Editing['change'] | null
}) {
  const sentences = describeChanges(manifest, onSite, choices)
  return (
    <section className="cluster-layout__part" aria-labelledby="cluster-differs">
      <h3 id="cluster-differs">与网站上现在的首页相比</h3>
      {sentences.length === 0 ? <p className="cluster-hint">没有不同。</p> : <ul className="cluster-differs">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
      {published.length > 0 ? (
        <details>
          <summary>以前发布过的布置（{published.length} 次）</summary>
          <ul className="cluster-differs">
            {published.map((each, index) => (
              <li key={each.at}>
                {minuteOf(each.at)} 发布{index === 0 ? '（网站上现在的）' : ''}{' '}
                {onTake ? <button type="button" className="cluster-button" onClick={() => onTake(each.choices)}>放回这一次的布置</button> : null}
              </li>
            ))}
          </ul>
          <p className="cluster-hint">放回后仍是草稿，经审核发布才会生效；点“撤销”可以退回。</p>
        </details>
      ) : null}
    </section>
  )
}
