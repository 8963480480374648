/** Template releases that a site can run, oldest first. Routes of a release: `themes/<id>/routes/<page kind>.astro`. */
export const RELEASES = ['standard-1', 'standard-2'] as const
export type ReleaseId = (typeof RELEASES)[number]

/**
 * The newest issued release: what a new site starts with, and what a site with an unknown release falls back to. A
 * release that is not issued yet reaches a site through a rollout only.
 */
export const NEWEST_RELEASE: ReleaseId = 'standard-1'

/** True when `id` names a release that this build carries. */
export function isRelease(id: string): id is ReleaseId {
  return (RELEASES as readonly string[]).includes(id)
}
