/** What a person was told has been done: each entry is a promise of the cluster. */
export type Deed = {
  title: string
  id: number
  /** Text as it was saved. */
  words: string
  version: number
  /** Steps that were acknowledged, in order: submit, approve, approve, approve. */
  steps: number
  /** True once the final reviewer was told that it is public. */
  isPublished: boolean
}

export type Ledger = {
  deeds: Deed[]
  /** Saves whose answer never came: they may be there once, or not at all. */
  uncertain: string[]
  /** Publications that the change feed had told of before the first of these. */
  eventsBefore: number
  published: () => number
}

/** The steps from a draft to the public. */
export const STEPS_TO_PUBLIC = 4

/** An empty book of what the cluster has acknowledged. */
export function openLedger({ eventsBefore }: { eventsBefore: number }): Ledger {
  const deeds: Deed[] = []
  return { deeds, uncertain: [], eventsBefore, published: () => deeds.filter(({ isPublished }) => isPublished).length }
}
