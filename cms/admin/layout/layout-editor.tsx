'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { type Choices, NO_CHOICES } from '@cluster/shared/governance/templates/choices'
import { sleepingParts } from '@cluster/shared/governance/templates/change-issues'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import type { LayoutFrame } from '../../domains/governance/layouts/endpoints.ts'
import { RefusalList } from '../review/action-dialog.tsx'
import type { Refusal } from '../review/requests.ts'
import { AccentChoice } from './accent-choice.tsx'
import { BlockList } from './block-list.tsx'
import { HeroChoice } from './hero-choice.tsx'
import { LinkList } from './link-list.tsx'
import { LivePreview } from './live-preview.tsx'
import { readFrame } from './requests.ts'
import { StandSummary } from './stand-summary.tsx'
import { useChoices } from './use-choices.ts'

/** The home page of a site, arranged within its release, with the real page beside it. */
export function LayoutEditor() {
  const { id, data } = useDocumentInfo()
  const [frame, setFrame] = useState<LayoutFrame | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  // A publication changes what stands on the site: read again with every step of the chain.
  const stamp = String(data?.updatedAt ?? '')
  useEffect(() => {
    if (!id) return
    void readFrame(Number(id)).then((answer) => {
      if (answer.ok) setFrame(answer.value)
      else setRefusals(answer.refusals)
    })
  }, [id, stamp])
  if (!id) return <p className="cluster-hint">首页布置随站点一起建立，不需要新建。请从列表中打开。</p>
  if (!frame) return refusals.length > 0 ? <RefusalList refusals={refusals} /> : <p className="cluster-hint" aria-busy="true">正在读取首页布置…</p>
  return <OpenEditor id={Number(id)} frame={frame} />
}

function OpenEditor({ id, frame }: { id: number; frame: LayoutFrame }) {
  const { data, hasSavePermission } = useDocumentInfo()
  const { choices, change, undo, redo } = useChoices()
  const manifest = frame.manifest as Manifest
  const isReadOnly = !hasSavePermission || data?.state === 'published'
  const onSite = frame.published[0]?.choices ?? NO_CHOICES
  const part = { manifest, choices, change, isReadOnly }
  return (
    <div className="cluster-layout">
      <div className="cluster-layout__parts">
        <p className="cluster-hint">{frame.site.name} · {manifest.name}。带 <LockGlyph /> 的部分全省一致，只有省级模板管理员能改；其余的在这里调整，经审核发布后网站才会变。</p>
        <div className="cluster-layout__bar" role="group" aria-label="撤销和恢复">
          <button type="button" className="cluster-button" disabled={!undo || isReadOnly} onClick={() => undo?.()} aria-keyshortcuts="Control+Z">撤销</button>
          <button type="button" className="cluster-button" disabled={!redo || isReadOnly} onClick={() => redo?.()} aria-keyshortcuts="Control+Y">重做</button>
          <button type="button" className="cluster-button" disabled={isReadOnly} onClick={() => change(proposed(manifest, choices))}>恢复省级默认布置</button>
          <a className="cluster-button cluster-layout__jump" href="#cluster-preview">看预览</a>
        </div>
        <StandSummary manifest={manifest} choices={choices} published={frame.published} onTake={isReadOnly ? null : change} onSite={onSite} />
        <BlockList {...part} />
        <AccentChoice {...part} />
        <HeroChoice {...part} siteId={frame.site.id} />
        <LinkList {...part} />
      </div>
      <LivePreview id={id} choices={choices} />
    </div>
  )
}

/** Everything as the province proposes; what sleeps under this release is kept for the one that allows it. */
function proposed(manifest: Manifest, choices: Choices): Choices {
  const kept = sleepingParts(manifest, choices).map((field) => [field, choices[field]])
  return { ...NO_CHOICES, ...Object.fromEntries(kept) }
}

function LockGlyph() {
  return <strong>“锁定”</strong>
}
