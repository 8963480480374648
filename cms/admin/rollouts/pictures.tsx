'use client'

import { useEffect, useState } from 'react'
import type { PageKind } from '@cluster/shared/delivery/page-models'
import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import type { RolloutPicture } from '../../domains/governance/rollouts/pictures.ts'
import { call } from '../account/call.ts'
import { PAGE_NAMES } from './page-names.ts'

/** How the pilots look before and after, where a browser is there to take pictures. */
export function Pictures({ rollout, sites, freshness }: { rollout: number; sites: RolloutPage['sites']; freshness: string }) {
  const [pictures, setPictures] = useState<RolloutPicture[]>([])
  useEffect(() => {
    let isCurrent = true
    void call<{ pictures: RolloutPicture[] }>('GET', `/api/rollouts/${rollout}/pictures`).then((answer) => {
      if (isCurrent && answer.ok) setPictures(answer.value.pictures)
    })
    return () => { isCurrent = false }
  }, [rollout, freshness])
  if (pictures.length === 0) return null
  const nameOf = (slug: string) => sites.find((site) => site.slug === slug)?.division ?? slug
  return (
    <details className="cluster-changes">
      <summary>试点站点前后对比（{pictures.length} 组图片）</summary>
      {pictures.map(({ id, site, kind, width, accessibility }) => (
        <figure key={id} className="cluster-pictures">
          <figcaption>{nameOf(site)}　{PAGE_NAMES[kind as PageKind] ?? kind}　{width > 600 ? '电脑' : '手机'}{accessibility.length === 0 ? <span className="cluster-good">　✓ 浏览器无障碍检查没有发现问题</span> : <strong className="cluster-bad">　✗ {accessibility.length} 个无障碍问题</strong>}</figcaption>
          {accessibility.length > 0 ? <ul className="cluster-findings">{accessibility.map((finding) => <li key={finding}>{finding}</li>)}</ul> : null}
          <div className="cluster-pictures__pair">
            {(['before', 'after'] as const).map((side) => (
              <a key={side} href={`/api/rollouts/${rollout}/pictures/${id}/${side}`} target="_blank" rel="noreferrer">
                <img loading="lazy" src={`/api/rollouts/${rollout}/pictures/${id}/${side}`} alt={`${nameOf(site)}${PAGE_NAMES[kind as PageKind] ?? kind}，${side === 'before' ? '现在' : '换模板后'}`} />
                <span>{side === 'before' ? '现在' : '换模板后'}</span>
              </a>))}
          </div>
        </figure>))}
    </details>
  )
}
