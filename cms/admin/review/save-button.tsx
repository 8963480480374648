'use client'

import { SaveButton as PlainSaveButton, toast, useDocumentInfo, useEditDepth, useForm, useFormModified, useFormProcessing, useHotkey } from '@payloadcms/ui'
import { useRef, useState } from 'react'
import { LINK_LABELS, STATES } from '@cluster/shared/publishing/states'
import { Dialog } from '../dialog.tsx'
import { useReview } from './review-context.tsx'
import { settled, useSave } from './use-save.ts'

/** Saves the working copy; a text under review is saved only after the person has heard what that does to the signatures. */
export function SaveButton() {
  const review = useReview()
  const { id } = useDocumentInfo()
  if (!review) return <PlainSaveButton label="保存草稿" />
  return id ? <SaveWorkingCopy /> : <SaveFirst />
}

/** The first save of a text; like every later one it waits for the last words typed into the rich text. */
function SaveFirst() {
  const { submit } = useForm()
  const isProcessing = useFormProcessing()
  const button = useRef<HTMLButtonElement>(null)
  useHotkey({ cmdCtrlKey: true, editDepth: useEditDepth(), keyCodes: ['s'] }, (event) => {
    event.preventDefault()
    event.stopPropagation()
    button.current?.click()
  })
  const save = async () => {
    await settled()
    await submit()
  }
  return (
    <button ref={button} id="action-save" type="button" className="cluster-button cluster-button--main" disabled={isProcessing} onClick={() => void save()}>
      {isProcessing ? '正在保存…' : '保存草稿'}
    </button>
  )
}

function SaveWorkingCopy() {
  const review = useReview()
  const save = useSave()
  const isModified = useFormModified()
  const isProcessing = useFormProcessing()
  const [isAsking, setIsAsking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const state = review?.chain?.state ?? 'draft'
  useHotkey({ cmdCtrlKey: true, editDepth: useEditDepth(), keyCodes: ['s'] }, (event) => {
    event.preventDefault()
    event.stopPropagation()
    button.current?.click()
  })
  const saveNow = async () => {
    setIsAsking(false)
    if (await save()) toast.success('已保存')
  }
  return (
    <>
      <button
        ref={button} id="action-save" type="button" disabled={!isModified || isProcessing}
        className={`cluster-button ${isModified ? 'cluster-button--main' : ''}`}
        onClick={() => (state === 'draft' ? void saveNow() : setIsAsking(true))}
      >
        {isProcessing ? '正在保存…' : isModified ? '保存' : '已保存'}
      </button>
      {isAsking ? (
        <Dialog title="保存会使已有签批作废" onClose={() => setIsAsking(false)}>
          <p>这篇稿件现在是“{STATES[state]}”。审核人签批的是原来的文字，改动后须重新提交、重新审核。</p>
          {review?.chain?.signOffs.length ? (
            <p>将作废的签批：{review.chain.signOffs.map(({ link, name }) => `${LINK_LABELS[link]} ${name}`).join('、')}。</p>
          ) : null}
          <div className="cluster-dialog__actions">
            <button type="button" className="cluster-button cluster-button--main" onClick={() => void saveNow()}>保存，回到草稿</button>
            <button type="button" className="cluster-button" onClick={() => setIsAsking(false)}>先不保存</button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
