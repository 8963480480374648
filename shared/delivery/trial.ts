import { z } from 'zod'
import { PAGE_KINDS } from './page-models.ts'

/**
 * Header by which a page is asked for as it would look under a release that the site does not run: `<payload>.<signature>`,
 * the payload as base64url of the JSON below, the signature HMAC-SHA-256 over it with the key that portals and CMS share.
 * A portal draws such a page, keeps nothing of it, and ignores a header that it cannot verify.
 */
export const TRIAL_HEADER = 'x-trial-visit'

/** Long enough for the slowest portal to answer, too short for an address that travels. */
export const TRIAL_SECONDS = 120

export const trialSchema = z.object({
  /** Slug of the one site that the visit is for. */
  site: z.string().min(1).max(80),
  /** Release to draw with; null: the site's own, drawn anew. */
  release: z.string().min(1).max(60).nullable(),
  /** A kind of page that no address leads to: the error page is drawn as a failure would draw it. */
  draws: z.enum(PAGE_KINDS).extract(['error']).nullable(),
  /** Milliseconds since 1970. */
  expires: z.number().int(),
})
export type Trial = z.infer<typeof trialSchema>

/**
 * Answered to a verified trial visit: milliseconds of the processor that the portal spent while it drew the page. What other
 * processes do at the same time does not count, so that the same page costs the same on a busy day.
 */
export const RENDER_MS_HEADER = 'x-render-ms'

/** Path on a portal that names the style sheets of each release of its build: `{ "<release>": ["/_astro/….css"] }`. */
export const RELEASE_STYLES_PATH = '/releases.json'
export const releaseStylesSchema = z.record(z.string(), z.array(z.string()))
export type ReleaseStyles = z.infer<typeof releaseStylesSchema>
