'use client'

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'

/** A question or a panel over the page. Rendered outside the document's form: Enter in it must not submit the document. */
export function Dialog({ title, onClose, children, kind = 'question' }: {
  title: string
  onClose: () => void
  children: ReactNode
  kind?: 'question' | 'panel'
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return createPortal(
    <dialog ref={ref} className={`cluster-dialog cluster-dialog--${kind}`} aria-labelledby={titleId} onCancel={(event) => { event.preventDefault(); onClose() }}>
      <header className="cluster-dialog__head">
        <h2 id={titleId}>{title}</h2>
        {kind === 'panel' ? <button type="button" className="cluster-button" onClick={onClose}>关闭</button> : null}
      </header>
      {children}
    </dialog>,
    document.body)
}
