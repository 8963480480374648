'use client'

import { toast, useFormModified } from '@payloadcms/ui'
import { useState } from 'react'
import { ConflictDialog } from './conflict-dialog.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { readPreviewLink } from './requests.ts'
import { useReview } from './review-context.tsx'
import { tell } from './use-save.ts'

/** Beside the save button: preview on the real page, history, and the dialog of two saves that met. */
export function TopControls() {
  const review = useReview()
  const isModified = useFormModified()
  const [isOpening, setIsOpening] = useState(false)
  if (!review?.target) return null
  const { target, conflict, history, setHistory } = review
  const preview = async () => {
    setIsOpening(true)
    const answer = await readPreviewLink(target)
    setIsOpening(false)
    if (!answer.ok) return tell(answer.refusals)
    if (isModified) toast.info('预览的是上次保存的内容，刚才的修改还没保存。')
    window.open(answer.value.url, '_blank', 'noopener')
  }
  return (
    <>
      {target.collection === 'import-batches' || target.collection === 'layouts' ? null : (
        <button type="button" className="cluster-button" disabled={isOpening} onClick={() => void preview()}>{isOpening ? '正在打开…' : '预览'}</button>
      )}
      <button type="button" className="cluster-button" onClick={() => setHistory({})}>历史版本</button>
      {conflict ? <ConflictDialog conflict={conflict} /> : null}
      {history ? <HistoryPanel {...history} /> : null}
    </>
  )
}
