import type { Trial } from '@cluster/shared/delivery/trial'
import type { Framed, Services } from '../load/context.ts'
import type { Notice } from '../load/notice.ts'
import type { SiteRecords } from '../data/site-records.ts'

/**
 * One page to render, as the server hands it to Astro: the page store stands outside and needs to hear the outcome.
 */
export type Visit = {
  services: Services
  siteRecords: SiteRecords
  site: string
  path: string
  query: URLSearchParams
  form: URLSearchParams | null
  /** A verified trial visit: drawn as it asks, whatever the site runs. */
  trial: Trial | null
  /** Number of this render in the log and on error pages. */
  reference: string
  log: (entry: { reference: string; what: string; error: unknown }) => void
  /** Filled in by the middleware. */
  outcome: VisitOutcome | null
}

export type VisitOutcome = {
  status: number
  tags: readonly string[]
  freshUntil: number | null
  isStorable: boolean
  framed?: Framed | undefined
  notice?: Notice | undefined
}
