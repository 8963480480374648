'use client'

import { toast, useDocumentInfo, useForm } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { STATES } from '@cluster/shared/publishing/states'
import { minuteOf } from '../dates.ts'
import { Dialog } from '../dialog.tsx'
import { type Conflict, readChain, readDocument, readVersions } from './requests.ts'
import { useReview } from './review-context.tsx'
import { tell, useSave } from './use-save.ts'

type Other = { name: string; at: string; deed: string }

/** Two people saved one version. Nothing is lost whatever is chosen: both texts are in the history. */
export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const review = useReview()
  const save = useSave()
  const { reset } = useForm()
  const { setData } = useDocumentInfo()
  const [other, setOther] = useState<Other | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const target = review?.target
  useEffect(() => {
    if (target) void Promise.all([readVersions(target), readChain(target)]).then(([versions, chain]) => {
      const saved = versions.ok ? versions.value.versions.find(({ isRefused }) => !isRefused) : undefined
      const step = chain.ok ? chain.value.steps[0] : undefined
      const isStepLater = step && (!saved || step.at > saved.at)
      if (isStepLater) setOther({ name: step.name, at: step.at, deed: `把稿件转为“${STATES[step.to]}”` })
      else if (saved) setOther({ name: saved.personName, at: saved.at, deed: '保存了这篇稿件' })
    })
  }, [target])
  if (!review || !target) return null
  const close = () => review.setConflict(null)
  const isEditable = conflict.state !== 'published' && conflict.state !== 'withdrawn'
  const useMine = async () => {
    setIsBusy(true)
    const saved = await save({ ...conflict.mine, version: conflict.version, state: conflict.state })
    setIsBusy(false)
    if (!saved) return
    toast.success('已用您的文字保存。对方的文字在“历史版本”里。')
    close()
  }
  const dropMine = async () => {
    setIsBusy(true)
    const answer = await readDocument(target)
    setIsBusy(false)
    if (!answer.ok) return tell(answer.refusals)
    await reset(answer.value)
    setData(answer.value)
    toast.success('已显示最新的文字。您的文字仍可在“历史版本”里找回。')
    close()
  }
  return (
    <Dialog title="有人先保存了，您的这次没有覆盖" onClose={close}>
      <p>
        {other ? <><strong>{other.name}</strong> 在 {minuteOf(other.at)} {other.deed}，</> : '您打开之后，稿件已有变动，'}
        当前是第 {conflict.version} 版，状态“{STATES[conflict.state]}”。两份文字都已保留，请选择怎么办：
      </p>
      <ul className="cluster-choices">
        <li>
          <button type="button" className="cluster-button cluster-button--main" onClick={() => { close(); review.setHistory({ version: conflict.refusedVersion }) }}>查看我的文字，逐处对照</button>
          <span className="cluster-hint">看清两份的差别，再决定。</span>
        </li>
        {isEditable ? (
          <li>
            <button type="button" className="cluster-button" disabled={isBusy} onClick={() => void useMine()}>用我的文字覆盖（基于最新版本）</button>
            <span className="cluster-hint">对方的文字留在历史版本里。{conflict.state === 'draft' ? '' : '稿件会回到草稿，已有签批作废。'}</span>
          </li>
        ) : <li><span className="cluster-hint">稿件{STATES[conflict.state]}，不能直接覆盖。如需修改，请先点“更正”。</span></li>}
        <li>
          <button type="button" className="cluster-button" disabled={isBusy} onClick={() => void dropMine()}>放弃我的文字，显示最新的</button>
          <span className="cluster-hint">您的文字仍可在历史版本里找回。</span>
        </li>
      </ul>
    </Dialog>
  )
}
