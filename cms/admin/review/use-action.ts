'use client'

import { toast, useForm, useFormModified, useRouteTransition } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import type { Action } from '@cluster/shared/publishing/states'
import { describeAction } from './describe-action.ts'
import { type Refusal, transition } from './requests.ts'
import { useReview } from './review-context.tsx'
import { useSave } from './use-save.ts'

/** A text is saved before it is handed on; every other step is taken over what is saved already. */
const SAVES_FIRST: readonly Action[] = ['submit', 'publish-now']

/** Takes a step of the review chain, and shows the page as it stands afterwards. */
export function useAction() {
  const review = useReview()
  const save = useSave()
  const { getData } = useForm()
  const isModified = useFormModified()
  const router = useRouter()
  const { startRouteTransition } = useRouteTransition()
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setIsBusy] = useState(false)
  /** Answers true when the step was taken. */
  const act = useCallback(async (action: Action, given: { reason?: string; at?: string } = {}): Promise<boolean> => {
    if (!review?.target || !review.chain) return false
    const { target, chain, reload } = review
    setRefusals([])
    if (isModified && !(SAVES_FIRST.includes(action) && chain.state === 'draft')) {
      setRefusals([{ code: 'unsaved', message: '页面上有没保存的修改。请先保存，或刷新页面放弃修改，然后再办理。' }])
      return false
    }
    setIsBusy(true)
    try {
      const saved = isModified ? await save() : null
      if (isModified && !saved) return false
      // The version on the page, not the newest: what the person signs is what the person sees.
      const version = saved?.version ?? Number(getData().version ?? chain.version)
      const answer = await transition(target, { action, version, ...given })
      if (!answer.ok) {
        setRefusals(answer.refusals)
        await reload()
        return false
      }
      toast.success(describeAction(action, chain.state).done)
      startRouteTransition(() => router.refresh())
      await reload()
      return true
    } finally {
      setIsBusy(false)
    }
  }, [review, save, getData, isModified, router, startRouteTransition])
  const clear = useCallback(() => setRefusals([]), [])
  return { act, refusals, clear, isBusy }
}
