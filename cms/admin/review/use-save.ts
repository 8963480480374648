'use client'

import { toast, useDocumentInfo, useForm } from '@payloadcms/ui'
import { useCallback } from 'react'
import { type Document, type Refusal, saveDocument } from './requests.ts'
import { useReview } from './review-context.tsx'

/** Rich text reaches the form when the browser is idle; a save right after the last keystroke waits for it. */
export const settled = () => new Promise<void>((resolve) => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 600 })
  else setTimeout(resolve, 600)
})

/**
 * Saves the open document on the version that the person saw. When somebody else came first the conflict is opened, and nothing is lost:
 * the form keeps its words, the server keeps them too.
 * Answers the saved document, or null when it was not saved; the person has been told why.
 */
export function useSave(): (over?: Partial<Document>) => Promise<Document | null> {
  const { getData, reset, setProcessing, setSubmitted, dispatchFields } = useForm()
  const { setData } = useDocumentInfo()
  const review = useReview()
  return useCallback(async (over = {}) => {
    if (!review?.target) return null
    await settled()
    const mine = getData()
    setProcessing(true)
    try {
      const answer = await saveDocument(review.target, { ...mine, ...over })
      if (answer.ok) {
        await reset(answer.value.doc)
        setData(answer.value.doc)
        setSubmitted(false)
        return answer.value.doc
      }
      if (answer.conflict) review.setConflict({ ...answer.conflict, mine })
      else tell(answer.refusals)
      const fields = answer.refusals.filter((refusal): refusal is Refusal & { path: string } => refusal.path !== undefined)
      if (fields.length > 0) {
        setSubmitted(true)
        dispatchFields({ type: 'ADD_SERVER_ERRORS', errors: fields })
      }
      return null
    } finally {
      setProcessing(false)
    }
  }, [review, getData, reset, setProcessing, setSubmitted, dispatchFields, setData])
}

/** Says each reason why something did not happen. */
export function tell(refusals: readonly Refusal[]): void {
  for (const { message } of refusals) toast.error(message, { duration: 10_000 })
}
