'use client'

import { diffWordsWithSpace } from 'diff'
import { useMemo } from 'react'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Two texts in one: what went is struck out, what came is underlined. */
export function Difference({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => diffWordsWithSpace(before, after, { intlSegmenter: segmenter }), [before, after])
  return (
    <div className="cluster-difference">
      {parts.map((part, index) => part.added ? <ins key={index}>{part.value}</ins> : part.removed ? <del key={index}>{part.value}</del> : <span key={index}>{part.value}</span>)}
    </div>
  )
}
