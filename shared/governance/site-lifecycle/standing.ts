import { z } from 'zod'

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/)
/** Key of a column of the site that ends → key of the column that takes its texts. */
const columnKeys = z.record(z.string(), z.string())

/**
 * How a site stands when it is not simply open, as portals need to know it. Part of the public record and of the directory, so that a portal
 * decides by what it has on disk.
 */
export const standingSchema = z.discriminatedUnion('state', [
  /** Set up, and not public yet. */
  z.object({ state: z.literal('opening') }),
  /** Its texts are on their way to another site; may still come back, so that nothing here is permanent. */
  z.object({ state: z.literal('merging'), into: slug, columns: columnKeys, isEmptied: z.boolean() }),
  /** Merged for good: every address leads to the other site. */
  z.object({ state: z.literal('moved'), into: slug, columns: columnKeys }),
  /** Readable under a notice until the day. */
  z.object({ state: z.literal('closing'), successor: slug, office: z.string().min(1), until: z.iso.date() }),
  /** Closed for good: every address leads to the home page of the successor. */
  z.object({ state: z.literal('closed'), successor: slug }),
])
export type Standing = z.infer<typeof standingSchema>

/** True for a site that readers are shown: in the directory, in lists of sites, in pushes to a subtree. */
export function isListed(standing: Standing | undefined): boolean {
  return standing === undefined || standing.state === 'merging' || standing.state === 'closing'
}
/** States of `isListed` that are false, for statements in SQL. */
export const UNLISTED_STATES = ['opening', 'moved', 'closed'] as const
