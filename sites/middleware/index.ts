import { defineMiddleware } from 'astro:middleware'
import { resolveAddress } from '@cluster/shared/delivery/addresses'
import { siteChoicesSchema, type SiteRecord } from '@cluster/shared/delivery/records'
import { isRelease, NEWEST_RELEASE } from '@cluster/themes/registry.ts'
import { Unreachable } from '../data/failures.ts'
import type { Loaded, LoadContext } from '../load/context.ts'
import { noticeOf } from '../load/farewell.ts'
import { loadFailure } from '../load/failure.ts'
import { loadPage } from '../load/page.ts'
import type { Visit } from './visit.ts'

/** The failure of a visit that asks what a failure looks like. */
class AskedFor extends Error {
  override name = 'AskedFor'
}

/**
 * Address → page model → the route of the site's template release. Releases' routes cannot be asked for directly:
 * their paths are no addresses, so they are not found.
 */
export const onRequest = defineMiddleware(async ({ locals, routePattern }, next) => {
  const { visit } = locals
  // Astro's own last resort, after a release failed to draw even the error page.
  if (!visit || routePattern === '/500') return next()

  let site: SiteRecord | null = null
  try {
    site = await visit.siteRecords.current(visit.site)
    if (!site) throw new Unreachable(`the delivery server does not know the site ${visit.site}`)
    if (visit.trial?.release) site = { ...site, release: visit.trial.release }
    if (visit.trial?.draws === 'error')
      return await draw(loadFailure(contextOf(visit, site), { error: new AskedFor(), reference: visit.reference }), site)
    const loaded = await loadPage(contextOf(visit, site), resolveAddress(visit.path), visit.reference)
    return await draw(loaded, site)
  } catch (error) {
    visit.log({ reference: visit.reference, what: `render ${visit.site}${visit.path}`, error })
    site ??= (await visit.siteRecords.lastKnown(visit.site)) ?? bareSite(visit)
    if (!site) throw error
    return draw(loadFailure(contextOf(visit, site), { error, reference: visit.reference }), site)
  }

  async function draw(loaded: Loaded, site: SiteRecord): Promise<Response> {
    const release = isRelease(site.release) ? site.release : NEWEST_RELEASE
    locals.page = loaded.page
    visit.outcome = {
      status: loaded.status,
      tags: loaded.tags,
      freshUntil: loaded.freshUntil,
      isStorable: loaded.isStorable,
      notice: noticeOf(contextOf(visit, site)),
      framed: loaded.framed,
    }
    return next(`/t-${release}/${loaded.page.kind}`)
  }
})

/**
 * A site that nobody has read since this portal was set up: enough of it, from the directory, to draw an error page.
 */
function bareSite({ services, site }: Visit): SiteRecord | null {
  const summary = services.directory.site(site)
  return summary ? { ...summary, release: NEWEST_RELEASE, choices: siteChoicesSchema.parse({}), columns: [], footer: { sponsor: summary.office } } : null
}

function contextOf(visit: Visit, site: SiteRecord): LoadContext {
  return { services: visit.services, site, path: visit.path, query: visit.query, form: visit.form }
}
