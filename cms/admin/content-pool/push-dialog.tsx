'use client'

import { useId, useState } from 'react'
import type { PoolDocument } from '../../domains/publishing/content-pool/describe-document.ts'
import type { PushOutcome } from '../../domains/publishing/content-pool/push.ts'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { Dialog } from '../dialog.tsx'
import { TargetTree } from './target-tree.tsx'

type Mode = 'mandatory' | 'offered'

/** Asks which sites a text is pushed to and how; says before what will happen and where it cannot go. */
export function PushDialog({ document: { site, targets }, collection, id, onClose, onDone }: {
  document: PoolDocument
  collection: string
  id: number
  onClose: () => void
  onDone: (words: string) => void
}) {
  const modeId = useId()
  const [mode, setMode] = useState<Mode>('offered')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const without = targets.filter(({ column }) => column === null)
  const push = async () => {
    setBusy(true)
    const answer = await call<PushOutcome>('POST', '/api/content-pool/pushes', { site: site.slug, collection, id, mode, targets: [...chosen] })
    setBusy(false)
    if (!answer.ok) return setRefusals(answer.refusals)
    const { placed, offered, already } = answer.value
    onDone(`${placed > 0 ? `已推送，${placed} 个站点马上显示。` : `已推送给 ${offered} 个站点，等待对方决定。`}${already > 0 ? `${already} 个站点已在显示，没有重复推送。` : ''}`)
  }
  return (
    <Dialog title="推送给下级站点" onClose={onClose}>
      <fieldset className="cluster-checks" aria-describedby={`${modeId}-hint`}>
        <legend>方式</legend>
        <label><input type="radio" name={modeId} checked={mode === 'offered'} onChange={() => setMode('offered')} /> 选登：由对方编辑决定</label>
        <label><input type="radio" name={modeId} checked={mode === 'mandatory'} onChange={() => setMode('mandatory')} /> 必登：马上显示，对方不能撤下</label>
        <p id={`${modeId}-hint`} className="cluster-hint">对方页面注明来源，并随本单位的更正和撤稿同时变化。</p>
      </fieldset>
      {without.length > 0 ? <p className="cluster-note">有 {without.length} 个站点没有适合这篇内容的栏目，不能选：{without.map(({ name }) => name).join('、')}。</p> : null}
      <TargetTree targets={targets} chosen={chosen} onChange={setChosen} />
      <Refusals refusals={refusals} />
      <div className="cluster-dialog__actions cluster-dialog__actions--held">
        <button type="button" className="cluster-button cluster-button--main" disabled={isBusy || chosen.size === 0} onClick={() => void push()}>
          {isBusy ? '正在推送…' : mode === 'mandatory' ? `必登到 ${chosen.size} 个站点` : `推送给 ${chosen.size} 个站点选登`}
        </button>
        <button type="button" className="cluster-button" onClick={onClose}>取消</button>
      </div>
    </Dialog>
  )
}
