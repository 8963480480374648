'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { type Chain, type Conflict, readChain, type Refusal, type Target } from './requests.ts'

type Review = {
  /** Null while the document has never been saved. */
  target: Target | null
  /** Null until it has been read. */
  chain: Chain | null
  failure: Refusal | null
  reload: () => Promise<void>
  conflict: Conflict | null
  setConflict: (conflict: Conflict | null) => void
  /** The history is open: at a certain version, or at its beginning. */
  history: { version?: number } | null
  setHistory: (history: { version?: number } | null) => void
}

const ReviewContext = createContext<Review | null>(null)

/** Keeps where the open document stands in the review chain, for everything on its page. */
export function ReviewProvider({ children }: { children: ReactNode }) {
  const { collectionSlug, id, data } = useDocumentInfo()
  const [chain, setChain] = useState<Chain | null>(null)
  const [failure, setFailure] = useState<Refusal | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [history, setHistory] = useState<{ version?: number } | null>(null)
  const target = useMemo(() => (collectionSlug && id ? { collection: collectionSlug, id: Number(id) } : null), [collectionSlug, id])
  const reload = useCallback(async () => {
    if (!target) return
    const answer = await readChain(target)
    if (answer.ok) setChain(answer.value)
    setFailure(answer.ok ? null : answer.refusals[0] ?? null)
  }, [target])
  // A save or a step changes the row; then the chain is read anew.
  const stamp = String(data?.updatedAt ?? '')
  useEffect(() => { void reload() }, [reload, stamp])
  const review = useMemo(
    () => ({ target, chain, failure, reload, conflict, setConflict, history, setHistory }),
    [target, chain, failure, reload, conflict, history])
  return <ReviewContext value={review}>{children}</ReviewContext>
}

/** The review of the open document; null on a page that has none. */
export const useReview = () => use(ReviewContext)
