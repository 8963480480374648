import { siteOrigin } from '@cluster/shared/delivery/addresses'
import type { SiteSummary } from '@cluster/shared/delivery/records'
import type { Standing } from '@cluster/shared/governance/site-lifecycle/standing'

/** A host name that this portal answers to, and whose site it is. */
export type KnownHost = { name: string; site: string; origin: string; standing?: Standing }

/**
 * The allow-list: each site's name under the cluster's pattern, its own domain, and `localhost` for the province.
 * Anything else gets 421: a portal that answered foreign names could be made to store pages under them.
 */
export function knownHosts(sites: readonly SiteSummary[], pattern: string): Map<string, KnownHost> {
  const hosts = new Map<string, KnownHost>()
  for (const site of sites) {
    const origin = siteOrigin(pattern, site)
    const underPattern = new URL(siteOrigin(pattern, { slug: site.slug })).hostname
    for (const name of [underPattern, new URL(origin).hostname])
      hosts.set(name, { name, site: site.slug, origin, ...(site.standing ? { standing: site.standing } : {}) })
    if (site.level === 'province') hosts.set('localhost', { name: 'localhost', site: site.slug, origin })
  }
  return hosts
}

/**
 * A Host header → the bare host name: lower case, without port and without the root's dot; `null` when it is no host
 * name.
 */
export function hostName(header: string | undefined): string | null {
  const match = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.?(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1]?.toLowerCase() ?? null
}
