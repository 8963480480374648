'use client'

import { type DragEvent, useState } from 'react'
import { REGION_NAMES } from '@cluster/shared/governance/site-tree'
import { type Ring, SOAK_HOURS } from '@cluster/shared/governance/templates/rings'
import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import type { Deed } from './rollout-board.tsx'

type Site = RolloutPage['sites'][number]
type Moved = { site: Site; from: number; to: number }

const DRAGGED = 'text/x-site'

/** The rings side by side. While the rollout is a draft a site is dragged to another ring, or sent there by its list. */
export function Rings({ page: { rollout, sites }, act }: { page: RolloutPage; act: Deed }) {
  const [filter, setFilter] = useState('')
  const [moved, setMoved] = useState<Moved | null>(null)
  const isDraft = rollout.state === 'draft'
  const bySlug = new Map(sites.map((site) => [site.slug, site]))
  const ringOf = (slug: string) => rollout.rings.findIndex((ring) => ring.sites.includes(slug))
  const move = async (slug: string, to: number) => {
    const site = bySlug.get(slug)
    const from = ringOf(slug)
    if (!site || from === to) return
    if (await act('/move', { site: slug, to, version: rollout.version })) setMoved({ site, from, to })
  }
  return (
    <>
      <p className="cluster-row">
        <label>找站点 <input className="cluster-input" type="search" value={filter} maxLength={40} onChange={(event) => setFilter(event.target.value)} /></label>
        {isDraft ? <span className="cluster-hint">拖动站点，或在站点旁边选一圈，就移过去了。</span> : null}
      </p>
      <div role="status">{moved && isDraft ? (
        <p className="cluster-note cluster-row">已把{moved.site.division}移到“{rollout.rings[moved.to]?.name}”。
          {moved.from >= 0 ? <button type="button" className="cluster-link" onClick={() => { void move(moved.site.slug, moved.from); setMoved(null) }}>撤销</button> : null}
        </p>) : null}</div>
      <ol className="cluster-rings">
        {rollout.rings.map((ring, index) => (
          <RingColumn
            key={ring.name} ring={ring} cityOf={(site) => (site.level === 'county' ? bySlug.get(site.parent ?? '')?.division ?? '' : '')} index={index} rollout={rollout} move={move} act={act}
            sites={ring.sites.flatMap((slug) => { const site = bySlug.get(slug); return site ? [site] : [] }).filter((site) => `${site.division}${site.name}${site.slug}`.includes(filter.trim()))} />))}
      </ol>
    </>
  )
}

function RingColumn({ ring, index, rollout, sites, cityOf, move, act }: {
  /** Two cities have a 鼓楼区. */
  cityOf: (site: Site) => string
  ring: Ring; index: number; rollout: RolloutPage['rollout']; sites: readonly Site[]; move: (slug: string, to: number) => Promise<void>; act: Deed
}) {
  const isDraft = rollout.state === 'draft'
  const isCurrent = rollout.ring === index
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void move(event.dataTransfer.getData(DRAGGED), index)
  }
  return (
    <li className={`cluster-ring ${isCurrent ? 'cluster-ring--current' : ''}`} {...(isDraft ? { onDragOver: (event: DragEvent) => event.preventDefault(), onDrop: drop } : {})}>
      <h3>第 {index + 1} 圈：{ring.name} <span className="cluster-hint">{ring.sites.length} 个站点{isCurrent ? '，现在这一圈' : ''}</span></h3>
      <Soak ring={ring} index={index} rollout={rollout} act={act} />
      <ul className="cluster-ring__sites">
        {sites.map((site) => (
          <li key={site.slug} {...(isDraft ? { draggable: true, onDragStart: (event: DragEvent) => event.dataTransfer.setData(DRAGGED, site.slug) } : {})}>
            <span>{site.division}<span className="cluster-hint"> {cityOf(site)} {site.region ? REGION_NAMES[site.region] : '省级'}</span></span>
            {isDraft ? (
              <select className="cluster-input" aria-label={`${site.division}在哪一圈`} value={index} onChange={(event) => void move(site.slug, Number(event.target.value))}>
                {rollout.rings.map(({ name }, to) => <option key={name} value={to}>{name}</option>)}
              </select>
            ) : <SiteState site={site} isOn={site.release === rollout.release} isMeasured={isCurrent} />}
          </li>))}
      </ul>
      {sites.length === 0 ? <p className="cluster-hint">没有站点。</p> : null}
    </li>
  )
}

function SiteState({ site, isOn, isMeasured }: { site: Site; isOn: boolean; isMeasured: boolean }) {
  if (isMeasured && site.isGreen === false) return <strong className="cluster-bad">✗ 不合格</strong>
  if (!isOn) return <span className="cluster-hint">○ {site.release}</span>
  if (isMeasured && site.isGreen === null) return <span>… 检查中</span>
  return <span className="cluster-good">✓ {isMeasured ? '合格' : '新模板'}</span>
}

function Soak({ ring, index, rollout, act }: { ring: Ring; index: number; rollout: RolloutPage['rollout']; act: Deed }) {
  const [hours, setHours] = useState(String(ring.soakHours))
  if (rollout.state !== 'draft') return <p className="cluster-hint">观察 {ring.soakHours} 小时</p>
  return (
    <form className="cluster-row" onSubmit={(event) => { event.preventDefault(); void act('/soak', { ring: index, hours: Number(hours), version: rollout.version }) }}>
      <label>观察 <input className="cluster-input" type="number" min={SOAK_HOURS.min} max={SOAK_HOURS.max} required value={hours} onChange={(event) => setHours(event.target.value)} /> 小时</label>
      {Number(hours) !== ring.soakHours ? <button type="submit" className="cluster-button">保存</button> : null}
    </form>
  )
}
